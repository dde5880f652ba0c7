//! A small shop whose customer Chen Yutong has a mail address and a phone.

use std::{path::PathBuf, sync::Arc};

use customers::Details;
use kernel::{
    Bilingual, Channel, Ctx, Fault, Money, Span, Timestamp,
    ids::{CustomerId, OrderId, ServiceId, StaffId},
};
use messages::model::Message;
use orders::{Kind, NewLine, NewOrder, WantedSlot};
use people::StaffFields;
use store::Tx;
use testing::{World, at};
use web::{App, Config, Outside, Room};

/// The rooms a test of messages stands on.
pub fn rooms() -> Vec<Room> {
    vec![
        organisation::room(),
        people::room(),
        blueprints::room(),
        offers::room(),
        customers::room(),
        capacity::room(),
        orders::room(),
        sessions::room(),
        queue::room(),
        booking::room(),
        messages::room(),
    ]
}

/// Who and what is there.
#[derive(Clone, Copy)]
pub struct Shop {
    pub mei: StaffId,
    pub cut: ServiceId,
    pub chen: CustomerId,
}

fn founded(tx: &mut Tx, ctx: &Ctx, site: &organisation::Site) -> Result<Shop, Fault> {
    people::save_skill(tx, ctx, "hair", &Bilingual::new("美发", "Hair"))?;
    let fields = StaffFields {
        name: "李梅".to_owned(),
        reading: "Li Mei".to_owned(),
        sites: vec![site.id],
        skills: vec!["hair".to_owned()],
        external_id: None,
    };
    let mei = people::create_staff(tx, ctx, fields)?.id;
    for day in 21..=25 {
        let clock = |time: &str| at(&format!("2026-11-{day}T{time}+08:00"));
        let span = Span::new(clock("09:00"), clock("21:00")).expect("forwards");
        people::add_shift(tx, ctx, mei, site.id, span)?;
    }
    let mut cut = offers::Service::new(ctx.id(), site.currency);
    cut.code = "cut".to_owned();
    cut.name = Bilingual::new("剪发", "Cut");
    cut.minutes = 60;
    cut.price = Money::new(16_800, site.currency);
    cut.skills = vec!["hair".to_owned()];
    let cut = offers::save_service(tx, ctx, &cut)?.id;
    let details = Details {
        name: "Chen Yutong".to_owned(),
        phone: "13805712047".to_owned(),
        email: "chen@example.com".to_owned(),
        ..Details::default()
    };
    let chen = customers::create_customer(tx, ctx, &details)?;
    Ok(Shop { mei, cut, chen })
}

/// Opens the shop.
pub fn open(world: &World) -> Shop {
    let site = world.site.clone();
    let found = move |tx: &mut Tx, ctx: &Ctx| founded(tx, ctx, &site);
    world.write(found).expect("the shop opens")
}

/// A booking by phone for Chen Yutong.
pub fn book(world: &World, shop: Shop, start: &str) -> OrderId {
    let (site, start) = (world.site.id, at(start));
    world
        .write(move |tx, ctx| {
            let order = NewOrder {
                customer: Some(shop.chen),
                lines: vec![NewLine::one(shop.cut)],
                slot: Some(WantedSlot { start, staff: None }),
                ..NewOrder::new(site, Kind::Booking)
            };
            let ctx = ctx.with_channel(Channel::Phone);
            Ok(orders::create(tx, &ctx, &order)?.id)
        })
        .expect("booked")
}

/// The program, told to write mail into a folder of the test's own.
pub fn posting(world: &World) -> (App, PathBuf) {
    let folder = std::env::temp_dir().join(format!("steward_mail_{}", world.org));
    std::fs::create_dir_all(&folder).expect("a folder for mail");
    let app = told(world, &format!("file:{}", folder.display()));
    (app, folder)
}

/// The program, told to hand mail to a server.
pub fn told(world: &World, mail_server: &str) -> App {
    let mut app = world.app.clone();
    app.config = Arc::new(Config {
        outside: Outside {
            public_url: "https://book.example".to_owned(),
            mail_server: Some(mail_server.to_owned()),
            mail_from: Some("hello@lotus.example".to_owned()),
            files: None,
            private_targets: true,
        },
        ..Config::default()
    });
    app
}

/// Runs the room's errands once: hear, remind, send.
pub fn round(world: &World, app: &App) {
    for errand in messages::room().errands {
        (errand.run)(app, &world.ctx()).expect("the errand is run");
    }
}

/// Every message, oldest first.
pub fn kept(world: &World) -> Vec<Message> {
    let found = world.read(|tx, ctx| messages::messages(tx, ctx, None, None));
    let mut found = found.expect("read");
    found.reverse();
    found
}

/// Occasion and state of every message, oldest first.
pub fn stages(world: &World) -> Vec<(&'static str, &'static str)> {
    let pair = |m: &Message| (m.occasion.as_str(), m.stage.as_str());
    kept(world).iter().map(pair).collect()
}

/// The letters in a folder.
pub fn letters(folder: &PathBuf) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder of mail");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mail = paths.filter(|path| path.extension().is_some_and(|e| e == "eml"));
    mail.map(|path| std::fs::read_to_string(path).expect("a letter"))
        .collect()
}

/// An instant of the shop's day.
pub fn clock(day: u32, time: &str) -> Timestamp {
    at(&format!("2026-11-{day}T{time}+08:00"))
}
