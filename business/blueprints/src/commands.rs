//! What may happen to blueprints.

use kernel::{Actor, Bilingual, Ctx, Fault, Text, ids::BlueprintId};
use store::{Event, Tx, params};

use crate::{
    EDIT,
    model::{Blueprint, Body, Edit},
    queries::{self, BLUEPRINTS_MAX},
};

const INSERT: &str = "
    insert into blueprints
        (org, id, name_zh, name_en, state, draft, published, edit, saved_at, version)
    values ($1, $2, $3, $4, 'active', 1, null, 0, $5, 1)";
const INSERT_VERSION: &str = "
    insert into blueprint_versions (org, blueprint, number, state, body)
    values ($1, $2, $3, 'draft', $4)";
const SAVE_VERSION: &str = "
    update blueprint_versions set body = $4
    where org = $1 and blueprint = $2 and number = $3 and state = 'draft'";
const TOUCH: &str = "
    update blueprints set draft = $4, edit = $5, saved_at = $6, version = version + 1
    where org = $1 and id = $2 and version = $3";
const KEEP_EDIT: &str = "
    insert into blueprint_edits (org, blueprint, edit, body) values ($1, $2, $3, $4)
    on conflict (org, blueprint, edit) do update set body = excluded.body";
const DROP_EDITS: &str = "
    delete from blueprint_edits where org = $1 and blueprint = $2 and (edit < $3 or edit > $4)";
const RENAME: &str = "
    update blueprints set name_zh = $4, name_en = $5, saved_at = $6, version = version + 1
    where org = $1 and id = $2 and version = $3";
const SET_STATE: &str = "
    update blueprints set state = $4, version = version + 1
    where org = $1 and id = $2 and version = $3";
const PUBLISH: &str = "
    update blueprints set draft = null, published = $4, edit = 0, saved_at = $5,
        version = version + 1
    where org = $1 and id = $2 and version = $3";
const RETIRE: &str = "
    update blueprint_versions set state = 'retired'
    where org = $1 and blueprint = $2 and state = 'published'";
const PUBLISH_VERSION: &str = "
    update blueprint_versions set state = 'published', published_at = $4, published_by = $5
    where org = $1 and blueprint = $2 and number = $3 and state = 'draft'";
const DROP_VERSION: &str = "
    delete from blueprint_versions
    where org = $1 and blueprint = $2 and number = $3 and state = 'draft'";
const COUNT: &str = "select cast(count(*) as bigint) from blueprints where org = $1";
const NEXT_NUMBER: &str = "
    select cast(coalesce(max(number), 0) + 1 as bigint) from blueprint_versions
    where org = $1 and blueprint = $2";

/// How many edits of a draft can be undone.
const EDITS_KEPT: i64 = 50;

/// A blueprint to create.
#[derive(Debug, Clone)]
pub struct NewBlueprint {
    /// Its name.
    pub name: Bilingual,
    /// What its first draft holds.
    pub body: Body,
}

/// Creates a blueprint with a first draft.
pub fn create(tx: &mut Tx, ctx: &Ctx, new: NewBlueprint) -> Result<Blueprint, Fault> {
    let (blueprint, event) = insert(tx, ctx, new)?;
    tx.record(ctx, event);
    Ok(blueprint)
}

/// Creates a blueprint from a BPMN file; the journal says where it came from.
pub fn import(tx: &mut Tx, ctx: &Ctx, new: NewBlueprint) -> Result<Blueprint, Fault> {
    let (blueprint, event) = insert(tx, ctx, new)?;
    tx.record(ctx, event.attr("source", "bpmn"));
    Ok(blueprint)
}

fn insert(tx: &mut Tx, ctx: &Ctx, new: NewBlueprint) -> Result<(Blueprint, Event), Fault> {
    ctx.require(EDIT)?;
    check_name(&new.name)?;
    new.body.check()?;
    if tx.count(COUNT, params![ctx.org])? >= BLUEPRINTS_MAX {
        return Err(Fault::conflict("blueprints-full").with("max", BLUEPRINTS_MAX));
    }
    let id: BlueprintId = ctx.id();
    let body = to_json(&new.body)?;
    tx.execute(
        INSERT,
        params![ctx.org, id, &new.name.zh, &new.name.en, ctx.now],
    )?;
    tx.execute(INSERT_VERSION, params![ctx.org, id, 1, &body])?;
    tx.execute(KEEP_EDIT, params![ctx.org, id, 0, &body])?;
    let blueprint = queries::blueprint(tx, ctx, id)?;
    let event = Event::new("blueprint.created")
        .object("blueprint", blueprint.id, "subject")
        .attr("name", blueprint.name.get(ctx.locale));
    Ok((blueprint, event))
}

