//! Serving under bad luck: races, power cuts, several processes.

use std::{
    sync::{Barrier, Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

use kernel::{TimeZone, Timestamp};

use crate::{
    browser::{Browser, Shop},
    program::Place,
};

/// A day soon, as the shop's calendar names it.
fn day(ahead: i64) -> String {
    let now = Timestamp::try_from(std::time::SystemTime::now()).expect("the clock is right");
    let then = Timestamp::from_second(now.as_second() + ahead * 86_400).expect("it is near");
    let zone = TimeZone::get("Asia/Shanghai").expect("the zone is known");
    then.to_zoned(zone).date().to_string()
}

#[test]
fn thirty_two_browsers_race_for_one_slot_and_one_wins() {
    Place::each(|place| {
        place.found();
        let server = place.serve();
        let shop = Shop::find(server.address);
        let day = day(2);
        let guests: Vec<_> = (0..32)
            .map(|number| {
                let guest = Browser::new(server.address, &format!("10.1.0.{number}"));
                let (key, starts) = shop.starts(&guest, &day);
                (guest, key, starts[4].clone())
            })
            .collect();
        let gate = Barrier::new(guests.len());
        let statuses: Vec<u16> = thread::scope(|scope| {
            let race = |(guest, key, start): &(Browser, String, String)| {
                gate.wait();
                shop.hold(guest, key, &day, start)
                    .expect("each is answered")
                    .status
            };
            let runners: Vec<_> = guests
                .iter()
                .map(|guest| scope.spawn(move || race(guest)))
                .collect();
            runners
                .into_iter()
                .map(|runner| runner.join().expect("nobody falls"))
                .collect()
        });
        let won = statuses.iter().filter(|status| **status == 303).count();
        let told = statuses.iter().filter(|status| **status == 409).count();
        assert_eq!((won, told), (1, 31), "{statuses:?}");
        drop(server);
        let sound = place.run(&["verify"]);
        assert!(sound.ok, "{sound:?}");
    });
}

#[test]
fn a_power_cut_in_a_burst_of_bookings_loses_nothing_acknowledged() {
    Place::each(|place| {
        place.found();
        let server = place.serve();
        let shop = Shop::find(server.address);
        let acknowledged = burst(&shop, server);
        assert!(
            acknowledged.len() >= 10,
            "only {} were booked",
            acknowledged.len()
        );
        let sound = place.run(&["verify"]);
        assert!(sound.ok, "{sound:?}");
        let server = place.serve();
        let guest = Browser::new(server.address, "10.2.0.1");
        for path in &acknowledged {
            let page = guest.get(path).expect("the server answers");
            assert_eq!(page.status, 200, "{path} was promised");
            assert!(
                page.body.contains("calendar.ics"),
                "{path} is no longer booked"
            );
        }
    });
}

/// Books from several browsers at once until the power goes; answers the promised bookings.
fn burst(shop: &Shop, server: crate::program::Server) -> Vec<String> {
    let address = server.address;
    let promised = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for number in 0..8_i64 {
            let promised = &promised;
            scope.spawn(move || {
                let guest = Browser::new(address, &format!("10.3.0.{number}"));
                let day = day(1 + number);
                let (_, starts) = shop.starts(&guest, &day);
                // Every second start is free of its neighbour, so that each can be booked.
                for start in starts.iter().step_by(2) {
                    let Some(path) = book(shop, &guest, &day, start) else {
                        return;
                    };
                    promised.lock().expect("nobody falls").push(path);
                }
            });
        }
        let begun = Instant::now();
        while promised.lock().expect("nobody falls").len() < 12 {
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "nothing is booked"
            );
            thread::sleep(Duration::from_millis(2));
        }
        server.kill();
    });
    promised.into_inner().expect("nobody falls")
}

/// One booking; nothing when the server is gone.
fn book(shop: &Shop, guest: &Browser, day: &str, start: &str) -> Option<String> {
    let page = guest.get(&format!("{}?day={day}", shop.times))?.body;
    let key = crate::browser::between(&page, "name=\"key\" value=\"", "\"");
    let held = shop.hold(guest, key.first()?, day, start)?;
    assert_eq!(held.status, 303, "{}", held.body);
    let booked = guest.post(&held.location, "name=Ada&phone=13800132047")?;
    assert_eq!(booked.status, 303, "{}", booked.body);
    Some(booked.location)
}

#[test]
fn a_change_made_in_one_process_is_seen_in_another_within_a_second() {
    let Some(place) = Place::schema() else {
        return;
    };
    place.found();
    let (here, there) = (place.serve(), place.serve());
    let watcher = Browser::owner(there.address);
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        watcher.listen(|line| {
            let _ = tell.send((Instant::now(), line.to_owned()));
            line.contains("order")
        });
    });
    let hello = told.recv_timeout(Duration::from_secs(5));
    assert!(hello.is_ok(), "the stream opens");
    let shop = Shop::find(here.address);
    let guest = Browser::new(here.address, "10.4.0.1");
    let (key, starts) = shop.starts(&guest, &day(3));
    let held = shop
        .hold(&guest, &key, &day(3), &starts[0])
        .expect("it is answered");
    let done = Instant::now();
    assert_eq!(held.status, 303);
    let deadline = done + Duration::from_secs(5);
    while let Ok((at, line)) = told.recv_timeout(deadline.saturating_duration_since(Instant::now()))
    {
        if line.contains("\"order\"") {
            let late = at.saturating_duration_since(done);
            eprintln!("seen after {late:?}");
            assert!(late < Duration::from_secs(1), "seen only after {late:?}");
            return;
        }
    }
    panic!("the other process never heard of it");
}

#[test]
fn a_session_that_is_ended_elsewhere_hears_nothing_more_within_seconds() {
    Place::each(|place| {
        place.found();
        let server = place.serve();
        let (lost, own) = (
            Browser::owner(server.address),
            Browser::owner(server.address),
        );
        let (tell, told) = mpsc::channel();
        let listening = lost.clone();
        thread::spawn(move || {
            listening.listen(|_| {
                let _ = tell.send("open");
                false
            });
            let _ = tell.send("ended");
        });
        let seconds = Duration::from_secs(8);
        assert_eq!(told.recv_timeout(seconds), Ok("open"));
        let revoked = own.post("/settings/sessions/revocation", "");
        assert_eq!(revoked.expect("it is answered").status, 303);
        assert_eq!(lost.get("/today").expect("it is answered").status, 303);
        let begun = Instant::now();
        while told.recv_timeout(seconds.saturating_sub(begun.elapsed())) != Ok("ended") {
            assert!(begun.elapsed() < seconds, "the stream is still open");
        }
    });
}

#[test]
fn a_server_asked_to_stop_ends_well_even_with_open_streams() {
    let place = Place::folder();
    place.found();
    let server = place.serve();
    let watcher = Browser::owner(server.address);
    let (tell, told) = mpsc::channel();
    let listening = thread::spawn(move || {
        watcher.listen(|_| {
            let _ = tell.send(());
            false
        });
    });
    told.recv_timeout(Duration::from_secs(5))
        .expect("the stream opens");
    assert!(server.terminate(), "it stops within ten seconds");
    listening.join().expect("the stream ends, too");
}
