//! The demonstration business Lotus: three sites, two time zones, half a year of past, a live
//! today, and bookings for the days to come. The same clock gives the same business.

mod access;
mod catalogue;
mod chance;
mod crew;
mod founding;
mod groups;
mod others;
mod own;
mod past;
mod pictures;
mod renewal;
mod today;
mod visits;
mod waits;

use std::collections::BTreeMap;

use kernel::{
    Actor, Bilingual, Channel, Ctx, Fault, Id, IdSource, Timestamp,
    ids::{BlueprintId, CustomerId, OrganisationId},
};
use offers::Service;
use organisation::Site;
use people::Staff;
use store::Db;

use chance::Chance;

/// Where the demonstration's mail comes from.
pub const MAIL_FROM: &str = "hello@lotus.example";
/// What the demonstration's owner types to sign in.
pub const LOGIN: &str = "liu.yan";
/// The business's part of a public address.
pub const SLUG: &str = "lotus";
/// Everybody's password in the demonstration.
pub const PASSWORD: &str = "lotus-tea-house";
/// The PIN of those who share the computer at the desk.
pub const PIN: &str = "2580";

const SEED: u64 = 20_261_121;
/// Days written down in one transaction.
const DAYS_AT_ONCE: i64 = 10;

/// A site with everything a visit there needs.
#[derive(Clone)]
struct Place {
    site: Site,
    staff: Vec<Staff>,
    services: Vec<Service>,
    /// Visits of an ordinary day.
    visits_a_day: f64,
}

/// The business once it is founded.
#[derive(Clone)]
struct Lotus {
    places: Vec<Place>,
    customers: Vec<CustomerId>,
    /// Who stands at the desk.
    desk: Actor,
    /// The published work of each blueprint.
    designs: BTreeMap<BlueprintId, blueprints::Version>,
}

/// Builds the business where there is none, with its pictures if there is a place for files, and
/// brings an older one up to the present day.
pub fn ensure(
    db: &Db,
    files: Option<&files::Place>,
    now: Timestamp,
    past_days: i64,
) -> Result<(), Fault> {
    let known = db.read(organisation::organisations)?;
    if let Some(lotus) = known.first() {
        if lotus.slug != SLUG {
            return Err(Fault::broken(format!(
                "there is a business of its own here ({}); name another folder for the \
                 demonstration",
                lotus.slug
            )));
        }
        let ctx = Ctx::system(lotus.id, now, IdSource::system());
        return db.write(move |tx| renewal::renew(tx, &ctx));
    }
    let ids = IdSource::seeded(SEED);
    let org: OrganisationId = Id::from_uuid(ids.uuid(now));
    let ctx = Ctx::system(org, now, ids);
    let lotus = {
        let ctx = ctx.clone();
        db.write(move |tx| {
            let lotus = founding::found(tx, &ctx)?;
            own::write(tx, &ctx, &lotus)?;
            Ok(lotus)
        })?
    };
    let mut day = -past_days;
    while day < 0 {
        let last = (day + DAYS_AT_ONCE).min(0);
        let (ctx, lotus) = (ctx.clone(), lotus.clone());
        db.write(move |tx| past::write_days(tx, &ctx, &lotus, day, last))?;
        day = last;
    }
    let (today, known) = (ctx.clone(), lotus.clone());
    db.write(move |tx| today::write(tx, &today, &known))?;
    match files {
        Some(place) => pictures::hang(db, place, &ctx, &lotus),
        None => Ok(()),
    }
}

/// A customer of a site; some come often, most seldom. Every fifth lives where the euro is spent.
fn somebody(lotus: &Lotus, place: &Place, chance: &mut Chance) -> Option<CustomerId> {
    let abroad = place.site.currency == kernel::Currency::EUR;
    let known = lotus.customers.len() / 5;
    let (from, count) = if abroad {
        (known * 4, known)
    } else {
        (0, known * 4)
    };
    let share = chance.share();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "the product lies between 0 and the number of customers"
    )]
    let index = (share * (0.35 + 0.65 * share) * count as f64) as usize;
    lotus.customers.get(from + index).copied()
}

impl Lotus {
    /// What somebody at the desk does at an instant.
    fn at_the_desk(&self, ctx: &Ctx, at: Timestamp) -> Ctx {
        Ctx {
            actor: self.desk.clone(),
            channel: Channel::Desk,
            ..ctx.at(at)
        }
    }
}

fn both(zh: &str, en: &str) -> Bilingual {
    Bilingual::new(zh, en)
}
