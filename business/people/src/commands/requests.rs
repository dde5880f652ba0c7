//! What staff ask for: time off, and shifts given away or swapped.

use super::plan::left_after;
use super::shifts::{add_time_off, clash, lock_staff};
use super::staff::about;
use crate::model::{Cover, Effect, Request, RequestState, Shift, Staff, Wish, fewest_at_once};
use crate::{EDIT_SHIFTS, VIEW_STAFF, queries};
use kernel::ids::{RequestId, ShiftId, StaffId};
use kernel::{Actor, Ctx, Fault, Span, Text};
use store::{Tx, params};

/// A wish as somebody writes it down.
#[derive(Clone, Debug)]
pub struct NewRequest {
    /// What for.
    pub wish: Wish,
    /// The time off; ignored for shifts, whose time is known.
    pub span: Span,
    /// Why.
    pub reason: String,
}

const REASON_MAX: usize = 200;

const INSERT: &str = "
    insert into staff_requests (org, id, kind, staff, starts_at, ends_at, shift, other,
        other_shift, reason, state, word, decided_by, asked_at, decided_at, version)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', '', $12, null, 1)";

const UPDATE: &str = "
    update staff_requests
    set state = $4, word = $5, decided_by = $6, decided_at = $7, version = $8
    where org = $1 and id = $2 and version = $3";

/// Whoever serves asks for something.
pub fn ask(tx: &mut Tx, ctx: &Ctx, new: NewRequest) -> Result<Request, Fault> {
    ctx.require(VIEW_STAFF)?;
    let staff = own(ctx)?;
    let reason = checked("reason", &new.reason)?;
    lock_staff(tx, ctx, staff)?;
    let span = match new.wish {
        Wish::Off => new.span,
        Wish::Give(shift, other) => giveable(tx, ctx, staff, (shift, other))?.span,
        Wish::Swap(shift, other, theirs) => {
            let span = giveable(tx, ctx, staff, (shift, other))?.span;
            ahead(tx, ctx, other, theirs)?;
            span
        }
    };
    if span.end <= ctx.now {
        return Err(Fault::invalid("first", Text::key("people-request-past")));
    }
    no_second(tx, ctx, staff, new.wish, span)?;
    let state = match new.wish {
        Wish::Off => RequestState::Open,
        Wish::Give(..) | Wish::Swap(..) => RequestState::Asked,
    };
    let request = Request {
        id: ctx.id(),
        staff,
        wish: new.wish,
        span,
        reason,
        state,
        word: String::new(),
        decided_by: String::new(),
        asked_at: ctx.now,
        version: 1,
    };
    insert(tx, ctx, &request)?;
    fact(tx, ctx, "request.asked", &request)?;
    Ok(request)
}

fn own(ctx: &Ctx) -> Result<StaffId, Fault> {
    ctx.staff()
        .ok_or_else(|| Fault::conflict("people-request-not-staff"))
}

fn checked(field: &str, text: &str) -> Result<String, Fault> {
    let text = text.trim();
    if text.chars().count() > REASON_MAX {
        let words = Text::key("people-text-long").with("max", REASON_MAX);
        return Err(Fault::invalid(field, words));
    }
    Ok(text.to_owned())
}

/// A shift still ahead of whoever has it.
fn ahead(tx: &mut Tx, ctx: &Ctx, staff: StaffId, id: ShiftId) -> Result<Shift, Fault> {
    let found = queries::shift(tx, ctx, staff, id)?;
    let shift = found.ok_or_else(|| Fault::conflict("people-request-shift-gone"))?;
    if shift.span.start <= ctx.now {
        return Err(Fault::conflict("people-request-begun"));
    }
    Ok(shift)
}

