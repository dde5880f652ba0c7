//! What is set up once is set up by a program as well.

use kernel::Role;
use serde_json::{Value, json};
use testing::{Answer, Client, each_engine, web::axum::http::Method};

use super::shop::{self, call, id, told, value};
use crate::rooms::{rooms, wire};

fn patch(program: &Client, path: &str, body: &Value) -> Answer {
    program.json(Method::PATCH, &format!("/api/v1{path}"), &body.to_string())
}

fn pointer(answer: &Answer) -> Value {
    assert_eq!(answer.status, 422, "{}", answer.body);
    value(answer)["errors"][0]["pointer"].clone()
}

#[test]
fn a_room_is_added_renamed_and_taken_out_of_use_by_a_program() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let program = world.program(Role::Owner);
        let site = world.site.id;
        let room = json!({ "site": site, "kind": "room", "name": { "zh": "静室", "en": "" } });
        let path = format!("/resources/{}", id(&call(&program, "/resources", &room)));
        let renamed = json!({ "name": { "zh": "茶室", "en": "Tea room" } });
        let changed = value(&patch(&program, &path, &renamed));
        assert_eq!(
            (&changed["kind"], &changed["version"]),
            (&json!("room"), &json!(2))
        );
        let stale = program.clone().with_header("if-match", "\"1\"");
        assert_eq!(patch(&stale, &path, &room_name("晚了")).status, 412);
        let wrong = patch(&program, &path, &json!({ "name": { "zh": "", "en": "" } }));
        assert_eq!(pointer(&wrong), json!("/name/zh"));
        assert_eq!(told(&program, &path)["name"], renamed["name"]);
        let state = format!("{path}/state");
        let desk = world.program(Role::Desk);
        let off = json!({ "active": false });
        assert_eq!(call(&desk, &state, &off).status, 403);
        assert_eq!(told(&program, &path)["active"], json!(true));
        assert_eq!(value(&call(&program, &state, &off))["active"], json!(false));
        let list = told(&program, &format!("/resources?site={site}"));
        assert_eq!(list["resources"][0]["active"], json!(false), "{list}");
    });
}

fn room_name(zh: &str) -> Value {
    json!({ "name": { "zh": zh, "en": "" } })
}

#[test]
fn a_booking_rule_is_said_by_a_program_and_a_late_one_is_told() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Owner);
        let path = format!("/services/{}/booking-rule", shop.cut);
        let said = value(&call(&program, &path, &json!({ "notice_minutes": 120 })));
        assert_eq!(
            (&said["notice_minutes"], &said["version"]),
            (&json!(120), &json!(1))
        );
        let stale = program.clone().with_header("if-match", "\"0\"");
        assert_eq!(call(&stale, &path, &json!({})).status, 412);
        let far = call(&program, &path, &json!({ "horizon_days": 5000 }));
        assert_eq!(pointer(&far), json!("/horizon_days"));
        call(
            &program,
            "/levels/vip/booking-rule",
            &json!({ "upcoming_max": 9 }),
        );
        let rules = told(&program, "/booking-rules")["rules"].clone();
        let most: Vec<&Value> = rules.as_array().expect("rules").iter().collect();
        assert_eq!(most.len(), 2, "{rules}");
        assert_eq!(most[1]["notice_minutes"], json!(120), "{rules}");
        assert_eq!(
            call(&program, "/levels/duke/booking-rule", &json!({})).status,
            404
        );
    });
}

#[test]
fn regions_are_made_moved_and_removed_by_a_program_but_never_in_a_circle() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let program = world.program(Role::Owner);
        let region = |zh: &str| id(&call(&program, "/regions", &room_name(zh)));
        let (south, town) = (region("南区"), region("市区"));
        let below = |one: &str, parent: &str| {
            call(
                &program,
                &format!("/regions/{one}/parent"),
                &json!({ "parent": parent }),
            )
        };
        assert_eq!(value(&below(&town, &south))["parent"], json!(south));
        assert_eq!(pointer(&below(&south, &town)), json!("/parent"));
        let place = format!("/sites/{}/region", world.site.id);
        let placed = call(&program, &place, &json!({ "region": town }));
        assert_eq!(placed.status, 200, "{}", placed.body);
        let shown = told(&program, &format!("/regions/{town}"));
        assert_eq!(shown["sites"], json!([world.site.id]), "{shown}");
        let gone = program.json(Method::DELETE, &format!("/api/v1/regions/{town}"), "");
        assert_eq!(gone.status, 200, "{}", gone.body);
        let regions = told(&program, "/regions")["regions"].clone();
        assert_eq!(regions[0]["sites"], json!([world.site.id]), "{regions}");
        assert_eq!(regions[1], json!(null), "{regions}");
    });
}

