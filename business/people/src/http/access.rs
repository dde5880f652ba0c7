//! How people sign in: the rules, everybody's tries, and one person's sessions and factors.

use super::{is_correctable, refused};
use crate::model::AccessRules;
use crate::pages::{self, RulesView};
use crate::{columns, commands, queries};
use kernel::ids::{SessionId, UserId};
use kernel::{Fault, Role};
use web::{App, Fields, Form, Me, Page, Path, Query, Reply, SettingChanges, State};

const SETTINGS: [&str; 3] = ["factor_roles", "pin_minutes", "sight_days"];
const TRIES_SHOWN: i64 = 200;
const TRIES_IN_FILE: i64 = 50_000;

pub async fn rules(State(app): State<App>, me: Me) -> Reply {
    show_rules(&app, &me, None).await
}

async fn show_rules(app: &App, me: &Me, wrong: Option<(&Fields, &Fault)>) -> Reply {
    let (ctx, locale) = (me.ctx.clone(), me.look.locale);
    let (rules, own, changes) = app
        .read(move |tx| {
            let rules = queries::access_rules(tx, ctx.org)?;
            let changes = SettingChanges::read(tx, &ctx, ctx.org, &SETTINGS)?;
            Ok((rules, queries::roles(tx, &ctx)?, changes))
        })
        .await?;
    let built_in =
        Role::USERS.map(|role| (role.as_str().to_owned(), pages::role_name(locale, role)));
    let own = own.iter().map(|(role, _)| {
        let name = role.name.get(locale).to_owned();
        (format!("own:{}", role.id), name)
    });
    let view = RulesView {
        rules: &rules,
        roles: built_in.into_iter().chain(own).collect(),
        changes: &changes,
        zone: me.zone(),
        may_seal: app.config.key.is_some(),
        refused: wrong,
    };
    let page = Page::new(locale.t("people-access"));
    let body = pages::rules_page(me, &view);
    refused(web::page(me, page, body), wrong.map(|(_, fault)| fault))
}

pub async fn set_rules(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let version = form.int("version", 0, i64::MAX);
    let reset = form.typed("reset").to_owned();
    let ctx = me.ctx.clone();
    let wanted = match reset.as_str() {
        "" => AccessRules {
            factor_roles: form.list("factor_roles"),
            pin_minutes: form.int("pin_minutes", 1, 60),
            sight_days: form.int("sight_days", 30, 3650),
            version,
        },
        name => {
            let before = app
                .read(move |tx| queries::access_rules(tx, ctx.org))
                .await?;
            let (standard, kept) = (AccessRules::default(), before);
            let wanted = match name {
                "factor_roles" => AccessRules {
                    factor_roles: standard.factor_roles,
                    ..kept
                },
                "sight_days" => AccessRules {
                    sight_days: standard.sight_days,
                    ..kept
                },
                _ => AccessRules {
                    pin_minutes: standard.pin_minutes,
                    ..kept
                },
            };
            AccessRules { version, ..wanted }
        }
    };
    let ctx = me.ctx.clone();
    let saved = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::set_access_rules(tx, &ctx, &wanted))
                .await
        }
        Err(fault) => Err(fault),
    };
    match saved {
        Ok(()) => web::done("/access", &me.look.locale.t("people-saved")),
        Err(fault) if is_correctable(&fault) => show_rules(&app, &me, Some((&form, &fault))).await,
        Err(fault) => Err(fault.into()),
    }
}

pub async fn sign_ins(State(app): State<App>, me: Me, query: Query) -> Reply {
    let failed = query.flag("failed");
    let ctx = me.ctx.clone();
    if let Some(format) = web::wanted(&query) {
        let rows = web::at_once(move |tx| queries::sign_ins(tx, &ctx, None, failed, TRIES_IN_FILE));
        return web::export(&app, &me, format, columns::sign_ins(&me), rows).await;
    }
    let tries = app
        .read(move |tx| queries::sign_ins(tx, &ctx, None, failed, TRIES_SHOWN))
        .await?;
    let page = Page::new(me.look.locale.t("people-access")).exports();
    web::page(&me, page, pages::sign_ins_page(&me, &tries, failed))
}

/// Ends one session of somebody, with its live stream.
pub async fn end_session(
    State(app): State<App>,
    me: Me,
    Path((user, session)): Path<(UserId, SessionId)>,
) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::end_session_of(tx, &ctx, user, session))
        .await?;
    let words = me.look.locale.t("people-session-ended");
    web::done(&format!("/users/{user}"), &words)
}

/// Takes somebody's PIN away, and ends the turns taken with it.
pub async fn reset_pin(State(app): State<App>, me: Me, Path(user): Path<UserId>) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::reset_pin(tx, &ctx, user))
        .await?;
    let words = me.look.locale.t("people-pin-removed");
    web::done(&format!("/users/{user}"), &words)
}

/// Signs somebody out everywhere.
pub async fn end_sessions(State(app): State<App>, me: Me, Path(user): Path<UserId>) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::end_all_sessions_of(tx, &ctx, user))
        .await?;
    let words = me.look.locale.t("people-signed-out-everywhere");
    web::done(&format!("/users/{user}"), &words)
}

/// Takes away the second factors of somebody who lost the phone.
pub async fn reset_factors(State(app): State<App>, me: Me, Path(user): Path<UserId>) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::reset_factors(tx, &ctx, user))
        .await?;
    let words = me.look.locale.t("people-factor-removed");
    web::done(&format!("/users/{user}"), &words)
}
