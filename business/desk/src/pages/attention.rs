//! What needs a person: the fact, what is known, the fix as a button.

use kernel::{Locale, Timestamp, format};
use orders::{Card, State};
use queue::{Stage, Standing};
use ui::{Attention, Markup, Tone, html};

use super::clock;
use crate::model;
use crate::today::{Day, GRACE_MINUTES, Rescue, minutes_later, running_step};
use crate::unreached::Unreached;
use crate::unstaffed::Unstaffed;

/// Minutes over the standard of the whole job before it is worth a card.
const OVERRUN_MINUTES: i64 = 5;

/// The lane of cards, and what was handled lately.
pub(super) fn lane(locale: Locale, day: &Day, cards: &[Attention]) -> Markup {
    html! {
        aside class="lane lane--att" id="lane-attention" aria-labelledby="lane-attention-title" {
            header {
                h2 id="lane-attention-title" { (locale.t("desk-attention")) }
                span class="cnt" data-tone=[(!cards.is_empty()).then_some("danger")] {
                    (cards.len())
                }
            }
            ul data-nav-list {
                @if cards.is_empty() {
                    li { (ui::empty("circle-check", &locale.t("desk-all-well"),
                        &locale.t("desk-all-well-text"), html! {})) }
                }
                @for card in cards { (ui::attention_card(card)) }
            }
            @if !day.handled.is_empty() {
                div class="handled" {
                    h3 { (locale.t("desk-handled")) }
                    @for entry in &day.handled {
                        p {
                            (ui::icon("circle-check"))
                            (clock(&day.site.zone, entry.at)) " " (handled(locale, entry))
                        }
                    }
                }
            }
        }
    }
}

fn handled(locale: Locale, entry: &store::Entry) -> String {
    let attribute = |name: &str| match entry.attributes.get(name) {
        Some(value) => value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned),
        None => String::new(),
    };
    let mut number = attribute("number");
    if number.is_empty() {
        number = attribute("code");
    }
    let number: kernel::Arg = number.into();
    match entry.activity.as_str() {
        "order.rescheduled" => locale.tx("desk-handled-moved", &[("number", number)]),
        "ticket.assigned" => locale.tx("desk-handled-assigned", &[("number", number)]),
        "ticket.skipped" => locale.tx("desk-handled-skipped", &[("number", number)]),
        _ => locale.tx("desk-handled-no-show", &[("number", number)]),
    }
}

/// Everything that needs a person now, the worst first.
pub(super) fn cards(locale: Locale, day: &Day, now: Timestamp) -> Vec<Attention> {
    let mut found = Vec::new();
    found.extend(
        day.standings
            .iter()
            .filter_map(|s| over_promise(locale, day, now, s)),
    );
    found.extend(
        day.standings
            .iter()
            .filter_map(|s| not_coming(locale, day, now, s)),
    );
    found.extend(
        day.cards
            .iter()
            .filter_map(|card| overrun(locale, day, now, card)),
    );
    found.extend(
        day.rescues
            .iter()
            .filter_map(|rescue| starts_late(locale, day, rescue)),
    );
    found.extend(
        day.cards
            .iter()
            .filter_map(|card| late_booking(locale, day, now, card)),
    );
    found.extend(
        day.cards
            .iter()
            .filter_map(|card| kept_waiting(locale, day, now, card)),
    );
    found.extend(
        day.unstaffed
            .iter()
            .map(|left| unstaffed(locale, day, left)),
    );
    found.extend(
        day.unreached
            .iter()
            .filter_map(|one| unreached(locale, day, one)),
    );
    found.extend(day.stopped.iter().map(|one| stopped(locale, one)));
    found.extend(day.overdue.iter().map(|one| unanswered(locale, day, one)));
    found.sort_by_key(|card| card.tone != Tone::Danger);
    found.truncate(20);
    if !day.may_act {
        for card in &mut found {
            card.actions = html! {};
        }
    }
    found
}

fn name(locale: Locale, card: &Card) -> String {
    match card.customer_name(locale) {
        "" => locale.t("desk-guest"),
        name => name.to_owned(),
    }
}

