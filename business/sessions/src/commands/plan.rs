//! Planning sessions, moving them, calling them off.

use capacity::{Ask, PlanSession};
use kernel::{
    Ctx, Date, Fault, Repeat, Span, Text, Timestamp,
    ids::{GroupSessionId, ResourceId, SeriesId, ServiceId, SiteId, StaffId},
};
use orders::Slot;
use store::{Event, Tx, params};

use crate::{
    PLAN,
    model::{MINUTES_MAX, SERIES_MAX, Session, Stage, seats_check},
    queries,
};

const INSERT: &str = "
    insert into group_sessions (org, id, site, service, series, starts_at, ends_at, staff, room,
        seats, each_max, state, version, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'planned', 1, $12)";

const LOCK: &str = "update group_sessions set version = version where org = $1 and id = $2";

const SAVE: &str = "
    update group_sessions set starts_at = $4, ends_at = $5, staff = $6, room = $7, seats = $8,
        each_max = $9, state = $10, begun_at = $11, closed_at = $12, reason = $13,
        version = version + 1
    where org = $1 and id = $2 and version = $3";

/// A session to be planned.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Where.
    pub site: SiteId,
    /// What is done.
    pub service: ServiceId,
    /// When it begins.
    pub start: Timestamp,
    /// How long it lasts, in minutes.
    pub minutes: i64,
    /// Who leads, or anybody who can.
    pub staff: Option<StaffId>,
    /// In which room, or in any that is free.
    pub room: Option<ResourceId>,
    /// How many may come.
    pub seats: i64,
    /// The most seats one customer may have.
    pub each_max: i64,
}

impl Plan {
    fn check(&self) -> Result<(), Fault> {
        seats_check(self.seats)?;
        if !(1..=self.seats).contains(&self.each_max) {
            let text = Text::key("sessions-each-wrong").with("max", self.seats);
            return Err(Fault::invalid("each_max", text));
        }
        if !(5..=MINUTES_MAX).contains(&self.minutes) || self.minutes % 5 != 0 {
            let text = Text::key("sessions-minutes-wrong").with("max", MINUTES_MAX);
            return Err(Fault::invalid("minutes", text));
        }
        Ok(())
    }

    fn ask(&self, service: &offers::Service) -> Ask {
        Ask {
            site: self.site,
            service: self.service,
            add_on_minutes: self.minutes - service.minutes,
            staff: self.staff,
        }
    }
}

/// Plans a session; its leader and its room are claimed, or it is not planned.
pub fn plan(tx: &mut Tx, ctx: &Ctx, wanted: &Plan) -> Result<Session, Fault> {
    planned(tx, ctx, wanted, None)
}

fn planned(
    tx: &mut Tx,
    ctx: &Ctx,
    wanted: &Plan,
    series: Option<SeriesId>,
) -> Result<Session, Fault> {
    ctx.require_at(PLAN, wanted.site)?;
    wanted.check()?;
    let service = offers::service(tx, ctx, wanted.service)?;
    if !service.is_bookable() || !service.is_offered_at(wanted.site) {
        let text = Text::key("sessions-service-wrong");
        return Err(Fault::invalid("service", text));
    }
    let id: GroupSessionId = ctx.id();
    let claim = PlanSession {
        session: id,
        ask: wanted.ask(&service),
        room: wanted.room,
        start: wanted.start,
        seats: wanted.seats,
    };
    let claim = capacity::plan_session(tx, ctx, &claim)?;
    let session = Session {
        id,
        site: wanted.site,
        service: wanted.service,
        series,
        span: span_of(&claim)?,
        staff: claim.staff,
        room: wanted.room.or(claim.resources.first().copied()),
        seats: wanted.seats,
        each_max: wanted.each_max,
        stage: Stage::Planned,
        version: 1,
    };
    let row = params![
        ctx.org,
        id,
        session.site,
        session.service,
        series,
        session.span.start,
        session.span.end,
        session.staff,
        session.room,
        session.seats,
        session.each_max,
        ctx.now,
    ];
    tx.execute(INSERT, row)?;
    tx.record(
        ctx,
        fact("session.planned", &session).attr("seats", session.seats),
    );
    Ok(session)
}

