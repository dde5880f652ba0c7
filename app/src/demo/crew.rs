//! What the people of a shop arrange among themselves: time off asked for, a shift to be swapped,
//! PINs for the computer they share.

use kernel::{Actor, Ctx, Fault, FaultKind, Span, ids::UserId};
use people::{HashCost, Pin, Wish, requests::NewRequest};
use store::Tx;

use super::{PIN, Place, founding::shifted, past::later};

/// Who asks, by the name of their log-in.
const ASKS: &str = "li.mei";
/// Who has one.
const WITH_PIN: [&str; 3] = ["he.jia", "li.mei", "jonas"];
/// How many days ahead the time off begins, and the shift that is to be swapped.
const OFF_IN_DAYS: i64 = 6;
const SWAP_IN_DAYS: i64 = 2;

/// Gives PINs, and writes down what Li Mei asks for.
pub fn write(tx: &mut Tx, ctx: &Ctx, place: &Place) -> Result<(), Fault> {
    let hash = Pin::new(PIN)?.hash(ctx, HashCost::Cheap)?;
    for user in people::users(tx, ctx)? {
        let own = people::staff_of_user(tx, ctx, user.id)?;
        let theirs = acting(ctx, (user.id, own, &user.name));
        if WITH_PIN.contains(&user.login.as_str()) {
            people::set_pin(tx, &theirs, &hash)?;
        }
        let here = place.staff.iter().any(|person| Some(person.id) == own);
        if user.login == ASKS && here {
            off(tx, &theirs, place)?;
            swap(tx, &theirs, place)?;
        }
    }
    Ok(())
}

fn acting(ctx: &Ctx, (id, staff, name): (UserId, Option<kernel::ids::StaffId>, &str)) -> Ctx {
    Ctx {
        actor: Actor::User {
            id,
            staff,
            name: name.to_owned(),
        },
        ..ctx.at(later(ctx.now, -90))
    }
}

fn off(tx: &mut Tx, ctx: &Ctx, place: &Place) -> Result<(), Fault> {
    let date = shifted(place.site.date_of(ctx.now), OFF_IN_DAYS)?;
    let clock = |minute| organisation::instant_clipped(&place.site.zone, date, minute);
    let span = Span::new(clock(13 * 60), clock(20 * 60)).expect("an afternoon is forwards");
    let wanted = NewRequest {
        wish: Wish::Off,
        span,
        reason: "家长会".to_owned(),
    };
    asked(people::requests::ask(tx, ctx, wanted).map(drop))
}

/// A shift for the next one of a colleague who could do her work.
fn swap(tx: &mut Tx, ctx: &Ctx, place: &Place) -> Result<(), Fault> {
    let (from, to) = (
        later(ctx.now, SWAP_IN_DAYS * 1440),
        later(ctx.now, (SWAP_IN_DAYS + 5) * 1440),
    );
    let Some(window) = Span::new(from, to) else {
        return Ok(());
    };
    let own = ctx.staff();
    let shifts = people::shifts(tx, ctx, place.site.id, window)?;
    let ahead = |shift: &&people::Shift| shift.span.start > from;
    let mine = shifts
        .iter()
        .filter(ahead)
        .find(|shift| Some(shift.staff) == own);
    let Some(mine) = mine else { return Ok(()) };
    // Each is free when the other works.
    let is_free = |shift: &people::Shift, at: &people::Shift| {
        let mut theirs = shifts
            .iter()
            .filter(|one| one.staff == shift.staff && one.id != shift.id);
        theirs.all(|one| !one.span.overlaps(&at.span))
    };
    let fits = |shift: &&people::Shift| {
        let is_other = Some(shift.staff) != own && shift.span.start > from;
        let is_ahead = is_other && !shift.span.overlaps(&mine.span);
        is_ahead && is_free(mine, shift) && is_free(shift, mine)
    };
    let Some(other) = shifts.iter().find(fits) else {
        return Ok(());
    };
    let wanted = NewRequest {
        wish: Wish::Swap(mine.id, other.staff, other.id),
        span: mine.span,
        reason: "那天要送孩子".to_owned(),
    };
    asked(people::requests::ask(tx, ctx, wanted).map(drop))
}

/// A demonstration of an earlier day has asked already.
fn asked(answer: Result<(), Fault>) -> Result<(), Fault> {
    match answer {
        Err(fault) if matches!(fault.kind, FaultKind::Conflict | FaultKind::Invalid) => Ok(()),
        answer => answer,
    }
}
