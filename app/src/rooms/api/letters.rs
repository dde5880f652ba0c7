//! What customers were told, as a program sees it, and the words that it says.

use std::sync::Arc;

use customers::{Report, Why};
use kernel::{
    Role, Timestamp,
    ids::{MessageId, MessageNoun},
};
use messages::model::Stage;
use people::{SightFilter, SightKind};
use serde_json::{Value, json};
use testing::{Answer, Client, World, each_engine, web::axum::http::Method};
use web::{App, Config, Outside};

use super::shop::{self, Shop, call, id, told, value};
use crate::rooms::{rooms, wire};

const ADDRESS: &str = "yutong@nowhere.example";

/// The program, told to write mail into a folder.
fn posting(world: &World) -> App {
    let folder = std::env::temp_dir().join(format!("steward_letters_{}", world.org));
    std::fs::create_dir_all(&folder).expect("a folder for mail");
    let mut app = world.app.clone();
    app.config = Arc::new(Config {
        outside: Outside {
            public_url: "https://steward.example".to_owned(),
            mail_server: Some(format!("file:{}", folder.display())),
            mail_from: Some("hello@steward.example".to_owned()),
            ..Outside::default()
        },
        ..Config::default()
    });
    app
}

fn run(world: &World, app: &App, name: &str) {
    let errands = messages::room().errands;
    let errand = errands.iter().find(|errand| errand.name == name);
    (errand.expect("there is one").run)(app, &world.ctx()).expect("the errand is run");
}

/// The shop's customer has an address.
fn writable(world: &World, shop: &Shop) {
    let body = json!({ "email": ADDRESS });
    let path = format!("/customers/{}", shop.chen);
    let changed = send(&world.program(Role::Owner), Method::PATCH, &path, &body);
    assert_eq!(changed.status, 200, "{}", changed.body);
}

/// Letters about bookings at these hours that were given up, since letters to the address came
/// back meanwhile; by now they reach.
pub fn given_up(world: &World, shop: &Shop, hours: &[usize]) -> Vec<MessageId> {
    let app = posting(world);
    writable(world, shop);
    run(world, &app, "write messages");
    for hour in hours {
        let start = format!("2026-11-25T{hour:02}:00:00+08:00");
        id(&call(
            &world.program(Role::Owner),
            "/orders",
            &shop.booking(world, &start),
        ));
    }
    run(world, &app, "write messages");
    comes_back(world, shop);
    run(world, &app, "send messages");
    let found = world.write(|tx, ctx| {
        customers::clear_unreachable(tx, ctx, ADDRESS, None)?;
        messages::messages(tx, ctx, Some(Stage::Failed), None)
    });
    let found = found.expect("read").into_iter();
    found.map(|letter| letter.id).collect()
}

fn comes_back(world: &World, shop: &Shop) {
    let customer = Some(shop.chen);
    let marked = world.write(move |tx, ctx| {
        let report = Report {
            id: &ctx.id::<MessageNoun>().to_string(),
            address: ADDRESS,
            why: Why::Bounced,
            reason: "550 no such user",
            customer,
        };
        customers::mark_unreachable(tx, ctx, &report)
    });
    assert!(marked.expect("marked"));
}

/// How often somebody's personal data was seen on a page of their own, and in lists.
fn seen(world: &World, shop: &Shop) -> (usize, usize) {
    let filter = SightFilter {
        customer: Some(shop.chen),
        user: None,
        kind: None,
        from: Timestamp::UNIX_EPOCH,
        to: Timestamp::MAX,
    };
    let found = world.read(|tx, ctx| people::sights(tx, ctx, &filter, 100));
    let found = found.expect("read");
    let of = |kind: SightKind| found.iter().filter(|seen| seen.kind == kind).count();
    (of(SightKind::Page), of(SightKind::List))
}

fn send(client: &Client, method: Method, path: &str, body: &Value) -> Answer {
    client.json(method, &format!("/api/v1{path}"), &body.to_string())
}

