//! Codes that a phone's camera reads.
use maud::{Markup, PreEscaped, html};
use qrcode::{QrCode, render::svg};

/// A text drawn as a code, black on white in any light; nothing when it is too long for one.
pub fn qr(text: &str) -> Markup {
    let Ok(code) = QrCode::new(text.as_bytes()) else {
        return html! {};
    };
    let picture = code
        .render::<svg::Color>()
        .min_dimensions(240, 240)
        .dark_color(svg::Color("#000000"))
        .light_color(svg::Color("#ffffff"))
        .build();
    // The declaration before the drawing has no place inside a page.
    let from = picture.find("<svg").unwrap_or(0);
    PreEscaped(picture[from..].to_owned())
}
