//! Variants: the distinct sequences of activities, and how many cases follow each.

use std::cmp::Reverse;
use std::ops::Range;

use crate::parallel::{each, shares};
use crate::{EventLog, Micros, Summary};

/// The distinct activity sequences of a log: the most frequent first, equal counts in the order
/// of their activities' names, compared one after the other by code points.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variants {
    /// How many cases follow each variant.
    pub counts: Vec<u32>,
    /// The variant of each case; `u32::MAX` for a case without events.
    pub case_variant: Vec<u32>,
    offsets: Vec<u32>,
    activities: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Variants {
    /// The variants of a log, found on `threads` threads.
    pub fn of(log: &EventLog, threads: usize) -> Self {
        let shares = shares(log, threads);
        let found = each(shares.clone(), |cases| Found::in_cases(log, cases));
        let mut all = Found::default();
        let mut renumbered = Vec::with_capacity(found.len());
        for share in &found {
            renumbered.push(all.absorb(log, share));
        }
        let order = order(log, &all);
        let mut place = vec![0; order.len()];
        for (rank, &variant) in order.iter().enumerate() {
            place[variant as usize] = rank as u32;
        }
        let mut case_variant = Vec::with_capacity(log.case_count());
        for (share, numbers) in found.iter().zip(&renumbered) {
            case_variant.extend(share.case_variant.iter().map(|&local| match local {
                NONE => NONE,
                local => place[numbers[local as usize] as usize],
            }));
        }
        Self::collect(log, &all, &order, case_variant)
    }

    fn collect(log: &EventLog, all: &Found, order: &[u32], case_variant: Vec<u32>) -> Self {
        let mut variants = Self {
            counts: Vec::with_capacity(order.len()),
            case_variant,
            offsets: vec![0],
            activities: Vec::new(),
        };
        for &variant in order {
            let example = all.examples[variant as usize] as usize;
            let activities = &log.activities()[log.case_events(example)];
            variants.activities.extend_from_slice(activities);
            variants.offsets.push(variants.activities.len() as u32);
            variants.counts.push(all.counts[variant as usize]);
        }
        variants
    }

    /// How many variants.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether there are none, as in a log without events.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The activities of a variant, in order.
    pub fn activities(&self, variant: usize) -> &[u32] {
        let (begin, end) = (self.offsets[variant], self.offsets[variant + 1]);
        &self.activities[begin as usize..end as usize]
    }

    /// The smallest number of variants, the frequent ones first, that cover at least `share` of the
    /// cases (0 to 1).
    pub fn needed_for(&self, share: f64) -> usize {
        let cases: u64 = self.counts.iter().map(|&count| u64::from(count)).sum();
        let mut covered = 0;
        for (taken, &count) in self.counts.iter().enumerate() {
            if covered as f64 >= share * cases as f64 {
                return taken;
            }
            covered += u64::from(count);
        }
        self.len()
    }

    /// How long the cases of each variant took, from first start to last end, in microseconds.
    pub fn durations(&self, log: &EventLog) -> Vec<Summary> {
        let mut offsets = vec![0];
        for &count in &self.counts {
            offsets.push(offsets[offsets.len() - 1] + count as usize);
        }
        let mut next = offsets.clone();
        let mut values: Vec<Micros> = vec![0; offsets[self.len()]];
        for (case, &variant) in self.case_variant.iter().enumerate() {
            if let Some((start, end)) = log.case_span(case) {
                values[next[variant as usize]] = end - start;
                next[variant as usize] += 1;
            }
        }
        (0..self.len())
            .map(|v| &offsets[v..=v + 1])
            .map(|bounds| Summary::of(&mut values[bounds[0]..bounds[1]]))
            .map(|summary| summary.expect("a variant has a case"))
            .collect()
    }
}

/// Variants by an example case, in the order in which they were first seen.
#[derive(Default)]
struct Found {
    examples: Vec<u32>,
    hashes: Vec<u32>,
    counts: Vec<u32>,
    case_variant: Vec<u32>,
    slots: Vec<u32>,
}

impl Found {
    fn in_cases(log: &EventLog, cases: Range<usize>) -> Self {
        let mut found = Self::default();
        found.case_variant.reserve_exact(cases.len());
        for case in cases {
            let activities = &log.activities()[log.case_events(case)];
            let variant = if activities.is_empty() {
                NONE
            } else {
                found.add(log, case as u32, hash(activities), 1)
            };
            found.case_variant.push(variant);
        }
        found
    }

    /// Takes in another share's variants; returns their numbers here.
    fn absorb(&mut self, log: &EventLog, other: &Self) -> Vec<u32> {
        (0..other.examples.len())
            .map(|v| self.add(log, other.examples[v], other.hashes[v], other.counts[v]))
            .collect()
    }

    fn add(&mut self, log: &EventLog, case: u32, hash: u32, count: u32) -> u32 {
        if (self.examples.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let activities = &log.activities()[log.case_events(case as usize)];
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let variant = self.slots[slot];
            if variant == NONE {
                self.slots[slot] = self.examples.len() as u32;
                self.examples.push(case);
                self.hashes.push(hash);
                self.counts.push(count);
                return self.slots[slot];
            }
            let example = self.examples[variant as usize] as usize;
            if self.hashes[variant as usize] == hash
                && log.activities()[log.case_events(example)] == *activities
            {
                self.counts[variant as usize] += count;
                return variant;
            }
            slot = (slot + 1) & mask;
        }
    }

    fn grow(&mut self) {
        self.slots = vec![NONE; (self.slots.len() * 2).max(64)];
        let mask = self.slots.len() - 1;
        for (variant, &hash) in self.hashes.iter().enumerate() {
            let mut slot = hash as usize & mask;
            while self.slots[slot] != NONE {
                slot = (slot + 1) & mask;
            }
            self.slots[slot] = variant as u32;
        }
    }
}

fn hash(activities: &[u32]) -> u32 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut state = activities.len() as u64;
    for &activity in activities {
        state = (state.rotate_left(5) ^ u64::from(activity)).wrapping_mul(ODD);
    }
    (state >> 32) as u32
}

/// Variants by count, then by names.
fn order(log: &EventLog, found: &Found) -> Vec<u32> {
    let ranks = log.activity_names().ranks();
    let sequence = |variant: u32| {
        let example = found.examples[variant as usize] as usize;
        let activities = &log.activities()[log.case_events(example)];
        activities.iter().map(|&activity| ranks[activity as usize])
    };
    // As many leading ranks as fit into a word decide most comparisons without reading the events.
    let bits = usize::BITS - ranks.len().leading_zeros();
    let heads = |variant: u32| {
        let fit = (64 / bits.max(1)) as usize;
        let heads = sequence(variant).map(|rank| u64::from(rank) + 1);
        let heads = heads.chain(std::iter::repeat(0)).take(fit);
        heads.fold(0, |word, head| word << bits | head)
    };
    let mut keys: Vec<(Reverse<u32>, u64, u32)> = (0..found.examples.len() as u32)
        .map(|variant| {
            let count = Reverse(found.counts[variant as usize]);
            (count, heads(variant), variant)
        })
        .collect();
    keys.sort_unstable_by(|a, b| {
        let known = (a.0, a.1).cmp(&(b.0, b.1));
        known.then_with(|| sequence(a.2).cmp(sequence(b.2)))
    });
    keys.into_iter().map(|(_, _, variant)| variant).collect()
}
