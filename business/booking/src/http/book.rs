//! The way to a booking: a time, a name, done.

use kernel::{Date, Fault, Text, Timestamp, format, ids::StaffId};
use offers::Service;
use orders::Order;
use organisation::Site;
use web::{App, Form, Guest, Path, Query, Reply, State, axum::http::StatusCode, see_other};

use super::{Around, address::Address, is_said_here, labelled, nearby, sentence, status_of, zone};
use crate::{
    choice::{ADD_ONS_MAX, Choice},
    commands::{self, TWICE, Tap},
    model::{self, Part},
    pages::{self, AddOnChip, DayCell, PersonCell, Photo, TimesView},
    queries::{self, STRIP_DAYS, Strip, Wanted, plus},
};

/// What the address of a times page asks for; anything else in it is passed over.
#[derive(Clone)]
pub(super) struct Wish {
    pub(super) day: Option<Date>,
    pub(super) who: Option<StaffId>,
    /// The codes of add-ons.
    add: Vec<String>,
    /// The key of the page; a new one when there is none.
    key: String,
}

impl Wish {
    pub(super) fn of(query: &web::Fields, guest: &Guest) -> Self {
        let key = query.typed("key");
        Self {
            day: query.typed("day").parse().ok(),
            who: StaffId::parse(query.typed("who")),
            add: query.list("add").into_iter().take(ADD_ONS_MAX).collect(),
            key: if model::is_key(key) {
                key.to_owned()
            } else {
                guest.ctx.secret()
            },
        }
    }
}

/// Where the page of times is, and where its buttons send.
pub(super) struct Way<'a> {
    pub(super) path: String,
    /// When the booking is now, for one that is moved.
    pub(super) moving: Option<String>,
    /// What goes with the service, for one that is made.
    pub(super) choice: Option<&'a Choice>,
    /// Whether the visit has several parts.
    pub(super) is_of_parts: bool,
}

impl Way<'_> {
    /// The address of the page for a day, a person and some add-ons.
    fn link(&self, wish: &Wish, day: Date, who: Option<StaffId>, add: &[&str]) -> String {
        let who = who.map(|who| format!("&who={who}")).unwrap_or_default();
        let add: String = add.iter().map(|code| format!("&add={code}")).collect();
        format!("{}?day={day}{who}&key={}{add}", self.path, wish.key)
    }

    fn chosen(&self) -> Vec<&str> {
        self.choice.map(Choice::codes).unwrap_or_default()
    }
}

