//! Many programs and several processes after the same times, numbers and orders.
//!
//! `STEWARD_RACE_SLOTS=1000 cargo nextest run -p steward race` makes each of the 32 clients ask for
//! as many slots.

mod house;

use std::{
    env,
    sync::Barrier,
    thread,
    time::{Duration, Instant},
};

use kernel::IdSource;
use serde_json::{Value, json};
use store::Db;

use self::house::{House, Wish};
use crate::{
    browser::{Browser, Shop},
    load::day,
    program::Place,
};

const CLIENTS: usize = 32;
const SLOTS: i64 = 24;

fn slots() -> i64 {
    let asked = env::var("STEWARD_RACE_SLOTS").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(SLOTS)
}

/// What became of a wish.
struct Asked {
    wish: Wish,
    status: u16,
    told: Value,
}

fn book(house: &House, program: &Browser, wish: Wish, key: &str) -> Asked {
    let things = &house.things;
    let mut slot = json!({ "start": things.start(wish.slot).to_string() });
    if let Some(staff) = wish.staff {
        slot["staff"] = json!(things.staff[staff].to_string());
    }
    let body = json!({
        "site": things.site.to_string(),
        "channel": "phone",
        "lines": [{ "service": things.services[wish.service].to_string(), "quantity": 1 }],
        "slot": slot,
    });
    let (status, told) = program.call("/api/v1/orders", &body, key);
    Asked { wish, status, told }
}

/// Asks for every slot in an order of one's own; service and person are drawn.
fn client(house: &House, number: usize) -> Vec<Asked> {
    let (program, ids) = (house.program(number), IdSource::seeded(number as u64 + 1));
    let below = |most: usize| (ids.bits() % most as u64) as usize;
    let mut slots: Vec<i64> = (0..slots()).collect();
    for at in (1..slots.len()).rev() {
        slots.swap(at, below(at + 1));
    }
    let one = |slot| {
        let wish = Wish {
            slot,
            service: below(3),
            staff: (below(2) == 0).then(|| below(4)),
        };
        book(house, &program, wish, &format!("{number}-{slot}"))
    };
    slots.into_iter().map(one).collect()
}

/// Does one thing for each number at the same time, and answers what each got.
fn at_once<T: Send>(count: usize, act: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let gate = Barrier::new(count);
    thread::scope(|scope| {
        let (gate, act) = (&gate, &act);
        let runner = |number| {
            scope.spawn(move || {
                gate.wait();
                act(number)
            })
        };
        let runners: Vec<_> = (0..count).map(runner).collect();
        let done = runners.into_iter().map(|one| one.join());
        done.map(|one| one.expect("nobody falls")).collect()
    })
}

/// Takes the first alternative somebody was told of.
fn takes_another(house: &House, lost: &Asked, number: usize) {
    let program = house.program(number);
    let again = book(house, &program, lost.wish, &format!("again-{number}"));
    assert_eq!(again.status, 409, "{}", again.told);
    let Some(other) = again.told["alternatives"].get(0) else {
        return;
    };
    let body = json!({
        "site": house.things.site.to_string(),
        "channel": "phone",
        "lines": [{ "service": house.things.services[lost.wish.service].to_string() }],
        "slot": { "start": other["start"], "staff": other["staff"][0] },
    });
    let (status, told) = program.call("/api/v1/orders", &body, &format!("other-{number}"));
    assert_eq!(status, 201, "{other} was offered: {told}");
}

