//! Whether what is written down of files holds, and whether their bytes are where they should be.

use kernel::{Ctx, Fault};
use store::{Db, Row, Tx, journal::PAGE_MAX, params};

use crate::{
    queries,
    storage::{Key, Place},
};

const NO_COPY: &str = "
    select f.id from files f
    where f.org = $1 and not exists (
        select 1 from file_copies c where c.org = f.org and c.file = f.id and c.size = 'full')
    order by f.id limit 1";
const LEAVING: &str = "
    select c.file from file_copies c
    join file_contents k on k.org = c.org and k.hash = c.hash
    where c.org = $1 and k.leaving = 1 order by c.file limit 1";
const FILES: &str = "
    select id, removed_at from files where org = $1 and id > $2 order by id limit 500";

/// The first file whose rows contradict each other or the journal.
pub(crate) fn check(tx: &mut Tx, ctx: &Ctx) -> Result<Option<String>, Fault> {
    for (sql, what) in [
        (NO_COPY, "is kept in no size"),
        (LEAVING, "is about to be cleared away"),
    ] {
        if let Some(id) = tx.one(sql, params![ctx.org], |row| row.text(0))? {
            return Ok(Some(format!("file {id} {what}")));
        }
    }
    let mut last = String::new();
    loop {
        let read = |row: &Row| Ok((row.text(0)?, row.opt_int(1)?.is_some()));
        let found = tx.all(FILES, params![ctx.org, &last], read)?;
        let Some((id, _)) = found.last() else {
            return Ok(None);
        };
        last.clone_from(id);
        for (id, removed) in found {
            if told_removed(tx, ctx, &id)? != Some(removed) {
                let what = "is not as the journal tells of it";
                return Ok(Some(format!("file {id} {what}")));
            }
        }
    }
}

/// Whether the journal says last that a file was removed; nothing when it does not know the file.
fn told_removed(tx: &mut Tx, ctx: &Ctx, id: &str) -> Result<Option<bool>, Fault> {
    let told = store::journal::about(tx, ctx.org, "file", id, PAGE_MAX)?;
    let acts = told.iter().rev().map(|entry| entry.activity.as_str());
    let mut last = acts.filter(|act| *act != "file.captioned");
    Ok(last.next().map(|act| act == "file.removed"))
}

/// The first file whose bytes are missing or altered. Blocks.
pub fn check_place(db: &Db, place: &Place, ctx: &Ctx) -> Result<Option<String>, Fault> {
    let mut last = String::new();
    loop {
        let after = last.clone();
        let found = db.read(|tx| queries::hashes_after(tx, ctx.org, &after))?;
        let Some((hash, _, _)) = found.last() else {
            return Ok(None);
        };
        last.clone_from(hash);
        for (hash, name, id) in &found {
            let key = Key { org: ctx.org, hash };
            if place.get(key, ctx.now)?.is_none() {
                return Ok(Some(format!("file {id} ({name}) is missing or altered")));
            }
        }
    }
}
