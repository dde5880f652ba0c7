//! Cuts: how the activities of a graph part into blocks.

use super::bits::{Bits, Groups};
use super::graph::Graph;

/// What holds between the parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Choice,
    Sequence,
    Parallel,
    /// The first part is the body.
    Loop,
}

/// At least two parts, as activities of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    pub kind: Kind,
    pub parts: Vec<Vec<u32>>,
}

/// Parts of the activities, by place; one part where there is no such cut.
type Finder = fn(&Graph) -> Vec<Vec<usize>>;

/// The first cut there is: choice, sequence, parallel, loop.
pub fn find(graph: &Graph) -> Option<Cut> {
    let finders: [(Kind, Finder); 4] = [
        (Kind::Choice, choice),
        (Kind::Sequence, sequence),
        (Kind::Parallel, parallel),
        (Kind::Loop, repetition),
    ];
    finders.into_iter().find_map(|(kind, parts)| {
        let parts = parts(graph);
        let named = |part: Vec<usize>| part.into_iter().map(|at| graph.activities[at]).collect();
        (parts.len() > 1).then(|| Cut {
            kind,
            parts: parts.into_iter().map(named).collect(),
        })
    })
}

/// Parts between which nothing leads.
fn choice(graph: &Graph) -> Vec<Vec<usize>> {
    let mut groups = Groups::new(graph.activities.len());
    graph
        .edges
        .keys()
        .for_each(|&(from, to)| groups.join(from, to));
    groups.list()
}

/// Parts that are reached one way only.
fn sequence(graph: &Graph) -> Vec<Vec<usize>> {
    let n = graph.activities.len();
    let ahead = reachable(graph);
    let mut groups = Groups::new(n);
    for a in 0..n {
        for b in 0..a {
            if ahead.get(a, b) == ahead.get(b, a) {
                groups.join(a, b);
            }
        }
    }
    let mut parts = groups.list();
    if parts.len() < 2 {
        return parts;
    }
    // Between two parts every pair leads the same way only if their members agree; those that do
    // not are joined until all agree.
    loop {
        let count = parts.len();
        for i in 0..parts.len() {
            for j in 0..i {
                let before = ahead.get(parts[i][0], parts[j][0]);
                let agree = parts[i].iter().all(|&a| {
                    parts[j]
                        .iter()
                        .all(|&b| ahead.get(a, b) == before && ahead.get(b, a) != before)
                });
                if !agree {
                    groups.join(parts[i][0], parts[j][0]);
                }
            }
        }
        parts = groups.list();
        if parts.len() == count {
            break;
        }
    }
    parts.sort_by(|a, b| ahead.get(b[0], a[0]).cmp(&ahead.get(a[0], b[0])));
    parts
}

/// What can be reached from what by one or more steps.
fn reachable(graph: &Graph) -> Bits {
    let n = graph.activities.len();
    let mut ahead = Bits::new(n);
    let mut before = vec![Vec::new(); n];
    for &(from, to) in graph.edges.keys() {
        ahead.set(from, to);
        before[to].push(from);
    }
    let mut open: Vec<usize> = (0..n).collect();
    let mut waiting = vec![true; n];
    while let Some(at) = open.pop() {
        waiting[at] = false;
        for &from in &before[at] {
            if ahead.absorb(from, at) && !std::mem::replace(&mut waiting[from], true) {
                open.push(from);
            }
        }
    }
    ahead
}

/// Parts of which every activity follows every activity of the others, both ways; each has a
/// start and an end.
fn parallel(graph: &Graph) -> Vec<Vec<usize>> {
    let n = graph.activities.len();
    let mut direct = Bits::new(n);
    graph
        .edges
        .keys()
        .for_each(|&(from, to)| direct.set(from, to));
    let mut groups = Groups::new(n);
    for a in 0..n {
        for b in 0..a {
            if !(direct.get(a, b) && direct.get(b, a)) {
                groups.join(a, b);
            }
        }
    }
    let whole = |part: &Vec<usize>| {
        part.iter().any(|&at| graph.starts[at] > 0) && part.iter().any(|&at| graph.ends[at] > 0)
    };
    let parts = groups.list();
    let Some(home) = parts.iter().find(|part| whole(part)).map(|part| part[0]) else {
        return vec![(0..n).collect()];
    };
    for part in parts.iter().filter(|part| !whole(part)) {
        groups.join(home, part[0]);
    }
    groups.list()
}

/// The body with all starts and ends, then the parts that lead from its ends back to its starts.
fn repetition(graph: &Graph) -> Vec<Vec<usize>> {
    let n = graph.activities.len();
    let is_start = |at: usize| graph.starts[at] > 0;
    let is_end = |at: usize| graph.ends[at] > 0;
    let body: Vec<bool> = (0..n).map(|at| is_start(at) || is_end(at)).collect();
    let Some(home) = body.iter().position(|&inside| inside) else {
        return Vec::new();
    };
    let mut groups = Groups::new(n);
    (0..n)
        .filter(|&at| body[at])
        .for_each(|at| groups.join(home, at));
    let outside = graph
        .edges
        .keys()
        .filter(|&&(from, to)| !body[from] && !body[to]);
    outside.for_each(|&(from, to)| groups.join(from, to));
    // What leaves the body elsewhere than at an end, or enters it elsewhere than at a start, is
    // part of it; so is what leaves some of the ends only, or enters some of the starts only.
    for &(from, to) in graph.edges.keys() {
        if body[from] && !body[to] && !is_end(from) || !body[from] && body[to] && !is_start(to) {
            groups.join(from, to);
        }
    }
    let edge = |from, to| graph.edges.contains_key(&(from, to));
    let starts: Vec<usize> = (0..n).filter(|&at| is_start(at)).collect();
    let ends: Vec<usize> = (0..n).filter(|&at| is_end(at)).collect();
    for at in (0..n).filter(|&at| !body[at]) {
        let to = starts.iter().filter(|&&start| edge(at, start)).count();
        let from = ends.iter().filter(|&&end| edge(end, at)).count();
        if (to > 0 && to < starts.len()) || (from > 0 && from < ends.len()) {
            groups.join(home, at);
        }
    }
    let mut parts = groups.list();
    let inside = parts
        .iter()
        .position(|part| part.iter().any(|&at| body[at]));
    parts[..=inside.unwrap_or(0)].rotate_right(1);
    parts
}
