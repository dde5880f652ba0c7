//! Many replications of a model, or of two models with the same luck.

use std::fmt;

use crate::engine::{GivenUp, INSIDE_MAX, Replication};
use crate::model::{Model, Wrong};
use crate::plan::Plan;
use crate::random::Stream;
use crate::results::{Results, figures};

/// How often and with which luck a model is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Study {
    /// How many replications, 1 to 1,000,000.
    pub replications: u32,
    /// The seed: the same one gives the same luck, whatever the model.
    pub seed: u64,
    /// Events after which a replication is given up; a billion take some minutes.
    pub events_max: u64,
}

impl Default for Study {
    /// Twenty replications.
    fn default() -> Self {
        Self {
            replications: 20,
            seed: 1,
            events_max: 1_000_000_000,
        }
    }
}

/// Why there are no results.
#[derive(Debug, Clone, PartialEq)]
pub enum Stopped {
    /// The model cannot be played.
    Wrong(Wrong),
    /// The number of replications cannot be.
    Replications(u32),
    /// A replication had more events than allowed.
    Events(u64),
    /// More than four million were inside at this minute.
    Crowd(f64),
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wrong(wrong) => wrong.fmt(f),
            Self::Replications(count) => {
                write!(f, "{count} replications are not allowed; give 1 to 1000000")
            }
            Self::Events(most) => write!(
                f,
                "a replication has more than {most} events; shorten the horizon, or let loops end \
                 sooner"
            ),
            Self::Crowd(minute) => write!(
                f,
                "more than {INSIDE_MAX} are inside at minute {minute}: work comes faster than it \
                 is done; add staff, or let fewer come"
            ),
        }
    }
}

impl std::error::Error for Stopped {}

impl From<Wrong> for Stopped {
    fn from(wrong: Wrong) -> Self {
        Self::Wrong(wrong)
    }
}

/// Plays a model many times.
///
/// # Errors
/// [`Stopped`] names the element of the model that cannot be played, or says why a replication
/// found no end.
pub fn simulate(model: &Model, study: &Study) -> Result<Results, Stopped> {
    let (all, events) = play(model, study)?;
    Ok(Results::new(model, &all, events))
}

/// Plays two models with the same luck and gives the figures of the second minus those of the
/// first, replication by replication: what both owe to luck cancels, so that the intervals are
/// narrower than those of two independent studies.
///
/// Both models must have the same customers, steps, staff and rooms by name.
///
/// # Errors
/// As [`simulate`], and [`Stopped::Wrong`] naming the first list in which the names differ.
pub fn compare(before: &Model, after: &Model, study: &Study) -> Result<Results, Stopped> {
    same_names(before, after)?;
    let (mut all, events) = play(after, study)?;
    let (others, more) = play(before, study)?;
    for (one, other) in all.iter_mut().zip(&others) {
        for (figure, before) in one.iter_mut().zip(other) {
            *figure -= before;
        }
    }
    Ok(Results::new(after, &all, events + more))
}

fn play(model: &Model, study: &Study) -> Result<(Vec<Vec<f64>>, u64), Stopped> {
    if !(1..=1_000_000).contains(&study.replications) {
        return Err(Stopped::Replications(study.replications));
    }
    let plan = Plan::new(model)?;
    let mut all = Vec::new();
    let mut events = 0;
    for number in 0..study.replications {
        let luck = Stream::new(study.seed).part(u64::from(number));
        let mut run = Replication::new(&plan, luck);
        run.run(study.events_max)
            .map_err(|given_up| match given_up {
                GivenUp::Events => Stopped::Events(study.events_max),
                GivenUp::Crowd(minute) => Stopped::Crowd(minute),
            })?;
        events += run.events;
        all.push(figures(&plan, &run));
    }
    Ok((all, events))
}

fn same_names(before: &Model, after: &Model) -> Result<(), Wrong> {
    let lists = |model: &Model| {
        let customers: Vec<String> = model.customers.iter().map(|g| g.name.clone()).collect();
        let steps = model.steps.iter().map(|step| step.name.clone()).collect();
        let staff = model.staff.iter().map(|team| team.name.clone()).collect();
        let rooms = model.rooms.iter().map(|room| room.name.clone()).collect();
        [
            ("customers", customers),
            ("steps", steps),
            ("staff", staff),
            ("rooms", rooms),
        ]
    };
    for ((list, names), (_, others)) in lists(before).into_iter().zip(lists(after)) {
        if names != others {
            let reason = "both models must name the same ones in the same order to be compared";
            return Err(Wrong::new(list, reason));
        }
    }
    Ok(())
}
