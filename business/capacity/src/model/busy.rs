//! When a person or a thing is taken, and how far apart two stints of one person must lie.

use std::collections::BTreeMap;

use kernel::ids::{ResourceId, SiteId};

use super::{Quanta, WhyNot};

/// The most quanta one claim takes: a day.
const LONGEST: i64 = 24 * 12;

/// When a person or a thing is taken: quanta in order, none overlapping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Busy(Vec<Quanta>);

impl Busy {
    /// From quanta in any order; what overlaps, because somebody was booked over, becomes one.
    pub fn new(mut taken: Vec<Quanta>) -> Self {
        taken.sort_unstable();
        let mut merged: Vec<Quanta> = Vec::with_capacity(taken.len());
        for quanta in taken {
            match merged.last_mut() {
                Some(last) if quanta.from < last.to => last.to = last.to.max(quanta.to),
                _ => merged.push(quanta),
            }
        }
        Self(merged)
    }

    /// The first stretch that shares quanta with these.
    pub fn hit(&self, wanted: Quanta) -> Option<Quanta> {
        let next = self.0.partition_point(|taken| taken.to <= wanted.from);
        self.0
            .get(next)
            .copied()
            .filter(|taken| taken.overlaps(wanted))
    }

    /// Whether any of these quanta is taken.
    pub fn hits(&self, wanted: Quanta) -> bool {
        self.hit(wanted).is_some()
    }

    /// The first taken quantum at or after one; `None` when all is free from there.
    pub fn next_from(&self, quantum: i64) -> Option<i64> {
        let next = self.0.partition_point(|taken| taken.to <= quantum);
        self.0.get(next).map(|taken| taken.from.max(quantum))
    }
}

/// One claim on a person: when, at which site, in which rooms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stint {
    /// When, with what is needed before and after.
    pub quanta: Quanta,
    /// The other site it is at; `None` for one here.
    pub away: Option<SiteId>,
    /// The rooms and equipment; empty when none is needed.
    pub places: Vec<ResourceId>,
}

/// How many minutes lie between two stints of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moves {
    /// To change the room within the site.
    pub room_minutes: i64,
    /// To come from each of the other sites, or to go there.
    pub travel: BTreeMap<SiteId, i64>,
}

impl Moves {
    /// Whether any time is needed at all.
    pub fn matter(&self) -> bool {
        self.room_minutes > 0 || self.travel.values().any(|minutes| *minutes > 0)
    }

    /// The most minutes anybody needs.
    pub fn reach_minutes(&self) -> i64 {
        let far = self.travel.values().copied().max().unwrap_or(0);
        far.max(self.room_minutes)
    }

    fn quanta_from(&self, stint: &Stint) -> i64 {
        let minutes = match stint.away {
            Some(site) => self.travel.get(&site).copied().unwrap_or(0),
            None => self.room_minutes,
        };
        (minutes + 4).div_euclid(5)
    }

    /// The rooms between which a person has no time to change; `None` where any room will do.
    ///
    /// `stints` are in order of their first quantum. A stint that overlaps is no neighbour.
    pub fn ties<'s>(
        &self,
        stints: impl Iterator<Item = &'s Stint>,
        wanted: Quanta,
    ) -> Result<Option<Vec<ResourceId>>, WhyNot> {
        let mut tied: Option<Vec<ResourceId>> = None;
        for stint in stints {
            let needed = self.quanta_from(stint);
            let apart = (wanted.from - stint.quanta.to).max(stint.quanta.from - wanted.to);
            if !(0..needed).contains(&apart) {
                continue;
            }
            if let Some(site) = stint.away {
                return Err(WhyNot::Travel(site));
            }
            if stint.places.is_empty() {
                continue;
            }
            tied = Some(match tied {
                None => stint.places.clone(),
                Some(both) => both
                    .into_iter()
                    .filter(|place| stint.places.contains(place))
                    .collect(),
            });
        }
        Ok(tied)
    }

    /// Those of somebody's stints that could lie too near.
    pub fn neighbours<'s>(&self, stints: &'s [Stint], wanted: Quanta) -> &'s [Stint] {
        let reach = (self.reach_minutes() + 4).div_euclid(5);
        let from = wanted.from - LONGEST - reach;
        let first = stints.partition_point(|stint| stint.quanta.from < from);
        let last = stints.partition_point(|stint| stint.quanta.from < wanted.to + reach);
        stints.get(first..last).unwrap_or_default()
    }
}
