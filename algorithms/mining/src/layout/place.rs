//! The x of each vertex: near what it is joined to, never too near its neighbours.

use super::Sizes;
use super::layers::Layered;

/// Passes over the layers, down and up in turn.
const PASSES: usize = 16;
/// How much straighter a piece between two bends is than one between two boxes (Gansner 1993).
const BENDS: f64 = 8.0;

/// Middle of each vertex; the leftmost box touches 0.
pub(super) fn coordinates(layered: &Layered, sizes: &Sizes) -> Vec<f64> {
    let boxes = layered.layer_of.len() - bends(layered);
    let width = |vertex: usize| if vertex < boxes { sizes.width } else { 0.0 };
    let apart = |a: usize, b: usize| (width(a) + width(b)) / 2.0 + sizes.between;
    let mut xs = vec![0.0; layered.layer_of.len()];
    for layer in &layered.layers {
        for pair in layer.windows(2) {
            xs[pair[1]] = xs[pair[0]] + apart(pair[0], pair[1]);
        }
    }
    let depth = layered.layers.len();
    for pass in 0..PASSES {
        for step in 0..depth {
            let layer = if pass % 2 == 0 {
                step
            } else {
                depth - 1 - step
            };
            let layer = &layered.layers[layer];
            let wishes: Vec<(f64, f64)> = layer
                .iter()
                .map(|&vertex| wish(layered, &xs, vertex, boxes))
                .collect();
            for (&vertex, x) in layer.iter().zip(nearest(layer, &wishes, apart)) {
                xs[vertex] = x;
            }
        }
    }
    let left = (0..xs.len())
        .map(|vertex| xs[vertex] - width(vertex) / 2.0)
        .fold(f64::INFINITY, f64::min);
    xs.iter().map(|x| x - left).collect()
}

fn bends(layered: &Layered) -> usize {
    let inner = layered
        .chains
        .iter()
        .map(|chain| chain.vertices.len().saturating_sub(2));
    inner.sum()
}

/// Where a vertex would like to be and how much: the weighted mean of what it is joined to.
fn wish(layered: &Layered, xs: &[f64], vertex: usize, boxes: usize) -> (f64, f64) {
    let (mut sum, mut weights) = (0.0, 0.0);
    for &(other, weight) in layered.above[vertex].iter().chain(&layered.below[vertex]) {
        let straight = if vertex >= boxes && other >= boxes {
            BENDS
        } else {
            1.0
        };
        // Counts span orders of magnitude; their logarithm keeps light links in view.
        let weight = straight * (1.0 + weight.max(0.0).ln_1p());
        sum += weight * xs[other];
        weights += weight;
    }
    match weights > 0.0 {
        true => (sum / weights, weights),
        false => (xs[vertex], 1e-3),
    }
}

/// The places nearest to the wishes, by weighted squares, that keep the order and the distances.
///
/// Without the distances this is isotonic regression, which pooling of adjacent violators solves
/// exactly: Barlow et al., *Statistical Inference under Order Restrictions*, Wiley 1972.
fn nearest(
    layer: &[usize],
    wishes: &[(f64, f64)],
    apart: impl Fn(usize, usize) -> f64,
) -> Vec<f64> {
    let mut offsets = vec![0.0; layer.len()];
    for (place, pair) in layer.windows(2).enumerate() {
        offsets[place + 1] = offsets[place] + apart(pair[0], pair[1]);
    }
    // Pools of neighbours that touch: their common place, weight and number.
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for (&(wish, weight), offset) in wishes.iter().zip(&offsets) {
        let mut pool = (wish - offset, weight, 1);
        while let Some(&(place, heavy, many)) = pools.last().filter(|last| last.0 >= pool.0) {
            let both = heavy + pool.1;
            pool = (
                (place * heavy + pool.0 * pool.1) / both,
                both,
                many + pool.2,
            );
            pools.pop();
        }
        pools.push(pool);
    }
    let places = pools
        .iter()
        .flat_map(|&(place, _, many)| std::iter::repeat_n(place, many));
    places
        .zip(offsets)
        .map(|(place, offset)| place + offset)
        .collect()
}
