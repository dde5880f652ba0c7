//! Programs that take nothing, point elsewhere or are where nobody may go.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use testing::{World, at, each_engine};
use web::axum::http::Method;

use crate::{
    server::answering,
    shop::{
        act, allowed, call, deliveries, happen, rooms, round, show, stage, stages, told, webhook,
    },
};

/// Sets the time to when it is tried again.
fn wait(world: &World, path: &str) {
    let retry = show(world, path)["retry_at"].clone();
    world
        .clock
        .set(at(retry.as_str().expect("it is tried again")));
}

#[test]
fn what_is_not_taken_is_tried_again_by_one_id_and_holds_back_what_came_later() {
    each_engine(&rooms(), |world| {
        let (url, taken) = answering(&["503 Service Unavailable", "200 OK"]);
        let app = allowed(world);
        let (path, _) = webhook(world, &url, &["order"]);
        happen(world, "order.booked");
        happen(world, "order.started");
        round(world, &app);
        round(world, &app);
        assert_eq!(
            stages(world, &path),
            [stage("failed", 1), stage("waiting", 0)]
        );
        assert_eq!(deliveries(world, &path)[0]["status"], json!(503));
        wait(world, &path);
        round(world, &app);
        assert_eq!(
            taken.kinds(),
            ["order.booked", "order.booked", "order.started"]
        );
        let ids: BTreeSet<String> = taken.all().iter().map(|one| one.id().to_owned()).collect();
        assert_eq!(ids.len(), 2, "one id at every attempt");
        assert_eq!(
            stages(world, &path),
            [stage("delivered", 2), stage("delivered", 1)]
        );
        assert!(show(world, &path)["failing_since"].is_null());
    });
}

#[test]
fn after_eight_attempts_one_is_given_up_and_the_next_follows() {
    each_engine(&rooms(), |world| {
        let mut answers = vec!["500 Internal Server Error"; 8];
        answers.push("200 OK");
        let (url, taken) = answering(&answers);
        let app = allowed(world);
        let (path, _) = webhook(world, &url, &["order"]);
        happen(world, "order.booked");
        happen(world, "order.started");
        for _ in 0..7 {
            round(world, &app);
            wait(world, &path);
        }
        round(world, &app);
        round(world, &app);
        assert_eq!(
            stages(world, &path),
            [stage("dead", 8), stage("delivered", 1)]
        );
        let backlog = (webhooks::room().queues[0].count)
            as fn(&mut store::Tx, &kernel::Ctx) -> Result<web::Backlog, kernel::Fault>;
        assert_eq!(world.read(backlog).expect("it is counted").failed, 1);
        let id = deliveries(world, &path)[0]["id"]
            .as_str()
            .expect("an id")
            .to_owned();
        let again = act(world, &format!("{path}/deliveries/{id}/replay"));
        assert_eq!(again["state"], json!("waiting"));
        round(world, &app);
        assert_eq!(
            stages(world, &path),
            [stage("delivered", 1), stage("delivered", 1)]
        );
        assert_eq!(taken.all()[9].id(), id, "the same id");
    });
}

#[test]
fn a_time_is_sent_once_more_in_order_what_was_given_up_or_all_of_it() {
    each_engine(&rooms(), |world| {
        let (url, taken) = answering(&["200 OK"]);
        let app = allowed(world);
        let (path, _) = webhook(world, &url, &["order"]);
        happen(world, "order.booked");
        round(world, &app);
        world.set_time("2026-11-21T11:00+08:00");
        happen(world, "order.started");
        happen(world, "order.finished");
        round(world, &app);
        let range = |from: &str, until: &str, delivered: bool| {
            let body = json!({ "from": from, "until": until, "delivered": delivered });
            call(world, Method::POST, &format!("{path}/replays"), &body)
        };
        let (ten, eleven, noon) = (
            "2026-11-21T10:00:00+08:00",
            "2026-11-21T11:00:00+08:00",
            "2026-11-21T12:00:00+08:00",
        );
        assert_eq!(
            told(&range(ten, noon, false))["count"],
            json!(0),
            "none was given up"
        );
        assert_eq!(told(&range(eleven, noon, true))["count"], json!(2));
        round(world, &app);
        let kinds = taken.kinds();
        assert_eq!(kinds[3..], ["order.started", "order.finished"], "{kinds:?}");
        assert_eq!(range(noon, ten, true).status, 422);
    });
}

