//! Dated working time and time off.

use super::staff::about;
use crate::EDIT_SHIFTS;
use crate::model::{Shift, Staff};
use crate::queries;
use kernel::ids::{ShiftId, SiteId, StaffId, TimeOffId};
use kernel::{Ctx, Date, Fault, SiteScope, Span, Text, format};
use organisation::MinuteSpan;
use store::{Tx, params};

/// A shift as a person enters it: by the clock of the site.
#[derive(Clone, Debug)]
pub struct NewShift {
    /// Who works.
    pub staff: StaffId,
    /// Where.
    pub site: SiteId,
    /// The local date on which it begins.
    pub date: Date,
    /// From when to when; past midnight is fine.
    pub hours: MinuteSpan,
    /// The last date on which it may be repeated weekly; only once when absent.
    pub until: Option<Date>,
}

/// Most weeks one entry may be repeated for.
pub const WEEKS_MOST: usize = 53;

/// Enters a shift, and the same for each following week if asked for; all of them or none.
///
/// A first time that the clock never shows is refused; in later weeks it moves to the jump.
pub fn add_shifts(tx: &mut Tx, ctx: &Ctx, new: &NewShift) -> Result<Vec<ShiftId>, Fault> {
    let site = organisation::site(tx, ctx, new.site)?;
    let mut ids = Vec::new();
    for date in weekly(new)? {
        let (opens, closes) = (new.hours.opens, new.hours.closes);
        let span = if ids.is_empty() {
            let start = organisation::instant(&site.zone, date, opens)?;
            Span::new(start, organisation::instant(&site.zone, date, closes)?)
        } else {
            let at = |minute| organisation::instant_clipped(&site.zone, date, minute);
            Span::new(at(opens), at(closes))
        };
        if let Some(span) = span {
            ids.push(add_shift(tx, ctx, new.staff, new.site, span)?);
        }
    }
    Ok(ids)
}

fn weekly(new: &NewShift) -> Result<Vec<Date>, Fault> {
    let until = new.until.unwrap_or(new.date);
    if until < new.date {
        return Err(Fault::invalid("until", Text::key("people-until-before")));
    }
    let next = |date: &Date| (0..7).try_fold(*date, |date, _| date.tomorrow().ok());
    let dates = std::iter::successors(Some(new.date), next).take_while(|date| *date <= until);
    let dates: Vec<Date> = dates.take(WEEKS_MOST + 1).collect();
    if dates.len() > WEEKS_MOST {
        let text = Text::key("people-until-far").with("weeks", WEEKS_MOST);
        return Err(Fault::invalid("until", text));
    }
    Ok(dates)
}

const LOCK_STAFF: &str = "update staff set version = version where org = $1 and id = $2";

const INSERT: &str = "
    insert into shifts (org, staff, id, site, starts_at, ends_at)
    values ($1, $2, $3, $4, $5, $6)";

/// Enters one shift. Nobody works twice at once.
pub fn add_shift(
    tx: &mut Tx,
    ctx: &Ctx,
    staff: StaffId,
    site: SiteId,
    span: Span,
) -> Result<ShiftId, Fault> {
    ctx.require_at(EDIT_SHIFTS, site)?;
    let person = queries::staff_member(tx, ctx, staff)?;
    if !person.active || !person.works_at(site) {
        return Err(Fault::invalid("site", Text::key("people-not-at-site")));
    }
    if span.minutes() > 24 * 60 {
        return Err(longest());
    }
    lock_staff(tx, ctx, staff)?;
    if let Some(other) = queries::shifts_of(tx, ctx, staff, span)?.first() {
        return Err(clash(tx, ctx, &person, other)?);
    }
    let id: ShiftId = ctx.id();
    tx.execute(
        INSERT,
        params![ctx.org, staff, id, site, span.start, span.end],
    )?;
    tx.record(
        ctx,
        about("shift.added", staff, &[site]).object("shift", id, "part"),
    );
    Ok(id)
}

/// Makes two plans for the same person wait for one another.
pub(super) fn lock_staff(tx: &mut Tx, ctx: &Ctx, staff: StaffId) -> Result<(), Fault> {
    tx.execute(LOCK_STAFF, params![ctx.org, staff])?;
    Ok(())
}

