//! What a customer may do on the public pages. Whoever knows the secret of an order may change it.

mod seats;

pub use seats::{SeatTap, change_session, hold_seats};

use customers::Named;
use kernel::{
    Ctx, Fault, Role, Timestamp,
    ids::{CustomerId, OrderId, ServiceId, SiteId, StaffId},
};
use orders::{Edit, Kind, NewLine, NewOrder, Order, Reschedule, State, WantedSlot};
use organisation::Site;
use store::{Tx, params};

use crate::model::{HOLD_MINUTES, HOLDS_MAX, change_until, later};

const TAPPED: &str = "select order_id from booking_taps where org = $1 and key = $2";

const TAP: &str = "
    insert into booking_taps (org, key, order_id, address, created_at)
    values ($1, $2, $3, $4, $5)
    on conflict (org, key) do nothing";

const TAP_AGAIN: &str = "
    update booking_taps set order_id = $3 where org = $1 and key = $2";

const RECENT: &str = "
    select cast(count(*) as bigint) from booking_taps
    where org = $1 and address = $2 and created_at > $3";

const CONTACT: &str = "
    insert into booking_contacts (org, order_id, mail) values ($1, $2, $3)
    on conflict (org, order_id) do update set mail = excluded.mail";
const FORGET: &str = "delete from booking_taps where org = $1 and created_at < $2";

/// A time that was tapped.
#[derive(Debug, Clone)]
pub struct Tap {
    /// Where.
    pub site: SiteId,
    /// What: the service, what goes with it, and more in the same visit.
    pub services: Vec<ServiceId>,
    /// With whom each is wished, by its place.
    pub wishes: Vec<(usize, StaffId)>,
    /// When.
    pub start: Timestamp,
    /// The key of the page.
    pub key: String,
    /// The network address it came from, for the limit of holds.
    pub address: String,
}

impl Tap {
    fn lines(&self) -> Vec<NewLine> {
        self.services.iter().copied().map(NewLine::one).collect()
    }

    fn slot(&self) -> WantedSlot {
        WantedSlot {
            start: self.start,
            staff: self
                .wishes
                .iter()
                .find(|(place, _)| *place == 0)
                .map(|(_, staff)| *staff),
        }
    }
}

/// Who books.
#[derive(Debug, Clone)]
pub struct Booker {
    /// Name and phone.
    pub named: Named,
    /// Where to write to about this booking.
    pub mail: Option<String>,
    /// Another start than the one held, when that was lost.
    pub start: Option<Timestamp>,
}

/// Refused when two copies of one request arrive at once; asking again finds the first one's
/// work.
pub const TWICE: &str = "booking-twice";

fn tapped(tx: &mut Tx, ctx: &Ctx, key: &str) -> Result<Option<Order>, Fault> {
    let order: Option<OrderId> = tx.one(TAPPED, params![ctx.org, key], |row| row.id(0))?;
    // The page of this key made the order, so whoever sends the key may see it.
    let desk = desk(ctx);
    order
        .map(|order| orders::order(tx, &desk, order))
        .transpose()
}

fn remember(
    tx: &mut Tx,
    ctx: &Ctx,
    (key, address): (&str, &str),
    order: OrderId,
) -> Result<(), Fault> {
    let row = params![ctx.org, key, order, address, ctx.now];
    if tx.execute(TAP, row)? == 0 {
        return Err(Fault::conflict(TWICE));
    }
    Ok(())
}

/// The same customer, with the rights of the desk: for orders whose secret the customer has shown.
fn desk(ctx: &Ctx) -> Ctx {
    ctx.raised(Role::Desk)
}

/// Holds a tapped time for ten minutes. Another tap on the same page moves the hold; the same tap
/// twice is one.
pub fn hold(tx: &mut Tx, ctx: &Ctx, tap: &Tap) -> Result<Order, Fault> {
    ctx.require(orders::TAKE)?;
    let known = tapped(tx, ctx, &tap.key)?;
    match known {
        Some(order) if is_held(&order, ctx.now) => {
            let edit = Edit {
                lines: Some(tap.lines()),
                slot: Some(tap.slot()),
                wishes: tap.wishes.clone(),
                ..Edit::default()
            };
            let moved = orders::edit(tx, &desk(ctx), order.id, order.version, &edit);
            moved.map_err(|fault| match fault == Fault::stale() {
                // A copy of this tap was quicker; asking again finds its work.
                true => Fault::conflict(TWICE),
                false => fault,
            })
        }
        Some(order) if !is_lost(&order, ctx.now) => Ok(order),
        Some(_) => {
            let order = orders::create(tx, ctx, &held(ctx, tap))?;
            tx.execute(TAP_AGAIN, params![ctx.org, &tap.key, order.id])?;
            Ok(order)
        }
        None => {
            not_too_many(tx, ctx, &tap.address)?;
            let order = orders::create(tx, ctx, &held(ctx, tap))?;
            remember(tx, ctx, (&tap.key, &tap.address), order.id)?;
            Ok(order)
        }
    }
}

