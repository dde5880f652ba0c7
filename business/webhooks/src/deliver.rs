//! Out of the house: what happened is written down for each webhook, signed and handed over.

use std::thread;

use kernel::{Ctx, Fault};
use outbound::{Courier, Parcel, Unanswered};
use web::App;

use crate::{
    commands::{self, Work},
    model::{Answer, Delivery, Webhook, WebhookId},
    queries,
};

/// Webhooks served at the same time, so that a slow one holds nobody back.
const AT_ONCE: i64 = 8;
/// Batches handed over to one webhook in one round, so that a round ends.
const BATCHES_MAX: usize = 10;
/// The longest reason that is kept, in characters.
const REASON_CHARS_MAX: usize = 300;

/// Hears the journal and sends what is due. No transaction is open while another machine is
/// spoken to.
pub(crate) fn round(app: &App, ctx: &Ctx) -> Result<(), Fault> {
    let reader = ctx.clone();
    for id in app.db.read(move |tx| queries::behind(tx, &reader))? {
        loop {
            let ctx = ctx.clone();
            if app.db.write(move |tx| commands::hear(tx, &ctx, id))? == 0 {
                break;
            }
        }
    }
    let reader = ctx.clone();
    let ready = app
        .db
        .read(move |tx| queries::ready(tx, &reader, AT_ONCE))?;
    let courier = Courier::new(app.config.outside.private_targets);
    thread::scope(|scope| {
        let sent: Vec<_> = ready
            .iter()
            .map(|id| scope.spawn(|| serve(app, ctx, &courier, *id)))
            .collect();
        let ends = sent.into_iter().map(|end| {
            end.join()
                .unwrap_or_else(|_| Err(Fault::broken("a webhook's thread panicked")))
        });
        ends.fold(Ok(()), Result::and)
    })
}

/// Sends to one webhook, in order, until one is not taken or nothing is left.
fn serve(app: &App, ctx: &Ctx, courier: &Courier, id: WebhookId) -> Result<(), Fault> {
    for _ in 0..BATCHES_MAX {
        let now = ctx.at(app.clock.now());
        let Some(work) = app.db.write(move |tx| commands::take(tx, &now, id))? else {
            return Ok(());
        };
        let more = hand_over(app, ctx, courier, work);
        let now = ctx.clone();
        app.db.write(move |tx| commands::let_go(tx, &now, id))?;
        app.tell(ctx.org, "webhook", id);
        if !more? {
            break;
        }
    }
    Ok(())
}

/// Hands over what was taken out; answers whether there may be more.
fn hand_over(app: &App, ctx: &Ctx, courier: &Courier, work: Work) -> Result<bool, Fault> {
    let more = !work.due.is_empty();
    for delivery in work.due {
        let begun = ctx.at(app.clock.now());
        let mut answer = attempt(courier, &begun, &work.webhook, &delivery);
        let ended = ctx.at(app.clock.now());
        let took = ended.now.as_millisecond() - begun.now.as_millisecond();
        answer.took_ms = took.max(0);
        let webhook = work.webhook.clone();
        let settle =
            move |tx: &mut store::Tx| commands::settle(tx, &ended, &webhook, (&delivery, &answer));
        if !app.db.write(settle)? {
            return Ok(false);
        }
    }
    Ok(more)
}

fn attempt(courier: &Courier, ctx: &Ctx, webhook: &Webhook, delivery: &Delivery) -> Answer {
    let sent = courier.send(&Parcel {
        url: &webhook.url,
        secrets: &webhook.secrets(ctx.now),
        id: &delivery.id.to_string(),
        second: ctx.now.as_second(),
        body: &delivery.body,
    });
    let (status, reason) = match sent {
        Ok(status @ 200..=299) => (Some(status), None),
        Ok(status @ 300..=399) => (Some(status), Some("moved".to_owned())),
        Ok(status) => (Some(status), Some("answered".to_owned())),
        Err(Unanswered::Key) => (None, Some("key".to_owned())),
        Err(Unanswered::Inside) => (None, Some("inside".to_owned())),
        Err(Unanswered::Network(reason)) => (None, Some(bounded(&reason))),
    };
    if let Some(reason) = &reason {
        tracing::warn!(delivery = %delivery.id, ?status, %reason, "a webhook was not taken");
    }
    Answer {
        status,
        reason,
        took_ms: 0,
    }
}

/// What the network said, short enough to keep and without control characters.
fn bounded(reason: &str) -> String {
    let plain = |letter: char| if letter.is_control() { ' ' } else { letter };
    reason.chars().map(plain).take(REASON_CHARS_MAX).collect()
}
