//! Files, read.

use std::{collections::BTreeMap, sync::Arc};

use kernel::{
    Ctx, Fault, Timestamp,
    ids::{FileId, OrganisationId},
};
use store::{Row, Tx, params};

use crate::model::{Copy, File, OwnerKind, RETURN_HOURS, Size, media_type};

const COLUMNS: &str = "
    f.id, f.owner_kind, f.owner, f.part, f.media_type, f.name, f.caption, f.version, f.added_at,
    f.added_by, f.removed_at, c.size, c.width, c.height, c.hash, k.bytes";
const JOINED: &str = "
    from files f
    join file_copies c on c.org = f.org and c.file = f.id
    join file_contents k on k.org = c.org and k.hash = c.hash";

/// The files of something, oldest first, with those that were removed and can be put back.
pub fn files_of(tx: &mut Tx, ctx: &Ctx, kind: OwnerKind, owner: &str) -> Result<Vec<File>, Fault> {
    let sql = format!(
        "select {COLUMNS} {JOINED}
        where f.org = $1 and f.owner_kind = $2 and f.owner = $3
            and (f.removed_at is null or f.removed_at > $4)
        order by f.position, f.id, c.width limit 1000"
    );
    let since = returnable_since(ctx.now);
    let rows = tx.all(&sql, params![ctx.org, kind.as_str(), owner, since], read)?;
    Ok(gathered(rows))
}

/// One file of something; removed ones only while they can be put back.
pub fn file(
    tx: &mut Tx,
    ctx: &Ctx,
    (kind, owner): (OwnerKind, &str),
    id: FileId,
) -> Result<File, Fault> {
    let sql = format!(
        "select {COLUMNS} {JOINED}
        where f.org = $1 and f.id = $2 and f.owner_kind = $3 and f.owner = $4
            and (f.removed_at is null or f.removed_at > $5)
        order by c.width limit 3"
    );
    let since = returnable_since(ctx.now);
    let values = params![ctx.org, id, kind.as_str(), owner, since];
    let found = gathered(tx.all(&sql, values, read)?);
    let found = found.into_iter().next();
    found.ok_or_else(|| Fault::missing("files-missing"))
}

/// The first picture of each thing of a kind, by the thing's id.
pub fn covers(
    tx: &mut Tx,
    ctx: &Ctx,
    kind: OwnerKind,
) -> Result<Arc<BTreeMap<String, File>>, Fault> {
    tx.kept(format!("covers {} {}", ctx.org, kind.as_str()), |tx| {
        let sql = format!(
            "select {COLUMNS} {JOINED}
            where f.org = $1 and f.owner_kind = $2 and f.removed_at is null and c.width > 0
            order by f.position, f.id, c.width limit 9000"
        );
        let rows = tx.all(&sql, params![ctx.org, kind.as_str()], read)?;
        let mut first = BTreeMap::new();
        for file in gathered(rows) {
            first.entry(file.owner.clone()).or_insert(file);
        }
        Ok(first)
    })
}

/// The first picture of one thing that is there: the answer is kept.
pub fn cover(
    tx: &mut Tx,
    org: OrganisationId,
    kind: OwnerKind,
    owner: &str,
) -> Result<Option<File>, Fault> {
    let question = format!("cover {org} {} {owner}", kind.as_str());
    let kept = tx.kept(question, |tx| {
        let sql = format!(
            "select {COLUMNS} {JOINED}
            where f.org = $1 and f.owner_kind = $2 and f.owner = $3 and f.removed_at is null
                and c.width > 0
            order by f.position, f.id, c.width limit 3"
        );
        let rows = tx.all(&sql, params![org, kind.as_str(), owner], read)?;
        Ok(gathered(rows).into_iter().next())
    })?;
    Ok((*kept).clone())
}

