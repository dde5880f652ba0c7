//! Gathers a day or a week of a site by people and rooms.

use std::collections::BTreeMap;

use capacity::{Claim, Resource};
use kernel::ids::{OrderId, ServiceId, SiteId, StaffId};
use kernel::{Bilingual, Ctx, Date, Fault, Locale, Span, Timestamp};
use orders::{Card, State, StateName};
use organisation::Site;
use people::{Portraits, Staff, TimeOff};
use store::Tx;

use crate::classes::{Class, classes};
use crate::model::{self, Axis};
use crate::today::{day_span, expected_end};

/// Everything the calendar is made of, seen at one of its days.
pub(crate) struct CalendarDay {
    pub site: Site,
    pub date: Date,
    pub now: Timestamp,
    pub axis: Axis,
    pub cards: BTreeMap<OrderId, Card>,
    /// Group sessions, by the id their claim stands under.
    pub classes: BTreeMap<OrderId, Class>,
    pub claims: BTreeMap<OrderId, Vec<Claim>>,
    pub staff: Vec<Staff>,
    pub portraits: Portraits,
    pub work: Vec<(StaffId, Span)>,
    pub time_off: Vec<TimeOff>,
    pub resources: Vec<Resource>,
    pub month: Vec<(Option<Date>, u8)>,
    /// What the parts of visits are called.
    pub titles: BTreeMap<ServiceId, Bilingual>,
    /// Everything with a time, on all days gathered, by its start.
    all: Vec<Stay>,
    /// What of it shows on this day.
    shown: Vec<Stay>,
}

/// The time an order takes in the calendar: its slot, a part of it, or the work as it really is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stay {
    pub order: OrderId,
    pub staff: Option<StaffId>,
    pub span: Span,
    /// Which part of a visit of several, from 1; `None` where the visit is one.
    pub part: Option<i64>,
}

/// The days of the week a date lies in, from Monday.
pub(crate) fn week_of(date: Date) -> Vec<Date> {
    let back = date.weekday().to_monday_zero_offset();
    let monday = (0..back).fold(date, |date, _| date.yesterday().unwrap_or(date));
    std::iter::successors(Some(monday), |date| date.tomorrow().ok())
        .take(7)
        .collect()
}

/// Gathers these days, which follow each other, and shows `date`.
pub(crate) fn gather(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    date: Option<Date>,
    whole_week: bool,
) -> Result<CalendarDay, Fault> {
    let site = organisation::site(tx, ctx, site)?;
    let date = date.unwrap_or_else(|| site.date_of(ctx.now));
    let dates = match whole_week {
        true => week_of(date),
        false => vec![date],
    };
    let (mut cards, mut open) = (BTreeMap::new(), Vec::new());
    for date in &dates {
        let day = day_span(&site, *date);
        let touches = |card: &Card| stay(card, ctx.now).is_some_and(|it| it.span.overlaps(&day));
        let board = orders::board(tx, ctx, site.id, day)?;
        // Who comes to a group session is counted on its one block.
        let alone = |card: &Card| card.order.session.is_none();
        let on_day = board.into_iter().filter(touches).filter(alone);
        cards.extend(on_day.map(|card| (card.order.id, card)));
        open.push((*date, organisation::open_spans(tx, ctx, &site, *date)?));
    }
    let (first, last) = (dates.first().copied(), dates.last().copied());
    let first = day_span(&site, first.unwrap_or(date));
    let span = Span::new(first.start, day_span(&site, last.unwrap_or(date)).end);
    let span = span.expect("days are longer than nothing");
    let mut claims: BTreeMap<OrderId, Vec<Claim>> = BTreeMap::new();
    for claim in capacity::claims_in(tx, ctx, site.id, span)? {
        claims.entry(claim.order).or_default().push(claim);
    }
    let classes = classes(tx, ctx, site.id, span)?;
    let resources = capacity::resources_at(tx, ctx, site.id)?;
    let mut day = CalendarDay {
        now: ctx.now,
        date,
        axis: Axis::covering(&[]),
        titles: titles(tx, ctx, &claims)?,
        all: all_stays((&cards, &classes), &claims, ctx.now),
        shown: Vec::new(),
        cards,
        classes,
        claims,
        staff: people::staff_at(tx, ctx, site.id)?,
        portraits: people::portraits(tx, ctx)?,
        work: people::work_spans(tx, ctx, site.id, span)?,
        time_off: people::time_off(tx, ctx, span)?,
        resources: resources
            .into_iter()
            .filter(|resource| resource.active)
            .collect(),
        month: month(tx, ctx, &site, date)?,
        site,
    };
    let stretches: Vec<(i64, i64)> = open
        .iter()
        .flat_map(|(date, open)| day.stretches(*date, open))
        .collect();
    day.axis = Axis::covering(&stretches);
    day.show(date);
    Ok(day)
}

