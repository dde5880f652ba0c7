//! A name and a phone for the time that is held.

use customers::{Named, Phone};
use kernel::{Fault, Text, Timestamp, format};
use orders::Order;
use web::{App, Form, Guest, Path, Reply, State, axum::http::StatusCode, see_other};

use super::{Around, is_said_here, nearby, sentence, status_of, zone};
use crate::{
    ToldPart,
    commands::{self, Booker, TWICE},
    model,
    pages::{self, DetailsView, Held, PartView},
    queries::{self, Visit},
};

/// What the page of details says beside the booking itself.
#[derive(Default)]
struct Said {
    name: String,
    phone: String,
    mail: String,
    errors: Vec<(String, String)>,
    refused: Option<(String, Vec<(String, String)>)>,
    status: StatusCode,
}

async fn load(app: &App, guest: &Guest, secret: &str) -> Result<Visit, Fault> {
    let (ctx, secret) = (guest.ctx.clone(), secret.to_owned());
    app.read(move |tx| queries::visit(tx, &ctx, &secret)).await
}

/// A name and a phone for the time that is held.
pub(super) async fn details(
    State(app): State<App>,
    guest: Guest,
    Path((_, secret)): Path<(String, String)>,
) -> Reply {
    let visit = load(&app, &guest, &secret).await?;
    if !matches!(visit.order.state, orders::State::Held { .. }) {
        return see_other(&guest.path(&format!("bookings/{secret}")));
    }
    details_page(&guest, &visit, Said::default())
}

fn details_page(guest: &Guest, visit: &Visit, said: Said) -> Reply {
    let (locale, site, now) = (guest.look.locale, &visit.site, guest.ctx.now);
    let local = visit.span.start.to_zoned(site.zone.clone());
    let clock = |at: Timestamp| format::time(at.to_zoned(site.zone.clone()).time());
    let held = match visit.order.state {
        orders::State::Held { until, .. } if until > now => Some(Held {
            until: until.to_string(),
            clock: clock(until),
            left: minutes_and_seconds(until.as_second() - now.as_second()),
        }),
        _ => None,
    };
    let view = DetailsView {
        service: visit.order.title.clone(),
        day: local.date(),
        time: format::time(local.time()),
        minutes: visit.span.minutes(),
        staff: visit
            .staff
            .as_ref()
            .map(|staff| staff.shown(locale).to_owned()),
        parts: parts(locale, visit),
        held,
        change: guest.path(&visit.change),
        action: guest.path(&format!("bookings/{}/details", visit.order.secret)),
        lines: visit
            .lines
            .iter()
            .map(|line| (line.name.clone(), line.amount()))
            .collect(),
        total: visit.order.total,
        changes: changes(guest, visit),
        name: said.name,
        phone: said.phone,
        mail: said.mail,
        errors: said.errors,
        refused: said.refused,
    };
    let around = Around {
        subtitle: zone(site, locale, visit.span.start),
        site: Some(site),
        back: Some(view.change.clone()),
        status: said.status,
        ..Around::new(locale.t("booking-your-details"))
    };
    around.page(guest, &pages::details(locale, &view))
}

/// The parts of a visit of several: when, what, with whom.
pub(super) fn parts(locale: kernel::Locale, visit: &Visit) -> Vec<PartView> {
    let part = |part: &ToldPart| PartView {
        times: part.times(&visit.site.zone),
        service: part.title.clone(),
        with: part.with(locale),
    };
    visit.parts.iter().map(part).collect()
}

/// How a booking can be changed once it is made, said before it is made.
fn changes(guest: &Guest, visit: &Visit) -> String {
    let (locale, site) = (guest.look.locale, &visit.site);
    let until = model::change_until(visit.span.start, visit.ruled.cancel_minutes.value);
    if until > guest.ctx.now {
        let time = model::day_and_time(locale, &site.zone, until);
        return locale.tx("booking-free-until", &[("time", time.into())]);
    }
    match site.phone.as_str() {
        "" => locale.t("booking-at-shop"),
        phone => locale.tx("booking-by-phone", &[("phone", phone.into())]),
    }
}

fn minutes_and_seconds(seconds: i64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn booker(form: &mut Form, guest: &Guest) -> Result<Booker, Fault> {
    let name = form.typed("name").trim().to_owned();
    let fits = (1..=80).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    let mut wrong = Vec::new();
    let mut note = |field: &str, key: &'static str| {
        wrong.push(kernel::FieldFault {
            field: field.to_owned(),
            text: Text::key(key),
        });
    };
    if !fits {
        note("name", "booking-name-needed");
    }
    let phone = Phone::parse(form.typed("phone"));
    if phone.is_none() {
        note("phone", "booking-phone-wrong");
    }
    let mail = form.typed("email").trim().to_owned();
    if !(mail.is_empty() || customers::is_mail_address(&mail)) {
        note("email", "booking-mail-wrong");
    }
    if !wrong.is_empty() {
        return Err(Fault::fields(wrong));
    }
    let named = Named {
        name,
        phone,
        language: Some(guest.look.locale),
    };
    Ok(Booker {
        named,
        mail: (!mail.is_empty()).then_some(mail),
        start: model::read_start(form.typed("start")),
    })
}

/// A name was given: the time is booked.
pub(super) async fn confirm(
    State(app): State<App>,
    guest: Guest,
    Path((_, secret)): Path<(String, String)>,
    mut form: Form,
) -> Reply {
    let locale = guest.look.locale;
    let visit = load(&app, &guest, &secret).await?;
    let mut said = Said {
        name: form.typed("name").to_owned(),
        phone: form.typed("phone").to_owned(),
        mail: form.typed("email").to_owned(),
        ..Said::default()
    };
    let booked = match booker(&mut form, &guest) {
        Ok(booker) => book(&app, &guest, &secret, booker).await,
        Err(fault) => Err(fault),
    };
    match booked {
        Ok(order) => see_other(&guest.path(&format!("bookings/{}", order.secret))),
        Err(fault) if is_said_here(&fault) => {
            said.status = status_of(&fault);
            let fields = ["name", "phone", "email"];
            let in_form = |field: &&str| fault.of_field(field, locale).is_some();
            if fields.iter().any(in_form) {
                let speak = |f: &kernel::FieldFault| (f.field.clone(), f.text.speak(locale));
                said.errors = fault.fields.iter().map(speak).collect();
            } else {
                let wanted = model::read_start(form.typed("start"));
                let start = wanted.unwrap_or(visit.span.start);
                let wanted = visit.wanted.clone();
                let found = nearby(&app, &guest, (&visit.site, wanted), start).await?;
                said.refused = Some((sentence(&fault, locale), found));
            }
            details_page(&guest, &visit, said)
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn book(app: &App, guest: &Guest, secret: &str, booker: Booker) -> Result<Order, Fault> {
    let attempt = || {
        let (ctx, secret, booker) = (guest.ctx.clone(), secret.to_owned(), booker.clone());
        app.write(move |tx| commands::book(tx, &ctx, &secret, &booker))
    };
    match attempt().await {
        Err(fault) if fault.text.key == TWICE => attempt().await,
        answer => answer,
    }
}
