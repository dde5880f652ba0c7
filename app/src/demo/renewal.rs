//! A demonstration of an earlier day: what was left open is closed, the days between are filled,
//! and today is made anew.

use std::collections::BTreeMap;

use kernel::{Ctx, Fault, FaultKind, Span, Timestamp};
use orders::StateName;
use store::{Tx, journal};

use super::{Lotus, Place, catalogue::SITES, past, past::later, today};

/// The most days filled; a longer absence leaves a gap.
const DAYS_MAX: i64 = 31;
const CUSTOMERS_MAX: i64 = 500;

/// Does nothing on the same day.
pub fn renew(tx: &mut Tx, ctx: &Ctx) -> Result<(), Fault> {
    let Some(last) = last_day(tx, ctx)? else {
        return Ok(());
    };
    let lotus = load(tx, ctx)?;
    let Some(first) = lotus.places.first() else {
        return Ok(());
    };
    let days = first.site.date_of(ctx.now).since(first.site.date_of(last));
    let days = i64::from(days.map_err(Fault::broken)?.get_days());
    if days < 1 {
        return Ok(());
    }
    for place in &lotus.places {
        close(tx, ctx, place)?;
    }
    past::write_days(tx, ctx, &lotus, -(days - 1).min(DAYS_MAX), 0)?;
    today::write(tx, ctx, &lotus)
}

fn last_day(tx: &mut Tx, ctx: &Ctx) -> Result<Option<Timestamp>, Fault> {
    let newest = journal::page(tx, ctx.org, &journal::Filter::default(), 1)?;
    Ok(newest.first().map(|entry| entry.recorded_at))
}

fn load(tx: &mut Tx, ctx: &Ctx) -> Result<Lotus, Fault> {
    let mut places = Vec::new();
    let mut designs = BTreeMap::new();
    for site in organisation::sites(tx, ctx)? {
        let Some(sample) = SITES.iter().find(|sample| sample.slug == site.slug) else {
            continue;
        };
        let filter = offers::Filter {
            site: Some(site.id),
            ..offers::Filter::default()
        };
        let services = offers::services(tx, ctx, &filter)?;
        for blueprint in services.iter().filter_map(|service| service.blueprint) {
            if let Some(version) = blueprints::published(tx, ctx, blueprint)? {
                designs.insert(blueprint, version);
            }
        }
        let staff = people::staff_at(tx, ctx, site.id)?;
        places.push(Place {
            staff,
            services,
            visits_a_day: sample.visits_a_day,
            site,
        });
    }
    let known = customers::search(tx, ctx, "", CUSTOMERS_MAX)?;
    let customers = known.into_iter().map(|customer| customer.id).collect();
    Ok(Lotus {
        places,
        customers,
        designs,
    })
}

/// Ends what an earlier day left open, as a desk would at closing time.
fn close(tx: &mut Tx, ctx: &Ctx, place: &Place) -> Result<(), Fault> {
    let Some(span) = Span::new(later(ctx.now, -60 * 24 * DAYS_MAX), ctx.now) else {
        return Ok(());
    };
    for card in orders::board(tx, ctx, place.site.id, span)? {
        let order = card.order;
        let over = order.due() < later(ctx.now, -60);
        let ended = match order.state.name() {
            StateName::Serving => orders::finish(tx, ctx, order.id).map(drop),
            StateName::Waiting | StateName::Booked if over => {
                orders::no_show(tx, ctx, order.id).map(drop)
            }
            _ => Ok(()),
        };
        match ended {
            Err(fault) if fault.kind != FaultKind::Conflict => return Err(fault),
            _ => {}
        }
    }
    Ok(())
}
