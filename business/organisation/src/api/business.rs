//! The business itself, for programs.

use kernel::{Bilingual, Ctx, Fault, Permission, ids::OrganisationId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Endpoint, Endpoints, Nothing};

use crate::{EDIT_ORGANISATION, commands, logo::LOGO, model::Organisation, queries};

/// Every endpoint of the business itself.
pub(super) fn endpoints() -> Endpoints {
    let (signed_in, edit) = (Permission::SIGNED_IN, EDIT_ORGANISATION);
    let path = "/organisation";
    Endpoints::new(
        "organisation",
        [
            Endpoint::get(path, signed_in, "organisation-api-business", show),
            Endpoint::post(path, edit, "organisation-api-business-change", change)
                .patch()
                .versioned()
                .named(super::NAMED)
                .example(|| json!({ "brand": "#2d6a9b" })),
        ],
    )
    .merge(files::endpoints(
        LOGO,
        "organisation",
        || json!({ "file": web::api::example::FILE }),
    ))
}

/// What is to change; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Change {
    name: Option<Bilingual>,
    /// Its colour on guests' pages, such as `#2d6a9b`.
    #[schemars(length(equal = 7))]
    brand: Option<String>,
    /// Its part of public addresses; the former one keeps leading here.
    #[schemars(length(min = 1, max = 40))]
    slug: Option<String>,
}

/// The business.
#[derive(Serialize, JsonSchema)]
struct Business {
    id: OrganisationId,
    name: Bilingual,
    /// Its colour on guests' pages.
    brand: String,
    /// Its part of public addresses.
    slug: String,
    version: i64,
}

impl From<Organisation> for Business {
    fn from(organisation: Organisation) -> Self {
        Self {
            id: organisation.id,
            name: organisation.name,
            brand: organisation.brand,
            slug: organisation.slug,
            version: organisation.version,
        }
    }
}

fn show(tx: &mut Tx, ctx: &Ctx, _: Nothing) -> Result<Business, Fault> {
    queries::organisation(tx, ctx.org).map(Business::from)
}

fn change(tx: &mut Tx, ctx: &Ctx, _: Nothing, change: Change) -> Result<Business, Fault> {
    let before = queries::organisation(tx, ctx.org)?;
    tx.seen(ctx.org, before.version)?;
    let wanted = Organisation {
        name: change.name.unwrap_or(before.name.clone()),
        brand: change.brand.unwrap_or(before.brand.clone()),
        slug: change.slug.unwrap_or(before.slug.clone()),
        ..before
    };
    commands::edit_organisation(tx, &ctx.unscoped(), &wanted).map(Business::from)
}
