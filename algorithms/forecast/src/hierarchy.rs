//! Forecasts of parts and wholes that agree: site, service and total.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;

/// A node and the whole it is part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its name, used once.
    pub name: String,
    /// The name of the whole; `None` for one that is part of nothing.
    pub parent: Option<String>,
}

/// Why nodes are no hierarchy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HierarchyError {
    /// No node at all.
    Empty,
    /// A name is used twice.
    Twice(String),
    /// A parent is no node.
    UnknownParent(String),
    /// A node is, through its parents, part of itself.
    Circle(String),
    /// The forecasts or variances are not one a node, or not of one length.
    Shape,
    /// A variance is below zero or not finite.
    Variance(String),
}

impl fmt::Display for HierarchyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HierarchyError::Empty => f.write_str("there are no nodes"),
            HierarchyError::Twice(name) => write!(f, "“{name}” is named twice"),
            HierarchyError::UnknownParent(name) => write!(f, "the parent “{name}” is no node"),
            HierarchyError::Circle(name) => write!(f, "“{name}” is part of itself"),
            HierarchyError::Shape => {
                f.write_str("give one forecast and its variances a node, all of the same length")
            }
            HierarchyError::Variance(name) => {
                write!(f, "a variance of “{name}” is not zero or more and finite")
            }
        }
    }
}

impl std::error::Error for HierarchyError {}

/// Nodes that add up: each whole is the sum of its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hierarchy {
    names: Vec<String>,
    parents: Vec<Option<usize>>,
    /// All nodes, parts before their wholes.
    upwards: Vec<usize>,
    is_whole: Vec<bool>,
}

impl Hierarchy {
    /// Puts nodes in relation, in any order.
    ///
    /// # Errors
    /// Names the node that is twice there, has an unknown parent or is part of itself.
    pub fn new(nodes: &[Node]) -> Result<Hierarchy, HierarchyError> {
        if nodes.is_empty() {
            return Err(HierarchyError::Empty);
        }
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, node) in nodes.iter().enumerate() {
            if places.insert(&node.name, at).is_some() {
                return Err(HierarchyError::Twice(node.name.clone()));
            }
        }
        let mut parents = Vec::with_capacity(nodes.len());
        for node in nodes {
            let parent = node.parent.as_ref().map(|name| {
                let known = places.get(name.as_str()).copied();
                known.ok_or_else(|| HierarchyError::UnknownParent(name.clone()))
            });
            parents.push(parent.transpose()?);
        }
        if let Some(at) = circle(&parents) {
            return Err(HierarchyError::Circle(nodes[at].name.clone()));
        }
        let mut is_whole = vec![false; nodes.len()];
        parents.iter().flatten().for_each(|&at| is_whole[at] = true);
        let mut upwards: Vec<usize> = (0..nodes.len()).collect();
        upwards.sort_by_key(|&at| Reverse(above(&parents, at).count()));
        let names = nodes.iter().map(|node| node.name.clone()).collect();
        Ok(Hierarchy {
            names,
            parents,
            upwards,
            is_whole,
        })
    }

    /// Wholes as the sums of their parts' forecasts; forecasts given for wholes are left aside.
    ///
    /// # Errors
    /// The forecasts are not one a node or differ in length.
    pub fn bottom_up(&self, forecasts: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, HierarchyError> {
        self.check(forecasts)?;
        Ok(self.sums(forecasts.to_vec()))
    }

    /// Forecasts of all nodes brought to agree, each moved the less the surer it is at that slot:
    /// minimum trace with a diagonal of error variances (Wickramasuriya, Athanasopoulos & Hyndman
    /// 2019). A part of variance zero is not moved; parts below zero become zero.
    ///
    /// In a tree the least squares need no matrix: a sweep upwards weighs each whole against the
    /// sum of its parts, and one downwards shares out what is left by the parts' variances.
    ///
    /// # Errors
    /// The forecasts or variances are not one a node and slot, or a variance is below zero.
    pub fn reconcile(
        &self,
        forecasts: &[Vec<f64>],
        variances: &[Vec<f64>],
    ) -> Result<Vec<Vec<f64>>, HierarchyError> {
        let horizon = self.check(forecasts)?;
        if self.check(variances)? != horizon {
            return Err(HierarchyError::Shape);
        }
        let is_variance = |v: &f64| *v >= 0.0 && v.is_finite();
        if let Some(at) = variances.iter().position(|v| !v.iter().all(is_variance)) {
            return Err(HierarchyError::Variance(self.names[at].clone()));
        }
        let mut agreed = forecasts.to_vec();
        for slot in 0..horizon {
            let own = |node: usize| (forecasts[node][slot], variances[node][slot]);
            for (node, value) in self.settle(own).into_iter().enumerate() {
                agreed[node][slot] = value.max(0.0);
            }
        }
        Ok(self.sums(agreed))
    }

    /// The values of one slot that agree, from the value and variance of each node.
    fn settle(&self, own: impl Fn(usize) -> (f64, f64)) -> Vec<f64> {
        let nodes = self.names.len();
        // The sum of each whole's parts and its variance; then each node by what lies below it.
        let (mut sum, mut spread) = (vec![0.0; nodes], vec![0.0; nodes]);
        let (mut value, mut left) = (vec![0.0; nodes], vec![0.0; nodes]);
        for &node in &self.upwards {
            let (given, variance) = own(node);
            (value[node], left[node]) = if self.is_whole[node] {
                let trust = share(spread[node], variance);
                let moved = sum[node] + trust * (given - sum[node]);
                (moved, trust * variance)
            } else {
                (given, variance)
            };
            if let Some(whole) = self.parents[node] {
                sum[whole] += value[node];
                spread[whole] += left[node];
            }
        }
        for &node in self.upwards.iter().rev() {
            if let Some(whole) = self.parents[node] {
                let part = share(left[node], spread[whole] - left[node]);
                value[node] += part * (value[whole] - sum[whole]);
            }
        }
        value
    }

    /// Each whole from its parts.
    fn sums(&self, mut forecasts: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
        for (forecast, _) in forecasts.iter_mut().zip(&self.is_whole).filter(|f| *f.1) {
            forecast.fill(0.0);
        }
        for &node in &self.upwards {
            if let Some(whole) = self.parents[node] {
                let part = std::mem::take(&mut forecasts[node]);
                let sums = forecasts[whole].iter_mut();
                sums.zip(&part).for_each(|(sum, value)| *sum += value);
                forecasts[node] = part;
            }
        }
        forecasts
    }

    fn check(&self, forecasts: &[Vec<f64>]) -> Result<usize, HierarchyError> {
        let horizon = forecasts.first().map_or(0, Vec::len);
        let even = forecasts.iter().all(|forecast| forecast.len() == horizon);
        if even && forecasts.len() == self.names.len() && horizon > 0 {
            Ok(horizon)
        } else {
            Err(HierarchyError::Shape)
        }
    }
}

/// The share of `one` in both; none of nothing.
fn share(one: f64, other: f64) -> f64 {
    if one > 0.0 { one / (one + other) } else { 0.0 }
}

/// The wholes a node is part of, the nearest first.
fn above(parents: &[Option<usize>], node: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(parents[node], |&at| parents[at])
}

/// A node that comes back to itself by its parents.
fn circle(parents: &[Option<usize>]) -> Option<usize> {
    // Without a circle no way up is longer than there are nodes.
    let longest = parents.len() + 1;
    (0..parents.len()).find(|&start| above(parents, start).take(longest).count() == longest)
}
