//! Gathers the picture of a site's day that Today shows.

use std::{collections::BTreeMap, sync::Arc};

use kernel::ids::{OrderId, ResourceId, StaffId};
use kernel::{Ctx, Date, Fault, Span, Timestamp};
use orders::{Card, State, StateName, StepState};
use organisation::Site;
use people::Staff;
use queue::{Picture, Standing};
use store::{Entry, Tx};

use crate::TAKE;
use crate::calendar::{Stay, stay};
use crate::model;
use crate::unreached::Unreached;
use crate::unstaffed::Unstaffed;

/// Bookings further ahead than this are for the calendar.
pub(crate) const ARRIVING_MINUTES: i64 = 120;
/// Grace before a booking counts as late, in minutes.
pub(crate) const GRACE_MINUTES: i64 = 5;

/// Everything Today is made of.
pub(crate) struct Day {
    pub site: Site,
    pub date: Date,
    pub cards: Arc<Vec<Card>>,
    pub standings: Vec<Standing>,
    pub picture: Picture,
    pub staff: BTreeMap<StaffId, Staff>,
    pub places: BTreeMap<OrderId, ResourceId>,
    pub resources: BTreeMap<ResourceId, String>,
    /// The latest act at a ticket that can be taken back.
    pub undo: Option<queue::Ticket>,
    /// The latest act at an order that can be taken back.
    pub undo_order: Option<orders::Undoable>,
    pub handled: Vec<Entry>,
    pub rescues: Vec<Rescue>,
    /// Bookings whose person is not at work then.
    pub unstaffed: Vec<Unstaffed>,
    /// Bookings whose customer was written to in vain.
    pub unreached: Vec<Unreached>,
    pub openings: Vec<Opening>,
    /// Enquiries whose answer is late.
    pub overdue: Vec<enquiries::Enquiry>,
    /// Webhooks that were stopped, for whoever may resume them.
    pub stopped: Vec<webhooks::Webhook>,
    /// Whether who looks may do what the buttons say.
    pub may_act: bool,
}

/// Time a person has free between two tasks of the next two hours.
pub(crate) struct Opening {
    pub staff: StaffId,
    pub span: Span,
}

/// A booking whose person is still busy, and who could take it instead.
pub(crate) struct Rescue {
    pub order: OrderId,
    pub busy_until: Timestamp,
    pub other: Option<StaffId>,
}

/// Late enquiries that Today names; the list has them all.
const OVERDUE_MAX: i64 = 3;

/// The day of a site from midnight to midnight, by its own clock.
pub(crate) fn day_span(site: &Site, date: Date) -> Span {
    let start = organisation::instant_clipped(&site.zone, date, 0);
    let end = organisation::instant_clipped(&site.zone, date, 1440);
    Span::new(start, end).expect("a day is longer than nothing")
}

/// Gathers the day.
pub(crate) fn gather(tx: &mut Tx, ctx: &Ctx, site: kernel::ids::SiteId) -> Result<Day, Fault> {
    let site = organisation::site(tx, ctx, site)?;
    let date = site.date_of(ctx.now);
    let span = day_span(&site, date);
    let cards = orders::board_today(tx, ctx, site.id, span)?;
    let picture = queue::line_now(tx, ctx, site.id, date)?;
    let standings = picture.standings();
    let staff = people::staff(tx, ctx)?
        .into_iter()
        .map(|member| (member.id, member))
        .collect();
    let claims = capacity::claims_in(tx, ctx, site.id, span)?;
    let places = claims
        .iter()
        .filter_map(|claim| Some((claim.order, *claim.resources.first()?)))
        .collect();
    let resources = capacity::resources_at(tx, ctx, site.id)?
        .into_iter()
        .map(|resource| (resource.id, resource.name.get(ctx.locale).to_owned()))
        .collect();
    let mut day = Day {
        undo: queue::undoable(tx, ctx, site.id)?,
        undo_order: orders::undoable(tx, ctx, site.id)?,
        handled: handled(tx, ctx, &site)?,
        rescues: Vec::new(),
        unstaffed: crate::unstaffed::gather(tx, ctx, &site)?,
        unreached: crate::unreached::gather(tx, ctx, site.id)?,
        openings: Vec::new(),
        may_act: ctx.may(TAKE),
        stopped: webhooks::stopped(tx, ctx)?,
        overdue: enquiries::overdue(tx, ctx, site.id, OVERDUE_MAX)?,
        site,
        date,
        cards,
        standings,
        picture,
        staff,
        places,
        resources,
    };
    day.rescues = rescues(tx, ctx, &day)?;
    day.openings = openings(
        &day,
        &people::work_spans(tx, ctx, day.site.id, span)?,
        (&claims, ctx.now),
    );
    Ok(day)
}

