//! Object-centric logs.

use formats::ocel::{JsonStream, SqliteStream, Told};
use formats::{Limits, Log, Options, ocel, read_log};
use mining::ObjectLog;
use serde_json::json;

use crate::data;

fn objects(bytes: Vec<u8>) -> ObjectLog {
    match read_log(bytes, &Options::default())
        .expect("it is read or found")
        .log
    {
        Log::Objects(log) => log,
        Log::Cases(_) => panic!("not an object-centric log"),
    }
}

/// What the log says, in words and without numbers of tables.
fn said(log: &ObjectLog) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for event in &log.events {
        let id = log.event_ids.name(event.id);
        lines.push(format!(
            "{id} is {} at {:?}",
            log.event_types.name(event.kind),
            event.time
        ));
    }
    for object in &log.objects {
        let id = log.object_ids.name(object.id);
        lines.push(format!("{id} is {}", log.object_types.name(object.kind)));
    }
    for link in &log.links {
        let (event, object) = (
            log.event_ids.name(link.event),
            log.object_ids.name(link.object),
        );
        lines.push(format!(
            "{event} {} {object}",
            log.qualifiers.name(link.qualifier)
        ));
    }
    for relation in &log.relations {
        let source = log.object_ids.name(relation.source);
        let target = log.object_ids.name(relation.target);
        lines.push(format!(
            "{source} {} {target}",
            log.qualifiers.name(relation.qualifier)
        ));
    }
    for given in &log.event_attributes {
        let owner = log.event_ids.name(given.owner);
        lines.push(format!("{owner} has {} {}", given.name, given.value));
    }
    for given in &log.object_attributes {
        let owner = log.object_ids.name(given.owner);
        let since = given.since.unwrap_or_default();
        lines.push(format!(
            "{owner} has {} {} since {since}",
            given.name, given.value
        ));
    }
    lines.sort();
    lines
}

#[test]
fn the_example_of_the_standard_says_the_same_as_json_xml_and_sqlite() {
    let Some(json) = data::bytes("ocel20_example.json") else {
        return;
    };
    let json = objects(json);
    let others = ["ocel20_example.xml", "ocel20_example.sqlite.gz"];
    for other in others.map(|name| objects(data::bytes(name).expect("the folder is there"))) {
        assert_eq!(json.events.len(), other.events.len());
        assert_eq!(json.objects.len(), other.objects.len());
        // The times differ between the three files by their zones; all else is the same.
        let untimed = |log: &ObjectLog| {
            let mut log = log.clone();
            log.events.iter_mut().for_each(|event| event.time = None);
            log.object_attributes
                .iter_mut()
                .for_each(|given| given.since = None);
            said(&log)
        };
        assert_eq!(untimed(&json), untimed(&other));
    }
}

#[test]
fn order_management_has_the_rows_that_the_reference_counts() {
    for name in ["order_management", "ocel20_example"] {
        let Some(reference) = data::reference(name) else {
            return;
        };
        let file = format!("{name}.sqlite.gz");
        let log = objects(data::bytes(&file).expect("the folder is there"));
        assert_eq!(reference["events"], log.events.len());
        assert_eq!(reference["objects"], log.objects.len());
        assert_eq!(reference["e2o_rows"], log.links.len());
        assert_eq!(reference["o2o_rows"], log.relations.len());
        let untimed = log
            .events
            .iter()
            .filter(|event| event.time.is_none())
            .count();
        assert_eq!(reference["events_without_time"], untimed);
    }
}

#[test]
fn an_object_centric_log_written_and_read_again_says_the_same() {
    for file in ["ocel20_example.json", "order_management.sqlite.gz"] {
        let Some(bytes) = data::bytes(file) else {
            return;
        };
        let log = objects(bytes);
        assert_eq!(said(&log), said(&objects(ocel::write_json(&log))));
        let base = ocel::write_sqlite(&log).unwrap();
        assert_eq!(said(&log), said(&objects(base)));
    }
}

