//! Keys of requests, batches and limits: what is sent twice is done once.

use std::{collections::BTreeSet, thread};

use kernel::Role;
use serde_json::json;
use testing::{each_engine, web::axum::http::Method};

use super::shop::{self, call, id, told, value};
use crate::rooms::{rooms, wire};

const AT: &str = "2026-11-23T14:00:00+08:00";

#[test]
fn the_same_request_again_is_answered_the_same_and_another_with_its_key_is_refused() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world
            .program(Role::Owner)
            .with_header("idempotency-key", "k1");
        let booking = shop.booking(world, AT);
        let first = call(&program, "/orders", &booking);
        let again = call(&program, "/orders", &booking);
        assert_eq!((again.status, &again.body), (201, &first.body));
        assert_eq!(first.header("idempotent-replayed"), None);
        assert_eq!(again.header("idempotent-replayed"), Some("true"));
        assert_eq!(again.header("etag"), first.header("etag"));
        let other = shop.booking(world, "2026-11-23T16:00:00+08:00");
        let refused = call(&program, "/orders", &other);
        assert_eq!(refused.status, 409, "{}", refused.body);
        assert_eq!(value(&refused)["code"], json!("store-key-reused"));
        let taken = world.activities();
        let taken = taken.iter().filter(|activity| *activity == "order.created");
        assert_eq!(taken.count(), 1);
        // A refused request gives its key back.
        let retry = world
            .program(Role::Owner)
            .with_header("idempotency-key", "k2");
        assert_eq!(call(&retry, "/orders", &booking).status, 409);
        id(&call(&retry, "/orders", &other));
        let wrong = world
            .program(Role::Owner)
            .with_header("idempotency-key", "two words");
        let refused = call(&wrong, "/orders", &booking);
        assert_eq!(
            value(&refused)["errors"][0]["pointer"],
            json!("/Idempotency-Key")
        );
    });
}

#[test]
fn sixteen_clients_with_one_key_have_one_effect() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world
            .program(Role::Owner)
            .with_header("idempotency-key", "race");
        let booking = shop.booking(world, AT).to_string();
        let answers: Vec<(u16, String)> = thread::scope(|scope| {
            let clients: Vec<_> = (0..16)
                .map(|_| {
                    let (program, booking) = (program.clone(), booking.clone());
                    scope.spawn(move || {
                        let answer = program.json(Method::POST, "/api/v1/orders", &booking);
                        (answer.status, answer.body)
                    })
                })
                .collect();
            let done = clients.into_iter().map(|client| client.join());
            done.map(|answer| answer.expect("a client ends")).collect()
        });
        let different: BTreeSet<_> = answers.into_iter().collect();
        assert_eq!(different.len(), 1, "{different:?}");
        assert_eq!(different.first().map(|(status, _)| *status), Some(201));
        let orders = told(&world.program(Role::Owner), "/orders");
        assert_eq!(orders["orders"].as_array().map(Vec::len), Some(1));
    });
}

#[test]
fn a_batch_tells_each_result_and_again_changes_nothing() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let program = world
            .program(Role::Owner)
            .with_header("idempotency-key", "batch");
        let items = json!({ "items": [
            { "name": "周一", "phone": "13900000011" },
            { "name": "", "phone": "13900000012" },
            { "name": "周二", "phone": "13900000011" },
            { "name": "周三" },
        ] });
        let done = call(&program, "/customers/batch", &items);
        let results = value(&done)["results"].clone();
        let statuses: Vec<i64> = results
            .as_array()
            .expect("results")
            .iter()
            .filter_map(|result| result["status"].as_i64())
            .collect();
        assert_eq!(statuses, [201, 422, 422, 201], "{results}");
        assert_eq!(
            results[1]["problem"]["errors"][0]["pointer"],
            json!("/name")
        );
        assert_eq!(
            results[2]["problem"]["errors"][0]["pointer"],
            json!("/phone")
        );
        let again = call(&program, "/customers/batch", &items);
        assert_eq!(again.body, done.body);
        let all = told(&world.program(Role::Owner), "/customers");
        assert_eq!(all["customers"].as_array().map(Vec::len), Some(3));
        let none = call(&program, "/customers/batch", &json!({ "items": [] }));
        assert_eq!(none.status, 422, "{}", none.body);
    });
}

#[test]
fn an_answer_tells_how_many_calls_are_left() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let answer = world.program(Role::Owner).get("/api/v1/sites");
        let policy = answer.header("ratelimit-policy").expect("a policy");
        assert_eq!(policy, "\"account\";q=300000;w=60");
        let left = answer.header("ratelimit").expect("what is left");
        assert_eq!(left, "\"account\";r=299999;t=1");
    });
}

#[test]
fn who_calls_too_often_is_told_when_to_come_back() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let program = world.limited_program(Role::Owner, 3);
        for left in ["r=2", "r=1", "r=0"] {
            let answer = program.get("/api/v1/sites");
            assert_eq!(answer.status, 200, "{}", answer.body);
            let told = answer.header("ratelimit").expect("what is left");
            assert!(told.contains(left), "{told}");
        }
        let refused = program.get("/api/v1/sites");
        assert_eq!(refused.status, 429, "{}", refused.body);
        assert_eq!(refused.header("retry-after"), Some("20"));
        assert_eq!(
            refused.header("ratelimit-policy"),
            Some("\"account\";q=3;w=60")
        );
        assert_eq!(refused.header("ratelimit"), Some("\"account\";r=0;t=20"));
        assert_eq!(
            refused.header("content-type"),
            Some("application/problem+json")
        );
        world.set_time("2026-11-21T10:00:20+08:00");
        assert_eq!(program.get("/api/v1/sites").status, 200);
        assert_eq!(program.get("/api/v1/sites").status, 429);
    });
}

#[test]
fn of_writers_who_saw_the_same_version_one_changes_it() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Owner);
        let made = call(&program, "/orders", &shop.booking(world, AT));
        let order = id(&made);
        let race = |method: Method, path: String, seen: &str, body: &dyn Fn(usize) -> String| {
            let program = program.clone().with_header("if-match", seen);
            let mut statuses: Vec<u16> = thread::scope(|scope| {
                let writers: Vec<_> = (0..8)
                    .map(|place| {
                        let (program, path, body) = (&program, &path, body(place));
                        let method = method.clone();
                        scope.spawn(move || program.json(method, path, &body).status)
                    })
                    .collect();
                let ends = writers.into_iter().map(|writer| writer.join());
                ends.map(|status| status.expect("a writer ends")).collect()
            });
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 412, 412, 412, 412, 412, 412, 412], "{path}");
        };
        let note = |place: usize| json!({ "note": format!("note {place}") }).to_string();
        let customer = format!("/api/v1/customers/{}", shop.chen);
        race(Method::PATCH, customer, "\"1\"", &note);
        let seen = made.header("etag").expect("a tag");
        let path = format!("/api/v1/orders/{order}");
        race(Method::PATCH, path.clone(), seen, &note);
        let now = program.get(&path).header("etag").expect("a tag").to_owned();
        let start = |place: usize| {
            let start = format!("2026-11-24T{:02}:00:00+08:00", 10 + place);
            json!({ "start": start }).to_string()
        };
        race(Method::POST, format!("{path}/slot"), &now, &start);
        let service = format!("/api/v1/services/{}", shop.cut);
        race(Method::PATCH, service, "\"1\"", &|place| {
            json!({ "price_minor": 10_000 + place }).to_string()
        });
    });
}
