//! Keeping who saw what of a customer.

use crate::{model::Sight, queries};
use kernel::{Actor, Ctx, Fault, Timestamp, ids::CustomerId};
use std::pin::Pin;
use store::{Tx, params};
use web::App;

/// What is seen again within so many seconds counts up the same row.
const WINDOW_SECONDS: i64 = 900;

/// Who looks again within so many seconds is not written down again: open pages ask often.
const AGAIN_SECONDS: i64 = 60;

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
    let (reader, known) = (ctx.clone(), sight.clone());
    if app
        .read(move |tx| was_just_seen(tx, &reader, &known))
        .await?
    {
        return Ok(());
    }
    let ctx = ctx.clone();
    app.write(move |tx| keep_sight(tx, &ctx, &sight)).await
}

/// [`seen`] of a file of a customer's, as a shelf asks for it.
pub fn file_seen(
    app: App,
    ctx: Ctx,
    customer: CustomerId,
) -> Pin<Box<dyn Future<Output = Result<(), Fault>> + Send>> {
    Box::pin(async move { seen(&app, &ctx, Sight::file(customer)).await })
}

const JUST: &str = "
    select cast(count(*) as bigint) from sights
    where org = $1 and user_id = $2 and kind = $3 and subject = $4 and since_at = $5
        and last_at > $6 and noun = $7";

fn was_just_seen(tx: &mut Tx, ctx: &Ctx, sight: &Sight) -> Result<bool, Fault> {
    let Actor::User { id: user, .. } = ctx.actor else {
        return Ok(false);
    };
    let values = params![
        ctx.org,
        user,
        sight.kind.as_str(),
        &sight.subject,
        window(ctx)?,
        ago(ctx, AGAIN_SECONDS)?,
        sight.noun
    ];
    Ok(tx.count(JUST, values)? > 0)
}

/// The start of the window in which what is seen again counts up.
fn window(ctx: &Ctx) -> Result<Timestamp, Fault> {
    let begun = ctx.now.as_second().div_euclid(WINDOW_SECONDS) * WINDOW_SECONDS;
    Timestamp::from_second(begun).map_err(Fault::broken)
}

fn ago(ctx: &Ctx, seconds: i64) -> Result<Timestamp, Fault> {
    Timestamp::from_second(ctx.now.as_second() - seconds).map_err(Fault::broken)
}

/// [`seen`] within a transaction of one's own.
pub fn keep_sight(tx: &mut Tx, ctx: &Ctx, sight: &Sight) -> Result<(), Fault> {
    let Actor::User { id: user, .. } = ctx.actor else {
        return Ok(());
    };
    let ids: Vec<String> = sight.subjects.iter().map(ToString::to_string).collect();
    let count = i64::try_from(sight.count).map_err(Fault::broken)?;
    let values = params![
        ctx.org,
        user,
        sight.kind.as_str(),
        &sight.subject,
        window(ctx)?,
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

/// Forgets sights that are older than the business keeps them.
pub(crate) fn forget_sights(tx: &mut Tx, ctx: &Ctx) -> Result<(), Fault> {
    let days = queries::access_rules(tx, ctx.org)?.sight_days;
    tx.execute(FORGET, params![ctx.org, ago(ctx, days * 86_400)?])?;
    Ok(())
}
