//! Routes of the help.

use kernel::{Fault, Permission};
use web::{App, Form, Me, Page, Path, Query, Reply, Routes, State, axum::http::header, done, page};

use crate::{SET_UP, articles::library, first_hour, pages};

/// How long a person's having read of a release is remembered.
const YEAR_SECONDS: i64 = 31_536_000;

/// Every route.
pub(crate) fn routes() -> Routes {
    let anybody = Permission::SIGNED_IN;
    Routes::new()
        .get("/help", anybody, index)
        .get("/help/releases", anybody, releases)
        .get("/help/first-hour", SET_UP, first)
        .post("/help/first-hour", SET_UP, put_away)
        .get("/help/{slug}", anybody, article)
}

async fn index(me: Me, mut asked: Query) -> Reply {
    let text = asked.optional_text("q", 80).unwrap_or_default();
    let locale = me.look.locale;
    let library = library(locale);
    let found = library.find(&text);
    let shown = Page::new(locale.t("help-title")).still();
    let body = pages::index(locale, &text, &found, me.ctx.may(SET_UP));
    page(&me, shown, body)
}

async fn article(me: Me, Path(slug): Path<String>) -> Reply {
    let locale = me.look.locale;
    let article = library(locale).article(&slug);
    let article = article.ok_or_else(|| Fault::missing("help-missing"))?;
    let shown = Page::new(article.title.clone()).still();
    page(&me, shown, pages::article(locale, article))
}

/// What is new; whoever opened it has read of it.
async fn releases(State(app): State<App>, me: Me) -> Reply {
    let locale = me.look.locale;
    let releases = &library(locale).releases;
    let shown = Page::new(locale.t("help-releases")).still();
    let mut response = page(&me, shown, pages::releases(releases))?;
    if let Some(newest) = releases.first() {
        let secure = app.config.secure;
        let cookie = web::set_cookie(web::NEWS_COOKIE, &newest.slug, YEAR_SECONDS, secure);
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

async fn first(State(app): State<App>, me: Me) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let list = app
        .read(move |tx| first_hour::first_hour(tx, &ctx, site))
        .await?;
    let locale = me.look.locale;
    let shown = Page::new(locale.t("help-first-hour")).still();
    page(&me, shown, pages::first_hour(locale, &list))
}

async fn put_away(State(app): State<App>, me: Me, form: Form) -> Reply {
    let away = form.flag("away");
    let ctx = me.ctx.clone();
    app.write(move |tx| first_hour::put_away(tx, &ctx, away))
        .await?;
    let locale = me.look.locale;
    if away {
        done("/today", &locale.t("help-told-away"))
    } else {
        done("/today", &locale.t("help-told-back"))
    }
}
