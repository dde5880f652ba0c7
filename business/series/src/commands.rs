//! Taking a series in one act, and changing several of its bookings together.

use std::collections::BTreeMap;

use capacity::Ask;
use kernel::{
    Ctx, Date, Fault, Repeat, Text, Timestamp,
    ids::{OrderId, SeriesId, StaffId},
};
use orders::{Kind, NewLine, NewOrder, Order, Reschedule, StateName, WantedSlot};
use organisation::Site;
use store::{Event, Tx, params};

use crate::{model, queries};

const INSERT: &str = "
    insert into series (org, id, site, unit, step, created_at) values ($1, $2, $3, $4, $5, $6)";

const ADD: &str = "
    insert into series_orders (org, series, position, order_id) values ($1, $2, $3, $4)
    on conflict do nothing";

/// A series to be taken.
#[derive(Debug, Clone)]
pub struct New {
    /// What each date is, with the start and the person of the first.
    pub order: NewOrder,
    /// The dates; the clock on the wall stays as it is on the first.
    pub repeat: Repeat,
    /// An order that is the first date already.
    pub first: Option<OrderId>,
}

/// What to do about a date that cannot be had as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Leave it out.
    Skip,
    /// Take this start instead.
    Instead(Timestamp),
    /// Book it all the same.
    Overrule,
}

/// A date of a series as it would be.
#[derive(Debug, Clone, PartialEq)]
pub struct Foreseen {
    /// The local date.
    pub date: Date,
    /// Its start, when the clock shows that time on that day.
    pub start: Option<Timestamp>,
    /// Why it cannot be had, if it cannot.
    pub why: Option<Text>,
    /// The nearest free start, for one that cannot be had.
    pub instead: Option<Timestamp>,
    /// Whether the person who is named could be booked over knowingly.
    pub over: bool,
}

fn slot_of(new: &NewOrder) -> Result<WantedSlot, Fault> {
    new.slot
        .ok_or_else(|| Fault::invalid("start", Text::key("series-start-needed")))
}

/// How long all of an order takes.
pub(crate) fn minutes_of(tx: &mut Tx, ctx: &Ctx, new: &NewOrder) -> Result<i64, Fault> {
    let ids: Vec<_> = new.lines.iter().map(|line| line.service).collect();
    let services = offers::services_by_id(tx, ctx, &ids)?;
    let lines = new.lines.iter();
    let minutes =
        lines.filter_map(|line| Some(services.get(&line.service)?.minutes * line.quantity));
    Ok(minutes.sum())
}

/// What the order asks of the day.
fn ask_of(tx: &mut Tx, ctx: &Ctx, new: &NewOrder) -> Result<Ask, Fault> {
    let ids: Vec<_> = new.lines.iter().map(|line| line.service).collect();
    let services = offers::services_by_id(tx, ctx, &ids)?;
    let needed = || Fault::invalid("service", Text::key("series-service-needed"));
    let first = new.lines.first().ok_or_else(needed)?.service;
    let main = services.get(&first).ok_or_else(needed)?.minutes;
    Ok(Ask {
        site: new.site,
        service: first,
        add_on_minutes: minutes_of(tx, ctx, new)? - main,
        staff: slot_of(new)?.staff,
    })
}

/// Minutes after midnight of an instant, by the clock on the wall.
fn minute_of(site: &Site, at: Timestamp) -> i64 {
    let clock = at.to_zoned(site.zone.clone());
    i64::from(clock.hour()) * 60 + i64::from(clock.minute())
}

fn foreseen(
    tx: &mut Tx,
    ctx: &Ctx,
    (site, ask): (&Site, &Ask),
    (date, minute): (Date, i64),
) -> Result<Foreseen, Fault> {
    // By the clock on the wall, so that a change to or from summer time moves nothing.
    let mut over = false;
    let (start, why) = match organisation::instant(&site.zone, date, minute) {
        Ok(start) => {
            let why = match capacity::why_not(tx, ctx, ask, start)? {
                Some(capacity::WhyNot::Closed) => Some(closed(tx, ctx, site, date)?),
                why => why.map(|why| {
                    over = ask.staff.is_some() && why.is_of_staff();
                    why.text()
                }),
            };
            (Some(start), why)
        }
        Err(fault) => (None, Some(fault.text)),
    };
    let instead = match &why {
        Some(_) => {
            let near = organisation::instant_clipped(&site.zone, date, minute);
            let found = capacity::nearest_slots(tx, ctx, ask, near, 1)?;
            found.first().map(|slot| slot.start)
        }
        None => None,
    };
    Ok(Foreseen {
        date,
        start,
        why,
        instead,
        over,
    })
}

/// Why the site is closed on a date: the name of the day, where it has one.
fn closed(tx: &mut Tx, ctx: &Ctx, site: &Site, date: Date) -> Result<Text, Fault> {
    let mut hours = organisation::hours(tx, ctx, site.id, date, date)?;
    let named = hours.special.remove(&date).map(|special| special.name);
    Ok(match named.filter(|name| !name.is_empty()) {
        Some(name) => Text::key("series-why-holiday").with("name", name.get(ctx.locale)),
        None => capacity::WhyNot::Closed.text(),
    })
}

