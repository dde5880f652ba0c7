//! A series as it stands; moving and calling off some of it.

use kernel::{Fault, ids::OrderId};
use organisation::Site;
use web::{App, Fields, Form, Me, Page, Path, Reply, State, done};

use super::{answer, id_of};
use crate::{
    commands::{self, Shift, Which},
    pages::{self, ChangePage, ShowPage},
    queries,
};

/// `GET /series/{id}`.
pub(super) async fn show(State(app): State<App>, me: Me, Path(id): Path<String>) -> Reply {
    let (id, reader) = (id_of(&id)?, me.clone());
    let shown = app
        .read(move |tx| {
            let ctx = &reader.ctx;
            let series = queries::series(tx, ctx, id)?;
            ctx.require_at(orders::VIEW, series.site)?;
            let orders = queries::orders_of(tx, ctx, id)?;
            let customer = match orders.first().and_then(|(_, order)| order.customer) {
                Some(customer) if ctx.may(customers::VIEW) => {
                    customers::optional(tx, ctx, customer)?
                }
                _ => None,
            };
            Ok(ShowPage {
                locale: reader.look.locale,
                site: organisation::site(tx, ctx, series.site)?,
                staff: people::staff(tx, ctx)?,
                may_take: ctx.may(orders::TAKE),
                customer,
                orders,
                series,
            })
        })
        .await?;
    if let Some(customer) = &shown.customer {
        people::seen(&app, &me.ctx, people::Sight::page(customer.id)).await?;
    }
    let title = me.look.locale.t("series-title");
    let heading = Page::new(title).subtitle(pages::what(&shown));
    web::page(&me, heading, pages::show(&shown))
}

fn order_id(path: &str) -> Result<OrderId, Fault> {
    OrderId::parse(path).ok_or_else(|| Fault::missing("series-missing"))
}

async fn load(app: &App, me: &Me, id: OrderId) -> Result<ChangePage, Fault> {
    let reader = me.clone();
    app.read(move |tx| {
        let ctx = &reader.ctx;
        let order = orders::order(tx, ctx, id)?;
        let site = organisation::site(tx, ctx, order.site)?;
        Ok(ChangePage {
            locale: reader.look.locale,
            member: queries::of_order(tx, ctx, id)?,
            staff: people::staff_at(tx, ctx, site.id)?,
            site,
            order,
        })
    })
    .await
}

async fn ask_reason(
    app: &App,
    me: &Me,
    id: OrderId,
    (typed, fault): (&Fields, Option<&Fault>),
) -> Reply {
    let shown = load(app, me, id).await?;
    let heading = Page::new(me.look.locale.t("series-cancel")).still();
    answer(
        me,
        heading,
        pages::cancellation(&shown, typed, fault),
        fault,
    )
}

/// `GET /series/orders/{order}/cancellation`.
pub(super) async fn cancellation(State(app): State<App>, me: Me, Path(id): Path<String>) -> Reply {
    ask_reason(&app, &me, order_id(&id)?, (&Fields::default(), None)).await
}

/// `POST /series/orders/{order}/cancellation`.
pub(super) async fn cancel(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    mut form: Form,
) -> Reply {
    let id = order_id(&id)?;
    let reason = form.text("reason", 1, 300);
    let which = Which::parse(form.typed("which"));
    let ctx = me.ctx.clone();
    let cancelled = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::cancel(tx, &ctx, id, (which, &reason)))
                .await
        }
        Err(fault) => Err(fault),
    };
    match cancelled {
        Ok(count) => {
            let said = me
                .look
                .locale
                .tx("series-told-cancelled", &[("count", count.into())]);
            done(&back(&app, &me, id).await?, &said)
        }
        Err(fault) => ask_reason(&app, &me, id, (&form, Some(&fault))).await,
    }
}

/// The page of the series of an order.
async fn back(app: &App, me: &Me, id: OrderId) -> Result<String, Fault> {
    let ctx = me.ctx.clone();
    let member = app.read(move |tx| queries::of_order(tx, &ctx, id)).await?;
    Ok(match member {
        Some(member) => format!("/series/{}", member.series),
        None => format!("/orders/{id}"),
    })
}

async fn ask_slot(
    app: &App,
    me: &Me,
    id: OrderId,
    (typed, fault): (&Fields, Option<&Fault>),
) -> Reply {
    let shown = load(app, me, id).await?;
    let heading = Page::new(me.look.locale.t("series-move")).still();
    answer(me, heading, pages::slot(&shown, typed, fault), fault)
}

/// `GET /series/orders/{order}/slot`.
pub(super) async fn slot(State(app): State<App>, me: Me, Path(id): Path<String>) -> Reply {
    ask_slot(&app, &me, order_id(&id)?, (&Fields::default(), None)).await
}

fn read(form: &mut Form, site: &Site) -> Shift {
    let day = form.date("day");
    let time = form.time("time");
    let minute = i64::from(time.hour()) * 60 + i64::from(time.minute());
    let start = match organisation::instant(&site.zone, day, minute) {
        Ok(start) => start,
        Err(fault) => {
            form.wrong("time", fault.text);
            kernel::Timestamp::UNIX_EPOCH
        }
    };
    Shift {
        which: Which::parse(form.typed("which")),
        start,
        staff: form.optional_id("with"),
        skip: form.flag("skip"),
    }
}

/// `POST /series/orders/{order}/slot`.
pub(super) async fn shift(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    mut form: Form,
) -> Reply {
    let id = order_id(&id)?;
    let shown = load(&app, &me, id).await?;
    let wanted = read(&mut form, &shown.site);
    let ctx = me.ctx.clone();
    let moved = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::shift(tx, &ctx, id, &wanted))
                .await
        }
        Err(fault) => Err(fault),
    };
    match moved {
        Ok(count) => {
            let said = me
                .look
                .locale
                .tx("series-told-moved", &[("count", count.into())]);
            done(&back(&app, &me, id).await?, &said)
        }
        Err(fault) => ask_slot(&app, &me, id, (&form, Some(&fault))).await,
    }
}
