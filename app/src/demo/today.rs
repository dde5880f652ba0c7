//! The live day: what is over, who is being served, who waits, who is expected; and the bookings
//! of the days to come. Everything here goes through the commands a desk uses.

use kernel::{Channel, Ctx, Fault, FaultKind, Timestamp, ids::OrderId};
use orders::{Kind, NewLine, NewOrder, WantedSlot};
use store::Tx;

use super::{
    Lotus, Place, SEED,
    catalogue::SITES,
    chance::Chance,
    crew,
    founding::shifted,
    groups, others,
    past::{day_of, drawn_service, later, off_on, remark, write_visits},
    somebody, visits,
};

const DAYS_AHEAD: i64 = 14;
const SERVING: usize = 7;
const WAITING: usize = 5;
/// Why somebody in line counts from earlier.
const EARLY_REASON: &str = "孕妇，不宜久等";

/// Writes today and the coming days of every site.
pub fn write(tx: &mut Tx, ctx: &Ctx, lotus: &Lotus) -> Result<(), Fault> {
    queue::learn(tx, ctx)?;
    for (index, place) in lotus.places.iter().enumerate() {
        let mut chance = Chance::new(SEED + 77 + index as u64);
        groups::write(tx, ctx, lotus, (place, &mut chance))?;
        visits::write(tx, ctx, lotus, (place, &mut chance))?;
        if index == 0 {
            crew::write(tx, ctx, place)?;
        }
        for day in 1..=DAYS_AHEAD {
            book_day(tx, ctx, lotus, place, (day, &mut chance))?;
        }
        if is_open(tx, ctx, place)? {
            live(tx, ctx, lotus, place, &mut chance)?;
        } else {
            let date = place.site.date_of(ctx.now);
            let off = off_on(tx, ctx, place, date)?;
            let visits = day_of(ctx, lotus, place, (0, &off), &mut chance)?;
            write_visits(tx, ctx, place, (date, 0), visits)?;
        }
    }
    Ok(())
}

fn is_open(tx: &mut Tx, ctx: &Ctx, place: &Place) -> Result<bool, Fault> {
    let today = place.site.date_of(ctx.now);
    let yesterday = shifted(today, -1)?;
    let spans = organisation::open_spans_between(tx, ctx, &place.site, yesterday, today)?;
    Ok(spans.iter().any(|span| span.holds(ctx.now)))
}

fn live(
    tx: &mut Tx,
    ctx: &Ctx,
    lotus: &Lotus,
    place: &Place,
    chance: &mut Chance,
) -> Result<(), Fault> {
    let morning = ctx.at(later(ctx.now, -70));
    let date = place.site.date_of(ctx.now);
    let off = off_on(tx, ctx, place, date)?;
    let visits = day_of(&morning, lotus, place, (0, &off), chance)?;
    write_visits(tx, ctx, place, (date, 0), visits)?;
    let mut place = place.clone();
    place.staff.retain(|person| !off.contains(&person.id));
    let place = &place;
    let share = usize::from(place.visits_a_day > 40.0);
    others::leave_open(tx, ctx, lotus, (place, chance))?;
    expect_some(tx, ctx, lotus, place, chance)?;
    serve_some(tx, ctx, lotus, place, (SERVING * (1 + share) / 2, chance))?;
    wait_some(tx, ctx, lotus, place, (WAITING * (1 + share) / 2, chance))?;
    let resting = place.staff.last().filter(|_| share > 0);
    if let Some(person) = resting {
        let then = lotus.at_the_desk(ctx, later(ctx.now, -6));
        queue::pause(tx, &then, place.site.id, person.id, Some(20))?;
    }
    Ok(())
}

/// Walk-ins of the last hour who are being served, each at another step.
fn serve_some(
    tx: &mut Tx,
    ctx: &Ctx,
    lotus: &Lotus,
    place: &Place,
    (count, chance): (usize, &mut Chance),
) -> Result<(), Fault> {
    for person in place.staff.iter().take(count) {
        let can = |service: &&offers::Service| service.minutes > 0 && person.can(&service.skills);
        let able: Vec<_> = place.services.iter().filter(can).collect();
        if able.is_empty() {
            continue;
        }
        let service = *chance.pick(&able);
        let ago = chance.between(8, work_minutes(lotus, service) + 3);
        let then = lotus.at_the_desk(ctx, later(ctx.now, -ago - chance.between(2, 14)));
        let new = NewOrder {
            customer: somebody(lotus, place, chance),
            lines: vec![NewLine::one(service.id)],
            ..NewOrder::new(place.site.id, Kind::WalkIn)
        };
        let order = orders::create(tx, &then, &new)?;
        orders::arrive(tx, &then, order.id)?;
        let begun = lotus.at_the_desk(ctx, later(ctx.now, -ago));
        orders::start(tx, &begun, order.id, Some(person.id))?;
        advance(tx, ctx, lotus, (order.id, ago))?;
    }
    Ok(())
}

