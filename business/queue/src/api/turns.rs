//! What moves somebody within the order, for programs.

use kernel::{Ctx, Fault, ids::StaffId};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use store::Tx;
use web::api::{Endpoint, Endpoints, example};

use super::{One, Told, one, told};
use crate::{SERVE, commands};

/// How many minutes somebody is away if nothing is said.
const AWAY_MINUTES: i64 = 15;

/// Every endpoint of turns.
pub(super) fn endpoints() -> Endpoints {
    Endpoints::new(
        "queue",
        [
            Endpoint::post("/queue/tickets/{id}/turn", SERVE, "queue-api-skip", skip)
                .asks(one)
                .example(|| json!({ "count": 1 })),
            Endpoint::post(
                "/queue/tickets/{id}/absence",
                SERVE,
                "queue-api-absence",
                absence,
            )
            .asks(one)
            .example(|| json!({ "minutes": 20 })),
            Endpoint::post(
                "/queue/tickets/{id}/assignment",
                SERVE,
                "queue-api-assign",
                assign,
            )
            .asks(one)
            .example(|| json!({ "staff": example::STAFF })),
            Endpoint::post(
                "/queue/tickets/{id}/priority",
                SERVE,
                "queue-api-prioritise",
                prioritise,
            )
            .asks(one)
            .example(|| json!({ "reason": "Came with an infant." })),
        ],
    )
}

/// Who goes first.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Behind {
    /// How many of those behind; 1 if not said.
    #[schemars(range(min = 1, max = 50))]
    count: Option<i64>,
}

/// Somebody steps out; the place in line is kept.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Away {
    /// For how long; 15 if not said.
    #[schemars(range(min = 1, max = 240))]
    minutes: Option<i64>,
}

/// Who is to serve.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// Anybody who can, if not said.
    staff: Option<StaffId>,
}

/// Why somebody counts from earlier.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Reason {
    #[schemars(length(min = 2, max = 120))]
    reason: String,
}

fn skip(tx: &mut Tx, ctx: &Ctx, one: One, behind: Behind) -> Result<Told, Fault> {
    let ctx = &ctx.unscoped();
    let count = usize::try_from(behind.count.unwrap_or(1)).unwrap_or(1);
    let ticket = commands::skip(tx, ctx, one.id, count)?;
    told(tx, ctx, ticket)
}

fn absence(tx: &mut Tx, ctx: &Ctx, one: One, away: Away) -> Result<Told, Fault> {
    let ctx = &ctx.unscoped();
    let minutes = away.minutes.unwrap_or(AWAY_MINUTES);
    let ticket = commands::return_later(tx, ctx, one.id, minutes)?;
    told(tx, ctx, ticket)
}

fn assign(tx: &mut Tx, ctx: &Ctx, one: One, to: Wanted) -> Result<Told, Fault> {
    let ctx = &ctx.unscoped();
    if let Some(staff) = to.staff {
        people::staff_member(tx, ctx, staff)?;
    }
    let ticket = commands::assign(tx, ctx, one.id, to.staff)?;
    told(tx, ctx, ticket)
}

fn prioritise(tx: &mut Tx, ctx: &Ctx, one: One, why: Reason) -> Result<Told, Fault> {
    let ctx = &ctx.unscoped();
    let ticket = commands::prioritise(tx, ctx, one.id, &why.reason)?;
    told(tx, ctx, ticket)
}
