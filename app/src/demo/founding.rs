//! Founding Lotus: organisation, sites, people, offers, blueprints, rooms, customers.

use std::collections::BTreeMap;

use customers::Details;
use kernel::{
    Actor, Bilingual, Channel, Ctx, Date, Fault, Locale, Money, Role, SiteScope, Timestamp,
    ids::{BlueprintId, CustomerId, ServiceId, UserId},
};
use offers::{Family, Kind, Service, Targets};
use organisation::{DAY_MINUTES, DayHours, MinuteSpan, NewOrganisation, Site, SiteFields, Week};
use people::{HashCost, NewShift, NewUser, Password, Staff, StaffFields, hash_password};
use store::Tx;

use super::{
    LOGIN, Lotus, PASSWORD, Place, SEED, access, both,
    catalogue::{
        ADD_ONS, FAMILY_NAMES, GIVEN_NAMES, OTHER_FAMILY_NAMES, OTHER_GIVEN_NAMES, SERVICES, SITES,
        SKILLS, STAFF, ServiceSample, SiteSample, USERS,
    },
    chance::Chance,
    past::later,
};

const CUSTOMERS: usize = 2400;
/// Shifts are known for so many days back and ahead.
const SHIFT_DAYS_BACK: i64 = 35;
const SHIFT_DAYS_AHEAD: i64 = 35;
const HOURS_OPEN: i64 = 13;
/// How long everybody's break is.
pub const BREAK_MINUTES: i64 = 30;
/// How long before the demonstration's moment its processes were designed.
const DESIGNED_DAYS_AGO: i64 = 190;

/// A site with more visits than this a day calls people to chairs with names of their own.
const MANY_VISITS: f64 = 40.0;
const CHAIRS: usize = 4;

/// The chairs people are called to, each with its hairdresser.
fn counters(tx: &mut Tx, ctx: &Ctx, site: &Site, staff: &[Staff]) -> Result<(), Fault> {
    for (index, person) in staff.iter().take(CHAIRS).enumerate() {
        let number = index + 1;
        let draft = queue::commands::CounterDraft {
            name: both(&format!("{number} 号椅"), &format!("Chair {number}")),
            lines: Vec::new(),
        };
        let id = queue::commands::add_counter(tx, ctx, site.id, &draft)?;
        queue::commands::sit(tx, ctx, id, Some(person.id))?;
    }
    Ok(())
}

/// Minutes after opening at which a person's break begins: one after the other.
pub fn break_after(index: usize) -> i64 {
    let turn = i64::try_from(index).unwrap_or(0) % 6;
    180 + turn * BREAK_MINUTES
}

/// Founds the business.
pub fn found(tx: &mut Tx, ctx: &Ctx) -> Result<Lotus, Fault> {
    let name = both("莲花", "Lotus");
    let new = NewOrganisation {
        name,
        slug: Some(super::SLUG.to_owned()),
        brand: None,
    };
    organisation::create_organisation(tx, ctx, new)?;
    for (code, zh, en) in SKILLS {
        people::save_skill(tx, ctx, code, &both(zh, en))?;
    }
    let designs = design(tx, ctx)?;
    let mut places = Vec::new();
    for sample in &SITES {
        places.push(open(tx, ctx, sample, &designs)?);
    }
    access::regions(tx, ctx, &places)?;
    let desk = users(tx, ctx, &places)?;
    let versions = designs
        .values()
        .map(|version| (version.0, version.1.clone()));
    Ok(Lotus {
        places,
        customers: customers(tx, ctx)?,
        desk,
        designs: versions.collect(),
    })
}

type Designs = BTreeMap<&'static str, (BlueprintId, blueprints::Version)>;

fn design(tx: &mut Tx, ctx: &Ctx) -> Result<Designs, Fault> {
    let ctx = &ctx.at(later(ctx.now, -1440 * DESIGNED_DAYS_AGO));
    let designs = [
        ("colour", blueprints::demo::cut_and_colour()),
        ("cut", blueprints::demo::haircut()),
        ("spa", blueprints::demo::spa()),
        ("repair", blueprints::demo::repair()),
    ];
    let mut made = BTreeMap::new();
    for (key, new) in designs {
        let blueprint = blueprints::create(tx, ctx, new)?;
        blueprints::publish(tx, ctx, blueprint.id, blueprint.version)?;
        let version = blueprints::published(tx, ctx, blueprint.id)?
            .ok_or_else(|| Fault::broken("a published blueprint has a version"))?;
        made.insert(key, (blueprint.id, version));
    }
    Ok(made)
}

