//! The second step of signing in, and signing in with a passkey.

use super::door::{enter, home, knocker, next_of, onward};
use super::{is_correctable, refused};
use crate::auth::{self, Entry, Needs, NextStep, StepKnock};
use crate::commands;
use crate::model::{Answer, Place, Token, TokenKind, Vault};
use crate::pages;
use kernel::{Fault, IdSource};
use std::net::SocketAddr;
use web::axum::extract::ConnectInfo;
use web::axum::http::{HeaderMap, header};
use web::{App, Form, Look, Query, Reply, State};

const STEP_COOKIE: &str = "step";
const STEP_SECONDS: i64 = 600;

/// On to the second step: the cookie says whose, the address where to afterwards.
pub(super) fn begin(app: &App, step: &NextStep, next: Option<&str>) -> Reply {
    let path = match step.needs {
        Needs::Code => "/login/code",
        Needs::Setup => "/login/setup",
    };
    let path = match next {
        Some(next) => format!("{path}?next={}", pages::escaped(next)),
        None => path.to_owned(),
    };
    let mut response = web::see_other(&path)?;
    let text = step.token.text();
    let cookie = web::set_cookie(STEP_COOKIE, text, STEP_SECONDS, app.config.secure);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// The token of the first step; whoever has none begins again.
fn token_of(headers: &HeaderMap) -> Option<Token> {
    let text = web::cookie_of(headers, STEP_COOKIE)?;
    Token::parse(&text, TokenKind::Step)
}

pub async fn code_page(
    State(app): State<App>,
    look: Look,
    headers: HeaderMap,
    query: Query,
) -> Reply {
    let Some(token) = token_of(&headers) else {
        return web::see_other("/login");
    };
    let now = app.clock.now();
    match app.read(move |tx| auth::needs(tx, &token, now)).await {
        Ok(Needs::Code) => web::fragment(pages::code(&look, query.typed("next"), None)),
        Ok(Needs::Setup) => web::see_other("/login/setup"),
        Err(_) => web::see_other("/login"),
    }
}

pub async fn code(
    State(app): State<App>,
    look: Look,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    form: Form,
) -> Reply {
    let Some(token) = token_of(&headers) else {
        return web::see_other("/login");
    };
    let knock = StepKnock {
        token,
        code: form.typed("code").to_owned(),
        by: knocker(&app, peer, &headers),
    };
    let vault = Vault::new(app.config.key.as_ref().map(web::Key::bytes))?;
    let (db, now) = (app.db.clone(), app.clock.now());
    let work = move || auth::second_step(&db, vault, &knock, (now, IdSource::system()));
    match app.blocking(work).await {
        Ok(opened) => onward(&app, &Entry::Open(Box::new(opened)), next_of(&form)),
        Err(fault) if is_correctable(&fault) => {
            let page = web::fragment(pages::code(&look, form.typed("next"), Some(&fault)));
            refused(page, Some(&fault))
        }
        Err(fault) => Err(fault.into()),
    }
}

pub async fn setup_page(
    State(app): State<App>,
    look: Look,
    headers: HeaderMap,
    query: Query,
) -> Reply {
    let Some(token) = token_of(&headers) else {
        return web::see_other("/login");
    };
    show_setup(&app, &look, token, (query.typed("next"), None)).await
}

async fn show_setup(
    app: &App,
    look: &Look,
    token: Token,
    (next, fault): (&str, Option<&Fault>),
) -> Reply {
    let vault = Vault::new(app.config.key.as_ref().map(web::Key::bytes))?;
    let now = app.clock.now();
    let found = app
        .write(move |tx| {
            let found = auth::setup(tx, &token, &vault, (now, IdSource::system()))?;
            Ok((found, organisation::organisation(tx, token.org)?))
        })
        .await;
    let Ok(((secret, login), business)) = found else {
        return web::see_other("/login");
    };
    let address = secret.address(business.name.get(look.locale), &login);
    let view = pages::SetupView {
        address: &address,
        key: &secret.text(),
        next,
        fault,
    };
    refused(web::fragment(pages::setup(look, &view)), fault)
}

pub async fn set_up(
    State(app): State<App>,
    look: Look,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    form: Form,
) -> Reply {
    let Some(token) = token_of(&headers) else {
        return web::see_other("/login");
    };
    let knock = StepKnock {
        token: token.clone(),
        code: form.typed("code").to_owned(),
        by: knocker(&app, peer, &headers),
    };
    let vault = Vault::new(app.config.key.as_ref().map(web::Key::bytes))?;
    let (db, now) = (app.db.clone(), app.clock.now());
    let work = move || auth::set_up(&db, vault, &knock, (now, IdSource::system()));
    match app.blocking(work).await {
        Ok((opened, codes)) => {
            let role = opened.signed_in.user.role;
            let next = next_of(&form).unwrap_or(home(role)).to_owned();
            let shown = web::fragment(pages::recovery(&look, &codes, &next))?;
            let mut response = enter(&app, &opened, &next)?;
            // The codes are shown at once, with the cookie: a redirect would lose them.
            *response.status_mut() = shown.status();
            response.headers_mut().remove(header::LOCATION);
            let kind = shown.headers().get(header::CONTENT_TYPE).cloned();
            response
                .headers_mut()
                .extend(kind.map(|kind| (header::CONTENT_TYPE, kind)));
            *response.body_mut() = shown.into_body();
            Ok(response)
        }
        Err(fault) if is_correctable(&fault) => {
            let next = form.typed("next").to_owned();
            show_setup(&app, &look, token, (&next, Some(&fault))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Where browsers reach the program; passkeys need a name, not a bare address.
pub(super) fn place_of(app: &App, headers: &HeaderMap) -> Result<Place, Fault> {
    let host = headers
        .get(header::HOST)
        .and_then(|value| value.to_str().ok());
    host.and_then(|host| Place::of(host, app.config.secure))
        .ok_or_else(|| Fault::conflict("people-passkey-no-name"))
}

/// What a browser answered, from the hidden fields of a form.
pub(super) fn answer_of(form: &mut Form) -> Answer {
    Answer {
        credential: form.typed("credential").to_owned(),
        client_data: form.typed("client_data").to_owned(),
        device_data: form.typed("device_data").to_owned(),
        signature: form.typed("signature").to_owned(),
        public_key: form.typed("public_key").to_owned(),
        algorithm: form.typed("algorithm").parse().unwrap_or(0),
    }
}

pub async fn passkey_request(State(app): State<App>, headers: HeaderMap) -> Reply {
    let (place, now) = (place_of(&app, &headers)?, app.clock.now());
    let request = app
        .write(move |tx| commands::request(tx, &place, (&IdSource::system(), now)))
        .await?;
    web::json(&request)
}

pub async fn passkey(
    State(app): State<App>,
    look: Look,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    mut form: Form,
) -> Reply {
    let (place, by) = (place_of(&app, &headers)?, knocker(&app, peer, &headers));
    let (answer, db, now) = (answer_of(&mut form), app.db.clone(), app.clock.now());
    let work = move || {
        let when = (now, IdSource::system());
        auth::sign_in_by_passkey(&db, (&answer, &place), &by, when)
    };
    match app.blocking(work).await {
        Ok(opened) => onward(&app, &Entry::Open(Box::new(opened)), next_of(&form)),
        Err(fault) if is_correctable(&fault) => {
            let page = web::fragment(pages::login(&look, &form, Some(&fault)));
            refused(page, Some(&fault))
        }
        Err(fault) => Err(fault.into()),
    }
}
