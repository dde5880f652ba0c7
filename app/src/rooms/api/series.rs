//! LibreBooking/librebooking#1220: a program, too, takes a series and says what becomes of dates
//! that cannot be had.

use kernel::Role;
use serde_json::{Value, json};
use testing::{World, each_engine};

use super::shop::{self, Shop, call, told, value};
use crate::rooms::{rooms, wire};

/// Three days at two o'clock, the second of which somebody has.
fn asked(world: &World, shop: &Shop, conflicts: &str) -> Value {
    json!({
        "site": world.site.id,
        "customer": shop.chen,
        "lines": [{ "service": shop.cut }],
        "slot": { "start": "2026-11-23T14:00:00+08:00" },
        "unit": "days",
        "count": 3,
        "conflicts": conflicts,
    })
}

fn starts(told: &Value) -> Vec<&str> {
    let orders = told["orders"].as_array().expect("a list").iter();
    orders.filter_map(|order| order["start"].as_str()).collect()
}

#[test]
fn librebooking_1220_a_series_skips_refuses_or_moves_what_is_taken() {
    wire(&rooms());
    for (conflicts, wanted) in [
        (
            "skip",
            vec!["2026-11-23T14:00:00+08:00", "2026-11-25T14:00:00+08:00"],
        ),
        (
            "nearest",
            vec![
                "2026-11-23T14:00:00+08:00",
                "2026-11-24T13:15:00+08:00",
                "2026-11-25T14:00:00+08:00",
            ],
        ),
        ("refuse", Vec::new()),
    ] {
        each_engine(&rooms(), |world| {
            let shop = shop::open(world);
            shop.booked(world, "2026-11-24T14:00+08:00");
            let program = world.program(Role::Owner);
            let answer = call(&program, "/series", &asked(world, &shop, conflicts));
            if wanted.is_empty() {
                assert_eq!(answer.status, 409, "{}", answer.body);
                assert!(!world.activities().contains(&"series.created".to_owned()));
                return;
            }
            assert_eq!(answer.status, 201, "{}", answer.body);
            let told = value(&answer);
            assert_eq!(starts(&told), wanted, "{conflicts}");
            let conflict = &told["conflicts"][0];
            assert_eq!(conflict["date"], json!("2026-11-24"));
            assert!(
                conflict["reason"]
                    .as_str()
                    .is_some_and(|why| !why.is_empty())
            );
        });
    }
}

#[test]
fn a_series_of_more_dates_than_one_may_have_is_refused_at_its_field() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let mut asked = asked(world, &shop, "skip");
        asked["count"] = json!(10_000);
        let answer = call(&world.program(Role::Owner), "/series", &asked);
        assert_eq!(answer.status, 422, "{}", answer.body);
        assert!(answer.says("/count"), "{}", answer.body);
    });
}

