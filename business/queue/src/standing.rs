//! Where everybody in line stands: gathers the picture that [`crate::model::outlook`] plays
//! forward.

use std::collections::{BTreeMap, BTreeSet};

use kernel::ids::{OrderId, ServiceId, SiteId, StaffId};
use kernel::{Ctx, Date, Fault, Span, Timestamp};
use offers::Service;
use orders::StateName;
use people::Staff;
use queueing::quote::Scene;
use store::Tx;

use crate::VIEW;
use crate::commands::{as_house, later};
use crate::model::{
    self, Helper, InHand, Job, Outlook, Quoted, Stage, Stretch, Turn, TurnState, Wait,
};
use crate::queries::{self, Model, Pause, Ticket};

/// How far ahead the shift is played.
const HORIZON_MINUTES: i64 = 12 * 60;
/// A break that has run over is taken to last so many minutes still.
const BREAK_LEFT_MINUTES: i64 = 5;

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
    /// Who will probably serve the holder.
    pub taker: Option<StaffId>,
}

/// The picture of a site at an instant: who works, what waits.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The open tickets of the day whose orders still wait, in the order they will be called.
    pub tickets: Vec<Ticket>,
    /// Everybody on shift, in the order of their turns.
    pub turns: Vec<Turn>,
    /// The number of the model that tells the waits.
    pub model: i64,
    learnt: Model,
    outlook: Outlook,
    services: BTreeMap<ServiceId, Service>,
    staff: Vec<Staff>,
    now: Timestamp,
}

/// The picture of a site now. Only sums of it ever reach a customer.
pub(crate) fn picture(tx: &mut Tx, ctx: &Ctx, site: SiteId, day: Date) -> Result<Picture, Fault> {
    let ctx = &as_house(ctx);
    let tickets = waiting_tickets(tx, ctx, site, day)?;
    let mut wanted: Vec<ServiceId> = tickets.iter().map(|ticket| ticket.service).collect();
    wanted.sort();
    wanted.dedup();
    let services = offers::services_by_id(tx, ctx, &wanted)?;
    let staff = people::staff_at(tx, ctx, site)?;
    let shift = Shift::gather(tx, ctx, (site, day), &tickets)?;
    let turns = shift.turns(tx, ctx, (site, day), &tickets)?;
    let learnt = queries::model(tx, ctx, site)?;
    let jobs: Vec<Job> = tickets
        .iter()
        .map(|ticket| job(ticket, &services, &staff, ctx.now))
        .collect();
    let helpers = shift.in_turn(&turns);
    Ok(Picture {
        outlook: model::outlook(helpers, &jobs, learnt.lessons.pace()),
        model: learnt.number,
        tickets,
        turns,
        learnt,
        services,
        staff,
        now: ctx.now,
    })
}

/// The open tickets whose orders still wait, called ones first, then by what they count from.
fn waiting_tickets(tx: &mut Tx, ctx: &Ctx, site: SiteId, day: Date) -> Result<Vec<Ticket>, Fault> {
    let mut tickets = queries::open(tx, ctx, site, day)?;
    let ids: Vec<OrderId> = tickets.iter().map(|ticket| ticket.order).collect();
    let states = orders::states(tx, ctx, &ids)?;
    tickets.retain(|ticket| states.get(&ticket.order) == Some(&StateName::Waiting));
    tickets.sort_by_key(|ticket| !matches!(ticket.stage, Stage::Called { .. }));
    Ok(tickets)
}

/// Who has every skill of a service.
fn able(service: &Service, staff: &[Staff]) -> Vec<StaffId> {
    let able = staff.iter().filter(|member| member.can(&service.skills));
    able.map(|member| member.id).collect()
}

fn job(
    ticket: &Ticket,
    services: &BTreeMap<ServiceId, Service>,
    staff: &[Staff],
    now: Timestamp,
) -> Job {
    let ahead = |at: Timestamp| Some(minutes(now, at)).filter(|minutes| *minutes > 0);
    let away = match ticket.stage {
        Stage::Away { until } => ahead(until),
        _ => None,
    };
    Job {
        helpers: match ticket.wanted_staff {
            Some(staff) => Some(vec![staff]),
            None => services
                .get(&ticket.service)
                .map(|service| able(service, staff)),
        },
        from: away.unwrap_or(0),
        is_due: ticket.is_due(now) || matches!(ticket.stage, Stage::Called { .. }),
        kept: ticket
            .booked_at
            .filter(|_| ticket.wanted_staff.is_some())
            .and_then(ahead),
        ..Job::new(ticket.minutes)
    }
}

