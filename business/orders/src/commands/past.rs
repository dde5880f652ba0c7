//! Writing down orders of the past, as another system or the demonstration tells them.

use kernel::{
    Bilingual, Ctx, Fault, Money, Span, Text, Timestamp,
    ids::{OrderId, StepId},
};
use organisation::Site;
use store::Tx;

use super::save;
use crate::{
    EDIT,
    model::{
        Ending, LINES_MAX, Line, NOTE_CHARS_MAX, Order, PastOrder, REASON_CHARS_MAX, Slot, State,
        Step, StepState, code, progress, title, totals,
    },
    queries,
};

/// What became of an order of the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// Written down.
    New(OrderId),
    /// Known by its external identity, and left as it is.
    Known(OrderId),
}

impl Recorded {
    /// The order, in any case.
    pub fn id(self) -> OrderId {
        match self {
            Recorded::New(id) | Recorded::Known(id) => id,
        }
    }
}

/// Writes an order of the past down, with its facts at their own times.
pub fn record_past(tx: &mut Tx, ctx: &Ctx, past: &PastOrder) -> Result<Recorded, Fault> {
    ctx.require_at(EDIT, past.site)?;
    check(past, ctx.now)?;
    if let Some(external_id) = &past.external_id
        && let Some(known) = queries::order_by_external_id(tx, ctx, external_id)?
    {
        return Ok(Recorded::Known(known.id));
    }
    let site = organisation::site(tx, ctx, past.site)?;
    let then = ctx.at(past.created).with_channel(past.channel);
    let lines = lines(&then, past);
    let steps = steps(&then, past);
    let number = save::next_number(tx, ctx)?;
    let order = head(&then, past, &site, number, (&lines, &steps))?;
    if !save::insert(tx, ctx, &order)? {
        return Err(Fault::invalid(
            "external_id",
            Text::key("orders-past-twice"),
        ));
    }
    save::insert_lines(tx, ctx, order.id, &lines)?;
    save::insert_steps(tx, ctx, &order, &steps)?;
    // The facts are told now, of then: the journal keeps both times.
    record(tx, &ctx.with_channel(past.channel), &order, &steps);
    Ok(Recorded::New(order.id))
}

fn check(past: &PastOrder, now: Timestamp) -> Result<(), Fault> {
    let refuse = |field: &str, key| Err(Fault::invalid(field, Text::key(key)));
    let ends = match &past.ending {
        Ending::Finished {
            arrived,
            started,
            finished,
            ..
        } => {
            if !(past.created <= *arrived && arrived <= started && started <= finished) {
                return refuse("finished", "orders-past-backwards");
            }
            *finished
        }
        Ending::Cancelled { at, reason } => {
            if reason.trim().is_empty() || reason.chars().count() > REASON_CHARS_MAX {
                return refuse("reason", "orders-reason-needed");
            }
            *at
        }
        Ending::NoShow { at } => *at,
    };
    if ends < past.created {
        return refuse("finished", "orders-past-backwards");
    }
    if ends > now {
        return refuse("finished", "orders-past-future");
    }
    if past.slot.is_some_and(|(start, end, _)| end <= start) {
        return refuse("slot", "orders-past-backwards");
    }
    if past.steps.iter().any(|step| step.ended < step.started) {
        return refuse("steps", "orders-past-backwards");
    }
    if past.note.chars().count() > NOTE_CHARS_MAX {
        let text = Text::key("orders-note-long").with("max", NOTE_CHARS_MAX);
        return Err(Fault::invalid("note", text));
    }
    if past.lines.len() > LINES_MAX || past.steps.len() > 200 {
        let text = Text::key("orders-lines-many").with("max", LINES_MAX);
        return Err(Fault::invalid("service", text));
    }
    let priced = |line: &crate::model::PastLine| {
        (1..=999).contains(&line.quantity) && (0..=Money::MINOR_MAX).contains(&line.unit.minor)
    };
    if !past.lines.iter().all(priced) {
        return refuse("quantity", "orders-quantity-wrong");
    }
    Ok(())
}