#[test]
fn thirty_two_programs_at_several_processes_never_share_a_person_a_room_or_a_machine() {
    Place::each(|place| {
        let house = House::open(place, slots());
        let begun = Instant::now();
        let asked = at_once(CLIENTS, |number| client(&house, number));
        let asked: Vec<Asked> = asked.into_iter().flatten().collect();
        let (won, lost): (Vec<&Asked>, Vec<&Asked>) =
            asked.iter().partition(|one| one.status == 201);
        eprintln!(
            "{} asked, {} won, {} lost in {:?} at {} processes",
            asked.len(),
            won.len(),
            lost.len(),
            begun.elapsed(),
            house.servers.len()
        );
        let taken = house.taken();
        assert_eq!(taken.overlaps(), Vec::<String>::new());
        assert!(!won.is_empty() && !lost.is_empty());
        for one in won {
            let order = one.told["id"].as_str().expect("an order has an id");
            assert_eq!(taken.of(order), one.wish.takes(), "{order} is whole");
        }
        let firm: usize = taken.0.values().map(Vec::len).sum();
        let promised: usize = asked
            .iter()
            .filter(|one| one.status == 201)
            .map(|one| one.wish.takes())
            .sum();
        assert_eq!(firm, promised, "nothing is taken for nobody");
        for one in &lost {
            assert_eq!(one.status, 409, "{}", one.told);
            assert!(one.told["alternatives"].is_array(), "{}", one.told);
            let is_so = house.explains(&taken, &one.wish);
            assert!(is_so, "{:?} is free: {}", one.wish, one.told);
        }
        for (number, one) in lost.iter().take(24).enumerate() {
            takes_another(&house, one, number);
        }
        assert_eq!(house.taken().overlaps(), Vec::<String>::new());
        house.close();
    });
}

#[test]
fn of_sixteen_programs_after_one_person_at_one_time_one_wins_and_the_others_hear_of_other_times() {
    Place::each(|place| {
        let house = House::open(place, 40);
        for slot in [0, 8, 16] {
            let wish = Wish {
                slot,
                service: 2,
                staff: Some(1),
            };
            let asked = at_once(16, |number| {
                let program = house.program(number);
                book(&house, &program, wish, &format!("one-{number}-{slot}"))
            });
            let won = asked.iter().filter(|one| one.status == 201).count();
            assert_eq!(won, 1, "slot {slot}");
            for lost in asked.iter().filter(|one| one.status != 201) {
                assert_eq!(lost.status, 409, "{}", lost.told);
                let others = lost.told["alternatives"].as_array().expect("a list");
                assert!(!others.is_empty(), "{}", lost.told);
            }
        }
        house.close();
    });
}

#[test]
fn sixteen_programs_that_send_one_key_make_one_order_and_hear_the_same() {
    Place::each(|place| {
        let house = House::open(place, 40);
        let wish = Wish {
            slot: 3,
            service: 0,
            staff: None,
        };
        let asked = at_once(16, |number| {
            book(&house, &house.program(number), wish, "the-same")
        });
        for one in &asked {
            assert_eq!((one.status, &one.told["id"]), (201, &asked[0].told["id"]));
        }
        let order = asked[0].told["id"].as_str().expect("an order has an id");
        assert_eq!(house.taken().of(order), 1);
        let other = Wish { slot: 9, ..wish };
        let reused = book(&house, &house.program(0), other, "the-same");
        assert_eq!(reused.status, 409, "{}", reused.told);
        house.close();
    });
}

#[test]
fn the_last_numbers_of_a_line_go_to_nobody_twice_and_whoever_is_late_is_told() {
    Place::each(|place| {
        let house = House::open(place, 40);
        let body = json!({
            "site": house.things.site.to_string(),
            "service": house.things.services[0].to_string(),
        });
        let take = |number: usize, key: &str| {
            let key = format!("{key}-{number}");
            house
                .program(number)
                .call("/api/v1/queue/tickets", &body, &key)
        };
        assert_eq!(take(0, "first").0, 201);
        let sql = "update ticket_numbers set last_number = 9990";
        Db::administer(&place.target(), sql).expect("the database obeys");
        let got = at_once(CLIENTS, |number| take(number, "last"));
        let mut numbers: Vec<String> = got
            .iter()
            .filter(|(status, _)| *status == 201)
            .map(|(_, told)| told["number"].to_string())
            .collect();
        numbers.sort();
        numbers.dedup();
        assert_eq!(numbers.len(), 9, "9991 to 9999, each once: {numbers:?}");
        let late = got.iter().filter(|(status, _)| *status == 409).count();
        assert_eq!(late, CLIENTS - 9);
        house.close();
    });
}

