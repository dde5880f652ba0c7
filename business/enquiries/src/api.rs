//! Enquiries and complaints, for programs.

mod hands;
mod targets;

use kernel::{
    Ctx, Fault, TimeZone,
    ids::{OrderId, SiteId, UserId},
};
use orders::{Kind, NewOrder};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Endpoint, Endpoints, Moment, Nothing, example, words};

use crate::{
    EDIT, VIEW,
    commands::{self, NewEnquiry},
    model::{Enquiry, Level},
    queries::{self, Filter, Tray},
};

/// Every endpoint.
pub(crate) fn endpoints() -> Endpoints {
    Endpoints::new(
        "enquiries",
        [
            Endpoint::get("/enquiries", VIEW, "enquiries-api-list", list),
            Endpoint::post("/enquiries", EDIT, "enquiries-api-open", open)
                .creates()
                .example(|| {
                    json!({
                        "site": example::SITE,
                        "kind": "complaint",
                        "text": "The colour came out too dark.",
                        "customer": { "id": example::CUSTOMER },
                        "level": "high",
                    })
                }),
            Endpoint::get("/enquiries/{id}", VIEW, "enquiries-api-show", show).asks(one),
            Endpoint::post("/enquiries/{id}/owner", EDIT, "enquiries-api-take", take)
                .versioned()
                .asks(one),
            Endpoint::post("/enquiries/{id}/level", EDIT, "enquiries-api-level", level)
                .versioned()
                .asks(one)
                .example(|| json!({ "level": "urgent" })),
            Endpoint::post(
                "/enquiries/{id}/outcome",
                EDIT,
                "enquiries-api-close",
                close,
            )
            .versioned()
            .asks(one)
            .example(|| json!({ "outcome": "Coloured anew, free of charge." })),
            Endpoint::post(
                "/enquiries/{id}/reopening",
                EDIT,
                "enquiries-api-reopen",
                reopen,
            )
            .versioned()
            .asks(one),
        ],
    )
    .merge(hands::endpoints())
    .merge(targets::endpoints())
}

fn one() -> Value {
    json!({ "id": example::ENQUIRY })
}

fn kinds(_: &mut SchemaGenerator) -> Schema {
    words([Kind::Enquiry, Kind::Complaint].map(Kind::as_str))
}

fn levels(_: &mut SchemaGenerator) -> Schema {
    words(Level::ALL.map(Level::as_str))
}

fn trays(_: &mut SchemaGenerator) -> Schema {
    words(Tray::ALL.map(Tray::as_str))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    /// The order that it is.
    id: OrderId,
}

/// Which enquiries, those due first; answered ones the latest first.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Open ones of whoever asks, of nobody, late ones, every open one, or answered ones; every
    /// open one, if not said.
    #[serde(default)]
    #[schemars(schema_with = "trays")]
    tray: Option<String>,
    /// Part of the number or of what was asked.
    #[schemars(length(max = 80))]
    q: Option<String>,
    #[serde(default)]
    #[schemars(schema_with = "kinds")]
    kind: Option<String>,
    #[serde(default)]
    #[schemars(schema_with = "levels")]
    level: Option<String>,
    site: Option<SiteId>,
}

/// An enquiry or a complaint to be written down.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct New {
    site: SiteId,
    /// `enquiry` if not said.
    #[serde(default)]
    #[schemars(schema_with = "kinds")]
    kind: Option<String>,
    /// What was asked.
    #[schemars(length(min = 1, max = 2000))]
    text: String,
    customer: Option<customers::Who>,
    /// How urgent; `normal` if not said.
    #[serde(default)]
    #[schemars(schema_with = "levels")]
    level: Option<String>,
    /// The number of the order complained of.
    #[schemars(length(max = 20))]
    about: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewLevel {
    #[schemars(schema_with = "levels")]
    level: String,
}

/// How it ended.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Outcome {
    #[schemars(length(min = 1, max = 500))]
    outcome: String,
}

/// What somebody asks or complains of. Who asked stands at the order of this id.
#[derive(Serialize, JsonSchema)]
struct Told {
    id: OrderId,
    site: SiteId,
    /// The number as people read it.
    code: String,
    #[schemars(schema_with = "kinds")]
    kind: &'static str,
    #[schemars(schema_with = "levels")]
    level: &'static str,
    /// The beginning of what was asked; the whole stands with its notes.
    text: String,
    opened: Moment,
    /// By when it is answered.
    due: Moment,
    /// Who answers it.
    owner: Option<UserId>,
    /// The order complained of.
    about: Option<OrderId>,
    closed: Option<Moment>,
    /// How it ended.
    outcome: Option<String>,
    version: i64,
}

