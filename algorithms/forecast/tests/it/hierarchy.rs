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
        variances in prop::collection::vec(0.1f64..50.0, 6),
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
        .reconcile(&given, &[1e-6, 1.0, 1.0])
        .expect("three forecasts");
    assert!(
        (met[0][0] - 110.0).abs() < 1e-3 && (met[1][0] - 55.0).abs() < 1e-3,
        "{met:?}"
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
    let refused = shop().reconcile(&even, &[1.0, 0.0, 1.0, 1.0, 1.0, 1.0]);
    assert_eq!(refused, Err(HierarchyError::Variance("all".into())));
}
