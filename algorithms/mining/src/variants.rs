//! Variants: the distinct sequences of activities, and how many cases follow each.

use std::cmp::Ordering;

use crate::parallel::{each, shares};
use crate::{EventLog, Micros, Summary};

/// The distinct activity sequences of a log: the most frequent first, equal counts in the order
/// of their activities' names, compared one after the other by code points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variants<'log> {
    /// How many cases follow each variant.
    pub counts: Vec<u32>,
    /// The variant of each case; `u32::MAX` for a case without events.
    pub case_variant: Vec<u32>,
    spans: Vec<(u32, u32)>,
    activities: &'log [u32],
}

const NONE: u32 = u32::MAX;

impl<'log> Variants<'log> {
    /// The variants of a log, found on `threads` threads.
    pub fn of(log: &'log EventLog, threads: usize) -> Self {
        let hashes = each(shares(log, threads), |cases| {
            cases.map(|case| hash(log, case)).collect::<Vec<u64>>()
        })
        .concat();
        // Equal sequences have equal hashes, so each thread finds whole variants.
        let parts = threads.clamp(1, log.case_count().max(1)) as u64;
        let order = Order::of(log);
        let found = each((0..parts).collect(), |part| {
            let mut found = Found::with_hashes(log, &order, &hashes, (parts, part));
            found.variants.sort_unstable_by(|a, b| order.compare(a, b));
            found
        });
        drop(hashes);
        Self::merge(log, &found, &order)
    }

