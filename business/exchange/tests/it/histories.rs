//! Event logs become orders of the past with their steps.

use std::path::PathBuf;

use exchange::{Job, What, import, read_file};
use testing::{World, each_engine, on_engine};

use crate::shop::{counts, job, lines, rooms, take};

/// Three lines as the call centre wrote them: carriage returns alone, years of two digits.
const CALLS: &str = "Service ID,Operation,Start Date,End Date,Agent Position,Customer ID,Product,\
Service Type,Agent\rCase 1,Handle Case,11.3.10 10:30,11.3.10 10:32,FL,Customer 1,MacBook Pro,\
Referred to Servicer,Helen\rCase 1,Inbound Call,9.3.10 8:05,9.3.10 8:10,FL,Customer 1,MacBook Pro,\
Referred to Servicer,Helen\rCase 2,Inbound Call,4.3.10 11:43,4.3.10 11:46,FL,Customer 2,iPhone,\
Product Assistance,Susi\r";

#[test]
fn a_case_becomes_one_order_with_its_steps_at_their_times() {
    each_engine(&rooms(), |world| {
        assert_eq!(
            counts(&take(world, What::History, CALLS).unwrap()),
            (2, 0, 0, 0)
        );
        assert_eq!(
            counts(&take(world, What::History, CALLS).unwrap()),
            (0, 0, 2, 0)
        );
        let first = world.read(|tx, ctx| orders::order_by_external_id(tx, ctx, "test:Case 1"));
        let first = first.unwrap().expect("the case came in");
        assert_eq!(first.kind, orders::Kind::Enquiry);
        assert_eq!(first.title.en, "MacBook Pro");
        assert_eq!(first.created.to_string(), "2010-03-09T00:05:00Z");
        let steps = world
            .read(|tx, ctx| orders::steps(tx, ctx, first.id))
            .unwrap();
        let names: Vec<&str> = steps.iter().map(|step| step.name.en.as_str()).collect();
        assert_eq!(names, ["Inbound Call", "Handle Case"]);
        let staff = world.read(people::staff).unwrap();
        assert!(
            staff.iter().all(|staff| !staff.active),
            "the past serves nobody today"
        );
        let entries = world
            .db
            .read(|tx| store::journal::about(tx, world.org, "order", &first.id.to_string(), 20));
        let ended = entries
            .unwrap()
            .into_iter()
            .find(|e| e.activity == "step.finished");
        assert_eq!(ended.unwrap().at.to_string(), "2010-03-09T00:10:00Z");
    });
}

#[test]
fn a_wrong_row_leaves_its_case_out_and_is_named() {
    each_engine(&rooms(), |world| {
        let file = "case,activity,start,complete
1,Arrive,2020-01-01T10:00:00,2020-01-01T10:05:00
1,Leave,2020-01-01T10:05:00,2020-01-01T10:01:00
2,Arrive,2020-01-01T10:00:00,2020-01-01T10:05:00
3,,2020-01-01T10:00:00,
";
        let report = take(world, What::History, file).unwrap();
        assert_eq!(counts(&report), (1, 0, 0, 2));
        assert_eq!(
            lines(&report),
            [
                "row 3, complete: It ends before it begins.",
                "row 5, activity: It must not be empty.",
                "row 5, complete: It must not be empty.",
            ]
        );
    });
}

fn real_file(name: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let path = root.join(name);
    if !path.exists() {
        eprintln!("{} is not here: not tried", path.display());
    }
    path.exists().then_some(path)
}

fn take_real(world: &World, name: &str, cases: u64, steps: i64) {
    let Some(path) = real_file(name) else {
        return;
    };
    let job = Job {
        source: "real".to_owned(),
        ..job(What::History)
    };
    let grid = read_file(&path).expect("it can be read");
    let report =
        import(&world.db, &world.ctx(), job.clone(), grid.clone()).expect("it can be read");
    assert_eq!(counts(&report), (cases, 0, 0, 0), "{:?}", lines(&report));
    let again = import(&world.db, &world.ctx(), job, grid).expect("it can be read");
    assert_eq!(counts(&again), (0, 0, cases, 0));
    let ctx = world.ctx();
    let all = "select cast(count(*) as bigint) from order_steps where org = $1";
    let found = world.db.read(|tx| tx.count(all, store::params![ctx.org]));
    assert_eq!(found.expect("it can be read"), steps);
    let sound = world
        .db
        .read(|tx| store::journal::verify(tx, world.org))
        .expect("it can be read");
    assert!(sound.is_ok(), "{sound:?}");
}