#[test]
fn a_program_reads_the_outbox_masked_and_page_by_page() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let letters = given_up(world, &shop, &[9, 11, 14]);
        let viewer = world.program(Role::ReadOnly);
        let first = told(&viewer, "/messages?state=failed&limit=2");
        assert_eq!(
            first["messages"][0]["recipient"],
            json!("y••••@nowhere.example")
        );
        let cursor = first["next_cursor"].as_str().expect("there is more");
        let path = format!("/messages?state=failed&limit=2&cursor={cursor}");
        let second = told(&viewer, &path);
        assert_eq!(second["next_cursor"], Value::Null, "{second}");
        let mut ids: Vec<&str> = [&first, &second]
            .iter()
            .flat_map(|page| page["messages"].as_array().expect("messages"))
            .filter_map(|one| one["id"].as_str())
            .collect();
        ids.sort_unstable();
        let mut wanted: Vec<String> = letters.iter().map(ToString::to_string).collect();
        wanted.sort_unstable();
        assert_eq!((ids.len(), json!(ids)), (3, json!(wanted)));
        assert_eq!(told(&viewer, "/messages?state=sent")["messages"], json!([]));
        assert_eq!(seen(world, &shop), (0, 0));
        let one = format!("/messages/{}", letters[0]);
        let masked = told(&viewer, &one);
        assert_eq!(masked["to"], json!("y••••@nowhere.example"));
        assert!(
            masked["body"]
                .as_str()
                .is_some_and(|body| body.contains("陈一")),
            "{masked}"
        );
        assert_eq!(
            told(&world.program(Role::Owner), &one)["to"],
            json!(ADDRESS)
        );
        assert_eq!(seen(world, &shop).0, 1);
        let staff = world.program(Role::Staff).get("/api/v1/messages");
        assert_eq!(staff.status, 403, "{}", staff.body);
    });
}

#[test]
fn a_letter_goes_again_by_a_program_once_its_address_is_said_to_reach() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let path = format!("/messages/{}", given_up(world, &shop, &[14])[0]);
        comes_back(world, &shop);
        let program = world.program(Role::Owner);
        let again = || call(&program, &format!("{path}/sending"), &json!({}));
        let refused = again();
        assert_eq!(refused.status, 409, "{}", refused.body);
        assert_eq!(
            value(&refused)["code"],
            json!("messages-address-unreachable")
        );
        assert_eq!(
            told(&program, &path)["unreachable"],
            json!("550 no such user")
        );
        let viewer = world.program(Role::ReadOnly);
        let listed = told(&viewer, "/unreachable-addresses")["addresses"][0].clone();
        assert_eq!(
            (&listed["address"], &listed["customer"]),
            (&json!("y••••@nowhere.example"), &json!(shop.chen))
        );
        assert_eq!(seen(world, &shop).1, 1);
        let complained = told(&viewer, "/unreachable-addresses?why=complained");
        assert_eq!(complained["addresses"], json!([]));
        let removal = "/unreachable-addresses/removal";
        let address = json!({ "address": ADDRESS });
        assert_eq!(call(&viewer, removal, &address).status, 403);
        assert_eq!(call(&program, removal, &address).status, 200);
        let full = told(&program, "/unreachable-addresses");
        assert_eq!(full["addresses"], json!([]), "{full}");
        comes_back(world, &shop);
        assert_eq!(
            call(&program, &format!("{path}/reachable"), &json!({})).status,
            200
        );
        for _ in 0..2 {
            let sent = again();
            assert_eq!(value(&sent)["state"], json!("waiting"), "{}", sent.body);
        }
        let revived = |name: &String| name == "message.revived";
        assert_eq!(
            world
                .activities()
                .iter()
                .filter(|name| revived(name))
                .count(),
            1
        );
    });
}

