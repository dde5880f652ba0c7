//! Which task of a diagram leads to which, past gateways and events, and the order of tasks.

use std::collections::{BTreeSet, VecDeque};

use mining::bpmn::{Diagram, Gate, Kind};

use crate::model::Split;

/// One way on from a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lead {
    /// The task it leads to; `None` where the process ends.
    pub to: Option<usize>,
    /// The first flow on it that says when it is taken.
    pub said: Option<usize>,
}

/// Where a task leads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Leads {
    /// Each task that may follow once, and the end once.
    pub ways: Vec<Lead>,
    /// How the ways part.
    pub split: Split,
    /// Some part as a choice and some run at the same time.
    pub mixed: bool,
    /// The first gateway where ways part.
    pub gateway: Option<usize>,
}

impl Leads {
    fn add(&mut self, to: Option<usize>, said: Option<usize>) {
        if self.ways.iter().all(|lead| lead.to != to) {
            self.ways.push(Lead { to, said });
        }
    }
}

/// Where a node leads, past everything that is no task.
pub(super) fn leads(diagram: &Diagram, after: &[Vec<usize>], node: usize) -> Leads {
    let mut found = Leads::default();
    let (mut choices, mut parallels) = (0, 0);
    let mut seen = BTreeSet::new();
    let mut open = VecDeque::from([(node, None)]);
    if after[node].is_empty() {
        found.add(None, None);
    }
    while let Some((at, said)) = open.pop_front() {
        if after[at].len() > 1 {
            match splits(diagram.nodes[at].kind) {
                Split::Parallel => parallels += 1,
                Split::Choice => choices += 1,
            }
            let gateway = matches!(diagram.nodes[at].kind, Kind::Gateway(_)).then_some(at);
            found.gateway = found.gateway.or(gateway);
        }
        for &flow in &after[at] {
            let next = diagram.flows[flow].target;
            let said = said.or_else(|| Some(flow).filter(|&flow| says(diagram, flow)));
            if is_task(diagram, next) {
                found.add(Some(next), said);
            } else if after[next].is_empty() {
                found.add(None, said);
            } else if seen.insert(next) {
                open.push_back((next, said));
            }
        }
    }
    found.mixed = choices > 0 && parallels > 0;
    if parallels > 0 && choices == 0 {
        found.split = Split::Parallel;
    }
    found
}

/// How several ways out of a node part: those of a task or of a parallel gateway run all at once.
const fn splits(kind: Kind) -> Split {
    match kind {
        Kind::Gateway(Gate::Parallel) | Kind::Task(_) => Split::Parallel,
        _ => Split::Choice,
    }
}

/// The words of a flow: its name, else its condition.
pub(super) fn words(diagram: &Diagram, flow: usize) -> &str {
    let flow = &diagram.flows[flow];
    match flow.name.trim() {
        "" => flow.condition.trim(),
        name => name,
    }
}

fn says(diagram: &Diagram, flow: usize) -> bool {
    !words(diagram, flow).is_empty()
}

/// The flows out of each node.
pub(super) fn after(diagram: &Diagram) -> Vec<Vec<usize>> {
    let mut after = vec![Vec::new(); diagram.nodes.len()];
    for (index, flow) in diagram.flows.iter().enumerate() {
        after[flow.source].push(index);
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
        diagram,
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
    diagram: &'a Diagram,
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
            let next = self.diagram.flows[self.after[*node][*rest]].target;
            if !std::mem::replace(&mut self.seen[next], true) {
                open.push((next, self.after[next].len()));
            }
        }
    }
}
