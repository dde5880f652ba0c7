//! What may happen to enquiries. The order is locked first, the enquiry after it.

use kernel::{
    Actor, Ctx, Date, Fault, Text, Timestamp,
    ids::{OrderId, SiteId, UserId},
};
use orders::{Kind, NewOrder, Order};
use store::{Event, Tx, params};

use crate::{
    EDIT, TARGETS,
    model::{self, Enquiry, Level, Owner, TARGET_MINUTES, Targets, due_after, matter},
    queries,
};

/// Days ahead within which opening hours are counted.
const HORIZON_DAYS: i32 = 90;

const INSERT: &str = "
    insert into enquiries (org, order_id, site, code, kind, level, matter, opened_at, due_at,
        owner_name, about, version)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', $10, 1)
    on conflict (org, order_id) do nothing";
const TAKE: &str = "
    update enquiries set owner = $3, owner_name = $4, version = version + 1
    where org = $1 and order_id = $2 and owner is null and closed_at is null";
const HAND_OVER: &str = "
    update enquiries set owner = $3, owner_name = $4, version = version + 1
    where org = $1 and order_id = $2 and version = $5 and closed_at is null";
const SET_LEVEL: &str = "
    update enquiries set level = $3, due_at = $4, version = version + 1
    where org = $1 and order_id = $2 and version = $5 and closed_at is null";
const CLOSE: &str = "
    update enquiries set closed_at = $3, outcome = $4, version = version + 1
    where org = $1 and order_id = $2 and closed_at is null";
const REOPEN: &str = "
    update enquiries set closed_at = null, outcome = null, due_at = $3, version = version + 1
    where org = $1 and order_id = $2 and closed_at is not null";
const SET_TARGET: &str = "
    insert into enquiry_targets (org, level, minutes) values ($1, $2, $3)
    on conflict (org, level) do update set minutes = excluded.minutes";

/// An enquiry to be written down.
#[derive(Clone, Debug)]
pub struct NewEnquiry {
    /// The order it becomes: site, kind, who asks, what is asked.
    pub order: NewOrder,
    /// How urgent.
    pub level: Level,
    /// The number of the order complained of; empty for none.
    pub about: String,
}

/// Writes an enquiry or a complaint down.
pub fn open(tx: &mut Tx, ctx: &Ctx, new: &NewEnquiry) -> Result<Enquiry, Fault> {
    ctx.require_at(EDIT, new.order.site)?;
    if !matches!(new.order.kind, Kind::Enquiry | Kind::Complaint) {
        return Err(Fault::invalid("kind", Text::key("web-not-choice")));
    }
    let about = named(tx, ctx, &new.about)?;
    let due = due(tx, ctx, new.order.site, ctx.now, new.level)?;
    let order = NewOrder {
        promised: Some(due),
        ..new.order.clone()
    };
    let order = orders::create(tx, ctx, &order)?;
    insert(tx, ctx, &order, new.level, (due, about))?;
    queries::enquiry(tx, ctx, order.id)
}

/// The order a number means.
fn named(tx: &mut Tx, ctx: &Ctx, code: &str) -> Result<Option<OrderId>, Fault> {
    if code.trim().is_empty() {
        return Ok(None);
    }
    let filter = orders::Filter {
        text: code.trim().to_owned(),
        ..orders::Filter::default()
    };
    let found = orders::list(tx, ctx, &filter, None, 2)?.rows;
    match found.as_slice() {
        [only] => Ok(Some(only.order.id)),
        _ => Err(Fault::invalid(
            "about",
            Text::key("enquiries-about-unknown"),
        )),
    }
}

fn insert(
    tx: &mut Tx,
    ctx: &Ctx,
    order: &Order,
    level: Level,
    (due, about): (Timestamp, Option<OrderId>),
) -> Result<(), Fault> {
    let values = params![
        ctx.org,
        order.id,
        order.site,
        &order.code,
        order.kind.as_str(),
        level.as_str(),
        matter(&order.note),
        order.created,
        due.max(order.created),
        about,
    ];
    if tx.execute(INSERT, values)? > 0 {
        let fact = fact("enquiry.opened", order.id, order.site)
            .attr("level", level.as_str())
            .object_if("order", about, "about");
        tx.record(ctx, fact);
    }
    Ok(())
}

