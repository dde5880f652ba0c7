//! The way to a booking: a time, a name, done.

use customers::{Named, Phone};
use kernel::{Date, Fault, Text, Timestamp, format, ids::StaffId};
use offers::Service;
use orders::Order;
use organisation::Site;
use web::{App, Form, Guest, Path, Query, Reply, State, axum::http::StatusCode, see_other};

use super::{Around, address::Address, is_said_here, labelled, nearby, sentence, status_of, zone};
use crate::{
    commands::{self, Booker, TWICE, Tap},
    model::{self, Part},
    pages::{self, DayCell, DetailsView, Held, PersonCell, TimesView},
    queries::{self, STRIP_DAYS, Strip, Visit, plus},
};

/// What the address of a times page asks for; anything else in it is passed over.
#[derive(Clone)]
pub(super) struct Wish {
    pub(super) day: Option<Date>,
    pub(super) who: Option<StaffId>,
    /// The key of the page; a new one when there is none.
    key: String,
}

impl Wish {
    pub(super) fn of(query: &web::Fields, guest: &Guest) -> Self {
        let key = query.typed("key");
        Self {
            day: query.typed("day").parse().ok(),
            who: StaffId::parse(query.typed("who")),
            key: if model::is_key(key) {
                key.to_owned()
            } else {
                guest.ctx.secret()
            },
        }
    }
}

/// Where the page of times is, and where its buttons send.
pub(super) struct Way {
    pub(super) path: String,
    /// When the booking is now, for one that is moved.
    pub(super) moving: Option<String>,
}

/// The page of times for a strip.
pub(super) fn times_view(
    guest: &Guest,
    site: &Site,
    strip: &Strip,
    (wish, way): (&Wish, &Way),
) -> TimesView {
    let locale = guest.look.locale;
    let link = |day: Date, who: Option<StaffId>| {
        let who = who.map(|who| format!("&who={who}")).unwrap_or_default();
        format!("{}?day={day}{who}&key={}", way.path, wish.key)
    };
    let free = queries::per_day(site, &strip.slots, wish.who);
    let days: Vec<Date> = (0..STRIP_DAYS)
        .map(|ahead| plus(strip.first, ahead))
        .collect();
    let cell = |day: &Date| DayCell {
        day: *day,
        free: free.get(day).copied().unwrap_or(0),
        path: link(*day, wish.who),
        chosen: *day == strip.day,
    };
    let week = |first: Date| link(first, wish.who);
    let before = (strip.first > strip.today).then(|| plus(strip.first, -STRIP_DAYS));
    let after = Some(plus(strip.first, STRIP_DAYS)).filter(|day| *day <= strip.last);
    let noon = site
        .zone
        .to_timestamp(strip.day.at(12, 0, 0, 0))
        .unwrap_or(guest.ctx.now);
    TimesView {
        moving: way.moving.clone(),
        people: people(locale, strip, wish, &link),
        month: strip.day,
        zone: zone(site, locale, noon),
        days: days.iter().map(cell).collect(),
        earlier: before.map(week),
        later: after.map(week),
        parts: parts(guest, site, strip, wish.who),
        action: way.path.clone(),
        hidden: vec![
            ("key", wish.key.clone()),
            ("day", strip.day.to_string()),
            (
                "who",
                wish.who.map(|who| who.to_string()).unwrap_or_default(),
            ),
        ],
        refused: None,
        phone: site.phone.clone(),
    }
}

fn people(
    locale: kernel::Locale,
    strip: &Strip,
    wish: &Wish,
    link: &impl Fn(Date, Option<StaffId>) -> String,
) -> Vec<PersonCell> {
    let anybody = PersonCell {
        initials: String::new(),
        name: locale.t("booking-anybody"),
        free: 0,
        path: link(strip.day, None),
        chosen: wish.who.is_none(),
    };
    let person = |person: &people::Staff| PersonCell {
        initials: person.initials(),
        name: person.shown(locale).to_owned(),
        free: strip.slots_of(strip.day, Some(person.id)).count(),
        path: link(strip.day, Some(person.id)),
        chosen: wish.who == Some(person.id),
    };
    std::iter::once(anybody)
        .chain(strip.staff.iter().map(person))
        .collect()
}

fn parts(
    guest: &Guest,
    site: &Site,
    strip: &Strip,
    who: Option<StaffId>,
) -> Vec<(Part, Vec<(String, String)>)> {
    let starts: Vec<Timestamp> = strip
        .slots_of(strip.day, who)
        .map(|slot| slot.start)
        .collect();
    let labels = labelled(site, guest.look.locale, &starts, strip.day);
    let hour = |start: &Timestamp| start.to_zoned(site.zone.clone()).hour();
    let mut parts: Vec<(Part, Vec<_>)> = Part::ALL.map(|part| (part, Vec::new())).into();
    for (start, label) in starts.iter().zip(labels) {
        let part = Part::of_hour(hour(start));
        let group = parts.iter_mut().find(|(each, _)| *each == part);
        group
            .expect("every part of a day has its group")
            .1
            .push(label);
    }
    parts.retain(|(_, labels)| !labels.is_empty());
    parts
}

async fn look(
    app: &App,
    guest: &Guest,
    (slug, code): (String, String),
    wish: &Wish,
) -> Result<(Site, Service, Strip), Fault> {
    let (ctx, day, who) = (guest.ctx.clone(), wish.day, wish.who);
    app.read(move |tx| {
        let (site, service) = queries::offer(tx, &ctx, &slug, &code)?;
        let strip = queries::strip(tx, &ctx, (&site, &service), (day, who))?;
        Ok((site, service, strip))
    })
    .await
}