/// The names of what visits of several parts are made of.
fn titles(
    tx: &mut Tx,
    ctx: &Ctx,
    claims: &BTreeMap<OrderId, Vec<Claim>>,
) -> Result<BTreeMap<ServiceId, Bilingual>, Fault> {
    let mut found = BTreeMap::new();
    for claim in claims.values().filter(|parts| parts.len() > 1).flatten() {
        if let std::collections::btree_map::Entry::Vacant(place) = found.entry(claim.service) {
            place.insert(offers::service(tx, ctx, claim.service)?.name);
        }
    }
    Ok(found)
}

fn all_stays(
    (cards, classes): (&BTreeMap<OrderId, Card>, &BTreeMap<OrderId, Class>),
    claims: &BTreeMap<OrderId, Vec<Claim>>,
    now: Timestamp,
) -> Vec<Stay> {
    let mut all: Vec<Stay> = classes.values().map(Class::stay).collect();
    for card in cards.values() {
        match claims.get(&card.order.id) {
            Some(parts) if parts.len() > 1 => all.extend(parts.iter().map(|part| Stay {
                order: card.order.id,
                staff: Some(part.staff),
                span: part.span(),
                part: Some(part.part),
            })),
            _ => all.extend(stay(card, now)),
        }
    }
    all.sort_by_key(|stay| (stay.span.start, stay.order));
    all
}

/// Where a card stands in time; `None` for what has no time.
pub(crate) fn stay(card: &Card, now: Timestamp) -> Option<Stay> {
    let state = &card.order.state;
    let (span, staff) = match state {
        State::Held { slot, .. } | State::Booked { slot } => (Some(slot.span), slot.staff),
        State::Waiting {
            slot: Some(slot), ..
        } => (Some(slot.span), slot.staff),
        State::Serving { started, staff, .. } => {
            let end = expected_end(card, now)?;
            (Span::new(*started, end), *staff)
        }
        State::Finished {
            started,
            finished,
            staff,
            ..
        } => (Span::new(*started, *finished), *staff),
        _ => (None, None),
    };
    Some(Stay {
        order: card.order.id,
        staff,
        span: span?,
        part: None,
    })
}

/// How full each day of the month is, 0 to 3.
fn month(
    tx: &mut Tx,
    ctx: &Ctx,
    site: &Site,
    date: Date,
) -> Result<Vec<(Option<Date>, u8)>, Fault> {
    let grid = model::month_grid(date);
    let first = day_span(site, date.first_of_month());
    let last = day_span(site, date.last_of_month());
    let span = Span::new(first.start, last.end).expect("a month is longer than nothing");
    let mut booked: BTreeMap<Date, i64> = BTreeMap::new();
    for (hour, minutes) in orders::minutes_by_hour(tx, ctx, site.id, span)? {
        *booked.entry(site.date_of(hour)).or_default() += minutes;
    }
    let mut worked: BTreeMap<Date, i64> = BTreeMap::new();
    for (_, span) in people::work_spans(tx, ctx, site.id, span)? {
        *worked.entry(site.date_of(span.start)).or_default() += span.minutes();
    }
    let load = |day: Date| {
        let whole = worked.get(&day).copied().unwrap_or(0);
        let taken = booked.get(&day).copied().unwrap_or(0);
        match taken * 100 {
            0 => 0,
            _ if whole == 0 => 3,
            part if part < whole * 35 => 1,
            part if part < whole * 75 => 2,
            _ => 3,
        }
    };
    Ok(grid
        .into_iter()
        .map(|day| (day, day.map_or(0, load)))
        .collect())
}