/// By when an answer is promised to what came at an instant.
fn due(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    from: Timestamp,
    level: Level,
) -> Result<Timestamp, Fault> {
    let minutes = queries::targets(tx, ctx)?.of(level);
    let site = organisation::site(tx, ctx, site)?;
    let first: Date = site.date_of(from);
    let last = (0..HORIZON_DAYS).try_fold(first, |day, _| day.tomorrow());
    let open = organisation::open_spans_between(tx, ctx, &site, first, last.unwrap_or(first))?;
    Ok(due_after(&open, from, minutes))
}

/// Takes in what came by another door, such as an order by telephone or by the API.
pub fn adopt(tx: &mut Tx, ctx: &Ctx) -> Result<(), Fault> {
    for order in orders::open_matters(tx, ctx)? {
        if queries::optional(tx, ctx, order.id)?.is_some() {
            continue;
        }
        let level = match order.level {
            orders::Level::Normal => Level::Normal,
            orders::Level::Priority => Level::High,
        };
        let due = due(tx, ctx, order.site, order.created, level)?;
        insert(tx, ctx, &order, level, (due, None))?;
    }
    Ok(())
}

fn changeable(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Enquiry, Fault> {
    ctx.require(EDIT)?;
    let enquiry = queries::enquiry(tx, ctx, id)?;
    ctx.require_at(EDIT, enquiry.site)?;
    Ok(enquiry)
}

/// Whoever acts answers it from now on. Of two who take it at once one has it, and the other is
/// told who.
pub fn take(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<(), Fault> {
    let enquiry = changeable(tx, ctx, id)?;
    let me = whoever(ctx)?;
    if enquiry
        .owner
        .as_ref()
        .is_some_and(|owner| owner.id == me.id)
    {
        return Ok(());
    }
    if tx.execute(TAKE, params![ctx.org, id, me.id, &me.name])? == 0 {
        return Err(taken(tx, ctx, id)?);
    }
    let fact = fact("enquiry.taken", id, enquiry.site).object("user", me.id, "owner");
    tx.record(ctx, fact);
    Ok(())
}

fn whoever(ctx: &Ctx) -> Result<Owner, Fault> {
    match &ctx.actor {
        Actor::User { id, name, .. } => Ok(Owner {
            id: *id,
            name: name.clone(),
        }),
        Actor::Guest | Actor::System => Err(Fault::forbidden()),
    }
}

/// Why it could not be taken: somebody has it, or it is closed.
fn taken(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Fault, Fault> {
    let now = queries::enquiry(tx, ctx, id)?;
    Ok(match now.owner {
        _ if now.closed.is_some() => Fault::conflict("enquiries-refuse-closed"),
        Some(owner) => Fault::conflict("enquiries-taken-by").with("name", owner.name),
        None => Fault::stale(),
    })
}

/// Gives it to somebody else, or to nobody: whoever answers next takes it.
pub fn hand_over(
    tx: &mut Tx,
    ctx: &Ctx,
    id: OrderId,
    (version, to): (i64, Option<UserId>),
) -> Result<(), Fault> {
    let enquiry = changeable(tx, ctx, id)?;
    let owner = match to {
        None => None,
        Some(user) => {
            let known = colleagues(tx, ctx)?
                .into_iter()
                .find(|known| known.id == user);
            let unknown = || Fault::invalid("owner", Text::key("web-not-choice"));
            Some(known.ok_or_else(unknown)?)
        }
    };
    if enquiry.owner == owner {
        return Ok(());
    }
    let name = owner.as_ref().map_or("", |owner| owner.name.as_str());
    let user = owner.as_ref().map(|owner| owner.id);
    if tx.execute(HAND_OVER, params![ctx.org, id, user, name, version])? == 0 {
        return Err(stale(tx, ctx, id)?);
    }
    let activity = match user {
        Some(_) => "enquiry.taken",
        None => "enquiry.released",
    };
    let fact = fact(activity, id, enquiry.site).object_if("user", user, "owner");
    tx.record(ctx, fact);
    Ok(())
}

/// Those who may answer, by name.
pub fn colleagues(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<Owner>, Fault> {
    ctx.require(EDIT)?;
    // A colleague's name is no secret among colleagues; the list of accounts stays the manager's.
    let users = people::users(tx, &ctx.raised(kernel::Role::Owner))?;
    let able = users
        .into_iter()
        .filter(|user| user.state == people::UserState::Active && EDIT.allows(user.role));
    Ok(able
        .map(|user| Owner {
            id: user.id,
            name: user.name,
        })
        .collect())
}

fn stale(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Fault, Fault> {
    let now = queries::enquiry(tx, ctx, id)?;
    Ok(match now.closed {
        Some(_) => Fault::conflict("enquiries-refuse-closed"),
        None => Fault::stale(),
    })
}

/// Says how urgent it is; the promise counts from when it came.
pub fn set_level(
    tx: &mut Tx,
    ctx: &Ctx,
    id: OrderId,
    (version, level): (i64, Level),
) -> Result<(), Fault> {
    let enquiry = changeable(tx, ctx, id)?;
    if enquiry.level == level {
        return Ok(());
    }
    let due = due(tx, ctx, enquiry.site, enquiry.opened, level)?;
    orders::promise(tx, ctx, id, due)?;
    let values = params![ctx.org, id, level.as_str(), due, version];
    if tx.execute(SET_LEVEL, values)? == 0 {
        return Err(stale(tx, ctx, id)?);
    }
    let fact = fact("enquiry.level_set", id, enquiry.site).attr("level", level.as_str());
    tx.record(ctx, fact);
    Ok(())
}

/// It is answered; the outcome is kept with it and among its notes.
pub fn close(tx: &mut Tx, ctx: &Ctx, id: OrderId, outcome: &str) -> Result<(), Fault> {
    let enquiry = changeable(tx, ctx, id)?;
    let outcome = model::outcome(outcome)?;
    let order = orders::settle(tx, ctx, id)?;
    if tx.execute(CLOSE, params![ctx.org, id, ctx.now, &outcome])? == 0 {
        // The second click; what the first said stands.
        return Ok(());
    }
    orders::add_note(tx, ctx, id, &outcome)?;
    let fact = fact("enquiry.closed", id, order.site)
        .attr("late", enquiry.is_overdue(ctx.now))
        .attr("level", enquiry.level.as_str());
    tx.record(ctx, fact);
    Ok(())
}

/// The answer was none: it is open again, promised anew from now.
pub fn reopen(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<(), Fault> {
    let enquiry = changeable(tx, ctx, id)?;
    orders::reopen(tx, ctx, id)?;
    let due = due(tx, ctx, enquiry.site, ctx.now, enquiry.level)?;
    if tx.execute(REOPEN, params![ctx.org, id, due])? > 0 {
        orders::promise(tx, ctx, id, due)?;
        tx.record(ctx, fact("enquiry.reopened", id, enquiry.site));
    }
    Ok(())
}

/// Within how many minutes of opening hours each level is answered.
pub fn set_targets(tx: &mut Tx, ctx: &Ctx, new: &Targets) -> Result<(), Fault> {
    ctx.require(TARGETS)?;
    let now = queries::targets(tx, ctx)?;
    let mut told = Event::new("enquiry.targets_changed");
    let mut changed = false;
    for level in Level::ALL {
        let minutes = new.of(level);
        if !(TARGET_MINUTES.0..=TARGET_MINUTES.1).contains(&minutes) {
            let text = Text::key("web-not-number")
                .with("min", TARGET_MINUTES.0)
                .with("max", TARGET_MINUTES.1);
            return Err(Fault::invalid(level.as_str(), text));
        }
        if minutes != now.of(level) {
            tx.execute(SET_TARGET, params![ctx.org, level.as_str(), minutes])?;
            told = told.setting(ctx.org, &format!("enquiry_{}", level.as_str()));
            changed = true;
        }
    }
    if changed {
        tx.record(ctx, told);
    }
    Ok(())
}

fn fact(activity: &'static str, id: OrderId, site: SiteId) -> Event {
    Event::new(activity)
        .site(site)
        .object("order", id, "subject")
}
