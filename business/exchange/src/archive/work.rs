//! Making archives: one consistent state of the database, table by table.

use std::io::{self, Write};

use ::zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};
use kernel::{Ctx, Fault};
use serde_json::json;
use sheets::Cell;
use store::{
    Tx, Value, params,
    schema::{self, Table},
};
use web::App;

use super::{ArchiveId, queries::fact, zip::Parts};
use crate::parts;

/// Rows read at once.
const ROWS: i64 = 1000;
/// How long an archive can be fetched, in hours.
const HOURS_KEPT: i64 = 24;
/// When work that showed no sign of life is begun anew, in seconds.
const DEAD_SECONDS: i64 = 120;

const CLAIM: &str = "
    update archives set state = 'working', beat_at = $2, tables = 0, tables_done = 0,
        rows_done = 0, bytes = 0
    where org = $1 and id = (
        select id from archives
        where org = $1 and (state = 'asked' or (state = 'working' and beat_at < $3))
        order by created_at, id limit 1)
    returning id";

/// Makes the archive that was asked for, if any.
pub fn errand(app: &App, ctx: &Ctx) -> Result<(), Fault> {
    let worker = ctx.clone();
    let dead = ctx.now.as_microsecond() - DEAD_SECONDS * 1_000_000;
    let claimed: Option<ArchiveId> = app.db.write(move |tx| {
        let row = params![worker.org, worker.now, dead];
        let id: Option<ArchiveId> = tx.one(CLAIM, row, |row| row.id(0))?;
        if let Some(id) = id {
            parts::forget(tx, &worker, &id.to_string())?;
        }
        Ok(id)
    })?;
    let Some(id) = claimed else {
        return Ok(());
    };
    let made = make(app, ctx, id);
    if let Err(fault) = &made {
        tracing::error!(archive = %id, %fault, "an archive failed");
    }
    let (worker, bytes) = (ctx.at(app.clock.now()), made.ok());
    app.db.write(move |tx| end(tx, &worker, id, bytes))?;
    app.tell(ctx.org, "archive", id);
    Ok(())
}

const READY: &str = "
    update archives set state = 'ready', bytes = $3, expires_at = $4
    where org = $1 and id = $2 and state = 'working'";
const FAILED: &str = "
    update archives set state = 'failed' where org = $1 and id = $2 and state = 'working'";

fn end(tx: &mut Tx, ctx: &Ctx, id: ArchiveId, bytes: Option<u64>) -> Result<(), Fault> {
    let Some(bytes) = bytes else {
        parts::forget(tx, ctx, &id.to_string())?;
        tx.execute(FAILED, params![ctx.org, id])?;
        return Ok(());
    };
    let expires = ctx.now.as_microsecond() + HOURS_KEPT * 3_600_000_000;
    let bytes = i64::try_from(bytes).map_err(Fault::broken)?;
    tx.execute(READY, params![ctx.org, id, bytes, expires])?;
    tx.record(ctx, fact("archive.made", id).attr("bytes", bytes));
    Ok(())
}

/// Names of columns that open doors: hashes of tokens, secrets of links and gateways, passkeys.
fn is_secret(column: &str) -> bool {
    ["secret", "_hash", "credential", "totp"]
        .iter()
        .any(|part| column.contains(part))
}

/// Tables that hold no data of the business: files on their way, sessions, and answers kept for
/// requests that come again, which may tell a key.
const LEFT_OUT: [&str; 4] = [
    "file_parts",
    "sessions",
    "password_links",
    "request_answers",
];

fn make(app: &App, ctx: &Ctx, id: ArchiveId) -> Result<u64, Fault> {
    let parts = Parts::new(app.db.clone(), ctx.clone(), id.to_string());
    let mut zip = ZipWriter::new_stream(parts);
    let mut manifest = Vec::new();
    app.db.read(|tx| {
        let mut tables = schema::tables(tx)?;
        tables.retain(|table| !LEFT_OUT.contains(&table.name.as_str()));
        let all = tables.len();
        let mut rows = 0;
        for (done, table) in (1_i64..).zip(&tables) {
            let count = write_table(tx, ctx, table, &mut zip)?;
            rows += count;
            let left: Vec<&String> = table.columns.iter().filter(|c| is_secret(c)).collect();
            let kept: Vec<&String> = table.columns.iter().filter(|c| !is_secret(c)).collect();
            manifest.push(json!({
                "table": table.name,
                "file": file_of(table),
                "rows": count,
                "columns": kept,
                "left_out": left,
            }));
            beat(app, ctx, id, (all, done, rows))?;
        }
        Ok(())
    })?;
    let files = write_files(app, ctx, &mut zip)?;
    let manifest = json!({
        "organisation": ctx.org,
        "made_at": ctx.now.to_string(),
        "tables": manifest,
        "files": files,
    });
    begin(&mut zip, "manifest.json")?;
    let text = serde_json::to_vec_pretty(&manifest).map_err(Fault::broken)?;
    zip.write_all(&text).map_err(Fault::broken)?;
    zip.finish().map_err(Fault::broken)?.into_inner().finish()
}