#[test]
fn a_skill_is_named_given_and_renamed_by_a_program() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Owner);
        let skill = |code: &str, en: &str| {
            let body = json!({ "code": code, "name": { "zh": "", "en": en } });
            call(&program, "/skills", &body)
        };
        assert_eq!(pointer(&skill("Colour!", "Colour")), json!("/code"));
        assert_eq!(pointer(&skill("colour", "")), json!("/name"));
        assert_eq!(told(&program, "/skills")["skills"], json!([]));
        assert_eq!(skill("colour", "Colour").status, 200);
        assert_eq!(skill("colour", "Colouring").status, 200);
        let skills = told(&program, "/skills")["skills"].clone();
        assert_eq!(skills[0]["name"]["en"], json!("Colouring"));
        let given = json!({ "skills": ["colour"] });
        let mei = patch(&program, &format!("/staff/{}", shop.mei), &given);
        assert_eq!(value(&mei)["skills"], json!(["colour"]), "{}", mei.body);
    });
}

#[test]
fn a_field_is_defined_changed_and_archived_by_a_program() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let program = world.program(Role::Owner);
        let field = json!({
            "subject": "customer",
            "key": "shoe",
            "name": { "zh": "鞋码", "en": "Shoe" },
            "kind": "whole",
            "rules": { "least": "20", "most": "50", "listed": true },
        });
        let path = format!("/fields/{}", id(&call(&program, "/fields", &field)));
        assert_eq!(pointer(&call(&program, "/fields", &field)), json!("/key"));
        let rules = |rules: Value| patch(&program, &path, &json!({ "rules": rules }));
        assert_eq!(
            pointer(&rules(json!({ "most": "many" }))),
            json!("/rules/most")
        );
        let wider = value(&rules(json!({ "most": "60" })))["rules"].clone();
        assert_eq!(
            (&wider["least"], &wider["most"], &wider["listed"]),
            (&json!("20"), &json!("60"), &json!(true))
        );
        let stale = program.clone().with_header("if-match", "\"1\"");
        let off = json!({ "active": false });
        let state = format!("{path}/state");
        assert_eq!(call(&stale, &state, &off).status, 412);
        assert_eq!(value(&call(&program, &state, &off))["active"], json!(false));
        let choice = |key: &str, en: &str| {
            let field = json!({
                "subject": "order", "key": "colour", "name": { "zh": "", "en": "Colour" },
                "kind": "choice",
                "rules": { "picks": [{ "key": key, "name": { "zh": "", "en": en } }] },
            });
            call(&program, "/fields", &field)
        };
        for (key, en) in [("Red!", "Red"), ("red", "Red | dark")] {
            assert_eq!(pointer(&choice(key, en)), json!("/rules/picks"));
        }
        let made = value(&choice("red", "Red"));
        assert_eq!(made["rules"]["picks"][0]["key"], json!("red"), "{made}");
    });
}

#[test]
fn time_off_by_a_program_names_the_visits_it_would_leave() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Owner);
        id(&call(
            &program,
            "/orders",
            &shop.booking(world, "2026-11-23T14:00:00+08:00"),
        ));
        let staff = format!("/staff/{}", shop.mei);
        let (from, to) = ("2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z");
        let day = format!("from={from}&to={to}");
        let off = |knowing: bool| {
            let body = json!({ "start": from, "end": to, "knowing": knowing });
            call(&program, &format!("{staff}/time-off"), &body)
        };
        let stands = || told(&program, &format!("{staff}/time-off?{day}"))["time_off"].clone();
        assert_eq!(off(false).status, 409);
        assert_eq!(stands(), json!([]));
        let given = value(&off(true))["time_off"][0]["id"].clone();
        let path = format!("/api/v1{staff}/time-off/{}", given.as_str().expect("an id"));
        assert_eq!(program.json(Method::DELETE, &path, "").status, 200);
        assert_eq!(stands(), json!([]));
        let shifts = || told(&program, &format!("{staff}/shifts?{day}"))["shifts"].clone();
        let shift = shifts()[0]["id"].as_str().expect("a shift").to_owned();
        let path = format!("{staff}/shifts/{shift}");
        let late = json!({ "starts": "13:00", "ends": "20:00" });
        let hours = call(&program, &format!("{path}/hours"), &late);
        assert_eq!(hours.status, 200, "{}", hours.body);
        let start = shifts()[0]["start"].clone();
        assert_eq!(start, json!("2026-11-23T13:00:00+08:00"));
        let wrong = json!({ "starts": "soon", "ends": "20:00" });
        let refused = call(&program, &format!("{path}/hours"), &wrong);
        assert_eq!(pointer(&refused), json!("/starts"));
        let removal = |how: Value| call(&program, &format!("{path}/removal"), &how).status;
        assert_eq!(removal(json!({})), 409);
        assert_eq!(removal(json!({ "knowing": true })), 200);
        assert!(
            shifts().as_array().expect("shifts").len() < 2,
            "{}",
            shifts()
        );
    });
}

