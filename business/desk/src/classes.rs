//! Group sessions as the calendar shows them: one block for everybody who comes.

use std::collections::BTreeMap;

use booking::ics::Appointment;
use kernel::ids::{OrderId, SiteId};
use kernel::{Bilingual, Ctx, Fault, Id, Span, Timestamp};
use orders::Diary;
use organisation::Site;
use sessions::{Session, Stage};
use store::Tx;
use ui::BlockState;

use crate::calendar::Stay;

/// A session with what its block says.
pub(crate) struct Class {
    pub session: Session,
    /// Seats taken.
    pub taken: i64,
    pub name: Bilingual,
    pub family: String,
}

impl Class {
    /// Its place in the calendar, under the id its claim stands under.
    pub(crate) fn stay(&self) -> Stay {
        Stay {
            order: Id::from_uuid(self.session.id.uuid()),
            staff: Some(self.session.staff),
            span: self.session.span,
            part: None,
        }
    }

    /// How full it is: `7/10`.
    pub(crate) fn fill(&self) -> String {
        format!("{}/{}", self.taken, self.session.seats)
    }

    /// Where it stands.
    pub(crate) fn state(&self, now: Timestamp) -> BlockState {
        match self.session.stage {
            Stage::Running { .. } if self.session.span.end <= now => BlockState::Over,
            Stage::Running { .. } => BlockState::Serving,
            Stage::Ended { .. } => BlockState::Done,
            Stage::Planned | Stage::Cancelled { .. } => BlockState::Ahead,
        }
    }

    /// Whether somebody leads it, or it takes a room.
    pub(crate) fn is_of(&self, whose: Diary) -> bool {
        match whose {
            Diary::Staff(staff) => self.session.staff == staff,
            Diary::Resource(room) => self.session.room == Some(room),
        }
    }

    /// What a calendar keeps of it.
    pub(crate) fn appointment(&self, ctx: &Ctx, site: &Site) -> Appointment {
        let name = self.name.get(ctx.locale);
        let place = [site.name(ctx.locale), site.address.as_str()];
        let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
        Appointment {
            uid: format!("{}@steward", self.session.id),
            sequence: self.session.version,
            made: ctx.now,
            start: self.session.span.start,
            end: self.session.span.end,
            summary: format!("{name} · {}", self.fill()),
            location: place.join(", "),
            description: String::new(),
            cancelled: false,
        }
    }

    /// Its page.
    pub(crate) fn path(&self) -> String {
        format!("/sessions/{}", self.session.id)
    }
}

/// The sessions of a site that touch a span and were not called off.
pub(crate) fn classes(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    span: Span,
) -> Result<BTreeMap<OrderId, Class>, Fault> {
    let mut sessions = sessions::sessions_in(tx, ctx, site, span)?;
    sessions.retain(|session| !matches!(session.stage, Stage::Cancelled { .. }));
    let ids: Vec<_> = sessions.iter().map(|session| session.id).collect();
    let taken = capacity::seats_taken(tx, ctx, &ids)?;
    let services: Vec<_> = sessions.iter().map(|session| session.service).collect();
    let services = offers::services_by_id(tx, ctx, &services)?;
    let class = |session: Session| {
        let service = services.get(&session.service);
        let class = Class {
            taken: taken.get(&session.id).copied().unwrap_or(0),
            name: service.map_or_else(Bilingual::default, |service| service.name.clone()),
            family: service.map_or_else(String::new, |service| service.family.as_str().to_owned()),
            session,
        };
        (class.stay().order, class)
    };
    Ok(sessions.into_iter().map(class).collect())
}
