//! A planted cause is found, with its counts; chance is not.

use mining::causes::{Properties, causes, slowest_tenth};
use mining::{Event, EventLog, LogBuilder, RESOURCE, Value, hand_overs};

/// Two hundred visits; those served by Bo take longer, the site does not matter.
fn visits() -> EventLog {
    let mut builder = LogBuilder::new();
    for visit in 0..200_i64 {
        let case = builder.case(&format!("visit {visit}"));
        let slow = visit % 10 == 3;
        let site = if visit % 2 == 0 { "river" } else { "hill" };
        builder.set_case(case, "site", Value::Text(site));
        builder.set_case(case, "age", Value::Integer(20 + visit % 40));
        for (activity, who, start) in [
            ("Arrive", "Ada", 0),
            (
                "Cut",
                if slow { "Bo" } else { "Cy" },
                if slow { 90 } else { visit % 7 },
            ),
        ] {
            let event = Event {
                case,
                activity: builder.activity(activity),
                start,
                end: None,
            };
            let row = builder.push(event).expect("the row is well-formed");
            builder.set(row, RESOURCE, Value::Text(who));
        }
    }
    builder.build()
}

#[test]
fn the_one_who_is_slow_is_found_with_counts_and_interval() {
    let log = visits();
    let properties = Properties::of(&log, 50);
    let found = causes(&properties, &slowest_tenth(&log), 5);
    let first = &found[0];
    assert_eq!(
        (first.attribute.as_str(), first.value.as_str()),
        (RESOURCE, "Bo")
    );
    assert_eq!((first.with.hits, first.with.of), (20, 20));
    assert_eq!((first.without.hits, first.without.of), (0, 180));
    assert!(first.test.interval.0 > 0.8 && first.corrected < 1e-6);
    assert!((first.attributable - 1.0).abs() < 1e-12);
    let ages = found.iter().filter(|cause| cause.attribute == "age");
    assert_eq!(
        ages.map(|cause| cause.with.of).sum::<u64>(),
        200,
        "quarters share out the cases"
    );
    let everywhere = found.iter().any(|cause| cause.value == "Ada");
    assert!(!everywhere, "what all cases have separates none");
}

#[test]
fn a_value_of_too_few_cases_is_not_tried() {
    let log = visits();
    let properties = Properties::of(&log, 50);
    let found = causes(&properties, &slowest_tenth(&log), 21);
    assert!(
        found
            .iter()
            .all(|cause| cause.with.of >= 21 && cause.value != "Bo")
    );
}

#[test]
fn work_goes_from_one_to_the_next() {
    let found = hand_overs(&visits(), RESOURCE).expect("events say who");
    let number = |name| found.workers.find(name).expect("they work");
    assert_eq!(found.counts[&(number("Ada"), number("Bo"))], 20);
    assert_eq!(found.counts[&(number("Ada"), number("Cy"))], 180);
    assert_eq!(found.unknown, 0);
    assert!(hand_overs(&visits(), "mood").is_err());
}
