//! Today: who waits, who comes, who is served, what needs a hand.

use kernel::{Locale, Money, Timestamp, format};
use queue::Stage;
use ui::{Markup, Tone, html};

use super::{attention, lanes};
use crate::model;
use crate::today::{Day, GRACE_MINUTES};

/// The lanes, as the tabs of a phone name them.
pub(crate) const LANES: [&str; 4] = ["queue", "arriving", "serving", "attention"];

/// The whole body of Today.
pub(crate) fn body(locale: Locale, day: &Day, now: Timestamp, view: &View) -> Markup {
    html! {
        (view.first)
        div class="today__bar" {
            (check_in(locale, view))
            @if day.may_act {
                (ui::button(locale.t("desk-walk-in-this")).icon("ticket").key("W")
                    .class("btn--tall").opens("walk-in"))
            }
            (figures(locale, day, now))
        }
        div id="find" { (view.found) }
        (board(locale, day, now, &view.lane))
        (hints(locale))
        (view.dialog)
    }
}

/// What the address and the form ask for beside the day itself.
pub(crate) struct View {
    /// The first hour of a new business, while it lasts.
    pub first: Markup,
    /// What is typed into the check-in field.
    pub text: String,
    /// The lane shown on a phone.
    pub lane: String,
    /// What was found for the text.
    pub found: Markup,
    /// The walk-in dialog.
    pub dialog: Markup,
    /// Whether the next customer is about to be checked in: the field takes the focus.
    pub next: bool,
}

fn check_in(locale: Locale, view: &View) -> Markup {
    html! {
        form class="checkin" role="search" method="get" action="/today" {
            label class="vh" for="checkin" { (locale.t("desk-check-in")) }
            (ui::icon("log-in"))
            input class="checkin__in" id="checkin" type="search" name="q" autocomplete="off"
                maxlength="80" value=(view.text) placeholder=(locale.t("desk-check-in-hint"))
                aria-keyshortcuts="/" data-live-search="/today/find" data-target="#find"
                autofocus[view.next];
            kbd aria-hidden="true" { "/" }
        }
    }
}

/// The figures, kept fresh by themselves.
pub(crate) fn figures(locale: Locale, day: &Day, now: Timestamp) -> Markup {
    let waiting = day.standings.len();
    let longest = day
        .standings
        .iter()
        .map(|standing| model::minutes(standing.ticket.joined_at, now))
        .max();
    let longest = longest.map_or(locale.t("desk-nobody"), |minutes| {
        locale.tx(
            "desk-longest",
            &[("minutes", format::minutes(locale, minutes).into())],
        )
    });
    let waiting = waiting.to_string();
    html! {
        dl class="stats" id="figures" tabindex="0" aria-label=(locale.t("desk-right-now"))
            data-live="order ticket" data-live-src="/today/figures" data-poll="60" {
            (ui::stat(&locale.t("desk-waiting"), &waiting, "", &longest, Tone::Neutral))
            (median_figure(locale, day))
            (serving_figure(locale, day))
            (on_time_figure(locale, day))
            (taken_figure(locale, day))
        }
    }
}

fn median_figure(locale: Locale, day: &Day) -> Markup {
    let waits = day.waits();
    let count = locale.tx("desk-visits", &[("count", waits.len().into())]);
    let promise = model::median(day.targets());
    let median = model::median(waits);
    let (below, tone) = match (promise, median) {
        (Some(promise), Some(median)) => {
            let words = locale.tx("desk-promise", &[("minutes", promise.into())]);
            (
                words,
                if median > promise {
                    Tone::Warn
                } else {
                    Tone::Neutral
                },
            )
        }
        _ => (count, Tone::Neutral),
    };
    let value = median.map_or("–".to_owned(), |minutes| super::waited(locale, minutes));
    // In hours the words carry their units.
    let unit = match value.parse::<i64>() {
        Err(_) if median.is_some() => String::new(),
        _ => locale.t("desk-min"),
    };
    ui::stat(&locale.t("desk-median-wait"), &value, &unit, &below, tone)
}

fn serving_figure(locale: Locale, day: &Day) -> Markup {
    let serving = day.serving().count();
    let free = day.picture.on_shift().saturating_sub(serving);
    let of = format!("/ {}", day.picture.on_shift());
    let below = locale.tx("desk-free", &[("count", free.into())]);
    ui::stat(
        &locale.t("desk-in-service"),
        &serving.to_string(),
        &of,
        &below,
        Tone::Neutral,
    )
}

fn on_time_figure(locale: Locale, day: &Day) -> Markup {
    const TARGET_PERCENT: i64 = 90;
    let starts = day.starts();
    let percent = model::on_time_percent(&starts, GRACE_MINUTES);
    let below = match percent {
        Some(percent) if percent < TARGET_PERCENT => (
            locale.tx("desk-target", &[("percent", TARGET_PERCENT.into())]),
            Tone::Warn,
        ),
        _ => (
            locale.tx("desk-of-bookings", &[("count", starts.len().into())]),
            Tone::Neutral,
        ),
    };
    let value = percent.map_or("–".to_owned(), |percent| percent.to_string());
    ui::stat(&locale.t("desk-on-time"), &value, "%", &below.0, below.1)
}

