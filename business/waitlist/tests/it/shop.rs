//! A salon with one hairdresser whose Sunday is full, and people who wait.

use std::path::PathBuf;
use std::sync::Arc;

use customers::Details;
use kernel::{
    Bilingual, Ctx, Fault, Money, Span, Timestamp,
    ids::{CustomerId, OrderId, ServiceId, SiteId, StaffId, WaitingId},
};
use orders::{Kind, NewLine, NewOrder, StateName, WantedSlot};
use people::StaffFields;
use store::Tx;
use testing::{World, at};
use waitlist::{NewWaiting, Offer, Waiting, Wish};
use web::{App, Config, Outside, Room};

/// The rooms a test of the waiting list stands on.
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
        queue::room(),
        booking::room(),
        messages::room(),
        waitlist::room(),
    ]
}

/// Who and what is there.
#[derive(Clone, Copy)]
pub struct Shop {
    pub site: SiteId,
    pub mei: StaffId,
    pub cut: ServiceId,
}

fn founded(tx: &mut Tx, ctx: &Ctx, site: &organisation::Site) -> Result<Shop, Fault> {
    people::save_skill(tx, ctx, "hair", &Bilingual::new("美发", "Hair"))?;
    let fields = StaffFields {
        name: "Lin Mei".to_owned(),
        reading: "Lin Mei".to_owned(),
        sites: vec![site.id],
        skills: vec!["hair".to_owned()],
        external_id: None,
    };
    let mei = people::create_staff(tx, ctx, fields)?.id;
    // Two hours on Sunday: two cuts and no more.
    let clock = |time: &str| at(&format!("2026-11-22T{time}+08:00"));
    let span = Span::new(clock("10:00"), clock("12:00")).expect("forwards");
    people::add_shift(tx, ctx, mei, site.id, span)?;
    let mut cut = offers::Service::new(ctx.id(), site.currency);
    cut.code = "cut".to_owned();
    cut.name = Bilingual::new("剪发", "Cut");
    cut.minutes = 60;
    cut.price = Money::new(16_800, site.currency);
    cut.skills = vec!["hair".to_owned()];
    let cut = offers::save_service(tx, ctx, &cut)?.id;
    Ok(Shop {
        site: site.id,
        mei,
        cut,
    })
}

/// Opens the salon.
pub fn open(world: &World) -> Shop {
    let site = world.site.clone();
    world
        .write(move |tx, ctx| founded(tx, ctx, &site))
        .expect("the salon opens")
}

/// A customer with a mail address.
pub fn customer(world: &World, name: &'static str) -> CustomerId {
    world
        .write(move |tx, ctx| {
            let details = Details {
                name: name.to_owned(),
                email: format!("{}@example.com", name.to_lowercase()),
                ..Details::default()
            };
            customers::create_customer(tx, ctx, &details)
        })
        .expect("written down")
}

/// A cut on Sunday.
pub fn book(world: &World, shop: Shop, start: &str) -> Result<OrderId, Fault> {
    let start = at(start);
    world.write(move |tx, ctx| {
        let new = NewOrder {
            lines: vec![NewLine::one(shop.cut)],
            slot: Some(WantedSlot { start, staff: None }),
            ..NewOrder::new(shop.site, Kind::Booking)
        };
        Ok(orders::create(tx, ctx, &new)?.id)
    })
}

/// A salon whose Sunday is full: cuts at ten and at eleven.
pub fn full(world: &World) -> (Shop, OrderId, OrderId) {
    let shop = open(world);
    let ten = book(world, shop, "2026-11-22T10:00+08:00").expect("free");
    let eleven = book(world, shop, "2026-11-22T11:00+08:00").expect("free");
    (shop, ten, eleven)
}

/// Any time with anybody from today to Sunday.
pub fn wish(shop: Shop) -> Wish {
    let day = |text: &str| text.parse().expect("a date");
    Wish {
        service: shop.cut,
        also: Vec::new(),
        staff: None,
        session: None,
        seats: 1,
        weekdays: String::new(),
        from_minute: 0,
        to_minute: 1440,
        first_day: day("2026-11-21"),
        last_day: day("2026-11-22"),
    }
}

/// Puts somebody on the list.
pub fn join(world: &World, shop: Shop, name: &'static str, wish: Wish) -> Waiting {
    let new = NewWaiting {
        site: shop.site,
        wish,
        customer: customer(world, name),
        note: String::new(),
        mail: None,
    };
    // One after the other, in the order of their names.
    let nth = i64::from(name.as_bytes()[0] - b'A');
    let moment = Timestamp::from_microsecond(world.ctx().now.as_microsecond() + nth);
    let ctx = world.ctx().at(moment.expect("a moment later"));
    world
        .write_as(ctx, move |tx, ctx| waitlist::join(tx, ctx, &new))
        .expect("joined")
}

/// The program, told to write mail into a folder of the test's own.
pub fn posting(world: &World) -> (App, PathBuf) {
    let folder = std::env::temp_dir().join(format!("steward_wait_{}", world.org));
    std::fs::create_dir_all(&folder).expect("a folder for mail");
    let mut app = world.app.clone();
    app.config = Arc::new(Config {
        outside: Outside {
            public_url: "https://book.example".to_owned(),
            mail_server: Some(format!("file:{}", folder.display())),
            mail_from: Some("hello@lotus.example".to_owned()),
            files: None,
            private_targets: true,
        },
        ..Config::default()
    });
    (app, folder)
}

/// What the program does every few seconds: gives up what ran out, hears the journal, offers.
pub fn tick(world: &World) {
    let app = posting(world).0;
    world
        .write(orders::expire_holds)
        .expect("holds that ran out are given up");
    for room in rooms() {
        for errand in &room.errands {
            if errand.name == "offer freed times" {
                (errand.run)(&app, &world.ctx()).expect("a round");
            }
        }
    }
}

/// Cancels an order.
pub fn cancel(world: &World, order: OrderId) {
    world
        .write(move |tx, ctx| orders::cancel(tx, ctx, order, "ill"))
        .expect("cancelled");
}

/// The offer somebody has to answer, if there is one.
pub fn offer(world: &World, entry: &Waiting) -> Option<Offer> {
    let (site, id) = (entry.site, entry.id);
    world
        .read(|tx, ctx| Ok(waitlist::open_offers(tx, ctx, site)?.remove(&id)))
        .expect("readable")
}

/// Takes an offered time, as the customer does.
pub fn accept(world: &World, entry: &Waiting) -> Result<OrderId, Fault> {
    let offer = offer(world, entry).expect("something is offered").id;
    let id: WaitingId = entry.id;
    world.write_as(world.guest_ctx(), move |tx, ctx| {
        Ok(waitlist::accept(tx, ctx, id, offer)?.id)
    })
}

/// An entry as it is now.
pub fn now(world: &World, entry: &Waiting) -> Waiting {
    world
        .read(|tx, ctx| waitlist::entry(tx, ctx, entry.id))
        .expect("readable")
}

/// Where an order stands.
pub fn state(world: &World, id: OrderId) -> StateName {
    world
        .read(|tx, ctx| Ok(orders::order(tx, ctx, id)?.state.name()))
        .expect("readable")
}

/// Sunday at an hour.
pub fn sunday(clock: &str) -> Timestamp {
    at(&format!("2026-11-22T{clock}+08:00"))
}

/// Whether everything still agrees.
pub fn is_sound(world: &World) {
    for room in rooms() {
        for check in room.verify {
            assert_eq!(world.read(check).expect("readable"), None, "{}", room.name);
        }
    }
}
