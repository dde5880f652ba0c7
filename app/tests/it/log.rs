//! What the program tells whoever runs it.

use std::{fs, net::TcpListener};

use crate::{
    browser::Browser,
    program::{Place, Server},
};

/// An address that was free a moment ago.
fn free_address() -> String {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    taken.local_addr().expect("it has an address").to_string()
}

#[test]
fn the_log_names_slow_commands_and_requests_by_number_and_metrics_have_their_own_address() {
    let place = Place::folder();
    place.found();
    let Place::Folder(folder) = &place else {
        panic!("a folder is a folder");
    };
    let (log, metrics) = (folder.join("log"), free_address());
    let [flag, data] = place.flags();
    let serve = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--slow-ms",
        "0",
        "--metrics",
        &metrics,
    ];
    let server = Server::start_logged(&[&serve[..], &[&flag, &data]].concat(), &log);
    let owner = Browser::owner(server.address);
    assert_eq!(owner.get("/today").expect("it answers").status, 200);
    assert_eq!(owner.get("/metrics").expect("it answers").status, 404);
    let meter = Browser::new(metrics.parse().expect("it is an address"), "10.0.0.9");
    let told = meter.get("/metrics").expect("it answers").body;
    let today = r#"steward_http_requests_total{method="GET",route="/today",status="2xx"} 1"#;
    assert!(told.contains(today), "{told}");
    assert!(
        told.contains(r#"steward_queue_waiting{queue="messages"} 0"#),
        "{told}"
    );
    assert!(server.terminate(), "it stops well");
    let log = fs::read_to_string(&log).expect("there is a log");
    let line = |words: &[&str]| {
        let found = log
            .lines()
            .find(|line| words.iter().all(|word| line.contains(word)));
        found.unwrap_or_else(|| panic!("no line with {words:?} in {log}"))
    };
    line(&[
        r#""target":"access""#,
        r#""status":200"#,
        r#""route":"/today""#,
    ]);
    let slow = line(&[
        r#""target":"slow""#,
        r#""command":"people::"#,
        r#""route":"/login""#,
    ]);
    assert!(
        slow.starts_with('{') && slow.contains(r#""id":""#),
        "{slow}"
    );
    assert!(!log.contains("tea-house-lotus"), "no secret is in the log");
}
