//! What may happen to an import by hand.

use kernel::{Actor, Ctx, Fault, Text};
use store::{Event, Tx, params};

use super::{Import, ImportId, State, queries};
use crate::{
    IMPORT,
    columns::Columns,
    grid::{Grid, read_grid},
    model::What,
    parts,
};

/// A file that came.
#[derive(Debug, Clone)]
pub struct Upload {
    /// What it holds.
    pub what: What,
    /// The web name of the site of rows that name none.
    pub site: Option<String>,
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

const INSERT: &str = "
    insert into imports (org, id, what, site, name, state, header, columns, units, units_done,
        rows_new, rows_changed, rows_same, rows_refused, things_undone, things_kept, trouble,
        asked_by, asked_name, created_at, changed_at, version)
    values ($1, $2, $3, $4, $5, 'mapping', $6, $7, $8, 0, 0, 0, 0, 0, 0, 0, '', $9, $10, $11,
        $11, 1)";

/// Keeps a file and what its columns seem to mean. Nothing of it is taken in yet.
pub fn upload(tx: &mut Tx, ctx: &Ctx, upload: Upload, grid: &Grid) -> Result<ImportId, Fault> {
    ctx.require(IMPORT)?;
    let id: ImportId = ctx.id();
    let header: Vec<String> = grid
        .header
        .iter()
        .map(|name| name.trim().to_owned())
        .collect();
    let columns = queries::remembered(tx, ctx, upload.what, &header)?;
    let (asked_by, asked_name) = match &ctx.actor {
        Actor::User { id, name, .. } => (id.to_string(), name.clone()),
        Actor::Guest | Actor::System => (String::new(), String::new()),
    };
    let name: String = upload.name.chars().take(120).collect();
    let row = params![
        ctx.org,
        id,
        upload.what.as_str(),
        upload.site,
        if name.is_empty() {
            "file".to_owned()
        } else {
            name
        },
        json(&header)?,
        json(&columns)?,
        grid.rows.len(),
        asked_by,
        asked_name,
        ctx.now,
    ];
    tx.execute(INSERT, row)?;
    parts::keep(tx, ctx, &id.to_string(), &upload.bytes)?;
    tx.record(
        ctx,
        fact("import.uploaded", id).attr("what", upload.what.as_str()),
    );
    Ok(id)
}

fn json(value: &impl serde::Serialize) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(Fault::broken)
}

/// A fact about an import.
pub(super) fn fact(activity: &'static str, id: ImportId) -> Event {
    Event::new(activity).object("import", id, "subject")
}

const COLUMNS: &str = "
    update imports set columns = $4, site = $5, state = 'mapping', changed_at = $6,
        version = version + 1
    where org = $1 and id = $2 and version = $3 and state in ('mapping', 'checked')";
const REMEMBER: &str = "
    insert into import_headings (org, what, heading, column_name) values ($1, $2, $3, $4)
    on conflict (org, what, heading) do update set column_name = excluded.column_name";

/// Chooses what the columns of the file mean, for this file and for the next ones of its kind.
pub fn choose_columns(
    tx: &mut Tx,
    ctx: &Ctx,
    (id, version): (ImportId, i64),
    site: Option<String>,
    columns: &[String],
) -> Result<(), Fault> {
    let import = queries::import(tx, ctx, id)?;
    check_columns(&import, columns)?;
    let row = params![ctx.org, id, version, json(&columns)?, site, ctx.now];
    if tx.execute(COLUMNS, row)? == 0 {
        return Err(Fault::stale());
    }
    for (heading, column) in import.header.iter().zip(columns) {
        if !heading.is_empty() {
            let row = params![ctx.org, import.what.as_str(), heading, column];
            tx.execute(REMEMBER, row)?;
        }
    }
    Ok(())
}

/// Refuses columns with which no row could be taken, naming what is missing or there twice.
fn check_columns(import: &Import, columns: &[String]) -> Result<Columns, Fault> {
    if columns.len() != import.header.len() {
        return Err(Fault::stale());
    }
    let chosen: Vec<Option<String>> = columns
        .iter()
        .map(|column| Some(column.clone()).filter(|column| !column.is_empty()))
        .collect();
    Columns::chosen(import.what, &import.header, &chosen)
        .map_err(|fault| Fault::invalid("columns", fault.text))
}

const BEGIN: &str = "
    update imports set state = $4, units_done = 0, rows_new = 0, rows_changed = 0, rows_same = 0,
        rows_refused = 0, trouble = '', changed_at = $5, version = version + 1
    where org = $1 and id = $2 and state = $3";
