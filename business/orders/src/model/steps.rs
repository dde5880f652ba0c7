//! A step of an order: one piece of the blueprint, carried out once, or again after an error.

use kernel::{
    Bilingual, Fault, Timestamp,
    ids::{StaffId, StepId},
};

/// Where a step stands, with what is known there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Not begun.
    Pending,
    /// Being carried out.
    Running {
        /// When it began.
        started: Timestamp,
        /// By whom.
        staff: Option<StaffId>,
    },
    /// Carried out.
    Done {
        /// When it began.
        started: Timestamp,
        /// When it ended.
        ended: Timestamp,
        /// By whom.
        staff: Option<StaffId>,
    },
    /// Went wrong; a rework follows.
    Failed {
        /// When it began.
        started: Timestamp,
        /// When the error was seen.
        ended: Timestamp,
        /// By whom.
        staff: Option<StaffId>,
        /// What went wrong.
        cause: String,
    },
    /// Left out.
    Skipped {
        /// When that was decided.
        ended: Timestamp,
    },
}

/// Why a step cannot do that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepRefusal {
    /// It has not begun.
    NotStarted,
    /// It is being carried out.
    Running,
    /// It was carried out.
    Done,
    /// It failed; the rework goes on.
    Failed,
    /// It was left out.
    Skipped,
}

impl From<StepRefusal> for Fault {
    fn from(refusal: StepRefusal) -> Fault {
        Fault::conflict(match refusal {
            StepRefusal::NotStarted => "orders-refuse-step-not-started",
            StepRefusal::Running => "orders-refuse-step-running",
            StepRefusal::Done => "orders-refuse-step-done",
            StepRefusal::Failed => "orders-refuse-step-failed",
            StepRefusal::Skipped => "orders-refuse-step-skipped",
        })
    }
}

/// What a transition of a step leads to; `None` when it has happened already.
pub type StepDecided = Result<Option<StepState>, StepRefusal>;

impl StepState {
    /// The word kept in the database.
    pub fn as_str(&self) -> &'static str {
        match self {
            StepState::Pending => "pending",
            StepState::Running { .. } => "running",
            StepState::Done { .. } => "done",
            StepState::Failed { .. } => "failed",
            StepState::Skipped { .. } => "skipped",
        }
    }

    /// When it began.
    pub fn started(&self) -> Option<Timestamp> {
        match self {
            StepState::Running { started, .. }
            | StepState::Done { started, .. }
            | StepState::Failed { started, .. } => Some(*started),
            StepState::Pending | StepState::Skipped { .. } => None,
        }
    }

    /// When it ended.
    pub fn ended(&self) -> Option<Timestamp> {
        match self {
            StepState::Done { ended, .. }
            | StepState::Failed { ended, .. }
            | StepState::Skipped { ended } => Some(*ended),
            StepState::Pending | StepState::Running { .. } => None,
        }
    }

    /// By whom.
    pub fn staff(&self) -> Option<StaffId> {
        match self {
            StepState::Running { staff, .. }
            | StepState::Done { staff, .. }
            | StepState::Failed { staff, .. } => *staff,
            StepState::Pending | StepState::Skipped { .. } => None,
        }
    }

    /// Begins the step.
    pub fn start(self, staff: Option<StaffId>, now: Timestamp) -> StepDecided {
        match self {
            StepState::Pending => Ok(Some(StepState::Running {
                started: now,
                staff,
            })),
            StepState::Running { .. } => Ok(None),
            ended => Err(ended.ending()),
        }
    }

    /// Ends the step well.
    pub fn finish(self, now: Timestamp) -> StepDecided {
        match self {
            StepState::Running { started, staff } => Ok(Some(StepState::Done {
                started,
                ended: now.max(started),
                staff,
            })),
            StepState::Done { .. } => Ok(None),
            StepState::Pending => Err(StepRefusal::NotStarted),
            ended => Err(ended.ending()),
        }
    }

    /// Ends the step badly.
    pub fn fail(self, cause: String, now: Timestamp) -> StepDecided {
        match self {
            StepState::Running { started, staff } => Ok(Some(StepState::Failed {
                started,
                ended: now.max(started),
                staff,
                cause,
            })),
            StepState::Failed { .. } => Ok(None),
            StepState::Pending => Err(StepRefusal::NotStarted),
            ended => Err(ended.ending()),
        }
    }

    /// Leaves the step out.
    pub fn skip(self, now: Timestamp) -> StepDecided {
        match self {
            StepState::Pending => Ok(Some(StepState::Skipped { ended: now })),
            StepState::Skipped { .. } => Ok(None),
            StepState::Running { .. } => Err(StepRefusal::Running),
            ended => Err(ended.ending()),
        }
    }

    fn ending(&self) -> StepRefusal {
        match self {
            StepState::Failed { .. } => StepRefusal::Failed,
            StepState::Skipped { .. } => StepRefusal::Skipped,
            _ => StepRefusal::Done,
        }
    }
}

/// One step of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Identity.
    pub id: StepId,
    /// Its place in the blueprint, from 1.
    pub position: i64,
    /// 1, and one more for each rework.
    pub attempt: i64,
    /// The blueprint's name for it, stable over versions.
    pub key: String,
    /// What it is called.
    pub name: Bilingual,
    /// Who sees it: `customer`, `frontstage`, `backstage` or `support`.
    pub lane: String,
    /// How long it should take, in minutes.
    pub minutes_standard: Option<i64>,
    /// The skill it needs.
    pub skill: Option<String>,
    /// What has to be checked before it ends.
    pub checklist: Vec<Bilingual>,
    /// Which points of the checklist were ticked, by position.
    pub answers: Vec<bool>,
    /// Where it stands.
    pub state: StepState,
    /// The failed step this one makes good.
    pub rework_of: Option<StepId>,
}

impl Step {
    /// Minutes taken, or taken so far, rounded to the nearest minute.
    pub fn minutes_observed(&self, now: Timestamp) -> Option<i64> {
        let started = self.state.started()?;
        let ended = self.state.ended().unwrap_or(now).max(started);
        Some(minutes_between(started, ended))
    }

    /// How many points of the checklist are ticked.
    pub fn ticked(&self) -> usize {
        self.answers.iter().filter(|ticked| **ticked).count()
    }
}

/// Whole minutes from one instant to another, rounded to the nearest.
pub fn minutes_between(from: Timestamp, until: Timestamp) -> i64 {
    (until.as_microsecond() - from.as_microsecond() + 30_000_000).div_euclid(60_000_000)
}
