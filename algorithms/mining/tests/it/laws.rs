//! Counts add up, filters only remove, and growing gives what measuring gives.

use mining::filter::{CaseFilter, Followed, cases, other_cases};
use mining::live::Live;
use mining::view::{completed, intervals, with_lifecycle};
use mining::{
    Cases, Event, EventLog, Follows, LIFECYCLE, LogBuilder, LogError, Summary, Value, Variants,
    activities, bottlenecks, compare, loops, rework,
};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::logs::{log, of_words, rows};

proptest! {
    #[test]
    fn counts_of_the_map_add_up(rows in rows()) {
        let log = log(&rows);
        let map = Follows::timed(&log, 1);
        let cases = log.case_count() as u64;
        prop_assert_eq!(map.transitions(), log.event_count() as u64 - cases);
        prop_assert_eq!(map.starts.iter().sum::<u64>(), cases);
        prop_assert_eq!(map.ends.iter().sum::<u64>(), cases);
        for activity in activities(&log) {
            let number = activity.activity;
            let reached: u64 = map.edges.iter().filter(|e| e.to == number).map(|e| e.count).sum();
            let left: u64 = map.edges.iter().filter(|e| e.from == number).map(|e| e.count).sum();
            prop_assert_eq!(reached + activity.starts, activity.events);
            prop_assert_eq!(left + activity.ends, activity.events);
            let waits = activity.waiting.map_or(0, |waits| waits.count as u64);
            prop_assert_eq!(waits, reached);
        }
    }

    #[test]
    fn figures_do_not_depend_on_the_number_of_threads(rows in rows(), threads in 2..6_usize) {
        let log = log(&rows);
        prop_assert_eq!(Follows::timed(&log, threads), Follows::timed(&log, 1));
        prop_assert_eq!(Variants::of(&log, threads), Variants::of(&log, 1));
    }

    #[test]
    fn quantiles_are_those_of_the_sorted_values(values in vec(-50..50_i64, 1..80)) {
        let mut values = values;
        let found = Summary::of(&mut values.clone()).expect("there are values");
        values.sort_unstable();
        let at = |share: f64| {
            let rank = share * (values.len() - 1) as f64;
            let (low, high) = (values[rank.floor() as usize], values[rank.ceil() as usize]);
            low as f64 + (high - low) as f64 * rank.fract()
        };
        prop_assert!((found.median - at(0.5)).abs() < 1e-9);
        prop_assert!((found.p90 - at(0.9)).abs() < 1e-9);
        prop_assert!((found.p95 - at(0.95)).abs() < 1e-9);
        let nearest = (95 * values.len()).div_ceil(100) - 1;
        prop_assert_eq!(found.p95_nearest_rank, values[nearest]);
        prop_assert_eq!((found.min, found.max), (values[0], values[values.len() - 1]));
    }

    #[test]
    fn every_case_follows_the_variant_it_is_counted_under(rows in rows()) {
        let log = log(&rows);
        let variants = Variants::of(&log, 2);
        let mut counts = vec![0; variants.len()];
        for (case, &variant) in variants.case_variant.iter().enumerate() {
            let activities = &log.activities()[log.case_events(case)];
            prop_assert_eq!(variants.activities(variant as usize), activities);
            counts[variant as usize] += 1;
        }
        prop_assert_eq!(&counts, &variants.counts);
        let names = |variant: usize| -> Vec<&str> {
            let activities = variants.activities(variant).iter();
            activities.map(|&activity| log.activity_names().name(activity)).collect()
        };
        for next in 1..variants.len() {
            let by_count = variants.counts[next - 1].cmp(&variants.counts[next]).reverse();
            prop_assert!(by_count.then(names(next - 1).cmp(&names(next))).is_lt());
        }
        let durations = variants.durations(&log);
        let total: i128 = durations.iter().map(|duration| duration.total).sum();
        prop_assert_eq!(total, Cases::of(&log).map_or(0, |cases| cases.duration.total));
    }

    #[test]
    fn rows_by_case_and_rows_by_time_give_one_map(rows in rows()) {
        let mut turned = rows.clone();
        turned.sort_by_key(|row| (row.0, row.2, row.2 + row.3, row.1));
        let mut sorted = rows;
        sorted.sort_by_key(|row| (row.2, row.2 + row.3, row.1, row.0));
        let names = |log: &EventLog, map: &Follows| -> Vec<(String, String, u64, i128)> {
            let name = |activity| log.activity_names().name(activity).to_owned();
            map.edges.iter().map(|e| (name(e.from), name(e.to), e.count, e.total)).collect()
        };
        let (a, b) = (log(&turned), log(&sorted));
        let (map_a, map_b) = (Follows::counted(&a, 1), Follows::counted(&b, 1));
        prop_assert_eq!(names(&a, &map_a), names(&b, &map_b));
    }

    #[test]
    fn a_map_that_grew_is_the_map_of_the_whole_log(rows in rows()) {
        let log = log(&rows);
        let live = Live::of(&log).expect("cases have their own names");
        let variants = Variants::of(&log, 1);
        prop_assert_eq!(live.follows(), Follows::counted(&log, 1));
        let expected: Vec<(u32, Vec<u32>)> = (0..variants.len())
            .map(|v| (variants.counts[v], variants.activities(v).to_vec()))
            .collect();
        prop_assert_eq!(live.variants(), expected);
        prop_assert_eq!(live.case_count(), log.case_count());
    }

    #[test]
    fn a_filter_and_its_contrary_share_out_the_cases(rows in rows(), limit in 0..40_i64) {
        let log = log(&rows);
        let mut filters = vec![
            CaseFilter::Within(5, limit),
            CaseFilter::StartsWithin(0, limit),
            CaseFilter::OpenWithin(limit, limit),
            CaseFilter::Duration(0, limit),
            CaseFilter::VariantShare(limit as f64 / 40.0),
        ];
        if let [first, .., last] = log.activity_names().iter().collect::<Vec<_>>()[..] {
            filters.push(CaseFilter::Contains(first.into()));
            filters.push(CaseFilter::Lacks(first.into()));
            for directly in [false, true] {
                filters.push(CaseFilter::Followed(Followed {
                    first: first.into(),
                    then: last.into(),
                    directly,
                    within: Some(limit),
                }));
            }
        }
        for filter in filters {
            let kept = cases(&log, &filter).expect("the log knows the names");
            let others = other_cases(&log, &filter).expect("the log knows the names");
            prop_assert_eq!(kept.event_count() + others.event_count(), log.event_count());
            prop_assert_eq!(kept.case_count() + others.case_count(), log.case_count());
            let again = cases(&kept, &filter).expect("the names are still known");
            if !matches!(filter, CaseFilter::VariantShare(_)) {
                prop_assert_eq!(again.case_count(), kept.case_count());
            }
        }
    }

    #[test]
    fn waiting_is_shared_out_and_returns_are_rework(rows in rows()) {
        let log = log(&rows);
        let ranked = bottlenecks(&Follows::counted(&log, 1));
        let shares: f64 = ranked.iter().map(|bottleneck| bottleneck.share).sum();
        prop_assert!(ranked.is_empty() || (shares - 1.0).abs() < 1e-9);
        let returns: u64 = loops(&log).iter().map(|found| found.count).sum();
        prop_assert_eq!(returns, rework(&log).events);
    }

    #[test]
    fn a_log_does_not_differ_from_itself(rows in rows()) {
        let log = log(&rows);
        let comparison = compare(&log, &log);
        for (_, difference) in &comparison.edges {
            prop_assert!(difference.frequency.is_none_or(|f| f.test.difference == 0.0));
            prop_assert!(difference.time.is_none_or(|t| t.corrected > 0.99));
        }
    }
}

