//! What pages change, programs change as well.

use kernel::Role;
use serde_json::json;
use testing::{Client, each_engine, web::axum::http::Method};

use super::{
    ready::VISIT,
    shop::{self, call, id, told, value},
};
use crate::rooms::{rooms, wire};

const AT: &str = "2026-11-23T14:00:00+08:00";

/// The numbers of the orders that a list has.
fn numbers(program: &Client, query: &str) -> Vec<i64> {
    let list = told(program, &format!("/orders?{query}"));
    let orders = list["orders"].as_array().expect("orders").iter();
    orders
        .filter_map(|order| order["number"].as_i64())
        .collect()
}

#[test]
fn an_order_is_changed_found_and_taken_back_by_a_program() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Owner);
        let order = id(&call(&program, "/orders", &shop.booking(world, AT)));
        let walk_in = json!({ "site": world.site.id, "lines": [{ "service": shop.cut }] });
        id(&call(&program, "/orders", &walk_in));
        let path = format!("/orders/{order}");
        let change = json!({
            "note": "By the window.",
            "lines": [{ "service": shop.cut, "quantity": 2 }],
        });
        let patch = |body: &serde_json::Value| {
            program.json(Method::PATCH, &format!("/api/v1{path}"), &body.to_string())
        };
        let changed = patch(&change);
        assert_eq!(changed.status, 200, "{}", changed.body);
        assert_eq!(value(&changed)["total"]["minor"], json!(33_600));
        let strange = json!([{ "service": shop.cut }, { "service": shop.mei }]);
        let wrong = patch(&json!({ "lines": strange }));
        let pointer = &value(&wrong)["errors"][0]["pointer"];
        assert_eq!(*pointer, json!("/lines"), "{}", wrong.body);
        assert_eq!(told(&program, &path)["note"], json!("By the window."));
        assert_eq!(numbers(&program, "channel=phone"), [1]);
        assert_eq!(numbers(&program, "channel=api"), [2]);
        assert_eq!(numbers(&program, "q=13800000001"), [1]);
        assert_eq!(numbers(&program, &format!("staff={}", shop.mei)), [1]);
        world.set_time("2026-11-23T13:58+08:00");
        let arrived = call(&program, &format!("{path}/arrival"), &json!({}));
        assert_eq!(value(&arrived)["state"], json!("waiting"));
        let undone = call(&program, &format!("{path}/undo"), &json!({}));
        assert_eq!(value(&undone)["state"], json!("booked"), "{}", undone.body);
    });
}

#[test]
fn an_own_field_that_nobody_defined_is_named_where_it_stands() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let path = format!("/api/v1/customers/{}/fields", shop.chen);
        let program = world.program(Role::Owner);
        for (key, given) in [("shoe_size", json!(38)), ("shoe: size", json!({}))] {
            let body = json!({ "values": { key: given } }).to_string();
            let refused = program.json(Method::PATCH, &path, &body);
            assert_eq!(refused.status, 422, "{}", refused.body);
            let error = &value(&refused)["errors"][0];
            assert_eq!(error["pointer"], json!(format!("/values/{key}")));
            assert_eq!(error["in"], json!("body"));
        }
    });
}

#[test]
fn fields_of_the_business_s_own_are_filled_and_cleared_by_a_program() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let order = id(&call(
            &world.program(Role::Owner),
            "/orders",
            &shop.booking(world, AT),
        ));
        let owner = world.client(Role::Owner);
        let program = world.program(Role::Owner);
        let things = [
            ("customer", format!("customers/{}", shop.chen)),
            ("order", format!("orders/{order}")),
            ("service", format!("services/{}", shop.cut)),
            ("staff", format!("staff/{}", shop.mei)),
        ];
        for (subject, thing) in things {
            let field = format!("subject={subject}&kind=whole&name_zh=&name_en=Shelf&key=shelf");
            let made = owner.post("/fields", &field);
            assert_eq!(made.status, 303, "{subject}: {}", made.body);
            let path = format!("/api/v1/{thing}/fields");
            let fill = |shelf: serde_json::Value| {
                let body = json!({ "values": { "shelf": shelf } }).to_string();
                program.json(Method::PATCH, &path, &body)
            };
            let stands = || told(&program, &format!("/{thing}/fields"))["fields"][0].clone();
            assert_eq!(stands()["value"], json!(null), "{subject}");
            let filled = fill(json!(12));
            assert_eq!(filled.status, 200, "{subject}: {}", filled.body);
            assert_eq!(stands()["value"], json!(12), "{subject}");
            let refused = fill(json!("top"));
            assert_eq!(refused.status, 422, "{subject}: {}", refused.body);
            assert_eq!(stands()["value"], json!(12), "{subject}");
            assert_eq!(fill(json!(null)).status, 200, "{subject}");
            assert_eq!(stands()["value"], json!(null), "{subject}");
        }
    });
}

