//! Discovery: a block-structured model from a log, so that a shop without a design gets one.
//!
//! The inductive miner cuts the directly-follows graph into a choice, a sequence, a parallel block
//! or a loop, splits the log along the cut and goes on inside. Where nothing can be cut, it falls
//! back on ever looser patterns; with noise above 0 it first leaves rare neighbours out of the
//! graph (IMf). Without noise the model fits the whole log. Source: Leemans, Fahland, van der
//! Aalst, *Discovering block-structured process models from event logs*, 2013, and *… containing
//! infrequent behaviour*, 2014. Two choices differ from the latter: an activity that any case
//! repeats becomes a loop, and sequences are cut by what can be reached, not by what often follows
//! later (see `docs/decisions/mining.md` for what each would cost).

mod bits;
mod cut;
mod fallback;
mod graph;
mod split;

use crate::traces::Traces;
use crate::tree::Tree;

use graph::Graph;

/// Blocks inside each other before the rest becomes "anything in any order".
const DEPTH_MAX: usize = 200;

/// Distinct traces with their counts; activities are ranks of names.
type Log = Vec<(Vec<u32>, u64)>;

/// Discovers a model.
///
/// `noise` is the share, from 0 to 1, below which a neighbour counts as an exception: 0 keeps all,
/// 0.2 suits most logs. Values outside count as the nearest of the two; NaN counts as 0.
///
/// ```
/// use mining::{Traces, discovery::discover};
/// let traces = Traces::from_names(&[
///     (vec!["greet", "serve", "pay"], 5),
///     (vec!["greet", "pay"], 2),
/// ]);
/// assert_eq!(discover(&traces, 0.0).to_string(), "->( 'greet', X( tau, 'serve' ), 'pay' )");
/// ```
pub fn discover(traces: &Traces, noise: f64) -> Tree {
    // Ranks instead of numbers: the model does not depend on the order of the file.
    let ranks = traces.names.ranks();
    let mut names = vec![String::new(); ranks.len()];
    for (name, &rank) in traces.names.iter().zip(&ranks) {
        name.clone_into(&mut names[rank as usize]);
    }
    let log = traces
        .traces
        .iter()
        .map(|trace| {
            let ranked = trace
                .activities
                .iter()
                .map(|&activity| ranks[activity as usize]);
            (ranked.collect(), trace.cases)
        })
        .collect();
    let noise = if noise.is_nan() {
        0.0
    } else {
        noise.clamp(0.0, 1.0)
    };
    Miner { names, noise }.mine(log, 0).simplified()
}

struct Miner {
    names: Vec<String>,
    noise: f64,
}

impl Miner {
    fn mine(&self, log: Log, depth: usize) -> Tree {
        let mut log = split::joined(log);
        let cases: u64 = log.iter().map(|(_, cases)| cases).sum();
        let empty: u64 = log
            .iter()
            .filter(|(trace, _)| trace.is_empty())
            .map(|row| row.1)
            .sum();
        log.retain(|(trace, _)| !trace.is_empty());
        if log.is_empty() {
            return Tree::Silent;
        }
        let tree = self.mine_filled(log, depth);
        if empty as f64 > self.noise * cases as f64 {
            tree.optional()
        } else {
            tree
        }
    }

    /// The model of a log without empty traces.
    fn mine_filled(&self, log: Log, depth: usize) -> Tree {
        let graph = Graph::of(&log);
        if let [only] = graph.activities[..] {
            return self.single(&log, only);
        }
        if depth >= DEPTH_MAX {
            return self.flower(&graph);
        }
        if let Some(cut) = cut::find(&graph) {
            return self.follow(&log, &cut, depth);
        }
        if self.noise > 0.0
            && let Some(cut) = cut::find(&graph.without_rare(self.noise))
        {
            return self.follow(&log, &cut, depth);
        }
        self.fall_back(log, &graph, depth)
    }

    /// One activity: once, or in a loop where any case repeats it.
    fn single(&self, log: &Log, activity: u32) -> Tree {
        let tree = Tree::Activity(self.names[activity as usize].clone());
        if log.iter().any(|(trace, _)| trace.len() > 1) {
            tree.repeated()
        } else {
            tree
        }
    }

    fn follow(&self, log: &Log, cut: &cut::Cut, depth: usize) -> Tree {
        let mut parts = split::along(log, cut)
            .into_iter()
            .map(|part| self.mine(part, depth + 1));
        match cut.kind {
            cut::Kind::Choice => Tree::Choice(parts.collect()),
            cut::Kind::Sequence => Tree::Sequence(parts.collect()),
            cut::Kind::Parallel => Tree::Parallel(parts.collect()),
            cut::Kind::Loop => {
                let body = parts.next().unwrap_or(Tree::Silent);
                Tree::Loop(Box::new(body), parts.collect())
            }
        }
    }

    fn flower(&self, graph: &Graph) -> Tree {
        Tree::flower(
            graph
                .activities
                .iter()
                .map(|&id| self.names[id as usize].clone()),
        )
    }
}
