//! Why a time is not offered: everything that stands in the way.

use std::collections::HashMap;

use kernel::{
    Channel, Ctx, Date, Fault, Span, Timestamp,
    ids::{ClaimId, OrderNoun, ResourceId, SiteNoun, StaffId, StaffNoun},
};
use organisation::Site;
use store::{Tx, params};

use super::{claims::reach, parts, picture, picture::own_claims, rules_of};
use crate::{
    VIEW,
    commands::reach as reach_of,
    model::{Answer, Asked, Reason, Rules, Taken, Visit, WhyNot},
};

const TAKEN: &str = "
    select id, order_id, staff, starts_at, ends_at, busy_from, busy_to, site from claims
    where org = $1 and busy_from >= $2 and busy_from < $3 and busy_to > $4
        and (state = 'firm' or (state = 'held' and hold_until > $5))
    order by busy_from, id limit 20000";

const THINGS: &str = "
    select r.claim, r.resource from claims c
    join claim_resources r on r.org = c.org and r.claim = c.id
    where c.org = $1 and c.busy_from >= $2 and c.busy_from < $3 and c.busy_to > $4
        and (c.state = 'firm' or (c.state = 'held' and c.hold_until > $5))
    order by r.claim, r.resource limit 100000";

/// Every reason why a visit cannot begin at `start`; none where it can. What keeps customers from
/// booking it themselves is told apart from what keeps everybody.
pub fn reasons(tx: &mut Tx, ctx: &Ctx, visit: &Visit, start: Timestamp) -> Result<Answer, Fault> {
    ctx.require(VIEW)?;
    let site = organisation::site(tx, ctx, visit.site)?;
    let parts = parts(tx, ctx, visit)?;
    let Some(whole) = reach_of(&parts, start) else {
        return Ok(Answer {
            reasons: vec![(1, Reason::Length)],
            ..Answer::default()
        });
    };
    let day = days_of(&site, whole);
    let off = people::time_off(tx, ctx, day)?;
    let off: Vec<(StaffId, Span)> = off.iter().map(|off| (off.staff, off.span)).collect();
    let own = own_claims(tx, ctx, visit)?;
    let mut picture = picture(tx, ctx, &site, day, &own)?;
    picture.open.retain(|open| open.overlaps(&day));
    let rules = rules_of(tx, ctx, &site, visit)?;
    let mut taken = taken(tx, ctx, day)?;
    taken.retain(|taken| visit.moved != Some(taken.order));
    let asked = Asked {
        picture: &picture,
        parts: &parts,
        rules: &rules,
        taken: &taken,
        off: &off,
    };
    let mut answer = asked.answer(start);
    let online = ctx.with_channel(Channel::Online);
    let rules = rules_of(tx, &online, &site, visit)?;
    answer.for_customers = for_customers(&rules, start);
    Ok(answer)
}

/// The local days a visit touches, for telling when the site is open and who works.
fn days_of(site: &Site, whole: Span) -> Span {
    let midnight = |date: Date| {
        let zoned = date.to_zoned(site.zone.clone());
        zoned.map(|zoned| zoned.timestamp())
    };
    let (first, last) = (site.date_of(whole.start), site.date_of(whole.end));
    Span {
        start: midnight(first).unwrap_or(whole.start),
        end: last.tomorrow().and_then(midnight).unwrap_or(whole.end),
    }
}

fn for_customers(rules: &Rules, start: Timestamp) -> Vec<Reason> {
    match rules.refuse(start) {
        Some(WhyNot::Notice(minutes)) => vec![Reason::Notice(minutes)],
        Some(WhyNot::Horizon(days)) => vec![Reason::Horizon(days)],
        Some(WhyNot::OffStep) => vec![Reason::OffStep(rules.step_minutes)],
        _ => Vec::new(),
    }
}

fn taken(tx: &mut Tx, ctx: &Ctx, span: Span) -> Result<Vec<Taken>, Fault> {
    let bounds = params![ctx.org, reach(span), span.end, span.start, ctx.now];
    let mut places: HashMap<ClaimId, Vec<ResourceId>> = HashMap::new();
    for (claim, place) in tx.all(THINGS, bounds, |row| Ok((row.id(0)?, row.id(1)?)))? {
        places.entry(claim).or_default().push(place);
    }
    let broken = || Fault::broken("a claim that ends before it begins");
    tx.all(TAKEN, bounds, |row| {
        let claim: ClaimId = row.id(0)?;
        Ok(Taken {
            order: row.id::<OrderNoun>(1)?,
            staff: row.id::<StaffNoun>(2)?,
            places: places.get(&claim).cloned().unwrap_or_default(),
            service: Span::new(row.instant(3)?, row.instant(4)?).ok_or_else(broken)?,
            busy: Span::new(row.instant(5)?, row.instant(6)?).ok_or_else(broken)?,
            site: row.id::<SiteNoun>(7)?,
        })
    })
}