#[test]
fn a_log_without_events_has_empty_figures() {
    let log = LogBuilder::new().build();
    assert_eq!(log.case_count(), 0);
    assert_eq!(Cases::of(&log), None);
    assert!(Variants::of(&log, 4).is_empty());
    assert_eq!(Follows::timed(&log, 4).edges, []);
    assert_eq!(activities(&log), []);
}

#[test]
fn rows_that_cannot_be_are_refused_with_their_number() {
    let mut builder = LogBuilder::new();
    let event = Event {
        case: builder.case("a"),
        activity: builder.activity("Cut"),
        start: 5_000_000,
        end: None,
    };
    assert_eq!(builder.push(event), Ok(0));
    let backwards = Event {
        end: Some(3_000_000),
        ..event
    };
    let refused = builder.push(backwards).unwrap_err();
    assert!(
        refused
            .to_string()
            .starts_with("row 1 ends 2 s before it starts")
    );
    let unknown = Event { case: 9, ..event };
    assert_eq!(
        builder.push(unknown),
        Err(LogError::UnknownNumber { row: 1 })
    );
    let far = Event {
        start: i64::MAX,
        ..event
    };
    let far = builder.push(far).unwrap_err();
    assert!(matches!(far, LogError::TimeOutOfRange { row: 1, .. }));
    assert_eq!(
        builder.build().event_count(),
        1,
        "what is refused is not in"
    );
}

