#![doc = include_str!("../README.md")]

use formats::{Limits, Options, ocel, pnml, read_log, read_net, xes};
use kernel::ids::CustomerId;
use kernel::{Currency, Locale};
use lifetime::Day;
use web::axum::http::{HeaderMap, HeaderValue, header};
use web::{Fields, cookie_of};

/// A reader: its name, and a call of it that may refuse the bytes and nothing else.
pub type Target = (&'static str, fn(&[u8]));

/// All of them, by name.
pub const TARGETS: [Target; 19] = [
    ("blueprint_bpmn", |bytes| {
        drop(blueprints::bpmn_steps(bytes))
    }),
    ("cookies", cookies),
    ("demand", |bytes| drop(lab::forecast::slots(bytes))),
    ("form", form),
    ("import", |bytes| drop(exchange::read_grid(bytes.to_vec()))),
    ("knowledge", |bytes| drop(lab::search::entries(bytes))),
    ("links", links),
    ("log", |bytes| drop(read_log(bytes.to_vec(), &options()))),
    ("log_csv", |bytes| {
        drop(formats::csv::read(bytes, &options().columns, &limits()));
    }),
    ("model_bpmn", |bytes| {
        drop(read_net(bytes.to_vec(), &limits()))
    }),
    ("model_pnml", |bytes| drop(pnml::read(bytes, &limits()))),
    ("objects_json", |bytes| {
        drop(ocel::read_json(bytes, &limits()))
    }),
    ("objects_sqlite", |bytes| {
        drop(ocel::read_sqlite(bytes, &limits()))
    }),
    ("objects_xml", |bytes| {
        drop(ocel::read_xml(bytes, &limits()))
    }),
    ("purchases", |bytes| {
        drop(lab::value::purchases(bytes, Day(30_000)))
    }),
    ("sentence_model", sentence_model),
    ("shop_model", |bytes| {
        drop(std::str::from_utf8(bytes).map(simulate::json::read))
    }),
    ("tickets", |bytes| drop(lab::waits::days(bytes))),
    ("xes", |bytes| drop(xes::read(bytes, &limits()))),
];

/// Calls the reader of this name.
///
/// # Panics
/// Where there is none of this name.
pub fn run(name: &str, bytes: &[u8]) {
    let found = TARGETS.iter().find(|target| target.0 == name);
    found.expect("a target has this name").1(bytes);
}

/// Small enough that a machine that tries thousands of files a second does not run out of memory.
fn limits() -> Limits {
    Limits {
        bytes_max: 1 << 20,
        ..Limits::default()
    }
}

fn options() -> Options {
    Options {
        limits: limits(),
        ..Options::default()
    }
}

/// A form's body or the part of an address behind `?`: what is read is asked for.
fn form(bytes: &[u8]) {
    let Some(mut fields) = std::str::from_utf8(bytes).ok().and_then(Fields::parse) else {
        return;
    };
    for (name, value) in fields.values().to_vec() {
        assert!(!value.contains('\0'), "{name}");
        let text = fields.text(&name, 0, 20);
        assert!(text.chars().count() <= 20, "{name}: {text:?}");
        fields.date(&name);
        fields.date_time(&name);
        fields.money(&name, Currency::CNY);
        fields.int(&name, -5, 5);
        fields.id::<()>(&name);
    }
    drop(fields.done());
}

fn cookies(bytes: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(bytes) else {
        return;
    };
    let headers: HeaderMap = std::iter::once((header::COOKIE, value)).collect();
    drop(cookie_of(&headers, "session"));
}

/// What stands in an address: ids, languages, instants.
fn links(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(id) = text.parse::<CustomerId>() {
        assert_eq!(id.to_string().parse(), Ok(id), "{text:?}");
    }
    std::hint::black_box(Locale::parse(&text));
    std::hint::black_box(formats::time::parse(&text, formats::time::Shape::YearFirst));
}

/// Configuration, words and weights in one, parted by two zero bytes.
fn sentence_model(bytes: &[u8]) {
    let mut parts = bytes.splitn(3, |&byte| byte == 0);
    let mut part = || parts.next().unwrap_or_default();
    let files = search::ModelFiles {
        config: part(),
        vocabulary: part(),
        weights: part(),
    };
    if let Ok(encoder) = search::Encoder::read(&files) {
        let meaning = encoder.encode("Opening hours? 几点开门");
        assert!((0.0..=1.0).contains(&meaning.known));
    }
}
