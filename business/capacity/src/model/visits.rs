//! A visit of several parts, one after the other: found together or not at all.

use kernel::{
    Span, Timestamp,
    ids::{ResourceId, StaffId},
};

use super::{
    Fit, Need, Own, Person, Picture, Quanta, Rules, Stint, WhyNot,
    availability::{Judged, starts},
    rules::later,
};

/// The longest a customer is left between two parts, in minutes.
pub(crate) const GAP_MINUTES: i64 = 30;
/// Parts are tried in another order than named up to this many.
const TURNED_MAX: usize = 4;
/// The most places tried for one start, so that no question takes long.
const TRIES_MAX: usize = 600;

/// One part of a visit that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it needs.
    pub need: Need,
    /// This person and nobody else.
    pub who: Option<StaffId>,
    /// This person rather than another, when free.
    pub keep: Option<StaffId>,
    /// Whether the person named may be busy.
    pub over: bool,
}

impl Part {
    /// Whether somebody has what it takes, and nobody else is wished for.
    pub fn is_for(&self, person: &Person) -> bool {
        let mut skills = self.need.skills.iter();
        let wished = self.who.is_none_or(|who| who == person.id);
        wished && skills.all(|skill| person.skills.contains(skill))
    }
}

/// A part with its place in time, and with whom and where: the first of each is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Which of the parts looked for.
    pub part: usize,
    /// Who and what could serve it, the chosen ones first.
    pub fit: Fit,
}

impl Placed {
    /// Who is chosen.
    pub fn staff(&self) -> StaffId {
        self.fit.staff[0]
    }

    /// What is chosen, one of each kind.
    pub fn resources(&self) -> Vec<ResourceId> {
        let chosen = self.fit.resources_for(self.staff());
        chosen.iter().map(|(_, free)| free[0]).collect()
    }
}

/// A visit with every part in its place, in order of time.
pub type Plan = Vec<Placed>;

/// Minutes a customer is left between the parts of a plan.
pub fn idle_minutes(plan: &[Placed]) -> i64 {
    let gap = |pair: &[Placed]| {
        let (before, after) = (&pair[0].fit.times, &pair[1].fit.times);
        Span::new(before.service.end, after.service.start).map_or(0, |gap| gap.minutes())
    };
    plan.windows(2).map(gap).sum()
}

/// What a visit is looked for with.
pub struct Search<'a> {
    /// Everything availability depends on.
    pub picture: &'a Picture,
    /// The parts, in the order in which they were named.
    pub parts: &'a [Part],
    /// Which starts may be chosen.
    pub rules: &'a Rules,
    /// Who comes first where several could serve: fewest booked minutes.
    pub load: &'a dyn Fn(StaffId) -> i64,
}

impl Search<'_> {
    /// The visit that begins at `start`: with the least waiting between its parts, and as named
    /// where that makes no difference; or why the parts cannot be had as named.
    pub fn plan(&self, start: Timestamp) -> Result<Plan, WhyNot> {
        if let Some(why) = self.rules.refuse(start) {
            return Err(why);
        }
        if self.parts.len() == 1 {
            return self.alone(start);
        }
        let mut best = self.in_order(&self.named(), start);
        for order in self.turned() {
            if best.as_ref().is_ok_and(|plan| idle_minutes(plan) == 0) {
                break;
            }
            let Ok(other) = self.in_order(&order, start) else {
                continue;
            };
            let shorter = best
                .as_ref()
                .map_or(true, |plan| idle_minutes(&other) < idle_minutes(plan));
            if shorter {
                best = Ok(other);
            }
        }
        best
    }

    /// Every start within a window at which the whole visit can be had.
    pub fn plans(&self, window: Span) -> Vec<Plan> {
        let starts = starts(self.picture, self.rules, window).into_iter();
        starts.filter_map(|start| self.plan(start).ok()).collect()
    }

    /// At most `count` visits within a window, those that begin nearest to `wished` first.
    pub fn nearest(&self, window: Span, wished: Timestamp, count: usize) -> Vec<Plan> {
        let mut starts = starts(self.picture, self.rules, window);
        starts.sort_by_key(|at| (at.as_second().abs_diff(wished.as_second()), *at));
        let plans = starts.into_iter().filter_map(|at| self.plan(at).ok());
        plans.take(count).collect()
    }

    fn named(&self) -> Vec<usize> {
        (0..self.parts.len()).collect()
    }

    /// The other orders of the parts.
    fn turned(&self) -> Vec<Vec<usize>> {
        let named = self.named();
        if !(2..=TURNED_MAX).contains(&named.len()) {
            return Vec::new();
        }
        let mut orders = vec![Vec::new()];
        for _ in &named {
            let longer = |order: &Vec<usize>| {
                let rest = named.iter().filter(|part| !order.contains(part));
                rest.map(|part| [order.as_slice(), &[*part]].concat())
                    .collect::<Vec<_>>()
            };
            orders = orders.iter().flat_map(longer).collect();
        }
        orders.retain(|order| *order != named);
        orders
    }

    /// The visit of a single part.
    fn alone(&self, start: Timestamp) -> Result<Plan, WhyNot> {
        let mut fit = self.fit(0, &[], start)?;
        let staff = fit.staff.iter().copied();
        let best = staff.min_by_key(|staff| self.rank(0, None, *staff));
        fit.choose(best.ok_or(WhyNot::StaffBusy)?);
        Ok(vec![Placed { part: 0, fit }])
    }

    /// Who comes first of those who could serve a part: whoever had it before, who serves the part
    /// before it, who has least to do that day.
    fn rank(&self, part: usize, before: Option<StaffId>, staff: StaffId) -> impl Ord + use<> {
        let keep = self.parts[part].keep;
        let other = (Some(staff) != keep, Some(staff) != before);
        (other, (self.load)(staff), staff)
    }

    fn in_order(&self, order: &[usize], start: Timestamp) -> Result<Plan, WhyNot> {
        let mut walk = Walk {
            search: self,
            order,
            own: Vec::new(),
            plan: Vec::new(),
            tries_left: TRIES_MAX,
        };
        walk.go(start, 0).map(|()| walk.plan)
    }

    fn fit(&self, part: usize, own: &[Own], start: Timestamp) -> Result<Fit, WhyNot> {
        let wanted = &self.parts[part];
        let judged = Judged {
            picture: self.picture,
            own,
            need: &wanted.need,
            who: wanted.who,
            over: wanted.over,
            times: wanted.need.times(start).ok_or(WhyNot::Length)?,
        };
        judged.fit()
    }
}

