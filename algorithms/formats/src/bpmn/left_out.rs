//! What a file said that is not kept.

use std::fmt;

/// One thing that was read and not kept. A name is what people know the thing by: its name, else
/// its id; empty when it has neither.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeftOut {
    /// A further process: one is read.
    Process {
        /// Its name.
        name: String,
    },
    /// An event on the edge of a step, with what follows it.
    EdgeEvent {
        /// Its name.
        name: String,
        /// The id of the step.
        of: String,
    },
    /// A note written on the diagram.
    Annotation {
        /// What it says.
        text: String,
    },
    /// An element that is no part of the process.
    Element {
        /// As BPMN calls it: `dataObjectReference`.
        kind: String,
        /// Its name.
        name: String,
    },
    /// Something said of an element that is kept.
    Part {
        /// As BPMN calls it: `multiInstanceLoopCharacteristics`.
        kind: String,
        /// The name of the element.
        of: String,
    },
    /// A step inside of a subprocess.
    Inside {
        /// Its name.
        name: String,
        /// The name of the subprocess.
        of: String,
    },
    /// A flow one of whose ends is not kept.
    Flow {
        /// Its id.
        id: String,
        /// The id it leads from.
        from: String,
        /// The id it leads to.
        to: String,
    },
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Process { name } => write!(f, "process {name:?} was left out: one is read"),
            Self::EdgeEvent { name, of } => write!(
                f,
                "event {name:?} on the edge of {of:?} was left out with what follows it"
            ),
            Self::Annotation { text } => write!(f, "annotation {text:?} was left out"),
            Self::Element { kind, name } => write!(f, "{kind} {name:?} was left out"),
            Self::Part { kind, of } => write!(f, "{kind} of {of:?} was left out"),
            Self::Inside { name, of } => write!(f, "{name:?} inside of {of:?} was left out"),
            Self::Flow { id, from, to } => write!(
                f,
                "flow {id:?} was left out: it leads from {from:?} to {to:?}, one of which is not \
                 kept"
            ),
        }
    }
}
