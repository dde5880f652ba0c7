//! Imports: a list sent, tried, taken in and taken back by a program.

use kernel::Role;
use serde_json::{Value, json};
use testing::{Client, World, each_engine, web::axum::http::Method};

use super::shop::{self, call, id, told, value};
use crate::rooms::{rooms, wire};

/// A list of two customers.
pub const LIST: &str = "name,phone\n周舟,13900000002\n吴桐,13900000003\n";

fn sent(program: &Client, query: &str, list: &str) -> testing::Answer {
    let path = format!("/api/v1/imports?{query}");
    program.send(
        Method::POST,
        &path,
        Some("text/csv"),
        list.as_bytes().to_vec(),
    )
}

/// The program works on what there is to do.
fn work(world: &World) {
    let room = exchange::room();
    let errand = room
        .errands
        .iter()
        .find(|errand| errand.name == "work on imports");
    (errand.expect("there is one").run)(&world.app, &world.ctx()).expect("the errand is run");
}

/// A list that was sent, and is as far as a path of the document needs it.
pub fn import(world: &World, path: &str) -> String {
    let owner = world.program(Role::Owner);
    let made = id(&sent(&owner, "what=customers", LIST));
    let at = |act: &str| call(&owner, &format!("/imports/{made}/{act}"), &json!({}));
    if path.ends_with("/intake") || path.ends_with("/undoing") {
        assert_eq!(at("check").status, 200);
        work(world);
    }
    if path.ends_with("/undoing") {
        assert_eq!(at("intake").status, 200);
        work(world);
    }
    made
}

/// Customers of the list who are known.
fn known(program: &Client) -> Option<usize> {
    let found = told(program, "/customers?q=1390000000");
    found["customers"].as_array().map(Vec::len)
}

#[test]
fn a_list_is_sent_and_its_columns_are_chosen_and_tried_by_a_program() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let program = world.program(Role::Manager);
        let list = format!("{LIST}孙六,12\n");
        let asked = "what=customers&name=people.csv";
        let staff = sent(&world.program(Role::Desk), asked, &list);
        assert_eq!(staff.status, 403, "{}", staff.body);
        let keyed = program.clone().with_header("idempotency-key", "list");
        let made = sent(&keyed, asked, &list);
        assert_eq!(sent(&keyed, asked, &list).body, made.body, "it came once");
        let path = format!("/imports/{}", id(&made));
        let location = format!("/api/v1{path}");
        assert_eq!(made.header("location"), Some(location.as_str()));
        let first = told(&program, &path);
        assert_eq!(
            (&first["state"], &first["units"]),
            (&json!("mapping"), &json!(3)),
            "{first}"
        );
        assert_eq!(first["offered"][1]["needed"], json!(true), "{first}");
        let columns = |client: &Client, columns: Value| {
            let chosen = json!({ "columns": columns });
            call(client, &format!("{path}/columns"), &chosen)
        };
        let twice = value(&columns(&program, json!(["name", "name"])));
        assert_eq!(twice["errors"][0]["pointer"], json!("/columns"), "{twice}");
        let stale = program.clone().with_header("if-match", "\"9\"");
        assert_eq!(columns(&stale, json!(["name", "phone"])).status, 412);
        let trying = value(&columns(&program, json!(["name", "phone"])));
        assert_eq!(trying["state"], json!("checking"), "{trying}");
        work(world);
        let tried = told(&program, &path);
        assert_eq!(
            (&tried["state"], &tried["rows_new"], &tried["rows_refused"]),
            (&json!("checked"), &json!(2), &json!(1)),
            "{tried}"
        );
        let refused = told(&program, &format!("{path}/refusals"))["refusals"].clone();
        assert_eq!(refused[0]["row"], json!(4), "{refused}");
        let reason = refused[0]["reason"].as_str().expect("words");
        assert!(!reason.is_empty());
        assert_eq!(known(&program), Some(0), "nothing is taken in yet");
    });
}

#[test]
fn a_list_is_taken_in_and_taken_back_by_a_program() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let program = world.program(Role::Manager);
        let path = format!("/imports/{}", import(world, "/imports/{id}/intake"));
        let act = |act: &str| value(&call(&program, &format!("{path}/{act}"), &json!({})));
        assert_eq!(act("intake")["state"], json!("running"));
        assert_eq!(act("stop")["state"], json!("stopped"));
        assert_eq!(act("intake")["state"], json!("running"));
        work(world);
        let done = told(&program, &path);
        assert_eq!(
            (&done["state"], &done["units_done"]),
            (&json!("done"), &json!(2)),
            "{done}"
        );
        assert_eq!(known(&program), Some(2));
        assert_eq!(act("check")["code"], json!("exchange-not-now"));
        assert_eq!(act("undoing")["state"], json!("undoing"));
        work(world);
        assert_eq!(told(&program, &path)["things_undone"], json!(2));
        assert_eq!(told(&program, &format!("{path}/kept"))["kept"], json!([]));
        assert_eq!(known(&program), Some(0));
    });
}

#[test]
fn imports_are_listed_page_by_page_and_what_is_no_list_is_refused() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let program = world.program(Role::Owner);
        for name in ["a.csv", "b.csv", "c.csv"] {
            id(&sent(
                &program,
                &format!("what=customers&name={name}"),
                LIST,
            ));
        }
        let mut names = Vec::new();
        let mut path = "/imports?limit=2".to_owned();
        loop {
            let page = told(&program, &path);
            let imports = page["imports"].as_array().expect("a list").clone();
            names.extend(imports.into_iter().map(|one| one["name"].clone()));
            match page["next_cursor"].as_str() {
                Some(cursor) => path = format!("/imports?limit=2&cursor={cursor}"),
                None => break,
            }
        }
        names.sort_by_key(ToString::to_string);
        assert_eq!(names, [json!("a.csv"), json!("b.csv"), json!("c.csv")]);
        let unknown = sent(&program, "what=planets", LIST);
        assert_eq!(
            value(&unknown)["errors"][0]["pointer"],
            json!("/what"),
            "{}",
            unknown.body
        );
        let nothing = sent(&program, "what=customers", "");
        assert!((400..=422).contains(&nothing.status), "{}", nothing.body);
        let path = "/api/v1/imports?what=customers";
        let picture = program.send(Method::POST, path, Some("image/png"), vec![1]);
        assert_eq!(picture.status, 415, "{}", picture.body);
    });
}
