//! Today at every site together, by region.

use std::collections::BTreeMap;

use kernel::{Currency, Fault, Money, SiteScope, ids::SiteGroupId, ids::SiteId};
use orders::DayFigures;
use organisation::{Site, SiteGroup, SiteState};
use store::Tx;
use web::{App, Me, Page, Query, Reply, State};

use crate::pages::regions::{RegionsView, Sum, Totals, body};
use crate::today::day_span;

/// Today's figures of every site, each by its own clock; zones that share one are asked together.
fn site_figures(
    tx: &mut Tx,
    ctx: &kernel::Ctx,
    sites: &[Site],
) -> Result<BTreeMap<SiteId, Vec<DayFigures>>, Fault> {
    let mut zones: BTreeMap<&str, Vec<&Site>> = BTreeMap::new();
    for site in sites {
        zones.entry(site.zone_name()).or_default().push(site);
    }
    let mut figures: BTreeMap<SiteId, Vec<DayFigures>> = BTreeMap::new();
    for sites in zones.values() {
        let today = day_span(sites[0], sites[0].date_of(ctx.now));
        let ids: Vec<SiteId> = sites.iter().map(|site| site.id).collect();
        for one in orders::figures(tx, ctx, &ids, today)? {
            figures.entry(one.site).or_default().push(one);
        }
    }
    Ok(figures)
}

/// What some sites come to. Money of different currencies is never added.
fn totals<'a>(figures: impl Iterator<Item = &'a DayFigures>) -> Totals {
    let mut totals = Totals::default();
    let mut takings: BTreeMap<String, (Currency, i64)> = BTreeMap::new();
    for one in figures {
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
    let money = takings.into_values().filter(|(_, minor)| *minor != 0);
    totals.takings = money
        .map(|(currency, minor)| Money::new(minor, currency))
        .collect();
    totals
}

/// The regions as a list read from above, each with what all sites below it come to; only those
/// with a site that the reader may see.
fn sums(
    groups: &[SiteGroup],
    sites: &[Site],
    figures: &BTreeMap<SiteId, Vec<DayFigures>>,
) -> Vec<Sum> {
    let below = |group: SiteGroupId| -> Vec<&Site> {
        let inside = sites
            .iter()
            .filter(|site| organisation::chain(groups, site.group).contains(&group));
        inside.collect()
    };
    let ordered = organisation::in_order(groups).into_iter();
    let sum = |(depth, group): (usize, &SiteGroup)| {
        let inside = below(group.id);
        let of_sites = inside.iter().filter_map(|site| figures.get(&site.id));
        Sum {
            depth,
            group: Some(group.clone()),
            sites: inside.len(),
            totals: totals(of_sites.flatten()),
        }
    };
    ordered.map(sum).filter(|sum| sum.sites > 0).collect()
}

pub(super) async fn page(State(app): State<App>, me: Me, mut query: Query) -> Reply {
    let chosen: Option<SiteGroupId> = query.optional_id("region");
    query.done()?;
    let ctx = me.ctx.clone();
    let view = app
        .read(move |tx| {
            let groups = organisation::site_groups(tx, &ctx)?;
            let mut sites = organisation::sites(tx, &ctx)?;
            sites.retain(|site| site.state == SiteState::Open);
            let figures = site_figures(tx, &ctx, &sites)?;
            let all = Sum {
                depth: 0,
                group: None,
                sites: sites.len(),
                totals: totals(figures.values().flatten()),
            };
            let regions = sums(&groups, &sites, &figures);
            if let Some(chosen) = chosen {
                organisation::site_group(tx, &ctx, chosen)?;
                sites.retain(|site| organisation::chain(&groups, site.group).contains(&chosen));
            }
            let rows = sites.into_iter().map(|site| {
                let own = figures.get(&site.id).map(Vec::as_slice).unwrap_or_default();
                let totals = totals(own.iter());
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
        })
        .await?;
    let locale = me.look.locale;
    let shown = Page::new(locale.t("desk-regions")).subtitle(locale.t("desk-today"));
    web::page(&me, shown, body(locale, &view))
}
