//! Who saw or changed what of a customer.

use std::collections::BTreeMap;

use kernel::{
    Ctx, Fault, Timestamp,
    ids::{CustomerId, UserId},
};
use people::{Sight, SightFilter};
use store::{Tx, journal};
use web::{App, Me, Page, Query, Reply, State};

use super::audit_file as file;
use crate::pages::audit::{AuditView, Deed, What, body};

/// How many rows one page tells.
const ROWS: i64 = 200;
/// How many of either kind a file tells.
const FILE_ROWS: i64 = journal::PAGE_MAX;

/// Days told when nobody asked for others.
const DAYS: i64 = 30;

struct Asked {
    customer: Option<CustomerId>,
    user: Option<UserId>,
    first: Option<kernel::Date>,
    last: Option<kernel::Date>,
    only: String,
}

impl Asked {
    fn wants(&self, part: &str) -> bool {
        self.only.is_empty() || self.only == part
    }
}

/// The instants between which to look: the days asked for, or the last thirty.
fn span(me: &Me, asked: &Asked) -> (Timestamp, Timestamp) {
    let zone = me.zone();
    let now = me.ctx.now;
    let today = now.to_zoned(zone.clone()).date();
    let last = asked.last.unwrap_or(today);
    let to = organisation::instant_clipped(&zone, last, 1440);
    let from = match asked.first {
        Some(first) => organisation::instant_clipped(&zone, first, 0),
        None => Timestamp::from_second(to.as_second() - DAYS * 86_400).unwrap_or(Timestamp::MIN),
    };
    (from, to)
}

/// Facts about customers: of the one asked for, or of all.
fn changes(
    tx: &mut Tx,
    ctx: &Ctx,
    asked: &Asked,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<Deed>, Fault> {
    let object = asked
        .customer
        .map(|customer| ("customer".to_owned(), customer.to_string()));
    let activity = object.is_none().then(|| "customer.".to_owned());
    let filter = journal::Filter {
        activity,
        object,
        from: Some(from),
        to: Some(to),
        ..journal::Filter::default()
    };
    let by = asked.user.map(|user| format!("user:{user}"));
    let entries = journal::page(tx, ctx.org, &filter, journal::PAGE_MAX)?.into_iter();
    let wanted = entries.filter(|entry| by.as_ref().is_none_or(|by| *by == entry.actor));
    let deed = |entry: store::Entry| Deed {
        at: entry.at,
        user: entry.actor.strip_prefix("user:").and_then(UserId::parse),
        by: entry.actor_name.clone(),
        customer: entry
            .objects
            .iter()
            .find(|(kind, _, _)| kind == "customer")
            .and_then(|(_, id, _)| CustomerId::parse(id)),
        what: What::Changed(entry.activity),
    };
    Ok(wanted.map(deed).collect())
}

fn sights(
    tx: &mut Tx,
    ctx: &Ctx,
    (asked, most): (&Asked, i64),
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<Deed>, Fault> {
    let filter = SightFilter {
        customer: asked.customer,
        user: asked.user,
        kind: (asked.only == "export").then_some(people::SightKind::Export),
        from,
        to,
    };
    let seen = people::sights(tx, ctx, &filter, most)?.into_iter();
    let deed = |seen: people::Seen| Deed {
        at: seen.last_at,
        user: Some(seen.user),
        by: String::new(),
        customer: seen.customer,
        what: What::Saw {
            kind: seen.kind,
            noun: seen.noun,
            times: seen.times,
            count: seen.count,
        },
    };
    Ok(seen.map(deed).collect())
}

/// What customers are called, and everybody who may sign in.
type Named = (BTreeMap<CustomerId, String>, Vec<(UserId, String)>);

/// Names of the customers told, and of everybody who may sign in.
fn names(tx: &mut Tx, ctx: &Ctx, deeds: &[Deed]) -> Result<Named, Fault> {
    // Whoever may read who saw a customer may read that customer's name.
    let reader = ctx.raised(kernel::Role::Owner);
    let mut customers = BTreeMap::new();
    for id in deeds.iter().filter_map(|deed| deed.customer) {
        if let std::collections::btree_map::Entry::Vacant(place) = customers.entry(id) {
            match customers::customer(tx, &reader, id) {
                Ok(found) => drop(place.insert(found.display(ctx.locale).to_owned())),
                Err(fault) if fault.kind == kernel::FaultKind::Missing => {}
                Err(fault) => return Err(fault),
            }
        }
    }
    let users = people::users(tx, &reader)?.into_iter();
    let users = users.map(|user| (user.id, user.shown(ctx.locale).to_owned()));
    Ok((customers, users.collect()))
}

fn view(tx: &mut Tx, me: &Me, asked: &Asked, most: i64) -> Result<AuditView, Fault> {
    let ctx = &me.ctx;
    ctx.require(people::VIEW_AUDIT)?;
    let span = span(me, asked);
    let mut deeds = Vec::new();
    if asked.wants("saw") || asked.only == "export" {
        deeds.extend(sights(tx, ctx, (asked, most), span)?);
    }
    if asked.wants("changed") {
        deeds.extend(changes(tx, ctx, asked, span)?);
    }
    deeds.sort_by_key(|deed| std::cmp::Reverse(deed.at));
    let rows = usize::try_from(most).unwrap_or(0);
    let more = deeds.len() > rows;
    deeds.truncate(rows);
    let (customers, users) = names(tx, ctx, &deeds)?;
    let date = |at: Timestamp| at.to_zoned(me.zone()).date();
    Ok(AuditView {
        customer: asked.customer,
        user: asked.user,
        first: date(span.0),
        last: date(Timestamp::from_second(span.1.as_second() - 1).unwrap_or(span.1)),
        only: asked.only.clone(),
        zone: me.zone(),
        kept_days: people::access_rules(tx, ctx.org)?.sight_days,
        deeds,
        customers,
        users,
        more,
    })
}

pub(super) async fn page(State(app): State<App>, me: Me, mut query: Query) -> Reply {
    let asked = Asked {
        customer: query.optional_id("customer"),
        user: query.optional_id("user"),
        first: query.optional_date("first"),
        last: query.optional_date("last"),
        only: query.optional_text("only", 10).unwrap_or_default(),
    };
    query.done()?;
    people::seen(&app, &me.ctx, Sight::audit(asked.customer)).await?;
    let reader = me.clone();
    let format = web::wanted(&query);
    let most = format.map_or(ROWS, |_| FILE_ROWS);
    let mut view = app.read(move |tx| view(tx, &reader, &asked, most)).await?;
    if let Some(format) = format {
        people::seen(&app, &me.ctx, Sight::export("audit", 0)).await?;
        let deeds = std::mem::take(&mut view.deeds).into_iter();
        let with_names = deeds.map(|deed| {
            let who = view.who(me.look.locale, &deed);
            (deed, who)
        });
        let rows: Vec<file::Row> = with_names.collect();
        let rows = web::at_once(move |_| Ok(rows));
        return web::export(&app, &me, format, file::export(&me), rows).await;
    }
    let shown = Page::new(me.look.locale.t("desk-audit"));
    let shown = shown.still().exports();
    web::page(&me, shown, body(&me, &view))
}