#[test]
fn of_two_tabs_at_two_processes_that_save_one_order_one_does_and_the_other_keeps_what_was_typed() {
    Place::each(|place| {
        let house = House::open(place, 40);
        let owner = Browser::owner(house.servers[0].address);
        for slot in 0..6 {
            let wish = Wish {
                slot: slot * 4,
                service: 0,
                staff: None,
            };
            let made = book(&house, &house.program(0), wish, &format!("tabs-{slot}"));
            assert_eq!(made.status, 201, "{}", made.told);
            let order = made.told["id"].as_str().expect("an order has an id");
            let saved = at_once(2, |tab| {
                let door = &house.servers[tab % house.servers.len()];
                let form = format!(
                    "version=1&service0={}&quantity0=1&note=Tab+number+{tab}&level=normal",
                    house.things.services[0]
                );
                let path = format!("/orders/{order}/content");
                let answer = owner.at(door.address).post(&path, &form);
                answer.expect("each is answered")
            });
            let mut statuses: Vec<u16> = saved.iter().map(|answer| answer.status).collect();
            statuses.sort_unstable();
            assert_eq!(statuses, [303, 422], "order {slot}");
            let lost = saved.iter().position(|answer| answer.status == 422);
            let lost = lost.expect("one was told");
            assert!(saved[lost].body.contains("Somebody else changed this"));
            let typed = format!("Tab number {lost}");
            assert!(saved[lost].body.contains(&typed), "{}", saved[lost].body);
        }
        house.close();
    });
}

#[test]
fn a_hold_that_runs_out_while_it_is_confirmed_goes_to_one_of_those_who_want_it() {
    Place::each(|place| {
        place.found();
        let servers = match place {
            Place::Folder(_) => vec![place.serve()],
            Place::Schema(..) => vec![place.serve(), place.serve()],
        };
        let address = |number: usize| servers[number % servers.len()].address;
        let (shop, day) = (Shop::find(address(0)), day(2));
        for round in 0..6_usize {
            let guest = |number: usize| {
                let from = format!("10.8.{round}.{number}");
                Browser::new(address(number), &from)
            };
            let (key, starts) = shop.starts(&guest(0), &day);
            let start = starts[0].clone();
            let rivals: Vec<_> = (1..4)
                .map(|n| (guest(n), shop.starts(&guest(n), &day).0))
                .collect();
            let held = shop.hold(&guest(0), &key, &day, &start);
            let held = held.expect("it is answered");
            assert_eq!(held.status, 303, "{}", held.body);
            let over = run_out(place);
            let outcomes = at_once(4, |number| {
                // Somewhere around the moment at which the hold runs out.
                let jitter = IdSource::system().bits() % 60;
                let until = over + Duration::from_millis(jitter) - Duration::from_millis(30);
                thread::sleep(until.saturating_duration_since(Instant::now()));
                let answer = match number {
                    0 => guest(0).post(&held.location, "name=Ada&phone=13800132047"),
                    _ => {
                        let (rival, key) = &rivals[number - 1];
                        shop.hold(rival, key, &day, &start)
                    }
                };
                answer.expect("each is answered").status
            });
            let won = outcomes.iter().filter(|status| **status == 303).count();
            assert_eq!(won, 1, "round {round}: {outcomes:?}");
        }
        drop(servers);
        let sound = place.run(&["verify"]);
        assert!(sound.ok, "{sound:?}");
    });
}

/// Lets every hold run out in a moment, and tells when.
fn run_out(place: &Place) -> Instant {
    let ahead = Duration::from_millis(300);
    let over = Instant::now() + ahead;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let until = (now.expect("the clock is right") + ahead).as_micros();
    for table in ["claims", "orders"] {
        let sql = format!("update {table} set hold_until = {until} where state = 'held'");
        Db::administer(&place.target(), &sql).expect("the database obeys");
    }
    over
}
