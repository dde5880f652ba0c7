//! Pages of devices without a person: the tablet at the door, the screen on the wall.
use crate::{Logo, Theme, brand, button, frame, icon, merchant_mark};
use kernel::{Locale, Timestamp};
use maud::{DOCTYPE, Markup, html};

/// Seconds without a touch after which a tablet goes back to its first page.
const IDLE_SECONDS: u32 = 45;
/// Without scripts the first page reloads after so many seconds.
const REFRESH_SECONDS: u32 = 60;

/// Everything around a page of the tablet at the door.
#[derive(Clone, Debug)]
pub struct KioskFrame {
    /// Language of the page.
    pub locale: Locale,
    /// How it is lit.
    pub theme: Theme,
    /// The page's name (browser tab).
    pub title: String,
    /// The merchant's colour, `#rrggbb`.
    pub brand: String,
    /// The merchant's name.
    pub organisation: String,
    /// The merchant's logo.
    pub logo: Option<Logo>,
    /// The site's name.
    pub place: String,
    /// This page in the other language.
    pub language_url: String,
    /// The first page, to which every other one goes back by itself; `None` on the first page.
    pub start: Option<String>,
    /// The server's now, which the browser's clocks follow.
    pub now: Option<Timestamp>,
}

impl KioskFrame {
    /// A frame with the least it needs; set the other fields as you know them.
    pub fn new(locale: Locale, organisation: &str) -> KioskFrame {
        KioskFrame {
            locale,
            theme: Theme::System,
            title: String::new(),
            brand: brand::DEFAULT.into(),
            organisation: organisation.into(),
            logo: None,
            place: String::new(),
            language_url: String::new(),
            start: None,
            now: None,
        }
    }
}

/// A whole page of the tablet.
pub fn kiosk_page(frame: &KioskFrame, body: &Markup) -> Markup {
    let refresh = frame.start.is_none().then_some(REFRESH_SECONDS);
    let head = frame::head(
        frame.locale,
        &frame.title,
        &frame.organisation,
        "guest",
        refresh,
    );
    html! {
        (DOCTYPE)
        html lang=(frame.locale.tag()) data-theme=(frame.theme.as_str())
            data-now=[frame.now] style=(brand::style(&frame.brand)) {
            (head)
            body class="guest kiosk" {
                a class="skip" href="#main" { (frame.locale.t("ui-skip")) }
                (kiosk_top(frame))
                main id="main" tabindex="-1" { (body) }
                @if let Some(start) = &frame.start { (idle(frame.locale, start)) }
            }
        }
    }
}

fn kiosk_top(frame: &KioskFrame) -> Markup {
    let other = frame.locale.other();
    html! {
        header class="ktop" {
            (merchant_mark(&frame.organisation, frame.logo.as_ref()))
            span class="grow" {
                b class="trunc" { (frame.organisation) }
                small class="trunc" { (frame.place) }
            }
            a class="gtop__l" href=(frame.language_url) lang=(other.tag()) hreflang=(other.tag()) {
                (icon("languages"))
                (if other == Locale::En { "English" } else { "中文" })
            }
        }
    }
}

/// The way back to the first page, which opens by itself once nobody touches the screen; a touch,
/// a key or the button gives the whole time again.
fn idle(locale: Locale, start: &str) -> Markup {
    let seconds = [("seconds", IDLE_SECONDS.into())];
    html! {
        footer class="kidle" data-idle=(IDLE_SECONDS) data-idle-href=(start) {
            a class="alt" href=(start) { (icon("rotate-ccw")) (locale.t("ui-kiosk-start")) }
            p { (locale.t("ui-kiosk-idle")) " "
                b class="num" data-idle-left { (locale.tx("ui-kiosk-seconds", &seconds)) } }
            (button(locale.t("ui-kiosk-more")).plain().class("alt").attr("data-idle-more", ""))
            p class="vh" role="status" data-idle-said
                data-words=(locale.t("ui-kiosk-soon")) {}
        }
    }
}

/// Everything around the screen on the wall, which is always dark.
#[derive(Clone, Debug)]
pub struct WallFrame {
    /// Language of the page.
    pub locale: Locale,
    /// The page's name (browser tab).
    pub title: String,
    /// The merchant's name.
    pub organisation: String,
    /// The merchant's logo.
    pub logo: Option<Logo>,
    /// The site's name.
    pub place: String,
    /// The merchant's colour, `#rrggbb`.
    pub brand: String,
    /// The server's now, which the browser's clocks follow.
    pub now: Option<Timestamp>,
}

/// The whole screen.
pub fn wall_page(frame: &WallFrame, body: &Markup) -> Markup {
    let head = frame::head(
        frame.locale,
        &frame.title,
        &frame.organisation,
        "guest",
        Some(REFRESH_SECONDS),
    );
    html! {
        (DOCTYPE)
        html lang=(frame.locale.tag()) data-theme=(Theme::Dark.as_str())
            data-now=[frame.now] style=(brand::style(&frame.brand)) {
            (head)
            body class="guest wallscreen" {
                header class="ktop" {
                    (merchant_mark(&frame.organisation, frame.logo.as_ref()))
                    span class="grow" { b { (frame.organisation) } small { (frame.place) } }
                }
                main id="main" tabindex="-1" { (body) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_of_the_tablet_but_the_first_finds_its_way_back() {
        let mut frame = KioskFrame::new(Locale::En, "Lotus");
        let first = kiosk_page(&frame, &html! { p { "Welcome" } }).into_string();
        assert!(!first.contains("data-idle"));
        frame.start = Some("/at/lotus/kiosk/x".into());
        let other = kiosk_page(&frame, &html! { p { "Which?" } }).into_string();
        assert!(other.contains("data-idle=\"45\"") && other.contains("/at/lotus/kiosk/x"));
    }

    #[test]
    fn the_screen_on_the_wall_is_dark_whatever_the_device_says() {
        let frame = WallFrame {
            locale: Locale::ZhCn,
            title: "Wall".into(),
            organisation: "莲花".into(),
            logo: None,
            place: "河畔店".into(),
            brand: brand::DEFAULT.into(),
            now: None,
        };
        let page = wall_page(&frame, &html! { p { "A001" } }).into_string();
        assert!(page.contains("data-theme=\"dark\"") && page.contains("A001"));
    }
}
