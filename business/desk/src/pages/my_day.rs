//! One person's day on a phone: one job large, the next ones below.

use kernel::{Locale, Span, Timestamp, format};
use orders::{Card, Step, StepState};
use ui::{Markup, Tone, html};

use super::clock;
use crate::calendar::name;
use crate::model;
use crate::my_day::{MyDay, is_here};

/// The day; one fragment, kept fresh by itself.
pub(crate) fn body(locale: Locale, day: &MyDay) -> Markup {
    let person = day
        .person
        .as_ref()
        .map(|member| format!("?staff={}", member.id));
    let src = format!("/my-day/now{}", person.unwrap_or_default());
    html! {
        div class="myday" id="my-day" data-live="order ticket request" data-live-src=(src)
            data-poll="60" {
            @if day.person.is_none() { (choose(locale, day)) }
            @else {
                @if day.asked > 0 { (asked(locale, day.asked)) }
                @for card in &day.current { (job(locale, day, card)) }
                @if day.current.is_empty() { (idle(locale, day)) }
                (waiting(locale, day))
                (next(locale, day))
            }
        }
    }
}

fn asked(locale: Locale, count: i64) -> Markup {
    ui::note(
        Tone::Info,
        html! {
            p {
                (locale.tx("desk-my-asked", &[("count", count.into())])) " "
                a class="link" href="/requests" { (locale.t("desk-my-answer")) }
            }
        },
    )
}

/// Asking for time off or another shift, and the calendar address of the day.
pub(crate) fn actions(locale: Locale) -> Markup {
    html! {
        (ui::link_button(locale.t("desk-my-requests"), "/requests").icon("handshake").ghost())
        (super::feeds::link(&locale.t("desk-feed-own"), "/my-day/feed"))
    }
}

/// The whole page: what the phone keeps, above the day.
pub(crate) fn page(locale: Locale, day: &MyDay) -> Markup {
    html! { (ui::kept_acts(locale)) (body(locale, day)) }
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
    let done = locale.tx("desk-my-done", &[("count", day.done.into())]);
    let text = match day.waiting.is_empty() && day.next.is_empty() {
        true => format!("{done} {}", locale.t("desk-my-idle")),
        false => done,
    };
    ui::empty("coffee", &locale.t("desk-my-nothing"), &text, html! {})
}

/// What a job on the phone asks for: one face at a time, from the first press to the last.
#[derive(Clone, Copy)]
enum Face<'a> {
    /// The running step.
    Running(&'a Step),
    /// A step still to be begun, while none runs.
    Pending(&'a Step),
    /// Nothing left but to finish.
    Last,
}

/// The face of a job now and those after it, which the phone shows by itself without a line.
fn faces(card: &Card) -> Vec<Face<'_>> {
    let mut faces = Vec::new();
    let running = |step: &&Step| matches!(step.state, StepState::Running { .. });
    let pending = |step: &&Step| step.state == StepState::Pending;
    let current = card.steps.iter().find(running);
    let ahead: Vec<&Step> = card.steps.iter().filter(pending).collect();
    if let Some(first) = ahead.first()
        && current.is_none()
        && card.order.state.started().is_some()
    {
        faces.push(Face::Pending(first));
    }
    faces.extend(current.into_iter().chain(ahead).map(Face::Running));
    faces.push(Face::Last);
    faces
}

/// The id of the template that shows a face; the same however far the job has come.
fn template_id(card: &Card, face: Face<'_>) -> String {
    match face {
        Face::Running(step) => format!("t-{}-{}", card.order.id, step.id),
        Face::Pending(_) | Face::Last => format!("t-{}-last", card.order.id),
    }
}

/// A job in hand, and its next faces, hidden.
fn job(locale: Locale, day: &MyDay, card: &Card) -> Markup {
    let faces = faces(card);
    html! {
        (section(locale, day, card, &faces, 0))
        (templates(locale, day, card, &faces, 1))
    }
}

