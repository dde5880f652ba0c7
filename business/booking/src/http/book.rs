//! The way to a booking: a time, a name, done.

use kernel::{Date, Fault, Text, Timestamp, format, ids::StaffId};
use offers::Service;
use orders::Order;
use organisation::Site;
use web::{App, Form, Guest, Path, Query, Reply, State, axum::http::StatusCode, see_other};

use super::{Around, address::Address, is_said_here, labelled, nearby, sentence, status_of, zone};
use crate::{
    commands::{self, TWICE, Tap},
    model::{self, Part},
    pages::{self, DayCell, PersonCell, TimesView},
    queries::{self, STRIP_DAYS, Strip, plus},
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
