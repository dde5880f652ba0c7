//! A map, variants and case states that grow with each event.

use std::collections::HashMap;

use crate::{Edge, EventLog, Follows, LogError, Micros, Names};

/// Figures of a log that grows event by event, the same as those of the whole log.
///
/// An event costs a few table look-ups. When the sequence of its case is new, its path is walked
/// back once, in time that grows with the length of the case.
#[derive(Debug, Clone)]
pub struct Live {
    activities: Names,
    cases: Names,
    states: Vec<State>,
    edges: HashMap<(u32, u32), Edge>,
    starts: Vec<u64>,
    ends: Vec<u64>,
    steps: Vec<Step>,
    next: HashMap<(u32, u32), u32>,
}

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// Number of its last activity.
    pub activity: u32,
    /// How many events it has had.
    pub events: u32,
    /// When it started.
    pub first: Micros,
    /// Start of its last event.
    pub start: Micros,
    /// End of its last event.
    pub end: Micros,
    step: u32,
}

/// A sequence of activities, as its last one and the sequence before it.
#[derive(Debug, Clone, Copy)]
struct Step {
    before: u32,
    activity: u32,
    /// Cases that stand here: whose activities are this sequence.
    cases: u32,
    /// Whether its last pair occurs earlier in it.
    pair_seen: bool,
}

/// The empty sequence, before every other.
const ROOT: u32 = 0;

impl Default for Live {
    fn default() -> Self {
        let root = Step {
            before: ROOT,
            activity: u32::MAX,
            cases: 0,
            pair_seen: false,
        };
        Self {
            activities: Names::new(),
            cases: Names::new(),
            states: Vec::new(),
            edges: HashMap::new(),
            starts: Vec::new(),
            ends: Vec::new(),
            steps: vec![root],
            next: HashMap::new(),
        }
    }
}

impl Live {
    /// Figures without events.
    pub fn new() -> Self {
        Self::default()
    }

    /// The figures of a log so far.
    ///
    /// # Errors
    /// When two cases of the log have the same name.
    pub fn of(log: &EventLog) -> Result<Self, LogError> {
        let mut live = Self::new();
        for name in log.activity_names().iter() {
            live.activity(name);
        }
        for (case, events) in log.cases().enumerate() {
            let name = log.case_names().name(case as u32);
            if live.state(name).is_some() {
                return Err(LogError::Repeated {
                    what: "case",
                    name: name.to_owned(),
                });
            }
            for event in events {
                let activity = log.activities()[event];
                live.push(name, activity, (log.starts()[event], log.end(event)))?;
            }
        }
        Ok(live)
    }

    /// Takes in one event; an event without an end ends when it starts.
    ///
    /// # Errors
    /// When it ends before it starts, or comes before an event of its case that is in already. Then
    /// nothing has changed.
    pub fn append(
        &mut self,
        case: &str,
        activity: &str,
        start: Micros,
        end: Option<Micros>,
    ) -> Result<(), LogError> {
        let end = end.unwrap_or(start);
        if end < start {
            let row = self.states.iter().map(|state| state.events).sum();
            return Err(LogError::EndBeforeStart { row, start, end });
        }
        let activity = self.activity(activity);
        self.push(case, activity, (start, end))
    }

    fn activity(&mut self, name: &str) -> u32 {
        let activity = self.activities.intern(name);
        self.starts.resize(self.activities.len(), 0);
        self.ends.resize(self.activities.len(), 0);
        activity
    }

    fn push(&mut self, name: &str, activity: u32, span: (Micros, Micros)) -> Result<(), LogError> {
        let case = self.cases.intern(name) as usize;
        let before = self.states.get(case).copied();
        if let Some(last) = before.filter(|last| (last.start, last.end) > span) {
            return Err(LogError::OutOfOrder {
                case: name.to_owned(),
                time: span.0,
                last: last.start,
            });
        }
        let step = self.step(before.map_or(ROOT, |last| last.step), activity);
        match before {
            None => self.starts[activity as usize] += 1,
            Some(last) => {
                self.ends[last.activity as usize] -= 1;
                self.steps[last.step as usize].cases -= 1;
                let new_in_case = !self.steps[step as usize].pair_seen;
                let pair = (last.activity, activity);
                let edge = self.edges.entry(pair).or_insert(Edge::none(pair.0, pair.1));
                edge.add(span.0 - last.end, new_in_case);
            }
        }
        self.ends[activity as usize] += 1;
        self.steps[step as usize].cases += 1;
        let state = State {
            activity,
            events: before.map_or(0, |last| last.events) + 1,
            first: before.map_or(span.0, |last| last.first),
            start: span.0,
            end: span.1,
            step,
        };
        match self.states.get_mut(case) {
            Some(place) => *place = state,
            None => self.states.push(state),
        }
        Ok(())
    }

    /// The sequence that is `before` and then `activity`.
    fn step(&mut self, before: u32, activity: u32) -> u32 {
        if let Some(&step) = self.next.get(&(before, activity)) {
            return step;
        }
        let step = self.steps.len() as u32;
        let pair_seen = before != ROOT && self.pair_seen(before, activity);
        self.steps.push(Step {
            before,
            activity,
            cases: 0,
            pair_seen,
        });
        self.next.insert((before, activity), step);
        step
    }

    /// Whether the last activity of a sequence is followed by `activity` within the sequence.
    fn pair_seen(&self, sequence: u32, activity: u32) -> bool {
        let from = self.steps[sequence as usize].activity;
        let mut later = self.steps[sequence as usize];
        while later.before != ROOT {
            let earlier = self.steps[later.before as usize];
            if (earlier.activity, later.activity) == (from, activity) {
                return true;
            }
            later = earlier;
        }
        false
    }

    /// The map so far, without quantiles.
    pub fn follows(&self) -> Follows {
        Follows::sorted(
            self.edges.values().copied().collect(),
            self.starts.clone(),
            self.ends.clone(),
            &self.activities,
        )
    }

    /// The variants so far with the number of their cases, in the order of [`crate::Variants`].
    pub fn variants(&self) -> Vec<(u32, Vec<u32>)> {
        let ranks = self.activities.ranks();
        let mut variants: Vec<(u32, Vec<u32>)> = self
            .steps
            .iter()
            .filter(|step| step.cases > 0)
            .map(|step| (step.cases, self.path(*step)))
            .collect();
        let names = |path: &[u32]| -> Vec<u32> {
            path.iter()
                .map(|&activity| ranks[activity as usize])
                .collect()
        };
        variants.sort_by_cached_key(|(cases, path)| (std::cmp::Reverse(*cases), names(path)));
        variants
    }

    fn path(&self, mut step: Step) -> Vec<u32> {
        let mut path = vec![step.activity];
        while step.before != ROOT {
            step = self.steps[step.before as usize];
            path.push(step.activity);
        }
        path.reverse();
        path
    }

    /// Where a case stands; `None` for one without events.
    pub fn state(&self, case: &str) -> Option<&State> {
        self.states.get(self.cases.find(case)? as usize)
    }

    /// How many cases have had an event.
    pub fn case_count(&self) -> usize {
        self.states.len()
    }

    /// Names of activities.
    pub fn activity_names(&self) -> &Names {
        &self.activities
    }
}
