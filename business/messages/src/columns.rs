//! The outbox as a file.

use kernel::{Ctx, DateTime, Fault, Timestamp, ids::MessageId};
use store::Tx;
use web::{Column, EXPORT_ROWS, Export, Me};

use crate::{
    model::{Message, Stage},
    queries,
};

/// Every column; addresses and numbers in full for whoever may read them.
pub(crate) fn export(me: &Me) -> Export<Message> {
    let (locale, zone, full) = (me.look.locale, me.zone(), me.ctx.may(customers::PHONE));
    let local = move |at: Timestamp| -> DateTime { at.to_zoned(zone.clone()).datetime() };
    let (written, sent) = (local.clone(), local);
    let recipient = move |one: &Message| match full {
        true => one.recipient.clone(),
        false => one.recipient_masked(),
    };
    let t = |key: &str| locale.t(key);
    Export {
        name: "messages",
        columns: vec![
            Column::new(t("messages-written"), move |one: &Message| {
                written(one.created)
            }),
            Column::new(t("messages-occasion"), move |one: &Message| {
                one.occasion.label(locale)
            }),
            Column::new(t("messages-way"), move |one: &Message| {
                one.way.label(locale)
            }),
            Column::new(t("messages-to"), recipient),
            Column::new(t("messages-subject"), |one: &Message| one.subject.clone()),
            Column::new(t("messages-state"), move |one: &Message| {
                one.stage.label(locale)
            }),
            Column::new(t("messages-sent-at"), move |one: &Message| {
                one.sent.map(&sent)
            }),
            Column::new(t("messages-attempts"), |one: &Message| one.attempts),
            Column::new(t("messages-reason"), |one: &Message| one.reason.clone()),
        ],
    }
}

/// The messages that stand somewhere, newest first.
pub(crate) fn rows(
    ctx: Ctx,
    stage: Option<Stage>,
) -> impl FnMut(&mut Tx) -> Result<Vec<Message>, Fault> {
    let mut last: Option<(Timestamp, MessageId)> = None;
    move |tx| {
        let found = queries::messages_page(tx, &ctx, (stage, last), EXPORT_ROWS)?;
        last = found.last().map(|one| (one.created, one.id)).or(last);
        Ok(found)
    }
}
