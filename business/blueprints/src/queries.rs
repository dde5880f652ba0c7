//! What is known of blueprints and their versions.

use kernel::{Ctx, Fault, ids::BlueprintId};
use store::{Row, Tx, params};

use crate::{
    READ,
    model::{Blueprint, Body, Version, VersionState},
};

macro_rules! select_blueprints {
    ($rest:literal) => {
        concat!(
            "select b.id, b.name_zh, b.name_en, b.state, b.draft, b.published, b.saved_at,
                b.version
            from blueprints b ",
            $rest
        )
    };
}

macro_rules! select_versions {
    ($rest:literal) => {
        concat!(
            "select v.number, v.state, v.body, v.published_at, v.published_by
            from blueprint_versions v ",
            $rest
        )
    };
}

const LIST: &str = select_blueprints!(
    "where b.org = $1 and b.state = $2 order by b.name_zh, b.name_en, b.id limit $3"
);
const ONE: &str = select_blueprints!("where b.org = $1 and b.id = $2");
const VERSION: &str = select_versions!("where v.org = $1 and v.blueprint = $2 and v.number = $3");
const VERSIONS: &str =
    select_versions!("where v.org = $1 and v.blueprint = $2 order by v.number desc limit $3");
const PUBLISHED: &str = select_versions!(
    "where v.org = $1 and v.blueprint = $2 and v.state = 'published' order by v.number limit 1"
);
const EDITS: &str = "
    select cast(coalesce(min(e.edit), 0) as bigint), cast(coalesce(max(e.edit), 0) as bigint),
        b.edit
    from blueprints b left join blueprint_edits e on e.org = b.org and e.blueprint = b.id
    where b.org = $1 and b.id = $2 group by b.edit order by b.edit limit 1";
const EDIT_BODY: &str = "
    select body from blueprint_edits where org = $1 and blueprint = $2 and edit = $3";

/// The most blueprints of one organisation.
pub(crate) const BLUEPRINTS_MAX: i64 = 500;
/// The most versions listed.
const VERSIONS_MAX: i64 = 200;

/// Every blueprint by name: those in use, or the archived ones.
pub fn blueprints(tx: &mut Tx, ctx: &Ctx, archived: bool) -> Result<Vec<Blueprint>, Fault> {
    ctx.require(READ)?;
    let state = if archived { "archived" } else { "active" };
    tx.all(LIST, params![ctx.org, state, BLUEPRINTS_MAX], read)
}

/// One blueprint.
pub fn blueprint(tx: &mut Tx, ctx: &Ctx, id: BlueprintId) -> Result<Blueprint, Fault> {
    ctx.require(READ)?;
    let found = tx.one(ONE, params![ctx.org, id], read)?;
    found.ok_or_else(|| Fault::missing("blueprints-missing"))
}

/// Whether there is such a blueprint.
pub fn exists(tx: &mut Tx, ctx: &Ctx, id: BlueprintId) -> Result<bool, Fault> {
    ctx.require(READ)?;
    Ok(tx.one(ONE, params![ctx.org, id], read)?.is_some())
}

/// What new orders follow; `None` before the first publication.
pub fn published(tx: &mut Tx, ctx: &Ctx, id: BlueprintId) -> Result<Option<Version>, Fault> {
    ctx.require(READ)?;
    let kept = tx.kept(format!("published {} {id}", ctx.org), |tx| {
        tx.one(PUBLISHED, params![ctx.org, id], read_version)
    })?;
    Ok((*kept).clone())
}

/// A version by its number, whatever became of it since.
pub fn version(
    tx: &mut Tx,
    ctx: &Ctx,
    id: BlueprintId,
    number: i64,
) -> Result<Option<Version>, Fault> {
    ctx.require(READ)?;
    tx.one(VERSION, params![ctx.org, id, number], read_version)
}

/// The versions of a blueprint, the newest first.
pub fn versions(tx: &mut Tx, ctx: &Ctx, id: BlueprintId) -> Result<Vec<Version>, Fault> {
    ctx.require(READ)?;
    tx.all(VERSIONS, params![ctx.org, id, VERSIONS_MAX], read_version)
}

/// The version a manager works on.
pub fn current(tx: &mut Tx, ctx: &Ctx, blueprint: &Blueprint) -> Result<Version, Fault> {
    let found = version(tx, ctx, blueprint.id, blueprint.current())?;
    found.ok_or_else(|| Fault::broken(format!("blueprint {} has no body", blueprint.id)))
}

/// Where the draft stands among its edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Edits {
    /// The oldest edit kept.
    pub first: i64,
    /// The newest edit kept.
    pub last: i64,
    /// The one in force.
    pub at: i64,
}

impl Edits {
    /// Whether there is something to undo.
    pub const fn can_undo(&self) -> bool {
        self.at > self.first
    }

    /// Whether there is something to do again.
    pub const fn can_redo(&self) -> bool {
        self.at < self.last
    }
}

/// The edits of the draft.
pub fn edits(tx: &mut Tx, ctx: &Ctx, id: BlueprintId) -> Result<Edits, Fault> {
    ctx.require(READ)?;
    let read = |row: &Row| {
        Ok(Edits {
            first: row.int(0)?,
            last: row.int(1)?,
            at: row.int(2)?,
        })
    };
    Ok(tx
        .one(EDITS, params![ctx.org, id], read)?
        .unwrap_or_default())
}

/// The body of the draft after an edit.
pub(crate) fn edit_body(
    tx: &mut Tx,
    ctx: &Ctx,
    id: BlueprintId,
    edit: i64,
) -> Result<Option<Body>, Fault> {
    tx.one(EDIT_BODY, params![ctx.org, id, edit], |row| row.json(0))
}

fn read(row: &Row) -> Result<Blueprint, Fault> {
    Ok(Blueprint {
        id: row.id(0)?,
        name: row.bilingual(1)?,
        archived: row.text(3)? == "archived",
        draft: row.opt_int(4)?,
        published: row.opt_int(5)?,
        saved_at: row.instant(6)?,
        version: row.int(7)?,
    })
}

fn read_version(row: &Row) -> Result<Version, Fault> {
    let state = row.text(1)?;
    Ok(Version {
        number: row.int(0)?,
        state: VersionState::parse(&state)
            .ok_or_else(|| Fault::broken(format!("a version is {state}")))?,
        body: row.json(2)?,
        published_at: row.opt_instant(3)?,
        published_by: row.opt_text(4)?,
    })
}
