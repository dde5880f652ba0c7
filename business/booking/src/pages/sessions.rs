//! Group sessions to choose from.

use kernel::{Date, Locale, ids::GroupSessionId};
use maud::{Markup, html};

use super::leaf;

/// A session to choose.
pub(crate) struct SessionCard {
    pub(crate) id: GroupSessionId,
    pub(crate) day: Date,
    pub(crate) times: String,
    pub(crate) leader: String,
    pub(crate) seats: i64,
    pub(crate) left: i64,
    /// Where to wait for a seat when there is none.
    pub(crate) waiting: String,
}

/// Everything the page shows.
pub(crate) struct SessionsView {
    pub(crate) action: String,
    pub(crate) key: String,
    /// How many seats are wanted, and the most that can be.
    pub(crate) count: i64,
    pub(crate) most: i64,
    /// The secret of a booking that is changed; empty for a new one.
    pub(crate) change: String,
    pub(crate) sessions: Vec<SessionCard>,
    /// What was refused just now.
    pub(crate) refused: Option<String>,
}

/// The page.
pub(crate) fn sessions(locale: Locale, view: &SessionsView) -> Markup {
    html! {
        h1 { (locale.t("booking-sessions")) }
        @if let Some(sentence) = &view.refused {
            div role="alert" { (ui::note(ui::Tone::Warn, html! { p { (sentence) } })) }
        }
        @if view.sessions.is_empty() {
            (ui::empty(
                "calendar-x",
                &locale.t("booking-no-sessions"),
                &locale.t("booking-no-sessions-text"),
                html! {},
            ))
        }
        form method="post" action=(view.action) data-once {
            (ui::hidden("key", &view.key))
            (ui::hidden("change", &view.change))
            @if view.change.is_empty() && view.most > 1 && !view.sessions.is_empty() {
                (ui::number_field("count", locale.t("booking-seats"))
                    .value(view.count).range(1, view.most))
            }
            @for card in &view.sessions { (session(locale, card)) }
        }
    }
}

fn session(locale: Locale, card: &SessionCard) -> Markup {
    let left = match card.left {
        0 => locale.t("booking-session-full"),
        left => locale.tx(
            "booking-session-left",
            &[("left", left.into()), ("seats", card.seats.into())],
        ),
    };
    html! {
        section class="box sumr mt" {
            (leaf(locale, card.day))
            div class="grow" {
                b class="strong num" { (card.times) }
                div class="muted sm" { (card.leader) }
                div class="muted sm num" { (left) }
            }
            @if card.left > 0 {
                button class="cta" name="session" value=(card.id) {
                    (locale.t("booking-session-choose"))
                }
            } @else {
                a class="link" href=(card.waiting) { (locale.t("booking-session-wait")) }
            }
        }
    }
}
