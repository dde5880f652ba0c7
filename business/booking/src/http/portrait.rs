//! The portraits of those who can be booked online.

use files::Size;
use kernel::{Fault, ids::StaffId};
use web::{App, Guest, Path, Reply, State, axum::http::HeaderMap};

use crate::queries;

/// The portrait of a person, for as long as guests can choose to be served by them.
pub(super) async fn show(
    State(app): State<App>,
    guest: Guest,
    Path((_, staff)): Path<(String, StaffId)>,
    headers: HeaderMap,
) -> Reply {
    let ctx = guest.ctx.clone();
    let found = app
        .read(move |tx| {
            if !queries::serves_online(tx, &ctx, staff)? {
                return Ok(None);
            }
            files::cover(tx, ctx.org, people::PORTRAIT.kind, &staff.to_string())
        })
        .await?;
    let portrait = found.ok_or_else(|| Fault::missing("booking-portrait-missing"))?;
    files::send(&app, &guest.ctx, &headers, &portrait, Size::Small).await
}