fn span_of(claim: &capacity::Claim) -> Result<Span, Fault> {
    Span::new(claim.start, claim.end)
        .ok_or_else(|| Fault::broken("a session that ends before it begins"))
}

/// A fact about a session.
pub(super) fn fact(activity: &'static str, session: &Session) -> Event {
    Event::new(activity)
        .site(session.site)
        .object("session", session.id, "subject")
        .object("service", session.service, "held")
        .object("staff", session.staff, "server")
        .attr("starts_at", session.span.start.to_string())
}

/// A session to be changed; whoever comes second waits here and sees what the first did.
pub(super) fn locked(tx: &mut Tx, ctx: &Ctx, id: GroupSessionId) -> Result<Session, Fault> {
    let site = queries::session(tx, ctx, id)?.site;
    capacity::gate(tx, ctx, site)?;
    tx.execute(LOCK, params![ctx.org, id])?;
    let session = queries::session(tx, ctx, id)?;
    tx.seen(id, session.version)?;
    Ok(session)
}

pub(super) fn save(tx: &mut Tx, ctx: &Ctx, session: &Session) -> Result<(), Fault> {
    let row = params![
        ctx.org,
        session.id,
        session.version,
        session.span.start,
        session.span.end,
        session.staff,
        session.room,
        session.seats,
        session.each_max,
        session.stage.as_str(),
        session.stage.begun(),
        session.stage.closed(),
        session.stage.reason(),
    ];
    if tx.execute(SAVE, row)? == 0 {
        return Err(Fault::stale());
    }
    Ok(())
}

/// A date of a series, and why it cannot be had, if it cannot.
#[derive(Debug, Clone, PartialEq)]
pub struct Foreseen {
    /// The local date.
    pub date: Date,
    /// The start, when the clock shows that time on that day.
    pub start: Option<Timestamp>,
    /// Why not.
    pub why: Option<Text>,
}

/// What stands in the way of each date of a series.
pub fn foresee(
    tx: &mut Tx,
    ctx: &Ctx,
    wanted: &Plan,
    repeat: &Repeat,
) -> Result<Vec<Foreseen>, Fault> {
    ctx.require_at(PLAN, wanted.site)?;
    wanted.check()?;
    let too_many = || {
        let text = Text::key("sessions-series-long").with("max", SERIES_MAX);
        Fault::invalid("count", text)
    };
    let dates = repeat.dates(SERIES_MAX).ok_or_else(too_many)?;
    let site = organisation::site(tx, ctx, wanted.site)?;
    let service = offers::service(tx, ctx, wanted.service)?;
    let clock = wanted.start.to_zoned(site.zone.clone());
    let minute = i64::from(clock.hour()) * 60 + i64::from(clock.minute());
    let ask = wanted.ask(&service);
    let mut found = Vec::with_capacity(dates.len());
    for date in dates {
        // By the clock on the wall, so that a change to or from summer time moves nothing.
        let (start, why) = match organisation::instant(&site.zone, date, minute) {
            Ok(start) => {
                let why = capacity::why_not(tx, ctx, &ask, start)?;
                (Some(start), why.map(|why| why.text()))
            }
            Err(fault) => (None, Some(fault.text)),
        };
        found.push(Foreseen { date, start, why });
    }
    Ok(found)
}

/// Plans a session for every date of a rule in one act; answers them. Dates that cannot be had are
/// left out when that is wished for, and refuse the whole otherwise.
pub fn plan_series(
    tx: &mut Tx,
    ctx: &Ctx,
    wanted: &Plan,
    repeat: &Repeat,
    skip: bool,
) -> Result<Vec<Session>, Fault> {
    capacity::gate(tx, ctx, wanted.site)?;
    let foreseen = foresee(tx, ctx, wanted, repeat)?;
    let free: Vec<Timestamp> = foreseen
        .iter()
        .filter(|one| one.why.is_none())
        .filter_map(|one| one.start)
        .collect();
    if free.is_empty() || (free.len() < foreseen.len() && !skip) {
        let count = foreseen.len() - free.len();
        return Err(Fault::conflict("sessions-series-conflict").with("count", count));
    }
    let series: SeriesId = ctx.id();
    free.into_iter()
        .map(|start| {
            let one = Plan {
                start,
                ..wanted.clone()
            };
            planned(tx, ctx, &one, Some(series))
        })
        .collect()
}

