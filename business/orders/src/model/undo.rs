//! Taking the last act back: the order is again what it was before, as far as nothing followed.

use kernel::{Fault, Timestamp, ids::StepId};

use super::{Next, Order, Refusal, State, StateName, Step, StepState};

/// Seconds in which an act is offered to be taken back wherever it was done.
pub const UNDO_SECONDS: i64 = 10;
/// Minutes in which an act can be taken back from the page of its order.
pub const UNDO_MINUTES_MAX: i64 = 12 * 60;

/// What can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The customer was checked in.
    Arrival,
    /// The work was begun.
    Start,
    /// The work was said to be done.
    Finish,
    /// The customer was said not to have come.
    NoShow,
}

impl Act {
    /// Every act.
    pub const ALL: [Act; 4] = [Act::Arrival, Act::Start, Act::Finish, Act::NoShow];

    /// The word kept in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Act::Arrival => "arrival",
            Act::Start => "start",
            Act::Finish => "finish",
            Act::NoShow => "no_show",
        }
    }

    /// Reads the word back.
    pub fn parse(text: &str) -> Option<Act> {
        Act::ALL.into_iter().find(|act| act.as_str() == text)
    }
}

/// The last act of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastAct {
    /// What was done.
    pub act: Act,
    /// The version it left.
    pub version: i64,
    /// When.
    pub at: Timestamp,
    /// Where the order stood before.
    pub before: StateName,
    /// The steps it began, ended or left out.
    pub steps: Vec<StepId>,
    /// The time the order kept before, part by part.
    pub claims: Vec<capacity::Claim>,
    /// Whether it was taken back.
    pub undone: bool,
}

impl LastAct {
    /// Decides whether it may be taken back from an order as it is now.
    pub fn undo(&self, order: &Order, now: Timestamp) -> Result<Next, Refusal> {
        if self.undone {
            return Ok(Next::Already);
        }
        if order.version != self.version {
            return Err(Refusal::Followed);
        }
        let last = crate::commands::later(self.at, UNDO_MINUTES_MAX);
        if last.is_none_or(|last| last < now) {
            return Err(Refusal::TooLate);
        }
        order.state.clone().taken_back(self.before).map(Next::To)
    }

    /// The steps as they were before; refused when a step went on meanwhile.
    pub fn steps_before(&self, steps: &[Step]) -> Result<Vec<Step>, Refusal> {
        let before = |step: &Step| {
            let state = match (self.steps.contains(&step.id), &step.state) {
                (true, state) => state.clone().taken_back()?,
                (false, StepState::Running { .. }) => return Err(Refusal::Followed),
                (false, state) => state.clone(),
            };
            Ok(Step {
                state,
                ..step.clone()
            })
        };
        let found = steps.iter().map(before).collect::<Result<Vec<_>, _>>()?;
        let untouched = |step: &Step| step.state == StepState::Pending;
        match self.act {
            Act::Start if !found.iter().all(untouched) => Err(Refusal::Followed),
            _ => Ok(found),
        }
    }
}

impl State {
    /// The state before the last act, with what was known then.
    pub fn taken_back(self, before: StateName) -> Result<State, Refusal> {
        Ok(match (self, before) {
            (
                State::Waiting {
                    slot: Some(slot), ..
                }
                | State::Serving {
                    slot: Some(slot), ..
                }
                | State::NoShow {
                    slot: Some(slot),
                    arrived: None,
                    ..
                },
                StateName::Booked,
            ) => State::Booked { slot },
            (
                State::Waiting { slot: None, .. }
                | State::Serving { slot: None, .. }
                | State::Finished { slot: None, .. },
                StateName::Open,
            ) => State::Open,
            (
                State::Serving { slot, arrived, .. }
                | State::NoShow {
                    slot,
                    arrived: Some(arrived),
                    ..
                },
                StateName::Waiting,
            ) => State::Waiting { slot, arrived },
            (
                State::Finished {
                    slot,
                    arrived,
                    started,
                    staff,
                    ..
                },
                StateName::Serving,
            ) => State::Serving {
                slot,
                arrived,
                started,
                staff,
            },
            _ => return Err(Refusal::Followed),
        })
    }
}

impl StepState {
    /// The state before the order's last act began, ended or left out the step.
    fn taken_back(self) -> Result<StepState, Refusal> {
        match self {
            StepState::Running { .. } | StepState::Skipped { .. } => Ok(StepState::Pending),
            StepState::Done { started, staff, .. } => Ok(StepState::Running { started, staff }),
            StepState::Pending | StepState::Failed { .. } => Err(Refusal::Followed),
        }
    }
}

/// The facts of a life that one state has and another has not, the latest first: what the journal
/// is told when the first gives way to the second.
pub fn facts_undone(was: &State, is: &State) -> Vec<&'static str> {
    let lost = |of: fn(&State) -> Option<Timestamp>| of(was).is_some() && of(is).is_none();
    let facts = [
        (was.name() == StateName::NoShow, "order.no_show_undone"),
        (lost(State::finished), "order.finish_undone"),
        (lost(State::started), "order.start_undone"),
        (lost(State::arrived), "order.arrival_undone"),
    ];
    let told = facts.into_iter().filter(|(lost, _)| *lost);
    told.map(|(_, activity)| activity).collect()
}

/// The refusal of an act that is not, or no longer, the last one.
pub(crate) fn not_the_last() -> Fault {
    Refusal::Followed.into()
}
