//! What programs may ask about sites, and change.

mod business;
mod hours;
mod regions;

use kernel::{Bilingual, Ctx, Fault, Permission, ids::SiteId};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Endpoint, Endpoints, Nothing, example, words};

use crate::{
    EDIT_SITES, SiteState,
    commands::{self, SiteFields},
    model, queries,
};

/// Every endpoint.
pub(crate) fn endpoints() -> Endpoints {
    let signed_in = Permission::SIGNED_IN;
    Endpoints::new(
        "sites",
        [
            Endpoint::get("/sites", signed_in, "organisation-api-list", list),
            Endpoint::post("/sites", EDIT_SITES, "organisation-api-create", create)
                .creates()
                .named(NAMED)
                .example(|| {
                    json!({
                        "name": { "zh": "湖滨店", "en": "Lakeside" },
                        "zone": "Asia/Shanghai",
                        "currency": "CNY",
                    })
                }),
            Endpoint::get("/sites/{id}", signed_in, "organisation-api-show", show).asks(one),
            Endpoint::post("/sites/{id}", EDIT_SITES, "organisation-api-change", change)
                .patch()
                .versioned()
                .named(NAMED)
                .asks(one)
                .example(|| json!({ "phone": "021 5555 0101" })),
            Endpoint::post(
                "/sites/{id}/state",
                EDIT_SITES,
                "organisation-api-state",
                set_state,
            )
            .versioned()
            .asks(one)
            .example(|| json!({ "state": "open" })),
        ]
        .into_iter()
        .chain(hours::endpoints()),
    )
    .merge(regions::endpoints())
    .merge(business::endpoints())
}

/// What the command calls otherwise.
const NAMED: &[(&str, &str)] = &[
    ("name_zh", "/name/zh"),
    ("name_en", "/name/en"),
    ("kind_zh", "/kind/zh"),
    ("kind_en", "/kind/en"),
];

fn one() -> Value {
    json!({ "id": example::SITE })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    id: SiteId,
}

/// A site to be opened; its hours are those of no day until they are set on its page.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct New {
    name: Bilingual,
    /// Its time zone by its IANA name.
    #[schemars(length(min = 1, max = 60))]
    zone: String,
    /// The currency of its prices by ISO 4217.
    #[schemars(length(equal = 3))]
    currency: String,
}

/// What is to change; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Change {
    name: Option<Bilingual>,
    /// What kind of place it is.
    kind: Option<Bilingual>,
    #[schemars(length(max = 200))]
    address: Option<String>,
    #[schemars(length(max = 40))]
    phone: Option<String>,
    /// Minutes of notice an online booking needs.
    #[schemars(range(min = 0, max = 43_200))]
    notice_minutes: Option<i64>,
    /// Days ahead that bookings are taken.
    #[schemars(range(min = 1, max = 365))]
    horizon_days: Option<i64>,
    /// Minutes before the start until which a guest may cancel or move.
    #[schemars(range(min = 0, max = 43_200))]
    cancel_minutes: Option<i64>,
}

fn states(_: &mut SchemaGenerator) -> Schema {
    words([SiteState::Open, SiteState::Closed].map(SiteState::as_str))
}

/// Whether a site is in business.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewState {
    #[schemars(schema_with = "states")]
    state: String,
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
    /// Minutes of notice an online booking needs.
    notice_minutes: i64,
    /// Days ahead that bookings are taken.
    horizon_days: i64,
    /// Minutes before the start until which a guest may cancel or move.
    cancel_minutes: i64,
    /// Whether it is in business.
    #[schemars(schema_with = "states")]
    state: &'static str,
    version: i64,
}

impl From<model::Site> for Site {
    fn from(site: model::Site) -> Self {
        Self {
            zone: site.zone_name().to_owned(),
            id: site.id,
            name: site.name,
            kind: site.kind,
            address: site.address,
            phone: site.phone,
            currency: site.currency.code().to_owned(),
            slug: site.slug,
            notice_minutes: site.notice_minutes,
            horizon_days: site.horizon_days,
            cancel_minutes: site.cancel_minutes,
            state: site.state.as_str(),
            version: site.version,
        }
    }
}

/// The sites the token may see.
#[derive(Serialize, JsonSchema)]
struct Sites {
    sites: Vec<Site>,
}

fn list(tx: &mut Tx, ctx: &Ctx, _: Nothing) -> Result<Sites, Fault> {
    let all = queries::sites(tx, ctx)?.into_iter();
    let seen = all.filter(|site| site.state == SiteState::Open && ctx.sites.includes(site.id));
    Ok(Sites {
        sites: seen.map(Site::from).collect(),
    })
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Site, Fault> {
    match ctx.sites.includes(one.id) {
        true => queries::site(tx, ctx, one.id).map(Site::from),
        false => Err(Fault::forbidden()),
    }
}

fn create(tx: &mut Tx, ctx: &Ctx, _: Nothing, new: New) -> Result<Site, Fault> {
    let fields = SiteFields::new(new.name, &new.zone, &new.currency);
    commands::create_site(tx, &ctx.unscoped(), fields).map(Site::from)
}

fn change(tx: &mut Tx, ctx: &Ctx, one: One, change: Change) -> Result<Site, Fault> {
    let ctx = &ctx.unscoped();
    ctx.require_at(EDIT_SITES, one.id)?;
    let old = queries::site(tx, ctx, one.id)?;
    tx.seen(old.id, old.version)?;
    let now = SiteFields::of(&old);
    let fields = SiteFields {
        name: change.name.unwrap_or(now.name),
        kind: change.kind.unwrap_or(now.kind),
        address: change.address.unwrap_or(now.address),
        phone: change.phone.unwrap_or(now.phone),
        notice_minutes: change.notice_minutes.unwrap_or(now.notice_minutes),
        horizon_days: change.horizon_days.unwrap_or(now.horizon_days),
        cancel_minutes: change.cancel_minutes.unwrap_or(now.cancel_minutes),
        ..now
    };
    commands::edit_site(tx, ctx, one.id, old.version, fields).map(Site::from)
}

fn set_state(tx: &mut Tx, ctx: &Ctx, one: One, new: NewState) -> Result<Site, Fault> {
    let ctx = &ctx.unscoped();
    ctx.require_at(EDIT_SITES, one.id)?;
    let old = queries::site(tx, ctx, one.id)?;
    tx.seen(old.id, old.version)?;
    let state = SiteState::parse(&new.state);
    if state != old.state {
        commands::set_site_state(tx, ctx, one.id, old.version, state)?;
    }
    queries::site(tx, ctx, one.id).map(Site::from)
}
