//! A small shop that can be booked online: two hairdressers and a cut.

use kernel::{
    Bilingual, Ctx, Fault, Span,
    ids::{OrderId, StaffId},
};
use orders::{Order, StateName};
use people::StaffFields;
use store::Tx;
use testing::{Answer, Client, World, at};
use web::Room;

/// The rooms a booking test stands on.
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
        sessions::room(),
        booking::room(),
    ]
}

/// The page of free times for a cut.
pub const TIMES: &str = "/at/lotus/riverside/cut/times";
/// Sunday at ten, an hour's clock on the wall.
pub const TEN: &str = "2026-11-22T02:00:00Z";
/// Sunday at eleven.
pub const ELEVEN: &str = "2026-11-22T03:00:00Z";

/// Who works there.
#[derive(Clone)]
pub struct Shop {
    pub mei: StaffId,
    pub hao: StaffId,
}

fn hire(tx: &mut Tx, ctx: &Ctx, world: &organisation::Site, name: &str) -> Result<StaffId, Fault> {
    let fields = StaffFields {
        name: name.to_owned(),
        reading: name.to_owned(),
        sites: vec![world.id],
        skills: vec!["hair".to_owned()],
        external_id: None,
    };
    let staff = people::create_staff(tx, ctx, fields)?.id;
    for day in ["2026-11-21", "2026-11-22"] {
        let span = Span::new(
            at(&format!("{day}T09:00+08:00")),
            at(&format!("{day}T21:00+08:00")),
        );
        people::add_shift(tx, ctx, staff, world.id, span.expect("forwards"))?;
    }
    Ok(staff)
}

/// Opens the shop.
pub fn open(world: &World) -> Shop {
    let site = world.site.clone();
    world
        .write(move |tx, ctx| {
            people::save_skill(tx, ctx, "hair", &Bilingual::new("美发", "Hair"))?;
            let mut mask = offers::Service::new(ctx.id(), site.currency);
            mask.code = "mask".to_owned();
            mask.name = Bilingual::new("发膜", "Mask");
            mask.minutes = 15;
            mask.price = kernel::Money::new(8_000, site.currency);
            mask.skills = vec!["hair".to_owned()];
            offers::save_service(tx, ctx, &mask)?;
            let mut wash = offers::Service::new(ctx.id(), site.currency);
            wash.code = "wash".to_owned();
            wash.name = Bilingual::new("洗头", "Wash");
            wash.channels = vec![kernel::Channel::Desk];
            offers::save_service(tx, ctx, &wash)?;
            let mut cut = offers::Service::new(ctx.id(), site.currency);
            cut.code = "cut".to_owned();
            cut.name = Bilingual::new("剪发", "Cut");
            cut.minutes = 60;
            cut.price = kernel::Money::new(16_800, site.currency);
            cut.skills = vec!["hair".to_owned()];
            cut.add_ons = vec![mask.id, wash.id];
            offers::save_service(tx, ctx, &cut)?;
            Ok(Shop {
                mei: hire(tx, ctx, &site, "Lin Mei")?,
                hao: hire(tx, ctx, &site, "Wang Hao")?,
            })
        })
        .expect("the shop opens")
}

/// The keys of times pages.
pub const KEY: &str = "keyofthepage23";

/// Taps a time; answers where the browser is sent.
pub fn tap(guest: &Client, start: &str, key: &str) -> Answer {
    guest.post(TIMES, &format!("start={start}&key={key}&who="))
}

/// The path of the booking in an answer that leads to its details.
pub fn path_of(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.location().trim_end_matches("/details").to_owned()
}

/// Books a time to the end; answers the path of the booking.
pub fn booked(guest: &Client, start: &str, key: &str) -> String {
    let path = path_of(&tap(guest, start, key));
    let done = guest.post(
        &format!("{path}/details"),
        "name=Chen+Yutong&phone=13805712047",
    );
    assert_eq!(done.location(), path);
    path
}

/// Every order of the shop.
pub fn orders(world: &World) -> Vec<Order> {
    let sql = "select id from orders where org = $1 order by number";
    world
        .read(|tx, ctx| {
            let ids: Vec<OrderId> = tx.all(sql, store::params![ctx.org], |row| row.id(0))?;
            ids.iter().map(|id| orders::order(tx, ctx, *id)).collect()
        })
        .expect("read")
}

/// The states of every order of the shop.
pub fn states(world: &World) -> Vec<StateName> {
    orders(world)
        .iter()
        .map(|order| order.state.name())
        .collect()
}
