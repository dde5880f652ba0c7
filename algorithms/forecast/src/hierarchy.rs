//! Forecasts of parts and wholes that agree: site, service and total.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::ridge::{Factor, Row};

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
    /// A variance is not above zero.
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
                f.write_str("give one forecast and one variance a node, all of the same length")
            }
            HierarchyError::Variance(name) => {
                write!(
                    f,
                    "the variance of “{name}” has to be a finite number above zero"
                )
            }
        }
    }
}

impl std::error::Error for HierarchyError {}

/// Nodes that add up: each whole is the sum of its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hierarchy {
    /// For each node, the leaves below it (itself for a leaf), by their place among the leaves.
    leaves_below: Vec<Vec<usize>>,
    names: Vec<String>,
    /// The node of each leaf.
    leaves: Vec<usize>,
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
        let wholes: BTreeSet<usize> = parents.iter().flatten().copied().collect();
        let mut leaves_below = vec![Vec::new(); nodes.len()];
        let mut leaves = Vec::new();
        for at in (0..nodes.len()).filter(|at| !wholes.contains(at)) {
            let mut above = Some(at);
            while let Some(node) = above {
                leaves_below[node].push(leaves.len());
                above = parents[node];
            }
            leaves.push(at);
        }
        let names = nodes.iter().map(|node| node.name.clone()).collect();
        Ok(Hierarchy {
            leaves_below,
            names,
            leaves,
        })
    }

    /// Wholes as the sums of their parts' forecasts; forecasts given for wholes are left aside.
    ///
    /// # Errors
    /// The forecasts are not one a node or differ in length.
    pub fn bottom_up(&self, forecasts: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, HierarchyError> {
        self.check(forecasts)?;
        let leaves: Vec<Vec<f64>> = self
            .leaves
            .iter()
            .map(|&at| forecasts[at].clone())
            .collect();
        Ok(self.sums(&leaves))
    }

    /// Forecasts of all nodes brought to agree, each moved the less the surer it is: minimum
    /// trace with a diagonal of error variances (Wickramasuriya, Athanasopoulos & Hyndman 2019).
    /// Parts below zero become zero.
    ///
    /// # Errors
    /// The forecasts or variances are not one a node, or a variance is not above zero.
    pub fn reconcile(
        &self,
        forecasts: &[Vec<f64>],
        variances: &[f64],
    ) -> Result<Vec<Vec<f64>>, HierarchyError> {
        let horizon = self.check(forecasts)?;
        if variances.len() != self.names.len() {
            return Err(HierarchyError::Shape);
        }
        if let Some(at) = variances.iter().position(|v| !(*v > 0.0 && v.is_finite())) {
            return Err(HierarchyError::Variance(self.names[at].clone()));
        }
        // Weighted least squares for the leaves: each node's forecast is an observation of the
        // sum of its leaves. The penalty only guards against rounding.
        let rows: Vec<Row> = self
            .leaves_below
            .iter()
            .map(|below| below.iter().map(|&leaf| (leaf, 1.0)).collect())
            .collect();
        let least = variances.iter().copied().fold(f64::INFINITY, f64::min);
        let weights: Vec<f64> = variances.iter().map(|v| least / v).collect();
        let targets: Vec<f64> = forecasts.iter().flatten().copied().collect();
        let penalty = vec![1e-12; self.leaves.len()];
        let factor = Factor::new(&rows, &weights, &penalty);
        let found = factor.solve(&rows, &weights, &targets, horizon.max(1));
        let leaves: Vec<Vec<f64>> = found
            .chunks(horizon.max(1))
            .map(|leaf| leaf.iter().map(|v| v.max(0.0)).collect())
            .collect();
        Ok(self.sums(&leaves))
    }

    fn sums(&self, leaves: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let horizon = leaves.first().map_or(0, Vec::len);
        let sum = |below: &Vec<usize>| {
            (0..horizon)
                .map(|at| below.iter().map(|&leaf| leaves[leaf][at]).sum())
                .collect()
        };
        self.leaves_below.iter().map(sum).collect()
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

/// A node that comes back to itself by its parents.
fn circle(parents: &[Option<usize>]) -> Option<usize> {
    (0..parents.len()).find(|&start| {
        let steps = std::iter::successors(parents[start], |&at| parents[at]);
        // Without a circle no way up is longer than there are nodes.
        steps.take(parents.len() + 1).count() > parents.len()
    })
}
