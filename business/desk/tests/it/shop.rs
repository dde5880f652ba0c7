//! A shop at ten in the morning: two hairdressers, a cut of two steps, one room.

use blueprints::{Body, Lane, NewBlueprint, Phase, Step};
use capacity::ResourceFields;
use kernel::ids::{OrderId, ServiceId, SiteId, StaffId};
use kernel::{Bilingual, Ctx, Currency, Fault, Money, Span};
use offers::{Family, Service};
use orders::{Kind, NewLine, NewOrder, Order, WantedSlot};
use people::StaffFields;
use store::Tx;
use testing::{World, at};
use web::Room;

/// The rooms a test of the desk stands on.
pub fn rooms() -> Vec<Room> {
    vec![
        organisation::room(),
        people::room(),
        blueprints::room(),
        offers::room(),
        customers::room(),
        capacity::room(),
        orders::room(),
        enquiries::room(),
        messages::room(),
        webhooks::room(),
        help::room(),
        sessions::room(),
        series::room(),
        queue::room(),
        desk::room(),
    ]
}

/// Who and what is there.
#[derive(Clone, Copy)]
pub struct Shop {
    pub mei: StaffId,
    pub hao: StaffId,
    pub cut: ServiceId,
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
    let span = Span::new(at("2026-11-21T09:00+08:00"), at("2026-11-21T18:00+08:00"));
    people::add_shift(tx, ctx, staff, site, span.expect("forwards"))?;
    Ok(staff)
}

fn steps() -> Body {
    let name = Bilingual::new("到店", "Visit");
    let mut body = Body {
        phases: vec![Phase {
            key: "visit".to_owned(),
            name,
        }],
        ..Body::default()
    };
    for (key, name, minutes) in [("wash", "Wash", 10), ("cut", "Snip", 20)] {
        let mut step = Step::new(key, "visit", Lane::Frontstage, Bilingual::new(name, name));
        step.minutes_standard = Some(minutes);
        step.checklist = vec![
            Bilingual::new("围布", "Cape on"),
            Bilingual::new("水温", "Warm"),
        ];
        body.steps.push(step);
    }
    body
}

fn sell(tx: &mut Tx, ctx: &Ctx) -> Result<ServiceId, Fault> {
    let name = Bilingual::new("剪发", "Cut");
    let design = blueprints::create(
        tx,
        ctx,
        NewBlueprint {
            name: name.clone(),
            body: steps(),
        },
    )?;
    blueprints::publish(tx, ctx, design.id, design.version)?;
    let mut service = Service::new(ctx.id(), Currency::CNY);
    service.name = name;
    service.family = Family::Hair;
    service.minutes = 30;
    service.price = Money::new(16_800, Currency::CNY);
    service.targets.wait_minutes = Some(20);
    service.skills = vec!["hair".to_owned()];
    service.resources = vec!["chair".to_owned()];
    service.blueprint = Some(design.id);
    Ok(offers::save_service(tx, ctx, &service)?.id)
}

/// A shop in a world.
pub fn open(world: &World) -> Shop {
    let site = world.site.id;
    let shop = world.write(move |tx, ctx| {
        people::save_skill(tx, ctx, "hair", &Bilingual::new("美发", "Hair"))?;
        let chair = |name: &str| ResourceFields {
            site,
            kind: "chair".to_owned(),
            name: Bilingual::new(name, name),
        };
        capacity::create_resource(tx, ctx, chair("Chair 1"))?;
        capacity::create_resource(tx, ctx, chair("Chair 2"))?;
        Ok(Shop {
            mei: hire(tx, ctx, site, "Lin Mei")?,
            hao: hire(tx, ctx, site, "Wang Hao")?,
            cut: sell(tx, ctx)?,
        })
    });
    shop.expect("the shop opens")
}

impl Shop {
    /// Somebody books a cut.
    pub fn booking(&self, world: &World, name: &'static str, start: &str, staff: StaffId) -> Order {
        let (site, cut, start) = (world.site.id, self.cut, at(start));
        let taken = world.write(move |tx, ctx| {
            let named = customers::Named::parse(name);
            let customer = customers::find_or_create(tx, ctx, &named)?;
            let new = NewOrder {
                customer: Some(customer),
                lines: vec![NewLine::one(cut)],
                slot: Some(WantedSlot {
                    start,
                    staff: Some(staff),
                }),
                ..NewOrder::new(site, Kind::Booking)
            };
            orders::create(tx, ctx, &new)
        });
        taken.expect("the slot is free")
    }
}

/// Where an order stands.
pub fn state(world: &World, id: OrderId) -> orders::StateName {
    let order = world.read(|tx, ctx| orders::order(tx, ctx, id));
    order.expect("the order is there").state.name()
}
