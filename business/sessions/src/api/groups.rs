//! Services held for groups, and sessions planned every few weeks, for programs.

use kernel::{
    Ctx, Every, Fault, Repeat, Until,
    ids::{ResourceId, ServiceId, SiteId, StaffId},
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Day, Endpoint, Endpoints, Moment, Nothing, example, words};

use super::{One, Told, show};
use crate::{
    PLAN, VIEW,
    commands::{self, Foreseen, Plan},
    model::{GroupOffer, SEATS_MAX},
    queries,
};

/// What may become of dates that cannot be had.
const CONFLICTS: [&str; 2] = ["refuse", "skip"];

/// Every endpoint of group offers and repeated sessions.
pub(super) fn endpoints() -> Endpoints {
    let offer = "/services/{id}/group-offer";
    Endpoints::new(
        "sessions",
        [
            Endpoint::get("/group-offers", VIEW, "sessions-api-offers", list),
            Endpoint::post(offer, PLAN, "sessions-api-offer", say)
                .versioned()
                .asks(service)
                .example(|| json!({ "seats": 8, "each_max": 2 })),
            Endpoint::post(offer, PLAN, "sessions-api-withdraw", withdraw)
                .delete()
                .asks(service),
            Endpoint::post("/session-series", PLAN, "sessions-api-repeat", repeat).example(|| {
                json!({
                    "site": example::SITE,
                    "service": example::SERVICE,
                    "start": example::START,
                    "minutes": 60,
                    "seats": 8,
                    "weeks": 1,
                    "count": 3,
                    "conflicts": "skip",
                })
            }),
        ],
    )
}

fn service() -> Value {
    json!({ "id": example::SERVICE })
}

fn conflicts(_: &mut SchemaGenerator) -> Schema {
    words(CONFLICTS)
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfService {
    /// The service.
    id: ServiceId,
}

/// What a new session of a service begins with.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Said {
    #[schemars(range(min = 1, max = SEATS_MAX))]
    seats: i64,
    /// The most seats of one session that one customer may have; all of them, if not said.
    #[schemars(range(min = 1, max = SEATS_MAX))]
    each_max: Option<i64>,
}

/// Sessions to be planned every few weeks at the same time of the clock.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Repeated {
    site: SiteId,
    service: ServiceId,
    /// When the first begins.
    start: Moment,
    /// How long each lasts.
    #[schemars(range(min = 5, max = 720))]
    minutes: i64,
    /// Who leads; anybody who can, if not said.
    staff: Option<StaffId>,
    /// In which room; in any that is free, if not said.
    room: Option<ResourceId>,
    /// How many may come to each.
    #[schemars(range(min = 1, max = SEATS_MAX))]
    seats: i64,
    /// The most seats one customer may have; all of them, if not said.
    #[schemars(range(min = 1, max = SEATS_MAX))]
    each_max: Option<i64>,
    /// How many weeks lie between two of them.
    #[schemars(range(min = 1, max = 52))]
    weeks: i64,
    /// How many there are; until the last day, if not said.
    #[schemars(range(min = 1, max = 200))]
    count: Option<i64>,
    /// The last day on which one may be; one session, if neither is said.
    until: Option<Day>,
    /// What becomes of dates that cannot be had: `refuse` all of them, which is what happens if
    /// nothing is said, or `skip` those.
    #[serde(default)]
    #[schemars(schema_with = "conflicts")]
    conflicts: Option<String>,
}

/// A service that is held for groups.
#[derive(Serialize, JsonSchema)]
struct Offer {
    service: ServiceId,
    /// The seats a new session begins with.
    seats: i64,
    /// The most seats of one session that one customer may have.
    each_max: i64,
    version: i64,
}

#[derive(Serialize, JsonSchema)]
struct Offers {
    offers: Vec<Offer>,
}

/// A date that could not be had.
#[derive(Serialize, JsonSchema)]
struct LeftOut {
    date: Day,
    /// Why, in words.
    reason: String,
}

/// Sessions that were planned in one act.
#[derive(Serialize, JsonSchema)]
struct Planned {
    sessions: Vec<Told>,
    left_out: Vec<LeftOut>,
}

impl From<GroupOffer> for Offer {
    fn from(offer: GroupOffer) -> Self {
        Self {
            service: offer.service,
            seats: offer.seats,
            each_max: offer.each_max,
            version: offer.version,
        }
    }
}

fn list(tx: &mut Tx, ctx: &Ctx, _: Nothing) -> Result<Offers, Fault> {
    let offers = queries::offers(tx, ctx)?.into_values();
    Ok(Offers {
        offers: offers.map(Offer::from).collect(),
    })
}

fn say(tx: &mut Tx, ctx: &Ctx, of: OfService, said: Said) -> Result<Offer, Fault> {
    let inner = &ctx.unscoped();
    let version = queries::offer(tx, inner, of.id)?.map_or(0, |offer| offer.version);
    tx.seen(of.id, version)?;
    let wanted = GroupOffer {
        service: of.id,
        seats: said.seats,
        each_max: said.each_max.unwrap_or(said.seats),
        version,
    };
    commands::save_offer(tx, inner, wanted)?;
    let saved = queries::offer(tx, inner, of.id)?;
    saved.map(Offer::from).ok_or_else(Fault::stale)
}

fn withdraw(tx: &mut Tx, ctx: &Ctx, of: OfService, _: Nothing) -> Result<Nothing, Fault> {
    commands::withdraw_offer(tx, &ctx.unscoped(), of.id)?;
    Ok(Nothing {})
}

fn repeat(tx: &mut Tx, ctx: &Ctx, _: Nothing, asked: Repeated) -> Result<Planned, Fault> {
    let inner = &ctx.unscoped();
    let site = organisation::site(tx, inner, asked.site)?;
    let count = asked.count.and_then(|count| usize::try_from(count).ok());
    let repeat = Repeat {
        first: site.date_of(asked.start.at),
        every: Every::Weeks(i32::try_from(asked.weeks).unwrap_or(1)),
        until: match (asked.until, count) {
            (Some(last), None) => Until::Date(last.0),
            (_, count) => Until::Count(count.unwrap_or(1)),
        },
    };
    let wanted = Plan {
        site: asked.site,
        service: asked.service,
        start: asked.start.at,
        minutes: asked.minutes,
        staff: asked.staff,
        room: asked.room,
        seats: asked.seats,
        each_max: asked.each_max.unwrap_or(asked.seats),
    };
    // What stands in the way is told as it was when the sessions were planned, behind one gate.
    capacity::gate(tx, inner, asked.site)?;
    let foreseen = commands::foresee(tx, inner, &wanted, &repeat)?;
    let skip = asked.conflicts.as_deref() == Some("skip");
    let planned = commands::plan_series(tx, inner, &wanted, &repeat, skip)?;
    let left_out = |date: Foreseen| {
        let reason = date.why?.speak(ctx.locale);
        Some(LeftOut {
            date: Day(date.date),
            reason,
        })
    };
    let sessions = planned
        .into_iter()
        .map(|one| show(tx, ctx, One { id: one.id }));
    Ok(Planned {
        sessions: sessions.collect::<Result<_, Fault>>()?,
        left_out: foreseen.into_iter().filter_map(left_out).collect(),
    })
}
