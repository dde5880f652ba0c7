//! Booking rules, for programs.

use customers::Level;
use kernel::{
    Ctx, Fault,
    ids::{ServiceId, SiteId},
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Endpoint, Endpoints, Nothing, example, words};

use crate::{
    EDIT, VIEW,
    commands::{self, HORIZON_MAX, NOTICE_MAX, UPCOMING_MAX},
    model::{RuleBy, RuleValues},
    queries::{self, RuleSet},
};

/// What the command calls otherwise.
const NAMED: &[(&str, &str)] = &[
    ("notice", "/notice_minutes"),
    ("horizon", "/horizon_days"),
    ("upcoming", "/upcoming_max"),
    ("cancel", "/cancel_minutes"),
];

/// Every endpoint of booking rules.
pub(super) fn endpoints() -> Endpoints {
    let strict = || json!({ "notice_minutes": 1440, "cancel_minutes": 720 });
    let service = "/services/{id}/booking-rule";
    Endpoints::new(
        "booking rules",
        [
            Endpoint::get("/booking-rules", VIEW, "capacity-api-rules", list),
            Endpoint::post(
                "/sites/{id}/booking-rule",
                EDIT,
                "capacity-api-rule-site",
                of_site,
            )
            .versioned()
            .named(NAMED)
            .asks(|| json!({ "id": example::SITE }))
            .example(|| json!({ "upcoming_max": 3 })),
            Endpoint::post(service, EDIT, "capacity-api-rule-service", of_service)
                .versioned()
                .named(NAMED)
                .asks(|| json!({ "id": example::SERVICE }))
                .example(strict),
            Endpoint::post(
                "/levels/{id}/booking-rule",
                EDIT,
                "capacity-api-rule-level",
                of_level,
            )
            .versioned()
            .named(NAMED)
            .asks(|| json!({ "id": "vip" }))
            .example(strict),
        ],
    )
}

fn levels(_: &mut SchemaGenerator) -> Schema {
    words(Level::ALL.map(Level::as_str))
}

fn scopes(_: &mut SchemaGenerator) -> Schema {
    words(["site", "service", "level"])
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Site {
    id: SiteId,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Service {
    id: ServiceId,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfLevel {
    #[schemars(schema_with = "levels")]
    id: String,
}

/// What is said for a whole site; its notice, days ahead and time for cancelling are its own.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SiteRule {
    /// The most bookings a customer may have ahead at once; no limit, if not said.
    #[schemars(range(min = 1, max = UPCOMING_MAX))]
    upcoming_max: Option<i64>,
}

/// What is said; what is left out is as it would be without this rule.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Said {
    /// How many minutes ahead an online booking must be made.
    #[schemars(range(min = 0, max = NOTICE_MAX))]
    notice_minutes: Option<i64>,
    /// How many days ahead bookings are taken.
    #[schemars(range(min = 1, max = HORIZON_MAX))]
    horizon_days: Option<i64>,
    /// The most bookings a customer may have ahead at once.
    #[schemars(range(min = 1, max = UPCOMING_MAX))]
    upcoming_max: Option<i64>,
    /// Until how many minutes before the start a customer may cancel or move a booking.
    #[schemars(range(min = 0, max = NOTICE_MAX))]
    cancel_minutes: Option<i64>,
}

impl From<Said> for RuleValues {
    fn from(said: Said) -> Self {
        Self {
            notice_minutes: said.notice_minutes,
            horizon_days: said.horizon_days,
            upcoming_max: said.upcoming_max,
            cancel_minutes: said.cancel_minutes,
        }
    }
}

/// A rule for online bookings; null is as it would be without it.
#[derive(Serialize, JsonSchema)]
struct Rule {
    #[schemars(schema_with = "scopes")]
    scope: &'static str,
    /// The id of the site or service, or the level of customers.
    subject: String,
    notice_minutes: Option<i64>,
    horizon_days: Option<i64>,
    upcoming_max: Option<i64>,
    cancel_minutes: Option<i64>,
    /// Counts changes; 0 where nothing was said yet.
    version: i64,
}

/// Everything that was said.
#[derive(Serialize, JsonSchema)]
struct List {
    rules: Vec<Rule>,
}

fn told(by: RuleBy, values: RuleValues, version: i64) -> Rule {
    let (scope, subject) = by.key();
    Rule {
        scope,
        subject,
        notice_minutes: values.notice_minutes,
        horizon_days: values.horizon_days,
        upcoming_max: values.upcoming_max,
        cancel_minutes: values.cancel_minutes,
        version,
    }
}

fn is_in_reach(ctx: &Ctx, by: RuleBy) -> bool {
    match by {
        RuleBy::Site(site) => ctx.sites.includes(site),
        RuleBy::Service(_) | RuleBy::Level(_) => true,
    }
}

fn list(tx: &mut Tx, ctx: &Ctx, _: Nothing) -> Result<List, Fault> {
    let sets = queries::rule_sets(tx, ctx)?.into_iter();
    let here = sets.filter(|set| is_in_reach(ctx, set.by));
    Ok(List {
        rules: here
            .map(|set| told(set.by, set.values, set.version))
            .collect(),
    })
}

fn standing(tx: &mut Tx, ctx: &Ctx, by: RuleBy) -> Result<Option<RuleSet>, Fault> {
    let sets = queries::rule_sets(tx, ctx)?;
    Ok(sets.into_iter().find(|set| set.by == by))
}

fn say(tx: &mut Tx, ctx: &Ctx, by: RuleBy, values: RuleValues) -> Result<Rule, Fault> {
    let ctx = &ctx.unscoped();
    let version = standing(tx, ctx, by)?.map_or(0, |set| set.version);
    tx.seen(by.key().1, version)?;
    commands::save_rule(tx, ctx, by, version, values)?;
    let version = standing(tx, ctx, by)?.map_or(0, |set| set.version);
    Ok(told(by, values, version))
}

fn of_site(tx: &mut Tx, ctx: &Ctx, site: Site, said: SiteRule) -> Result<Rule, Fault> {
    let values = RuleValues {
        upcoming_max: said.upcoming_max,
        ..RuleValues::default()
    };
    say(tx, ctx, RuleBy::Site(site.id), values)
}

fn of_service(tx: &mut Tx, ctx: &Ctx, service: Service, said: Said) -> Result<Rule, Fault> {
    say(tx, ctx, RuleBy::Service(service.id), said.into())
}

fn of_level(tx: &mut Tx, ctx: &Ctx, level: OfLevel, said: Said) -> Result<Rule, Fault> {
    let missing = || Fault::missing("capacity-rule-missing");
    let level = Level::parse(&level.id).ok_or_else(missing)?;
    say(tx, ctx, RuleBy::Level(level), said.into())
}
