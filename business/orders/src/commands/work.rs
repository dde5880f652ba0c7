//! Carrying an order out, step by step.

use kernel::{
    Ctx, Fault, Text,
    ids::{OrderId, StaffId, StepId},
};
use store::Tx;

use super::save::{self, find_step, locked, step_fact};
use crate::{
    SERVE,
    model::{Order, REASON_CHARS_MAX, State, StateName, Step, StepState},
    queries,
};

/// An order in service with its steps, locked for a change.
struct Work {
    order: Order,
    steps: Vec<Step>,
}

impl Work {
    fn load(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Work, Fault> {
        ctx.require(SERVE)?;
        let order = locked(tx, ctx, id)?;
        ctx.require_at(SERVE, order.site)?;
        let steps = queries::steps(tx, ctx, id)?;
        Ok(Work { order, steps })
    }

    /// Refuses work on an order that is not in service.
    fn in_service(&self) -> Result<(), Fault> {
        let state = &self.order.state;
        match state.name() {
            StateName::Serving => Ok(()),
            name if name.is_closed() => match state.clone().arrive(self.order.created) {
                Err(refusal) => Err(refusal.into()),
                Ok(_) => Ok(()),
            },
            _ => Err(Fault::conflict("orders-refuse-not-started")),
        }
    }

    fn server(&self, ctx: &Ctx, staff: Option<StaffId>) -> Option<StaffId> {
        staff.or(ctx.staff()).or(self.order.state.staff())
    }

    /// Writes a step and what the steps add up to down, and records the fact.
    fn put(
        &mut self,
        tx: &mut Tx,
        ctx: &Ctx,
        at: usize,
        activity: &'static str,
    ) -> Result<(), Fault> {
        let step = &self.steps[at];
        save::update_step(tx, ctx, self.order.id, step)?;
        let mut event = step_fact(activity, &self.order, step, step.state.staff());
        if let StepState::Done { ended, .. } = step.state {
            event = event.attr("minutes", step.minutes_observed(ended));
        }
        if !step.checklist.is_empty() && activity == "step.finished" {
            event = event
                .attr("ticked", step.ticked())
                .attr("points", step.checklist.len());
        }
        tx.record(ctx, event);
        self.add_up(tx, ctx)
    }

    fn add_up(&self, tx: &mut Tx, ctx: &Ctx) -> Result<(), Fault> {
        save::update_progress(tx, ctx, self.order.id, &self.steps)?;
        Ok(())
    }

    fn start(
        &mut self,
        tx: &mut Tx,
        ctx: &Ctx,
        at: usize,
        staff: Option<StaffId>,
    ) -> Result<(), Fault> {
        let staff = self.server(ctx, staff);
        let Some(state) = self.steps[at].state.clone().start(staff, ctx.now)? else {
            return Ok(());
        };
        self.steps[at].state = state;
        let again = self.steps[at].attempt > 1;
        self.put(
            tx,
            ctx,
            at,
            if again {
                "step.reworked"
            } else {
                "step.started"
            },
        )
    }

    fn finish(&mut self, tx: &mut Tx, ctx: &Ctx, at: usize) -> Result<(), Fault> {
        let Some(state) = self.steps[at].state.clone().finish(ctx.now)? else {
            return Ok(());
        };
        self.steps[at].state = state;
        self.put(tx, ctx, at, "step.finished")
    }

    /// Ticks the checklist; a missing answer leaves its point as it was.
    fn answer(&mut self, at: usize, answers: Option<&[bool]>) {
        let step = &mut self.steps[at];
        for (kept, given) in step.answers.iter_mut().zip(answers.unwrap_or_default()) {
            *kept = *given;
        }
    }
}

/// Begins a step; by whoever is named, else whoever asks, else whoever serves the order.
pub fn start_step(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    step: StepId,
    staff: Option<StaffId>,
) -> Result<Order, Fault> {
    let mut work = Work::load(tx, ctx, order)?;
    work.in_service()?;
    let at = find_step(&work.steps, step)?;
    work.start(tx, ctx, at, staff)?;
    queries::load(tx, ctx, order)
}

/// Ends a step well, with the ticks of its checklist, if they are told.
pub fn finish_step(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    step: StepId,
    answers: Option<&[bool]>,
) -> Result<Order, Fault> {
    let mut work = Work::load(tx, ctx, order)?;
    let at = find_step(&work.steps, step)?;
    if !matches!(work.steps[at].state, StepState::Done { .. }) {
        work.in_service()?;
        work.answer(at, answers);
    }
    work.finish(tx, ctx, at)?;
    queries::load(tx, ctx, order)
}

/// Ticks the checklist of a step that is not over yet.
pub fn tick(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    step: StepId,
    answers: &[bool],
) -> Result<(), Fault> {
    let mut work = Work::load(tx, ctx, order)?;
    work.in_service()?;
    let at = find_step(&work.steps, step)?;
    if let Some(refusal) = over(&work.steps[at].state) {
        return Err(refusal);
    }
    let before = work.steps[at].answers.clone();
    work.answer(at, Some(answers));
    if work.steps[at].answers != before {
        let step = &work.steps[at];
        save::update_step(tx, ctx, order, step)?;
        let event = step_fact("step.ticked", &work.order, step, ctx.staff());
        tx.record(
            ctx,
            event
                .attr("ticked", step.ticked())
                .attr("points", step.checklist.len()),
        );
    }
    Ok(())
}

fn over(state: &StepState) -> Option<Fault> {
    let ended = state.ended()?;
    state.clone().start(None, ended).err().map(Fault::from)
}

/// The main action of the desk: ends the step that runs and begins the next one; begins the first
/// one when none runs.
pub fn complete_step(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<Order, Fault> {
    let mut work = Work::load(tx, ctx, order)?;
    work.in_service()?;
    let running = |step: &Step| matches!(step.state, StepState::Running { .. });
    let pending = |step: &Step| step.state == StepState::Pending;
    if let Some(at) = work.steps.iter().position(running) {
        work.finish(tx, ctx, at)?;
    }
    if !work.steps.iter().any(running)
        && let Some(at) = work.steps.iter().position(pending)
    {
        work.start(tx, ctx, at, None)?;
    }
    queries::load(tx, ctx, order)
}

/// Ends one step well and begins the next one, as the button of that step does. Pressed twice, it
/// ends no other step.
pub fn advance(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    step: StepId,
    answers: Option<&[bool]>,
) -> Result<Order, Fault> {
    finish_step(tx, ctx, order, step, answers)?;
    let steps = queries::steps(tx, ctx, order)?;
    let at = find_step(&steps, step)?;
    let running = steps
        .iter()
        .any(|step| matches!(step.state, StepState::Running { .. }));
    let after = steps[at..]
        .iter()
        .find(|step| step.state == StepState::Pending);
    let first = steps.iter().find(|step| step.state == StepState::Pending);
    match after.or(first) {
        Some(next) if !running => start_step(tx, ctx, order, next.id, None),
        _ => queries::load(tx, ctx, order),
    }
}

/// Ends a step badly, with the cause; its rework follows it, still to be begun.
pub fn fail_step(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    step: StepId,
    cause: &str,
) -> Result<Order, Fault> {
    let cause = cause.trim();
    if cause.is_empty() {
        return Err(Fault::invalid("cause", Text::key("orders-cause-needed")));
    }
    if cause.chars().count() > REASON_CHARS_MAX {
        let text = Text::key("orders-reason-long").with("max", REASON_CHARS_MAX);
        return Err(Fault::invalid("cause", text));
    }
    let mut work = Work::load(tx, ctx, order)?;
    let at = find_step(&work.steps, step)?;
    if !matches!(work.steps[at].state, StepState::Failed { .. }) {
        work.in_service()?;
    }
    let Some(state) = work.steps[at]
        .state
        .clone()
        .fail(cause.to_owned(), ctx.now)?
    else {
        return queries::load(tx, ctx, order);
    };
    work.steps[at].state = state;
    let again = rework(ctx, &work.steps[at])?;
    save::insert_steps(tx, ctx, &work.order, std::slice::from_ref(&again))?;
    work.steps.insert(at + 1, again);
    work.put(tx, ctx, at, "step.failed")?;
    queries::load(tx, ctx, order)
}

/// The same step once more.
fn rework(ctx: &Ctx, failed: &Step) -> Result<Step, Fault> {
    if failed.attempt >= 99 {
        return Err(Fault::conflict("orders-refuse-rework-endless"));
    }
    Ok(Step {
        id: ctx.id(),
        attempt: failed.attempt + 1,
        answers: vec![false; failed.checklist.len()],
        state: StepState::Pending,
        rework_of: Some(failed.id),
        ..failed.clone()
    })
}

/// Leaves a step out.
pub fn skip_step(tx: &mut Tx, ctx: &Ctx, order: OrderId, step: StepId) -> Result<Order, Fault> {
    let mut work = Work::load(tx, ctx, order)?;
    let at = find_step(&work.steps, step)?;
    if !matches!(work.steps[at].state, StepState::Skipped { .. }) {
        work.in_service()?;
    }
    let Some(state) = work.steps[at].state.clone().skip(ctx.now)? else {
        return queries::load(tx, ctx, order);
    };
    work.steps[at].state = state;
    work.put(tx, ctx, at, "step.skipped")?;
    queries::load(tx, ctx, order)
}

/// Begins the first step of an order that has just been started; answers which.
pub(super) fn start_first(tx: &mut Tx, ctx: &Ctx, order: &Order) -> Result<Vec<StepId>, Fault> {
    let steps = queries::steps(tx, ctx, order.id)?;
    let mut work = Work {
        order: order.clone(),
        steps,
    };
    match work
        .steps
        .iter()
        .position(|step| step.state == StepState::Pending)
    {
        Some(at) => {
            work.start(tx, ctx, at, order.state.staff())?;
            Ok(vec![work.steps[at].id])
        }
        None => Ok(Vec::new()),
    }
}

/// The steps that were open when their order was closed.
#[derive(Default)]
pub(super) struct Closed {
    /// What ran, and is done.
    pub(super) done: Vec<StepId>,
    /// What had not begun, and is left out.
    pub(super) skipped: Vec<StepId>,
}

impl Closed {
    /// All of them.
    pub(super) fn all(self) -> Vec<StepId> {
        [self.done, self.skipped].concat()
    }
}

/// Ends what runs and leaves out what has not begun.
pub(super) fn close(tx: &mut Tx, ctx: &Ctx, order: &Order) -> Result<Closed, Fault> {
    let steps = queries::steps(tx, ctx, order.id)?;
    let mut work = Work {
        order: order.clone(),
        steps,
    };
    let mut closed = Closed::default();
    for at in 0..work.steps.len() {
        let id = work.steps[at].id;
        match work.steps[at].state.clone() {
            StepState::Running { .. } => {
                work.finish(tx, ctx, at)?;
                closed.done.push(id);
            }
            StepState::Pending => {
                work.steps[at].state = StepState::Skipped { ended: ctx.now };
                save::update_step(tx, ctx, order.id, &work.steps[at])?;
                closed.skipped.push(id);
            }
            _ => {}
        }
    }
    work.add_up(tx, ctx)?;
    Ok(closed)
}

/// Ends an order's steps because it is called off: what ran has failed for that reason.
pub(super) fn abandon(tx: &mut Tx, ctx: &Ctx, order: &Order, reason: &str) -> Result<(), Fault> {
    if let State::Serving { .. } = order.state {
        let steps = queries::steps(tx, ctx, order.id)?;
        let mut work = Work {
            order: order.clone(),
            steps,
        };
        for at in 0..work.steps.len() {
            let state = work.steps[at].state.clone();
            if let StepState::Running { .. } = state
                && let Some(failed) = state.fail(reason.to_owned(), ctx.now)?
            {
                work.steps[at].state = failed;
                work.put(tx, ctx, at, "step.failed")?;
            }
        }
    }
    close(tx, ctx, order)?;
    Ok(())
}
