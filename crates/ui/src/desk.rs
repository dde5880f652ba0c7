//! The cards of the front desk.
use crate::{Tone, icon};
use maud::{Markup, html};

/// A lane of the board: title, count ("6", "7 / 9"), a quiet word at its end, and its list items.
pub fn lane(id: &str, title: &str, count: &str, aside: Markup, items: Markup) -> Markup {
    html! {
        section class="lane" id=(id) aria-labelledby={ (id) "-title" } {
            header {
                h2 id={ (id) "-title" } { (title) }
                span class="cnt" { (count) }
                span class="grow" {}
                span class="muted xs" { (aside) }
            }
            ol data-nav-list { (items) }
        }
    }
}

/// A ticket that waits.
#[derive(Clone, Debug, Default)]
pub struct QueueCard {
    /// Stable id of the list item.
    pub id: String,
    /// Ticket number ("A038").
    pub number: String,
    /// Customer.
    pub name: String,
    /// Where the card leads.
    pub href: String,
    /// The promise clock ([`crate::sla`]).
    pub clock: Markup,
    /// Family code of the service.
    pub family: String,
    /// Service.
    pub service: String,
    /// Whom the customer wants: [`crate::avatar_small`] and a name, or "Anyone".
    pub wants: Markup,
    /// Estimate ("Next", "≈ 4 min").
    pub estimate: String,
    /// How long already ("waited 17").
    pub waited: String,
    /// Badges.
    pub badges: Markup,
    /// Buttons, shown on the selected card only.
    pub actions: Markup,
    /// Whether it is the selected card.
    pub selected: bool,
}

/// A queue card, one `li` of a [`lane`].
pub fn queue_card(card: &QueueCard) -> Markup {
    html! {
        li class={ "qcard" @if card.selected { " is-sel" } } id=(card.id) data-nav-item
            tabindex=(if card.selected { "0" } else { "-1" }) {
            div class="qcard__top" {
                b class="tno" { (card.number) }
                a class="grow trunc qcard__n" href=(card.href) { strong { (card.name) } }
                (card.clock)
            }
            div class="qcard__mid" {
                (crate::family_icon(&card.family))
                span class="grow trunc" { (card.service) }
                span class="pref" { (card.wants) }
            }
            div class="qcard__bot" {
                span class="est" { (card.estimate) }
                span class="muted" { (card.waited) }
                span class="grow" {}
                (card.badges)
            }
            @if !card.actions.0.is_empty() { div class="qcard__act" { (card.actions) } }
        }
    }
}

/// A booking that is about to arrive.
#[derive(Clone, Debug, Default)]
pub struct Booking {
    /// Stable id of the list item.
    pub id: String,
    /// Time of day ("14:40").
    pub time: String,
    /// Customer.
    pub name: String,
    /// Where the row leads.
    pub href: String,
    /// Its state ([`crate::badge`]).
    pub badge: Markup,
    /// Service.
    pub service: String,
    /// With whom: [`crate::avatar_small`] and a name.
    pub with: Markup,
    /// Past its time and not here.
    pub late: bool,
    /// Buttons, shown when the row is selected or pointed at.
    pub actions: Markup,
}

/// A booking row, one `li` of a [`lane`]; wrap the rows in one card by giving the lane `bks` items.
pub fn booking_row(booking: &Booking) -> Markup {
    html! {
        li class={ "bk" @if booking.late { " is-late" } } id=(booking.id) data-nav-item
            tabindex="-1" {
            time { (booking.time) }
            div class="grow" {
                div class="bk__n" {
                    a class="trunc" href=(booking.href) { strong { (booking.name) } }
                    (booking.badge)
                }
                div class="bk__s" {
                    span class="trunc" { (booking.service) }
                    span class="pref" { (booking.with) }
                }
                @if !booking.actions.0.is_empty() { div class="bk__a" { (booking.actions) } }
            }
        }
    }
}

