//! Reading BPMN 2.0.

use std::collections::HashMap;

use mining::bpmn::{Diagram, Flow, Frame, Kind, Lane, Node, Work};

use crate::element::Element;
use crate::{FormatError, Limits};

use super::{LeftOut, words};

/// Elements that hold nothing of the process and are passed over without a word.
const SILENT: [&str; 3] = ["incoming", "outgoing", "documentation"];

/// Reads the first process of a file that has steps; the notes list what was not kept.
///
/// # Errors
/// Names the element and what is allowed: broken XML, no process, flows that lead nowhere.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<(Diagram, Vec<LeftOut>), FormatError> {
    diagram_of(&Element::read(bytes, limits)?)
}

/// The diagram of a document.
pub(crate) fn diagram_of(root: &Element) -> Result<(Diagram, Vec<LeftOut>), FormatError> {
    if root.name != "definitions" {
        let problem = format!(
            "the file begins with <{}>; BPMN begins with <definitions>",
            root.name
        );
        return Err(FormatError::file(problem));
    }
    let mut processes = root.all("process").filter(|process| {
        process
            .children
            .iter()
            .any(|child| words::kind(&child.name).is_some())
    });
    let process = processes
        .next()
        .ok_or_else(|| FormatError::file("no <process> with steps; one is needed"))?;
    let mut reader = Reader::default();
    for other in processes {
        reader.notes.push(LeftOut::Process { name: title(other) });
    }
    reader.process(process)?;
    reader.around(root, process);
    reader.drawing(root);
    Ok((reader.diagram, reader.notes))
}

#[derive(Default)]
struct Reader {
    diagram: Diagram,
    notes: Vec<LeftOut>,
    nodes: HashMap<String, usize>,
}

impl Reader {
    fn process(&mut self, process: &Element) -> Result<(), FormatError> {
        self.diagram.name = process.get("name").unwrap_or_default().to_owned();
        self.diagram.documentation = documentation(process);
        for child in &process.children {
            match words::kind(&child.name) {
                Some(kind) => self.node(child, kind)?,
                None => self.other(child),
            }
        }
        for flow in process.all("sequenceFlow") {
            self.flow(flow)?;
        }
        for set in process.all("laneSet") {
            self.lanes(set, "")?;
        }
        Ok(())
    }

    fn other(&mut self, child: &Element) {
        match child.name.as_str() {
            "sequenceFlow" | "laneSet" => {}
            name if SILENT.contains(&name) => {}
            "boundaryEvent" => self.notes.push(LeftOut::EdgeEvent {
                name: title(child),
                of: child.get("attachedToRef").unwrap_or_default().to_owned(),
            }),
            "textAnnotation" => self.notes.push(LeftOut::Annotation {
                text: child.text_of("text").unwrap_or_default().to_owned(),
            }),
            _ => self.notes.push(element(child)),
        }
    }

    fn node(&mut self, element: &Element, kind: Kind) -> Result<(), FormatError> {
        let id = id(element)?;
        let mut node = Node::new(id, kind);
        node.name = element.get("name").unwrap_or_default().trim().to_owned();
        node.documentation = documentation(element);
        for child in &element.children {
            if let Some(trigger) = words::trigger(&child.name) {
                node.kind = words::triggered(kind, trigger);
                if child
                    .children
                    .iter()
                    .any(|inner| !inner.text.trim().is_empty())
                {
                    self.notes.push(part(child, element));
                }
            } else if kind == Kind::Task(Work::SubProcess) && words::kind(&child.name).is_some() {
                self.notes.push(LeftOut::Inside {
                    name: title(child),
                    of: title(element),
                });
            } else if !SILENT.contains(&child.name.as_str()) {
                self.notes.push(part(child, element));
            }
        }
        if self
            .nodes
            .insert(id.to_owned(), self.diagram.nodes.len())
            .is_some()
        {
            return Err(FormatError::element(id, "stands twice; ids must differ"));
        }
        self.diagram.nodes.push(node);
        Ok(())
    }

    fn flow(&mut self, element: &Element) -> Result<(), FormatError> {
        let id = id(element)?;
        let (from, to) = (element.get("sourceRef"), element.get("targetRef"));
        let known = |end: Option<&str>| end.and_then(|end| self.nodes.get(end)).copied();
        let (Some(source), Some(target)) = (known(from), known(to)) else {
            let (Some(from), Some(to)) = (from, to) else {
                let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
                let problem = format!("leads from {from:?} to {to:?}; a flow needs both ends");
                return Err(FormatError::element(id, problem));
            };
            self.notes.push(LeftOut::Flow {
                id: id.to_owned(),
                from: from.to_owned(),
                to: to.to_owned(),
            });
            return Ok(());
        };
        self.diagram.flows.push(Flow {
            id: id.to_owned(),
            name: element.get("name").unwrap_or_default().to_owned(),
            source,
            target,
            condition: element
                .text_of("conditionExpression")
                .unwrap_or_default()
                .to_owned(),
            is_default: false,
            points: Vec::new(),
        });
        Ok(())
    }