    fn merge(log: &'log EventLog, found: &[Found], order: &Order<'_>) -> Self {
        let total = found.iter().map(|part| part.variants.len()).sum();
        let mut places: Vec<Vec<u32>> = found.iter().map(|f| vec![0; f.variants.len()]).collect();
        let mut merged = Self {
            counts: Vec::with_capacity(total),
            case_variant: vec![NONE; log.case_count()],
            spans: Vec::with_capacity(total),
            activities: log.activities(),
        };
        let mut next = vec![0; found.len()];
        for place in 0..total {
            let heads = (0..found.len()).filter_map(|p| Some((p, found[p].variants.get(next[p])?)));
            let first = heads.min_by(|a, b| order.compare(a.1, b.1));
            let (part, variant) = first.expect("as many variants as the parts have");
            places[part][variant.number as usize] = place as u32;
            merged.counts.push(variant.count);
            merged.spans.push(variant.span);
            next[part] += 1;
        }
        for (found, places) in found.iter().zip(&places) {
            for &(case, variant) in &found.cases {
                merged.case_variant[case as usize] = places[variant as usize];
            }
        }
        merged
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
    pub fn activities(&self, variant: usize) -> &'log [u32] {
        let (begin, end) = self.spans[variant];
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

/// Room for half a million variants at first, 8 MiB; untouched pages cost nothing.
const SLOTS_FIRST_MAX: usize = 1 << 20;

/// The variants whose hash falls to one thread.
struct Found {
    variants: Vec<Seen>,
    /// Case and number of its variant.
    cases: Vec<(u32, u32)>,
    slots: Vec<(u32, u32)>,
}

#[derive(Clone, Copy)]
struct Seen {
    hash: u64,
    head: u64,
    span: (u32, u32),
    count: u32,
    number: u32,
}

impl Found {
    fn with_hashes(log: &EventLog, order: &Order<'_>, hashes: &[u64], mine: (u64, u64)) -> Self {
        let cases = hashes.len() / mine.0 as usize;
        let slots = (cases * 2).next_power_of_two().clamp(64, SLOTS_FIRST_MAX);
        let mut found = Self {
            variants: Vec::new(),
            cases: Vec::with_capacity(cases),
            slots: vec![(NONE, 0); slots],
        };
        for (case, &hash) in hashes.iter().enumerate() {
            // The high bits choose the thread, those below them the slot.
            let part = (u128::from(hash) * u128::from(mine.0)) >> 64;
            if part == u128::from(mine.1) && !log.case_events(case).is_empty() {
                let variant = found.add(log, order, case, hash);
                found.cases.push((case as u32, variant));
            }
        }
        found.slots = Vec::new();
        found
    }

    fn add(&mut self, log: &EventLog, order: &Order<'_>, case: usize, hash: u64) -> u32 {
        if (self.variants.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let activities = &log.activities()[log.case_events(case)];
        let head = order.head(activities);
        let mask = self.slots.len() - 1;
        let mut slot = (hash >> 32) as usize & mask;
        loop {
            let (variant, mark) = self.slots[slot];
            if variant == NONE {
                let number = self.variants.len() as u32;
                self.slots[slot] = (number, hash as u32);
                self.variants.push(Seen {
                    hash,
                    head,
                    span: (log.offsets[case], log.offsets[case + 1]),
                    count: 1,
                    number,
                });
                return number;
            }
            if mark == hash as u32 {
                let seen = &mut self.variants[variant as usize];
                if order.is_same(seen, head, activities) {
                    seen.count += 1;
                    return variant;
                }
            }
            slot = (slot + 1) & mask;
        }
    }

    fn grow(&mut self) {
        self.slots = vec![(NONE, 0); self.slots.len() * 2];
        let mask = self.slots.len() - 1;
        for (variant, seen) in self.variants.iter().enumerate() {
            let mut slot = (seen.hash >> 32) as usize & mask;
            while self.slots[slot].0 != NONE {
                slot = (slot + 1) & mask;
            }
            self.slots[slot] = (variant as u32, seen.hash as u32);
        }
    }
}

fn hash(log: &EventLog, case: usize) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut state = 0_u64;
    for &activity in &log.activities()[log.case_events(case)] {
        state = (state.rotate_left(29) ^ u64::from(activity)).wrapping_mul(ODD);
    }
    state ^ state >> 32
}

/// Variants by count, then by the names of their activities.
struct Order<'a> {
    activities: &'a [u32],
    ranks: Vec<u32>,
    /// Bits of a rank plus one.
    bits: u32,
    /// How many of them fit into a word.
    fit: usize,
}

impl<'a> Order<'a> {
    fn of(log: &'a EventLog) -> Self {
        let ranks = log.activity_names().ranks();
        let bits = (usize::BITS - ranks.len().leading_zeros()).max(1);
        Self {
            activities: log.activities(),
            ranks,
            bits,
            fit: (u64::BITS / bits) as usize,
        }
    }

    fn compare(&self, a: &Seen, b: &Seen) -> Ordering {
        let known = b.count.cmp(&a.count).then(a.head.cmp(&b.head));
        known.then_with(|| self.names(a).cmp(self.names(b)))
    }

    fn names(&self, seen: &Seen) -> impl Iterator<Item = u32> {
        let activities = &self.activities[seen.span.0 as usize..seen.span.1 as usize];
        activities
            .iter()
            .map(|&activity| self.ranks[activity as usize])
    }

    /// The leading ranks, as many as fit into a word, so that words compare as the sequences do.
    /// Of two sequences of one length that fit, equal words mean equal sequences.
    fn head(&self, activities: &[u32]) -> u64 {
        let leading = activities.iter().take(self.fit);
        let packed = leading.fold(0, |word, &activity| {
            word << self.bits | (u64::from(self.ranks[activity as usize]) + 1)
        });
        let missing = self.fit.saturating_sub(activities.len()) as u32;
        packed.checked_shl(self.bits * missing).unwrap_or(0)
    }

    fn is_same(&self, seen: &Seen, head: u64, activities: &[u32]) -> bool {
        let span = seen.span.0 as usize..seen.span.1 as usize;
        seen.head == head
            && span.len() == activities.len()
            && (span.len() <= self.fit || self.activities[span] == *activities)
    }
}