/// What a session is to be like.
#[derive(Debug, Clone, Copy)]
pub struct Change {
    /// When it begins.
    pub start: Timestamp,
    /// Who leads; `None` keeps the person where that is possible.
    pub staff: Option<StaffId>,
    /// In which room; `None` keeps it where that is possible.
    pub room: Option<ResourceId>,
    /// How many may come.
    pub seats: i64,
    /// The most seats one customer may have.
    pub each_max: i64,
    /// The version that was seen.
    pub version: i64,
}

/// Changes a session. Another time or leader changes the orders of everybody who comes, who are
/// told as they are of any change.
pub fn change(
    tx: &mut Tx,
    ctx: &Ctx,
    id: GroupSessionId,
    wanted: &Change,
) -> Result<Session, Fault> {
    let seen = locked(tx, ctx, id)?;
    ctx.require_at(PLAN, seen.site)?;
    if seen.version != wanted.version {
        return Err(Fault::stale());
    }
    seen.changeable()?;
    seats_check(wanted.seats)?;
    let mut session = Session {
        seats: wanted.seats,
        each_max: wanted.each_max.clamp(1, wanted.seats),
        ..seen.clone()
    };
    if session.seats != seen.seats {
        capacity::resize_session(tx, ctx, id, session.seats)?;
    }
    let moves = wanted.start != seen.span.start
        || wanted.staff.is_some_and(|staff| staff != seen.staff)
        || wanted.room.is_some_and(|room| Some(room) != seen.room);
    if moves {
        let with = (wanted.staff.or(Some(seen.staff)), wanted.room);
        let claim = capacity::move_session(tx, ctx, id, wanted.start, with)?;
        session.span = span_of(&claim)?;
        session.staff = claim.staff;
        session.room = wanted.room.or(claim.resources.first().copied());
    }
    if session == seen {
        return Ok(seen);
    }
    save(tx, ctx, &session)?;
    let told = session.span != seen.span || session.staff != seen.staff;
    if told {
        let slot = Slot {
            span: session.span,
            staff: Some(session.staff),
        };
        for card in orders::in_session(tx, ctx, id)? {
            if !card.order.state.name().is_closed() {
                orders::follow_session(tx, ctx, card.order.id, slot)?;
            }
        }
    }
    let activity = if told {
        "session.moved"
    } else {
        "session.changed"
    };
    tx.record(ctx, fact(activity, &session));
    queries::session(tx, ctx, id)
}

/// Calls a session off, with those that follow it in its series if that is wished for. Everybody
/// who was to come has their order cancelled and is told.
pub fn cancel(
    tx: &mut Tx,
    ctx: &Ctx,
    id: GroupSessionId,
    (reason, following): (&str, bool),
) -> Result<usize, Fault> {
    let first = locked(tx, ctx, id)?;
    ctx.require_at(PLAN, first.site)?;
    let mut sessions = vec![first.clone()];
    if let Some(series) = first.series.filter(|_| following) {
        let later = queries::following(tx, ctx, series, first.span.start)?;
        sessions.extend(later.into_iter().filter(|session| session.id != id));
    }
    let mut count = 0;
    for seen in sessions {
        let session = seen.clone().cancel(reason, ctx.now)?;
        if session == seen {
            continue;
        }
        for card in orders::in_session(tx, ctx, session.id)? {
            if !card.order.state.name().is_closed() {
                orders::cancel(tx, ctx, card.order.id, reason)?;
            }
        }
        capacity::free_session(tx, ctx, session.id)?;
        save(tx, ctx, &session)?;
        tx.record(ctx, fact("session.cancelled", &session));
        count += 1;
    }
    Ok(count)
}
