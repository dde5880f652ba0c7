//! Calls: what is asked for, what is refused and how it is told.

use kernel::Role;
use serde_json::{Value, json};
use testing::{Answer, Engine, World, each_engine, web::axum::http::Method};

use super::shop::{self, call, id, told, value};
use crate::rooms::{rooms, wire};

const AT: &str = "2026-11-23T14:00:00+08:00";

#[test]
fn a_program_books_serves_and_reads_what_happened() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Owner);
        let sites = told(&program, "/sites");
        let site = sites["sites"][0]["id"].as_str().expect("a site");
        let services = told(&program, &format!("/services?site={site}"));
        let service = &services["services"][0];
        assert_eq!(
            service["price"],
            json!({ "minor": 16_800, "currency": "CNY" })
        );
        let staff = told(&program, &format!("/staff?site={site}"));
        assert_eq!(staff["staff"][0]["id"], json!(shop.mei));
        let id_of = service["id"].as_str().expect("an id");
        let path =
            format!("/availability?site={site}&service={id_of}&from=2026-11-23&to=2026-11-23");
        let slots = told(&program, &path);
        let slot = &slots["slots"][20];
        assert_eq!(slot["start"], json!(AT), "{slots}");
        assert_eq!(slot["staff"], json!([shop.mei]));
        let asked = json!({
            "site": site,
            "customer": { "name": "周舟", "phone": "139 0000 0002" },
            "lines": [{ "service": id_of, "quantity": 1 }],
            "slot": { "start": slot["start"], "staff": shop.mei },
        });
        let made = call(&program, "/orders", &asked);
        let order = id(&made);
        let location = made.header("location");
        assert_eq!(location, Some(format!("/api/v1/orders/{order}").as_str()));
        let shown = value(&made);
        assert_eq!(
            (&shown["state"], &shown["channel"]),
            (&json!("booked"), &json!("api"))
        );
        assert_eq!(shown["slot"]["end"], json!("2026-11-23T14:45:00+08:00"));
        serve(world, &order);
    });
}

/// Carries an order out from the arrival to the end, and reads what was kept of it.
fn serve(world: &World, order: &str) {
    let program = world.program(Role::Owner);
    world.set_time("2026-11-23T13:58+08:00");
    for (act, state) in [("arrival", "waiting"), ("start", "serving")] {
        let answer = call(&program, &format!("/orders/{order}/{act}"), &json!({}));
        assert_eq!(value(&answer)["state"], json!(state), "{}", answer.body);
    }
    for place in 0..3 {
        let shown = told(&program, &format!("/orders/{order}"));
        let step = shown["steps"][place]["id"]
            .as_str()
            .expect("a step")
            .to_owned();
        for act in ["start", "finish"] {
            let path = format!("/orders/{order}/steps/{step}/{act}");
            let answer = call(&program, &path, &json!({}));
            assert_eq!(answer.status, 200, "{}", answer.body);
        }
    }
    let done = call(&program, &format!("/orders/{order}/finish"), &json!({}));
    assert_eq!(value(&done)["steps_done"], json!(3));
    let journal = told(&program, "/journal?after=0&limit=1000");
    let happened: Vec<&str> = journal["events"]
        .as_array()
        .expect("events")
        .iter()
        .filter_map(|event| event["activity"].as_str())
        .collect();
    for activity in [
        "order.created",
        "order.booked",
        "order.started",
        "order.finished",
    ] {
        assert!(happened.contains(&activity), "{happened:?}");
    }
    let after = journal["head"].as_i64().expect("a place");
    let rest = told(&program, &format!("/journal?after={after}"));
    assert_eq!(rest["events"], json!([]));
}

#[test]
fn a_taken_time_is_refused_with_others_that_are_really_free() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Desk);
        let first = call(&program, "/orders", &shop.booking(world, AT));
        assert_eq!(first.status, 201, "{}", first.body);
        let second = call(&program, "/orders", &shop.booking(world, AT));
        assert_eq!(second.status, 409, "{}", second.body);
        let refused = value(&second);
        let others = refused["alternatives"].as_array().expect("alternatives");
        assert!(!others.is_empty(), "{refused}");
        for other in others {
            let start = other["start"].as_str().expect("a start");
            assert_ne!(start, AT);
        }
        let start = others[0]["start"].as_str().expect("a start");
        let third = call(&program, "/orders", &shop.booking(world, start));
        assert_eq!(third.status, 201, "{}", third.body);
    });
}

/// Calls that are none, the status of each and the code of its problem.
fn wrong_calls(world: &World, booking: &str) -> Vec<(Answer, u16, &'static str)> {
    let program = world.program(Role::Owner);
    let orders = "/api/v1/orders";
    let send = |method: Method, path: &str, kind: &str, body: &str| {
        program.send(method, path, Some(kind), body.as_bytes().to_vec())
    };
    let json = "application/json";
    let large = format!("{{\"note\": \"{}\"}}", "a".repeat(1 << 20));
    let nobody = world.nobody().json(Method::POST, orders, booking);
    let cookie = world
        .client(Role::Owner)
        .json(Method::POST, orders, booking);
    let looks = world
        .program(Role::ReadOnly)
        .json(Method::POST, orders, booking);
    let html = program
        .clone()
        .with_header("accept", "text/html")
        .get(orders);
    vec![
        (nobody, 401, "web-api-token"),
        (cookie, 401, "web-api-token"),
        (looks, 403, "kernel-forbidden"),
        (program.get("/api/v1/nothing"), 404, "web-api-no-path"),
        (program.get("/api/v1/orders/42"), 404, "web-api-no-thing"),
        (
            send(Method::PUT, orders, json, booking),
            405,
            "web-api-method",
        ),
        (html, 406, "web-api-not-acceptable"),
        (
            send(Method::POST, orders, json, &large),
            413,
            "web-too-large",
        ),
        (
            send(Method::POST, orders, "text/plain", booking),
            415,
            "web-api-media",
        ),
        (
            send(Method::POST, orders, json, "{\"site\": "),
            400,
            "web-api-not-json",
        ),
        (
            program.get("/api/v1/orders?limit=%FF"),
            400,
            "web-api-not-query",
        ),
    ]
}

