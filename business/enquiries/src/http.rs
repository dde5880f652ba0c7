//! Routes of enquiries.

mod acts;
mod new;
mod targets;

use kernel::{
    Actor, Ctx, Fault, FaultKind, TimeZone,
    ids::{CustomerId, OrderId, UserId},
};
use orders::Kind;
use store::Tx;
use web::{App, Me, Page, Path, Query, Reply, Routes, State, page};

use crate::{
    EDIT, TARGETS, VIEW, columns, commands,
    model::Level,
    pages::{self, ListView, Row, SheetView},
    queries::{self, Filter, Tray},
};

/// Every route.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/enquiries", VIEW, list)
        .get("/enquiries/new", EDIT, new::ask)
        .post("/enquiries", EDIT, new::open)
        .get("/enquiries/targets", TARGETS, targets::show)
        .post("/enquiries/targets", TARGETS, targets::save)
        .get("/enquiries/{id}", VIEW, sheet)
        .post("/enquiries/{id}/owner", EDIT, acts::take)
        .post("/enquiries/{id}/hand-over", EDIT, acts::hand_over)
        .post("/enquiries/{id}/level", EDIT, acts::set_level)
        .post("/enquiries/{id}/notes", EDIT, acts::note)
        .post("/enquiries/{id}/outcome", EDIT, acts::close)
        .post("/enquiries/{id}/reopening", EDIT, acts::reopen)
}

/// Who looks, as an owner of enquiries.
fn user(ctx: &Ctx) -> Option<UserId> {
    match &ctx.actor {
        Actor::User { id, .. } => Some(*id),
        Actor::Guest | Actor::System => None,
    }
}

fn zone(me: &Me) -> TimeZone {
    me.site
        .as_ref()
        .map_or(TimeZone::UTC, |site| site.zone.clone())
}

async fn list(State(app): State<App>, me: Me, mut asked: Query) -> Reply {
    let filter = Filter {
        chosen: Tray::parse(asked.typed("tray")),
        text: asked.optional_text("q", 80).unwrap_or_default(),
        kind: Kind::parse(asked.typed("kind")),
        level: Level::parse(asked.typed("level")),
        site: asked.optional_id("site"),
    };
    if let Some(format) = web::wanted(&asked) {
        let ctx = me.ctx.clone();
        let own = app
            .read(move |tx| fields::defined(tx, &ctx, fields::Subject::Order))
            .await?;
        let rows = columns::rows(me.ctx.clone(), filter, user(&me.ctx));
        people::seen(&app, &me.ctx, people::Sight::export("enquiries", 0)).await?;
        return web::export(&app, &me, format, columns::export(&me, own), rows).await;
    }
    let (ctx, wanted) = (me.ctx.clone(), filter.clone());
    let (rows, counts, called) = app
        .read(move |tx| {
            let who = user(&ctx);
            let found = queries::enquiries(tx, &ctx, &wanted, who)?;
            let rows: Result<Vec<(Option<CustomerId>, Row)>, Fault> = found
                .into_iter()
                .map(|enquiry| row(tx, &ctx, enquiry))
                .collect();
            let mut counts = Vec::new();
            for tray in [Tray::Mine, Tray::Unassigned, Tray::Overdue, Tray::All] {
                let narrowed = Filter {
                    chosen: tray,
                    ..wanted.clone()
                };
                counts.push((tray, queries::count(tx, &ctx, &narrowed, who)?));
            }
            Ok((rows?, counts, people::called(tx, &ctx)?))
        })
        .await?;
    let (named, rows): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    people::seen(
        &app,
        &me.ctx,
        people::Sight::list(named.into_iter().flatten()),
    )
    .await?;
    let locale = me.look.locale;
    let view = ListView {
        locale,
        now: me.ctx.now,
        zone: zone(&me),
        asked: &asked,
        filter: &filter,
        rows: &rows,
        called: &called,
        counts: &counts,
        sites: &sites(&me),
        me: user(&me.ctx),
        may_edit: me.ctx.may(EDIT),
    };
    let mut shown = Page::new(locale.t("enquiries-menu"));
    let actions = pages::list_actions(locale, me.ctx.may(EDIT), me.ctx.may(TARGETS));
    shown = shown.actions(actions).exports();
    page(&me, shown, pages::list(&view))
}

fn sites(me: &Me) -> Vec<(String, String)> {
    let name = |site: &web::SiteChoice| {
        let name = site.name.get(me.look.locale).to_owned();
        (site.id.to_string(), name)
    };
    match me.sites.as_slice() {
        [] | [_] => Vec::new(),
        many => many.iter().map(name).collect(),
    }
}

/// A row of the list, and whom it names.
fn row(
    tx: &mut Tx,
    ctx: &Ctx,
    enquiry: crate::Enquiry,
) -> Result<(Option<CustomerId>, Row), Fault> {
    let card = orders::card(tx, ctx, enquiry.order)?;
    let row = Row {
        customer: card.customer_name(ctx.locale).to_owned(),
        enquiry,
    };
    Ok((card.order.customer, row))
}

async fn sheet(State(app): State<App>, me: Me, Path(id): Path<OrderId>) -> Reply {
    answer(&app, &me, id, ("", None)).await
}

/// The page of one enquiry, with what was typed and what was wrong with it.
async fn answer(app: &App, me: &Me, id: OrderId, (typed, fault): (&str, Option<&Fault>)) -> Reply {
    let reader = me.clone();
    let found = app.read(move |tx| load(tx, &reader, id)).await?;
    if let Some(customer) = &found.customer {
        people::seen(app, &me.ctx, people::Sight::page(customer.id)).await?;
    }
    let shown =
        Page::new(found.enquiry.code.clone()).subtitle(found.enquiry.kind.label(me.look.locale));
    let view = SheetView {
        typed: typed.to_owned(),
        fault: fault.cloned(),
        ..found
    };
    let shown = shown.actions(pages::sheet_actions(&view));
    let body = pages::sheet(&view);
    match fault {
        None => page(me, shown, body),
        Some(fault) if fault.kind == FaultKind::Invalid => web::unprocessable(me, shown, body),
        Some(fault) => Err(fault.clone().into()),
    }
}

fn load(tx: &mut Tx, me: &Me, id: OrderId) -> Result<SheetView, Fault> {
    let ctx = &me.ctx;
    let enquiry = queries::enquiry(tx, ctx, id)?;
    let may_edit = ctx.require_at(EDIT, enquiry.site).is_ok();
    let order = orders::order(tx, ctx, id)?;
    let customer = match order.customer.filter(|_| ctx.may(customers::VIEW)) {
        Some(customer) => customers::optional(tx, ctx, customer)?,
        None => None,
    };
    let about = match enquiry.about {
        Some(about) => Some(orders::order(tx, ctx, about)?),
        None => None,
    };
    let colleagues = match may_edit {
        true => commands::colleagues(tx, ctx)?,
        false => Vec::new(),
    };
    Ok(SheetView {
        locale: me.look.locale,
        now: ctx.now,
        zone: organisation::site(tx, ctx, enquiry.site)?.zone,
        matter: order.note,
        customer,
        about,
        notes: orders::notes(tx, ctx, id)?,
        colleagues,
        called: people::called(tx, ctx)?,
        me: user(ctx),
        may_edit,
        may_phone: ctx.may(customers::PHONE),
        enquiry,
        typed: String::new(),
        fault: None,
    })
}
