//! The parts of a visit as its customer is told of them: when, what, with whom, in which room.

use kernel::{
    Bilingual, Ctx, Fault, Locale, Role, Span, TimeZone, Timestamp, format, ids::OrderId,
};
use people::Staff;
use store::Tx;

/// The kind of resources that customers are told of: a chair they find by themselves.
const ROOM: &str = "room";

/// One part of a visit of several services.
#[derive(Debug, Clone)]
pub struct ToldPart {
    /// When.
    pub span: Span,
    /// What is done.
    pub title: Bilingual,
    /// With whom.
    pub staff: Staff,
    /// In which room, while one is kept.
    pub room: Option<Bilingual>,
}

impl ToldPart {
    /// From when to when, by the clock of the site.
    pub fn times(&self, zone: &TimeZone) -> String {
        let clock = |at: Timestamp| format::time(at.to_zoned(zone.clone()).time());
        format!("{}–{}", clock(self.span.start), clock(self.span.end))
    }

    /// With whom, and in which room.
    pub fn with(&self, locale: Locale) -> String {
        let room = self.room.as_ref().map(|room| room.get(locale));
        let told: Vec<&str> = [self.staff.shown(locale)].into_iter().chain(room).collect();
        told.join(" · ")
    }

    /// The part in one line.
    pub fn line(&self, locale: Locale, zone: &TimeZone) -> String {
        let (times, title) = (self.times(zone), self.title.get(locale));
        format!("{times} {title} · {}", self.with(locale))
    }
}

/// The parts of a visit of several, in order of time; none where there is only one. For nouns that
/// have checked who asks.
pub fn told_parts(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<Vec<ToldPart>, Fault> {
    let desk = ctx.raised(Role::Desk);
    let parts = orders::parts(tx, &desk, order)?;
    if parts.len() < 2 {
        return Ok(Vec::new());
    }
    let claims = capacity::claims_of(tx, &desk, order)?;
    let mut told = Vec::new();
    for part in parts {
        let claim = claims.iter().find(|claim| claim.part == part.position);
        let mut room = None;
        for id in claim.into_iter().flat_map(|claim| &claim.resources) {
            let resource = capacity::resource(tx, &desk, *id)?;
            room = room.or((resource.kind == ROOM).then_some(resource.name));
        }
        told.push(ToldPart {
            span: part.span,
            title: part.title,
            staff: people::staff_member(tx, ctx, part.staff)?,
            room,
        });
    }
    Ok(told)
}