#[test]
fn seats_are_sold_until_none_is_free() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Owner);
        let plan = json!({
            "site": world.site.id,
            "service": shop.cut,
            "start": AT,
            "minutes": 60,
            "seats": 3,
        });
        let session = id(&call(&program, "/sessions", &plan));
        let path = format!("/sessions/{session}");
        let two = json!({ "count": 2, "customer": { "id": shop.chen } });
        assert_eq!(call(&program, &format!("{path}/seats"), &two).status, 200);
        assert_eq!(told(&program, &path)["seats_free"], json!(1));
        assert_eq!(call(&program, &format!("{path}/seats"), &two).status, 409);
        let why = json!({ "reason": "The teacher fell ill." });
        let off = value(&call(&program, &format!("{path}/cancellation"), &why));
        assert_eq!(off["state"], json!("cancelled"), "{off}");
        assert_eq!(numbers(&program, "state=cancelled"), [1]);
    });
}

#[test]
fn a_site_s_hours_and_special_days_are_said_by_a_program() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let program = world.program(Role::Owner);
        let site = format!("/sites/{}", world.site.id);
        let (long, closed) = (json!(["09:00-12:00", "14:00-22:00"]), json!([]));
        let mut week = json!({
            "monday": long, "tuesday": long, "wednesday": long, "thursday": long,
            "friday": long, "saturday": long, "sunday": closed,
        });
        let said = call(&program, &format!("{site}/hours"), &week);
        assert_eq!(said.status, 200, "{}", said.body);
        let hours = || told(&program, &format!("{site}/hours"));
        assert_eq!(hours()["week"], week);
        week["tuesday"] = json!(["21:00-20-00"]);
        let wrong = call(&program, &format!("{site}/hours"), &week);
        assert_eq!(wrong.status, 422, "{}", wrong.body);
        assert_eq!(value(&wrong)["errors"][0]["pointer"], json!("/tuesday"));
        assert_eq!(hours()["week"]["tuesday"], long);
        let special = json!({
            "day": "2027-02-06", "hours": [], "name": { "zh": "春节", "en": "Spring Festival" },
        });
        let path = format!("{site}/special-days");
        let set = call(&program, &path, &special);
        assert_eq!(
            value(&set)["special_days"],
            json!([special]),
            "{}",
            set.body
        );
        let path = format!("/api/v1{path}/2027-02-06");
        let gone = program.json(Method::DELETE, &path, "");
        assert_eq!(value(&gone)["special_days"], json!([]), "{}", gone.body);
        let version = hours()["version"].as_i64().expect("a version");
        let stale = world
            .program(Role::Owner)
            .with_header("if-match", &format!("\"{}\"", version - 1));
        week["tuesday"] = closed;
        let late = call(&stale, &format!("{site}/hours"), &week);
        assert_eq!(late.status, 412, "{}", late.body);
        let state = |word: &str| {
            let set = call(
                &program,
                &format!("{site}/state"),
                &json!({ "state": word }),
            );
            value(&set)["state"].clone()
        };
        assert_eq!(
            (state("closed"), state("open")),
            (json!("closed"), json!("open"))
        );
    });
}

#[test]
fn somebody_leaves_by_a_program_only_where_what_is_left_is_known() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let program = world.program(Role::Owner);
        id(&call(&program, "/orders", &shop.booking(world, AT)));
        let path = format!("/staff/{}", shop.mei);
        let refused = call(&program, &format!("{path}/departure"), &json!({}));
        assert_eq!(refused.status, 409, "{}", refused.body);
        assert_eq!(value(&refused)["code"], json!("people-api-leaves"));
        assert_eq!(told(&program, &path)["active"], json!(true));
        let knowing = json!({ "knowing": true });
        let gone = call(&program, &format!("{path}/departure"), &knowing);
        assert_eq!(value(&gone)["active"], json!(false), "{}", gone.body);
        let back = call(&program, &format!("{path}/return"), &json!({}));
        assert_eq!(value(&back)["active"], json!(true), "{}", back.body);
    });
}

