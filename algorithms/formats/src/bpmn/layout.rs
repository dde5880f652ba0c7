//! Places for the nodes of a diagram that has none: columns from left to right, lanes from the
//! top down.

use std::collections::VecDeque;

use mining::bpmn::{Diagram, Frame, Kind};

const COLUMN: f64 = 150.0;
const ROW: f64 = 110.0;
const LEFT: f64 = 220.0;
const TOP: f64 = 100.0;

/// Where everything is drawn.
pub struct Layout {
    /// One per node.
    pub nodes: Vec<Frame>,
    /// One per lane.
    pub lanes: Vec<Frame>,
    /// Bends of each flow.
    pub flows: Vec<Vec<(f64, f64)>>,
    /// Around all lanes.
    pub pool: Frame,
}

impl Layout {
    /// The drawing of a diagram: its own where it has one for every node.
    pub fn of(diagram: &Diagram) -> Self {
        let own: Option<Vec<Frame>> = diagram.nodes.iter().map(|node| node.frame).collect();
        let kept = own.is_some();
        let (nodes, lanes) = match own {
            Some(nodes) => {
                let lanes: Option<Vec<Frame>> =
                    diagram.lanes.iter().map(|lane| lane.frame).collect();
                let lanes = lanes.unwrap_or_else(|| lanes_around(diagram, &nodes));
                (nodes, lanes)
            }
            None => placed(diagram),
        };
        let bottom = nodes
            .iter()
            .map(|frame| frame.y + frame.height)
            .fold(0.0, f64::max);
        let flows = diagram
            .flows
            .iter()
            .enumerate()
            .map(|(index, flow)| {
                if kept && flow.points.len() > 1 {
                    return flow.points.clone();
                }
                line(
                    &nodes[flow.source],
                    &nodes[flow.target],
                    bottom + 20.0 + 8.0 * index as f64,
                )
            })
            .collect();
        let pool = around(&lanes);
        Self {
            nodes,
            lanes,
            flows,
            pool,
        }
    }
}

/// Width and height of a node as tools draw it.
fn size(kind: Kind) -> (f64, f64) {
    match kind {
        Kind::Task(_) => (100.0, 80.0),
        Kind::Gateway(_) => (50.0, 50.0),
        Kind::Start(_) | Kind::End(_) | Kind::Catch(_) | Kind::Throw(_) => (36.0, 36.0),
    }
}

fn placed(diagram: &Diagram) -> (Vec<Frame>, Vec<Frame>) {
    let columns = columns(diagram);
    let lane_of = |node: usize| diagram.nodes[node].lane.unwrap_or(0);
    let lane_count = diagram.lanes.len().max(1);
    let mut rows = vec![0; diagram.nodes.len()];
    let mut height = vec![1; lane_count];
    let mut taken = std::collections::HashMap::new();
    for node in 0..diagram.nodes.len() {
        let lane = lane_of(node).min(lane_count - 1);
        let next: &mut usize = taken.entry((lane, columns[node])).or_default();
        rows[node] = *next;
        *next += 1;
        height[lane] = height[lane].max(*next);
    }
    let tops: Vec<f64> = height
        .iter()
        .scan(TOP, |top, &rows| {
            let own = *top;
            *top += rows as f64 * ROW + 20.0;
            Some(own)
        })
        .collect();
    let frames = diagram
        .nodes
        .iter()
        .enumerate()
        .map(|(node, what)| {
            let (width, tall) = size(what.kind);
            let lane = lane_of(node).min(lane_count - 1);
            Frame {
                x: LEFT + columns[node] as f64 * COLUMN + (100.0 - width) / 2.0,
                y: tops[lane] + 10.0 + rows[node] as f64 * ROW + (ROW - tall) / 2.0,
                width,
                height: tall,
            }
        })
        .collect();
    let wide = 100.0 + columns.iter().max().map_or(1.0, |last| (last + 1) as f64) * COLUMN;
    let lanes = (0..diagram.lanes.len())
        .map(|lane| Frame {
            x: LEFT - 50.0,
            y: tops[lane],
            width: wide,
            height: height[lane] as f64 * ROW + 20.0,
        })
        .collect();
    (frames, lanes)
}

