//! Asking for archives, and what is known of them.

use kernel::{Actor, Ctx, Fault};
use store::{Event, Row, Tx, params};

use super::{Archive, ArchiveId, State};
use crate::{ARCHIVE, parts};

const COLUMNS: &str = "id, state, asked_name, created_at, tables, tables_done, rows_done, bytes,
    expires_at";

fn read(row: &Row) -> Result<Archive, Fault> {
    let state = row.text(1)?;
    Ok(Archive {
        id: row.id(0)?,
        state: State::parse(&state)
            .ok_or_else(|| Fault::broken(format!("no state of archives: {state}")))?,
        asked_name: row.text(2)?,
        created: row.instant(3)?,
        tables: row.int(4)?,
        tables_done: row.int(5)?,
        rows: row.int(6)?,
        bytes: row.int(7)?,
        expires: row.opt_instant(8)?,
    })
}

/// The latest archives, the newest first.
pub fn archives(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<Archive>, Fault> {
    ctx.require(ARCHIVE)?;
    let sql = format!(
        "select {COLUMNS} from archives where org = $1 order by created_at desc, id desc limit 20"
    );
    tx.all(&sql, params![ctx.org], read)
}

const INSERT: &str = "
    insert into archives (org, id, state, asked_by, asked_name, created_at, beat_at, tables,
        tables_done, rows_done, bytes)
    values ($1, $2, 'asked', $3, $4, $5, $5, 0, 0, 0, 0)";
const UNDER_WAY: &str = "
    select cast(count(*) as bigint) from archives
    where org = $1 and state in ('asked', 'working')";

/// Asks for an archive; while one is under way, that one is enough.
pub fn ask(tx: &mut Tx, ctx: &Ctx) -> Result<(), Fault> {
    ctx.require(ARCHIVE)?;
    if tx.count(UNDER_WAY, params![ctx.org])? > 0 {
        return Ok(());
    }
    let (by, name) = match &ctx.actor {
        Actor::User { id, name, .. } => (id.to_string(), name.clone()),
        Actor::Guest | Actor::System => (String::new(), String::new()),
    };
    let id: ArchiveId = ctx.id();
    tx.execute(INSERT, params![ctx.org, id, by, name, ctx.now])?;
    tx.record(ctx, fact("archive.asked", id));
    Ok(())
}

/// A fact about an archive.
pub(super) fn fact(activity: &'static str, id: ArchiveId) -> Event {
    Event::new(activity).object("archive", id, "subject")
}

/// An archive that can be fetched; refused when its time is over.
pub fn ready(tx: &mut Tx, ctx: &Ctx, id: ArchiveId) -> Result<Archive, Fault> {
    ctx.require(ARCHIVE)?;
    let sql = format!("select {COLUMNS} from archives where org = $1 and id = $2");
    let found = tx.one(&sql, params![ctx.org, id], read)?;
    let found = found.ok_or_else(|| Fault::missing("exchange-archive-missing"))?;
    let open = found.expires.is_some_and(|expires| expires > ctx.now);
    match found.state == State::Ready && open {
        true => Ok(found),
        false => Err(Fault::conflict("exchange-archive-over")),
    }
}

/// Tells the journal that somebody takes an archive along.
pub fn taken(tx: &mut Tx, ctx: &Ctx, id: ArchiveId) -> Result<(), Fault> {
    ready(tx, ctx, id)?;
    tx.record(ctx, fact("archive.taken", id));
    Ok(())
}

/// One part of an archive's file.
pub fn part_of(
    tx: &mut Tx,
    ctx: &Ctx,
    (id, position): (ArchiveId, i64),
) -> Result<Option<Vec<u8>>, Fault> {
    parts::part(tx, ctx, (&id.to_string(), position))
}
