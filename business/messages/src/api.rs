//! What customers were told, and in which words, for programs.

mod settings;
mod unreachable;
mod wordings;

use std::collections::BTreeMap;

use kernel::{
    Ctx, Fault, Locale, TimeZone, Timestamp,
    ids::{CustomerId, MessageId, OrderId, SiteId},
};
use people::Sight;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Cursor, Endpoint, Endpoints, Moment, Nothing, cut, example, opaque, plain, words};

use crate::{
    EDIT, VIEW, commands,
    model::{Message, Occasion, Stage, Way},
    queries,
};

/// Every endpoint.
pub(crate) fn endpoints() -> Endpoints {
    Endpoints::new(
        "messages",
        [
            Endpoint::get("/messages", VIEW, "messages-api-list", list),
            Endpoint::get("/messages/{id}", VIEW, "messages-api-show", show)
                .traced()
                .asks(one),
            Endpoint::post(
                "/messages/{id}/sending",
                EDIT,
                "messages-api-send",
                send_again,
            )
            .asks(one),
        ],
    )
    .merge(unreachable::endpoints())
    .merge(wordings::endpoints())
    .merge(settings::endpoints())
}

fn one() -> Value {
    json!({ "id": example::MESSAGE })
}

fn states(_: &mut SchemaGenerator) -> Schema {
    words(Stage::ALL.iter().map(|stage| stage.as_str()))
}

fn occasions(_: &mut SchemaGenerator) -> Schema {
    words(Occasion::ALL.iter().map(|occasion| occasion.as_str()))
}

fn ways(_: &mut SchemaGenerator) -> Schema {
    words(Way::ALL.iter().map(|way| way.as_str()))
}

fn languages(_: &mut SchemaGenerator) -> Schema {
    words([Locale::En.tag(), Locale::ZhCn.tag()])
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    id: MessageId,
}

/// Which messages, the newest first.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Only those that stand there.
    #[serde(default)]
    #[schemars(schema_with = "states")]
    state: Option<String>,
    /// Where the page before ended.
    cursor: Option<String>,
    /// The most messages of this page; 50 if not said.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<i64>,
}

/// A message to a customer.
#[derive(Serialize, JsonSchema)]
struct Told {
    id: MessageId,
    #[schemars(schema_with = "occasions")]
    occasion: &'static str,
    #[schemars(schema_with = "ways")]
    way: &'static str,
    #[schemars(schema_with = "states")]
    state: &'static str,
    site: Option<SiteId>,
    /// The order it is about.
    order: Option<OrderId>,
    customer: Option<CustomerId>,
    #[schemars(schema_with = "languages")]
    language: &'static str,
    /// The address or number, masked.
    recipient: String,
    subject: String,
    /// How often it was tried.
    attempts: i64,
    written: Moment,
    /// When it is sent, or tried again.
    due: Moment,
    sent: Option<Moment>,
    /// Why it was not sent, or came back.
    reason: Option<String>,
}

/// A message with what it says.
#[derive(Serialize, JsonSchema)]
struct Full {
    #[serde(flatten)]
    message: Told,
    /// The address or number: in full with the scope `customers.phone`, else masked.
    to: String,
    body: String,
    /// Why nothing is sent to its address any more, as the other side said.
    unreachable: Option<String>,
}

/// A page of messages.
#[derive(Serialize, JsonSchema)]
struct List {
    messages: Vec<Told>,
    /// For the next page; null on the last one.
    next_cursor: Option<String>,
}

/// The last message of a page.
struct After(Timestamp, MessageId);

impl Cursor for After {
    fn read(text: &str) -> Option<Self> {
        let text = plain(text)?;
        let (at, id) = text.split_once(' ')?;
        let at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
        Some(Self(at, MessageId::parse(id)?))
    }
}

type Zones = BTreeMap<SiteId, TimeZone>;

/// The clocks that times are told by.
fn zones(tx: &mut Tx, ctx: &Ctx) -> Result<Zones, Fault> {
    let sites = organisation::sites(tx, &ctx.unscoped())?.into_iter();
    Ok(sites.map(|site| (site.id, site.zone)).collect())
}

fn told(message: &Message, zones: &Zones) -> Told {
    let zone = message.site.and_then(|site| zones.get(&site));
    let moment = |at| zone.map_or(Moment::utc(at), |zone| Moment::new(at, zone));
    Told {
        id: message.id,
        occasion: message.occasion.as_str(),
        way: message.way.as_str(),
        state: message.stage.as_str(),
        site: message.site,
        order: message.order,
        customer: message.customer,
        language: message.locale.tag(),
        recipient: message.recipient_masked(),
        subject: message.subject.clone(),
        attempts: message.attempts,
        written: moment(message.created),
        due: moment(message.due),
        sent: message.sent.map(moment),
        reason: message.reason.clone(),
    }
}

fn list(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<List, Fault> {
    let limit = asked.limit.unwrap_or(queries::PAGE_SIZE);
    let after = After::asked(asked.cursor.as_deref())?;
    let after = after.map(|After(at, id)| (at, id));
    let stage = asked.state.as_deref().and_then(Stage::parse);
    let mut found = queries::messages_page(tx, ctx, (stage, after), limit + 1)?;
    let more = cut(&mut found, limit);
    let zones = zones(tx, ctx)?;
    let last = found.last().filter(|_| more);
    let next = |last: &Message| opaque(&format!("{} {}", last.created.as_microsecond(), last.id));
    Ok(List {
        next_cursor: last.map(next),
        messages: found.iter().map(|message| told(message, &zones)).collect(),
    })
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Full, Fault> {
    let message = queries::message(tx, &ctx.unscoped(), one.id)?;
    if let Some(customer) = message.customer {
        people::keep_sight(tx, ctx, &Sight::page(customer))?;
    }
    let unreachable = match message.way {
        Way::Mail if ctx.may(customers::VIEW) => {
            customers::unreachable(tx, ctx, &message.recipient)?
        }
        _ => None,
    };
    let zones = zones(tx, ctx)?;
    Ok(Full {
        to: match ctx.may(customers::PHONE) {
            true => message.recipient.clone(),
            false => message.recipient_masked(),
        },
        unreachable: unreachable.map(|mark| mark.reason),
        message: told(&message, &zones),
        body: message.body,
    })
}

fn send_again(tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    commands::send_again(tx, inner, one.id)?;
    let message = queries::message(tx, inner, one.id)?;
    let zones = zones(tx, ctx)?;
    Ok(told(&message, &zones))
}