/// Refuses to hold ever more times for one address. A shop's own network has many customers, so
/// the limit is generous; it keeps one script from holding the whole week.
fn not_too_many(tx: &mut Tx, ctx: &Ctx, address: &str) -> Result<(), Fault> {
    let since = later(ctx.now, -HOLD_MINUTES).unwrap_or(ctx.now);
    if tx.count(RECENT, params![ctx.org, address, since])? >= HOLDS_MAX {
        return Err(Fault::too_many("booking-too-many").with("minutes", HOLD_MINUTES));
    }
    Ok(())
}

fn held(ctx: &Ctx, tap: &Tap) -> NewOrder {
    NewOrder {
        lines: tap.lines(),
        slot: Some(tap.slot()),
        wishes: tap.wishes.clone(),
        hold_until: held_until(ctx),
        ..NewOrder::new(tap.site, Kind::Booking)
    }
}

/// Until when a tapped time is held.
fn held_until(ctx: &Ctx) -> Option<Timestamp> {
    later(ctx.now, HOLD_MINUTES)
}

fn is_held(order: &Order, now: Timestamp) -> bool {
    matches!(order.state, State::Held { until, .. } if until > now)
}

/// Whether the time is gone and another must be chosen.
pub(crate) fn is_lost(order: &Order, now: Timestamp) -> bool {
    match order.state {
        State::Held { until, .. } => until <= now,
        State::Expired { .. } | State::Cancelled { .. } => true,
        _ => false,
    }
}

/// Books the time that is held, in the name of a customer. Sending it twice books once. When the
/// hold ran out, the time is taken anew if nobody else has it.
pub fn book(tx: &mut Tx, ctx: &Ctx, secret: &str, booker: &Booker) -> Result<Order, Fault> {
    ctx.require(orders::TAKE)?;
    let order = orders::order_by_secret(tx, ctx, secret)?;
    let booked = match order.state {
        State::Held { until, .. } if until > ctx.now => confirm(tx, ctx, &order, booker)?,
        State::Held { .. } | State::Expired { .. } => again(tx, ctx, &order, booker)?,
        State::Cancelled { .. } => return Err(Fault::conflict("booking-was-cancelled")),
        _ => return Ok(order),
    };
    if let Some(mail) = &booker.mail {
        keep_contact_mail(tx, ctx, booked.id, mail)?;
    }
    Ok(booked)
}

/// Keeps where to write about a booking.
pub fn keep_contact_mail(tx: &mut Tx, ctx: &Ctx, order: OrderId, mail: &str) -> Result<(), Fault> {
    ctx.require(orders::TAKE)?;
    tx.execute(CONTACT, params![ctx.org, order, mail]).map(drop)
}

/// The customer with the phone that was given, and the name that was given, when it is another.
fn customer(tx: &mut Tx, ctx: &Ctx, named: &Named) -> Result<(CustomerId, String), Fault> {
    let id = customers::find_or_create(tx, ctx, named)?;
    Ok((id, customers::other_name(tx, ctx, id, named)?))
}

fn confirm(tx: &mut Tx, ctx: &Ctx, order: &Order, booker: &Booker) -> Result<Order, Fault> {
    // The customer comes before the gate of the site, as in every command that has both.
    let (customer, booked_as) = customer(tx, ctx, &booker.named)?;
    customers::hold_still(tx, ctx, customer)?;
    if let Some(start) = booker.start.filter(|_| order.session.is_none()) {
        let wanted = Reschedule {
            start,
            staff: None,
            version: None,
        };
        orders::reschedule(tx, ctx, order.id, wanted)?;
    }
    seats::within_share(tx, ctx, order, customer)?;
    let desk = desk(ctx);
    let seen = orders::order(tx, &desk, order.id)?;
    let edit = Edit {
        customer: Some(customer),
        booked_as: Some(booked_as),
        ..Edit::default()
    };
    orders::edit(tx, &desk, order.id, seen.version, &edit)?;
    orders::confirm(tx, ctx, order.id)
}

