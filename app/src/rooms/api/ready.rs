//! What the examples of the document need to be there.

use kernel::{Role, Span, ids::StaffId};
use messages::House;
use serde_json::{Value, json};
use testing::{World, at, picture};
use web::api::example;

use super::{
    enquiries::colleague,
    files::add_file,
    imports::import,
    letters::given_up,
    shop::{Shop, call, id, told, value},
};

/// A design of one step.
pub const VISIT: &str = r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
<process id="visit" name="Visit"><task id="greet" name="Greet"/></process></definitions>"#;

/// What an example needs to be there, made anew: the ids that stand for it.
pub fn ready(world: &World, shop: &Shop, path: &str, minute: usize) -> Vec<(&'static str, String)> {
    if let Some(made) = of_its_own(world, shop, path) {
        return made;
    }
    if path.contains("/queue/tickets/") || path == "/queue/next" {
        return vec![(example::TICKET, ticket_for(world, shop, path))];
    }
    let books = [
        "/sessions",
        "/session-series",
        "/series",
        "/orders",
        "/orders/batch",
    ];
    if books.contains(&path) {
        // Whoever serves may have been booked at that hour.
        leader(world);
    }
    if path.ends_with("/departure") || path.ends_with("/return") {
        return vec![(example::STAFF, leader(world).to_string())];
    }
    if path.contains("{shift}") || path.contains("{off}") {
        return working_time(world);
    }
    if let Some(made) = set_up(world, shop, path, minute) {
        return made;
    }
    if path.contains("/blueprints/{id}") {
        return vec![(example::BLUEPRINT, blueprint(world, path))];
    }
    if path.contains("/sessions/{id}") {
        return session(world, shop, path);
    }
    if path.starts_with("/series/") && !path.ends_with("/repetition") {
        return series(world, shop, minute);
    }
    if path.contains("/enquiries/{id}") {
        return enquiry(world, path);
    }
    if path.contains("/waiting/{id}") {
        return waiting(world, shop, path, minute);
    }
    if path.contains("/webhooks/{id}") {
        return webhook(world);
    }
    if !path.contains("/orders/{id}") {
        return Vec::new();
    }
    if path.contains("/steps/") {
        let (order, steps) = shop.serving(world);
        let place = usize::from(path.ends_with("/skip"));
        let step = steps[place]["id"]
            .as_str()
            .expect("an order has steps")
            .to_owned();
        return vec![(example::ORDER, order.to_string()), (example::STEP, step)];
    }
    if path.ends_with("/no-show") {
        return vec![(example::ORDER, shop.waiting(world).to_string())];
    }
    if path.ends_with("/finish") || path.ends_with("/undo") {
        return vec![(example::ORDER, shop.serving(world).0.to_string())];
    }
    leader(world);
    let start = format!("2026-11-25T{:02}:00+08:00", 9 + minute % 11);
    vec![(example::ORDER, shop.booked(world, &start).to_string())]
}

/// A blueprint; published and drafted anew where its draft is meant.
fn blueprint(world: &World, path: &str) -> String {
    let owner = world.program(Role::Owner);
    let made = id(&call(&owner, "/blueprints", &json!({ "bpmn": VISIT })));
    if path.ends_with("/draft") {
        let at = format!("/blueprints/{made}");
        call(&owner, &format!("{at}/publication"), &json!({}));
        let other = VISIT.replace("Greet", "Wait");
        call(&owner, &format!("{at}/draft"), &json!({ "bpmn": other }));
    }
    made
}

/// A shift and time off of somebody.
fn working_time(world: &World) -> Vec<(&'static str, String)> {
    let owner = world.program(Role::Owner);
    let staff = leader(world).to_string();
    let window = "from=2026-11-20T00:00:00Z&to=2027-02-01T00:00:00Z";
    let shifts = told(&owner, &format!("/staff/{staff}/shifts?{window}"));
    let days = json!({ "start": "2027-01-04T00:00:00Z", "end": "2027-01-05T00:00:00Z" });
    let off = value(&call(&owner, &format!("/staff/{staff}/time-off"), &days));
    let id = |found: &Value| found["id"].as_str().expect("an id").to_owned();
    vec![
        (example::STAFF, staff),
        (example::SHIFT, id(&shifts["shifts"][0])),
        (example::TIME_OFF, id(&off["time_off"][0])),
    ]
}

/// What is told by a part of the path, whatever thing it belongs to.
fn of_its_own(world: &World, shop: &Shop, path: &str) -> Option<Vec<(&'static str, String)>> {
    if path.contains("/requests") {
        return Some(request(world, shop, path));
    }
    if path.contains("/files") {
        return Some(file(world, shop, path));
    }
    if path.contains("/imports/{id}") {
        return Some(vec![(example::IMPORT, import(world, path))]);
    }
    path.ends_with("/travel-minutes")
        .then(|| vec![(example::OTHER_SITE, other_site(world))])
}