fn open(tx: &mut Tx, ctx: &Ctx, sample: &SiteSample, designs: &Designs) -> Result<Place, Fault> {
    let fields = SiteFields {
        kind: both(sample.kind.0, sample.kind.1),
        slug: Some(sample.slug.to_owned()),
        address: sample.address.to_owned(),
        phone: sample.phone.to_owned(),
        ..SiteFields::new(
            both(sample.name.0, sample.name.1),
            sample.zone,
            sample.currency,
        )
    };
    let site = organisation::create_site(tx, ctx, fields)?;
    let hours = hours_around(&site, ctx.now);
    let day = DayHours::new(vec![hours]).expect("one span is a valid day");
    let week = Week::same(&[1, 2, 3, 4, 5, 6, 7], &day);
    organisation::set_week(tx, ctx, site.id, site.version, &week)?;
    furnish(tx, ctx, &site, sample)?;
    let staff = employ(tx, ctx, &site, sample, hours)?;
    let mut services = Vec::new();
    for offered in SERVICES
        .iter()
        .filter(|service| service.site == sample.slug)
    {
        services.push(offer(tx, ctx, &site, offered, designs)?);
    }
    add_ons(tx, ctx, &mut services)?;
    for (code, zh, en, families) in sample.lines {
        let draft = queue::commands::LineDraft {
            families: families.iter().map(|family| (*family).to_owned()).collect(),
            ..queue::commands::LineDraft::new(code, both(zh, en))
        };
        queue::commands::add_line(tx, ctx, site.id, &draft)?;
    }
    if sample.visits_a_day > MANY_VISITS {
        counters(tx, ctx, &site, &staff)?;
    }
    Ok(Place {
        site,
        staff,
        services,
        visits_a_day: sample.visits_a_day,
    })
}

/// Thirteen hours that hold this moment with time before and after, so that there is always a
/// live day to look at; the usual hours by day.
fn hours_around(site: &Site, now: Timestamp) -> MinuteSpan {
    let hour = i64::from(now.to_zoned(site.zone.clone()).hour());
    let usual = site.currency != kernel::Currency::CNY || (11..20).contains(&hour);
    let opens = if usual { 9 } else { (hour + 19) % 24 };
    MinuteSpan::new(opens * 60, (opens + HOURS_OPEN) * 60).expect("hours lie in a day and a half")
}

fn furnish(tx: &mut Tx, ctx: &Ctx, site: &Site, sample: &SiteSample) -> Result<(), Fault> {
    for (kind, count, zh, en) in sample.resources {
        for number in 1..=*count {
            let name = Bilingual::new(format!("{zh} {number}"), format!("{en} {number}"));
            let fields = capacity::ResourceFields {
                site: site.id,
                kind: (*kind).to_owned(),
                name,
            };
            capacity::create_resource(tx, ctx, fields)?;
        }
    }
    Ok(())
}

fn employ(
    tx: &mut Tx,
    ctx: &Ctx,
    site: &Site,
    sample: &SiteSample,
    hours: MinuteSpan,
) -> Result<Vec<Staff>, Fault> {
    let mut employed = Vec::new();
    for (name, reading, _, skills) in STAFF.iter().filter(|person| person.2 == sample.slug) {
        let fields = StaffFields {
            name: (*name).to_owned(),
            reading: (*reading).to_owned(),
            sites: vec![site.id],
            skills: skills.iter().map(|skill| (*skill).to_owned()).collect(),
            external_id: None,
        };
        let person = people::create_staff(tx, ctx, fields)?;
        shifts(tx, ctx, site, &person, (employed.len(), hours))?;
        employed.push(person);
    }
    Ok(employed)
}

/// Five or six days a week, each person with a free weekday of their own; half begin early.
fn shifts(
    tx: &mut Tx,
    ctx: &Ctx,
    site: &Site,
    person: &Staff,
    (index, open): (usize, MinuteSpan),
) -> Result<(), Fault> {
    let today = site.date_of(ctx.now);
    let offset = if index.is_multiple_of(2) { 0 } else { 120 };
    let pause = open.opens + break_after(index);
    let halves = [
        (open.opens + offset, pause),
        (pause + BREAK_MINUTES, open.closes - 120 + offset),
    ];
    // Nobody is off today: the live day shows everybody.
    let free = 1 + i64::try_from(index).unwrap_or(0) % 6;
    for weekday in (0..7).filter(|weekday| *weekday != free) {
        let first = shifted(today, weekday - SHIFT_DAYS_BACK)?;
        let until = Some(shifted(today, SHIFT_DAYS_AHEAD)?);
        for (from, to) in halves {
            // A shop that opens in the evening has second halves that begin after midnight.
            let nights = from / DAY_MINUTES;
            let midnight = nights * DAY_MINUTES;
            let hours = MinuteSpan::new(from - midnight, to - midnight)
                .ok_or_else(|| Fault::broken("a shift lies within the hours"))?;
            let new = NewShift {
                staff: person.id,
                site: site.id,
                date: shifted(first, nights)?,
                hours,
                until,
            };
            people::add_shifts(tx, ctx, &new)?;
        }
    }
    Ok(())
}

/// A date so many days later.
pub fn shifted(date: Date, days: i64) -> Result<Date, Fault> {
    date.checked_add(jiff_days(days)).map_err(Fault::broken)
}

fn jiff_days(days: i64) -> jiff::Span {
    jiff::Span::new().days(days)
}