fn named(guest: &Guest, service: &Service) -> String {
    let locale = guest.look.locale;
    let time = format::minutes(locale, service.minutes);
    let name = service.name.get(locale);
    locale.tx(
        "booking-service-time",
        &[("service", name.into()), ("time", time.into())],
    )
}

/// Free times of a service.
pub(super) async fn times(
    State(app): State<App>,
    guest: Guest,
    Path((_, slug, code)): Path<(String, String, String)>,
    query: Query,
) -> Reply {
    let wish = Wish::of(&query, &guest);
    times_page(&app, &guest, (slug, code), &wish, None).await
}

async fn times_page(
    app: &App,
    guest: &Guest,
    names: (String, String),
    wish: &Wish,
    refused: Option<(Fault, Option<Timestamp>)>,
) -> Reply {
    let locale = guest.look.locale;
    let (site, service, strip) = look(app, guest, names, wish).await?;
    let path = guest.path(&format!("{}/{}/times", site.slug, service.code));
    let way = Way { path, moving: None };
    let mut view = times_view(guest, &site, &strip, (wish, &way));
    let mut status = StatusCode::OK;
    if let Some((fault, start)) = refused {
        status = status_of(&fault);
        let ask = queries::ask(&site, &service, wish.who);
        let found = match start {
            Some(start) => nearby(app, guest, (&site, ask), start).await?,
            None => Vec::new(),
        };
        view.refused = Some((sentence(&fault, locale), found));
    }
    let around = Around {
        subtitle: named(guest, &service),
        site: Some(&site),
        back: Some(guest.path(&site.slug)),
        status,
        ..Around::new(locale.t("booking-with-whom"))
    };
    around.page(guest, &pages::times(locale, &view))
}

/// A time was tapped: it is held, and the next page asks for a name.
pub(super) async fn hold(
    State(app): State<App>,
    guest: Guest,
    Path((_, slug, code)): Path<(String, String, String)>,
    Address(address): Address,
    form: Form,
) -> Reply {
    let wish = Wish::of(&form, &guest);
    let start = model::read_start(form.typed("start"));
    let Some(begin) = start else {
        let fault = Fault::invalid("start", Text::key("booking-choose-time"));
        return times_page(&app, &guest, (slug, code), &wish, Some((fault, None))).await;
    };
    match tap(
        &app,
        &guest,
        (slug.clone(), code.clone()),
        &wish,
        (begin, address),
    )
    .await
    {
        Ok(order) => {
            let next = format!("bookings/{}/details", order.secret);
            see_other(&guest.path(&next))
        }
        Err(fault) if is_said_here(&fault) => {
            times_page(&app, &guest, (slug, code), &wish, Some((fault, start))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn tap(
    app: &App,
    guest: &Guest,
    (slug, code): (String, String),
    wish: &Wish,
    (start, address): (Timestamp, String),
) -> Result<Order, Fault> {
    let ctx = guest.ctx.clone();
    let (site, service) = app
        .read(move |tx| queries::offer(tx, &ctx, &slug, &code))
        .await?;
    let tap = Tap {
        site: site.id,
        service: service.id,
        start,
        staff: wish.who,
        key: wish.key.clone(),
        address,
    };
    let attempt = || {
        let (ctx, tap) = (guest.ctx.clone(), tap.clone());
        app.write(move |tx| commands::hold(tx, &ctx, &tap))
    };
    match attempt().await {
        Err(fault) if fault.text.key == TWICE => attempt().await,
        answer => answer,
    }
}

/// What the page of details says beside the booking itself.
#[derive(Default)]
struct Said {
    name: String,
    phone: String,
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
    let service = visit
        .lines
        .first()
        .map(|line| line.name.clone())
        .unwrap_or_default();
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
    let until = model::change_until(visit.span.start, site.cancel_minutes);
    let change = match &visit.service {
        Some(service) => format!("{}/{}/times", site.slug, service.code),
        None => site.slug.clone(),
    };
    let view = DetailsView {
        service,
        day: local.date(),
        time: format::time(local.time()),
        minutes: visit.span.minutes(),
        staff: visit
            .staff
            .as_ref()
            .map(|staff| staff.shown(locale).to_owned()),
        held,
        change: guest.path(&change),
        action: guest.path(&format!("bookings/{}/details", visit.order.secret)),
        lines: visit
            .lines
            .iter()
            .map(|line| (line.name.clone(), line.amount()))
            .collect(),
        total: visit.order.total,
        free_until: (until > now).then(|| model::day_and_time(locale, &site.zone, until)),
        name: said.name,
        phone: said.phone,
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
            let form_fault = fault
                .of_field("name", locale)
                .or(fault.of_field("phone", locale));
            if form_fault.is_some() {
                let speak = |f: &kernel::FieldFault| (f.field.clone(), f.text.speak(locale));
                said.errors = fault.fields.iter().map(speak).collect();
            } else {
                let wanted = model::read_start(form.typed("start"));
                let start = wanted.unwrap_or(visit.span.start);
                let found = match visit.ask() {
                    Some(ask) => nearby(&app, &guest, (&visit.site, ask), start).await?,
                    None => Vec::new(),
                };
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