fn over_promise(
    locale: Locale,
    day: &Day,
    now: Timestamp,
    standing: &Standing,
) -> Option<Attention> {
    let ticket = &standing.ticket;
    let target = day.wait_target(ticket)?;
    let waited = model::minutes(ticket.joined_at, now);
    let called = matches!(ticket.stage, Stage::Called { .. });
    let away = matches!(ticket.stage, Stage::Away { until } if until > now);
    if waited <= target || called || away {
        return None;
    }
    let free = day.picture.free_for(ticket);
    let helper = free.first().and_then(|id| day.staff.get(id));
    let post = format!("/queue/tickets/{}/call", ticket.id);
    let (reason, action) = match helper {
        Some(member) => {
            let who = member.shown(locale);
            let waited = format::minutes(locale, waited);
            let reason = [("minutes", waited.into()), ("name", who.into())];
            let label = locale.tx("desk-call-for", &[("name", who.into())]);
            let button = ui::post_button(label, post)
                .primary()
                .small()
                .hidden("staff", member.id);
            (locale.tx("desk-waited-free", &reason), button)
        }
        None => {
            let reason = locale.tx(
                "desk-waited-nobody",
                &[("minutes", format::minutes(locale, waited).into())],
            );
            let label = locale.tx("desk-call-number", &[("number", ticket.label().into())]);
            (reason, ui::post_button(label, post).small())
        }
    };
    let facts = [
        ("number", ticket.label().into()),
        ("minutes", format::minutes(locale, target).into()),
    ];
    Some(Attention {
        id: format!("a-promise-{}", ticket.id),
        tone: Tone::Danger,
        icon: "octagon-alert".into(),
        fact: locale.tx("desk-past-promise", &facts),
        reason,
        actions: html! { (action) },
    })
}

fn not_coming(locale: Locale, day: &Day, now: Timestamp, standing: &Standing) -> Option<Attention> {
    let ticket = &standing.ticket;
    let Stage::Called { called_at, .. } = ticket.stage else {
        return None;
    };
    let minutes = model::minutes(called_at, now);
    if minutes < queue::model::HOLD_MINUTES {
        return None;
    }
    let post = |noun: &str| format!("/queue/tickets/{}/{noun}", ticket.id);
    let facts = [
        ("number", ticket.label().into()),
        ("minutes", format::minutes(locale, minutes).into()),
    ];
    let at = clock(&day.site.zone, called_at);
    Some(Attention {
        id: format!("a-call-{}", ticket.id),
        tone: Tone::Warn,
        icon: "bell-ring".into(),
        fact: locale.tx("desk-not-come", &facts),
        reason: locale.tx("desk-held-until", &[("time", at.into())]),
        actions: html! {
            (ui::post_button(locale.t("desk-call-again"), post("call")).small())
            (ui::post_button(locale.t("desk-no-show"), post("no-show")).small())
        },
    })
}

fn unanswered(locale: Locale, day: &Day, enquiry: &enquiries::Enquiry) -> Attention {
    let path = format!("/enquiries/{}", enquiry.order);
    let time = super::date_time(locale, &day.site.zone, enquiry.due);
    let facts = [
        ("number", enquiry.code.as_str().into()),
        ("time", time.into()),
    ];
    Attention {
        id: format!("a-asked-{}", enquiry.order),
        tone: Tone::Danger,
        icon: "inbox".into(),
        fact: locale.tx("desk-unanswered", &facts),
        reason: enquiry.matter.clone(),
        actions: html! {
            @if enquiry.owner.is_none() {
                (ui::post_button(locale.t("desk-answer"), format!("{path}/owner")).primary()
                    .small())
            }
            (ui::link_button(locale.t("desk-open"), path).small())
        },
    }
}

fn unreached(locale: Locale, day: &Day, one: &Unreached) -> Option<Attention> {
    let (card, message) = (&one.card, &one.message);
    let start = card.order.state.slot()?.span.start;
    let facts = [
        ("name", name(locale, card).into()),
        (
            "time",
            super::date_time(locale, &day.site.zone, start).into(),
        ),
    ];
    let customer = card.customer.as_ref();
    let phone = customer.and_then(|customer| customer.phone_digits.clone());
    let occasion = message.occasion.label(locale);
    Some(Attention {
        id: format!("a-unreached-{}", card.order.id),
        tone: Tone::Warn,
        icon: "mail".into(),
        fact: locale.tx("desk-not-reached", &facts),
        reason: format!("{occasion} · {}", message.recipient_masked()),
        actions: html! {
            @if let Some(phone) = phone {
                (ui::link_button(locale.t("desk-phone"), format!("tel:{phone}")).small()
                    .icon("phone"))
            }
            @if let Some(customer) = message.customer {
                (ui::link_button(locale.t("desk-correct-address"),
                    format!("/customers/{customer}")).small())
            }
            (ui::link_button(locale.t("desk-open"), format!("/messages/{}", message.id)).small())
        },
    })
}

