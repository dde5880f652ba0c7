//! Rows of the tables as values of the model, and the other way round.

use kernel::{Channel, Fault, Money, Span};
use store::Row;

use crate::model::{Kind, Level, Order, Slot, State, StateName, Step, StepState};

/// The columns of an order `o`, as [`read_order`] reads them.
pub(crate) const COLUMNS: &str = "o.id, o.number, o.code, o.site, o.kind, o.channel, o.customer,
    o.level, o.note, o.state, o.slot_starts_at, o.slot_ends_at, o.slot_staff, o.staff,
    o.hold_until, o.arrived_at, o.started_at, o.finished_at, o.closed_at, o.reason, o.version,
    o.created_at, o.promised_at, o.blueprint, o.blueprint_version, o.service, o.family,
    o.wait_minutes_target, o.title_zh, o.title_en, o.minutes, o.total_minor, o.tax_minor,
    o.currency, o.steps_total, o.steps_done, o.step_zh, o.step_en, o.secret, o.external_id,
    o.booked_as, o.session";

/// How many columns that is.
pub(crate) const COLUMN_COUNT: usize = 42;

fn unknown<T>(what: &str, word: &str) -> Result<T, Fault> {
    Err(Fault::broken(format!(
        "an order cannot have the {what} {word}"
    )))
}

/// Reads the columns [`COLUMNS`] from the first on.
pub(crate) fn read_order(row: &Row) -> Result<Order, Fault> {
    let (kind, channel, level) = (row.text(4)?, row.text(5)?, row.text(7)?);
    let currency = row.currency(33)?;
    Ok(Order {
        id: row.id(0)?,
        number: row.int(1)?,
        code: row.text(2)?,
        site: row.id(3)?,
        kind: Kind::parse(&kind).map_or_else(|| unknown("kind", &kind), Ok)?,
        channel: Channel::parse(&channel).map_or_else(|| unknown("channel", &channel), Ok)?,
        customer: row.opt_id(6)?,
        level: Level::parse(&level).map_or_else(|| unknown("level", &level), Ok)?,
        note: row.text(8)?,
        state: read_state(row)?,
        version: row.int(20)?,
        created: row.instant(21)?,
        promised: row.opt_instant(22)?,
        blueprint: row.opt_id(23)?.zip(row.opt_int(24)?),
        service: row.opt_id(25)?,
        family: row.opt_text(26)?,
        wait_minutes_target: row.opt_int(27)?,
        title: row.bilingual(28)?,
        minutes: row.int(30)?,
        total: Money::new(row.int(31)?, currency),
        tax: Money::new(row.int(32)?, currency),
        steps_total: row.int(34)?,
        steps_done: row.int(35)?,
        step: row.bilingual(36)?,
        secret: row.text(38)?,
        external_id: row.opt_text(39)?,
        booked_as: row.text(40)?,
        session: row.opt_id(41)?,
    })
}

/// Reads the bare name of a state.
pub(crate) fn read_state_name(row: &Row, column: usize) -> Result<StateName, Fault> {
    let word = row.text(column)?;
    StateName::parse(&word).map_or_else(|| unknown("state", &word), Ok)
}

fn read_slot(row: &Row) -> Result<Option<Slot>, Fault> {
    let Some((start, end)) = row.opt_instant(10)?.zip(row.opt_instant(11)?) else {
        return Ok(None);
    };
    let span =
        Span::new(start, end).ok_or_else(|| Fault::broken("an order's slot is backwards"))?;
    Ok(Some(Slot {
        span,
        staff: row.opt_id(12)?,
    }))
}

fn read_state(row: &Row) -> Result<State, Fault> {
    let name = read_state_name(row, 9)?;
    let slot = read_slot(row)?;
    let needed = || Fault::broken(format!("an order lacks a fact of {}", name.as_str()));
    let promised_slot = || slot.ok_or_else(needed);
    let staff = row.opt_id(13)?;
    let arrived = row.opt_instant(15)?;
    let started = row.opt_instant(16)?;
    let closed = || row.opt_instant(18)?.ok_or_else(needed);
    Ok(match name {
        StateName::Held => State::Held {
            slot: promised_slot()?,
            until: row.instant(14)?,
        },
        StateName::Booked => State::Booked {
            slot: promised_slot()?,
        },
        StateName::Open => State::Open,
        StateName::Waiting => State::Waiting {
            slot,
            arrived: arrived.ok_or_else(needed)?,
        },
        StateName::Serving => State::Serving {
            slot,
            arrived: arrived.ok_or_else(needed)?,
            started: started.ok_or_else(needed)?,
            staff,
        },
        StateName::Finished => State::Finished {
            slot,
            arrived: arrived.ok_or_else(needed)?,
            started: started.ok_or_else(needed)?,
            finished: row.instant(17)?,
            staff,
        },
        StateName::Cancelled => State::Cancelled {
            slot,
            arrived,
            started,
            staff,
            at: closed()?,
            reason: row.text(19)?,
        },
        StateName::NoShow => State::NoShow {
            slot,
            arrived,
            at: closed()?,
        },
        StateName::Expired => State::Expired {
            slot: promised_slot()?,
            until: row.instant(14)?,
            at: closed()?,
        },
    })
}

/// The columns of a step `s`: its order first, then what [`read_step`] reads.
pub(crate) const STEP_COLUMNS: &str = "s.order_id, s.id, s.position, s.attempt, s.key, s.name_zh,
    s.name_en, s.lane, s.minutes_standard, s.skill, s.checklist, s.answers, s.state, s.staff,
    s.started_at, s.ended_at, s.error_cause, s.rework_of";

/// Reads a step whose identity is in column `at`.
pub(crate) fn read_step(row: &Row, at: usize) -> Result<Step, Fault> {
    Ok(Step {
        id: row.id(at)?,
        position: row.int(at + 1)?,
        attempt: row.int(at + 2)?,
        key: row.text(at + 3)?,
        name: row.bilingual(at + 4)?,
        lane: row.text(at + 6)?,
        minutes_standard: row.opt_int(at + 7)?,
        skill: row.opt_text(at + 8)?,
        checklist: row.json(at + 9)?,
        answers: row.json(at + 10)?,
        state: read_step_state(row, at + 11)?,
        rework_of: row.opt_id(at + 16)?,
    })
}

fn read_step_state(row: &Row, at: usize) -> Result<StepState, Fault> {
    let staff = row.opt_id(at + 1)?;
    let (started, ended) = (at + 2, at + 3);
    Ok(match row.text(at)?.as_str() {
        "pending" => StepState::Pending,
        "running" => StepState::Running {
            started: row.instant(started)?,
            staff,
        },
        "done" => StepState::Done {
            started: row.instant(started)?,
            ended: row.instant(ended)?,
            staff,
        },
        "failed" => StepState::Failed {
            started: row.instant(started)?,
            ended: row.instant(ended)?,
            staff,
            cause: row.text(at + 4)?,
        },
        "skipped" => StepState::Skipped {
            ended: row.instant(ended)?,
        },
        word => return unknown("step state", word),
    })
}
