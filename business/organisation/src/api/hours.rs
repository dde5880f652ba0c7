//! When a site is open, as programs ask and say it.

use std::collections::BTreeMap;

use kernel::{Bilingual, Ctx, Date, Fault, Text, ids::SiteId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Day, Endpoint, Nothing, example};

use super::{One, one};
use crate::{
    EDIT_SITES, commands,
    model::{DayHours, SpecialDay, Week},
    queries,
};

/// How far ahead special days are told.
const YEARS_AHEAD: i16 = 11;
/// What the command calls otherwise.
const NAMED: &[(&str, &str)] = &[
    ("day_1", "/monday"),
    ("day_2", "/tuesday"),
    ("day_3", "/wednesday"),
    ("day_4", "/thursday"),
    ("day_5", "/friday"),
    ("day_6", "/saturday"),
    ("day_7", "/sunday"),
];

/// Every endpoint of the hours.
pub(super) fn endpoints() -> [Endpoint; 4] {
    let signed_in = kernel::Permission::SIGNED_IN;
    let path = "/sites/{id}/special-days";
    let ordinary = || {
        let hours = ["09:00-21:00"];
        json!({
            "monday": hours, "tuesday": hours, "wednesday": hours, "thursday": hours,
            "friday": hours, "saturday": hours, "sunday": hours,
        })
    };
    [
        Endpoint::get(
            "/sites/{id}/hours",
            signed_in,
            "organisation-api-hours",
            show,
        )
        .asks(one),
        Endpoint::post(
            "/sites/{id}/hours",
            EDIT_SITES,
            "organisation-api-week",
            set,
        )
        .versioned()
        .named(NAMED)
        .asks(one)
        .example(ordinary),
        Endpoint::post(path, EDIT_SITES, "organisation-api-special", set_special)
            .named(&[("name", "/name")])
            .asks(one)
            .example(|| {
                json!({
                    "day": "2027-02-06",
                    "hours": [],
                    "name": { "zh": "春节", "en": "Spring Festival" },
                })
            }),
        Endpoint::post(
            "/sites/{id}/special-days/{day}",
            EDIT_SITES,
            "organisation-api-ordinary",
            forget_special,
        )
        .delete()
        .asks(|| json!({ "id": example::SITE, "day": "2027-02-06" })),
    ]
}

/// The hours of a day: from and to, at most four times; a closing before the opening is on the
/// next day. Empty is closed.
type Spans = Vec<String>;

/// The hours of an ordinary week.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Ordinary {
    #[schemars(length(max = 4), inner(length(min = 9, max = 11)))]
    monday: Spans,
    #[schemars(length(max = 4), inner(length(min = 9, max = 11)))]
    tuesday: Spans,
    #[schemars(length(max = 4), inner(length(min = 9, max = 11)))]
    wednesday: Spans,
    #[schemars(length(max = 4), inner(length(min = 9, max = 11)))]
    thursday: Spans,
    #[schemars(length(max = 4), inner(length(min = 9, max = 11)))]
    friday: Spans,
    #[schemars(length(max = 4), inner(length(min = 9, max = 11)))]
    saturday: Spans,
    #[schemars(length(max = 4), inner(length(min = 9, max = 11)))]
    sunday: Spans,
}

impl From<&Week> for Ordinary {
    fn from(week: &Week) -> Self {
        let [
            monday,
            tuesday,
            wednesday,
            thursday,
            friday,
            saturday,
            sunday,
        ] = week.0.each_ref().map(told);
        Self {
            monday,
            tuesday,
            wednesday,
            thursday,
            friday,
            saturday,
            sunday,
        }
    }
}

impl Ordinary {
    fn read(&self) -> Result<Week, Fault> {
        let days = [
            &self.monday,
            &self.tuesday,
            &self.wednesday,
            &self.thursday,
            &self.friday,
            &self.saturday,
            &self.sunday,
        ];
        let mut week = Week::default();
        for ((day, spans), hours) in (1..).zip(days).zip(&mut week.0) {
            *hours = read(&format!("day_{day}"), spans)?;
        }
        Ok(week)
    }
}

/// A date with hours of its own.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Special {
    day: Day,
    /// From and to, at most four times; empty is closed.
    #[schemars(length(max = 4), inner(length(min = 9, max = 11)))]
    hours: Spans,
    /// Why.
    name: Bilingual,
}

/// When a site is open.
#[derive(Serialize, JsonSchema)]
struct Hours {
    /// The ordinary week.
    week: Ordinary,
    /// Dates from today on that do not follow the week.
    special_days: Vec<Special>,
    /// The version of the site.
    version: i64,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OneDay {
    id: SiteId,
    day: Day,
}

fn told(hours: &DayHours) -> Spans {
    let spans = hours.spans().iter();
    spans.map(|span| span.text().replace('–', "-")).collect()
}

fn read(field: &str, spans: &Spans) -> Result<DayHours, Fault> {
    let wrong = || Fault::invalid(field, Text::key("organisation-hours-wrong"));
    DayHours::parse(&spans.join(",")).ok_or_else(wrong)
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Hours, Fault> {
    if !ctx.sites.includes(one.id) {
        return Err(Fault::forbidden());
    }
    let site = queries::site(tx, ctx, one.id)?;
    let today = site.date_of(ctx.now);
    let last = Date::new(today.year() + YEARS_AHEAD, 12, 31).map_err(Fault::broken)?;
    let hours = queries::hours(tx, ctx, site.id, today, last)?;
    let special = |(day, one): (Date, SpecialDay)| Special {
        day: Day(day),
        hours: told(&one.hours),
        name: one.name,
    };
    let special_days: BTreeMap<Date, SpecialDay> = hours.special;
    Ok(Hours {
        week: Ordinary::from(&hours.week),
        special_days: special_days.into_iter().map(special).collect(),
        version: site.version,
    })
}

fn set(tx: &mut Tx, ctx: &Ctx, one: One, week: Ordinary) -> Result<Hours, Fault> {
    let inner = &ctx.unscoped();
    inner.require_at(EDIT_SITES, one.id)?;
    let site = queries::site(tx, inner, one.id)?;
    tx.seen(site.id, site.version)?;
    commands::set_week(tx, inner, one.id, site.version, &week.read()?)?;
    show(tx, inner, one)
}

fn set_special(tx: &mut Tx, ctx: &Ctx, one: One, special: Special) -> Result<Hours, Fault> {
    let inner = &ctx.unscoped();
    let special = SpecialDay {
        day: special.day.0,
        hours: read("hours", &special.hours)?,
        name: special.name,
    };
    commands::set_special_day(tx, inner, one.id, &special)?;
    show(tx, inner, one)
}

fn forget_special(tx: &mut Tx, ctx: &Ctx, one: OneDay, _: Nothing) -> Result<Hours, Fault> {
    let inner = &ctx.unscoped();
    inner.require_at(EDIT_SITES, one.id)?;
    queries::site(tx, inner, one.id)?;
    commands::remove_special_day(tx, inner, one.id, one.day.0)?;
    show(tx, inner, One { id: one.id })
}
