//! Petri nets: places hold tokens, transitions move them.
//!
//! A net is the common language of every model here: a process tree, a BPMN diagram and a PNML
//! file all become one, and replay, alignment and precision read nothing else.

mod states;

use std::collections::HashMap;
use std::fmt;

use crate::Names;

pub use states::States;

/// How many tokens an arc moves, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arc {
    /// Index of the place.
    pub place: u32,
    /// Tokens moved each time, at least one.
    pub weight: u32,
}

/// Something that can happen: visible when it has a label, silent otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// Its name in the file it came from.
    pub name: String,
    /// Index into [`Net::labels`]; `None` for a silent step.
    pub label: Option<u32>,
    /// What it takes.
    pub inputs: Vec<Arc>,
    /// What it gives.
    pub outputs: Vec<Arc>,
}

/// Tokens by place: the index of a place stands once for each of its tokens, in ascending order.
pub type Marking = Vec<u32>;

/// The most tokens of one marking that are followed; a net beyond it produces without end.
pub const TOKENS_MAX: usize = 10_000;

/// A Petri net with a beginning and an end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Net {
    /// Names of the places.
    pub places: Vec<String>,
    /// What can happen.
    pub transitions: Vec<Transition>,
    /// Distinct activity names of the visible transitions.
    pub labels: Vec<String>,
    /// Where the tokens are before anything has happened.
    pub initial: Marking,
    /// Where they must be at the end.
    pub last: Marking,
}

/// Why a model cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelError {
    /// Part of the model is outside what is understood here.
    Unsupported {
        /// The element, by its name or id.
        element: String,
        /// What is allowed instead.
        allowed: &'static str,
    },
    /// No way leads from the beginning to the end.
    DeadEnd,
    /// More states than the caller allows.
    TooLarge {
        /// How many states were allowed.
        states_max: usize,
    },
    /// Text that is not a process tree.
    Syntax {
        /// Byte at which reading stopped.
        at: usize,
        /// What would have been allowed there.
        allowed: &'static str,
    },
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsupported { element, allowed } => write!(f, "element {element:?}: {allowed}"),
            Self::DeadEnd => write!(
                f,
                "the model cannot be finished: no order of its steps reaches the final marking; \
                 a model needs at least one way from its start to its end"
            ),
            Self::TooLarge { states_max } => write!(
                f,
                "the model has more than {states_max} states; use fewer parallel branches"
            ),
            Self::Syntax { at, allowed } => write!(f, "character {at}: expected {allowed}"),
        }
    }
}

impl std::error::Error for ModelError {}

impl Net {
    /// Adds a place and returns its index.
    pub fn place(&mut self, name: impl Into<String>) -> u32 {
        self.places.push(name.into());
        (self.places.len() - 1) as u32
    }

    /// Adds a transition with arcs of weight one and returns its index.
    pub fn transition(&mut self, label: Option<&str>, from: &[u32], to: &[u32]) -> u32 {
        let name = format!("t{}", self.transitions.len() + 1);
        let label = label.map(|label| self.label(label));
        let arcs = |places: &[u32]| {
            places
                .iter()
                .map(|&place| Arc { place, weight: 1 })
                .collect::<Vec<_>>()
        };
        let (inputs, outputs) = (arcs(from), arcs(to));
        self.transitions.push(Transition {
            name,
            label,
            inputs,
            outputs,
        });
        (self.transitions.len() - 1) as u32
    }

    /// The index of a label, added when it is new.
    pub fn label(&mut self, name: &str) -> u32 {
        // Few labels, or built once: a scan keeps the type free of a second index.
        match self.labels.iter().position(|label| label == name) {
            Some(found) => found as u32,
            None => {
                self.labels.push(name.to_owned());
                (self.labels.len() - 1) as u32
            }
        }
    }

    /// How many arcs connect places and transitions.
    pub fn arcs(&self) -> usize {
        self.transitions
            .iter()
            .map(|step| step.inputs.len() + step.outputs.len())
            .sum()
    }

    /// How many transitions are silent.
    pub fn silent(&self) -> usize {
        self.transitions
            .iter()
            .filter(|step| step.label.is_none())
            .count()
    }

    /// For each activity of a log its label in this net, where it has one.
    pub fn labels_of(&self, activities: &Names) -> Vec<Option<u32>> {
        let known: HashMap<&str, u32> = self
            .labels
            .iter()
            .map(String::as_str)
            .zip(0_u32..)
            .collect();
        activities
            .iter()
            .map(|name| known.get(name).copied())
            .collect()
    }

    /// Whether the transition can fire.
    pub fn enabled(&self, marking: &Marking, transition: u32) -> bool {
        let inputs = &self.transitions[transition as usize].inputs;
        inputs
            .iter()
            .all(|arc| tokens(marking, arc.place) >= arc.weight as usize)
    }

    /// The marking after the transition has fired, or `None` where it cannot, or where the net
    /// would hold more than [`TOKENS_MAX`] tokens.
    pub fn fire(&self, marking: &Marking, transition: u32) -> Option<Marking> {
        if !self.enabled(marking, transition) {
            return None;
        }
        let step = &self.transitions[transition as usize];
        let mut next = marking.clone();
        for arc in &step.inputs {
            let start = next.partition_point(|&place| place < arc.place);
            next.drain(start..start + arc.weight as usize);
        }
        for arc in &step.outputs {
            let start = next.partition_point(|&place| place < arc.place);
            if next.len() + arc.weight as usize > TOKENS_MAX {
                return None;
            }
            next.splice(
                start..start,
                std::iter::repeat_n(arc.place, arc.weight as usize),
            );
        }
        Some(next)
    }

    /// Takes the places without outgoing arcs as the end, one token each, where none is given.
    pub fn infer_ends(&mut self) {
        let mut takes = vec![false; self.places.len()];
        let mut gives = takes.clone();
        for step in &self.transitions {
            step.inputs
                .iter()
                .for_each(|arc| takes[arc.place as usize] = true);
            step.outputs
                .iter()
                .for_each(|arc| gives[arc.place as usize] = true);
        }
        let lone = |seen: &[bool]| {
            (0..seen.len() as u32)
                .filter(|&p| !seen[p as usize])
                .collect()
        };
        if self.initial.is_empty() {
            self.initial = lone(&gives);
        }
        if self.last.is_empty() {
            self.last = lone(&takes);
        }
    }
}

fn tokens(marking: &Marking, place: u32) -> usize {
    let start = marking.partition_point(|&other| other < place);
    marking[start..]
        .iter()
        .take_while(|&&other| other == place)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_move_by_the_weight_of_the_arc() {
        let mut net = Net::default();
        let (from, to) = (net.place("in"), net.place("out"));
        let step = net.transition(Some("pack"), &[from], &[to]) as usize;
        net.transitions[step].inputs[0].weight = 2;
        assert_eq!(net.fire(&vec![from], 0), None);
        assert_eq!(net.fire(&vec![from, from, from], 0), Some(vec![from, to]));
    }

    #[test]
    fn a_net_without_markings_begins_and_ends_at_its_lone_places() {
        let mut net = Net::default();
        let (from, to) = (net.place("in"), net.place("out"));
        net.transition(None, &[from], &[to]);
        net.infer_ends();
        assert_eq!((net.initial, net.last), (vec![from], vec![to]));
    }
}
