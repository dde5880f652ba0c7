//! The pages of webhooks.

use kernel::{Ctx, DateTime, Fault, FaultKind, Timestamp};
use store::Tx;
use web::{App, Fields, Form, Me, Page, Path, Query, Reply, Routes, State};

use crate::{
    MANAGE,
    commands::{self, Range, Wish},
    model::{DeliveryId, Stage, Webhook, WebhookId},
    pages::{self, OneView},
    queries::{self, Asked, Cursor},
};

/// Deliveries of a page.
const SHOWN: i64 = 50;

/// Every route.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/settings/webhooks", MANAGE, list)
        .post("/settings/webhooks", MANAGE, create)
        .get("/settings/webhooks/{id}", MANAGE, show)
        .post("/settings/webhooks/{id}", MANAGE, change)
        .post("/settings/webhooks/{id}/key", MANAGE, change_key)
        .post("/settings/webhooks/{id}/test", MANAGE, test)
        .post("/settings/webhooks/{id}/pause", MANAGE, pause)
        .post("/settings/webhooks/{id}/resumption", MANAGE, resume)
        .post("/settings/webhooks/{id}/removal", MANAGE, remove)
        .post("/settings/webhooks/{id}/replays", MANAGE, replay_range)
        .get(
            "/settings/webhooks/{id}/deliveries/{delivery}",
            MANAGE,
            delivery,
        )
        .post(
            "/settings/webhooks/{id}/deliveries/{delivery}/replay",
            MANAGE,
            replay,
        )
}

fn is_correctable(fault: &Fault) -> bool {
    matches!(fault.kind, FaultKind::Invalid | FaultKind::Conflict)
}

fn answer(me: &Me, title: &str, body: maud::Markup, fault: Option<&Fault>) -> Reply {
    let page = Page::new(title);
    match fault {
        None => web::page(me, page, body),
        Some(_) => web::unprocessable(me, page, body),
    }
}

async fn list(State(app): State<App>, me: Me) -> Reply {
    show_list(&app, &me, None).await
}

/// What was typed, and why it was refused.
type Refused<'a> = Option<(&'a Fields, &'a Fault)>;

async fn show_list(app: &App, me: &Me, refused: Refused<'_>) -> Reply {
    let ctx = me.ctx.clone();
    let all = app
        .read(move |tx| {
            let mut all = Vec::new();
            for webhook in queries::webhooks(tx, &ctx)? {
                let counts = queries::counts(tx, &ctx, webhook.id)?;
                all.push((webhook, counts));
            }
            Ok(all)
        })
        .await?;
    let body = pages::list(me, &all, refused);
    let title = me.look.locale.t("webhooks-title");
    answer(me, &title, body, refused.map(|(_, fault)| fault))
}

fn wish(form: &mut Form) -> Wish {
    Wish {
        url: form.text("url", 10, outbound::URL_CHARS_MAX),
        kinds: form.list("kinds"),
    }
}

async fn create(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let (wish, ctx) = (wish(&mut form), me.ctx.clone());
    let made = match form.done() {
        Ok(()) => app.write(move |tx| commands::create(tx, &ctx, &wish)).await,
        Err(fault) => Err(fault),
    };
    match made {
        Ok(made) => Shown::of(made.id).with_key(&made).answer(&app, &me).await,
        Err(fault) if is_correctable(&fault) => show_list(&app, &me, Some((&form, &fault))).await,
        Err(fault) => Err(fault.into()),
    }
}

/// The page of one webhook, and what has just happened on it.
struct Shown<'a> {
    id: WebhookId,
    stage: Option<Stage>,
    after: Option<Cursor>,
    /// A key just made, shown this once.
    key: Option<&'a str>,
    /// The form that was refused.
    refused: Option<(&'static str, &'a Fields, &'a Fault)>,
}

impl<'a> Shown<'a> {
    const fn of(id: WebhookId) -> Self {
        Self {
            id,
            stage: None,
            after: None,
            key: None,
            refused: None,
        }
    }

    fn with_key(self, webhook: &'a Webhook) -> Self {
        let key = Some(webhook.secret.as_str());
        Self { key, ..self }
    }

    async fn answer(self, app: &App, me: &Me) -> Reply {
        let (ctx, id) = (me.ctx.clone(), self.id);
        let asked = Asked {
            webhook: id,
            stage: self.stage,
            after: self.after,
            limit: SHOWN + 1,
        };
        let (webhook, counts, mut deliveries) = app
            .read(move |tx| {
                Ok((
                    queries::webhook(tx, &ctx, id)?,
                    queries::counts(tx, &ctx, id)?,
                    queries::deliveries(tx, &ctx, &asked)?,
                ))
            })
            .await?;
        let more = web::api::cut(&mut deliveries, SHOWN);
        let view = OneView {
            webhook: &webhook,
            counts: &counts,
            stage: self.stage,
            next: deliveries.last().filter(|_| more),
            deliveries: &deliveries,
            key: self.key,
            refused: self.refused,
        };
        let fault = self.refused.map(|(_, _, fault)| fault);
        let title = me.look.locale.t("webhooks-one");
        answer(me, &title, pages::one(me, &view), fault)
    }
}

