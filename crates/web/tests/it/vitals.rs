//! Whether the program says how it is doing.

use kernel::{Role, Timestamp};
use testing::{Engine, World, each_engine, on_engine};
use web::{Backlog, Queue, Room};

use crate::rooms;

fn queues() -> Vec<Room> {
    let mut rooms = rooms();
    rooms.push(Room::new("letters").queue(Queue {
        name: "letters",
        label_key: "web-problem",
        path: "/things",
        count: |_, ctx| {
            Ok(Backlog {
                waiting: 3,
                overdue_since: Timestamp::from_second(ctx.now.as_second() - 90).ok(),
                failed: 1,
            })
        },
    }));
    rooms
}

/// The value of a metric, whose line begins so.
fn value(text: &str, line: &str) -> Option<f64> {
    let line = text.lines().find_map(|each| each.strip_prefix(line))?;
    line.trim().parse().ok()
}

#[test]
fn a_failed_request_shows_the_number_that_the_proxy_gave_it() {
    on_engine(Engine::Sqlite, &rooms(), |world: &World| {
        let owner = world.client(Role::Owner);
        let owner = owner.with_header("x-request-id", "shop-4711");
        let page = owner.get("/panic");
        assert!(page.says("Reference shop-4711"), "{}", page.body);
        let json = owner
            .with_header("accept", "application/json")
            .get("/panic");
        assert!(json.says(r#""reference":"shop-4711""#), "{}", json.body);
        assert_eq!(json.header("x-request-id"), Some("shop-4711"));
        let refused = world.nobody().get("/nothing");
        assert!(
            !refused.says("Reference"),
            "a wrong address is no fault of ours"
        );
    });
}

#[test]
fn health_is_told_to_anybody_and_readiness_names_what_is_missing() {
    each_engine(&rooms(), |world: &World| {
        assert_eq!(world.nobody().get("/healthz").body, "ok");
        let ready = world.nobody().get("/readyz");
        let whole = r#"{"not_ready":[],"ready":true}"#;
        assert_eq!((ready.status, ready.body.as_str()), (200, whole));
        world.app.drain();
        let leaving = world.nobody().get("/readyz");
        assert_eq!(leaving.status, 503);
        assert!(
            leaving.says(r#""not_ready":["stopping"]"#),
            "{}",
            leaving.body
        );
        assert_eq!(world.nobody().get("/healthz").status, 200);
    });
}

#[test]
fn metrics_count_by_route_template_and_class_of_status() {
    each_engine(&queues(), |world: &World| {
        let owner = world.client(Role::Owner);
        for path in ["/panic", "/panic?day=1", "/at/nobody/one", "/at/nobody/two"] {
            owner.get(path);
        }
        let answer = world.meter().get("/metrics");
        assert!(
            answer
                .header("content-type")
                .unwrap()
                .starts_with("application/openmetrics-text")
        );
        let text = answer.body;
        let panics = r#"steward_http_requests_total{method="GET",route="/panic",status="5xx"}"#;
        assert_eq!(value(&text, panics), Some(2.0), "{text}");
        let lost = r#"steward_http_requests_total{method="GET",route="none",status="4xx"}"#;
        assert_eq!(
            value(&text, lost),
            Some(2.0),
            "an address is no label: {text}"
        );
        let asked = r#"steward_http_request_duration_seconds_count{method="GET",route="/panic"}"#;
        assert_eq!(value(&text, asked), Some(2.0), "{text}");
        let reads = value(&text, r#"steward_store_transactions_total{kind="read"}"#);
        assert!(reads > Some(3.0), "{text}");
        assert!(
            value(&text, "steward_database_size_bytes") > Some(1000.0),
            "{text}"
        );
        assert_eq!(value(&text, "steward_http_requests_in_flight"), Some(0.0));
        assert_eq!(value(&text, "steward_live_connections"), Some(0.0));
        assert_eq!(
            value(&text, r#"steward_queue_waiting{queue="letters"}"#),
            Some(3.0)
        );
        assert_eq!(
            value(&text, r#"steward_queue_failed{queue="letters"}"#),
            Some(1.0)
        );
        let overdue = value(&text, r#"steward_queue_overdue_seconds{queue="letters"}"#);
        assert_eq!(overdue, Some(90.0));
        assert!(text.ends_with("# EOF\n"));
        assert_eq!(owner.get("/metrics").status, 404, "not for everybody");
    });
}