/// Everybody on shift with what they have promised and what is in their hands.
struct Shift {
    helpers: BTreeMap<StaffId, Helper>,
    pauses: BTreeMap<StaffId, Pause>,
    now: Timestamp,
}

impl Shift {
    fn gather(
        tx: &mut Tx,
        ctx: &Ctx,
        (site, day): (SiteId, Date),
        tickets: &[Ticket],
    ) -> Result<Self, Fault> {
        let zone = organisation::site(tx, ctx, site)?.zone;
        let midnight = organisation::instant_clipped(&zone, day, 0).min(ctx.now);
        let window = Span::new(ctx.now, later(ctx.now, HORIZON_MINUTES))
            .ok_or_else(|| Fault::broken("the horizon lies ahead"))?;
        let worked = Span {
            start: midnight,
            end: window.end,
        };
        let mut shift = Self {
            helpers: BTreeMap::new(),
            pauses: queries::pauses(tx, ctx, site, midnight)?,
            now: ctx.now,
        };
        for (staff, span) in people::work_spans(tx, ctx, site, worked)? {
            shift.helper(staff).shift.push(stretch(ctx.now, span));
        }
        let serving = shift.in_hand(tx, ctx, site)?;
        // What is due now or past stands in line as a job of its own.
        let mut apart: BTreeSet<OrderId> = serving;
        let due = tickets
            .iter()
            .filter(|ticket| ticket.booked_at.is_some_and(|at| at <= ctx.now));
        apart.extend(due.map(|ticket| ticket.order));
        for claim in capacity::claims_in(tx, ctx, site, window)? {
            if let Some(helper) = shift.helpers.get_mut(&claim.staff)
                && !apart.contains(&claim.order)
            {
                helper.booked.push(stretch(ctx.now, claim.busy));
            }
        }
        shift.add_pauses();
        Ok(shift)
    }

    fn helper(&mut self, staff: StaffId) -> &mut Helper {
        self.helpers.entry(staff).or_insert_with(|| Helper {
            staff,
            shift: Vec::new(),
            booked: Vec::new(),
            in_hand: None,
        })
    }

    /// Notes who serves whom; answers the orders that are being carried out.
    fn in_hand(
        &mut self,
        tx: &mut Tx,
        ctx: &Ctx,
        site: SiteId,
    ) -> Result<BTreeSet<OrderId>, Fault> {
        let mut serving = BTreeSet::new();
        for work in orders::at_work(tx, ctx, site)? {
            serving.insert(work.order);
            let job = InHand {
                standard: work.minutes,
                taken: minutes(work.started, ctx.now),
            };
            if let Some(helper) = self.helpers.get_mut(&work.staff) {
                let left = |job: InHand| job.minutes_left(1000);
                let longer = helper.in_hand.is_none_or(|other| left(other) < left(job));
                helper.in_hand = if longer { Some(job) } else { helper.in_hand };
            }
        }
        Ok(serving)
    }

    fn add_pauses(&mut self) {
        for (staff, pause) in &self.pauses {
            if let Some(helper) = self.helpers.get_mut(staff) {
                let to = minutes(self.now, pause.until).max(BREAK_LEFT_MINUTES);
                helper.booked.push(Stretch { from: 0, to });
            }
        }
    }

    /// The list of turns: everybody who is on shift now.
    fn turns(
        &self,
        tx: &mut Tx,
        ctx: &Ctx,
        (site, day): (SiteId, Date),
        tickets: &[Ticket],
    ) -> Result<Vec<Turn>, Fault> {
        let taken = queries::turns_today(tx, ctx, site, day)?;
        let called: BTreeSet<StaffId> = tickets
            .iter()
            .filter(|ticket| matches!(ticket.stage, Stage::Called { .. }))
            .filter_map(|ticket| ticket.called_staff)
            .collect();
        let on_shift = self.helpers.values().filter_map(|helper| {
            let span = helper
                .shift
                .iter()
                .find(|span| span.from <= 0 && span.to > 0)?;
            let (count, last) = match taken.get(&helper.staff) {
                Some((count, last)) => (*count, Some(*last)),
                None => (0, None),
            };
            Some(Turn {
                staff: helper.staff,
                on_since: later(self.now, span.from),
                last,
                count,
                state: self.state(helper, called.contains(&helper.staff)),
            })
        });
        Ok(model::in_order(on_shift.collect()))
    }

