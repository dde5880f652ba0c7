//! Health, as the owner of a business meets it.

use kernel::{Role, Timestamp};
use testing::{World, each_engine};
use web::{Backlog, Queue, Room};

fn letters() -> Room {
    Room::new("letters").queue(Queue {
        name: "letters",
        label_key: "operation-menu",
        path: "/health",
        count: |_, ctx| {
            Ok(Backlog {
                waiting: 7,
                overdue_since: Timestamp::from_second(ctx.now.as_second() - 3600).ok(),
                failed: 2,
            })
        },
    })
}

#[test]
fn the_owner_sees_what_waits_and_what_is_stuck_and_nobody_else_does() {
    each_engine(&[letters(), operation::room()], |world: &World| {
        let page = world.client(Role::Owner).get("/health");
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.says("what should have left a quarter of an hour ago still waits"));
        assert!(page.says("backed up by its own tools"), "{}", page.body);
        assert!(
            page.says("SQLite 3.") || page.says("PostgreSQL 1"),
            "{}",
            page.body
        );
        for role in [Role::Manager, Role::Desk, Role::Staff, Role::ReadOnly] {
            assert_eq!(world.client(role).get("/health").status, 403, "{role:?}");
        }
    });
}

#[test]
fn a_quiet_house_is_said_to_be_well() {
    each_engine(&[operation::room()], |world: &World| {
        let page = world.client(Role::Owner).get("/health");
        assert!(page.says("Nothing wants a hand."), "{}", page.body);
        assert!(page.says("Nothing is sent to anybody."), "{}", page.body);
    });
}
