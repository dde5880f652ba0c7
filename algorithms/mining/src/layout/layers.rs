//! Layers, and links cut into pieces from one layer to the next.

use std::collections::HashMap;

use super::{Map, Placed};

/// Vertices in layers. The first ones are the nodes of the map, the others bends of long links.
pub(super) struct Layered {
    pub(super) layer_of: Vec<usize>,
    pub(super) layers: Vec<Vec<usize>>,
    /// For each vertex, those above it that it is joined to, with the weight.
    pub(super) above: Vec<Vec<(usize, f64)>>,
    /// For each vertex, those below it.
    pub(super) below: Vec<Vec<(usize, f64)>>,
    pub(super) chains: Vec<Chain>,
}

/// The way of a link, downwards; one vertex for a link back to its own box.
pub(super) struct Chain {
    pub(super) link: usize,
    pub(super) vertices: Vec<usize>,
    pub(super) backwards: bool,
}

impl Layered {
    pub(super) fn of(map: &Map, before: &HashMap<u32, &Placed>) -> Self {
        let vertex_of: HashMap<u32, usize> = map
            .nodes
            .iter()
            .enumerate()
            .map(|(vertex, node)| (node.activity, vertex))
            .collect();
        let mut downwards = Vec::new();
        for (link, ends) in map.links.iter().enumerate() {
            if let (Some(&from), Some(&to)) = (vertex_of.get(&ends.from), vertex_of.get(&ends.to)) {
                let backwards = rank(map, to) < rank(map, from);
                let (up, down) = if backwards { (to, from) } else { (from, to) };
                downwards.push((link, up, down, backwards));
            }
        }
        let layer_of = layers(map, &downwards, before);
        let depth = layer_of.iter().max().map_or(0, |deepest| deepest + 1);
        let mut layered = Self {
            layers: vec![Vec::new(); depth],
            above: vec![Vec::new(); layer_of.len()],
            below: vec![Vec::new(); layer_of.len()],
            chains: Vec::with_capacity(downwards.len()),
            layer_of,
        };
        for vertex in by_rank(map) {
            layered.layers[layered.layer_of[vertex]].push(vertex);
        }
        for (link, up, down, backwards) in downwards {
            let vertices = layered.chain(up, down, map.links[link].weight);
            layered.chains.push(Chain {
                link,
                vertices,
                backwards,
            });
        }
        layered
    }

    /// Joins two vertices by bends in all layers between them.
    fn chain(&mut self, up: usize, down: usize, weight: f64) -> Vec<usize> {
        let mut vertices = vec![up];
        if up == down {
            return vertices;
        }
        for layer in self.layer_of[up] + 1..self.layer_of[down] {
            let bend = self.layer_of.len();
            self.layer_of.push(layer);
            self.layers[layer].push(bend);
            self.above.push(Vec::new());
            self.below.push(Vec::new());
            vertices.push(bend);
        }
        vertices.push(down);
        for pair in vertices.windows(2) {
            self.below[pair[0]].push((pair[1], weight));
            self.above[pair[1]].push((pair[0], weight));
        }
        vertices
    }
}

/// Position in cases, ties by number: the order in which arrows point downwards.
fn rank(map: &Map, vertex: usize) -> (ordered::Real, u32) {
    let node = map.nodes[vertex];
    (ordered::Real(node.position), node.activity)
}

fn by_rank(map: &Map) -> Vec<usize> {
    let mut order: Vec<usize> = (0..map.nodes.len()).collect();
    order.sort_by_key(|&vertex| rank(map, vertex));
    order
}

/// The layer of each node: below everything that points to it, and no higher than it was.
fn layers(
    map: &Map,
    downwards: &[(usize, usize, usize, bool)],
    before: &HashMap<u32, &Placed>,
) -> Vec<usize> {
    let mut parents: Vec<Vec<usize>> = vec![Vec::new(); map.nodes.len()];
    for &(_, up, down, _) in downwards.iter().filter(|(_, up, down, _)| up != down) {
        parents[down].push(up);
    }
    let mut layer_of = vec![0; map.nodes.len()];
    for vertex in by_rank(map) {
        let was = before
            .get(&map.nodes[vertex].activity)
            .map_or(0, |placed| placed.layer);
        let least = parents[vertex]
            .iter()
            .map(|&parent| layer_of[parent] + 1)
            .max();
        layer_of[vertex] = least.unwrap_or(0).max(was);
    }
    close_gaps(&mut layer_of);
    layer_of
}

/// Takes out layers without nodes.
fn close_gaps(layer_of: &mut [usize]) {
    let mut used = layer_of.to_vec();
    used.sort_unstable();
    used.dedup();
    for layer in layer_of {
        *layer = used.partition_point(|used| used < layer);
    }
}

mod ordered {
    //! Real numbers in total order.

    /// A number that sorts.
    #[derive(Clone, Copy, PartialEq)]
    pub(super) struct Real(pub(super) f64);

    impl Eq for Real {}

    impl PartialOrd for Real {
        fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
            Some(self.cmp(other))
        }
    }

    impl Ord for Real {
        fn cmp(&self, other: &Self) -> std::cmp::Ordering {
            self.0.total_cmp(&other.0)
        }
    }
}