#[test]
fn the_rest_of_a_series_is_moved_and_called_off_by_a_program() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Owner);
        let taken = value(&call(&program, "/series", &asked(world, &shop, "refuse")));
        let path = format!("/series/{}", taken["id"].as_str().expect("an id"));
        let at = |place: usize| {
            let series = told(&program, &path);
            series["orders"][place].clone()
        };
        assert_eq!(
            (at(0)["position"].clone(), at(2)["state"].clone()),
            (json!(1), json!("booked"))
        );
        let second = at(1)["order"].as_str().expect("an order").to_owned();
        let under = |what: &str| format!("/series/orders/{second}/{what}");
        let later = json!({ "which": "following", "start": "2026-11-24T16:00:00+08:00" });
        let stale = program.clone().with_header("if-match", "\"7\"");
        assert_eq!(call(&stale, &under("slot"), &later).status, 412);
        let seen = format!("\"{}\"", at(1)["order_version"]);
        let fresh = program.clone().with_header("if-match", &seen);
        let moved = value(&call(&fresh, &under("slot"), &later));
        assert_eq!(moved["count"], json!(2), "{moved}");
        let starts = [0, 1, 2].map(|place| moved["series"]["orders"][place]["start"].clone());
        let wanted = [
            "2026-11-23T14:00:00+08:00",
            "2026-11-24T16:00:00+08:00",
            "2026-11-25T16:00:00+08:00",
        ];
        assert_eq!(starts, wanted.map(Value::from));
        let night = json!({ "which": "all", "start": "2026-11-24T03:00:00+08:00" });
        let refused = call(&program, &under("slot"), &night);
        assert_eq!(refused.status, 409, "{}", refused.body);
        assert_eq!(value(&refused)["code"], json!("series-shift-refused"));
        let off = |which: &str, why: &str| {
            let body = json!({ "which": which, "reason": why });
            call(&program, &under("cancellation"), &body)
        };
        assert_eq!(off("all", "  ").status, 422);
        let viewer = world.program(Role::ReadOnly);
        let body = json!({ "reason": "No." });
        assert_eq!(call(&viewer, &under("cancellation"), &body).status, 403);
        assert_eq!(
            value(&off("following", "They move away."))["count"],
            json!(2)
        );
        assert_eq!(
            (at(0)["state"].clone(), at(1)["state"].clone()),
            (json!("booked"), json!("cancelled"))
        );
        let alone = shop.booked(world, "2026-11-26T14:00+08:00");
        let none = call(
            &program,
            &format!("/series/orders/{alone}/cancellation"),
            &body,
        );
        assert_eq!(none.status, 404, "{}", none.body);
    });
}

#[test]
fn a_program_looks_at_every_date_and_decides_about_each() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        shop.booked(world, "2026-11-24T14:00+08:00");
        let program = world.program(Role::Owner);
        let mut three = asked(world, &shop, "refuse");
        three["slot"]["staff"] = json!(shop.mei);
        three["until"] = json!("2026-11-25");
        three.as_object_mut().expect("an object").remove("count");
        let looked = value(&call(&program, "/series/dates", &three));
        let dates = looked["dates"].as_array().expect("dates");
        assert_eq!(dates.len(), 3, "{looked}");
        assert_eq!(dates[0]["reason"], Value::Null);
        assert_eq!(dates[1]["date"], json!("2026-11-24"));
        assert_eq!(dates[1]["may_overrule"], json!(true), "{looked}");
        assert_eq!(dates[1]["nearest"], json!("2026-11-24T13:15:00+08:00"));
        assert!(!world.activities().contains(&"series.created".to_owned()));
        three["decisions"] = json!([
            { "date": "2026-11-24", "decision": "overrule" },
            { "date": "2026-11-25", "decision": "instead", "start": "2026-11-25T17:00:00+08:00" },
        ]);
        let taken = value(&call(&program, "/series", &three));
        let wanted = [
            "2026-11-23T14:00:00+08:00",
            "2026-11-24T14:00:00+08:00",
            "2026-11-25T17:00:00+08:00",
        ];
        assert_eq!(starts(&taken), wanted, "{taken}");
        let endless = three.as_object_mut().expect("an object");
        endless.remove("until");
        let refused = call(&program, "/series", &three);
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert_eq!(value(&refused)["errors"][0]["pointer"], json!("/count"));
    });
}

#[test]
fn a_booking_that_is_there_is_repeated_by_a_program_once() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let order = shop.booked(world, "2026-11-23T14:00+08:00");
        let program = world.program(Role::Owner);
        let path = format!("/series/orders/{order}/repetition");
        let twice = json!({ "unit": "days", "count": 3 });
        let viewer = world.program(Role::ReadOnly);
        assert_eq!(call(&viewer, &path, &twice).status, 403);
        let taken = value(&call(&program, &path, &twice));
        let wanted = ["2026-11-24T14:00:00+08:00", "2026-11-25T14:00:00+08:00"];
        assert_eq!(starts(&taken), wanted, "{taken}");
        let series = format!("/series/{}", taken["id"].as_str().expect("an id"));
        let first = told(&program, &series)["orders"][0].clone();
        assert_eq!(
            (&first["order"], &first["position"]),
            (&json!(order), &json!(1))
        );
        let again = call(&program, &path, &twice);
        assert_eq!(again.status, 409, "{}", again.body);
    });
}