#[test]
fn a_program_changes_a_wording_and_goes_back_to_the_original() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let program = world.program(Role::Owner);
        let expecting = |version: i64| {
            let tag = format!("\"{version}\"");
            world.program(Role::Owner).with_header("if-match", &tag)
        };
        let path = "/wordings/reminder/en";
        let own = json!({ "subject": "See you, {name}", "body": "On {day}" });
        let unknown = call(
            &program,
            path,
            &json!({ "subject": "Hi", "body": "Dear {who}" }),
        );
        assert_eq!(unknown.status, 422, "{}", unknown.body);
        assert_eq!(value(&unknown)["errors"][0]["pointer"], json!("/body"));
        let said = value(&call(&expecting(0), path, &own));
        assert_eq!((&said["body"], &said["version"]), (&own["body"], &json!(1)));
        let preview = said["preview"]["subject"].as_str().expect("a preview");
        assert!(
            preview.starts_with("See you, ") && !preview.contains('{'),
            "{said}"
        );
        assert_eq!(call(&expecting(0), path, &own).status, 412);
        let listed = told(&program, "/wordings")["wordings"].clone();
        let changed: Vec<&Value> = listed
            .as_array()
            .expect("wordings")
            .iter()
            .filter(|wording| wording["version"] != json!(0))
            .collect();
        assert_eq!(changed.len(), 1, "{listed}");
        let viewer = world.program(Role::ReadOnly);
        assert_eq!(call(&viewer, path, &own).status, 403);
        let back = |client: &Client| call(client, &format!("{path}/original"), &json!({}));
        assert_eq!(back(&expecting(9)).status, 412);
        let original = value(&back(&expecting(1)));
        assert_eq!(
            original["subject"], original["original"]["subject"],
            "{original}"
        );
        assert_eq!(original["version"], json!(0));
        let test = program.get("/api/v1/wordings/test/en");
        assert_eq!(test.status, 404, "{}", test.body);
    });
}

#[test]
fn a_program_says_when_and_by_which_ways_customers_are_written_to() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let path = "/message-settings";
        let program = world.program(Role::Owner);
        let set = |client: &Client, body: Value| send(client, Method::PATCH, path, &body);
        let expecting = |version: i64| {
            let tag = format!("\"{version}\"");
            world.program(Role::Owner).with_header("if-match", &tag)
        };
        let usual = told(&program, path);
        let late = json!({ "quiet_from": "22:30", "text": ["reminder"] });
        let said = value(&set(&expecting(0), late));
        assert_eq!(
            (
                &said["quiet_from"],
                &said["text"],
                &said["mail"],
                &said["version"]
            ),
            (
                &json!("22:30"),
                &json!(["reminder"]),
                &usual["mail"],
                &json!(1)
            ),
            "{said}"
        );
        assert_eq!(set(&expecting(0), json!({ "sender": "Lotus" })).status, 412);
        let wrong = json!({ "reply_to": "nobody", "gateway_url": "ftp://texts.example" });
        let refused = value(&set(&program, wrong));
        let pointers = [0, 1].map(|place| refused["errors"][place]["pointer"].clone());
        assert_eq!(
            pointers,
            ["/gateway_url", "/reply_to"].map(Value::from),
            "{refused}"
        );
        let soon = value(&set(&program, json!({ "quiet_to": "soon" })));
        assert_eq!(soon["errors"][0]["pointer"], json!("/quiet_to"), "{soon}");
        let url = "https://texts.example/in";
        let gateway = value(&set(&program, json!({ "gateway_url": url })));
        assert_eq!(gateway["gateway_url"], json!(url), "{gateway}");
        let kept = value(&set(&program, json!({ "sender": "Lotus" })));
        assert_eq!(kept["gateway_url"], json!(url), "{kept}");
        let back = json!({ "choice": "text" });
        let reset = value(&call(&program, "/message-settings/reset", &back));
        assert_eq!(
            (&reset["text"], &reset["sender"]),
            (&usual["text"], &json!("Lotus"))
        );
        let desk = world.program(Role::Desk);
        assert_eq!(set(&desk, json!({ "sender": "Desk" })).status, 403);
    });
}
