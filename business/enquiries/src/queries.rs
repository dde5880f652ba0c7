//! Enquiries, read.

use kernel::{
    Ctx, Fault, SiteScope, Timestamp,
    ids::{OrderId, SiteId, UserId},
};
use orders::Kind;
use store::{Row, Tx, Value, params};

use crate::{
    VIEW,
    model::{Closed, Enquiry, Level, Owner, Targets},
};

/// Enquiries on one page.
pub const PAGE: i64 = 100;

const COLUMNS: &str = "
    order_id, site, code, kind, level, matter, opened_at, due_at, owner, owner_name, about,
    closed_at, outcome, version";

/// Which enquiries are asked for: a tray on the desk of those who answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tray {
    /// Open ones of whoever asks.
    Mine,
    /// Open ones that nobody answers yet.
    Unassigned,
    /// Open ones that are late.
    Overdue,
    /// Every open one.
    #[default]
    All,
    /// Answered ones, the latest first.
    Closed,
}

impl Tray {
    /// Every tray, in the order of the tabs.
    pub const ALL: [Self; 5] = [
        Self::Mine,
        Self::Unassigned,
        Self::Overdue,
        Self::All,
        Self::Closed,
    ];

    /// The word in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::Overdue => "overdue",
            Self::All => "all",
            Self::Closed => "closed",
        }
    }

    /// Reads the word; all open ones for anything else.
    pub fn parse(word: &str) -> Self {
        let known = Self::ALL.into_iter().find(|chosen| chosen.as_str() == word);
        known.unwrap_or_default()
    }
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Which tray.
    pub chosen: Tray,
    /// Part of the number or of the matter.
    pub text: String,
    /// Enquiries or complaints alone.
    pub kind: Option<Kind>,
    /// How urgent.
    pub level: Option<Level>,
    /// One site alone.
    pub site: Option<SiteId>,
}

/// Conditions and their values, `$1` being the organisation.
struct Where {
    sql: String,
    values: Vec<Value>,
}

impl Where {
    fn new(ctx: &Ctx, filter: &Filter, me: Option<UserId>) -> Self {
        let mut found = Self {
            sql: "org = $1".to_owned(),
            values: vec![ctx.org.into()],
        };
        if let SiteScope::Only(sites) = &ctx.sites {
            found.sites(sites);
        }
        if let Some(site) = filter.site {
            found.add("site = ?", site);
        }
        match filter.chosen {
            Tray::Closed => found.sql.push_str(" and closed_at is not null"),
            _ => found.sql.push_str(" and closed_at is null"),
        }
        match filter.chosen {
            Tray::Mine => found.add("owner = ?", me),
            Tray::Unassigned => found.sql.push_str(" and owner is null"),
            Tray::Overdue => found.add("due_at < ?", ctx.now),
            Tray::All | Tray::Closed => {}
        }
        if let Some(kind) = filter.kind {
            found.add("kind = ?", kind.as_str());
        }
        if let Some(level) = filter.level {
            found.add("level = ?", level.as_str());
        }
        let text = filter.text.trim().to_lowercase();
        if !text.is_empty() {
            let pattern = store::text_pattern(&text);
            found.add("lower(code || ' ' || matter) like ? escape '\\'", pattern);
        }
        found
    }

    fn add(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        let marker = format!("${}", self.values.len());
        self.sql.push_str(" and ");
        self.sql.push_str(&condition.replace('?', &marker));
    }

    fn sites(&mut self, sites: &[SiteId]) {
        let first = self.values.len() + 1;
        let markers: Vec<String> = (first..)
            .take(sites.len())
            .map(|at| format!("${at}"))
            .collect();
        if markers.is_empty() {
            return self.sql.push_str(" and 1 = 0");
        }
        self.values
            .extend(sites.iter().map(|site| Value::from(*site)));
        self.sql
            .push_str(&format!(" and site in ({})", markers.join(", ")));
    }
}

/// The first page of enquiries: what is due first, or was closed last.
pub fn enquiries(
    tx: &mut Tx,
    ctx: &Ctx,
    filter: &Filter,
    me: Option<UserId>,
) -> Result<Vec<Enquiry>, Fault> {
    ctx.require(VIEW)?;
    let found = Where::new(ctx, filter, me);
    let order = match filter.chosen {
        Tray::Closed => "closed_at desc, order_id",
        _ => "due_at, order_id",
    };
    let sql = format!(
        "select {COLUMNS} from enquiries where {} order by {order} limit {PAGE}",
        found.sql
    );
    tx.all(&sql, &found.values, read)
}