const FORGET_REFUSALS: &str = "delete from import_refusals where org = $1 and import = $2";

/// Begins to try every row, each taken back.
pub fn check(tx: &mut Tx, ctx: &Ctx, id: ImportId) -> Result<(), Fault> {
    let import = queries::import(tx, ctx, id)?;
    match import.state {
        State::Mapping | State::Checked => begin(tx, ctx, &import, State::Checking),
        State::Checking => Ok(()),
        _ => Err(Fault::conflict("exchange-not-now")),
    }
}

/// Begins to take the rows in, or goes on where it stopped.
pub fn run(tx: &mut Tx, ctx: &Ctx, id: ImportId) -> Result<(), Fault> {
    let import = queries::import(tx, ctx, id)?;
    match import.state {
        State::Checked => {
            begin(tx, ctx, &import, State::Running)?;
            tx.record(ctx, fact("import.started", id));
            Ok(())
        }
        State::Stopped | State::Failed => {
            turn(tx, ctx, (id, import.state), State::Running)?;
            tx.record(ctx, fact("import.resumed", id));
            Ok(())
        }
        State::Running => Ok(()),
        _ => Err(Fault::conflict("exchange-not-now")),
    }
}

fn begin(tx: &mut Tx, ctx: &Ctx, import: &Import, to: State) -> Result<(), Fault> {
    check_columns(import, &import.columns)?;
    if import.units == 0 {
        return Err(Fault::invalid("file", Text::key("exchange-file-no-rows")));
    }
    let row = params![
        ctx.org,
        import.id,
        import.state.as_str(),
        to.as_str(),
        ctx.now
    ];
    if tx.execute(BEGIN, row)? == 0 {
        return Err(Fault::stale());
    }
    tx.execute(FORGET_REFUSALS, params![ctx.org, import.id])?;
    Ok(())
}

const TURN: &str = "
    update imports set state = $4, trouble = '', changed_at = $5, version = version + 1
    where org = $1 and id = $2 and state = $3";

pub(super) fn turn(
    tx: &mut Tx,
    ctx: &Ctx,
    (id, from): (ImportId, State),
    to: State,
) -> Result<(), Fault> {
    let row = params![ctx.org, id, from.as_str(), to.as_str(), ctx.now];
    match tx.execute(TURN, row)? {
        0 => Err(Fault::stale()),
        _ => Ok(()),
    }
}

/// Stops after the rows under way: what was taken in stays, and the rest can follow later.
pub fn stop(tx: &mut Tx, ctx: &Ctx, id: ImportId) -> Result<(), Fault> {
    let import = queries::import(tx, ctx, id)?;
    let to = match import.state {
        State::Checking => State::Mapping,
        State::Running => State::Stopped,
        State::Undoing => State::Done,
        _ => return Ok(()),
    };
    turn(tx, ctx, (id, import.state), to)?;
    if import.state == State::Running {
        let done = fact("import.stopped", id).attr("done", import.units_done);
        tx.record(ctx, done);
    }
    Ok(())
}

/// Begins to take back what the import made and changed.
pub fn undo(tx: &mut Tx, ctx: &Ctx, id: ImportId) -> Result<(), Fault> {
    let import = queries::import(tx, ctx, id)?;
    match import.state {
        State::Done | State::Stopped | State::Failed => {
            turn(tx, ctx, (id, import.state), State::Undoing)
        }
        State::Undoing => Ok(()),
        _ => Err(Fault::conflict("exchange-not-now")),
    }
}

/// How long the file of an import is kept after the last change, in days.
const FILE_DAYS: i64 = 30;

const FORGET_FILES: &str = "
    delete from file_parts where org = $1 and file in (
        select id from imports where org = $1 and changed_at < $2
            and state not in ('checking', 'running', 'undoing'))";

/// Forgets the files of imports that nobody has touched for a month. What they brought stays, and
/// can still be taken back.
pub fn forget_old_files(tx: &mut Tx, ctx: &Ctx) -> Result<(), Fault> {
    let before = ctx.now.as_microsecond() - FILE_DAYS * 86_400_000_000;
    tx.execute(FORGET_FILES, params![ctx.org, before])?;
    Ok(())
}

impl Upload {
    /// The file as rows.
    pub fn grid(&self) -> Result<Grid, Fault> {
        read_grid(self.bytes.clone())
    }
}
