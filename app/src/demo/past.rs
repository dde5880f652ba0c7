//! The past of Lotus: visits with believable arrivals, waits, durations, errors and rework.

use kernel::{
    Channel, Ctx, Fault, Span, Timestamp,
    ids::{CustomerId, StaffId},
};
use offers::Service;
use orders::{Ending, Kind, Level, PastLine, PastOrder, PastStep};
use store::Tx;

use super::{
    Lotus, Place, SEED,
    catalogue::{CAUSES, REASONS, REMARKS, SERVICES, WAITED_TOO_LONG},
    chance::Chance,
    founding::{BREAK_MINUTES, break_after, shifted},
    others, somebody, waits,
};

const WEEKDAY_FACTORS: [f64; 7] = [0.8, 0.8, 0.9, 1.0, 1.2, 1.4, 1.2];
/// Arrivals by hour after opening, against each other: late morning and after work.
const HOUR_WEIGHTS: [i64; 12] = [4, 7, 9, 8, 6, 7, 9, 10, 11, 9, 6, 3];

/// Writes down the days from `first` up to, but without, `last`, counted from today.
pub fn write_days(
    tx: &mut Tx,
    ctx: &Ctx,
    lotus: &Lotus,
    first: i64,
    last: i64,
) -> Result<(), Fault> {
    for day in first..last {
        for (index, place) in lotus.places.iter().enumerate() {
            let seed = SEED + 10_000 * (1 + index as u64) + day.unsigned_abs();
            let mut chance = Chance::new(seed);
            let date = shifted(place.site.date_of(ctx.now), day)?;
            let off = off_on(tx, ctx, place, date)?;
            let visits = day_of(ctx, lotus, place, (day, &off), &mut chance)?;
            write_visits(tx, ctx, place, (date, day), visits)?;
            let opens = organisation::instant_clipped(&place.site.zone, date, 9 * 60);
            let mut here = place.clone();
            here.staff.retain(|person| !off.contains(&person.id));
            others::write_day(tx, ctx, lotus, (&here, opens, &mut chance))?;
        }
    }
    Ok(())
}

/// Writes down the visits of a day, and the waits of those not long ago.
pub fn write_visits(
    tx: &mut Tx,
    ctx: &Ctx,
    place: &Place,
    (date, day): (kernel::Date, i64),
    visits: Vec<PastOrder>,
) -> Result<(), Fault> {
    let mut known = Vec::new();
    for visit in visits {
        let order = orders::record_past(tx, ctx, &visit)?.id();
        known.push((visit, order));
    }
    if day < -waits::DAYS {
        return Ok(());
    }
    waits::write(tx, ctx, place, date, &known)?;
    let evening = organisation::instant_clipped(&place.site.zone, date, 23 * 60);
    match evening < ctx.now {
        true => queue::learn(tx, &ctx.at(evening)),
        false => Ok(()),
    }
}

/// Minutes after an instant.
pub fn later(at: Timestamp, minutes: i64) -> Timestamp {
    let moved = at.as_microsecond() + minutes * 60_000_000;
    Timestamp::from_microsecond(moved).unwrap_or(at)
}

/// Who has no shift on a day; nobody where none are known, long ago.
pub fn off_on(
    tx: &mut Tx,
    ctx: &Ctx,
    place: &Place,
    date: kernel::Date,
) -> Result<Vec<StaffId>, Fault> {
    let clock = |minute| organisation::instant_clipped(&place.site.zone, date, minute);
    let day = Span::new(clock(0), clock(24 * 60)).expect("a day is longer than nothing");
    let shifts = people::shifts(tx, ctx, place.site.id, day)?;
    let works = |id: StaffId| shifts.is_empty() || shifts.iter().any(|shift| shift.staff == id);
    let ids = place.staff.iter().map(|person| person.id);
    Ok(ids.filter(|id| !works(*id)).collect())
}