/// Parts placed one after the other, taken back where the next one has no place.
struct Walk<'s, 'a> {
    search: &'s Search<'a>,
    order: &'s [usize],
    own: Vec<Own>,
    plan: Plan,
    tries_left: usize,
}

impl Walk<'_, '_> {
    /// Places what is left of the order, the next part at `from` or up to `gap_minutes` later.
    fn go(&mut self, from: Timestamp, gap_minutes: i64) -> Result<(), WhyNot> {
        let Some(part) = self.order.get(self.plan.len()).copied() else {
            return Ok(());
        };
        let mut why = None;
        for minutes in (0..=gap_minutes).step_by(5) {
            let start = later(from, minutes).ok_or(WhyNot::Length)?;
            let placed = match self.search.fit(part, &self.own, start) {
                Ok(fit) => self.place(part, fit),
                Err(reason) => Err(reason),
            };
            match placed {
                Ok(()) => return Ok(()),
                Err(reason) => why = why.or(Some(reason)),
            }
        }
        Err(why.unwrap_or(WhyNot::StaffBusy))
    }

    /// Tries everybody who could serve a part until the parts after it have a place too.
    fn place(&mut self, part: usize, fit: Fit) -> Result<(), WhyNot> {
        let next = on_grid(fit.times.service.end);
        if let Some(after) = self.order.get(self.plan.len() + 1).copied() {
            self.is_possible(after, next)?;
        }
        let mut why = None;
        for staff in self.ranked(part, &fit) {
            self.tries_left = self.tries_left.checked_sub(1).ok_or(WhyNot::StaffBusy)?;
            let mut chosen = fit.clone();
            chosen.choose(staff);
            let placed = Placed { part, fit: chosen };
            self.own.push(own(&placed));
            self.plan.push(placed);
            match self.go(next, GAP_MINUTES) {
                Ok(()) => return Ok(()),
                Err(reason) => why = why.or(Some(reason)),
            }
            self.own.pop();
            self.plan.pop();
        }
        Err(why.unwrap_or(WhyNot::StaffBusy))
    }

    /// Whether a part has a place at all, whoever serves the parts before it.
    fn is_possible(&self, part: usize, from: Timestamp) -> Result<(), WhyNot> {
        let mut why = None;
        for minutes in (0..=GAP_MINUTES).step_by(5) {
            let start = later(from, minutes).ok_or(WhyNot::Length)?;
            match self.search.fit(part, &[], start) {
                Ok(_) => return Ok(()),
                Err(reason) => why = why.or(Some(reason)),
            }
        }
        Err(why.unwrap_or(WhyNot::StaffBusy))
    }

    /// Who could serve, the best first.
    fn ranked(&self, part: usize, fit: &Fit) -> Vec<StaffId> {
        let before = self.plan.last().map(Placed::staff);
        let mut ranked = fit.staff.clone();
        ranked.sort_by_key(|staff| self.search.rank(part, before, *staff));
        ranked
    }
}

fn own(placed: &Placed) -> Own {
    Own {
        staff: (!placed.fit.over).then(|| placed.staff()),
        stint: Stint {
            quanta: Quanta::covering(placed.fit.times.busy),
            away: None,
            places: placed.resources(),
        },
    }
}

/// The first quantum that begins at or after an instant.
fn on_grid(instant: Timestamp) -> Timestamp {
    let floor = Quanta::floor(instant);
    if floor == instant {
        return floor;
    }
    later(floor, 5).unwrap_or(instant)
}
