//! What fails beneath the program: power, the database server, the disk, the clock.
//!
//! `STEWARD_CRASH_ROUNDS=200` makes the power fail that often on each database.

use std::{
    env, fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use kernel::IdSource;
use store::Db;

use crate::{
    browser::Browser,
    cluster::Cluster,
    commands::refused,
    disk::Disk,
    load,
    program::{Place, Server, run},
};

const ROUNDS: i64 = 3;

fn rounds() -> i64 {
    let asked = env::var("STEWARD_CRASH_ROUNDS").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(ROUNDS)
}

/// A number below a bound, another one each time.
fn chance(bound: u64) -> u64 {
    IdSource::system().bits() % bound
}

fn is_sound(place: &Place) {
    let sound = place.run(&["verify"]);
    assert!(sound.ok, "{sound:?}");
}

#[test]
fn power_cuts_at_random_moments_under_load_lose_nothing_acknowledged() {
    Place::each(|place| {
        place.found();
        let mut server = place.serve();
        let mut owner = Browser::owner(server.address);
        let mut count = 0;
        for round in 0..rounds() {
            let promised = load::during(&owner, round, |promised| {
                promised.wait_for(usize::try_from(1 + chance(24)).expect("it is small"));
                thread::sleep(Duration::from_micros(chance(20_000)));
                server.kill();
            });
            is_sound(place);
            server = place.serve();
            owner = owner.at(server.address);
            load::find(&owner, &promised.all());
            count += promised.count();
            eprintln!("{} power cuts, {count} acknowledged, all found", round + 1);
        }
    });
}

#[test]
fn a_database_server_that_falls_and_comes_back_loses_nothing_and_is_told_of_in_words() {
    let Some(mut cluster) = Cluster::start() else {
        return;
    };
    let place = Place::Schema(cluster.url(), "none".to_owned());
    place.found();
    let server = place.serve();
    let owner = Browser::owner(server.address);
    let promised = load::during(&owner, 0, |promised| {
        promised.wait_for(12);
        cluster.fall();
        let page = owner.get("/today").expect("the program lives on");
        assert_eq!(page.status, 503, "{}", page.body);
        assert!(
            page.body.contains("does not answer for the moment"),
            "{}",
            page.body
        );
        let ready = owner.get("/readyz").expect("the program lives on");
        assert_eq!(ready.status, 503);
        assert!(
            ready.body.contains(r#""not_ready":["database"]"#),
            "{}",
            ready.body
        );
        assert_eq!(owner.get("/healthz").expect("it lives").status, 200);
        let before = promised.count();
        cluster.rise();
        promised.wait_for(before + 12);
    });
    load::find(&owner, &promised.all());
    drop(server);
    is_sound(&place);
}

#[test]
fn a_full_disk_is_told_in_words_loses_nothing_and_goes_on_once_there_is_room() {
    let Some(disk) = Disk::of_megabytes(64) else {
        return;
    };
    let place = Place::Folder(disk.path().join("data"));
    place.found();
    let server = place.serve();
    let owner = Browser::owner(server.address);
    let promised = load::during(&owner, 0, |promised| {
        promised.wait_for(8);
        let ballast = disk.fill_up_to(1 << 20);
        let begun = Instant::now();
        let told = loop {
            let number = chance(90_000_000);
            let form = format!("name=Late&phone=138{number:08}");
            let answer = owner
                .post("/customers", &form)
                .expect("the program lives on");
            if answer.status == 503 {
                break answer;
            }
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "the disk never fills"
            );
        };
        for words in [
            "no room left where the data lies",
            "value=\"Late\"",
            "Try again",
        ] {
            assert!(told.body.contains(words), "{words}: {}", told.body);
        }
        let ready = owner.get("/readyz").expect("the program lives on");
        assert!(ready.body.contains("disk"), "{}", ready.body);
        assert_eq!(
            owner.get("/today").expect("it lives on").status,
            200,
            "reading goes on"
        );
        fs::remove_file(ballast).expect("there is room again");
        let before = promised.count();
        promised.wait_for(before + 8);
    });
    load::find(&owner, &promised.all());
    server.kill();
    is_sound(&place);
}

#[test]
fn a_disk_that_cannot_be_written_is_said_so_in_one_line() {
    let Some(disk) = Disk::of_megabytes(64) else {
        return;
    };
    let place = Place::Folder(disk.path().join("data"));
    place.found();
    disk.may_be_written(false);
    let shown = disk.path().display().to_string();
    refused(&place.run(&["serve", "--listen", "127.0.0.1:0"]), &shown);
    refused(&place.run(&["verify"]), &shown);
    disk.may_be_written(true);
    is_sound(&place);
}

fn copied(from: &Path, to: &Path, log: &[u8]) {
    fs::create_dir_all(to).expect("it is made");
    for name in ["steward.db", "secret.key"] {
        fs::copy(from.join(name), to.join(name)).expect("it is copied");
    }
    fs::write(to.join("steward.db-wal"), log).expect("it is written");
}

#[test]
fn a_torn_log_of_the_database_leaves_what_was_whole_and_nothing_half_done() {
    let place = Place::folder();
    place.found();
    let Place::Folder(folder) = &place else {
        panic!("a folder is a folder");
    };
    // The business itself stands in the database; what follows stands in its log.
    Db::administer(&place.target(), "pragma wal_checkpoint(truncate)").expect("it obeys");
    let server = place.serve();
    let owner = Browser::owner(server.address);
    load::during(&owner, 0, |promised| {
        promised.wait_for(30);
        server.kill();
    });
    let log = fs::read(folder.join("steward.db-wal")).expect("what was killed left its log");
    assert!(log.len() > 100_000, "{} bytes", log.len());
    let mut altered = log.clone();
    for byte in &mut altered[log.len() / 2..] {
        *byte ^= 0x55;
    }
    let somewhere = usize::try_from(chance(log.len() as u64)).expect("it is small");
    let torn = [
        &log[..log.len() * 2 / 3],
        &log[..somewhere],
        &altered,
        &log[..0],
    ];
    for (number, log) in torn.into_iter().enumerate() {
        let copy = Place::folder();
        let Place::Folder(to) = &copy else {
            panic!("a folder is a folder");
        };
        copied(folder, to, log);
        is_sound(&copy);
        let server = copy.serve();
        let owner = Browser::owner(server.address);
        let made = owner.post("/customers", "name=Next&phone=13700000001");
        assert_eq!(made.expect("it answers").status, 303, "torn log {number}");
        drop(server);
        is_sound(&copy);
    }
}

#[test]
fn a_clock_set_back_by_an_hour_stops_nobody_and_breaks_nothing() {
    let place = Place::folder();
    let demo = |clock: &str, more: &[&str]| {
        let [flag, data] = place.flags();
        let all = ["demo", "--past-days", "1", "--clock", clock, &flag, &data];
        [&all[..], more]
            .concat()
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    let run_demo = |clock: &str| {
        let all = demo(clock, &["--build-only"]);
        let ended = run(&all.iter().map(String::as_str).collect::<Vec<_>>(), "");
        assert!(ended.ok, "{ended:?}");
    };
    run_demo("2026-11-21T15:00:00+08:00");
    let write = |clock: &str, phone: &str| {
        let all = demo(clock, &["--listen", "127.0.0.1:0"]);
        let server = Server::start(&all.iter().map(String::as_str).collect::<Vec<_>>());
        let owner = Browser::signed_in(server.address, "liu.yan", "lotus-tea-house");
        let form = format!("name=Ada&phone={phone}");
        let made = owner.post("/customers", &form).expect("it answers");
        assert_eq!(made.status, 303, "{}", made.body);
        for path in ["/today", "/queue", "/calendar", "/orders", &made.location] {
            assert_eq!(
                owner.get(path).expect("it answers").status,
                200,
                "{path} at {clock}"
            );
        }
        assert!(server.terminate(), "it stops well");
    };
    write("2026-11-21T15:00:00+08:00", "13711110001");
    write("2026-11-21T14:00:00+08:00", "13711110002");
    is_sound(&place);
    write("2026-11-21T15:05:00+08:00", "13711110003");
    is_sound(&place);
}

/// A folder that is gone with the value.
pub fn scratch(name: &str) -> PathBuf {
    let folder = env::temp_dir().join(format!("steward_{name}_{:08x}", chance(1 << 32)));
    fs::create_dir_all(&folder).expect("it is made");
    folder
}