/// Free time between two [`booking_row`]s: when, how long and with whom, and the way to fill it.
pub fn opening_row(time: &str, words: &str, href: &str, offer: &str) -> Markup {
    html! {
        li class="bk bk--open" {
            time { (time) }
            div class="grow row between" {
                span class="sm trunc" { (words) }
                (crate::link_button(offer, href).small())
            }
        }
    }
}

/// The red line of the present between [`booking_row`]s; `words` is "now 14:36".
pub fn now_line(words: &str) -> Markup {
    html! { li class="nowline" { span { (words) } } }
}

/// A service being carried out.
#[derive(Clone, Debug, Default)]
pub struct Service {
    /// Stable id of the list item.
    pub id: String,
    /// Who does it ([`crate::avatar`]).
    pub avatar: Markup,
    /// Customer.
    pub name: String,
    /// Where the card leads.
    pub href: String,
    /// Where it happens ("Chair 2").
    pub place: String,
    /// Service.
    pub service: String,
    /// [`crate::step_dots`].
    pub dots: Markup,
    /// The step that runs.
    pub step: String,
    /// Observed minutes ("42").
    pub observed: String,
    /// Standard ("30 min").
    pub standard: String,
    /// When it ends ("done 14:52").
    pub ends: String,
    /// Over its standard: the bar is hatched.
    pub over: bool,
    /// Buttons, shown when the card is selected or pointed at.
    pub actions: Markup,
}

/// An in-service card, one `li` of a [`lane`].
pub fn service_card(card: &Service) -> Markup {
    html! {
        li class="sv" id=(card.id) data-over[card.over] data-nav-item tabindex="-1" {
            div class="sv__h" {
                (card.avatar)
                div class="grow" {
                    div class="sv__n" {
                        a class="trunc" href=(card.href) { strong { (card.name) } }
                        span class="muted xs" { (card.place) }
                    }
                    div class="dim sm trunc" { (card.service) }
                }
            }
            (card.dots)
            div class="sv__f" {
                span class="trunc" { (card.step) }
                span class={ "num " @if card.over { "bad strong" } @else { "dim" } } {
                    @if card.over { (icon("triangle-alert")) }
                    (card.observed)
                    @if !card.standard.is_empty() { span class="muted" { " / " (card.standard) } }
                }
                span class="num sv__e" { (card.ends) }
            }
            @if !card.actions.0.is_empty() { div class="sv__a" { (card.actions) } }
        }
    }
}

/// Something that needs a person.
#[derive(Clone, Debug, Default)]
pub struct Attention {
    /// Stable id of the list item.
    pub id: String,
    /// How bad.
    pub tone: Tone,
    /// Its icon.
    pub icon: String,
    /// The fact.
    pub fact: String,
    /// The reason and what is known.
    pub reason: String,
    /// Buttons that mend it; none for who may only look.
    pub actions: Markup,
}

/// An attention card, one `li`.
pub fn attention_card(card: &Attention) -> Markup {
    html! {
        li class="att" id=(card.id) data-tone=(card.tone.as_str()) data-nav-item tabindex="-1" {
            span class="att__i" { (icon(&card.icon)) }
            div class="grow" {
                b { (card.fact) }
                p { (card.reason) }
                div class="row wrap" { (card.actions) }
            }
        }
    }
}

/// One figure: label, value ("11"), unit ("min", "/ 9"), the line below and its tone.
pub fn stat(label: &str, value: &str, unit: &str, below: &str, tone: Tone) -> Markup {
    let class = match tone {
        Tone::Warn => "stat__s warnt",
        Tone::Danger => "stat__s bad",
        _ => "stat__s",
    };
    html! {
        div class="stat" {
            dt { (label) }
            dd { b class="num" { (value) } @if !unit.is_empty() { span { (unit) } } }
            dd class=(class) {
                @if matches!(tone, Tone::Warn | Tone::Danger) { (icon("trending-down")) }
                (below)
            }
        }
    }
}

/// The figures of a page, as [`stat`]s that wrap; `label` names them.
pub fn stats(label: &str, figures: Markup) -> Markup {
    html! { dl class="stats stats--page" tabindex="0" aria-label=(label) { (figures) } }
}
