//! What programs may ask about blueprints, and change: designs go in and out as BPMN.

mod instructions;

use kernel::{Bilingual, Ctx, Fault, ids::BlueprintId};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Endpoint, Endpoints, Nothing, example, words};

use crate::{
    EDIT, VIEW,
    bpmn::{self, Imported},
    commands::{self, NewBlueprint},
    model::{self, Body, Lane, Version},
    queries,
};

/// What the commands call otherwise.
const NAMED: &[(&str, &str)] = &[
    ("file", "/bpmn"),
    ("name_zh", "/name/zh"),
    ("name_en", "/name/en"),
];

/// Every endpoint.
pub(crate) fn endpoints() -> Endpoints {
    Endpoints::new(
        "blueprints",
        [
            Endpoint::get("/blueprints", VIEW, "blueprints-api-list", list),
            Endpoint::post("/blueprints", EDIT, "blueprints-api-create", create)
                .creates()
                .named(NAMED)
                .example(|| json!({ "name": { "zh": "到店", "en": "Visit" }, "bpmn": VISIT })),
            Endpoint::get("/blueprints/{id}", VIEW, "blueprints-api-show", show).asks(one),
            Endpoint::post("/blueprints/{id}", EDIT, "blueprints-api-rename", rename)
                .patch()
                .versioned()
                .named(NAMED)
                .asks(one)
                .example(|| json!({ "name": { "zh": "上门", "en": "Call" } })),
            Endpoint::get("/blueprints/{id}/bpmn", VIEW, "blueprints-api-bpmn", design).asks(one),
            Endpoint::post(
                "/blueprints/{id}/draft",
                EDIT,
                "blueprints-api-draft",
                draft,
            )
            .versioned()
            .named(NAMED)
            .asks(one)
            .example(|| json!({ "bpmn": VISIT })),
            Endpoint::post(
                "/blueprints/{id}/draft",
                EDIT,
                "blueprints-api-discard",
                discard,
            )
            .delete()
            .versioned()
            .asks(one),
            Endpoint::post(
                "/blueprints/{id}/publication",
                EDIT,
                "blueprints-api-publish",
                publish,
            )
            .versioned()
            .asks(one),
            Endpoint::post(
                "/blueprints/{id}/state",
                EDIT,
                "blueprints-api-state",
                set_state,
            )
            .versioned()
            .asks(one)
            .example(|| json!({ "archived": true })),
        ],
    )
    .merge(instructions::endpoints())
}

/// The smallest file that is a visit.
const VISIT: &str = r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
<process id="visit"><startEvent id="s"/><task id="greet" name="Greet"/><endEvent id="e"/>
<sequenceFlow id="a" sourceRef="s" targetRef="greet"/>
<sequenceFlow id="b" sourceRef="greet" targetRef="e"/></process></definitions>"#;

