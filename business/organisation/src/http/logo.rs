//! Where the logo is kept, and where everybody sees it.

use kernel::Fault;
use web::{App, Guest, Reply, Routes, State, axum::http::HeaderMap};

use crate::logo::{LOGO, logo};

/// Where the logo is kept and seen.
pub(super) fn routes() -> Routes {
    files::routes(LOGO).public_get("/at/{org}/organisation/logo", public)
}

async fn public(State(app): State<App>, guest: Guest, headers: HeaderMap) -> Reply {
    let org = guest.ctx.org;
    let file = app.read(move |tx| logo(tx, org)).await?;
    let file = file.ok_or_else(|| Fault::missing("organisation-logo-missing"))?;
    files::send(&app, &guest.ctx, &headers, &file, files::Size::Small).await
}
