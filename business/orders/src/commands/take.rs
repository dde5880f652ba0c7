//! Taking an order: look the services up, claim the slot, copy the blueprint, write it down.

use std::collections::BTreeMap;

use capacity::{Ask, ClaimFor};
use kernel::{
    Ctx, Fault, Role, Span, Text, Timestamp,
    ids::{BlueprintId, OrderId, ServiceId, SiteId},
};
use offers::Service;
use organisation::Site;
use store::Tx;

use super::save;
use crate::{
    TAKE,
    model::{
        Kind, Line, NewLine, NewOrder, Order, Slot, State, Step, StepState, WantedSlot, code,
        title, totals,
    },
};

/// The services of an order by identity.
pub(super) type Services = BTreeMap<ServiceId, Service>;

/// Takes an order. A slot is claimed with everything the service needs, or the order is not taken.
pub fn create(tx: &mut Tx, ctx: &Ctx, new: &NewOrder) -> Result<Order, Fault> {
    ctx.require_at(TAKE, new.site)?;
    new.check()?;
    let site = organisation::site(tx, ctx, new.site)?;
    let services = offered(tx, ctx, &site, &new.lines)?;
    if let Some(customer) = new.customer {
        customers::optional(tx, ctx, customer)?
            .ok_or_else(|| Fault::invalid("customer", Text::key("orders-customer-missing")))?;
    }
    let lines = priced(ctx, &new.lines, &services);
    // Before the counter of numbers, since whoever takes an order may go on to start it.
    capacity::gate(tx, ctx, site.id)?;
    let id: OrderId = ctx.id();
    let state = first_state(tx, ctx, new, id, &lines)?;
    let main = new
        .lines
        .first()
        .and_then(|line| services.get(&line.service));
    let blueprint = blueprint_of(tx, ctx, new, &services)?;
    let steps = blueprint
        .as_ref()
        .map_or(Vec::new(), |(_, version)| copied(ctx, version));
    let totals = totals(&lines, site.currency);
    let number = save::next_number(tx, ctx)?;
    let order = Order {
        id,
        number,
        code: code(&site.slug, number),
        site: site.id,
        kind: new.kind,
        channel: ctx.channel,
        customer: new.customer,
        booked_as: new.booked_as.clone(),
        level: new.level,
        note: new.note.trim().to_owned(),
        promised: new
            .promised
            .or_else(|| promise(new.kind, &state, main, totals.minutes, ctx.now)),
        state,
        version: 1,
        created: ctx.now,
        blueprint: blueprint.map(|(id, version)| (id, version.number)),
        title: title(&lines),
        service: main.map(|service| service.id),
        family: lines.first().and_then(|line| line.family.clone()),
        wait_minutes_target: main.and_then(|service| service.targets.wait_minutes),
        minutes: totals.minutes,
        total: totals.total,
        tax: totals.tax,
        steps_total: i64::try_from(steps.len()).map_err(Fault::broken)?,
        steps_done: 0,
        step: kernel::Bilingual::default(),
        secret: ctx.secret(),
        external_id: None,
    };
    if !save::insert(tx, ctx, &order)? {
        return Err(Fault::broken("a new order collides with an old one"));
    }
    save::insert_lines(tx, ctx, order.id, &lines)?;
    for step in &steps {
        save::insert_step(tx, ctx, &order, step)?;
    }
    record(tx, ctx, &order, &lines);
    Ok(order)
}

fn record(tx: &mut Tx, ctx: &Ctx, order: &Order, lines: &[Line]) {
    let mut created = save::fact("order.created", order)
        .attr("kind", order.kind.as_str())
        .attr("state", order.state.name().as_str())
        .object_if(
            "blueprint",
            order.blueprint.map(|(blueprint, _)| blueprint),
            "design",
        );
    for line in lines {
        created = created.object_if("service", line.service, "sold");
    }
    tx.record(ctx, created);
    match order.state {
        State::Booked { .. } => tx.record(ctx, save::fact("order.booked", order)),
        State::Waiting { .. } => tx.record(ctx, save::fact("order.arrived", order)),
        _ => {}
    }
}

/// The services asked for, or the first reason why one is not on offer here.
pub(super) fn offered(
    tx: &mut Tx,
    ctx: &Ctx,
    site: &Site,
    lines: &[NewLine],
) -> Result<Services, Fault> {
    let ids: Vec<ServiceId> = lines.iter().map(|line| line.service).collect();
    let services = offers::services_by_id(tx, ctx, &ids)?;
    for id in ids {
        let refuse = |key| Err(Fault::invalid("service", Text::key(key)));
        let Some(service) = services.get(&id) else {
            return refuse("orders-service-missing");
        };
        if service.state != offers::State::Active {
            return refuse("orders-service-archived");
        }
        if !service.is_offered_at(site.id) {
            return refuse("orders-service-elsewhere");
        }
        if ctx.role == Role::Guest && !service.is_offered_through(ctx.channel) {
            return refuse("orders-service-not-online");
        }
        if service.price.currency != site.currency {
            return refuse("orders-service-currency");
        }
    }
    Ok(services)
}

