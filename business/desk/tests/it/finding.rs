//! Search and journal.

use kernel::Role;
use testing::each_engine;

use crate::shop::{open, rooms};

#[test]
fn the_palette_finds_commands_orders_and_customers() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        let desk = world.client(Role::Desk);
        let by_number = desk.get(&format!("/search?q={}&palette=1", order.code));
        assert!(
            by_number.says(&format!("/orders/{}", order.id)),
            "{}",
            by_number.body
        );
        assert!(!by_number.says("<html"), "a fragment");
        let by_name = desk.get("/search?q=yutong&palette=1");
        assert!(by_name.says("/customers/"));
        assert!(desk.get("/search?q=walk&palette=1").says("/today/walk-in"));
        assert!(desk.get("/search?q=zzzz&palette=1").says("Nothing found"));
        let staff = world.client(Role::Staff).get("/search?q=journal&palette=1");
        assert!(
            !staff.says("/journal"),
            "what one may not open is not offered"
        );
    });
}

#[test]
fn the_journal_is_filtered_paged_and_its_chain_checked() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        let manager = world.client(Role::Manager);
        let page = manager.get("/journal?check=1");
        assert!(page.says("The chain is whole") && page.says("order.booked"));
        let about = manager.get(&format!("/journal?kind=order&object={}", order.id));
        assert!(about.says("order.booked") && !about.says("staff.created"));
        let kind = manager.get("/journal?kind=staff");
        assert!(
            !kind.says("<code>order.booked") && kind.says("<code>staff."),
            "{}",
            kind.body
        );
        assert!(
            manager
                .get("/journal?day=2020-01-01")
                .says("No event matches")
        );
        assert_eq!(manager.get("/journal?day=yesterday").status, 422);
        for hour in 12..17 {
            for minute in [0, 30] {
                let start = format!("2026-11-21T{hour}:{minute:02}+08:00");
                shop.booking(world, "Ada", &start, shop.mei);
                shop.booking(world, "Bo", &start, shop.hao);
            }
        }
        for _ in 0..15 {
            manager.post("/today/walk-in", &format!("service={}", shop.cut));
        }
        let first = manager.get("/journal");
        assert!(first.says("rel=\"next\"") && !first.says("rel=\"prev\""));
    });
}
