//! Routes of the waiting list.

mod desk;
mod guest;

use kernel::{
    Date, Fault, FaultKind,
    ids::{ServiceId, WaitingId},
};
use maud::Markup;
use web::{Fields, Me, Page, Reply, Routes, page, unprocessable};

use crate::{
    EDIT, SETTINGS, VIEW,
    model::{NOTE_CHARS_MAX, SEATS_MAX, Wish},
};

/// The routes of this room.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/waiting", VIEW, desk::list)
        .post("/waiting", EDIT, desk::join)
        .get("/waiting/new", EDIT, desk::new)
        .post("/waiting/settings", SETTINGS, desk::settings)
        .get("/waiting/{id}", VIEW, desk::show)
        .post("/waiting/{id}/offers", EDIT, desk::offer)
        .post("/waiting/{id}/removal", EDIT, desk::remove)
        .post(
            "/waiting/{id}/offers/{offer}/acceptance",
            EDIT,
            desk::accept,
        )
        .post("/waiting/{id}/offers/{offer}/refusal", EDIT, desk::decline)
        .public_get("/at/{org}/{site}/{service}/waiting", guest::ask)
        .public_post("/at/{org}/{site}/{service}/waiting", guest::join)
        .public_get("/at/{org}/waiting/{secret}", guest::show)
        .public_post("/at/{org}/waiting/{secret}/acceptance", guest::accept)
        .public_post("/at/{org}/waiting/{secret}/refusal", guest::decline)
        .public_post("/at/{org}/waiting/{secret}/removal", guest::leave)
}

fn id_of(path: &str) -> Result<WaitingId, Fault> {
    WaitingId::parse(path).ok_or_else(|| Fault::missing("waitlist-missing"))
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

fn minute(form: &mut Fields, field: &str, standard: i64) -> i64 {
    let time = form.optional_time(field);
    time.map_or(standard, |time| {
        i64::from(time.hour()) * 60 + i64::from(time.minute())
    })
}

/// What a form wishes for of a service, beginning today at the earliest, and the note beside it.
fn wish(form: &mut Fields, service: ServiceId, today: Date) -> (Wish, String) {
    let first_day = form.optional_date("first_day").unwrap_or(today);
    let mut weekdays: Vec<String> = form.list("weekdays");
    weekdays.sort();
    weekdays.dedup();
    let wish = Wish {
        service,
        also: form.ids("also"),
        staff: form.optional_id("staff"),
        session: form.optional_id("session"),
        seats: form.optional_int("seats", 1, SEATS_MAX).unwrap_or(1),
        weekdays: weekdays.concat(),
        from_minute: minute(form, "from", 0),
        to_minute: minute(form, "to", 1440),
        first_day,
        last_day: form.date("last_day"),
    };
    let note = form.optional_text("note", NOTE_CHARS_MAX);
    (wish, note.unwrap_or_default())
}
