//! A small studio: two teachers, one room, a yoga class for four.

use kernel::{
    Bilingual, Ctx, Every, Fault, Money, Repeat, Span, Until,
    ids::{CustomerId, GroupSessionId, OrderId, ResourceId, ServiceId, StaffId},
};
use orders::StateName;
use people::StaffFields;
use sessions::{GroupOffer, Plan, Sell, Session};
use store::Tx;
use testing::{World, at};
use web::Room;

/// The rooms a test of sessions stands on.
pub fn rooms() -> Vec<Room> {
    vec![
        organisation::room(),
        fields::room(),
        people::room(),
        files::room(),
        blueprints::room(),
        offers::room(),
        customers::room(),
        capacity::room(),
        orders::room(),
        sessions::room(),
    ]
}

/// Who and what is there.
#[derive(Clone, Copy)]
pub struct Shop {
    pub mei: StaffId,
    pub hao: StaffId,
    pub hall: ResourceId,
    pub yoga: ServiceId,
    pub massage: ServiceId,
    pub chen: CustomerId,
}

fn hire(tx: &mut Tx, ctx: &Ctx, site: &organisation::Site, name: &str) -> Result<StaffId, Fault> {
    let fields = StaffFields {
        name: name.to_owned(),
        reading: name.to_owned(),
        sites: vec![site.id],
        skills: vec!["yoga".to_owned()],
        external_id: None,
    };
    let staff = people::create_staff(tx, ctx, fields)?.id;
    for day in 21..=30 {
        let clock = |time: &str| at(&format!("2026-11-{day}T{time}+08:00"));
        let span = Span::new(clock("09:00"), clock("21:00")).expect("forwards");
        people::add_shift(tx, ctx, staff, site.id, span)?;
    }
    Ok(staff)
}

fn founded(tx: &mut Tx, ctx: &Ctx, site: &organisation::Site) -> Result<Shop, Fault> {
    people::save_skill(tx, ctx, "yoga", &Bilingual::new("瑜伽", "Yoga"))?;
    let mut yoga = offers::Service::new(ctx.id(), site.currency);
    yoga.code = "yoga".to_owned();
    yoga.name = Bilingual::new("瑜伽", "Yoga");
    yoga.minutes = 60;
    yoga.price = Money::new(9_000, site.currency);
    yoga.skills = vec!["yoga".to_owned()];
    yoga.resources = vec!["room".to_owned()];
    let mut massage = offers::Service::new(ctx.id(), site.currency);
    massage.code = "massage".to_owned();
    massage.name = Bilingual::new("推拿", "Massage");
    massage.minutes = 60;
    massage.skills = vec!["yoga".to_owned()];
    let room = capacity::ResourceFields {
        site: site.id,
        kind: "room".to_owned(),
        name: Bilingual::new("大厅", "Hall"),
    };
    let details = customers::Details {
        name: "Chen Yutong".to_owned(),
        phone: "13805712047".to_owned(),
        ..customers::Details::default()
    };
    let shop = Shop {
        mei: hire(tx, ctx, site, "Lin Mei")?,
        hao: hire(tx, ctx, site, "Wang Hao")?,
        hall: capacity::create_resource(tx, ctx, room)?.id,
        yoga: offers::save_service(tx, ctx, &yoga)?.id,
        massage: offers::save_service(tx, ctx, &massage)?.id,
        chen: customers::create_customer(tx, ctx, &details)?,
    };
    let offer = GroupOffer {
        service: shop.yoga,
        seats: 4,
        each_max: 2,
        version: 0,
    };
    sessions::save_offer(tx, ctx, offer)?;
    Ok(shop)
}

/// Opens the studio.
pub fn open(world: &World) -> Shop {
    let site = world.site.clone();
    world
        .write(move |tx, ctx| founded(tx, ctx, &site))
        .expect("the studio opens")
}

/// Yoga for four at a time, led by anybody.
pub fn yoga(world: &World, shop: Shop, start: &str) -> Plan {
    Plan {
        site: world.site.id,
        service: shop.yoga,
        start: at(start),
        minutes: 60,
        staff: None,
        room: None,
        seats: 4,
        each_max: 2,
    }
}

/// Plans a session.
pub fn plan(world: &World, wanted: Plan) -> Result<Session, Fault> {
    world.write(move |tx, ctx| sessions::plan(tx, ctx, &wanted))
}

/// A session on Sunday at ten.
pub fn sunday(world: &World, shop: Shop) -> Session {
    plan(world, yoga(world, shop, "2026-11-22T10:00+08:00")).expect("planned")
}

/// Sells seats at the desk.
pub fn sell(world: &World, session: GroupSessionId, count: i64) -> Result<OrderId, Fault> {
    let wanted = Sell {
        session,
        count,
        customer: None,
        note: String::new(),
    };
    world.write(move |tx, ctx| Ok(sessions::sell(tx, ctx, &wanted)?.id))
}

/// Where an order stands.
pub fn state(world: &World, id: OrderId) -> StateName {
    world
        .read(|tx, ctx| Ok(orders::order(tx, ctx, id)?.state.name()))
        .expect("readable")
}

/// Seats taken in a session.
pub fn taken(world: &World, id: GroupSessionId) -> i64 {
    world
        .read(|tx, ctx| Ok(capacity::seats_taken(tx, ctx, &[id])?.get(&id).copied()))
        .expect("readable")
        .unwrap_or(0)
}

/// Every week, so often.
pub fn weekly(first: &str, count: usize) -> Repeat {
    Repeat {
        first: first.parse().expect("a date"),
        every: Every::Weeks(1),
        until: Until::Count(count),
    }
}

/// Whether everything still agrees.
pub fn is_sound(world: &World) {
    for room in rooms() {
        for check in room.verify {
            assert_eq!(world.read(check).expect("readable"), None, "{}", room.name);
        }
    }
}
