//! The way of a visit: into a line, into work, on to the next step, out.

use super::Replication;
use super::calendar::Event;
use super::visits::{Doing, NOBODY, NONE, Visit};
use crate::plan::{Act, Target};

/// Somebody who could start now.
struct Ready {
    /// His priority and his place in time.
    rank: (usize, u32),
    visit: u32,
    line: usize,
    team: u16,
}

impl Replication<'_> {
    /// Moves a visit on, and all that this sets in motion; `patience` is for its first line.
    #[inline]
    pub(super) fn go(&mut self, visit: u32, target: Target, patience: Option<f64>) {
        match target {
            Target::Step(step) if self.plan.steps[step as usize].is_work() => {
                self.reach_work(visit, step, patience);
            }
            other => {
                self.moving.push((visit, other));
                self.move_on(patience);
            }
        }
    }

    /// Choices, branches and ends take no time; the list stands in for a recursion without limit.
    fn move_on(&mut self, patience: Option<f64>) {
        let plan = self.plan;
        while let Some((visit, target)) = self.moving.pop() {
            match target {
                Target::End => self.go_home(visit),
                Target::Join => self.join(visit),
                Target::Step(step) => match &plan.steps[step as usize].act {
                    Act::Work => self.reach_work(visit, step, patience),
                    Act::Choice => {
                        self.events += 1;
                        let is_counted = self.visits.all[visit as usize].counted;
                        self.steps[step as usize].finished += u64::from(is_counted);
                        let way = self.choose(visit, step);
                        self.moving.push((visit, way));
                    }
                    Act::Parallel(branches) => self.split(visit, step, branches),
                },
            }
        }
    }

    fn split(&mut self, visit: u32, step: u32, branches: &[u32]) {
        self.events += 1;
        let whole = &mut self.visits.all[visit as usize];
        whole.step = step;
        whole.doing = Doing::Split;
        whole.pending = branches.len() as u32;
        let whole = whole.clone();
        // The last one first, since the list is worked off from its end.
        for (number, &first) in branches.iter().enumerate().rev() {
            let branch = self.visits.open(Visit {
                luck: whole.luck.part(u64::from(step)).part(number as u64),
                parent: visit,
                leaves: NONE,
                ..whole.clone()
            });
            self.moving.push((branch, Target::Step(first)));
        }
        // The whole goes on with other luck than its branches had.
        self.visits.all[visit as usize].luck.bits();
    }

    fn join(&mut self, branch: u32) {
        let parent = self.visits.all[branch as usize].parent;
        self.visits.close(branch);
        let whole = &mut self.visits.all[parent as usize];
        whole.pending -= 1;
        if whole.pending == 0 {
            let step = whole.step;
            self.steps[step as usize].finished += u64::from(whole.counted);
            let way = self.choose(parent, step);
            self.moving.push((parent, way));
        }
    }

    fn go_home(&mut self, number: u32) {
        let visit = &self.visits.all[number as usize];
        if visit.counted {
            let group = &mut self.groups[visit.group as usize];
            group.visits.add(self.now - visit.arrived);
        }
        self.visits.close(number);
    }

    /// The way on from a step.
    #[inline]
    fn choose(&mut self, visit: u32, step: u32) -> Target {
        let ways = &self.plan.steps[step as usize].ways;
        if let [(_, only)] = ways[..] {
            return only;
        }
        let luck = self.visits.all[visit as usize].luck.uniform();
        let way = ways.iter().find(|way| luck < way.0);
        // Shares that add up to a hair less than 1 leave a hair for the last one.
        way.unwrap_or(&ways[ways.len() - 1]).1
    }

    /// Begins the work of a step or joins its line.
    #[inline]
    fn reach_work(&mut self, number: u32, step: u32, patience: Option<f64>) {
        let visit = &mut self.visits.all[number as usize];
        visit.step = step;
        visit.queued = self.now;
        if let Some(team) = self.startable(step) {
            self.start(number, team);
            return;
        }
        self.order = self.order.wrapping_add(1);
        let visit = &mut self.visits.all[number as usize];
        visit.order = self.order;
        visit.doing = Doing::Waiting;
        let level = self.plan.groups[visit.group as usize].level as usize;
        let may_leave = !visit.served && visit.parent == NONE;
        let line = step as usize * self.plan.levels + level;
        self.lines[line].join(&mut self.visits.all, number);
        if let Some(patience) = patience
            && may_leave
        {
            let entry = self
                .calendar
                .enter(self.now + patience, Event::Leave(number));
            self.visits.all[number as usize].leaves = entry;
        }
    }

    /// Who would do the work of this step now; `NOBODY` where nobody is needed, `None` where
    /// somebody or some room is missing.
    #[inline]
    pub(super) fn startable(&self, step: u32) -> Option<u16> {
        let step = &self.plan.steps[step as usize];
        let has_room = |room: &u16| self.rooms[*room as usize].is_free();
        if !step.rooms.iter().all(has_room) {
            return None;
        }
        if !step.needs_staff {
            return Some(NOBODY);
        }
        let is_free = |team: &&u16| self.teams[**team as usize].is_free();
        step.teams.iter().find(is_free).copied()
    }

    /// How many wait for a step.
    pub(super) fn waiting_at(&self, step: u32) -> u32 {
        let first = step as usize * self.plan.levels;
        let lines = &self.lines[first..first + self.plan.levels];
        lines.iter().map(|line| line.length).sum()
    }

    #[inline]
    fn start(&mut self, number: u32, team: u16) {
        let visit = &mut self.visits.all[number as usize];
        let step = visit.step as usize;
        let wait = self.now - visit.queued;
        visit.begun = self.now;
        visit.team = team;
        visit.doing = Doing::Working;
        visit.leaves = NONE;
        let minutes = self.minutes[step].draw(&mut visit.luck).max(0.0);
        let (is_first, group, counted) = (!visit.served, visit.group, visit.counted);
        let since = visit.arrived;
        visit.served = true;
        let parent = visit.parent;
        if team != NOBODY {
            self.teams[team as usize].busy += 1;
        }
        for &room in &self.plan.steps[step].rooms {
            self.rooms[room as usize].busy += 1;
        }
        if counted {
            self.steps[step].waits.add(wait);
        }
        if is_first && (parent == NONE || self.is_first_of_all(parent)) && counted {
            self.note_first_wait(group as usize, self.now - since);
        }
        self.calendar.enter(self.now + minutes, Event::Done(number));
    }

    /// Marks the visits that this one is a branch of as served, and says whether none was.
    fn is_first_of_all(&mut self, mut parent: u32) -> bool {
        let mut is_first = true;
        while parent != NONE {
            let whole = &mut self.visits.all[parent as usize];
            is_first &= !whole.served;
            whole.served = true;
            parent = whole.parent;
        }
        is_first
    }

    #[inline]
    fn note_first_wait(&mut self, group: usize, wait: f64) {
        let target = self.plan.wait_target;
        let group = &mut self.groups[group];
        group.waits.add(wait);
        group.waited += wait;
        group.in_target += u64::from(wait <= target);
    }

    pub(super) fn finish_work(&mut self, number: u32) {
        let visit = &self.visits.all[number as usize];
        let (step, team, begun) = (visit.step, visit.team, visit.begun);
        self.steps[step as usize].finished += u64::from(visit.counted);
        self.use_up(step as usize, team, begun);
        let plan = self.plan;
        if team != NOBODY {
            self.teams[team as usize].busy -= 1;
        }
        for &room in &plan.steps[step as usize].rooms {
            self.rooms[room as usize].busy -= 1;
        }
        // Those who wait go before the one who comes back for more.
        self.wake(&plan.steps[step as usize].wakes);
        let way = self.choose(number, step);
        self.go(number, way, None);
    }

    /// Starts whoever can start at these steps: the first priority first, then first come.
    #[inline]
    pub(super) fn wake(&mut self, steps: &[u32]) {
        while let Some(ready) = self.first_ready(steps) {
            self.lines[ready.line].leave(&mut self.visits.all, ready.visit);
            let visit = &self.visits.all[ready.visit as usize];
            let queued = self.counted(visit.queued, self.now);
            self.steps[visit.step as usize].queued += queued;
            self.start(ready.visit, ready.team);
        }
    }

    #[inline]
    fn first_ready(&self, steps: &[u32]) -> Option<Ready> {
        let levels = self.plan.levels;
        let mut best: Option<Ready> = None;
        for &step in steps {
            let mut lines = step as usize * levels..(step as usize + 1) * levels;
            let Some(line) = lines.find(|&line| self.lines[line].first != NONE) else {
                continue;
            };
            let Some(team) = self.startable(step) else {
                continue;
            };
            let visit = self.lines[line].first;
            let rank = (line % levels, self.visits.all[visit as usize].order);
            if best.as_ref().is_none_or(|first| rank < first.rank) {
                best = Some(Ready {
                    rank,
                    visit,
                    line,
                    team,
                });
            }
        }
        best
    }

    /// The patience of a visit ends, unless it has been served meanwhile.
    pub(super) fn lose_patience(&mut self, number: u32, entry: u32) {
        let visit = &self.visits.all[number as usize];
        if visit.leaves != entry || visit.doing != Doing::Waiting {
            self.events -= 1;
            return;
        }
        let (step, group, queued) = (visit.step as usize, visit.group as usize, visit.queued);
        let counted = visit.counted;
        let line = step * self.plan.levels + self.plan.groups[group].level as usize;
        self.lines[line].leave(&mut self.visits.all, number);
        self.steps[step].queued += self.counted(queued, self.now);
        if counted {
            let waited = self.now - queued;
            let is_late = waited > self.plan.wait_target;
            let group = &mut self.groups[group];
            group.abandoned += 1;
            group.abandoned_late += u64::from(is_late);
            group.waited += waited;
        }
        self.visits.close(number);
    }
}
