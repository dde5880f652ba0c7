//! Pages that ask one thing, and the commands behind them. A refusal shows the same page again,
//! with what was typed.

use customers::Named;
use kernel::{
    Ctx, Fault, FaultKind,
    ids::{CustomerId, OrderId, ServiceId, StepId},
};
use maud::Markup;
use store::Tx;
use web::{App, Fields, Form, Me, Page, Path, Reply, State, done, page, unprocessable};

use super::{everybody, view};
use crate::{
    commands::{self, Edit},
    model::{Level, Line, NOTE_CHARS_MAX, NewLine, Order, REASON_CHARS_MAX, Step},
    pages::{FORM_LINES_MAX, View, cancellation_page, content_page, failure_page},
    queries,
};

/// Shows a page, or the same again when something was wrong.
pub(super) fn answer(me: &Me, title: &str, body: Markup, fault: Option<&Fault>) -> Reply {
    let shown = Page::new(title).still();
    match fault {
        None => page(me, shown, body),
        Some(fault) if matches!(fault.kind, FaultKind::Invalid | FaultKind::Conflict) => {
            unprocessable(me, shown, body)
        }
        Some(fault) => Err(fault.clone().into()),
    }
}

/// What every such page needs.
pub(super) struct Asked {
    pub(super) view: View,
    pub(super) order: Order,
}

pub(super) fn asked(tx: &mut Tx, me: &Me, id: OrderId) -> Result<Asked, Fault> {
    let order = queries::order(tx, &me.ctx, id)?;
    let site = organisation::site(tx, &me.ctx, order.site)?;
    Ok(Asked {
        view: view(me, site.zone, everybody(tx, &me.ctx)?),
        order,
    })
}

/// `GET /orders/{id}/cancellation`.
pub(super) async fn cancellation(State(app): State<App>, me: Me, Path(id): Path<OrderId>) -> Reply {
    ask_reason(&app, &me, id, &Fields::default(), None).await
}

async fn ask_reason(
    app: &App,
    me: &Me,
    id: OrderId,
    typed: &Fields,
    fault: Option<&Fault>,
) -> Reply {
    let reader = me.clone();
    let asked = app.read(move |tx| asked(tx, &reader, id)).await?;
    let body = cancellation_page(&asked.view, &asked.order, typed, fault);
    answer(me, &me.look.locale.t("orders-do-cancel"), body, fault)
}

/// `POST /orders/{id}/cancellation`.
pub(super) async fn cancel(
    State(app): State<App>,
    me: Me,
    Path(id): Path<OrderId>,
    mut form: Form,
) -> Reply {
    let reason = form
        .optional_text("reason", REASON_CHARS_MAX)
        .unwrap_or_default();
    let ctx = me.ctx.clone();
    let cancelled = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::cancel(tx, &ctx, id, &reason))
                .await
        }
        Err(fault) => Err(fault),
    };
    match cancelled {
        Ok(_) => done(
            &format!("/orders/{id}"),
            &me.look.locale.t("orders-told-cancelled"),
        ),
        Err(fault) => ask_reason(&app, &me, id, &form, Some(&fault)).await,
    }
}

/// `GET /orders/{id}/steps/{step}/failure`.
pub(super) async fn failure(
    State(app): State<App>,
    me: Me,
    Path((id, step)): Path<(OrderId, StepId)>,
) -> Reply {
    ask_cause(&app, &me, (id, step), &Fields::default(), None).await
}

async fn ask_cause(
    app: &App,
    me: &Me,
    (id, step): (OrderId, StepId),
    typed: &Fields,
    fault: Option<&Fault>,
) -> Reply {
    let reader = me.clone();
    let (asked, step): (Asked, Step) = app
        .read(move |tx| {
            let found = asked(tx, &reader, id)?;
            let steps = queries::steps(tx, &reader.ctx, id)?;
            let step = steps.into_iter().find(|one| one.id == step);
            Ok((
                found,
                step.ok_or_else(|| Fault::missing("orders-step-missing"))?,
            ))
        })
        .await?;
    let body = failure_page(&asked.view, &asked.order, &step, typed, fault);
    answer(me, &me.look.locale.t("orders-do-fail"), body, fault)
}

/// `POST /orders/{id}/steps/{step}/failure`.
pub(super) async fn fail(
    State(app): State<App>,
    me: Me,
    Path((id, step)): Path<(OrderId, StepId)>,
    mut form: Form,
) -> Reply {
    let cause = form
        .optional_text("cause", REASON_CHARS_MAX)
        .unwrap_or_default();
    let ctx = me.ctx.clone();
    let failed = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::fail_step(tx, &ctx, id, step, &cause))
                .await
        }
        Err(fault) => Err(fault),
    };
    match failed {
        Ok(_) => done(
            &format!("/orders/{id}"),
            &me.look.locale.t("orders-done-step-failed"),
        ),
        Err(fault) => ask_cause(&app, &me, (id, step), &form, Some(&fault)).await,
    }
}

