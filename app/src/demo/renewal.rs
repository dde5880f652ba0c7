//! A demonstration of an earlier day: what was left open is closed, the days between are filled,
//! and today is made anew.

use std::collections::BTreeMap;

use kernel::{Actor, Ctx, Fault, FaultKind, Span, Timestamp, ids::CustomerId};
use orders::StateName;
use store::{Tx, journal};

use super::{Lotus, Place, catalogue::SITES, founding::actor, past, past::later, today};

/// The most days filled; a longer absence leaves a gap.
const DAYS_MAX: i64 = 31;
const CUSTOMERS_AT_ONCE: i64 = 200;

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
    let days = days.min(DAYS_MAX);
    for place in &lotus.places {
        for day in 0..=days {
            close(tx, ctx, place, later(ctx.now, -1440 * day))?;
        }
    }
    past::write_days(tx, ctx, &lotus, 1 - days, 0)?;
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
    let customers = everybody(tx, ctx)?;
    let users = people::users(tx, ctx)?;
    let desk = users.iter().find(|user| user.role == kernel::Role::Desk);
    let desk = desk.map_or(Actor::System, |user| actor(user.id, &user.name));
    Ok(Lotus {
        places,
        customers,
        desk,
        designs,
    })
}

fn everybody(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<CustomerId>, Fault> {
    // A few hundred with names of each letter do: nobody reads a list of thousands.
    let mut found = Vec::new();
    for initial in 'a'..='z' {
        let known = customers::search(tx, ctx, &initial.to_string(), CUSTOMERS_AT_ONCE)?;
        found.extend(known.into_iter().map(|customer| customer.id));
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Ends what a day was left with, as a desk would at closing time.
fn close(tx: &mut Tx, ctx: &Ctx, place: &Place, until: Timestamp) -> Result<(), Fault> {
    let Some(span) = Span::new(later(until, -1440), until) else {
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
