//! Every part and state on one page.
use crate::{Frame, Theme, Tone, badge, button, card, page};
use kernel::Locale;
use maud::{Markup, html};

/// The page of parts.
pub fn gallery(locale: Locale, theme: Theme) -> Markup {
    let frame = Frame::new(locale, theme, "Parts and states");
    let body = html! {
        (card("Buttons", html! {}, html! { (button("Complete").primary().icon("check")) }))
        (badge(Tone::Ok, Tone::Ok.icon(), "On track"))
    };
    page(&frame, &body)
}
