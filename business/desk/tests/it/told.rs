//! Who was not told: a customer whose letter came back, and a program that takes nothing any more.

use customers::{Report, Why};
use kernel::{Locale, Role, ids::MessageId};
use orders::Order;
use store::params;
use testing::{World, each_engine};

use crate::shop::{open, rooms};

const BOARD: &str = "/today/board";
const ADDRESS: &str = "yutong@nowhere.example";
const NOT_TOLD: &str = "Chen Yutong was not told about";

const BOUNCED: &str = "
    insert into messages (org, id, key, occasion, way, site, order_id, customer, locale, recipient,
        subject, body, state, attempts, created_at, due_at, useful_until, sent_at, reason, at_once)
    values ($1, $2, 'a letter', 'booked', 'mail', $3, $4, $5, 'en', $6, 'Booked', 'At two.',
        'bounced', 1, $7, $7, $7, $7, '550 no such user', 0)";

fn write_to(world: &World, order: &Order, address: &'static str) {
    let customer = order.customer.expect("somebody comes");
    let changed = world.write(move |tx, ctx| {
        let known = customers::customer(tx, ctx, customer)?;
        let details = customers::Details {
            name: known.name,
            email: address.to_owned(),
            ..customers::Details::default()
        };
        customers::change_customer(tx, ctx, customer, known.version, &details)
    });
    changed.expect("changed");
}

/// The letter about a booking came back from the customer's address.
fn came_back(world: &World, order: &Order) -> MessageId {
    write_to(world, order, ADDRESS);
    let (site, order, customer) = (order.site, order.id, order.customer);
    let kept = world.write(move |tx, ctx| {
        let id: MessageId = ctx.id();
        let report = Report {
            id: "report 1",
            address: ADDRESS,
            why: Why::Bounced,
            reason: "550 no such user",
            customer,
        };
        customers::mark_unreachable(tx, ctx, &report)?;
        tx.execute(
            BOUNCED,
            params![ctx.org, id, site, order, customer, ADDRESS, ctx.now],
        )?;
        Ok(id)
    });
    kept.expect("kept")
}

#[test]
fn a_letter_that_came_back_asks_for_a_hand_until_the_address_is_corrected() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T14:00+08:00", shop.mei);
        let desk = world.client(Role::Desk);
        assert!(!desk.get(BOARD).says(NOT_TOLD));
        let letter = came_back(world, &order);
        let board = desk.get(BOARD);
        assert!(board.says(NOT_TOLD), "{}", board.body);
        assert!(board.says(&format!("/messages/{letter}")) && board.says("Correct the address"));
        assert!(board.says("y••••@nowhere.example") && !board.says(ADDRESS));
        let chinese = world.client(Role::Desk).in_locale(Locale::ZhCn).get(BOARD);
        assert!(chinese.says("Chen Yutong 没有收到"), "{}", chinese.body);
        assert!(!world.client(Role::Staff).get(BOARD).says(NOT_TOLD));
        write_to(world, &order, "yutong@somewhere.example");
        assert!(!desk.get(BOARD).says(NOT_TOLD));
    });
}

#[test]
fn an_address_that_reaches_again_and_a_visit_that_is_over_need_nobody() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T14:00+08:00", shop.mei);
        came_back(world, &order);
        let desk = world.client(Role::Desk);
        let customer = order.customer;
        let reaches =
            world.write(move |tx, ctx| customers::clear_unreachable(tx, ctx, ADDRESS, customer));
        reaches.expect("cleared");
        assert!(!desk.get(BOARD).says(NOT_TOLD));
        let other = shop.booking(world, "Zhao Min", "2026-11-21T15:00+08:00", shop.hao);
        let path = format!("/orders/{}/cancellation", other.id);
        write_to(world, &other, ADDRESS);
        assert!(world.client(Role::Manager).post(&path, "reason=ill").status < 400);
        assert!(!desk.get(BOARD).says("was not told about"));
    });
}

#[test]
fn a_program_that_was_stopped_is_told_to_whoever_may_resume_it() {
    each_engine(&rooms(), |world| {
        let owner = world.client(Role::Owner);
        let made = owner.post("/settings/webhooks", "url=https://shop.example/in");
        assert_eq!(made.status, 200, "{}", made.body);
        let says = "A program takes nothing any more";
        assert!(!owner.get(BOARD).says(says));
        let stop = "update webhooks set state = 'stopped' where org = $1";
        let stopped = world.write(move |tx, ctx| tx.execute(stop, params![ctx.org]));
        assert_eq!(stopped.expect("stopped"), 1);
        let board = owner.get(BOARD);
        assert!(
            board.says(says) && board.says("https://shop.example/in"),
            "{}",
            board.body
        );
        assert!(board.says("/settings/webhooks/"));
        assert!(!world.client(Role::Desk).get(BOARD).says(says));
    });
}
