//! Changing working time with open eyes: who would be left with nobody is told first.

use super::shifts::{clash, lock_staff, longest};
use super::{add_time_off, remove_shift, set_staff_active, staff::about};
use crate::EDIT_SHIFTS;
use crate::model::{Change, ClockTimes, Reach, Shift, Staff, Visit, WorkingTime};
use crate::queries;
use kernel::ids::{ShiftId, StaffId};
use kernel::{Ctx, Fault, Span, TimeZone, Timestamp};
use organisation::{MinuteSpan, Site, instant};
use std::sync::OnceLock;
use store::{Tx, params};

/// How far ahead visits are looked for, in days.
const AHEAD_DAYS: i64 = 800;

/// The visits booked with somebody in a stretch of time, at all their sites, by start.
pub type VisitsSource = fn(&mut Tx, &Ctx, &Staff, Span) -> Result<Vec<Visit>, Fault>;

static VISITS: OnceLock<VisitsSource> = OnceLock::new();

/// Says who knows which visits are booked with somebody; the first call wins.
pub fn set_visits(source: VisitsSource) {
    let _ = VISITS.set(source);
}

/// How a change went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Planned {
    /// It is made.
    Done,
    /// Nothing is changed: these visits would have nobody, and nobody said that this is known.
    Leaves(Vec<Visit>),
}

/// Changes somebody's working time; `knowing` also where visits are left with nobody.
pub fn plan(
    tx: &mut Tx,
    ctx: &Ctx,
    staff: StaffId,
    change: &Change,
    knowing: bool,
) -> Result<Planned, Fault> {
    ctx.require(EDIT_SHIFTS)?;
    let person = queries::staff_member(tx, ctx, staff)?;
    lock_staff(tx, ctx, staff)?;
    let moved = moved(tx, ctx, &person, change)?;
    if !knowing {
        let left = left_with_nobody(tx, ctx, &person, change, &moved)?;
        if !left.is_empty() {
            return Ok(Planned::Leaves(left));
        }
    }
    match change {
        Change::Remove(..) => {
            for (shift, _) in &moved {
                remove_shift(tx, ctx, staff, shift.id)?;
            }
        }
        Change::Hours(..) => {
            for (shift, span) in &moved {
                let span = span.ok_or_else(longest)?;
                move_shift(tx, ctx, &person, shift, span)?;
            }
        }
        Change::Off(span, reason) => {
            add_time_off(tx, ctx, staff, *span, reason)?;
        }
        Change::Leave => set_staff_active(tx, ctx, staff, false)?,
    }
    Ok(Planned::Done)
}

/// The shifts that a change touches, each with when it will be; `None` for no more.
type Moved = Vec<(Shift, Option<Span>)>;

fn moved(tx: &mut Tx, ctx: &Ctx, person: &Staff, change: &Change) -> Result<Moved, Fault> {
    let (first, reach, hours) = match change {
        Change::Remove(shift, reach) => (*shift, *reach, None),
        Change::Hours(shift, reach, hours) => (*shift, *reach, Some(*hours)),
        Change::Off(..) | Change::Leave => return Ok(Vec::new()),
    };
    let Some(first) = queries::shift(tx, ctx, person.id, first)? else {
        // Taken back already: the second click changes nothing.
        return Ok(Vec::new());
    };
    ctx.require_at(EDIT_SHIFTS, first.site)?;
    let zone = organisation::site(tx, ctx, first.site)?.zone;
    let shifts = match reach {
        Reach::One => vec![first],
        Reach::Following => following(tx, ctx, &first, &zone)?,
    };
    let moved = shifts.into_iter().enumerate().map(|(index, shift)| {
        let span = match hours {
            Some(hours) => at_hours(&shift, &zone, hours, index == 0)?,
            None => None,
        };
        Ok((shift, span))
    });
    moved.collect()
}

/// A shift and those at the same times of the same weekday in the weeks after.
fn following(tx: &mut Tx, ctx: &Ctx, first: &Shift, zone: &TimeZone) -> Result<Vec<Shift>, Fault> {
    let wanted = ClockTimes::of(&first.span, zone);
    let ahead = Span::new(first.span.start, days_after(first.span.start, AHEAD_DAYS));
    let mut shifts = match ahead {
        Some(ahead) => queries::shifts_of(tx, ctx, first.staff, ahead)?,
        None => Vec::new(),
    };
    shifts.retain(|shift| {
        shift.site == first.site
            && shift.span.start >= first.span.start
            && ClockTimes::of(&shift.span, zone).repeats(&wanted)
    });
    Ok(shifts)
}

