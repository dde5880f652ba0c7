//! A class that repeats, people who wait for a seat in it, and a customer who comes every week.

use std::collections::BTreeMap;

use kernel::{Ctx, Every, Fault, Repeat, Timestamp, Until};
use orders::{Kind, NewLine, NewOrder, WantedSlot};
use sessions::{GroupOffer, Plan, Sell, Session};
use store::Tx;
use waitlist::{NewWaiting, Wish};

use super::{Lotus, Place, chance::Chance, founding::shifted, past::later, somebody};

/// The service that is held for groups, and the one a customer comes for every week.
const CLASS: &str = "YOGA";
const WEEKLY: &str = "BLOW";
/// Local minutes of the day.
const CLASS_MINUTE: i64 = 18 * 60;
const WEEKLY_MINUTE: i64 = 11 * 60;
const SEATS: i64 = 8;

/// Writes what repeats at a site, before anything else takes the time.
pub fn write(
    tx: &mut Tx,
    ctx: &Ctx,
    lotus: &Lotus,
    (place, chance): (&Place, &mut Chance),
) -> Result<(), Fault> {
    let then = lotus.at_the_desk(ctx, later(ctx.now, -36 * 60));
    let class = place.services.iter().find(|s| s.code == CLASS);
    let known = match class {
        Some(class) => sessions::offer(tx, ctx, class.id)?.is_some(),
        None => false,
    };
    // A demonstration of an earlier day has its classes and its weekly customer already.
    if known {
        return Ok(());
    }
    for session in course(tx, &then, place)? {
        fill(tx, &then, lotus, (place, &session, chance))?;
    }
    weekly(tx, &then, lotus, (place, chance))
}

fn start_on(place: &Place, ctx: &Ctx, day: i64, minute: i64) -> Result<Timestamp, Fault> {
    let date = shifted(place.site.date_of(ctx.now), day)?;
    Ok(organisation::instant_clipped(
        &place.site.zone,
        date,
        minute,
    ))
}

/// The class, every week on two evenings.
fn course(tx: &mut Tx, ctx: &Ctx, place: &Place) -> Result<Vec<Session>, Fault> {
    let Some(class) = place.services.iter().find(|s| s.code == CLASS) else {
        return Ok(Vec::new());
    };
    let offer = GroupOffer {
        service: class.id,
        seats: SEATS,
        each_max: 3,
        version: 0,
    };
    sessions::save_offer(tx, ctx, offer)?;
    let mut planned = Vec::new();
    for day in [2, 4] {
        let wanted = Plan {
            site: place.site.id,
            service: class.id,
            start: start_on(place, ctx, day, CLASS_MINUTE)?,
            minutes: class.minutes,
            staff: None,
            room: None,
            seats: SEATS,
            each_max: 3,
        };
        let repeat = Repeat {
            first: place.site.date_of(wanted.start),
            every: Every::Weeks(1),
            until: Until::Count(2),
        };
        let foreseen = sessions::foresee(tx, ctx, &wanted, &repeat)?;
        if foreseen.iter().any(|one| one.why.is_none()) {
            planned.extend(sessions::plan_series(tx, ctx, &wanted, &repeat, true)?);
        }
    }
    Ok(planned)
}

/// The first class is full and two wait for a seat; the others have some left.
fn fill(
    tx: &mut Tx,
    ctx: &Ctx,
    lotus: &Lotus,
    (place, session, chance): (&Place, &Session, &mut Chance),
) -> Result<(), Fault> {
    let is_first =
        place.site.date_of(session.span.start) <= shifted(place.site.date_of(ctx.now), 3)?;
    let mut left = if is_first {
        SEATS
    } else {
        chance.between(2, 6)
    };
    while left > 0 {
        let count = chance.between(1, 3).min(left);
        left -= count;
        let wanted = Sell {
            session: session.id,
            count,
            customer: somebody(lotus, place, chance),
            note: String::new(),
        };
        sessions::sell(tx, ctx, &wanted)?;
    }
    if !is_first {
        return Ok(());
    }
    let day = place.site.date_of(session.span.start);
    for _ in 0..2 {
        let Some(customer) = somebody(lotus, place, chance) else {
            continue;
        };
        let new = NewWaiting {
            site: place.site.id,
            wish: Wish {
                service: session.service,
                also: Vec::new(),
                staff: None,
                session: Some(session.id),
                seats: 1,
                weekdays: String::new(),
                from_minute: 0,
                to_minute: 1440,
                first_day: place.site.date_of(ctx.now),
                last_day: day,
            },
            customer,
            note: String::new(),
            mail: None,
        };
        waitlist::join(tx, ctx, &new)?;
    }
    Ok(())
}

/// Somebody comes every week at the same hour.
fn weekly(
    tx: &mut Tx,
    ctx: &Ctx,
    lotus: &Lotus,
    (place, chance): (&Place, &mut Chance),
) -> Result<(), Fault> {
    let service = place.services.iter().find(|s| s.code == WEEKLY);
    let (Some(service), Some(person)) = (service, place.staff.first()) else {
        return Ok(());
    };
    let start = start_on(place, ctx, 3, WEEKLY_MINUTE)?;
    let new = series::New {
        order: NewOrder {
            customer: somebody(lotus, place, chance),
            lines: vec![NewLine::one(service.id)],
            slot: Some(WantedSlot {
                start,
                staff: Some(person.id),
            }),
            ..NewOrder::new(place.site.id, Kind::Booking)
        },
        repeat: Repeat {
            first: place.site.date_of(start),
            every: Every::Weeks(1),
            until: Until::Count(6),
        },
        first: None,
    };
    let foreseen = series::foresee(tx, ctx, &new)?;
    let taken = foreseen.iter().filter(|one| one.why.is_some());
    let skipped: BTreeMap<_, _> = taken
        .map(|one| (one.date, series::Decision::Skip))
        .collect();
    if skipped.len() < foreseen.len() {
        series::create(tx, ctx, &new, &skipped)?;
    }
    Ok(())
}