#[test]
fn every_refusal_is_a_problem_with_its_status_and_where_it_stands() {
    wire(&rooms());
    let world = &World::new(Engine::Sqlite, &rooms());
    let booking = shop::open(world).booking(world, AT).to_string();
    for (answer, status, code) in wrong_calls(world, &booking) {
        assert_eq!(answer.status, status, "{}", answer.body);
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json")
        );
        let problem = value(&answer);
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status);
        assert!(
            !problem["detail"].to_string().contains("web-api"),
            "{problem}"
        );
    }
    assert!(
        world
            .activities()
            .iter()
            .all(|activity| activity != "order.created")
    );
}

#[test]
fn what_is_wrong_is_named_place_by_place_in_the_language_asked_for() {
    wire(&rooms());
    let world = &World::new(Engine::Sqlite, &rooms());
    let shop = shop::open(world);
    let program = world.program(Role::Owner);
    let mut wrong = shop.booking(world, "yesterday");
    wrong["lines"][0]["quantity"] = json!(0);
    wrong["colour"] = json!("red");
    wrong["site"] = Value::Null;
    let refused = value(&call(&program, "/orders", &wrong));
    let mut places: Vec<&str> = refused["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .filter_map(|error| error["pointer"].as_str())
        .collect();
    places.sort_unstable();
    assert_eq!(
        places,
        ["/colour", "/lines/0/quantity", "/site", "/slot/start"],
        "{refused}"
    );
    let chinese = program
        .clone()
        .with_header("accept-language", "zh-CN,en;q=0.5");
    let refused = value(&call(&chinese, "/orders", &json!({ "lines": [] })));
    let said = refused["errors"][0]["detail"].as_str().expect("words");
    assert!(said.chars().any(|letter| letter > '\u{4e00}'), "{said}");
    let page = program.get("/api/v1/orders?limit=0&colour=red");
    let errors = value(&page)["errors"].clone();
    assert_eq!(page.status, 422);
    assert_eq!(errors.as_array().map(Vec::len), Some(2), "{errors}");
    assert_eq!(errors[0]["in"], json!("query"));
    // The command itself refuses, and the place is still one of the body.
    let mut strange = shop.booking(world, AT);
    strange["lines"][0]["service"] = json!(shop.mei);
    let refused = value(&call(&program, "/orders", &strange));
    assert_eq!(
        refused["errors"][0]["pointer"],
        json!("/lines"),
        "{refused}"
    );
}

#[test]
fn a_list_is_read_page_by_page_and_each_order_once() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Owner);
        for hour in 10..15 {
            world.set_time(&format!("2026-11-21T{hour}:00+08:00"));
            let start = format!("2026-11-23T{hour}:00:00+08:00");
            id(&call(&program, "/orders", &shop.booking(world, &start)));
        }
        let mut seen = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = told(&program, &format!("/orders?limit=2&state=booked{cursor}"));
            for order in page["orders"].as_array().expect("orders") {
                seen.push(order["number"].as_i64().expect("a number"));
            }
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen, [5, 4, 3, 2, 1]);
        let refused = program.get("/api/v1/orders?cursor=nonsense");
        assert_eq!(refused.status, 422, "{}", refused.body);
        let people = told(&program, "/customers?limit=1");
        assert_eq!(people["customers"][0]["phone"], json!("13800000001"));
    });
}

#[test]
fn a_change_of_what_has_moved_on_is_refused() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Owner);
        let made = call(&program, "/orders", &shop.booking(world, AT));
        let (order, seen) = (id(&made), made.header("etag").expect("a tag").to_owned());
        let path = format!("/api/v1/orders/{order}");
        let known = program.clone().with_header("if-none-match", &seen);
        assert_eq!(known.get(&path).status, 304);
        let late = program.clone().with_header("if-match", &seen);
        let moved = json!({ "start": "2026-11-23T16:00:00+08:00" });
        let first = call(&late, &format!("/orders/{order}/slot"), &moved);
        assert_eq!(first.status, 200, "{}", first.body);
        let second = call(&late, &format!("/orders/{order}/cancellation"), &json!({}));
        assert_eq!(second.status, 412, "{}", second.body);
        assert_eq!(
            told(&program, &format!("/orders/{order}"))["state"],
            json!("booked")
        );
        let now = value(&first)["version"].to_string();
        let fresh = program
            .clone()
            .with_header("if-match", &format!("\"{now}\""));
        let third = call(&fresh, &format!("/orders/{order}/cancellation"), &json!({}));
        assert_eq!(value(&third)["state"], json!("cancelled"), "{}", third.body);
        let customer = format!("/api/v1/customers/{}", shop.chen);
        let stale = program.clone().with_header("if-match", "\"7\"");
        let refused = stale.json(Method::PATCH, &customer, "{\"note\": \"x\"}");
        assert_eq!(refused.status, 412, "{}", refused.body);
        let any = program.clone().with_header("if-match", "*");
        let changed = any.json(Method::PATCH, &customer, "{\"note\": \"靠窗\"}");
        assert_eq!(value(&changed)["note"], json!("靠窗"), "{}", changed.body);
        assert_eq!(
            value(&changed)["name"],
            json!("陈一"),
            "what is left out stays"
        );
    });
}
