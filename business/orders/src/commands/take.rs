//! Taking an order: look the services up, claim the slot, copy the blueprint, write it down.

use std::collections::BTreeMap;

use capacity::{Claim, ClaimVisit, Visit};
use kernel::{
    Channel, Ctx, Fault, Role, Span, Text, Timestamp,
    ids::{BlueprintId, CustomerId, OrderId, ServiceId, SiteId, StaffId},
};
use offers::Service;
use organisation::Site;
use store::Tx;

use super::save;
use crate::{
    OVERBOOK, TAKE,
    model::{
        Group, Kind, Line, NewLine, NewOrder, Order, Part, REASON_CHARS_MAX, Slot, State, Step,
        StepState, WantedSeats, WantedSlot, code, groups, parts, title, totals,
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
    known_customer(tx, ctx, new.customer)?;
    let mut lines = priced(ctx, &new.lines, &services);
    if new.seats.is_some() {
        beside_the_first(&mut lines);
    }
    // Before the counter of numbers, since whoever takes an order may go on to start it.
    capacity::gate(tx, ctx, site.id)?;
    has_room_for(tx, ctx, &site, new)?;
    let id: OrderId = ctx.id();
    let (state, parts) = first_state(tx, ctx, new, id, &lines)?;
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
        session: new.seats.map(|seats| seats.session),
        secret: ctx.link_secret(),
        external_id: None,
    };
    if !save::insert(tx, ctx, &order)? {
        return Err(Fault::broken("a new order collides with an old one"));
    }
    save::insert_lines(tx, ctx, order.id, &lines)?;
    save::insert_parts(tx, ctx, order.id, &parts)?;
    save::insert_steps(tx, ctx, &order, &steps)?;
    record(tx, ctx, &order, &lines);
    record_overbooked(tx, ctx, &order, &parts);
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

fn first_state(
    tx: &mut Tx,
    ctx: &Ctx,
    new: &NewOrder,
    id: OrderId,
    lines: &[Line],
) -> Result<(State, Vec<Part>), Fault> {
    let promised = |slot: Slot| match new.hold_until {
        Some(until) => State::Held { slot, until },
        None => State::Booked { slot },
    };
    if let Some(seats) = new.seats {
        let slot = seated(tx, ctx, id, seats, new.hold_until)?;
        return Ok((promised(slot), Vec::new()));
    }
    let Some(wanted) = new.slot else {
        let waiting = State::Waiting {
            slot: None,
            arrived: ctx.now,
        };
        let is_walk_in = new.kind == Kind::WalkIn;
        let state = if is_walk_in { waiting } else { State::Open };
        return Ok((state, Vec::new()));
    };
    let keep = Keep {
        order: id,
        site: new.site,
        customer: new.customer,
        wanted,
        wishes: &new.wishes,
        overbook: overbook(ctx, new.site, new.overbook.as_deref())?,
        hold_until: new.hold_until,
    };
    let (slot, parts) = claimed(tx, ctx, &keep, lines)?;
    Ok((promised(slot), parts))
}

/// The reason for booking somebody over, by whoever may.
pub(super) fn overbook(
    ctx: &Ctx,
    site: SiteId,
    reason: Option<&str>,
) -> Result<Option<String>, Fault> {
    let Some(reason) = reason.map(str::trim) else {
        return Ok(None);
    };
    ctx.require_at(OVERBOOK, site)?;
    if reason.is_empty() {
        let text = Text::key("orders-overbook-reason");
        return Err(Fault::invalid("overbook", text));
    }
    if reason.chars().count() > REASON_CHARS_MAX {
        let text = Text::key("orders-reason-long").with("max", REASON_CHARS_MAX);
        return Err(Fault::invalid("overbook", text));
    }
    Ok(Some(reason.to_owned()))
}

fn known_customer(tx: &mut Tx, ctx: &Ctx, customer: Option<CustomerId>) -> Result<(), Fault> {
    if let Some(customer) = customer {
        customers::optional(tx, ctx, customer)?
            .ok_or_else(|| Fault::invalid("customer", Text::key("orders-customer-missing")))?;
    }
    Ok(())
}

/// Whether the customer may have one more booking.
fn has_room_for(tx: &mut Tx, ctx: &Ctx, site: &Site, new: &NewOrder) -> Result<(), Fault> {
    let Some(customer) = new.customer.filter(|_| new.slot.is_some()) else {
        return Ok(());
    };
    let services: Vec<ServiceId> = new.lines.iter().map(|line| line.service).collect();
    within_limit(tx, ctx, (site, &services), customer, None)
}

/// Refuses a customer more bookings at once than the rules allow; the desk may take them.
pub(super) fn within_limit(
    tx: &mut Tx,
    ctx: &Ctx,
    (site, services): (&Site, &[ServiceId]),
    customer: CustomerId,
    except: Option<OrderId>,
) -> Result<(), Fault> {
    if !matches!(ctx.channel, Channel::Online | Channel::Kiosk) {
        return Ok(());
    }
    let ruled = capacity::rules_for(tx, ctx, site, services, Some(customer))?;
    let Some(most) = ruled.upcoming_max else {
        return Ok(());
    };
    if crate::queries::ahead(tx, ctx, customer, except)? >= most.value {
        return Err(Fault::conflict("orders-refuse-limit").with("max", most.value));
    }
    Ok(())
}

/// Tells whom an order was booked over, and why.
pub(super) fn record_overbooked(tx: &mut Tx, ctx: &Ctx, order: &Order, parts: &[Part]) {
    for part in parts {
        if let Some(reason) = &part.overbooked {
            let event = save::fact("order.overbooked", order)
                .object("staff", part.staff, "overbooked")
                .attr("starts_at", part.span.start.to_string())
                .attr("reason", reason.as_str());
            tx.record(ctx, event);
        }
    }
}

/// Further seats of a session take no time of their own.
pub(super) fn beside_the_first(lines: &mut [Line]) {
    for line in lines.iter_mut().skip(1) {
        line.minutes = 0;
    }
}

/// Takes seats of a group session; the slot is the session's.
pub(super) fn seated(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    wanted: WantedSeats,
    hold_until: Option<Timestamp>,
) -> Result<Slot, Fault> {
    let seats = capacity::Seats {
        session: wanted.session,
        order,
        count: wanted.count,
        hold_until,
    };
    let (service, span, staff) = capacity::take_seats(tx, ctx, seats)?;
    if service != wanted.service {
        return Err(Fault::invalid(
            "service",
            Text::key("orders-service-missing"),
        ));
    }
    Ok(Slot {
        span,
        staff: Some(staff),
    })
}

/// What is to be kept for an order.
pub(super) struct Keep<'a> {
    /// The order; it has no claim now.
    pub(super) order: OrderId,
    /// Where.
    pub(super) site: SiteId,
    /// For whom.
    pub(super) customer: Option<CustomerId>,
    /// When, and with whom.
    pub(super) wanted: WantedSlot,
    /// With whom other lines than the first.
    pub(super) wishes: &'a [(usize, StaffId)],
    /// Why persons who are named may be booked over.
    pub(super) overbook: Option<String>,
    /// Until when it is only held.
    pub(super) hold_until: Option<Timestamp>,
}

