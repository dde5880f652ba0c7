//! A process tree as a diagram.

use crate::Tree;

use super::{Diagram, Gate, Kind, Node, Trigger, Work};

impl Diagram {
    /// A diagram with the same runs: blocks become pairs of gateways.
    pub fn from_tree(tree: &Tree, name: &str) -> Self {
        let mut diagram = Self {
            name: name.to_owned(),
            ..Self::default()
        };
        let start = diagram.node("start", Kind::Start(Trigger::None));
        let last = diagram.grow(tree, start);
        let end = diagram.node("end", Kind::End(Trigger::None));
        diagram.connect(last, end);
        diagram
    }

    fn node(&mut self, what: &str, kind: Kind) -> usize {
        let id = format!("{what}_{}", self.nodes.len() + 1);
        self.nodes.push(Node::new(id, kind));
        self.nodes.len() - 1
    }

    /// Draws a part behind `from`; the node that the next part goes on from.
    fn grow(&mut self, tree: &Tree, from: usize) -> usize {
        match tree {
            Tree::Silent => from,
            Tree::Activity(name) => {
                let task = self.node("task", Kind::Task(Work::Abstract));
                self.nodes[task].name.clone_from(name);
                self.connect(from, task);
                task
            }
            Tree::Sequence(parts) => parts.iter().fold(from, |from, part| self.grow(part, from)),
            Tree::Choice(parts) => self.block(parts, Gate::Exclusive, from),
            Tree::Parallel(parts) => self.block(parts, Gate::Parallel, from),
            Tree::Loop(body, redo) => {
                let head = self.node("gateway", Kind::Gateway(Gate::Exclusive));
                self.connect(from, head);
                let last = self.grow(body, head);
                let foot = self.node("gateway", Kind::Gateway(Gate::Exclusive));
                self.connect(last, foot);
                for part in redo {
                    let last = self.grow(part, foot);
                    self.connect(last, head);
                }
                foot
            }
        }
    }

    fn block(&mut self, parts: &[Tree], gate: Gate, from: usize) -> usize {
        let split = self.node("gateway", Kind::Gateway(gate));
        self.connect(from, split);
        let lasts: Vec<usize> = parts.iter().map(|part| self.grow(part, split)).collect();
        let join = self.node("gateway", Kind::Gateway(gate));
        for last in lasts {
            self.connect(last, join);
        }
        join
    }
}
