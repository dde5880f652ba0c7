//! The column beside an order: what to do next, the customer, the promises, the facts.

use customers::{Customer, Level};
use kernel::{Locale, format};
use maud::{Markup, html};
use ui::{Sla, Tone};

use super::{View, colour_of, sheet::Sheet};
use crate::{
    model::{StateName, Step, StepState},
    queries::Standing,
};

/// The form of the main action: who serves, or the checklist of the step. It is there even when
/// it has no fields, since the button in the top bar sends it.
pub(super) fn next(sheet: &Sheet) -> Markup {
    let name = sheet.order.state.name();
    if name.is_closed() {
        return html! {};
    }
    let asks_who = matches!(name, StateName::Waiting | StateName::Open) && sheet.may.serve;
    let listed = sheet
        .running()
        .or(sheet.pending())
        .filter(|step| name == StateName::Serving && !step.checklist.is_empty());
    match listed {
        Some(step) => checklist(sheet, step),
        None if asks_who => server(sheet),
        None => html! {
            form id="next" method="post" action=(sheet.under("start")) data-once hidden {}
        },
    }
}

fn server(sheet: &Sheet) -> Markup {
    let view = &sheet.view;
    let mut options = vec![(String::new(), view.t("orders-server-open"))];
    options.extend(
        sheet
            .servers
            .iter()
            .map(|id| (id.to_string(), view.who(Some(*id)).to_owned())),
    );
    let chosen = sheet
        .order
        .state
        .staff()
        .map_or(String::new(), |staff| staff.to_string());
    ui::card(
        &view.t("orders-server"),
        html! {},
        html! {
            form id="next" method="post" action=(sheet.under("start")) data-once {
                (ui::select_field("staff", view.t("orders-server-label"), options)
                    .value(chosen))
            }
        },
    )
}

fn checklist(sheet: &Sheet, step: &Step) -> Markup {
    let view = &sheet.view;
    let open = sheet.may.serve && matches!(step.state, StepState::Running { .. });
    let count = format!("{} / {}", step.ticked(), step.checklist.len());
    let title = view.locale.tx(
        "orders-checklist",
        &[("step", step.name.get(view.locale).into())],
    );
    ui::card(
        &title,
        html! { span class="meta num" { (count) } },
        html! {
            form id="next" method="post" action=(sheet.under(&format!("steps/{}/ticks", step.id))) {
                (ui::hidden("points", step.checklist.len()))
                ul class="todo" {
                    @for (at, point) in step.checklist.iter().enumerate() {
                        li {
                            label class="check" {
                                input type="checkbox" name="tick" value=(at) disabled[!open]
                                    checked[step.answers.get(at).copied().unwrap_or(false)];
                                span { (point.get(view.locale)) }
                            }
                        }
                    }
                }
                @if open {
                    div class="form__f" {
                        (ui::button(view.t("orders-checklist-keep")).small().ghost().icon("save"))
                    }
                }
            }
        },
    )
}

/// The customer's card.
pub(super) fn customer(sheet: &Sheet) -> Markup {
    let view = &sheet.view;
    let Some((customer, standing)) = &sheet.customer else {
        return ui::card(
            &view.t("orders-customer"),
            html! {},
            html! {
                p class="muted sm" { (view.t("orders-no-customer")) }
                @if sheet.may.edit && !sheet.order.state.name().is_closed() {
                    (ui::link_button(view.t("orders-customer-name"), sheet.under("content"))
                        .small().icon("user-plus"))
                }
            },
        );
    };
    let given = &sheet.order.booked_as;
    ui::plain_card(html! {
        (customer_facts(view, customer, standing, (sheet.may.phone, true)))
        @if !given.is_empty() {
            (ui::note(ui::Tone::Warn, html! {
                p { (view.locale.tx("orders-booked-as", &[("name", given.into())])) }
            }))
        }
    })
}

/// Name, standing and facts of a customer.
pub(super) fn customer_facts(
    view: &View,
    customer: &Customer,
    standing: &Standing,
    (full_phone, linked): (bool, bool),
) -> Markup {
    let locale = view.locale;
    let shown = customer.display(locale);
    let year = view.date_of(customer.since).year();
    let since = locale.tx(
        "orders-customer-since",
        &[("year", year.to_string().into())],
    );
    html! {
        div class="cust__h" {
            (ui::avatar_large(shown, colour_of(customer.id)))
            div class="grow" {
                @if linked {
                    h3 { a href=(format!("/customers/{}", customer.id)) { (shown) } }
                } @else {
                    p class="strong" { (shown) }
                }
                p class="xs muted" {
                    @if shown == customer.name { (since) } @else {
                        (ui::lang_run(Locale::ZhCn, &customer.name)) ", " (since)
                    }
                }
            }
            @if customer.level == Level::Vip {
                (ui::badge(Tone::Vip, "star", &locale.t("orders-customer-vip")))
            }
        }
        (stats(view, standing))
        (ui::kv(&customer_kv(view, customer, standing, full_phone)))
        @if !customer.note.is_empty() {
            (ui::note(Tone::Info, html! { p { (customer.note) } }))
        }
    }
}

