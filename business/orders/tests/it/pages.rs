//! Orders through the door a user uses.

use kernel::{Locale, Role};
use testing::{World, each_engine};

use crate::shop::{self, Shop, now, rooms};

fn post(world: &World, path: &str, form: &str) -> testing::Answer {
    world.client(Role::Desk).post(path, form)
}

fn taken(world: &World, shop: &Shop, more: &str) -> String {
    let form = format!(
        "kind=walk_in&customer=Ada+13800001111&service0={}{more}",
        shop.cut
    );
    let answer = post(world, "/orders", &form);
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.location().to_owned()
}

#[test]
fn a_booking_moves_by_a_quarter_into_time_that_is_its_own() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let order = shop.take(
            world,
            &shop.booking("2026-11-21T14:00+08:00", Some(shop.mei)),
        );
        let path = format!("/orders/{}/slot", order.id);
        let desk = world.client(Role::Desk);
        let asked = format!("{path}?day=2026-11-21&with={}", shop.mei);
        let quarter = "2026-11-21T06:15:00Z";
        assert!(
            desk.get(&asked)
                .body
                .contains(&format!("value=\"{quarter}\""))
        );
        let why = desk.get(&format!("{asked}&why=on&at=14:20"));
        assert!(
            !why.says("R-00001 until"),
            "it does not stand in its own way"
        );
        let form = format!(
            "version={}&day=2026-11-21&with={}&start={quarter}",
            order.version, shop.mei
        );
        assert_eq!(desk.post(&path, &form).status, 303);
        assert_eq!(now(world, order.id).due().to_string(), quarter);
        let other = shop.take(
            world,
            &shop.booking("2026-11-21T16:00+08:00", Some(shop.mei)),
        );
        let asked = format!("/orders/{}/slot?day=2026-11-21&with={}", other.id, shop.mei);
        assert!(
            !desk
                .get(&asked)
                .body
                .contains(&format!("value=\"{quarter}\""))
        );
    });
}

#[test]
fn the_desk_takes_serves_and_finishes_an_order_by_its_buttons() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let path = taken(world, &shop, "&quantity0=1");
        let desk = world.client(Role::Desk);
        let page = desk.get(&path);
        assert_eq!(page.status, 200);
        for words in [
            "R-00001",
            "Ada",
            "138 •••• 1111",
            "¥168.00",
            "Start",
            "Waiting",
        ] {
            assert!(page.says(words), "{words}");
        }
        assert_eq!(
            desk.post(&format!("{path}/start"), &format!("staff={}", shop.mei))
                .status,
            303
        );
        let page = desk.get(&path);
        assert!(page.says("Complete step") && page.says("Lin Mei") && page.says("In service"));
        let id = path
            .rsplit('/')
            .next()
            .expect("it has an id")
            .parse()
            .expect("it is an id");
        for _ in 0..3 {
            let steps = world.read(|tx, ctx| orders::steps(tx, ctx, id)).unwrap();
            let running = steps
                .iter()
                .find(|step| step.state.as_str() == "running")
                .unwrap();
            let form = "points=2&tick=0&tick=1";
            let action = format!("{path}/steps/{}/completion", running.id);
            assert_eq!(desk.post(&action, form).status, 303);
            assert_eq!(
                desk.post(&action, form).status,
                303,
                "a double click does no harm"
            );
        }
        assert!(desk.get(&path).says("Finish order"));
        assert_eq!(desk.post(&format!("{path}/completion"), "").status, 303);
        let order = now(world, id);
        assert_eq!(
            (order.state.name().as_str(), order.steps_done),
            ("finished", 3)
        );
        assert!(desk.get(&path).says("Order finished"));
        assert!(
            desk.clone()
                .in_locale(Locale::ZhCn)
                .get(&path)
                .says("服务单已完成")
        );
    });
}

#[test]
fn a_wrong_form_comes_back_with_what_was_typed() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let answer = post(
            world,
            "/orders",
            "kind=walk_in&customer=Ada&note=Window+seat",
        );
        assert_eq!(answer.status, 422);
        assert!(answer.says("Choose a service") && answer.says("Window seat"));
        let bad = format!("kind=booking&service0={}&start=yesterday", shop.cut);
        assert_eq!(post(world, "/orders", &bad).status, 422);
        let many = format!("kind=walk_in&service0={}&quantity0=-3", shop.cut);
        assert_eq!(post(world, "/orders", &many).status, 422);
        assert_eq!(
            post(world, "/orders", "kind=walk_in&service0=x").status,
            422
        );
        let path = taken(world, &shop, "");
        let silent = post(world, &format!("{path}/cancellation"), "reason=+");
        assert_eq!(silent.status, 422);
        assert!(silent.says("Say why"));
        assert_eq!(post(world, &format!("{path}/notes"), "text=").status, 422);
        assert_eq!(world.client(Role::Desk).get("/orders/nonsense").status, 404);
    });
}

