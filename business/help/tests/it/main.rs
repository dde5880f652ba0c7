//! Help, as somebody new finds it.

use kernel::{Channel, Currency, Locale, Money, Role};
use offers::Service;
use orders::{Kind, NewLine, NewOrder};
use testing::{World, each_engine, web::Room};

fn rooms() -> Vec<Room> {
    testing::web::set_guide(help::guide());
    vec![
        organisation::room(),
        people::room(),
        blueprints::room(),
        offers::room(),
        customers::room(),
        capacity::room(),
        orders::room(),
        help::room(),
    ]
}

#[test]
fn a_page_says_what_it_is_for_and_leads_to_the_article() {
    each_engine(&rooms(), |world| {
        let staff = world.client(Role::Staff);
        let page = staff.get("/orders");
        assert!(page.says("An order is whatever a customer asks of the business"));
        assert!(page.says("href=\"/help/orders\""));
        let article = staff.get("/help/orders");
        assert!(article.says("A visit can have several parts") && article.says("/help/enquiries"));
        assert!(
            staff
                .in_locale(Locale::ZhCn)
                .get("/help/orders")
                .says("服务单就是")
        );
        assert_eq!(world.client(Role::Staff).get("/help/zeppelin").status, 404);
        assert_eq!(world.nobody().get("/help").status, 303);
    });
}

#[test]
fn help_is_searched_by_words() {
    each_engine(&rooms(), |world| {
        let staff = world.client(Role::Staff);
        let found = staff.get("/help?q=heic+photo");
        assert!(found.says("Photos and files") && !found.says("Group sessions"));
        assert!(
            staff
                .get("/help?q=zeppelin")
                .says("No article has these words")
        );
        assert!(
            staff
                .in_locale(Locale::ZhCn)
                .get("/help?q=%E5%80%99%E8%A1%A5")
                .says("候补")
        );
    });
}

#[test]
fn what_is_new_has_a_dot_until_it_was_read() {
    each_engine(&rooms(), |world| {
        let staff = world.client(Role::Staff);
        assert!(staff.get("/help").says("data-news"));
        let news = staff.get("/help/releases");
        let cookie = news.header("set-cookie").expect("it is remembered");
        let seen = cookie.split(';').next().expect("a pair").to_owned();
        assert!(news.says("Photos and files on orders") && seen.starts_with("news="));
        let later = world.client(Role::Staff).with_header("cookie", &seen);
        assert!(!later.get("/help").says("data-news"));
    });
}

fn tick(world: &World) -> Vec<bool> {
    let site = world.site.id;
    let list = world.read(|tx, ctx| help::first_hour(tx, ctx, site));
    list.expect("readable")
        .steps
        .iter()
        .map(|step| step.done)
        .collect()
}

#[test]
fn the_first_hour_ticks_itself_is_put_away_and_found_again() {
    each_engine(&rooms(), |world| {
        assert_eq!(
            tick(world),
            [true, false, false, false, false, false, false]
        );
        let service = Service {
            code: "CUT".to_owned(),
            name: kernel::Bilingual::new("剪发", "Cut"),
            minutes: 30,
            price: Money::new(9_800, Currency::CNY),
            channels: [Channel::Desk, Channel::Online].into(),
            ..Service::new(world.ctx().id(), Currency::CNY)
        };
        let site = world.site.id;
        let done = world.write(move |tx, ctx| {
            let service = offers::save_service(tx, ctx, &service)?;
            let walk_in = NewOrder {
                lines: vec![NewLine::one(service.id)],
                ..NewOrder::new(site, Kind::WalkIn)
            };
            orders::create(tx, ctx, &walk_in).map(drop)
        });
        done.expect("the first ones");
        assert_eq!(tick(world), [true, false, true, false, true, false, true]);
        let owner = world.client(Role::Owner);
        let page = owner.get("/help/first-hour");
        assert!(page.says("4 of 7") && page.says("Name those who serve"));
        assert_eq!(
            owner.post("/help/first-hour", "away=1").location(),
            "/today"
        );
        assert!(owner.get("/help/first-hour").says("Show on Today again"));
        let list = world.read(|tx, ctx| help::first_hour(tx, ctx, site));
        assert!(!list.expect("readable").is_shown());
        owner.post("/help/first-hour", "away=0");
        let list = world.read(|tx, ctx| help::first_hour(tx, ctx, site));
        assert!(list.expect("readable").is_shown());
        assert_eq!(world.client(Role::Desk).get("/help/first-hour").status, 403);
    });
}