    fn state(&self, helper: &Helper, has_called: bool) -> TurnState {
        if let Some(pause) = self.pauses.get(&helper.staff) {
            let (since, until) = (pause.since, pause.until);
            return TurnState::Break { since, until };
        }
        if let Some(job) = helper.in_hand {
            let minutes_left = job.minutes_left(1000);
            return TurnState::Serving { minutes_left };
        }
        if has_called {
            return TurnState::Serving { minutes_left: 0 };
        }
        let now = |span: &&Stretch| span.from <= 0 && span.to > 0;
        match helper.booked.iter().find(now) {
            Some(span) => TurnState::Booked {
                minutes_left: span.to,
            },
            None => TurnState::Free,
        }
    }

    /// Everybody, whoever is on shift now in the order of their turns and before the others.
    fn in_turn(self, turns: &[Turn]) -> Vec<Helper> {
        let place = |staff: StaffId| turns.iter().position(|turn| turn.staff == staff);
        let mut helpers: Vec<Helper> = self.helpers.into_values().collect();
        helpers.sort_by_key(|helper| place(helper.staff).unwrap_or(usize::MAX));
        helpers
    }
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

impl Ticket {
    /// Whether the holder has booked, is here, and the time booked has come.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.booked_at.is_some_and(|at| at <= now)
            && self.wanted_staff.is_some()
            && self.stage.stands(now)
    }
}

impl Picture {
    /// Who waits ahead of an index in fact: called people, those in line and those who come back.
    fn queue_before(&self, index: usize) -> u32 {
        let before = self.tickets[..index].iter();
        u32::try_from(before.filter(|ticket| ticket.stage.is_open()).count()).unwrap_or(0)
    }

    fn scene(&self, queue: u32, able: Option<&[StaffId]>) -> Scene {
        let helps = |helper: &&Helper| {
            Helper::is_within(&helper.shift) && able.is_none_or(|able| able.contains(&helper.staff))
        };
        let on: Vec<&Helper> = self.outlook.helpers().iter().filter(helps).collect();
        let busy =
            |helper: &&&Helper| helper.in_hand.is_some() || Helper::is_within(&helper.booked);
        Scene {
            queue,
            serving_s: vec![0.0; on.iter().filter(busy).count()],
            staff: u32::try_from(on.len()).unwrap_or(0),
            changes: Vec::new(),
        }
    }

    /// The quote for the ticket at `index`.
    fn quote_at(&self, index: usize) -> Option<Quoted> {
        let ticket = &self.tickets[index];
        let job = job(ticket, &self.services, &self.staff, self.now);
        let waits = self.outlook.waits(index)?;
        let scene = self.scene(self.queue_before(index), job.helpers.as_deref());
        Some(self.learnt.lessons.quote(&waits, &scene, job.minutes))
    }

    /// The quote for the holder of a ticket.
    pub(crate) fn quote_of(&self, ticket: &Ticket) -> Option<Quoted> {
        self.quote_at(self.index(ticket)?)
    }

    /// How many are on shift now, whatever they do.
    pub fn on_shift(&self) -> usize {
        self.turns.len()
    }

    /// Whether anybody has a shift ahead: without a plan no closing time can be kept.
    pub(crate) fn has_shifts(&self) -> bool {
        !self.outlook.helpers().is_empty()
    }

    /// The range for somebody who joins now for a service.
    pub fn wait_for(&self, service: &Service) -> Option<Wait> {
        let able = able(service, &self.staff);
        let job = Job {
            helpers: Some(able.clone()),
            ..Job::new(service.minutes)
        };
        let waits = self.outlook.waits_after(&job)?;
        let scene = self.scene(self.queue_before(self.tickets.len()), Some(&able));
        let quoted = self.learnt.lessons.quote(&waits, &scene, job.minutes);
        Some(quoted.wait)
    }

    /// How many stand in a line: those waiting and those called.
    pub fn standing_in(&self, line: &str) -> usize {
        let here = |ticket: &&Ticket| {
            ticket.stands_in == line
                && (ticket.stage.stands(self.now) || matches!(ticket.stage, Stage::Called { .. }))
        };
        self.tickets.iter().filter(here).count()
    }

