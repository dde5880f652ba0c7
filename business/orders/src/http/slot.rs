//! Choosing a time: the free ones of a day, any other, and why one is not offered.

use capacity::{Placed, Plan, Visit};
use kernel::{
    Ctx, Date, Fault, Text, TimeZone, Timestamp,
    ids::{OrderId, StaffId},
};
use store::Tx;
use web::{App, Fields, Form, Me, Path, Query, Reply, State, done};

use super::asks::{answer, asked};
use crate::{
    commands::{self, PartMove, Reschedule},
    model::{Part, REASON_CHARS_MAX},
    pages::{OTHER_TIME, SlotAsk, View, Why, slot_page},
    queries, why,
};

/// Free times of one day: the start and who could serve.
pub(super) type Times = Vec<(Timestamp, Vec<StaffId>)>;

/// The free times of a day for a whole visit.
pub(super) fn free_times(tx: &mut Tx, ctx: &Ctx, visit: &Visit, day: Date) -> Result<Times, Fault> {
    let time = |plan: Plan| {
        let first = plan.first()?;
        let staff = match plan.as_slice() {
            [only] => only.fit.staff.clone(),
            parts => parts.iter().map(Placed::staff).collect(),
        };
        Some((first.fit.times.service.start, staff))
    };
    let plans = capacity::visits(tx, ctx, visit, day, day)?;
    Ok(plans.into_iter().filter_map(time).collect())
}

/// Who works at a site, by name.
pub(super) fn colleagues(view: &View, site: kernel::ids::SiteId) -> Vec<StaffId> {
    let here = view
        .staff
        .values()
        .filter(|staff| staff.active && staff.works_at(site));
    let mut found: Vec<StaffId> = here.map(|staff| staff.id).collect();
    found.sort_by(|a, b| view.who(Some(*a)).cmp(view.who(Some(*b))));
    found
}

/// The time that is meant: one of those offered, or any other of the day.
fn meant(fields: &Fields, zone: &TimeZone) -> Option<Timestamp> {
    let typed = fields.typed("start");
    let asks_other = typed == OTHER_TIME || (typed.is_empty() && !fields.typed("at").is_empty());
    if !asks_other {
        return typed.parse().ok();
    }
    let (mut day, mut time) = (fields.clone(), fields.clone());
    let (day, time) = (day.optional_date("day")?, time.optional_time("at")?);
    let minute = i64::from(time.hour()) * 60 + i64::from(time.minute());
    organisation::instant(zone, day, minute).ok()
}

/// Reads the time that is meant; a form without one is wrong.
pub(super) fn start_of(form: &mut Form, zone: &TimeZone) -> Option<Timestamp> {
    let read = meant(form, zone);
    if read.is_none() {
        form.wrong("slot", Text::key("orders-slot-needed"));
    }
    read
}

/// Reads why somebody may be booked over; `None` where nobody is.
pub(super) fn overbook_of(form: &mut Form) -> Option<String> {
    form.optional_text("overbook", REASON_CHARS_MAX)
}

/// Why the time that was asked about, or refused, is not offered.
pub(super) fn why(
    tx: &mut Tx,
    ctx: &Ctx,
    (view, visit): (&View, &Visit),
    typed: &Fields,
) -> Result<Option<Why>, Fault> {
    let is_asked = typed.flag("why") || !typed.typed("at").is_empty();
    match meant(typed, &view.zone).filter(|_| is_asked) {
        Some(start) => why::why(tx, ctx, (view, visit), start).map(Some),
        None => Ok(None),
    }
}

/// `GET /orders/{id}/slot`.
pub(super) async fn slot(
    State(app): State<App>,
    me: Me,
    Path(id): Path<OrderId>,
    typed: Query,
) -> Reply {
    ask_slot(&app, &me, id, &typed, None).await
}