/// The column of each node: one behind the last of those that lead to it, ways back apart.
fn columns(diagram: &Diagram) -> Vec<usize> {
    let n = diagram.nodes.len();
    let mut after = vec![Vec::new(); n];
    for flow in &diagram.flows {
        after[flow.source].push(flow.target);
    }
    let forward = forward(diagram, &after);
    let mut waiting = vec![0; n];
    forward
        .iter()
        .flatten()
        .for_each(|&target| waiting[target] += 1);
    let mut columns = vec![0; n];
    let mut open: VecDeque<usize> = (0..n).filter(|&node| waiting[node] == 0).collect();
    while let Some(node) = open.pop_front() {
        for &target in &forward[node] {
            columns[target] = columns[target].max(columns[node] + 1);
            waiting[target] -= 1;
            if waiting[target] == 0 {
                open.push_back(target);
            }
        }
    }
    columns
}

/// The flows without those that lead back to a node still open in a walk from the starts.
fn forward(diagram: &Diagram, after: &[Vec<usize>]) -> Vec<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Never,
        Open,
        Done,
    }
    let n = diagram.nodes.len();
    let mut seen = vec![Seen::Never; n];
    let mut forward = vec![Vec::new(); n];
    let starts = (0..n).filter(|&node| matches!(diagram.nodes[node].kind, Kind::Start(_)));
    for root in starts.chain(0..n) {
        if seen[root] != Seen::Never {
            continue;
        }
        seen[root] = Seen::Open;
        let mut path = vec![(root, 0)];
        while let Some((node, next)) = path.last_mut() {
            let node = *node;
            let Some(&target) = after[node].get(*next) else {
                seen[node] = Seen::Done;
                path.pop();
                continue;
            };
            *next += 1;
            if seen[target] != Seen::Open {
                forward[node].push(target);
            }
            if seen[target] == Seen::Never {
                seen[target] = Seen::Open;
                path.push((target, 0));
            }
        }
    }
    forward
}

/// Lanes as wide as the whole diagram, as high as what is in them.
fn lanes_around(diagram: &Diagram, nodes: &[Frame]) -> Vec<Frame> {
    let whole = around(nodes);
    (0..diagram.lanes.len())
        .map(|lane| {
            let members = diagram.nodes.iter().zip(nodes);
            let members = members.filter(|(node, _)| node.lane == Some(lane));
            let inside: Vec<Frame> = members.map(|(_, frame)| *frame).collect();
            let own = around(&inside);
            Frame {
                x: whole.x - 50.0,
                y: own.y - 20.0,
                width: whole.width + 100.0,
                height: own.height + 40.0,
            }
        })
        .collect()
}

fn around(frames: &[Frame]) -> Frame {
    let Some(first) = frames.first() else {
        return Frame::default();
    };
    let (mut left, mut top) = (first.x, first.y);
    let (mut right, mut bottom) = (left, top);
    for frame in frames {
        left = left.min(frame.x);
        top = top.min(frame.y);
        right = right.max(frame.x + frame.width);
        bottom = bottom.max(frame.y + frame.height);
    }
    Frame {
        x: left,
        y: top,
        width: right - left,
        height: bottom - top,
    }
}

/// From the right side of one node to the left side of the other; ways back go round below.
fn line(from: &Frame, to: &Frame, below: f64) -> Vec<(f64, f64)> {
    let (right, left) = ((from.x + from.width), to.x);
    let (start, end) = (from.y + from.height / 2.0, to.y + to.height / 2.0);
    if left <= right {
        let (out, into) = (from.x + from.width / 2.0, to.x + to.width / 2.0);
        let (down, up) = (from.y + from.height, to.y + to.height);
        return vec![(out, down), (out, below), (into, below), (into, up)];
    }
    if (start - end).abs() < 1.0 {
        return vec![(right, start), (left, end)];
    }
    let bend = left - 20.0;
    vec![(right, start), (bend, start), (bend, end), (left, end)]
}
