//! What programs may do with orders: the commands of the pages, one by one.

mod acts;
mod change;
mod times;
mod wire;

use capacity::FreeSlot;
use kernel::{Channel, Ctx, Fault};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Cursor as _, Endpoint, Endpoints, Nothing, example};

use crate::{
    TAKE, VIEW, commands,
    model::{Kind, Level, NewLine, NewOrder, WantedSlot},
    queries::{self, Cursor, Filter, Scope},
};
use wire::{Asked, Detail, Head, LineAsked, List, One, Taken};

/// Where a program finds what the commands of lines and times call otherwise.
pub const NAMED: &[(&str, &str)] = &[
    ("service", "/lines"),
    ("quantity", "/lines"),
    ("start", "/slot/start"),
    ("staff", "/slot/staff"),
];

/// Every endpoint.
pub(crate) fn endpoints() -> Endpoints {
    let list = Endpoint::get("/orders", VIEW, "orders-api-list", list);
    let show = Endpoint::get("/orders/{id}", VIEW, "orders-api-show", show).asks(one);
    let create = Endpoint::post("/orders", TAKE, "orders-api-create", create)
        .creates()
        .bulk()
        .example(|| {
            json!({
                "site": example::SITE,
                "channel": "phone",
                "customer": { "name": "陈雨桐", "phone": "13800132047" },
                "lines": [{ "service": example::SERVICE, "quantity": 1 }],
                "slot": { "start": example::START },
                "note": "By the window, please.",
            })
        })
        .named(NAMED)
        .refuses_with("alternatives", alternatives);
    Endpoints::new("orders", [list, show, create])
        .merge(change::endpoints())
        .merge(acts::endpoints())
        .merge(times::endpoints())
        .merge(fields::endpoints(
            crate::own::HOLDER,
            ("orders", "/orders/{id}/fields"),
            ["orders-api-fields", "orders-api-fill"],
            one,
        ))
        .merge(files::endpoints(
            crate::shelf::SHELF,
            "orders",
            || json!({ "id": example::ORDER, "file": example::FILE }),
        ))
}

/// The parameters of one order in examples.
fn one() -> Value {
    json!({ "id": example::ORDER })
}

fn list(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<List, Fault> {
    let limit = asked.limit.unwrap_or(50);
    let after = Cursor::asked(asked.cursor.as_deref())?;
    let filter = Filter {
        scope: asked.state.as_deref().map_or(Scope::All, Scope::parse),
        kind: asked.kind.as_deref().and_then(Kind::parse),
        text: asked.q.unwrap_or_default(),
        channel: asked.channel.as_deref().and_then(Channel::parse),
        staff: asked.staff,
        site: asked.site,
        customer: asked.customer,
        from: asked.from.map(|from| from.at),
        to: asked.to.map(|to| to.at),
        ..Filter::default()
    };
    let page = queries::list(tx, ctx, &filter, after, limit)?;
    let zones = wire::zones(tx, ctx)?;
    let rows = page.rows.into_iter();
    Ok(List {
        orders: rows.map(|row| Head::new(row.order, &zones)).collect(),
        next_cursor: page.next.map(|next| next.encode()),
    })
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Detail, Fault> {
    let order = queries::order(tx, ctx, one.id)?;
    let zones = wire::zones(tx, ctx)?;
    let notes = queries::notes(tx, ctx, one.id)?;
    let lines = queries::lines(tx, ctx, one.id)?;
    let steps = queries::steps(tx, ctx, one.id)?;
    Ok(Detail::new(Head::new(order, &zones), (lines, steps, notes)))
}

/// What is asked for when nothing is said: a time makes it a booking, none a walk-in.
fn kind_of(asked: &Taken) -> Kind {
    let usual = match asked.slot {
        Some(_) => Kind::Booking,
        None => Kind::WalkIn,
    };
    let said = asked.kind.as_deref();
    said.and_then(Kind::parse).unwrap_or(usual)
}

fn lines_of(lines: &[LineAsked]) -> Vec<NewLine> {
    let line = |line: &LineAsked| NewLine {
        service: line.service,
        quantity: line.quantity.unwrap_or(1),
    };
    lines.iter().map(line).collect()
}

fn create(tx: &mut Tx, ctx: &Ctx, _: Nothing, asked: Taken) -> Result<Head, Fault> {
    let channel = asked.channel.as_deref().and_then(Channel::parse);
    let ctx = &ctx.unscoped().with_channel(channel.unwrap_or(Channel::Api));
    let kind = kind_of(&asked);
    let customer = match &asked.customer {
        Some(who) => Some(who.find(tx, ctx)?),
        None => None,
    };
    let new = NewOrder {
        customer,
        lines: lines_of(&asked.lines),
        slot: asked.slot.as_ref().map(|slot| WantedSlot {
            start: slot.start.at,
            staff: slot.staff,
        }),
        note: asked.note.unwrap_or_default(),
        level: match asked.priority {
            Some(true) => Level::Priority,
            _ => Level::Normal,
        },
        ..NewOrder::new(asked.site, kind)
    };
    let order = commands::create(tx, ctx, &new)?;
    Head::of_one(tx, ctx, order)
}

/// The free times nearest to one that was taken.
fn alternatives(tx: &mut Tx, ctx: &Ctx, asked: Taken) -> Result<Vec<FreeSlot>, Fault> {
    let ctx = &ctx.unscoped();
    let Some(slot) = &asked.slot else {
        return Ok(Vec::new());
    };
    let wishes: Vec<_> = slot.staff.map(|staff| (0, staff)).into_iter().collect();
    let lines = lines_of(&asked.lines);
    let mut visit = commands::visit_of(tx, ctx, asked.site, &lines, &wishes)?;
    visit.customer = asked.customer.as_ref().and_then(customers::Who::known);
    capacity::alternatives(tx, ctx, &visit, slot.start.at)
}

impl web::api::Cursor for Cursor {
    fn read(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}
