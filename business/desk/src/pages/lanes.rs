//! The lanes of Today: who waits, who comes, who is served.

use kernel::{Locale, Timestamp, format};
use orders::{Card, State, StepState};
use queue::{Stage, Standing};
use ui::{Item, Markup, Sla, Tone, html};

use super::{clock, person, short_name};
use crate::model;
use crate::today::{ARRIVING_MINUTES, Day, Opening, expected_end, running_step};

pub(super) fn queue_lane(locale: Locale, day: &Day, now: Timestamp) -> Markup {
    let cards: Vec<Markup> = day
        .standings
        .iter()
        .enumerate()
        .map(|(index, standing)| queue_card(locale, day, now, index == 0, standing))
        .collect();
    let waits = day
        .standings
        .iter()
        .any(|standing| standing.ticket.stage.stands(now));
    let aside = html! {
        span class="row" {
            @if waits && day.may_act {
                (ui::post_button(locale.t("desk-call-next"), "/queue/next").small().icon("bell"))
            }
            a class="link" href="/queue" { (locale.t("desk-lines")) }
        }
    };
    let count = day.standings.len().to_string();
    ui::lane(
        "lane-queue",
        &locale.t("desk-lane-queue"),
        &count,
        aside,
        html! {
            @if cards.is_empty() {
                li { (ui::empty("ticket", &locale.t("desk-queue-empty"),
                    &locale.t("desk-queue-empty-text"), html! {})) }
            }
            @for card in &cards { (card) }
        },
    )
}

fn name_of(locale: Locale, card: Option<&Card>) -> String {
    let name = card.map_or("", |card| card.customer_name(locale));
    if name.is_empty() {
        locale.t("desk-guest")
    } else {
        name.to_owned()
    }
}

fn queue_card(
    locale: Locale,
    day: &Day,
    now: Timestamp,
    selected: bool,
    standing: &Standing,
) -> Markup {
    let ticket = &standing.ticket;
    let card = day.card(ticket.order);
    let wanted = ticket.wanted_staff.and_then(|id| day.staff.get(&id));
    let title = card
        .map(|card| card.order.title(locale))
        .unwrap_or_default();
    let family = card
        .and_then(|card| card.order.family.clone())
        .unwrap_or_default();
    let waited = model::minutes(ticket.joined_at, now);
    let estimate = match (ticket.stage, standing.people_ahead) {
        (Stage::Called { called_at, .. }, _) => {
            let time = clock(&day.site.zone, called_at);
            locale.tx("desk-called-at", &[("time", time.into())])
        }
        (_, 0) => locale.t("desk-next"),
        _ => queue::range(locale, standing.wait),
    };
    ui::queue_card(&ui::QueueCard {
        id: format!("t-{}", ticket.id),
        number: ticket.label(),
        name: name_of(locale, card),
        href: format!("/orders/{}", ticket.order),
        clock: promise(locale, day, now, ticket),
        family,
        service: title,
        wants: person(locale, wanted),
        estimate,
        waited: locale.tx(
            "desk-waited",
            &[("minutes", super::waited(locale, waited).into())],
        ),
        badges: queue_badges(locale, day, now, ticket, card),
        actions: allowed(day, || queue_actions(locale, ticket)),
        selected,
    })
}

/// The promise to begin within the service's target.
fn promise(locale: Locale, day: &Day, now: Timestamp, ticket: &queue::Ticket) -> Markup {
    let Some(target) = day.wait_target(ticket) else {
        return html! {};
    };
    let due = crate::today::minutes_later(ticket.joined_at, target);
    let left = model::minutes(now, due);
    let words = if left < 0 {
        locale.tx(
            "desk-over",
            &[("minutes", format::minutes(locale, -left).into())],
        )
    } else {
        locale.tx(
            "desk-left",
            &[("minutes", format::minutes(locale, left).into())],
        )
    };
    ui::sla(
        locale,
        Sla::of(ticket.joined_at, due, now),
        Some(due),
        &words,
    )
}

fn queue_badges(
    locale: Locale,
    day: &Day,
    now: Timestamp,
    ticket: &queue::Ticket,
    card: Option<&Card>,
) -> Markup {
    let customer = card.and_then(|card| card.customer.as_ref());
    let vip = customer.is_some_and(|customer| customer.level == customers::Level::Vip);
    html! {
        @match ticket.stage {
            Stage::Called { coming_at: Some(_), .. } => {
                (ui::badge(Tone::Ok, "footprints", &locale.t("desk-coming")))
            }
            Stage::Away { until } if until > now => {
                (ui::badge(Tone::Neutral, "pause", &locale.tx("desk-back-at",
                    &[("time", clock(&day.site.zone, until).into())])))
            }
            _ => {}
        }
        @if vip { (ui::badge(Tone::Vip, "star", &locale.t("desk-vip"))) }
        @if ticket.place.priority {
            (ui::badge(Tone::Warn, "arrow-up", &locale.t("desk-priority")))
        }
        @if ticket.stands_in != ticket.line {
            (ui::badge(Tone::Neutral, "arrow-left-right", &locale.tx("desk-moved-line",
                &[("line", (&ticket.stands_in).into())])))
        }
        @if let Some(at) = ticket.booked_at {
            (ui::badge(Tone::Info, "calendar", &locale.tx("desk-booked-at",
                &[("time", clock(&day.site.zone, at).into())])))
        }
        @if ticket.channel == kernel::Channel::Online {
            (ui::badge(Tone::Info, "smartphone", &locale.t("desk-remote")))
        } @else if !vip && ticket.stage == Stage::Waiting && ticket.booked_at.is_none() {
            (ui::badge(Tone::Neutral, "", &locale.t("desk-walk-in")))
        }
    }
}

