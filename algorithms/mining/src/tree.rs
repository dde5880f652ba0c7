//! Process trees: block-structured models, sound by construction.

mod net;
mod outline;
mod text;

pub use outline::{Outline, Step as OutlineStep};

/// A block-structured process, read from the inside out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// One activity.
    Activity(String),
    /// Nothing happens.
    Silent,
    /// Each part after the one before.
    Sequence(Vec<Tree>),
    /// Exactly one of the parts.
    Choice(Vec<Tree>),
    /// All parts, in any interleaving.
    Parallel(Vec<Tree>),
    /// The first part, then any number of times one of the others followed by the first again.
    Loop(Box<Tree>, Vec<Tree>),
}

impl Tree {
    /// An activity by name.
    pub fn activity(name: impl Into<String>) -> Self {
        Self::Activity(name.into())
    }

    /// The part, or nothing.
    pub fn optional(self) -> Self {
        Self::Choice(vec![Self::Silent, self])
    }

    /// The part, once or more often.
    pub fn repeated(self) -> Self {
        Self::Loop(Box::new(self), vec![Self::Silent])
    }

    /// Any of the activities, as often as one likes, also never.
    pub fn flower(names: impl IntoIterator<Item = String>) -> Self {
        let any = Self::Choice(names.into_iter().map(Self::Activity).collect());
        Self::Loop(Box::new(Self::Silent), vec![any])
    }

    /// The direct parts.
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Activity(_) | Self::Silent => Vec::new(),
            Self::Sequence(parts) | Self::Choice(parts) | Self::Parallel(parts) => {
                parts.iter().collect()
            }
            Self::Loop(body, redo) => std::iter::once(&**body).chain(redo).collect(),
        }
    }

    /// Names of the activities, from left to right, each once.
    pub fn activities(&self) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        let mut open = vec![self];
        while let Some(tree) = open.pop() {
            if let Self::Activity(name) = tree
                && !found.contains(&name.as_str())
            {
                found.push(name);
            }
            open.extend(tree.parts().into_iter().rev());
        }
        found
    }

    /// Whether the part can pass without any activity.
    pub fn can_be_empty(&self) -> bool {
        match self {
            Self::Activity(_) => false,
            Self::Silent => true,
            Self::Choice(parts) => parts.iter().any(Self::can_be_empty),
            Self::Sequence(parts) | Self::Parallel(parts) => parts.iter().all(Self::can_be_empty),
            Self::Loop(body, _) => body.can_be_empty(),
        }
    }

    /// The same language with nested sequences, choices and parallels of one kind joined, and
    /// blocks of one part replaced by it.
    pub fn simplified(self) -> Self {
        match self {
            Self::Activity(_) | Self::Silent => self,
            Self::Sequence(parts) => {
                let mut flat = Vec::new();
                for part in parts.into_iter().map(Self::simplified) {
                    match part {
                        Self::Sequence(inner) => flat.extend(inner),
                        Self::Silent => {}
                        other => flat.push(other),
                    }
                }
                single(flat, Self::Sequence)
            }
            Self::Choice(parts) => {
                let mut flat = Vec::new();
                for part in parts.into_iter().map(Self::simplified) {
                    let inner = match part {
                        Self::Choice(inner) => inner,
                        other => vec![other],
                    };
                    for part in inner {
                        if !flat.contains(&part) {
                            flat.push(part);
                        }
                    }
                }
                single(flat, Self::Choice)
            }
            Self::Parallel(parts) => {
                let mut flat = Vec::new();
                for part in parts.into_iter().map(Self::simplified) {
                    match part {
                        Self::Parallel(inner) => flat.extend(inner),
                        Self::Silent => {}
                        other => flat.push(other),
                    }
                }
                single(flat, Self::Parallel)
            }
            Self::Loop(body, redo) => {
                let redo = redo.into_iter().map(Self::simplified).collect();
                Self::Loop(Box::new(body.simplified()), redo)
            }
        }
    }
}

fn single(mut parts: Vec<Tree>, block: fn(Vec<Tree>) -> Tree) -> Tree {
    match parts.len() {
        0 => Tree::Silent,
        1 => parts.remove(0),
        _ => block(parts),
    }
}