#[test]
fn a_view_in_the_place_of_a_table_is_not_run() {
    let mut base = rusqlite::Connection::open_in_memory().unwrap();
    base.execute_batch(
        "create table event_map_type (ocel_type text, ocel_type_map text);
         create table object_map_type (ocel_type text, ocel_type_map text);
         create view event as with recursive n(i) as (select 1 union all select i + 1 from n)
             select i as ocel_id, i as ocel_type from n;",
    )
    .unwrap();
    let bytes = base.serialize("main").unwrap().to_vec();
    let error = read_log(bytes, &Options::default())
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("element table event: is not there"),
        "{error}"
    );
}

/// Two orders of which one event tells more than the other, and a type that reads like another.
fn told(stream: &mut dyn FnMut(&Told<'_>)) {
    let event = |id: &str, kind, attributes, links: &[&str]| Told {
        id: id.to_owned(),
        kind,
        at: 1_600_000_000_500_000,
        attributes,
        links: links
            .iter()
            .map(|id| ((*id).to_owned(), "subject"))
            .collect(),
    };
    let plain = vec![("minutes", json!(5)), ("by", json!("Ada"))];
    let more = vec![
        ("minutes", json!(7.5)),
        ("late", json!(true)),
        ("why", json!(["a", 1])),
    ];
    stream(&event("e1", "order.made", plain, &["order:1", "staff:9"]));
    stream(&event("e2", "order.made", more, &["order:2"]));
    stream(&event("e3", "order_made", Vec::new(), &[]));
}

fn sorted(log: &ObjectLog) -> Vec<(String, String, String)> {
    let attributes = log.event_attributes.iter();
    let mut found: Vec<_> = attributes
        .map(|a| {
            (
                log.event_ids.name(a.owner).to_owned(),
                a.name.clone(),
                a.value.clone(),
            )
        })
        .collect();
    found.sort();
    found
}

#[test]
fn what_is_written_event_after_event_is_what_is_read() {
    let mut json = JsonStream::new(Vec::new()).expect("memory");
    told(&mut |event| json.event(event).expect("memory"));
    for id in ["order:1", "order:2"] {
        json.object(id, "order").expect("memory");
    }
    json.object("staff:9", "staff").expect("memory");
    let bytes = json.finish().expect("memory");
    let text = String::from_utf8(bytes.clone()).expect("text");
    assert!(
        text.contains(r#"{"name":"minutes","type":"float"}"#),
        "{text}"
    );
    assert!(
        text.contains(r#"{"name":"late","type":"boolean"}"#),
        "{text}"
    );
    let json = ocel::read_json(&bytes, &Limits::default()).expect("our own");

    let file = std::env::temp_dir().join(format!("steward-stream-{}.sqlite", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let mut base = SqliteStream::create(&file).expect("a folder for temporary files");
    told(&mut |event| base.event(event).expect("a file"));
    for id in ["order:1", "order:2"] {
        base.object(id, "order").expect("a file");
    }
    base.object("staff:9", "staff").expect("a file");
    base.finish().expect("a file");
    let base = std::fs::read(&file).expect("it was written");
    std::fs::remove_file(&file).expect("it was written");
    let base = ocel::read_sqlite(&base, &Limits::default()).expect("our own");

    for log in [&json, &base] {
        assert_eq!(
            (log.events.len(), log.objects.len(), log.links.len()),
            (3, 3, 3)
        );
        assert_eq!(log.event_types.len(), 2);
        assert!(
            log.events
                .iter()
                .all(|event| event.time == Some(1_600_000_000_500_000))
        );
    }
    let of_json = sorted(&json);
    assert_eq!(of_json.len(), 5);
    assert!(
        of_json.contains(&("e2".into(), "why".into(), r#"["a",1]"#.into())),
        "{of_json:?}"
    );
    let minutes = |log: &ObjectLog| sorted(log).into_iter().filter(|a| a.1 == "minutes").count();
    assert_eq!((minutes(&json), minutes(&base)), (2, 2));
}
