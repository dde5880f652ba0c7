//! What is looked at: the figures of the day, the search box, one delivery.

use kernel::{Role, Timestamp};
use people::{SightFilter, SightKind};
use serde_json::{Value, json};
use testing::{Client, World, each_engine};

use super::shop::{self, call, id, told, value};
use crate::rooms::{rooms, wire};

#[test]
fn a_program_reads_the_figures_of_the_day() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let path = format!("/sites/{}/today", world.site.id);
        let reader = world.program(Role::ReadOnly);
        let before = told(&reader, &path);
        assert_eq!(before["waiting"], json!(0), "{before}");
        assert_eq!(before["longest_wait_minutes"], Value::Null);
        shop.ticket(world);
        let (order, _) = shop.serving(world);
        world.set_time("2026-11-21T10:20+08:00");
        let now = told(&reader, &path);
        assert_eq!(
            (&now["waiting"], &now["serving"]),
            (&json!(1), &json!(1)),
            "{now}"
        );
        assert_eq!((&now["on_shift"], &now["free"]), (&json!(1), &json!(0)));
        assert_eq!(now["longest_wait_minutes"], json!(20), "{now}");
        assert_eq!(now["at"], json!("2026-11-21T10:20:00+08:00"));
        let done = call(
            &world.program(Role::Owner),
            &format!("/orders/{order}/finish"),
            &json!({}),
        );
        assert_eq!(done.status, 200, "{}", done.body);
        let after = told(&reader, &path);
        assert_eq!(
            after["taken"],
            json!({ "minor": 16_800, "currency": "CNY" })
        );
        assert_eq!(after["orders_finished"], json!(1));
        let nowhere = format!("/api/v1/sites/{}/today", shop.cut);
        assert!(reader.get(&nowhere).status >= 403);
    });
}

/// Titles and details of what was found of a kind.
fn found(client: &Client, path: &str, kind: &str) -> Vec<(String, String)> {
    let answer = told(client, path);
    let things = answer["found"].as_array().expect("a list").iter();
    let of_kind = things.filter(|thing| thing["kind"] == json!(kind));
    let text = |thing: &Value, member: &str| thing[member].as_str().expect("a text").to_owned();
    of_kind
        .map(|thing| (text(thing, "title"), text(thing, "detail")))
        .collect()
}

/// How often a search told of the shop's customer.
fn searched(world: &World, customer: kernel::ids::CustomerId) -> usize {
    let filter = SightFilter {
        customer: Some(customer),
        user: None,
        kind: None,
        from: Timestamp::UNIX_EPOCH,
        to: Timestamp::MAX,
    };
    let seen = world.read(|tx, ctx| people::sights(tx, ctx, &filter, 100));
    let seen = seen.expect("read").into_iter();
    seen.filter(|seen| seen.kind == SightKind::Search).count()
}

#[test]
fn a_program_searches_as_the_box_does_and_is_told_no_more_than_it_may_know() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Owner);
        let booking = shop.booking(world, "2026-11-23T14:00:00+08:00");
        let order = id(&call(&program, "/orders", &booking));
        let code = told(&program, &format!("/orders/{order}"))["code"].clone();
        let code = code.as_str().expect("a code").to_owned();
        shop.ticket(world);
        let of_site = format!("/search?q=A1&site={}", world.site.id);
        assert_eq!(found(&program, &of_site, "ticket").len(), 1);
        assert_eq!(searched(world, shop.chen), 0, "nobody was named");
        let people = found(&program, "/search?q=chenyi", "customer");
        assert_eq!(people.len(), 1, "{people:?}");
        assert!(people[0].0.contains("陈一") && !people[0].1.contains("13800000001"));
        assert_eq!(searched(world, shop.chen), 1);
        assert_eq!(found(&program, "/search?q=cut", "service").len(), 1);
        let by_code = format!("/search?q={code}");
        let orders = found(&program, &by_code, "order");
        assert!(orders[0].1.contains("陈一"), "{orders:?}");

        // Whoever may not look at customers finds the order without its name.
        let token = format!("Bearer test.{}.staff..=desk.view+orders.view", world.org);
        let narrow = world.nobody().with_header("authorization", &token);
        let orders = found(&narrow, &by_code, "order");
        assert!(
            orders.len() == 1 && !orders[0].1.contains("陈一"),
            "{orders:?}"
        );
        assert!(found(&narrow, "/search?q=chenyi", "customer").is_empty());
        assert_eq!(world.nobody().get("/api/v1/search?q=a").status, 401);
        let empty = program.get("/api/v1/search?q=");
        assert_eq!(value(&empty)["errors"][0]["pointer"], json!("/q"));
    });
}

#[test]
fn a_program_reads_what_a_delivery_sent_and_what_it_was_answered() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let program = world.program(Role::Owner);
        let asked = json!({ "url": "https://steward.example/in" });
        let hook = id(&call(&program, "/webhooks", &asked));
        let sent = value(&call(
            &program,
            &format!("/webhooks/{hook}/test"),
            &json!({}),
        ));
        let delivery = sent["delivery"].as_str().expect("a delivery");
        let path = format!("/webhooks/{hook}/deliveries/{delivery}");
        let one = told(&program, &path);
        assert_eq!(
            (&one["id"], &one["status"]),
            (&json!(delivery), &Value::Null)
        );
        let body: Value =
            serde_json::from_str(one["body"].as_str().expect("a body")).expect("JSON");
        assert_eq!(body["type"], one["activity"], "{body}");
        assert_eq!(
            world
                .program(Role::Desk)
                .get(&format!("/api/v1{path}"))
                .status,
            403
        );
        let other = path.replace(delivery, &hook);
        assert_eq!(program.get(&format!("/api/v1{other}")).status, 404);
    });
}