/// A new order in the place of one whose hold ran out.
fn again(tx: &mut Tx, ctx: &Ctx, lost: &Order, booker: &Booker) -> Result<Order, Fault> {
    let key = format!("again-{}", lost.id);
    if let Some(order) = tapped(tx, ctx, &key)? {
        return Ok(order);
    }
    if let Some(order) = seats::again(tx, ctx, lost, booker)? {
        remember(tx, ctx, (&key, ""), order.id)?;
        return Ok(order);
    }
    let slot = lost
        .state
        .slot()
        .ok_or_else(|| Fault::conflict("booking-lost"))?;
    let wanted = WantedSlot {
        start: booker.start.unwrap_or(slot.span.start),
        staff: slot.staff.filter(|_| booker.start.is_none()),
    };
    let sold = orders::lines(tx, ctx, lost.id)?;
    let line = |line: &orders::Line| {
        Some(NewLine {
            service: line.service?,
            quantity: line.quantity,
        })
    };
    let (customer, booked_as) = customer(tx, ctx, &booker.named)?;
    customers::hold_still(tx, ctx, customer)?;
    let parts = orders::parts(tx, &desk(ctx), lost.id)?;
    let wishes = parts.iter().skip(1).filter_map(|part| {
        let place = sold
            .iter()
            .position(|line| line.service == Some(part.service))?;
        Some((place, part.staff))
    });
    let new = NewOrder {
        wishes: wishes.filter(|_| booker.start.is_none()).collect(),
        customer: Some(customer),
        booked_as,
        lines: sold.iter().filter_map(line).collect(),
        slot: Some(wanted),
        ..NewOrder::new(lost.site, Kind::Booking)
    };
    let order = orders::create(tx, ctx, &new)?;
    remember(tx, ctx, (&key, ""), order.id)?;
    Ok(order)
}

/// Refuses when it is too late for the customer to change a booking alone.
fn in_time(tx: &mut Tx, ctx: &Ctx, site: &Site, order: &Order) -> Result<(), Fault> {
    let State::Booked { slot } = &order.state else {
        return Err(Fault::conflict("booking-not-open"));
    };
    let ruled = crate::queries::ruled(tx, ctx, site, order)?;
    let cancel_minutes = ruled.cancel_minutes.value;
    if ctx.now > change_until(slot.span.start, cancel_minutes) {
        let fault = match site.phone.is_empty() {
            true => Fault::conflict("booking-too-late"),
            false => Fault::conflict("booking-too-late-call").with("phone", &site.phone),
        };
        let time = kernel::format::minutes(ctx.locale, cancel_minutes);
        return Err(fault.with("time", time));
    }
    Ok(())
}

/// Moves a booking, up to the site's cut-off.
pub fn move_booking(
    tx: &mut Tx,
    ctx: &Ctx,
    secret: &str,
    start: Timestamp,
    staff: Option<StaffId>,
) -> Result<Order, Fault> {
    ctx.require(orders::TAKE)?;
    let order = orders::order_by_secret(tx, ctx, secret)?;
    let site = organisation::site(tx, ctx, order.site)?;
    let same = |slot: orders::Slot| slot.span.start == start;
    if order
        .state
        .slot()
        .is_some_and(|slot| same(slot) && staff.is_none())
    {
        return Ok(order);
    }
    in_time(tx, ctx, &site, &order)?;
    orders::reschedule(
        tx,
        ctx,
        order.id,
        Reschedule {
            start,
            staff,
            version: None,
        },
    )
}

/// Calls a booking off, up to the site's cut-off. Doing it twice is once.
pub fn cancel_booking(tx: &mut Tx, ctx: &Ctx, secret: &str) -> Result<Order, Fault> {
    ctx.require(orders::TAKE)?;
    let order = orders::order_by_secret(tx, ctx, secret)?;
    if matches!(order.state, State::Cancelled { .. }) {
        return Ok(order);
    }
    let site = organisation::site(tx, ctx, order.site)?;
    in_time(tx, ctx, &site, &order)?;
    orders::cancel(tx, ctx, order.id, &ctx.locale.t("booking-cancel-reason"))
}

/// Forgets taps that nobody will repeat: those older than two days.
pub fn forget_taps(tx: &mut Tx, ctx: &Ctx) -> Result<(), Fault> {
    let before = later(ctx.now, -2 * 24 * 60).unwrap_or(ctx.now);
    tx.execute(FORGET, params![ctx.org, before]).map(drop)
}
