//! What goes in and out.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use web::api::{Moment, words};

use crate::model::{Delivery, DeliveryId, Stage, State, Webhook, WebhookId};

fn states(_: &mut SchemaGenerator) -> Schema {
    words(State::ALL.iter().map(|state| state.as_str()))
}

fn stages(_: &mut SchemaGenerator) -> Schema {
    words(Stage::ALL.iter().map(|stage| stage.as_str()))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct One {
    pub id: WebhookId,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OneDelivery {
    pub id: WebhookId,
    pub delivery: DeliveryId,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    pub id: WebhookId,
    /// Only those that stand there.
    #[schemars(schema_with = "stages")]
    #[serde(default)]
    pub state: Option<String>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// The most deliveries of this page; 50 if not said.
    #[schemars(range(min = 1, max = 200))]
    pub limit: Option<i64>,
}

/// A webhook to be made.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct New {
    /// Where facts are posted to: `https://…`.
    #[schemars(length(min = 10, max = 500))]
    pub url: String,
    /// Nouns such as `order`, or activities such as `ticket.called`; every fact, if none is said.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub kinds: Vec<String>,
}

/// What is to change; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    #[schemars(length(min = 10, max = 500))]
    pub url: Option<String>,
    #[schemars(length(max = 50))]
    pub kinds: Option<Vec<String>>,
}

/// Which deliveries are sent once more.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Replay {
    /// Those written from here on.
    pub from: Moment,
    /// And before here.
    pub until: Moment,
    /// Those that arrived, too; only those that were given up, if not said.
    #[serde(default)]
    pub delivered: bool,
}

/// A program that is told what happens.
#[derive(Serialize, JsonSchema)]
pub(super) struct Told {
    id: WebhookId,
    url: String,
    kinds: Vec<String>,
    #[schemars(schema_with = "states")]
    state: &'static str,
    /// Since when nothing is taken.
    failing_since: Option<Moment>,
    /// When what was not taken is tried again.
    retry_at: Option<Moment>,
    /// The place in the journal up to which it was told, or is on its way to be.
    heard: i64,
    created: Moment,
    version: i64,
}

impl From<Webhook> for Told {
    fn from(webhook: Webhook) -> Self {
        Self {
            id: webhook.id,
            url: webhook.url,
            kinds: webhook.kinds,
            state: webhook.state.as_str(),
            failing_since: webhook.failing_since.map(Moment::utc),
            retry_at: webhook.retry_at.map(Moment::utc),
            heard: webhook.heard,
            created: Moment::utc(webhook.created),
            version: webhook.version,
        }
    }
}

/// The same with its key, told when it is made and never again.
#[derive(Serialize, JsonSchema)]
pub(super) struct Made {
    #[serde(flatten)]
    webhook: Told,
    /// The key that signs: `whsec_…`. Null where a call is repeated; a new one is to be had under
    /// `/key`.
    secret: Option<String>,
}

impl From<Webhook> for Made {
    fn from(webhook: Webhook) -> Self {
        Self {
            secret: Some(webhook.secret.clone()),
            webhook: Told::from(webhook),
        }
    }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct List {
    pub webhooks: Vec<Told>,
}

/// One fact on its way.
#[derive(Serialize, JsonSchema)]
pub(super) struct DeliveryTold {
    /// The `webhook-id` of every attempt.
    id: DeliveryId,
    /// Its place in the journal; 0 for a test.
    seq: i64,
    activity: String,
    #[schemars(schema_with = "stages")]
    state: &'static str,
    attempts: i64,
    created: Moment,
    /// When it was tried last.
    tried: Option<Moment>,
    /// What the other side answered then.
    status: Option<i64>,
    /// After how many milliseconds.
    answer_ms: Option<i64>,
    /// Why it was not taken.
    reason: Option<String>,
}

impl From<Delivery> for DeliveryTold {
    fn from(one: Delivery) -> Self {
        Self {
            id: one.id,
            seq: one.place,
            activity: one.activity,
            state: one.stage.as_str(),
            attempts: one.attempts,
            created: Moment::utc(one.created),
            tried: one.tried.map(Moment::utc),
            status: one.status,
            answer_ms: one.answer_ms,
            reason: one.reason,
        }
    }
}

/// One fact on its way, with what is sent.
#[derive(Serialize, JsonSchema)]
pub(super) struct DeliveryShown {
    #[serde(flatten)]
    delivery: DeliveryTold,
    /// The body of every attempt, letter by letter as it is signed.
    body: String,
}

impl From<Delivery> for DeliveryShown {
    fn from(one: Delivery) -> Self {
        Self {
            body: one.body.clone(),
            delivery: DeliveryTold::from(one),
        }
    }
}

/// Deliveries, newest first.
#[derive(Serialize, JsonSchema)]
pub(super) struct Deliveries {
    pub deliveries: Vec<DeliveryTold>,
    /// For the next page; null on the last one.
    pub next_cursor: Option<String>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Sent {
    /// The delivery that was written down; what became of it stands there.
    pub delivery: DeliveryId,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Replayed {
    /// How many are sent once more.
    pub count: i64,
}
