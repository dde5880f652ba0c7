//! The door at which whoever carries the mail reports what came back: signed, or shut.

use kernel::{Fault, FaultKind, Role, Text};
use outbound::Signed;
use web::{
    App, Guest, Reply, Routes, State,
    axum::{body::Bytes, http::HeaderMap},
};

use crate::{commands, model::Report, queries};

/// A report says little.
const BODY_BYTES_MAX: usize = 64 << 10;
/// How the heads of a signed request begin: by the standard, and as the service it grew from
/// still writes them.
const PREFIXES: [&str; 2] = ["webhook", "svix"];

/// The route of the door.
pub(super) fn routes() -> Routes {
    Routes::new().public_post("/at/{org}/messages/reports", take)
}

/// Where the door is.
pub(super) fn path(slug: &str) -> String {
    format!("/at/{slug}/messages/reports")
}

fn signed(headers: &HeaderMap) -> Option<Signed<'_>> {
    PREFIXES.iter().find_map(|prefix| {
        let head = |name: &str| headers.get(format!("{prefix}-{name}"))?.to_str().ok();
        Some(Signed {
            id: head("id").filter(|id| (1..=200).contains(&id.len()))?,
            second: head("timestamp")?.parse().ok()?,
            signatures: head("signature")?,
        })
    })
}

fn unsigned() -> Fault {
    Fault {
        kind: FaultKind::Forbidden,
        ..Fault::conflict("messages-report-unsigned")
    }
}

async fn take(State(app): State<App>, guest: Guest, headers: HeaderMap, body: Bytes) -> Reply {
    let ctx = guest.ctx.clone();
    let reader = ctx.raised(Role::Manager);
    let secret = app
        .read(move |tx| Ok(queries::settings(tx, &reader)?.report_secret))
        .await?;
    let secret = secret.ok_or_else(|| Fault::missing("messages-report-shut"))?;
    let unreadable = || Fault::invalid("body", Text::key("messages-report-unreadable"));
    if body.len() > BODY_BYTES_MAX {
        return Err(unreadable().into());
    }
    let text = std::str::from_utf8(&body).map_err(|_| unreadable())?;
    let request = signed(&headers).ok_or_else(unsigned)?;
    if !request.is_genuine(&secret, text, ctx.now) {
        return Err(unsigned().into());
    }
    let told = serde_json::from_str(text).map_err(|_| unreadable())?;
    if let Some(report) = Report::read(&told) {
        let id = request.id.to_owned();
        app.write(move |tx| commands::note_report(tx, &ctx, &id, &report))
            .await?;
    }
    web::no_content()
}
