//! What programs may ask about staff, and change.

mod requests;
mod skills;
mod time;
mod week;

use kernel::{
    Ctx, Fault, Span, Text,
    ids::{ShiftId, SiteId, StaffId},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Endpoint, Endpoints, Moment, Nothing, example};

use crate::{
    EDIT_SHIFTS, EDIT_STAFF, VIEW_STAFF,
    commands::{self, StaffFields},
    model::{self, Staff},
    queries,
};

/// Every endpoint.
pub(crate) fn endpoints() -> Endpoints {
    Endpoints::new(
        "staff",
        [
            Endpoint::get("/staff", VIEW_STAFF, "people-api-list", list)
                .asks(|| json!({ "site": example::SITE })),
            Endpoint::post("/staff", EDIT_STAFF, "people-api-create", create)
                .creates()
                .example(
                    || json!({ "name": "何佳", "reading": "He Jia", "sites": [example::SITE] }),
                ),
            Endpoint::get("/staff/{id}", VIEW_STAFF, "people-api-show", show).asks(one),
            Endpoint::post("/staff/{id}", EDIT_STAFF, "people-api-change", change)
                .patch()
                .versioned()
                .asks(one)
                .example(|| json!({ "reading": "Lin Mei" })),
            Endpoint::post(
                "/staff/{id}/shifts",
                EDIT_SHIFTS,
                "people-api-shift",
                add_shift,
            )
            .asks(one)
            .example(|| {
                json!({
                    "site": example::SITE,
                    "start": "2026-12-01T09:00:00+08:00",
                    "end": "2026-12-01T17:00:00+08:00",
                })
            }),
            Endpoint::post(
                "/staff/{id}/departure",
                EDIT_STAFF,
                "people-api-depart",
                depart,
            )
            .asks(one)
            .example(|| json!({ "knowing": false })),
            Endpoint::post(
                "/staff/{id}/return",
                EDIT_STAFF,
                "people-api-return",
                take_back,
            )
            .asks(one)
            .example(|| json!({})),
        ],
    )
    .merge(skills::endpoints())
    .merge(time::endpoints())
    .merge(week::endpoints())
    .merge(requests::endpoints())
    .merge(fields::endpoints(
        crate::own::HOLDER,
        ("staff", "/staff/{id}/fields"),
        ["people-api-fields", "people-api-fill"],
        one,
    ))
    .merge(files::endpoints(
        crate::PORTRAIT,
        "staff",
        || json!({ "id": example::STAFF, "file": example::FILE }),
    ))
}

fn one() -> Value {
    json!({ "id": example::STAFF })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Only those who serve at this site.
    site: Option<SiteId>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    id: StaffId,
}

/// Somebody to be taken on.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewMember {
    #[schemars(length(min = 1, max = 80))]
    name: String,
    /// How the name is read, in Latin letters.
    #[schemars(length(max = 80))]
    reading: Option<String>,
    /// Where they serve, the home site first.
    #[schemars(length(min = 1, max = 100))]
    sites: Vec<SiteId>,
    /// Codes of what they can do.
    #[serde(default)]
    #[schemars(length(max = 100))]
    skills: Vec<String>,
}

/// What is to change; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Change {
    #[schemars(length(min = 1, max = 80))]
    name: Option<String>,
    #[schemars(length(max = 80))]
    reading: Option<String>,
    #[schemars(length(min = 1, max = 100))]
    sites: Option<Vec<SiteId>>,
    #[schemars(length(max = 100))]
    skills: Option<Vec<String>>,
}

/// Somebody leaves the business.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Departure {
    /// Leave, though visits that are booked with them would have nobody.
    #[serde(default)]
    knowing: bool,
}

/// Time at work.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewShift {
    site: SiteId,
    start: Moment,
    end: Moment,
}

#[derive(Serialize, JsonSchema)]
struct Planned {
    id: ShiftId,
}

/// Somebody who serves.
#[derive(Serialize, JsonSchema)]
struct Member {
    id: StaffId,
    name: String,
    /// How the name is read, in Latin letters; may be empty.
    reading: String,
    /// Where they serve, the home site first.
    sites: Vec<SiteId>,
    /// Codes of what they can do.
    skills: Vec<String>,
    /// Whether they work here.
    active: bool,
    version: i64,
}

