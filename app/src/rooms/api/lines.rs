//! A program sets up the queue as the desk does: lines, counters, breaks, tablets, rules.

use kernel::Role;
use serde_json::{Value, json};
use testing::{Answer, Client, World, each_engine, web::axum::http::Method};

use super::shop::{self, call, id, told, value};
use crate::rooms::{rooms, wire};

fn send(client: &Client, method: Method, path: &str, body: &Value) -> Answer {
    client.json(method, &format!("/api/v1{path}"), &body.to_string())
}

fn pointer(answer: &Answer) -> Value {
    assert_eq!(answer.status, 422, "{}", answer.body);
    value(answer)["errors"][0]["pointer"].clone()
}

fn expecting(world: &World, version: i64) -> Client {
    let program = world.program(Role::Owner);
    program.with_header("if-match", &format!("\"{version}\""))
}

fn named(zh: &str, en: &str) -> Value {
    json!({ "zh": zh, "en": en })
}

#[test]
fn a_line_is_set_up_changed_and_stopped_by_a_program() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let program = world.program(Role::Owner);
        let lines = format!("/sites/{}/lines", world.site.id);
        let quick = json!({
            "letter": "K", "name": named("快剪", "Quick cuts"), "families": ["hair"],
            "opens": "10:00", "closes": "16:00", "standing_max": 12,
        });
        let made = value(&call(&program, &lines, &quick));
        assert_eq!((&made["open"], &made["version"]), (&json!(true), &json!(1)));
        assert_eq!(made["closes"], json!("16:00"), "{made}");
        assert_eq!(pointer(&call(&program, &lines, &quick)), json!("/letter"));
        let line = format!("{lines}/K");
        let backwards = json!({ "name": named("快剪", ""), "opens": "16:00", "closes": "10:00" });
        assert_eq!(
            pointer(&call(&program, &line, &backwards)),
            json!("/closes")
        );
        let midnight = json!({ "name": named("快剪", ""), "closes": "00:00" });
        assert_eq!(pointer(&call(&program, &line, &midnight)), json!("/closes"));
        let long = json!({ "name": named(&"剪".repeat(41), "") });
        assert_eq!(pointer(&call(&program, &line, &long)), json!("/name/zh"));
        let changed = call(
            &expecting(world, 1),
            &line,
            &json!({ "name": named("剪发", "") }),
        );
        let changed = value(&changed);
        assert_eq!(
            (&changed["closes"], &changed["version"]),
            (&Value::Null, &json!(2)),
            "{changed}"
        );
        let late = call(
            &expecting(world, 1),
            &line,
            &json!({ "name": named("晚了", "") }),
        );
        assert_eq!(late.status, 412, "{}", late.body);
        let stop = json!({ "open": false });
        let desk = world.program(Role::Desk);
        assert_eq!(call(&desk, &lines, &quick).status, 403);
        let stopped = value(&call(&desk, &format!("{line}/state"), &stop));
        assert_eq!(stopped["open"], json!(false), "{stopped}");
        let gone = call(
            &program,
            &format!("{lines}/X"),
            &json!({ "name": named("无", "") }),
        );
        assert_eq!(gone.status, 404, "{}", gone.body);
        let all = told(&program, &lines)["lines"].clone();
        let letters: Vec<&str> = all
            .as_array()
            .expect("lines")
            .iter()
            .filter_map(|line| line["letter"].as_str())
            .collect();
        assert_eq!(letters, ["A", "B", "K"]);
    });
}

