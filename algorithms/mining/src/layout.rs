//! Where the boxes and arrows of a process map go.
//!
//! Layers from top to bottom, few crossings, straight long arrows, and little movement when the
//! filter changes a little. The steps are those of Sugiyama, Tagawa and Toda, "Methods for visual
//! understanding of hierarchical system structures", *IEEE Trans. SMC* 11 (1981): break cycles,
//! give layers, order each layer, give coordinates. Cycles are broken by the mean position of
//! activities in cases, which hardly depends on the filter, so arrows keep their direction.

mod layers;
mod order;
mod place;

use std::collections::HashMap;

use crate::{Activity, Follows};
use layers::Layered;

/// What is to be drawn.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Map {
    /// The boxes.
    pub nodes: Vec<Node>,
    /// The arrows; both ends must be among the boxes.
    pub links: Vec<Link>,
}

/// A box of the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    /// Number of the activity.
    pub activity: u32,
    /// Where in a case it usually stands; arrows to a later position point downwards.
    pub position: f64,
}

/// An arrow of the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// Number of the activity it leaves.
    pub from: u32,
    /// Number of the activity it reaches.
    pub to: u32,
    /// How much it matters; heavier arrows are straighter.
    pub weight: f64,
}

impl Map {
    /// The map of a log with the most frequent edges, as many as cover `share` (0 to 1) of all
    /// transitions, and for each activity its most frequent edge in and out, so that none is alone.
    pub fn of(follows: &Follows, activities: &[Activity], share: f64) -> Self {
        let wanted = share * follows.transitions() as f64;
        let mut covered = 0;
        let [mut reached, mut left] = [(); 2].map(|()| vec![false; follows.starts.len()]);
        let mut links = Vec::new();
        // Edges come by count, so the first of an activity is its most frequent.
        for edge in &follows.edges {
            let (from, to) = (edge.from as usize, edge.to as usize);
            let alone = from != to && !(reached[to] && left[from]);
            if alone {
                reached[to] = true;
                left[from] = true;
            }
            if (covered as f64) < wanted || alone {
                links.push(Link {
                    from: edge.from,
                    to: edge.to,
                    weight: edge.count as f64,
                });
            }
            covered += edge.count;
        }
        let nodes = activities.iter().map(|activity| Node {
            activity: activity.activity,
            position: activity.position.mean(),
        });
        Self {
            nodes: nodes.collect(),
            links,
        }
    }
}

/// Lengths in the unit of the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sizes {
    /// Width of a box.
    pub width: f64,
    /// Height of a box.
    pub height: f64,
    /// Least space between boxes side by side.
    pub between: f64,
    /// Space between layers.
    pub below: f64,
}

/// Where everything goes: x to the right, y downwards, both from 0.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// The boxes, in the order of the map's nodes.
    pub boxes: Vec<Placed>,
    /// The arrows, in the order of the map's links.
    pub arrows: Vec<Arrow>,
    /// Width of the whole.
    pub width: f64,
    /// Height of the whole.
    pub height: f64,
    /// How often arrows cross.
    pub crossings: usize,
}

/// A box with its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// Number of the activity.
    pub activity: u32,
    /// Middle of the box.
    pub x: f64,
    /// Middle of the box.
    pub y: f64,
    /// Layer from the top, from 0.
    pub layer: usize,
}

/// An arrow with its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrow {
    /// Number of the activity it leaves.
    pub from: u32,
    /// Number of the activity it reaches.
    pub to: u32,
    /// From the edge of one box to the edge of the other; empty for an arrow back to its own box.
    pub points: Vec<(f64, f64)>,
    /// Whether it points upwards, against the usual order.
    pub backwards: bool,
}

impl Layout {
    /// Lays out a map. With a `previous` layout, boxes that are in both keep their layer and order
    /// as far as they can.
    ///
    /// Links between activities that are not among the nodes are left out.
    pub fn of(map: &Map, sizes: &Sizes, previous: Option<&Self>) -> Self {
        let before: HashMap<u32, &Placed> = previous
            .into_iter()
            .flat_map(|layout| &layout.boxes)
            .map(|placed| (placed.activity, placed))
            .collect();
        let mut layered = Layered::of(map, &before);
        order::arrange(&mut layered, map, previous);
        let xs = place::coordinates(&layered, sizes);
        Self::drawn(map, sizes, &layered, &xs)
    }

    fn drawn(map: &Map, sizes: &Sizes, layered: &Layered, xs: &[f64]) -> Self {
        let step = sizes.height + sizes.below;
        let middle = |vertex: usize| {
            let y = layered.layer_of[vertex] as f64 * step + sizes.height / 2.0;
            (xs[vertex], y)
        };
        let boxes: Vec<Placed> = (0_usize..)
            .zip(&map.nodes)
            .map(|(vertex, node)| Placed {
                activity: node.activity,
                x: middle(vertex).0,
                y: middle(vertex).1,
                layer: layered.layer_of[vertex],
            })
            .collect();
        let arrows = layered.chains.iter().map(|chain| {
            let mut points: Vec<(f64, f64)> = chain.vertices.iter().map(|&v| middle(v)).collect();
            if let [first, .., last] = points.as_mut_slice() {
                // An arrow back leaves and reaches beside the arrow down.
                let aside = if chain.backwards {
                    sizes.width / 5.0
                } else {
                    0.0
                };
                *first = (first.0 + aside, first.1 + sizes.height / 2.0);
                *last = (last.0 + aside, last.1 - sizes.height / 2.0);
            }
            if chain.backwards {
                points.reverse();
            }
            Arrow {
                from: map.links[chain.link].from,
                to: map.links[chain.link].to,
                points: if chain.vertices.len() > 1 {
                    points
                } else {
                    Vec::new()
                },
                backwards: chain.backwards,
            }
        });
        let right = xs.iter().copied().fold(0.0, f64::max);
        let layers = layered.layers.len() as f64;
        Self {
            arrows: arrows.collect(),
            width: if boxes.is_empty() {
                0.0
            } else {
                right + sizes.width / 2.0
            },
            height: (layers * step - sizes.below).max(0.0),
            crossings: order::crossings(layered),
            boxes,
        }
    }
}
