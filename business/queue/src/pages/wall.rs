//! What the screen on the wall shows: numbers alone, never who they are.

use kernel::Locale;
use ui::{Markup, html};

pub use super::kiosk::LineView;

/// A number that was called.
#[derive(Debug, Clone)]
pub struct Call {
    /// This call of this ticket: another call is another id, and is spoken again.
    pub id: String,
    /// The number.
    pub number: String,
    /// Where to go.
    pub place: String,
    /// Who waits there, when the place has a name of its own.
    pub staff: String,
    /// Whether the holder has not come yet.
    pub is_awaited: bool,
    /// What the voice says, in Chinese and in English.
    pub say: [String; 2],
}

/// Everything on the screen.
#[derive(Debug, Clone)]
pub struct WallView {
    /// The screen's address.
    pub path: String,
    /// The numbers called.
    pub calls: Vec<Call>,
    /// The next numbers.
    pub next: Vec<String>,
    /// The lines.
    pub lines: Vec<LineView>,
    /// Why no numbers are given out now.
    pub closed: Option<String>,
    /// The local time it was made.
    pub as_of: String,
    /// The local day.
    pub date: String,
    /// The code to join with one's own phone.
    pub code: Markup,
}

/// The screen and its switch for sound.
pub fn page(locale: Locale, view: &WallView) -> Markup {
    html! {
        div class="wall__bar" data-wall data-live-url={ (view.path) "/live" } {
            button class="btn btn--l" type="button" data-wall-sound aria-pressed="false"
                data-word-off=(locale.t("queue-wall-sound-off"))
                data-word-on=(locale.t("queue-wall-sound-on"))
                data-word-chime=(locale.t("queue-wall-sound-chime")) {
                (ui::icon("volume-2")) span { (locale.t("queue-wall-sound-off")) }
            }
            p class="wall__old" role="status" data-wall-old hidden
                data-words=(locale.tx("queue-wall-old", &[("age", "{}".into())])) {}
        }
        (screen(locale, view))
    }
}

/// The part that is kept fresh.
pub fn screen(locale: Locale, view: &WallView) -> Markup {
    html! {
        section id="wall" class="wall" data-live="ticket line counter" data-poll="3"
            data-live-src={ (view.path) "/state" } {
            div class="wall__calls" aria-live="polite" {
                h1 { (locale.t("queue-wall-called")) }
                @if view.calls.is_empty() {
                    p class="wall__none" {
                        @match &view.closed {
                            Some(words) => (words),
                            None => (locale.t("queue-wall-nobody")),
                        }
                    }
                }
                ol {
                    @for call in &view.calls { (call_row(call)) }
                }
            }
            div class="wall__side" {
                h2 { (locale.t("queue-wall-next")) }
                @if view.next.is_empty() {
                    p class="wall__none" { (locale.t("queue-wall-empty")) }
                }
                p class="wall__next num" {
                    @for number in &view.next { span { (number) } }
                }
                dl class="wall__lines" {
                    @for line in &view.lines {
                        div {
                            dt { (line.name) }
                            dd { (locale.tx("queue-line-waiting",
                                &[("count", line.standing.into())])) }
                            dd class="num" { (line.wait) }
                        }
                    }
                }
                div class="wall__foot" {
                    div class="kscan__code" role="img" aria-label=(locale.t("queue-poster-code")) {
                        (view.code)
                    }
                    p { b { (locale.t("queue-wall-join")) } (locale.t("queue-wall-join-text")) }
                    p class="wall__clock" {
                        b class="num" { (view.as_of) } span { (view.date) }
                    }
                }
            }
        }
    }
}

fn call_row(call: &Call) -> Markup {
    html! {
        li id={ "call-" (call.id) } data-call=(call.id) data-awaited[call.is_awaited]
            data-say-zh=(call.say[0]) data-say-en=(call.say[1]) {
            b class="num" { (call.number) }
            (ui::icon("arrow-right"))
            span { (call.place) @if !call.staff.is_empty() { small { (call.staff) } } }
        }
    }
}
