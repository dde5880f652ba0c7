//! Routes of messages: the outbox, the wordings, the choices.

use kernel::{Fault, FaultKind, Locale, Text, Timestamp, ids::MessageId};
use web::{App, Form, Me, Page, Path, Query, Reply, Routes, State, done, page, unprocessable};

use crate::{
    EDIT, House, VIEW,
    commands::{self, Wording},
    model::{Occasion, QuietHours, Settings, Stage, Template, Way},
    pages::{self, Outbox, Shown, Typed, WordingView},
    queries,
};

/// The routes of this room.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/messages", VIEW, outbox)
        .get("/messages/settings", EDIT, settings)
        .post("/messages/settings", EDIT, save_settings)
        .post("/messages/settings/key", EDIT, change_key)
        .post("/messages/tests", EDIT, send_test)
        .get("/messages/wordings", VIEW, wordings)
        .get("/messages/wordings/{occasion}/{locale}", VIEW, wording)
        .post("/messages/wordings/{occasion}/{locale}", EDIT, save_wording)
        .get("/messages/{id}", VIEW, message)
        .post("/messages/{id}/sending", EDIT, send_again)
}

fn heading(me: &Me, active: &str) -> Page {
    let locale = me.look.locale;
    Page::new(locale.t("messages-title")).actions(pages::sections(locale, active, me.ctx.may(EDIT)))
}

async fn outbox(State(app): State<App>, me: Me, mut asked: Query) -> Reply {
    let stage = Stage::parse(asked.typed("state"));
    let before = asked
        .optional_int("at", 0, i64::MAX)
        .and_then(|at| Timestamp::from_microsecond(at).ok())
        .zip(asked.optional_id("before"));
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
        heading(&me, "/messages"),
        pages::outbox(me.look.locale, &view),
    )
}

fn id_of(path: &str) -> Result<MessageId, Fault> {
    MessageId::parse(path).ok_or_else(|| Fault::missing("messages-missing"))
}

async fn message(State(app): State<App>, me: Me, Path(id): Path<String>) -> Reply {
    let (ctx, id) = (me.ctx.clone(), id_of(&id)?);
    let message = app.read(move |tx| queries::message(tx, &ctx, id)).await?;
    let shown = Shown {
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

async fn wordings(me: Me) -> Reply {
    let locale = me.look.locale;
    page(
        &me,
        heading(&me, "/messages/wordings"),
        pages::wordings(locale),
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

async fn settings(State(app): State<App>, me: Me) -> Reply {
    let (ctx, house) = (me.ctx.clone(), House::of(&app));
    let now = app.read(move |tx| queries::settings(tx, &ctx)).await?;
    let typed = Typed::of(&now);
    let body = pages::settings(me.look.locale, &house, &now, &typed);
    page(&me, heading(&me, "/messages/settings"), body)
}

/// Minutes of the day of a time field.
fn minute(form: &mut Form, field: &str) -> i64 {
    let time = form.time(field);
    i64::from(time.hour()) * 60 + i64::from(time.minute())
}

fn read_settings(form: &mut Form) -> (Settings, Option<String>) {
    let silent = [Way::Mail, Way::Text].into_iter().flat_map(|way| {
        let spoken = form.list(way.as_str());
        let quiet = Occasion::worded().filter(move |o| !spoken.iter().any(|s| s == o.as_str()));
        quiet.map(move |occasion| (way, occasion))
    });
    let silent = silent.collect();
    let settings = Settings {
        sender: form.optional_text("sender", 80).unwrap_or_default(),
        reply_to: form.optional_text("reply_to", 254),
        reminder_hours: form.int("reminder_hours", 1, 168),
        thanks_minutes: form.int("thanks_minutes", 0, 10_080),
        quiet: QuietHours {
            from_minute: minute(form, "quiet_from"),
            to_minute: minute(form, "quiet_to"),
        },
        silent,
        gateway: None,
        version: form.int("version", 0, i64::MAX),
    };
    let url = form.optional_text("gateway_url", 500);
    if url.as_ref().is_some_and(|url| !is_web_address(url)) {
        form.wrong("gateway_url", Text::key("messages-gateway-wrong"));
    }
    if settings
        .reply_to
        .as_ref()
        .is_some_and(|to| !customers::is_mail_address(to))
    {
        form.wrong("reply_to", Text::key("messages-reply-to-wrong"));
    }
    (settings, url)
}

fn is_web_address(url: &str) -> bool {
    let host = url.strip_prefix("https://").or(url.strip_prefix("http://"));
    host.is_some_and(|rest| rest.contains(|c: char| c.is_alphanumeric()))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control())
}

async fn save_settings(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let (ctx, locale) = (me.ctx.clone(), me.look.locale);
    let (wanted, url) = read_settings(&mut form);
    let saved = match form.done() {
        Ok(()) => {
            let ctx = ctx.clone();
            app.write(move |tx| commands::save_settings(tx, &ctx, &wanted, url.as_deref()))
                .await
        }
        Err(fault) => Err(fault),
    };
    match saved {
        Ok(()) => done("/messages/settings", &locale.t("messages-saved")),
        Err(fault) if fault.kind == FaultKind::Invalid => {
            let now = app.read(move |tx| queries::settings(tx, &ctx)).await?;
            let typed = Typed::from_form(&form, &fault, locale);
            let body = pages::settings(locale, &House::of(&app), &now, &typed);
            unprocessable(&me, heading(&me, "/messages/settings"), body)
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn change_key(State(app): State<App>, me: Me) -> Reply {
    let (ctx, locale) = (me.ctx.clone(), me.look.locale);
    app.write(move |tx| commands::change_secret(tx, &ctx))
        .await?;
    done("/messages/settings", &locale.t("messages-key-changed"))
}

async fn send_test(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let (ctx, locale) = (me.ctx.clone(), me.look.locale);
    let way = Way::parse(&form.choice("way", &["mail", "text"])).unwrap_or(Way::Mail);
    let recipient = form.text("recipient", 3, 254);
    let fits = match way {
        Way::Mail => customers::is_mail_address(&recipient),
        Way::Text => customers::Phone::parse(&recipient).is_some(),
    };
    if !recipient.is_empty() && !fits {
        form.wrong("recipient", Text::key("messages-recipient-wrong"));
    }
    let house = House::of(&app);
    let sent = match form.done() {
        Ok(()) => {
            let (ctx, house) = (ctx.clone(), house.clone());
            app.write(move |tx| commands::send_test(tx, &ctx, &house, way, &recipient))
                .await
        }
        Err(fault) => Err(fault),
    };
    match sent {
        Ok(id) => done(&format!("/messages/{id}"), &locale.t("messages-queued")),
        Err(fault) if fault.kind == FaultKind::Invalid => {
            let now = app.read(move |tx| queries::settings(tx, &ctx)).await?;
            let mut typed = Typed::of(&now);
            typed.test = (
                form.typed("recipient").to_owned(),
                fault.of_field("recipient", locale),
            );
            let body = pages::settings(locale, &house, &now, &typed);
            unprocessable(&me, heading(&me, "/messages/settings"), body)
        }
        Err(fault) => Err(fault.into()),
    }
}
