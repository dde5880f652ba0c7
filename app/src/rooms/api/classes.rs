//! A program runs group sessions and the waiting list as the desk does.

use kernel::Role;
use serde_json::{Value, json};
use testing::{Answer, Client, World, each_engine, web::axum::http::Method};

use super::shop::{self, Shop, call, id, told, value};
use crate::rooms::{rooms, wire};

fn patch(client: &Client, path: &str, body: &Value) -> Answer {
    client.json(Method::PATCH, &format!("/api/v1{path}"), &body.to_string())
}

fn expecting(world: &World, version: i64) -> Client {
    let program = world.program(Role::Owner);
    program.with_header("if-match", &format!("\"{version}\""))
}

fn planned(world: &World, shop: &Shop, start: &str) -> String {
    let plan = json!({
        "site": world.site.id,
        "service": shop.cut,
        "start": start,
        "minutes": 60,
        "seats": 3,
    });
    let made = call(&world.program(Role::Owner), "/sessions", &plan);
    format!("/sessions/{}", id(&made))
}

#[test]
fn a_session_is_moved_by_a_program_with_everybody_who_comes() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Owner);
        let path = planned(world, &shop, "2026-11-23T14:00:00+08:00");
        let two = json!({ "count": 2, "customer": { "id": shop.chen } });
        let sold = value(&call(&program, &format!("{path}/seats"), &two));
        let later = json!({ "start": "2026-11-24T15:00:00+08:00", "seats": 4 });
        assert_eq!(patch(&expecting(world, 9), &path, &later).status, 412);
        let desk = world.program(Role::Staff);
        assert_eq!(patch(&desk, &path, &later).status, 403);
        let few = patch(&program, &path, &json!({ "seats": 1 }));
        assert_eq!(
            value(&few)["code"],
            json!("capacity-seats-taken"),
            "{}",
            few.body
        );
        let moved = value(&patch(&expecting(world, 1), &path, &later));
        assert_eq!(
            (&moved["start"], &moved["seats_free"], &moved["version"]),
            (&later["start"], &json!(2), &json!(2)),
            "{moved}"
        );
        let order = sold["order"].as_str().expect("an order");
        let slot = told(&program, &format!("/orders/{order}"))["slot"].clone();
        assert_eq!(slot["start"], later["start"], "{slot}");
        let none = patch(&program, &path, &json!({ "seats": 0 }));
        assert_eq!(none.status, 422, "{}", none.body);
        assert_eq!(value(&none)["errors"][0]["pointer"], json!("/seats"));
        let why = json!({ "reason": "The teacher fell ill." });
        let off = format!("{path}/cancellation");
        assert_eq!(call(&expecting(world, 1), &off, &why).status, 412);
        let called_off = value(&call(&expecting(world, 2), &off, &why));
        assert_eq!(called_off["state"], json!("cancelled"), "{called_off}");
    });
}

#[test]
fn who_comes_to_a_session_is_checked_in_by_a_program() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Desk);
        let path = planned(world, &shop, "2026-11-21T10:30:00+08:00");
        let two = json!({ "count": 2, "customer": { "id": shop.chen } });
        let sold = value(&call(&program, &format!("{path}/seats"), &two));
        let people = format!("{path}/participants");
        let comes = told(&program, &people)["participants"][0].clone();
        assert_eq!(
            (&comes["customer"], &comes["seats"], &comes["state"]),
            (&json!(shop.chen), &json!(2), &json!("booked"))
        );
        let order = sold["order"].as_str().expect("an order");
        let here = value(&call(
            &program,
            &format!("{people}/{order}/arrival"),
            &json!({}),
        ));
        assert_eq!(here["participants"][0]["state"], json!("waiting"), "{here}");
        let stranger = shop.waiting(world);
        let other = call(
            &program,
            &format!("{people}/{stranger}/arrival"),
            &json!({}),
        );
        assert_eq!(other.status, 404, "{}", other.body);
        let begun = call(&expecting(world, 9), &format!("{path}/start"), &json!({}));
        assert_eq!(begun.status, 412, "{}", begun.body);
    });
}

#[test]
fn a_service_is_held_for_groups_by_a_program_every_week() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Owner);
        let offer = format!("/services/{}/group-offer", shop.cut);
        let many = call(&program, &offer, &json!({ "seats": 8, "each_max": 9 }));
        assert_eq!(many.status, 422, "{}", many.body);
        assert_eq!(value(&many)["errors"][0]["pointer"], json!("/each_max"));
        let eight = json!({ "seats": 8, "each_max": 2 });
        let said = value(&call(&expecting(world, 0), &offer, &eight));
        assert_eq!(said["version"], json!(1), "{said}");
        assert_eq!(call(&expecting(world, 0), &offer, &eight).status, 412);
        let offers = told(&program, "/group-offers")["offers"].clone();
        assert_eq!(offers, json!([said]));
        let mut weekly = json!({
            "site": world.site.id, "service": shop.cut, "minutes": 60, "seats": 8, "weeks": 1,
            "start": "2026-11-23T14:00:00+08:00", "until": "2026-12-02",
        });
        let refused = call(&program, "/session-series", &weekly);
        assert_eq!(refused.status, 409, "{}", refused.body);
        weekly["conflicts"] = json!("skip");
        let planned = value(&call(&program, "/session-series", &weekly));
        assert_eq!(
            planned["sessions"].as_array().map(Vec::len),
            Some(1),
            "{planned}"
        );
        assert!(planned["sessions"][0]["series"].is_string(), "{planned}");
        assert_eq!(
            planned["left_out"][0]["date"],
            json!("2026-11-30"),
            "{planned}"
        );
        let withdrawn = program.json(Method::DELETE, &format!("/api/v1{offer}"), "");
        assert_eq!(withdrawn.status, 200, "{}", withdrawn.body);
        assert_eq!(told(&program, "/group-offers")["offers"], json!([]));
    });
}

#[test]
fn how_long_an_offer_waits_is_said_by_a_program_over_the_version_it_read() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let path = "/waiting-settings";
        let set = |client: &Client, minutes: i64| {
            patch(client, path, &json!({ "answer_minutes": minutes }))
        };
        let said = value(&set(&expecting(world, 0), 45));
        assert_eq!(
            (
                &said["answer_minutes"],
                &said["answer_minutes_standard"],
                &said["version"]
            ),
            (&json!(45), &json!(30), &json!(1))
        );
        let late = set(&expecting(world, 0), 60);
        assert_eq!(late.status, 412, "{}", late.body);
        let program = world.program(Role::Owner);
        assert_eq!(set(&program, 2).status, 422);
        assert_eq!(set(&world.program(Role::Desk), 60).status, 403);
        assert_eq!(told(&program, path)["answer_minutes"], json!(45));
    });
}