/// The refusal of a shift longer than a day.
pub(super) fn longest() -> Fault {
    Fault::invalid("hours", Text::key("people-shift-long"))
}

/// The refusal of a second shift at the same time; it names the first.
pub(super) fn clash(tx: &mut Tx, ctx: &Ctx, person: &Staff, other: &Shift) -> Result<Fault, Fault> {
    // Nobody needs to act at a site to be told that somebody works there.
    let everywhere = Ctx {
        sites: SiteScope::All,
        ..ctx.clone()
    };
    let site = organisation::site(tx, &everywhere, other.site)?;
    let (start, end) = (
        other.span.start.to_zoned(site.zone.clone()),
        other.span.end.to_zoned(site.zone.clone()),
    );
    let hours = format!(
        "{}–{}",
        format::time(start.time()),
        format::time(end.time())
    );
    Ok(Fault::conflict("people-shift-overlaps")
        .with("name", person.shown(ctx.locale))
        .with("date", format::date(ctx.locale, start.date()))
        .with("hours", hours)
        .with("site", site.name(ctx.locale)))
}

const FIND: &str = "select site from shifts where org = $1 and staff = $2 and id = $3";
const DELETE: &str = "delete from shifts where org = $1 and staff = $2 and id = $3";

/// Takes a shift back; doing so twice changes nothing more.
pub fn remove_shift(tx: &mut Tx, ctx: &Ctx, staff: StaffId, id: ShiftId) -> Result<(), Fault> {
    ctx.require(EDIT_SHIFTS)?;
    let site: Option<SiteId> = tx.one(FIND, params![ctx.org, staff, id], |row| row.id(0))?;
    let Some(site) = site else { return Ok(()) };
    ctx.require_at(EDIT_SHIFTS, site)?;
    tx.execute(DELETE, params![ctx.org, staff, id])?;
    tx.record(
        ctx,
        about("shift.removed", staff, &[site]).object("shift", id, "part"),
    );
    Ok(())
}

const INSERT_OFF: &str = "
    insert into time_off (org, staff, id, starts_at, ends_at, reason)
    values ($1, $2, $3, $4, $5, $6)";

/// Longest time off entered at once, in days.
const OFF_DAYS_MOST: i64 = 400;

/// Keeps somebody's time free, whatever their shifts say.
pub fn add_time_off(
    tx: &mut Tx,
    ctx: &Ctx,
    staff: StaffId,
    span: Span,
    reason: &str,
) -> Result<TimeOffId, Fault> {
    let person = reachable(tx, ctx, staff)?;
    let reason = reason.trim();
    if reason.chars().count() > 200 {
        return Err(Fault::invalid(
            "reason",
            Text::key("people-text-long").with("max", 200),
        ));
    }
    if span.minutes() > OFF_DAYS_MOST * 1440 {
        return Err(Fault::invalid(
            "last",
            Text::key("people-off-long").with("days", OFF_DAYS_MOST),
        ));
    }
    let id: TimeOffId = ctx.id();
    tx.execute(
        INSERT_OFF,
        params![ctx.org, staff, id, span.start, span.end, reason],
    )?;
    tx.record(
        ctx,
        about("time_off.added", staff, &person.sites).object("time_off", id, "part"),
    );
    Ok(id)
}

/// The person, if their time is the actor's to plan.
fn reachable(tx: &mut Tx, ctx: &Ctx, staff: StaffId) -> Result<Staff, Fault> {
    ctx.require(EDIT_SHIFTS)?;
    let person = queries::staff_member(tx, ctx, staff)?;
    if person.sites.iter().any(|site| ctx.sites.includes(*site)) {
        return Ok(person);
    }
    Err(Fault::forbidden())
}

const DELETE_OFF: &str = "delete from time_off where org = $1 and staff = $2 and id = $3";

/// Takes time off back; doing so twice changes nothing more.
pub fn remove_time_off(tx: &mut Tx, ctx: &Ctx, staff: StaffId, id: TimeOffId) -> Result<(), Fault> {
    let person = reachable(tx, ctx, staff)?;
    if tx.execute(DELETE_OFF, params![ctx.org, staff, id])? == 1 {
        let event = about("time_off.removed", staff, &person.sites);
        tx.record(ctx, event.object("time_off", id, "part"));
    }
    Ok(())
}