/// A first time that the clock never shows is refused; in later weeks it moves to the jump.
fn at_hours(
    shift: &Shift,
    zone: &TimeZone,
    hours: MinuteSpan,
    strict: bool,
) -> Result<Option<Span>, Fault> {
    let date = ClockTimes::of(&shift.span, zone).date;
    let minutes = (hours.opens, hours.closes);
    if strict {
        instant(zone, date, minutes.0)?;
        instant(zone, date, minutes.1)?;
    }
    Ok(ClockTimes { date, minutes }.span_in(zone))
}

fn days_after(at: Timestamp, days: i64) -> Timestamp {
    Timestamp::from_second(at.as_second() + days * 86_400).unwrap_or(Timestamp::MAX)
}

fn left_with_nobody(
    tx: &mut Tx,
    ctx: &Ctx,
    person: &Staff,
    change: &Change,
    moved: &Moved,
) -> Result<Vec<Visit>, Fault> {
    left_after(tx, ctx, person, |after| {
        for (shift, span) in moved {
            after.shifts.retain(|other| other.id != shift.id);
            after.shifts.extend(span.map(|span| Shift {
                span,
                ..shift.clone()
            }));
        }
        match change {
            Change::Off(span, _) => after.free(person.id, *span),
            Change::Leave => after.shifts.clear(),
            Change::Remove(..) | Change::Hours(..) => {}
        }
    })
}

/// The visits somebody has now and would not keep after a change of their working time.
pub(super) fn left_after(
    tx: &mut Tx,
    ctx: &Ctx,
    person: &Staff,
    change: impl FnOnce(&mut WorkingTime),
) -> Result<Vec<Visit>, Fault> {
    let window = Span::new(days_after(ctx.now, -1), days_after(ctx.now, AHEAD_DAYS));
    let (Some(source), Some(window)) = (VISITS.get(), window) else {
        return Ok(Vec::new());
    };
    let before = WorkingTime {
        window,
        shifts: queries::shifts_of(tx, ctx, person.id, window)?,
        off: queries::time_off_of(tx, ctx, person.id, window)?,
    };
    let mut after = before.clone();
    change(&mut after);
    Ok(before.lost(&after, source(tx, ctx, person, window)?))
}

const MOVE: &str = "
    update shifts set starts_at = $4, ends_at = $5 where org = $1 and staff = $2 and id = $3";

fn move_shift(
    tx: &mut Tx,
    ctx: &Ctx,
    person: &Staff,
    shift: &Shift,
    span: Span,
) -> Result<(), Fault> {
    no_clash(tx, ctx, person, shift.id, span)?;
    let values = params![ctx.org, person.id, shift.id, span.start, span.end];
    tx.execute(MOVE, values)?;
    let event = about("shift.changed", person.id, &[shift.site]);
    tx.record(ctx, event.object("shift", shift.id, "part"));
    Ok(())
}

fn no_clash(tx: &mut Tx, ctx: &Ctx, person: &Staff, but: ShiftId, span: Span) -> Result<(), Fault> {
    let others = queries::shifts_of(tx, ctx, person.id, span)?;
    match others.iter().find(|other| other.id != but) {
        Some(other) => Err(clash(tx, ctx, person, other)?),
        None => Ok(()),
    }
}

/// Follows a site to another zone: shifts ahead keep their times on the clock on the wall.
pub fn keep_by_the_clock(
    tx: &mut Tx,
    ctx: &Ctx,
    before: &Site,
    zone: &TimeZone,
) -> Result<(), Fault> {
    ctx.require_at(EDIT_SHIFTS, before.id)?;
    let Some(ahead) = Span::new(ctx.now, days_after(ctx.now, AHEAD_DAYS)) else {
        return Ok(());
    };
    let shifts = queries::shifts(tx, ctx, before.id, ahead)?;
    let shifts = shifts
        .into_iter()
        .filter(|shift| shift.span.start > ctx.now);
    let mut kept = Vec::new();
    for shift in shifts {
        let times = ClockTimes::of(&shift.span, &before.zone);
        let span = times.span_in(zone).ok_or_else(longest)?;
        let values = params![ctx.org, shift.staff, shift.id, span.start, span.end];
        tx.execute(MOVE, values)?;
        kept.push((shift, span));
    }
    for (shift, span) in kept {
        let person = queries::staff_member(tx, ctx, shift.staff)?;
        no_clash(tx, ctx, &person, shift.id, span)?;
    }
    Ok(())
}
