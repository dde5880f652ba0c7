//! Signing in and out, setting a password by a link, and the first minutes of a business.

use super::{is_correctable, refused};
use crate::auth::{self, Entry, Knock, Knocker, Opened};
use crate::commands::{Founding, found_first_business};
use crate::model::{HashCost, Password, Token, TokenKind, hash_password};
use crate::pages::{self, WelcomeView};
use kernel::{Bilingual, Ctx, Fault, Id, IdSource, Locale, Role, Text, Timestamp};
use organisation::{DayHours, MinuteSpan, Week};
use std::net::SocketAddr;
use web::axum::extract::ConnectInfo;
use web::axum::http::{HeaderMap, HeaderValue, header};
use web::{App, Fields, Form, Look, Path, Query, Reply, State};

const SESSION_COOKIE: &str = "session";

/// Where somebody goes after signing in without having been on the way elsewhere.
pub(super) fn home(role: Role) -> &'static str {
    match role {
        Role::Staff => "/my-day",
        _ => "/today",
    }
}

pub async fn login_page(
    State(app): State<App>,
    look: Look,
    anyone: web::Anyone,
    headers: HeaderMap,
    query: Query,
) -> Reply {
    if let Some(who) = anyone.0 {
        return web::see_other(next_of(&query).unwrap_or(home(who.role)));
    }
    if super::turn::is_shared(&app, &headers).await? {
        let next = next_of(&query).map(pages::escaped).unwrap_or_default();
        return web::see_other(&format!("/switch?next={next}"));
    }
    if !has_business(&app).await? {
        return web::see_other("/welcome");
    }
    web::fragment(pages::login(&look, &query, None))
}

pub(super) fn next_of(fields: &Fields) -> Option<&str> {
    Some(fields.typed("next")).filter(|next| next.starts_with('/') && !next.starts_with("/log"))
}

async fn has_business(app: &App) -> Result<bool, Fault> {
    let organisations = app.read(organisation::organisations).await?;
    Ok(!organisations.is_empty())
}

pub async fn login(
    State(app): State<App>,
    look: Look,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    form: Form,
) -> Reply {
    let knock = Knock {
        login: form.typed("login").to_owned(),
        password: form.typed("password").to_owned(),
        by: knocker(&app, peer, &headers),
    };
    let (db, now) = (app.db.clone(), app.clock.now());
    let outcome = app
        .blocking(move || auth::sign_in(&db, &knock, now, IdSource::system()))
        .await;
    match outcome {
        Ok(entry) => onward(&app, &entry, next_of(&form)),
        Err(fault) if is_correctable(&fault) => refused(
            web::fragment(pages::login(&look, &form, Some(&fault))),
            Some(&fault),
        ),
        Err(fault) => Err(fault.into()),
    }
}

/// In, or on to the second step.
pub(super) fn onward(app: &App, entry: &Entry, next: Option<&str>) -> Reply {
    match entry {
        Entry::Open(opened) => {
            let role = opened.signed_in.user.role;
            enter(app, opened, next.unwrap_or(home(role)))
        }
        Entry::Next(step) => super::step::begin(app, step, next),
    }
}

/// Whose browser knocks.
pub(super) fn knocker(app: &App, peer: SocketAddr, headers: &HeaderMap) -> Knocker {
    Knocker {
        address: address(app, peer, headers),
        agent: text_of(headers, "user-agent").to_owned(),
    }
}

fn text_of<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// The address a guess counts against. The proxy in front appends the one it saw, so the last
/// entry is the only one that a visitor cannot make up.
fn address(app: &App, peer: SocketAddr, headers: &HeaderMap) -> String {
    let forwarded = text_of(headers, "x-forwarded-for").rsplit(',').next();
    let forwarded = forwarded.map(str::trim).filter(|text| !text.is_empty());
    match forwarded.filter(|_| app.config.behind_proxy) {
        Some(address) => address.to_owned(),
        None => peer.ip().to_string(),
    }
}

