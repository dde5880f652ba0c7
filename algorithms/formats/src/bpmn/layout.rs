//! Places for the nodes of a diagram that has none: columns from left to right, lanes from the
//! top down.

use std::collections::{HashSet, VecDeque};

use mining::bpmn::{Diagram, Frame, Kind};

const COLUMN: f64 = 150.0;
const ROW: f64 = 110.0;
const WIDEST: f64 = 100.0;
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
        let Some(nodes) = own else {
            return Grid::of(diagram).draw(diagram);
        };
        let lanes: Option<Vec<Frame>> = diagram.lanes.iter().map(|lane| lane.frame).collect();
        let lanes = lanes.unwrap_or_else(|| lanes_around(diagram, &nodes));
        let flows = diagram.flows.iter().map(|flow| {
            if flow.points.len() > 1 {
                return flow.points.clone();
            }
            let (from, to) = (&nodes[flow.source], &nodes[flow.target]);
            vec![
                (from.x + from.width, from.y + from.height / 2.0),
                (to.x, to.y + to.height / 2.0),
            ]
        });
        Self {
            flows: flows.collect(),
            pool: around(&lanes),
            nodes,
            lanes,
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

/// Columns, and rows counted inside of each lane.
struct Grid {
    columns: Vec<usize>,
    lane: Vec<usize>,
    rows: Vec<usize>,
    /// The row that each flow across several columns has for itself.
    tracks: Vec<Option<usize>>,
    /// How many rows each lane has.
    heights: Vec<usize>,
}

impl Grid {
    fn of(diagram: &Diagram) -> Self {
        let count = diagram.nodes.len();
        let lanes = diagram.lanes.len().max(1);
        let lane = diagram
            .nodes
            .iter()
            .map(|node| node.lane.unwrap_or(0).min(lanes - 1));
        let mut grid = Self {
            columns: columns(diagram),
            lane: lane.collect(),
            rows: vec![0; count],
            tracks: vec![None; diagram.flows.len()],
            heights: vec![1; lanes],
        };
        let mut taken = HashSet::new();
        grid.place_nodes(diagram, &mut taken);
        grid.place_flows(diagram, &mut taken);
        for &(lane, _, row) in &taken {
            grid.heights[lane] = grid.heights[lane].max(row + 1);
        }
        grid
    }

    /// Each node in the row of the highest node before it in its lane, or the next free one.
    fn place_nodes(&mut self, diagram: &Diagram, taken: &mut HashSet<(usize, usize, usize)>) {
        let mut before = vec![Vec::new(); self.rows.len()];
        for flow in &diagram.flows {
            if self.columns[flow.source] < self.columns[flow.target] {
                before[flow.target].push(flow.source);
            }
        }
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by_key(|&node| self.columns[node]);
        for node in order {
            let (lane, column) = (self.lane[node], self.columns[node]);
            let beside = before[node]
                .iter()
                .filter(|&&other| self.lane[other] == lane);
            let mut row = beside.map(|&other| self.rows[other]).min().unwrap_or(0);
            while !taken.insert((lane, column, row)) {
                row += 1;
            }
            self.rows[node] = row;
        }
    }

    /// Each flow that passes columns in a row of its target's lane that is free in all of them.
    fn place_flows(&mut self, diagram: &Diagram, taken: &mut HashSet<(usize, usize, usize)>) {
        for (index, flow) in diagram.flows.iter().enumerate() {
            let passed = self.columns[flow.source] + 1..self.columns[flow.target];
            if passed.is_empty() {
                continue;
            }
            let lane = self.lane[flow.target];
            let mut row = self.rows[flow.target];
            while passed
                .clone()
                .any(|column| taken.contains(&(lane, column, row)))
            {
                row += 1;
            }
            taken.extend(passed.map(|column| (lane, column, row)));
            self.tracks[index] = Some(row);
        }
    }

    fn draw(&self, diagram: &Diagram) -> Layout {
        let tops: Vec<f64> = self
            .heights
            .iter()
            .scan(TOP, |top, &rows| {
                Some(std::mem::replace(top, *top + rows as f64 * ROW + 20.0))
            })
            .collect();
        let middle = |lane: usize, row: usize| tops[lane] + 10.0 + (row as f64 + 0.5) * ROW;
        let nodes: Vec<Frame> = diagram
            .nodes
            .iter()
            .enumerate()
            .map(|(node, what)| {
                let (width, height) = size(what.kind);
                let x = LEFT + self.columns[node] as f64 * COLUMN + (WIDEST - width) / 2.0;
                let y = middle(self.lane[node], self.rows[node]) - height / 2.0;
                Frame {
                    x,
                    y,
                    width,
                    height,
                }
            })
            .collect();
        let last = self.columns.iter().max().map_or(0, |last| last + 1) as f64;
        let lane = |lane: usize| Frame {
            x: LEFT - 50.0,
            y: tops[lane],
            width: 100.0 + last * COLUMN,
            height: self.heights[lane] as f64 * ROW + 20.0,
        };
        let lanes: Vec<Frame> = (0..diagram.lanes.len()).map(lane).collect();
        let bottom = lane(self.heights.len() - 1);
        let bottom = bottom.y + bottom.height;
        let flows = diagram.flows.iter().enumerate().map(|(index, flow)| {
            let (from, to) = (&nodes[flow.source], &nodes[flow.target]);
            let ends = (self.columns[flow.source], self.columns[flow.target]);
            let track = match self.tracks[index] {
                Some(row) => Some(middle(self.lane[flow.target], row)),
                // Ways back go round below everything, each at a height of its own.
                None if ends.0 >= ends.1 => Some(bottom + 20.0 + 8.0 * (index % 12) as f64),
                None => None,
            };
            line(from, to, ends, track)
        });
        Layout {
            flows: flows.collect(),
            pool: around(&lanes),
            nodes,
            lanes,
        }
    }
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

/// From the right side of one node to the left side of the other; up and down only between the
/// columns, where no node stands, and along a track of its own where it has one.
fn line(
    from: &Frame,
    to: &Frame,
    (first, last): (usize, usize),
    track: Option<f64>,
) -> Vec<(f64, f64)> {
    let (out, into) = (from.x + from.width, to.x);
    let (start, end) = (from.y + from.height / 2.0, to.y + to.height / 2.0);
    let behind = LEFT + first as f64 * COLUMN + WIDEST + 15.0;
    let before = LEFT + last as f64 * COLUMN - 15.0;
    let heights = [Some(start), track, Some(end)];
    let mut points = vec![(out, start)];
    let bends = [behind, before];
    let known: Vec<f64> = heights.into_iter().flatten().collect();
    for (pair, bend) in known
        .windows(2)
        .zip(bends.into_iter().skip(3 - known.len()))
    {
        if (pair[0] - pair[1]).abs() > 0.5 {
            points.extend([(bend, pair[0]), (bend, pair[1])]);
        }
    }
    points.push((into, end));
    points
}
