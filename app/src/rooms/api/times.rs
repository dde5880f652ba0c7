//! Times: why one cannot be had, a week at a glance, calendars that follow.

use kernel::Role;
use serde_json::{Value, json};
use testing::{Client, World, each_engine, web::axum::http::Method};

use super::shop::{self, call, id, told, value};
use crate::rooms::{rooms, wire};

const AT: &str = "2026-11-23T14:00:00%2B08:00";

/// The codes of what stands in the way.
fn codes(answer: &Value, of: &str) -> Vec<String> {
    let reasons = answer[of].as_array().expect("a list").iter();
    let code = |one: &Value| one["code"].as_str().expect("a code").to_owned();
    reasons.map(code).collect()
}

#[test]
fn a_program_is_told_every_reason_why_a_time_cannot_be_had() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Owner);
        let (site, cut, mei) = (world.site.id, shop.cut, shop.mei);
        let asked = |start: &str| {
            let path = format!("/availability/reasons?site={site}&service={cut}&start={start}");
            told(&program, &format!("{path}&staff={mei}"))
        };
        let free = asked(AT);
        assert_eq!(free["reasons"], json!([]), "{free}");
        let order = id(&call(
            &program,
            "/orders",
            &shop.booking(world, "2026-11-23T14:00:00+08:00"),
        ));
        let taken = asked("2026-11-23T14:15:00%2B08:00");
        assert_eq!(codes(&taken, "reasons"), ["busy"], "{taken}");
        let reason = &taken["reasons"][0];
        assert_eq!(
            (&reason["staff"], &reason["order"]),
            (&json!(mei), &json!(order))
        );
        assert_eq!(reason["until"], json!("2026-11-23T14:45:00+08:00"));
        let text = reason["text"].as_str().expect("words");
        assert!(text.contains("林梅") || text.contains("Lin Mei"), "{text}");
        assert_eq!(taken["can_overbook"], json!(true));
        let night = asked("2026-11-23T23:00:00%2B08:00");
        assert!(
            codes(&night, "reasons").contains(&"closed".to_owned()),
            "{night}"
        );
        let past = asked("2026-11-01T14:00:00%2B08:00");
        assert!(
            codes(&past, "reasons").contains(&"past".to_owned()),
            "{past}"
        );

        // What is moved is not in its own way.
        let path = format!("/orders/{order}/slot-reasons?start={AT}&staff={mei}");
        assert_eq!(told(&program, &path)["reasons"], json!([]));
        let reader = world.program(Role::ReadOnly);
        let path =
            format!("/availability/reasons?site={site}&service={cut}&start={AT}&staff={mei}");
        let seen = told(&reader, &path);
        assert_eq!(seen["can_overbook"], json!(false), "{seen}");
        let nothing = path.replace(&cut.to_string(), &site.to_string());
        assert_eq!(program.get(&format!("/api/v1{nothing}")).status, 404);
        let wrong = program.get(&format!("/api/v1{}", path.replace(AT, "soon")));
        assert_eq!(
            value(&wrong)["errors"][0]["pointer"],
            json!("/start"),
            "{}",
            wrong.body
        );
    });
}

#[test]
fn the_week_of_a_site_is_read_by_a_program() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Owner);
        let days = json!({
            "start": "2026-11-27T00:00:00+08:00", "end": "2026-11-28T00:00:00+08:00",
            "reason": "Wedding",
        });
        call(&program, &format!("/staff/{}/time-off", shop.mei), &days);
        let week = |day: &str| {
            let path = format!("/sites/{}/staff-week?day={day}", world.site.id);
            told(&world.program(Role::Staff), &path)
        };
        let this = week("2026-11-26");
        assert_eq!(this["monday"], json!("2026-11-23"));
        let mei = &this["people"][0];
        assert_eq!(mei["staff"], json!(shop.mei));
        assert_eq!(mei["shifts"].as_array().map(Vec::len), Some(4), "{this}");
        assert_eq!(
            mei["shifts"][0]["start"],
            json!("2026-11-23T09:00:00+08:00")
        );
        assert_eq!(mei["time_off"][0]["reason"], json!("Wedding"));
        let next = week("2026-11-30");
        assert_eq!(next["people"][0]["shifts"], json!([]), "{next}");
    });
}

fn removed(client: &Client, path: &str) -> testing::Answer {
    client.json(Method::DELETE, &format!("/api/v1{path}"), "")
}

#[test]
fn a_calendar_s_address_is_made_and_told_once_and_stopped_by_a_program() {
    wire(&rooms());
    each_engine(&rooms(), |world: &World| {
        let shop = shop::open(world);
        let program = world.program_by(Role::Owner, |config| {
            config.outside.public_url = "https://book.example".to_owned();
        });
        let room = json!({
            "site": world.site.id, "kind": "room", "name": { "zh": "静室", "en": "Quiet room" },
        });
        let room = id(&call(&program, "/resources", &room));
        let all = format!("/sites/{}/calendar-addresses", world.site.id);
        for path in [
            format!("/staff/{}/calendar-address", shop.mei),
            format!("/resources/{room}/calendar-address"),
        ] {
            let refused = call(&world.program(Role::Desk), &path, &json!({}));
            assert_eq!(refused.status, 403, "{}", refused.body);
            let keyed = program.clone().with_header("idempotency-key", &path[1..9]);
            let made = value(&call(&keyed, &path, &json!({})));
            let url = made["url"].as_str().expect("an address");
            let below = url.strip_prefix("https://book.example");
            let below = below.expect("it can be opened from anywhere");
            let read = || world.nobody().get(below);
            assert!(read().body.starts_with("BEGIN:VCALENDAR"), "{url}");
            let again = value(&call(&keyed, &path, &json!({})));
            assert_eq!(
                (&again["made"], &again["url"]),
                (&made["made"], &Value::Null)
            );
            let list = told(&program, &all)["addresses"].clone();
            let has = |one: &&Value| one["made"].is_string() && one.get("url").is_none();
            let known = list.as_array().expect("a list").iter().filter(has).count();
            assert_eq!(known, 1, "{list}");
            let stopped = value(&removed(&program, &path));
            assert_eq!(stopped["made"], Value::Null, "{stopped}");
            assert_eq!(read().status, 404);
        }
        let nobody = format!("/staff/{room}/calendar-address");
        assert_eq!(call(&program, &nobody, &json!({})).status, 404);
    });
}