fn one() -> Value {
    json!({ "id": example::BLUEPRINT })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct All {
    /// Those that were put away instead of those in use.
    #[serde(default)]
    archived: bool,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    id: BlueprintId,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OneVersion {
    id: BlueprintId,
    /// The number of a version; without it the draft, else the published one.
    #[schemars(range(min = 1, max = 1_000_000))]
    version: Option<i64>,
}

/// A blueprint to be made out of a BPMN file.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct New {
    /// Its name; without one that of the file.
    name: Option<Bilingual>,
    /// The text of a BPMN 2.0 file: however it is escaped, it fits into a body.
    #[schemars(length(min = 1, max = 150_000))]
    bpmn: String,
}

/// A design that takes the draft's place.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Draft {
    /// The text of a BPMN 2.0 file: however it is escaped, it fits into a body.
    #[schemars(length(min = 1, max = 150_000))]
    bpmn: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewName {
    name: Bilingual,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewState {
    /// Whether it is put away; services and orders that follow it stay.
    archived: bool,
}

/// A designed process without its steps.
#[derive(Serialize, JsonSchema)]
struct Blueprint {
    id: BlueprintId,
    name: Bilingual,
    /// The number of the version that new orders follow.
    published: Option<i64>,
    /// The number of the draft, where somebody has edited since.
    draft: Option<i64>,
    archived: bool,
    version: i64,
}

impl From<model::Blueprint> for Blueprint {
    fn from(blueprint: model::Blueprint) -> Self {
        Self {
            id: blueprint.id,
            name: blueprint.name,
            published: blueprint.published,
            draft: blueprint.draft,
            archived: blueprint.archived,
            version: blueprint.version,
        }
    }
}

#[derive(Serialize, JsonSchema)]
struct List {
    blueprints: Vec<Blueprint>,
}

fn lanes(_: &mut SchemaGenerator) -> Schema {
    words(Lane::ALL.iter().map(|lane| lane.as_str()))
}

/// Something that is done.
#[derive(Serialize, JsonSchema)]
struct Step {
    /// Its name in orders; never changed.
    key: String,
    /// The name of its phase.
    phase: Bilingual,
    #[schemars(schema_with = "lanes")]
    lane: &'static str,
    name: Bilingual,
    /// How long it should take.
    minutes_standard: Option<i64>,
    /// The code of the skill it asks for.
    skill: Option<String>,
}

/// The blueprint, and the steps of its draft, else of its published version.
#[derive(Serialize, JsonSchema)]
struct Shown {
    #[serde(flatten)]
    blueprint: Blueprint,
    steps: Vec<Step>,
}

/// The blueprint after a file was read.
#[derive(Serialize, JsonSchema)]
struct Read {
    #[serde(flatten)]
    blueprint: Blueprint,
    /// What of the file was not kept, or became something else, in words.
    left_out: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Design {
    /// The number of the version.
    number: i64,
    /// The text of a BPMN 2.0 file.
    bpmn: String,
}

fn list(tx: &mut Tx, ctx: &Ctx, all: All) -> Result<List, Fault> {
    let found = queries::blueprints(tx, ctx, all.archived)?.into_iter();
    Ok(List {
        blueprints: found.map(Blueprint::from).collect(),
    })
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Shown, Fault> {
    let blueprint = queries::blueprint(tx, ctx, one.id)?;
    let body = queries::current(tx, ctx, &blueprint)?.body;
    let step = |step: &model::Step| Step {
        key: step.key.clone(),
        phase: phase_name(&body, step),
        lane: step.lane.as_str(),
        name: step.name.clone(),
        minutes_standard: step.minutes_standard,
        skill: step.skill.clone(),
    };
    Ok(Shown {
        blueprint: blueprint.into(),
        steps: body.steps.iter().map(step).collect(),
    })
}

fn design(tx: &mut Tx, ctx: &Ctx, one: OneVersion) -> Result<Design, Fault> {
    let (blueprint, version) = asked_for(tx, ctx, &one)?;
    Ok(Design {
        number: version.number,
        bpmn: bpmn::write(&blueprint.name, &version.body, ctx.locale),
    })
}

/// The blueprint and the version that is asked for.
fn asked_for(
    tx: &mut Tx,
    ctx: &Ctx,
    one: &OneVersion,
) -> Result<(model::Blueprint, Version), Fault> {
    let blueprint = queries::blueprint(tx, ctx, one.id)?;
    let number = one.version.unwrap_or(blueprint.current());
    let missing = || Fault::missing("blueprints-version-missing");
    let version = queries::version(tx, ctx, one.id, number)?.ok_or_else(missing)?;
    Ok((blueprint, version))
}

fn create(tx: &mut Tx, ctx: &Ctx, _: Nothing, new: New) -> Result<Read, Fault> {
    let Imported {
        name,
        body,
        left_out,
    } = bpmn::read(new.bpmn.as_bytes(), ctx.locale)?;
    let name = new.name.unwrap_or_else(|| bpmn::words(&name));
    let made = commands::import(tx, &ctx.unscoped(), NewBlueprint { name, body })?;
    Ok(Read {
        blueprint: made.into(),
        left_out: left_out.iter().map(|text| text.speak(ctx.locale)).collect(),
    })
}

fn draft(tx: &mut Tx, ctx: &Ctx, one: One, new: Draft) -> Result<Read, Fault> {
    let (inner, old) = seen(tx, ctx, one.id)?;
    let read = bpmn::read(new.bpmn.as_bytes(), ctx.locale)?;
    commands::save_draft(tx, &inner, one.id, old.version, read.body)?;
    let left_out = read.left_out.iter();
    Ok(Read {
        blueprint: queries::blueprint(tx, &inner, one.id)?.into(),
        left_out: left_out.map(|text| text.speak(ctx.locale)).collect(),
    })
}

fn rename(tx: &mut Tx, ctx: &Ctx, one: One, new: NewName) -> Result<Blueprint, Fault> {
    let (inner, old) = seen(tx, ctx, one.id)?;
    commands::rename(tx, &inner, one.id, old.version, &new.name)?;
    queries::blueprint(tx, &inner, one.id).map(Blueprint::from)
}

fn discard(tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing) -> Result<Blueprint, Fault> {
    let (inner, old) = seen(tx, ctx, one.id)?;
    commands::discard(tx, &inner, one.id, old.version)?;
    queries::blueprint(tx, &inner, one.id).map(Blueprint::from)
}

fn publish(tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing) -> Result<Blueprint, Fault> {
    let (inner, old) = seen(tx, ctx, one.id)?;
    commands::publish(tx, &inner, one.id, old.version)?;
    queries::blueprint(tx, &inner, one.id).map(Blueprint::from)
}

fn set_state(tx: &mut Tx, ctx: &Ctx, one: One, new: NewState) -> Result<Blueprint, Fault> {
    let (inner, old) = seen(tx, ctx, one.id)?;
    if old.archived != new.archived {
        commands::set_archived(tx, &inner, one.id, old.version, new.archived)?;
    }
    queries::blueprint(tx, &inner, one.id).map(Blueprint::from)
}

/// What the phase of a step is called.
fn phase_name(body: &Body, step: &model::Step) -> Bilingual {
    let phase = body.phases.iter().find(|phase| phase.key == step.phase);
    phase.map(|phase| phase.name.clone()).unwrap_or_default()
}

/// The blueprint as whoever asks expects it; the commands refuse where it changes meanwhile.
fn seen(tx: &mut Tx, ctx: &Ctx, id: BlueprintId) -> Result<(Ctx, model::Blueprint), Fault> {
    let inner = ctx.unscoped();
    let blueprint = queries::blueprint(tx, &inner, id)?;
    tx.seen(blueprint.id, blueprint.version)?;
    Ok((inner, blueprint))
}
