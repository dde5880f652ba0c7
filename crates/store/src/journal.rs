//! The journal: every fact once, append-only, object-centric, hash-chained per organisation.

use std::collections::BTreeMap;

use kernel::{
    Actor, Channel, Ctx, Fault, Timestamp,
    ids::{EventId, OrganisationId, SiteId},
};
use serde_json::{Map, Value as Json};

use crate::{Change, Row, Tx, Value, params};

mod chain;
mod waiting;
mod whole;

pub use chain::verify;
pub(crate) use waiting::{TABLES, Waiting};
use whole::conditions;
pub use whole::{each, each_history, each_object};

/// The most events one read answers.
pub const PAGE_MAX: i64 = 500;

/// A fact about to be recorded: `order.started` with the objects it touches.
#[derive(Debug, Clone)]
pub struct Event {
    activity: &'static str,
    at: Option<Timestamp>,
    site: Option<SiteId>,
    objects: Vec<(String, String, String)>,
    attributes: Map<String, Json>,
}

impl Event {
    /// A fact named by noun and past tense.
    pub fn new(activity: &'static str) -> Self {
        Self {
            activity,
            at: None,
            site: None,
            objects: Vec::new(),
            attributes: Map::new(),
        }
    }

    /// Where it happened.
    #[must_use]
    pub fn site(mut self, site: impl Into<Option<SiteId>>) -> Self {
        self.site = site.into();
        self
    }

    /// When it happened, for history that is told afterwards.
    #[must_use]
    pub const fn at(mut self, at: Timestamp) -> Self {
        self.at = Some(at);
        self
    }

    /// An object it touches: its kind, its id and its part in the event. It is linked once: the
    /// part that is told last counts.
    #[must_use]
    pub fn object(mut self, kind: &str, id: impl ToString, qualifier: &str) -> Self {
        let id = id.to_string();
        let mut known = self.objects.iter_mut();
        match known.find(|(of, other, _)| of == kind && *other == id) {
            Some((_, _, part)) => qualifier.clone_into(part),
            None => self
                .objects
                .push((kind.to_owned(), id, qualifier.to_owned())),
        }
        self
    }

    /// An object it touches, if there is one.
    #[must_use]
    pub fn object_if(self, kind: &str, id: Option<impl ToString>, qualifier: &str) -> Self {
        match id {
            Some(id) => self.object(kind, id, qualifier),
            None => self,
        }
    }

    /// A setting it changes: of a site, an organisation or whatever `owner` identifies.
    #[must_use]
    pub fn setting(self, owner: impl std::fmt::Display, name: &str) -> Self {
        self.object("setting", format!("{owner}/{name}"), "changed")
    }

    /// A small attribute; never a name, a phone number or another personal datum.
    #[must_use]
    pub fn attr(mut self, name: &str, value: impl Into<Json>) -> Self {
        self.attributes.insert(name.to_owned(), value.into());
        self
    }
}

/// An event with its context, waiting for the commit.
pub(crate) struct Pending {
    org: OrganisationId,
    id: EventId,
    recorded_at: Timestamp,
    actor: String,
    actor_name: String,
    channel: Channel,
    event: Event,
}

impl Pending {
    pub(crate) fn new(ctx: &Ctx, event: Event) -> Self {
        let (actor, actor_name) = match &ctx.actor {
            Actor::User { id, name, .. } => (format!("user:{id}"), name.clone()),
            Actor::Guest => ("guest".to_owned(), String::new()),
            Actor::System => ("system".to_owned(), String::new()),
        };
        // Other programs leave out what touches nothing.
        let event = match (event.objects.is_empty(), event.site) {
            (false, _) => event,
            (true, Some(site)) => event.object("site", site, "subject"),
            (true, None) => event.object("organisation", ctx.org, "subject"),
        };
        Self {
            org: ctx.org,
            id: ctx.id(),
            recorded_at: ctx.now,
            actor,
            actor_name,
            channel: ctx.channel,
            event,
        }
    }
}

/// An event as it stands in the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its place, from 1 without gaps.
    pub seq: i64,
    /// Its id.
    pub id: EventId,
    /// What happened: `order.started`.
    pub activity: String,
    /// When it happened.
    pub at: Timestamp,
    /// When it was written down.
    pub recorded_at: Timestamp,
    /// Who did it: `user:…`, `guest` or `system`.
    pub actor: String,
    /// That user's name at the time; empty for guests and the system.
    pub actor_name: String,
    /// Where.
    pub site: Option<SiteId>,
    /// Through which door.
    pub channel: String,
    /// What it touched: kind, id, qualifier.
    pub objects: Vec<(String, String, String)>,
    /// Small attributes.
    pub attributes: Map<String, Json>,
    /// The seal over this entry and everything before it.
    pub hash: String,
}

const LOCK_HEAD: &str = "
    update journal_heads set seq = seq + $2 where org = $1 returning seq, hash";
const NEW_HEAD: &str = "
    insert into journal_heads (org, seq, hash) values ($1, 0, '') on conflict (org) do nothing";