/// The buttons, for who may press them.
fn allowed(day: &Day, buttons: impl FnOnce() -> Markup) -> Markup {
    if day.may_act {
        buttons()
    } else {
        html! {}
    }
}

fn queue_actions(locale: Locale, ticket: &queue::Ticket) -> Markup {
    let post = |noun: &str| format!("/queue/tickets/{}/{noun}", ticket.id);
    let called = matches!(ticket.stage, Stage::Called { .. });
    let start = ui::post_button(locale.t("desk-start"), post("start"))
        .small()
        .key("S");
    let more = [
        Item::Post(
            "arrow-left-right".into(),
            locale.t("desk-let-one"),
            post("turn"),
        ),
        Item::Post("footprints".into(), locale.t("desk-later"), post("absence")),
        Item::Link(
            "qr-code".into(),
            locale.t("desk-ticket-code"),
            format!("/today/tickets/{}", ticket.id),
        ),
        Item::Link(
            "clipboard".into(),
            locale.t("desk-open"),
            format!("/orders/{}", ticket.order),
        ),
    ];
    html! {
        @if called {
            (start.primary())
            (ui::post_button(locale.t("desk-again"), post("call")).small().key("C"))
            (ui::post_button(locale.t("desk-no-show"), post("no-show")).small().key("X"))
        } @else {
            (ui::post_button(locale.t("desk-call"), post("call")).primary().small()
                .icon("bell").key("C"))
            (start)
            (ui::link_button(locale.t("desk-assign"), format!("/today/tickets/{}", ticket.id))
                .small().key("A"))
        }
        (ui::menu(&locale.t("desk-more"), &more))
    }
}

pub(super) fn arriving_lane(
    locale: Locale,
    day: &Day,
    now: Timestamp,
    arriving: &[&Card],
) -> Markup {
    let later = day.later_today(now);
    let aside = html! {
        (locale.tx("desk-next-hours", &[("hours", (ARRIVING_MINUTES / 60).into())]))
    };
    let mut rows: Vec<(Timestamp, Markup)> = arriving
        .iter()
        .map(|card| (card.order.due(), booking(locale, day, now, card)))
        .collect();
    let openings = day.openings.iter().filter(|_| day.may_act);
    rows.extend(openings.map(|free| (free.span.start, opening(locale, day, free))));
    rows.sort_by_key(|(at, _)| *at);
    let first_ahead = rows.iter().position(|(at, _)| *at > now);
    let line = ui::now_line(&locale.tx("desk-now", &[("time", clock(&day.site.zone, now).into())]));
    let title = locale.t("desk-lane-arriving");
    ui::lane(
        "lane-arriving",
        &title,
        &arriving.len().to_string(),
        aside,
        html! {
            @if rows.is_empty() {
                li { (ui::empty("calendar", &locale.t("desk-arriving-empty"),
                    &locale.t("desk-arriving-empty-text"), html! {})) }
            }
            @for (index, (_, row)) in rows.iter().enumerate() {
                @if first_ahead == Some(index) { (line) }
                (row)
            }
            @if later > 0 {
                li class="bk bk--more" {
                    a class="link sm" href="/calendar" {
                        (locale.tx("desk-later-today", &[("count", later.into())]))
                    }
                }
            }
        },
    )
}

/// Free time, and the way to a booking with this person at this time.
fn opening(locale: Locale, day: &Day, free: &Opening) -> Markup {
    let name = day
        .staff
        .get(&free.staff)
        .map(|member| short_name(locale, member))
        .unwrap_or_default();
    let length = kernel::format::minutes(locale, free.span.minutes());
    let words = [("length", length.into()), ("name", name.into())];
    let time = clock(&day.site.zone, free.span.start);
    let href = format!(
        "/orders/new?kind=booking&day={}&with={}&start={}",
        day.date, free.staff, free.span.start
    );
    ui::opening_row(
        &time,
        &locale.tx("desk-opening", &words),
        &href,
        &locale.t("desk-offer"),
    )
}