#[test]
fn a_booking_is_made_from_the_free_times_and_moved() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let desk = world.client(Role::Desk);
        let form = format!("kind=booking&service0={}&day=2026-11-21", shop.cut);
        let page = desk.get(&format!("/orders/new?{form}"));
        assert!(
            page.says("2026-11-21T06:00:00Z"),
            "14:00 in Shanghai is free"
        );
        let form = format!(
            "{form}&customer=Ada&start=2026-11-21T06:00:00Z&with={}",
            shop.mei
        );
        let booked = desk.post("/orders", &form);
        assert_eq!(booked.status, 303, "{}", booked.body);
        let again = desk.post("/orders", &form);
        assert_eq!(again.status, 422, "she is taken");
        assert!(again.says("Ada"));
        let path = booked.location().to_owned();
        assert!(desk.get(&path).says("14:00–14:45"));
        let free = desk.get(&format!("{path}/slot"));
        assert!(free.says("2026-11-21T07:00:00Z"));
        let moved = desk.post(
            &format!("{path}/slot"),
            "version=1&start=2026-11-21T07:00:00Z",
        );
        assert_eq!(moved.status, 303, "{}", moved.body);
        let stale = desk.post(
            &format!("{path}/slot"),
            "version=1&start=2026-11-21T08:00:00Z",
        );
        assert_eq!(stale.status, 422);
        assert!(stale.says("Somebody else changed"));
        assert!(desk.get(&path).says("15:00–15:45"));
    });
}

#[test]
fn the_second_editor_sees_what_is_there_and_keeps_what_was_typed() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let path = taken(world, &shop, "");
        let form = |note: &str| {
            format!(
                "version=1&service0={}&quantity0=2&note={note}&level=normal",
                shop.cut
            )
        };
        assert_eq!(
            post(world, &format!("{path}/content"), &form("first")).status,
            303
        );
        let second = post(world, &format!("{path}/content"), &form("second"));
        assert_eq!(second.status, 422);
        assert!(second.says("first") && second.says("second"));
    });
}

#[test]
fn the_list_filters_by_its_address() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        taken(world, &shop, "");
        let desk = world.client(Role::ReadOnly);
        for (query, found) in [
            ("", true),
            ("?q=ada", true),
            ("?q=1111", true),
            ("?q=R-00001&state=waiting", true),
            ("?state=finished", false),
            (
                "?kind=walk_in&channel=desk&from=2026-11-21&to=2026-11-21",
                true,
            ),
            ("?from=2026-11-22", false),
            ("?q=%27%3B+drop+table+orders", false),
            ("?state=nonsense&after=nonsense", true),
        ] {
            let page = desk.get(&format!("/orders{query}"));
            assert_eq!(page.status, 200, "{query}");
            assert_eq!(page.says("R-00001</span>"), found, "{query}");
        }
    });
}

#[test]
fn a_customer_is_shown_with_visits_and_changed_once() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        taken(world, &shop, "");
        let id = world
            .read(|tx, ctx| customers::search(tx, ctx, "Ada", 5))
            .unwrap()[0]
            .id;
        let desk = world.client(Role::Desk);
        let path = format!("/customers/{id}");
        assert!(desk.get(&path).says("R-00001"));
        let form = "version=1&name=Ada+L.&phone=13800001111&level=vip&note=Tea";
        assert_eq!(desk.post(&path, form).status, 303);
        let stale = desk.post(&path, form);
        assert_eq!(stale.status, 422);
        let wrong = desk.post(&path, "version=2&name=&phone=nobody");
        assert_eq!(wrong.status, 422);
        assert!(wrong.says("nobody"));
        assert!(desk.get("/customers?q=ada").says("Ada L."));
        assert_eq!(world.client(Role::ReadOnly).post(&path, form).status, 403);
        assert_eq!(world.nobody().get("/customers").status, 303);
    });
}