/// The same again, at the same time of the day with the same person.
pub(crate) fn repeated(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<NewOrder, Fault> {
    let order = orders::order(tx, ctx, id)?;
    let not_this = || Fault::conflict("series-not-this");
    if order.session.is_some() {
        return Err(not_this());
    }
    let slot = order.state.slot().ok_or_else(not_this)?;
    let sold = orders::lines(tx, ctx, id)?;
    let line = |line: &orders::Line| {
        Some(NewLine {
            service: line.service?,
            quantity: line.quantity,
        })
    };
    Ok(NewOrder {
        customer: order.customer,
        booked_as: order.booked_as.clone(),
        lines: sold.iter().filter_map(line).collect(),
        slot: Some(WantedSlot {
            start: slot.span.start,
            staff: slot.staff,
        }),
        note: order.note.clone(),
        level: order.level,
        ..NewOrder::new(order.site, Kind::Booking)
    })
}

/// Every date of a series, what stands in the way of some, and the nearest free time of each.
pub fn foresee(tx: &mut Tx, ctx: &Ctx, new: &New) -> Result<Vec<Foreseen>, Fault> {
    ctx.require_at(orders::TAKE, new.order.site)?;
    let site = organisation::site(tx, ctx, new.order.site)?;
    let start = slot_of(&new.order)?.start;
    let ask = ask_of(tx, ctx, &new.order)?;
    let minute = minute_of(&site, start);
    let mut found = Vec::new();
    for (at, date) in model::dates(&new.repeat)?.into_iter().enumerate() {
        if at == 0 && new.first.is_some() {
            continue;
        }
        found.push(foreseen(tx, ctx, (&site, &ask), (date, minute))?);
    }
    Ok(found)
}

/// Takes every date of a series in one act, or none. A date that cannot be had needs a decision.
pub fn create(
    tx: &mut Tx,
    ctx: &Ctx,
    new: &New,
    decisions: &BTreeMap<Date, Decision>,
) -> Result<(SeriesId, Vec<Order>), Fault> {
    new.order.check()?;
    // The dates are judged and taken behind one gate, so that what was free stays so.
    capacity::gate(tx, ctx, new.order.site)?;
    let wanted = wanted_starts(foresee(tx, ctx, new)?, decisions)?;
    let id: SeriesId = ctx.id();
    let (unit, step) = model::words(new.repeat.every);
    let row = params![ctx.org, id, new.order.site, unit, step, ctx.now];
    tx.execute(INSERT, row)?;
    let mut position = 0;
    if let Some(first) = new.first {
        position += 1;
        add(tx, ctx, (id, position), first)?;
    }
    let staff = slot_of(&new.order)?.staff;
    let mut taken = Vec::with_capacity(wanted.len());
    for (start, overrule) in wanted {
        let one = NewOrder {
            slot: Some(WantedSlot { start, staff }),
            overbook: overrule.then(|| ctx.locale.t("series-overruled")),
            ..new.order.clone()
        };
        let order = orders::create(tx, ctx, &one)?;
        position += 1;
        add(tx, ctx, (id, position), order.id)?;
        taken.push(order);
    }
    let event = Event::new("series.created")
        .site(new.order.site)
        .object("series", id, "subject")
        .attr("count", taken.len());
    let told = taken.iter().fold(event, |event, order| {
        event.object("order", order.id, "member")
    });
    tx.record(ctx, told);
    Ok((id, taken))
}

/// The starts to be taken, and whether each is overruled.
fn wanted_starts(
    foreseen: Vec<Foreseen>,
    decisions: &BTreeMap<Date, Decision>,
) -> Result<Vec<(Timestamp, bool)>, Fault> {
    let mut wanted = Vec::with_capacity(foreseen.len());
    let mut undecided = 0;
    for one in foreseen {
        match (one.start, &one.why, decisions.get(&one.date)) {
            (_, _, Some(Decision::Skip)) => {}
            (_, _, Some(Decision::Instead(start))) => wanted.push((*start, false)),
            (Some(start), Some(_), Some(Decision::Overrule)) => wanted.push((start, true)),
            (Some(start), None, _) => wanted.push((start, false)),
            _ => undecided += 1,
        }
    }
    if undecided > 0 {
        return Err(Fault::conflict("series-undecided").with("count", undecided));
    }
    if wanted.is_empty() {
        return Err(Fault::invalid("count", Text::key("series-no-dates")));
    }
    Ok(wanted)
}

fn add(
    tx: &mut Tx,
    ctx: &Ctx,
    (series, position): (SeriesId, i64),
    order: OrderId,
) -> Result<(), Fault> {
    if tx.execute(ADD, params![ctx.org, series, position, order])? == 0 {
        return Err(Fault::conflict("series-in-another"));
    }
    Ok(())
}

/// Which bookings of a series, seen from one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// This one alone.
    This,
    /// This one and those after it.
    Following,
    /// All of them.
    All,
}