fn templates(locale: Locale, day: &MyDay, card: &Card, faces: &[Face<'_>], first: usize) -> Markup {
    html! {
        @for number in first..faces.len() {
            template id=(template_id(card, faces[number])) {
                (section(locale, day, card, faces, number))
            }
        }
    }
}

fn section(locale: Locale, day: &MyDay, card: &Card, faces: &[Face<'_>], number: usize) -> Markup {
    let order = &card.order;
    let due = order.promised.map(|due| {
        let from = order.state.started().unwrap_or(due);
        let words = locale.tx(
            "desk-ready-by",
            &[("time", clock(&day.site.zone, due).into())],
        );
        ui::sla(locale, ui::Sla::of(from, due, day.now), None, &words)
    });
    let job = Job {
        locale,
        day,
        card,
        number,
        then: faces
            .get(number + 1)
            .map(|next| template_id(card, *next))
            .unwrap_or_default(),
    };
    html! {
        section class="nowjob" id={ "j-" (order.id) } data-job=(order.id) {
            header class="row between" {
                span class="row" {
                    (ui::badge(Tone::Info, "play", &locale.t("desk-my-now")))
                    a class="link" href={ "/orders/" (order.id) } { b class="num" { (order.code) } }
                }
                @if let Some(due) = due { (due) }
            }
            @match faces[number] {
                Face::Running(step) => (job.running_step(step)),
                Face::Pending(step) => (job.pending_step(step)),
                Face::Last => (job.last()),
            }
        }
    }
}

/// One face of a job.
struct Job<'a> {
    locale: Locale,
    day: &'a MyDay,
    card: &'a Card,
    /// Which face it is, counted from the one that is true now.
    number: usize,
    /// The template of the face after it; empty when the job is over then.
    then: String,
}

impl Job<'_> {
    fn base(&self) -> String {
        format!("/my-day/orders/{}", self.card.order.id)
    }

    fn head(&self, title: &str, clock: Option<Ring>) -> Markup {
        let (locale, card) = (self.locale, self.card);
        let total = card.order.steps_total;
        let number = i64::try_from(self.number).unwrap_or(0);
        let running = number + card.order.steps_done + 1;
        let step = [
            ("step", running.min(total.max(1)).into()),
            ("total", total.into()),
        ];
        html! {
            div class="nj" {
                @if let Some(ring) = clock { (ring_markup(locale, self.day.now, &ring)) }
                div class="grow" {
                    @if total > 0 { small class="muted" { (locale.tx("desk-my-step", &step)) } }
                    h2 { (title) }
                    p class="dim sm" { (card.order.title(locale)) " · " (name(locale, card)) }
                }
            }
        }
    }

    fn running_step(&self, step: &Step) -> Markup {
        let locale = self.locale;
        let ring = Some(Ring {
            since: step.state.started(),
            standard: step.minutes_standard,
        });
        let other = |it: &Step| it.state == StepState::Pending && it.id != step.id;
        let label = match self.card.steps.iter().any(other) && !self.then.is_empty() {
            true => locale.t("desk-complete-step"),
            false => locale.t("desk-complete-last"),
        };
        html! {
            (self.head(step.name.get(locale), ring))
            form method="post" action={ (self.base()) "/step" } data-keep=(self.card.order.code)
                data-then=(self.then) data-checks={ (self.base()) "/checklist" } {
                (ui::hidden("step", step.id))
                @if !step.checklist.is_empty() { (checklist(locale, step)) }
                div class="nja" {
                    (ui::button(label).primary().class("big").icon("check"))
                }
            }
            @if self.number == 0 { (trouble(locale, &self.base(), self.card, step)) }
        }
    }

    fn pending_step(&self, step: &Step) -> Markup {
        let (locale, card) = (self.locale, self.card);
        html! {
            div class="nj" { div class="grow" {
                small class="muted" { (locale.t("desk-my-up-next")) }
                h2 { (step.name.get(locale)) }
                p class="dim sm" { (card.order.title(locale)) " · " (name(locale, card)) }
            } }
            form method="post" action={ (self.base()) "/step" } data-keep=(card.order.code)
                data-then=(self.then) {
                div class="nja" {
                    (ui::button(locale.t("desk-my-start-step")).primary().class("big").icon("play"))
                }
            }
        }
    }

    fn last(&self) -> Markup {
        let (locale, card) = (self.locale, self.card);
        let ring = Some(Ring {
            since: card.order.state.started(),
            standard: Some(card.order.minutes),
        });
        html! {
            (self.head(&card.order.title(locale), ring))
            form method="post" action={ (self.base()) "/finish" } data-keep=(card.order.code)
                data-then="" {
                div class="nja" {
                    (ui::button(locale.t("desk-finish")).primary().class("big").icon("check-check"))
                }
            }
        }
    }
}

