//! A small shop: two hairdressers, a cut that follows a blueprint, a facial, shampoo to take home.

use blueprints::{Body, Lane, NewBlueprint, Phase};
use kernel::{
    Bilingual, Ctx, Fault, Money, Span,
    ids::{BlueprintId, OrderId, ServiceId, SiteId, StaffId},
};
use orders::{Kind, NewLine, NewOrder, Order, WantedSlot};
use people::StaffFields;
use store::Tx;
use testing::{World, at};
use web::Room;

/// The rooms a test of orders stands on.
pub fn rooms() -> Vec<Room> {
    vec![
        organisation::room(),
        files::room(),
        people::room(),
        blueprints::room(),
        offers::room(),
        customers::room(),
        capacity::room(),
        orders::room(),
    ]
}

/// Who and what is there.
#[derive(Clone, Copy)]
pub struct Shop {
    pub site: SiteId,
    pub mei: StaffId,
    /// 45 minutes, ¥168.00, three steps.
    pub cut: ServiceId,
    /// 60 minutes, ¥480.00, no blueprint.
    pub facial: ServiceId,
    /// ¥88.00, to take home.
    pub shampoo: ServiceId,
    pub blueprint: BlueprintId,
}

fn hire(tx: &mut Tx, ctx: &Ctx, site: SiteId, name: &str) -> Result<StaffId, Fault> {
    let fields = StaffFields {
        name: name.to_owned(),
        reading: name.to_owned(),
        sites: vec![site],
        skills: vec!["hair".to_owned()],
        external_id: None,
    };
    let staff = people::create_staff(tx, ctx, fields)?.id;
    let span = Span::new(at("2026-11-21T09:00+08:00"), at("2026-11-21T21:00+08:00"));
    people::add_shift(tx, ctx, staff, site, span.expect("forwards"))?;
    Ok(staff)
}

/// Consultation, cut (with a checklist of two points), finish.
pub fn body() -> Body {
    let mut body = Body {
        phases: vec![Phase {
            key: "visit".to_owned(),
            name: Bilingual::new("到店", "Visit"),
        }],
        ..Body::default()
    };
    for (key, name, minutes) in [
        ("consult", "Consult", 5),
        ("cut", "Cut", 30),
        ("finish", "Finish", 10),
    ] {
        let name = Bilingual::new(name, name);
        let mut step = blueprints::Step::new(key, "visit", Lane::Frontstage, name);
        step.minutes_standard = Some(minutes);
        if key == "cut" {
            step.checklist = vec![
                Bilingual::new("剪前确认", "Agreed"),
                Bilingual::new("镜前", "Mirror"),
            ];
        }
        body.steps.push(step);
    }
    body
}

fn sell(
    tx: &mut Tx,
    ctx: &Ctx,
    (name, minutes, price): (&str, i64, i64),
    blueprint: Option<BlueprintId>,
) -> Result<ServiceId, Fault> {
    let mut service = offers::Service::new(ctx.id(), kernel::Currency::CNY);
    service.name = Bilingual::new(name, name);
    service.minutes = minutes;
    service.price = Money::new(price, kernel::Currency::CNY);
    service.blueprint = blueprint;
    service.targets.wait_minutes = Some(10);
    if minutes == 0 {
        service.kind = offers::Kind::Good;
    } else {
        service.skills = vec!["hair".to_owned()];
    }
    Ok(offers::save_service(tx, ctx, &service)?.id)
}

/// A shop in a world.
pub fn open(world: &World) -> Shop {
    let site = world.site.id;
    let shop = world.write(move |tx, ctx| {
        people::save_skill(tx, ctx, "hair", &Bilingual::new("美发", "Hair"))?;
        let name = Bilingual::new("剪发", "Cut");
        let blueprint = blueprints::create(tx, ctx, NewBlueprint { name, body: body() })?;
        blueprints::publish(tx, ctx, blueprint.id, blueprint.version)?;
        Ok(Shop {
            site,
            mei: {
                hire(tx, ctx, site, "Wang Hao")?;
                hire(tx, ctx, site, "Lin Mei")?
            },
            cut: sell(tx, ctx, ("Cut", 45, 16_800), Some(blueprint.id))?,
            facial: sell(tx, ctx, ("Facial", 60, 48_000), None)?,
            shampoo: sell(tx, ctx, ("Shampoo", 0, 8_800), None)?,
            blueprint: blueprint.id,
        })
    });
    shop.expect("the shop opens")
}

impl Shop {
    /// Somebody walks in for a cut.
    pub fn walk_in(&self) -> NewOrder {
        NewOrder {
            lines: vec![NewLine::one(self.cut)],
            ..NewOrder::new(self.site, Kind::WalkIn)
        }
    }

    /// Somebody books a cut.
    pub fn booking(&self, start: &str, staff: Option<StaffId>) -> NewOrder {
        NewOrder {
            kind: Kind::Booking,
            slot: Some(WantedSlot {
                start: at(start),
                staff,
            }),
            ..self.walk_in()
        }
    }

    /// Takes an order.
    pub fn take(&self, world: &World, new: &NewOrder) -> Order {
        let new = new.clone();
        world
            .write(move |tx, ctx| orders::create(tx, ctx, &new))
            .expect("the order is taken")
    }
}

/// An order as it is now.
pub fn now(world: &World, id: OrderId) -> Order {
    world
        .read(|tx, ctx| orders::order(tx, ctx, id))
        .expect("the order is there")
}

/// The key of a refusal.
pub fn refusal<T: std::fmt::Debug>(result: Result<T, Fault>) -> &'static str {
    result.expect_err("it is refused").text.key
}

/// Demands that every invariant of orders holds.
pub fn sound(world: &World) {
    let broken = world
        .read(orders::verify::check)
        .expect("it can be checked");
    assert_eq!(broken, None);
}

/// How many claims stand at the site on the test's day.
pub fn claims(world: &World) -> usize {
    let day = Span::new(at("2026-11-21T00:00+08:00"), at("2026-11-22T00:00+08:00"));
    let site = world.site.id;
    let day = day.expect("forwards");
    world
        .read(|tx, ctx| capacity::claims_in(tx, ctx, site, day))
        .expect("claims are read")
        .len()
}
