//! Codes that a phone's camera reads.

use kernel::Fault;
use qrcode::{QrCode, render::svg};
use ui::{Markup, PreEscaped};
use web::App;
use web::axum::http::{HeaderMap, header};

/// An address drawn as a code, black on white in any light.
pub fn code_drawing(address: &str) -> Result<Markup, Fault> {
    let code = QrCode::new(address.as_bytes()).map_err(Fault::broken)?;
    let picture = code
        .render::<svg::Color>()
        .min_dimensions(240, 240)
        .dark_color(svg::Color("#000000"))
        .light_color(svg::Color("#ffffff"))
        .build();
    // The declaration before the drawing has no place inside a page.
    let from = picture.find("<svg").unwrap_or(0);
    Ok(PreEscaped(picture[from..].to_owned()))
}

/// The address of an organisation's public pages, as this browser reaches us.
pub fn public_base(app: &App, headers: &HeaderMap, slug: &str) -> String {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let scheme = if app.config.secure { "https" } else { "http" };
    format!("{scheme}://{}/at/{slug}", host.unwrap_or("localhost"))
}
