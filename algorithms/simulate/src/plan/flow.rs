//! Can every visit be finished? Steps are walked forwards from each start and backwards from each
//! exit; what is not met both ways is refused by name.

use crate::model::{Kind, Model, Step, Wrong};

/// Inside of which parallel step a step lies; `None` for the visit itself.
type Place = Option<usize>;

/// Refuses steps that are never reached, lead nowhere, loop without exit, or belong to a branch
/// and to the visit at once.
pub(super) fn check(model: &Model) -> Result<(), Wrong> {
    let graph = Graph::new(model);
    let places = graph.places()?;
    for (index, place) in places.iter().enumerate() {
        if place.is_none() {
            let reason = "it is never reached; lead a step or a group to it, or leave it out";
            return Err(graph.wrong(index, reason));
        }
    }
    graph.check_exits()
}

struct Graph<'a> {
    model: &'a Model,
    /// For each step the steps it leads to.
    next: Vec<Vec<usize>>,
    /// For each step the first steps of its branches.
    branches: Vec<Vec<usize>>,
}

impl<'a> Graph<'a> {
    fn new(model: &'a Model) -> Self {
        let find = |name: &String| model.steps.iter().position(|step| step.name == *name);
        let next = |step: &Step| step.next.iter().filter_map(|way| find(&way.to)).collect();
        let branches = |step: &Step| match &step.kind {
            Kind::Parallel { branches } => branches.iter().filter_map(find).collect(),
            Kind::Work { .. } | Kind::Choice => Vec::new(),
        };
        Self {
            model,
            next: model.steps.iter().map(next).collect(),
            branches: model.steps.iter().map(branches).collect(),
        }
    }

    fn wrong(&self, index: usize, reason: &str) -> Wrong {
        let name = &self.model.steps[index].name;
        Wrong::new(format!("steps[{index}] ({name})"), reason)
    }

    /// Walks from every start and says for each step where it lies.
    fn places(&self) -> Result<Vec<Option<Place>>, Wrong> {
        let mut places: Vec<Option<Place>> = vec![None; self.next.len()];
        let mut open: Vec<(usize, Place)> = Vec::new();
        let mut later: Vec<(usize, Place)> = Vec::new();
        for group in &self.model.customers {
            let start = self.model.steps.iter().position(|s| s.name == group.start);
            open.extend(start.map(|start| (start, None)));
        }
        // The visit itself before its branches, so that a branch which runs into it is found.
        while let Some((step, place)) = open.pop().or_else(|| later.pop()) {
            match places[step] {
                Some(known) if known == place => continue,
                Some(known) => return Err(self.in_two_places(step, known.or(place))),
                None => places[step] = Some(place),
            }
            self.check_ways(step, place)?;
            open.extend(self.next[step].iter().map(|&next| (next, place)));
            later.extend(self.branches[step].iter().map(|&next| (next, Some(step))));
        }
        Ok(places)
    }

    fn in_two_places(&self, step: usize, parallel: Place) -> Wrong {
        let name = parallel.map_or("", |index| self.model.steps[index].name.as_str());
        let reason = format!(
            "it is reached inside a branch of {name} and outside of it; end the branch with join \
             before, or make it two steps"
        );
        self.wrong(step, &reason)
    }

    fn check_ways(&self, step: usize, place: Place) -> Result<(), Wrong> {
        let (wrong, right) = match place {
            None => ("join", "the visit itself ends with end"),
            Some(_) => (
                "end",
                "a branch ends with join, and the parallel step leads on",
            ),
        };
        let ways = &self.model.steps[step].next;
        match ways.iter().position(|way| way.to == wrong) {
            Some(way) => {
                let path = format!("steps[{step}].next[{way}].to");
                Err(Wrong::new(
                    path,
                    format!("{wrong} is not allowed here: {right}"),
                ))
            }
            None => Ok(()),
        }
    }

    /// Whether each step leads out: by its ways, and through all of its branches.
    fn check_exits(&self) -> Result<(), Wrong> {
        let count = self.next.len();
        let mut leaves = vec![false; count];
        loop {
            let mut found = false;
            for step in 0..count {
                let out = |way: &crate::model::Way| way.to == "end" || way.to == "join";
                let by_exit = self.model.steps[step].next.iter().any(out);
                let by_step = self.next[step].iter().any(|&next| leaves[next]);
                let through = self.branches[step].iter().all(|&first| leaves[first]);
                if !leaves[step] && (by_exit || by_step) && through {
                    leaves[step] = true;
                    found = true;
                }
            }
            if !found {
                break;
            }
        }
        match leaves.iter().position(|leaves| !leaves) {
            None => Ok(()),
            Some(step) => Err(self.no_exit(step, &leaves)),
        }
    }

    /// Follows the ways that never leave until a step comes again: that is the loop.
    fn no_exit(&self, step: usize, leaves: &[bool]) -> Wrong {
        let mut trail = vec![step];
        let circle = loop {
            let here = trail[trail.len() - 1];
            let mut stuck = self.branches[here].iter().chain(&self.next[here]);
            let Some(&next) = stuck.find(|&&next| !leaves[next]) else {
                break &trail[..];
            };
            if let Some(first) = trail.iter().position(|&seen| seen == next) {
                break &trail[first..];
            }
            trail.push(next);
        };
        let names = circle
            .iter()
            .map(|&index| self.model.steps[index].name.as_str());
        let names: Vec<&str> = names.collect();
        let reason = format!(
            "the loop {} has no exit; give one of them a way to another step or to the end",
            names.join(" → ")
        );
        self.wrong(circle[0], &reason)
    }
}
