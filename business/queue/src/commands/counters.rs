//! Counters: who serves where, breaks, and the next customer in one click.

use kernel::ids::{SiteId, StaffId};
use kernel::{Bilingual, Ctx, Fault, Text};
use store::{Event, Tx, params};

use super::{as_house, call, later, lines::check_name};
use crate::queries::{self, Counter, CounterId, Ticket};
use crate::{LINES, SERVE, standing};

/// The longest break that can be announced.
pub const BREAK_MINUTES_MAX: i64 = 240;

/// A counter as the form gives it.
#[derive(Debug, Clone)]
pub struct CounterDraft {
    /// What it is called.
    pub name: Bilingual,
    /// The letters of the lines it serves; empty serves every line.
    pub lines: Vec<String>,
}

const ADD: &str = "
    insert into counters (org, id, site, name_zh, name_en, lines, version)
    values ($1, $2, $3, $4, $5, $6, 1)";
const CHANGE: &str = "
    update counters set name_zh = $3, name_en = $4, lines = $5, version = version + 1
    where org = $1 and id = $2 and version = $6";
const REMOVE: &str = "delete from counters where org = $1 and id = $2";
const STAND_UP: &str = "
    update counters set staff = null, version = version + 1
    where org = $1 and site = $2 and staff = $3";
const SIT: &str = "
    update counters set staff = $3, version = version + 1 where org = $1 and id = $2";

fn check(tx: &mut Tx, ctx: &Ctx, site: SiteId, draft: &CounterDraft) -> Result<String, Fault> {
    check_name(&draft.name, "queue-counter-name-missing")?;
    let known = queries::lines(tx, ctx, site)?;
    let is_known = |code: &String| known.iter().any(|line| line.code == *code);
    if !draft.lines.iter().all(is_known) {
        return Err(Fault::invalid("lines", Text::key("web-not-choice")));
    }
    serde_json::to_string(&draft.lines).map_err(Fault::broken)
}

fn fact(activity: &'static str, site: SiteId, id: CounterId) -> Event {
    Event::new(activity)
        .site(site)
        .object("counter", id, "counter")
}

/// Sets up a counter.
pub fn add_counter(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    draft: &CounterDraft,
) -> Result<CounterId, Fault> {
    ctx.require_at(LINES, site)?;
    let lines = check(tx, ctx, site, draft)?;
    let id: CounterId = ctx.id();
    let (zh, en) = (&draft.name.zh, &draft.name.en);
    tx.execute(ADD, params![ctx.org, id, site, zh, en, lines])?;
    tx.record(ctx, fact("counter.created", site, id));
    Ok(id)
}

/// Changes a counter; refuses when somebody else changed it since `version`.
pub fn change_counter(
    tx: &mut Tx,
    ctx: &Ctx,
    id: CounterId,
    draft: &CounterDraft,
    version: i64,
) -> Result<(), Fault> {
    let counter = queries::counter(tx, ctx, id)?;
    ctx.require_at(LINES, counter.site)?;
    let lines = check(tx, ctx, counter.site, draft)?;
    let (zh, en) = (&draft.name.zh, &draft.name.en);
    if tx.execute(CHANGE, params![ctx.org, id, zh, en, lines, version])? == 0 {
        return Err(Fault::stale());
    }
    tx.record(ctx, fact("counter.changed", counter.site, id));
    Ok(())
}

/// Takes a counter away; tickets that were called there keep saying so.
pub fn remove_counter(tx: &mut Tx, ctx: &Ctx, id: CounterId) -> Result<(), Fault> {
    let counter = queries::counter(tx, ctx, id)?;
    ctx.require_at(LINES, counter.site)?;
    tx.execute(REMOVE, params![ctx.org, id])?;
    tx.record(ctx, fact("counter.removed", counter.site, id));
    Ok(())
}