impl From<Staff> for Member {
    fn from(member: Staff) -> Self {
        Self {
            id: member.id,
            name: member.name,
            reading: member.reading,
            sites: member.sites,
            skills: member.skills,
            active: member.active,
            version: member.version,
        }
    }
}

/// Those who serve now.
#[derive(Serialize, JsonSchema)]
struct List {
    staff: Vec<Member>,
}

fn is_in_reach(ctx: &Ctx, member: &Staff) -> bool {
    member.sites.iter().any(|site| ctx.sites.includes(*site))
}

fn list(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<List, Fault> {
    ctx.require(VIEW_STAFF)?;
    let people = match asked.site {
        Some(site) => {
            ctx.require_at(VIEW_STAFF, site)?;
            organisation::site(tx, ctx, site)?;
            queries::staff_at(tx, ctx, site)?
        }
        None => queries::staff(tx, ctx)?,
    };
    let here = people
        .into_iter()
        .filter(|member| member.active && is_in_reach(ctx, member));
    Ok(List {
        staff: here.map(Member::from).collect(),
    })
}

/// Somebody within reach of whoever asks.
fn found(tx: &mut Tx, ctx: &Ctx, id: StaffId) -> Result<Staff, Fault> {
    let member = queries::staff_member(tx, &ctx.unscoped(), id)?;
    match is_in_reach(ctx, &member) {
        true => Ok(member),
        false => Err(Fault::forbidden()),
    }
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Member, Fault> {
    found(tx, ctx, one.id).map(Member::from)
}

fn create(tx: &mut Tx, ctx: &Ctx, _: Nothing, new: NewMember) -> Result<Member, Fault> {
    let fields = StaffFields {
        name: new.name,
        reading: new.reading.unwrap_or_default(),
        sites: new.sites,
        skills: new.skills,
        external_id: None,
    };
    commands::create_staff(tx, &ctx.unscoped(), fields).map(Member::from)
}

fn change(tx: &mut Tx, ctx: &Ctx, one: One, change: Change) -> Result<Member, Fault> {
    let old = found(tx, ctx, one.id)?;
    tx.seen(old.id, old.version)?;
    let fields = StaffFields {
        name: change.name.unwrap_or(old.name),
        reading: change.reading.unwrap_or(old.reading),
        sites: change.sites.unwrap_or(old.sites),
        skills: change.skills.unwrap_or(old.skills),
        external_id: None,
    };
    commands::edit_staff(tx, &ctx.unscoped(), one.id, old.version, fields).map(Member::from)
}

fn add_shift(tx: &mut Tx, ctx: &Ctx, one: One, new: NewShift) -> Result<Planned, Fault> {
    let backwards = || Fault::invalid("end", Text::key("people-api-backwards"));
    let span = Span::new(new.start.at, new.end.at).ok_or_else(backwards)?;
    let id = commands::add_shift(tx, &ctx.unscoped(), one.id, new.site, span)?;
    Ok(Planned { id })
}

/// Changes somebody's working time, or names the visits that would have nobody.
fn planned(
    tx: &mut Tx,
    ctx: &Ctx,
    staff: StaffId,
    (change, knowing): (&model::Change, bool),
) -> Result<Nothing, Fault> {
    found(tx, ctx, staff)?;
    match commands::plan(tx, &ctx.unscoped(), staff, change, knowing)? {
        commands::Planned::Done => Ok(Nothing {}),
        commands::Planned::Leaves(visits) => {
            let codes: Vec<&str> = visits.iter().map(|visit| visit.code.as_str()).collect();
            Err(Fault::conflict("people-api-leaves").with("visits", codes.join(", ")))
        }
    }
}

fn depart(tx: &mut Tx, ctx: &Ctx, one: One, how: Departure) -> Result<Member, Fault> {
    planned(tx, ctx, one.id, (&model::Change::Leave, how.knowing))?;
    found(tx, ctx, one.id).map(Member::from)
}

fn take_back(tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing) -> Result<Member, Fault> {
    found(tx, ctx, one.id)?;
    commands::set_staff_active(tx, &ctx.unscoped(), one.id, true)?;
    found(tx, ctx, one.id).map(Member::from)
}
