//! What programs may ask about services.

use kernel::{
    Bilingual, Ctx, Fault,
    ids::{ServiceId, SiteId},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Amount, Endpoint, Endpoints, example};

use crate::{VIEW, model, queries};

/// Every endpoint.
pub(crate) fn endpoints() -> Endpoints {
    let list = Endpoint::get("/services", VIEW, "offers-api-list", list)
        .asks(|| json!({ "site": example::SITE }));
    Endpoints::new("services", [list])
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Only what is offered at this site.
    site: Option<SiteId>,
}

/// Something on offer.
#[derive(Serialize, JsonSchema)]
struct Service {
    id: ServiceId,
    /// Its short name on lists and in files.
    code: String,
    name: Bilingual,
    /// What it is, for customers.
    text: Bilingual,
    /// `service` or `good`.
    kind: String,
    family: String,
    /// How long it takes.
    minutes: i64,
    /// Price with tax.
    price: Amount,
    /// Tax contained in the price, in permille of the net price.
    tax_permille: i64,
    /// Where it is offered; empty means at every site.
    sites: Vec<SiteId>,
    /// Codes of the skills whoever serves must have.
    skills: Vec<String>,
    /// Kinds of rooms and equipment it needs, one of each.
    resources: Vec<String>,
    /// Services that can be added to it.
    add_ons: Vec<ServiceId>,
    version: i64,
}

/// What is on offer now.
#[derive(Serialize, JsonSchema)]
struct Services {
    services: Vec<Service>,
}

fn list(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<Services, Fault> {
    if let Some(site) = asked.site {
        ctx.require_at(VIEW, site)?;
        organisation::site(tx, ctx, site)?;
    }
    let filter = queries::Filter {
        site: asked.site,
        ..queries::Filter::default()
    };
    let services = queries::services(tx, ctx, &filter)?.into_iter();
    Ok(Services {
        services: services.map(told).collect(),
    })
}

fn told(service: model::Service) -> Service {
    Service {
        id: service.id,
        code: service.code,
        name: service.name,
        text: service.text,
        kind: service.kind.as_str().to_owned(),
        family: service.family.as_str().to_owned(),
        minutes: service.minutes,
        price: service.price.into(),
        tax_permille: service.tax_permille,
        sites: service.sites,
        skills: service.skills,
        resources: service.resources,
        add_ons: service.add_ons,
        version: service.version,
    }
}
