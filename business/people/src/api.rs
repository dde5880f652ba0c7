//! What programs may ask about staff.

use kernel::{
    Ctx, Fault,
    ids::{SiteId, StaffId},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Endpoint, Endpoints, example};

use crate::{VIEW_STAFF, queries};

/// Every endpoint.
pub(crate) fn endpoints() -> Endpoints {
    let list = Endpoint::get("/staff", VIEW_STAFF, "people-api-list", list)
        .asks(|| json!({ "site": example::SITE }));
    Endpoints::new("staff", [list])
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Only those who serve at this site.
    site: Option<SiteId>,
}

/// Somebody who serves.
#[derive(Serialize, JsonSchema)]
struct Member {
    id: StaffId,
    name: String,
    /// How the name is read, in Latin letters; may be empty.
    reading: String,
    /// Where they serve, the home site first.
    sites: Vec<SiteId>,
    /// Codes of what they can do.
    skills: Vec<String>,
    version: i64,
}

/// Those who serve now.
#[derive(Serialize, JsonSchema)]
struct Staff {
    staff: Vec<Member>,
}

fn list(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<Staff, Fault> {
    ctx.require(VIEW_STAFF)?;
    let people = match asked.site {
        Some(site) => {
            ctx.require_at(VIEW_STAFF, site)?;
            organisation::site(tx, ctx, site)?;
            queries::staff_at(tx, ctx, site)?
        }
        None => queries::staff(tx, ctx)?,
    };
    let here = people.into_iter().filter(|member| {
        member.active && member.sites.iter().any(|site| ctx.sites.includes(*site))
    });
    let staff = here.map(|member| Member {
        id: member.id,
        name: member.name,
        reading: member.reading,
        sites: member.sites,
        skills: member.skills,
        version: member.version,
    });
    Ok(Staff {
        staff: staff.collect(),
    })
}
