//! Writing BPMN 2.0 with its drawing.

use std::fmt::Write as _;

use mining::bpmn::{Diagram, Frame, Kind};

use crate::xml::escape;

use super::layout::Layout;
use super::words;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" \
    xmlns:bpmndi=\"http://www.omg.org/spec/BPMN/20100524/DI\" \
    xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\" \
    xmlns:di=\"http://www.omg.org/spec/DD/20100524/DI\" \
    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
    id=\"definitions\" targetNamespace=\"urn:steward:process\">\n";

/// Writes a diagram; nodes without a place get one.
///
/// Ids that XML does not allow, or that stand twice, are replaced.
pub fn write(diagram: &Diagram) -> String {
    let ids = Ids::of(diagram);
    let layout = Layout::of(diagram);
    let mut out = String::from(HEAD);
    if !diagram.lanes.is_empty() {
        out.push_str("<collaboration id=\"collaboration\">\n<participant id=\"pool\" name=\"");
        escape(&diagram.name, &mut out);
        out.push_str("\" processRef=\"process\"/>\n</collaboration>\n");
    }
    out.push_str("<process id=\"process\" name=\"");
    escape(&diagram.name, &mut out);
    out.push_str("\" isExecutable=\"false\">\n");
    documentation(&diagram.documentation, &mut out);
    lanes(diagram, &ids, &mut out);
    for index in 0..diagram.nodes.len() {
        node(diagram, index, &ids, &mut out);
    }
    for index in 0..diagram.flows.len() {
        flow(diagram, index, &ids, &mut out);
    }
    out.push_str("</process>\n");
    drawing(diagram, &ids, &layout, &mut out);
    out.push_str("</definitions>\n");
    out
}

/// Ids that XML allows, each once.
struct Ids {
    lanes: Vec<String>,
    nodes: Vec<String>,
    flows: Vec<String>,
}

impl Ids {
    fn of(diagram: &Diagram) -> Self {
        let own = [
            "definitions",
            "collaboration",
            "pool",
            "process",
            "diagram",
            "plane",
            "lanes",
        ];
        let mut taken: std::collections::HashSet<String> =
            own.into_iter().map(str::to_owned).collect();
        let mut valid = |wanted: &str, what: &str, index: usize| {
            let mut id = wanted.to_owned();
            let mut number = index + 1;
            while !is_id(&id) || !taken.insert(id.clone()) {
                id = format!("{what}_{number}");
                number += 1;
            }
            id
        };
        let nodes = (0..)
            .zip(&diagram.nodes)
            .map(|(at, node)| valid(&node.id, "node", at));
        let nodes = nodes.collect();
        let flows = (0..)
            .zip(&diagram.flows)
            .map(|(at, flow)| valid(&flow.id, "flow", at));
        let flows = flows.collect();
        let lanes = (0..)
            .zip(&diagram.lanes)
            .map(|(at, lane)| valid(&lane.id, "lane", at));
        Self {
            lanes: lanes.collect(),
            nodes,
            flows,
        }
    }
}

/// Shapes carry the id of what they draw with this ending.
const DRAWN: &str = "_di";

fn is_id(id: &str) -> bool {
    let mut marks = id.chars();
    let first = marks
        .next()
        .is_some_and(|mark| mark.is_alphabetic() || mark == '_');
    let rest = marks.all(|mark| mark.is_alphanumeric() || matches!(mark, '_' | '-' | '.'));
    first && rest && !id.ends_with(DRAWN)
}

fn documentation(text: &str, out: &mut String) {
    if !text.is_empty() {
        out.push_str("<documentation>");
        escape(text, out);
        out.push_str("</documentation>\n");
    }
}

fn lanes(diagram: &Diagram, ids: &Ids, out: &mut String) {
    if diagram.lanes.is_empty() {
        return;
    }
    out.push_str("<laneSet id=\"lanes\">\n");
    for (index, lane) in diagram.lanes.iter().enumerate() {
        let _ = write!(out, "<lane id=\"{}\" name=\"", ids.lanes[index]);
        escape(&lane.name, out);
        out.push_str("\">\n");
        documentation(&lane.documentation, out);
        for (node, id) in diagram.nodes.iter().zip(&ids.nodes) {
            if node.lane == Some(index) {
                let _ = writeln!(out, "<flowNodeRef>{id}</flowNodeRef>");
            }
        }
        out.push_str("</lane>\n");
    }
    out.push_str("</laneSet>\n");
}