/// The first gaps of the next two hours that something could still be booked into.
fn openings(
    day: &Day,
    work: &[(StaffId, Span)],
    (claims, now): (&[capacity::Claim], Timestamp),
) -> Vec<Opening> {
    const SHOWN: usize = 2;
    const MINUTES_MIN: i64 = 30;
    let until = minutes_later(now, ARRIVING_MINUTES);
    let stays: Vec<Stay> = day
        .cards
        .iter()
        .filter_map(|card| stay(card, now))
        .collect();
    let mut found: Vec<Opening> = Vec::new();
    for staff in day.staff.keys() {
        let of = |spans: &[(StaffId, Span)]| -> Vec<Span> {
            let own = spans.iter().filter(|(id, _)| id == staff);
            own.map(|(_, span)| *span).collect()
        };
        let busy: Vec<Span> = stays
            .iter()
            .filter(|stay| stay.staff == Some(*staff))
            .map(|stay| stay.span)
            // A group session takes its leader before anybody has a seat in it.
            .chain(
                claims
                    .iter()
                    .filter(|claim| claim.staff == *staff)
                    .map(|claim| claim.busy),
            )
            .collect();
        let gaps = model::openings(&of(work), &busy, MINUTES_MIN);
        found.extend(gaps.into_iter().filter_map(|gap| {
            let start = next_quarter(gap.start.max(now));
            let span = Span::new(start, gap.end)?;
            (start < until && span.minutes() >= MINUTES_MIN).then_some(Opening {
                staff: *staff,
                span,
            })
        }));
    }
    found.sort_by_key(|opening| (opening.span.start, opening.staff));
    found.truncate(SHOWN);
    found
}

/// The quarter of an hour that begins at or after an instant.
fn next_quarter(at: Timestamp) -> Timestamp {
    const QUARTER: i64 = 15 * 60 * 1_000_000;
    let quarters = (at.as_microsecond() + QUARTER - 1).div_euclid(QUARTER);
    Timestamp::from_microsecond(quarters * QUARTER).unwrap_or(at)
}

/// What was put right in the last hour, newest first.
fn handled(tx: &mut Tx, ctx: &Ctx, site: &Site) -> Result<Vec<Entry>, Fault> {
    const SHOWN: usize = 5;
    /// Of all sites together.
    const LOOKED_AT: i64 = 100;
    const PUT_RIGHT: [&str; 4] = [
        "order.no_show",
        "order.rescheduled",
        "ticket.assigned",
        "ticket.skipped",
    ];
    let since = minutes_later(ctx.now, -60);
    let mut entries = Vec::new();
    for activity in PUT_RIGHT {
        let here = (site.id, since);
        entries.extend(store::journal::latest(
            tx, ctx.org, activity, here, LOOKED_AT,
        )?);
    }
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.seq));
    entries.truncate(SHOWN);
    Ok(entries)
}

pub(crate) fn minutes_later(from: Timestamp, minutes: i64) -> Timestamp {
    Timestamp::from_microsecond(from.as_microsecond() + minutes * 60_000_000).unwrap_or(from)
}

/// When the work of a served order should end: its start and its standard, or now if that passed.
pub(crate) fn expected_end(card: &Card, now: Timestamp) -> Option<Timestamp> {
    let started = card.order.state.started()?;
    Some(minutes_later(started, card.order.minutes).max(now))
}

/// Booked orders within the hour whose person will still be busy when they should begin.
fn rescues(tx: &mut Tx, ctx: &Ctx, day: &Day) -> Result<Vec<Rescue>, Fault> {
    const SHOWN: usize = 3;
    let busy: BTreeMap<StaffId, Timestamp> = day
        .serving()
        .filter_map(|card| Some((card.order.state.staff()?, expected_end(card, ctx.now)?)))
        .collect();
    let soon = minutes_later(ctx.now, 60);
    let mut found = Vec::new();
    for card in day.cards.iter() {
        let Some(slot) = card.order.state.slot() else {
            continue;
        };
        // Whoever is late themselves is another matter, with a card of its own.
        let ahead = match card.order.state {
            State::Booked { .. } => slot.span.start >= ctx.now,
            State::Waiting { .. } => true,
            _ => false,
        };
        let Some(until) = slot.staff.and_then(|staff| busy.get(&staff)) else {
            continue;
        };
        let late = model::minutes(slot.span.start, *until) >= GRACE_MINUTES;
        if ahead && late && slot.span.start < soon && found.len() < SHOWN {
            let other = match card.order.state {
                State::Booked { .. } => other_for(tx, ctx, day, card, &busy)?,
                _ => None,
            };
            found.push(Rescue {
                order: card.order.id,
                busy_until: *until,
                other,
            });
        }
    }
    Ok(found)
}

