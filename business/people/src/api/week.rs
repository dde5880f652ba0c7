//! The week of a site at a glance, for programs.

use kernel::{
    Ctx, Fault,
    ids::{SiteId, StaffId},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Day, Endpoint, Endpoints, example};

use super::time::{Off, Shift};
use crate::{
    VIEW_STAFF,
    http::{days, monday},
    model::Staff,
    queries,
};

/// The endpoint of the week.
pub(super) fn endpoints() -> Endpoints {
    let path = "/sites/{id}/staff-week";
    Endpoints::new(
        "staff",
        [Endpoint::get(path, VIEW_STAFF, "people-api-week", show)
            .asks(|| json!({ "id": example::SITE, "day": "2026-11-25" }))],
    )
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    id: SiteId,
    /// A day of the week that is meant; today, if not said.
    day: Option<Day>,
}

/// What somebody works in the week, and when they are away.
#[derive(Serialize, JsonSchema)]
struct Person {
    staff: StaffId,
    name: String,
    /// What they work at this site.
    shifts: Vec<Shift>,
    /// Time off that reaches into the week.
    time_off: Vec<Off>,
}

/// A week of those who serve at a site.
#[derive(Serialize, JsonSchema)]
struct Week {
    site: SiteId,
    /// The Monday it begins on.
    monday: Day,
    people: Vec<Person>,
}

fn show(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<Week, Fault> {
    ctx.require_at(VIEW_STAFF, asked.id)?;
    let inner = &ctx.unscoped();
    let site = organisation::site(tx, inner, asked.id)?;
    let day = asked.day.map_or(String::new(), |day| day.0.to_string());
    let monday = monday(&site, &day, inner);
    let none = || Fault::missing("people-week-absurd");
    let window = days(&site, monday, 7).ok_or_else(none)?;
    let shifts = queries::shifts(tx, inner, site.id, window)?;
    let off = queries::time_off(tx, inner, window)?;
    let people = queries::staff_at(tx, inner, site.id)?.into_iter();
    let person = |person: Staff| {
        let own = shifts.iter().filter(|shift| shift.staff == person.id);
        let away = off.iter().filter(|off| off.staff == person.id);
        Person {
            shifts: own.map(|shift| Shift::new(shift, &site.zone)).collect(),
            time_off: away.map(|off| Off::new(off, &site.zone)).collect(),
            staff: person.id,
            name: person.name,
        }
    };
    Ok(Week {
        site: site.id,
        monday: Day(monday),
        people: people.map(person).collect(),
    })
}