impl CalendarDay {
    /// Minutes after midnight of an instant, by the clock on the wall.
    pub(crate) fn wall(&self, at: Timestamp) -> i64 {
        model::wall_minute(&self.site.zone, self.date, at)
    }

    /// Turns to one of the days that were gathered.
    pub(crate) fn show(&mut self, date: Date) {
        self.date = date;
        let (top, bottom) = (
            self.axis.first * 60,
            (self.axis.first + self.axis.hours) * 60,
        );
        let shows =
            |stay: &&Stay| self.wall(stay.span.end) > top && self.wall(stay.span.start) < bottom;
        self.shown = self.all.iter().filter(shows).copied().collect();
    }

    fn stretches(&self, date: Date, open: &[Span]) -> Vec<(i64, i64)> {
        let midnight = day_span(&self.site, date);
        let wall = |at| model::wall_minute(&self.site.zone, date, at);
        // What began the day before is drawn from the top, and does not lengthen the axis.
        let begin = |span: &Span| midnight.holds(span.start);
        let work = self.work.iter().map(|(_, span)| *span).filter(begin);
        let stays = self.all.iter().map(|stay| stay.span).filter(begin);
        open.iter()
            .copied()
            .chain(work)
            .chain(stays)
            .map(|span| (wall(span.start).max(0), wall(span.end)))
            .collect()
    }

    /// Everything with a time that shows on the axis, by its start.
    pub(crate) fn stays(&self) -> &[Stay] {
        &self.shown
    }

    /// The claim behind a stay: of its part, or of the visit as a whole.
    pub(crate) fn claim(&self, stay: &Stay) -> Option<&Claim> {
        let claims = self.claims.get(&stay.order)?;
        let wanted = |claim: &&Claim| stay.part.is_none_or(|part| claim.part == part);
        claims.iter().find(wanted)
    }

    /// The shifts of one person on this day.
    pub(crate) fn work_of(&self, staff: StaffId) -> Vec<Span> {
        let day = day_span(&self.site, self.date);
        self.work
            .iter()
            .filter(|(id, span)| *id == staff && span.overlaps(&day))
            .map(|(_, span)| *span)
            .collect()
    }

    /// Bookings of the day, and the share of working time they take.
    pub(crate) fn booked(&self) -> (usize, f64) {
        let booked: std::collections::BTreeSet<OrderId> = self
            .shown
            .iter()
            .filter_map(|stay| self.cards.get(&stay.order))
            .filter(|card| card.order.state.slot().is_some())
            .filter(|card| card.order.state.name() != StateName::Cancelled)
            .map(|card| card.order.id)
            .collect();
        let count = booked.len();
        let (mut whole, mut taken) = (0.0, 0.0);
        for staff in &self.staff {
            let work = self.work_of(staff.id);
            #[expect(clippy::cast_precision_loss, reason = "minutes of a day are few")]
            let minutes = work.iter().map(Span::minutes).sum::<i64>() as f64;
            whole += minutes;
            taken += minutes * model::share(&work, &self.busy_of(staff.id));
        }
        (count, if whole > 0.0 { taken / whole } else { 0.0 })
    }

    /// What one person has on this day.
    pub(crate) fn busy_of(&self, staff: StaffId) -> Vec<Span> {
        let of = |stay: &Stay| stay.staff == Some(staff);
        self.stays()
            .iter()
            .filter(|stay| of(stay))
            .map(|stay| stay.span)
            .collect()
    }

    /// The people to draw: on shift, or with something to do.
    pub(crate) fn people(&self) -> Vec<&Staff> {
        let here = |member: &&Staff| {
            !self.work_of(member.id).is_empty() || !self.busy_of(member.id).is_empty()
        };
        let found: Vec<&Staff> = self.staff.iter().filter(here).collect();
        if found.is_empty() {
            self.staff.iter().collect()
        } else {
            found
        }
    }
}

/// The name on a block; `Guest` for an unknown customer.
pub(crate) fn name(locale: Locale, card: &Card) -> String {
    match card.customer_name(locale) {
        "" => locale.t("desk-guest"),
        name => name.to_owned(),
    }
}
