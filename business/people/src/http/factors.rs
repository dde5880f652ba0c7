//! One's own second factor and passkeys.

use super::step::{answer_of, place_of};
use super::{is_correctable, refused, settings};
use crate::model::Vault;
use crate::pages::{self, CodeView, SetupView};
use crate::{auth, commands, queries};
use kernel::ids::{PasskeyId, UserId};
use kernel::{Ctx, Fault};
use store::Tx;
use web::axum::http::HeaderMap;
use web::{App, Form, Me, Page, Path, Reply, State};

pub async fn code_page(State(app): State<App>, me: Me) -> Reply {
    show_code(&app, &me, None).await
}

async fn show_code(app: &App, me: &Me, wrong: Option<(&str, &Fault)>) -> Reply {
    let own = settings::own(me)?;
    let factors = factors_of(app, me, own).await?;
    if factors.code {
        return page(me, &CodeView::Set(factors, wrong), wrong);
    }
    let vault = Vault::new(app.config.key.as_ref().map(web::Key::bytes))?;
    let ctx = me.ctx.clone();
    let (secret, user) = app
        .write(move |tx| {
            let secret = commands::pending_code(tx, &ctx, own, &vault)?;
            Ok((secret, queries::user(tx, &ctx, own)?))
        })
        .await?;
    let business = me.organisation.name.get(me.look.locale);
    let address = secret.address(business, &user.login);
    let view = CodeView::Setup(SetupView {
        address: &address,
        key: &secret.text(),
        next: "",
        fault: wrong.map(|(_, fault)| fault),
    });
    page(me, &view, wrong)
}

fn page(me: &Me, view: &CodeView<'_>, wrong: Option<(&str, &Fault)>) -> Reply {
    let locale = me.look.locale;
    let title = match view {
        CodeView::Codes(_) => locale.t("people-recovery"),
        CodeView::Setup(_) | CodeView::Set(..) => locale.t("people-factor"),
    };
    let body = pages::code_page(locale, view);
    let fault = wrong.map(|(_, fault)| fault);
    refused(web::page(me, Page::new(title), body), fault)
}

async fn factors_of(app: &App, me: &Me, user: UserId) -> Result<queries::Factors, Fault> {
    let ctx = me.ctx.clone();
    app.read(move |tx| queries::factors_of(tx, &ctx, user))
        .await
}

/// Something done with a code of the second factor at hand.
type CodeAct<T> = fn(&mut Tx, &Ctx, (&Vault, &str)) -> Result<T, Fault>;

/// Runs something with the code that was typed, counted and checked.
async fn with_code<T: Send + 'static>(
    app: &App,
    me: &Me,
    form: &Form,
    act: CodeAct<T>,
) -> Result<T, Fault> {
    let vault = Vault::new(app.config.key.as_ref().map(web::Key::bytes))?;
    let (db, ctx, code) = (
        app.db.clone(),
        me.ctx.clone(),
        form.typed("code").to_owned(),
    );
    app.blocking(move || auth::with_code(&db, &ctx, move |tx, ctx| act(tx, ctx, (&vault, &code))))
        .await
}

pub async fn confirm(State(app): State<App>, me: Me, form: Form) -> Reply {
    let confirmed = with_code(&app, &me, &form, |tx, ctx, with| {
        let user = commands::own(ctx).ok_or_else(Fault::sign_in)?;
        commands::confirm_code(tx, ctx, user, with)
    });
    codes_or_again(&app, &me, confirmed.await, "confirmation").await
}

pub async fn renew(State(app): State<App>, me: Me, form: Form) -> Reply {
    let renewed = with_code(&app, &me, &form, commands::renew_recovery).await;
    codes_or_again(&app, &me, renewed, "recovery").await
}

async fn codes_or_again(
    app: &App,
    me: &Me,
    outcome: Result<Vec<String>, Fault>,
    form: &str,
) -> Reply {
    match outcome {
        Ok(codes) => page(me, &CodeView::Codes(&codes), None),
        Err(fault) if is_correctable(&fault) => show_code(app, me, Some((form, &fault))).await,
        Err(fault) => Err(fault.into()),
    }
}

pub async fn remove(State(app): State<App>, me: Me, form: Form) -> Reply {
    match with_code(&app, &me, &form, commands::remove_code).await {
        Ok(()) => web::done("/settings", &me.look.locale.t("people-factor-removed")),
        Err(fault) if is_correctable(&fault) => {
            show_code(&app, &me, Some(("removal", &fault))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

pub async fn passkey_request(State(app): State<App>, me: Me, headers: HeaderMap) -> Reply {
    let (place, ctx) = (place_of(&app, &headers)?, me.ctx.clone());
    let options = app
        .write(move |tx| commands::creation(tx, &ctx, &place))
        .await?;
    web::json(&options)
}

pub async fn make_passkey(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    mut form: Form,
) -> Reply {
    let (place, answer) = (place_of(&app, &headers)?, answer_of(&mut form));
    let (ctx, name) = (me.ctx.clone(), form.text("passkey_name", 1, 80));
    let made = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::keep_passkey(tx, &ctx, &name, (&answer, &place)))
                .await
        }
        Err(fault) => Err(fault),
    };
    let made = made.map(|_| "people-passkey-made");
    settings::answer(&app, &me, made, ("passkey", &form)).await
}

pub async fn rename_passkey(
    State(app): State<App>,
    me: Me,
    Path(id): Path<PasskeyId>,
    mut form: Form,
) -> Reply {
    let (ctx, name) = (me.ctx.clone(), form.text("passkey_name", 1, 80));
    form.done()?;
    app.write(move |tx| commands::rename_passkey(tx, &ctx, id, &name))
        .await?;
    web::done("/settings", &me.look.locale.t("people-saved"))
}

pub async fn remove_passkey(State(app): State<App>, me: Me, Path(id): Path<PasskeyId>) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::remove_passkey(tx, &ctx, id))
        .await?;
    web::done("/settings", &me.look.locale.t("people-passkey-removed"))
}
