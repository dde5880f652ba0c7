//! Private calendar addresses: whoever knows one sees the bookings of one person or one room.

use booking::ics::{self, Appointment};
use capacity::Resource;
use kernel::ids::SiteId;
use kernel::{Ctx, Fault, Locale, Role, Span, Timestamp};
use orders::{Card, Diary};
use organisation::Site;
use people::{Staff, Token, TokenKind};
use store::{Event, Row, Tx, params};

use crate::calendar::name;
use crate::classes::classes;
use crate::{FEEDS, SERVE};

const DAY_MICROSECONDS: i64 = 86_400_000_000;
const DAYS_BACK: i64 = 30;
const DAYS_AHEAD: i64 = 180;
const EVENTS_MAX: usize = 2000;

const MADE: &str = "
    select created_at from desk_feeds where org = $1 and owner_kind = $2 and owner = $3";

const OWNER: &str = "
    select owner_kind, owner from desk_feeds where org = $1 and secret_hash = $2";

const SAVE: &str = "
    insert into desk_feeds (org, owner_kind, owner, secret_hash, created_at)
    values ($1, $2, $3, $4, $5)
    on conflict (org, owner_kind, owner)
    do update set secret_hash = excluded.secret_hash, created_at = excluded.created_at";

const REVOKE: &str = "
    delete from desk_feeds where org = $1 and owner_kind = $2 and owner = $3";

/// Somebody or something whose bookings a calendar can follow.
pub(crate) enum Owner {
    /// A member of staff.
    Person(Staff),
    /// A room or a piece of equipment.
    Room(Resource),
}

impl Owner {
    pub(crate) fn diary(&self) -> Diary {
        match self {
            Self::Person(person) => Diary::Staff(person.id),
            Self::Room(room) => Diary::Resource(room.id),
        }
    }

    pub(crate) fn name(&self, locale: Locale) -> &str {
        match self {
            Self::Person(person) => person.shown(locale),
            Self::Room(room) => room.name.get(locale),
        }
    }

    fn is_active(&self) -> bool {
        match self {
            Self::Person(person) => person.active,
            Self::Room(room) => room.active,
        }
    }
}

/// An owner, and since when it has an address.
pub(crate) type Made = (Owner, Option<Timestamp>);

/// The kind and id under which an owner is kept.
pub(crate) fn key(whose: Diary) -> (&'static str, String) {
    match whose {
        Diary::Staff(id) => ("staff", id.to_string()),
        Diary::Resource(id) => ("resource", id.to_string()),
    }
}

/// Whose diary a kind and an id name.
pub(crate) fn parse(kind: &str, id: &str) -> Option<Diary> {
    match kind {
        "staff" => kernel::Id::parse(id).map(Diary::Staff),
        "resource" => kernel::Id::parse(id).map(Diary::Resource),
        _ => None,
    }
}

fn owner(tx: &mut Tx, ctx: &Ctx, whose: Diary) -> Result<Owner, Fault> {
    Ok(match whose {
        Diary::Staff(id) => Owner::Person(people::staff_member(tx, ctx, id)?),
        Diary::Resource(id) => Owner::Room(capacity::resource(tx, ctx, id)?),
    })
}

/// One's own address is one's own affair; any other is the manager's, at the manager's sites.
fn governed(tx: &mut Tx, ctx: &Ctx, whose: Diary) -> Result<Owner, Fault> {
    let own = matches!(whose, Diary::Staff(id) if ctx.staff() == Some(id));
    ctx.require(if own { SERVE } else { FEEDS })?;
    let owner = owner(tx, ctx, whose)?;
    let within = match &owner {
        Owner::Person(person) => own || person.sites.iter().any(|site| ctx.sites.includes(*site)),
        Owner::Room(room) => ctx.sites.includes(room.site),
    };
    if !within {
        return Err(Fault::forbidden());
    }
    if !owner.is_active() {
        return Err(Fault::missing("desk-feed-missing"));
    }
    Ok(owner)
}

fn made(tx: &mut Tx, ctx: &Ctx, whose: Diary) -> Result<Option<Timestamp>, Fault> {
    let (kind, id) = key(whose);
    tx.one(MADE, params![ctx.org, kind, &id], |row| row.instant(0))
}

/// One owner, where the actor may hand out its address.
pub(crate) fn one(tx: &mut Tx, ctx: &Ctx, whose: Diary) -> Result<Made, Fault> {
    let owner = governed(tx, ctx, whose)?;
    let made = made(tx, ctx, whose)?;
    Ok((owner, made))
}

