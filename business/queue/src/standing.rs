//! Where everybody in line stands: gathers the picture that [`crate::model::wait`] plays forward.

use std::collections::BTreeMap;

use kernel::ids::{OrderId, ServiceId, SiteId, StaffId};
use kernel::{Ctx, Date, Fault, Span, Timestamp};
use offers::Service;
use orders::StateName;
use people::Staff;
use store::Tx;

use crate::VIEW;
use crate::commands::{as_house, later};
use crate::model::{self, Helper, Job, Spread, Stage, Stretch, Wait};
use crate::queries::{self, Ticket};

/// How far ahead the shift is played.
const HORIZON_MINUTES: i64 = 12 * 60;
/// A job that has run over its standard is taken to need this part of it still, in percent.
const OVERRUN_PERCENT: i64 = 20;

/// A ticket and what its holder can be told.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The ticket.
    pub ticket: Ticket,
    /// People of the same line who go first.
    pub people_ahead: usize,
    /// People of the same line who go later.
    pub people_behind: usize,
    /// The range to wait, when one can be told.
    pub wait: Option<Wait>,
}

/// The picture of a site at an instant: who works, what waits.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The open tickets of the day whose orders still wait, in the order they will be called.
    pub tickets: Vec<Ticket>,
    helpers: Vec<Helper>,
    services: BTreeMap<ServiceId, Service>,
    staff: Vec<Staff>,
    spread: Spread,
    now: Timestamp,
}

/// The picture of a site now. Only sums of it ever reach a customer.
pub(crate) fn picture(tx: &mut Tx, ctx: &Ctx, site: SiteId, day: Date) -> Result<Picture, Fault> {
    let ctx = &as_house(ctx);
    let window = Span::new(ctx.now, later(ctx.now, HORIZON_MINUTES))
        .ok_or_else(|| Fault::broken("the horizon lies ahead"))?;
    let tickets = waiting_tickets(tx, ctx, site, day)?;
    let mut wanted: Vec<ServiceId> = tickets.iter().map(|ticket| ticket.service).collect();
    wanted.sort();
    wanted.dedup();
    Ok(Picture {
        tickets,
        helpers: helpers(tx, ctx, site, window)?,
        services: offers::services_by_id(tx, ctx, &wanted)?,
        staff: people::staff_at(tx, ctx, site)?,
        spread: queries::spread(tx, ctx, site)?,
        now: ctx.now,
    })
}

/// The open tickets whose orders still wait, called ones first, then by turn over all lines.
fn waiting_tickets(tx: &mut Tx, ctx: &Ctx, site: SiteId, day: Date) -> Result<Vec<Ticket>, Fault> {
    let mut tickets = queries::open(tx, ctx, site, day)?;
    let ids: Vec<OrderId> = tickets.iter().map(|ticket| ticket.order).collect();
    let states = orders::states(tx, ctx, &ids)?;
    tickets.retain(|ticket| states.get(&ticket.order) == Some(&StateName::Waiting));
    let turns = turns(&tickets);
    let mut keyed: Vec<_> = turns.into_iter().zip(tickets).collect();
    // Stable: within a line and a moment the places decide.
    keyed.sort_by_key(|(turn, ticket)| (*turn, ticket.line.clone()));
    Ok(keyed.into_iter().map(|(_, ticket)| ticket).collect())
}

/// A ticket's turn among several lines: within a line the places rule, between lines the time of
/// joining. Somebody let ahead takes the time of the one who let them.
fn turns(tickets: &[Ticket]) -> Vec<(bool, bool, Timestamp)> {
    let mut latest: BTreeMap<&str, Timestamp> = BTreeMap::new();
    tickets
        .iter()
        .map(|ticket| {
            let called = matches!(ticket.stage, Stage::Called { .. });
            if ticket.place.priority {
                return (!called, false, ticket.joined_at);
            }
            let at = latest.entry(&ticket.line).or_insert(ticket.joined_at);
            *at = (*at).max(ticket.joined_at);
            (!called, true, *at)
        })
        .collect()
}

/// Everybody on shift with what they have promised and what is in their hands.
fn helpers(tx: &mut Tx, ctx: &Ctx, site: SiteId, window: Span) -> Result<Vec<Helper>, Fault> {
    let mut helpers: BTreeMap<StaffId, Helper> = BTreeMap::new();
    for (staff, span) in people::work_spans(tx, ctx, site, window)? {
        let helper = helpers.entry(staff).or_insert_with(|| Helper {
            staff,
            shift: Vec::new(),
            booked: Vec::new(),
            in_hand_minutes: None,
        });
        helper.shift.push(stretch(ctx.now, span));
    }
    let today = Span::new(ctx.now, later(ctx.now, 1)).unwrap_or(window);
    let cards = orders::board(tx, ctx, site, today)?;
    let serving: BTreeMap<OrderId, StaffId> = cards
        .iter()
        .filter(|card| card.order.state.name() == StateName::Serving)
        .filter_map(|card| Some((card.order.id, card.order.state.staff()?)))
        .collect();
    for card in &cards {
        let (Some(staff), Some(started)) =
            (serving.get(&card.order.id), card.order.state.started())
        else {
            continue;
        };
        if let Some(helper) = helpers.get_mut(staff) {
            let left = minutes_left(card.order.minutes, minutes(started, ctx.now));
            helper.in_hand_minutes = Some(helper.in_hand_minutes.unwrap_or(0).max(left));
        }
    }
    for claim in capacity::claims_in(tx, ctx, site, window)? {
        if serving.contains_key(&claim.order) {
            continue;
        }
        if let Some(helper) = helpers.get_mut(&claim.staff) {
            helper.booked.push(stretch(ctx.now, claim.busy));
        }
    }
    Ok(helpers.into_values().collect())
}