    /// The innermost lanes; the names of those around them stand before theirs.
    fn lanes(&mut self, set: &Element, around: &str) -> Result<(), FormatError> {
        for lane in set.all("lane") {
            let own = lane.get("name").unwrap_or_default();
            let name = if around.is_empty() {
                own.to_owned()
            } else {
                format!("{around} / {own}")
            };
            if let Some(inner) = lane.first("childLaneSet") {
                self.lanes(inner, &name)?;
                continue;
            }
            let index = self.diagram.lanes.len();
            self.diagram.lanes.push(Lane {
                id: id(lane)?.to_owned(),
                name,
                documentation: documentation(lane),
                frame: None,
            });
            for member in lane.all("flowNodeRef") {
                if let Some(&node) = self.nodes.get(member.text.trim()) {
                    self.diagram.nodes[node].lane = Some(index);
                }
            }
        }
        Ok(())
    }

    /// Defaults of gateways, and what stands beside the process.
    fn around(&mut self, root: &Element, process: &Element) {
        let defaults: Vec<&str> = process
            .children
            .iter()
            .filter_map(|child| child.get("default"))
            .collect();
        for flow in &mut self.diagram.flows {
            flow.is_default = defaults.contains(&flow.id.as_str());
        }
        for child in &root.children {
            match child.name.as_str() {
                "process" | "BPMNDiagram" => {}
                "collaboration" => {
                    for inner in &child.children {
                        let own = inner.get("processRef") == process.get("id");
                        if inner.name == "participant" && own {
                            if self.diagram.name.is_empty() {
                                self.diagram.name =
                                    inner.get("name").unwrap_or_default().to_owned();
                            }
                        } else {
                            self.notes.push(element(inner));
                        }
                    }
                }
                // Messages, signals and errors are named by the events that were kept.
                _ => self.notes.push(element(child)),
            }
        }
    }

    fn drawing(&mut self, root: &Element) {
        let flows: HashMap<String, usize> = self
            .diagram
            .flows
            .iter()
            .map(|flow| flow.id.clone())
            .zip(0..)
            .collect();
        let planes = root
            .all("BPMNDiagram")
            .flat_map(|diagram| diagram.all("BPMNPlane"));
        for shape in planes.flat_map(|plane| &plane.children) {
            let drawn = shape.get("bpmnElement").unwrap_or_default();
            if let (Some(&node), Some(bounds)) = (self.nodes.get(drawn), shape.first("Bounds")) {
                self.diagram.nodes[node].frame = frame(bounds);
            } else if let (Some(lane), Some(bounds)) = (
                self.diagram.lanes.iter_mut().find(|lane| lane.id == drawn),
                shape.first("Bounds"),
            ) {
                lane.frame = frame(bounds);
            } else if let Some(&flow) = flows.get(drawn) {
                let points = shape.all("waypoint");
                let points: Option<Vec<(f64, f64)>> = points
                    .map(|p| Some((number(p, "x")?, number(p, "y")?)))
                    .collect();
                self.diagram.flows[flow].points = points.unwrap_or_default();
            }
        }
    }
}

fn frame(bounds: &Element) -> Option<Frame> {
    Some(Frame {
        x: number(bounds, "x")?,
        y: number(bounds, "y")?,
        width: number(bounds, "width")?,
        height: number(bounds, "height")?,
    })
}

fn number(element: &Element, key: &str) -> Option<f64> {
    element
        .get(key)?
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
}

fn id(element: &Element) -> Result<&str, FormatError> {
    element
        .get("id")
        .ok_or_else(|| FormatError::element(format!("<{}>", element.name), "needs an id"))
}

fn element(element: &Element) -> LeftOut {
    LeftOut::Element {
        kind: element.name.clone(),
        name: title(element),
    }
}

fn part(part: &Element, of: &Element) -> LeftOut {
    LeftOut::Part {
        kind: part.name.clone(),
        of: title(of),
    }
}

/// How people know an element: its name, else its id; empty when it has neither.
fn title(element: &Element) -> String {
    let name = element.get("name").filter(|name| !name.trim().is_empty());
    let known = name.or_else(|| element.get("id"));
    known.unwrap_or_default().to_owned()
}

fn documentation(element: &Element) -> String {
    let texts: Vec<&str> = element
        .all("documentation")
        .map(|text| text.text.trim())
        .collect();
    texts.join("\n")
}
