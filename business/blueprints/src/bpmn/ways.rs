//! Which task of a diagram leads to which, past gateways and events, and the order of tasks.

use std::collections::BTreeSet;

use mining::bpmn::{Diagram, Kind};

/// Where a task leads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Leads {
    /// Nodes of the tasks that may follow, each once.
    pub to: Vec<usize>,
    /// Whether the process may end after it.
    pub ends: bool,
    /// The event it then ends with.
    pub end: Option<usize>,
}

/// Where a node leads, past everything that is no task.
pub(super) fn leads(diagram: &Diagram, after: &[Vec<usize>], node: usize) -> Leads {
    let mut found = Leads::default();
    let mut seen = BTreeSet::new();
    let mut open = std::collections::VecDeque::from([node]);
    while let Some(at) = open.pop_front() {
        if after[at].is_empty() {
            found.ends = true;
            let end = matches!(diagram.nodes[at].kind, Kind::End(_)).then_some(at);
            found.end = found.end.or(end);
        }
        for &next in &after[at] {
            if is_task(diagram, next) {
                if !found.to.contains(&next) {
                    found.to.push(next);
                }
            } else if seen.insert(next) {
                open.push_back(next);
            }
        }
    }
    found
}

/// The nodes behind each node.
pub(super) fn after(diagram: &Diagram) -> Vec<Vec<usize>> {
    let mut after = vec![Vec::new(); diagram.nodes.len()];
    for flow in &diagram.flows {
        after[flow.source].push(flow.target);
    }
    after
}

pub(super) fn is_task(diagram: &Diagram, node: usize) -> bool {
    matches!(diagram.nodes[node].kind, Kind::Task(_))
}

/// The tasks so that each stands before those it leads to, ways back apart.
pub(super) fn order(diagram: &Diagram, after: &[Vec<usize>]) -> Vec<usize> {
    let nodes = 0..diagram.nodes.len();
    let mut entered = vec![false; diagram.nodes.len()];
    for flow in &diagram.flows {
        entered[flow.target] = true;
    }
    let first = |&node: &usize| matches!(diagram.nodes[node].kind, Kind::Start(_));
    let mut roots: Vec<usize> = nodes.clone().filter(first).collect();
    roots.extend(nodes.clone().filter(|&node| !entered[node]));
    roots.reverse();
    let mut walk = Walk {
        after,
        seen: vec![false; diagram.nodes.len()],
        left: Vec::new(),
    };
    roots.into_iter().for_each(|root| walk.from(root));
    let mut order: Vec<usize> = walk.left.drain(..).rev().collect();
    // What nothing leads to from a beginning stands behind the rest.
    for node in nodes {
        walk.from(node);
        order.extend(walk.left.drain(..).rev());
    }
    order.retain(|&node| is_task(diagram, node));
    order
}

/// A walk in depth that notes each node when all behind it has been seen.
struct Walk<'a> {
    after: &'a [Vec<usize>],
    seen: Vec<bool>,
    left: Vec<usize>,
}

impl Walk<'_> {
    fn from(&mut self, root: usize) {
        if std::mem::replace(&mut self.seen[root], true) {
            return;
        }
        let mut open = vec![(root, self.after[root].len())];
        while let Some((node, rest)) = open.last_mut() {
            if *rest == 0 {
                self.left.push(*node);
                open.pop();
                continue;
            }
            *rest -= 1;
            let next = self.after[*node][*rest];
            if !std::mem::replace(&mut self.seen[next], true) {
                open.push((next, self.after[next].len()));
            }
        }
    }
}