/// Somebody else who could take a booking at its time.
fn other_for(
    tx: &mut Tx,
    ctx: &Ctx,
    day: &Day,
    card: &Card,
    busy: &BTreeMap<StaffId, Timestamp>,
) -> Result<Option<StaffId>, Fault> {
    let Some(slot) = card.order.state.slot() else {
        return Ok(None);
    };
    let Some(claim) = capacity::claim_of(tx, ctx, card.order.id)? else {
        return Ok(None);
    };
    let start = slot.span.start;
    let free = day
        .staff
        .values()
        .filter(|member| member.active && member.works_at(day.site.id))
        .map(|member| member.id)
        .filter(|id| Some(*id) != slot.staff)
        .filter(|id| busy.get(id).is_none_or(|until| *until <= start));
    for id in free.take(12) {
        let ask = capacity::Ask {
            site: day.site.id,
            service: claim.service,
            add_on_minutes: 0,
            staff: Some(id),
        };
        if capacity::why_not(tx, ctx, &ask, start)?.is_none() {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

impl Day {
    /// Orders being carried out, by their start.
    pub(crate) fn serving(&self) -> impl Iterator<Item = &Card> {
        self.cards
            .iter()
            .filter(|card| card.order.state.name() == StateName::Serving)
    }

    /// Booked orders that should come within two hours or are late, and booked customers who are
    /// here, by their slot.
    pub(crate) fn arriving(&self, now: Timestamp) -> Vec<&Card> {
        let until = minutes_later(now, ARRIVING_MINUTES);
        let mut found: Vec<&Card> = self
            .cards
            .iter()
            .filter(|card| match &card.order.state {
                State::Booked { slot } => slot.span.start < until,
                // Whoever has a number stands in the queue's lane.
                State::Waiting { slot: Some(_), .. } => !self.has_number(card),
                _ => false,
            })
            .collect();
        found.sort_by_key(|card| (card.order.due(), card.order.id));
        found
    }

    fn has_number(&self, card: &Card) -> bool {
        let mut standings = self.standings.iter();
        standings.any(|standing| standing.ticket.order == card.order.id)
    }

    /// Booked orders later today than the arriving lane shows.
    pub(crate) fn later_today(&self, now: Timestamp) -> usize {
        let until = minutes_later(now, ARRIVING_MINUTES);
        let booked = |card: &Card| match &card.order.state {
            State::Booked { slot } => Some(slot.span.start),
            _ => None,
        };
        self.cards
            .iter()
            .filter_map(booked)
            .filter(|start| *start >= until)
            .count()
    }

    /// The card of an order.
    pub(crate) fn card(&self, order: OrderId) -> Option<&Card> {
        self.cards.iter().find(|card| card.order.id == order)
    }

    /// How long the holder of a ticket should wait at most, in minutes.
    pub(crate) fn wait_target(&self, ticket: &queue::Ticket) -> Option<i64> {
        self.card(ticket.order)?.order.wait_minutes_target
    }

    /// The wait targets of everybody in line.
    pub(crate) fn targets(&self) -> Vec<i64> {
        self.standings
            .iter()
            .filter_map(|standing| self.wait_target(&standing.ticket))
            .collect()
    }

    /// Minutes waited by those whose service began today.
    pub(crate) fn waits(&self) -> Vec<i64> {
        self.cards
            .iter()
            .filter(|card| card.order.kind == orders::Kind::WalkIn)
            .filter_map(|card| {
                Some(model::minutes(
                    card.order.state.arrived()?,
                    card.order.state.started()?,
                ))
            })
            .collect()
    }

    /// For booked orders that have begun: when they should have, and when they did.
    pub(crate) fn starts(&self) -> Vec<(Timestamp, Timestamp)> {
        self.cards
            .iter()
            .filter_map(|card| {
                Some((
                    card.order.state.slot()?.span.start,
                    card.order.state.started()?,
                ))
            })
            .collect()
    }

    /// What finished orders come to, in minor units of the site's currency, and how many they are.
    pub(crate) fn taken(&self) -> (i64, usize) {
        let done = self
            .cards
            .iter()
            .filter(|card| card.order.state.name() == StateName::Finished)
            .filter(|card| card.order.total.currency == self.site.currency);
        done.fold((0, 0), |(sum, count), card| {
            (sum + card.order.total.minor, count + 1)
        })
    }
}

/// The step that runs, and its minutes so far.
pub(crate) fn running_step(card: &Card, now: Timestamp) -> Option<(&orders::Step, i64)> {
    card.steps.iter().find_map(|step| match &step.state {
        StepState::Running { started, .. } => Some((step, model::minutes(*started, now))),
        _ => None,
    })
}