type Zip = ZipWriter<::zip::write::StreamWriter<Parts>>;

fn file_of(table: &Table) -> String {
    format!("tables/{}.csv", table.name)
}

fn begin(zip: &mut Zip, name: &str) -> Result<(), Fault> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .large_file(true);
    zip.start_file(name, options).map_err(Fault::broken)
}

/// One table as CSV with its own names of columns; answers how many rows it has.
fn write_table(tx: &mut Tx, ctx: &Ctx, table: &Table, zip: &mut Zip) -> Result<i64, Fault> {
    begin(zip, &file_of(table))?;
    let kept: Vec<usize> = (0..table.columns.len())
        .filter(|at| !is_secret(&table.columns[*at]))
        .collect();
    let mut out = sheets::MARK.to_vec();
    let names: Vec<Cell> = kept.iter().map(|at| (&table.columns[*at]).into()).collect();
    sheets::line(&mut out, &names);
    let (mut count, mut last): (i64, Option<Vec<Value>>) = (0, None);
    loop {
        let rows = table.rows(tx, ctx.org, last.as_deref(), ROWS)?;
        for row in &rows {
            let cells: Vec<Cell> = kept.iter().map(|at| cell(&row[*at])).collect();
            sheets::line(&mut out, &cells);
            count += 1;
        }
        zip.write_all(&out).map_err(Fault::broken)?;
        out.clear();
        match rows.into_iter().next_back() {
            Some(row) => last = Some(row),
            None => return Ok(count),
        }
    }
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Empty,
        Value::Int(number) => Cell::Whole(*number),
        Value::Real(number) => number.to_string().into(),
        Value::Text(text) => text.into(),
        Value::Bytes(bytes) => {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            hex.into()
        }
    }
}

/// Photos and files as they were brought, by the hash of their content; answers how many.
fn write_files(app: &App, ctx: &Ctx, zip: &mut Zip) -> Result<i64, Fault> {
    let Ok(place) = files::Place::of(app) else {
        return Ok(0);
    };
    let (mut count, mut after) = (0, None);
    loop {
        let some = app.db.read(|tx| files::all_after(tx, ctx, after))?;
        let Some(last) = some.last() else {
            return Ok(count);
        };
        after = Some(last.id);
        for file in &some {
            // The last copy is the largest.
            let Some(copy) = file.copies.last() else {
                continue;
            };
            let key = files::Key {
                org: ctx.org,
                hash: &copy.hash,
            };
            if let Some(bytes) = place.get(key, ctx.now)? {
                begin(zip, &format!("files/{}-{}", file.id, plain(&file.name)))?;
                io::copy(&mut bytes.as_slice(), zip).map_err(Fault::broken)?;
                count += 1;
            }
        }
    }
}

/// A name that is a name on every system.
fn plain(name: &str) -> String {
    let safe = |c: char| {
        if c.is_alphanumeric() || ".-_ ".contains(c) {
            c
        } else {
            '_'
        }
    };
    name.chars().map(safe).take(100).collect()
}

const BEAT: &str = "
    update archives set tables = $3, tables_done = $4, rows_done = $5, beat_at = $6
    where org = $1 and id = $2 and state = 'working'";

fn beat(
    app: &App,
    ctx: &Ctx,
    id: ArchiveId,
    (all, done, rows): (usize, i64, i64),
) -> Result<(), Fault> {
    let (worker, now) = (ctx.clone(), app.clock.now());
    app.db.write(move |tx| {
        tx.execute(BEAT, params![worker.org, id, all, done, rows, now])?;
        Ok(())
    })?;
    app.tell(ctx.org, "archive", id);
    Ok(())
}

const OVER: &str = "
    update archives set state = 'gone'
    where org = $1 and state = 'ready' and expires_at <= $2 returning id";

/// Forgets archives whose time is over.
pub fn forget(tx: &mut Tx, ctx: &Ctx) -> Result<(), Fault> {
    let over: Vec<ArchiveId> = tx.all(OVER, params![ctx.org, ctx.now], |row| row.id(0))?;
    for id in over {
        parts::forget(tx, ctx, &id.to_string())?;
    }
    Ok(())
}
