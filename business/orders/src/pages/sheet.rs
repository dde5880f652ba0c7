//! The page of one order: where it stands, what is promised, what is sold, what happened.

use std::collections::BTreeSet;

use customers::Customer;
use kernel::{Ctx, format, ids::StaffId};
use maud::{Markup, html};
use organisation::Site;
use store::Entry;
use ui::{Seen, Tone};

use super::{View, parts, path, side, state_badge, told};
use crate::{
    EDIT, SERVE, TAKE,
    model::{
        Act, LastAct, Line, Note, Order, Part, State, StateName, Step, StepState, channel_label,
    },
    queries::Standing,
};

/// Everything the page of an order shows.
pub(crate) struct Sheet {
    pub view: View,
    pub order: Order,
    pub lines: Vec<Line>,
    pub steps: Vec<Step>,
    pub notes: Vec<Note>,
    pub told: Vec<Entry>,
    /// What those who told it are called.
    pub called: people::Called,
    pub customer: Option<(Customer, Standing)>,
    pub site: Site,
    /// Who could serve here now.
    pub servers: Vec<StaffId>,
    /// What the reader may do.
    pub may: May,
    /// The last act, while it can be taken back.
    pub undo: Option<LastAct>,
    /// The parts of the visit with the rooms and equipment of each, where they say more than the
    /// slot.
    pub parts: Vec<(Part, Vec<String>)>,
    /// Its photos and files.
    pub shelf: Markup,
    /// What it belongs to.
    pub beside: Vec<crate::beside::Beside>,
}

/// What the reader may do.
#[derive(Clone, Copy)]
pub(crate) struct May {
    pub take: bool,
    pub edit: bool,
    pub serve: bool,
    pub phone: bool,
}

impl May {
    /// What somebody may do at a site.
    pub fn of(ctx: &Ctx, site: &Site) -> May {
        let at = |permission| ctx.require_at(permission, site.id).is_ok();
        May {
            take: at(TAKE),
            edit: at(EDIT),
            serve: at(SERVE),
            phone: ctx.may(customers::PHONE),
        }
    }
}

impl Sheet {
    /// The step being carried out.
    pub fn running(&self) -> Option<&Step> {
        self.steps
            .iter()
            .find(|step| matches!(step.state, StepState::Running { .. }))
    }

    /// The step to begin next.
    pub fn pending(&self) -> Option<&Step> {
        self.steps
            .iter()
            .find(|step| step.state == StepState::Pending)
    }

    /// The path of something under this order.
    pub fn under(&self, rest: &str) -> String {
        format!("{}/{rest}", path(&self.order))
    }
}

/// The one thing to do next, for the top bar; it sends the form the page holds for it.
pub(crate) fn main_action(sheet: &Sheet) -> Markup {
    let view = &sheet.view;
    let button = |key: &str, icon: &str, action: String| {
        ui::button(view.t(key))
            .primary()
            .icon(icon)
            .key("D")
            .attr("form", "next")
            .attr("formaction", action)
    };
    let name = sheet.order.state.name();
    let action = html! {
        @match name {
            StateName::Held if sheet.may.take => {
                (button("orders-do-confirm", "calendar-check", sheet.under("confirmation")))
            }
            StateName::Booked if sheet.may.take => {
                (button("orders-do-arrive", "log-in", sheet.under("arrival")))
            }
            StateName::Waiting | StateName::Open if sheet.may.serve => {
                (button("orders-do-start", "play", sheet.under("start")))
            }
            StateName::Serving if sheet.may.serve => {
                @match (sheet.running(), sheet.pending()) {
                    (Some(step), _) => {
                        @let action = format!("steps/{}/completion", step.id);
                        (button("orders-do-complete-step", "check", sheet.under(&action)))
                    }
                    (None, Some(step)) => {
                        @let action = format!("steps/{}/start", step.id);
                        (button("orders-do-start-step", "play", sheet.under(&action)))
                    }
                    (None, None) => {
                        (button("orders-do-finish", "check-check", sheet.under("completion")))
                    }
                }
            }
            _ => {}
        }
    };
    html! { div id="order-action" class="row" data-live="order" { (action) } }
}

