//! Routes of messages: the outbox, the wordings, the choices.

mod reports;
mod settings;
mod unreachable;

use kernel::{Fault, FaultKind, Locale, Timestamp, ids::MessageId};
use web::{App, Form, Me, Page, Path, Query, Reply, Routes, State, done, page, unprocessable};

use crate::{
    EDIT, House, VIEW, columns,
    commands::{self, Wording},
    model::{Occasion, Stage, Template, Way},
    pages::{self, Outbox, Shown, WordingView},
    queries,
};

/// The routes of this room.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/messages", VIEW, outbox)
        .get("/messages/wordings", VIEW, wordings)
        .get("/messages/wordings/{occasion}/{locale}", VIEW, wording)
        .post("/messages/wordings/{occasion}/{locale}", EDIT, save_wording)
        .get("/messages/{id}", VIEW, message)
        .post("/messages/{id}/sending", EDIT, send_again)
        .post("/messages/{id}/reachable", customers::EDIT, reachable)
        .merge(settings::routes())
        .merge(reports::routes())
        .merge(unreachable::routes())
}

fn heading(me: &Me) -> Page {
    Page::new(me.look.locale.t("messages-title"))
}

/// One of the parts of this room, under the tabs that lead to the others.
fn under(me: &Me, active: &str, body: &maud::Markup) -> maud::Markup {
    pages::section(me.look.locale, (active, me.ctx.may(EDIT)), body)
}

async fn outbox(State(app): State<App>, me: Me, mut asked: Query) -> Reply {
    let stage = Stage::parse(asked.typed("state"));
    let before = asked
        .optional_int("at", 0, i64::MAX)
        .and_then(|at| Timestamp::from_microsecond(at).ok())
        .zip(asked.optional_id("before"));
    if let Some(format) = web::wanted(&asked) {
        let sight = people::Sight::export("messages", 0);
        people::seen(&app, &me.ctx, sight).await?;
        let rows = columns::rows(me.ctx.clone(), stage);
        return web::export(&app, &me, format, columns::export(&me), rows).await;
    }
    let (ctx, house) = (me.ctx.clone(), House::of(&app));
    let (mut messages, counts, settings) = app
        .read(move |tx| {
            Ok((
                queries::messages(tx, &ctx, stage, before)?,
                queries::counts(tx, &ctx)?,
                queries::settings(tx, &ctx)?,
            ))
        })
        .await?;
    let size = usize::try_from(queries::PAGE_SIZE).unwrap_or(usize::MAX);
    let more = messages.len() > size;
    messages.truncate(size);
    let view = Outbox {
        stage,
        messages: &messages,
        counts: &counts,
        next: more.then(|| messages.last()).flatten(),
        open: Way::ALL
            .iter()
            .map(|way| (*way, commands::is_open(&house, &settings, *way)))
            .collect(),
        zone: me.site().map(|site| site.zone.clone()).ok(),
        may_edit: me.ctx.may(EDIT),
    };
    page(
        &me,
        heading(&me).exports(),
        under(&me, "/messages", &pages::outbox(me.look.locale, &view)),
    )
}

fn id_of(path: &str) -> Result<MessageId, Fault> {
    MessageId::parse(path).ok_or_else(|| Fault::missing("messages-missing"))
}

async fn message(State(app): State<App>, me: Me, Path(id): Path<String>) -> Reply {
    let (ctx, id) = (me.ctx.clone(), id_of(&id)?);
    let (message, unreachable) = app
        .read(move |tx| {
            let message = queries::message(tx, &ctx, id)?;
            let unreachable = match message.way {
                Way::Mail if ctx.may(customers::VIEW) => {
                    customers::unreachable(tx, &ctx, &message.recipient)?
                }
                _ => None,
            };
            Ok((message, unreachable))
        })
        .await?;
    if let Some(customer) = message.customer {
        people::seen(&app, &me.ctx, people::Sight::page(customer)).await?;
    }
    let shown = Shown {
        unreachable: unreachable.as_ref(),
        may_clear: me.ctx.may(customers::EDIT),
        recipient: if me.ctx.may(customers::PHONE) {
            message.recipient.clone()
        } else {
            message.recipient_masked()
        },
        may_edit: me.ctx.may(EDIT),
        zone: me.site().map(|site| site.zone.clone()).ok(),
        message: &message,
    };
    let locale = me.look.locale;
    let title = Page::new(message.occasion.label(locale));
    page(&me, title, pages::message(locale, &shown))
}

