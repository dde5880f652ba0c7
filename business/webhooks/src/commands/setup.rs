//! Making webhooks, changing and ending them.

use kernel::{Ctx, Fault, FieldFault, SiteScope, Text};
use serde_json::json;
use store::{Tx, journal, params};

use super::{event, later};
use crate::{
    MANAGE,
    model::{
        FORMER_KEY_SECONDS, KINDS_MAX, NOUNS, State, WEBHOOKS_MAX, Webhook, WebhookId, is_kind,
    },
    queries,
};

/// What a webhook is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Where facts go.
    pub url: String,
    /// Nouns and activities it wants; none means all.
    pub kinds: Vec<String>,
}

impl Wish {
    /// The same, tidied; refused where it cannot be.
    fn checked(&self) -> Result<Self, Fault> {
        let url = self.url.trim().to_owned();
        let mut kinds = self.kinds.clone();
        kinds.sort_unstable();
        kinds.dedup();
        let mut wrong = Vec::new();
        if !outbound::is_address(&url) {
            wrong.push(FieldFault {
                field: "url".to_owned(),
                text: Text::key("webhooks-url-wrong"),
            });
        }
        if kinds.len() > KINDS_MAX || !kinds.iter().all(|kind| is_kind(kind)) {
            let text = Text::key("webhooks-kinds-wrong").with("nouns", NOUNS.join(", "));
            wrong.push(FieldFault {
                field: "kinds".to_owned(),
                text,
            });
        }
        if wrong.is_empty() {
            Ok(Self { url, kinds })
        } else {
            Err(Fault::fields(wrong))
        }
    }
}

/// The journal tells of every site, so only who sees them all may hand it on.
fn require(ctx: &Ctx) -> Result<(), Fault> {
    ctx.require(MANAGE)?;
    match ctx.sites {
        SiteScope::All => Ok(()),
        SiteScope::Only(_) => Err(Fault::forbidden()),
    }
}

const INSERT: &str = "
    insert into webhooks (org, id, url, secret, kinds, state, heard_seq, created_at, version)
    values ($1, $2, $3, $4, $5, 'active', $6, $7, 1)";

/// Makes a webhook with a key of its own; it is told of what happens from now on.
pub fn create(tx: &mut Tx, ctx: &Ctx, wish: &Wish) -> Result<Webhook, Fault> {
    require(ctx)?;
    let wish = wish.checked()?;
    let known = queries::webhooks(tx, ctx)?.len();
    if i64::try_from(known).is_ok_and(|known| known >= WEBHOOKS_MAX) {
        return Err(Fault::conflict("webhooks-many").with("max", WEBHOOKS_MAX));
    }
    let webhook = Webhook {
        id: ctx.id(),
        url: wish.url,
        secret: outbound::new_secret(ctx),
        former: None,
        kinds: wish.kinds,
        state: State::Active,
        heard: journal::head(tx, ctx.org)?,
        failing_since: None,
        retry_at: None,
        created: ctx.now,
        version: 1,
    };
    let row = params![
        ctx.org,
        webhook.id,
        &webhook.url,
        &webhook.secret,
        json!(webhook.kinds).to_string(),
        webhook.heard,
        ctx.now
    ];
    tx.execute(INSERT, row)?;
    tx.record(ctx, event("webhook.created", &webhook));
    Ok(webhook)
}

const CHANGE: &str = "
    update webhooks set url = $3, kinds = $4, retry_at = null, version = version + 1
    where org = $1 and id = $2 and version = $5";

/// Changes where facts go and which; what is on its way goes to the new address.
pub(crate) fn change(
    tx: &mut Tx,
    ctx: &Ctx,
    (id, version): (WebhookId, i64),
    wish: &Wish,
) -> Result<(), Fault> {
    require(ctx)?;
    let webhook = queries::webhook(tx, ctx, id)?;
    let wish = wish.checked()?;
    let kinds = json!(wish.kinds).to_string();
    let values = params![ctx.org, id, &wish.url, kinds, version];
    if tx.execute(CHANGE, values)? == 0 {
        return Err(Fault::stale());
    }
    let url = wish.url;
    tx.record(ctx, event("webhook.changed", &Webhook { url, ..webhook }));
    Ok(())
}

const CHANGE_KEY: &str = "
    update webhooks set former_secret = secret, former_until = $3, secret = $4,
        version = version + 1
    where org = $1 and id = $2";

/// Gives a webhook a new key; the former one signs beside it for a day.
pub(crate) fn change_key(tx: &mut Tx, ctx: &Ctx, id: WebhookId) -> Result<Webhook, Fault> {
    require(ctx)?;
    let webhook = queries::webhook(tx, ctx, id)?;
    let (until, secret) = (
        later(ctx.now, FORMER_KEY_SECONDS),
        outbound::new_secret(ctx),
    );
    tx.execute(CHANGE_KEY, params![ctx.org, id, until, secret])?;
    tx.record(ctx, event("webhook.key_changed", &webhook));
    queries::webhook(tx, ctx, id)
}

const SET_STATE: &str = "
    update webhooks set state = $3, failing_since = null, retry_at = null, version = version + 1
    where org = $1 and id = $2 and state <> $3";

fn set_state(
    tx: &mut Tx,
    ctx: &Ctx,
    id: WebhookId,
    (state, activity): (State, &'static str),
) -> Result<Webhook, Fault> {
    require(ctx)?;
    let webhook = queries::webhook(tx, ctx, id)?;
    if tx.execute(SET_STATE, params![ctx.org, id, state.as_str()])? > 0 {
        tx.record(ctx, event(activity, &webhook));
    }
    queries::webhook(tx, ctx, id)
}

/// Sends nothing for now; doing so twice does it once.
pub(crate) fn pause(tx: &mut Tx, ctx: &Ctx, id: WebhookId) -> Result<Webhook, Fault> {
    set_state(tx, ctx, id, (State::Paused, "webhook.paused"))
}

/// Sends again, beginning with what happened meanwhile; doing so twice does it once.
pub(crate) fn resume(tx: &mut Tx, ctx: &Ctx, id: WebhookId) -> Result<Webhook, Fault> {
    set_state(tx, ctx, id, (State::Active, "webhook.resumed"))
}

const REMOVE: &str = "delete from webhooks where org = $1 and id = $2";
const REMOVE_DELIVERIES: &str = "delete from webhook_deliveries where org = $1 and webhook = $2";

/// Takes a webhook away, with everything on its way to it.
pub(crate) fn remove(tx: &mut Tx, ctx: &Ctx, id: WebhookId) -> Result<Webhook, Fault> {
    require(ctx)?;
    let webhook = queries::webhook(tx, ctx, id)?;
    tx.execute(REMOVE, params![ctx.org, id])?;
    tx.execute(REMOVE_DELIVERIES, params![ctx.org, id])?;
    tx.record(ctx, event("webhook.removed", &webhook));
    Ok(webhook)
}
