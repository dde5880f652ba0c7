//! What is known of imports.

use std::collections::BTreeMap;

use kernel::{Ctx, Fault, Locale, Timestamp};
use store::{Row, Tx, params};

use super::{Import, ImportId, State};
use crate::{
    IMPORT, columns,
    grid::{Grid, read_grid},
    model::What,
    parts,
};

const COLUMNS: &str = "id, what, site, name, state, header, columns, units, units_done, rows_new,
    rows_changed, rows_same, rows_refused, things_undone, things_kept, trouble, asked_by,
    asked_name, created_at, version";

fn read_import(row: &Row) -> Result<Import, Fault> {
    let (what, state) = (row.text(1)?, row.text(4)?);
    Ok(Import {
        id: row.id(0)?,
        what: What::parse(&what).ok_or_else(|| Fault::broken(format!("no import of {what}")))?,
        site: row.opt_text(2)?,
        name: row.text(3)?,
        state: State::parse(&state)
            .ok_or_else(|| Fault::broken(format!("no state of imports: {state}")))?,
        header: row.json(5)?,
        columns: row.json(6)?,
        units: row.int(7)?,
        units_done: row.int(8)?,
        rows_new: row.int(9)?,
        rows_changed: row.int(10)?,
        rows_same: row.int(11)?,
        rows_refused: row.int(12)?,
        things_undone: row.int(13)?,
        things_kept: row.int(14)?,
        trouble: row.text(15)?,
        asked_by: row.text(16)?,
        asked_name: row.text(17)?,
        created: row.instant(18)?,
        version: row.int(19)?,
    })
}

/// One import.
pub fn import(tx: &mut Tx, ctx: &Ctx, id: ImportId) -> Result<Import, Fault> {
    ctx.require(IMPORT)?;
    let sql = format!("select {COLUMNS} from imports where org = $1 and id = $2");
    let found = tx.one(&sql, params![ctx.org, id], read_import)?;
    found.ok_or_else(|| Fault::missing("exchange-import-missing"))
}

/// Where the page above ended: when its last import was begun, and that import.
pub type After = (Timestamp, ImportId);

/// Imports, the newest first.
pub fn all(tx: &mut Tx, ctx: &Ctx, after: Option<After>, limit: i64) -> Result<Vec<Import>, Fault> {
    ctx.require(IMPORT)?;
    let sql = format!(
        "select {COLUMNS} from imports where org = $1
            and (cast($2 as bigint) is null or created_at < $2
                or (created_at = $2 and id < $3))
         order by created_at desc, id desc limit $4"
    );
    let (at, id) = after.map_or((None, String::new()), |(at, id)| (Some(at), id.to_string()));
    tx.all(&sql, params![ctx.org, at, id, limit], read_import)
}

/// The imports to work on, the oldest first.
pub fn at_work(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<Import>, Fault> {
    let sql = format!(
        "select {COLUMNS} from imports
         where org = $1 and state in ('checking', 'running', 'undoing')
         order by created_at, id limit 20"
    );
    tx.all(&sql, params![ctx.org], read_import)
}

/// The file of an import, read; refused when it has been forgotten.
pub fn grid_of(tx: &mut Tx, ctx: &Ctx, id: ImportId) -> Result<Grid, Fault> {
    let bytes = parts::whole(tx, ctx, &id.to_string())?;
    if bytes.is_empty() {
        return Err(Fault::conflict("exchange-file-forgotten"));
    }
    read_grid(bytes)
}

/// Why a row was not taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The row of the file.
    pub row: i64,
    /// The heading of the file; empty for the row as a whole.
    pub heading: String,
    /// The reason in Chinese and in English.
    pub reason: [String; 2],
}

impl Refusal {
    /// The reason in a language.
    pub fn reason(&self, locale: Locale) -> &str {
        match locale {
            Locale::ZhCn => &self.reason[0],
            Locale::En => &self.reason[1],
        }
    }
}

const REFUSALS: &str = "
    select row_number, heading, reason_zh, reason_en from import_refusals
    where org = $1 and import = $2 and row_number > $3
    order by row_number, position limit $4";

/// The refusals of rows after one, in the order of the file.
pub fn refusals(
    tx: &mut Tx,
    ctx: &Ctx,
    id: ImportId,
    (after, limit): (i64, i64),
) -> Result<Vec<Refusal>, Fault> {
    tx.all(REFUSALS, params![ctx.org, id, after, limit], |row| {
        Ok(Refusal {
            row: row.int(0)?,
            heading: row.text(1)?,
            reason: [row.text(2)?, row.text(3)?],
        })
    })
}

/// What was left when an import was taken back, and why.
pub type Told = (i64, String, String, [String; 2]);

const KEPT: &str = "
    select row_number, kind, object, reason_zh, reason_en from import_things
    where org = $1 and import = $2 and state = 'kept' order by position limit $3";

/// The row, kind, identity and reason of what was left when an import was taken back.
pub fn kept_things(tx: &mut Tx, ctx: &Ctx, id: ImportId, limit: i64) -> Result<Vec<Told>, Fault> {
    tx.all(KEPT, params![ctx.org, id, limit], |row| {
        let reason = [row.text(3)?, row.text(4)?];
        Ok((row.int(0)?, row.text(1)?, row.text(2)?, reason))
    })
}

const THINGS: &str = "
    select cast(count(*) as bigint) from import_things where org = $1 and import = $2";

/// How many things an import made or changed.
pub fn things(tx: &mut Tx, ctx: &Ctx, id: ImportId) -> Result<i64, Fault> {
    tx.count(THINGS, params![ctx.org, id])
}

const HEADINGS: &str = "
    select heading, column_name from import_headings
    where org = $1 and what = $2 order by heading limit 5000";

/// What each heading means: as it was chosen before, else as its words say.
pub fn remembered(
    tx: &mut Tx,
    ctx: &Ctx,
    what: What,
    header: &[String],
) -> Result<Vec<String>, Fault> {
    let fields = match what.subject() {
        Some(subject) => fields::defined(tx, ctx, subject)?,
        None => Vec::new(),
    };
    let known = tx.all(HEADINGS, params![ctx.org, what.as_str()], |row| {
        Ok((row.text(0)?, row.text(1)?))
    })?;
    let known: BTreeMap<String, String> = known.into_iter().collect();
    let offered = columns::offered(what, &fields);
    let mut taken = Vec::new();
    for heading in header {
        let chosen = known.get(heading.trim()).cloned();
        let guessed = || columns::guess(what, &fields, heading).unwrap_or_default();
        let column = chosen.unwrap_or_else(guessed);
        // A column stands for one heading, and one that is no longer offered for none.
        let is_free = !taken.contains(&column) && offered.iter().any(|(name, _)| *name == column);
        taken.push(if is_free { column } else { String::new() });
    }
    Ok(taken)
}
