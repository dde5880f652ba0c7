//! Whatever is typed into whatever field: an answer with a reason, and never a broken page.

use kernel::Role;
use testing::{Answer, World, each_engine};

use crate::shop::{self, Shop, rooms, sound};

/// What no form means: percent-encoded, as a browser or a program may send it.
const NASTY: [&str; 16] = [
    "",
    "+",
    "-1",
    "0",
    "99999999999999999999",
    "-9223372036854775808",
    "1e9",
    "NaN",
    "2026-02-30",
    "2026-03-29T02:30",
    "-009999-01-01T00%3A00%3A00Z",
    "00000000-0000-7000-8000-000000000000",
    "%27%3B+drop+table+orders",
    "a%00b",
    "%07%1B",
    "%F0%9F%92%87%E2%80%AE%EF%BF%BF",
];

/// Forms of the rooms: path, and fields as they are when all is well.
fn forms(world: &World, shop: &Shop) -> Vec<(String, Vec<(&'static str, String)>)> {
    let walk_in = shop.take(world, &shop.walk_in()).id;
    let booking = shop.booking("2026-11-21T15:00+08:00", Some(shop.mei));
    let booked = shop.take(world, &booking).id;
    let pair = |field, value: &str| (field, value.to_owned());
    let customer = vec![
        pair("name", "Ada"),
        pair("reading", "Ada"),
        pair("phone", "13800002222"),
        pair("email", "ada@example.org"),
        pair("note", "Fringe"),
        pair("language", "en"),
        pair("level", "regular"),
    ];
    let content = vec![
        pair("version", "1"),
        pair("customer", "Ada 13800003333"),
        pair("customer_id", ""),
        pair("service0", &shop.cut.to_string()),
        pair("quantity0", "1"),
        pair("note", "Fringe"),
        pair("level", "normal"),
    ];
    let new = vec![
        pair("kind", "booking"),
        pair("customer", "Ada 13800004444"),
        pair("service0", &shop.cut.to_string()),
        pair("quantity0", "1"),
        pair("day", "2026-11-21"),
        pair("start", "2026-11-21T05:00:00Z"),
        pair("with", &shop.mei.to_string()),
        pair("note", ""),
        pair("priority", "on"),
        pair("by_phone", "on"),
    ];
    let slot = vec![
        pair("day", "2026-11-21"),
        pair("start", "2026-11-21T06:00:00Z"),
        pair("with", ""),
        pair("version", "1"),
    ];
    let under = |id: kernel::ids::OrderId, rest: &str| format!("/orders/{id}/{rest}");
    vec![
        ("/customers".to_owned(), customer),
        ("/orders".to_owned(), new),
        (under(walk_in, "content"), content),
        (under(booked, "slot"), slot),
        (under(walk_in, "notes"), vec![pair("text", "Fringe")]),
        (under(walk_in, "start"), vec![pair("staff", "")]),
        (under(booked, "cancellation"), vec![pair("reason", "Ill")]),
    ]
}

/// The fields of a form with another value in one of them.
fn with(fields: &[(&str, String)], at: usize, value: &str) -> String {
    let typed = fields.iter().enumerate().map(|(index, (field, known))| {
        let known = known
            .replace(' ', "+")
            .replace('@', "%40")
            .replace(':', "%3A");
        let shown = if index == at { value } else { &known };
        format!("{field}={shown}")
    });
    typed.collect::<Vec<_>>().join("&")
}

fn unbroken(answer: &Answer, what: &str) {
    assert!(answer.status < 500, "{what}: {}", answer.status);
    assert!(
        !answer.body.contains("orders-refuse"),
        "{what}: an untold text"
    );
}

#[test]
fn no_field_breaks_a_page_whatever_is_typed_into_it() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let desk = world.client(Role::Desk);
        let long = "x".repeat(40_000);
        for (path, fields) in forms(world, &shop) {
            for at in 0..fields.len() {
                for value in NASTY.iter().copied().chain([long.as_str()]) {
                    let form = with(&fields, at, value);
                    let what = format!("{path} {}={:.40}", fields[at].0, value);
                    unbroken(&desk.post(&path, &form), &what);
                }
            }
        }
        sound(world);
    });
}

#[test]
fn no_address_breaks_a_page_whatever_it_asks_for() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let order = shop.take(world, &shop.walk_in()).id;
        let desk = world.client(Role::Desk);
        let asks = [
            "/orders?q=",
            "/orders?from=",
            "/orders?to=",
            "/orders?after=",
            "/orders?customer=",
            "/orders?staff=",
            "/orders?state=",
            "/orders/",
            "/orders/new?kind=booking&service0=",
            "/orders/new?kind=booking&day=",
            "/orders/new?kind=booking&start=",
            "/customers?q=",
            "/customers?id=00000000-0000-7000-8000-000000000000&name=",
            "/customers/found?q=",
            "/customers/",
            "/resources/",
            "/services/",
        ];
        let slot = format!("/orders/{order}/slot?day=");
        for ask in asks.into_iter().chain([slot.as_str()]) {
            for value in NASTY {
                let path = format!("{ask}{value}");
                unbroken(&desk.get(&path), &path);
            }
        }
    });
}

#[test]
fn what_is_wrong_is_said_at_its_field_and_what_was_typed_stays() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let desk = world.client(Role::Desk);
        let before = world.activities();
        let name = "Wilhelmina ".repeat(9);
        let form = format!(
            "kind=walk_in&customer={}&service0={}",
            name.trim(),
            shop.cut
        );
        let answer = desk.post("/orders", &form.replace(' ', "+"));
        assert_eq!(answer.status, 422);
        assert!(
            answer.says("At most 80") && answer.says(name.trim()),
            "{}",
            answer.body
        );
        let forged = desk.post("/orders", &format!("kind=gift&service0={}", shop.cut));
        assert_eq!(forged.status, 422, "no kind is made up");
        let bell = desk.post("/customers", "name=Ada%07&phone=13800002222");
        assert_eq!(bell.status, 422);
        assert!(bell.says("cannot be shown") && bell.says("13800002222"));
        let zero = desk.post("/customers", "name=Ada%00");
        assert_eq!(zero.status, 422);
        assert_eq!(desk.get("/orders/a%00b").status, 404);
        assert_eq!(world.activities(), before, "nothing was written down");
    });
}