/// On to a page of ours with the session's cookie.
pub(super) fn enter(app: &App, opened: &Opened, path: &str) -> Reply {
    let mut response = web::see_other(path)?;
    let seconds = auth::ABSOLUTE_DAYS * 86_400;
    let cookie = web::set_cookie(
        SESSION_COOKIE,
        opened.token.text(),
        seconds,
        app.config.secure,
    );
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

pub async fn logout(State(app): State<App>, headers: HeaderMap) -> Reply {
    if let Some(token) = web::cookie_of(&headers, SESSION_COOKIE) {
        let ended = app.write(move |tx| auth::sign_out(tx, &token)).await?;
        if let Some(org) = ended {
            app.look_who_listens(org).await?;
        }
    }
    let mut response = web::see_other("/login")?;
    let cookie = web::clear_cookie(SESSION_COOKIE);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    // What a phone kept to go on without a line is theirs alone.
    let kept = HeaderValue::from_static("\"storage\"");
    response.headers_mut().insert("clear-site-data", kept);
    Ok(response)
}

fn link_of(text: &str) -> Result<Token, Fault> {
    Token::parse(text, TokenKind::PasswordLink).ok_or_else(|| Fault::missing("people-link-spent"))
}

pub async fn link_page(State(app): State<App>, look: Look, Path(token): Path<String>) -> Reply {
    let link = link_of(&token)?;
    let now = app.clock.now();
    app.read(move |tx| crate::queries::live_link(tx, &link, now))
        .await?;
    web::fragment(pages::set_password(&look, &token, None))
}

pub async fn use_link(
    State(app): State<App>,
    look: Look,
    Path(token): Path<String>,
    (ConnectInfo(peer), headers): (ConnectInfo<SocketAddr>, HeaderMap),
    form: Form,
) -> Reply {
    let by = knocker(&app, peer, &headers);
    let link = link_of(&token)?;
    let (db, password) = (app.db.clone(), form.typed("password").to_owned());
    let ctx = app.system(link.org);
    let outcome = app
        .blocking(move || auth::use_link(&db, &link, (&password, HashCost::Full), &by, &ctx))
        .await;
    match outcome {
        Ok(entry) => onward(&app, &entry, None),
        Err(fault) if is_correctable(&fault) => {
            let page = web::fragment(pages::set_password(&look, &token, Some(&fault)));
            refused(page, Some(&fault))
        }
        Err(fault) => Err(fault.into()),
    }
}

pub async fn welcome_page(State(app): State<App>, look: Look) -> Reply {
    if has_business(&app).await? {
        return web::see_other("/login");
    }
    let typed = pages::welcome_typed(look.locale);
    web::fragment(pages::welcome(
        &look,
        &WelcomeView {
            typed: &typed,
            fault: None,
        },
    ))
}

pub async fn welcome(State(app): State<App>, look: Look, mut form: Form) -> Reply {
    if has_business(&app).await? {
        return web::see_other("/login");
    }
    let outcome = match founding(&mut form, look.locale) {
        Ok((founding, password)) => found(&app, founding, password).await,
        Err(fault) => Err(fault),
    };
    match outcome {
        Ok(opened) => enter(&app, &opened, "/today"),
        Err(fault) if is_correctable(&fault) => {
            let view = WelcomeView {
                typed: &form,
                fault: Some(&fault),
            };
            refused(web::fragment(pages::welcome(&look, &view)), Some(&fault))
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn found(app: &App, founding: Founding, password: Password) -> Result<Opened, Fault> {
    let (db, now) = (app.db.clone(), app.clock.now());
    app.blocking(move || {
        let ctx = new_context(now, founding.locale);
        let password_hash = hash_password(&ctx, &password, HashCost::Full)?;
        let founding = Founding {
            password_hash,
            ..founding
        };
        db.write(move |tx| found_first_business(tx, &ctx, founding))
    })
    .await
}

fn new_context(now: Timestamp, locale: Locale) -> Ctx {
    let ids = IdSource::system();
    let org = Id::from_uuid(ids.uuid(now));
    Ctx {
        locale,
        ..Ctx::system(org, now, ids)
    }
}

fn founding(form: &mut Form, locale: Locale) -> Result<(Founding, Password), Fault> {
    let named = |name: String| match locale {
        Locale::ZhCn => Bilingual::new(name, ""),
        Locale::En => Bilingual::new("", name),
    };
    let name = form.text("name", 1, 80);
    let site_name = form
        .optional_text("site_name", 80)
        .unwrap_or_else(|| name.clone());
    let week = typed_week(form);
    let founding = Founding {
        name: named(name),
        site_name: named(site_name),
        zone: form.text("zone", 1, 60),
        currency: form.text("currency", 3, 3),
        week,
        owner_name: form.text("owner_name", 1, 80),
        login: form.text("login", 2, 120),
        password_hash: String::new(),
        locale,
    };
    let password = Password::new(form.typed("password"), &founding.login);
    if let Err(fault) = &password {
        form.wrong("password", fault.text.clone());
    }
    form.done()?;
    Ok((founding, password?))
}

fn typed_week(form: &mut Form) -> Week {
    let minute = |time: kernel::Time| i64::from(time.hour()) * 60 + i64::from(time.minute());
    let (opens, closes) = (minute(form.time("opens")), minute(form.time("closes")));
    let days: Vec<i64> = form
        .list("days")
        .iter()
        .filter_map(|day| day.parse().ok())
        .collect();
    if days.is_empty() {
        form.wrong("days", Text::key("people-days-needed"));
    }
    let hours = MinuteSpan::new(opens, closes)
        .map(|span| vec![span])
        .and_then(DayHours::new);
    Week::same(&days, &hours.unwrap_or_default())
}
