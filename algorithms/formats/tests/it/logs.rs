//! Reading and writing event logs.

use formats::{Log, Options, csv, read_log, xes};
use mining::EventLog;

use crate::data;

fn cases(bytes: Vec<u8>) -> EventLog {
    match read_log(bytes, &Options::default())
        .expect("it is read or found")
        .log
    {
        Log::Cases(log) => log,
        Log::Objects(_) => panic!("not a log of cases"),
    }
}

fn same(a: &EventLog, b: &EventLog) {
    assert_eq!(a.event_count(), b.event_count());
    assert_eq!(a.case_count(), b.case_count());
    let names = |log: &EventLog| {
        let name = |&activity: &u32| log.activity_names().name(activity).to_owned();
        log.activities().iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(names(a), names(b));
    let ends =
        |log: &EventLog| -> Vec<i64> { (0..log.event_count()).map(|e| log.end(e)).collect() };
    assert_eq!((a.starts(), ends(a)), (b.starts(), ends(b)));
}

#[test]
fn every_reference_log_has_the_events_and_cases_that_it_should() {
    for log in [
        "helpdesk",
        "receipt",
        "bpic2013_incidents",
        "repair",
        "callcentre",
    ] {
        let Some(reference) = data::reference(log) else {
            return;
        };
        let file = reference["file"].as_str().expect("a file name");
        let found = cases(data::bytes(file).expect("the folder is there"));
        let view = if log == "callcentre" {
            "intervals"
        } else {
            "events"
        };
        let expected = &reference["views"][view];
        assert_eq!(expected["events"], found.event_count(), "{log}");
        assert_eq!(expected["cases"], found.case_count(), "{log}");
    }
}

#[test]
fn a_log_written_and_read_again_is_the_same() {
    for file in ["repair.xes.gz", "callcentre.csv.gz"] {
        let Some(bytes) = data::bytes(file) else {
            return;
        };
        let log = cases(bytes);
        let from_xes = cases(xes::write(&log).into_bytes());
        same(&log, &from_xes);
        assert_eq!(xes::write(&log), xes::write(&from_xes));
        same(&log, &cases(csv::write(&log).into_bytes()));
    }
}