/// The page of one order.
pub(crate) fn sheet_page(sheet: &Sheet) -> Markup {
    html! {
        section id="order" data-live="order" {
            (head(sheet))
            @if !sheet.steps.is_empty() || promise(sheet).is_some() { (flow(sheet)) }
            div class="ogrid" {
                div class="ocol" {
                    @if !sheet.parts.is_empty() { (parts::card(sheet)) }
                    (lines(sheet)) (remark(sheet)) (sheet.shelf)
                }
                div class="ocol" { (told::card(sheet)) }
                aside class="oside" aria-label=(sheet.view.t("orders-aside")) {
                    (side::next(sheet))
                    (side::customer(sheet))
                    (side::promises(sheet))
                    (side::facts(sheet))
                }
            }
        }
    }
}

fn head(sheet: &Sheet) -> Markup {
    let (order, view) = (&sheet.order, &sheet.view);
    html! {
        header class="ohead" {
            div class="grow" {
                h2 { (order.title(view.locale)) }
                p class="dim sm" { (below_title(sheet)) }
            }
            div class="row ohead__a" {
                (state_badge(order.state.name(), view.locale))
                @if order.level == crate::model::Level::Priority {
                    (ui::badge(Tone::Vip, "flag", &order.level.label(view.locale)))
                }
                (further(sheet))
            }
        }
    }
}

/// What is known in one sentence: kind, channel, when it came, when it is promised.
fn below_title(sheet: &Sheet) -> String {
    let (order, view) = (&sheet.order, &sheet.view);
    let mut parts = vec![
        order.kind.label(view.locale),
        channel_label(order.channel, view.locale),
    ];
    parts.push(sheet.site.name(view.locale).to_owned());
    if let Some(slot) = order.state.slot() {
        parts.push(view.stretch(slot.span));
    }
    let time = |key, at| view.locale.tx(key, &[("time", view.when(at).into())]);
    if let Some((started, finished)) = order.state.started().zip(order.state.finished()) {
        parts.push(format!("{}–{}", view.when(started), view.clock(finished)));
    } else if let Some(arrived) = order.state.arrived() {
        parts.push(time("orders-since-arrived", arrived));
    } else {
        parts.push(time("orders-since-taken", order.created));
    }
    if let State::Cancelled { reason, .. } = &order.state {
        parts.push(reason.clone());
    }
    parts.join(" · ")
}

/// The buttons beside the state: what may be done besides the next thing.
fn further(sheet: &Sheet) -> Markup {
    let (view, name) = (&sheet.view, sheet.order.state.name());
    let link = |key: &str, rest: &str, icon: &str, press: &str| {
        ui::link_button(view.t(key), sheet.under(rest))
            .icon(icon)
            .key(press)
    };
    let movable = matches!(name, StateName::Held | StateName::Booked)
        || (name == StateName::Open && sheet.order.service.is_some());
    let absent = matches!(name, StateName::Waiting)
        || (name == StateName::Booked
            && sheet
                .order
                .state
                .slot()
                .is_some_and(|slot| slot.span.start <= view.now));
    html! {
        @if let (true, Some(last)) = (sheet.may.serve, &sheet.undo) {
            (ui::post_button(view.t(undo_key(last.act)),
                sheet.under(&format!("undo/{}", last.version))).icon("undo-2").key("U").ghost())
        }
        @if sheet.may.take && movable && sheet.order.session.is_none() {
            (link("orders-do-reschedule", "slot", "calendar-clock", "R"))
        }
        @if sheet.may.take && name == StateName::Booked && sheet.beside.is_empty() {
            (ui::link_button(view.t("orders-do-repeat"),
                format!("/series/new?order={}", sheet.order.id)).icon("repeat"))
        }
        @for one in &sheet.beside {
            (ui::link_button(one.label.clone(), one.path.clone()).icon(one.icon))
        }
        @if sheet.may.serve && name == StateName::Booked {
            (ui::post_button(view.t("orders-do-start"), sheet.under("start")).icon("play").key("S"))
        }
        @if let (true, Some(step)) = (sheet.may.serve, sheet.running()) {
            (link("orders-do-fail", &format!("steps/{}/failure", step.id), "triangle-alert", "E"))
        }
        @if let (true, StateName::Serving, None, Some(step)) =
            (sheet.may.serve, name, sheet.running(), sheet.pending())
        {
            @let action = sheet.under(&format!("steps/{}/skip", step.id));
            (ui::post_button(view.t("orders-do-skip"), action).icon("minus").key("O"))
        }
        @if sheet.may.serve && name == StateName::Serving && !all_done(sheet) {
            (ui::post_button(view.t("orders-do-finish"), sheet.under("completion"))
                .icon("check-check").key("F"))
        }
        @if sheet.may.take && absent {
            (ui::post_button(view.t("orders-do-no-show"), sheet.under("no-show"))
                .icon("user-x").key("X"))
        }
        @if sheet.may.take && !name.is_closed() {
            (link("orders-do-cancel", "cancellation", "x", "Q").ghost())
        }
    }
}