fn stopped(locale: Locale, webhook: &webhooks::Webhook) -> Attention {
    let path = format!("/settings/webhooks/{}", webhook.id);
    Attention {
        id: format!("a-stopped-{}", webhook.id),
        tone: Tone::Warn,
        icon: "send".into(),
        fact: locale.t("desk-webhook-stopped"),
        reason: webhook.url.clone(),
        actions: html! { (ui::link_button(locale.t("desk-open"), path).small()) },
    }
}

fn overrun(locale: Locale, day: &Day, now: Timestamp, card: &Card) -> Option<Attention> {
    let State::Serving { started, staff, .. } = card.order.state else {
        return None;
    };
    let over = model::minutes(started, now) - card.order.minutes;
    if over < OVERRUN_MINUTES {
        return None;
    }
    let who = staff
        .and_then(|id| day.staff.get(&id))
        .map_or("", |member| member.shown(locale));
    let step = running_step(card, now).map_or_else(
        || card.order.title(locale),
        |(step, _)| step.name.get(locale).to_owned(),
    );
    let facts = [
        ("name", name(locale, card).into()),
        ("minutes", format::minutes(locale, over).into()),
    ];
    let post = format!("/today/orders/{}/finish", card.order.id);
    Some(Attention {
        id: format!("a-over-{}", card.order.id),
        tone: Tone::Warn,
        icon: "timer".into(),
        fact: locale.tx("desk-runs-over", &facts),
        reason: locale.tx(
            "desk-now-at",
            &[("step", step.into()), ("name", who.into())],
        ),
        actions: html! {
            (ui::link_button(locale.t("desk-open"), format!("/orders/{}", card.order.id)).small())
            (ui::post_button(locale.t("desk-finish"), post).small())
        },
    })
}

fn starts_late(locale: Locale, day: &Day, rescue: &Rescue) -> Option<Attention> {
    let card = day.card(rescue.order)?;
    let slot = card.order.state.slot()?;
    let who = slot
        .staff
        .and_then(|id| day.staff.get(&id))
        .map_or("", |m| m.shown(locale));
    let time = clock(&day.site.zone, slot.span.start);
    let until = clock(&day.site.zone, rescue.busy_until);
    let other = rescue.other.and_then(|id| day.staff.get(&id));
    let facts = [("time", time.into()), ("name", name(locale, card).into())];
    Some(Attention {
        id: format!("a-late-{}", card.order.id),
        tone: Tone::Warn,
        icon: "clock".into(),
        fact: locale.tx("desk-will-start-late", &facts),
        reason: locale.tx(
            "desk-busy-until",
            &[("name", who.into()), ("time", until.into())],
        ),
        actions: html! {
            @if let Some(other) = other {
                (ui::post_button(
                    locale.tx("desk-move-to", &[("name", other.shown(locale).into())]),
                    format!("/calendar/orders/{}", card.order.id))
                    .primary().small()
                    .hidden("staff", other.id)
                    .hidden("day", slot.span.start.to_zoned(day.site.zone.clone()).date())
                    .hidden("time", clock(&day.site.zone, slot.span.start))
                    .hidden("version", card.order.version)
                    .hidden("back", "today"))
            }
            (ui::link_button(locale.t("desk-move"),
                format!("/calendar/orders/{}", card.order.id)).small())
        },
    })
}

