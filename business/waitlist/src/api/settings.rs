//! How long an offer waits for its answer, for programs.

use kernel::{Ctx, Fault};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Endpoint, Endpoints, Nothing};

use crate::{
    SETTINGS, commands,
    model::{ANSWER_MINUTES, ANSWER_RANGE},
    queries,
};

/// Every endpoint of settings.
pub(super) fn endpoints() -> Endpoints {
    let path = "/waiting-settings";
    Endpoints::new(
        "waiting",
        [
            Endpoint::get(path, SETTINGS, "waitlist-api-settings", show),
            Endpoint::post(path, SETTINGS, "waitlist-api-set", change)
                .patch()
                .versioned()
                .example(|| json!({ "answer_minutes": 45 })),
        ],
    )
}

/// What is to be different.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Change {
    /// How long somebody has to answer; offers already made keep theirs.
    #[schemars(range(min = ANSWER_RANGE.0, max = ANSWER_RANGE.1))]
    answer_minutes: i64,
}

/// How the waiting list works.
#[derive(Serialize, JsonSchema)]
struct Told {
    /// How long somebody has to answer.
    answer_minutes: i64,
    /// What holds where nothing was said.
    answer_minutes_standard: i64,
    /// Counts changes; 0 where nothing was said yet.
    version: i64,
}

fn show(tx: &mut Tx, ctx: &Ctx, _: Nothing) -> Result<Told, Fault> {
    let (answer_minutes, version) = queries::settings(tx, ctx)?;
    Ok(Told {
        answer_minutes,
        answer_minutes_standard: ANSWER_MINUTES,
        version,
    })
}

fn change(tx: &mut Tx, ctx: &Ctx, nothing: Nothing, change: Change) -> Result<Told, Fault> {
    let (_, version) = queries::settings(tx, ctx)?;
    tx.seen(ctx.org, version)?;
    commands::change_settings(tx, &ctx.unscoped(), change.answer_minutes, version)?;
    show(tx, ctx, nothing)
}