async fn send_again(State(app): State<App>, me: Me, Path(id): Path<String>) -> Reply {
    let (ctx, id, locale) = (me.ctx.clone(), id_of(&id)?, me.look.locale);
    app.write(move |tx| commands::send_again(tx, &ctx, id))
        .await?;
    done(&format!("/messages/{id}"), &locale.t("messages-queued"))
}

async fn reachable(State(app): State<App>, me: Me, Path(id): Path<String>) -> Reply {
    let (ctx, id, locale) = (me.ctx.clone(), id_of(&id)?, me.look.locale);
    app.write(move |tx| commands::clear_address(tx, &ctx, id))
        .await?;
    done(
        &format!("/messages/{id}"),
        &locale.t("customers-reachable-again"),
    )
}

async fn wordings(me: Me) -> Reply {
    let locale = me.look.locale;
    page(
        &me,
        heading(&me),
        under(&me, "/messages/wordings", &pages::wordings(locale)),
    )
}

fn which(occasion: &str, locale: &str) -> Result<(Occasion, Locale), Fault> {
    let occasion = Occasion::parse(occasion).filter(|known| *known != Occasion::Test);
    occasion
        .zip(Locale::parse(locale))
        .ok_or_else(|| Fault::missing("messages-missing"))
}

async fn wording(
    State(app): State<App>,
    me: Me,
    Path((occasion, locale)): Path<(String, String)>,
) -> Reply {
    let ((occasion, written_in), ctx) = (which(&occasion, &locale)?, me.ctx.clone());
    let (template, version) = app
        .read(move |tx| queries::template(tx, &ctx, occasion, written_in))
        .await?;
    let view = WordingView {
        occasion,
        written_in,
        template: &template,
        version,
        may_edit: me.ctx.may(EDIT),
        fault: None,
    };
    let locale = me.look.locale;
    page(
        &me,
        wording_title(locale, occasion),
        pages::wording(locale, &view),
    )
}

fn wording_title(locale: Locale, occasion: Occasion) -> Page {
    Page::new(occasion.label(locale))
}

async fn save_wording(
    State(app): State<App>,
    me: Me,
    Path((occasion, locale)): Path<(String, String)>,
    mut form: Form,
) -> Reply {
    let (occasion, written_in) = which(&occasion, &locale)?;
    let (ctx, locale) = (me.ctx.clone(), me.look.locale);
    let version = form.int("version", 0, i64::MAX);
    form.done()?;
    let template = Template {
        subject: form.typed("subject").trim().to_owned(),
        body: form.typed("body").replace("\r\n", "\n").trim().to_owned(),
    };
    let wording = Wording {
        occasion,
        locale: written_in,
        template: (!form.flag("original")).then(|| template.clone()),
        version,
    };
    let saved = app
        .write(move |tx| commands::save_template(tx, &ctx, &wording))
        .await;
    let path = format!(
        "/messages/wordings/{}/{}",
        occasion.as_str(),
        written_in.tag()
    );
    match saved {
        Ok(()) => done(&path, &locale.t("messages-saved")),
        Err(fault) if fault.kind == FaultKind::Invalid => {
            let view = WordingView {
                occasion,
                written_in,
                template: &template,
                version,
                may_edit: true,
                fault: Some(&fault),
            };
            let body = pages::wording(locale, &view);
            unprocessable(&me, wording_title(locale, occasion), body)
        }
        Err(fault) => Err(fault.into()),
    }
}
