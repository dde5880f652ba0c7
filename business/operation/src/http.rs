//! Routes of operation.

use web::{App, Me, Page, Reply, Routes, State, page};

use crate::{VIEW, health, pages};

/// Every route.
pub(crate) fn routes() -> Routes {
    Routes::new().get("/health", VIEW, show)
}

async fn show(State(app): State<App>, me: Me) -> Reply {
    let (asked, ctx) = (app.clone(), me.ctx.clone());
    let health = app.blocking(move || health::gather(&asked, &ctx)).await?;
    let locale = me.look.locale;
    let shown = Page::new(locale.t("operation-title"))
        .subtitle(locale.t("operation-subtitle"))
        .still();
    let body = pages::health(locale, &me.zone(), me.ctx.now, &health);
    page(&me, shown, body)
}
