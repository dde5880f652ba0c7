//! The list of sessions as a file.

use kernel::{Ctx, DateTime, Fault, Span, Timestamp};
use store::Tx;
use web::{Column, Export};

use crate::{
    model::{Session, Stage},
    pages::View,
    queries,
};

/// Days that are read at once.
const DAYS_AT_ONCE: i64 = 28;

/// A session and the seats taken.
pub(crate) type Row = (Session, i64);

/// Every column, named as the page names things.
pub(crate) fn export(view: View) -> Export<Row> {
    let t = |key: &str| view.locale.t(key);
    let heads = [
        "sessions-begins",
        "sessions-ends",
        "sessions-what",
        "sessions-leader",
        "sessions-room",
        "sessions-state",
    ]
    .map(t);
    let [begins, ends, what, leader, room, state] = heads;
    let (seats, taken, reason) = (
        t("sessions-seats"),
        t("sessions-taken"),
        t("sessions-reason"),
    );
    let zone = view.site.zone.clone();
    let local = move |at: Timestamp| -> DateTime { at.to_zoned(zone.clone()).datetime() };
    let (begun, ended) = (local.clone(), local);
    let view = std::sync::Arc::new(view);
    let named = |words: fn(&View, &Session) -> String| {
        let view = view.clone();
        move |(session, _): &Row| words(&view, session)
    };
    let stands = view.clone();
    Export {
        name: "sessions",
        columns: vec![
            Column::new(begins, move |(session, _): &Row| begun(session.span.start)),
            Column::new(ends, move |(session, _): &Row| ended(session.span.end)),
            Column::new(what, named(|view, one| view.service_name(one.service))),
            Column::new(leader, named(|view, one| view.who(one.staff))),
            Column::new(room, named(|view, one| view.room(one.room))),
            Column::new(seats, |(session, _): &Row| session.seats),
            Column::new(taken, |(_, taken): &Row| *taken),
            Column::new(state, move |(session, taken): &Row| {
                stands.state_words(session, *taken)
            }),
            Column::new(reason, |(session, _): &Row| match &session.stage {
                Stage::Cancelled { reason, .. } => Some(reason.clone()),
                _ => None,
            }),
        ],
    }
}

/// The sessions of a span, some weeks at a time.
pub(crate) fn rows(
    ctx: Ctx,
    site: kernel::ids::SiteId,
    span: Span,
) -> impl FnMut(&mut Tx) -> Result<Vec<Row>, Fault> {
    let mut from = span.start;
    move |tx| {
        while from < span.end {
            let to = from.as_second() + DAYS_AT_ONCE * 86_400;
            let to = Timestamp::from_second(to).map_or(span.end, |to| to.min(span.end));
            let part = Span::new(from, to);
            let begun = std::mem::replace(&mut from, to);
            let mut sessions = match part {
                Some(part) => queries::sessions_in(tx, &ctx, site, part)?,
                None => Vec::new(),
            };
            // One that lasts into these weeks was told with the weeks before.
            sessions.retain(|one| begun == span.start || one.span.start >= begun);
            if sessions.is_empty() {
                continue;
            }
            let ids: Vec<_> = sessions.iter().map(|session| session.id).collect();
            let taken = capacity::seats_taken(tx, &ctx, &ids)?;
            let with = |session: Session| {
                let count = taken.get(&session.id).copied().unwrap_or(0);
                (session, count)
            };
            return Ok(sessions.into_iter().map(with).collect());
        }
        Ok(Vec::new())
    }
}
