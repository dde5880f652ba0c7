//! Optimal alignments: the cheapest explanation of a trace by a model.
//!
//! A log move (an event the model does not allow) costs 1, a visible model move (a step the trace
//! lacks) costs 1, synchronous and silent moves cost 0. Source: Adriansyah, *Aligning observed and
//! modeled behavior*, 2014.
//!
//! The search is A* over (state of the net, position in the trace). Its bound for what is still to
//! pay: events whose label can no longer occur are log moves, and the visible steps that the model
//! needs at least, less the events that could serve them, are model moves. The bound never grows
//! by more than a move costs, so a node is settled once.

mod bound;
mod search;

use crate::petri::{ModelError, Net, States};
use crate::traces::Traces;

use bound::Bounds;
use search::Search;

/// How far a search may go before it says "not finished".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// States of the model that are listed beforehand; beyond it the bound is weaker.
    pub states_max: usize,
    /// Pairs of state and position visited for one trace.
    pub visits_max: usize,
    /// The same for all traces together: each gets its even share, but never fewer than 20,000.
    pub visits_total_max: usize,
    /// Threads to work on, at least one.
    pub threads: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            states_max: 200_000,
            visits_max: 2_000_000,
            visits_total_max: 100_000_000,
            threads: 2,
        }
    }
}

impl Limits {
    /// The even share of one of so many traces.
    fn shared(self, traces: usize) -> Self {
        const SHARE_MIN: usize = 20_000;
        let share = (self.visits_total_max / traces.max(1)).max(SHARE_MIN);
        Self {
            visits_max: self.visits_max.min(share),
            ..self
        }
    }
}

/// Visits allowed for the shortest run of the model; about half a gigabyte.
const SHORTEST_RUN_VISITS_MAX: usize = 8_000_000;

/// One step of an alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Trace and model agree.
    Both {
        /// Position in the trace.
        event: u32,
        /// Transition of the net.
        transition: u32,
    },
    /// The trace has an event that the model does not allow here.
    Log {
        /// Position in the trace.
        event: u32,
    },
    /// The model has a step that the trace lacks; free when the transition is silent.
    Model {
        /// Transition of the net.
        transition: u32,
    },
}

/// What the search found for one trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aligned {
    /// The cheapest alignment.
    Optimal {
        /// Log moves and visible model moves together.
        cost: u32,
        /// All moves in order.
        moves: Vec<Move>,
    },
    /// The limits stopped the search; the optimal cost is not below `cost_min`.
    Unfinished {
        /// Lower bound of the cost.
        cost_min: u32,
    },
}

/// Alignments of all traces of a log with one net.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alignments {
    /// One per trace, in the order of [`Traces::traces`].
    pub traces: Vec<Aligned>,
    /// Visible steps of the shortest run of the model.
    pub shortest_run: u32,
}

/// Aligns every trace with the net.
///
/// ```
/// use mining::{Traces, Tree, alignment::{Aligned, Limits, align}};
/// let net = "->( 'greet', 'serve', 'pay' )".parse::<Tree>().unwrap().net();
/// let traces = Traces::from_names(&[(["greet", "pay"], 3)]);
/// let found = align(&net, &traces, Limits::default()).unwrap();
/// assert!(matches!(found.traces[0], Aligned::Optimal { cost: 1, .. }));
/// ```
///
/// # Errors
/// `DeadEnd` where the net cannot reach its final marking; `TooLarge` where even the shortest run
/// was not found within the limits.
pub fn align(net: &Net, traces: &Traces, limits: Limits) -> Result<Alignments, ModelError> {
    let mut states = States::new(net);
    let complete = states.explore(limits.states_max);
    if complete && states.last().is_none() {
        return Err(ModelError::DeadEnd);
    }
    let bounds = Bounds::of(net, &states, complete);
    let labels = net.labels_of(&traces.names);
    // Every figure rests on the shortest run: it has the patience of many traces, within memory.
    let patient = Limits {
        visits_max: limits.visits_total_max.min(SHORTEST_RUN_VISITS_MAX),
        ..limits
    };
    let shortest_run = match Search::new(states.clone(), &bounds, patient).run(&[])? {
        Aligned::Optimal { cost, .. } => cost,
        Aligned::Unfinished { .. } => {
            return Err(ModelError::TooLarge {
                states_max: patient.visits_max,
            });
        }
    };
    let rows: Vec<Vec<Option<u32>>> = traces
        .traces
        .iter()
        .map(|trace| {
            trace
                .activities
                .iter()
                .map(|&activity| labels[activity as usize])
                .collect()
        })
        .collect();
    let limits = limits.shared(rows.len());
    let found = in_parallel(&rows, &states, &bounds, limits)?;
    Ok(Alignments {
        traces: found,
        shortest_run,
    })
}

/// Deals the traces out to the threads like cards: neighbours are about equally long.
fn in_parallel(
    rows: &[Vec<Option<u32>>],
    states: &States<'_>,
    bounds: &Bounds,
    limits: Limits,
) -> Result<Vec<Aligned>, ModelError> {
    let threads = limits.threads.clamp(1, rows.len().max(1));
    let work = |first: usize| -> Result<Vec<Aligned>, ModelError> {
        let mut search = Search::new(states.clone(), bounds, limits);
        rows.iter()
            .skip(first)
            .step_by(threads)
            .map(|row| search.run(row))
            .collect()
    };
    let parts: Vec<Result<Vec<Aligned>, ModelError>> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads)
            .map(|first| scope.spawn(move || work(first)))
            .collect();
        let own = work(0);
        let joined = others
            .into_iter()
            .map(|one| one.join().expect("a search does not panic"));
        std::iter::once(own).chain(joined).collect()
    });
    let mut parts: Vec<_> = parts
        .into_iter()
        .map(|part| part.map(Vec::into_iter))
        .collect::<Result<_, _>>()?;
    Ok((0..rows.len())
        .filter_map(|index| parts[index % threads].next())
        .collect())
}