fn undo_key(act: Act) -> &'static str {
    match act {
        Act::Arrival => "orders-undo-arrival",
        Act::Start => "orders-undo-start",
        Act::Finish => "orders-undo-finish",
        Act::NoShow => "orders-undo-no-show",
    }
}

/// Whether finishing is the main action already.
fn all_done(sheet: &Sheet) -> bool {
    sheet.running().is_none() && sheet.pending().is_none()
}

fn flow(sheet: &Sheet) -> Markup {
    let view = &sheet.view;
    let promise = promise(sheet);
    html! {
        @if !sheet.steps.is_empty() || promise.is_some() {
            section class="card flow" aria-label=(view.t("orders-progress")) {
                @if !sheet.steps.is_empty() {
                    @let steps: Vec<ui::Step> =
                        sheet.steps.iter().map(|s| step(sheet, s)).collect();
                    (ui::step_track(view.locale, &view.t("orders-steps"), &steps))
                }
                @if let Some(promise) = promise { (ui::promise_bar(view.locale, &promise)) }
            }
        }
    }
}

fn step(sheet: &Sheet, step: &Step) -> ui::Step {
    let view = &sheet.view;
    let skipped = matches!(step.state, StepState::Skipped { .. });
    let state = match step.state {
        StepState::Pending => ui::StepState::Next,
        StepState::Running { .. } => ui::StepState::Now,
        StepState::Done { .. } => ui::StepState::Done,
        StepState::Failed { .. } => ui::StepState::Failed,
        StepState::Skipped { .. } => ui::StepState::Skipped,
    };
    let seen = match step.lane.as_str() {
        "customer" => Seen::Customer,
        "frontstage" => Seen::Yes,
        _ => Seen::No,
    };
    let who = match &step.state {
        StepState::Failed { cause, .. } => cause.clone(),
        _ if skipped => view.t("orders-step-skipped"),
        state => view.who(state.staff()).to_owned(),
    };
    let name = step.name.get(view.locale).to_owned();
    ui::Step {
        state,
        icon: if step.attempt > 1 {
            "rotate-ccw".to_owned()
        } else {
            icon_of(step).to_owned()
        },
        name: if step.attempt > 1 {
            view.locale
                .tx("orders-step-again", &[("name", name.into())])
        } else {
            name
        },
        observed: step.minutes_observed(view.now),
        standard: step.minutes_standard,
        who,
        seen,
    }
}

/// The icon of a step that is not done: by what it needs.
fn icon_of(step: &Step) -> &'static str {
    match step.skill.as_deref() {
        Some(skill) if skill.contains("repair") => "wrench",
        Some(skill) if skill.contains("colour") => "palette",
        Some(skill) if skill.contains("hair") => "scissors",
        _ if !step.checklist.is_empty() => "list-checks",
        _ => "circle",
    }
}

/// Minutes of work that are still to come, by the standard.
fn minutes_left(sheet: &Sheet) -> i64 {
    let view = &sheet.view;
    if sheet.steps.is_empty() {
        let started = sheet.order.state.started().unwrap_or(view.now);
        let spent = crate::model::minutes_between(started, view.now);
        return (sheet.order.minutes - spent).max(0);
    }
    let left = |step: &Step| match step.state {
        StepState::Pending => step.minutes_standard.unwrap_or(0),
        StepState::Running { .. } => {
            let spent = step.minutes_observed(view.now).unwrap_or(0);
            (step.minutes_standard.unwrap_or(0) - spent).max(0)
        }
        _ => 0,
    };
    sheet.steps.iter().map(left).sum()
}