/// Which part of a visit is meant; the first where nothing is said.
fn part_of(typed: &mut Fields) -> i64 {
    typed.optional_int("part", 1, 12).unwrap_or(1)
}

struct Slots {
    parts: Vec<Part>,
    times: Times,
    day: Date,
    why: Option<Why>,
}

fn slots(
    tx: &mut Tx,
    ctx: &Ctx,
    (view, order): (&View, &crate::Order),
    typed: &Fields,
) -> Result<Slots, Fault> {
    let mut read = typed.clone();
    let part = part_of(&mut read);
    let parts = queries::known_parts(tx, ctx, order.id)?;
    let due = parts.iter().find(|one| one.position == part);
    let due = due.map_or(order.due(), |part| part.span.start);
    let day = read.optional_date("day").unwrap_or(view.date_of(due));
    let mut visit = commands::visit_of_order(tx, ctx, order)?;
    let wished: Option<StaffId> = read.optional_id("with");
    let meant = parts.iter().find(|one| one.position == part);
    let at = meant.and_then(|meant| {
        let mut asked = visit.parts.iter();
        asked.position(|ask| ask.service == meant.service)
    });
    if let Some(ask) = visit.parts.get_mut(at.unwrap_or(0)) {
        ask.staff = wished;
    }
    if visit.parts.is_empty() {
        let (times, why) = (Vec::new(), None);
        return Ok(Slots {
            parts,
            times,
            day,
            why,
        });
    }
    let times = if part == 1 {
        free_times(tx, ctx, &visit, day)?
    } else {
        Vec::new()
    };
    let why = why(tx, ctx, (view, &visit), typed)?;
    Ok(Slots {
        parts,
        times,
        day,
        why,
    })
}

async fn ask_slot(app: &App, me: &Me, id: OrderId, typed: &Fields, fault: Option<&Fault>) -> Reply {
    let (reader, mut read) = (me.clone(), typed.clone());
    let (asked, found) = app
        .read(move |tx| {
            let asked = asked(tx, &reader, id)?;
            let found = slots(tx, &reader.ctx, (&asked.view, &asked.order), &read)?;
            Ok((asked, found))
        })
        .await?;
    read = typed.clone();
    let ask = SlotAsk {
        day: found.day.to_string(),
        typed,
        slots: found.times,
        why: found.why,
        fault,
    };
    let servers = colleagues(&asked.view, asked.order.site);
    let part = part_of(&mut read);
    let body = slot_page(
        &asked.view,
        (&asked.order, &found.parts, part),
        &ask,
        &servers,
    );
    answer(me, &me.look.locale.t("orders-do-reschedule"), body, fault)
}

/// `POST /orders/{id}/slot`.
pub(super) async fn reschedule(
    State(app): State<App>,
    me: Me,
    Path(id): Path<OrderId>,
    mut form: Form,
) -> Reply {
    let reader = me.clone();
    let zone = app
        .read(move |tx| Ok(asked(tx, &reader, id)?.view.zone))
        .await?;
    let start = start_of(&mut form, &zone);
    let staff = form.optional_id("with");
    let version = form.optional_int("version", 1, i64::MAX);
    let (part, overbook) = (part_of(&mut form), overbook_of(&mut form));
    let ctx = me.ctx.clone();
    let moved = match (form.done(), start) {
        (Ok(()), Some(start)) => {
            let to = Reschedule {
                start,
                staff,
                version,
            };
            let wanted = PartMove { part, to, overbook };
            app.write(move |tx| commands::move_part(tx, &ctx, id, &wanted))
                .await
        }
        (Ok(()), None) => Err(Fault::invalid("slot", Text::key("orders-slot-needed"))),
        (Err(fault), _) => Err(fault),
    };
    match moved {
        Ok(_) => done(
            &format!("/orders/{id}"),
            &me.look.locale.t("orders-told-rescheduled"),
        ),
        Err(fault) => ask_slot(&app, &me, id, &form, Some(&fault)).await,
    }
}
