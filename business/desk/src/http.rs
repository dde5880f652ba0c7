//! The desk's routes.

mod audit;
mod audit_file;
mod calendar;
mod feeds;
mod journal;
mod my_day;
pub(crate) mod names;
mod regions;
pub(crate) mod search;
mod today;

use kernel::{Fault, ids::CustomerId};
use orders::Card;
use people::Sight;
use web::{App, Me, Reply, Routes};

use crate::{FEEDS, JOURNAL, REGIONS, SERVE, TAKE, VIEW};

/// All routes of the room.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .public_get("/", home)
        .get("/today", VIEW, today::page)
        .get("/today/board", VIEW, today::board)
        .get("/today/figures", VIEW, today::figures)
        .get("/today/find", VIEW, search::find)
        .get("/today/walk-in", TAKE, today::walk_in_page)
        .post("/today/walk-in", TAKE, today::walk_in)
        .get("/today/tickets/{id}", VIEW, today::ticket)
        .post("/today/orders/{id}/arrival", TAKE, today::arrive)
        .post("/today/orders/{id}/start", SERVE, today::start)
        .post("/today/orders/{id}/step", SERVE, today::step)
        .post("/today/orders/{id}/finish", SERVE, today::finish)
        .post("/today/orders/{id}/no-show", TAKE, today::no_show)
        .post("/today/orders/{id}/undo/{version}", SERVE, today::undo)
        .get("/calendar", VIEW, calendar::page)
        .get("/calendar/grid", VIEW, calendar::grid)
        .get("/calendar/check", TAKE, calendar::check)
        .post("/calendar/moves", TAKE, calendar::drop_block)
        .get("/calendar/orders/{id}", VIEW, calendar::move_page)
        .post("/calendar/orders/{id}", TAKE, calendar::move_order)
        .get("/calendar/feeds", FEEDS, feeds::list)
        .post("/calendar/feeds/{kind}/{id}", FEEDS, feeds::make)
        .post(
            "/calendar/feeds/{kind}/{id}/revocation",
            FEEDS,
            feeds::revoke,
        )
        .public_get("/at/{org}/feeds/{file}", feeds::read)
        .get("/my-day", VIEW, my_day::page)
        .get("/my-day/now", VIEW, my_day::now)
        .post("/my-day/orders/{id}/start", SERVE, my_day::start)
        .post("/my-day/orders/{id}/step", SERVE, my_day::step)
        .post("/my-day/orders/{id}/checklist", SERVE, my_day::checklist)
        .post("/my-day/orders/{id}/failure", SERVE, my_day::failure)
        .post("/my-day/orders/{id}/finish", SERVE, my_day::finish)
        .post("/my-day/tickets/{id}/start", SERVE, my_day::start_ticket)
        .get("/my-day/feed", SERVE, feeds::own)
        .post("/my-day/feed", SERVE, feeds::make_own)
        .post("/my-day/feed/revocation", SERVE, feeds::revoke_own)
        .get("/search", VIEW, search::search)
        .get("/regions", REGIONS, regions::page)
        .get("/audit", people::VIEW_AUDIT, audit::page)
        .get("/journal", JOURNAL, journal::page)
}

/// Keeps whose names a page of the day is about to show.
async fn told<'c>(
    app: &App,
    me: &Me,
    noun: &'static str,
    cards: impl Iterator<Item = &'c Card>,
) -> Result<(), Fault> {
    let named: Vec<_> = cards.filter_map(customer_of).collect();
    people::seen(app, &me.ctx, Sight::board(noun, named)).await
}

/// Keeps that a page about one order is about to show whose it is.
async fn told_one(app: &App, me: &Me, card: &Card) -> Result<(), Fault> {
    match customer_of(card) {
        Some(customer) => people::seen(app, &me.ctx, Sight::page(customer)).await,
        None => Ok(()),
    }
}

fn customer_of(card: &Card) -> Option<CustomerId> {
    card.customer.as_ref().and(card.order.customer)
}

async fn home() -> Reply {
    web::see_other("/today")
}
