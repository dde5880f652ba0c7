//! The states a net can be in, found once and walked many times.

use std::collections::{HashMap, HashSet};

use super::{Marking, ModelError, Net};

/// A firing: which transition, and the state after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// Index of the transition.
    pub transition: u32,
    /// Its label, `None` for a silent step.
    pub label: Option<u32>,
    /// The state after it.
    pub target: u32,
}

/// The reachable markings of a net as numbered states; state 0 is the initial marking.
///
/// Markings are followed on demand: what was asked for once is remembered.
#[derive(Debug, Clone)]
pub struct States<'net> {
    net: &'net Net,
    numbers: HashMap<Marking, u32>,
    markings: Vec<Marking>,
    edges: Vec<Option<Vec<Edge>>>,
    takers: Vec<Vec<u32>>,
    last: Option<u32>,
}

impl<'net> States<'net> {
    /// The initial state alone.
    pub fn new(net: &'net Net) -> Self {
        let mut takers = vec![Vec::new(); net.places.len() + 1];
        for (index, step) in net.transitions.iter().enumerate() {
            // A transition is looked for where its first token lies; one without input anywhere.
            let home = step
                .inputs
                .first()
                .map_or(net.places.len(), |arc| arc.place as usize);
            takers[home].push(index as u32);
        }
        let mut states = Self {
            net,
            numbers: HashMap::new(),
            markings: Vec::new(),
            edges: Vec::new(),
            takers,
            last: None,
        };
        states.number(net.initial.clone());
        states
    }

    /// Every reachable state.
    ///
    /// # Errors
    /// `TooLarge` beyond `states_max`; `DeadEnd` where the final marking is not among them.
    pub fn all(net: &'net Net, states_max: usize) -> Result<Self, ModelError> {
        let mut states = Self::new(net);
        if !states.explore(states_max) {
            return Err(ModelError::TooLarge { states_max });
        }
        if states.last.is_none() {
            return Err(ModelError::DeadEnd);
        }
        Ok(states)
    }

    /// Follows markings until all are known or there are too many; whether all are known.
    pub fn explore(&mut self, states_max: usize) -> bool {
        let mut next = 0;
        while next < self.markings.len() {
            if self.markings.len() > states_max {
                return false;
            }
            self.edges(next as u32);
            next += 1;
        }
        true
    }

    /// What can happen in a state.
    pub fn edges(&mut self, state: u32) -> &[Edge] {
        if self.edges[state as usize].is_none() {
            let found = self.follow(state);
            self.edges[state as usize] = Some(found);
        }
        self.known(state)
    }

    /// What can happen in a state that was followed before; empty for others.
    pub fn known(&self, state: u32) -> &[Edge] {
        self.edges[state as usize].as_deref().unwrap_or_default()
    }

    /// How many states are known.
    pub fn len(&self) -> usize {
        self.markings.len()
    }

    /// Whether no state is known, which never happens.
    pub fn is_empty(&self) -> bool {
        self.markings.is_empty()
    }

    /// The state of the final marking, once it has been reached.
    pub fn last(&self) -> Option<u32> {
        self.last
    }

    /// The marking of a state.
    pub fn marking(&self, state: u32) -> &Marking {
        &self.markings[state as usize]
    }

    fn follow(&mut self, state: u32) -> Vec<Edge> {
        let net = self.net;
        let marking = self.markings[state as usize].clone();
        let mut places = marking.clone();
        places.dedup();
        places.push(net.places.len() as u32);
        let mut candidates: Vec<u32> = places
            .iter()
            .flat_map(|&place| self.takers[place as usize].iter().copied())
            .collect();
        candidates.sort_unstable();
        let mut found = Vec::new();
        for transition in candidates {
            let Some(next) = net.fire(&marking, transition) else {
                continue;
            };
            let target = self.number(next);
            let label = net.transitions[transition as usize].label;
            found.push(Edge {
                transition,
                label,
                target,
            });
        }
        found
    }

    /// The number of a marking, a new one where it was not seen before.
    pub fn number(&mut self, marking: Marking) -> u32 {
        if let Some(&known) = self.numbers.get(&marking) {
            return known;
        }
        let number = self.markings.len() as u32;
        if marking == self.net.last {
            self.last = Some(number);
        }
        self.numbers.insert(marking.clone(), number);
        self.markings.push(marking);
        self.edges.push(None);
        number
    }

    /// All states reachable from these by silent steps among those followed, themselves included,
    /// in ascending order.
    pub fn silently(&self, from: &[u32]) -> Vec<u32> {
        let mut seen: Vec<u32> = from.to_vec();
        let mut inside: HashSet<u32> = seen.iter().copied().collect();
        let mut next = 0;
        while next < seen.len() {
            let silent = self
                .known(seen[next])
                .iter()
                .filter(|edge| edge.label.is_none());
            next += 1;
            for edge in silent {
                if inside.insert(edge.target) {
                    seen.push(edge.target);
                }
            }
        }
        seen.sort_unstable();
        seen
    }
}
