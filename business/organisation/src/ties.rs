//! What a site's currency and clock are already part of, in rooms that this one cannot see.

use crate::model::{Hours, Site, SiteState};
use kernel::ids::SiteGroupId;
use kernel::{Ctx, Date, Fault, Span, Text};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use store::Tx;

/// What speaks against another currency or another clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    /// Whether anything was ordered here: its amounts are in the site's currency.
    pub has_orders: bool,
    /// Visits ahead that were promised by the site's clock.
    pub visits_ahead: usize,
}

/// How other rooms speak up, and how they follow a change that nothing speaks against.
#[derive(Clone, Copy)]
pub struct Neighbours {
    /// What ties a site to its currency and clock.
    pub ties: fn(&mut Tx, &Ctx, &Site) -> Result<Ties, Fault>,
    /// When visits are promised at a site, from now on.
    pub visits: fn(&mut Tx, &Ctx, &Site) -> Result<Vec<Span>, Fault>,
    /// Follows a site from what it was to what it is: prices, shifts.
    pub follow: fn(&mut Tx, &Ctx, &Site, &Site) -> Result<(), Fault>,
}

static NEIGHBOURS: OnceLock<Neighbours> = OnceLock::new();

/// Says who is asked before a site changes its currency or clock; the first call wins.
pub fn set_neighbours(neighbours: Neighbours) {
    let _ = NEIGHBOURS.set(neighbours);
}

/// Refuses another currency once something was ordered, and another clock while visits are ahead.
pub(crate) fn heed(tx: &mut Tx, ctx: &Ctx, before: &Site, after: &Site) -> Result<(), Fault> {
    let Some(neighbours) = NEIGHBOURS.get() else {
        return Ok(());
    };
    let currency_differs = before.currency != after.currency;
    let zone_differs = before.zone_name() != after.zone_name();
    if !currency_differs && !zone_differs {
        return Ok(());
    }
    let ties = (neighbours.ties)(tx, ctx, before)?;
    if currency_differs && ties.has_orders {
        let text = Text::key("organisation-currency-in-use").with("code", before.currency.code());
        return Err(Fault::invalid("currency", text));
    }
    if zone_differs && ties.visits_ahead > 0 {
        let text = Text::key("organisation-zone-in-use")
            .with("count", ties.visits_ahead)
            .with("zone", before.zone_name());
        return Err(Fault::invalid("zone", text));
    }
    (neighbours.follow)(tx, ctx, before, after)
}

/// How many visits ahead lie outside the opening hours, by day; all of them where a site is given
/// up. Whoever shortens hours or closes a day sees whom to tell.
pub(crate) fn outside_hours(
    tx: &mut Tx,
    ctx: &Ctx,
    site: &Site,
    hours: &Hours,
) -> Result<BTreeMap<Date, usize>, Fault> {
    let Some(neighbours) = NEIGHBOURS.get() else {
        return Ok(BTreeMap::new());
    };
    let mut outside = BTreeMap::new();
    for visit in (neighbours.visits)(tx, ctx, site)? {
        let day = site.date_of(visit.start);
        let open = hours.spans_between(&site.zone, day, day);
        let fits = |span: &Span| span.start <= visit.start && visit.end <= span.end;
        if site.state == SiteState::Closed || !open.iter().any(fits) {
            *outside.entry(day).or_default() += 1;
        }
    }
    Ok(outside)
}

/// How many people act somewhere by a group of sites alone.
pub type GroupHolders = fn(&mut Tx, &Ctx, SiteGroupId) -> Result<i64, Fault>;

static GROUP_HOLDERS: OnceLock<GroupHolders> = OnceLock::new();

/// Says who is asked before a group of sites is removed; the first call wins.
pub fn set_group_holders(holders: GroupHolders) {
    let _ = GROUP_HOLDERS.set(holders);
}

/// How many people hold a group, as far as anybody knows.
pub(crate) fn group_holders(tx: &mut Tx, ctx: &Ctx, group: SiteGroupId) -> Result<i64, Fault> {
    match GROUP_HOLDERS.get() {
        Some(holders) => holders(tx, ctx, group),
        None => Ok(0),
    }
}
