//! Routes of group sessions.

mod forms;
mod list;
mod show;

use kernel::{
    Ctx, Fault, FaultKind,
    ids::{GroupSessionId, ResourceId, StaffId},
};
use maud::Markup;
use organisation::Site;
use store::Tx;
use web::{Me, Page, Reply, Routes, page, unprocessable};

use crate::{PLAN, VIEW, pages::View};

/// The routes of this room.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/sessions", VIEW, list::list)
        .post("/sessions/offers", PLAN, list::save_offer)
        .post("/sessions/offers/{service}/removal", PLAN, list::withdraw)
        .get("/sessions/new", PLAN, forms::new)
        .post("/sessions", PLAN, forms::plan)
        .get("/sessions/{id}", VIEW, show::show)
        .get("/sessions/{id}/content", PLAN, forms::content)
        .post("/sessions/{id}/content", PLAN, forms::change)
        .get("/sessions/{id}/cancellation", PLAN, forms::cancellation)
        .post("/sessions/{id}/cancellation", PLAN, forms::cancel)
        .post("/sessions/{id}/seats", orders::TAKE, show::sell)
        .post("/sessions/{id}/start", orders::SERVE, show::begin)
        .post("/sessions/{id}/completion", orders::SERVE, show::end)
        .post(
            "/sessions/{id}/participants/{order}/arrival",
            orders::TAKE,
            show::check_in,
        )
}

fn id_of(path: &str) -> Result<GroupSessionId, Fault> {
    GroupSessionId::parse(path).ok_or_else(|| Fault::missing("sessions-missing"))
}

/// What every page needs to write times and names.
fn view(tx: &mut Tx, ctx: &Ctx, me: &Me, site: Site) -> Result<View, Fault> {
    let staff = people::staff_at(tx, ctx, site.id)?;
    let rooms = capacity::resources_at(tx, ctx, site.id)?;
    let filter = offers::Filter {
        site: Some(site.id),
        kind: Some(offers::Kind::Service),
        ..offers::Filter::default()
    };
    let mut services = offers::services(tx, ctx, &filter)?;
    services.retain(offers::Service::is_bookable);
    Ok(View {
        locale: me.look.locale,
        now: ctx.now,
        may_plan: ctx.may(PLAN),
        may_take: ctx.may(orders::TAKE),
        may_serve: ctx.may(orders::SERVE),
        staff,
        rooms,
        services,
        site,
    })
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

/// The leader and the room a form names.
fn with(form: &mut web::Fields) -> (Option<StaffId>, Option<ResourceId>) {
    (form.optional_id("staff"), form.optional_id("room"))
}
