//! Who saw a customer's data, and what somebody saw.

use kernel::{Role, ids::CustomerId};
use testing::{World, each_engine};

use crate::shop::{open, rooms};

/// What the record tells, as words: the rows of its table.
fn told(world: &World, query: &str) -> String {
    let page = world.client(Role::Owner).get(&format!("/audit{query}"));
    assert_eq!(page.status, 200, "{}", page.body);
    let rows = page.body.split("<tbody").nth(1).unwrap_or_default();
    rows.split("</tbody").next().unwrap_or_default().to_owned()
}

fn customer_of(world: &World, order: kernel::ids::OrderId) -> CustomerId {
    let order = world.read(|tx, ctx| orders::order(tx, ctx, order));
    order
        .expect("it is there")
        .customer
        .expect("somebody booked")
}

#[test]
fn every_door_to_a_customers_data_is_told_of() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let hers = shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        let his = shop.booking(world, "Adam Smith", "2026-11-21T12:00+08:00", shop.mei);
        let (her, him) = (customer_of(world, hers.id), customer_of(world, his.id));
        let desk = world.client(Role::Desk);
        let of = |id: CustomerId| format!("?customer={id}&only=saw");
        for (path, words) in [
            (format!("/orders/{}", hers.id), "Page"),
            ("/orders?q=yutong".to_owned(), "List with 1 customer"),
            (
                "/search?q=yutong".to_owned(),
                "Search that found 1 customer",
            ),
            ("/orders?format=csv".to_owned(), "Export of orders"),
            ("/today/board".to_owned(), "Today with 2 customers"),
            (
                "/calendar?day=2026-11-21".to_owned(),
                "Calendar with 2 customers",
            ),
            (
                format!("/my-day?staff={}", shop.mei),
                "My day with 2 customers",
            ),
        ] {
            assert!(!told(world, &of(her)).contains(words), "{path}");
            assert_eq!(desk.get(&path).status, 200, "{path}");
            assert!(told(world, &of(her)).contains(words), "{path}");
        }
        let of_him = told(world, &of(him));
        assert!(of_him.contains("Export of orders"), "an export has all");
        assert!(of_him.contains("Today with 2 customers"), "{of_him}");
        for words in ["Page", "List with", "Search that"] {
            assert!(!of_him.contains(words), "{words}: {of_him}");
        }
        // Whoever reads this record is told of, too.
        assert!(told(world, "?only=saw").contains("This record"));
    });
}

#[test]
fn what_changed_and_what_was_seen_are_told_apart_and_by_day() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        world
            .client(Role::Desk)
            .get(&format!("/orders/{}", order.id));
        let changed = told(world, "?only=changed");
        assert!(
            changed.contains("Chen Yutong") && !changed.contains("Page"),
            "{changed}"
        );
        let saw = told(world, "?only=saw");
        assert!(
            saw.contains("Page") && !saw.contains("Customer added"),
            "{saw}"
        );
        let before = told(world, "?first=2026-11-01&last=2026-11-20");
        assert_eq!(before, "", "nothing happened before");
        let nobody = format!("?user={}", order.id);
        assert_eq!(told(world, &nobody), "", "somebody else did nothing");
    });
}

#[test]
fn only_who_may_audit_reads_the_record() {
    each_engine(&rooms(), |world| {
        open(world);
        for role in [Role::Manager, Role::Desk, Role::Staff, Role::ReadOnly] {
            assert_eq!(world.client(role).get("/audit").status, 403, "{role:?}");
        }
        let auditor = world.client_with(Role::Desk, &["audit.view"]);
        assert_eq!(auditor.get("/audit").status, 200);
    });
}

#[test]
fn a_page_that_asks_again_within_a_minute_is_told_of_once() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        let desk = world.client(Role::Desk);
        let look = || desk.get(&format!("/orders/{}", order.id));
        look();
        look();
        assert!(!told(world, "").contains("×2"));
        world.set_time("2026-11-21T10:02+08:00");
        look();
        assert!(told(world, "").contains("×2"));
    });
}

#[test]
fn a_page_of_the_day_is_told_of_once_a_quarter_of_an_hour_with_everybody_it_came_to_show() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let hers = shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        let desk = world.client(Role::Desk);
        desk.get("/today/board");
        let his = shop.booking(world, "Adam Smith", "2026-11-21T12:00+08:00", shop.mei);
        // Somebody new on the page is told of at once, in the row that is there.
        desk.get("/today/board");
        for id in [customer_of(world, hers.id), customer_of(world, his.id)] {
            let rows = told(world, &format!("?customer={id}&only=saw"));
            assert_eq!(rows.matches("Today with 2 customers").count(), 1, "{rows}");
            assert!(rows.contains("×2"), "{rows}");
        }
        world.set_time("2026-11-21T10:16+08:00");
        desk.get("/today/board");
        let rows = told(world, "?only=saw");
        assert_eq!(rows.matches("Today with 2 customers").count(), 2, "{rows}");
    });
}
