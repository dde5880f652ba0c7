//! Sums of forecasts are forecasts of sums.

use forecast::{Hierarchy, HierarchyError, Node};
use proptest::prelude::*;

fn node(name: &str, parent: &str) -> Node {
    let parent = (!parent.is_empty()).then(|| parent.to_owned());
    Node {
        name: name.to_owned(),
        parent,
    }
}

/// A business with two sites: one with two services, one with one.
fn shop() -> Hierarchy {
    let nodes = [
        node("river", "all"),
        node("all", ""),
        node("river cut", "river"),
        node("river spa", "river"),
        node("hill", "all"),
        node("hill cut", "hill"),
    ];
    Hierarchy::new(&nodes).expect("a tree")
}

fn adds_up(sums: &[Vec<f64>]) -> bool {
    (0..sums[0].len()).all(|at| {
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * (1.0 + a.abs());
        close(sums[0][at], sums[2][at] + sums[3][at])
            && close(sums[4][at], sums[5][at])
            && close(sums[1][at], sums[0][at] + sums[4][at])
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_reconciled_adds_up(
        given in prop::collection::vec(prop::collection::vec(0.0f64..900.0, 3), 6),
        variances in prop::collection::vec(prop::collection::vec(0.1f64..50.0, 3), 6),
    ) {
        prop_assert!(adds_up(&shop().bottom_up(&given).expect("six forecasts")));
        let met = shop().reconcile(&given, &variances).expect("six forecasts");
        prop_assert!(adds_up(&met));
        let again = shop().reconcile(&met, &variances).expect("six forecasts");
        for (a, b) in met.iter().flatten().zip(again.iter().flatten()) {
            prop_assert!((a - b).abs() < 1e-6 * (1.0 + a.abs()), "what agrees is left alone");
        }
    }
}

#[test]
fn the_surer_forecast_moves_less() {
    let two = [node("all", ""), node("a", "all"), node("b", "all")];
    let tree = Hierarchy::new(&two).expect("a tree");
    let given = [vec![110.0], vec![50.0], vec![50.0]];
    let met = tree
        .reconcile(&given, &[vec![1e-6], vec![1.0], vec![1.0]])
        .expect("three forecasts");
    assert!(
        (met[0][0] - 110.0).abs() < 1e-3 && (met[1][0] - 55.0).abs() < 1e-3,
        "{met:?}"
    );
}

/// By hand: half of what the total says too much goes to it, the rest to the parts by their
/// variances; least squares of (90 − a − b)²/4 + (50 − a)²/1 + (30 − b)²/3.
#[test]
fn what_is_left_over_is_shared_by_variance() {
    let two = [node("all", ""), node("a", "all"), node("b", "all")];
    let tree = Hierarchy::new(&two).expect("a tree");
    let given = [90.0, 50.0, 30.0].map(|value| vec![value]);
    let met = tree
        .reconcile(&given, &[4.0, 1.0, 3.0].map(|v| vec![v]))
        .expect("a slot");
    for (found, wanted) in met.iter().zip([85.0, 51.25, 33.75]) {
        assert!((found[0] - wanted).abs() < 1e-12, "{met:?}");
    }
}

#[test]
fn a_part_that_is_certain_is_not_moved() {
    let two = [node("all", ""), node("closed", "all"), node("open", "all")];
    let tree = Hierarchy::new(&two).expect("a tree");
    let given = [10.0, 0.0, 8.0].map(|value| vec![value]);
    let met = tree
        .reconcile(&given, &[1.0, 0.0, 1.0].map(|v| vec![v]))
        .expect("a slot");
    assert_eq!(met, [9.0, 0.0, 9.0].map(|value| vec![value]));
    let certain = tree
        .reconcile(&given, &[0.0; 3].map(|v| vec![v]))
        .expect("a slot");
    assert_eq!(
        certain,
        [8.0, 0.0, 8.0].map(|value| vec![value]),
        "parts win"
    );
}

#[test]
fn what_is_no_tree_is_refused_by_name() {
    let refused = |nodes: &[Node]| Hierarchy::new(nodes).expect_err("no tree");
    assert_eq!(refused(&[]), HierarchyError::Empty);
    assert_eq!(
        refused(&[node("a", ""), node("a", "")]),
        HierarchyError::Twice("a".into())
    );
    assert_eq!(
        refused(&[node("a", "z")]),
        HierarchyError::UnknownParent("z".into())
    );
    let circle = [node("a", "b"), node("b", "a"), node("c", "")];
    assert_eq!(refused(&circle), HierarchyError::Circle("a".into()));
    assert_eq!(shop().bottom_up(&[vec![1.0]]), Err(HierarchyError::Shape));
    let even = vec![vec![1.0]; 6];
    let below_zero = [1.0, -0.1, 1.0, 1.0, 1.0, 1.0].map(|variance| vec![variance]);
    let refused = shop().reconcile(&even, &below_zero);
    assert_eq!(refused, Err(HierarchyError::Variance("all".into())));
    let refused = shop().reconcile(&even, &vec![vec![1.0, 1.0]; 6]);
    assert_eq!(refused, Err(HierarchyError::Shape));
}