type Id = Path<WebhookId>;

async fn show(State(app): State<App>, me: Me, Path(id): Id, asked: Query) -> Reply {
    let shown = Shown {
        stage: Stage::parse(asked.typed("state")),
        after: Cursor::parse(asked.typed("after")),
        ..Shown::of(id)
    };
    shown.answer(&app, &me).await
}

/// Goes back to the page of a webhook, or shows it with what was wrong.
async fn back(
    app: &App,
    me: &Me,
    id: WebhookId,
    (form, typed): (&'static str, &Fields),
    outcome: Result<String, Fault>,
) -> Reply {
    match outcome {
        Ok(words) => web::done(&format!("/settings/webhooks/{id}"), &words),
        Err(fault) if is_correctable(&fault) => {
            let refused = Some((form, typed, &fault));
            let shown = Shown {
                refused,
                ..Shown::of(id)
            };
            shown.answer(app, me).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn change(State(app): State<App>, me: Me, Path(id): Id, mut form: Form) -> Reply {
    let (wish, ctx) = (wish(&mut form), me.ctx.clone());
    let version = form.int("version", 1, i64::MAX);
    let changed = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::change(tx, &ctx, (id, version), &wish))
                .await
        }
        Err(fault) => Err(fault),
    };
    let outcome = changed.map(|()| me.look.locale.t("webhooks-saved"));
    back(&app, &me, id, ("change", &form), outcome).await
}

async fn change_key(State(app): State<App>, me: Me, Path(id): Id) -> Reply {
    let ctx = me.ctx.clone();
    let changed = app
        .write(move |tx| commands::change_key(tx, &ctx, id))
        .await?;
    Shown::of(id).with_key(&changed).answer(&app, &me).await
}

/// Runs a command and goes back to a page.
async fn act<T, F>((app, me): (App, Me), path: &str, words: &'static str, command: F) -> Reply
where
    T: Send + 'static,
    F: FnOnce(&mut Tx, &Ctx) -> Result<T, Fault> + Send + 'static,
{
    let ctx = me.ctx.clone();
    app.write(move |tx| command(tx, &ctx)).await?;
    web::done(path, &me.look.locale.t(words))
}

fn path(id: WebhookId) -> String {
    format!("/settings/webhooks/{id}")
}

async fn test(State(app): State<App>, me: Me, Path(id): Id) -> Reply {
    let command = move |tx: &mut Tx, ctx: &Ctx| commands::test(tx, ctx, id);
    act((app, me), &path(id), "webhooks-tested", command).await
}

async fn pause(State(app): State<App>, me: Me, Path(id): Id) -> Reply {
    let command = move |tx: &mut Tx, ctx: &Ctx| commands::pause(tx, ctx, id);
    act((app, me), &path(id), "webhooks-paused", command).await
}

async fn resume(State(app): State<App>, me: Me, Path(id): Id) -> Reply {
    let command = move |tx: &mut Tx, ctx: &Ctx| commands::resume(tx, ctx, id);
    act((app, me), &path(id), "webhooks-resumed", command).await
}

async fn remove(State(app): State<App>, me: Me, Path(id): Id) -> Reply {
    let command = move |tx: &mut Tx, ctx: &Ctx| commands::remove(tx, ctx, id);
    act((app, me), "/settings/webhooks", "webhooks-removed", command).await
}

async fn replay_range(State(app): State<App>, me: Me, Path(id): Id, mut form: Form) -> Reply {
    let (zone, ctx) = (me.zone(), me.ctx.clone());
    let instant = |local: DateTime| {
        let zoned = local.to_zoned(zone.clone());
        zoned.map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
    };
    let range = Range {
        from: instant(form.date_time("from")),
        until: instant(form.date_time("until")),
        delivered: form.flag("delivered"),
    };
    let replayed = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::replay_range(tx, &ctx, id, &range))
                .await
        }
        Err(fault) => Err(fault),
    };
    let locale = me.look.locale;
    let words = |count: i64| locale.tx("webhooks-replayed-count", &[("count", count.into())]);
    back(&app, &me, id, ("replay", &form), replayed.map(words)).await
}

async fn delivery(
    State(app): State<App>,
    me: Me,
    Path((id, delivery)): Path<(WebhookId, DeliveryId)>,
) -> Reply {
    let ctx = me.ctx.clone();
    let (webhook, delivery) = app
        .read(move |tx| {
            let webhook = queries::webhook(tx, &ctx, id)?;
            Ok((webhook, queries::delivery(tx, &ctx, id, delivery)?))
        })
        .await?;
    let title = pages::activity_words(me.look.locale, &delivery);
    answer(&me, &title, pages::delivery(&me, &webhook, &delivery), None)
}

async fn replay(
    State(app): State<App>,
    me: Me,
    Path((id, delivery)): Path<(WebhookId, DeliveryId)>,
) -> Reply {
    let command = move |tx: &mut Tx, ctx: &Ctx| commands::replay(tx, ctx, id, delivery);
    act((app, me), &path(id), "webhooks-replayed", command).await
}