/// Everybody and everything at a site that can have an address.
pub(crate) fn list(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Vec<Made>, Fault> {
    ctx.require_at(FEEDS, site)?;
    let people = people::staff_at(tx, ctx, site)?;
    let rooms = capacity::resources_at(tx, ctx, site)?;
    let rooms = rooms.into_iter().filter(|room| room.active);
    let owners = people.into_iter().map(Owner::Person);
    owners
        .chain(rooms.map(Owner::Room))
        .map(|owner| {
            let made = made(tx, ctx, owner.diary())?;
            Ok((owner, made))
        })
        .collect()
}

/// Makes an address; one made before is void. The answer is the only copy.
pub(crate) fn make(tx: &mut Tx, ctx: &Ctx, whose: Diary) -> Result<Token, Fault> {
    governed(tx, ctx, whose)?;
    let token = Token::new(ctx, TokenKind::Feed);
    let (kind, id) = key(whose);
    let values = params![ctx.org, kind, &id, token.hash(), ctx.now];
    tx.execute(SAVE, values)?;
    tx.record(ctx, Event::new("feed.created").object(kind, &id, "owner"));
    Ok(token)
}

/// Where a calendar finds its file, below the program's public address.
pub(crate) fn address(slug: &str, token: &Token, locale: Locale) -> String {
    let (secret, language) = (token.text(), locale.tag());
    format!("/at/{slug}/feeds/{secret}.ics?lang={language}")
}

/// Makes the address useless; doing so twice changes nothing more.
pub(crate) fn revoke(tx: &mut Tx, ctx: &Ctx, whose: Diary) -> Result<(), Fault> {
    governed(tx, ctx, whose)?;
    let (kind, id) = key(whose);
    if tx.execute(REVOKE, params![ctx.org, kind, &id])? == 1 {
        tx.record(ctx, Event::new("feed.revoked").object(kind, &id, "owner"));
    }
    Ok(())
}

/// The calendar file behind a secret. A forged or a stopped one has none, nor has the address of
/// whoever left.
pub(crate) fn file(tx: &mut Tx, ctx: &Ctx, secret: &str) -> Result<String, Fault> {
    let gone = || Fault::missing("desk-feed-missing");
    let token = Token::parse(secret, TokenKind::Feed)
        .filter(|token| token.org == ctx.org)
        .ok_or_else(gone)?;
    let whose = tx
        .one(OWNER, params![ctx.org, token.hash()], read_owner)?
        .ok_or_else(gone)?;
    // The secret stands for the desk, for this one diary.
    let desk = ctx.raised(Role::Desk);
    let owner = owner(tx, &desk, whose)?;
    if !owner.is_active() {
        return Err(gone());
    }
    let mut found = Vec::new();
    for site in organisation::sites(tx, &desk)? {
        let cards = orders::diary(tx, &desk, site.id, whose, window(ctx.now)?)?;
        // Who comes to a group session is in the one entry of that session.
        let alone = cards.iter().filter(|card| card.order.session.is_none());
        for card in alone {
            found.extend(shown(tx, &desk, (&site, whose), card)?);
        }
        let classes = classes(tx, &desk, site.id, window(ctx.now)?)?;
        let mine = classes.values().filter(|class| class.is_of(whose));
        found.extend(mine.map(|class| class.appointment(&desk, &site)));
    }
    found.sort_by(|a, b| (a.start, &a.uid).cmp(&(b.start, &b.uid)));
    found.truncate(EVENTS_MAX);
    Ok(ics::feed(owner.name(ctx.locale), &found))
}

fn read_owner(row: &Row) -> Result<Diary, Fault> {
    parse(&row.text(0)?, &row.text(1)?).ok_or_else(|| Fault::broken("a feed belongs to nobody"))
}

fn window(now: Timestamp) -> Result<Span, Fault> {
    let at = |days: i64| {
        let microseconds = now.as_microsecond() + days * DAY_MICROSECONDS;
        Timestamp::from_microsecond(microseconds).map_err(Fault::broken)
    };
    let (start, end) = (at(-DAYS_BACK)?, at(DAYS_AHEAD)?);
    Ok(Span { start, end })
}

/// A booking as its person sees it: of a visit of several parts, the person's own. The calendar of
/// a room hangs where others read it, and says initials alone.
fn shown(
    tx: &mut Tx,
    ctx: &Ctx,
    (site, whose): (&Site, Diary),
    card: &Card,
) -> Result<Vec<Appointment>, Fault> {
    let Some(whole) = appointment(ctx, site, whose, card) else {
        return Ok(Vec::new());
    };
    if card.parts.len() < 2 {
        return Ok(vec![whole]);
    }
    let own: Vec<i64> = match whose {
        Diary::Staff(id) => {
            let own = card.parts.iter().filter(|part| part.staff == id);
            own.map(|part| part.position).collect()
        }
        Diary::Resource(id) => {
            let claims = capacity::claims_of(tx, ctx, card.order.id)?;
            let own = claims.iter().filter(|claim| claim.resources.contains(&id));
            own.map(|claim| claim.part).collect()
        }
    };
    let parts = card
        .parts
        .iter()
        .filter(|part| own.contains(&part.position));
    let of_part = |part: &orders::Part| {
        let mut own = card.clone();
        own.order.title = part.title.clone();
        let found = appointment(ctx, site, whose, &own)?;
        Some(Appointment {
            uid: format!("{}-{}@steward", card.order.id, part.position),
            start: part.span.start,
            end: part.span.end,
            ..found
        })
    };
    Ok(parts.filter_map(of_part).collect())
}

fn appointment(ctx: &Ctx, site: &Site, whose: Diary, card: &Card) -> Option<Appointment> {
    let locale = ctx.locale;
    let found = ics::appointment(&card.order, site, site.name(locale), locale, ctx.now)?;
    let customer = match whose {
        Diary::Staff(_) => name(locale, card),
        Diary::Resource(_) => ui::initials(card.customer_name(locale)),
    };
    let title = card.order.title(locale);
    let summary = match customer.as_str() {
        "" => title,
        customer => format!("{title} · {customer}"),
    };
    Some(Appointment { summary, ..found })
}
