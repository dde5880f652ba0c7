//! The rules by which the order is made, for programs.

use kernel::{Ctx, Fault, ids::SiteId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Endpoint, Endpoints};

use super::AtSite;
use crate::{LINES, VIEW, commands, model::Rules, queries};

/// Every endpoint of rules.
pub(super) fn endpoints() -> Endpoints {
    let path = "/sites/{id}/queue-rules";
    Endpoints::new(
        "queue",
        [
            Endpoint::get(path, VIEW, "queue-api-rules", show).asks(super::at_site),
            Endpoint::post(path, LINES, "queue-api-change-rules", change)
                .patch()
                .versioned()
                .asks(super::at_site)
                .example(|| json!({ "booked_head_minutes": 15 })),
        ],
    )
}

/// What is to be different; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Change {
    /// How much earlier than their booked time booked customers count.
    #[schemars(range(min = 0, max = 60))]
    booked_head_minutes: Option<i64>,
    /// Booked customers who come later than this count from when they came.
    #[schemars(range(min = 0, max = 60))]
    booked_grace_minutes: Option<i64>,
    /// How much earlier than others customers with priority count.
    #[schemars(range(min = 0, max = 240))]
    priority_head_minutes: Option<i64>,
    /// How much of the time waited so far goes along into another line.
    #[schemars(range(min = 0, max = 100))]
    transfer_keeps_percent: Option<i64>,
    /// How long a break is taken to last when nobody says.
    #[schemars(range(min = 5, max = 120))]
    break_minutes: Option<i64>,
    /// Whether booked customers checked in at the desk get a number, too.
    desk_numbers: Option<bool>,
}

/// The rules by which booked and unbooked customers stand in one order.
#[derive(Serialize, JsonSchema)]
struct Kept {
    /// How much earlier than their booked time booked customers count.
    booked_head_minutes: i64,
    /// Booked customers who come later than this count from when they came.
    booked_grace_minutes: i64,
    /// How much earlier than others customers with priority count.
    priority_head_minutes: i64,
    /// How much of the time waited so far goes along into another line.
    transfer_keeps_percent: i64,
    /// How long a break is taken to last when nobody says.
    break_minutes: i64,
    /// Whether booked customers checked in at the desk get a number, too.
    desk_numbers: bool,
}

/// The rules of a site.
#[derive(Serialize, JsonSchema)]
struct Told {
    site: SiteId,
    rules: Kept,
    /// What every site begins with.
    standard: Kept,
    /// Counts changes; 0 where nothing was said yet.
    version: i64,
}

impl From<Rules> for Kept {
    fn from(rules: Rules) -> Self {
        Self {
            booked_head_minutes: rules.booked_head_minutes,
            booked_grace_minutes: rules.booked_grace_minutes,
            priority_head_minutes: rules.priority_head_minutes,
            transfer_keeps_percent: rules.transfer_keeps_percent,
            break_minutes: rules.break_minutes,
            desk_numbers: rules.desk_numbers,
        }
    }
}

fn show(tx: &mut Tx, ctx: &Ctx, at: AtSite) -> Result<Told, Fault> {
    ctx.require_at(VIEW, at.id)?;
    organisation::site(tx, &ctx.unscoped(), at.id)?;
    let (rules, version) = queries::rules(tx, ctx, at.id)?;
    Ok(Told {
        site: at.id,
        rules: rules.into(),
        standard: Rules::default().into(),
        version,
    })
}

fn change(tx: &mut Tx, ctx: &Ctx, at: AtSite, change: Change) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    inner.require_at(LINES, at.id)?;
    organisation::site(tx, inner, at.id)?;
    let (old, version) = queries::rules(tx, inner, at.id)?;
    tx.seen(at.id, version)?;
    let rules = Rules {
        booked_head_minutes: change
            .booked_head_minutes
            .unwrap_or(old.booked_head_minutes),
        booked_grace_minutes: change
            .booked_grace_minutes
            .unwrap_or(old.booked_grace_minutes),
        priority_head_minutes: change
            .priority_head_minutes
            .unwrap_or(old.priority_head_minutes),
        transfer_keeps_percent: change
            .transfer_keeps_percent
            .unwrap_or(old.transfer_keeps_percent),
        break_minutes: change.break_minutes.unwrap_or(old.break_minutes),
        desk_numbers: change.desk_numbers.unwrap_or(old.desk_numbers),
    };
    commands::change_rules(tx, inner, at.id, &rules, version)?;
    show(tx, inner, at)
}
