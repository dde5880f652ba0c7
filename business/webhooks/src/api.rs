//! Webhooks, for programs that set up their own.

mod wire;

use kernel::{Ctx, Fault};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Cursor as _, Endpoint, Endpoints, Nothing, cut, example};

use crate::{
    MANAGE,
    commands::{self, Range, Wish},
    model::{Stage, Webhook, WebhookId},
    queries::{self, Cursor},
};
use wire::{
    Asked, Change, Deliveries, DeliveryShown, DeliveryTold, List, Made, New, One, OneDelivery,
    Replay, Replayed, Sent, Told,
};

/// Every endpoint.
pub(crate) fn endpoints() -> Endpoints {
    let act = |path, words, run: fn(&mut Tx, &Ctx, WebhookId) -> Result<Webhook, Fault>| {
        let run = move |tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing| {
            let seen = queries::webhook(tx, ctx, one.id)?;
            tx.seen(seen.id, seen.version)?;
            run(tx, ctx, one.id).map(Told::from)
        };
        Endpoint::post(path, MANAGE, words, run)
            .versioned()
            .asks(one)
    };
    Endpoints::new(
        "webhooks",
        [
            Endpoint::get("/webhooks", MANAGE, "webhooks-api-list", list),
            Endpoint::post("/webhooks", MANAGE, "webhooks-api-create", create)
                .creates()
                .told_once("secret")
                .example(|| json!({ "url": "https://steward.example/in", "kinds": ["order"] })),
            Endpoint::get("/webhooks/{id}", MANAGE, "webhooks-api-show", show).asks(one),
            Endpoint::post("/webhooks/{id}", MANAGE, "webhooks-api-change", change)
                .patch()
                .versioned()
                .asks(one)
                .example(|| json!({ "kinds": ["order", "ticket.called"] })),
            act("/webhooks/{id}", "webhooks-api-remove", commands::remove).delete(),
            act(
                "/webhooks/{id}/pause",
                "webhooks-api-pause",
                commands::pause,
            ),
            act(
                "/webhooks/{id}/resumption",
                "webhooks-api-resume",
                commands::resume,
            ),
            Endpoint::post("/webhooks/{id}/key", MANAGE, "webhooks-api-key", change_key)
                .told_once("secret")
                .asks(one),
            Endpoint::post("/webhooks/{id}/test", MANAGE, "webhooks-api-test", test).asks(one),
        ],
    )
    .merge(sent())
}

/// What was sent, and sending it once more.
fn sent() -> Endpoints {
    let (of, single, again) = (
        "/webhooks/{id}/deliveries",
        "/webhooks/{id}/deliveries/{delivery}",
        "/webhooks/{id}/deliveries/{delivery}/replay",
    );
    Endpoints::new(
        "webhooks",
        [
            Endpoint::get(of, MANAGE, "webhooks-api-deliveries", deliveries).asks(one),
            Endpoint::get(single, MANAGE, "webhooks-api-delivery", delivery).asks(one_delivery),
            Endpoint::post(again, MANAGE, "webhooks-api-replay", replay).asks(one_delivery),
            Endpoint::post(
                "/webhooks/{id}/replays",
                MANAGE,
                "webhooks-api-replays",
                replays,
            )
            .asks(one)
            .example(|| json!({ "from": "2026-11-20T09:00:00+08:00", "until": example::START })),
        ],
    )
}

fn one() -> Value {
    json!({ "id": example::WEBHOOK })
}

fn one_delivery() -> Value {
    json!({ "id": example::WEBHOOK, "delivery": example::DELIVERY })
}

fn list(tx: &mut Tx, ctx: &Ctx, _: Nothing) -> Result<List, Fault> {
    let webhooks = queries::webhooks(tx, ctx)?.into_iter();
    Ok(List {
        webhooks: webhooks.map(Told::from).collect(),
    })
}

fn create(tx: &mut Tx, ctx: &Ctx, _: Nothing, new: New) -> Result<Made, Fault> {
    let wish = Wish {
        url: new.url,
        kinds: new.kinds,
    };
    commands::create(tx, ctx, &wish).map(Made::from)
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Told, Fault> {
    queries::webhook(tx, ctx, one.id).map(Told::from)
}

fn change(tx: &mut Tx, ctx: &Ctx, one: One, change: Change) -> Result<Told, Fault> {
    let old = queries::webhook(tx, ctx, one.id)?;
    tx.seen(old.id, old.version)?;
    let wish = Wish {
        url: change.url.unwrap_or(old.url),
        kinds: change.kinds.unwrap_or(old.kinds),
    };
    commands::change(tx, ctx, (one.id, old.version), &wish)?;
    show(tx, ctx, one)
}

fn change_key(tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing) -> Result<Made, Fault> {
    commands::change_key(tx, ctx, one.id).map(Made::from)
}

fn test(tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing) -> Result<Sent, Fault> {
    let delivery = commands::test(tx, ctx, one.id)?;
    Ok(Sent { delivery })
}

impl web::api::Cursor for Cursor {
    fn read(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}

fn deliveries(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<Deliveries, Fault> {
    let limit = asked.limit.unwrap_or(50);
    let wanted = queries::Asked {
        webhook: asked.id,
        stage: asked.state.as_deref().and_then(Stage::parse),
        after: Cursor::asked(asked.cursor.as_deref())?,
        limit: limit + 1,
    };
    let mut found = queries::deliveries(tx, ctx, &wanted)?;
    let more = cut(&mut found, limit);
    Ok(Deliveries {
        next_cursor: found
            .last()
            .filter(|_| more)
            .map(|last| Cursor::behind(last).encode()),
        deliveries: found.into_iter().map(DeliveryTold::from).collect(),
    })
}

fn delivery(tx: &mut Tx, ctx: &Ctx, of: OneDelivery) -> Result<DeliveryShown, Fault> {
    queries::delivery(tx, ctx, of.id, of.delivery).map(DeliveryShown::from)
}

fn replay(tx: &mut Tx, ctx: &Ctx, of: OneDelivery, _: Nothing) -> Result<DeliveryTold, Fault> {
    commands::replay(tx, ctx, of.id, of.delivery).map(DeliveryTold::from)
}

fn replays(tx: &mut Tx, ctx: &Ctx, one: One, of: Replay) -> Result<Replayed, Fault> {
    let range = Range {
        from: of.from.at,
        until: of.until.at,
        delivered: of.delivered,
    };
    let count = commands::replay_range(tx, ctx, one.id, &range)?;
    Ok(Replayed { count })
}
