//! Staff: people who serve, what they can do and when they work.

use kernel::ids::{ShiftId, SiteId, StaffId, TimeOffId, UserId};
use kernel::{Bilingual, Locale, Span};
use std::collections::BTreeMap;

/// Somebody who serves customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Identity.
    pub id: StaffId,
    /// Name as given.
    pub name: String,
    /// How it is read, in Latin letters; also what lists are sorted by.
    pub reading: String,
    /// The user they sign in as, if they do.
    pub user: Option<UserId>,
    /// Which of the eight avatar colours they have.
    pub colour: i64,
    /// Whether they still work here.
    pub active: bool,
    /// Where they work, the home site first.
    pub sites: Vec<SiteId>,
    /// Codes of what they can do.
    pub skills: Vec<String>,
    /// Their key in another program.
    pub external_id: Option<String>,
    /// Counts edits; an edit names the version it saw.
    pub version: i64,
}

impl Staff {
    /// Whether they work at a site.
    pub fn works_at(&self, site: SiteId) -> bool {
        self.sites.contains(&site)
    }

    /// Whether they have every one of the skills.
    pub fn can(&self, skills: &[String]) -> bool {
        skills.iter().all(|skill| self.skills.contains(skill))
    }

    /// The name for a reader: as given in Chinese, by its reading in English where there is one.
    pub fn shown(&self, locale: Locale) -> &str {
        kernel::format::name(locale, &self.name, &self.reading)
    }
}

/// Something staff can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skill {
    /// Short name in data, such as `colour`.
    pub code: String,
    /// What it is called.
    pub name: Bilingual,
}

/// Whether a text may be the code of a skill: small letters, digits, hyphens, at most 40.
pub fn is_skill_code(text: &str) -> bool {
    let plain = text
        .bytes()
        .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'));
    plain && !text.is_empty() && text.len() <= 40
}

/// Dated working time of one person at one site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Identity.
    pub id: ShiftId,
    /// Who works.
    pub staff: StaffId,
    /// Where.
    pub site: SiteId,
    /// When.
    pub span: Span,
}

/// Time in which somebody does not work, whatever their shifts say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeOff {
    /// Identity.
    pub id: TimeOffId,
    /// Who is away.
    pub staff: StaffId,
    /// When.
    pub span: Span,
    /// Why, for colleagues.
    pub reason: String,
}

/// When each person works inside a window: shifts less time off, merged, by person and start.
pub fn work_spans_of(window: Span, shifts: &[Shift], off: &[TimeOff]) -> Vec<(StaffId, Span)> {
    let mut by_staff: BTreeMap<StaffId, Vec<Span>> = BTreeMap::new();
    for shift in shifts {
        by_staff
            .entry(shift.staff)
            .or_default()
            .extend(shift.span.intersect(&window));
    }
    let mut out = Vec::new();
    for (staff, spans) in by_staff {
        let away: Vec<Span> = off
            .iter()
            .filter(|o| o.staff == staff)
            .map(|o| o.span)
            .collect();
        for span in Span::merge(spans) {
            out.extend(span.subtract(&away).into_iter().map(|span| (staff, span)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Id, IdSource, Timestamp};

    fn hours(start: i64, end: i64) -> Span {
        let at = |hour: i64| Timestamp::from_second(hour * 3600).unwrap();
        Span::new(at(start), at(end)).unwrap()
    }

    fn id<T>(seed: u64) -> Id<T> {
        Id::from_uuid(IdSource::seeded(seed).uuid(Timestamp::UNIX_EPOCH))
    }

    #[test]
    fn work_is_shifts_less_time_off_within_the_window() {
        let (mei, site) = (id(1), id(2));
        let shift = |span| Shift {
            id: id(3),
            staff: mei,
            site,
            span,
        };
        let off = TimeOff {
            id: id(4),
            staff: mei,
            span: hours(12, 13),
            reason: String::new(),
        };
        let shifts = [
            shift(hours(9, 14)),
            shift(hours(14, 18)),
            shift(hours(20, 30)),
        ];
        let work = work_spans_of(hours(10, 24), &shifts, &[off]);
        let spans: Vec<Span> = work.into_iter().map(|(_, span)| span).collect();
        assert_eq!(spans, [hours(10, 12), hours(13, 18), hours(20, 24)]);
    }
}