/// How long a service should take: the work of its blueprint, or else its own minutes.
fn work_minutes(lotus: &Lotus, service: &offers::Service) -> i64 {
    let design = service.blueprint.and_then(|id| lotus.designs.get(&id));
    design.map_or(service.minutes, |version| {
        let steps = version.body.work_steps().into_iter();
        steps.filter_map(|step| step.minutes_standard).sum()
    })
}

/// Completes the steps whose standard minutes are over.
fn advance(
    tx: &mut Tx,
    ctx: &Ctx,
    lotus: &Lotus,
    (order, ago): (OrderId, i64),
) -> Result<(), Fault> {
    let steps = orders::steps(tx, ctx, order)?;
    let mut at = -ago;
    // The last step is left running: who is served is still in the chair.
    for step in steps.iter().take(steps.len().saturating_sub(1)) {
        at += step.minutes_standard.unwrap_or(5);
        if at >= -1 {
            break;
        }
        let then = lotus.at_the_desk(ctx, later(ctx.now, at));
        orders::complete_step(tx, &then, order)?;
    }
    Ok(())
}

/// Bookings around now: one late, one who has arrived, the others on their way.
fn expect_some(
    tx: &mut Tx,
    ctx: &Ctx,
    lotus: &Lotus,
    place: &Place,
    chance: &mut Chance,
) -> Result<(), Fault> {
    let wanted = [-6, 10, 25, 40, 55, 70, 90, 110, 140, 180, 220];
    let mut made = Vec::new();
    for minutes in wanted {
        let start = later(ctx.now, minutes);
        made.extend(book(tx, ctx, lotus, place, (start, 2880, chance))?);
    }
    if let Some(second) = made.get(1) {
        let then = lotus.at_the_desk(ctx, later(ctx.now, -4));
        orders::arrive(tx, &then, *second)?;
    }
    Ok(())
}

fn wait_some(
    tx: &mut Tx,
    ctx: &Ctx,
    lotus: &Lotus,
    place: &Place,
    (count, chance): (usize, &mut Chance),
) -> Result<(), Fault> {
    for place_in_line in (0..count).rev() {
        let ago = i64::try_from(place_in_line).unwrap_or(0) * 5 + chance.between(0, 4);
        let then = lotus.at_the_desk(ctx, later(ctx.now, -ago));
        let service = drawn_service(place, chance).id;
        let walk_in = queue::WalkIn {
            customer: somebody(lotus, place, chance),
            priority: (place_in_line == 2).then(|| EARLY_REASON.to_owned()),
            note: remark(place, chance),
            ..queue::WalkIn::new(place.site.id, place.site.date_of(then.now), vec![service])
        };
        queue::issue(tx, &then, &walk_in)?;
    }
    Ok(())
}

/// A day's bookings, most in the afternoon.
fn book_day(
    tx: &mut Tx,
    ctx: &Ctx,
    lotus: &Lotus,
    place: &Place,
    (day, chance): (i64, &mut Chance),
) -> Result<(), Fault> {
    let date = shifted(place.site.date_of(ctx.now), day)?;
    let spans = organisation::open_spans(tx, ctx, &place.site, date)?;
    let Some(span) = spans.first() else {
        return Ok(());
    };
    let count = usize::try_from(16 - day).unwrap_or(2) * SITES.len() / 4;
    for _ in 0..count {
        let start = later(span.start, chance.between(0, 44) * 15);
        book(tx, ctx, lotus, place, (start, day * 1440, chance))?;
    }
    Ok(())
}

/// Books a start, or leaves it when nobody who can do it is free.
fn book(
    tx: &mut Tx,
    ctx: &Ctx,
    lotus: &Lotus,
    place: &Place,
    (start, ahead_minutes, chance): (Timestamp, i64, &mut Chance),
) -> Result<Option<OrderId>, Fault> {
    let service = drawn_service(place, chance);
    let customer = somebody(lotus, place, chance);
    let channel = if chance.happens(0.6) {
        Channel::Phone
    } else {
        Channel::Desk
    };
    let five = 5 * 60 * 1_000_000;
    let start = start.as_microsecond().div_euclid(five) * five;
    let start = Timestamp::from_microsecond(start).map_err(Fault::broken)?;
    let ask = capacity::Ask {
        site: place.site.id,
        service: service.id,
        add_on_minutes: 0,
        staff: None,
    };
    let then = lotus
        .at_the_desk(
            ctx,
            later(ctx.now, -chance.between(30, ahead_minutes.max(60))),
        )
        .with_channel(channel);
    if capacity::why_not(tx, &then, &ask, start)?.is_some() {
        return Ok(None);
    }
    let new = NewOrder {
        customer,
        lines: vec![NewLine::one(service.id)],
        slot: Some(WantedSlot { start, staff: None }),
        note: remark(place, chance),
        ..NewOrder::new(place.site.id, Kind::Booking)
    };
    match orders::create(tx, &then, &new) {
        Ok(order) => Ok(Some(order.id)),
        Err(fault) if matches!(fault.kind, FaultKind::Conflict | FaultKind::Invalid) => Ok(None),
        Err(fault) => Err(fault),
    }
}
