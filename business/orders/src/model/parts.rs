//! The parts of a visit: which lines are served together, by whom, and when.

use capacity::{Claim, PartAsk};
use kernel::{
    Bilingual, Span,
    ids::{ServiceId, StaffId},
};
use offers::Service;

use super::{Line, title};

/// One part of a visit: one person, one stretch of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its place in time, from 1.
    pub position: i64,
    /// Its main service.
    pub service: ServiceId,
    /// What is done, in a few words.
    pub title: Bilingual,
    /// When.
    pub span: Span,
    /// Who serves.
    pub staff: StaffId,
    /// Why that person is booked over, knowingly.
    pub overbooked: Option<String>,
}

/// Lines that one person serves in one go.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    /// The main service, and minutes that go with it.
    pub(crate) ask: PartAsk,
    /// What is done, in a few words.
    pub(crate) title: Bilingual,
}

/// The lines of an order as the parts of a visit, in the order in which they were named.
///
/// A line goes with the part before it when it is an add-on there, takes no time, or needs nothing
/// that the part does not need anyway; it is a part of its own otherwise, and when another person
/// is wished for. `wishes` name persons by the place of the line.
pub(crate) fn groups(
    lines: &[Line],
    service: impl Fn(ServiceId) -> Option<Service>,
    wishes: &[(usize, StaffId)],
) -> Vec<Group> {
    let mut found: Vec<(Service, Option<StaffId>, Vec<Line>)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let wish = wishes.iter().find(|(place, _)| *place == at);
        let wish = wish.map(|(_, staff)| *staff);
        let sold = line.service.and_then(&service);
        let home = sold.as_ref().map_or(found.len().checked_sub(1), |sold| {
            home_of(&found, sold, wish)
        });
        match (home, sold) {
            (Some(home), _) => {
                let (_, staff, served) = &mut found[home];
                *staff = staff.or(wish);
                served.push(line.clone());
            }
            (None, Some(sold)) => found.push((sold, wish, vec![line.clone()])),
            (None, None) => {}
        }
    }
    let group = |(service, staff, lines): (Service, Option<StaffId>, Vec<Line>)| {
        let all: i64 = lines.iter().map(|line| line.minutes * line.quantity).sum();
        let ask = PartAsk {
            service: service.id,
            add_on_minutes: all - lines[0].minutes,
            staff,
        };
        let title = title(&lines);
        Group { ask, title }
    };
    found.into_iter().map(group).collect()
}

/// The part a line goes with; `None` for one of its own.
fn home_of(
    found: &[(Service, Option<StaffId>, Vec<Line>)],
    sold: &Service,
    wish: Option<StaffId>,
) -> Option<usize> {
    let suits = |staff: &Option<StaffId>| wish.is_none() || *staff == wish;
    let added = found
        .iter()
        .rposition(|(main, staff, _)| main.add_ons.contains(&sold.id) && suits(staff));
    let last = found.len().checked_sub(1)?;
    let (main, staff, _) = &found[last];
    let within = |needs: &[String], has: &[String]| needs.iter().all(|need| has.contains(need));
    let same = within(&sold.skills, &main.skills) && within(&sold.resources, &main.resources);
    added.or((sold.minutes == 0 || (same && suits(staff))).then_some(last))
}

/// The parts as they were claimed; `known` tells what each is called.
pub(crate) fn parts(claims: &[Claim], known: &[(ServiceId, Bilingual)]) -> Vec<Part> {
    let mut known: Vec<_> = known.iter().collect();
    let named = |claim: &Claim| {
        let found = known
            .iter()
            .position(|(service, _)| *service == claim.service);
        Part {
            position: claim.part,
            service: claim.service,
            title: found.map_or_else(Bilingual::default, |at| known.remove(at).1.clone()),
            span: claim.span(),
            staff: claim.staff,
            overbooked: claim.overbooked.clone(),
        }
    };
    claims.iter().map(named).collect()
}

/// Whether a visit's parts say more than its slot.
pub(crate) fn tell_more(parts: &[Part]) -> bool {
    parts.len() > 1 || parts.iter().any(|part| part.overbooked.is_some())
}