/// How long a step or a job has been going on; `None` for one that begins with the next press.
struct Ring {
    since: Option<Timestamp>,
    standard: Option<i64>,
}

fn ring_markup(locale: Locale, now: Timestamp, ring: &Ring) -> Markup {
    const ROUND: f64 = 326.73;
    let since = ring.since.unwrap_or(now);
    let taken = model::minutes(since, now);
    let seconds = (now.as_second() - since.as_second()).max(0);
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
    let began = ring.since.map_or("pressed".to_owned(), |at| at.to_string());
    html! {
        svg class="njr" viewBox="0 0 120 120" role="img" aria-label=(label)
            data-over[share > 1.0] {
            circle cx="60" cy="60" r="52" {}
            circle class="v" cx="60" cy="60" r="52" stroke-dasharray=(dash) {}
            text class="t" x="60" y="62" data-elapsed=(began) { (words) }
            @if standard > 0 {
                text x="60" y="80" {
                    (locale.tx("desk-my-of", &[("minutes", standard.into())]))
                }
            }
        }
    }
}

fn checklist(locale: Locale, step: &Step) -> Markup {
    html! {
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
}

/// Says that the step went wrong, with the cause; it will be done again.
fn trouble(locale: Locale, base: &str, card: &Card, step: &Step) -> Markup {
    ui::disclosure(
        &locale.t("desk-my-trouble"),
        false,
        html! {
            form class="form" method="post" action={ (base) "/failure" }
                data-keep=(card.order.code) {
                (ui::hidden("step", step.id))
                (ui::text_field("cause", locale.t("desk-my-cause")).required().max_length(300)
                    .id(format!("cause-{}", step.id)))
                (ui::button(locale.t("desk-my-again")).icon("rotate-ccw"))
            }
        },
    )
}

/// People in line for this person.
fn waiting(locale: Locale, day: &MyDay) -> Markup {
    html! {
        @if !day.waiting.is_empty() {
            h3 class="dh" { (locale.t("desk-my-line")) }
            ol class="djs" {
                @for (ticket, card) in &day.waiting {
                    li class="dj" id={ "w-" (ticket.id) } data-job=(card.order.id) {
                        time { b { (ticket.label()) } }
                        div class="dj__c" {
                            b { (name(locale, card)) }
                            p { (card.order.title(locale)) }
                            (start_form(locale, card,
                                &format!("/my-day/tickets/{}/start", ticket.id)))
                        }
                    }
                    (templates(locale, day, card, &faces(card), 0))
                }
            }
        }
    }
}

fn start_form(locale: Locale, card: &Card, action: &str) -> Markup {
    let first = faces(card).first().copied().unwrap_or(Face::Last);
    let then = template_id(card, first);
    html! {
        form class="one" method="post" action=(action) data-keep=(card.order.code)
            data-then=(then) {
            (ui::button(locale.t("desk-start")).primary().class("big").icon("play"))
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
        li class="dj" id={ "n-" (card.order.id) } data-job=(card.order.id) {
            time { b { (clock(&day.site.zone, span.start)) } (span.minutes()) "′" }
            div class="dj__c" {
                a href={ "/orders/" (card.order.id) } { b { (card.order.title(locale)) } }
                p { (name(locale, card)) }
                @if is_here(card) {
                    (ui::badge(Tone::Ok, "circle-check", &locale.t("desk-arrived")))
                }
                @if first || is_here(card) {
                    (start_form(locale, card, &format!("{base}/start")))
                }
            }
        }
        (templates(locale, day, card, &faces(card), 0))
    }
}
