//! Routes of series.

mod change;
mod new;

use kernel::{Fault, FaultKind, ids::SeriesId};
use maud::Markup;
use web::{Me, Page, Reply, Routes, page, unprocessable};

/// The routes of this room.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/series/new", orders::TAKE, new::new)
        .post("/series", orders::TAKE, new::create)
        .get("/series/{id}", orders::VIEW, change::show)
        .get(
            "/series/orders/{order}/cancellation",
            orders::TAKE,
            change::cancellation,
        )
        .post(
            "/series/orders/{order}/cancellation",
            orders::TAKE,
            change::cancel,
        )
        .get("/series/orders/{order}/slot", orders::TAKE, change::slot)
        .post("/series/orders/{order}/slot", orders::TAKE, change::shift)
}

fn id_of(path: &str) -> Result<SeriesId, Fault> {
    SeriesId::parse(path).ok_or_else(|| Fault::missing("series-missing"))
}

/// Shows a page, or the same again when something was wrong.
fn answer(me: &Me, shown: Page, body: Markup, fault: Option<&Fault>) -> Reply {
    match fault {
        None => page(me, shown, body),
        Some(fault) if matches!(fault.kind, FaultKind::Invalid | FaultKind::Conflict) => {
            unprocessable(me, shown, body)
        }
        Some(fault) => Err(fault.clone().into()),
    }
}
