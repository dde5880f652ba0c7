//! Writing orders down: one statement for the state, one for what the steps add up to.

use std::collections::BTreeSet;

use kernel::{
    Ctx, Fault, Timestamp,
    ids::{OrderId, StaffId, StepId},
};
use serde::Serialize;
use store::{Event, Tx, params};

use crate::{
    model::{Line, Order, Part, Progress, State, Step, Totals, due, progress, tell_more},
    queries,
};

const LOCK: &str = "update orders set version = version where org = $1 and id = $2";

/// Loads an order to be changed. Whoever comes second waits here and sees what the first did, so
/// that a double click finds the work done.
pub(super) fn locked(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Order, Fault> {
    tx.execute(LOCK, params![ctx.org, id])?;
    let order = queries::load(tx, ctx, id)?;
    tx.seen(order.id, order.version)?;
    Ok(order)
}

/// As [`locked`], for a change that may reach the time the order keeps: the gate of its site comes
/// before its row, as it does for everybody.
pub(super) fn locked_at_gate(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Order, Fault> {
    let site = queries::load(tx, ctx, id)?.site;
    capacity::gate(tx, ctx, site)?;
    locked(tx, ctx, id)
}

const NEXT_NUMBER: &str = "
    insert into order_numbers (org, next) values ($1, 2)
    on conflict (org) do update set next = order_numbers.next + 1
    returning next";

/// The next number of the organisation, from 1.
pub(super) fn next_number(tx: &mut Tx, ctx: &Ctx) -> Result<i64, Fault> {
    let next = tx.one(NEXT_NUMBER, params![ctx.org], |row| row.int(0))?;
    next.map(|next| next - 1)
        .ok_or_else(|| Fault::broken("no order number was given out"))
}

const INSERT: &str = "
    insert into orders (org, id, number, code, site, kind, channel, customer, level, note, state,
        version, slot_starts_at, slot_ends_at, slot_staff, staff, hold_until, arrived_at,
        started_at, finished_at, closed_at, reason, created_at, promised_at, due_at, blueprint,
        blueprint_version, service, family, wait_minutes_target, title_zh, title_en, minutes,
        total_minor, tax_minor, currency, steps_total, steps_done, step_zh, step_en, secret,
        external_id, booked_as, session)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37,
        $38, $39, $40, $41, $42, $43, $44)
    on conflict do nothing";

/// Writes a new order down; `false` when its external identity is known already.
pub(super) fn insert(tx: &mut Tx, ctx: &Ctx, order: &Order) -> Result<bool, Fault> {
    let state = &order.state;
    let slot = state.slot();
    let row = params![
        ctx.org,
        order.id,
        order.number,
        &order.code,
        order.site,
        order.kind.as_str(),
        order.channel,
        order.customer,
        order.level.as_str(),
        &order.note,
        state.name().as_str(),
        order.version,
        slot.map(|slot| slot.span.start),
        slot.map(|slot| slot.span.end),
        slot.and_then(|slot| slot.staff),
        state.staff(),
        state.hold_until(),
        state.arrived(),
        state.started(),
        state.finished(),
        state.closed(),
        state.reason(),
        order.created,
        order.promised,
        order.due(),
        order.blueprint.map(|(blueprint, _)| blueprint),
        order.blueprint.map(|(_, version)| version),
        order.service,
        order.family.as_deref(),
        order.wait_minutes_target,
        &order.title.zh,
        &order.title.en,
        order.minutes,
        order.total.minor,
        order.tax.minor,
        order.total.currency,
        order.steps_total,
        order.steps_done,
        &order.step.zh,
        &order.step.en,
        &order.secret,
        order.external_id.as_deref(),
        &order.booked_as,
        order.session,
    ];
    Ok(tx.execute(INSERT, row)? > 0)
}

const INSERT_LINE: &str = "
    insert into order_lines (org, order_id, id, position, service, family, name_zh, name_en,
        quantity, unit_minor, tax_permille, minutes)";

/// Writes the lines of an order down.
pub(super) fn insert_lines(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    lines: &[Line],
) -> Result<(), Fault> {
    let row = |line: &Line| {
        [
            ctx.org.into(),
            order.into(),
            line.id.into(),
            line.position.into(),
            line.service.into(),
            line.family.as_deref().into(),
            (&line.name.zh).into(),
            (&line.name.en).into(),
            line.quantity.into(),
            line.unit.minor.into(),
            line.tax_permille.into(),
            line.minutes.into(),
        ]
    };
    let rows: Vec<_> = lines.iter().map(row).collect();
    tx.insert_all(INSERT_LINE, &rows, "")?;
    know_names(tx, ctx, lines)
}

const KNOWN_NAME: &str = "
    select cast(count(*) as bigint) from sold_names
    where org = $1 and name_zh = $2 and name_en = $3";

const INSERT_NAME: &str = "
    insert into sold_names (org, name_zh, name_en) values ($1, $2, $3) on conflict do nothing";

/// Keeps the names of lines among all that were ever sold, for whoever searches by them.
fn know_names(tx: &mut Tx, ctx: &Ctx, lines: &[Line]) -> Result<(), Fault> {
    // In one order, so that two who sell the same for the first time do not wait in a circle.
    let names: BTreeSet<_> = lines
        .iter()
        .map(|line| (&line.name.zh, &line.name.en))
        .collect();
    for (zh, en) in names {
        let question = format!("sold {} {zh}\n{en}", ctx.org);
        let known = tx.kept(question, |tx| {
            tx.count(KNOWN_NAME, params![ctx.org, zh, en])
        })?;
        if *known == 0 {
            tx.execute(INSERT_NAME, params![ctx.org, zh, en])?;
        }
    }
    Ok(())
}

/// Puts other lines in the place of an order's lines.
pub(super) fn replace_lines(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    lines: &[Line],
) -> Result<(), Fault> {
    const FORGET: &str = "delete from order_lines where org = $1 and order_id = $2";
    tx.execute(FORGET, params![ctx.org, order])?;
    insert_lines(tx, ctx, order, lines)
}

const FORGET_PARTS: &str = "delete from order_parts where org = $1 and order_id = $2";

const INSERT_PART: &str = "
    insert into order_parts (org, order_id, position, service, title_zh, title_en, starts_at,
        ends_at, staff, overbooked)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// Writes the parts of a visit down in the place of those before.
pub(super) fn replace_parts(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    parts: &[Part],
) -> Result<(), Fault> {
    tx.execute(FORGET_PARTS, params![ctx.org, order])?;
    insert_parts(tx, ctx, order, parts)
}

/// Writes the parts of a new visit down, where they say more than its slot.
pub(super) fn insert_parts(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    parts: &[Part],
) -> Result<(), Fault> {
    let told = if tell_more(parts) { parts } else { &[] };
    for part in told {
        let row = params![
            ctx.org,
            order,
            part.position,
            part.service,
            &part.title.zh,
            &part.title.en,
            part.span.start,
            part.span.end,
            part.staff,
            part.overbooked.as_deref(),
        ];
        tx.execute(INSERT_PART, row)?;
    }
    Ok(())
}

const INSERT_STEP: &str = "
    insert into order_steps (org, order_id, id, position, attempt, site, blueprint, key, name_zh,
        name_en, lane, minutes_standard, skill, checklist, answers, state, staff, started_at,
        ended_at, minutes_observed, error_cause, rework_of)";

/// Writes steps of an order down.
pub(super) fn insert_steps(
    tx: &mut Tx,
    ctx: &Ctx,
    order: &Order,
    steps: &[Step],
) -> Result<(), Fault> {
    let row = |step: &Step| {
        [
            ctx.org.into(),
            order.id.into(),
            step.id.into(),
            step.position.into(),
            step.attempt.into(),
            order.site.into(),
            order.blueprint.map(|(blueprint, _)| blueprint).into(),
            (&step.key).into(),
            (&step.name.zh).into(),
            (&step.name.en).into(),
            (&step.lane).into(),
            step.minutes_standard.into(),
            step.skill.as_deref().into(),
            json(&step.checklist).into(),
            json(&step.answers).into(),
            step.state.as_str().into(),
            step.state.staff().into(),
            step.state.started().into(),
            step.state.ended().into(),
            minutes_observed(step).into(),
            cause(step).into(),
            step.rework_of.into(),
        ]
    };
    let rows: Vec<_> = steps.iter().map(row).collect();
    tx.insert_all(INSERT_STEP, &rows, "").map(drop)
}

/// A list as it is kept in a text column.
pub(super) fn json<T: Serialize>(list: &[T]) -> String {
    serde_json::to_string(list).expect("lists of texts and flags are valid JSON")
}

fn minutes_observed(step: &Step) -> Option<i64> {
    use crate::model::StepState;
    match &step.state {
        StepState::Done { ended, .. } => step.minutes_observed(*ended),
        _ => None,
    }
}

fn cause(step: &Step) -> Option<&str> {
    match &step.state {
        crate::model::StepState::Failed { cause, .. } => Some(cause),
        _ => None,
    }
}

const UPDATE_STEP: &str = "
    update order_steps set answers = $4, state = $5, staff = $6, started_at = $7, ended_at = $8,
        minutes_observed = $9, error_cause = $10
    where org = $1 and order_id = $2 and id = $3";

/// Writes down where a step stands. Its order is locked by the caller.
pub(super) fn update_step(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    step: &Step,
) -> Result<(), Fault> {
    let row = params![
        ctx.org,
        order,
        step.id,
        json(&step.answers),
        step.state.as_str(),
        step.state.staff(),
        step.state.started(),
        step.state.ended(),
        minutes_observed(step),
        cause(step),
    ];
    tx.execute(UPDATE_STEP, row)?;
    Ok(())
}

const UPDATE_PROGRESS: &str = "
    update orders set steps_total = $3, steps_done = $4, step_zh = $5, step_en = $6
    where org = $1 and id = $2";

/// Keeps what the steps add up to on the order.
pub(super) fn update_progress(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    steps: &[Step],
) -> Result<Progress, Fault> {
    let found = progress(steps);
    let row = params![
        ctx.org,
        order,
        found.total,
        found.done,
        &found.now.zh,
        &found.now.en
    ];
    tx.execute(UPDATE_PROGRESS, row)?;
    Ok(found)
}

const UPDATE_STATE: &str = "
    update orders set state = $4, slot_starts_at = $5, slot_ends_at = $6, slot_staff = $7,
        staff = $8, hold_until = $9, arrived_at = $10, started_at = $11, finished_at = $12,
        closed_at = $13, reason = $14, due_at = $15, promised_at = $16, version = version + 1
    where org = $1 and id = $2 and version = $3";

/// Puts an order into another state.
pub(super) fn update_state(
    tx: &mut Tx,
    ctx: &Ctx,
    order: Order,
    state: State,
    promised: Option<Timestamp>,
) -> Result<Order, Fault> {
    let slot = state.slot();
    let row = params![
        ctx.org,
        order.id,
        order.version,
        state.name().as_str(),
        slot.map(|slot| slot.span.start),
        slot.map(|slot| slot.span.end),
        slot.and_then(|slot| slot.staff),
        state.staff(),
        state.hold_until(),
        state.arrived(),
        state.started(),
        state.finished(),
        state.closed(),
        state.reason(),
        due(&state, order.created),
        promised,
    ];
    if tx.execute(UPDATE_STATE, row)? == 0 {
        return Err(Fault::stale());
    }
    Ok(Order {
        state,
        promised,
        version: order.version + 1,
        ..order
    })
}

const UPDATE_CONTENT: &str = "
    update orders set level = $4, note = $5, customer = $6, service = $7, family = $8,
        title_zh = $9, title_en = $10, minutes = $11, total_minor = $12, tax_minor = $13,
        booked_as = $14, version = version + 1
    where org = $1 and id = $2 and version = $3";

/// Puts other contents into an order; what it was is the version that is named.
pub(super) fn update_content(
    tx: &mut Tx,
    ctx: &Ctx,
    order: &Order,
    totals: &Totals,
) -> Result<(), Fault> {
    let row = params![
        ctx.org,
        order.id,
        order.version,
        order.level.as_str(),
        &order.note,
        order.customer,
        order.service,
        order.family.as_deref(),
        &order.title.zh,
        &order.title.en,
        totals.minutes,
        totals.total.minor,
        totals.tax.minor,
        &order.booked_as,
    ];
    if tx.execute(UPDATE_CONTENT, row)? == 0 {
        return Err(Fault::stale());
    }
    Ok(())
}

/// A fact about an order, with everything it touches.
pub(super) fn fact(activity: &'static str, order: &Order) -> Event {
    Event::new(activity)
        .site(order.site)
        .object("order", order.id, "subject")
        .object_if("customer", order.customer, "customer")
        .object_if("staff", order.state.staff(), "server")
}

/// A fact about a step of an order.
pub(super) fn step_fact(
    activity: &'static str,
    order: &Order,
    step: &Step,
    staff: Option<StaffId>,
) -> Event {
    Event::new(activity)
        .site(order.site)
        .object("order", order.id, "subject")
        .object_if("staff", staff, "server")
        .object_if(
            "blueprint",
            order.blueprint.map(|(blueprint, _)| blueprint),
            "design",
        )
        .attr("step", step.key.as_str())
        .attr("attempt", step.attempt)
}

/// The step of an order by its identity.
pub(super) fn find_step(steps: &[Step], id: StepId) -> Result<usize, Fault> {
    let found = steps.iter().position(|step| step.id == id);
    found.ok_or_else(|| Fault::missing("orders-step-missing"))
}
