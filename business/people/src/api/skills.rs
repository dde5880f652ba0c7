//! What staff can do, for programs.

use kernel::{Bilingual, Ctx, Fault};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Endpoint, Endpoints, Nothing};

use crate::{EDIT_STAFF, VIEW_STAFF, commands, queries};

/// Every endpoint of skills; who has them stands at the staff.
pub(super) fn endpoints() -> Endpoints {
    let named: &[(&str, &str)] = &[("skill_code", "/code"), ("skill_name", "/name")];
    Endpoints::new(
        "staff",
        [
            Endpoint::get("/skills", VIEW_STAFF, "people-api-skills", list),
            Endpoint::post("/skills", EDIT_STAFF, "people-api-skill", save)
                .named(named)
                .example(
                    || json!({ "code": "colour", "name": { "zh": "染发", "en": "Colouring" } }),
                ),
        ],
    )
}

/// Something staff can do.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Skill {
    /// Small letters, digits, hyphens and underscores; it stays.
    #[schemars(length(min = 1, max = 40), regex(pattern = "^[a-z0-9_-]+$"))]
    code: String,
    name: Bilingual,
}

#[derive(Serialize, JsonSchema)]
struct Skills {
    skills: Vec<Skill>,
}

fn list(tx: &mut Tx, ctx: &Ctx, _: Nothing) -> Result<Skills, Fault> {
    let skills = queries::skills(tx, ctx)?.into_iter();
    let told = skills.map(|skill| Skill {
        code: skill.code,
        name: skill.name,
    });
    Ok(Skills {
        skills: told.collect(),
    })
}

fn save(tx: &mut Tx, ctx: &Ctx, _: Nothing, skill: Skill) -> Result<Skill, Fault> {
    commands::save_skill(tx, &ctx.unscoped(), &skill.code, &skill.name)?;
    Ok(skill)
}
