//! Visits of several parts, somebody booked over knowingly, a service with a rule of its own, and
//! who waits for a time.

use kernel::{Channel, Ctx, Fault, FaultKind, Timestamp, ids::ServiceId};
use offers::Service;
use orders::{Kind, NewLine, NewOrder, WantedSlot};
use store::Tx;
use waitlist::{NewWaiting, Wish};

use super::{Lotus, Place, chance::Chance, founding::shifted, past::later, somebody};

/// The parts of the visits, what goes with the first, and the service with a rule of its own.
const FIRST: &str = "CUT-S";
const SECOND: &str = "STONE";
const WITH_IT: &str = "MASK";
const LONG: &str = "AROMA";
/// Why somebody busy is booked over.
const OVER_REASON: &str = "熟客加急，两位可以穿插进行";
/// How long ago the desk took them, in minutes.
const DESK_MINUTES: i64 = 6 * 60;
/// Minutes to change the room.
const ROOM_MINUTES: i64 = 5;
/// Notice for a long treatment: a day.
const NOTICE_MINUTES: i64 = 24 * 60;
/// Days ahead on which somebody comes for two services.
const DAYS: [i64; 3] = [1, 2, 3];
/// Somebody who waits: from and to which minute of the day, how many days ahead at most.
const WAITING: [(i64, i64, i64); 2] = [(17 * 60, 21 * 60, 2), (9 * 60, 21 * 60, 6)];

/// Writes them for a site that offers these services.
pub fn write(
    tx: &mut Tx,
    ctx: &Ctx,
    lotus: &Lotus,
    (place, chance): (&Place, &mut Chance),
) -> Result<(), Fault> {
    let find = |code: &str| place.services.iter().find(|service| service.code == code);
    let (Some(first), Some(second)) = (find(FIRST), find(SECOND)) else {
        return Ok(());
    };
    let desk = lotus
        .at_the_desk(ctx, later(ctx.now, -DESK_MINUTES))
        .with_channel(Channel::Phone);
    capacity::set_room_minutes(tx, ctx, place.site.id, ROOM_MINUTES)?;
    if let Some(long) = find(LONG) {
        notice(tx, ctx, long.id)?;
    }
    for day in DAYS {
        let customer = somebody(lotus, place, chance);
        let new = NewOrder {
            customer,
            lines: vec![NewLine::one(first.id), NewLine::one(second.id)],
            ..NewOrder::new(place.site.id, Kind::Booking)
        };
        let taken = visit(tx, &desk, (place, day), new)?;
        if let Some(order) = taken.filter(|_| day == DAYS[0]) {
            book_over(tx, &desk, (place, first), &order)?;
        }
    }
    let also: Vec<ServiceId> = find(WITH_IT).map(|mask| mask.id).into_iter().collect();
    for (from, to, days) in WAITING {
        let customer = somebody(lotus, place, chance);
        let Some(customer) = customer else { continue };
        let today = place.site.date_of(ctx.now);
        let new = NewWaiting {
            site: place.site.id,
            wish: Wish {
                service: first.id,
                also: also.clone(),
                staff: None,
                session: None,
                seats: 1,
                weekdays: String::new(),
                from_minute: from,
                to_minute: to,
                first_day: shifted(today, 1)?,
                last_day: shifted(today, days)?,
            },
            customer,
            note: String::new(),
            mail: None,
        };
        waitlist::join(tx, &desk, &new)?;
    }
    Ok(())
}

/// A long treatment is booked a day ahead.
fn notice(tx: &mut Tx, ctx: &Ctx, service: ServiceId) -> Result<(), Fault> {
    let values = capacity::RuleValues {
        notice_minutes: Some(NOTICE_MINUTES),
        ..capacity::RuleValues::default()
    };
    let said = capacity::save_rule(tx, ctx, capacity::RuleBy::Service(service), 0, values);
    match said {
        // A demonstration of an earlier day said so already.
        Err(fault) if fault.kind == FaultKind::Conflict => Ok(()),
        said => said,
    }
}

/// Takes a visit in the middle of a day; where the day is full already, it goes without.
fn visit(
    tx: &mut Tx,
    desk: &Ctx,
    (place, day): (&Place, i64),
    new: NewOrder,
) -> Result<Option<orders::Order>, Fault> {
    let date = shifted(place.site.date_of(desk.now), day)?;
    let wanted = orders::visit_of(tx, desk, place.site.id, &new.lines, &[])?;
    let plans = capacity::visits(tx, desk, &wanted, date, date)?;
    let Some(first) = plans.get(plans.len() / 2).and_then(|plan| plan.first()) else {
        return Ok(None);
    };
    let slot = WantedSlot {
        start: first.fit.times.service.start,
        staff: None,
    };
    let new = NewOrder {
        slot: Some(slot),
        ..new
    };
    orders::create(tx, desk, &new).map(Some)
}

/// Books another cut with whoever serves the first part of a visit, at the same time.
fn book_over(
    tx: &mut Tx,
    desk: &Ctx,
    (place, cut): (&Place, &Service),
    busy: &orders::Order,
) -> Result<(), Fault> {
    let parts = orders::parts(tx, desk, busy.id)?;
    let Some(part) = parts.iter().find(|part| part.service == cut.id) else {
        return Ok(());
    };
    let (start, staff): (Timestamp, _) = (part.span.start, Some(part.staff));
    let new = NewOrder {
        customer: busy.customer,
        lines: vec![NewLine::one(cut.id)],
        slot: Some(WantedSlot { start, staff }),
        overbook: Some(OVER_REASON.to_owned()),
        ..NewOrder::new(place.site.id, Kind::Booking)
    };
    match orders::create(tx, desk, &new) {
        // Every chair is taken then, and a chair is never booked over.
        Err(fault) if matches!(fault.kind, FaultKind::Conflict | FaultKind::Invalid) => Ok(()),
        taken => taken.map(drop),
    }
}
