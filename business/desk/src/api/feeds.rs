//! Secret addresses of calendars, for programs.

use kernel::{
    Ctx, Fault, TimeZone,
    ids::{ResourceId, SiteId, StaffId},
};
use orders::Diary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Endpoint, Endpoints, Moment, Nothing, example};

use crate::{
    FEEDS,
    feeds::{self, Owner},
};

/// Every endpoint of calendars' addresses.
pub(super) fn endpoints() -> Endpoints {
    let staff = || json!({ "id": example::STAFF });
    let room = || json!({ "id": example::RESOURCE });
    let (of_staff, of_room) = (
        "/staff/{id}/calendar-address",
        "/resources/{id}/calendar-address",
    );
    Endpoints::new(
        "calendar addresses",
        [
            Endpoint::get(
                "/sites/{id}/calendar-addresses",
                FEEDS,
                "desk-api-feeds",
                list,
            )
            .asks(|| json!({ "id": example::SITE })),
            Endpoint::post(of_staff, FEEDS, "desk-api-feed-staff", make_of_staff)
                .told_once("url")
                .asks(staff),
            Endpoint::post(of_staff, FEEDS, "desk-api-feed-staff-stop", stop_of_staff)
                .delete()
                .asks(staff),
            Endpoint::post(of_room, FEEDS, "desk-api-feed-room", make_of_room)
                .told_once("url")
                .asks(room),
            Endpoint::post(of_room, FEEDS, "desk-api-feed-room-stop", stop_of_room)
                .delete()
                .asks(room),
        ],
    )
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AtSite {
    id: SiteId,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfStaff {
    id: StaffId,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfRoom {
    id: ResourceId,
}

/// A person or a room whose bookings a calendar can follow.
#[derive(Serialize, JsonSchema)]
struct Told {
    staff: Option<StaffId>,
    resource: Option<ResourceId>,
    name: String,
    /// When its address was made; null where there is none.
    made: Option<Moment>,
}

#[derive(Serialize, JsonSchema)]
struct List {
    addresses: Vec<Told>,
}

/// Whose calendar it is, with its address, which is told once.
#[derive(Serialize, JsonSchema)]
struct Made {
    #[serde(flatten)]
    owner: Told,
    /// To be subscribed to; whoever has the address needs no account. Null where a call is
    /// repeated.
    url: Option<String>,
}

fn told(ctx: &Ctx, (owner, made): &feeds::Made, zone: &TimeZone) -> Told {
    let (staff, resource) = match owner {
        Owner::Person(person) => (Some(person.id), None),
        Owner::Room(room) => (None, Some(room.id)),
    };
    Told {
        staff,
        resource,
        name: owner.name(ctx.locale).to_owned(),
        made: made.map(|at| Moment::new(at, zone)),
    }
}

fn list(tx: &mut Tx, ctx: &Ctx, at: AtSite) -> Result<List, Fault> {
    let inner = &ctx.unscoped();
    let found = feeds::list(tx, inner, at.id)?;
    let zone = organisation::site(tx, inner, at.id)?.zone;
    let addresses = found.iter().map(|made| told(ctx, made, &zone));
    Ok(List {
        addresses: addresses.collect(),
    })
}

fn one(tx: &mut Tx, ctx: &Ctx, whose: Diary) -> Result<Told, Fault> {
    let made = feeds::one(tx, ctx, whose)?;
    let site = match &made.0 {
        Owner::Person(person) => person.sites.first().copied(),
        Owner::Room(room) => Some(room.site),
    };
    let zone = match site {
        Some(site) => organisation::site(tx, ctx, site)?.zone,
        None => TimeZone::UTC,
    };
    Ok(told(ctx, &made, &zone))
}

fn make(tx: &mut Tx, ctx: &Ctx, whose: Diary) -> Result<Made, Fault> {
    let ctx = &ctx.unscoped();
    let token = feeds::make(tx, ctx, whose)?;
    let slug = organisation::organisation(tx, ctx.org)?.slug;
    Ok(Made {
        owner: one(tx, ctx, whose)?,
        url: Some(feeds::address(&slug, &token, ctx.locale)),
    })
}

fn stop(tx: &mut Tx, ctx: &Ctx, whose: Diary) -> Result<Told, Fault> {
    let ctx = &ctx.unscoped();
    feeds::revoke(tx, ctx, whose)?;
    one(tx, ctx, whose)
}

fn make_of_staff(tx: &mut Tx, ctx: &Ctx, of: OfStaff, _: Nothing) -> Result<Made, Fault> {
    make(tx, ctx, Diary::Staff(of.id))
}

fn stop_of_staff(tx: &mut Tx, ctx: &Ctx, of: OfStaff, _: Nothing) -> Result<Told, Fault> {
    stop(tx, ctx, Diary::Staff(of.id))
}

fn make_of_room(tx: &mut Tx, ctx: &Ctx, of: OfRoom, _: Nothing) -> Result<Made, Fault> {
    make(tx, ctx, Diary::Resource(of.id))
}

fn stop_of_room(tx: &mut Tx, ctx: &Ctx, of: OfRoom, _: Nothing) -> Result<Told, Fault> {
    stop(tx, ctx, Diary::Resource(of.id))
}
