//! A small shop: two hairdressers until six, a cut of 30 minutes, a spa nobody does today.

use kernel::ids::{CustomerId, ServiceId, StaffId};
use kernel::{Bilingual, Ctx, Currency, Fault, Money, Span};
use offers::{Family, Service};
use people::StaffFields;
use queue::{Standing, WalkIn};
use store::Tx;
use testing::{World, at};
use web::Room;

/// The rooms a test of queues stands on.
pub fn rooms() -> Vec<Room> {
    vec![
        organisation::room(),
        people::room(),
        blueprints::room(),
        offers::room(),
        customers::room(),
        capacity::room(),
        orders::room(),
        queue::room(),
    ]
}

/// Who and what is there.
#[derive(Clone, Copy)]
pub struct Shop {
    pub mei: StaffId,
    pub hao: StaffId,
    /// 30 minutes, ¥100, to begin within 20 minutes.
    pub cut: ServiceId,
    /// 5 minutes.
    pub trim: ServiceId,
    /// 60 minutes, with a skill nobody has.
    pub spa: ServiceId,
}

fn hire(
    tx: &mut Tx,
    ctx: &Ctx,
    world_site: kernel::ids::SiteId,
    name: &str,
) -> Result<StaffId, Fault> {
    let fields = StaffFields {
        name: name.to_owned(),
        reading: name.to_owned(),
        sites: vec![world_site],
        skills: vec!["hair".to_owned()],
        external_id: None,
    };
    let staff = people::create_staff(tx, ctx, fields)?.id;
    let span = Span::new(at("2026-11-21T09:00+08:00"), at("2026-11-21T18:00+08:00"));
    people::add_shift(tx, ctx, staff, world_site, span.expect("forwards"))?;
    Ok(staff)
}

fn sell(
    tx: &mut Tx,
    ctx: &Ctx,
    name: &str,
    family: Family,
    minutes: i64,
) -> Result<ServiceId, Fault> {
    let mut service = Service::new(ctx.id(), Currency::CNY);
    service.name = Bilingual::new(name, name);
    service.family = family;
    service.minutes = minutes;
    service.price = Money::new(10_000, Currency::CNY);
    service.targets.wait_minutes = Some(20);
    let skill = if family == Family::Spa { "spa" } else { "hair" };
    service.skills = vec![skill.to_owned()];
    Ok(offers::save_service(tx, ctx, &service)?.id)
}

/// A shop in a world.
pub fn open(world: &World) -> Shop {
    let site = world.site.id;
    let shop = world.write(move |tx, ctx| {
        people::save_skill(tx, ctx, "hair", &Bilingual::new("美发", "Hair"))?;
        people::save_skill(tx, ctx, "spa", &Bilingual::new("水疗", "Spa"))?;
        for (code, family) in [("A", vec![]), ("B", vec!["spa".to_owned()])] {
            let draft = queue::commands::LineDraft {
                families: family,
                ..queue::commands::LineDraft::new(code, Bilingual::new(code, code))
            };
            queue::commands::add_line(tx, ctx, site, &draft)?;
        }
        Ok(Shop {
            mei: hire(tx, ctx, site, "Lin Mei")?,
            hao: hire(tx, ctx, site, "Wang Hao")?,
            cut: sell(tx, ctx, "Cut", Family::Hair, 30)?,
            trim: sell(tx, ctx, "Fringe", Family::Hair, 5)?,
            spa: sell(tx, ctx, "Foot bath", Family::Spa, 60)?,
        })
    });
    shop.expect("the shop opens")
}

impl Shop {
    /// Somebody who walks in for a service.
    pub fn walk_in(&self, world: &World, service: ServiceId) -> WalkIn {
        WalkIn::new(
            world.site.id,
            world.site.date_of(world.ctx().now),
            vec![service],
        )
    }

    /// Gives out a number for a cut.
    pub fn number(&self, world: &World) -> Standing {
        self.number_for(world, None)
    }

    /// Gives out a number for a cut to somebody known.
    pub fn number_for(&self, world: &World, name: Option<&'static str>) -> Standing {
        let mut walk_in = self.walk_in(world, self.cut);
        let taken = world.write(move |tx, ctx| {
            walk_in.customer = name.map(|name| customer(tx, ctx, name)).transpose()?;
            queue::issue(tx, ctx, &walk_in)
        });
        taken.expect("a number is given")
    }
}

fn customer(tx: &mut Tx, ctx: &Ctx, name: &str) -> Result<CustomerId, Fault> {
    customers::find_or_create(tx, ctx, &customers::Named::parse(name))
}

/// Where everybody stands now: numbers in the order they will be called.
pub fn line(world: &World) -> Vec<String> {
    let day = world.site.date_of(world.ctx().now);
    let site = world.site.id;
    let picture = world.read(|tx, ctx| queue::line_now(tx, ctx, site, day));
    let standings = picture.expect("the line is read").standings();
    standings
        .iter()
        .map(|standing| standing.ticket.label())
        .collect()
}
