//! Which step leads to which: what can be reached, and what leads out again.

use std::collections::BTreeSet;

use super::Body;

impl Body {
    /// Where a step leads: its links, or without any the next step in order; `None` is the end.
    pub(crate) fn next_of(&self, index: usize) -> Vec<Option<usize>> {
        let links = &self.steps[index].links;
        if links.is_empty() {
            return vec![(index + 1 < self.steps.len()).then_some(index + 1)];
        }
        let place = |key: &String| self.steps.iter().position(|step| step.key == *key);
        links.iter().filter_map(place).map(Some).collect()
    }

    /// The first step that no way from the first step reaches.
    pub(super) fn unreachable(&self) -> Option<&str> {
        let mut reached = BTreeSet::new();
        let mut open = Vec::from_iter((!self.steps.is_empty()).then_some(0));
        while let Some(index) = open.pop() {
            if reached.insert(index) {
                open.extend(self.next_of(index).into_iter().flatten());
            }
        }
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