#[test]
fn a_counter_set_up_by_a_program_calls_for_whoever_sits_there() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Owner);
        let one = |lines: Value| {
            let site = world.site.id;
            json!({ "site": site, "name": named("1 号台", "Counter 1"), "lines": lines })
        };
        let unknown = call(&program, "/queue/counters", &one(json!(["Q"])));
        assert_eq!(pointer(&unknown), json!("/lines"));
        let counter = id(&call(&program, "/queue/counters", &one(json!(["A"]))));
        let path = format!("/queue/counters/{counter}");
        let next = json!({ "site": world.site.id, "counter": counter });
        assert_eq!(call(&program, "/queue/next", &next).status, 409);
        let sitting = call(
            &program,
            &format!("{path}/staff"),
            &json!({ "staff": shop.mei }),
        );
        assert_eq!(value(&sitting)["version"], json!(2), "{}", sitting.body);
        let ticket = shop.ticket(world);
        let called = value(&call(&program, "/queue/next", &next));
        assert_eq!(called["id"], json!(ticket), "{called}");
        let all = json!({ "lines": [] });
        let late = send(&expecting(world, 1), Method::PATCH, &path, &all);
        assert_eq!(late.status, 412, "{}", late.body);
        let wider = value(&send(&expecting(world, 2), Method::PATCH, &path, &all));
        assert_eq!(
            (&wider["lines"], &wider["name"]["en"]),
            (&json!([]), &json!("Counter 1"))
        );
        let desk = world.program(Role::Desk);
        assert_eq!(send(&desk, Method::DELETE, &path, &json!({})).status, 403);
        assert_eq!(
            send(&program, Method::DELETE, &path, &json!({})).status,
            200
        );
        let list = format!("/queue/counters?site={}", world.site.id);
        assert_eq!(told(&program, &list)["counters"], json!([]));
    });
}

#[test]
fn a_break_begins_and_ends_by_a_program() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Desk);
        let breaks = format!("/sites/{}/breaks", world.site.id);
        let begin = |minutes: i64| {
            call(
                &program,
                &breaks,
                &json!({ "staff": shop.mei, "minutes": minutes }),
            )
        };
        assert_eq!(pointer(&begin(300)), json!("/minutes"));
        assert_eq!(told(&program, &breaks)["breaks"], json!([]));
        let has = value(&begin(20))["breaks"][0].clone();
        assert_eq!(has["until"], json!("2026-11-21T10:20:00+08:00"), "{has}");
        let over = format!("{breaks}/{}", shop.mei);
        let viewer = world.program(Role::ReadOnly);
        assert_eq!(send(&viewer, Method::DELETE, &over, &json!({})).status, 403);
        let back = send(&program, Method::DELETE, &over, &json!({}));
        assert_eq!(value(&back)["breaks"], json!([]), "{}", back.body);
    });
}

#[test]
fn the_address_of_a_tablet_is_told_to_a_program_once_and_can_be_stopped() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let program = world
            .program(Role::Owner)
            .with_header("idempotency-key", "tablet");
        let devices = format!("/sites/{}/devices", world.site.id);
        let tablet = json!({ "kind": "kiosk", "name": "Entrance", "language": "en" });
        let made = value(&call(&program, &devices, &tablet));
        let url = made["url"].as_str().expect("an address");
        let begin = url.find("/at/").expect("a public address");
        let page = world.nobody().get(&url[begin..]);
        assert_eq!(page.status, 200, "{url}: {}", page.body);
        let again = value(&call(&program, &devices, &tablet));
        assert_eq!((&again["id"], &again["url"]), (&made["id"], &Value::Null));
        let list = told(&program, &devices)["devices"].clone();
        assert_eq!(list.as_array().map(Vec::len), Some(1), "{list}");
        assert_eq!(list[0]["url"], Value::Null, "{list}");
        let one = format!("{devices}/{}", made["id"].as_str().expect("an id"));
        let owner = world.program(Role::Owner);
        let desk = world.program(Role::Desk);
        assert_eq!(send(&desk, Method::DELETE, &one, &json!({})).status, 403);
        let stopped = value(&send(&owner, Method::DELETE, &one, &json!({})));
        assert!(stopped["devices"][0]["stopped"].is_string(), "{stopped}");
        assert_eq!(world.nobody().get(&url[begin..]).status, 404);
    });
}

