//! What may happen to files.

use kernel::{Actor, Ctx, Fault, Text, ids::FileId};
use store::{Db, Event, Tx, params};

use crate::{
    model::{FILES_MAX, File, check_caption},
    picture::{Prepared, Rendition},
    queries,
    shelf::Shelf,
    storage::{Key, Place},
};

/// Minutes for which a claim keeps what has no file yet; an upload takes one at most.
const CLAIM_MINUTES: i64 = 60;

const CLAIM: &str = "
    insert into file_contents (org, hash, bytes, claimed_at, leaving) values ($1, $2, $3, $4, 0)
    on conflict (org, hash) do update set claimed_at = excluded.claimed_at
    where file_contents.leaving = 0";
const STILL_CLAIMED: &str = "
    update file_contents set claimed_at = $3 where org = $1 and hash = $2 and leaving = 0";
const INSERT: &str = "
    insert into files (org, id, owner_kind, owner, part, media_type, name, caption, version,
        position, added_at, added_by)
    values ($1, $2, $3, $4, $5, $6, $7, '', 1, $8, $9, $10)
    on conflict do nothing";
const INSERT_COPY: &str = "
    insert into file_copies (org, file, size, width, height, hash)
    values ($1, $2, $3, $4, $5, $6)";
const CAPTION: &str = "
    update files set caption = $3, version = version + 1
    where org = $1 and id = $2 and version = $4 and removed_at is null";
const REMOVE: &str = "
    update files set removed_at = $3 where org = $1 and id = $2 and removed_at is null";
const PUT_BACK: &str = "
    update files set removed_at = null where org = $1 and id = $2 and removed_at is not null";

/// Where files are to be added.
#[derive(Debug, Clone)]
pub struct Target {
    /// The kind of thing, and who may.
    pub shelf: Shelf,
    /// The thing's id.
    pub owner: String,
    /// The step of an order they belong to.
    pub part: Option<String>,
}

/// Keeps files, all or none: claims what they hold, puts it in place, then tells of it. Blocks.
pub fn keep(
    db: &Db,
    place: &Place,
    ctx: &Ctx,
    target: &Target,
    files: Vec<Prepared>,
) -> Result<Vec<FileId>, Fault> {
    put(db, place, ctx, target, &files)?;
    let (ctx, target) = (ctx.clone(), target.clone());
    db.write(move |tx| add(tx, &ctx, &target, &files))
}

/// Claims what files hold and puts it in place; [`add`] tells of them. Blocks.
pub(crate) fn put(
    db: &Db,
    place: &Place,
    ctx: &Ctx,
    target: &Target,
    files: &[Prepared],
) -> Result<(), Fault> {
    let (asked, to, contents) = (ctx.clone(), target.clone(), claims(files));
    db.write(move |tx| {
        may_add(tx, &asked, &to, contents.len())?;
        claim(tx, &asked, &contents)
    })?;
    for rendition in files.iter().flat_map(|file| &file.renditions) {
        let key = Key {
            org: ctx.org,
            hash: &rendition.hash,
        };
        place.put(key, ctx.now, &rendition.bytes)?;
    }
    Ok(())
}

fn claims(files: &[Prepared]) -> Vec<(String, usize)> {
    let all = files.iter().flat_map(|file| &file.renditions);
    let mut claims: Vec<_> = all
        .map(|rendition| (rendition.hash.clone(), rendition.bytes.len()))
        .collect();
    // In one order for everybody, so that two uploads never wait for each other in a circle.
    claims.sort();
    claims.dedup();
    claims
}

fn may_add(tx: &mut Tx, ctx: &Ctx, target: &Target, more: usize) -> Result<(), Fault> {
    let reached = target.shelf.reach(tx, ctx, &target.owner, true)?;
    if let Some(part) = &target.part
        && !reached.parts.iter().any(|(id, _)| id == part)
    {
        return Err(Fault::invalid("part", kernel::Text::key("web-not-choice")));
    }
    if target.shelf.holds.is_one() {
        return Ok(());
    }
    let there = queries::count(tx, ctx, target.shelf.kind, &target.owner)?;
    let there = usize::try_from(there).map_err(Fault::broken)?;
    if there + more.div_ceil(3) > FILES_MAX {
        return Err(Fault::conflict("files-many").with("max", FILES_MAX));
    }
    Ok(())
}

fn claim(tx: &mut Tx, ctx: &Ctx, contents: &[(String, usize)]) -> Result<(), Fault> {
    for (hash, bytes) in contents {
        let bytes = i64::try_from(*bytes).map_err(Fault::broken)?;
        if tx.execute(CLAIM, params![ctx.org, hash, bytes, ctx.now])? == 0 {
            return Err(Fault::conflict("files-leaving"));
        }
    }
    Ok(())
}

/// Tells of files whose bytes are in place.
pub(crate) fn add(
    tx: &mut Tx,
    ctx: &Ctx,
    target: &Target,
    files: &[Prepared],
) -> Result<Vec<FileId>, Fault> {
    target.shelf.reach(tx, ctx, &target.owner, true)?;
    if target.shelf.holds.is_one() {
        check_picture(files)?;
        make_room(tx, ctx, target)?;
    }
    for (hash, _) in claims(files) {
        if tx.execute(STILL_CLAIMED, params![ctx.org, hash, ctx.now])? == 0 {
            return Err(Fault::conflict("files-leaving"));
        }
    }
    let by = match &ctx.actor {
        Actor::User { name, .. } => name.as_str(),
        Actor::Guest | Actor::System => "",
    };
    let kind = target.shelf.kind.as_str();
    let first = queries::next_position(tx, ctx, target.shelf.kind, &target.owner)?;
    let mut added = Vec::new();
    for (position, file) in (first..).zip(files) {
        let id: FileId = ctx.id();
        let (owner, part) = (&target.owner, target.part.clone());
        let values = params![
            ctx.org,
            id,
            kind,
            owner,
            part,
            file.media_type,
            &file.name,
            position,
            ctx.now,
            by
        ];
        if tx.execute(INSERT, values)? == 0 {
            return Err(Fault::conflict("files-just-replaced"));
        }
        for rendition in &file.renditions {
            add_copy(tx, ctx, id, rendition)?;
        }
        let fact = fact("file.added", id, target).attr("media_type", file.media_type);
        tx.record(ctx, fact);
        added.push(id);
    }
    Ok(added)
}