    /// When there will be room in a line that holds at most `max`: once so many of those ahead
    /// have been called, give or take, that whoever comes back then finds a place.
    pub(crate) fn room_at(&self, line: &str, max: usize) -> Option<Timestamp> {
        let ahead: Vec<usize> = (0..self.tickets.len())
            .filter(|index| self.tickets[*index].stands_in == line)
            .collect();
        let leaves = (ahead.len() + 1).saturating_sub(max);
        let last = ahead.get(leaves.checked_sub(1)?)?;
        Some(later(self.now, self.quote_at(*last)?.wait.max))
    }

    fn index(&self, ticket: &Ticket) -> Option<usize> {
        self.tickets.iter().position(|other| other.id == ticket.id)
    }

    fn standing(&self, index: usize) -> Standing {
        let ticket = &self.tickets[index];
        let in_line =
            |other: &&Ticket| other.stands_in == ticket.stands_in && other.stage.stands(self.now);
        Standing {
            people_ahead: self.tickets[..index].iter().filter(in_line).count(),
            people_behind: self.tickets[index + 1..].iter().filter(in_line).count(),
            wait: self.quote_at(index).map(|quoted| quoted.wait),
            taker: self.outlook.taker(index),
            ticket: ticket.clone(),
        }
    }

    /// Where the holder of a ticket stands; `None` when it no longer waits.
    pub fn of(&self, ticket: &Ticket) -> Option<Standing> {
        Some(self.standing(self.index(ticket)?))
    }

    /// Where everybody stands, in the order they will be called.
    pub fn standings(&self) -> Vec<Standing> {
        (0..self.tickets.len())
            .map(|index| self.standing(index))
            .collect()
    }

    /// Whether somebody can do a ticket's job and may be given it: a customer's own wish, the
    /// skill, and nobody else's booked time are kept.
    fn may_take(&self, staff: StaffId, ticket: &Ticket) -> bool {
        let kept_for_another = self.tickets.iter().any(|other| {
            other.id != ticket.id && other.wanted_staff == Some(staff) && other.is_due(self.now)
        });
        let service = self.services.get(&ticket.service);
        let can = |member: &Staff| {
            member.id == staff && service.is_none_or(|service| member.can(&service.skills))
        };
        !kept_for_another
            && ticket.wanted_staff.is_none_or(|wanted| wanted == staff)
            && self.staff.iter().any(can)
    }

    /// Who of the staff is free now, on shift and could take the ticket's job, in turn.
    pub fn free_for(&self, ticket: &Ticket) -> Vec<StaffId> {
        let service = self.services.get(&ticket.service);
        let can = |staff: StaffId| {
            let member = self.staff.iter().find(|member| member.id == staff);
            member.is_some_and(|member| service.is_none_or(|service| member.can(&service.skills)))
        };
        let free = self.turns.iter().filter(|turn| turn.is_free());
        free.map(|turn| turn.staff)
            .filter(|staff| can(*staff))
            .collect()
    }

    /// Who takes a ticket if it is called now: the next free person by turn who may.
    pub(crate) fn by_turn(&self, ticket: &Ticket) -> Option<StaffId> {
        model::next_free(&self.turns, |staff| self.may_take(staff, ticket))
    }

    /// The ticket somebody calls next from the lines they serve: the customer booked with them
    /// whose time has come, else the first in the order whose job they may take.
    pub(crate) fn next_for(
        &self,
        staff: StaffId,
        serves: impl Fn(&str) -> bool,
    ) -> Option<&Ticket> {
        let here = || {
            self.tickets
                .iter()
                .filter(|ticket| ticket.stage.stands(self.now) && serves(&ticket.stands_in))
        };
        let due =
            here().find(|ticket| ticket.wanted_staff == Some(staff) && ticket.is_due(self.now));
        due.or_else(|| here().find(|ticket| self.may_take(staff, ticket)))
    }

    /// The first ticket somebody free can take, and who: one click for the desk.
    pub(crate) fn next(&self) -> Option<(&Ticket, Option<StaffId>)> {
        let here = || {
            self.tickets
                .iter()
                .filter(|ticket| ticket.stage.stands(self.now))
        };
        let taken = here().find_map(|ticket| Some((ticket, Some(self.by_turn(ticket)?))));
        // With nobody free the first in line may come to the desk already.
        taken.or_else(|| here().next().map(|ticket| (ticket, None)))
    }
}

/// The line of a site as the desk sees it.
pub fn line_now(tx: &mut Tx, ctx: &Ctx, site: SiteId, day: Date) -> Result<Picture, Fault> {
    ctx.require_at(VIEW, site)?;
    picture(tx, ctx, site, day)
}
