//! What is known about the rest of a run from each state of the net.

use std::collections::{HashMap, VecDeque};

use crate::petri::{Net, States};

/// The most words of label sets that are kept; beyond it every label counts as possible.
const WORDS_MAX: usize = 8_000_000;

/// Lower bounds by state.
#[derive(Debug, Clone)]
pub struct Bounds {
    /// Visible steps needed from each state to the end; `u32::MAX` where there is no way.
    steps: Vec<u32>,
    /// Which set of possible labels each state has.
    set: Vec<u32>,
    /// The sets, as bits by label.
    sets: Vec<Vec<u64>>,
}

impl Bounds {
    /// Exact where all states are known; nothing but the labels of the net otherwise.
    pub fn of(net: &Net, states: &States<'_>, complete: bool) -> Self {
        let words = net.labels.len().div_ceil(64);
        let every = vec![u64::MAX; words];
        if !complete {
            return Self {
                steps: Vec::new(),
                set: Vec::new(),
                sets: vec![every],
            };
        }
        let before = reversed(states);
        let steps = steps_to_end(states, &before);
        if words * states.len() > WORDS_MAX {
            return Self {
                steps,
                set: vec![0; states.len()],
                sets: vec![every],
            };
        }
        let (set, sets) = numbered(labels_ahead(states, &before, words));
        Self { steps, set, sets }
    }

    /// Visible steps needed at least from the state to the end; `None` where there is no way.
    pub fn steps(&self, state: u32) -> Option<u32> {
        match self.steps.get(state as usize) {
            Some(&u32::MAX) => None,
            Some(&steps) => Some(steps),
            None => Some(0),
        }
    }

    /// The number of the set of labels that can still occur from the state.
    pub fn set(&self, state: u32) -> u32 {
        self.set.get(state as usize).copied().unwrap_or(0)
    }

    /// How many sets there are.
    pub fn sets(&self) -> usize {
        self.sets.len()
    }

    /// For each position of the trace: how many events from there on have no label in the set.
    pub fn impossible_from(&self, set: u32, trace: &[Option<u32>]) -> Vec<u32> {
        let bits = &self.sets[set as usize];
        let mut counts = vec![0; trace.len() + 1];
        for (position, label) in trace.iter().enumerate().rev() {
            let possible =
                label.is_some_and(|label| bits[label as usize / 64] >> (label % 64) & 1 == 1);
            counts[position] = counts[position + 1] + u32::from(!possible);
        }
        counts
    }
}

/// For each state the states before it, with the label between.
fn reversed(states: &States<'_>) -> Vec<Vec<(u32, Option<u32>)>> {
    let mut before = vec![Vec::new(); states.len()];
    for state in 0..states.len() as u32 {
        for edge in states.known(state) {
            before[edge.target as usize].push((state, edge.label));
        }
    }
    before
}

fn steps_to_end(states: &States<'_>, before: &[Vec<(u32, Option<u32>)>]) -> Vec<u32> {
    let mut steps = vec![u32::MAX; states.len()];
    let mut open = VecDeque::new();
    if let Some(last) = states.last() {
        steps[last as usize] = 0;
        open.push_back((0, last));
    }
    while let Some((known, state)) = open.pop_front() {
        if steps[state as usize] < known {
            continue;
        }
        for &(earlier, label) in &before[state as usize] {
            let found = known + u32::from(label.is_some());
            if found < steps[earlier as usize] {
                steps[earlier as usize] = found;
                // Silent steps cost nothing: they go to the front, which keeps the queue sorted.
                match label {
                    Some(_) => open.push_back((found, earlier)),
                    None => open.push_front((found, earlier)),
                }
            }
        }
    }
    steps
}

/// For each state the labels on any way ahead of it, as bits.
fn labels_ahead(
    states: &States<'_>,
    before: &[Vec<(u32, Option<u32>)>],
    words: usize,
) -> Vec<Vec<u64>> {
    let mut ahead = vec![vec![0_u64; words]; states.len()];
    let mut waiting = vec![true; states.len()];
    let mut open: Vec<u32> = (0..states.len() as u32).collect();
    while let Some(state) = open.pop() {
        waiting[state as usize] = false;
        let set = ahead[state as usize].clone();
        for &(earlier, label) in &before[state as usize] {
            let target = &mut ahead[earlier as usize];
            let mut grown = false;
            for (word, (own, new)) in target.iter_mut().zip(&set).enumerate() {
                let bit = match label {
                    Some(label) if label as usize / 64 == word => 1 << (label % 64),
                    _ => 0,
                };
                grown |= *own | new | bit != *own;
                *own |= new | bit;
            }
            if grown && !waiting[earlier as usize] {
                waiting[earlier as usize] = true;
                open.push(earlier);
            }
        }
    }
    ahead
}

/// Equal sets share a number.
fn numbered(sets: Vec<Vec<u64>>) -> (Vec<u32>, Vec<Vec<u64>>) {
    let mut numbers: HashMap<Vec<u64>, u32> = HashMap::new();
    let mut distinct = Vec::new();
    let of_state = sets
        .into_iter()
        .map(|set| {
            *numbers.entry(set).or_insert_with_key(|set| {
                distinct.push(set.clone());
                (distinct.len() - 1) as u32
            })
        })
        .collect();
    (of_state, distinct)
}
