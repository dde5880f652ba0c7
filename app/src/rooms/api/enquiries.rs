//! A program answers enquiries as the desk does: hands them over, notes what was said.

use kernel::{Role, ids::UserId};
use serde_json::{Value, json};
use testing::{Answer, Client, World, each_engine, web::axum::http::Method};

use super::shop::{self, call, id, told, value};
use crate::rooms::{rooms, wire};

/// Somebody with an account who answers.
pub fn colleague(world: &World, name: &'static str) -> UserId {
    let made = world.write(move |tx, ctx| {
        let login = format!("answers.{}", ctx.id::<UserId>());
        people::create_user(tx, ctx, people::NewUser::new(&login, name, Role::Support))
    });
    made.expect("an account").id
}

fn asked(world: &World) -> String {
    let long = "Is there a lift? ".repeat(20);
    let asked = json!({ "site": world.site.id, "text": long });
    let made = call(&world.program(Role::Owner), "/enquiries", &asked);
    format!("/enquiries/{}", id(&made))
}

fn expecting(world: &World, version: i64) -> Client {
    let program = world.program(Role::Owner);
    program.with_header("if-match", &format!("\"{version}\""))
}

fn code(answer: &Answer) -> (u16, Value) {
    (answer.status, value(answer)["code"].clone())
}

#[test]
fn an_enquiry_is_handed_over_by_a_program_to_somebody_who_may_answer() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let (ann, path) = (colleague(world, "Ann"), asked(world));
        let program = world.program(Role::Owner);
        let colleagues = told(&program, &format!("{path}/colleagues"))["colleagues"].clone();
        assert_eq!(colleagues, json!([{ "id": ann, "name": "Ann" }]));
        let to = |client: &Client, owner: Value| {
            call(
                client,
                &format!("{path}/hand-over"),
                &json!({ "owner": owner }),
            )
        };
        let stranger = to(&program, json!(web::api::example::USER));
        assert_eq!(stranger.status, 422, "{}", stranger.body);
        assert_eq!(value(&stranger)["errors"][0]["pointer"], json!("/owner"));
        let handed = value(&to(&expecting(world, 1), json!(ann)));
        assert_eq!(
            (&handed["owner"], &handed["version"]),
            (&json!(ann), &json!(2)),
            "{handed}"
        );
        let late = to(&expecting(world, 1), Value::Null);
        assert_eq!(code(&late), (412, json!("kernel-stale")), "{}", late.body);
        assert_eq!(told(&program, &path)["owner"], json!(ann));
        assert_eq!(to(&world.program(Role::ReadOnly), Value::Null).status, 403);
        assert_eq!(value(&to(&program, Value::Null))["owner"], Value::Null);
    });
}

#[test]
fn what_a_program_does_to_an_enquiry_honours_the_version_it_read() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let path = asked(world);
        let step = |version: i64, below: &str, body: Value| {
            call(
                &expecting(world, version),
                &format!("{path}/{below}"),
                &body,
            )
        };
        let outcome = json!({ "outcome": "There is." });
        for (place, (below, body)) in [
            ("owner", json!({})),
            ("level", json!({ "level": "urgent" })),
            ("outcome", outcome),
            ("reopening", json!({})),
        ]
        .into_iter()
        .enumerate()
        {
            let version = i64::try_from(place).expect("a small number") + 1;
            let late = step(version + 1, below, body.clone());
            assert_eq!(code(&late), (412, json!("kernel-stale")), "{below}");
            let done = step(version, below, body);
            assert_eq!(done.status, 200, "{below}: {}", done.body);
            assert_eq!(value(&done)["version"], json!(version + 1), "{below}");
        }
    });
}

#[test]
fn a_note_sent_twice_by_a_program_stands_once_under_the_whole_question() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let path = format!("{}/notes", asked(world));
        let program = world
            .program(Role::Owner)
            .with_header("idempotency-key", "n1");
        let note = json!({ "text": "Rang back, nobody answered." });
        for _ in 0..2 {
            let noted = call(&program, &path, &note);
            assert_eq!(noted.status, 200, "{}", noted.body);
        }
        let notes = told(&program, &path);
        assert_eq!(notes["notes"].as_array().map(Vec::len), Some(1), "{notes}");
        assert_eq!(notes["notes"][0]["text"], note["text"]);
        assert_eq!(notes["notes"][0]["author"], json!("刘燕"));
        let whole = notes["text"].as_str().expect("a text");
        assert!(whole.len() > 300, "{whole}");
        let empty = call(&world.program(Role::Owner), &path, &json!({ "text": "  " }));
        assert_eq!(empty.status, 422, "{}", empty.body);
        assert_eq!(value(&empty)["errors"][0]["pointer"], json!("/text"));
        let viewer = world.program(Role::ReadOnly);
        assert_eq!(call(&viewer, &path, &note).status, 403);
    });
}

#[test]
fn answer_times_are_set_by_a_program_level_by_level() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        shop::open(world);
        let program = world.program(Role::Owner);
        let set = |client: &Client, body: Value| {
            client.json(Method::PATCH, "/api/v1/enquiry-targets", &body.to_string())
        };
        let urgent = value(&set(&program, json!({ "urgent_minutes": 45 })));
        let targets = json!({ "normal_minutes": 480, "high_minutes": 240, "urgent_minutes": 45 });
        assert_eq!(urgent["targets"], targets);
        assert_eq!(urgent["standard"]["urgent_minutes"], json!(60));
        let short = set(&program, json!({ "high_minutes": 1 }));
        assert_eq!(short.status, 422, "{}", short.body);
        assert_eq!(
            value(&short)["errors"][0]["pointer"],
            json!("/high_minutes")
        );
        let desk = world.program(Role::Desk);
        assert_eq!(set(&desk, json!({ "high_minutes": 90 })).status, 403);
        assert_eq!(told(&program, "/enquiry-targets")["targets"], targets);
    });
}
