//! How long an offer waits for its answer.

use kernel::{Ctx, Fault, Text};
use store::{Event, Tx, params};

use crate::{SETTINGS, model::ANSWER_RANGE, queries};

const INSERT: &str = "
    insert into waiting_settings (org, answer_minutes, version) values ($1, $2, 1)
    on conflict (org) do nothing";

const UPDATE: &str = "
    update waiting_settings set answer_minutes = $2, version = version + 1
    where org = $1 and version = $3";

/// Changes how many minutes somebody has to answer; offers already made keep theirs.
pub fn change_settings(
    tx: &mut Tx,
    ctx: &Ctx,
    answer_minutes: i64,
    version: i64,
) -> Result<(), Fault> {
    ctx.require(SETTINGS)?;
    let (min, max) = ANSWER_RANGE;
    if !(min..=max).contains(&answer_minutes) {
        let text = Text::key("waitlist-answer-wrong")
            .with("min", min)
            .with("max", max);
        return Err(Fault::invalid("answer_minutes", text));
    }
    if queries::settings(tx, ctx)?.0 == answer_minutes {
        return Ok(());
    }
    let saved = match version {
        0 => tx.execute(INSERT, params![ctx.org, answer_minutes])?,
        version => tx.execute(UPDATE, params![ctx.org, answer_minutes, version])?,
    };
    if saved == 0 {
        return Err(Fault::stale());
    }
    let event = Event::new("waiting.settings_changed").attr("answer_minutes", answer_minutes);
    tx.record(ctx, event.setting(ctx.org, "answer_minutes"));
    Ok(())
}
