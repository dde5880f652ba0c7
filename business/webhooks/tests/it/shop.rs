//! A business that tells programs what happens.

use std::sync::Arc;

use kernel::Role;
use serde_json::{Value, json};
use store::Event;
use testing::{Answer, World};
use web::{App, Room, axum::http::Method};

/// The rooms a test stands on.
pub fn rooms() -> Vec<Room> {
    vec![webhooks::room()]
}

/// The program, which may go into the own network.
pub fn allowed(world: &World) -> App {
    let mut app = world.app.clone();
    let mut config = (*app.config).clone();
    config.outside.private_targets = true;
    app.config = Arc::new(config);
    app
}

/// Runs the room's errands once.
pub fn round(world: &World, app: &App) {
    for errand in webhooks::room().errands {
        (errand.run)(app, &world.ctx()).expect("the errand is run");
    }
}

/// Asks as a program of the owner.
pub fn call(world: &World, method: Method, path: &str, body: &Value) -> Answer {
    let program = world.program(Role::Owner);
    program.json(method, &format!("/api/v1{path}"), &body.to_string())
}

/// What is told.
pub fn told(answer: &Answer) -> Value {
    assert!(answer.status < 300, "{} {}", answer.status, answer.body);
    serde_json::from_str(&answer.body).expect("JSON")
}

/// A webhook: the path of its endpoint and its key.
pub fn webhook(world: &World, url: &str, kinds: &[&str]) -> (String, String) {
    let new = json!({ "url": url, "kinds": kinds });
    let made = told(&call(world, Method::POST, "/webhooks", &new));
    let text = |field: &str| made[field].as_str().expect("a text").to_owned();
    (format!("/webhooks/{}", text("id")), text("secret"))
}

/// Something that happens.
pub fn happen(world: &World, activity: &'static str) {
    let done = world.write(move |tx, ctx| {
        let event = Event::new(activity).object("order", ctx.org, "subject");
        tx.record(ctx, event.attr("number", 7));
        Ok(())
    });
    done.expect("it is recorded");
}

/// Everything that was written for a webhook, oldest first, read two by two.
pub fn deliveries(world: &World, path: &str) -> Vec<Value> {
    let (mut sent, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("{path}/deliveries?limit=2{cursor}");
        let page = told(&call(world, Method::GET, &path, &json!({})));
        sent.extend(page["deliveries"].as_array().expect("a list").clone());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    sent.reverse();
    sent
}

/// State and attempts of each, oldest first.
pub fn stages(world: &World, path: &str) -> Vec<(String, i64)> {
    let stage = |one: &Value| {
        let state = one["state"].as_str().expect("a state").to_owned();
        (state, one["attempts"].as_i64().expect("a number"))
    };
    deliveries(world, path).iter().map(stage).collect()
}

/// State and attempts, as [`stages`] tells them.
pub fn stage(state: &str, attempts: i64) -> (String, i64) {
    (state.to_owned(), attempts)
}

/// What is told of a webhook.
pub fn show(world: &World, path: &str) -> Value {
    told(&call(world, Method::GET, path, &json!({})))
}

/// Does something with a webhook that needs no words.
pub fn act(world: &World, path: &str) -> Value {
    told(&call(world, Method::POST, path, &json!({})))
}