#[derive(Serialize, JsonSchema)]
struct List {
    enquiries: Vec<Told>,
}

fn told(enquiry: Enquiry, zone: &TimeZone) -> Told {
    let moment = |at| Moment::new(at, zone);
    Told {
        id: enquiry.order,
        site: enquiry.site,
        code: enquiry.code,
        kind: enquiry.kind.as_str(),
        level: enquiry.level.as_str(),
        text: enquiry.matter,
        opened: moment(enquiry.opened),
        due: moment(enquiry.due),
        owner: enquiry.owner.map(|owner| owner.id),
        about: enquiry.about,
        closed: enquiry.closed.as_ref().map(|closed| moment(closed.at)),
        outcome: enquiry.closed.map(|closed| closed.outcome),
        version: enquiry.version,
    }
}

fn list(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<List, Fault> {
    let filter = Filter {
        chosen: asked.tray.as_deref().map(Tray::parse).unwrap_or_default(),
        text: asked.q.unwrap_or_default(),
        kind: asked.kind.as_deref().and_then(Kind::parse),
        level: asked.level.as_deref().and_then(Level::parse),
        site: asked.site,
    };
    let me = match &ctx.actor {
        kernel::Actor::User { id, .. } => Some(*id),
        kernel::Actor::Guest | kernel::Actor::System => None,
    };
    let found = queries::enquiries(tx, ctx, &filter, me)?;
    let sites = organisation::sites(tx, &ctx.unscoped())?;
    let zone = |id| sites.iter().find(|site| site.id == id);
    let enquiries = found.into_iter().map(|one| {
        let zone = zone(one.site).map_or(TimeZone::UTC, |site| site.zone.clone());
        told(one, &zone)
    });
    Ok(List {
        enquiries: enquiries.collect(),
    })
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    let enquiry = queries::enquiry(tx, inner, one.id)?;
    let zone = organisation::site(tx, inner, enquiry.site)?.zone;
    Ok(told(enquiry, &zone))
}

fn open(tx: &mut Tx, ctx: &Ctx, _: Nothing, new: New) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    let kind = new.kind.as_deref().and_then(Kind::parse);
    let who = new.customer.as_ref();
    let order = NewOrder {
        customer: who.map(|who| who.find(tx, inner)).transpose()?,
        note: new.text,
        ..NewOrder::new(new.site, kind.unwrap_or(Kind::Enquiry))
    };
    let level = new.level.as_deref().and_then(Level::parse);
    let enquiry = NewEnquiry {
        order,
        level: level.unwrap_or(Level::Normal),
        about: new.about.unwrap_or_default(),
    };
    let id = commands::open(tx, inner, &enquiry)?.order;
    show(tx, ctx, One { id })
}

/// Runs a command. Where a version was expected, it is the one found before, and nothing but the
/// command came after it: once the command is through, the row is locked.
fn act(
    tx: &mut Tx,
    ctx: &Ctx,
    one: One,
    command: impl FnOnce(&mut Tx, &Ctx, i64) -> Result<(), Fault>,
) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    let is_expected = tx.expects();
    let version = queries::enquiry(tx, inner, one.id)?.version;
    tx.seen(one.id, version)?;
    command(tx, inner, version)?;
    let told = show(tx, ctx, one)?;
    match is_expected && told.version > version + 1 {
        true => Err(Fault::stale()),
        false => Ok(told),
    }
}

fn take(tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing) -> Result<Told, Fault> {
    let id = one.id;
    act(tx, ctx, one, |tx, ctx, _| commands::take(tx, ctx, id))
}

fn level(tx: &mut Tx, ctx: &Ctx, one: One, new: NewLevel) -> Result<Told, Fault> {
    let id = one.id;
    let level = Level::parse(&new.level).unwrap_or(Level::Normal);
    act(tx, ctx, one, |tx, ctx, version| {
        commands::set_level(tx, ctx, id, (version, level))
    })
}

fn close(tx: &mut Tx, ctx: &Ctx, one: One, how: Outcome) -> Result<Told, Fault> {
    let id = one.id;
    act(tx, ctx, one, |tx, ctx, _| {
        commands::close(tx, ctx, id, &how.outcome)
    })
}

fn reopen(tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing) -> Result<Told, Fault> {
    let id = one.id;
    act(tx, ctx, one, |tx, ctx, _| commands::reopen(tx, ctx, id))
}