fn unstaffed(locale: Locale, day: &Day, left: &Unstaffed) -> Attention {
    let (order, zone) = (&left.card.order, &day.site.zone);
    let shown = |id| day.staff.get(&id).map_or("", |member| member.shown(locale));
    let who = shown(left.staff);
    let when = super::date_time(locale, zone, left.span.start);
    let title = left
        .card
        .parts
        .iter()
        .find(|part| part.position == left.part);
    let title = title.map_or_else(
        || order.title(locale),
        |part| part.title.get(locale).to_owned(),
    );
    let why = match left.off_until {
        Some(until) => locale.tx(
            "desk-off-until",
            &[
                ("name", who.into()),
                ("time", super::date_time(locale, zone, until).into()),
            ],
        ),
        None => locale.tx("desk-no-shift-then", &[("name", who.into())]),
    };
    let facts = [
        ("time", when.into()),
        ("name", name(locale, &left.card).into()),
    ];
    let local = left.span.start.to_zoned(zone.clone());
    Attention {
        id: format!("a-staff-{}-{}", order.id, left.part),
        tone: match local.date() == day.date {
            true => Tone::Danger,
            false => Tone::Warn,
        },
        icon: "user-x".into(),
        fact: locale.tx("desk-has-nobody", &facts),
        reason: format!("{title} · {why}"),
        actions: html! {
            @if let Some(other) = left.other {
                (ui::post_button(
                    locale.tx("desk-give-to", &[("name", shown(other).into())]),
                    format!("/calendar/orders/{}", order.id))
                    .primary().small()
                    .hidden("staff", other)
                    .hidden("part", left.part)
                    .hidden("day", local.date())
                    .hidden("time", clock(zone, left.span.start))
                    .hidden("version", order.version)
                    .hidden("back", "today"))
            }
            (ui::link_button(locale.t("desk-move"),
                format!("/orders/{}/slot?part={}", order.id, left.part)).small())
        },
    }
}

fn late_booking(locale: Locale, day: &Day, now: Timestamp, card: &Card) -> Option<Attention> {
    let State::Booked { slot } = &card.order.state else {
        return None;
    };
    if minutes_later(slot.span.start, GRACE_MINUTES) > now {
        return None;
    }
    let minutes = model::minutes(slot.span.start, now);
    let time = clock(&day.site.zone, slot.span.start);
    let post = |noun: &str| format!("/today/orders/{}/{noun}", card.order.id);
    let facts = [
        ("time", time.into()),
        ("name", name(locale, card).into()),
        ("minutes", format::minutes(locale, minutes).into()),
    ];
    let phone = card
        .customer
        .as_ref()
        .and_then(|customer| customer.phone_digits.clone());
    Some(Attention {
        id: format!("a-missing-{}", card.order.id),
        tone: Tone::Warn,
        icon: "user-x".into(),
        fact: locale.tx("desk-is-late", &facts),
        reason: card.order.title(locale),
        actions: html! {
            (ui::post_button(locale.t("desk-check-in"), post("arrival")).small())
            @if let Some(phone) = phone {
                (ui::link_button(locale.t("desk-phone"), format!("tel:{phone}")).small()
                    .icon("phone"))
            }
            (ui::post_button(locale.t("desk-no-show"), post("no-show")).small())
        },
    })
}

fn kept_waiting(locale: Locale, day: &Day, now: Timestamp, card: &Card) -> Option<Attention> {
    let State::Waiting {
        slot: Some(slot),
        arrived,
    } = &card.order.state
    else {
        return None;
    };
    let due = slot.span.start.max(*arrived);
    if minutes_later(due, GRACE_MINUTES) > now {
        return None;
    }
    let minutes = model::minutes(due, now);
    let facts = [
        ("name", name(locale, card).into()),
        ("minutes", format::minutes(locale, minutes).into()),
    ];
    let who = slot
        .staff
        .and_then(|id| day.staff.get(&id))
        .map_or("", |m| m.shown(locale));
    let time = clock(&day.site.zone, slot.span.start);
    Some(Attention {
        id: format!("a-waits-{}", card.order.id),
        tone: Tone::Danger,
        icon: "octagon-alert".into(),
        fact: locale.tx("desk-waits-past-slot", &facts),
        reason: locale.tx(
            "desk-booked-with",
            &[("time", time.into()), ("name", who.into())],
        ),
        actions: html! {
            (ui::post_button(locale.t("desk-start"),
                format!("/today/orders/{}/start", card.order.id)).primary().small())
        },
    })
}
