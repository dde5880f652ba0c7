//! Traces, as a collector gets them.

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc::{Receiver, Sender, channel},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::{
    browser::Browser,
    program::{PASSWORD, Place, run},
};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER: &str = "00f067aa0ba902b7";

/// A span as the collector understands it.
#[derive(Debug)]
struct Span {
    name: String,
    kind: i64,
    trace: String,
    id: String,
    parent: String,
    nanoseconds: (u64, u64),
    facts: BTreeMap<String, String>,
    failed: bool,
}

fn word(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

fn facts(value: &Value) -> BTreeMap<String, String> {
    let attributes = value["attributes"].as_array().expect("a list");
    let pair = |attribute: &Value| {
        let value = attribute["value"].as_object().expect("one kind of value");
        let (kind, value) = value.iter().next().expect("a value");
        assert!(["stringValue", "intValue", "boolValue"].contains(&kind.as_str()));
        let shown = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        (word(attribute, "key"), shown)
    };
    attributes.iter().map(pair).collect()
}

impl Span {
    fn read(value: &Value) -> Self {
        let moment = |name| word(value, name).parse().expect("nanoseconds, as text");
        Self {
            name: word(value, "name"),
            kind: value["kind"].as_i64().expect("a kind"),
            trace: word(value, "traceId"),
            id: word(value, "spanId"),
            parent: word(value, "parentSpanId"),
            nanoseconds: (moment("startTimeUnixNano"), moment("endTimeUnixNano")),
            facts: facts(value),
            failed: value["status"]["code"] == 2,
        }
    }
}

/// One request to the collector: its head and its body.
fn request(stream: &mut TcpStream) -> Option<(String, String)> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let count = stream.read(&mut piece).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let head = head.to_lowercase();
        let length = head.split("content-length: ").nth(1)?;
        let length: usize = length.lines().next()?.trim().parse().ok()?;
        if body.len() == length {
            return Some((head, body.to_owned()));
        }
    }
}

fn collect(listener: &TcpListener, tell: &Sender<Span>) {
    while let Ok((mut stream, _)) = listener.accept() {
        while let Some((head, body)) = request(&mut stream) {
            assert!(head.starts_with("post /v1/traces http/1.1"), "{head}");
            assert!(head.contains("content-type: application/json"), "{head}");
            for personal in ["liu.yan", "Liu Yan", PASSWORD, "Ada", "13800132047"] {
                assert!(!body.contains(personal), "{personal} left: {body}");
            }
            let told: Value = serde_json::from_str(&body).expect("it is JSON");
            let resource = &told["resourceSpans"][0];
            assert_eq!(facts(&resource["resource"])["service.name"], "steward");
            let spans = resource["scopeSpans"][0]["spans"].as_array();
            for span in spans.expect("a list").iter().map(Span::read) {
                let _ = tell.send(span);
            }
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
        }
    }
}

/// A collector that takes everything.
fn collector() -> (String, Receiver<Span>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let url = format!("http://{}", listener.local_addr().expect("it has one"));
    let (tell, told) = channel();
    thread::spawn(move || collect(&listener, &tell));
    (url, told)
}

#[test]
fn a_request_is_told_with_its_route_its_business_and_its_transactions_and_nothing_personal() {
    Place::each(|place| {
        place.found();
        let (url, told) = collector();
        let server = place.serve_with(&["--otlp-endpoint", &url]);
        let owner = Browser::owner(server.address);
        let made = owner.post("/customers", "name=Ada&phone=13800132047");
        assert_eq!(made.expect("it answers").status, 303);
        let traced = |flags: &str| {
            let parent = format!("00-{TRACE}-{CALLER}-{flags}");
            owner.clone().with_header("traceparent", &parent)
        };
        let found = traced("01").get("/customers?q=Ada").expect("it answers");
        assert_eq!(found.status, 200);
        assert_eq!(traced("00").get("/staff").expect("it answers").status, 200);
        let missing = owner.get("/orders/00000000-0000-7000-8000-000000000000");
        assert_eq!(missing.expect("it answers").status, 404);
        assert!(server.terminate(), "the last ones leave, too");
        let spans: Vec<Span> = told.try_iter().collect();
        let of = |name: &str| {
            let found = spans.iter().find(|span| span.name == name);
            found.unwrap_or_else(|| panic!("no {name} in {spans:#?}"))
        };
        let list = of("GET /customers");
        assert_eq!((list.trace.as_str(), list.parent.as_str()), (TRACE, CALLER));
        assert_eq!((list.kind, list.failed), (2, false));
        assert_eq!(list.facts["http.request.method"], "GET");
        assert_eq!(list.facts["http.route"], "/customers");
        assert_eq!(list.facts["http.response.status_code"], "200");
        assert_eq!(list.facts["steward.organisation.id"].len(), 36);
        let below: Vec<&Span> = spans.iter().filter(|span| span.parent == list.id).collect();
        assert!(!below.is_empty(), "its transactions stand below it");
        for one in below {
            assert_eq!((one.kind, one.trace.as_str()), (1, TRACE));
            assert!(one.name.contains("::"), "{}", one.name);
            let (begun, ended) = one.nanoseconds;
            let (first, last) = list.nanoseconds;
            // Two clocks are read: the one of the system, and the one that never goes back.
            let late = 5_000_000;
            assert!(first <= begun + late && begun <= ended && ended <= last + late);
        }
        let own = of("POST /customers");
        assert!(own.parent.is_empty() && own.trace != TRACE);
        let mut written = spans.iter().filter(|span| span.parent == own.id);
        assert!(written.any(|span| span.facts["steward.transaction.writes"] == "true"));
        let lost = of("GET /orders/{id}");
        assert_eq!(lost.facts["http.response.status_code"], "404");
        assert!(
            spans.iter().all(|span| span.name != "GET /staff"),
            "not to be kept"
        );
        assert_eq!(of("POST /login").trace.len(), 32);
    });
}

#[test]
fn a_collector_that_stands_still_costs_spans_and_no_time() {
    let place = Place::folder();
    place.found();
    // It takes connections and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let url = format!("http://{}", silent.local_addr().expect("it has one"));
    let meter = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let metrics = meter.local_addr().expect("it has one");
    drop(meter);
    let metrics_flag = metrics.to_string();
    let server = place.serve_with(&["--otlp-endpoint", &url, "--metrics", &metrics_flag]);
    let guest = Browser::new(server.address, "10.5.0.1");
    let mut longest = Duration::ZERO;
    for _ in 0..5_500 {
        let begun = Instant::now();
        assert_eq!(guest.get("/healthz").expect("it answers").status, 200);
        longest = longest.max(begun.elapsed());
    }
    assert!(longest < Duration::from_secs(2), "one waited {longest:?}");
    let text = Browser::new(metrics, "10.5.0.1").get("/metrics");
    let text = text.expect("it answers").body;
    let line = text
        .lines()
        .find(|line| line.starts_with("steward_traces_dropped_total "));
    let count = line.and_then(|line| line.split(' ').nth(1)?.parse::<u64>().ok());
    assert!(count.expect("it is counted") > 0, "{line:?}");
    assert!(server.terminate(), "it does not wait for the collector");
}

#[test]
fn an_address_that_is_none_is_refused_in_one_line() {
    let place = Place::folder();
    place.found();
    let [flag, data] = place.flags();
    let ended = run(
        &["serve", &flag, &data, "--otlp-endpoint", "collector:4318"],
        "",
    );
    assert!(!ended.ok && ended.err.contains("must begin with https:// or http://"));
}