/// Those a filter finds after one of them, by when they are due: all of them, page by page.
pub(crate) fn by_due(
    tx: &mut Tx,
    ctx: &Ctx,
    (filter, me): (&Filter, Option<UserId>),
    after: Option<(Timestamp, OrderId)>,
) -> Result<Vec<Enquiry>, Fault> {
    ctx.require(VIEW)?;
    let mut found = Where::new(ctx, filter, me);
    if let Some((due, order)) = after {
        found.add("due_at >= ?", due);
        let at = found.values.len();
        found.values.push(order.into());
        found
            .sql
            .push_str(&format!(" and (due_at > ${at} or order_id > ${})", at + 1));
    }
    let sql = format!(
        "select {COLUMNS} from enquiries where {} order by due_at, order_id limit {}",
        found.sql,
        web::EXPORT_ROWS
    );
    tx.all(&sql, &found.values, read)
}

/// How many there are in a tray, with the same filter otherwise.
pub fn count(tx: &mut Tx, ctx: &Ctx, filter: &Filter, me: Option<UserId>) -> Result<i64, Fault> {
    ctx.require(VIEW)?;
    let found = Where::new(ctx, filter, me);
    let sql = format!("select count(*) from enquiries where {}", found.sql);
    tx.count(&sql, &found.values)
}

/// One enquiry.
pub fn enquiry(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Enquiry, Fault> {
    let enquiry = optional(tx, ctx, id)?;
    let enquiry = enquiry.ok_or_else(|| Fault::missing("enquiries-missing"))?;
    ctx.require_at(VIEW, enquiry.site)?;
    Ok(enquiry)
}

/// One enquiry, if the order is one.
pub fn optional(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Option<Enquiry>, Fault> {
    ctx.require(VIEW)?;
    let sql = format!("select {COLUMNS} from enquiries where org = $1 and order_id = $2");
    tx.one(&sql, params![ctx.org, id], read)
}

/// Late ones of a site, the latest promise first broken: for Today.
pub fn overdue(tx: &mut Tx, ctx: &Ctx, site: SiteId, limit: i64) -> Result<Vec<Enquiry>, Fault> {
    if !ctx.may(VIEW) {
        return Ok(Vec::new());
    }
    let sql = format!(
        "select {COLUMNS} from enquiries
        where org = $1 and site = $2 and closed_at is null and due_at < $3
        order by due_at, order_id limit $4"
    );
    tx.all(&sql, params![ctx.org, site, ctx.now, limit], read)
}

/// What was asked or complained of about an order.
pub fn about(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<Vec<Enquiry>, Fault> {
    if !ctx.may(VIEW) {
        return Ok(Vec::new());
    }
    let sql = format!(
        "select {COLUMNS} from enquiries where org = $1 and about = $2
        order by opened_at, order_id limit 20"
    );
    tx.all(&sql, params![ctx.org, order], read)
}

/// The minutes by level.
pub fn targets(tx: &mut Tx, ctx: &Ctx) -> Result<Targets, Fault> {
    let sql = "select level, minutes from enquiry_targets where org = $1 order by level limit 3";
    let rows = tx.all(sql, params![ctx.org], |row| Ok((row.text(0)?, row.int(1)?)))?;
    let mut targets = Targets::default();
    for (word, minutes) in rows {
        if let Some(level) = Level::parse(&word) {
            targets.0[level as usize] = minutes;
        }
    }
    Ok(targets)
}

fn read(row: &Row) -> Result<Enquiry, Fault> {
    let wrong = |what: &str| Fault::broken(format!("an enquiry has a wrong {what}"));
    let owner = row.opt_id(8)?;
    let name = row.text(9)?;
    let closed = row.opt_instant(11)?.zip(row.opt_text(12)?);
    Ok(Enquiry {
        order: row.id(0)?,
        site: row.id(1)?,
        code: row.text(2)?,
        kind: Kind::parse(&row.text(3)?).ok_or_else(|| wrong("kind"))?,
        level: Level::parse(&row.text(4)?).ok_or_else(|| wrong("level"))?,
        matter: row.text(5)?,
        opened: row.instant(6)?,
        due: row.instant(7)?,
        owner: owner.map(|id| Owner { id, name }),
        about: row.opt_id(10)?,
        closed: closed.map(|(at, outcome)| Closed { at, outcome }),
        version: row.int(13)?,
    })
}
