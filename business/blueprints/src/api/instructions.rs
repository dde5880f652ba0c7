//! Work instructions, for programs: what is to be done in each step.

use kernel::{Bilingual, Ctx, Fault, ids::BlueprintId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Endpoint, Endpoints, example};

use super::{Blueprint, OneVersion, asked_for, lanes, one, phase_name, seen};
use crate::{
    EDIT, VIEW, commands,
    model::{Body, Edit, Step, StepFields},
    queries,
};

/// What the commands call otherwise.
const NAMED: &[(&str, &str)] = &[
    ("touchpoint_zh", "/touchpoint"),
    ("checklist", "/checklist"),
    ("fail_zh", "/fail_point"),
    ("remedy_zh", "/remedy"),
];

/// Every endpoint of work instructions.
pub(super) fn endpoints() -> Endpoints {
    let step = "/blueprints/{id}/steps/{key}";
    Endpoints::new(
        "blueprints",
        [
            Endpoint::get(
                "/blueprints/{id}/work-instructions",
                VIEW,
                "blueprints-api-instructions",
                list,
            )
            .asks(one),
            Endpoint::post(step, EDIT, "blueprints-api-instruct", instruct)
                .patch()
                .versioned()
                .named(NAMED)
                .asks(|| json!({ "id": example::BLUEPRINT, "key": "step-1" }))
                .example(|| {
                    json!({
                        "checklist": [{ "zh": "称呼客人姓名", "en": "Greet by name" }],
                        "fail_point": { "zh": "无人应门", "en": "Nobody opens" },
                        "remedy": { "zh": "打电话", "en": "Call them" },
                    })
                }),
        ],
    )
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OneStep {
    id: BlueprintId,
    /// The step's name in orders.
    #[schemars(length(min = 1, max = 40))]
    key: String,
}

/// What is to change in the draft; what is left out stays, an empty text takes away what was said.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Change {
    /// Where business and customer meet in it.
    touchpoint: Option<Bilingual>,
    /// What to do in it, point by point.
    #[schemars(length(max = 20))]
    checklist: Option<Vec<Bilingual>>,
    /// What may go wrong.
    fail_point: Option<Bilingual>,
    /// What to do when it does.
    remedy: Option<Bilingual>,
}

/// What is to be done in a step, and by whom.
#[derive(Serialize, JsonSchema)]
struct Instructions {
    key: String,
    /// The name of its phase.
    phase: Bilingual,
    #[schemars(schema_with = "lanes")]
    lane: &'static str,
    name: Bilingual,
    /// Where business and customer meet in it.
    touchpoint: Bilingual,
    /// How long it should take.
    minutes_standard: Option<i64>,
    /// The code of the skill it asks for; null where anybody may do it.
    skill: Option<String>,
    /// What to do in it, point by point.
    checklist: Vec<Bilingual>,
    /// What may go wrong.
    fail_point: Option<Bilingual>,
    /// What to do when it does.
    remedy: Option<Bilingual>,
}

fn told(body: &Body, step: &Step) -> Instructions {
    let step = step.clone();
    Instructions {
        phase: phase_name(body, &step),
        key: step.key,
        lane: step.lane.as_str(),
        name: step.name,
        touchpoint: step.touchpoint,
        minutes_standard: step.minutes_standard,
        skill: step.skill,
        checklist: step.checklist,
        fail_point: step.fail_point,
        remedy: step.remedy,
    }
}

/// The blueprint, and what is to be done in the steps in which somebody has work.
#[derive(Serialize, JsonSchema)]
struct List {
    #[serde(flatten)]
    blueprint: Blueprint,
    /// The number of the version that is told of.
    number: i64,
    steps: Vec<Instructions>,
}

/// The blueprint, and what is to be done in one of its steps.
#[derive(Serialize, JsonSchema)]
struct One {
    #[serde(flatten)]
    blueprint: Blueprint,
    step: Instructions,
}

fn list(tx: &mut Tx, ctx: &Ctx, one: OneVersion) -> Result<List, Fault> {
    let (blueprint, version) = asked_for(tx, ctx, &one)?;
    let body = version.body;
    let work = body.work_steps().into_iter();
    Ok(List {
        blueprint: blueprint.into(),
        number: version.number,
        steps: work.map(|step| told(&body, step)).collect(),
    })
}

fn instruct(tx: &mut Tx, ctx: &Ctx, one: OneStep, change: Change) -> Result<One, Fault> {
    let (inner, old) = seen(tx, ctx, one.id)?;
    let missing = || Fault::missing("blueprints-step-missing");
    let body = queries::current(tx, &inner, &old)?.body;
    let step = body.step(&one.key).ok_or_else(missing)?;
    let edit = Edit::ChangeStep {
        key: one.key.clone(),
        fields: Box::new(changed(step.clone(), change)),
    };
    commands::edit(tx, &inner, one.id, old.version, edit)?;
    let blueprint = queries::blueprint(tx, &inner, one.id)?;
    let body = queries::current(tx, &inner, &blueprint)?.body;
    let step = body.step(&one.key).ok_or_else(missing)?;
    Ok(One {
        step: told(&body, step),
        blueprint: blueprint.into(),
    })
}

fn changed(mut step: Step, change: Change) -> StepFields {
    let said = |text: Bilingual| Some(text).filter(|text| !text.is_empty());
    if let Some(touchpoint) = change.touchpoint {
        step.touchpoint = touchpoint;
    }
    if let Some(checklist) = change.checklist {
        step.checklist = checklist;
    }
    if let Some(fail_point) = change.fail_point {
        step.fail_point = said(fail_point);
    }
    if let Some(remedy) = change.remedy {
        step.remedy = said(remedy);
    }
    StepFields::from(step)
}