/// Somebody takes a seat at a counter, or leaves it; whoever sat elsewhere has moved.
pub fn sit(
    tx: &mut Tx,
    ctx: &Ctx,
    id: CounterId,
    staff: Option<StaffId>,
) -> Result<Counter, Fault> {
    let counter = queries::counter(tx, ctx, id)?;
    ctx.require_at(SERVE, counter.site)?;
    if counter.staff == staff {
        return Ok(counter);
    }
    let event = match staff {
        Some(staff) => {
            on_site(tx, ctx, counter.site, staff)?;
            tx.execute(STAND_UP, params![ctx.org, counter.site, staff])?;
            fact("counter.staffed", counter.site, id).object("staff", staff, "staff")
        }
        None => fact("counter.left", counter.site, id),
    };
    tx.execute(SIT, params![ctx.org, id, staff])?;
    tx.record(ctx, event);
    queries::counter(tx, ctx, id)
}

fn on_site(tx: &mut Tx, ctx: &Ctx, site: SiteId, staff: StaffId) -> Result<(), Fault> {
    let member = people::staff_member(tx, ctx, staff)?;
    if member.active && member.works_at(site) {
        return Ok(());
    }
    Err(Fault::invalid("staff", Text::key("queue-staff-elsewhere")))
}

/// Calls the next customer in the fair order, in one click: for a counter, whoever sits there; for
/// somebody without one, themselves; otherwise whoever is free by turn. Two at once get two.
pub fn call_next(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    counter: Option<CounterId>,
) -> Result<Ticket, Fault> {
    ctx.require_at(SERVE, site)?;
    capacity::gate(tx, &as_house(ctx), site)?;
    let counter = counter
        .map(|id| queries::counter(tx, ctx, id))
        .transpose()?;
    let staff = match &counter {
        Some(counter) => {
            let nobody = || Fault::conflict("queue-counter-empty");
            Some(counter.staff.ok_or_else(nobody)?)
        }
        None => None,
    };
    let day = organisation::site(tx, ctx, site)?.date_of(ctx.now);
    let picture = standing::picture(tx, ctx, site, day)?;
    let serves = |line: &str| counter.as_ref().is_none_or(|counter| counter.serves(line));
    let next = match staff {
        Some(staff) => {
            let pauses = queries::pauses(tx, ctx, site, later(ctx.now, -24 * 60))?;
            if pauses.contains_key(&staff) {
                return Err(Fault::conflict("queue-on-break"));
            }
            picture
                .next_for(staff, serves)
                .map(|ticket| (ticket, Some(staff)))
        }
        None => picture.next(),
    };
    let (ticket, staff) = next.ok_or_else(|| Fault::conflict("queue-nobody-waits"))?;
    call(tx, ctx, ticket.id, staff)
}

const PAUSE: &str = "
    insert into breaks (org, site, staff, since, until) values ($1, $2, $3, $4, $5)
    on conflict (org, site, staff) do update set since = excluded.since, until = excluded.until";
const RESUME: &str = "delete from breaks where org = $1 and site = $2 and staff = $3";

/// Somebody steps away from the counter: calls go to others until they are back, and whoever
/// takes a number is told the wait without them.
pub fn pause(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    staff: StaffId,
    minutes: Option<i64>,
) -> Result<(), Fault> {
    ctx.require_at(SERVE, site)?;
    on_site(tx, ctx, site, staff)?;
    let (rules, _) = queries::rules(tx, ctx, site)?;
    let minutes = minutes.unwrap_or(rules.break_minutes);
    if !(1..=BREAK_MINUTES_MAX).contains(&minutes) {
        return Err(Fault::invalid("minutes", Text::key("queue-minutes-wrong")));
    }
    let until = later(ctx.now, minutes);
    tx.execute(PAUSE, params![ctx.org, site, staff, ctx.now, until])?;
    let event = Event::new("counter.paused")
        .site(site)
        .object("staff", staff, "staff")
        .attr("minutes", minutes);
    tx.record(ctx, event);
    Ok(())
}

/// Somebody is back; being back twice changes nothing.
pub fn resume(tx: &mut Tx, ctx: &Ctx, site: SiteId, staff: StaffId) -> Result<(), Fault> {
    ctx.require_at(SERVE, site)?;
    if tx.execute(RESUME, params![ctx.org, site, staff])? == 1 {
        let event = Event::new("counter.resumed")
            .site(site)
            .object("staff", staff, "staff");
        tx.record(ctx, event);
    }
    Ok(())
}
