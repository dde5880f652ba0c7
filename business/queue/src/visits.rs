//! Tickets and orders together: a number for a walk-in, the start of the service, keeping both in
//! step whatever door a change came through.

use std::collections::BTreeSet;

use kernel::ids::{CustomerId, OrderId, ServiceId, SiteId, StaffId, TicketId};
use kernel::{Ctx, Date, Fault, FaultKind, Timestamp};
use orders::{Kind, Level, NewLine, NewOrder, StateName};
use store::Tx;

use crate::commands::{self, Joining, Telling, as_house};
use crate::model::Stage;
use crate::queries::{self, DeviceId, Line, Ticket};
use crate::standing::{self, Standing};
use crate::{ISSUE, SERVE};

/// Nobody waits as long as this: whoever still seems to has gone without a word.
const FORGOTTEN_MINUTES: i64 = 8 * 60;

/// How far back the job looks for orders whose last act was taken back, in minutes.
const UNDONE_MINUTES: i64 = 5;

/// Somebody who comes without an appointment.
#[derive(Debug, Clone)]
pub struct WalkIn {
    /// Where.
    pub site: SiteId,
    /// The local day there.
    pub day: Date,
    /// What is asked for; the first is the main service.
    pub services: Vec<ServiceId>,
    /// Who asks, when known.
    pub customer: Option<CustomerId>,
    /// The name the customer gave, when it is not the one that is known; empty otherwise.
    pub booked_as: String,
    /// Whom the customer wants, or anybody.
    pub staff: Option<StaffId>,
    /// Why this goes before others, when it does.
    pub priority: Option<String>,
    /// What the customer said.
    pub note: String,
    /// Whether the customer would rather come back when there is room than be refused.
    pub comes_back: bool,
    /// The tablet the number is taken at.
    pub device: Option<DeviceId>,
}

impl WalkIn {
    /// Somebody nobody knows, who asks for these services and for nobody by name.
    pub fn new(site: SiteId, day: Date, services: Vec<ServiceId>) -> Self {
        Self {
            site,
            day,
            services,
            customer: None,
            booked_as: String::new(),
            staff: None,
            priority: None,
            note: String::new(),
            comes_back: false,
            device: None,
        }
    }
}

/// Takes a walk-in's order and gives it a number; keeps the wait the customer is told.
pub fn issue(tx: &mut Tx, ctx: &Ctx, walk_in: &WalkIn) -> Result<Standing, Fault> {
    ctx.require_at(ISSUE, walk_in.site)?;
    let house = as_house(ctx);
    let priority = walk_in
        .priority
        .as_deref()
        .map(commands::reason_of)
        .transpose()?;
    let level = match priority {
        Some(_) => Level::Priority,
        None => Level::Normal,
    };
    let new = NewOrder {
        customer: walk_in.customer,
        booked_as: walk_in.booked_as.clone(),
        lines: walk_in.services.iter().copied().map(NewLine::one).collect(),
        note: walk_in.note.clone(),
        level,
        ..NewOrder::new(walk_in.site, Kind::WalkIn)
    };
    let order = orders::create(tx, &house, &new)?;
    let main = *walk_in
        .services
        .first()
        .ok_or_else(|| Fault::broken("an order taken without a service"))?;
    let service = offers::service(tx, &house, main)?;
    let family = service.family.as_str().to_owned();
    let returns_at = match walk_in.comes_back && commands::keeps_limits(ctx) {
        true => return_time(tx, &house, walk_in, &family)?,
        false => None,
    };
    let joining = Joining {
        order: order.id,
        site: walk_in.site,
        day: walk_in.day,
        family,
        priority,
        wanted_staff: walk_in.staff,
        service: main,
        minutes: order.minutes,
        booked_at: None,
        returns_at,
        device: walk_in.device,
    };
    join(tx, &house, &joining)
}

/// Minutes a promised return is rounded up to.
const RETURN_STEP_MINUTES: i64 = 5;

/// When there will be room, while the line is full; nothing while it is not.
fn return_time(
    tx: &mut Tx,
    ctx: &Ctx,
    walk_in: &WalkIn,
    family: &str,
) -> Result<Option<Timestamp>, Fault> {
    let line = commands::line_of(tx, ctx, walk_in.site, family)?;
    let picture = standing::picture(tx, ctx, walk_in.site, walk_in.day)?;
    Ok(room_when_full(&picture, &line))
}

