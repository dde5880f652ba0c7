//! What is told, to whom, in which order, and by which signature.

use std::thread;

use kernel::Role;
use serde_json::{Value, json};
use testing::each_engine;
use web::axum::http::Method;

use crate::{
    server::answering,
    shop::{act, allowed, call, happen, rooms, round, show, stage, stages, told, webhook},
};

#[test]
fn what_happens_is_told_once_in_order_and_signed_and_only_as_chosen() {
    each_engine(&rooms(), |world| {
        let (url, taken) = answering(&["204 No Content"]);
        let app = allowed(world);
        happen(world, "order.created");
        let (path, secret) = webhook(world, &url, &["order", "ticket.called"]);
        for activity in [
            "order.booked",
            "ticket.joined",
            "ticket.called",
            "orders.told",
        ] {
            happen(world, activity);
        }
        round(world, &app);
        round(world, &app);
        assert_eq!(taken.kinds(), ["order.booked", "ticket.called"]);
        assert_eq!(
            stages(world, &path),
            [stage("delivered", 1), stage("delivered", 1)]
        );
        let first = &taken.all()[0];
        assert_eq!(first.signed_by(&secret), 1);
        assert_eq!(first.header("content-type"), "application/json");
        let body = first.json();
        assert_eq!(body["timestamp"], json!("2026-11-21T02:00:00Z"));
        assert_eq!(body["data"]["attributes"], json!({ "number": 7 }));
        assert_eq!(body["data"]["objects"][0]["kind"], json!("order"));
        assert_eq!(body["data"]["actor"], json!("system"));
    });
}

#[test]
fn a_repeated_call_makes_no_second_webhook_and_tells_the_key_no_more() {
    each_engine(&rooms(), |world| {
        allowed(world);
        let keyed = world
            .program(Role::Owner)
            .with_header("idempotency-key", "till");
        let new = json!({ "url": "https://shop.example/in", "kinds": ["order"] }).to_string();
        let make = || told(&keyed.json(Method::POST, "/api/v1/webhooks", &new));
        let (first, again) = (make(), make());
        assert!(first["secret"].is_string(), "{first}");
        assert_eq!(
            (&again["id"], &again["secret"]),
            (&first["id"], &Value::Null)
        );
    });
}

#[test]
fn a_new_key_signs_at_once_and_the_former_one_beside_it_for_a_day() {
    each_engine(&rooms(), |world| {
        let (url, taken) = answering(&["200 OK"]);
        let app = allowed(world);
        let (path, former) = webhook(world, &url, &["order"]);
        let changed = act(world, &format!("{path}/key"));
        let new = changed["secret"].as_str().expect("a key").to_owned();
        assert_ne!(new, former);
        assert!(show(world, &path)["secret"].is_null(), "told once");
        happen(world, "order.booked");
        round(world, &app);
        world.set_time("2026-11-22T10:01+08:00");
        happen(world, "order.started");
        round(world, &app);
        let requests = taken.all();
        let signed = |place: usize| {
            let request = &requests[place];
            (request.signed_by(&new), request.signed_by(&former))
        };
        assert_eq!((signed(0), signed(1)), ((1, 1), (1, 0)));
    });
}

#[test]
fn a_test_goes_the_way_of_every_fact_whatever_is_sent_and_is_tried_once() {
    each_engine(&rooms(), |world| {
        let (url, taken) = answering(&["200 OK", "500 Internal Server Error"]);
        let app = allowed(world);
        let (path, secret) = webhook(world, &url, &["order"]);
        act(world, &format!("{path}/pause"));
        happen(world, "order.booked");
        for minute in ["10:00", "10:01"] {
            world.set_time(&format!("2026-11-21T{minute}+08:00"));
            act(world, &format!("{path}/test"));
            round(world, &app);
            round(world, &app);
        }
        assert_eq!(taken.kinds(), ["webhook.test", "webhook.test"]);
        assert_eq!(taken.all()[0].signed_by(&secret), 1);
        assert_eq!(
            stages(world, &path),
            [stage("delivered", 1), stage("dead", 1)]
        );
        assert!(show(world, &path)["failing_since"].is_null(), "only a test");
    });
}

#[test]
fn what_happened_while_it_was_paused_is_told_when_it_is_resumed() {
    each_engine(&rooms(), |world| {
        let (url, taken) = answering(&["200 OK"]);
        let app = allowed(world);
        let (path, _) = webhook(world, &url, &["order"]);
        assert_eq!(
            act(world, &format!("{path}/pause"))["state"],
            json!("paused")
        );
        happen(world, "order.booked");
        happen(world, "order.started");
        round(world, &app);
        assert_eq!(taken.kinds(), Vec::<String>::new());
        act(world, &format!("{path}/resumption"));
        round(world, &app);
        assert_eq!(taken.kinds(), ["order.booked", "order.started"]);
        told(&call(world, Method::DELETE, &path, &json!({})));
        happen(world, "order.finished");
        round(world, &app);
        assert_eq!(taken.all().len(), 2, "nothing after it is gone");
        assert_eq!(call(world, Method::GET, &path, &json!({})).status, 404);
    });
}

#[test]
fn two_processes_tell_each_fact_once_and_in_order() {
    each_engine(&rooms(), |world| {
        let (url, taken) = answering(&["200 OK"]);
        let app = allowed(world);
        webhook(world, &url, &["order"]);
        for _ in 0..30 {
            happen(world, "order.booked");
        }
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    round(world, &app);
                    round(world, &app);
                });
            }
        });
        round(world, &app);
        let seqs: Vec<i64> = taken
            .all()
            .iter()
            .filter_map(|request| request.json()["data"]["seq"].as_i64())
            .collect();
        assert_eq!(seqs.len(), 30, "{seqs:?}");
        assert!(seqs.is_sorted_by(|a, b| a < b), "{seqs:?}");
    });
}

#[test]
fn who_changes_what_has_moved_on_is_told() {
    each_engine(&rooms(), |world| {
        let (path, _) = webhook(world, "https://steward.example/in", &[]);
        let path = format!("/api/v1{path}");
        let program = world
            .program(kernel::Role::Owner)
            .with_header("if-match", "\"1\"");
        let change = r#"{ "kinds": ["ticket"] }"#;
        assert_eq!(program.json(Method::PATCH, &path, change).status, 200);
        assert_eq!(program.json(Method::PATCH, &path, change).status, 412);
        let wrong = json!({ "url": "ftp://steward.example", "kinds": ["order", "Orders"] });
        let refused = call(world, Method::POST, "/webhooks", &wrong);
        assert_eq!(refused.status, 422);
        for place in ["/url", "/kinds", "time_off"] {
            assert!(refused.says(place), "{place}: {}", refused.body);
        }
    });
}
