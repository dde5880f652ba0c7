//! A letter that came back after it was taken, and addresses that do not reach anybody.

use customers::Why;
use kernel::{Ctx, Fault, Role, ids::MessageId};
use store::{Tx, params};

use crate::{
    model::{Message, Report, Way},
    queries,
};

const BOUNCED: &str = "
    update messages set state = 'bounced', reason = $3
    where org = $1 and id = $2 and state = 'sent'";

/// Notes what whoever carries the mail reported. The same report twice is one; one about nothing
/// of ours changes nothing.
pub(crate) fn note_report(tx: &mut Tx, ctx: &Ctx, id: &str, report: &Report) -> Result<(), Fault> {
    // The signature was checked: it speaks for whoever keeps the key.
    let ctx = ctx.raised(Role::Manager);
    let named = match report.message {
        Some(id) => queries::known(tx, &ctx, id)?,
        None => None,
    };
    if let Some(message) = named.filter(|message| message.way == Way::Mail) {
        return note(tx, &ctx, (id, report), &message);
    }
    for address in &report.addresses {
        if let Some(message) = queries::last_to(tx, &ctx, address)? {
            note(tx, &ctx, (id, report), &message)?;
        }
    }
    Ok(())
}

fn note(
    tx: &mut Tx,
    ctx: &Ctx,
    (id, report): (&str, &Report),
    message: &Message,
) -> Result<(), Fault> {
    let told = customers::Report {
        id,
        address: &message.recipient,
        why: report.why,
        reason: &report.reason,
        customer: message.customer,
    };
    let is_new = customers::mark_unreachable(tx, ctx, &told)?;
    if !is_new || report.why != Why::Bounced {
        return Ok(());
    }
    if tx.execute(BOUNCED, params![ctx.org, message.id, &report.reason])? > 0 {
        super::outbox::record(tx, ctx, "message.bounced", message);
    }
    Ok(())
}

/// Writes to a message's address again: somebody knows that it reaches.
pub fn clear_address(tx: &mut Tx, ctx: &Ctx, id: MessageId) -> Result<(), Fault> {
    let message = queries::message(tx, ctx, id)?;
    customers::clear_unreachable(tx, ctx, &message.recipient, message.customer)
}