fn taken_figure(locale: Locale, day: &Day) -> Markup {
    let (sum, count) = day.taken();
    let money = format::money(&Money::new(sum, day.site.currency));
    let below = locale.tx("desk-orders-done", &[("count", count.into())]);
    ui::stat(&locale.t("desk-taken"), &money, "", &below, Tone::Neutral)
}

/// The board with its tabs; one fragment, kept fresh by itself.
pub(crate) fn board(locale: Locale, day: &Day, now: Timestamp, lane: &str) -> Markup {
    let arriving = day.arriving(now);
    let alerts = attention::cards(locale, day, now);
    let count = [
        day.standings.len(),
        arriving.len(),
        day.serving().count(),
        alerts.len(),
    ];
    let names = [
        locale.t("desk-lane-queue"),
        locale.t("desk-lane-arriving"),
        locale.t("desk-in-service"),
        locale.t("desk-alerts"),
    ];
    let tabs: Vec<(&str, String, usize)> = LANES
        .into_iter()
        .zip(names)
        .zip(count)
        .map(|((code, name), count)| (code, name, count))
        .collect();
    let src = format!("/today/board?lane={lane}");
    html! {
        div id="board" data-live="order ticket message webhook" data-live-src=(src) data-poll="60" {
            form class="only-narrow" method="get" action="/today" {
                div class="seg seg--wide" role="group" aria-label=(locale.t("desk-lanes")) {
                    @for (code, name, count) in &tabs {
                        button name="lane" value=(code) data-lane-tab=(code)
                            aria-pressed=(if *code == lane { "true" } else { "false" }) {
                            (name) " " em { (count) }
                        }
                    }
                }
            }
            div class="board" data-lane=(lane) {
                (lanes::queue_lane(locale, day, now))
                (lanes::arriving_lane(locale, day, now, &arriving))
                (lanes::serving_lane(locale, day, now))
                (attention::lane(locale, day, &alerts))
            }
            (undo(locale, day, now))
        }
    }
}

/// The way back from the latest act, at a ticket or at an order: one key serves both.
fn undo(locale: Locale, day: &Day, now: Timestamp) -> Markup {
    if !day.may_act {
        return html! {};
    }
    let ticket = day.undo.as_ref().filter(|ticket| ticket.can_undo(now));
    let order = day.undo_order.as_ref().filter(|order| {
        let called = ticket.and_then(|ticket| ticket.undo_until);
        called.is_none_or(|until| until < order.until())
    });
    html! {
        div class="toasts" id="undo" role="status" {
            @if let Some(order) = order {
                (ui::toast_undo(locale, &done_words(locale, order),
                    &format!("/today/orders/{}/undo/{}", order.order, order.version)))
            } @else if let Some(ticket) = ticket {
                (ui::toast_undo(locale, &undo_words(locale, ticket),
                    &format!("/queue/tickets/{}/undo", ticket.id)))
            }
        }
    }
}

/// What was done to an order.
fn done_words(locale: Locale, order: &orders::Undoable) -> String {
    let number = [("number", order.code.as_str().into())];
    match order.act {
        orders::Act::Arrival => locale.tx("desk-done-arrival", &number),
        orders::Act::Start => locale.tx("desk-done-start", &number),
        orders::Act::Finish => locale.tx("desk-done-finish", &number),
        orders::Act::NoShow => locale.tx("desk-done-no-show", &number),
    }
}

fn undo_words(locale: Locale, ticket: &queue::Ticket) -> String {
    let number = [("number", ticket.label().into())];
    match ticket.stage {
        Stage::Called { .. } => locale.tx("desk-undo-call", &number),
        Stage::Away { .. } => locale.tx("desk-undo-away", &number),
        Stage::NoShow => locale.tx("desk-undo-no-show", &number),
        _ => locale.tx("desk-undo-moved", &number),
    }
}

fn hints(locale: Locale) -> Markup {
    let hint = |keys: &[&str], words: String| {
        html! { span { @for key in keys { kbd aria-hidden="true" { (key) } } " " (words) } }
    };
    html! {
        footer class="hints only-wide" {
            (hint(&["/"], locale.t("desk-hint-check-in")))
            (hint(&["W"], locale.t("desk-hint-walk-in")))
            (hint(&["J", "K"], locale.t("desk-hint-move")))
            (hint(&["←", "→"], locale.t("desk-hint-lane")))
            (hint(&["C"], locale.t("desk-hint-call")))
            (hint(&["S"], locale.t("desk-hint-start")))
            (hint(&["D"], locale.t("desk-hint-done")))
            (hint(&["U"], locale.t("desk-hint-undo")))
            span class="grow" {}
            (hint(&["?"], locale.t("desk-hint-all")))
        }
    }
}

/// The button that takes any kind of order.
pub(crate) fn new_button(locale: Locale) -> Markup {
    html! {
        (ui::link_button(locale.t("desk-new"), "/orders/new").primary().icon("plus").key("N"))
    }
}