/// Standard minutes left of a job, or a fifth of its standard once it has run over.
fn minutes_left(standard: i64, taken: i64) -> i64 {
    (standard - taken)
        .max(standard * OVERRUN_PERCENT / 100)
        .max(2)
}

fn minutes(from: Timestamp, to: Timestamp) -> i64 {
    (to.as_microsecond() - from.as_microsecond()).div_euclid(60_000_000)
}

fn stretch(now: Timestamp, span: Span) -> Stretch {
    Stretch {
        from: minutes(now, span.start),
        to: minutes(now, span.end),
    }
}

impl Picture {
    fn job(&self, ticket: &Ticket) -> Job {
        let helpers = match ticket.wanted_staff {
            Some(staff) => Some(vec![staff]),
            None => self
                .services
                .get(&ticket.service)
                .map(|service| self.able(service)),
        };
        Job {
            minutes: ticket.minutes.max(1),
            helpers,
        }
    }

    /// Who has every skill of a service.
    fn able(&self, service: &Service) -> Vec<StaffId> {
        self.staff
            .iter()
            .filter(|member| member.can(&service.skills))
            .map(|member| member.id)
            .collect()
    }

    /// The jobs that go before the ticket at `index`: called people and those in line.
    fn jobs_before(&self, index: usize) -> Vec<Job> {
        self.tickets[..index]
            .iter()
            .filter(|ticket| {
                matches!(ticket.stage, Stage::Called { .. }) || ticket.stage.stands(self.now)
            })
            .map(|ticket| self.job(ticket))
            .collect()
    }

    /// The range for the ticket at `index`.
    fn wait_at(&self, index: usize) -> Option<Wait> {
        let mine = self.job(&self.tickets[index]);
        model::wait(&self.helpers, &self.jobs_before(index), &mine, self.spread)
    }

    /// The range for somebody who joins now for a service.
    pub fn wait_for(&self, service: &Service) -> Option<Wait> {
        let mine = Job {
            minutes: service.minutes.max(1),
            helpers: Some(self.able(service)),
        };
        let before = self.jobs_before(self.tickets.len());
        model::wait(&self.helpers, &before, &mine, self.spread)
    }

    fn standing(&self, index: usize) -> Standing {
        let ticket = &self.tickets[index];
        let in_line = |other: &&Ticket| other.line == ticket.line && other.stage.stands(self.now);
        Standing {
            people_ahead: self.tickets[..index].iter().filter(in_line).count(),
            people_behind: self.tickets[index + 1..].iter().filter(in_line).count(),
            wait: self.wait_at(index),
            ticket: ticket.clone(),
        }
    }

    /// Where the holder of a ticket stands; `None` when it no longer waits.
    pub fn of(&self, ticket: &Ticket) -> Option<Standing> {
        let index = self
            .tickets
            .iter()
            .position(|other| other.id == ticket.id)?;
        Some(self.standing(index))
    }

    /// Where everybody stands, in the order they will be called.
    pub fn standings(&self) -> Vec<Standing> {
        (0..self.tickets.len())
            .map(|index| self.standing(index))
            .collect()
    }

    /// Who of the staff is free now, on shift and could take the ticket's job.
    pub fn free_for(&self, ticket: &Ticket) -> Vec<StaffId> {
        let able = self
            .services
            .get(&ticket.service)
            .map(|service| self.able(service));
        self.helpers
            .iter()
            .filter(|helper| helper.in_hand_minutes.is_none())
            .filter(|helper| {
                helper
                    .shift
                    .iter()
                    .any(|span| span.from <= 0 && span.to > 0)
            })
            .filter(|helper| {
                !helper
                    .booked
                    .iter()
                    .any(|span| span.from <= 0 && span.to > 0)
            })
            .map(|helper| helper.staff)
            .filter(|staff| able.as_ref().is_none_or(|able| able.contains(staff)))
            .collect()
    }

    /// How many are on shift now.
    pub fn on_shift(&self) -> usize {
        self.helpers
            .iter()
            .filter(|helper| {
                helper
                    .shift
                    .iter()
                    .any(|span| span.from <= 0 && span.to > 0)
            })
            .count()
    }
}

/// The line of a site as the desk sees it.
pub fn line_now(tx: &mut Tx, ctx: &Ctx, site: SiteId, day: Date) -> Result<Picture, Fault> {
    ctx.require_at(VIEW, site)?;
    picture(tx, ctx, site, day)
}
