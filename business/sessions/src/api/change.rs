//! Sessions that are planned already, for programs: another time, who comes, who is here.

use kernel::{
    Ctx, Fault,
    ids::{CustomerId, GroupSessionId, OrderId, ResourceId, StaffId},
};
use orders::StateName;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Endpoint, Endpoints, Moment, Nothing, example, words};

use super::{One, Told, one, show};
use crate::{PLAN, VIEW, commands, queries};

/// Every endpoint of sessions that are planned.
pub(super) fn endpoints() -> Endpoints {
    Endpoints::new(
        "sessions",
        [
            Endpoint::post("/sessions/{id}", PLAN, "sessions-api-change", change)
                .patch()
                .versioned()
                .asks(one)
                .example(|| json!({ "seats": 10, "each_max": 4 })),
            Endpoint::get(
                "/sessions/{id}/participants",
                VIEW,
                "sessions-api-participants",
                participants,
            )
            .asks(one),
            Endpoint::post(
                "/sessions/{id}/participants/{order}/arrival",
                orders::TAKE,
                "sessions-api-arrive",
                arrive,
            )
            .asks(|| json!({ "id": example::SESSION, "order": example::ORDER })),
        ],
    )
}

fn states(_: &mut SchemaGenerator) -> Schema {
    words(StateName::ALL.iter().map(|state| state.as_str()))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfOrder {
    /// The session.
    id: GroupSessionId,
    order: OrderId,
}

/// What is to be different; what is left out stays. Everybody who comes is told of another time or
/// leader.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Change {
    start: Option<Moment>,
    /// Who leads.
    staff: Option<StaffId>,
    room: Option<ResourceId>,
    /// How many may come; never fewer than come already.
    #[schemars(range(min = 1, max = 500))]
    seats: Option<i64>,
    /// The most seats one customer may have; all of them, where it is more.
    #[schemars(range(min = 1, max = 500))]
    each_max: Option<i64>,
}

/// Somebody who comes, or was to come.
#[derive(Serialize, JsonSchema)]
struct Participant {
    order: OrderId,
    /// The number of the order as people read it.
    code: String,
    customer: Option<CustomerId>,
    /// How many seats are theirs.
    seats: i64,
    #[schemars(schema_with = "states")]
    state: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct Participants {
    /// In order of taking, those called off too.
    participants: Vec<Participant>,
}

fn change(tx: &mut Tx, ctx: &Ctx, one: One, change: Change) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    let old = queries::session(tx, inner, one.id)?;
    let wanted = commands::Change {
        start: change.start.map_or(old.span.start, |start| start.at),
        staff: change.staff,
        room: change.room,
        seats: change.seats.unwrap_or(old.seats),
        each_max: change.each_max.unwrap_or(old.each_max),
        version: old.version,
    };
    commands::change(tx, inner, one.id, &wanted)?;
    show(tx, ctx, one)
}

fn participants(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Participants, Fault> {
    let inner = &ctx.unscoped();
    let session = queries::session(tx, inner, one.id)?;
    inner.require_at(VIEW, session.site)?;
    let seats = capacity::session_orders(tx, inner, one.id)?;
    let of = |order| {
        let theirs = seats.iter().find(|(id, _)| *id == order);
        theirs.map_or(0, |(_, count)| *count)
    };
    let cards = orders::in_session(tx, inner, one.id)?.into_iter();
    let participants = cards.map(|card| Participant {
        order: card.order.id,
        customer: card.order.customer,
        seats: of(card.order.id),
        state: card.order.state.name().as_str(),
        code: card.order.code,
    });
    Ok(Participants {
        participants: participants.collect(),
    })
}

fn arrive(tx: &mut Tx, ctx: &Ctx, who: OfOrder, _: Nothing) -> Result<Participants, Fault> {
    commands::check_in(tx, &ctx.unscoped(), who.id, who.order)?;
    participants(tx, ctx, One { id: who.id })
}
