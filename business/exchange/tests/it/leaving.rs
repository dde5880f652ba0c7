//! The journal leaves the house, and other programs find in it what was in the journal.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use exchange::{LogFormat, What, Written, leave};
use formats::{Limits, Log, Options, ocel, read_log};
use mining::{EventLog, ObjectLog};
use process_mining::core::event_data::object_centric::ocel_json::import_ocel_json_path;
use store::{
    Event,
    journal::{self, Filter},
};
use testing::{World, each_engine};

use crate::shop::{rooms, take};

/// Two visits on one day and one the day after, by two members of staff.
const VISITS: &str = "case,activity,start,complete,resource,customer
1,Wash,2020-03-01 10:00,2020-03-01 10:05,Ada,Bo
1,Cut,2020-03-01 10:05,2020-03-01 10:45,Cy,Bo
2,Cut,2020-03-01 11:00,2020-03-01 11:30,Cy,Di
3,Wash,2020-03-02 09:00,2020-03-02 09:10,Ada,Bo
";

/// Events, objects and links as the tables of the journal have them.
fn in_the_tables(world: &World) -> Written {
    let count = |sql: &str| {
        let found = world.db.read(|tx| tx.count(sql, store::params![world.org]));
        u64::try_from(found.expect("it can be counted")).expect("not below zero")
    };
    Written {
        events: count("select cast(count(*) as bigint) from journal where org = $1"),
        objects: count(
            "select cast(count(*) as bigint) from
                (select distinct kind, object from journal_objects where org = $1) o",
        ),
        relations: count("select cast(count(*) as bigint) from journal_objects where org = $1"),
    }
}

fn written(world: &World, word: &str, filter: &Filter, file: &Path) -> Written {
    let format = LogFormat::of(word, file).expect("a format");
    leave(&world.db, &world.ctx(), (format, filter), file).expect("it can be written")
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder for temporary files")
}

fn counted(log: &ObjectLog) -> Written {
    Written {
        events: log.events.len() as u64,
        objects: log.objects.len() as u64,
        relations: log.links.len() as u64,
    }
}

fn cases(file: PathBuf) -> EventLog {
    let bytes = std::fs::read(file).expect("it was written");
    match read_log(bytes, &Options::default())
        .expect("it can be read")
        .log
    {
        Log::Cases(log) => log,
        Log::Objects(_) => panic!("it has cases"),
    }
}

/// A fact that names nothing, and one that names somebody twice.
fn odd_facts(world: &World) {
    let (site, person) = (world.site.id, "somebody");
    let told = world.write(move |tx, ctx| {
        tx.record(ctx, Event::new("moves.changed").site(site));
        tx.record(ctx, Event::new("moves.changed"));
        let twice = Event::new("order.overbooked").object("staff", person, "server");
        tx.record(ctx, twice.object("staff", person, "overbooked"));
        Ok(())
    });
    told.expect("they are recorded");
}

/// What PM4Py counts in a file, where `STEWARD_PM4PY` names a Python that has it.
fn counted_by_pm4py(file: &Path) -> Option<Written> {
    let python = std::env::var_os("STEWARD_PM4PY")?;
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../algorithms/formats/examples/count.py"
    );
    let told = std::process::Command::new(python)
        .arg(script)
        .arg(file)
        .output();
    let told = told.expect("it runs");
    assert!(told.status.success(), "{told:?}");
    let told = String::from_utf8(told.stdout).expect("it prints text");
    let line = told.lines().find(|line| line.contains(" relations"));
    let words = line.expect("it counts").split([' ', ',']);
    let counts: Vec<u64> = words.filter_map(|word| word.parse().ok()).collect();
    Some(Written {
        events: counts[0],
        objects: counts[1],
        relations: counts[2],
    })
}