#[test]
fn the_own_network_is_never_asked_unless_it_is_allowed() {
    each_engine(&rooms(), |world| {
        let (url, taken) = answering(&["200 OK"]);
        let (path, _) = webhook(world, &url, &["order"]);
        let by_name = url.replace("127.0.0.1", "localhost");
        let (named, _) = webhook(world, &by_name, &["order"]);
        happen(world, "order.booked");
        round(world, &world.app);
        for path in [&path, &named] {
            let sent = deliveries(world, path).remove(0);
            assert_eq!(
                (&sent["state"], &sent["reason"]),
                (&json!("failed"), &json!("inside"))
            );
            assert_eq!(sent["status"], Value::Null);
        }
        assert!(taken.all().is_empty());
    });
}

#[test]
fn a_redirect_is_not_followed() {
    each_engine(&rooms(), |world| {
        let (elsewhere, never) = answering(&["200 OK"]);
        let moved: &'static str = format!("302 Found\r\nlocation: {elsewhere}").leak();
        let (url, _) = answering(&[moved]);
        let (path, _) = webhook(world, &url, &["order"]);
        happen(world, "order.booked");
        round(world, &allowed(world));
        let sent = deliveries(world, &path).remove(0);
        assert_eq!(
            (&sent["status"], &sent["reason"]),
            (&json!(302), &json!("moved"))
        );
        assert!(never.all().is_empty());
    });
}

#[test]
fn who_takes_nothing_for_five_days_is_stopped_and_misses_nothing_once_resumed() {
    each_engine(&rooms(), |world| {
        let (url, taken) = answering(&["500 Internal Server Error", "500 No", "200 OK"]);
        let app = allowed(world);
        let (path, _) = webhook(world, &url, &["order"]);
        happen(world, "order.booked");
        round(world, &app);
        world.set_time("2026-11-26T09:59+08:00");
        happen(world, "order.started");
        assert_eq!(show(world, &path)["state"], json!("active"));
        world.set_time("2026-11-26T10:00+08:00");
        round(world, &app);
        assert_eq!(show(world, &path)["state"], json!("stopped"));
        assert!(world.activities().contains(&"webhook.stopped".to_owned()));
        let told = world.read(webhooks::stopped);
        assert_eq!(told.expect("the owner is told").len(), 1);
        happen(world, "order.finished");
        world.set_time("2026-11-27T10:00+08:00");
        round(world, &app);
        assert_eq!(taken.all().len(), 2, "nothing is sent");
        act(world, &format!("{path}/resumption"));
        round(world, &app);
        assert_eq!(
            taken.kinds()[2..],
            ["order.booked", "order.started", "order.finished"]
        );
    });
}

#[test]
fn who_answers_that_it_is_gone_is_stopped_at_once() {
    each_engine(&rooms(), |world| {
        let (url, _) = answering(&["410 Gone"]);
        let (path, _) = webhook(world, &url, &["order"]);
        happen(world, "order.booked");
        round(world, &allowed(world));
        assert_eq!(show(world, &path)["state"], json!("stopped"));
    });
}

#[test]
fn what_a_killed_process_had_in_hand_goes_out_again_a_minute_later() {
    each_engine(&rooms(), |world| {
        let (url, taken) = answering(&["200 OK"]);
        let app = allowed(world);
        webhook(world, &url, &["order"]);
        happen(world, "order.booked");
        // As a process leaves it that is killed before it notes what the other side answered.
        let hold = "update webhooks set busy_until = $2 where org = $1";
        let held = world.write(move |tx, ctx| {
            tx.execute(hold, store::params![ctx.org, at("2026-11-21T10:01+08:00")])
        });
        held.expect("it is in hand");
        round(world, &app);
        assert!(taken.all().is_empty(), "another has it in hand");
        world.set_time("2026-11-21T10:01+08:00");
        round(world, &app);
        assert_eq!(taken.kinds(), ["order.booked"]);
    });
}