/// A shift of the asker's that this colleague could take.
fn giveable(
    tx: &mut Tx,
    ctx: &Ctx,
    staff: StaffId,
    (shift, other): (ShiftId, StaffId),
) -> Result<Shift, Fault> {
    let shift = ahead(tx, ctx, staff, shift)?;
    let colleague = queries::staff_member(tx, ctx, other)?;
    if other == staff || !colleague.active || !colleague.works_at(shift.site) {
        return Err(Fault::invalid("other", Text::key("people-not-at-site")));
    }
    Ok(shift)
}

/// Two undecided requests for the same shift or the same time would answer each other.
fn no_second(tx: &mut Tx, ctx: &Ctx, staff: StaffId, wish: Wish, span: Span) -> Result<(), Fault> {
    let open = queries::undecided(tx, ctx, staff)?;
    let same = |other: &&Request| match (other.wish, wish) {
        (Wish::Off, Wish::Off) => other.span.overlaps(&span),
        (
            Wish::Give(one, _) | Wish::Swap(one, _, _),
            Wish::Give(two, _) | Wish::Swap(two, _, _),
        ) => one == two,
        _ => false,
    };
    match open.iter().find(same) {
        Some(_) => Err(Fault::conflict("people-request-twice")),
        None => Ok(()),
    }
}

fn insert(tx: &mut Tx, ctx: &Ctx, request: &Request) -> Result<(), Fault> {
    let (shift, theirs) = match request.wish {
        Wish::Off => (None, None),
        Wish::Give(shift, _) => (Some(shift), None),
        Wish::Swap(shift, _, theirs) => (Some(shift), Some(theirs)),
    };
    let values = params![
        ctx.org,
        request.id,
        request.wish.as_str(),
        request.staff,
        request.span.start,
        request.span.end,
        shift,
        request.wish.other(),
        theirs,
        &request.reason,
        request.state.as_str(),
        request.asked_at,
    ];
    tx.execute(INSERT, values)?;
    Ok(())
}

/// Saves a transition; whoever comes second is told what the first one did.
fn save(tx: &mut Tx, ctx: &Ctx, request: &Request) -> Result<(), Fault> {
    let decided = request.state.is_over().then_some(ctx.now);
    let values = params![
        ctx.org,
        request.id,
        request.version - 1,
        request.state.as_str(),
        &request.word,
        &request.decided_by,
        decided,
        request.version,
    ];
    match tx.execute(UPDATE, values)? {
        1 => Ok(()),
        _ => Err(Fault::stale()),
    }
}

/// Reasons and words are between people; the journal has what was asked and what came of it.
fn fact(tx: &mut Tx, ctx: &Ctx, activity: &'static str, request: &Request) -> Result<(), Fault> {
    let person = queries::staff_member(tx, ctx, request.staff)?;
    let mut event = about(activity, request.staff, &person.sites)
        .object("request", request.id, "subject")
        .attr("kind", request.wish.as_str());
    if let Some(other) = request.wish.other() {
        event = event.object("staff", other, "other");
    }
    tx.record(ctx, event);
    Ok(())
}

fn name_of(ctx: &Ctx) -> String {
    match &ctx.actor {
        Actor::User { name, .. } => name.clone(),
        Actor::Guest | Actor::System => String::new(),
    }
}

/// Reads a request that nobody else changes until this transaction ends.
fn locked(tx: &mut Tx, ctx: &Ctx, id: RequestId) -> Result<Request, Fault> {
    const LOCK: &str = "update staff_requests set version = version where org = $1 and id = $2";
    tx.execute(LOCK, params![ctx.org, id])?;
    let request = queries::request(tx, ctx, id)?;
    tx.seen(id, request.version)?;
    Ok(request)
}

/// Whoever asked takes it back.
pub fn withdraw(tx: &mut Tx, ctx: &Ctx, id: RequestId) -> Result<Request, Fault> {
    ctx.require(VIEW_STAFF)?;
    let request = locked(tx, ctx, id)?;
    if Some(request.staff) != ctx.staff() {
        return Err(Fault::forbidden());
    }
    if request.state == RequestState::Withdrawn {
        return Ok(request);
    }
    let request = request.withdraw()?;
    save(tx, ctx, &request)?;
    fact(tx, ctx, "request.withdrawn", &request)?;
    Ok(request)
}