/// Claims what the lines of an order need, for as long as they all take.
pub(super) fn claimed(
    tx: &mut Tx,
    ctx: &Ctx,
    keep: &Keep,
    lines: &[Line],
) -> Result<(Slot, Vec<Part>), Fault> {
    let mut wishes = keep.wishes.to_vec();
    if let Some(staff) = keep.wanted.staff {
        wishes.retain(|(place, _)| *place != 0);
        wishes.push((0, staff));
    }
    let groups = grouped(tx, ctx, lines, &wishes)?;
    if groups.is_empty() {
        let text = Text::key("orders-service-needed");
        return Err(Fault::invalid("service", text));
    }
    let wanted = ClaimVisit {
        order: keep.order,
        visit: Visit {
            customer: keep.customer,
            overbook: keep.overbook.clone(),
            ..Visit::new(
                keep.site,
                groups.iter().map(|group| group.ask.clone()).collect(),
            )
        },
        start: keep.wanted.start,
        hold_until: keep.hold_until,
    };
    let claims = capacity::claim_visit(tx, ctx, &wanted)?;
    let known: Vec<_> = groups
        .into_iter()
        .map(|group| (group.ask.service, group.title))
        .collect();
    Ok((slot_of(&claims)?, parts(&claims, &known)))
}

/// The lines of an order as the parts of its visit.
pub(super) fn grouped(
    tx: &mut Tx,
    ctx: &Ctx,
    lines: &[Line],
    wishes: &[(usize, StaffId)],
) -> Result<Vec<Group>, Fault> {
    let ids: Vec<ServiceId> = lines.iter().filter_map(|line| line.service).collect();
    let services = offers::services_by_id(tx, ctx, &ids)?;
    Ok(groups(lines, |id| services.get(&id).cloned(), wishes))
}

/// The slot that claims keep: from the beginning of the first to the end of the last.
pub(super) fn slot_of(claims: &[Claim]) -> Result<Slot, Fault> {
    let whole = claims.first().zip(claims.last());
    let span = whole.and_then(|(first, last)| Span::new(first.start, last.end));
    Ok(Slot {
        span: span.ok_or_else(|| Fault::broken("a visit ends before it begins"))?,
        staff: claims.first().map(|claim| claim.staff),
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

/// The visit that lines asked for would be, with `wishes` by the place of a line.
pub fn visit_of(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    lines: &[NewLine],
    wishes: &[(usize, StaffId)],
) -> Result<Visit, Fault> {
    let ids: Vec<ServiceId> = lines.iter().map(|line| line.service).collect();
    let services = offers::services_by_id(tx, ctx, &ids)?;
    let lines = priced(ctx, lines, &services);
    let groups = groups(&lines, |id| services.get(&id).cloned(), wishes);
    Ok(Visit::new(
        site,
        groups.into_iter().map(|group| group.ask).collect(),
    ))
}

/// The visit that an order is, or would be; with anybody.
pub fn visit_of_order(tx: &mut Tx, ctx: &Ctx, order: &Order) -> Result<Visit, Fault> {
    let lines = crate::queries::lines(tx, ctx, order.id)?;
    let groups = grouped(tx, ctx, &lines, &[])?;
    Ok(Visit {
        customer: order.customer,
        moved: Some(order.id),
        ..Visit::new(
            order.site,
            groups.into_iter().map(|group| group.ask).collect(),
        )
    })
}
