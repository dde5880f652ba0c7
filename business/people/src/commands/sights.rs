//! Keeping who saw what of a customer.

use crate::model::Sight;
use kernel::{Actor, Ctx, Fault, Timestamp};
use store::{Tx, params};
use web::App;

/// What is seen again within so many seconds counts up the same row.
const WINDOW_SECONDS: i64 = 900;

/// Days for which sights are kept: long enough for a complaint, short enough to forget.
pub const SIGHT_DAYS: i64 = 365;

const KEEP: &str = "
    insert into sights (org, user_id, kind, subject, since_at, last_at, times, count, noun,
        subjects, channel)
    values ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9, $10)
    on conflict (org, user_id, kind, subject, since_at) do update
    set times = sights.times + 1, last_at = excluded.last_at, count = excluded.count";

/// Keeps that a user sees something, before it is shown. Customers see their own data unrecorded.
pub async fn seen(app: &App, ctx: &Ctx, sight: Sight) -> Result<(), Fault> {
    if sight.is_empty() || !matches!(ctx.actor, Actor::User { .. }) {
        return Ok(());
    }
    let ctx = ctx.clone();
    app.write(move |tx| keep_sight(tx, &ctx, &sight)).await
}

/// [`seen`] within a transaction of one's own.
pub fn keep_sight(tx: &mut Tx, ctx: &Ctx, sight: &Sight) -> Result<(), Fault> {
    let Actor::User { id: user, .. } = ctx.actor else {
        return Ok(());
    };
    let begun = ctx.now.as_second().div_euclid(WINDOW_SECONDS) * WINDOW_SECONDS;
    let begun = Timestamp::from_second(begun).map_err(Fault::broken)?;
    let ids: Vec<String> = sight.subjects.iter().map(ToString::to_string).collect();
    let count = i64::try_from(sight.count).map_err(Fault::broken)?;
    let values = params![
        ctx.org,
        user,
        sight.kind.as_str(),
        &sight.subject,
        begun,
        ctx.now,
        count,
        sight.noun,
        ids.join(" "),
        ctx.channel
    ];
    tx.execute(KEEP, values)?;
    Ok(())
}

const FORGET: &str = "delete from sights where org = $1 and last_at < $2";

/// Forgets sights that are older than they are kept.
pub(crate) fn forget_sights(tx: &mut Tx, ctx: &Ctx) -> Result<(), Fault> {
    let before = ctx.now.as_second() - SIGHT_DAYS * 86_400;
    let before = Timestamp::from_second(before).map_err(Fault::broken)?;
    tx.execute(FORGET, params![ctx.org, before])?;
    Ok(())
}
