//! Token-based replay: a quick, approximate check that counts tokens missing and left over.
//!
//! Source: Rozinat, van der Aalst, *Conformance checking of processes based on monitoring real
//! behavior*, 2008. Silent transitions fire along a shortest way that enables the next event; where
//! there is none, the missing tokens are added. Use [`crate::alignment`] where exactness counts.

use std::collections::{HashMap, VecDeque};

use crate::petri::{Marking, Net};
use crate::traces::Traces;

/// The most markings tried on the silent way to one event.
const TRIES_MAX: usize = 10_000;

/// Tokens counted while replaying.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tokens {
    /// Put into places, the initial ones included.
    pub produced: u64,
    /// Taken out of places, the final ones included.
    pub consumed: u64,
    /// Taken although they were not there.
    pub missing: u64,
    /// Left over at the end.
    pub remaining: u64,
}

impl Tokens {
    /// 0.5 (1 − missing / consumed) + 0.5 (1 − remaining / produced).
    pub fn fitness(self) -> f64 {
        let share = |part: u64, whole: u64| {
            if whole == 0 {
                0.0
            } else {
                part as f64 / whole as f64
            }
        };
        1.0 - 0.5 * (share(self.missing, self.consumed) + share(self.remaining, self.produced))
    }

    fn add(&mut self, other: Self, times: u64) {
        self.produced += other.produced * times;
        self.consumed += other.consumed * times;
        self.missing += other.missing * times;
        self.remaining += other.remaining * times;
    }
}

/// The replay of a log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replay {
    /// Sums over cases.
    pub tokens: Tokens,
    /// Cases without a missing or remaining token and without an unknown activity.
    pub fitting_cases: u64,
    /// Tokens of each trace, in the order of [`Traces::traces`].
    pub traces: Vec<Tokens>,
}

/// Replays every trace on the net.
pub fn replay(net: &Net, traces: &Traces) -> Replay {
    let labels = net.labels_of(&traces.names);
    let mut by_label: HashMap<u32, Vec<u32>> = HashMap::new();
    for (index, step) in net.transitions.iter().enumerate() {
        if let Some(label) = step.label {
            by_label.entry(label).or_default().push(index as u32);
        }
    }
    let mut total = Replay::default();
    for trace in &traces.traces {
        let mut run = Run {
            net,
            marking: net.initial.clone(),
            tokens: Tokens {
                produced: net.initial.len() as u64,
                ..Tokens::default()
            },
        };
        let mut unknown = false;
        for &activity in &trace.activities {
            let label = labels[activity as usize];
            match label.and_then(|label| by_label.get(&label)) {
                Some(transitions) => run.event(transitions),
                None => unknown = true,
            }
        }
        let tokens = run.end();
        if !unknown && tokens.missing == 0 && tokens.remaining == 0 {
            total.fitting_cases += trace.cases;
        }
        total.tokens.add(tokens, trace.cases);
        total.traces.push(tokens);
    }
    total
}

struct Run<'net> {
    net: &'net Net,
    marking: Marking,
    tokens: Tokens,
}

impl Run<'_> {
    fn event(&mut self, transitions: &[u32]) {
        let net = self.net;
        let enabled = |marking: &Marking| transitions.iter().any(|&t| net.enabled(marking, t));
        self.walk_to(enabled);
        let ready = transitions
            .iter()
            .copied()
            .find(|&t| net.enabled(&self.marking, t));
        let chosen = ready.unwrap_or_else(|| {
            let lacking = |&t: &u32| self.lacking(t).len();
            transitions
                .iter()
                .copied()
                .min_by_key(lacking)
                .unwrap_or_default()
        });
        for place in self.lacking(chosen) {
            self.tokens.missing += 1;
            let at = self.marking.partition_point(|&other| other < place);
            self.marking.insert(at, place);
        }
        self.fire(chosen);
    }

    /// Places of the tokens that the transition needs and that are not there.
    fn lacking(&self, transition: u32) -> Vec<u32> {
        let mut lacking = Vec::new();
        for arc in &self.net.transitions[transition as usize].inputs {
            let there = self
                .marking
                .iter()
                .filter(|&&place| place == arc.place)
                .count();
            let short = (arc.weight as usize).saturating_sub(there);
            lacking.extend(std::iter::repeat_n(arc.place, short));
        }
        lacking
    }

    fn fire(&mut self, transition: u32) {
        let weight =
            |arcs: &[crate::petri::Arc]| arcs.iter().map(|arc| u64::from(arc.weight)).sum();
        let step = &self.net.transitions[transition as usize];
        let (taken, given): (u64, u64) = (weight(&step.inputs), weight(&step.outputs));
        if let Some(next) = self.net.fire(&self.marking, transition) {
            self.marking = next;
            self.tokens.consumed += taken;
            self.tokens.produced += given;
        }
    }

    /// Fires silent transitions along a shortest way to a marking that is good, if there is one.
    fn walk_to(&mut self, good: impl Fn(&Marking) -> bool) {
        if good(&self.marking) {
            return;
        }
        let silent: Vec<u32> = (0..self.net.transitions.len() as u32)
            .filter(|&index| self.net.transitions[index as usize].label.is_none())
            .collect();
        let mut before: HashMap<Marking, (Marking, u32)> = HashMap::new();
        let mut open = VecDeque::from([self.marking.clone()]);
        while let Some(marking) = open.pop_front() {
            if before.len() > TRIES_MAX {
                return;
            }
            for &transition in &silent {
                let Some(next) = self.net.fire(&marking, transition) else {
                    continue;
                };
                if next == self.marking || before.contains_key(&next) {
                    continue;
                }
                before.insert(next.clone(), (marking.clone(), transition));
                if good(&next) {
                    self.follow(&before, next);
                    return;
                }
                open.push_back(next);
            }
        }
    }

    fn follow(&mut self, before: &HashMap<Marking, (Marking, u32)>, mut at: Marking) {
        let mut way = Vec::new();
        while let Some((earlier, transition)) = before.get(&at) {
            way.push(*transition);
            at = earlier.clone();
        }
        way.into_iter()
            .rev()
            .for_each(|transition| self.fire(transition));
    }

    fn end(mut self) -> Tokens {
        let last = self.net.last.clone();
        self.walk_to(|marking| *marking == last);
        self.tokens.consumed += last.len() as u64;
        let mut left = self.marking;
        for place in last {
            match left.iter().position(|&other| other == place) {
                Some(found) => drop(left.remove(found)),
                None => self.tokens.missing += 1,
            }
        }
        self.tokens.remaining += left.len() as u64;
        self.tokens
    }
}
