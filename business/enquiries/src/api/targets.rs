//! By when enquiries are answered, for programs.

use kernel::{Ctx, Fault};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Endpoint, Endpoints, Nothing};

use crate::{
    TARGETS, commands,
    model::{Level, TARGET_MINUTES, Targets},
    queries,
};

/// What the command calls otherwise.
const NAMED: &[(&str, &str)] = &[
    ("normal", "/normal_minutes"),
    ("high", "/high_minutes"),
    ("urgent", "/urgent_minutes"),
];

/// Every endpoint of answer times.
pub(super) fn endpoints() -> Endpoints {
    let path = "/enquiry-targets";
    Endpoints::new(
        "enquiries",
        [
            Endpoint::get(path, TARGETS, "enquiries-api-targets", show),
            Endpoint::post(path, TARGETS, "enquiries-api-set-targets", change)
                .patch()
                .named(NAMED)
                .example(|| json!({ "urgent_minutes": 45 })),
        ],
    )
}

/// Minutes of opening hours within which an answer is promised; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Change {
    #[schemars(range(min = TARGET_MINUTES.0, max = TARGET_MINUTES.1))]
    normal_minutes: Option<i64>,
    #[schemars(range(min = TARGET_MINUTES.0, max = TARGET_MINUTES.1))]
    high_minutes: Option<i64>,
    #[schemars(range(min = TARGET_MINUTES.0, max = TARGET_MINUTES.1))]
    urgent_minutes: Option<i64>,
}

/// Minutes of opening hours within which an answer is promised, by level.
#[derive(Serialize, JsonSchema)]
struct Minutes {
    normal_minutes: i64,
    high_minutes: i64,
    urgent_minutes: i64,
}

#[derive(Serialize, JsonSchema)]
struct Promised {
    targets: Minutes,
    /// What holds where nothing else was said.
    standard: Minutes,
}

impl From<Targets> for Minutes {
    fn from(targets: Targets) -> Self {
        Self {
            normal_minutes: targets.of(Level::Normal),
            high_minutes: targets.of(Level::High),
            urgent_minutes: targets.of(Level::Urgent),
        }
    }
}

fn show(tx: &mut Tx, ctx: &Ctx, _: Nothing) -> Result<Promised, Fault> {
    Ok(Promised {
        targets: queries::targets(tx, ctx)?.into(),
        standard: Targets::default().into(),
    })
}

fn change(tx: &mut Tx, ctx: &Ctx, nothing: Nothing, change: Change) -> Result<Promised, Fault> {
    let now = queries::targets(tx, ctx)?;
    let new = Targets([
        change.normal_minutes.unwrap_or(now.of(Level::Normal)),
        change.high_minutes.unwrap_or(now.of(Level::High)),
        change.urgent_minutes.unwrap_or(now.of(Level::Urgent)),
    ]);
    commands::set_targets(tx, &ctx.unscoped(), &new)?;
    show(tx, ctx, nothing)
}