#[test]
fn an_event_from_before_the_last_one_does_not_grow_a_map() {
    let mut live = Live::new();
    live.append("7", "Arrive", 10, None).unwrap();
    let late = live.append("7", "Book", 9, None);
    assert!(matches!(late, Err(LogError::OutOfOrder { .. })));
    assert_eq!(live.state("7").map(|state| state.events), Some(1));
    assert_eq!(live.follows().edges, []);
}

#[test]
fn a_complete_takes_the_oldest_open_start_of_its_activity() {
    let mut builder = LogBuilder::new();
    let case = builder.case("1");
    let activity = builder.activity("Repair");
    let steps = [
        "start", "START", "Complete", "complete", "schedule", "complete", "start",
    ];
    for (time, step) in (0..).zip(steps) {
        let event = Event {
            case,
            activity,
            start: time,
            end: None,
        };
        let row = builder.push(event).unwrap();
        builder.set(row, LIFECYCLE, Value::Text(step));
    }
    let log = builder.build();
    let (found, pairing) = intervals(&log);
    let spans: Vec<(i64, i64)> = found
        .starts()
        .iter()
        .copied()
        .zip((0..found.event_count()).map(|event| found.end(event)))
        .collect();
    assert_eq!(spans, [(0, 2), (1, 3), (5, 5)]);
    assert_eq!((pairing.starts, pairing.completes), (3, 3));
    assert_eq!(
        (pairing.unpaired_starts, pairing.completes_without_start),
        (1, 1)
    );
    assert_eq!(completed(&log).event_count(), 3);
    let named = with_lifecycle(&log);
    assert!(named.activity("Repair+schedule").is_ok() && named.activity("Repair").is_err());
}

#[test]
fn long_cases_that_begin_alike_are_told_apart() {
    // A word holds 32 steps of two activities.
    let [short, long] = ["ab".repeat(16), "ab".repeat(16) + "a"];
    let other = long.clone() + "b";
    let words = [&short, &long, &long, &other, &short, &long].map(String::as_str);
    for threads in [1, 3] {
        let log = of_words(&words);
        let variants = Variants::of(&log, threads);
        assert_eq!(variants.counts, [3, 2, 1]);
        assert_eq!(variants.case_variant, [1, 0, 0, 2, 1, 0]);
    }
}

#[test]
fn a_return_is_counted_from_where_it_came_back() {
    let log = of_words(&["abcb", "abb"]);
    let found = loops(&log);
    let name = |activity| log.activity_names().name(activity);
    let told: Vec<(&str, &str, u64, u64)> = found
        .iter()
        .map(|l| {
            (
                name(l.activity),
                name(l.back_from),
                l.count,
                l.events_between,
            )
        })
        .collect();
    assert_eq!(told, [("b", "b", 1, 0), ("b", "c", 1, 1)]);
}