/// Gives a blueprint another name.
pub fn rename(
    tx: &mut Tx,
    ctx: &Ctx,
    id: BlueprintId,
    version: i64,
    name: &Bilingual,
) -> Result<(), Fault> {
    ctx.require(EDIT)?;
    check_name(name)?;
    let blueprint = at_version(tx, ctx, id, version)?;
    let params = params![ctx.org, id, version, &name.zh, &name.en, ctx.now];
    changed(tx.execute(RENAME, params)?)?;
    record(
        tx,
        ctx,
        "blueprint.renamed",
        &Blueprint {
            name: name.clone(),
            ..blueprint
        },
        "",
    );
    Ok(())
}

/// Puts a blueprint away, or takes it out again. Services and orders that follow it stay.
pub fn set_archived(
    tx: &mut Tx,
    ctx: &Ctx,
    id: BlueprintId,
    version: i64,
    archived: bool,
) -> Result<(), Fault> {
    ctx.require(EDIT)?;
    let blueprint = at_version(tx, ctx, id, version)?;
    let (state, activity) = match archived {
        true => ("archived", "blueprint.archived"),
        false => ("active", "blueprint.restored"),
    };
    changed(tx.execute(SET_STATE, params![ctx.org, id, version, state])?)?;
    record(tx, ctx, activity, &blueprint, "");
    Ok(())
}

/// Makes one edit of the draft; the first after a publication starts the next draft.
///
/// Answers the key of the step the edit was about, if it was about one.
pub fn edit(
    tx: &mut Tx,
    ctx: &Ctx,
    id: BlueprintId,
    version: i64,
    edit: Edit,
) -> Result<Option<String>, Fault> {
    ctx.require(EDIT)?;
    let blueprint = at_version(tx, ctx, id, version)?;
    let before = queries::current(tx, ctx, &blueprint)?.body;
    let what = edit.as_str();
    let (after, touched) = before.clone().apply(edit)?;
    if after != before {
        save(tx, ctx, &blueprint, &before, &after)?;
        record(tx, ctx, "blueprint.edited", &blueprint, what);
    }
    Ok(touched)
}

/// Replaces the whole draft.
pub fn save_draft(
    tx: &mut Tx,
    ctx: &Ctx,
    id: BlueprintId,
    version: i64,
    body: Body,
) -> Result<(), Fault> {
    edit(tx, ctx, id, version, Edit::Replace(Box::new(body))).map(|_| ())
}

fn save(
    tx: &mut Tx,
    ctx: &Ctx,
    blueprint: &Blueprint,
    before: &Body,
    after: &Body,
) -> Result<(), Fault> {
    let (id, body) = (blueprint.id, to_json(after)?);
    let (number, at) = match blueprint.draft {
        Some(number) => (number, queries::edits(tx, ctx, id)?.at + 1),
        None => (tx.count(NEXT_NUMBER, params![ctx.org, id])?, 1),
    };
    touch(tx, ctx, blueprint, number, at)?;
    if blueprint.draft.is_some() {
        tx.execute(SAVE_VERSION, params![ctx.org, id, number, &body])?;
    } else {
        tx.execute(INSERT_VERSION, params![ctx.org, id, number, &body])?;
        tx.execute(KEEP_EDIT, params![ctx.org, id, 0, to_json(before)?])?;
    }
    tx.execute(KEEP_EDIT, params![ctx.org, id, at, &body])?;
    tx.execute(DROP_EDITS, params![ctx.org, id, at - EDITS_KEPT, at])?;
    Ok(())
}

/// Claims the version the caller saw, so that of two who saw the same one only one goes on.
fn touch(tx: &mut Tx, ctx: &Ctx, blueprint: &Blueprint, number: i64, at: i64) -> Result<(), Fault> {
    let params = params![
        ctx.org,
        blueprint.id,
        blueprint.version,
        number,
        at,
        ctx.now
    ];
    changed(tx.execute(TOUCH, params)?)
}

/// Takes the last edit of the draft back.
pub fn undo(tx: &mut Tx, ctx: &Ctx, id: BlueprintId, version: i64) -> Result<(), Fault> {
    step_through(tx, ctx, id, version, -1)
}

/// Makes an edit again that was taken back.
pub fn redo(tx: &mut Tx, ctx: &Ctx, id: BlueprintId, version: i64) -> Result<(), Fault> {
    step_through(tx, ctx, id, version, 1)
}

