//! Conformance figures against the reference files.

use formats::{Limits, pnml};
use mining::alignment::{self, Aligned, align};
use mining::conformance::{fitness, follows, footprint};
use serde_json::Value;

use crate::data;

const VIEWS: [(&str, &str); 7] = [
    ("helpdesk", "events"),
    ("receipt", "events"),
    ("bpic2013_incidents", "events"),
    ("bpic2013_incidents", "events+lifecycle"),
    ("callcentre", "intervals"),
    ("repair", "events"),
    ("repair", "complete"),
];

fn near(found: f64, expected: &Value) {
    let expected = expected.as_f64().expect("a number");
    assert!(
        (found - expected).abs() < 1e-9,
        "{found} instead of {expected}"
    );
}

fn net(expected: &Value) -> mining::petri::Net {
    let name = expected["model"]["pnml"].as_str().expect("a file name");
    let bytes = data::bytes(name).expect("the folder is there");
    pnml::read(&bytes, &Limits::default()).expect("the net is read")
}

#[test]
fn every_trace_of_every_reference_log_costs_what_the_reference_says() {
    for (log, view) in VIEWS {
        let Some(reference) = data::reference(log) else {
            return;
        };
        let expected = &reference["views"][view]["conformance"];
        let net = net(expected);
        assert_eq!(expected["model"]["net"]["places"], net.places.len());
        assert_eq!(
            expected["model"]["net"]["transitions"],
            net.transitions.len()
        );
        assert_eq!(expected["model"]["net"]["silent"], net.silent());
        assert_eq!(expected["model"]["net"]["arcs"], net.arcs());
        let (traces, costs) = data::variants(log, view).expect("the folder is there");
        let found = align(&net, &traces, alignment::Limits::default()).unwrap();
        for (index, aligned) in found.traces.iter().enumerate() {
            let Aligned::Optimal { cost, .. } = aligned else {
                panic!("{log} {view}: {index}")
            };
            assert_eq!(
                u64::from(*cost),
                costs[index],
                "{log} {view}: trace {index}"
            );
        }
        let expected = &expected["alignment"];
        let figures = fitness(&traces, &found);
        assert_eq!(
            expected["shortest_model_run_visible_moves"],
            figures.shortest_run
        );
        assert_eq!(expected["total_cost"], figures.total_cost);
        assert_eq!(expected["fitting_cases"], figures.fitting_cases);
        assert_eq!(expected["fitting_variants"], figures.fitting_traces);
        near(
            figures.average_case_fitness,
            &expected["average_case_fitness"],
        );
        near(figures.log_fitness, &expected["log_fitness"]);
        let histogram = expected["cost_histogram_cases"]
            .as_object()
            .expect("an object");
        assert_eq!(histogram.len(), figures.cases_by_cost.len());
        for (cost, cases) in figures.cases_by_cost {
            assert_eq!(histogram[&cost.to_string()], cases);
        }
    }
}

#[test]
fn neighbours_are_allowed_as_the_reference_says() {
    for (log, view) in VIEWS {
        let Some(reference) = data::reference(log) else {
            return;
        };
        let conformance = &reference["views"][view]["conformance"];
        let expected = &conformance["directly_follows_conformance"];
        let model = footprint(&net(conformance), 1_000_000).unwrap();
        let pairs: Vec<_> = model
            .pairs
            .iter()
            .map(|(a, b)| vec![a.clone(), b.clone()])
            .collect();
        assert_eq!(
            expected["allowed_pairs"],
            serde_json::json!(pairs),
            "{log} {view}"
        );
        assert_eq!(expected["allowed_start"], serde_json::json!(model.starts));
        assert_eq!(expected["allowed_end"], serde_json::json!(model.ends));
        let (traces, _) = data::variants(log, view).expect("the folder is there");
        let found = follows(&traces, &model);
        assert_eq!(expected["transitions"], found.transitions);
        assert_eq!(
            expected["violating_transitions"],
            found.violating_transitions
        );
        assert_eq!(expected["violating_starts"], found.violating_starts);
        assert_eq!(expected["violating_ends"], found.violating_ends);
        assert_eq!(
            expected["cases_without_violation"],
            found.cases_without_violation
        );
        assert_eq!(expected["log_pairs"], found.log_pairs);
        assert_eq!(expected["log_pairs_allowed"], found.log_pairs_allowed);
        near(found.fitness, &expected["df_fitness"]);
        near(found.precision, &expected["df_precision"]);
    }
}

/// PM4Py 2.7.23 discovers models of these fitnesses at the same noise, measured by its alignments.
#[test]
fn a_model_discovered_with_noise_fits_as_well_as_the_peers() {
    for (log, peer) in [("helpdesk", 0.9784), ("receipt", 0.8277)] {
        let Some((traces, _)) = data::variants(log, "events") else {
            return;
        };
        let net = mining::discovery::discover(&traces, 0.2).net();
        let found = align(&net, &traces, alignment::Limits::default()).unwrap();
        let fit = fitness(&traces, &found).log_fitness;
        assert!(fit >= peer, "{log}: {fit}, PM4Py {peer}");
    }
}
