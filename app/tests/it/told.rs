//! Power cuts while another program is told what happens.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{browser::Browser, load, program::Place};

const ROUNDS: i64 = 3;
/// A killed process holds a webhook for half a minute; whoever follows waits for that.
const PATIENCE: Duration = Duration::from_secs(90);

/// The places in the journal that a program was told, in the order in which it was.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<i64>>>);

impl Told {
    fn all(&self) -> Vec<i64> {
        self.0.lock().expect("nobody falls").clone()
    }
}

fn read(stream: &TcpStream) -> Option<Value> {
    let mut reader = BufReader::new(stream);
    let (mut length, mut line) = (0, String::new());
    while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
        if let Some(told) = line.to_ascii_lowercase().strip_prefix("content-length: ") {
            length = told.trim().parse().ok()?;
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// A program that takes everything it is told.
fn listener() -> (String, Told) {
    let door = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = door.local_addr().expect("an address");
    let told = Told::default();
    let places = Arc::clone(&told.0);
    thread::spawn(move || {
        for stream in door.incoming().map_while(Result::ok) {
            if let Some(place) = read(&stream).and_then(|body| body["data"]["seq"].as_i64()) {
                places.lock().expect("nobody falls").push(place);
            }
            let _ = (&stream).write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n");
        }
    });
    (format!("http://{address}/in"), told)
}

/// Every place in the journal behind one.
fn happened(program: &Browser, mut after: i64) -> Vec<i64> {
    let mut places = Vec::new();
    loop {
        let path = format!("/api/v1/journal?after={after}&limit=500");
        let page = program.get(&path).expect("it answers").body;
        let page: Value = serde_json::from_str(&page).expect("JSON");
        let events = page["events"].as_array().expect("events");
        places.extend(events.iter().filter_map(|event| event["seq"].as_i64()));
        if events.is_empty() {
            return places;
        }
        after = page["next_after"].as_i64().expect("a place");
    }
}

#[test]
fn power_cuts_while_a_program_is_told_lose_no_fact_and_keep_their_order() {
    Place::each(|place| {
        place.found();
        let token = place.run(&["token", "create", "--scope", "all"]);
        assert!(token.ok, "{}", token.err);
        let (url, told) = listener();
        let mut server = place.serve_with(&["--private-targets"]);
        let mut owner = Browser::owner(server.address);
        let mut program = Browser::new(server.address, "10.8.0.1").with_token(token.out.trim());
        let (status, made) = program.call("/api/v1/webhooks", &json!({ "url": url }), "made");
        assert_eq!(status, 201, "{made}");
        let heard = made["heard"].as_i64().expect("a place");
        for round in 0..ROUNDS {
            load::during(&owner, round, |promised| {
                promised.wait_for(12);
                server.kill();
            });
            server = place.serve_with(&["--private-targets"]);
            (owner, program) = (owner.at(server.address), program.at(server.address));
        }
        let begun = Instant::now();
        loop {
            let (happened, told) = (happened(&program, heard), told.all());
            let missing = happened.iter().find(|place| !told.contains(place));
            if missing.is_none() {
                assert!(
                    told.is_sorted(),
                    "again at most, never before another: {told:?}"
                );
                eprintln!("{} facts, told {} times", happened.len(), told.len());
                break;
            }
            assert!(begun.elapsed() < PATIENCE, "{missing:?} was never told");
            thread::sleep(Duration::from_millis(200));
        }
        drop(server);
        let sound = place.run(&["verify"]);
        assert!(sound.ok, "{sound:?}");
    });
}
