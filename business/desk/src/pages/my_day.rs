//! One person's day on a phone: one job large, the next ones below.

use kernel::{Locale, Span, Timestamp, format};
use orders::{Card, Step, StepState};
use ui::{Markup, Tone, html};

use super::clock;
use crate::calendar::name;
use crate::model;
use crate::my_day::{MyDay, is_here};

/// The whole body; one fragment, kept fresh by itself.
pub(crate) fn body(locale: Locale, day: &MyDay) -> Markup {
    let person = day
        .person
        .as_ref()
        .map(|member| format!("?staff={}", member.id));
    let src = format!("/my-day/now{}", person.unwrap_or_default());
    html! {
        div class="myday" id="my-day" data-live="order ticket" data-live-src=(src)
            data-poll="60" {
            @if day.person.is_none() { (choose(locale, day)) }
            @else {
                @for card in &day.current { (job(locale, day, card)) }
                @if day.current.is_empty() { (idle(locale, day)) }
                (waiting(locale, day))
                (next(locale, day))
            }
        }
    }
}

/// `Sat 21 Nov, shift 09:00–18:00`.
pub(crate) fn subtitle(locale: Locale, day: &MyDay) -> String {
    let date = format::date(locale, day.date);
    match (day.shifts.first(), day.shifts.last()) {
        (Some(first), Some(last)) => {
            let zone = &day.site.zone;
            let shift = format!("{}–{}", clock(zone, first.start), clock(zone, last.end));
            locale.tx(
                "desk-my-shift",
                &[("date", date.into()), ("shift", shift.into())],
            )
        }
        _ => date,
    }
}

fn choose(locale: Locale, day: &MyDay) -> Markup {
    ui::card(
        &locale.t("desk-my-whose"),
        html! {},
        html! {
            div class="row wrap" {
                @for member in &day.people {
                    (ui::link_button(member.shown(locale), format!("/my-day?staff={}", member.id)))
                }
            }
        },
    )
}

fn idle(locale: Locale, day: &MyDay) -> Markup {
    let text = locale.tx("desk-my-done", &[("count", day.done.into())]);
    html! { (ui::empty("coffee", &locale.t("desk-my-nothing"), &text, html! {})) }
}

fn job(locale: Locale, day: &MyDay, card: &Card) -> Markup {
    let order = &card.order;
    let running = card
        .steps
        .iter()
        .find(|s| matches!(s.state, StepState::Running { .. }));
    let pending = card
        .steps
        .iter()
        .find(|step| step.state == StepState::Pending);
    let due = order.promised.map(|due| {
        let from = order.state.started().unwrap_or(due);
        let words = locale.tx(
            "desk-ready-by",
            &[("time", clock(&day.site.zone, due).into())],
        );
        ui::sla(locale, ui::Sla::of(from, due, day.now), None, &words)
    });
    html! {
        section class="nowjob" id={ "j-" (order.id) } {
            header class="row between" {
                span class="row" {
                    (ui::badge(Tone::Info, "play", &locale.t("desk-my-now")))
                    a class="link" href={ "/orders/" (order.id) } { b class="num" { (order.code) } }
                }
                @if let Some(due) = due { (due) }
            }
            @match (running, pending) {
                (Some(step), _) => (running_step(locale, day, card, step)),
                (None, Some(step)) => (pending_step(locale, card, step)),
                (None, None) => (last(locale, day, card)),
            }
        }
    }
}

fn head(locale: Locale, day: &MyDay, card: &Card, title: &str, clock: Option<Ring>) -> Markup {
    let done = card.order.steps_done + 1;
    let total = card.order.steps_total;
    let step = [
        ("step", done.min(total.max(1)).into()),
        ("total", total.into()),
    ];
    html! {
        div class="nj" {
            @if let Some(ring) = clock { (ring_markup(locale, day.now, &ring)) }
            div class="grow" {
                @if total > 0 { small class="muted" { (locale.tx("desk-my-step", &step)) } }
                h2 { (title) }
                p class="dim sm" { (card.order.title(locale)) " · " (name(locale, card)) }
            }
        }
    }
}

struct Ring {
    since: Timestamp,
    standard: Option<i64>,
}

fn ring_markup(locale: Locale, now: Timestamp, ring: &Ring) -> Markup {
    const ROUND: f64 = 326.73;
    let taken = model::minutes(ring.since, now);
    let seconds = (now.as_second() - ring.since.as_second()).max(0);
    let words = format!("{:02}:{:02}", seconds / 60, seconds % 60);
    #[expect(clippy::cast_precision_loss, reason = "minutes of a job are few")]
    let share = ring
        .standard
        .map_or(0.0, |standard| taken as f64 / standard.max(1) as f64);
    let dash = format!("{:.1} {ROUND}", share.clamp(0.0, 1.0) * ROUND);
    let standard = ring.standard.unwrap_or(0);
    let label = locale.tx(
        "desk-my-minutes",
        &[("taken", taken.into()), ("standard", standard.into())],
    );
    html! {
        svg class="njr" viewBox="0 0 120 120" role="img" aria-label=(label)
            data-over[share > 1.0] {
            circle cx="60" cy="60" r="52" {}
            circle class="v" cx="60" cy="60" r="52" stroke-dasharray=(dash) {}
            text class="t" x="60" y="62" data-elapsed=(ring.since) { (words) }
            @if standard > 0 {
                text x="60" y="80" {
                    (locale.tx("desk-my-of", &[("minutes", standard.into())]))
                }
            }
        }
    }
}