#[test]
fn others_count_the_events_objects_and_links_of_the_journal() {
    each_engine(&rooms(), |world| {
        take(world, What::History, VISITS).expect("a sound file");
        odd_facts(world);
        let folder = folder();
        let all = Filter::default();
        let json = folder.path().join("shop.json");
        let there = in_the_tables(world);
        assert!(
            there.events > 20 && there.relations > there.events,
            "{there:?}"
        );
        assert_eq!(written(world, "ocel", &all, &json), there);

        let other = import_ocel_json_path(&json).expect("another program reads it");
        let links = other.events.iter().map(|event| event.relationships.len());
        let found = Written {
            events: other.events.len() as u64,
            objects: other.objects.len() as u64,
            relations: links.sum::<usize>() as u64,
        };
        assert_eq!(found, there);
        assert!(counted_by_pm4py(&json).is_none_or(|counted| counted == there));
        let mut events = other.events.iter();
        assert!(events.all(|event| !event.relationships.is_empty()));
        let defined: BTreeSet<&str> = other.objects.iter().map(|o| o.id.as_str()).collect();
        let mut linked = other.events.iter().flat_map(|event| &event.relationships);
        assert!(linked.all(|link| defined.contains(link.object_id.as_str())));
        let named: BTreeSet<&str> = other.event_types.iter().map(|t| t.name.as_str()).collect();
        assert!(
            other
                .events
                .iter()
                .all(|e| named.contains(e.event_type.as_str()))
        );
        let bytes = std::fs::read(&json).expect("it was written");
        let own = ocel::read_json(&bytes, &Limits::default()).expect("we read it ourselves");
        assert_eq!(counted(&own), there);

        // The export itself is a fact, so the second one has one event and one link more.
        let base = folder.path().join("shop.sqlite");
        let there = in_the_tables(world);
        assert_eq!(written(world, "ocel", &all, &base), there);
        assert!(counted_by_pm4py(&base).is_none_or(|counted| counted == there));
        let bytes = std::fs::read(&base).expect("it was written");
        let read = ocel::read_sqlite(&bytes, &Limits::default()).expect("it can be read");
        assert_eq!(counted(&read), there);
        let orders = read.flatten("order").expect("there are orders");
        assert_eq!(orders.case_count(), 3);
        let spent = orders
            .event_column("minutes")
            .expect("steps say how long they took");
        let minutes = (0..orders.event_count()).filter_map(|event| spent.value(event));
        let minutes: BTreeSet<String> = minutes.map(mining::Value::to_text).collect();
        assert_eq!(minutes, ["10", "30", "40", "5"].map(str::to_owned).into());
        let last = world.activities().pop();
        assert_eq!(last.as_deref(), Some("list.exported"));
    });
}

#[test]
fn order_by_order_there_are_as_many_cases_as_orders() {
    each_engine(&rooms(), |world| {
        take(world, What::History, VISITS).expect("a sound file");
        let folder = folder();
        for word in ["xes", "csv"] {
            let file = folder.path().join(word);
            let told = written(world, word, &Filter::default(), &file);
            let log = cases(file);
            let found = (log.event_count() as u64, log.case_count() as u64);
            assert_eq!((told.events, told.objects), found, "{word}");
            assert_eq!(found.1, 3);
            let second: Vec<&str> = log.activities()[log.case_events(1)]
                .iter()
                .map(|&activity| log.activity_names().name(activity))
                .collect();
            let life = [
                "order.created",
                "order.arrived",
                "order.started",
                "step.finished",
            ];
            assert_eq!(second[..4], life, "{word}");
            assert_eq!(second[4..], ["order.finished"], "{word}");
            assert!(log.event_column("org:resource").is_some(), "{word}");
        }
    });
}

#[test]
fn days_and_sites_narrow_what_leaves() {
    each_engine(&rooms(), |world| {
        take(world, What::History, VISITS).expect("a sound file");
        let folder = folder();
        let midnight = "2020-03-01T16:00:00Z".parse().expect("a time");
        let sites = world.read(organisation::sites).expect("sites");
        let first = Filter {
            to: Some(midnight),
            site: Some(sites[0].id),
            ..Filter::default()
        };
        let second = Filter {
            from: Some(midnight),
            to: None,
            ..first.clone()
        };
        let csv =
            |filter: &Filter, name: &str| written(world, "csv", filter, &folder.path().join(name));
        assert_eq!(csv(&first, "first").objects, 2);
        assert_eq!(csv(&second, "second").objects, 1);
        let file = folder.path().join("first.json");
        let told = written(world, "ocel", &first, &file);
        let kept = world.db.read(|tx| {
            let mut objects = BTreeSet::new();
            let mut events = 0;
            journal::each(tx, world.org, &first, |entry| {
                events += 1;
                let links = entry.objects.into_iter();
                objects.extend(links.map(|(kind, id, _)| (kind, id)));
                Ok(())
            })?;
            Ok((events, objects.len() as u64))
        });
        assert_eq!((told.events, told.objects), kept.expect("it can be read"));
        let nowhere = Filter {
            to: Some("2019-01-01T00:00:00Z".parse().expect("a time")),
            ..Filter::default()
        };
        let nothing = written(world, "ocel", &nowhere, &folder.path().join("none.json"));
        assert_eq!(nothing, Written::default());
        let file = folder.path().join("none.json");
        let empty = import_ocel_json_path(file).expect("another program reads it");
        assert!(empty.events.is_empty() && empty.objects.is_empty());
    });
}

#[test]
fn a_file_that_is_there_is_left_alone() {
    each_engine(&rooms(), |world| {
        let folder = folder();
        let file = folder.path().join("kept.json");
        std::fs::write(&file, "mine").expect("a folder of ours");
        let refused = leave(
            &world.db,
            &world.ctx(),
            (LogFormat::OcelJson, &Filter::default()),
            &file,
        );
        let told = refused.expect_err("it is there").detail.unwrap_or_default();
        assert!(told.contains("it exists already"), "{told}");
        assert_eq!(std::fs::read(&file).expect("it is there"), b"mine");
        let left: Vec<_> = std::fs::read_dir(folder.path())
            .expect("a folder")
            .collect();
        assert_eq!(left.len(), 1, "nothing half written stays");
        assert!(LogFormat::of("ocel", Path::new("log.txt")).is_err());
        assert!(LogFormat::of("pdf", Path::new("log.pdf")).is_err());
    });
}