#[test]
fn a_design_goes_in_and_out_and_is_published_by_a_program() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let program = world.program(Role::Owner);
        let made = call(&program, "/blueprints", &json!({ "bpmn": VISIT }));
        let path = format!("/blueprints/{}", id(&made));
        assert_eq!(
            value(&made)["left_out"].as_array().map(Vec::len),
            Some(1),
            "{}",
            made.body
        );
        let out = told(&program, &format!("{path}/bpmn"))["bpmn"].clone();
        let publish = || call(&program, &format!("{path}/publication"), &json!({}));
        assert_eq!(value(&publish())["published"], json!(1));
        assert_eq!(publish().status, 409);
        let longer = out
            .as_str()
            .expect("a text")
            .replace("Greet", "Greet and seat");
        let drafted = call(
            &program,
            &format!("{path}/draft"),
            &json!({ "bpmn": longer }),
        );
        assert_eq!(value(&drafted)["draft"], json!(2), "{}", drafted.body);
        let shown = told(&program, &path);
        assert_eq!(
            shown["steps"][0]["name"]["en"],
            json!("Greet and seat"),
            "{shown}"
        );
        let wrong = call(
            &program,
            &format!("{path}/draft"),
            &json!({ "bpmn": "<a/>" }),
        );
        assert_eq!(wrong.status, 422, "{}", wrong.body);
        assert_eq!(value(&wrong)["errors"][0]["pointer"], json!("/bpmn"));
        let stale = program.clone().with_header("if-match", "\"1\"");
        assert_eq!(
            call(&stale, &format!("{path}/publication"), &json!({})).status,
            412
        );
        assert_eq!(value(&publish())["published"], json!(2));
    });
}

#[test]
fn a_blueprint_gets_its_name_and_work_instructions_by_a_program() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let program = world.program(Role::Owner);
        let path = format!(
            "/blueprints/{}",
            id(&call(&program, "/blueprints", &json!({ "bpmn": VISIT })))
        );
        call(&program, &format!("{path}/publication"), &json!({}));
        let send = |client: &Client, method, below: &str, body: &serde_json::Value| {
            client.json(method, &format!("/api/v1{path}{below}"), &body.to_string())
        };
        let name = json!({ "name": { "zh": "上门", "en": "Call" } });
        assert_eq!(
            send(&world.program(Role::Desk), Method::PATCH, "", &name).status,
            403
        );
        let renamed = send(&program, Method::PATCH, "", &name);
        assert_eq!(value(&renamed)["name"], name["name"], "{}", renamed.body);
        let stale = program.clone().with_header("if-match", "\"1\"");
        assert_eq!(send(&stale, Method::PATCH, "", &name).status, 412);
        let unnamed = send(&program, Method::PATCH, "", &json!({ "name": {} }));
        assert_eq!(value(&unnamed)["errors"][0]["pointer"], json!("/name/zh"));

        let says = json!({
            "checklist": [{ "zh": "问好", "en": "Say hello" }],
            "remedy": { "zh": "打电话", "en": "Call them" },
        });
        let step = "/steps/step-1";
        let told_of = value(&send(&program, Method::PATCH, step, &says));
        assert_eq!(told_of["draft"], json!(2), "{told_of}");
        assert_eq!(told_of["step"]["checklist"], says["checklist"]);
        assert_eq!(send(&stale, Method::PATCH, step, &says).status, 412);
        let nobody = send(&program, Method::PATCH, "/steps/nothing", &says);
        assert_eq!(nobody.status, 404, "{}", nobody.body);
        let long = json!({ "fail_point": { "zh": "长".repeat(121), "en": "" } });
        let refused = send(&program, Method::PATCH, step, &long);
        assert_eq!(
            value(&refused)["errors"][0]["pointer"],
            json!("/fail_point")
        );
        let none = json!({ "remedy": { "zh": "", "en": "" } });
        let without = value(&send(&program, Method::PATCH, step, &none));
        assert_eq!(without["step"]["remedy"], json!(null), "{without}");
        assert_eq!(without["step"]["checklist"], says["checklist"]);
        let reader = world.program(Role::Staff);
        let instructions = |version: i64| {
            let path = format!("{path}/work-instructions?version={version}");
            told(&reader, &path)["steps"][0]["checklist"].clone()
        };
        assert_eq!(
            (instructions(1), instructions(2)),
            (json!([]), says["checklist"].clone())
        );
    });
}

#[test]
fn a_draft_is_thrown_away_by_a_program_where_a_version_stays() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let program = world.program(Role::Owner);
        let made = id(&call(&program, "/blueprints", &json!({ "bpmn": VISIT })));
        let path = format!("/blueprints/{made}");
        let discard =
            |client: &Client| client.json(Method::DELETE, &format!("/api/v1{path}/draft"), "");
        assert_eq!(discard(&program).status, 409, "nothing would be left");
        call(&program, &format!("{path}/publication"), &json!({}));
        call(
            &program,
            &format!("{path}/draft"),
            &json!({ "bpmn": VISIT.replace("Greet", "Wait") }),
        );
        let stale = program.clone().with_header("if-match", "\"1\"");
        assert_eq!(discard(&stale).status, 412);
        assert_eq!(discard(&world.program(Role::Staff)).status, 403);
        let left = value(&discard(&program));
        assert_eq!(
            (&left["draft"], &left["published"]),
            (&json!(null), &json!(1)),
            "{left}"
        );
        assert_eq!(
            told(&program, &path)["steps"][0]["name"]["en"],
            json!("Greet")
        );
    });
}