/// The visits of a day that were over by now, in order of arrival; without who is off.
pub fn day_of(
    ctx: &Ctx,
    lotus: &Lotus,
    place: &Place,
    (day, off): (i64, &[StaffId]),
    chance: &mut Chance,
) -> Result<Vec<PastOrder>, Fault> {
    let date = shifted(place.site.date_of(ctx.now), day)?;
    let opens = organisation::instant_clipped(&place.site.zone, date, 9 * 60);
    let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
    let growth = 1.0 + f64::from(i32::try_from(day).unwrap_or(0)) / 900.0;
    let mean = place.visits_a_day * WEEKDAY_FACTORS[weekday] * growth;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a day has a few dozen visits"
    )]
    let visits = (mean * chance.factor(0.12)).round() as usize;
    let mut arrivals: Vec<Timestamp> = (0..visits)
        .map(|_| later(opens, arrival_minute(chance)))
        .collect();
    arrivals.sort_unstable();
    // Every second person begins two hours later, as the shifts do.
    let begins = |index: usize| match off.contains(&place.staff[index].id) {
        true => later(opens, 2 * 1440),
        false => later(opens, if index.is_multiple_of(2) { 0 } else { 120 }),
    };
    let mut free_from: Vec<Timestamp> = (0..place.staff.len()).map(begins).collect();
    let breaks: Vec<Timestamp> = (0..place.staff.len())
        .map(|index| later(opens, break_after(index)))
        .collect();
    let orders = arrivals.into_iter().filter_map(|arrived| {
        for (free, pause) in free_from.iter_mut().zip(&breaks) {
            // Whoever has a break now, or would work into it, comes back after it.
            if arrived.max(*free) > later(*pause, -30) && *free < later(*pause, BREAK_MINUTES) {
                *free = later(*pause, BREAK_MINUTES);
            }
        }
        let customer = somebody(lotus, place, chance).filter(|_| chance.happens(0.94));
        visit(lotus, place, (arrived, customer), &mut free_from, chance)
    });
    let orders: Vec<PastOrder> = orders.collect();
    Ok(orders
        .into_iter()
        .filter(|order| ends(order) <= ctx.now)
        .collect())
}

fn ends(order: &PastOrder) -> Timestamp {
    match &order.ending {
        Ending::Finished { finished, .. } => *finished,
        Ending::Cancelled { at, .. } | Ending::NoShow { at } => *at,
    }
}

fn arrival_minute(chance: &mut Chance) -> i64 {
    let all: i64 = HOUR_WEIGHTS.iter().sum();
    let mut drawn = chance.between(0, all);
    let hour = HOUR_WEIGHTS.iter().position(|weight| {
        drawn -= weight;
        drawn < 0
    });
    i64::try_from(hour.unwrap_or(0)).unwrap_or(0) * 60 + chance.between(0, 60)
}

/// One of the site's services, as often as it is asked for.
pub fn drawn_service<'p>(place: &'p Place, chance: &mut Chance) -> &'p Service {
    let weight = |service: &Service| {
        SERVICES
            .iter()
            .find(|sample| sample.code == service.code)
            .map_or(0, |s| s.weight)
    };
    let all: i64 = place.services.iter().map(weight).sum();
    let mut drawn = chance.between(0, all);
    let found = place.services.iter().find(|service| {
        drawn -= weight(service);
        drawn < 0
    });
    found.unwrap_or(&place.services[0])
}

fn visit(
    lotus: &Lotus,
    place: &Place,
    (arrived, customer): (Timestamp, Option<CustomerId>),
    free_from: &mut [Timestamp],
    chance: &mut Chance,
) -> Option<PastOrder> {
    let service = drawn_service(place, chance);
    let able = |index: &usize| place.staff[*index].can(&service.skills);
    let server = (0..place.staff.len())
        .filter(able)
        .min_by_key(|i| free_from[*i]);
    let staff = server.map(|index| place.staff[index].id);
    let mut order = asked(place, service, (arrived, staff), chance);
    order.customer = customer;
    let slot_start = order.slot.map(|(start, _, _)| start);
    let ready = server.map_or(arrived, |index| free_from[index]);
    let wanted = slot_start.unwrap_or_else(|| later(arrived, chance.between(1, 5)));
    let patience = match slot_start {
        // A time is only offered when somebody will be free, give or take.
        Some(_) if chance.happens(0.25) => 20,
        Some(_) => 4,
        None => chance.between(15, 45),
    };
    if ready > later(wanted, patience) {
        let gives_up = slot_start.is_none() && chance.happens(0.3);
        order.ending = Ending::Cancelled {
            at: later(arrived, patience),
            reason: WAITED_TOO_LONG.to_owned(),
        };
        return gives_up.then_some(order);
    }
    if slot_start.is_some() && chance.happens(0.05) {
        return Some(order);
    }
    if slot_start.is_some() && chance.happens(0.04) {
        let at = later(order.created, chance.between(10, 120)).min(arrived);
        let reason = (*chance.pick(&REASONS)).to_owned();
        order.ending = Ending::Cancelled { at, reason };
        return Some(order);
    }
    let started = wanted.max(ready).max(arrived);
    let finished = carry_out(lotus, service, staff, &mut order, (started, chance));
    if let Some(index) = server {
        free_from[index] = later(finished, 3);
    }
    order.ending = Ending::Finished {
        arrived,
        started,
        finished,
        staff,
    };
    Some(order)
}