fn step_through(
    tx: &mut Tx,
    ctx: &Ctx,
    id: BlueprintId,
    version: i64,
    by: i64,
) -> Result<(), Fault> {
    ctx.require(EDIT)?;
    let blueprint = at_version(tx, ctx, id, version)?;
    let nothing = || Fault::conflict("blueprints-nothing-to-undo");
    let number = blueprint.draft.ok_or_else(nothing)?;
    let at = queries::edits(tx, ctx, id)?.at + by;
    let body = queries::edit_body(tx, ctx, id, at)?.ok_or_else(nothing)?;
    touch(tx, ctx, &blueprint, number, at)?;
    tx.execute(SAVE_VERSION, params![ctx.org, id, number, to_json(&body)?])?;
    let what = if by < 0 { "undo" } else { "redo" };
    record(tx, ctx, "blueprint.edited", &blueprint, what);
    Ok(())
}

/// Makes the draft what new orders follow. Orders under way keep the version they started with.
///
/// Answers the number of the version published.
pub fn publish(tx: &mut Tx, ctx: &Ctx, id: BlueprintId, version: i64) -> Result<i64, Fault> {
    ctx.require(EDIT)?;
    let blueprint = at_version(tx, ctx, id, version)?;
    let nothing = || Fault::conflict("blueprints-nothing-to-publish");
    let number = blueprint.draft.ok_or_else(nothing)?;
    queries::current(tx, ctx, &blueprint)?
        .body
        .check_publishable(ctx.locale)?;
    changed(tx.execute(PUBLISH, params![ctx.org, id, version, number, ctx.now])?)?;
    tx.execute(RETIRE, params![ctx.org, id])?;
    let by = publisher(ctx);
    changed(tx.execute(PUBLISH_VERSION, params![ctx.org, id, number, ctx.now, by])?)?;
    tx.execute(DROP_EDITS, params![ctx.org, id, i64::MAX, i64::MAX])?;
    let event = Event::new("blueprint.published")
        .object("blueprint", id, "subject")
        .attr("name", blueprint.name.get(ctx.locale))
        .attr("number", number);
    tx.record(ctx, event);
    Ok(number)
}

/// Throws the draft away; the published version stays.
pub fn discard(tx: &mut Tx, ctx: &Ctx, id: BlueprintId, version: i64) -> Result<(), Fault> {
    ctx.require(EDIT)?;
    let blueprint = at_version(tx, ctx, id, version)?;
    let (Some(number), Some(published)) = (blueprint.draft, blueprint.published) else {
        return Err(Fault::conflict("blueprints-nothing-to-discard"));
    };
    changed(tx.execute(PUBLISH, params![ctx.org, id, version, published, ctx.now])?)?;
    tx.execute(DROP_VERSION, params![ctx.org, id, number])?;
    tx.execute(DROP_EDITS, params![ctx.org, id, i64::MAX, i64::MAX])?;
    record(tx, ctx, "blueprint.discarded", &blueprint, "");
    Ok(())
}

fn publisher(ctx: &Ctx) -> Option<String> {
    match &ctx.actor {
        Actor::User { name, .. } => Some(name.clone()),
        Actor::Guest | Actor::System => None,
    }
}

fn at_version(tx: &mut Tx, ctx: &Ctx, id: BlueprintId, version: i64) -> Result<Blueprint, Fault> {
    let blueprint = queries::blueprint(tx, ctx, id)?;
    if blueprint.version == version {
        Ok(blueprint)
    } else {
        Err(Fault::stale())
    }
}

fn changed(rows: u64) -> Result<(), Fault> {
    if rows == 1 {
        Ok(())
    } else {
        Err(Fault::stale())
    }
}

fn check_name(name: &Bilingual) -> Result<(), Fault> {
    if name.is_empty() {
        return Err(Fault::invalid(
            "name_zh",
            Text::key("blueprints-name-needed"),
        ));
    }
    for (field, text) in [("name_zh", &name.zh), ("name_en", &name.en)] {
        if text.chars().count() > 60 {
            return Err(Fault::invalid(
                field,
                Text::key("blueprints-too-long").with("max", 60),
            ));
        }
    }
    Ok(())
}

fn to_json(body: &Body) -> Result<String, Fault> {
    serde_json::to_string(body).map_err(Fault::broken)
}

fn record(tx: &mut Tx, ctx: &Ctx, activity: &'static str, blueprint: &Blueprint, edit: &str) {
    let mut event = Event::new(activity)
        .object("blueprint", blueprint.id, "subject")
        .attr("name", blueprint.name.get(ctx.locale));
    if !edit.is_empty() {
        event = event.attr("edit", edit);
    }
    tx.record(ctx, event);
}