/// Services on offer at a site, as options of a list: identity, name and price.
pub(super) fn offered(
    tx: &mut Tx,
    ctx: &Ctx,
    site: kernel::ids::SiteId,
) -> Result<Vec<(String, String)>, Fault> {
    let filter = offers::Filter {
        site: Some(site),
        ..offers::Filter::default()
    };
    let services = offers::services(tx, ctx, &filter)?;
    let option = |service: &offers::Service| {
        let price = kernel::format::money(&service.price);
        (
            service.id.to_string(),
            format!("{} · {price}", service.name.get(ctx.locale)),
        )
    };
    Ok(services.iter().map(option).collect())
}

/// The lines of a form, in order; rows without a service are left out.
pub(super) fn typed_lines(form: &mut Fields) -> Vec<NewLine> {
    let mut lines = Vec::new();
    for at in 0..FORM_LINES_MAX {
        let service: Option<ServiceId> = form.optional_id(&format!("service{at}"));
        let quantity = form
            .optional_int(&format!("quantity{at}"), 1, 999)
            .unwrap_or(1);
        lines.extend(service.map(|service| NewLine { service, quantity }));
    }
    lines
}

/// A customer as a form names them: chosen, typed, or not at all.
pub(super) enum Who {
    Nobody,
    Chosen(CustomerId),
    Typed(Named),
}

/// Reads the fields of `customers::picker`.
pub(super) fn named(form: &mut Fields) -> Who {
    let typed = form.optional_text("customer", 120);
    match (form.optional_id("customer_id"), typed) {
        (Some(chosen), _) => Who::Chosen(chosen),
        (None, Some(typed)) => Who::Typed(Named::parse(&typed)),
        (None, None) => Who::Nobody,
    }
}

/// What is wrong with a part of what was typed is said at the one field it was typed into.
fn of_customer(mut fault: Fault) -> Fault {
    for part in &mut fault.fields {
        "customer".clone_into(&mut part.field);
    }
    fault
}

impl Who {
    /// The customer, made when nobody is known by that name or phone.
    pub(super) fn find(&self, tx: &mut Tx, ctx: &Ctx) -> Result<Option<CustomerId>, Fault> {
        match self {
            Who::Nobody => Ok(None),
            Who::Chosen(customer) => Ok(Some(*customer)),
            Who::Typed(named) => customers::find_or_create(tx, ctx, named)
                .map(Some)
                .map_err(of_customer),
        }
    }
}

/// `GET /orders/{id}/content`.
pub(super) async fn content(State(app): State<App>, me: Me, Path(id): Path<OrderId>) -> Reply {
    ask_content(&app, &me, id, None, None).await
}

async fn ask_content(
    app: &App,
    me: &Me,
    id: OrderId,
    typed: Option<&Fields>,
    fault: Option<&Fault>,
) -> Reply {
    let reader = me.clone();
    let (asked, lines, services) = app
        .read(move |tx| {
            let found = asked(tx, &reader, id)?;
            let lines = queries::lines(tx, &reader.ctx, id)?;
            let mut services = offered(tx, &reader.ctx, found.order.site)?;
            keep_sold(&mut services, &lines, &reader);
            Ok((found, lines, services))
        })
        .await?;
    let known = known(&asked.order, &lines);
    let body = content_page(
        &asked.view,
        (&asked.order, &lines),
        &services,
        typed.unwrap_or(&known),
        fault,
    );
    answer(me, &me.look.locale.t("orders-content"), body, fault)
}

/// What was sold stays a choice, even when it is no longer on offer.
fn keep_sold(services: &mut Vec<(String, String)>, lines: &[Line], me: &Me) {
    for line in lines {
        let Some(service) = line.service.map(|service| service.to_string()) else {
            continue;
        };
        if services.iter().all(|(id, _)| *id != service) {
            services.push((service, line.name.get(me.look.locale).to_owned()));
        }
    }
}

/// An order as the values of its form.
fn known(order: &Order, lines: &[Line]) -> Fields {
    let mut values = vec![
        ("note".to_owned(), order.note.clone()),
        ("level".to_owned(), order.level.as_str().to_owned()),
    ];
    for (at, line) in lines.iter().enumerate() {
        let service = line
            .service
            .map_or(String::new(), |service| service.to_string());
        values.push((format!("service{at}"), service));
        values.push((format!("quantity{at}"), line.quantity.to_string()));
    }
    Fields::from_pairs(values)
}

/// `POST /orders/{id}/content`.
pub(super) async fn change(
    State(app): State<App>,
    me: Me,
    Path(id): Path<OrderId>,
    mut form: Form,
) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    let lines = typed_lines(&mut form);
    let note = form
        .optional_text("note", NOTE_CHARS_MAX)
        .unwrap_or_default();
    let level = Level::parse(form.typed("level"));
    let customer = named(&mut form);
    let ctx = me.ctx.clone();
    let changed = match form.done() {
        Ok(()) => {
            app.write(move |tx| {
                let customer = customer.find(tx, &ctx)?;
                let edit = Edit {
                    note: Some(note),
                    level,
                    customer,
                    lines: Some(lines),
                    ..Edit::default()
                };
                commands::edit(tx, &ctx, id, version, &edit)
            })
            .await
        }
        Err(fault) => Err(fault),
    };
    match changed {
        Ok(_) => done(
            &format!("/orders/{id}"),
            &me.look.locale.t("orders-told-changed"),
        ),
        Err(fault) => ask_content(&app, &me, id, Some(&form), Some(&fault)).await,
    }
}