#[test]
fn minutes_between_rooms_and_sites_are_set_by_a_program() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let program = world.program(Role::Owner);
        let lakeside = json!({
            "name": { "zh": "湖滨店", "en": "" }, "zone": "Asia/Shanghai", "currency": "CNY",
        });
        let other = id(&call(&program, "/sites", &lakeside));
        let site = format!("/sites/{}", world.site.id);
        let before = told(&program, "/moves");
        assert_eq!(
            before,
            json!({ "usual_minutes": 30, "rooms": [], "travel": [] })
        );
        call(
            &program,
            &format!("{site}/room-minutes"),
            &json!({ "minutes": 5 }),
        );
        call(&program, "/moves/usual", &json!({ "minutes": 25 }));
        let travel = |minutes: Value| {
            let body = json!({ "to": other, "minutes": minutes });
            call(&program, &format!("{site}/travel-minutes"), &body)
        };
        let set = value(&travel(json!(40)));
        assert_eq!(set["usual_minutes"], json!(25), "{set}");
        assert_eq!(
            set["rooms"],
            json!([{ "site": world.site.id, "minutes": 5 }])
        );
        assert_eq!(set["travel"][0]["minutes"], json!(40), "{set}");
        assert_eq!(value(&travel(Value::Null))["travel"], json!([]));
        assert_eq!(pointer(&travel(json!(601))), json!("/minutes"));
        let itself = json!({ "to": world.site.id, "minutes": 5 });
        let refused = call(&program, &format!("{site}/travel-minutes"), &itself);
        assert_eq!(pointer(&refused), json!("/to"));
        let desk = world.program(Role::Desk);
        let refused = call(&desk, "/moves/usual", &json!({ "minutes": 1 }));
        assert_eq!(refused.status, 403, "{}", refused.body);
        let changes = world.activities();
        let changes = changes
            .iter()
            .filter(|activity| *activity == "moves.changed");
        assert_eq!(changes.count(), 4);
    });
}

#[test]
fn own_fields_are_put_in_order_by_a_program_and_filled_only_as_they_were_seen() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Owner);
        let define = |key: &str| {
            let field = json!({
                "subject": "customer", "key": key, "name": { "zh": key, "en": "" },
                "kind": "whole",
            });
            id(&call(&program, "/fields", &field))
        };
        let (_, second) = (define("shoe"), define("hat"));
        let place = |to: &str| {
            let path = format!("/fields/{second}/place");
            call(&program, &path, &json!({ "to": to }))
        };
        for _ in 0..2 {
            let fields = value(&place("earlier"))["fields"].clone();
            assert_eq!(fields[0]["key"], json!("hat"), "{fields}");
        }
        assert_eq!(value(&place("later"))["fields"][1]["key"], json!("hat"));
        assert_eq!(pointer(&place("sideways")), json!("/to"));
        let path = format!("/customers/{}/fields", shop.chen);
        let seen = program.get(&format!("/api/v1{path}"));
        let tag = seen.header("etag").expect("a version").to_owned();
        let first = program.clone().with_header("if-match", &tag);
        let fill = |size: i64| patch(&first, &path, &json!({ "values": { "shoe": size } }));
        assert_eq!(fill(38).status, 200);
        assert_eq!(fill(39).status, 412);
        assert_eq!(patch(&first, &path, &json!({ "values": {} })).status, 412);
        let values = told(&program, &path)["fields"].clone();
        assert_eq!(values[0]["value"], json!(38), "{values}");
    });
}

#[test]
fn the_business_is_renamed_by_its_owner_s_program_alone() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let program = world.program(Role::Owner);
        let before = program.get("/api/v1/organisation");
        let tag = before.header("etag").expect("a version").to_owned();
        let named = json!({ "name": { "zh": "莲", "en": "Lotus House" } });
        let manager = world.program(Role::Manager);
        assert_eq!(patch(&manager, "/organisation", &named).status, 403);
        let late = program.clone().with_header("if-match", &tag);
        let renamed = value(&patch(&late, "/organisation", &named));
        assert_eq!(renamed["name"], named["name"], "{renamed}");
        assert_eq!(
            renamed["slug"],
            value(&before)["slug"],
            "what is left out stays"
        );
        assert_eq!(patch(&late, "/organisation", &named).status, 412);
        for (wrong, place) in [("brand", "redness"), ("slug", "Two Words")] {
            let refused = patch(&program, "/organisation", &json!({ wrong: place }));
            assert_eq!(pointer(&refused), json!(format!("/{wrong}")));
        }
    });
}