impl Which {
    /// The word of forms; anything unknown is this one alone.
    pub fn parse(word: &str) -> Self {
        match word {
            "following" => Self::Following,
            "all" => Self::All,
            _ => Self::This,
        }
    }
}

/// The bookings meant that are still ahead, in order of their place, behind the gate of their site.
fn meant(tx: &mut Tx, ctx: &Ctx, order: OrderId, which: Which) -> Result<Vec<Order>, Fault> {
    let seen = orders::order(tx, ctx, order)?;
    capacity::gate(tx, ctx, seen.site)?;
    let Some(member) = queries::of_order(tx, ctx, order)?.filter(|_| which != Which::This) else {
        return Ok(vec![seen]);
    };
    let from = match which {
        Which::Following => member.position,
        Which::This | Which::All => 1,
    };
    let ahead = |order: &Order| {
        matches!(order.state.name(), StateName::Held | StateName::Booked)
            && order.due() >= ctx.now.min(seen.due())
    };
    let all = queries::orders_of(tx, ctx, member.series)?;
    Ok(all
        .into_iter()
        .filter(|(position, order)| *position >= from && ahead(order))
        .map(|(_, order)| order)
        .collect())
}

/// Calls off bookings of a series; answers how many.
pub fn cancel(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    (which, reason): (Which, &str),
) -> Result<usize, Fault> {
    let mut orders = meant(tx, ctx, order, which)?;
    // Rows are locked in one order everywhere.
    orders.sort_by_key(|order| order.id);
    for order in &orders {
        orders::cancel(tx, ctx, order.id, reason)?;
    }
    Ok(orders.len())
}

/// Another day and time for bookings of a series.
#[derive(Debug, Clone, Copy)]
pub struct Shift {
    /// From which of them on.
    pub which: Which,
    /// When the one it is seen from shall begin; the others move by as many days, to the same time
    /// of the day.
    pub start: Timestamp,
    /// Who serves; `None` keeps each person where that is possible.
    pub staff: Option<StaffId>,
    /// Leave those as they are that cannot be moved.
    pub skip: bool,
}

/// What a shift does to one booking.
#[derive(Debug, Clone)]
pub struct Moved {
    /// The booking as it is.
    pub order: Order,
    /// Where it would be.
    pub foreseen: Foreseen,
}

/// Where a shift would move each booking, and what stands in the way of some.
pub fn shift_foreseen(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    wanted: &Shift,
) -> Result<Vec<Moved>, Fault> {
    let seen = orders::order(tx, ctx, order)?;
    ctx.require_at(orders::TAKE, seen.site)?;
    let site = organisation::site(tx, ctx, seen.site)?;
    let old = site.date_of(seen.due());
    let days = old
        .until(site.date_of(wanted.start))
        .map_err(Fault::broken)?;
    let minute = minute_of(&site, wanted.start);
    let mut found = Vec::new();
    for order in meant(tx, ctx, order, wanted.which)? {
        let date = site
            .date_of(order.due())
            .checked_add(days)
            .map_err(|_| Fault::invalid("day", Text::key("organisation-date-absurd")))?;
        let foreseen = match organisation::instant(&site.zone, date, minute) {
            Ok(start) => Foreseen {
                date,
                start: Some(start),
                why: None,
                instead: None,
                over: false,
            },
            Err(fault) => Foreseen {
                date,
                start: None,
                why: Some(fault.text),
                instead: None,
                over: false,
            },
        };
        found.push(Moved { order, foreseen });
    }
    Ok(found)
}

/// Moves bookings of a series; answers how many. Where one cannot be moved, none is, and the
/// refusal names the dates, unless those may stay as they are.
pub fn shift(tx: &mut Tx, ctx: &Ctx, order: OrderId, wanted: &Shift) -> Result<usize, Fault> {
    let mut moved = shift_foreseen(tx, ctx, order, wanted)?;
    // Going forward the last makes room for the one before it, going back the first.
    let forward = moved.first().is_some_and(|one| {
        one.foreseen
            .start
            .is_some_and(|start| start > one.order.due())
    });
    if forward {
        moved.reverse();
    }
    let mut refused: Vec<String> = Vec::new();
    let mut count = 0;
    for one in &moved {
        let Some(start) = one.foreseen.start else {
            refused.push(kernel::format::date(ctx.locale, one.foreseen.date));
            continue;
        };
        let slot = Reschedule {
            start,
            staff: wanted.staff,
            version: None,
        };
        match orders::reschedule(tx, ctx, one.order.id, slot) {
            Ok(_) => count += 1,
            // A refused move leaves the booking where it was, so the others may still go on.
            Err(fault) if fault.kind != kernel::FaultKind::Broken => {
                let date = kernel::format::date(ctx.locale, one.foreseen.date);
                refused.push(format!("{date}: {}", fault.speak(ctx.locale)));
            }
            Err(fault) => return Err(fault),
        }
    }
    if forward {
        refused.reverse();
    }
    if count == 0 || (!refused.is_empty() && !wanted.skip) {
        let dates = refused.join("; ");
        return Err(Fault::conflict("series-shift-refused").with("dates", dates));
    }
    Ok(count)
}
