//! One's own account.

use super::{is_correctable, refused};
use crate::auth::{self, PasswordChange};
use crate::model::HashCost;
use crate::pages::{self, SettingsView};
use crate::{MANAGE_TOKENS, OwnFields, commands, queries, scopes};
use kernel::ids::{SessionId, TokenId, UserId};
use kernel::{Actor, Fault, Locale};
use web::axum::http::header;
use web::{App, Fields, Form, Me, Page, Path, Reply, State};

const TRIES_SHOWN: i64 = 12;
const YEAR_SECONDS: i64 = 31_536_000;

pub(super) fn own(me: &Me) -> Result<UserId, Fault> {
    match &me.ctx.actor {
        Actor::User { id, .. } => Ok(*id),
        Actor::Guest | Actor::System => Err(Fault::sign_in()),
    }
}

pub async fn show(State(app): State<App>, me: Me) -> Reply {
    show_page(&app, &me, None, None).await
}

/// A form that was refused: its name, what was typed, and why.
type Refused<'a> = Option<(&'a str, &'a Fields, &'a Fault)>;

async fn show_page(app: &App, me: &Me, wrong: Refused<'_>, new_token: Option<&str>) -> Reply {
    let (ctx, own) = (me.ctx.clone(), own(me)?);
    let (user, sessions, ways, tokens) = app
        .read(move |tx| {
            let tokens = match ctx.may(MANAGE_TOKENS) {
                true => Some(queries::api_tokens(tx, &ctx)?),
                false => None,
            };
            let user = queries::user(tx, &ctx, own)?;
            let demanded = queries::access_rules(tx, ctx.org)?.demand(&user);
            let factors = queries::factors_of(tx, &ctx, own)?;
            let passkeys = queries::passkeys(tx, &ctx, own)?;
            let tries = queries::sign_ins(tx, &ctx, Some(own), false, TRIES_SHOWN)?;
            let sessions = queries::sessions(tx, &ctx, own)?;
            let pin = queries::pin_state(tx, &ctx, own)?;
            let ways = ((factors, demanded), passkeys, tries, pin);
            Ok((user, sessions, ways, tokens))
        })
        .await?;
    let zone = me
        .site
        .as_ref()
        .map_or(kernel::TimeZone::UTC, |site| site.zone.clone());
    let view = SettingsView {
        user: &user,
        sessions: &sessions,
        factors: ways.0,
        passkeys: &ways.1,
        tries: &ways.2,
        pin: ways.3,
        this: me.session,
        tokens: tokens.as_deref(),
        scopes: scopes::offered()
            .iter()
            .map(|permission| permission.name)
            .collect(),
        new_token,
        zone: &zone,
        theme: me.look.theme,
        refused: wrong,
    };
    let page = Page::new(me.look.locale.t("people-settings"));
    let body = pages::settings(me.look.locale, &view);
    refused(web::page(me, page, body), wrong.map(|(_, _, fault)| fault))
}

pub(super) async fn answer(
    app: &App,
    me: &Me,
    outcome: Result<&'static str, Fault>,
    form: (&str, &Fields),
) -> Reply {
    match outcome {
        Ok(key) => web::done("/settings", &me.look.locale.t(key)),
        Err(fault) if is_correctable(&fault) => {
            show_page(app, me, Some((form.0, form.1, &fault)), None).await
        }
        Err(fault) => Err(fault.into()),
    }
}

pub async fn save(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let fields = OwnFields {
        name: form.text("name", 1, 80),
        reading: form.text("reading", 0, 80),
        locale: Locale::parse(&form.choice("locale", &["zh-CN", "en"])).unwrap_or_default(),
        single_keys: form.flag("single_keys"),
    };
    let (locale, ctx) = (fields.locale, me.ctx.clone());
    let outcome = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::edit_own(tx, &ctx, &fields))
                .await
        }
        Err(fault) => Err(fault),
    };
    if outcome.is_err() {
        return answer(&app, &me, outcome.map(|()| ""), ("own", &form)).await;
    }
    // The page after this one is already in the language that was just chosen.
    let mut response = web::done("/settings", &locale.t("people-saved"))?;
    let cookie = web::set_cookie("locale", locale.tag(), YEAR_SECONDS, app.config.secure);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

pub async fn change_password(State(app): State<App>, me: Me, form: Form) -> Reply {
    let (old, new) = (
        form.typed("old_password").to_owned(),
        form.typed("password").to_owned(),
    );
    let (db, ctx, session) = (app.db.clone(), me.ctx.clone(), me.session);
    let outcome = app
        .blocking(move || {
            let change = PasswordChange {
                old: &old,
                new: &new,
                cost: HashCost::Full,
            };
            auth::change_password(&db, &ctx, session, change)
        })
        .await;
    answer(
        &app,
        &me,
        outcome.map(|()| "people-password-changed"),
        ("password", &form),
    )
    .await
}

pub async fn revoke(State(app): State<App>, me: Me, Path(id): Path<SessionId>) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::revoke_session(tx, &ctx, id))
        .await?;
    web::done("/settings", &me.look.locale.t("people-session-ended"))
}

pub async fn revoke_others(State(app): State<App>, me: Me) -> Reply {
    let ctx = me.ctx.clone();
    let this = me.session.ok_or_else(Fault::sign_in)?;
    app.write(move |tx| commands::revoke_other_sessions(tx, &ctx, this))
        .await?;
    web::done("/settings", &me.look.locale.t("people-sessions-ended"))
}

pub async fn create_token(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let name = form.text("token_name", 1, 80);
    let (scopes, ctx, own) = (form.list("scopes"), me.ctx.clone(), own(&me)?);
    let made = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::create_api_token(tx, &ctx, own, &name, &scopes))
                .await
        }
        Err(fault) => Err(fault),
    };
    match made {
        Ok(token) => show_page(&app, &me, None, Some(token.text())).await,
        Err(fault) => answer(&app, &me, Err(fault), ("token", &form)).await,
    }
}

pub async fn revoke_token(State(app): State<App>, me: Me, Path(id): Path<TokenId>) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::revoke_api_token(tx, &ctx, id))
        .await?;
    web::done("/settings", &me.look.locale.t("people-token-revoked"))
}
