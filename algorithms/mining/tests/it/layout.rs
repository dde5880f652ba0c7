//! A map can be read: boxes apart, arrows down, few crossings, and little movement.

use mining::layout::{Layout, Link, Map, Node, Sizes};
use mining::{Follows, activities};
use proptest::prelude::*;

use crate::logs::{log, of_words, rows};

const SIZES: Sizes = Sizes {
    width: 120.0,
    height: 40.0,
    between: 20.0,
    below: 50.0,
};

fn map(positions: &[f64], links: &[(u32, u32)]) -> Map {
    let nodes = (0..)
        .zip(positions)
        .map(|(activity, &position)| Node { activity, position });
    let links = links.iter().map(|&(from, to)| Link {
        from,
        to,
        weight: 10.0,
    });
    Map {
        nodes: nodes.collect(),
        links: links.collect(),
    }
}

/// Pairs of boxes that changed sides: one was left of, or above, the other and is not any more.
fn turned(before: &Layout, after: &Layout) -> usize {
    let place = |layout: &Layout, activity: u32| {
        let found = layout
            .boxes
            .iter()
            .find(|placed| placed.activity == activity);
        found.map(|placed| (placed.layer, placed.x))
    };
    let mut turned = 0;
    for a in &before.boxes {
        for b in before.boxes.iter().filter(|b| b.activity > a.activity) {
            let new = (place(after, a.activity), place(after, b.activity));
            if let (Some(a_new), Some(b_new)) = new {
                let above = a.layer.cmp(&b.layer) == a_new.0.cmp(&b_new.0);
                let beside = a.layer != b.layer || (a.x < b.x) == (a_new.1 < b_new.1);
                turned += usize::from(!above || !beside);
            }
        }
    }
    turned
}

proptest! {
    #[test]
    fn boxes_do_not_touch_and_arrows_point_down(rows in rows(), share in 0.0..=1.0_f64) {
        let log = log(&rows);
        let map = Map::of(&Follows::counted(&log, 1), &activities(&log), share);
        let layout = Layout::of(&map, &SIZES, None);
        for (place, a) in layout.boxes.iter().enumerate() {
            prop_assert!(a.x - SIZES.width / 2.0 >= -1e-9);
            prop_assert!(a.x + SIZES.width / 2.0 <= layout.width + 1e-9);
            prop_assert!(a.y + SIZES.height / 2.0 <= layout.height + 1e-9);
            for b in &layout.boxes[..place] {
                let apart = (a.x - b.x).abs() >= SIZES.width + SIZES.between - 1e-6;
                prop_assert!(a.layer != b.layer || apart);
            }
        }
        prop_assert_eq!(layout.arrows.len(), map.links.len());
        for arrow in layout.arrows.iter().filter(|arrow| arrow.from != arrow.to) {
            let mut steps = arrow.points.windows(2).map(|pair| pair[0].1 < pair[1].1);
            prop_assert!(steps.all(|down| down != arrow.backwards) && arrow.points.len() > 1);
        }
        prop_assert_eq!(&Layout::of(&map, &SIZES, None), &layout, "the same map, the same picture");
    }

    #[test]
    fn a_map_laid_out_again_stays_where_it_was(rows in rows()) {
        let log = log(&rows);
        let map = Map::of(&Follows::counted(&log, 1), &activities(&log), 1.0);
        let before = Layout::of(&map, &SIZES, None);
        let after = Layout::of(&map, &SIZES, Some(&before));
        prop_assert_eq!(turned(&before, &after), 0);
        prop_assert!(after.crossings <= before.crossings);
    }

    #[test]
    fn no_activity_is_alone_however_few_edges_are_shown(rows in rows()) {
        let log = log(&rows);
        let follows = Follows::counted(&log, 1);
        let map = Map::of(&follows, &activities(&log), 0.0);
        for node in &map.nodes {
            let joins = |from, to| from != to && [from, to].contains(&node.activity);
            let could = follows.edges.iter().any(|edge| joins(edge.from, edge.to));
            let does = map.links.iter().any(|link| joins(link.from, link.to));
            prop_assert_eq!(could, does);
        }
    }
}

#[test]
fn arrows_that_need_not_cross_do_not() {
    // Two lines side by side, given in an order that would cross them.
    let two = map(
        &[0.0, 0.0, 1.0, 1.0, 2.0, 2.0],
        &[(0, 3), (1, 2), (3, 4), (2, 5)],
    );
    assert_eq!(Layout::of(&two, &SIZES, None).crossings, 0);
}

#[test]
fn a_return_points_up_beside_the_way_down() {
    let layout = Layout::of(&map(&[0.0, 1.0], &[(0, 1), (1, 0), (1, 1)]), &SIZES, None);
    let [down, up, own] = &layout.arrows[..] else {
        panic!("three arrows");
    };
    assert!(!down.backwards && up.backwards);
    assert!(up.points[0].1 > up.points[1].1 && up.points[0].0 != down.points[0].0);
    assert!(own.points.is_empty());
    assert_eq!((layout.width, layout.height), (120.0, 130.0));
}

#[test]
fn a_filter_that_takes_a_rare_arrow_away_moves_nothing() {
    let log = of_words(&["abcdfg", "abcdfg", "abcefg", "acbdfg", "abcg", "abcdcdfg"]);
    let follows = Follows::counted(&log, 1);
    let activities = activities(&log);
    let whole = Layout::of(&Map::of(&follows, &activities, 1.0), &SIZES, None);
    for share in [0.95, 0.9, 0.8] {
        let less = Map::of(&follows, &activities, share);
        let after = Layout::of(&less, &SIZES, Some(&whole));
        assert_eq!(turned(&whole, &after), 0, "at {share}");
    }
}