/// When a full line will have room again, on a whole five minutes.
pub(crate) fn room_when_full(picture: &standing::Picture, line: &Line) -> Option<Timestamp> {
    let max = usize::try_from(line.standing_max?).ok()?;
    if picture.standing_in(&line.code) < max {
        return None;
    }
    let at = picture.room_at(&line.code, max)?.as_second();
    let step = RETURN_STEP_MINUTES * 60;
    Timestamp::from_second((at + step - 1).div_euclid(step) * step).ok()
}

fn join(tx: &mut Tx, ctx: &Ctx, joining: &Joining) -> Result<Standing, Fault> {
    let ticket = commands::join(tx, ctx, joining)?;
    let picture = standing::picture(tx, ctx, joining.site, joining.day)?;
    let standing = picture
        .of(&ticket)
        .ok_or_else(|| Fault::broken("a new ticket stands in line"))?;
    let telling = Telling {
        people_ahead: standing.people_ahead,
        quoted: picture.quote_of(&ticket),
        model: picture.model,
        staff_on_duty: picture.on_shift(),
    };
    commands::quote(tx, ctx, &ticket, &telling)?;
    Ok(standing)
}

/// A booked customer is here and stands in line with everybody else, by the rules of the site.
/// Somebody who was checked in before gets the same number again.
pub fn check_in(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    device: Option<DeviceId>,
) -> Result<Ticket, Fault> {
    let house = as_house(ctx);
    let order = orders::arrive(tx, &house, order)?;
    let waits = order.state.name() == StateName::Waiting;
    if let Some(ticket) = queries::by_order(tx, &house, order.id)? {
        if waits && !ticket.stage.is_open() {
            commands::reopen(tx, &house, &ticket)?;
        }
        return queries::ticket(tx, &house, ticket.id);
    }
    if !waits {
        return Err(Fault::conflict("queue-already-serving"));
    }
    let none = || Fault::conflict("queue-nothing-to-queue-for");
    let service = order.service.ok_or_else(none)?;
    let slot = order.state.slot();
    let joining = Joining {
        order: order.id,
        site: order.site,
        day: organisation::site(tx, &house, order.site)?.date_of(ctx.now),
        family: order.family.clone().unwrap_or_default(),
        priority: None,
        wanted_staff: slot.and_then(|slot| slot.staff),
        service,
        minutes: order.minutes,
        booked_at: slot.map(|slot| slot.span.start),
        returns_at: None,
        device,
    };
    // Whoever has booked has a place: neither a limit nor a closed line keeps them out.
    let ctx = &house.with_channel(kernel::Channel::Desk);
    Ok(join(tx, ctx, &joining)?.ticket)
}

/// A booked customer is checked in at the desk: with a number, too, where the site's rules say so.
pub fn arrive(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<orders::Order, Fault> {
    let order = orders::arrive(tx, ctx, id)?;
    let (rules, _) = queries::rules(tx, ctx, order.site)?;
    let is_booked = order.state.slot().is_some() && order.service.is_some();
    if rules.desk_numbers && is_booked && order.state.name() == StateName::Waiting {
        check_in(tx, ctx, id, None)?;
    }
    Ok(order)
}

/// Begins the service of a ticket, by `staff` or else by whom it was given to.
pub fn start(
    tx: &mut Tx,
    ctx: &Ctx,
    id: TicketId,
    staff: Option<StaffId>,
) -> Result<Ticket, Fault> {
    let ticket = queries::ticket(tx, ctx, id)?;
    ctx.require_at(SERVE, ticket.site)?;
    let known = staff
        .or(ticket.called_staff)
        .or(ticket.wanted_staff)
        .or(ctx.staff());
    let staff = match known {
        Some(staff) => Some(staff),
        None => commands::turn_of(tx, ctx, &ticket)?,
    };
    orders::start(tx, ctx, ticket.order, staff)?;
    commands::serve(tx, ctx, &ticket, staff)?;
    Ok(ticket)
}

/// The customer gives the place up.
pub fn leave(tx: &mut Tx, ctx: &Ctx, secret: &str) -> Result<Ticket, Fault> {
    let ticket = queries::by_secret(tx, ctx, secret)?;
    ticket.stage.leave()?;
    let reason = ctx.locale.t("queue-reason-left");
    orders::cancel(tx, &as_house(ctx), ticket.order, &reason)?;
    commands::close(tx, ctx, &ticket, Stage::Left)?;
    Ok(ticket)
}

/// What a ticket still has to do to be in step with its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Nobody waits this long: give the place up, and the order with it.
    GiveUp,
    /// The no-show can no longer be taken back: the order follows.
    Missed,
    /// The order has begun, or goes on after all.
    Serve,
    /// The order is over.
    Close(Stage),
    /// What was said of the order was taken back: the holder waits after all.
    Reopen,
}

