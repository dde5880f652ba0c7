//! The appointment book of the shop on paper: three people, one room, claims of five minutes.

use std::collections::BTreeMap;

use super::paper::{Told, Wish};

/// The day is open from nine to nine.
const CLOSES: i64 = 12 * 60;

/// Somebody of the shop: when their shift is, and whether they do facials.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    pub facials: bool,
    pub from: i64,
    pub to: i64,
}

/// Who works that day.
pub const PEOPLE: [Person; 3] = [
    Person {
        facials: true,
        from: 0,
        to: 9 * 60,
    },
    Person {
        facials: false,
        from: 3 * 60,
        to: CLOSES,
    },
    Person {
        facials: true,
        from: 0,
        to: CLOSES,
    },
];

/// Minutes of a service, what it takes before and after.
pub const fn minutes(facial: bool) -> (i64, i64, i64) {
    if facial { (5, 45, 10) } else { (0, 30, 0) }
}

/// How firmly time is claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Firm,
    /// Until a minute.
    Held(i64),
    Lapsed,
}

/// Time that is claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    pub start: i64,
    pub end: i64,
    /// With what is needed before and after.
    pub from: i64,
    pub to: i64,
    pub staff: usize,
    /// Whether it takes the room.
    pub room: bool,
    pub standing: Standing,
}

impl Claim {
    pub fn of(facial: bool, start: i64, staff: usize, standing: Standing) -> Self {
        let (before, long, after) = minutes(facial);
        Self {
            start,
            end: start + long,
            from: start - before,
            to: start + long + after,
            staff,
            room: facial,
            standing,
        }
    }

    pub fn keeps_out(&self, now: i64) -> bool {
        match self.standing {
            Standing::Firm => true,
            Standing::Held(until) => until > now,
            Standing::Lapsed => false,
        }
    }

    fn touches(&self, from: i64, to: i64) -> bool {
        self.from < to && from < self.to
    }
}

/// Claims by order, and who is off when.
#[derive(Clone, Debug, Default)]
pub struct Book {
    pub claims: BTreeMap<usize, Claim>,
    pub off: Vec<(usize, i64, i64)>,
}

const fn floor(minute: i64) -> i64 {
    minute.div_euclid(5) * 5
}

impl Book {
    /// Holds that ran out give way to whoever comes that near.
    fn lapse(&mut self, now: i64, from: i64, to: i64) {
        for claim in self.claims.values_mut() {
            if claim.touches(from, to) && !claim.keeps_out(now) {
                claim.standing = Standing::Lapsed;
                claim.room = false;
            }
        }
    }

    fn others(&self, now: i64, at: usize, from: i64, to: i64) -> Vec<Claim> {
        let others = self.claims.iter().filter(|(order, _)| **order != at);
        others
            .map(|(_, claim)| *claim)
            .filter(|claim| claim.keeps_out(now) && claim.touches(from, to))
            .collect()
    }

    /// Who serves an order at a time: whoever is wished for or kept, else who has least to do.
    pub fn plan(
        &mut self,
        now: i64,
        at: usize,
        wish: Wish,
        keep: Option<usize>,
    ) -> Result<usize, &'static str> {
        if wish.start % 5 != 0 {
            return Err("capacity-why-step");
        }
        let wanted = Claim::of(wish.facial, wish.start, 0, Standing::Firm);
        self.lapse(now, wanted.from - 5, wanted.to + 30 + 5);
        if wanted.start < 0 || wanted.end > CLOSES {
            return Err("capacity-why-closed");
        }
        let others = self.others(now, at, wanted.from, wanted.to);
        let mut why = "capacity-why-skill";
        let mut free = Vec::new();
        for (who, person) in PEOPLE.iter().enumerate() {
            if wish.who.is_some_and(|wished| wished != who) || (wish.facial && !person.facials) {
                continue;
            }
            if !self.works(who, &wanted) {
                why = if why == "capacity-why-staff" {
                    why
                } else {
                    "capacity-why-shift"
                };
            } else if others.iter().any(|claim| claim.staff == who) {
                why = "capacity-why-staff";
            } else {
                free.push(who);
            }
        }
        if free.is_empty() {
            return Err(why);
        }
        if wish.facial && others.iter().any(|claim| claim.room) {
            return Err("capacity-why-resource");
        }
        let load = |who: usize| {
            let mine = self.claims.values().filter(|claim| claim.staff == who);
            let blocking = mine.filter(|claim| claim.keeps_out(now));
            blocking.map(|claim| claim.end - claim.start).sum::<i64>()
        };
        let best = free
            .into_iter()
            .min_by_key(|who| (Some(*who) != keep, load(*who), *who));
        Ok(best.expect("somebody is free"))
    }

    fn works(&self, who: usize, wanted: &Claim) -> bool {
        let person = PEOPLE[who];
        let is_off = |(off, from, to): &(usize, i64, i64)| {
            *off == who && *from < wanted.end && wanted.start < *to
        };
        person.from <= wanted.start && wanted.end <= person.to && !self.off.iter().any(is_off)
    }

    /// Somebody serves without a booking: busy from now on, up to the next booking at most.
    pub fn occupy(&mut self, now: i64, at: usize, who: usize, facial: bool) {
        let (start, long) = (floor(now), minutes(facial).1);
        self.lapse(now, start, start + long);
        let mine = self.others(now, at, start, start + long);
        let next = mine.iter().filter(|claim| claim.staff == who);
        let end = next.map(|claim| claim.from.max(start)).min();
        let end = end.unwrap_or(start + long);
        if end > start {
            let claim = Claim {
                start,
                end,
                from: start,
                to: end,
                staff: who,
                room: false,
                standing: Standing::Firm,
            };
            self.claims.insert(at, claim);
        }
    }

    /// What is finished early is free again; clean-up keeps its time.
    pub fn release_from(&mut self, at: usize, now: i64) {
        let Some(claim) = self.claims.get_mut(&at) else {
            return;
        };
        let end = floor(now);
        if end <= claim.start {
            self.claims.remove(&at);
        } else if end < claim.end {
            claim.to = (end + claim.to - claim.end).min(claim.to);
            claim.end = end;
        }
    }

    /// Gives an order back what it had claimed, unless somebody has it by now.
    pub fn restore(&mut self, now: i64, at: usize, before: Option<Claim>) -> Told {
        if self.claims.get(&at).copied() == before {
            return Ok(());
        }
        self.claims.remove(&at);
        let Some(claim) = before else {
            return Ok(());
        };
        self.lapse(now, claim.from - 5, claim.to + 5);
        let others = self.others(now, at, claim.from, claim.to);
        if others.iter().any(|other| other.staff == claim.staff) {
            return Err("capacity-why-staff");
        }
        if claim.room && others.iter().any(|other| other.room) {
            return Err("capacity-why-resource");
        }
        self.claims.insert(at, claim);
        Ok(())
    }
}
