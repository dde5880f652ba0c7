//! Changing working time, after a warning about the visits it would leave with nobody.

use super::refused;
use super::staff::{answer, home_of};
use super::time::minute;
use crate::commands::{self, Planned};
use crate::model::{Change, Reach, Shift, Staff, Visit};
use crate::pages::{self, LeftView, ShiftView};
use crate::queries;
use kernel::ids::{ShiftId, StaffId};
use kernel::{Fault, Text};
use organisation::{MinuteSpan, Site};
use web::axum::http::StatusCode;
use web::{App, Fields, Form, Me, Page, Path, Reply, State};

pub async fn show_shift(
    State(app): State<App>,
    me: Me,
    Path((staff, id)): Path<(StaffId, ShiftId)>,
) -> Reply {
    shift_page(&app, &me, staff, id, None).await
}

struct Found {
    staff: Staff,
    shift: Shift,
    site: Site,
}

async fn shift_page(
    app: &App,
    me: &Me,
    staff: StaffId,
    id: ShiftId,
    wrong: Option<(&Fields, &Fault)>,
) -> Reply {
    let ctx = me.ctx.clone();
    let found = app
        .read(move |tx| {
            let none = || Fault::missing("people-shift-missing");
            let shift = queries::shift(tx, &ctx, staff, id)?.ok_or_else(none)?;
            Ok(Found {
                staff: queries::staff_member(tx, &ctx, staff)?,
                site: organisation::site(tx, &ctx, shift.site)?,
                shift,
            })
        })
        .await?;
    let locale = me.look.locale;
    let view = ShiftView {
        staff: &found.staff,
        shift: &found.shift,
        site: &found.site,
        refused: wrong,
    };
    let page = Page::new(locale.t("people-shift")).subtitle(found.staff.shown(locale));
    let body = pages::shift_page(locale, &view);
    refused(web::page(me, page, body), wrong.map(|(_, fault)| fault))
}

fn reach(form: &Form) -> Reach {
    match form.flag("following") {
        true => Reach::Following,
        false => Reach::One,
    }
}

pub async fn change_shift(
    State(app): State<App>,
    me: Me,
    Path((staff, id)): Path<(StaffId, ShiftId)>,
    mut form: Form,
) -> Reply {
    let (starts, ends) = (form.time("starts"), form.time("ends"));
    let hours = MinuteSpan::new(minute(starts), minute(ends));
    if hours.is_none() {
        form.wrong("hours", Text::key("people-shift-long"));
    }
    let planned = match (form.done(), hours) {
        (Ok(()), Some(hours)) => {
            let change = Change::Hours(id, reach(&form), hours);
            attempt(&app, &me, staff, &form, change).await
        }
        (Err(fault), _) => Err(fault),
        (Ok(()), None) => Err(Fault::invalid("hours", Text::key("people-shift-long"))),
    };
    match planned {
        Ok(Planned::Done) => {
            answer(
                &app,
                &me,
                staff,
                Ok("people-shift-changed"),
                ("shift", &form),
            )
            .await
        }
        Ok(Planned::Leaves(visits)) => left_page(&app, &me, staff, &form, &visits).await,
        Err(fault) if super::is_correctable(&fault) => {
            shift_page(&app, &me, staff, id, Some((&form, &fault))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

pub async fn remove_shift(
    State(app): State<App>,
    me: Me,
    Path((staff, id)): Path<(StaffId, ShiftId)>,
    form: Form,
) -> Reply {
    let change = Change::Remove(id, reach(&form));
    let done = "people-shift-removed";
    planned(&app, &me, staff, Ok(change), (done, "shift", &form)).await
}

pub async fn depart(
    State(app): State<App>,
    me: Me,
    Path(staff): Path<StaffId>,
    form: Form,
) -> Reply {
    let done = "people-gone";
    planned(&app, &me, staff, Ok(Change::Leave), (done, "state", &form)).await
}

/// Tries a change whose form is on the page of the member of staff: done, warned or refused.
pub(super) async fn planned(
    app: &App,
    me: &Me,
    staff: StaffId,
    change: Result<Change, Fault>,
    (done, name, form): (&'static str, &str, &Form),
) -> Reply {
    let outcome = match change {
        Ok(change) => attempt(app, me, staff, form, change).await,
        Err(fault) => Err(fault),
    };
    match outcome {
        Ok(Planned::Leaves(visits)) => left_page(app, me, staff, form, &visits).await,
        Ok(Planned::Done) => answer(app, me, staff, Ok(done), (name, form)).await,
        Err(fault) => answer(app, me, staff, Err(fault), (name, form)).await,
    }
}

async fn attempt(
    app: &App,
    me: &Me,
    staff: StaffId,
    form: &Form,
    change: Change,
) -> Result<Planned, Fault> {
    let (ctx, knowing) = (me.ctx.clone(), form.flag("knowing"));
    app.write(move |tx| commands::plan(tx, &ctx, staff, &change, knowing))
        .await
}

/// The visits that would have nobody, and the choice: leave it, or go on knowingly.
async fn left_page(app: &App, me: &Me, staff: StaffId, form: &Form, visits: &[Visit]) -> Reply {
    let ctx = me.ctx.clone();
    let (staff, home) = app
        .read(move |tx| {
            let staff = queries::staff_member(tx, &ctx, staff)?;
            let home = home_of(tx, &ctx, &staff)?;
            Ok((staff, home))
        })
        .await?;
    let locale = me.look.locale;
    let view = LeftView {
        staff: &staff,
        sites: &me.sites,
        home: &home,
        visits,
        action: &me.look.path,
        typed: form,
    };
    let page = Page::new(locale.t("people-left"))
        .subtitle(staff.shown(locale))
        .still();
    let mut response = web::page(me, page, pages::left_page(locale, &view))?;
    *response.status_mut() = StatusCode::CONFLICT;
    Ok(response)
}
