//! The search for one trace after the other.

use std::collections::HashMap;

use crate::petri::{ModelError, States};

use super::bound::Bounds;
use super::{Aligned, Limits, Move};

/// State and position in one number.
type Node = u64;

/// How a node was reached: the cost so far, from where, and by which move.
#[derive(Debug, Clone, Copy)]
struct Reached {
    cost: u32,
    from: Node,
    step: Move,
    settled: bool,
}

impl Reached {
    fn by(step: Move, from: Node, cost: u32) -> Self {
        Self {
            cost,
            from,
            step,
            settled: false,
        }
    }
}

/// Working memory that is kept from trace to trace.
#[derive(Debug)]
pub struct Search<'a, 'net> {
    states: States<'net>,
    bounds: &'a Bounds,
    limits: Limits,
    reached: HashMap<Node, Reached, Spread>,
    /// Open nodes by what the whole alignment costs at least.
    open: Vec<Vec<Node>>,
    impossible: Vec<Option<Vec<u32>>>,
}

impl<'a, 'net> Search<'a, 'net> {
    /// A search that shares the states already listed.
    pub fn new(states: States<'net>, bounds: &'a Bounds, limits: Limits) -> Self {
        let impossible = vec![None; bounds.sets()];
        let (reached, open) = (HashMap::default(), Vec::new());
        Self {
            states,
            bounds,
            limits,
            reached,
            open,
            impossible,
        }
    }

    /// The cheapest alignment of one trace, given as labels of the net.
    pub fn run(&mut self, trace: &[Option<u32>]) -> Result<Aligned, ModelError> {
        self.reached.clear();
        self.open.clear();
        self.impossible.fill(None);
        let start = node(0, 0);
        // The move of the first node is never read.
        self.reach(trace, start, Reached::by(Move::Log { event: 0 }, start, 0));
        let mut bucket = 0;
        while bucket < self.open.len() {
            // The newest first: a fitting trace is then followed straight to its end.
            let Some(node) = self.open[bucket].pop() else {
                bucket += 1;
                continue;
            };
            let Some(reached) = self.reached.get_mut(&node).filter(|found| !found.settled) else {
                continue;
            };
            reached.settled = true;
            let cost = reached.cost;
            if position(node) as usize == trace.len() && self.states.last() == Some(state(node)) {
                return Ok(Aligned::Optimal {
                    cost,
                    moves: self.moves(node),
                });
            }
            if self.reached.len() > self.limits.visits_max {
                return Ok(Aligned::Unfinished {
                    cost_min: bucket as u32,
                });
            }
            self.expand(trace, node, cost);
        }
        Err(ModelError::DeadEnd)
    }

    fn expand(&mut self, trace: &[Option<u32>], from: Node, cost: u32) {
        let (state, at) = (state(from), position(from));
        let event = trace.get(at as usize);
        if event.is_some() {
            let step = Move::Log { event: at };
            let reached = Reached::by(step, from, cost + 1);
            self.reach(trace, node(state, at + 1), reached);
        }
        for index in 0..self.states.edges(state).len() {
            let edge = self.states.known(state)[index];
            let step = Move::Model {
                transition: edge.transition,
            };
            let paid = cost + u32::from(edge.label.is_some());
            self.reach(trace, node(edge.target, at), Reached::by(step, from, paid));
        }
        for index in 0..self.states.known(state).len() {
            let edge = self.states.known(state)[index];
            if edge.label.is_some() && event == Some(&edge.label) {
                let step = Move::Both {
                    event: at,
                    transition: edge.transition,
                };
                self.reach(
                    trace,
                    node(edge.target, at + 1),
                    Reached::by(step, from, cost),
                );
            }
        }
    }

    fn reach(&mut self, trace: &[Option<u32>], to: Node, new: Reached) {
        let Some(rest) = self.rest(trace, to) else {
            return;
        };
        match self.reached.get_mut(&to) {
            Some(known) if known.cost <= new.cost => return,
            Some(known) => *known = new,
            None => {
                self.reached.insert(to, new);
            }
        }
        let bucket = (new.cost + rest) as usize;
        if bucket >= self.open.len() {
            self.open.resize(bucket + 1, Vec::new());
        }
        self.open[bucket].push(to);
    }

    /// What is still to pay at least; `None` where no way leads to the end.
    fn rest(&mut self, trace: &[Option<u32>], at: Node) -> Option<u32> {
        let (state, position) = (state(at), position(at));
        let steps = self.bounds.steps(state)?;
        let set = self.bounds.set(state);
        let impossible = self.impossible[set as usize]
            .get_or_insert_with(|| self.bounds.impossible_from(set, trace))[position as usize];
        let usable = trace.len() as u32 - position - impossible;
        Some(impossible + steps.saturating_sub(usable))
    }

    fn moves(&self, last: Node) -> Vec<Move> {
        let mut moves = Vec::new();
        let mut at = last;
        while at != node(0, 0) {
            let reached = self.reached[&at];
            moves.push(reached.step);
            at = reached.from;
        }
        moves.reverse();
        moves
    }
}

fn node(state: u32, position: u32) -> Node {
    u64::from(state) << 32 | u64::from(position)
}

fn state(node: Node) -> u32 {
    (node >> 32) as u32
}

fn position(node: Node) -> u32 {
    node as u32
}

/// Spreads nodes over the table: they are small numbers that nobody chooses to collide.
#[derive(Debug, Clone, Copy, Default)]
struct Spread(u64);

impl std::hash::BuildHasher for Spread {
    type Hasher = Self;

    fn build_hasher(&self) -> Self {
        Self(0)
    }
}

impl std::hash::Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes
            .iter()
            .for_each(|&byte| self.write_u64(self.0 ^ u64::from(byte)));
    }

    fn write_u64(&mut self, number: u64) {
        let wide = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = wide ^ wide >> 32;
    }
}