/// Lines with the names and prices of now.
pub(super) fn priced(ctx: &Ctx, lines: &[NewLine], services: &Services) -> Vec<Line> {
    let found = lines
        .iter()
        .filter_map(|line| Some((line, services.get(&line.service)?)));
    (1..)
        .zip(found)
        .map(|(position, (line, service))| Line {
            id: ctx.id(),
            position,
            service: Some(service.id),
            family: Some(service.family.as_str().to_owned()),
            name: service.name.clone(),
            quantity: line.quantity,
            unit: service.price,
            tax_permille: service.tax_permille,
            minutes: service.minutes,
        })
        .collect()
}

/// Minutes of the lines beyond the first service itself.
pub(crate) fn add_on_minutes(lines: &[Line]) -> i64 {
    let all: i64 = lines.iter().map(|line| line.minutes * line.quantity).sum();
    all - lines.first().map_or(0, |line| line.minutes)
}

fn first_state(
    tx: &mut Tx,
    ctx: &Ctx,
    new: &NewOrder,
    id: OrderId,
    lines: &[Line],
) -> Result<State, Fault> {
    let Some(wanted) = new.slot else {
        return Ok(match new.kind {
            Kind::WalkIn => State::Waiting {
                slot: None,
                arrived: ctx.now,
            },
            _ => State::Open,
        });
    };
    let keep = Keep {
        order: id,
        site: new.site,
        wanted,
        hold_until: new.hold_until,
    };
    let slot = claimed(tx, ctx, &keep, lines)?;
    Ok(match new.hold_until {
        Some(until) => State::Held { slot, until },
        None => State::Booked { slot },
    })
}

/// What is to be kept for an order.
pub(super) struct Keep {
    /// The order; it has no claim now.
    pub(super) order: OrderId,
    /// Where.
    pub(super) site: SiteId,
    /// When, and with whom.
    pub(super) wanted: WantedSlot,
    /// Until when it is only held.
    pub(super) hold_until: Option<Timestamp>,
}

/// Claims what the lines of an order need, for as long as they all take.
pub(super) fn claimed(tx: &mut Tx, ctx: &Ctx, keep: &Keep, lines: &[Line]) -> Result<Slot, Fault> {
    let needed = || Fault::invalid("service", Text::key("orders-service-needed"));
    let service = lines
        .first()
        .and_then(|line| line.service)
        .ok_or_else(needed)?;
    let ask = Ask {
        site: keep.site,
        service,
        add_on_minutes: add_on_minutes(lines),
        staff: keep.wanted.staff,
    };
    let wanted = ClaimFor {
        order: keep.order,
        ask,
        start: keep.wanted.start,
        hold_until: keep.hold_until,
    };
    slot_of(&capacity::claim(tx, ctx, wanted)?)
}

/// The slot a claim keeps.
pub(super) fn slot_of(claim: &capacity::Claim) -> Result<Slot, Fault> {
    let span = Span::new(claim.start, claim.end)
        .ok_or_else(|| Fault::broken("a claim ends before it begins"))?;
    Ok(Slot {
        span,
        staff: Some(claim.staff),
    })
}

/// When the order should be done: the end of the slot, the service level, or the wait and work.
fn promise(
    kind: Kind,
    state: &State,
    main: Option<&Service>,
    minutes: i64,
    now: Timestamp,
) -> Option<Timestamp> {
    if let Some(slot) = state.slot() {
        return Some(slot.span.end);
    }
    let targets = main?.targets;
    let work = targets
        .wait_minutes
        .map(|wait| wait + minutes)
        .filter(|_| kind == Kind::WalkIn);
    let until = targets.completion_minutes.or(work)?;
    later(now, until)
}

/// An instant some minutes later; `None` beyond the end of time.
pub(crate) fn later(at: Timestamp, minutes: i64) -> Option<Timestamp> {
    let moved = at
        .as_microsecond()
        .checked_add(minutes.checked_mul(60_000_000)?)?;
    Timestamp::from_microsecond(moved).ok()
}

/// The published blueprint of the first service that has one.
fn blueprint_of(
    tx: &mut Tx,
    ctx: &Ctx,
    new: &NewOrder,
    services: &Services,
) -> Result<Option<(BlueprintId, blueprints::Version)>, Fault> {
    for line in &new.lines {
        let Some(blueprint) = services
            .get(&line.service)
            .and_then(|service| service.blueprint)
        else {
            continue;
        };
        if let Some(version) = blueprints::published(tx, ctx, blueprint)? {
            return Ok(Some((blueprint, version)));
        }
    }
    Ok(None)
}

/// The work steps of a version, all still to do.
fn copied(ctx: &Ctx, version: &blueprints::Version) -> Vec<Step> {
    (1..)
        .zip(version.body.work_steps())
        .map(|(position, step)| Step {
            id: ctx.id(),
            position,
            attempt: 1,
            key: step.key.clone(),
            name: step.name.clone(),
            lane: step.lane.as_str().to_owned(),
            minutes_standard: step.minutes_standard,
            skill: step.skill.clone(),
            answers: vec![false; step.checklist.len()],
            checklist: step.checklist.clone(),
            state: StepState::Pending,
            rework_of: None,
        })
        .collect()
}
