//! What programs may ask about services.

use kernel::{
    Bilingual, Ctx, Currency, Fault, Money,
    ids::{ServiceId, SiteId},
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Amount, Endpoint, Endpoints, Nothing, example, words};

use crate::{
    EDIT, VIEW, commands,
    model::{self, Family, Kind, State},
    queries,
};

/// Every endpoint.
pub(crate) fn endpoints() -> Endpoints {
    Endpoints::new(
        "services",
        [
            Endpoint::get("/services", VIEW, "offers-api-list", list)
                .asks(|| json!({ "site": example::SITE })),
            Endpoint::post("/services", EDIT, "offers-api-create", create)
                .creates()
                .named(NAMED)
                .example(|| {
                    json!({
                        "name": { "zh": "护理", "en": "Treatment" },
                        "family": "care",
                        "minutes": 30,
                        "price_minor": 9_800,
                        "currency": "CNY",
                    })
                }),
            Endpoint::get("/services/{id}", VIEW, "offers-api-show", show).asks(one),
            Endpoint::post("/services/{id}", EDIT, "offers-api-change", change)
                .patch()
                .versioned()
                .named(NAMED)
                .asks(one)
                .example(|| json!({ "price_minor": 16_800 })),
            Endpoint::post("/services/{id}/state", EDIT, "offers-api-state", set_state)
                .versioned()
                .asks(one)
                .example(|| json!({ "state": "active" })),
        ],
    )
    .merge(fields::endpoints(
        crate::own::HOLDER,
        ("services", "/services/{id}/fields"),
        ["offers-api-fields", "offers-api-fill"],
        one,
    ))
    .merge(files::endpoints(
        crate::photo::SHELF,
        "services",
        || json!({ "id": example::SERVICE, "file": example::FILE }),
    ))
}

/// What the command calls otherwise.
const NAMED: &[(&str, &str)] = &[
    ("name_zh", "/name/zh"),
    ("name_en", "/name/en"),
    ("text_zh", "/text/zh"),
    ("text_en", "/text/en"),
    ("price", "/price_minor"),
];

fn one() -> Value {
    json!({ "id": example::SERVICE })
}

fn kinds(_: &mut SchemaGenerator) -> Schema {
    words(Kind::ALL.iter().map(|kind| kind.as_str()))
}

fn families(_: &mut SchemaGenerator) -> Schema {
    words(Family::ALL.iter().map(|family| family.as_str()))
}

fn states(_: &mut SchemaGenerator) -> Schema {
    words(State::ALL.iter().map(|state| state.as_str()))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    id: ServiceId,
}

/// What a service is to be; what is left out stays, or is as for every new service.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Wish {
    /// Its short name on lists and in files; chosen for a new one, if not said.
    #[schemars(length(max = 40))]
    code: Option<String>,
    name: Option<Bilingual>,
    /// What it is, for customers.
    text: Option<Bilingual>,
    #[serde(default)]
    #[schemars(schema_with = "kinds")]
    kind: Option<String>,
    #[serde(default)]
    #[schemars(schema_with = "families")]
    family: Option<String>,
    /// How long it takes; a multiple of 5.
    #[schemars(range(min = 0, max = 1440))]
    minutes: Option<i64>,
    /// Price with tax, in minor units.
    #[schemars(range(min = 0, max = 100_000_000_000_i64))]
    price_minor: Option<i64>,
    /// The currency by ISO 4217; for a new service that of the first site, if not said.
    #[schemars(length(equal = 3))]
    currency: Option<String>,
    #[schemars(range(min = 0, max = 1000))]
    tax_permille: Option<i64>,
    /// Where it is offered; empty means at every site.
    #[schemars(length(max = 200))]
    sites: Option<Vec<SiteId>>,
    /// Codes of the skills whoever serves must have.
    #[schemars(length(max = 50))]
    skills: Option<Vec<String>>,
    /// Kinds of rooms and equipment it needs, one of each.
    #[schemars(length(max = 50))]
    resources: Option<Vec<String>>,
    /// Services that can be added to it.
    #[schemars(length(max = 100))]
    add_ons: Option<Vec<ServiceId>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewState {
    #[schemars(schema_with = "states")]
    state: String,
}

impl Wish {
    /// A service with what is wished for.
    fn over(self, old: model::Service) -> Result<model::Service, Fault> {
        let unknown = || Fault::invalid("currency", kernel::Text::key("web-not-choice"));
        let currency = match &self.currency {
            Some(code) => Currency::parse(code).ok_or_else(unknown)?,
            None => old.price.currency,
        };
        let price = self.price_minor.unwrap_or(old.price.minor);
        Ok(model::Service {
            code: self.code.unwrap_or(old.code),
            name: self.name.unwrap_or(old.name),
            text: self.text.unwrap_or(old.text),
            kind: self
                .kind
                .as_deref()
                .and_then(Kind::parse)
                .unwrap_or(old.kind),
            family: self
                .family
                .as_deref()
                .and_then(Family::parse)
                .unwrap_or(old.family),
            minutes: self.minutes.unwrap_or(old.minutes),
            price: Money::new(price, currency),
            tax_permille: self.tax_permille.unwrap_or(old.tax_permille),
            sites: self.sites.unwrap_or(old.sites),
            skills: self.skills.unwrap_or(old.skills),
            resources: self.resources.unwrap_or(old.resources),
            add_ons: self.add_ons.unwrap_or(old.add_ons),
            ..old
        })
    }
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Service, Fault> {
    queries::service(tx, ctx, one.id).map(told)
}

fn create(tx: &mut Tx, ctx: &Ctx, _: Nothing, wish: Wish) -> Result<Service, Fault> {
    let ctx = &ctx.unscoped();
    let first = organisation::sites(tx, ctx)?.into_iter().next();
    let currency = first.map_or(Currency::CNY, |site| site.currency);
    let service = wish.over(model::Service::new(ctx.id(), currency))?;
    commands::save_service(tx, ctx, &service).map(told)
}

fn change(tx: &mut Tx, ctx: &Ctx, one: One, wish: Wish) -> Result<Service, Fault> {
    let ctx = &ctx.unscoped();
    let old = queries::service(tx, ctx, one.id)?;
    tx.seen(old.id, old.version)?;
    commands::save_service(tx, ctx, &wish.over(old)?).map(told)
}

fn set_state(tx: &mut Tx, ctx: &Ctx, one: One, new: NewState) -> Result<Service, Fault> {
    let inner = &ctx.unscoped();
    let old = queries::service(tx, inner, one.id)?;
    tx.seen(old.id, old.version)?;
    let state = State::parse(&new.state).unwrap_or(old.state);
    commands::set_state(tx, inner, one.id, old.version, state)?;
    queries::service(tx, inner, one.id).map(told)
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
    /// On offer or archived.
    #[schemars(schema_with = "states")]
    state: &'static str,
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
        state: service.state.as_str(),
        version: service.version,
    }
}