/// Where one picture stands, nothing else comes: one file, and a picture.
fn check_picture(files: &[Prepared]) -> Result<(), Fault> {
    let refused = match files {
        [file] if file.media_type.starts_with("image/") => return Ok(()),
        [file] => Text::key("files-picture-needed").with("name", file.name.as_str()),
        _ => Text::key("files-one-picture"),
    };
    Err(Fault::invalid("files", refused))
}

/// What stands where one picture does makes room for the next; it can be put back.
fn make_room(tx: &mut Tx, ctx: &Ctx, target: &Target) -> Result<(), Fault> {
    for file in queries::files_of(tx, ctx, target.shelf.kind, &target.owner)? {
        if file.removed.is_none() {
            remove(tx, ctx, target, file.id)?;
        }
    }
    Ok(())
}

fn add_copy(tx: &mut Tx, ctx: &Ctx, file: FileId, copy: &Rendition) -> Result<(), Fault> {
    let size = copy.size.as_str();
    let values = params![ctx.org, file, size, copy.width, copy.height, &copy.hash];
    tx.execute(INSERT_COPY, values).map(|_| ())
}

/// Writes something beneath a file; the second of two people who do so at once is told.
pub fn caption(
    tx: &mut Tx,
    ctx: &Ctx,
    target: &Target,
    id: FileId,
    (version, caption): (i64, &str),
) -> Result<(), Fault> {
    let file = reached(tx, ctx, target, id)?;
    check_caption(caption)?;
    if file.caption == caption {
        return Ok(());
    }
    if tx.execute(CAPTION, params![ctx.org, id, caption, version])? == 0 {
        return Err(Fault::stale());
    }
    tx.record(ctx, fact("file.captioned", id, target));
    Ok(())
}

/// Takes a file away; it can be put back for a day.
pub fn remove(tx: &mut Tx, ctx: &Ctx, target: &Target, id: FileId) -> Result<(), Fault> {
    reached(tx, ctx, target, id)?;
    if tx.execute(REMOVE, params![ctx.org, id, ctx.now])? > 0 {
        tx.record(ctx, fact("file.removed", id, target));
    }
    Ok(())
}

/// Puts a removed file back.
pub fn put_back(tx: &mut Tx, ctx: &Ctx, target: &Target, id: FileId) -> Result<(), Fault> {
    let file = reached(tx, ctx, target, id)?;
    if target.shelf.holds.is_one() && file.removed.is_some() {
        make_room(tx, ctx, target)?;
    }
    if tx.execute(PUT_BACK, params![ctx.org, id])? > 0 {
        tx.record(ctx, fact("file.put_back", id, target));
    }
    Ok(())
}

fn reached(tx: &mut Tx, ctx: &Ctx, target: &Target, id: FileId) -> Result<File, Fault> {
    target.shelf.reach(tx, ctx, &target.owner, true)?;
    queries::file(tx, ctx, (target.shelf.kind, &target.owner), id)
}

fn fact(activity: &'static str, id: FileId, target: &Target) -> Event {
    let fact = Event::new(activity).object("file", id, "subject").object(
        target.shelf.kind.as_str(),
        &target.owner,
        "of",
    );
    fact.object_if("step", target.part.as_ref(), "of")
}

const FORGET_COPIES: &str = "
    delete from file_copies where org = $1 and file in (
        select id from files where org = $1 and removed_at <= $2)";
const FORGET: &str = "delete from files where org = $1 and removed_at <= $2";
const LET_GO: &str = "
    update file_contents set leaving = 1
    where org = $1 and leaving = 0 and claimed_at <= $2 and not exists (
        select 1 from file_copies c
        where c.org = file_contents.org and c.hash = file_contents.hash)";
const LEAVING: &str = "
    select hash from file_contents where org = $1 and leaving = 1 order by hash limit 200";
const GONE: &str = "delete from file_contents where org = $1 and hash = $2 and leaving = 1";

/// Forgets what was removed a day ago, and marks what nobody needs any more: from then on an
/// upload of the same bytes is told to wait. Answers what is to be taken away.
pub(crate) fn let_go(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<String>, Fault> {
    let since = queries::returnable_since(ctx.now);
    tx.execute(FORGET_COPIES, params![ctx.org, since])?;
    tx.execute(FORGET, params![ctx.org, since])?;
    let claimed = ctx.now.as_microsecond() - CLAIM_MINUTES * 60_000_000;
    tx.execute(LET_GO, params![ctx.org, claimed])?;
    tx.all(LEAVING, params![ctx.org], |row| row.text(0))
}

/// Notes that bytes are gone from their place.
pub(crate) fn gone(tx: &mut Tx, ctx: &Ctx, hash: &str) -> Result<(), Fault> {
    tx.execute(GONE, params![ctx.org, hash]).map(|_| ())
}
