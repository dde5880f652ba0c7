//! A process tree as a blueprint's steps: phases, steps in order, and which may follow which.

use std::collections::BTreeSet;

use super::Tree;

/// One step of an outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Name of the activity.
    pub name: String,
    /// The phase it belongs to, counted from 0.
    pub phase: usize,
    /// A case can pass without it.
    pub optional: bool,
    /// A case can have it more than once.
    pub repeats: bool,
    /// Steps that may come right after it, as places in [`Outline::steps`].
    pub next: Vec<usize>,
}

/// The steps of a design, as a blueprint lists them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// How many phases there are: the parts of the outermost sequence.
    pub phases: usize,
    /// The steps in the order of the tree; an activity that stands twice is two steps.
    pub steps: Vec<Step>,
    /// Steps that may be first.
    pub starts: Vec<usize>,
    /// Steps that may be last.
    pub ends: Vec<usize>,
}

/// What a part of the tree can begin and end with.
struct Part {
    first: BTreeSet<usize>,
    last: BTreeSet<usize>,
    empty: bool,
    all: std::ops::Range<usize>,
}

impl Tree {
    /// The steps with what may follow each, found from the structure alone.
    pub fn outline(&self) -> Outline {
        let mut outline = Outline::default();
        let parts: Vec<&Self> = match self {
            Self::Sequence(parts) => parts.iter().collect(),
            other => vec![other],
        };
        let mut done = Vec::new();
        for (phase, part) in parts.iter().enumerate() {
            let place = Place {
                phase,
                optional: false,
                repeats: false,
            };
            done.push(walk(part, place, &mut outline));
        }
        outline.phases = parts.len();
        let whole = in_sequence(done, &mut outline);
        outline.starts = whole.first.into_iter().collect();
        outline.ends = whole.last.into_iter().collect();
        for step in &mut outline.steps {
            step.next.sort_unstable();
            step.next.dedup();
        }
        outline
    }
}

/// Where a part stands.
#[derive(Clone, Copy)]
struct Place {
    phase: usize,
    optional: bool,
    repeats: bool,
}

fn walk(tree: &Tree, place: Place, outline: &mut Outline) -> Part {
    let begin = outline.steps.len();
    let mut all = |parts: &[Tree], place: Place| -> Vec<Part> {
        parts
            .iter()
            .map(|part| walk(part, place, outline))
            .collect()
    };
    match tree {
        Tree::Silent => nothing(begin),
        Tree::Activity(name) => step(name, place, outline),
        Tree::Sequence(parts) => {
            let done = all(parts, place);
            in_sequence(done, outline)
        }
        Tree::Choice(parts) => {
            let done = all(
                parts,
                Place {
                    optional: true,
                    ..place
                },
            );
            let empty = done.iter().any(|part| part.empty);
            together(done, empty, begin..outline.steps.len())
        }
        Tree::Parallel(parts) => {
            let done = all(parts, place);
            interleave(&done, outline);
            let empty = done.iter().all(|part| part.empty);
            together(done, empty, begin..outline.steps.len())
        }
        Tree::Loop(body, redo) => {
            let place = Place {
                repeats: true,
                ..place
            };
            let body = walk(body, place, outline);
            let place = Place {
                optional: true,
                ..place
            };
            let redo = redo.iter().map(|part| walk(part, place, outline)).collect();
            repeat(body, redo, outline)
        }
    }
}

fn step(name: &str, place: Place, outline: &mut Outline) -> Part {
    let at = outline.steps.len();
    outline.steps.push(Step {
        name: name.to_owned(),
        phase: place.phase,
        optional: place.optional,
        repeats: place.repeats,
        next: Vec::new(),
    });
    let own = BTreeSet::from([at]);
    Part {
        first: own.clone(),
        last: own,
        empty: false,
        all: at..at + 1,
    }
}

/// Parts that each can begin and end the whole.
fn together(parts: Vec<Part>, empty: bool, all: std::ops::Range<usize>) -> Part {
    let mut whole = Part {
        empty,
        all,
        ..nothing(0)
    };
    for part in parts {
        whole.first.extend(part.first);
        whole.last.extend(part.last);
    }
    whole
}

fn nothing(at: usize) -> Part {
    Part {
        first: BTreeSet::new(),
        last: BTreeSet::new(),
        empty: true,
        all: at..at,
    }
}

fn lead(from: &BTreeSet<usize>, to: &BTreeSet<usize>, outline: &mut Outline) {
    for &step in from {
        outline.steps[step].next.extend(to);
    }
}

fn in_sequence(parts: Vec<Part>, outline: &mut Outline) -> Part {
    let mut whole = nothing(parts.first().map_or(0, |part| part.all.start));
    for part in parts {
        lead(&whole.last, &part.first, outline);
        if whole.empty {
            whole.first.extend(&part.first);
        }
        if !part.empty {
            whole.last.clear();
        }
        whole.last.extend(part.last);
        whole.empty &= part.empty;
        whole.all.end = part.all.end;
    }
    whole
}

fn interleave(parts: &[Part], outline: &mut Outline) {
    for (number, part) in parts.iter().enumerate() {
        let others = parts
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != number);
        let others: Vec<usize> = others.flat_map(|(_, other)| other.all.clone()).collect();
        for step in part.all.clone() {
            outline.steps[step].next.extend(&others);
        }
    }
}

fn repeat(body: Part, redo: Vec<Part>, outline: &mut Outline) -> Part {
    let mut back = nothing(body.all.end);
    back.empty = redo.iter().any(|part| part.empty);
    for part in redo {
        back.first.extend(part.first);
        back.last.extend(part.last);
        back.all.end = part.all.end;
    }
    lead(&body.last, &back.first, outline);
    lead(&back.last, &body.first, outline);
    if back.empty {
        lead(&body.last, &body.first, outline);
    }
    let mut whole = Part {
        all: body.all.start..back.all.end,
        ..body
    };
    if whole.empty {
        lead(&back.last, &back.first, outline);
        whole.first.extend(back.first);
        whole.last.extend(back.last);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_know_their_phase_and_what_may_follow() {
        let tree: Tree = "->( 'greet', X( tau, *( 'wash', 'rinse' ) ), +( 'cut', 'chat' ) )"
            .parse()
            .unwrap();
        let outline = tree.outline();
        let next = |name: &str| {
            let step = outline.steps.iter().find(|step| step.name == name).unwrap();
            let names = step.next.iter().map(|&at| outline.steps[at].name.as_str());
            (
                step.phase,
                step.optional,
                step.repeats,
                names.collect::<Vec<_>>(),
            )
        };
        assert_eq!(
            next("greet"),
            (0, false, false, vec!["wash", "cut", "chat"])
        );
        assert_eq!(next("wash"), (1, true, true, vec!["rinse", "cut", "chat"]));
        assert_eq!(next("rinse"), (1, true, true, vec!["wash"]));
        assert_eq!(next("cut"), (2, false, false, vec!["chat"]));
        assert_eq!(outline.phases, 3);
    }
}