/// The page of times for a strip.
pub(super) fn times_view(
    guest: &Guest,
    site: &Site,
    strip: &Strip,
    (wish, way): (&Wish, &Way<'_>),
) -> TimesView {
    let locale = guest.look.locale;
    let chosen = way.chosen();
    let link = |day: Date, who: Option<StaffId>| way.link(wish, day, who, &chosen);
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
    let mut hidden = vec![
        ("key", wish.key.clone()),
        ("day", strip.day.to_string()),
        (
            "who",
            wish.who.map(|who| who.to_string()).unwrap_or_default(),
        ),
    ];
    hidden.extend(chosen.iter().map(|code| ("add", (*code).to_owned())));
    TimesView {
        photo: None,
        moving: way.moving.clone(),
        together: way.choice.and_then(|choice| together(locale, choice)),
        add_ons: way.choice.map_or(Vec::new(), |choice| {
            add_ons(locale, choice, |codes| {
                way.link(wish, strip.day, wish.who, codes)
            })
        }),
        more: way.choice.map_or(Vec::new(), |choice| {
            let path = |codes: &[&str]| way.link(wish, strip.day, wish.who, codes);
            chips(locale, choice, &choice.more, path)
        }),
        people: match &way.moving {
            Some(_) if way.is_of_parts => Vec::new(),
            _ => people(guest, (strip, way.is_of_parts), wish, &link),
        },
        month: strip.day,
        zone: zone(site, locale, noon),
        days: days.iter().map(cell).collect(),
        earlier: before.map(week),
        later: after.map(week),
        parts: parts(guest, site, strip, wish.who),
        action: way.path.clone(),
        hidden,
        refused: None,
        phone: site.phone.clone(),
    }
}

/// Length and price of the service with what was added to it.
fn together(locale: kernel::Locale, choice: &Choice) -> Option<String> {
    let added = choice.chosen().map(|add_on| add_on.price);
    let price = added.reduce(|sum, price| sum.plus(price).unwrap_or(sum))?;
    let price = price.plus(choice.service.price).unwrap_or(price);
    let facts = [
        ("time", format::minutes(locale, choice.minutes()).into()),
        ("price", format::money(&price).into()),
    ];
    Some(locale.tx("booking-together", &facts))
}

/// What can go with the service; a tap adds it or takes it out again.
fn add_ons(
    locale: kernel::Locale,
    choice: &Choice,
    link: impl Fn(&[&str]) -> String,
) -> Vec<AddOnChip> {
    chips(locale, choice, &choice.add_ons, link)
}

fn chips(
    locale: kernel::Locale,
    choice: &Choice,
    of: &[(Service, bool)],
    link: impl Fn(&[&str]) -> String,
) -> Vec<AddOnChip> {
    let chip = |(add_on, chosen): &(Service, bool)| AddOnChip {
        name: add_on.name.get(locale).to_owned(),
        minutes: add_on.minutes,
        price: add_on.price,
        path: link(&choice.codes_toggling(&add_on.code)),
        chosen: *chosen,
    };
    of.iter().map(chip).collect()
}

fn people(
    guest: &Guest,
    (strip, is_of_parts): (&Strip, bool),
    wish: &Wish,
    link: &impl Fn(Date, Option<StaffId>) -> String,
) -> Vec<PersonCell> {
    let locale = guest.look.locale;
    let anybody = PersonCell {
        initials: String::new(),
        portrait: None,
        name: locale.t("booking-anybody"),
        free: Some(0),
        path: link(strip.day, None),
        chosen: wish.who.is_none(),
    };
    let person = |person: &people::Staff| PersonCell {
        initials: ui::initials(person.shown(locale)),
        portrait: strip
            .portraits
            .of(person.id)
            .map(|file| guest.path(&format!("staff/{}/portrait?v={file}", person.id))),
        name: person.shown(locale).to_owned(),
        free: (!is_of_parts).then(|| strip.slots_of(strip.day, Some(person.id)).count()),
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

/// What the page of times is made of.
struct Looked {
    site: Site,
    choice: Choice,
    strip: Strip,
    photo: Option<files::File>,
}

async fn look(
    app: &App,
    guest: &Guest,
    (slug, code): (String, String),
    wish: &Wish,
) -> Result<Looked, Fault> {
    let (ctx, wish) = (guest.ctx.clone(), wish.clone());
    app.read(move |tx| {
        let (site, choice) = queries::offer(tx, &ctx, (&slug, &code), &wish.add)?;
        let who = wish.who.filter(|_| choice.has_more());
        let wanted = Wanted {
            visit: choice.visit(tx, &ctx, &site, who)?,
            skills: choice.skills(),
            day: wish.day,
            who: wish.who,
        };
        let service = choice.service.id.to_string();
        Ok(Looked {
            strip: queries::strip(tx, &ctx, &site, &wanted)?,
            photo: files::cover(tx, ctx.org, offers::SHELF.kind, &service)?,
            site,
            choice,
        })
    })
    .await
}

/// What is chosen, and how long it takes.
fn named(guest: &Guest, choice: &Choice) -> String {
    let locale = guest.look.locale;
    let time = format::minutes(locale, choice.minutes());
    let services = std::iter::once(&choice.service).chain(choice.chosen());
    let names: Vec<&str> = services.map(|service| service.name.get(locale)).collect();
    locale.tx(
        "booking-service-time",
        &[("service", names.join(" + ").into()), ("time", time.into())],
    )
}

/// Free times of a service.
pub(super) async fn times(
    State(app): State<App>,
    guest: Guest,
    Path((_, slug, code)): Path<(String, String, String)>,
    query: Query,
) -> Reply {
    if let Some(path) = super::sessions::instead(&app, &guest, (&slug, &code)).await? {
        return see_other(&path);
    }
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
    let Looked {
        site,
        choice,
        strip,
        photo,
    } = look(app, guest, names, wish).await?;
    let service = choice.service.id;
    let path = guest.path(&format!("{}/{}/times", site.slug, choice.service.code));
    let way = Way {
        path,
        moving: None,
        choice: Some(&choice),
        is_of_parts: choice.has_more(),
    };
    let mut view = times_view(guest, &site, &strip, (wish, &way));
    view.photo = photo.map(|file| Photo::of(guest, service, &file));
    let mut status = StatusCode::OK;
    if let Some((fault, start)) = refused {
        status = status_of(&fault);
        let found = match start {
            Some(start) => {
                let (ctx, place, who) = (guest.ctx.clone(), site.clone(), wish.who);
                let chosen = choice.clone();
                let visit = app
                    .read(move |tx| chosen.visit(tx, &ctx, &place, who))
                    .await?;
                nearby(app, guest, (&site, visit), start).await?
            }
            None => Vec::new(),
        };
        view.refused = Some((sentence(&fault, locale), found));
    }
    let around = Around {
        subtitle: named(guest, &choice),
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
    if let Some(path) = super::sessions::instead(&app, &guest, (&slug, &code)).await? {
        return see_other(&path);
    }
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
    let (ctx, add, who) = (guest.ctx.clone(), wish.add.clone(), wish.who);
    let (site, choice, wishes) = app
        .read(move |tx| {
            let (site, choice) = queries::offer(tx, &ctx, (&slug, &code), &add)?;
            let wishes = choice.wishes(tx, &ctx, who)?;
            Ok((site, choice, wishes))
        })
        .await?;
    if !choice.is_whole {
        return Err(Fault::invalid("add", Text::key("booking-add-on-missing")));
    }
    let tap = Tap {
        site: site.id,
        services: choice.lines().iter().map(|line| line.service).collect(),
        wishes,
        start,
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
