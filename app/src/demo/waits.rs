//! The waits behind the past walk-ins of Lotus: what the door saw when each of them came.

use kernel::{
    Ctx, Date, Fault, Timestamp,
    ids::{OrderId, StaffId},
};
use orders::{Ending, Kind, PastOrder};
use queue::model::{Helper, InHand, Job, Stretch};
use store::Tx;

use super::{Place, past::later};

/// Waits are kept for so many days back: what the page about them can show.
pub const DAYS: i64 = 28;

/// Writes down the waits of a day's visits, which come in order of arrival.
pub fn write(
    tx: &mut Tx,
    ctx: &Ctx,
    place: &Place,
    date: Date,
    visits: &[(PastOrder, OrderId)],
) -> Result<(), Fault> {
    for (visit, order) in visits {
        if let Some(wait) = wait(place, date, visits, (visit, *order)) {
            queue::record_past(tx, ctx, &wait)?;
        }
    }
    Ok(())
}

/// When somebody came, when and by whom they were served, and when it was over.
struct Times {
    joined: Timestamp,
    served: Option<(Timestamp, StaffId)>,
    ended: Timestamp,
}

fn times(visit: &PastOrder) -> Option<Times> {
    match &visit.ending {
        Ending::Finished {
            arrived,
            started,
            finished,
            staff,
        } => Some(Times {
            joined: *arrived,
            served: staff.map(|staff| (*started, staff)),
            ended: *finished,
        }),
        Ending::Cancelled { at, .. } if visit.kind == Kind::WalkIn => Some(Times {
            joined: visit.created,
            served: None,
            ended: *at,
        }),
        _ => None,
    }
}

fn minutes(visit: &PastOrder) -> i64 {
    visit.lines.iter().map(|line| line.minutes).sum()
}

fn between(from: Timestamp, to: Timestamp) -> i64 {
    (to.as_second() - from.as_second()).div_euclid(60)
}

fn wait(
    place: &Place,
    date: Date,
    visits: &[(PastOrder, OrderId)],
    (visit, order): (&PastOrder, OrderId),
) -> Option<queue::PastWait> {
    let times = times(visit).filter(|_| visit.kind == Kind::WalkIn)?;
    let line = visit.lines.first()?;
    let service = place
        .services
        .iter()
        .find(|service| Some(service.id) == line.service)?;
    let others = visits.iter().filter(|(_, other)| *other != order);
    let others: Vec<(&PastOrder, Times)> = others
        .filter_map(|(visit, _)| Some((visit, self::times(visit)?)))
        .collect();
    let able = |service: Option<kernel::ids::ServiceId>| -> Vec<StaffId> {
        let known = place
            .services
            .iter()
            .find(|other| Some(other.id) == service);
        let can = place
            .staff
            .iter()
            .filter(|person| known.is_none_or(|service| person.can(&service.skills)));
        can.map(|person| person.id).collect()
    };
    let now = times.joined;
    let waits = |(visit, other): &&(&PastOrder, Times)| {
        let begins = other.served.map_or(other.ended, |(started, _)| started);
        visit.kind == Kind::WalkIn && other.joined <= now && begins > now
    };
    let ahead = others.iter().filter(waits).map(|(visit, _)| Job {
        helpers: Some(able(visit.lines.first().and_then(|line| line.service))),
        ..Job::new(minutes(visit))
    });
    Some(queue::PastWait {
        order,
        site: place.site.id,
        day: date,
        service: (service.id, service.family.as_str().to_owned()),
        minutes: minutes(visit),
        joined: now,
        served: times.served,
        ended: times.ended,
        able: able(Some(service.id)),
        helpers: helpers(place, date, &others, now),
        ahead: ahead.collect(),
    })
}

/// Everybody of the day as they were at an instant.
fn helpers(
    place: &Place,
    date: Date,
    others: &[(&PastOrder, Times)],
    now: Timestamp,
) -> Vec<Helper> {
    let opens = organisation::instant_clipped(&place.site.zone, date, 9 * 60);
    let people = place.staff.iter().enumerate();
    let helpers = people.map(|(index, person)| {
        let begins = later(opens, if index.is_multiple_of(2) { 0 } else { 120 });
        let mut served = others.iter().filter_map(|(visit, times)| {
            let (started, staff) = times.served.filter(|(_, staff)| *staff == person.id)?;
            (staff == person.id && started <= now && now < times.ended).then_some(InHand {
                standard: minutes(visit),
                taken: between(started, now),
            })
        });
        let booked = others.iter().filter_map(|(visit, _)| {
            let (start, end, staff) = visit.slot?;
            let known = visit.created <= now && start > now && staff == Some(person.id);
            known.then_some(Stretch {
                from: between(now, start),
                to: between(now, end),
            })
        });
        Helper {
            staff: person.id,
            shift: vec![Stretch {
                from: between(now, begins),
                to: between(now, later(opens, 12 * 60)),
            }],
            booked: booked.collect(),
            in_hand: served.next_back(),
        }
    });
    helpers.collect()
}