const SEAL_HEAD: &str = "update journal_heads set hash = $2 where org = $1";
const INSERT: &str = "
    insert into journal (org, seq, id, activity, at, recorded_at, actor, actor_name, site,
        channel, objects, attributes, hash)";
const INSERT_OBJECT: &str = "
    insert into journal_objects (org, kind, object, seq, qualifier)";

/// Appends facts. The head row is locked last, so that transactions of one organisation wait for
/// each other only while they commit.
pub(crate) fn append(tx: &mut Tx, pending: &[Pending]) -> Result<Vec<Change>, Fault> {
    let mut by_org: BTreeMap<OrganisationId, Vec<&Pending>> = BTreeMap::new();
    for fact in pending {
        by_org.entry(fact.org).or_default().push(fact);
    }
    let mut changes = Vec::new();
    for (org, facts) in by_org {
        let (mut seq, mut hash) = lock_head(tx, org, facts.len())?;
        let (mut rows, mut links) = (Vec::new(), Vec::new());
        for fact in facts {
            seq += 1;
            let sealed = Sealed::new(seq, fact, &hash)?;
            hash.clone_from(&sealed.hash);
            rows.push(sealed.row(org));
            links.extend(sealed.links(org));
            changes.push(sealed.change(org, fact));
        }
        tx.insert_all(INSERT, &rows, "")?;
        tx.insert_all(INSERT_OBJECT, &links, "on conflict do nothing")?;
        tx.execute(SEAL_HEAD, params![org, hash])?;
    }
    Ok(changes)
}

fn lock_head(tx: &mut Tx, org: OrganisationId, count: usize) -> Result<(i64, String), Fault> {
    let added = i64::try_from(count).map_err(Fault::broken)?;
    let read = |row: &Row| Ok((row.int(0)? - added, row.text(1)?));
    if let Some(head) = tx.one(LOCK_HEAD, params![org, added], read)? {
        return Ok(head);
    }
    tx.execute(NEW_HEAD, params![org])?;
    tx.one(LOCK_HEAD, params![org, added], read)?
        .ok_or_else(|| Fault::broken("the journal has no head"))
}

struct Sealed {
    seq: i64,
    values: Vec<Value>,
    objects: Vec<(String, String, String)>,
    hash: String,
}

impl Sealed {
    fn new(seq: i64, fact: &Pending, previous: &str) -> Result<Self, Fault> {
        let event = &fact.event;
        let objects = serde_json::to_string(&event.objects).map_err(Fault::broken)?;
        let attributes = serde_json::to_string(&event.attributes).map_err(Fault::broken)?;
        let values = vec![
            Value::from(fact.id),
            Value::from(event.activity),
            Value::from(event.at.unwrap_or(fact.recorded_at)),
            Value::from(fact.recorded_at),
            Value::from(&fact.actor),
            Value::from(&fact.actor_name),
            Value::from(event.site),
            Value::from(fact.channel),
            Value::from(objects),
            Value::from(attributes),
        ];
        let hash = seal(previous, seq, &values);
        Ok(Self {
            seq,
            values,
            objects: event.objects.clone(),
            hash,
        })
    }

    fn row(&self, org: OrganisationId) -> [Value; 13] {
        let front = [Value::from(org), Value::from(self.seq)];
        let values = front.into_iter().chain(self.values.iter().cloned());
        let mut row = values.chain([Value::from(&self.hash)]);
        std::array::from_fn(|_| row.next().unwrap_or(Value::Null))
    }

    fn links(&self, org: OrganisationId) -> impl Iterator<Item = [Value; 5]> {
        self.objects.iter().map(move |(kind, object, qualifier)| {
            [
                org.into(),
                kind.into(),
                object.into(),
                self.seq.into(),
                qualifier.into(),
            ]
        })
    }

    fn change(self, org: OrganisationId, fact: &Pending) -> Change {
        Change {
            org,
            seq: self.seq,
            site: fact.event.site,
            activity: fact.event.activity.to_owned(),
            objects: self
                .objects
                .into_iter()
                .map(|(kind, id, _)| (kind, id))
                .collect(),
        }
    }
}

/// BLAKE3 over the previous seal, the place and every column, each with its length in front.
fn seal(previous: &str, seq: i64, values: &[Value]) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut feed = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    feed(previous.as_bytes());
    feed(&seq.to_le_bytes());
    for value in values {
        match value {
            Value::Null => feed(b"\0null"),
            Value::Int(number) => feed(&number.to_le_bytes()),
            Value::Real(number) => feed(&number.to_le_bytes()),
            Value::Text(text) => feed(text.as_bytes()),
            Value::Bytes(bytes) => feed(bytes),
        }
    }
    hasher.finalize().to_hex().to_string()
}

const COLUMNS: &str = "seq, id, activity, at, recorded_at, actor, actor_name, site, channel,
    objects, attributes, hash";

