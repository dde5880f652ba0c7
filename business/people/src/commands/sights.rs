//! Keeping who saw what of a customer.

use crate::{model::Sight, queries};
use kernel::{
    Actor, Ctx, Fault, FaultKind, Timestamp,
    ids::{CustomerId, UserId},
};
use std::collections::BTreeSet;
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
    set times = sights.times + 1, last_at = excluded.last_at, count = excluded.count,
        subjects = sights.subjects || cast($11 as text)";

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
    let (keeper, kept) = (ctx.clone(), sight.clone());
    match app.write(move |tx| keep_sight(tx, &keeper, &kept)).await {
        // Where nothing can be written for the moment, the day goes on; the log has who saw it.
        Err(fault) if sight.is_board() && fault.kind == FaultKind::Unavailable => {
            let (who, page) = (&ctx.actor, sight.noun);
            tracing::warn!(%fault, ?who, page, "a sight could not be kept");
            Ok(())
        }
        kept => kept,
    }
}

/// [`seen`] of a file of a customer's, as a shelf asks for it.
pub const FILE_SEEN: files::Seen = files::Seen {
    on_page: |app, ctx, customer| {
        Box::pin(async move { seen(&app, &ctx, Sight::file(customer)).await })
    },
    by_program: |tx, ctx, customer| keep_sight(tx, ctx, &Sight::file(customer)),
};

const KEPT: &str = "
    select subjects from sights
    where org = $1 and user_id = $2 and kind = $3 and subject = $4 and since_at = $5
        and last_at > $6 and noun = $7";

/// The customers told of in this window already, if anybody was after an instant; `None` for
/// nobody.
fn kept(
    tx: &mut Tx,
    ctx: &Ctx,
    sight: &Sight,
    (user, after): (UserId, Timestamp),
) -> Result<Option<BTreeSet<CustomerId>>, Fault> {
    let values = params![
        ctx.org,
        user,
        sight.kind.as_str(),
        &sight.subject,
        window(ctx)?,
        after,
        sight.noun
    ];
    tx.one(KEPT, values, |row| {
        Ok(row
            .text(0)?
            .split(' ')
            .filter_map(CustomerId::parse)
            .collect())
    })
}

fn was_just_seen(tx: &mut Tx, ctx: &Ctx, sight: &Sight) -> Result<bool, Fault> {
    let Actor::User { id: user, .. } = ctx.actor else {
        return Ok(false);
    };
    let kept = kept(tx, ctx, sight, (user, ago(ctx, AGAIN_SECONDS)?))?;
    Ok(kept.is_some_and(|kept| sight.subjects.iter().all(|id| kept.contains(id))))
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
    let before = kept(tx, ctx, sight, (user, Timestamp::MIN))?.unwrap_or_default();
    let ids: Vec<String> = sight.subjects.iter().map(ToString::to_string).collect();
    let fresh = sight.subjects.iter().filter(|id| !before.contains(id));
    let fresh: Vec<String> = fresh.map(|id| format!(" {id}")).collect();
    let count = match sight.subjects.len() {
        0 => sight.count,
        _ => before.len() + fresh.len(),
    };
    let count = i64::try_from(count).map_err(Fault::broken)?;
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
        ctx.channel,
        fresh.concat()
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