fn running_step(locale: Locale, day: &MyDay, card: &Card, step: &Step) -> Markup {
    let ring = step.state.started().map(|since| Ring {
        since,
        standard: step.minutes_standard,
    });
    let base = format!("/my-day/orders/{}", card.order.id);
    let more = card
        .steps
        .iter()
        .any(|other| other.state == StepState::Pending);
    let label = if more {
        locale.t("desk-complete-step")
    } else {
        locale.t("desk-complete-last")
    };
    html! {
        (head(locale, day, card, step.name.get(locale), ring))
        form method="post" action={ (base) "/step" } data-once {
            (ui::hidden("step", step.id))
            @if !step.checklist.is_empty() {
                ul class="nck" {
                    @for (index, point) in step.checklist.iter().enumerate() {
                        li { label class="check" {
                            input type="checkbox" name="tick" value=(index)
                                checked[step.answers.get(index).copied().unwrap_or(false)];
                            span { (point.get(locale)) }
                        } }
                    }
                }
            }
            div class="nja" {
                (ui::button(label).primary().class("big").icon("check"))
            }
        }
        (trouble(locale, &base, step))
    }
}

/// Says that the step went wrong, with the cause; it will be done again.
fn trouble(locale: Locale, base: &str, step: &Step) -> Markup {
    ui::disclosure(
        &locale.t("desk-my-trouble"),
        false,
        html! {
            form class="form" method="post" action={ (base) "/failure" } data-once {
                (ui::hidden("step", step.id))
                (ui::text_field("cause", locale.t("desk-my-cause")).required().max_length(300)
                    .id(format!("cause-{}", step.id)))
                (ui::button(locale.t("desk-my-again")).icon("rotate-ccw"))
            }
        },
    )
}

fn pending_step(locale: Locale, card: &Card, step: &Step) -> Markup {
    let base = format!("/my-day/orders/{}", card.order.id);
    html! {
        div class="nj" { div class="grow" {
            small class="muted" { (locale.t("desk-my-up-next")) }
            h2 { (step.name.get(locale)) }
            p class="dim sm" { (card.order.title(locale)) " · " (name(locale, card)) }
        } }
        form method="post" action={ (base) "/step" } data-once {
            div class="nja" {
                (ui::button(locale.t("desk-my-start-step")).primary().class("big").icon("play"))
            }
        }
    }
}

fn last(locale: Locale, day: &MyDay, card: &Card) -> Markup {
    let ring = card.order.state.started().map(|since| Ring {
        since,
        standard: Some(card.order.minutes),
    });
    html! {
        (head(locale, day, card, &card.order.title(locale), ring))
        form method="post" action={ "/my-day/orders/" (card.order.id) "/finish" } data-once {
            div class="nja" {
                (ui::button(locale.t("desk-finish")).primary().class("big").icon("check-check"))
            }
        }
    }
}

/// People in line for this person.
fn waiting(locale: Locale, day: &MyDay) -> Markup {
    html! {
        @if !day.waiting.is_empty() {
            h3 class="dh" { (locale.t("desk-my-line")) }
            ol class="djs" {
                @for (ticket, card) in &day.waiting {
                    li class="dj" id={ "w-" (ticket.id) } {
                        time { b { (ticket.label()) } }
                        div class="dj__c" {
                            b { (name(locale, card)) }
                            p { (card.order.title(locale)) }
                            (ui::post_button(locale.t("desk-start"),
                                format!("/my-day/tickets/{}/start", ticket.id))
                                .primary().icon("play"))
                        }
                    }
                }
            }
        }
    }
}

fn next(locale: Locale, day: &MyDay) -> Markup {
    let ends = day
        .ends()
        .map(|at| clock(&day.site.zone, at))
        .unwrap_or_default();
    let summary = locale.tx(
        "desk-my-jobs",
        &[("count", day.next.len().into()), ("time", ends.into())],
    );
    html! {
        @if !day.next.is_empty() {
            h3 class="dh" { (locale.t("desk-my-next")) small { (summary) } }
            ol class="djs" {
                @for (index, (span, card)) in day.next.iter().enumerate() {
                    (next_job(locale, day, *span, card, index == 0 && day.current.is_empty()))
                }
            }
        }
    }
}

fn next_job(locale: Locale, day: &MyDay, span: Span, card: &Card, first: bool) -> Markup {
    let base = format!("/my-day/orders/{}", card.order.id);
    html! {
        li class="dj" id={ "n-" (card.order.id) } {
            time { b { (clock(&day.site.zone, span.start)) } (span.minutes()) "′" }
            div class="dj__c" {
                a href={ "/orders/" (card.order.id) } { b { (card.order.title(locale)) } }
                p { (name(locale, card)) }
                @if is_here(card) {
                    (ui::badge(Tone::Ok, "circle-check", &locale.t("desk-arrived")))
                }
                @if first || is_here(card) {
                    (ui::post_button(locale.t("desk-start"), format!("{base}/start"))
                        .primary().class("big").icon("play"))
                }
            }
        }
    }
}