fn read_entry(row: &Row) -> Result<Entry, Fault> {
    Ok(Entry {
        seq: row.int(0)?,
        id: row.id(1)?,
        activity: row.text(2)?,
        at: row.instant(3)?,
        recorded_at: row.instant(4)?,
        actor: row.text(5)?,
        actor_name: row.text(6)?,
        site: row.opt_id(7)?,
        channel: row.text(8)?,
        objects: row.json(9)?,
        attributes: row.json(10)?,
        hash: row.text(11)?,
    })
}

/// What was recorded of one object after an instant, oldest first, at most [`PAGE_MAX`].
pub fn about_since(
    tx: &mut Tx,
    org: OrganisationId,
    (kind, object): (&str, &str),
    after: Timestamp,
) -> Result<Vec<Entry>, Fault> {
    let sql = format!(
        "select {COLUMNS} from (
            select distinct seq as told from journal_objects
            where org = $1 and kind = $2 and object = $3) o
         cross join journal where org = $1 and seq = told and recorded_at > $4
         order by +at, seq limit {PAGE_MAX}"
    );
    tx.all(&sql, params![org, kind, object, after], read_entry)
}

/// The facts of one activity that happened at a site since an instant, newest first, among the
/// last so many that were written down anywhere, at most [`PAGE_MAX`].
pub fn latest(
    tx: &mut Tx,
    org: OrganisationId,
    activity: &str,
    (site, since): (SiteId, Timestamp),
    among: i64,
) -> Result<Vec<Entry>, Fault> {
    let sql = format!(
        "select {COLUMNS} from (
            select {COLUMNS} from journal where org = $1 and activity = $2
            order by seq desc limit $3) newest
         where site = $4 and at >= $5 order by seq desc limit $3"
    );
    let values = params![org, activity, among.clamp(1, PAGE_MAX), site, since];
    tx.all(&sql, values, read_entry)
}

/// What happened to one object, oldest first.
pub fn about(
    tx: &mut Tx,
    org: OrganisationId,
    kind: &str,
    object: &str,
    limit: i64,
) -> Result<Vec<Entry>, Fault> {
    // The events of the object first, then each by its key: `cross join` keeps SQLite from
    // walking the whole journal in order of time instead.
    let sql = format!(
        "select {COLUMNS} from (
            select distinct seq as told from journal_objects
            where org = $1 and kind = $2 and object = $3) o
         cross join journal where org = $1 and seq = told
         order by +at, seq limit $4"
    );
    tx.all(
        &sql,
        params![org, kind, object, limit.clamp(1, PAGE_MAX)],
        read_entry,
    )
}

/// Which part of the journal to read.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only this activity, or every activity of a noun: `order.started`, `order.`.
    pub activity: Option<String>,
    /// Only what touched this object: kind and id.
    pub object: Option<(String, String)>,
    /// Only from this instant on.
    pub from: Option<Timestamp>,
    /// Only before this instant.
    pub to: Option<Timestamp>,
    /// Only places before this one: where the page above ended.
    pub before: Option<i64>,
    /// Only at this site.
    pub site: Option<SiteId>,
}

/// A page of the journal, newest first.
pub fn page(
    tx: &mut Tx,
    org: OrganisationId,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<Entry>, Fault> {
    let (conditions, mut values) = conditions(org, filter);
    values.push(Value::from(limit.clamp(1, PAGE_MAX)));
    let sql = format!(
        "select {COLUMNS} from journal where {conditions} order by seq desc limit ${}",
        values.len()
    );
    tx.all(&sql, &values, read_entry)
}

/// The latest event that changed a setting, for each of the names that was ever changed.
pub fn setting_changes(
    tx: &mut Tx,
    org: OrganisationId,
    owner: &str,
    names: &[&str],
) -> Result<BTreeMap<String, Entry>, Fault> {
    let sql = format!(
        "select {COLUMNS} from journal where org = $1 and seq = (
            select max(seq) from journal_objects
            where org = $1 and kind = 'setting' and object = $2)"
    );
    let mut found = BTreeMap::new();
    for name in names {
        let entry = tx.one(&sql, params![org, format!("{owner}/{name}")], read_entry)?;
        found.extend(entry.map(|entry| ((*name).to_owned(), entry)));
    }
    Ok(found)
}

/// The events after a place, oldest first: how readers follow the journal.
pub fn after(tx: &mut Tx, org: OrganisationId, seq: i64, limit: i64) -> Result<Vec<Entry>, Fault> {
    let sql =
        format!("select {COLUMNS} from journal where org = $1 and seq > $2 order by seq limit $3");
    tx.all(
        &sql,
        params![org, seq, limit.clamp(1, PAGE_MAX)],
        read_entry,
    )
}

/// The place of the newest event; 0 for an empty journal.
pub fn head(tx: &mut Tx, org: OrganisationId) -> Result<i64, Fault> {
    tx.count("select seq from journal_heads where org = $1", params![org])
}

/// The organisations that have a journal, at most 10,000.
pub fn organisations(tx: &mut Tx) -> Result<Vec<OrganisationId>, Fault> {
    tx.all(
        "select org from journal_heads order by org limit 10000",
        params![],
        |row| row.id(0),
    )
}
