//! Which step leads to which: what can be reached, what leads out again, where parts meet.

use std::collections::BTreeSet;

use super::{Body, END, Split};

/// Where the parts that run at the same time behind a step meet again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Meeting {
    /// The step they meet at; `None` is the end.
    pub at: Option<usize>,
    /// The steps of each part, in the order of the links.
    pub parts: Vec<BTreeSet<usize>>,
}

impl Body {
    /// Where a step leads: its links, or without any the next step in order; `None` is the end.
    pub(crate) fn next_of(&self, index: usize) -> Vec<Option<usize>> {
        let links = &self.steps[index].links;
        if links.is_empty() {
            return vec![(index + 1 < self.steps.len()).then_some(index + 1)];
        }
        let place = |key: &String| self.steps.iter().position(|step| step.key == *key);
        let leads = |key: &String| match key == END {
            true => Some(None),
            false => place(key).map(Some),
        };
        links.iter().filter_map(leads).collect()
    }

    /// Whether several parts begin behind a step at the same time.
    pub(crate) fn is_parallel(&self, index: usize) -> bool {
        let step = &self.steps[index];
        step.split == Split::Parallel && step.links.len() > 1
    }

    /// What can be reached from a step, itself included, without passing another.
    fn reach(&self, from: usize, without: Option<usize>) -> BTreeSet<usize> {
        let mut reached = BTreeSet::new();
        let mut open = vec![from];
        while let Some(index) = open.pop() {
            if Some(index) != without && reached.insert(index) {
                open.extend(self.next_of(index).into_iter().flatten());
            }
        }
        reached
    }

    fn ends_within(&self, part: &BTreeSet<usize>) -> bool {
        part.iter()
            .any(|index| self.next_of(*index).contains(&None))
    }

    /// Where the parts behind a step meet; `None` when they touch each other before, run back to
    /// their beginning, are entered from elsewhere, or never meet.
    pub(crate) fn meeting(&self, index: usize) -> Option<Meeting> {
        let starts: Option<Vec<usize>> = self.next_of(index).into_iter().collect();
        let starts = starts?;
        let candidates = (0..self.steps.len()).map(Some).chain([None]);
        let meetings = candidates.filter_map(|at| self.meeting_at(index, &starts, at));
        // The nearest one: behind it fewer steps belong to the parts.
        meetings.min_by_key(|meeting| meeting.parts.iter().map(BTreeSet::len).sum::<usize>())
    }

    fn meeting_at(&self, index: usize, starts: &[usize], at: Option<usize>) -> Option<Meeting> {
        if at.is_some_and(|at| starts.contains(&at) || at == index) {
            return None;
        }
        let parts: Vec<BTreeSet<usize>> =
            starts.iter().map(|start| self.reach(*start, at)).collect();
        let arrives = |part: &BTreeSet<usize>| match at {
            Some(at) => {
                let into = |step: &usize| self.next_of(*step).contains(&Some(at));
                part.iter().any(into) && !self.ends_within(part)
            }
            None => self.ends_within(part),
        };
        let apart = parts.iter().map(BTreeSet::len).sum::<usize>()
            == parts.iter().flatten().collect::<BTreeSet<_>>().len();
        let closed = (0..self.steps.len()).all(|from| {
            let inside = |part: &BTreeSet<usize>, step: &usize| part.contains(step);
            self.next_of(from).into_iter().flatten().all(|to| {
                let part = parts.iter().find(|part| inside(part, &to));
                part.is_none_or(|part| inside(part, &from) || from == index)
            })
        });
        let good = apart && closed && parts.iter().all(arrives);
        let turns_back = parts.iter().any(|part| part.contains(&index));
        (good && !turns_back).then_some(Meeting { at, parts })
    }

    /// The first step that no way from the first step reaches.
    pub(super) fn unreachable(&self) -> Option<&str> {
        let reached = match self.steps.is_empty() {
            true => BTreeSet::new(),
            false => self.reach(0, None),
        };
        let lost = (0..self.steps.len()).find(|index| !reached.contains(index))?;
        Some(&self.steps[lost].key)
    }

    /// The first step from which no way leads to the end: a circle without an exit.
    pub(crate) fn trapped(&self) -> Option<&str> {
        let mut leads_out = BTreeSet::new();
        loop {
            let before = leads_out.len();
            for index in 0..self.steps.len() {
                let out = |next: &Option<usize>| next.is_none_or(|next| leads_out.contains(&next));
                if self.next_of(index).iter().any(out) {
                    leads_out.insert(index);
                }
            }
            if leads_out.len() == before {
                break;
            }
        }
        let lost = (0..self.steps.len()).find(|index| !leads_out.contains(index))?;
        Some(&self.steps[lost].key)
    }
}