/// A request of somebody, and who is to act on it.
fn request(world: &World, shop: &Shop, path: &str) -> Vec<(&'static str, String)> {
    let (staff, owner) = (leader(world), world.program(Role::Owner));
    let window = "from=2026-11-22T00:00:00Z&to=2026-12-01T00:00:00Z";
    let shifts = told(&owner, &format!("/staff/{staff}/shifts?{window}"));
    let shift = shifts["shifts"][0]["id"]
        .as_str()
        .expect("a shift")
        .to_owned();
    let mut found = vec![
        (example::SHIFT, shift.clone()),
        (example::COLLEAGUE, shop.mei.to_string()),
    ];
    let own = world.program_of(Role::Staff, staff);
    let to_colleague = path.ends_with("/agreement") || path.ends_with("/refusal");
    if path.contains("{id}") {
        let (at, wish) = match to_colleague {
            true => (
                format!("/requests/shifts/{shift}"),
                json!({ "to": shop.mei }),
            ),
            false => {
                let days = json!({
                    "start": "2026-12-02T00:00:00Z",
                    "end": "2026-12-03T00:00:00Z",
                });
                ("/requests/time-off".to_owned(), days)
            }
        };
        let asked = value(&call(&own, &at, &wish));
        let id = asked["id"].as_str().expect("a request").to_owned();
        found.push((example::REQUEST, id));
    }
    let actor = if to_colleague { shop.mei } else { staff };
    found.push((example::STAFF, actor.to_string()));
    found
}

/// Something with a file on it.
fn file(world: &World, shop: &Shop, path: &str) -> Vec<(&'static str, String)> {
    let order = shop.waiting(world).to_string();
    let (home, _) = path.split_once("/files").expect("it has files");
    let owner = match home {
        "/orders/{id}" => order.clone(),
        "/customers/{id}" => shop.chen.to_string(),
        "/services/{id}" => shop.cut.to_string(),
        _ => shop.mei.to_string(),
    };
    let at = format!("{}/files", home.replace("{id}", &owner));
    let added = add_file(&world.program(Role::Owner), &at, &picture(8, 8, 8));
    vec![(example::ORDER, order), (example::FILE, id(&added))]
}

/// A second site.
fn other_site(world: &World) -> String {
    let site = json!({
        "name": { "zh": "湖滨店", "en": "Lakeside" },
        "zone": "Asia/Shanghai",
        "currency": "CNY",
    });
    id(&call(&world.program(Role::Owner), "/sites", &site))
}

/// What is made alike whatever is asked: a letter, a room, a counter, a tablet, a region, a field.
fn set_up(
    world: &World,
    shop: &Shop,
    path: &str,
    minute: usize,
) -> Option<Vec<(&'static str, String)>> {
    if path.contains("/messages/{id}") {
        leader(world);
        let letter = given_up(world, shop, &[9 + minute % 11])[0];
        return Some(vec![(example::MESSAGE, letter.to_string())]);
    }
    if path.contains("{device}") {
        return Some(vec![(example::DEVICE, device(world))]);
    }
    let name = json!({ "zh": "甲", "en": "A" });
    let (noun, example, body) = if path.contains("/resources/{id}") {
        let room = json!({ "site": world.site.id, "kind": "room", "name": name });
        ("/resources", example::RESOURCE, room)
    } else if path.contains("/queue/counters/{id}") {
        let counter = json!({ "site": world.site.id, "name": name });
        ("/queue/counters", example::COUNTER, counter)
    } else if path.contains("/regions/{id}") {
        ("/regions", example::REGION, json!({ "name": name }))
    } else if path.contains("/fields/{id}") {
        let key = format!("locker_{minute}");
        let field = json!({ "subject": "staff", "key": key, "name": name, "kind": "whole" });
        ("/fields", example::FIELD, field)
    } else {
        return None;
    };
    let made = id(&call(&world.program(Role::Owner), noun, &body));
    Some(vec![(example, made)])
}

/// A tablet.
fn device(world: &World) -> String {
    let path = format!("/sites/{}/devices", world.site.id);
    let tablet = json!({ "kind": "kiosk", "name": "Door", "language": "en" });
    let made = value(&call(&world.program(Role::Owner), &path, &tablet));
    made["id"].as_str().expect("an id").to_owned()
}

/// A webhook with a test on its way.
fn webhook(world: &World) -> Vec<(&'static str, String)> {
    let owner = world.program(Role::Owner);
    let asked = json!({ "url": "https://steward.example/in" });
    let made = id(&call(&owner, "/webhooks", &asked));
    let path = format!("/webhooks/{made}/test");
    let test = value(&call(&owner, &path, &json!({})));
    let delivery = test["delivery"].as_str().expect("a delivery").to_owned();
    vec![(example::WEBHOOK, made), (example::DELIVERY, delivery)]
}

