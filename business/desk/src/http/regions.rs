//! Today at every site together, by region.

use std::collections::BTreeMap;

use kernel::{Currency, Fault, Money, SiteScope, ids::SiteGroupId, ids::SiteId};
use orders::DayFigures;
use organisation::{Site, SiteGroup, SiteState};
use store::Tx;
use web::{App, Me, Page, Query, Reply, State};

use crate::columns;
use crate::pages::regions::{RegionsView, Sum, Totals, body};
use crate::today::day_span;

/// Today at one site: orders, one row a currency, and how many stand in line with a number.
#[derive(Clone, Debug, Default)]
struct SiteDay {
    orders: Vec<DayFigures>,
    in_line: i64,
}

/// Today at every site, each by its own clock; zones that share one are asked together.
fn site_days(
    tx: &mut Tx,
    ctx: &kernel::Ctx,
    sites: &[Site],
) -> Result<BTreeMap<SiteId, SiteDay>, Fault> {
    let mut zones: BTreeMap<&str, Vec<&Site>> = BTreeMap::new();
    for site in sites {
        zones.entry(site.zone_name()).or_default().push(site);
    }
    let mut days: BTreeMap<SiteId, SiteDay> = BTreeMap::new();
    for sites in zones.values() {
        let date = sites[0].date_of(ctx.now);
        let ids: Vec<SiteId> = sites.iter().map(|site| site.id).collect();
        for one in orders::figures(tx, ctx, &ids, day_span(sites[0], date))? {
            days.entry(one.site).or_default().orders.push(one);
        }
        if ctx.may(queue::VIEW) {
            for (site, count) in queue::standing_at(tx, ctx, (&ids, date))? {
                days.entry(site).or_default().in_line = count;
            }
        }
    }
    Ok(days)
}

/// What some sites come to. Money of different currencies is never added.
fn totals<'a>(days: impl Iterator<Item = &'a SiteDay>) -> Totals {
    let mut totals = Totals::default();
    let mut takings: BTreeMap<String, (Currency, i64)> = BTreeMap::new();
    for day in days {
        totals.in_line += day.in_line;
        for one in &day.orders {
            totals.booked += one.booked;
            totals.waiting += one.waiting;
            totals.serving += one.serving;
            totals.served += one.served;
            totals.no_shows += one.no_shows;
            let currency = one.takings.currency;
            let code = currency.code().to_owned();
            let sum = takings.entry(code).or_insert((currency, 0));
            sum.1 = sum.1.saturating_add(one.takings.minor);
        }
    }
    let money = takings.into_values().filter(|(_, minor)| *minor != 0);
    totals.takings = money
        .map(|(currency, minor)| Money::new(minor, currency))
        .collect();
    totals
}

/// The regions as a list read from above, each with what all sites below it come to; only those
/// with a site that the reader may see.
fn sums(groups: &[SiteGroup], sites: &[Site], days: &BTreeMap<SiteId, SiteDay>) -> Vec<Sum> {
    let below = |group: SiteGroupId| -> Vec<&Site> {
        let inside = sites
            .iter()
            .filter(|site| organisation::chain(groups, site.group).contains(&group));
        inside.collect()
    };
    let ordered = organisation::in_order(groups).into_iter();
    let sum = |(depth, group): (usize, &SiteGroup)| {
        let inside = below(group.id);
        let of_sites = inside.iter().filter_map(|site| days.get(&site.id));
        Sum {
            depth,
            group: Some(group.clone()),
            sites: inside.len(),
            totals: totals(of_sites),
        }
    };
    ordered.map(sum).filter(|sum| sum.sites > 0).collect()
}

fn view(tx: &mut Tx, ctx: &kernel::Ctx, chosen: Option<SiteGroupId>) -> Result<RegionsView, Fault> {
    let groups = organisation::site_groups(tx, ctx)?;
    let mut sites = organisation::sites(tx, ctx)?;
    sites.retain(|site| site.state == SiteState::Open);
    let days = site_days(tx, ctx, &sites)?;
    let all = Sum {
        depth: 0,
        group: None,
        sites: sites.len(),
        totals: totals(days.values()),
    };
    let regions = sums(&groups, &sites, &days);
    if let Some(chosen) = chosen {
        organisation::site_group(tx, ctx, chosen)?;
        sites.retain(|site| organisation::chain(&groups, site.group).contains(&chosen));
    }
    let rows = sites.into_iter().map(|site| {
        let totals = totals(days.get(&site.id).into_iter());
        (site, totals)
    });
    Ok(RegionsView {
        chosen,
        all,
        regions,
        sites: rows.collect(),
        now: ctx.now,
        everywhere: ctx.sites == SiteScope::All,
        may_edit: ctx.may(organisation::EDIT_REGIONS),
    })
}

pub(super) async fn page(State(app): State<App>, me: Me, mut query: Query) -> Reply {
    let wanted = web::wanted(&query);
    let chosen: Option<SiteGroupId> = query.optional_id("region");
    let ctx = me.ctx.clone();
    if let Some(format) = wanted {
        let rows = web::at_once(move |tx| Ok(view(tx, &ctx, chosen)?.sites));
        return web::export(&app, &me, format, columns::regions(&me), rows).await;
    }
    query.done()?;
    let view = app.read(move |tx| view(tx, &ctx, chosen)).await?;
    let locale = me.look.locale;
    let shown = Page::new(locale.t("desk-regions"))
        .subtitle(locale.t("desk-today"))
        .exports();
    web::page(&me, shown, body(locale, &view))
}
