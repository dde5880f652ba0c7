//! The first hour of a business: seven steps that tick themselves from what is there.

use kernel::{Channel, Ctx, Fault, ids::SiteId};
use orders::Kind;
use store::{Event, Tx, params};

use crate::SET_UP;

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The key of its words.
    pub key: &'static str,
    /// Where it is done.
    pub path: &'static str,
    /// Whether it is done.
    pub done: bool,
}

/// The list, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstHour {
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// Whether somebody put it away.
    pub put_away: bool,
}

impl FirstHour {
    /// How many steps are done.
    pub fn done(&self) -> usize {
        self.steps.iter().filter(|step| step.done).count()
    }

    /// Whether it belongs on Today.
    pub fn is_shown(&self) -> bool {
        !self.put_away && self.done() < self.steps.len()
    }
}

/// How far a business is.
pub fn first_hour(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<FirstHour, Fault> {
    ctx.require(SET_UP)?;
    let week = {
        let site = organisation::site(tx, ctx, site)?;
        let today = site.date_of(ctx.now);
        organisation::hours(tx, ctx, site.id, today, today)?.week
    };
    let services = offers::services(tx, ctx, &offers::Filter::default())?;
    let mut blueprints = blueprints::blueprints(tx, ctx, false)?.into_iter();
    let taken = |tx: &mut Tx, kind: Kind| -> Result<bool, Fault> {
        let filter = orders::Filter {
            kind: Some(kind),
            ..orders::Filter::default()
        };
        Ok(orders::count_up_to(tx, ctx, &filter, 1)? > 0)
    };
    let online = services
        .iter()
        .any(|service| service.is_offered_through(Channel::Online));
    let step = |key, path, done| Step { key, path, done };
    let steps = vec![
        step(
            "help-step-hours",
            "/sites",
            week != organisation::Week::default(),
        ),
        step(
            "help-step-staff",
            "/staff",
            !people::staff(tx, ctx)?.is_empty(),
        ),
        step("help-step-service", "/services/new", !services.is_empty()),
        step(
            "help-step-blueprint",
            "/blueprints",
            blueprints.next().is_some(),
        ),
        step("help-step-online", "/services", online),
        step(
            "help-step-booking",
            "/orders/new?kind=booking",
            taken(tx, Kind::Booking)?,
        ),
        step(
            "help-step-ticket",
            "/today/walk-in",
            taken(tx, Kind::WalkIn)?,
        ),
    ];
    let sql = "select count(*) from first_hours where org = $1";
    let put_away = tx.count(sql, params![ctx.org])? > 0;
    Ok(FirstHour { steps, put_away })
}

/// Puts the list away, or brings it back.
pub fn put_away(tx: &mut Tx, ctx: &Ctx, away: bool) -> Result<(), Fault> {
    ctx.require(SET_UP)?;
    let changed = if away {
        let sql = "insert into first_hours (org, put_away_at) values ($1, $2)
            on conflict (org) do nothing";
        tx.execute(sql, params![ctx.org, ctx.now])?
    } else {
        tx.execute("delete from first_hours where org = $1", params![ctx.org])?
    };
    if changed > 0 {
        let fact = if away {
            Event::new("help.first_hour_put_away")
        } else {
            Event::new("help.first_hour_brought_back")
        };
        tx.record(ctx, fact.object("organisation", ctx.org, "subject"));
    }
    Ok(())
}
