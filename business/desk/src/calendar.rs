//! Gathers a day of a site by people and rooms.

use std::collections::BTreeMap;

use capacity::{Claim, Resource};
use kernel::ids::{OrderId, SiteId, StaffId};
use kernel::{Ctx, Date, Fault, Locale, Span, Timestamp};
use orders::{Card, State, StateName};
use organisation::Site;
use people::{Staff, TimeOff};
use store::Tx;

use crate::model::{self, Axis};
use crate::today::{day_span, expected_end};

/// Everything a day of the calendar is made of.
pub(crate) struct CalendarDay {
    pub site: Site,
    pub date: Date,
    pub now: Timestamp,
    pub axis: Axis,
    pub cards: BTreeMap<OrderId, Card>,
    pub claims: BTreeMap<OrderId, Claim>,
    pub staff: Vec<Staff>,
    pub work: Vec<(StaffId, Span)>,
    pub time_off: Vec<TimeOff>,
    pub resources: Vec<Resource>,
    pub month: Vec<(Option<Date>, u8)>,
}

/// The time an order takes in the calendar: its slot, or the work as it really is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stay {
    pub order: OrderId,
    pub staff: Option<StaffId>,
    pub span: Span,
}

/// Gathers a day.
pub(crate) fn gather(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    date: Option<Date>,
) -> Result<CalendarDay, Fault> {
    let site = organisation::site(tx, ctx, site)?;
    let date = date.unwrap_or_else(|| site.date_of(ctx.now));
    let span = day_span(&site, date);
    let cards = orders::board(tx, ctx, site.id, span)?
        .into_iter()
        .filter(|card| stay(card, ctx.now).is_some_and(|stay| stay.span.overlaps(&span)))
        .map(|card| (card.order.id, card))
        .collect();
    let claims = capacity::claims_in(tx, ctx, site.id, span)?
        .into_iter()
        .map(|claim| (claim.order, claim))
        .collect();
    let resources = capacity::resources_at(tx, ctx, site.id)?;
    let mut day = CalendarDay {
        now: ctx.now,
        date,
        axis: Axis::covering(&[]),
        cards,
        claims,
        staff: people::staff_at(tx, ctx, site.id)?,
        work: people::work_spans(tx, ctx, site.id, span)?,
        time_off: people::time_off(tx, ctx, span)?,
        resources: resources
            .into_iter()
            .filter(|resource| resource.active)
            .collect(),
        month: month(tx, ctx, &site, date)?,
        site,
    };
    let open = organisation::open_spans(tx, ctx, &day.site, date)?;
    day.axis = Axis::covering(&day.stretches(&open));
    Ok(day)
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

    fn stretches(&self, open: &[Span]) -> Vec<(i64, i64)> {
        let midnight = day_span(&self.site, self.date);
        // What began the day before is drawn from the top, and does not lengthen the axis.
        let stays = self
            .cards
            .values()
            .filter_map(|card| stay(card, self.now))
            .filter(|stay| midnight.holds(stay.span.start));
        open.iter()
            .copied()
            .chain(self.work.iter().map(|(_, span)| *span))
            .chain(stays.map(|stay| stay.span))
            .map(|span| (self.wall(span.start).max(0), self.wall(span.end)))
            .collect()
    }

    /// Everything with a time that shows on the axis, by its start.
    pub(crate) fn stays(&self) -> Vec<Stay> {
        let (top, bottom) = (
            self.axis.first * 60,
            (self.axis.first + self.axis.hours) * 60,
        );
        let mut stays: Vec<Stay> = self
            .cards
            .values()
            .filter_map(|card| stay(card, self.now))
            .filter(|stay| self.wall(stay.span.end) > top && self.wall(stay.span.start) < bottom)
            .collect();
        stays.sort_by_key(|stay| (stay.span.start, stay.order));
        stays
    }

    /// The shifts of one person on this day.
    pub(crate) fn work_of(&self, staff: StaffId) -> Vec<Span> {
        self.work
            .iter()
            .filter(|(id, _)| *id == staff)
            .map(|(_, span)| *span)
            .collect()
    }

    /// Bookings of the day, and the share of working time they take.
    pub(crate) fn booked(&self) -> (usize, f64) {
        let count = self
            .cards
            .values()
            .filter(|card| card.order.state.slot().is_some())
            .filter(|card| card.order.state.name() != StateName::Cancelled)
            .count();
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
