//! Object-centric logs.

use formats::{Log, Options, ocel, read_log};
use mining::ObjectLog;

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
