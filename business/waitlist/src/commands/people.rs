//! Joining the list, and leaving it.

use kernel::{
    Ctx, Fault, Text,
    ids::{CustomerId, ServiceId, SiteId, WaitingId},
};
use offers::Service;
use store::{Event, Tx, params};

use crate::{
    model::{EACH_MAX, NOTE_CHARS_MAX, Place, Waiting, Wish},
    queries,
};

const INSERT: &str = "
    insert into waiting (org, id, site, service, staff, session, seats, customer, weekdays,
        from_minute, to_minute, first_day, last_day, note, mail, channel, secret, state, joined_at,
        turn_at, unanswered, also)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 'waiting',
        $18, $18, 0, $19)";

const MINE: &str = "
    select id from waiting where org = $1 and customer = $2 and state = 'waiting'
    order by id limit 50";

const LOCK: &str = "update waiting set unanswered = unanswered where org = $1 and id = $2";

const CLOSE: &str = "
    update waiting set state = $3, order_id = $4, closed_at = $5
    where org = $1 and id = $2 and state = 'waiting'";

/// Somebody who wants to wait.
#[derive(Debug, Clone)]
pub struct NewWaiting {
    /// Where.
    pub site: SiteId,
    /// For what.
    pub wish: Wish,
    /// Who.
    pub customer: CustomerId,
    /// Anything else worth knowing.
    pub note: String,
    /// Where to write about this, when it was given.
    pub mail: Option<String>,
}

/// Puts somebody on the list. Asking for the same twice is once.
pub fn join(tx: &mut Tx, ctx: &Ctx, new: &NewWaiting) -> Result<Waiting, Fault> {
    ctx.require_at(orders::TAKE, new.site)?;
    let site = organisation::site(tx, ctx, new.site)?;
    new.wish.check(site.date_of(ctx.now))?;
    if new.note.chars().count() > NOTE_CHARS_MAX {
        let text = Text::key("waitlist-note-long").with("max", NOTE_CHARS_MAX);
        return Err(Fault::invalid("note", text));
    }
    possible(tx, ctx, new)?;
    // Two requests of one customer come one after the other.
    capacity::gate(tx, ctx, new.site)?;
    let mine: Vec<WaitingId> = tx.all(MINE, params![ctx.org, new.customer], |row| row.id(0))?;
    for id in &mine {
        let known = queries::load(tx, ctx, *id)?;
        if known.site == new.site && known.wish == new.wish {
            return Ok(known);
        }
    }
    if i64::try_from(mine.len()).unwrap_or(i64::MAX) >= EACH_MAX {
        return Err(Fault::conflict("waitlist-each").with("max", EACH_MAX));
    }
    let (id, wish): (WaitingId, _) = (ctx.id(), &new.wish);
    let also: Vec<String> = wish.also.iter().map(ToString::to_string).collect();
    let row = params![
        ctx.org,
        id,
        new.site,
        wish.service,
        wish.staff,
        wish.session,
        wish.seats,
        new.customer,
        &wish.weekdays,
        wish.from_minute,
        wish.to_minute,
        wish.first_day,
        wish.last_day,
        new.note.trim(),
        new.mail.as_deref(),
        ctx.channel,
        ctx.link_secret(),
        ctx.now,
        also.join(","),
    ];
    tx.execute(INSERT, row)?;
    let entry = queries::load(tx, ctx, id)?;
    tx.record(ctx, fact("waiting.joined", &entry));
    Ok(entry)
}

/// Refuses a wish for what is not on offer.
fn possible(tx: &mut Tx, ctx: &Ctx, new: &NewWaiting) -> Result<(), Fault> {
    let refuse = || Fault::invalid("service", Text::key("waitlist-service-wrong"));
    let all: Vec<ServiceId> = new.wish.services().collect();
    let found = offers::services_by_id(tx, ctx, &all)?;
    let service = found.get(&new.wish.service).ok_or_else(refuse)?;
    let is_offered = |one: &Service| {
        let through = ctx.role != kernel::Role::Guest || one.is_offered_through(ctx.channel);
        one.state == offers::State::Active && one.is_offered_at(new.site) && through
    };
    if !service.is_bookable() || !is_offered(service) {
        return Err(refuse());
    }
    let goes_with = |id: &ServiceId| {
        found.get(id).is_some_and(|one| {
            is_offered(one) && one.price.currency == service.price.currency && one.id != service.id
        })
    };
    if !new.wish.also.iter().all(goes_with)
        || (new.wish.session.is_some() && !new.wish.also.is_empty())
    {
        return Err(Fault::invalid("also", Text::key("waitlist-also-wrong")));
    }
    if let Some(staff) = new.wish.staff {
        let here = people::staff_at(tx, ctx, new.site)?;
        if !here.iter().any(|one| one.id == staff) {
            return Err(Fault::invalid("staff", Text::key("waitlist-staff-wrong")));
        }
    }
    if let Some(session) = new.wish.session {
        let session = sessions::session(tx, ctx, session)?;
        session.changeable()?;
        if session.site != new.site || session.service != new.wish.service {
            return Err(refuse());
        }
    }
    Ok(())
}

/// A fact about an entry.
pub(super) fn fact(activity: &'static str, entry: &Waiting) -> Event {
    Event::new(activity)
        .site(entry.site)
        .object("waiting", entry.id, "subject")
        .object("customer", entry.customer, "customer")
        .object("service", entry.wish.service, "wanted")
}

/// An entry to be changed; whoever comes second waits here and sees what the first did.
pub(super) fn locked(tx: &mut Tx, ctx: &Ctx, id: WaitingId) -> Result<Waiting, Fault> {
    let site = queries::load(tx, ctx, id)?.site;
    capacity::gate(tx, ctx, site)?;
    tx.execute(LOCK, params![ctx.org, id])?;
    queries::load(tx, ctx, id)
}

/// Ends an entry that waits.
pub(super) fn close(tx: &mut Tx, ctx: &Ctx, id: WaitingId, place: Place) -> Result<(), Fault> {
    let (state, order) = match place {
        Place::Placed(order) => ("placed", Some(order)),
        Place::Left => ("left", None),
        Place::Lapsed | Place::Waiting => ("lapsed", None),
    };
    let row = params![ctx.org, id, state, order, ctx.now];
    tx.execute(CLOSE, row).map(drop)
}

/// Takes somebody off the list; an offer they have not answered is free for the next. Doing it
/// twice is once.
pub fn leave(tx: &mut Tx, ctx: &Ctx, id: WaitingId) -> Result<Waiting, Fault> {
    ctx.require(orders::TAKE)?;
    let entry = locked(tx, ctx, id)?;
    ctx.require_at(orders::TAKE, entry.site)?;
    if entry.place != Place::Waiting {
        return Ok(entry);
    }
    super::answer::let_go(tx, ctx, &entry)?;
    close(tx, ctx, id, Place::Left)?;
    tx.record(ctx, fact("waiting.left", &entry));
    queries::load(tx, ctx, id)
}
