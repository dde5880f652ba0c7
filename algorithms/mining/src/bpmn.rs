//! BPMN 2.0 diagrams as plain data: lanes, steps, events, gateways and what leads where.
//!
//! The type says nothing of files: `formats` reads and writes it, a blueprint can be turned into
//! it, a process tree becomes it, and a Petri net is made of it.

mod net;
mod tree;

/// A process diagram.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Diagram {
    /// Name of the process.
    pub name: String,
    /// What there is to say about it.
    pub documentation: String,
    /// Whose steps are whose, from the top down.
    pub lanes: Vec<Lane>,
    /// Steps, events and gateways in order.
    pub nodes: Vec<Node>,
    /// What leads where.
    pub flows: Vec<Flow>,
}

/// A row of the diagram: a role, a department, a system.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lane {
    /// Its id in the file.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What there is to say about it.
    pub documentation: String,
    /// Where it is drawn, where that is known.
    pub frame: Option<Frame>,
}

/// Where something is drawn, in points from the top left corner.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Frame {
    /// Distance from the left.
    pub x: f64,
    /// Distance from the top.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// A step, an event or a gateway.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its id in the file, unique in the diagram.
    pub id: String,
    /// Its name; empty for most gateways.
    pub name: String,
    /// What there is to say about it.
    pub documentation: String,
    /// What it is.
    pub kind: Kind,
    /// Index of its lane.
    pub lane: Option<usize>,
    /// Where it is drawn, where that is known.
    pub frame: Option<Frame>,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Where a case begins, with what sets it off.
    Start(Trigger),
    /// Where a way ends, with what it sets off.
    End(Trigger),
    /// Something awaited on the way.
    Catch(Trigger),
    /// Something set off on the way.
    Throw(Trigger),
    /// Something done.
    Task(Work),
    /// Where ways part or meet.
    Gateway(Gate),
}

/// What an event is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Trigger {
    /// Nothing in particular.
    #[default]
    None,
    /// A message.
    Message,
    /// A time or a period.
    Timer,
    /// A signal to everybody.
    Signal,
    /// A condition that becomes true.
    Conditional,
    /// An error.
    Error,
    /// Something handed up to whoever is responsible.
    Escalation,
    /// A jump to another place of the diagram.
    Link,
    /// The end of everything in the process.
    Terminate,
}

/// Who does a task.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Work {
    /// Not said.
    #[default]
    Abstract,
    /// A person with the program.
    User,
    /// A person without the program.
    Manual,
    /// A system.
    Service,
    /// The sending of a message.
    Send,
    /// The receipt of a message.
    Receive,
    /// A script.
    Script,
    /// A table of rules.
    BusinessRule,
    /// A process described elsewhere.
    Call,
    /// A process described inside, of which only the frame is kept.
    SubProcess,
}

/// How ways part and meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gate {
    /// One of the ways.
    Exclusive,
    /// All ways.
    Parallel,
    /// Any of the ways, at least one.
    Inclusive,
    /// The way whose event comes first.
    EventBased,
    /// A rule of its own.
    Complex,
}

/// What leads from one node to another.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Flow {
    /// Its id in the file.
    pub id: String,
    /// Its name, often the answer to the question of a gateway.
    pub name: String,
    /// Index of the node it leaves.
    pub source: usize,
    /// Index of the node it reaches.
    pub target: usize,
    /// When it is taken, as an expression; empty where nothing is said.
    pub condition: String,
    /// Taken when no condition of the others holds.
    pub is_default: bool,
    /// Bends of the line from end to end, where they are known.
    pub points: Vec<(f64, f64)>,
}

impl Node {
    /// A node without name, lane and place.
    pub fn new(id: impl Into<String>, kind: Kind) -> Self {
        Self {
            id: id.into(),
            name: String::new(),
            documentation: String::new(),
            kind,
            lane: None,
            frame: None,
        }
    }
}

impl Diagram {
    /// Adds a flow between two nodes.
    pub fn connect(&mut self, source: usize, target: usize) {
        let id = format!("flow_{}", self.flows.len() + 1);
        self.flows.push(Flow {
            id,
            source,
            target,
            ..Flow::default()
        });
    }

    /// The flows that reach a node and those that leave it, as indices.
    pub fn around(&self, node: usize) -> (Vec<usize>, Vec<usize>) {
        let of = |end: fn(&Flow) -> usize| {
            let flows = self.flows.iter().enumerate();
            flows
                .filter(|(_, flow)| end(flow) == node)
                .map(|(index, _)| index)
                .collect()
        };
        (of(|flow| flow.target), of(|flow| flow.source))
    }
}
