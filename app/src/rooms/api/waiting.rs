//! The waiting list: a time offered by hand.

use kernel::Role;
use serde_json::json;
use testing::{World, each_engine, web::axum::http::Method};

use super::shop::{self, Shop, call, id, told, value};
use crate::rooms::{rooms, wire};

/// Somebody with a mail address, who waits for a cut on Wednesday.
fn waits(world: &World, shop: &Shop) -> String {
    let program = world.program(Role::Owner);
    let path = format!("/api/v1/customers/{}", shop.chen);
    let address = json!({ "email": "yutong@somewhere.example" }).to_string();
    assert_eq!(program.json(Method::PATCH, &path, &address).status, 200);
    let asked = json!({
        "site": world.site.id,
        "service": shop.cut,
        "customer": { "id": shop.chen },
        "last_day": "2026-11-25",
        "weekdays": [3],
    });
    let waiting = id(&call(&program, "/waiting", &asked));
    format!("/waiting/{waiting}")
}

#[test]
fn a_time_is_offered_by_a_program_with_the_address_to_answer_at() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let path = waits(world, &shop);
        let program = world.program_by(Role::Manager, |config| {
            config.outside.public_url = "https://book.example".to_owned();
            config.outside.mail_server = Some("file:/nowhere".to_owned());
        });
        let times = told(&program, &format!("{path}/times"));
        let start = times["times"][0]["start"].clone();
        assert_eq!(start, json!("2026-11-25T09:00:00+08:00"), "{times}");
        let offers = format!("{path}/offers");
        let staff = call(
            &world.program(Role::Staff),
            &offers,
            &json!({ "start": start }),
        );
        assert_eq!(staff.status, 403, "{}", staff.body);
        let soon = call(&program, &offers, &json!({ "start": "soon" }));
        assert_eq!(value(&soon)["errors"][0]["pointer"], json!("/start"));
        let keyed = program.clone().with_header("idempotency-key", "offer");
        let made = value(&call(&keyed, &offers, &json!({ "start": start })));
        let offer = &made["offers"][0];
        assert_eq!(
            (&offer["state"], &offer["start"]),
            (&json!("open"), &start),
            "{made}"
        );
        let again = value(&call(&keyed, &offers, &json!({ "start": start })));
        assert_eq!(again, made);
        let second = call(&program, &offers, &json!({ "start": start }));
        assert_eq!(value(&second)["code"], json!("waitlist-has-offer"));
        let letters = told(&program, "/messages")["messages"].clone();
        let letter = letters[0]["id"].as_str().expect("a letter was written");
        let body = told(&program, &format!("/messages/{letter}"))["body"].clone();
        let body = body.as_str().expect("a text");
        assert!(body.contains("https://book.example/at/"), "{body}");
        assert!(told(&program, &format!("{path}/times"))["times"].is_array());
        let left = call(&program, &format!("{path}/cancellation"), &json!({}));
        assert_eq!(left.status, 200, "{}", left.body);
        assert_eq!(told(&program, &format!("{path}/times"))["times"], json!([]));
    });
}