#[test]
fn five_hundred_patients_come_in_whole() {
    let engine = testing::Engine::Sqlite;
    on_engine(engine, &rooms(), |world| {
        take_real(world, "queueing/patients_events.csv", 500, 2721);
    });
}

#[test]
fn a_real_call_centre_comes_in_whole() {
    let engine = testing::Engine::Sqlite;
    on_engine(engine, &rooms(), |world| {
        take_real(world, "event-logs/callcentre.csv.gz", 3885, 7548);
    });
}

/// A repair as a workflow system writes it: some steps say when they began, one was only planned.
const REPAIR: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
<trace>
<string key="concept:name" value="7"/><string key="product" value="T2"/>
<event><string key="concept:name" value="Register"/>
<string key="lifecycle:transition" value="complete"/>
<date key="time:timestamp" value="2020-01-02T12:23:00.000+01:00"/></event>
<event><string key="concept:name" value="Repair"/>
<string key="lifecycle:transition" value="schedule"/>
<date key="time:timestamp" value="2020-01-02T12:24:00.000+01:00"/></event>
<event><string key="concept:name" value="Repair"/><string key="lifecycle:transition" value="start"/>
<string key="org:resource" value="Ada"/>
<date key="time:timestamp" value="2020-01-02T12:30:00.000+01:00"/></event>
<event><string key="concept:name" value="Repair"/>
<string key="lifecycle:transition" value="complete"/>
<string key="org:resource" value="Ada"/>
<date key="time:timestamp" value="2020-01-02T13:10:30.500+01:00"/></event>
</trace>
</log>
"#;

#[test]
fn a_log_in_xes_comes_in_with_a_start_and_an_end_of_each_step() {
    each_engine(&rooms(), |world| {
        let report = take(world, What::History, REPAIR).expect("a sound log");
        assert_eq!(counts(&report), (1, 0, 0, 0), "{:?}", lines(&report));
        let order = world.read(|tx, ctx| orders::order_by_external_id(tx, ctx, "test:7"));
        let order = order.expect("it can be read").expect("the case came in");
        assert_eq!(order.title.en, "T2");
        let steps = world.read(|tx, ctx| orders::steps(tx, ctx, order.id));
        let steps = steps.expect("they can be read");
        let names: Vec<&str> = steps.iter().map(|step| step.name.en.as_str()).collect();
        assert_eq!(names, ["Register", "Repair"]);
        let entries = world
            .db
            .read(|tx| store::journal::about(tx, world.org, "order", &order.id.to_string(), 20))
            .expect("it can be read");
        let told = |at: &str| entries.iter().find(|entry| entry.at.to_string() == at);
        let repaired = told("2020-01-02T12:10:30.5Z").expect("the repair ends");
        assert_eq!(repaired.activity, "step.finished");
        let minutes = repaired.attributes["minutes"].as_i64();
        assert!(matches!(minutes, Some(40 | 41)), "{repaired:?}");
        let broken = take(world, What::History, "<log><trace><event></log>");
        assert_eq!(
            broken.expect_err("it is broken").text.key,
            "exchange-file-log"
        );
    });
}

#[test]
fn a_real_help_desk_comes_in_whole() {
    let engine = testing::Engine::Sqlite;
    on_engine(engine, &rooms(), |world| {
        take_real(world, "event-logs/helpdesk.xes.gz", 4580, 21_348);
    });
}

#[test]
fn real_repairs_come_in_whole() {
    let engine = testing::Engine::Sqlite;
    on_engine(engine, &rooms(), |world| {
        take_real(world, "event-logs/repair.xes.gz", 1104, 7733);
    });
}