/// The colleague agrees, or does not.
pub fn answer(tx: &mut Tx, ctx: &Ctx, id: RequestId, agrees: bool) -> Result<Request, Fault> {
    ctx.require(VIEW_STAFF)?;
    let request = locked(tx, ctx, id)?;
    if ctx.staff().is_none() || request.wish.other() != ctx.staff() {
        return Err(Fault::forbidden());
    }
    let request = request.answer(agrees, name_of(ctx))?;
    save(tx, ctx, &request)?;
    let activity = match agrees {
        true => "request.agreed",
        false => "request.refused",
    };
    fact(tx, ctx, activity, &request)?;
    Ok(request)
}

/// What whoever plans decides.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Which request.
    pub request: RequestId,
    /// Whether it is granted.
    pub grants: bool,
    /// A word to whoever asked; may be empty.
    pub word: String,
    /// How many visits the page said would have nobody.
    pub known: usize,
}

/// Grants a request and does it, or declines it.
pub fn decide(tx: &mut Tx, ctx: &Ctx, decision: &Decision) -> Result<Request, Fault> {
    ctx.require(EDIT_SHIFTS)?;
    let request = locked(tx, ctx, decision.request)?;
    let person = queries::staff_member(tx, ctx, request.staff)?;
    if !person.sites.iter().any(|site| ctx.sites.includes(*site)) {
        return Err(Fault::forbidden());
    }
    let word = checked("word", &decision.word)?;
    let decided = request
        .clone()
        .decide(decision.grants, word, name_of(ctx))?;
    if decision.grants {
        lock_both(tx, ctx, &request)?;
        let effect = effect(tx, ctx, &request)?;
        if let Some(hindrance) = effect.hindrance {
            return Err(hindrance);
        }
        if effect.lost.len() > decision.known {
            return Err(
                Fault::conflict("people-request-more-lost").with("count", effect.lost.len())
            );
        }
        carry_out(tx, ctx, &request)?;
    }
    save(tx, ctx, &decided)?;
    let activity = match decision.grants {
        true => "request.approved",
        false => "request.declined",
    };
    fact(tx, ctx, activity, &decided)?;
    Ok(decided)
}

/// In order of id, so that two decisions never wait for each other in a circle.
fn lock_both(tx: &mut Tx, ctx: &Ctx, request: &Request) -> Result<(), Fault> {
    let mut people: Vec<StaffId> = request.wish.other().into_iter().collect();
    people.push(request.staff);
    people.sort_unstable();
    for staff in people {
        lock_staff(tx, ctx, staff)?;
    }
    Ok(())
}

fn carry_out(tx: &mut Tx, ctx: &Ctx, request: &Request) -> Result<(), Fault> {
    match request.wish {
        Wish::Off => {
            add_time_off(tx, ctx, request.staff, request.span, &request.reason)?;
        }
        Wish::Give(shift, other) => hand_over(tx, ctx, shift, request.staff, other)?,
        Wish::Swap(shift, other, theirs) => {
            hand_over(tx, ctx, shift, request.staff, other)?;
            hand_over(tx, ctx, theirs, other, request.staff)?;
        }
    }
    Ok(())
}

const HAND_OVER: &str = "
    update shifts set staff = $4 where org = $1 and staff = $2 and id = $3";

fn hand_over(
    tx: &mut Tx,
    ctx: &Ctx,
    shift: ShiftId,
    from: StaffId,
    to: StaffId,
) -> Result<(), Fault> {
    let found = ahead(tx, ctx, from, shift)?;
    ctx.require_at(EDIT_SHIFTS, found.site)?;
    tx.execute(HAND_OVER, params![ctx.org, from, shift, to])?;
    let event = about("shift.handed_over", from, &[found.site]);
    tx.record(
        ctx,
        event
            .object("staff", to, "other")
            .object("shift", shift, "part"),
    );
    Ok(())
}

