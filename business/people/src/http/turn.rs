//! Taking turns at a shared computer.

use super::door::{home, knocker, next_of};
use super::{is_correctable, refused, settings};
use crate::auth::{self, TurnKnock};
use crate::commands;
use crate::model::{HashCost, Pin};
use crate::pages::{self, TurnView};
use kernel::{Fault, IdSource, Role};
use std::net::SocketAddr;
use web::axum::extract::ConnectInfo;
use web::axum::http::HeaderMap;
use web::{App, Fields, Form, Look, Me, Query, Reply, State};

/// Whether the browser's session is that of a shared computer.
pub(super) async fn is_shared(app: &App, headers: &HeaderMap) -> Result<bool, Fault> {
    let Some(cookie) = web::cookie_of(headers, "session") else {
        return Ok(false);
    };
    let now = app.clock.now();
    let found = app
        .read(move |tx| auth::shared_computer(tx, &cookie, now))
        .await?;
    Ok(found.is_some())
}

pub async fn page(State(app): State<App>, look: Look, headers: HeaderMap, query: Query) -> Reply {
    show(&app, &look, &headers, (&query, None)).await
}

async fn show(
    app: &App,
    look: &Look,
    headers: &HeaderMap,
    (typed, fault): (&Fields, Option<&Fault>),
) -> Reply {
    let (cookie, now) = (web::cookie_of(headers, "session"), app.clock.now());
    let found = app
        .read(move |tx| match cookie {
            Some(cookie) => auth::shared_computer(tx, &cookie, now),
            None => Ok(None),
        })
        .await?;
    let Some(shared) = found else {
        return web::see_other("/login");
    };
    let view = TurnView {
        shared: &shared,
        next: next_of(typed).unwrap_or_default(),
        chosen: typed.typed("user"),
        fault,
    };
    refused(web::fragment(pages::turn(look, &view)), fault)
}

pub async fn take(
    State(app): State<App>,
    look: Look,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    mut form: Form,
) -> Reply {
    let knock = TurnKnock {
        cookie: web::cookie_of(&headers, "session").unwrap_or_default(),
        user: form.id("user"),
        pin: form.typed("pin").to_owned(),
        by: knocker(&app, peer, &headers),
    };
    let (db, now) = (app.db.clone(), app.clock.now());
    let taken = match form.done() {
        Ok(()) => {
            app.blocking(move || auth::take_turn(&db, &knock, (now, IdSource::system())))
                .await
        }
        Err(fault) => Err(fault),
    };
    match taken {
        Ok(()) => web::see_other(next_of(&form).unwrap_or(home(Role::Desk))),
        Err(fault) if is_correctable(&fault) => {
            show(&app, &look, &headers, (&form, Some(&fault))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

pub async fn lock(State(app): State<App>, headers: HeaderMap) -> Reply {
    if let Some(cookie) = web::cookie_of(&headers, "session") {
        let locked = app.write(move |tx| auth::lock(tx, &cookie)).await?;
        if let Some(org) = locked {
            app.look_who_listens(org).await?;
        }
    }
    web::see_other("/switch")
}

/// Somebody is still there: coming in by the guard has noted it.
pub async fn stay(_: Me) -> Reply {
    web::no_content()
}

pub async fn share(State(app): State<App>, me: Me) -> Reply {
    let (ctx, session) = (me.ctx.clone(), me.session.ok_or_else(Fault::sign_in)?);
    app.write(move |tx| commands::share_session(tx, &ctx, session))
        .await?;
    web::see_other("/switch")
}

pub async fn set_pin(State(app): State<App>, me: Me, form: Form) -> Reply {
    let (ctx, db, typed) = (me.ctx.clone(), app.db.clone(), form.typed("pin").to_owned());
    let set = app
        .blocking(move || {
            let hash = Pin::new(&typed)?.hash(&ctx, HashCost::Full)?;
            db.write(move |tx| commands::set_pin(tx, &ctx, &hash))
        })
        .await;
    let set = set.map(|()| "people-pin-kept");
    settings::answer(&app, &me, set, ("pin", &Fields::default())).await
}

pub async fn remove_pin(State(app): State<App>, me: Me) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::remove_pin(tx, &ctx)).await?;
    web::done("/settings", &me.look.locale.t("people-pin-removed"))
}