/// Files of the whole organisation after one, in order of their ids: for an export.
pub fn all_after(tx: &mut Tx, ctx: &Ctx, after: Option<FileId>) -> Result<Vec<File>, Fault> {
    let sql = format!(
        "select {COLUMNS} {JOINED}
        where f.org = $1 and f.removed_at is null and f.id in (
            select id from files
            where org = $1 and removed_at is null
                and (cast($2 as text) is null or id > cast($2 as text))
            order by id limit 200)
        order by f.id, c.width limit 600"
    );
    Ok(gathered(tx.all(&sql, params![ctx.org, after], read)?))
}

/// How many files a thing has, not counting removed ones.
pub(crate) fn count(tx: &mut Tx, ctx: &Ctx, kind: OwnerKind, owner: &str) -> Result<i64, Fault> {
    let sql = "
        select count(*) from files
        where org = $1 and owner_kind = $2 and owner = $3 and removed_at is null";
    tx.count(sql, params![ctx.org, kind.as_str(), owner])
}

/// The place after the last file of a thing.
pub(crate) fn next_position(
    tx: &mut Tx,
    ctx: &Ctx,
    kind: OwnerKind,
    owner: &str,
) -> Result<i64, Fault> {
    let sql = "
        select max(position) + 1 from files
        where org = $1 and owner_kind = $2 and owner = $3";
    Ok(tx
        .count(sql, params![ctx.org, kind.as_str(), owner])?
        .max(1))
}

/// Every hash that a file needs, after one, in order: for `verify`.
pub(crate) fn hashes_after(
    tx: &mut Tx,
    org: OrganisationId,
    after: &str,
) -> Result<Vec<(String, String, FileId)>, Fault> {
    let sql = "
        select c.hash, min(f.name), min(f.id) from file_copies c
        join files f on f.org = c.org and f.id = c.file
        where c.org = $1 and c.hash > $2 and f.removed_at is null
        group by c.hash order by c.hash limit 500";
    tx.all(sql, params![org, after], |row| {
        Ok((row.text(0)?, row.text(1)?, row.id(2)?))
    })
}

/// The moment after which a removed file can still be put back.
pub(crate) fn returnable_since(now: Timestamp) -> i64 {
    now.as_microsecond() - RETURN_HOURS * 3_600_000_000
}

fn read(row: &Row) -> Result<(File, Copy), Fault> {
    let word = row.text(1)?;
    let owner_kind = OwnerKind::parse(&word)
        .ok_or_else(|| Fault::broken(format!("a file belongs to a {word}")))?;
    let word = row.text(4)?;
    let media_type =
        media_type(&word).ok_or_else(|| Fault::broken(format!("a file is of type {word}")))?;
    let word = row.text(11)?;
    let size =
        Size::parse(&word).ok_or_else(|| Fault::broken(format!("a file has the size {word}")))?;
    let file = File {
        id: row.id(0)?,
        owner_kind,
        owner: row.text(2)?,
        part: row.opt_text(3)?,
        media_type,
        name: row.text(5)?,
        caption: row.text(6)?,
        version: row.int(7)?,
        added: row.instant(8)?,
        added_by: row.text(9)?,
        removed: row.opt_instant(10)?,
        copies: Vec::new(),
    };
    let copy = Copy {
        size,
        width: row.int(12)?,
        height: row.int(13)?,
        hash: row.text(14)?,
        bytes: row.int(15)?,
    };
    Ok((file, copy))
}

/// Puts the copies of each file together; rows of one file follow each other.
fn gathered(rows: Vec<(File, Copy)>) -> Vec<File> {
    let mut files: Vec<File> = Vec::new();
    for (file, copy) in rows {
        match files.last_mut().filter(|last| last.id == file.id) {
            Some(last) => last.copies.push(copy),
            None => files.push(File {
                copies: vec![copy],
                ..file
            }),
        }
    }
    for file in &mut files {
        file.copies.sort_by_key(|copy| copy.size);
    }
    files
}
