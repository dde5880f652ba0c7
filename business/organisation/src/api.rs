//! What programs may ask about sites.

use kernel::{Bilingual, Ctx, Fault, Permission, ids::SiteId};
use schemars::JsonSchema;
use serde::Serialize;
use store::Tx;
use web::api::{Endpoint, Endpoints, Nothing};

use crate::{SiteState, queries};

/// Every endpoint.
pub(crate) fn endpoints() -> Endpoints {
    let list = Endpoint::get(
        "/sites",
        Permission::SIGNED_IN,
        "organisation-api-list",
        list,
    );
    Endpoints::new("sites", [list])
}

/// A place where customers are served.
#[derive(Serialize, JsonSchema)]
struct Site {
    id: SiteId,
    name: Bilingual,
    /// What kind of place it is.
    kind: Bilingual,
    address: String,
    phone: String,
    /// Its time zone by its IANA name.
    zone: String,
    /// The currency of its prices by ISO 4217.
    currency: String,
    /// Its part of a public address.
    slug: String,
}

/// The sites the token may see.
#[derive(Serialize, JsonSchema)]
struct Sites {
    sites: Vec<Site>,
}

fn list(tx: &mut Tx, ctx: &Ctx, _: Nothing) -> Result<Sites, Fault> {
    let all = queries::sites(tx, ctx)?.into_iter();
    let seen = all.filter(|site| site.state == SiteState::Open && ctx.sites.includes(site.id));
    let sites = seen.map(|site| Site {
        zone: site.zone_name().to_owned(),
        id: site.id,
        name: site.name,
        kind: site.kind,
        address: site.address,
        phone: site.phone,
        currency: site.currency.code().to_owned(),
        slug: site.slug,
    });
    Ok(Sites {
        sites: sites.collect(),
    })
}