fn next_step(ticket: &Ticket, state: StateName, now: Timestamp) -> Option<Step> {
    let stage = ticket.stage;
    let is_on = stage.is_open() || stage == Stage::Serving;
    match state {
        StateName::Waiting if stage.is_open() => {
            let forgotten = ticket.joined_at < commands::later(now, -FORGOTTEN_MINUTES);
            forgotten.then_some(Step::GiveUp)
        }
        StateName::Waiting if stage == Stage::NoShow => match ticket.undo_until {
            Some(until) => (until <= now).then_some(Step::Missed),
            None => Some(Step::Reopen),
        },
        StateName::Waiting if stage == Stage::Serving => Some(Step::Reopen),
        StateName::Serving if stage.is_open() || stage == Stage::Done => Some(Step::Serve),
        StateName::Finished if is_on => Some(Step::Close(Stage::Done)),
        StateName::Cancelled | StateName::Expired if is_on => Some(Step::Close(Stage::Left)),
        StateName::NoShow if stage.is_open() => Some(Step::Close(Stage::NoShow)),
        // The arrival of a booked customer was taken back.
        StateName::Booked if stage.is_open() => Some(Step::Close(Stage::Left)),
        _ => None,
    }
}

/// Brings tickets into step with their orders: an order may be started, finished, called off or
/// set back at any screen, and a no-show reaches its order once it can no longer be taken back.
pub fn settle(tx: &mut Tx, ctx: &Ctx) -> Result<(), Fault> {
    let since = ctx.now.to_zoned(kernel::TimeZone::UTC).date();
    let since = (0..3).fold(since, |day, _| day.yesterday().unwrap_or(day));
    let tickets = queries::unsettled(tx, ctx, since)?;
    let mut behind: Vec<(SiteId, OrderId)> = Vec::new();
    for chunk in tickets.chunks(400) {
        let ids: Vec<OrderId> = chunk.iter().map(|ticket| ticket.order).collect();
        let states = orders::states(tx, ctx, &ids)?;
        let late = chunk.iter().filter(|ticket| {
            let state = states.get(&ticket.order);
            state.is_some_and(|state| next_step(ticket, *state, ctx.now).is_some())
        });
        behind.extend(late.map(|ticket| (ticket.site, ticket.order)));
    }
    behind.extend(orders::undone_since(tx, ctx, UNDONE_MINUTES)?);
    // Every gate before the first row of an order or a ticket, so that nobody waits in a circle.
    let sites: BTreeSet<SiteId> = behind.iter().map(|(site, _)| *site).collect();
    for site in sites {
        capacity::gate(tx, ctx, site)?;
    }
    for (_, order) in behind {
        settle_order(tx, ctx, order)?;
    }
    Ok(())
}

/// Brings the ticket of one order into step with it, when it has one.
pub fn settle_order(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<(), Fault> {
    let house = as_house(ctx);
    let Some(ticket) = queries::by_order(tx, &house, order)? else {
        return Ok(());
    };
    let states = orders::states(tx, &house, &[order])?;
    let state = states.get(&order).copied();
    match state.and_then(|state| next_step(&ticket, state, ctx.now)) {
        Some(step) => take_step(tx, ctx, &ticket, step),
        None => Ok(()),
    }
}

fn take_step(tx: &mut Tx, ctx: &Ctx, ticket: &Ticket, step: Step) -> Result<(), Fault> {
    match step {
        Step::GiveUp => {
            let reason = ctx.locale.t("queue-reason-forgotten");
            orders::cancel(tx, ctx, ticket.order, &reason)?;
            commands::close(tx, ctx, ticket, Stage::Left)
        }
        Step::Missed => {
            if commands::make_final(tx, ctx, ticket.id)? {
                harmless(orders::no_show(tx, ctx, ticket.order).map(drop))?;
            }
            Ok(())
        }
        Step::Serve => {
            let order = orders::order(tx, &as_house(ctx), ticket.order)?;
            commands::serve(tx, ctx, ticket, order.state.staff())
        }
        Step::Close(stage) => commands::close(tx, ctx, ticket, stage),
        Step::Reopen => commands::reopen(tx, ctx, ticket),
    }
}

/// A refusal because somebody else was quicker is no fault of a rule that runs by itself.
fn harmless(result: Result<(), Fault>) -> Result<(), Fault> {
    match result {
        Err(fault) if fault.kind != FaultKind::Conflict => Err(fault),
        _ => Ok(()),
    }
}