fn head(
    then: &Ctx,
    past: &PastOrder,
    site: &Site,
    number: i64,
    (lines, steps): (&[Line], &[Step]),
) -> Result<Order, Fault> {
    let currency = lines
        .first()
        .map_or(site.currency, |line| line.unit.currency);
    if lines.iter().any(|line| line.unit.currency != currency) {
        return Err(Fault::invalid(
            "price",
            Text::key("orders-service-currency"),
        ));
    }
    let totals = totals(lines, currency);
    let progress = progress(steps);
    let state = state(past)?;
    Ok(Order {
        id: then.id(),
        number,
        code: code(&site.slug, number),
        site: past.site,
        kind: past.kind,
        channel: past.channel,
        customer: past.customer,
        booked_as: String::new(),
        level: past.level,
        note: past.note.trim().to_owned(),
        promised: past.promised.or(state.slot().map(|slot| slot.span.end)),
        state,
        version: 1,
        created: past.created,
        blueprint: past.blueprint,
        title: title(lines),
        service: lines.first().and_then(|line| line.service),
        family: lines.first().and_then(|line| line.family.clone()),
        wait_minutes_target: None,
        minutes: totals.minutes,
        total: totals.total,
        tax: totals.tax,
        steps_total: progress.total,
        steps_done: progress.done,
        step: Bilingual::default(),
        secret: then.link_secret(),
        session: None,
        external_id: past.external_id.clone(),
    })
}

fn state(past: &PastOrder) -> Result<State, Fault> {
    let slot = match past.slot {
        None => None,
        Some((start, end, staff)) => Some(Slot {
            span: Span::new(start, end).ok_or_else(|| Fault::broken("a slot is backwards"))?,
            staff,
        }),
    };
    Ok(match past.ending.clone() {
        Ending::Finished {
            arrived,
            started,
            finished,
            staff,
        } => State::Finished {
            slot,
            arrived,
            started,
            finished,
            staff,
        },
        Ending::Cancelled { at, reason } => State::Cancelled {
            slot,
            arrived: None,
            started: None,
            staff: slot.and_then(|slot| slot.staff),
            at,
            reason: reason.trim().to_owned(),
        },
        Ending::NoShow { at } => State::NoShow {
            slot,
            arrived: None,
            at,
        },
    })
}

fn lines(then: &Ctx, past: &PastOrder) -> Vec<Line> {
    (1..)
        .zip(&past.lines)
        .map(|(position, line)| Line {
            id: then.id(),
            position,
            service: line.service,
            family: line.family.clone(),
            name: line.name.clone(),
            quantity: line.quantity,
            unit: line.unit,
            tax_permille: line.tax_permille,
            minutes: line.minutes,
        })
        .collect()
}

/// The steps in order; one that repeats the key of a failed one right before it is its rework.
fn steps(then: &Ctx, past: &PastOrder) -> Vec<Step> {
    let mut found: Vec<Step> = Vec::with_capacity(past.steps.len());
    for step in &past.steps {
        let (started, ended, staff) = (step.started, step.ended, step.staff);
        let failed: Option<(StepId, i64, i64)> = found
            .last()
            .filter(|last| last.key == step.key)
            .filter(|last| matches!(last.state, StepState::Failed { .. }) && last.attempt < 99)
            .map(|last| (last.id, last.position, last.attempt));
        let next = found.last().map_or(1, |last| last.position + 1);
        let state = match &step.error_cause {
            Some(cause) => StepState::Failed {
                started,
                ended,
                staff,
                cause: cause.clone(),
            },
            None => StepState::Done {
                started,
                ended,
                staff,
            },
        };
        found.push(Step {
            id: then.id(),
            position: failed.map_or(next, |(_, position, _)| position),
            attempt: failed.map_or(1, |(_, _, attempt)| attempt + 1),
            key: step.key.clone(),
            name: step.name.clone(),
            lane: step.lane.clone(),
            minutes_standard: step.minutes_standard,
            skill: None,
            checklist: Vec::new(),
            answers: Vec::new(),
            state,
            rework_of: failed.map(|(id, _, _)| id),
        });
    }
    found
}

fn record(tx: &mut Tx, ctx: &Ctx, order: &Order, steps: &[Step]) {
    let mut tell = |at: Timestamp, event: store::Event| tx.record(ctx, event.at(at));
    let created = save::fact("order.created", order).attr("kind", order.kind.as_str());
    tell(
        order.created,
        created.object_if("service", order.service, "sold"),
    );
    if order.state.slot().is_some() {
        tell(order.created, save::fact("order.booked", order));
    }
    if let Some((arrived, started)) = order.state.arrived().zip(order.state.started()) {
        tell(arrived, save::fact("order.arrived", order));
        tell(started, save::fact("order.started", order));
    }
    for step in steps {
        let Some(ended) = step.state.ended() else {
            continue;
        };
        let failed = matches!(step.state, StepState::Failed { .. });
        let activity = if failed {
            "step.failed"
        } else {
            "step.finished"
        };
        let event = save::step_fact(activity, order, step, step.state.staff());
        tell(ended, event.attr("minutes", step.minutes_observed(ended)));
    }
    let last = match order.state {
        State::Cancelled { .. } => "order.cancelled",
        State::NoShow { .. } => "order.no_show",
        _ => "order.finished",
    };
    if let Some(closed) = order.state.closed() {
        tell(closed, save::fact(last, order));
    }
}