fn stats(view: &View, standing: &Standing) -> Markup {
    html! {
        dl class="cstats" {
            div {
                dt { (view.t("orders-customer-spent")) }
                dd class="num" {
                    @if standing.spent.is_empty() { "–" }
                    @for (at, spent) in standing.spent.iter().enumerate() {
                        @if at == 0 { (format::money(spent)) }
                        @else { p class="xs muted" { "+ " (format::money(spent)) } }
                    }
                }
            }
            div { dt { (view.t("orders-customer-visits")) } dd class="num" { (standing.visits) } }
            div {
                dt { (view.t("orders-customer-no-shows")) }
                dd class="num" { (standing.no_shows) }
            }
        }
    }
}

fn customer_kv(
    view: &View,
    customer: &Customer,
    standing: &Standing,
    full_phone: bool,
) -> Vec<(String, Markup)> {
    let mut facts = Vec::new();
    if let Some(phone) = &customer.phone {
        let masked = format::phone_masked(phone.digits());
        facts.push((view.t("orders-customer-phone"), html! {
            @if full_phone { a class="num" href=(format!("tel:{}", phone.digits())) { (masked) } }
            @else { span class="num" { (masked) } }
        }));
    }
    if let Some(last) = standing.last_visit {
        let date = view.date_of(last);
        facts.push((
            view.t("orders-customer-last"),
            html! {
                (format::date_year(view.locale, date))
            },
        ));
    }
    if let Some(language) = customer.language {
        let name = language.t("customers-language-own");
        facts.push((
            view.t("orders-customer-language"),
            ui::lang_run(language, &name),
        ));
    }
    facts
}

/// What was promised, and how each promise stands.
pub(super) fn promises(sheet: &Sheet) -> Markup {
    let rows: Vec<(String, Markup)> = [wait(sheet), completion(sheet)]
        .into_iter()
        .flatten()
        .collect();
    html! {
        @if !rows.is_empty() {
            (ui::card(&sheet.view.t("orders-promises"), html! {}, html! {
                ul class="slas" { @for (words, state) in rows { li { span { (words) } (state) } } }
            }))
        }
    }
}

fn wait(sheet: &Sheet) -> Option<(String, Markup)> {
    let (view, state) = (&sheet.view, &sheet.order.state);
    let target = sheet.order.wait_minutes_target?;
    let arrived = state.arrived()?;
    let words = view
        .locale
        .tx("orders-promise-wait", &[("minutes", target.into())]);
    let minutes =
        |until| format::minutes(view.locale, crate::model::minutes_between(arrived, until));
    let until = crate::commands::later(arrived, target)?;
    let clock = match state.started() {
        Some(started) if started <= until => {
            ui::sla(view.locale, Sla::Met, None, &minutes(started))
        }
        Some(started) => ui::sla(view.locale, Sla::Breached, None, &minutes(started)),
        None if state.name().is_closed() => return None,
        None => running(view, arrived, until),
    };
    Some((words, clock))
}

fn completion(sheet: &Sheet) -> Option<(String, Markup)> {
    let (view, order) = (&sheet.view, &sheet.order);
    let promised = order.promised?;
    // Before the customer is here the slot itself is the promise.
    if order.state.slot().is_some() && order.state.arrived().is_none() {
        return None;
    }
    let words = view.locale.tx(
        "orders-promise-ready",
        &[("time", view.when(promised).into())],
    );
    let clock = match order.state.finished() {
        Some(finished) if finished <= promised => {
            ui::sla(view.locale, Sla::Met, None, &view.clock(finished))
        }
        Some(finished) => ui::sla(view.locale, Sla::Breached, None, &view.clock(finished)),
        None if order.state.name().is_closed() => return None,
        None => running(view, order.created, promised),
    };
    Some((words, clock))
}

/// A promise that is not decided yet.
fn running(view: &View, from: kernel::Timestamp, until: kernel::Timestamp) -> Markup {
    let left = crate::model::minutes_between(view.now, until);
    let minutes = format::minutes(view.locale, left.abs());
    let key = if left < 0 {
        "orders-promise-over"
    } else {
        "orders-promise-left"
    };
    let words = match key {
        "orders-promise-over" => view
            .locale
            .tx("orders-promise-over", &[("time", minutes.into())]),
        _ => view
            .locale
            .tx("orders-promise-left", &[("time", minutes.into())]),
    };
    ui::sla(
        view.locale,
        Sla::of(from, until, view.now),
        Some(until),
        &words,
    )
}

/// What else is known of the order.
pub(super) fn facts(sheet: &Sheet) -> Markup {
    let (view, order) = (&sheet.view, &sheet.order);
    let mut facts = vec![
        (
            view.t("orders-fact-number"),
            html! { span class="num" { (order.code) } },
        ),
        (
            view.t("orders-fact-taken"),
            html! { span class="num" { (view.when(order.created)) } },
        ),
    ];
    let who = view.who(order.state.staff());
    if !who.is_empty() {
        facts.push((view.t("orders-fact-staff"), html! { (who) }));
    }
    if let Some((blueprint, version)) = order.blueprint {
        let words = view
            .locale
            .tx("orders-fact-version", &[("number", version.into())]);
        facts.push((
            view.t("orders-fact-blueprint"),
            html! {
                a href=(format!("/blueprints/{blueprint}")) { (words) }
            },
        ));
    }
    if let Some(external_id) = &order.external_id {
        facts.push((view.t("orders-fact-external"), html! { (external_id) }));
    }
    ui::card(&view.t("orders-facts"), html! {}, ui::kv(&facts))
}