#[test]
fn the_rules_of_a_site_s_order_are_changed_by_a_program_one_by_one() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let path = format!("/sites/{}/queue-rules", world.site.id);
        let set = |client: &Client, body: Value| send(client, Method::PATCH, &path, &body);
        let head = value(&set(
            &expecting(world, 0),
            json!({ "booked_head_minutes": 15 }),
        ));
        assert_eq!(
            (&head["rules"]["booked_head_minutes"], &head["version"]),
            (&json!(15), &json!(1)),
            "{head}"
        );
        assert_eq!(
            head["rules"]["break_minutes"],
            head["standard"]["break_minutes"]
        );
        let late = set(&expecting(world, 0), json!({ "break_minutes": 20 }));
        assert_eq!(late.status, 412, "{}", late.body);
        let program = world.program(Role::Owner);
        let short = set(&program, json!({ "break_minutes": 1 }));
        assert_eq!(pointer(&short), json!("/break_minutes"));
        let desk = world.program(Role::Desk);
        assert_eq!(set(&desk, json!({ "break_minutes": 20 })).status, 403);
        assert_eq!(told(&program, &path)["version"], json!(1));
    });
}

#[test]
fn a_place_in_the_order_changes_by_a_program_with_its_reason() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Desk);
        let tickets =
            [shop.ticket(world), shop.ticket(world)].map(|id| format!("/queue/tickets/{id}"));
        let ahead = |place: usize| told(&program, &tickets[place])["ahead"].clone();
        assert_eq!((ahead(0), ahead(1)), (json!(0), json!(1)));
        let priority = format!("{}/priority", tickets[1]);
        let why = json!({ "reason": "Came with an infant." });
        assert_eq!(
            pointer(&call(&program, &priority, &json!({ "reason": " x " }))),
            json!("/reason")
        );
        assert_eq!(value(&call(&program, &priority, &why))["ahead"], json!(0));
        assert_eq!(call(&program, &priority, &why).status, 409);
        let turn = call(&program, &format!("{}/turn", tickets[1]), &json!({}));
        assert_eq!(value(&turn)["ahead"], json!(1), "{}", turn.body);
        let away = call(
            &program,
            &format!("{}/absence", tickets[0]),
            &json!({ "minutes": 20 }),
        );
        assert_eq!(value(&away)["state"], json!("away"), "{}", away.body);
        let whom = format!("{}/assignment", tickets[1]);
        let stranger = call(
            &program,
            &whom,
            &json!({ "staff": web::api::example::STAFF }),
        );
        assert_eq!(stranger.status, 404, "{}", stranger.body);
        let mei = call(&program, &whom, &json!({ "staff": shop.mei }));
        assert_eq!(mei.status, 200, "{}", mei.body);
    });
}

#[test]
fn a_program_reads_how_good_the_waits_were_that_customers_were_told() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::ReadOnly);
        let path = format!("/sites/{}/waits", world.site.id);
        assert_eq!(told(&program, &path)["all"]["count"], json!(0));
        let ticket = format!("/queue/tickets/{}", shop.ticket(world));
        world.set_time("2026-11-21T10:05+08:00");
        let desk = world.program(Role::Desk);
        let called = call(
            &desk,
            &format!("{ticket}/call"),
            &json!({ "staff": shop.mei }),
        );
        assert_eq!(called.status, 200, "{}", called.body);
        let waits = told(&program, &format!("{path}?days=1"));
        assert_eq!(
            (&waits["all"]["count"], &waits["all"]["real_minutes"]),
            (&json!(1), &json!(5)),
            "{waits}"
        );
        assert_eq!(waits["hours"][0]["hour"], json!(10), "{waits}");
        assert_eq!(waits["lines"][0]["line"], json!("A"), "{waits}");
        assert_eq!(waits["days"][0]["day"], json!("2026-11-21"), "{waits}");
        let long = program.get(&format!("/api/v1{path}?days=400"));
        assert_eq!(long.status, 422, "{}", long.body);
    });
}
