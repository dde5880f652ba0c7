//! Waits told against waits waited, for programs.

use kernel::{Ctx, Fault, ids::SiteId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Day, Endpoint, Endpoints, example};

use crate::{
    VIEW,
    commands::later,
    model::{self, Reckoning},
    queries,
};

/// The days that are looked at if nothing is said.
const DAYS: i64 = 28;

/// Every endpoint of waits.
pub(super) fn endpoints() -> Endpoints {
    Endpoints::new(
        "queue",
        [
            Endpoint::get("/sites/{id}/waits", VIEW, "queue-api-waits", show)
                .asks(|| json!({ "id": example::SITE })),
        ],
    )
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The site.
    id: SiteId,
    /// How many days back; 28 if not said.
    #[schemars(range(min = 1, max = DAYS))]
    days: Option<i64>,
}

/// The figures of some waits; null where none can be judged.
#[derive(Serialize, JsonSchema)]
struct Figures {
    /// Numbers given out.
    count: i64,
    /// Of these, how many were told a range and were called.
    judged: i64,
    /// Of the judged, how many waited within the range.
    held: i64,
    /// Of the judged, how many waited longer than the range.
    longer: i64,
    /// Those who left or did not come when called.
    abandoned: i64,
    /// Told on average, in the middle of the range.
    quoted_minutes: Option<i64>,
    /// Waited on average by those who were called.
    real_minutes: Option<i64>,
    /// The mean distance between the wait expected and the real one.
    error_minutes: Option<i64>,
    /// Real less expected on average: above 0, people wait longer than they are told.
    bias_minutes: Option<i64>,
}

#[derive(Serialize, JsonSchema)]
struct OfHour {
    /// The hour of the day by the clock of the site.
    hour: i64,
    figures: Figures,
}

#[derive(Serialize, JsonSchema)]
struct OfLine {
    /// The letter of the line.
    line: String,
    figures: Figures,
}

#[derive(Serialize, JsonSchema)]
struct OfDay {
    day: Day,
    figures: Figures,
}

/// What customers of a site were told of their wait, and how long it was.
#[derive(Serialize, JsonSchema)]
struct Waits {
    all: Figures,
    hours: Vec<OfHour>,
    lines: Vec<OfLine>,
    days: Vec<OfDay>,
}

impl From<Reckoning> for Figures {
    fn from(found: Reckoning) -> Self {
        Self {
            count: found.count,
            judged: found.judged,
            held: found.held,
            longer: found.longer,
            abandoned: found.abandoned,
            quoted_minutes: found.quoted_minutes,
            real_minutes: found.real_minutes,
            error_minutes: found.error_minutes,
            bias_minutes: found.bias_minutes,
        }
    }
}

fn show(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<Waits, Fault> {
    ctx.require_at(VIEW, asked.id)?;
    let zone = organisation::site(tx, &ctx.unscoped(), asked.id)?.zone;
    let since = later(ctx.now, -asked.days.unwrap_or(DAYS) * 24 * 60);
    let told = queries::told(tx, ctx, (asked.id, &zone), since)?;
    let hours = model::by_hour(&told).into_iter();
    let lines = model::by_line(&told).into_iter();
    let days = model::by_day(&told).into_iter();
    Ok(Waits {
        all: model::reckon(&told).into(),
        hours: hours
            .map(|(hour, found)| OfHour {
                hour,
                figures: found.into(),
            })
            .collect(),
        lines: lines
            .map(|(line, found)| OfLine {
                line,
                figures: found.into(),
            })
            .collect(),
        days: days
            .map(|(day, found)| OfDay {
                day: Day(day),
                figures: found.into(),
            })
            .collect(),
    })
}
