//! Reminding of visits that are near.

use kernel::{Ctx, Fault, Span};
use orders::StateName;
use store::Tx;

use super::{
    hear::minutes_after,
    write::{About, Desk},
};
use crate::{EDIT, House, model::Occasion, queries};

/// Writes the reminders that have become due. A visit that was booked or moved within the time
/// before it is not reminded of: its customer has just read of it.
pub(crate) fn remind(tx: &mut Tx, ctx: &Ctx, house: &House) -> Result<(), Fault> {
    ctx.require(EDIT)?;
    let desk = Desk::open(tx, ctx, house)?;
    if !desk.is_open() {
        return Ok(());
    }
    let ahead = minutes_after(ctx.now, desk.settings.reminder_hours * 60);
    let Some(window) = Span::new(ctx.now, ahead) else {
        return Ok(());
    };
    for site in organisation::sites(tx, ctx)? {
        for card in orders::board(tx, ctx, site.id, window)? {
            let order = &card.order;
            let booked = order.state.name() == StateName::Booked;
            let Some(slot) = order.state.slot().filter(|_| booked) else {
                continue;
            };
            let window_began = minutes_after(slot.span.start, -desk.settings.reminder_hours * 60);
            let just_told = order.created > window_began
                || queries::told_since(tx, ctx, order.id, window_began)?;
            if just_told || slot.span.start <= ctx.now {
                continue;
            }
            let about = About {
                occasion: Occasion::Reminder,
                order,
                key: format!("reminder:{}:{}", order.id, slot.span.start.as_second()),
                ticket: None,
                path: None,
                until: None,
                due: ctx.now,
                at_once: false,
                useful_until: slot.span.start,
            };
            desk.write(tx, ctx, &about)?;
        }
    }
    Ok(())
}