fn booking(locale: Locale, day: &Day, now: Timestamp, card: &Card) -> Markup {
    let order = &card.order;
    let slot = order.state.slot();
    let at = slot.map_or(order.due(), |slot| slot.span.start);
    let with = slot
        .and_then(|slot| slot.staff)
        .and_then(|id| day.staff.get(&id));
    let late = model::minutes(at, now);
    let here = matches!(order.state, State::Waiting { .. });
    let badge = match (here, late) {
        (true, _) => ui::badge(Tone::Ok, "circle-check", &locale.t("desk-arrived")),
        (false, late) if late > 0 => ui::badge(
            Tone::Warn,
            "clock",
            &locale.tx(
                "desk-late",
                &[("minutes", format::minutes(locale, late).into())],
            ),
        ),
        _ => ui::badge(Tone::Neutral, "", &locale.t("desk-confirmed")),
    };
    let act = |noun: &str| format!("/today/orders/{}/{noun}", order.id);
    let actions = html! {
        @if here {
            (ui::post_button(locale.t("desk-start"), act("start")).primary().small()
                .icon("play").key("S"))
        } @else {
            (ui::post_button(locale.t("desk-check-in"), act("arrival")).primary().small()
                .icon("log-in").key("C"))
            (ui::post_button(locale.t("desk-start"), act("start")).small().key("S"))
            @if late > 0 {
                (ui::post_button(locale.t("desk-no-show"), act("no-show")).small().key("X"))
            }
        }
        (ui::link_button(locale.t("desk-move"), format!("/calendar/orders/{}", order.id)).small())
    };
    ui::booking_row(&ui::Booking {
        id: format!("b-{}", order.id),
        time: clock(&day.site.zone, at),
        name: name_of(locale, Some(card)),
        href: format!("/orders/{}", order.id),
        badge,
        service: order.title(locale),
        with: person(locale, with),
        late: late > 0 && !here,
        actions: allowed(day, || actions),
    })
}

pub(super) fn serving_lane(locale: Locale, day: &Day, now: Timestamp) -> Markup {
    let mut serving: Vec<&Card> = day.serving().collect();
    serving.sort_by_key(|card| (expected_end(card, now), card.order.id));
    let count = format!("{} / {}", serving.len(), day.picture.on_shift());
    let aside = html! { (locale.t("desk-finish-time")) };
    ui::lane(
        "lane-serving",
        &locale.t("desk-in-service"),
        &count,
        aside,
        html! {
            @if serving.is_empty() {
                li { (ui::empty("play", &locale.t("desk-serving-empty"),
                    &locale.t("desk-serving-empty-text"), html! {})) }
            }
            @for card in serving { (service(locale, day, now, card)) }
        },
    )
}

fn service(locale: Locale, day: &Day, now: Timestamp, card: &Card) -> Markup {
    let order = &card.order;
    let staff = order.state.staff().and_then(|id| day.staff.get(&id));
    let started = order.state.started().unwrap_or(now);
    let step = running_step(card, now);
    let (name, observed, standard) = match step {
        Some((step, minutes)) => (
            step.name.get(locale).to_owned(),
            minutes,
            step.minutes_standard,
        ),
        None => (
            String::new(),
            model::minutes(started, now),
            Some(order.minutes),
        ),
    };
    let ends = expected_end(card, now).unwrap_or(now);
    let place = day
        .places
        .get(&order.id)
        .and_then(|id| day.resources.get(id));
    let total = usize::try_from(order.steps_total).unwrap_or(0);
    let done = usize::try_from(order.steps_done).unwrap_or(0);
    ui::service_card(&ui::Service {
        id: format!("s-{}", order.id),
        avatar: html! {
            @if let Some(member) = staff { (ui::avatar(member.shown(locale), member.colour)) }
        },
        name: name_of(locale, Some(card)),
        href: format!("/orders/{}", order.id),
        place: place.cloned().unwrap_or_default(),
        service: order.title(locale),
        dots: html! {
            @if total > 0 { (ui::step_dots(locale, done, step.is_some(), total)) }
        },
        step: name,
        observed: observed.to_string(),
        standard: standard
            .map(|minutes| locale.tx("desk-minutes", &[("minutes", minutes.into())]))
            .unwrap_or_default(),
        ends: locale.tx(
            "desk-done-at",
            &[("time", clock(&day.site.zone, ends).into())],
        ),
        over: standard.is_some_and(|standard| observed > standard),
        actions: allowed(day, || serving_actions(locale, card)),
    })
}

fn serving_actions(locale: Locale, card: &Card) -> Markup {
    let act = |noun: &str| format!("/today/orders/{}/{noun}", card.order.id);
    let pending = card
        .steps
        .iter()
        .any(|step| step.state == StepState::Pending);
    html! {
        @if pending {
            (ui::post_button(locale.t("desk-complete-step"), act("step")).primary().small()
                .icon("check").key("D"))
            (ui::post_button(locale.t("desk-finish"), act("finish")).small().key("F"))
        } @else {
            (ui::post_button(locale.t("desk-finish"), act("finish")).primary().small()
                .icon("check-check").key("D"))
        }
        (ui::link_button(locale.t("desk-open"), format!("/orders/{}", card.order.id)).small())
    }
}