/// What granting a request would do, as things stand.
pub fn effect(tx: &mut Tx, ctx: &Ctx, request: &Request) -> Result<Effect, Fault> {
    let person = queries::staff_member(tx, ctx, request.staff)?;
    match request.wish {
        Wish::Off => effect_of_off(tx, ctx, request, &person),
        Wish::Give(shift, other) => {
            let given = match ahead(tx, ctx, person.id, shift) {
                Ok(given) => given,
                Err(fault) => return hindered(fault),
            };
            let other = queries::staff_member(tx, ctx, other)?;
            trade(tx, ctx, (&person, &given), (&other, None))
        }
        Wish::Swap(shift, other, theirs) => {
            let other = queries::staff_member(tx, ctx, other)?;
            let given = ahead(tx, ctx, person.id, shift);
            let taken = ahead(tx, ctx, other.id, theirs);
            match (given, taken) {
                (Ok(given), Ok(taken)) => trade(tx, ctx, (&person, &given), (&other, Some(&taken))),
                (Err(fault), _) | (_, Err(fault)) => hindered(fault),
            }
        }
    }
}

fn hindered(fault: Fault) -> Result<Effect, Fault> {
    Ok(Effect {
        hindrance: Some(fault),
        ..Effect::default()
    })
}

fn effect_of_off(
    tx: &mut Tx,
    ctx: &Ctx,
    request: &Request,
    person: &Staff,
) -> Result<Effect, Fault> {
    let shifts = queries::shifts_of(tx, ctx, person.id, request.span)?;
    let mut cover = Vec::new();
    for shift in shifts {
        let Some(span) = shift.span.intersect(&request.span) else {
            continue;
        };
        let mut others = queries::work_spans(tx, ctx, shift.site, span)?;
        others.retain(|(staff, _)| *staff != person.id);
        cover.push(Cover {
            site: shift.site,
            span,
            others: fewest_at_once(&others, span),
        });
    }
    Ok(Effect {
        lost: left_after(tx, ctx, person, |time| time.free(person.id, request.span))?,
        cover,
        hindrance: None,
    })
}

/// A shift changes hands, and perhaps another one comes back.
fn trade(
    tx: &mut Tx,
    ctx: &Ctx,
    (person, given): (&Staff, &Shift),
    (other, taken): (&Staff, Option<&Shift>),
) -> Result<Effect, Fault> {
    let mut hindrance = takes(tx, ctx, other, given, taken)?;
    if let Some(taken) = taken
        && hindrance.is_none()
    {
        hindrance = takes(tx, ctx, person, taken, Some(given))?;
    }
    let swapped =
        |time: &mut crate::model::WorkingTime, out: Option<&Shift>, come: Option<&Shift>| {
            time.shifts
                .retain(|shift| Some(shift.id) != out.map(|out| out.id));
            time.shifts.extend(come.cloned());
        };
    let mut lost = left_after(tx, ctx, person, |time| swapped(time, Some(given), taken))?;
    lost.extend(left_after(tx, ctx, other, |time| {
        swapped(time, taken, Some(given))
    })?);
    Ok(Effect {
        lost,
        cover: Vec::new(),
        hindrance,
    })
}

/// Why somebody cannot take a shift over, if so: another shift at the same time names itself.
fn takes(
    tx: &mut Tx,
    ctx: &Ctx,
    person: &Staff,
    shift: &Shift,
    but: Option<&Shift>,
) -> Result<Option<Fault>, Fault> {
    if !person.active || !person.works_at(shift.site) {
        return Ok(Some(Fault::conflict("people-not-at-site")));
    }
    let there = queries::shifts_of(tx, ctx, person.id, shift.span)?;
    let other = there.iter().find(|it| Some(it.id) != but.map(|but| but.id));
    match other {
        Some(other) => Ok(Some(clash(tx, ctx, person, other)?)),
        None => Ok(None),
    }
}
