//! The order inside each layer: few crossings.
//!
//! Barycentres and exchanges of neighbours, as in Gansner, Koutsofios, North and Vo, "A technique
//! for drawing directed graphs", *IEEE Trans. Software Engineering* 19 (1993).

use std::collections::HashMap;

use super::layers::Layered;
use super::{Arrow, Layout, Map};

/// Sweeps down and up; more of them hardly help.
const SWEEPS: usize = 12;
/// Rounds of exchanges of neighbours.
const ROUNDS: usize = 8;

/// Orders the layers. What was placed before begins in its old order, and only exchanges that
/// save crossings move it.
pub(super) fn arrange(layered: &mut Layered, map: &Map, previous: Option<&Layout>) {
    match previous.filter(|previous| !previous.boxes.is_empty()) {
        Some(previous) => {
            let xs = old_xs(layered, map, previous);
            recall(layered, xs);
        }
        None => sweep(layered),
    }
    exchange(layered);
}

/// Where each vertex was: boxes by their activity, bends by their arrow if it has as many as then.
fn old_xs(layered: &Layered, map: &Map, previous: &Layout) -> Vec<Option<f64>> {
    let boxes = previous
        .boxes
        .iter()
        .map(|placed| (placed.activity, placed.x));
    let boxes: HashMap<u32, f64> = boxes.collect();
    let arrows = previous.arrows.iter().map(|a| ((a.from, a.to), a));
    let arrows: HashMap<(u32, u32), &Arrow> = arrows.collect();
    let mut xs = vec![None; layered.layer_of.len()];
    for (x, node) in xs.iter_mut().zip(&map.nodes) {
        *x = boxes.get(&node.activity).copied();
    }
    for chain in &layered.chains {
        let link = map.links[chain.link];
        let count = chain.vertices.len();
        let arrow = arrows.get(&(link.from, link.to));
        let Some(arrow) = arrow.filter(|arrow| arrow.points.len() == count && count > 2) else {
            continue;
        };
        for (place, &bend) in chain.vertices.iter().enumerate().take(count - 1).skip(1) {
            let point = if arrow.backwards {
                count - 1 - place
            } else {
                place
            };
            xs[bend] = Some(arrow.points[point].0);
        }
    }
    xs
}

/// Sorts by old x; what is new or a bend goes to the mean of its neighbours.
fn recall(layered: &mut Layered, mut xs: Vec<Option<f64>>) {
    for _ in 0..layered.layers.len() {
        let guessed: Vec<(usize, f64)> = (0..xs.len())
            .filter(|&vertex| xs[vertex].is_none())
            .filter_map(|vertex| {
                let joined = layered.above[vertex].iter().chain(&layered.below[vertex]);
                let known: Vec<f64> = joined.filter_map(|&(other, _)| xs[other]).collect();
                (!known.is_empty()).then(|| (vertex, mean(&known)))
            })
            .collect();
        if guessed.is_empty() {
            break;
        }
        for (vertex, x) in guessed {
            xs[vertex] = Some(x);
        }
    }
    let x = |vertex: usize| xs[vertex].unwrap_or(f64::MAX);
    for layer in &mut layered.layers {
        layer.sort_by(|&a, &b| x(a).total_cmp(&x(b)));
    }
}

fn sweep(layered: &mut Layered) {
    let mut best = (crossings(layered), layered.layers.clone());
    for round in 0..SWEEPS {
        let depth = layered.layers.len();
        for step in 1..depth {
            let layer = if round % 2 == 0 {
                step
            } else {
                depth - 1 - step
            };
            settle(layered, layer, round % 2 == 0);
        }
        let found = crossings(layered);
        if found < best.0 {
            best = (found, layered.layers.clone());
        }
    }
    layered.layers = best.1;
}

/// Sorts a layer by the mean place of what its vertices are joined to in the layer before.
fn settle(layered: &mut Layered, layer: usize, from_above: bool) {
    let places = places(layered);
    let joined = if from_above {
        &layered.above
    } else {
        &layered.below
    };
    let key = |vertex: usize| {
        let others: Vec<f64> = joined[vertex]
            .iter()
            .map(|&(v, _)| places[v] as f64)
            .collect();
        if others.is_empty() {
            places[vertex] as f64
        } else {
            mean(&others)
        }
    };
    layered.layers[layer].sort_by(|&a, &b| key(a).total_cmp(&key(b)));
}

/// Exchanges neighbours as long as that saves crossings.
fn exchange(layered: &mut Layered) {
    for _ in 0..ROUNDS {
        let mut places = places(layered);
        let mut saved = false;
        for layer in 0..layered.layers.len() {
            for left in 1..layered.layers[layer].len() {
                let (a, b) = (layered.layers[layer][left - 1], layered.layers[layer][left]);
                if between(layered, &places, b, a) < between(layered, &places, a, b) {
                    layered.layers[layer].swap(left - 1, left);
                    places.swap(a, b);
                    saved = true;
                }
            }
        }
        if !saved {
            break;
        }
    }
}

/// Crossings of the pieces of two neighbours when `left` stands left of `right`.
fn between(layered: &Layered, places: &[usize], left: usize, right: usize) -> usize {
    [&layered.above, &layered.below]
        .into_iter()
        .flat_map(|joined| {
            let of_left = joined[left].iter();
            of_left.flat_map(|&(a, _)| joined[right].iter().map(move |&(b, _)| (a, b)))
        })
        .filter(|&(a, b)| places[a] > places[b])
        .count()
}

/// How often pieces cross, in the whole map.
pub(super) fn crossings(layered: &Layered) -> usize {
    let places = places(layered);
    let mut crossings = 0;
    for layer in &layered.layers {
        // Lower ends in the order of the upper ends: each inversion is a crossing.
        let mut lower = Vec::new();
        for &vertex in layer {
            let mut ends: Vec<usize> = layered.below[vertex]
                .iter()
                .map(|&(v, _)| places[v])
                .collect();
            ends.sort_unstable();
            lower.append(&mut ends);
        }
        crossings += inversions(&lower);
    }
    crossings
}

/// Pairs that stand in the wrong order, counted with a binary indexed tree.
fn inversions(values: &[usize]) -> usize {
    let size = values.iter().max().map_or(0, |largest| largest + 1);
    let mut tree = vec![0; size + 1];
    let mut found = 0;
    for (seen, &value) in values.iter().enumerate() {
        let mut not_larger = 0;
        let mut node = value + 1;
        while node > 0 {
            not_larger += tree[node];
            node &= node - 1;
        }
        found += seen - not_larger;
        let mut node = value + 1;
        while node <= size {
            tree[node] += 1;
            node += node & node.wrapping_neg();
        }
    }
    found
}

/// The place of each vertex in its layer.
fn places(layered: &Layered) -> Vec<usize> {
    let mut places = vec![0; layered.layer_of.len()];
    for layer in &layered.layers {
        for (place, &vertex) in layer.iter().enumerate() {
            places[vertex] = place;
        }
    }
    places
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}