fn ticket_for(world: &World, shop: &Shop, path: &str) -> String {
    let ticket = shop.ticket(world).to_string();
    if path.ends_with("/turn") {
        shop.ticket(world);
    }
    let owner = world.program(Role::Owner);
    let called = ["no-show", "undo"].iter().any(|end| path.ends_with(end));
    if called {
        let path = format!("/queue/tickets/{ticket}/call");
        let answer = call(&owner, &path, &json!({}));
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
    ticket
}

/// Somebody who has nothing else to do today, on Wednesday and on Thursday.
fn leader(world: &World) -> StaffId {
    let site = world.site.id;
    let hired = world.write(move |tx, ctx| {
        let fields = people::StaffFields {
            name: "何佳".to_owned(),
            reading: "He Jia".to_owned(),
            sites: vec![site],
            ..people::StaffFields::default()
        };
        let staff = people::create_staff(tx, ctx, fields)?.id;
        for day in [21, 25, 26] {
            let clock = |time: &str| at(&format!("2026-11-{day}T{time}+08:00"));
            let span = Span::new(clock("09:00"), clock("21:00")).expect("forwards");
            people::add_shift(tx, ctx, staff, site, span)?;
        }
        Ok(staff)
    });
    hired.expect("somebody leads")
}

/// A session of half an hour that begins soon, or has begun.
fn session(world: &World, shop: &Shop, path: &str) -> Vec<(&'static str, String)> {
    let owner = world.program(Role::Owner);
    let asked = json!({
        "site": world.site.id,
        "service": shop.cut,
        "staff": leader(world),
        "start": "2026-11-21T10:30:00+08:00",
        "minutes": 30,
        "seats": 8,
    });
    let session = id(&call(&owner, "/sessions", &asked));
    if path.ends_with("/finish") {
        let begun = call(&owner, &format!("/sessions/{session}/start"), &json!({}));
        assert_eq!(value(&begun)["state"], json!("running"), "{}", begun.body);
    }
    let mut made = vec![(example::SESSION, session)];
    if path.contains("{order}") {
        let seats = format!("/sessions/{}/seats", made[0].1);
        let sold = value(&call(&owner, &seats, &json!({ "count": 1 })));
        let order = sold["order"].as_str().expect("an order").to_owned();
        made.push((example::ORDER, order));
    }
    made
}

/// A booking of two days, and the first of them.
fn series(world: &World, shop: &Shop, minute: usize) -> Vec<(&'static str, String)> {
    leader(world);
    let start = format!("2026-11-25T{:02}:00:00+08:00", 9 + minute % 6);
    let asked = json!({
        "site": world.site.id,
        "lines": [{ "service": shop.cut }],
        "slot": { "start": start },
        "unit": "days",
        "count": 2,
    });
    let made = call(&world.program(Role::Owner), "/series", &asked);
    let order = value(&made)["orders"][0]["order"].clone();
    vec![
        (example::SERIES, id(&made)),
        (example::ORDER, order.as_str().expect("an order").to_owned()),
    ]
}

/// An enquiry, answered already where it is to be opened again.
fn enquiry(world: &World, path: &str) -> Vec<(&'static str, String)> {
    let owner = world.program(Role::Owner);
    let asked = json!({ "site": world.site.id, "text": "Is there a lift?" });
    let enquiry = id(&call(&owner, "/enquiries", &asked));
    if path.ends_with("/reopening") {
        let outcome = json!({ "outcome": "There is." });
        let closed = call(&owner, &format!("/enquiries/{enquiry}/outcome"), &outcome);
        assert_eq!(closed.status, 200, "{}", closed.body);
    }
    let mut made = vec![(example::ENQUIRY, enquiry)];
    if path.ends_with("/hand-over") {
        made.push((example::USER, colleague(world, "Ann").to_string()));
    }
    made
}

/// Somebody who waits, and a time that is held for them.
fn waiting(world: &World, shop: &Shop, path: &str, minute: usize) -> Vec<(&'static str, String)> {
    let owner = world.program(Role::Owner);
    let staff = leader(world);
    let asked = json!({
        "site": world.site.id,
        "service": shop.cut,
        "customer": { "name": format!("候补 {minute}"), "phone": format!("1391111{minute:04}") },
        "last_day": "2026-11-25",
    });
    let waiting = id(&call(&owner, "/waiting", &asked));
    if path == "/waiting/{id}/offers" {
        return vec![(example::WAITING, waiting)];
    }
    let wanted = waitlist::Candidate {
        waiting: waiting.parse().expect("an id"),
        start: at("2026-11-25T15:00+08:00"),
        staff: Some(staff),
    };
    let house = House {
        public_url: "https://steward.example".to_owned(),
        sends_mail: false,
    };
    let held = world.write(move |tx, ctx| waitlist::offer(tx, ctx, &house, &wanted));
    let offer = held.expect("a time is held").id.to_string();
    vec![(example::WAITING, waiting), (example::OFFER, offer)]
}
