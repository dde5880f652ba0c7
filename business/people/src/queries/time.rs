//! Reading shifts and time off.

use crate::model::{Shift, TimeOff, work_spans_of};
use kernel::ids::{ShiftId, SiteId, StaffId};
use kernel::{Ctx, Fault, Span, Timestamp};
use store::{Row, Tx, params};

// No shift is longer than a day, so one that reaches into the window began at most a day before.
const SHIFTS_AT: &str = "
    select f.id, f.staff, f.site, f.starts_at, f.ends_at
    from shifts f join staff s on s.org = f.org and s.id = f.staff
    where f.org = $1 and f.site = $2 and f.starts_at >= $3 and f.starts_at < $4 and f.ends_at > $5
        and s.state = 'active'
    order by f.starts_at, f.staff, f.id limit 20000";

const SHIFTS_OF: &str = "
    select id, staff, site, starts_at, ends_at from shifts
    where org = $1 and staff = $2 and starts_at >= $3 and starts_at < $4 and ends_at > $5
    order by starts_at, id limit 2000";

const DAY_MICROSECONDS: i64 = 86_400_000_000;

fn a_day_before(at: Timestamp) -> i64 {
    at.as_microsecond().saturating_sub(DAY_MICROSECONDS)
}

/// The whole days of UTC that a window touches, so that near windows ask the same question.
fn days_around(window: Span) -> Span {
    let day = |at: Timestamp| at.as_microsecond().div_euclid(DAY_MICROSECONDS);
    let midnight = |day: i64| Timestamp::from_microsecond(day * DAY_MICROSECONDS).ok();
    Span {
        start: midnight(day(window.start)).unwrap_or(window.start),
        end: midnight(day(window.end) + 1).unwrap_or(window.end),
    }
}

/// The shifts at a site that reach into a window, by start; of those who still work here.
pub fn shifts(tx: &mut Tx, ctx: &Ctx, site: SiteId, window: Span) -> Result<Vec<Shift>, Fault> {
    let Span { start, end } = days_around(window);
    let kept = tx.kept(
        format!("shifts at {} {site} {start} {end}", ctx.org),
        |tx| {
            tx.all(
                SHIFTS_AT,
                params![ctx.org, site, a_day_before(start), end, start],
                read_shift,
            )
        },
    )?;
    let near = kept.iter().filter(|shift| shift.span.overlaps(&window));
    Ok(near.cloned().collect())
}

/// The shifts of one person that reach into a window, at all sites, by start.
pub fn shifts_of(
    tx: &mut Tx,
    ctx: &Ctx,
    staff: StaffId,
    window: Span,
) -> Result<Vec<Shift>, Fault> {
    let (start, end) = (window.start, window.end);
    tx.all(
        SHIFTS_OF,
        params![ctx.org, staff, a_day_before(start), end, start],
        read_shift,
    )
}

const SHIFT: &str = "
    select id, staff, site, starts_at, ends_at from shifts
    where org = $1 and staff = $2 and id = $3";

/// One shift of somebody, if it is still there.
pub fn shift(tx: &mut Tx, ctx: &Ctx, staff: StaffId, id: ShiftId) -> Result<Option<Shift>, Fault> {
    tx.one(SHIFT, params![ctx.org, staff, id], read_shift)
}

fn read_shift(row: &Row) -> Result<Shift, Fault> {
    Ok(Shift {
        id: row.id(0)?,
        staff: row.id(1)?,
        site: row.id(2)?,
        span: read_span(row, 3)?,
    })
}

fn read_span(row: &Row, column: usize) -> Result<Span, Fault> {
    Span::new(row.instant(column)?, row.instant(column + 1)?)
        .ok_or_else(|| Fault::broken("a span ends before it starts"))
}

const TIME_OFF: &str = "
    select id, staff, starts_at, ends_at, reason from time_off
    where org = $1 and ends_at > $2 and starts_at < $3
    order by starts_at, staff, id limit 5000";

const TIME_OFF_OF: &str = "
    select id, staff, starts_at, ends_at, reason from time_off
    where org = $1 and staff = $2 and ends_at > $3 and starts_at < $4
    order by starts_at, id limit 1000";

/// Everybody's time off that reaches into a window, by start.
pub fn time_off(tx: &mut Tx, ctx: &Ctx, window: Span) -> Result<Vec<TimeOff>, Fault> {
    let Span { start, end } = days_around(window);
    let kept = tx.kept(format!("time off {} {start} {end}", ctx.org), |tx| {
        tx.all(TIME_OFF, params![ctx.org, start, end], read_time_off)
    })?;
    let near = kept.iter().filter(|off| off.span.overlaps(&window));
    Ok(near.cloned().collect())
}

/// One person's time off that reaches into a window, by start.
pub fn time_off_of(
    tx: &mut Tx,
    ctx: &Ctx,
    staff: StaffId,
    window: Span,
) -> Result<Vec<TimeOff>, Fault> {
    tx.all(
        TIME_OFF_OF,
        params![ctx.org, staff, window.start, window.end],
        read_time_off,
    )
}

fn read_time_off(row: &Row) -> Result<TimeOff, Fault> {
    Ok(TimeOff {
        id: row.id(0)?,
        staff: row.id(1)?,
        span: read_span(row, 2)?,
        reason: row.text(4)?,
    })
}

/// When each person works at a site inside a window: shifts less time off, merged, by person.
pub fn work_spans(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    window: Span,
) -> Result<Vec<(StaffId, Span)>, Fault> {
    let shifts = shifts(tx, ctx, site, window)?;
    let off = time_off(tx, ctx, window)?;
    Ok(work_spans_of(window, &shifts, &off))
}
