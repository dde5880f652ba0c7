//! What rooms are told by others that they cannot see: before a site changes its currency or
//! clock, and before somebody's working time does.

use capacity::Claim;
use kernel::{Ctx, Currency, Fault, Money, SiteScope, Span, Timestamp};
use orders::{Beside, Order, StateName};
use organisation::{Neighbours, Site, Ties};
use people::{Staff, Visit};
use store::Tx;

/// How far ahead a visit may have been promised.
const AHEAD_DAYS: i64 = 800;

/// Orders and claims speak up; prices and shifts follow.
pub const NEIGHBOURS: Neighbours = Neighbours {
    ties,
    visits: visits_ahead,
    follow,
};

fn ties(tx: &mut Tx, ctx: &Ctx, site: &Site) -> Result<Ties, Fault> {
    let placed = orders::Filter {
        site: Some(site.id),
        ..orders::Filter::default()
    };
    let visits_ahead = claims_ahead(tx, ctx, site)?.len();
    Ok(Ties {
        has_orders: orders::count_up_to(tx, ctx, &placed, 1)? > 0,
        visits_ahead,
    })
}

fn claims_ahead(tx: &mut Tx, ctx: &Ctx, site: &Site) -> Result<Vec<capacity::Claim>, Fault> {
    let last = Timestamp::from_second(ctx.now.as_second() + AHEAD_DAYS * 86_400);
    match last.ok().and_then(|last| Span::new(ctx.now, last)) {
        Some(ahead) => capacity::claims_in(tx, ctx, site.id, ahead),
        None => Ok(Vec::new()),
    }
}

/// What has begun is no longer ahead.
fn visits_ahead(tx: &mut Tx, ctx: &Ctx, site: &Site) -> Result<Vec<Span>, Fault> {
    let claims = claims_ahead(tx, ctx, site)?;
    let ahead = claims.iter().filter(|claim| claim.start > ctx.now);
    Ok(ahead
        .filter_map(|claim| Span::new(claim.start, claim.end))
        .collect())
}

fn follow(tx: &mut Tx, ctx: &Ctx, before: &Site, after: &Site) -> Result<(), Fault> {
    if before.currency != after.currency {
        reprice(tx, ctx, before, after.currency)?;
    }
    if before.zone_name() != after.zone_name() {
        people::keep_by_the_clock(tx, ctx, before, &after.zone)?;
    }
    Ok(())
}

/// Nothing was sold yet, so what only this site sells keeps its figures under the new currency.
fn reprice(tx: &mut Tx, ctx: &Ctx, site: &Site, currency: Currency) -> Result<(), Fault> {
    let everywhere = Ctx {
        sites: SiteScope::All,
        ..ctx.clone()
    };
    let others = organisation::sites(tx, &everywhere)?;
    let sold_elsewhere = |service: &offers::Service| {
        let mut others = others.iter().filter(|other| other.id != site.id);
        others.any(|other| other.currency == site.currency && service.is_offered_at(other.id))
    };
    for service in offers::services(tx, ctx, &offers::Filter::default())? {
        let price = service.price;
        let is_ours = price.currency == site.currency && service.is_offered_at(site.id);
        if is_ours && !sold_elsewhere(&service) {
            let units = 10_i64.pow(price.currency.decimals());
            let minor = price.minor * 10_i64.pow(currency.decimals()) / units;
            let service = offers::Service {
                price: Money::new(minor, currency),
                ..service
            };
            offers::save_service(tx, ctx, &service)?;
        }
    }
    Ok(())
}

/// The visits booked with somebody, at all their sites, by start.
pub fn visits(tx: &mut Tx, ctx: &Ctx, person: &Staff, window: Span) -> Result<Vec<Visit>, Fault> {
    // Whoever plans the person's time is told of visits at every site of theirs.
    let everywhere = Ctx {
        sites: SiteScope::All,
        ..ctx.clone()
    };
    let mut visits = Vec::new();
    for site in &person.sites {
        for claim in capacity::claims_in(tx, &everywhere, *site, window)? {
            if claim.staff != person.id {
                continue;
            }
            visits.extend(match sessions::of_claim(tx, &everywhere, &claim)? {
                Some(session) => led(tx, &everywhere, &session)?,
                None => visit(tx, &everywhere, &claim)?,
            });
        }
    }
    visits.sort_by_key(|visit| visit.span.start);
    Ok(visits)
}

fn visit(tx: &mut Tx, ctx: &Ctx, claim: &Claim) -> Result<Option<Visit>, Fault> {
    let card = orders::card(tx, ctx, claim.order)?;
    let is_ahead = matches!(
        card.order.state.name(),
        StateName::Held | StateName::Booked | StateName::Waiting
    );
    Ok(is_ahead.then(|| Visit {
        home: format!("/orders/{}", claim.order),
        code: card.order.code.clone(),
        site: claim.site,
        span: claim.span(),
        customer: card.customer_name(ctx.locale).to_owned(),
        title: card.order.title(ctx.locale).to_owned(),
    }))
}

/// A session that somebody leads is one visit, whoever comes to it.
fn led(tx: &mut Tx, ctx: &Ctx, session: &sessions::Session) -> Result<Option<Visit>, Fault> {
    if session.stage != sessions::Stage::Planned {
        return Ok(None);
    }
    let name = offers::service(tx, ctx, session.service)?.name;
    let taken = capacity::seats_taken(tx, ctx, &[session.id])?;
    let taken = taken.get(&session.id).copied().unwrap_or(0);
    let fill = [("taken", taken.into()), ("seats", session.seats.into())];
    Ok(Some(Visit {
        home: format!("/sessions/{}", session.id),
        code: name.get(ctx.locale).to_owned(),
        site: session.site,
        span: session.span,
        customer: ctx.locale.tx("sessions-fill", &fill),
        title: ctx.locale.t("sessions-menu"),
    }))
}

/// What an order belongs to: its series, and the session it has seats in.
pub fn beside(tx: &mut Tx, ctx: &Ctx, order: &Order) -> Result<Vec<Beside>, Fault> {
    let mut found = Vec::new();
    if let Some(member) = series::of_order(tx, ctx, order.id)? {
        let words = [
            ("position", member.position.into()),
            ("count", member.count.into()),
        ];
        found.push(Beside {
            icon: "repeat",
            label: ctx.locale.tx("series-place", &words),
            path: format!("/series/{}", member.series),
        });
    }
    if let Some(session) = order.session.filter(|_| ctx.may(sessions::VIEW)) {
        found.push(Beside {
            icon: "book-open",
            label: ctx.locale.t("sessions-menu"),
            path: format!("/sessions/{session}"),
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
