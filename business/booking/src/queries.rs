//! What the public pages know: sites, services, free times, one booking.

use std::{collections::BTreeMap, time::Duration};

use capacity::{Ask, Slot};
use kernel::{Channel, Ctx, Date, Fault, Span, TimeZone, Timestamp, ids::StaffId};
use offers::Service;
use orders::{Order, State};
use organisation::{Site, SiteState};
use people::Staff;
use store::Tx;

use crate::model::later;

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

/// A site and a service that can be booked there online.
pub(crate) fn offer(
    tx: &mut Tx,
    ctx: &Ctx,
    slug: &str,
    code: &str,
) -> Result<(Site, Service), Fault> {
    let site = site(tx, ctx, slug)?;
    let service = offers::service_by_code(tx, ctx, code)?
        .filter(|service| is_offered(service, &site))
        .ok_or_else(|| Fault::missing("booking-service-missing"))?;
    Ok((site, service))
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

/// The ask for a service with anybody.
pub(crate) fn ask(site: &Site, service: &Service, staff: Option<StaffId>) -> Ask {
    Ask {
        site: site.id,
        service: service.id,
        add_on_minutes: 0,
        staff,
    }
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
    let ask = ask(site, quickest, None);
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

/// The strip a customer looks at: with the day asked for, or with the first day that has a time
/// (with the person asked for, if one is).
pub(crate) fn strip(
    tx: &mut Tx,
    ctx: &Ctx,
    (site, service): (&Site, &Service),
    (day, who): (Option<Date>, Option<StaffId>),
) -> Result<Strip, Fault> {
    let today = site.date_of(ctx.now);
    let horizon = later(ctx.now, site.horizon_days.clamp(0, 730) * 24 * 60);
    let last = horizon.map_or(today, |end| site.date_of(end));
    let ask = ask(site, service, None);
    let chosen = day.filter(|day| (today..=last).contains(day));
    let (from, to) = match chosen {
        Some(day) => {
            let first = week_of(today, day);
            (first, plus(first, STRIP_DAYS - 1))
        }
        None => (today, plus(today, LOOK_DAYS - 1)),
    };
    let mut slots = capacity::availability(tx, ctx, &ask, from, to)?;
    let suits = |slot: &&Slot| who.is_none_or(|who| slot.staff.contains(&who));
    let soonest = slots
        .iter()
        .find(suits)
        .map(|slot| site.date_of(slot.start));
    let day = chosen.or(soonest).unwrap_or(today);
    let first = week_of(today, day);
    let end = plus(first, STRIP_DAYS - 1);
    slots.retain(|slot| (first..=end).contains(&site.date_of(slot.start)));
    let mut staff = people::staff_at(tx, ctx, site.id)?;
    staff.retain(|person| person.can(&service.skills));
    let zone = site.zone.clone();
    Ok(Strip {
        first,
        day,
        slots,
        staff,
        last,
        today,
        zone,
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
    ask: &Ask,
    start: Timestamp,
) -> Result<Vec<Timestamp>, Fault> {
    let slots = capacity::nearest_slots(tx, ctx, ask, start, ALTERNATIVES)?;
    Ok(slots.iter().map(|slot| slot.start).collect())
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
    Ok(Visit {
        site,
        lines,
        service,
        staff,
        span: slot.span,
        order,
    })
}

impl Visit {
    /// Whether a customer may still cancel or move it alone.
    pub(crate) fn is_changeable(&self, now: Timestamp) -> bool {
        let until = crate::model::change_until(self.span.start, self.site.cancel_minutes);
        matches!(self.order.state, State::Booked { .. }) && now <= until
    }

    /// The ask that finds other times for it.
    pub(crate) fn ask(&self) -> Option<Ask> {
        Some(Ask {
            site: self.site.id,
            service: self.order.service?,
            add_on_minutes: self.order.minutes - self.service.as_ref()?.minutes,
            staff: None,
        })
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