/// What was asked for, by a booking or on the spot; so far nobody came.
fn asked(
    place: &Place,
    service: &Service,
    (arrived, staff): (Timestamp, Option<StaffId>),
    chance: &mut Chance,
) -> PastOrder {
    let booked = chance.happens(0.55);
    let created = if booked {
        later(arrived, -chance.between(120, 14_000))
    } else {
        arrived
    };
    let slot_start = quarter(later(arrived, 5));
    let slot_end = later(slot_start, service.minutes);
    PastOrder {
        site: place.site.id,
        kind: if booked { Kind::Booking } else { Kind::WalkIn },
        channel: if booked && chance.happens(0.7) {
            Channel::Online
        } else {
            Channel::Desk
        },
        customer: None,
        level: if chance.happens(0.04) {
            Level::Priority
        } else {
            Level::Normal
        },
        note: remark(place, chance),
        lines: lines(place, service, chance),
        created,
        slot: booked.then_some((slot_start, slot_end, staff)),
        promised: None,
        blueprint: None,
        steps: Vec::new(),
        ending: Ending::NoShow {
            at: later(slot_start, 20),
        },
        external_id: None,
    }
}

/// Every eighth customer says something beforehand.
pub fn remark(place: &Place, chance: &mut Chance) -> String {
    let (zh, en) = *chance.pick(&REMARKS);
    let words = match place.site.currency {
        kernel::Currency::EUR => en,
        _ => zh,
    };
    if chance.happens(0.12) { words } else { "" }.to_owned()
}

fn quarter(at: Timestamp) -> Timestamp {
    let quarter = 15 * 60 * 1_000_000;
    let whole = (at.as_microsecond() + quarter / 2).div_euclid(quarter) * quarter;
    Timestamp::from_microsecond(whole).unwrap_or(at)
}

/// A service as it was sold then.
pub fn line(service: &Service) -> PastLine {
    PastLine {
        service: Some(service.id),
        family: Some(service.family.as_str().to_owned()),
        name: service.name.clone(),
        quantity: 1,
        unit: service.price,
        tax_permille: service.tax_permille,
        minutes: service.minutes,
    }
}

fn lines(place: &Place, service: &Service, chance: &mut Chance) -> Vec<PastLine> {
    let mut lines = vec![line(service)];
    let goods: Vec<&Service> = place.services.iter().filter(|s| s.minutes == 0).collect();
    if !goods.is_empty() && chance.happens(0.12) {
        let good: &Service = chance.pick::<&Service>(&goods);
        lines.push(line(good));
    }
    lines
}

/// The steps of a visit one after the other; answers when the last one ended.
fn carry_out(
    lotus: &Lotus,
    service: &Service,
    staff: Option<StaffId>,
    order: &mut PastOrder,
    (started, chance): (Timestamp, &mut Chance),
) -> Timestamp {
    let design = service
        .blueprint
        .and_then(|id| Some((id, lotus.designs.get(&id)?)));
    let Some((blueprint, version)) = design else {
        return later(started, stretched(service.minutes, chance));
    };
    order.blueprint = Some((blueprint, version.number));
    let work = version.body.work_steps();
    let standard: i64 = work.iter().filter_map(|step| step.minutes_standard).sum();
    let mut at = started;
    for step in work {
        let minutes = step.minutes_standard.unwrap_or(5) * service.minutes / standard.max(1);
        // Where the design is too hopeful, as the blueprint's page shows.
        let over = match step.key.as_str() {
            "mix" | "diagnose" => chance.between(2, 8),
            "consultation" | "parts" => chance.between(1, 6),
            "payment" => chance.between(0, 4),
            _ => 0,
        };
        let mut add = |error_cause: Option<String>, minutes: i64| {
            let ended = later(at, minutes.max(1));
            order.steps.push(PastStep {
                key: step.key.clone(),
                name: step.name.clone(),
                lane: step.lane.as_str().to_owned(),
                minutes_standard: step.minutes_standard,
                staff,
                started: at,
                ended,
                error_cause,
            });
            at = ended;
        };
        if step.fail_point.is_some() && chance.happens(0.03) {
            add(
                Some((*chance.pick(&CAUSES)).to_owned()),
                stretched(minutes / 2, chance),
            );
        }
        add(None, stretched(minutes.max(2), chance) + over);
    }
    at
}

fn stretched(minutes: i64, chance: &mut Chance) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "a few hours of minutes"
    )]
    let stretched = (minutes as f64 * chance.factor(0.22)).round() as i64;
    stretched.max(1)
}
