//! What the public pages know: sites, services, free times, one booking.

use std::{collections::BTreeMap, time::Duration};

use capacity::{Ask, Placed, Plan, Ruled, Slot};
use kernel::{
    Channel, Ctx, Date, Fault, Span, TimeZone, Timestamp,
    ids::{OrderId, StaffId},
};
use offers::Service;
use orders::{Order, State};
use organisation::{Site, SiteState};
use people::Staff;
use store::{Tx, params};

use crate::{
    choice::Choice,
    model::later,
    told::{ToldPart, told_parts},
};

/// How many days of free times the first look covers.
const LOOK_DAYS: i32 = 28;
/// How many days the strip shows.
pub(crate) const STRIP_DAYS: i32 = 7;
/// How many nearby times are offered instead of one that is taken.
const ALTERNATIVES: usize = 3;

/// The sites a customer can choose, those in business.
pub(crate) fn sites(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<Site>, Fault> {
    let mut sites = organisation::sites(tx, ctx)?;
    sites.retain(|site| site.state == SiteState::Open);
    Ok(sites)
}

/// A site in business by its web name.
pub(crate) fn site(tx: &mut Tx, ctx: &Ctx, slug: &str) -> Result<Site, Fault> {
    organisation::site_by_slug(tx, ctx, slug)?
        .filter(|site| site.state == SiteState::Open)
        .ok_or_else(|| Fault::missing("booking-site-missing"))
}

/// A site and a service that can be booked there online, with the add-ons named.
pub(crate) fn offer(
    tx: &mut Tx,
    ctx: &Ctx,
    (slug, code): (&str, &str),
    add_ons: &[String],
) -> Result<(Site, Choice), Fault> {
    let site = site(tx, ctx, slug)?;
    let service = offers::service_by_code(tx, ctx, code)?
        .filter(|service| is_offered(service, &site))
        .ok_or_else(|| Fault::missing("booking-service-missing"))?;
    let choice = Choice::load(tx, ctx, (&site, service), add_ons)?;
    Ok((site, choice))
}

fn is_offered(service: &Service, site: &Site) -> bool {
    service.is_bookable()
        && service.is_offered_at(site.id)
        && service.is_offered_through(Channel::Online)
}

/// The services a customer can book at a site, by family, and in the order of the
/// catalogue within one.
pub(crate) fn services(tx: &mut Tx, ctx: &Ctx, site: &Site) -> Result<Vec<Service>, Fault> {
    let filter = offers::Filter {
        site: Some(site.id),
        channel: Some(Channel::Online),
        kind: Some(offers::Kind::Service),
        ..offers::Filter::default()
    };
    let mut services = offers::services(tx, ctx, &filter)?;
    services.retain(|service| is_offered(service, site));
    let place = |service: &Service| {
        offers::Family::ALL
            .iter()
            .position(|f| *f == service.family)
    };
    services.sort_by_key(place);
    Ok(services)
}

/// Whether guests can book something with a person online, at any site.
pub(crate) fn serves_online(tx: &mut Tx, ctx: &Ctx, staff: StaffId) -> Result<bool, Fault> {
    for site in sites(tx, ctx)? {
        let here = people::staff_at(tx, ctx, site.id)?;
        let Some(person) = here.into_iter().find(|person| person.id == staff) else {
            continue;
        };
        let services = services(tx, ctx, &site)?;
        if services.iter().any(|service| person.can(&service.skills)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a site is open at this moment, and when that changes: closing or next opening time.
pub(crate) fn open_now(
    tx: &mut Tx,
    ctx: &Ctx,
    site: &Site,
) -> Result<Option<(bool, Timestamp)>, Fault> {
    let today = site.date_of(ctx.now);
    let last = later(ctx.now, 8 * 24 * 60).map_or(today, |end| site.date_of(end));
    let spans = organisation::open_spans_between(tx, ctx, site, today, last)?;
    Ok(spans.iter().find(|span| span.end > ctx.now).map(|span| {
        let open = span.start <= ctx.now;
        (open, if open { span.end } else { span.start })
    }))
}

/// The first free start of the quickest service within three days.
pub(crate) fn next_free(
    tx: &mut Tx,
    ctx: &Ctx,
    site: &Site,
    services: &[Service],
) -> Result<Option<Timestamp>, Fault> {
    let Some(quickest) = services.iter().min_by_key(|service| service.minutes) else {
        return Ok(None);
    };
    let ask = Ask {
        site: site.id,
        service: quickest.id,
        add_on_minutes: 0,
        staff: None,
    };
    let slots = capacity::nearest_slots(tx, ctx, &ask, ctx.now, 1)?;
    Ok(slots.first().map(|slot| slot.start))
}

/// Seven days of a service's free times.
pub(crate) struct Strip {
    /// The first of the seven days.
    pub(crate) first: Date,
    /// The day looked at.
    pub(crate) day: Date,
    /// Free starts of the seven days, whoever serves.
    pub(crate) slots: Vec<Slot>,
    /// Who can do the service at this site.
    pub(crate) staff: Vec<Staff>,
    /// Their pictures.
    pub(crate) portraits: people::Portraits,
    /// The last day that can be booked.
    pub(crate) last: Date,
    /// Today at the site.
    pub(crate) today: Date,
    /// The zone of the site.
    pub(crate) zone: TimeZone,
}

/// A day so many days later, or the same one at the end of the calendar.
pub(crate) fn plus(day: Date, days: i32) -> Date {
    let whole = Duration::from_secs(u64::from(days.unsigned_abs()) * 86_400);
    let moved = if days < 0 {
        day.checked_sub(whole)
    } else {
        day.checked_add(whole)
    };
    moved.unwrap_or(day)
}

/// What free times are looked for.
pub(crate) struct Wanted {
    /// The visit: with the person asked for, where it has several parts.
    pub(crate) visit: capacity::Visit,
    /// What each service needs of a person.
    pub(crate) skills: Vec<Vec<String>>,
    /// The day asked for.
    pub(crate) day: Option<Date>,
    /// The person asked for.
    pub(crate) who: Option<StaffId>,
}

/// The strip a customer looks at: with the day asked for, or with the first day that has a time
/// (with the person asked for, if one is).
pub(crate) fn strip(tx: &mut Tx, ctx: &Ctx, site: &Site, wanted: &Wanted) -> Result<Strip, Fault> {
    let Wanted { day, who, .. } = *wanted;
    let today = site.date_of(ctx.now);
    let parts = wanted.visit.parts.iter();
    let services: Vec<_> = parts.map(|part| part.service).collect();
    let ruled = capacity::rules_for(tx, ctx, site, &services, wanted.visit.customer)?;
    let horizon = later(ctx.now, ruled.horizon_days.value.clamp(0, 730) * 24 * 60);
    let last = horizon.map_or(today, |end| site.date_of(end));
    let chosen = day.filter(|day| (today..=last).contains(day));
    let mut staff = people::staff_at(tx, ctx, site.id)?;
    staff.retain(|person| wanted.skills.iter().any(|skills| person.can(skills)));
    let suits = |slot: &&Slot| who.is_none_or(|who| slot.staff.contains(&who));
    // Most find a time within the first strip; the days beyond are looked at for the others.
    let first = chosen.map_or(today, |day| week_of(today, day));
    let mut looks = vec![STRIP_DAYS];
    looks.extend(chosen.is_none().then_some(LOOK_DAYS));
    let (mut slots, mut soonest): (Vec<Slot>, _) = (Vec::new(), None);
    for days in looks {
        let plans = capacity::visits(tx, ctx, &wanted.visit, first, plus(first, days - 1))?;
        slots = plans.iter().filter_map(|plan| slot(plan, &staff)).collect();
        let suited = slots.iter().find(suits);
        soonest = suited.map(|slot| site.date_of(slot.start));
        if soonest.is_some() {
            break;
        }
    }
    let day = chosen.or(soonest).unwrap_or(today);
    let first = week_of(today, day);
    let end = plus(first, STRIP_DAYS - 1);
    slots.retain(|slot| (first..=end).contains(&site.date_of(slot.start)));
    let zone = site.zone.clone();
    Ok(Strip {
        first,
        day,
        slots,
        staff,
        portraits: people::portraits(tx, ctx)?,
        last,
        today,
        zone,
    })
}

/// A visit as one stretch. Who could serve is known of one part; of several, each person was
/// looked for already.
fn slot(plan: &Plan, staff: &[Staff]) -> Option<Slot> {
    let (first, last) = (plan.first()?, plan.last()?);
    Some(Slot {
        start: first.fit.times.service.start,
        end: last.fit.times.service.end,
        staff: match plan.as_slice() {
            [only] => only.fit.staff.clone(),
            _ => staff.iter().map(|person| person.id).collect(),
        },
        resources: plan.iter().flat_map(Placed::resources).collect(),
    })
}

/// The first day of the seven, counted from today, that hold a day.
fn week_of(today: Date, day: Date) -> Date {
    let ahead = today.until(day).map_or(0, |span| span.get_days());
    plus(today, ahead.div_euclid(STRIP_DAYS) * STRIP_DAYS)
}

/// How many starts each day has for a person, or for anybody.
pub(crate) fn per_day(site: &Site, slots: &[Slot], who: Option<StaffId>) -> BTreeMap<Date, usize> {
    let mut days = BTreeMap::new();
    for slot in slots {
        if who.is_none_or(|who| slot.staff.contains(&who)) {
            *days.entry(site.date_of(slot.start)).or_default() += 1;
        }
    }
    days
}

/// The nearest times instead of one that cannot be had; the same one, when somebody else is free.
pub(crate) fn alternatives(
    tx: &mut Tx,
    ctx: &Ctx,
    visit: &capacity::Visit,
    start: Timestamp,
) -> Result<Vec<Timestamp>, Fault> {
    let plans = capacity::nearest_visits(tx, ctx, visit, start, ALTERNATIVES)?;
    Ok(plans
        .iter()
        .filter_map(|plan| Some(plan.first()?.fit.times.service.start))
        .collect())
}

/// The rules an order goes by.
pub(crate) fn ruled(tx: &mut Tx, ctx: &Ctx, site: &Site, order: &Order) -> Result<Ruled, Fault> {
    let lines = orders::lines(tx, ctx, order.id)?;
    let services: Vec<_> = lines.iter().filter_map(|line| line.service).collect();
    capacity::rules_for(tx, ctx, site, &services, order.customer)
}

const KEY_OF: &str = "
    select key from booking_taps where org = $1 and order_id = $2
    order by created_at desc, key limit 1";

/// The key of the page of times that a held order came from.
pub(crate) fn key_of(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<Option<String>, Fault> {
    tx.one(KEY_OF, params![ctx.org, order], |row| row.text(0))
}

/// The codes of the services of an order's lines beyond the first, for addresses.
pub(crate) fn add_on_codes(
    tx: &mut Tx,
    ctx: &Ctx,
    lines: &[orders::Line],
) -> Result<Vec<String>, Fault> {
    let ids: Vec<_> = lines
        .iter()
        .skip(1)
        .filter_map(|line| line.service)
        .collect();
    let found = offers::services_by_id(tx, ctx, &ids)?;
    Ok(found.into_values().map(|add_on| add_on.code).collect())
}

/// A booking as its customer may see it.
pub(crate) struct Visit {
    pub(crate) order: Order,
    pub(crate) site: Site,
    pub(crate) lines: Vec<orders::Line>,
    /// The service of the first line, when it is still in the catalogue.
    pub(crate) service: Option<Service>,
    /// Who serves.
    pub(crate) staff: Option<Staff>,
    /// The slot that is, or was, kept.
    pub(crate) span: Span,
    /// Its parts; none where there is only one.
    pub(crate) parts: Vec<ToldPart>,
    /// What finds other times for it.
    pub(crate) wanted: capacity::Visit,
    /// What each of its services needs of a person.
    pub(crate) skills: Vec<Vec<String>>,
    /// The rules it goes by.
    pub(crate) ruled: Ruled,
    /// The address of the page of times it came from, while it is held: below the business.
    pub(crate) change: String,
}

const CONTACT: &str = "select mail from booking_contacts where org = $1 and order_id = $2";

/// Where whoever booked online wants to be written to about this booking; for nouns that have
/// checked who asks.
pub fn contact_mail(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<Option<String>, Fault> {
    tx.one(CONTACT, params![ctx.org, order], |row| row.text(0))
}

/// The booking that a secret names; a forged secret and the order of another kind name none.
pub(crate) fn visit(tx: &mut Tx, ctx: &Ctx, secret: &str) -> Result<Visit, Fault> {
    let missing = || Fault::missing("booking-link-missing");
    if !(16..=80).contains(&secret.len()) {
        return Err(missing());
    }
    let order = orders::order_by_secret(tx, ctx, secret).map_err(|fault| {
        let gone = fault.kind == kernel::FaultKind::Missing;
        if gone { missing() } else { fault }
    })?;
    let slot = order.state.slot().ok_or_else(missing)?;
    let site = organisation::site(tx, ctx, order.site)?;
    let staff = order.state.staff().or(slot.staff);
    let staff = match staff {
        Some(staff) => Some(people::staff_member(tx, ctx, staff)?),
        None => None,
    };
    let service = match order.service {
        Some(id) => offers::services_by_id(tx, ctx, &[id])?.remove(&id),
        None => None,
    };
    let lines = orders::lines(tx, ctx, order.id)?;
    let change = change(tx, ctx, (&site, service.as_ref()), (&order, &lines))?;
    let wanted = orders::visit_of_order(tx, ctx, &order)?;
    let asked: Vec<_> = wanted.parts.iter().map(|part| part.service).collect();
    let known = offers::services_by_id(tx, ctx, &asked)?;
    Ok(Visit {
        parts: told_parts(tx, ctx, order.id)?,
        ruled: ruled(tx, ctx, &site, &order)?,
        skills: known.into_values().map(|service| service.skills).collect(),
        wanted,
        change,
        site,
        lines,
        service,
        staff,
        span: slot.span,
        order,
    })
}

/// Where another time for the same is chosen: a tap there moves what is held.
fn change(
    tx: &mut Tx,
    ctx: &Ctx,
    (site, service): (&Site, Option<&Service>),
    (order, lines): (&Order, &[orders::Line]),
) -> Result<String, Fault> {
    let Some(service) = service else {
        return Ok(site.slug.clone());
    };
    let mut path = format!("{}/{}/times", site.slug, service.code);
    let mut joiner = '?';
    let mut add = |name: &str, value: &str| {
        path.push_str(&format!("{joiner}{name}={value}"));
        joiner = '&';
    };
    if let (State::Held { slot, .. }, Some(key)) = (&order.state, key_of(tx, ctx, order.id)?) {
        add("day", &site.date_of(slot.span.start).to_string());
        add("key", &key);
    }
    for code in add_on_codes(tx, ctx, lines)? {
        add("add", &code);
    }
    Ok(path)
}

impl Visit {
    /// Whether a customer may still cancel or move it alone.
    pub(crate) fn is_changeable(&self, now: Timestamp) -> bool {
        let until = crate::model::change_until(self.span.start, self.ruled.cancel_minutes.value);
        matches!(self.order.state, State::Booked { .. }) && now <= until
    }
}

impl Strip {
    /// The free starts of a day with a person, or with anybody.
    pub(crate) fn slots_of(&self, day: Date, who: Option<StaffId>) -> impl Iterator<Item = &Slot> {
        let zone = self.zone.clone();
        self.slots.iter().filter(move |slot| {
            slot.start.to_zoned(zone.clone()).date() == day
                && who.is_none_or(|who| slot.staff.contains(&who))
        })
    }
}