fn node(diagram: &Diagram, index: usize, ids: &Ids, out: &mut String) {
    let node = &diagram.nodes[index];
    let (element, trigger) = words::element(node.kind);
    let (before, after) = diagram.around(index);
    let _ = write!(out, "<{element} id=\"{}\"", ids.nodes[index]);
    if !node.name.is_empty() {
        out.push_str(" name=\"");
        escape(&node.name, out);
        out.push('"');
    }
    if let Some(&flow) = after.iter().find(|&&flow| diagram.flows[flow].is_default) {
        let _ = write!(out, " default=\"{}\"", ids.flows[flow]);
    }
    out.push_str(">\n");
    documentation(&node.documentation, out);
    for flow in before {
        let _ = writeln!(out, "<incoming>{}</incoming>", ids.flows[flow]);
    }
    for flow in after {
        let _ = writeln!(out, "<outgoing>{}</outgoing>", ids.flows[flow]);
    }
    if let Some(trigger) = trigger {
        let _ = writeln!(out, "<{trigger} id=\"{}_on\"/>", ids.nodes[index]);
    }
    let _ = writeln!(out, "</{element}>");
}

fn flow(diagram: &Diagram, index: usize, ids: &Ids, out: &mut String) {
    let flow = &diagram.flows[index];
    let (source, target) = (&ids.nodes[flow.source], &ids.nodes[flow.target]);
    let id = &ids.flows[index];
    let _ = write!(
        out,
        "<sequenceFlow id=\"{id}\" sourceRef=\"{source}\" targetRef=\"{target}\""
    );
    if !flow.name.is_empty() {
        out.push_str(" name=\"");
        escape(&flow.name, out);
        out.push('"');
    }
    if flow.condition.is_empty() {
        out.push_str("/>\n");
        return;
    }
    out.push_str("><conditionExpression xsi:type=\"tFormalExpression\">");
    escape(&flow.condition, out);
    out.push_str("</conditionExpression></sequenceFlow>\n");
}

fn drawing(diagram: &Diagram, ids: &Ids, layout: &Layout, out: &mut String) {
    let plane = if diagram.lanes.is_empty() {
        "process"
    } else {
        "collaboration"
    };
    let _ = writeln!(
        out,
        "<bpmndi:BPMNDiagram id=\"diagram\">\n\
         <bpmndi:BPMNPlane id=\"plane\" bpmnElement=\"{plane}\">"
    );
    if !diagram.lanes.is_empty() {
        let pool = layout.pool;
        // The name of the pool stands in a strip left of the lanes.
        let strip = 30.0;
        let frame = Frame {
            x: pool.x - strip,
            width: pool.width + strip,
            ..pool
        };
        shape("pool", frame, " isHorizontal=\"true\"", out);
    }
    for (id, &frame) in ids.lanes.iter().zip(&layout.lanes) {
        shape(id, frame, " isHorizontal=\"true\"", out);
    }
    for (index, (id, &frame)) in ids.nodes.iter().zip(&layout.nodes).enumerate() {
        let gate = matches!(diagram.nodes[index].kind, Kind::Gateway(_));
        shape(
            id,
            frame,
            if gate {
                " isMarkerVisible=\"true\""
            } else {
                ""
            },
            out,
        );
    }
    for (id, points) in ids.flows.iter().zip(&layout.flows) {
        let _ = writeln!(
            out,
            "<bpmndi:BPMNEdge id=\"{id}{DRAWN}\" bpmnElement=\"{id}\">"
        );
        for (x, y) in points {
            let _ = writeln!(out, "<di:waypoint x=\"{x}\" y=\"{y}\"/>");
        }
        out.push_str("</bpmndi:BPMNEdge>\n");
    }
    out.push_str("</bpmndi:BPMNPlane>\n</bpmndi:BPMNDiagram>\n");
}

fn shape(id: &str, frame: Frame, more: &str, out: &mut String) {
    let Frame {
        x,
        y,
        width,
        height,
    } = frame;
    let _ = writeln!(
        out,
        "<bpmndi:BPMNShape id=\"{id}{DRAWN}\" bpmnElement=\"{id}\"{more}>\
         <dc:Bounds x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>\
         </bpmndi:BPMNShape>"
    );
}
