//! The minutes that people need between rooms and between sites, for programs.

use kernel::{Ctx, Fault, Text, ids::SiteId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Endpoint, Endpoints, Nothing, example};

use crate::{
    EDIT, VIEW,
    commands::{self, ROOM_MINUTES_MAX, TRAVEL_MINUTES_MAX},
    queries,
};

/// Every endpoint of minutes between places.
pub(super) fn endpoints() -> Endpoints {
    let one = || json!({ "id": example::SITE });
    Endpoints::new(
        "moves",
        [
            Endpoint::get("/moves", VIEW, "capacity-api-moves", show),
            Endpoint::post(
                "/moves/usual",
                EDIT,
                "capacity-api-moves-usual",
                between_any,
            )
            .named(&[("travel", "/minutes")])
            .example(|| json!({ "minutes": 25 })),
            Endpoint::post(
                "/sites/{id}/room-minutes",
                EDIT,
                "capacity-api-moves-rooms",
                between_rooms,
            )
            .named(&[("room", "/minutes")])
            .asks(one)
            .example(|| json!({ "minutes": 5 })),
            Endpoint::post(
                "/sites/{id}/travel-minutes",
                EDIT,
                "capacity-api-moves-sites",
                between_sites,
            )
            .named(&[("travel", "/minutes")])
            .asks(one)
            .example(|| json!({ "to": example::OTHER_SITE, "minutes": 40 })),
        ],
    )
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    id: SiteId,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewRoomMinutes {
    #[schemars(range(min = 0, max = ROOM_MINUTES_MAX))]
    minutes: i64,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewUsual {
    #[schemars(range(min = 0, max = TRAVEL_MINUTES_MAX))]
    minutes: i64,
}

/// Minutes between two sites, both ways.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewTravel {
    to: SiteId,
    /// As between any two sites, if not said.
    #[schemars(range(min = 0, max = TRAVEL_MINUTES_MAX))]
    minutes: Option<i64>,
}

/// Minutes between the rooms of a site.
#[derive(Serialize, JsonSchema)]
struct RoomMinutes {
    site: SiteId,
    minutes: i64,
}

/// Minutes between two sites, both ways.
#[derive(Serialize, JsonSchema)]
struct TravelMinutes {
    /// Both sites.
    sites: [SiteId; 2],
    minutes: i64,
}

/// What was said of the minutes that people need.
#[derive(Serialize, JsonSchema)]
struct Told {
    /// Between any two sites that have no minutes of their own.
    usual_minutes: i64,
    /// Sites that have; between the rooms of any other none are needed.
    rooms: Vec<RoomMinutes>,
    /// Pairs of sites that have.
    travel: Vec<TravelMinutes>,
}

fn show(tx: &mut Tx, ctx: &Ctx, _: Nothing) -> Result<Told, Fault> {
    let here = |site: Option<SiteId>| site.filter(|site| ctx.sites.includes(*site));
    let rooms = queries::room_moves(tx, ctx)?.into_iter();
    let rooms = rooms.filter_map(|set| {
        Some(RoomMinutes {
            site: here(set.site)?,
            minutes: set.minutes,
        })
    });
    let set = queries::site_moves(tx, ctx)?;
    let usual = set.iter().find(|set| set.site.is_none());
    let travel = set.iter().filter_map(|set| {
        Some(TravelMinutes {
            sites: [here(set.site)?, here(set.other)?],
            minutes: set.minutes,
        })
    });
    Ok(Told {
        usual_minutes: usual.map_or(queries::TRAVEL_MINUTES, |set| set.minutes),
        rooms: rooms.collect(),
        travel: travel.collect(),
    })
}

fn between_any(tx: &mut Tx, ctx: &Ctx, _: Nothing, new: NewUsual) -> Result<Told, Fault> {
    commands::set_usual_travel_minutes(tx, &ctx.unscoped(), new.minutes)?;
    show(tx, ctx, Nothing {})
}

fn between_rooms(tx: &mut Tx, ctx: &Ctx, one: One, new: NewRoomMinutes) -> Result<Told, Fault> {
    commands::set_room_minutes(tx, &ctx.unscoped(), one.id, new.minutes)?;
    show(tx, ctx, Nothing {})
}

fn between_sites(tx: &mut Tx, ctx: &Ctx, one: One, new: NewTravel) -> Result<Told, Fault> {
    if one.id == new.to {
        let text = Text::key("capacity-api-moves-itself");
        return Err(Fault::invalid("to", text));
    }
    commands::set_travel_minutes(tx, &ctx.unscoped(), (one.id, new.to), new.minutes)?;
    show(tx, ctx, Nothing {})
}