fn promise(sheet: &Sheet) -> Option<ui::Promise> {
    let (view, order) = (&sheet.view, &sheet.order);
    let promised = order.promised?;
    let from = order.state.arrived()?;
    let finished = order.state.finished();
    if finished.is_none() && order.state.name().is_closed() {
        return None;
    }
    let now = finished.unwrap_or(view.now);
    let ends = match finished {
        Some(at) => at,
        None => crate::commands::later(now, minutes_left(sheet))?,
    };
    let (first, last) = (from.min(promised), promised.max(ends).max(now));
    let whole = (last.as_second() - first.as_second()).max(60);
    #[expect(
        clippy::cast_precision_loss,
        reason = "seconds of one order stay far below 2^53"
    )]
    let share =
        |at: kernel::Timestamp| 0.97 * (at.as_second() - first.as_second()) as f64 / whole as f64;
    let ahead = crate::model::minutes_between(ends, promised);
    let minutes = format::minutes(view.locale, ahead.abs());
    let say = |key| view.locale.tx(key, &[("minutes", minutes.as_str().into())]);
    let verdict = match (ahead, finished) {
        (0.., None) => (Tone::Ok, say("orders-promise-ahead")),
        (0.., Some(_)) => (Tone::Ok, say("orders-promise-kept")),
        (_, None) => (Tone::Danger, say("orders-promise-behind")),
        (_, Some(_)) => (Tone::Danger, say("orders-promise-broken")),
    };
    Some(ui::Promise {
        now: (share(now), view.clock(now)),
        forecast: finished.is_none().then(|| (share(ends), view.clock(ends))),
        promised: (share(promised), view.clock(promised)),
        verdict,
        detail: format!("{}–{}", view.when(first), view.clock(promised)),
    })
}

fn lines(sheet: &Sheet) -> Markup {
    let (view, order) = (&sheet.view, &sheet.order);
    let editable = sheet.may.edit && !order.state.name().is_closed();
    let actions = html! {
        @if editable {
            (ui::link_button(view.t("orders-lines-edit"), sheet.under("content"))
                .ghost().small().icon("pencil").key("L"))
        }
    };
    let body = html! {
        @if sheet.lines.is_empty() {
            p class="muted sm" { (view.t("orders-lines-none")) }
        } @else {
            (line_table(sheet))
            dl class="sum" {
                @for (rate, tax) in taxes(&sheet.lines) {
                    div {
                        dt { (view.locale.tx("orders-tax-within", &[("rate", rate.into())])) }
                        dd class="num" { (tax) }
                    }
                }
                div class="b" {
                    dt { (view.t("orders-total")) }
                    dd class="num" { (format::money_exact(&order.total)) }
                }
            }
        }
    };
    ui::card(&view.t("orders-lines"), actions, body)
}

/// Tax by rate: the rate in per cent and the amount within the lines.
fn taxes(lines: &[Line]) -> Vec<(String, String)> {
    let rates: BTreeSet<i64> = lines
        .iter()
        .map(|line| line.tax_permille)
        .filter(|rate| *rate > 0)
        .collect();
    let of = |rate: i64| {
        let at_rate = lines.iter().filter(|line| line.tax_permille == rate);
        let sum = at_rate.map(Line::tax).reduce(|a, b| a.plus(b).unwrap_or(a));
        let percent = if rate % 10 == 0 {
            format!("{}", rate / 10)
        } else {
            format!("{}.{}", rate / 10, rate % 10)
        };
        sum.map(|sum| (percent, format::money_exact(&sum)))
    };
    rates.into_iter().filter_map(of).collect()
}

fn line_table(sheet: &Sheet) -> Markup {
    let view = &sheet.view;
    let heads = [
        ui::head(view.t("orders-line-item")),
        ui::head(view.t("orders-line-quantity")).number(),
        ui::head(view.t("orders-line-price")).number().drop(1),
        ui::head(view.t("orders-line-amount")).number(),
    ];
    let row = |line: &Line| {
        let minutes = line.minutes * line.quantity;
        ui::row(vec![
            html! {
                div class="ln" {
                    (ui::family_icon(line.family.as_deref().unwrap_or_default()))
                    div {
                        b { (line.name.get(view.locale)) }
                        @if minutes > 0 {
                            small { (view.locale.tx("orders-line-standard",
                                &[("minutes", minutes.into())])) }
                        }
                    }
                }
            },
            html! { (line.quantity) },
            html! { (format::money_exact(&line.unit)) },
            html! { b { (format::money_exact(&line.amount())) } },
        ])
    };
    let rows: Vec<ui::Row> = sheet.lines.iter().map(row).collect();
    ui::table(&heads, &rows)
}

fn remark(sheet: &Sheet) -> Markup {
    html! {
        @if !sheet.order.note.is_empty() {
            (ui::card(&sheet.view.t("orders-remark"), html! {}, html! {
                p class="pre" { (sheet.order.note) }
            }))
        }
    }
}