fn offer(
    tx: &mut Tx,
    ctx: &Ctx,
    site: &Site,
    sample: &ServiceSample,
    designs: &Designs,
) -> Result<Service, Fault> {
    let id: ServiceId = ctx.id();
    let listed = |word: &str| {
        if word.is_empty() {
            vec![]
        } else {
            vec![word.to_owned()]
        }
    };
    let is_good = sample.minutes == 0;
    let channels = if is_good {
        vec![Channel::Desk]
    } else {
        vec![
            Channel::Desk,
            Channel::Online,
            Channel::Phone,
            Channel::Kiosk,
        ]
    };
    let service = Service {
        code: sample.code.to_owned(),
        kind: if is_good { Kind::Good } else { Kind::Service },
        family: Family::parse(sample.family).unwrap_or(Family::Hair),
        name: both(sample.name.0, sample.name.1),
        text: both(sample.text.0, sample.text.1),
        minutes: sample.minutes,
        buffer_after_minutes: sample.clean_up_minutes,
        price: Money::new(sample.price_minor, site.currency),
        blueprint: designs.get(sample.design).map(|(id, _)| *id),
        targets: Targets {
            wait_minutes: (sample.wait_minutes > 0).then_some(sample.wait_minutes),
            response_minutes: None,
            completion_minutes: (sample.minutes > 0).then_some(sample.minutes + 20),
        },
        sites: vec![site.id],
        channels,
        skills: listed(sample.skill),
        resources: listed(sample.resource),
        ..Service::new(id, site.currency)
    };
    offers::save_service(tx, ctx, &service)?;
    offers::service(tx, ctx, id)
}

/// Says what goes with which service, once all are known.
fn add_ons(tx: &mut Tx, ctx: &Ctx, services: &mut [Service]) -> Result<(), Fault> {
    for (code, wanted) in ADD_ONS {
        let offered = services
            .iter()
            .filter(|s| wanted.contains(&s.code.as_str()));
        let ids: Vec<ServiceId> = offered.map(|service| service.id).collect();
        let Some(service) = services.iter_mut().find(|service| service.code == code) else {
            continue;
        };
        service.add_ons = ids;
        offers::save_service(tx, ctx, service)?;
        *service = offers::service(tx, ctx, service.id)?;
    }
    Ok(())
}

/// Everybody who signs in; answers with who stands at the desk.
fn users(tx: &mut Tx, ctx: &Ctx, places: &[Place]) -> Result<Actor, Fault> {
    let mut desk = Actor::System;
    let hash = hash_password(ctx, &Password::new(PASSWORD, LOGIN)?, HashCost::Cheap)?;
    let auditor = access::auditor(tx, ctx)?;
    for (login, name, role, reading, slug) in USERS {
        let role = Role::parse(role).expect("the catalogue names roles");
        let own = places.iter().find(|place| place.site.slug == slug);
        let sites = own.map_or(SiteScope::All, |place| SiteScope::Only(vec![place.site.id]));
        let new = NewUser {
            reading: reading.to_owned(),
            sites,
            locale: if name.is_ascii() {
                Locale::En
            } else {
                Locale::ZhCn
            },
            own_role: (login == "auditor").then_some(auditor),
            password_hash: Some(hash.clone()),
            ..NewUser::new(login, name, role)
        };
        let user = people::create_user(tx, ctx, new)?;
        let staff = places.iter().flat_map(|place| &place.staff);
        if let Some(person) = staff.into_iter().find(|person| person.reading == reading) {
            people::set_staff_user(tx, ctx, person.id, Some(user.id))?;
        }
        if role == Role::Desk {
            desk = actor(user.id, name);
        }
    }
    Ok(desk)
}

/// A user as the one who acts.
pub fn actor(id: UserId, name: &str) -> Actor {
    Actor::User {
        id,
        staff: None,
        name: name.to_owned(),
    }
}

fn customers(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<CustomerId>, Fault> {
    let mut chance = Chance::new(SEED + 1);
    let mut found = Vec::with_capacity(CUSTOMERS);
    for number in 0..CUSTOMERS {
        let (name, reading) = person_name(&mut chance, number);
        let details = Details {
            language: Some(if reading == name {
                Locale::En
            } else {
                Locale::ZhCn
            }),
            phone: format!("13{:09}", 800_000_000 + number * 7919 % 199_999_999),
            level: chance.happens(0.08).then_some(customers::Level::Vip),
            name,
            reading,
            ..Details::default()
        };
        let then = ctx.at(later(ctx.now, -1440 * chance.between(1, 900)));
        found.push(customers::create_customer(tx, &then, &details)?);
    }
    Ok(found)
}

fn person_name(chance: &mut Chance, number: usize) -> (String, String) {
    // The last fifth lives abroad; see `somebody`.
    if number >= CUSTOMERS / 5 * 4 || number.is_multiple_of(6) {
        let given = chance.pick(&OTHER_GIVEN_NAMES);
        let name = format!("{given} {}", chance.pick(&OTHER_FAMILY_NAMES));
        return (name.clone(), name);
    }
    let (family_zh, family) = chance.pick(&FAMILY_NAMES);
    let (given_zh, given) = chance.pick(&GIVEN_NAMES);
    (
        format!("{family_zh}{given_zh}"),
        format!("{family} {given}"),
    )
}
