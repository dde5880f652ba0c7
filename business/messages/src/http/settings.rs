//! Choosing how customers are written to, and trying it.

use kernel::{Fault, FaultKind, Text};
use store::Tx;
use web::{App, Form, Me, Reply, Routes, SettingChanges, State, done, page, unprocessable};

use super::{heading, under};
use crate::{
    EDIT, House, commands,
    model::{Occasion, QuietHours, Settings, Way},
    pages::{self, CHOICES, SettingsView, Typed},
    queries,
};

/// Where the page of choices is.
const PATH: &str = "/messages/settings";

/// The routes of the choices.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, EDIT, show)
        .post(PATH, EDIT, save)
        .post("/messages/settings/key", EDIT, change_key)
        .post("/messages/settings/reports", EDIT, set_reports)
        .post("/messages/tests", EDIT, send_test)
}

/// The choices in force, and who made them.
struct Found {
    now: Settings,
    changes: SettingChanges,
    reports: String,
}

fn found(tx: &mut Tx, me: &Me, house: &House) -> Result<Found, Fault> {
    let ctx = &me.ctx;
    let slug = organisation::organisation(tx, ctx.org)?.slug;
    Ok(Found {
        now: queries::settings(tx, ctx)?,
        changes: SettingChanges::read(tx, ctx, ctx.org, &CHOICES)?,
        reports: format!("{}{}", house.public_url, super::reports::path(&slug)),
    })
}

async fn look(app: &App, me: &Me) -> Result<Found, Fault> {
    let (me, house) = (me.clone(), House::of(app));
    app.read(move |tx| found(tx, &me, &house)).await
}

fn shown(app: &App, me: &Me, found: &Found, typed: &Typed) -> maud::Markup {
    let view = SettingsView {
        house: &House::of(app),
        now: &found.now,
        typed,
        changes: &found.changes,
        zone: me.zone(),
        reports: found.reports.clone(),
    };
    under(me, PATH, &pages::settings(me.look.locale, &view))
}

async fn show(State(app): State<App>, me: Me) -> Reply {
    let found = look(&app, &me).await?;
    let body = shown(&app, &me, &found, &Typed::of(&found.now));
    page(&me, heading(&me), body)
}

/// Minutes of the day of a time field.
fn minute(form: &mut Form, field: &str) -> i64 {
    let time = form.time(field);
    i64::from(time.hour()) * 60 + i64::from(time.minute())
}

fn read(form: &mut Form) -> (Settings, Option<String>) {
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
        version: form.int("version", 0, i64::MAX),
        ..Settings::default()
    };
    let url = form.optional_text("gateway_url", 500);
    // With what else is wrong, so that everything is told at once.
    let addresses = commands::check_addresses(settings.reply_to.as_deref(), url.as_deref());
    for wrong in addresses.err().into_iter().flat_map(|fault| fault.fields) {
        form.wrong(&wrong.field, wrong.text);
    }
    (settings, url)
}

async fn save(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let ctx = me.ctx.clone();
    let reset = form.typed("reset").to_owned();
    let saved = if CHOICES.contains(&reset.as_str()) {
        let version = form.int("version", 0, i64::MAX);
        form.done()?;
        app.write(move |tx| commands::reset_setting(tx, &ctx, &reset, version))
            .await
    } else {
        let (wanted, url) = read(&mut form);
        match form.done() {
            Ok(()) => {
                app.write(move |tx| commands::save_settings(tx, &ctx, &wanted, url.as_deref()))
                    .await
            }
            Err(fault) => Err(fault),
        }
    };
    let locale = me.look.locale;
    match saved {
        Ok(()) => done(PATH, &locale.t("messages-saved")),
        Err(fault) if fault.kind == FaultKind::Invalid => {
            let found = look(&app, &me).await?;
            let typed = Typed::from_form(&form, &fault, locale);
            unprocessable(&me, heading(&me), shown(&app, &me, &found, &typed))
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn change_key(State(app): State<App>, me: Me) -> Reply {
    let (ctx, locale) = (me.ctx.clone(), me.look.locale);
    app.write(move |tx| commands::change_secret(tx, &ctx))
        .await?;
    done(PATH, &locale.t("messages-key-changed"))
}

async fn set_reports(State(app): State<App>, me: Me, form: Form) -> Reply {
    let (ctx, open) = (me.ctx.clone(), form.flag("open"));
    app.write(move |tx| commands::set_report_door(tx, &ctx, open))
        .await?;
    let words = match open {
        true => "messages-key-changed",
        false => "messages-reports-closed-now",
    };
    done(PATH, &me.look.locale.t(words))
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
            app.write(move |tx| commands::send_test(tx, &ctx, &house, way, &recipient))
                .await
        }
        Err(fault) => Err(fault),
    };
    match sent {
        Ok(id) => done(&format!("/messages/{id}"), &locale.t("messages-queued")),
        Err(fault) if fault.kind == FaultKind::Invalid => {
            let found = look(&app, &me).await?;
            let mut typed = Typed::of(&found.now);
            typed.test = (
                form.typed("recipient").to_owned(),
                fault.of_field("recipient", locale),
            );
            unprocessable(&me, heading(&me), shown(&app, &me, &found, &typed))
        }
        Err(fault) => Err(fault.into()),
    }
}
