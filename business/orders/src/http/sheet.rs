//! The page of one order.

use kernel::{Ctx, Fault, Span, ids::OrderId};
use store::Tx;
use web::{App, Me, Page, Path, Reply, State, page};

use super::{everybody, view};
use crate::{
    model::{Next, Part},
    own::HOLDER,
    pages::{May, Sheet, View, main_action, sheet_page},
    queries,
    shelf::SHELF,
};

/// Events of an order that its page shows.
const TOLD_MAX: i64 = 200;

/// `GET /orders/{id}`.
pub(super) async fn sheet(State(app): State<App>, me: Me, Path(id): Path<OrderId>) -> Reply {
    let reader = me.clone();
    let found = app.read(move |tx| load(tx, &reader, id)).await?;
    if let Some((customer, _)) = &found.customer {
        people::seen(&app, &me.ctx, people::Sight::page(customer.id)).await?;
    }
    let shown = Page::new(found.order.code.clone()).actions(main_action(&found));
    page(&me, shown, sheet_page(&found))
}

fn load(tx: &mut Tx, me: &Me, id: OrderId) -> Result<Sheet, Fault> {
    let ctx = &me.ctx;
    let order = queries::order(tx, ctx, id)?;
    let site = organisation::site(tx, ctx, order.site)?;
    let view: View = view(me, site.zone.clone(), everybody(tx, ctx)?);
    let customer = match order.customer.filter(|_| ctx.may(customers::VIEW)) {
        Some(customer) => customers::optional(tx, ctx, customer)?,
        None => None,
    };
    let customer = match customer {
        Some(customer) => {
            let standing = queries::standing(tx, ctx, customer.id)?;
            Some((customer, standing))
        }
        None => None,
    };
    let now = Span::new(
        ctx.now,
        crate::commands::later(ctx.now, 1).unwrap_or(ctx.now),
    );
    let servers = match now.filter(|_| !order.state.name().is_closed()) {
        Some(now) => servers(tx, ctx, &view, &site, now)?,
        None => Vec::new(),
    };
    let last = queries::last_act(tx, ctx, id)?;
    let undo = last.filter(|last| matches!(last.undo(&order, ctx.now), Ok(Next::To(_))));
    Ok(Sheet {
        undo,
        lines: queries::lines(tx, ctx, id)?,
        steps: queries::steps(tx, ctx, id)?,
        notes: queries::notes(tx, ctx, id)?,
        called: people::called(tx, ctx)?,
        told: store::journal::about(tx, ctx.org, "order", &id.to_string(), TOLD_MAX)?,
        may: May::of(ctx, &site),
        parts: parts(tx, ctx, id)?,
        shelf: own_and_files(tx, me, id)?,
        beside: crate::beside::beside(tx, ctx, &order)?,
        view,
        order,
        customer,
        site,
        servers,
    })
}

/// The fields of the business's own, and photos and files below them.
fn own_and_files(tx: &mut Tx, me: &Me, id: OrderId) -> Result<maud::Markup, Fault> {
    let id = id.to_string();
    let files = files::shown(tx, me, SHELF, &id)?;
    fields::shown_with(tx, me, HOLDER, &id, files)
}

/// The parts of a visit, with the names of the rooms and equipment of each.
fn parts(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Vec<(Part, Vec<String>)>, Fault> {
    let parts = queries::known_parts(tx, ctx, id)?;
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let claims = capacity::claims_of(tx, ctx, id)?;
    let mut found = Vec::with_capacity(parts.len());
    for part in parts {
        let claim = claims.iter().find(|claim| claim.part == part.position);
        let mut rooms = Vec::new();
        for resource in claim.map_or(&[][..], |claim| &claim.resources) {
            let resource = capacity::resource(tx, ctx, *resource)?;
            rooms.push(resource.name.get(ctx.locale).to_owned());
        }
        found.push((part, rooms));
    }
    Ok(found)
}

/// Who is on shift at a site, or else everybody who works there.
pub(super) fn servers(
    tx: &mut Tx,
    ctx: &Ctx,
    view: &View,
    site: &organisation::Site,
    now: Span,
) -> Result<Vec<kernel::ids::StaffId>, Fault> {
    let on_shift = people::work_spans(tx, ctx, site.id, now)?;
    let here = |id: &kernel::ids::StaffId| {
        view.staff
            .get(id)
            .is_some_and(|staff| staff.active && staff.works_at(site.id))
    };
    let mut found: Vec<_> = on_shift
        .into_iter()
        .map(|(id, _)| id)
        .filter(here)
        .collect();
    found.sort();
    found.dedup();
    if found.is_empty() {
        found = view.staff.keys().copied().filter(here).collect();
    }
    found.sort_by(|a, b| view.who(Some(*a)).cmp(view.who(Some(*b))));
    Ok(found)
}
