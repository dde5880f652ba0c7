//! Routes of the public booking pages.

mod address;
mod book;
mod details;
mod portrait;
mod sessions;
mod shop;
mod visit;

use kernel::{Fault, FaultKind, Locale, Timestamp};
use maud::Markup;
use organisation::Site;
use web::{Guest, Reply, Response, Routes, axum::http::StatusCode};

use crate::{model, queries};

/// The routes of this room.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .public_get("/at/{org}", shop::sites)
        .public_get("/at/{org}/{site}", shop::services)
        .public_get("/at/{org}/staff/{staff}/portrait", portrait::show)
        .public_get("/at/{org}/{site}/{service}/times", book::times)
        .public_post("/at/{org}/{site}/{service}/times", book::hold)
        .public_get("/at/{org}/{site}/{service}/sessions", sessions::list)
        .public_post("/at/{org}/{site}/{service}/sessions", sessions::hold)
        .public_get("/at/{org}/bookings/{secret}/details", details::details)
        .public_post("/at/{org}/bookings/{secret}/details", details::confirm)
        .public_get("/at/{org}/bookings/{secret}", visit::show)
        .public_get("/at/{org}/bookings/{secret}/calendar.ics", visit::calendar)
        .public_get("/at/{org}/bookings/{secret}/times", visit::times)
        .public_post("/at/{org}/bookings/{secret}/times", visit::reschedule)
        .public_post("/at/{org}/bookings/{secret}/cancellation", visit::cancel)
}

/// What stands around the body of a booking page.
struct Around<'a> {
    title: String,
    /// The line under the name of the shop.
    subtitle: String,
    site: Option<&'a Site>,
    back: Option<String>,
    /// The page to show in the other language, where this path answers posts alone.
    here: Option<String>,
    status: StatusCode,
}

impl Around<'_> {
    fn new(title: String) -> Self {
        Self {
            title,
            subtitle: String::new(),
            site: None,
            back: None,
            here: None,
            status: StatusCode::OK,
        }
    }

    /// The page, in the name of the shop.
    fn page(self, guest: &Guest, body: &Markup) -> Reply {
        let mut frame = guest.frame(&self.title);
        if let Some(site) = self.site {
            frame.home = guest.path(&site.slug);
            frame.organisation = shop(guest, site);
        }
        frame.subtitle = self.subtitle;
        frame.back = self.back;
        if let Some(here) = self.here {
            frame.language_url = format!("{here}?lang={}", guest.look.locale.other().tag());
        }
        frame.now = Some(guest.ctx.now);
        let mut response: Response = web::fragment(ui::guest_page(&frame, body))?;
        *response.status_mut() = self.status;
        Ok(response)
    }
}

/// The name of a shop, with the business it belongs to.
fn shop(guest: &Guest, site: &Site) -> String {
    let locale = guest.look.locale;
    let organisation = guest.organisation.name.get(locale);
    let names = [
        ("organisation", organisation.into()),
        ("site", site.name(locale).into()),
    ];
    locale.tx("booking-shop", &names)
}

fn status_of(fault: &Fault) -> StatusCode {
    match fault.kind {
        FaultKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::CONFLICT,
    }
}

/// Whether the same page can say what is wrong; anything else gets a page of its own.
fn is_said_here(fault: &Fault) -> bool {
    matches!(fault.kind, FaultKind::Invalid | FaultKind::Conflict)
}

/// What to say about a time that cannot be had.
fn sentence(fault: &Fault, locale: Locale) -> String {
    let taken = ["capacity-why-staff", "capacity-why-resource"].contains(&fault.text.key);
    if taken {
        locale.t("booking-taken")
    } else {
        fault.speak(locale)
    }
}

/// Instants and labels of starts, with the day where it is another one.
fn labelled(
    site: &Site,
    locale: Locale,
    starts: &[Timestamp],
    day: kernel::Date,
) -> Vec<(String, String)> {
    let clocks = model::clock_labels(&site.zone, starts);
    let label = |(start, clock): (&Timestamp, String)| {
        let date = site.date_of(*start);
        let label = if date == day {
            clock
        } else {
            format!(
                "{} {clock}",
                kernel::format::weekday(locale, date.weekday())
            )
        };
        (start.to_string(), label)
    };
    starts.iter().zip(clocks).map(label).collect()
}

/// Whose clock times are by, for guests elsewhere.
fn zone(site: &Site, locale: Locale, instant: Timestamp) -> String {
    let zone = model::zone_label(&site.zone, instant);
    let name = site.name(locale);
    locale.tx(
        "booking-zone",
        &[("site", name.into()), ("zone", zone.into())],
    )
}

/// Nearby times for a refused start, as instants and labels.
async fn nearby(
    app: &web::App,
    guest: &Guest,
    (site, visit): (&Site, capacity::Visit),
    start: Timestamp,
) -> Result<Vec<(String, String)>, Fault> {
    let ctx = guest.ctx.clone();
    let found = app
        .read(move |tx| queries::alternatives(tx, &ctx, &visit, start))
        .await?;
    let day = site.date_of(start);
    Ok(labelled(site, guest.look.locale, &found, day))
}
