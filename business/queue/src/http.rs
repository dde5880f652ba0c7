//! The routes about lines and tickets: the desk's, the customer's, those of tablets and screens.

mod counters;
mod devices;
mod door;
mod guest;
mod kiosk;
mod lines;
mod qr;
mod rules;
mod tickets;
mod waits;
mod wall;

pub use lines::family_name;
pub use qr::{code_drawing, public_base};

use kernel::{Fault, Locale};
use web::Routes;

pub use crate::pages::range;
use crate::{DEVICES, LINES, SERVE, VIEW};

/// All routes of the room.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/queue", VIEW, lines::page)
        .get("/queue/now", VIEW, lines::now)
        .get("/queue/qr", VIEW, lines::poster)
        .get("/queue/lines", LINES, lines::setup)
        .post("/queue/lines", LINES, lines::add)
        .post("/queue/lines/{code}", LINES, lines::change)
        .post("/queue/lines/{code}/opening", SERVE, lines::open)
        .post("/queue/lines/{code}/closing", SERVE, lines::close)
        .post("/queue/next", SERVE, counters::next)
        .get("/queue/counters", LINES, counters::setup)
        .post("/queue/counters", LINES, counters::add)
        .post("/queue/counters/{id}", LINES, counters::change)
        .post("/queue/counters/{id}/removal", LINES, counters::remove)
        .post("/queue/counters/{id}/next", SERVE, counters::next_at)
        .post("/queue/counters/{id}/staff", SERVE, counters::sit)
        .post("/queue/staff/{id}/break", SERVE, counters::pause)
        .post("/queue/staff/{id}/return", SERVE, counters::resume)
        .get("/queue/rules", VIEW, rules::page)
        .post("/queue/rules", LINES, rules::save)
        .get("/queue/waits", VIEW, waits::page)
        .get("/queue/devices", DEVICES, devices::page)
        .post("/queue/devices", DEVICES, devices::make)
        .post("/queue/devices/{id}/revocation", DEVICES, devices::revoke)
        .post("/queue/tickets/{id}/call", SERVE, tickets::call)
        .post("/queue/tickets/{id}/start", SERVE, tickets::start)
        .post("/queue/tickets/{id}/turn", SERVE, tickets::skip)
        .post("/queue/tickets/{id}/absence", SERVE, tickets::absence)
        .post("/queue/tickets/{id}/return", SERVE, tickets::put_back)
        .post("/queue/tickets/{id}/no-show", SERVE, tickets::no_show)
        .post("/queue/tickets/{id}/assignment", SERVE, tickets::assign)
        .post("/queue/tickets/{id}/line", SERVE, tickets::transfer)
        .post("/queue/tickets/{id}/priority", SERVE, tickets::prioritise)
        .post("/queue/tickets/{id}/undo", SERVE, tickets::undo)
        .merge(guest::routes())
        .merge(kiosk::routes())
        .merge(wall::routes())
}

/// The faults of a form in words, by field.
pub(super) fn spoken(fault: &Fault, locale: Locale) -> Vec<(String, String)> {
    let spoken = |f: &kernel::FieldFault| (f.field.clone(), f.text.speak(locale));
    fault.fields.iter().map(spoken).collect()
}
