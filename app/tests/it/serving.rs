//! Serving under bad luck: races, power cuts, several processes.

use std::{
    sync::{Barrier, mpsc},
    thread,
    time::{Duration, Instant},
};

use crate::{
    browser::{Browser, Shop, between},
    load::day,
    program::Place,
};

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
fn the_wall_of_one_process_hears_of_its_site_from_another_and_of_nothing_else() {
    let Some(place) = Place::schema() else {
        return;
    };
    place.found();
    let (here, there) = (place.serve(), place.serve());
    let owner = Browser::owner(here.address);
    let made = owner.post("/queue/devices", "kind=wall&name=Entrance&language=en");
    let page = made.expect("the server answers").body;
    let secret = between(&page, "/wall/", "\"")[0].to_owned();
    let path = format!("/at/lotus/wall/{secret}/live");
    let (tell, told) = mpsc::channel();
    let watcher = Browser::new(there.address, "10.4.0.2");
    thread::spawn(move || {
        watcher.listen_at(&path, |line| {
            let _ = tell.send((Instant::now(), line.to_owned()));
            line.starts_with("data:")
        });
    });
    let hello = told.recv_timeout(Duration::from_secs(5));
    assert!(hello.is_ok(), "the stream opens");
    // What the screen does not show is not told to it.
    let shop = Shop::find(here.address);
    let guest = Browser::new(here.address, "10.4.0.3");
    let (key, starts) = shop.starts(&guest, &day(3));
    let held = shop.hold(&guest, &key, &day(3), &starts[0]);
    assert_eq!(held.expect("it is answered").status, 303);
    let line = owner.post("/queue/lines", "code=Z&name_zh=&name_en=Last&open=1");
    assert_eq!(line.expect("the server answers").status, 303);
    let done = Instant::now();
    while let Ok((at, line)) = told.recv_timeout(Duration::from_secs(5)) {
        assert!(!line.contains("order"), "{line}");
        if line.starts_with("data:") {
            assert_eq!(line, "data: {\"kinds\":[\"line\"]}");
            let late = at.saturating_duration_since(done);
            assert!(late < Duration::from_secs(1), "seen only after {late:?}");
            return;
        }
    }
    panic!("the screen never heard of it");
}

/// Kilobytes of memory a process has in use.
#[cfg(target_os = "linux")]
fn resident_kilobytes(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"));
    let status = status.expect("the process runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let words = line.expect("Linux tells").trim();
    let number = words.split(' ').next().unwrap_or_default();
    number.parse().expect("a number")
}

/// `STEWARD_TEST_IDLE` says how many; 500 take a moment.
#[test]
#[cfg(target_os = "linux")]
fn pages_that_only_listen_cost_little_memory_each() {
    let count = std::env::var("STEWARD_TEST_IDLE").ok();
    let count: usize = count.and_then(|text| text.parse().ok()).unwrap_or(500);
    let place = Place::folder();
    place.found();
    let server = place.serve();
    let owner = Browser::owner(server.address);
    let open = |count: usize| -> Vec<_> {
        let streams = (0..count).map(|_| owner.open("/live").expect("it is let in"));
        streams.collect()
    };
    let first = open(20);
    thread::sleep(Duration::from_millis(500));
    let before = resident_kilobytes(server.id());
    let rest = open(count);
    thread::sleep(Duration::from_secs(2));
    let grown = resident_kilobytes(server.id()).saturating_sub(before);
    let count = u64::try_from(count).expect("few");
    eprintln!("{count} idle streams: {} kB each", grown / count);
    // Twice of what a build for tests needs.
    assert!(grown < count * 240, "{grown} kB for {count} streams");
    let page = owner.get("/today").expect("the server answers");
    assert_eq!(page.status, 200, "pages are served beside them");
    drop((first, rest));
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
