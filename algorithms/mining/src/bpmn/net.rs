//! A diagram as a Petri net: a token on each flow, a transition for each step.

use crate::petri::{ModelError, Net};

use super::{Diagram, Gate, Kind, Node, Trigger};

impl Diagram {
    /// The net whose runs are those of the diagram.
    ///
    /// Tasks are visible under their names; events and gateways are silent. A task with several
    /// flows in waits for one of them, with several out it starts all, as the standard says. A
    /// diagram with one end finishes there; with several ends it is finished when no token is left.
    ///
    /// # Errors
    /// Names the element: a gateway that is inclusive or complex, a diagram without start or end,
    /// a task without a name, an end that terminates, a link event.
    pub fn net(&self) -> Result<Net, ModelError> {
        let mut net = Net::default();
        let of = |wanted: fn(&Kind) -> bool| {
            let nodes = self.nodes.iter().enumerate();
            nodes
                .filter(|(_, node)| wanted(&node.kind))
                .map(|(at, _)| at)
                .collect::<Vec<_>>()
        };
        let (starts, ends) = (
            of(|kind| matches!(kind, Kind::Start(_))),
            of(|kind| matches!(kind, Kind::End(_))),
        );
        for (found, what) in [(&starts, "start event"), (&ends, "end event")] {
            if found.is_empty() {
                let allowed = "at least one start event and one end event are needed";
                return Err(ModelError::Unsupported {
                    element: what.to_owned(),
                    allowed,
                });
            }
        }
        let source = net.place("source");
        let sink = (ends.len() == 1).then(|| net.place("sink"));
        let flows: Vec<u32> = self
            .flows
            .iter()
            .map(|flow| net.place(flow.id.clone()))
            .collect();
        for (index, node) in self.nodes.iter().enumerate() {
            let (before, after) = self.around(index);
            let before: Vec<u32> = before.into_iter().map(|flow| flows[flow]).collect();
            let after: Vec<u32> = after.into_iter().map(|flow| flows[flow]).collect();
            let around = Around {
                node,
                before,
                after,
                source,
                sink,
            };
            around.grow(&mut net)?;
        }
        net.initial = vec![source];
        net.last = sink.into_iter().collect();
        Ok(net)
    }
}

/// A node between its flows.
struct Around<'a> {
    node: &'a Node,
    before: Vec<u32>,
    after: Vec<u32>,
    source: u32,
    sink: Option<u32>,
}

impl Around<'_> {
    fn grow(&self, net: &mut Net) -> Result<(), ModelError> {
        match self.node.kind {
            Kind::Start(_) => {
                net.transition(None, &[self.source], &self.after);
            }
            Kind::End(Trigger::Terminate) => {
                return Err(self.refused("an end that terminates other ways; use a plain end"));
            }
            Kind::Catch(Trigger::Link) | Kind::Throw(Trigger::Link) => {
                return Err(self.refused("a link between two events; draw the flow instead"));
            }
            Kind::End(_) => {
                let to: Vec<u32> = self.sink.into_iter().collect();
                for &flow in &self.before {
                    net.transition(None, &[flow], &to);
                }
            }
            Kind::Gateway(Gate::Exclusive | Gate::EventBased) => self.choose(net),
            Kind::Gateway(Gate::Parallel) => {
                net.transition(None, &self.before, &self.after);
            }
            Kind::Gateway(Gate::Inclusive | Gate::Complex) => {
                let allowed = "exclusive, parallel and event-based gateways are allowed";
                return Err(self.refused(allowed));
            }
            Kind::Catch(_) | Kind::Throw(_) => self.step(net, None),
            Kind::Task(_) if self.node.name.trim().is_empty() => {
                return Err(self.refused("a task without a name; each needs one"));
            }
            Kind::Task(_) => {
                self.step(net, Some(self.node.name.trim()));
            }
        }
        Ok(())
    }

    fn choose(&self, net: &mut Net) {
        if self.before.len() == 1 || self.after.len() == 1 {
            for &from in &self.before {
                for &to in &self.after {
                    net.transition(None, &[from], &[to]);
                }
            }
            return;
        }
        let middle = net.place(self.node.id.clone());
        for &from in &self.before {
            net.transition(None, &[from], &[middle]);
        }
        for &to in &self.after {
            net.transition(None, &[middle], &[to]);
        }
    }

    fn step(&self, net: &mut Net, label: Option<&str>) {
        match self.before[..] {
            [] => {}
            [only] => drop(net.transition(label, &[only], &self.after)),
            // One transition for the step, so that it stays one step of the model.
            _ => {
                let ready = net.place(self.node.id.clone());
                for &from in &self.before {
                    net.transition(None, &[from], &[ready]);
                }
                net.transition(label, &[ready], &self.after);
            }
        }
    }

    fn refused(&self, allowed: &'static str) -> ModelError {
        let name = if self.node.name.is_empty() {
            &self.node.id
        } else {
            &self.node.name
        };
        ModelError::Unsupported {
            element: name.clone(),
            allowed,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::alignment::{Limits, align};
    use crate::{Traces, Tree};

    use super::*;

    #[test]
    fn an_inclusive_gateway_is_refused_by_name() {
        let mut diagram = Diagram::default();
        for (id, kind) in [
            ("start", Kind::Start(Trigger::None)),
            ("which", Kind::Gateway(Gate::Inclusive)),
            ("end", Kind::End(Trigger::None)),
        ] {
            diagram.nodes.push(Node::new(id, kind));
        }
        diagram.connect(0, 1);
        diagram.connect(1, 2);
        assert!(
            diagram
                .net()
                .unwrap_err()
                .to_string()
                .starts_with("element \"which\": ")
        );
    }

    #[test]
    fn ways_that_end_apart_are_done_when_all_have_ended() {
        let tree: Tree = "+( 'cut', 'bill' )".parse().unwrap();
        let mut diagram = Diagram::from_tree(&tree, "visit");
        // Each branch to an end of its own instead of the gateway that joins them.
        let other = diagram.nodes.len();
        diagram
            .nodes
            .push(Node::new("other_end", Kind::End(Trigger::None)));
        let join = |node: &Node| node.kind == Kind::Gateway(Gate::Parallel);
        let join = diagram.nodes.iter().rposition(join).unwrap();
        let end = diagram
            .nodes
            .iter()
            .position(|node| matches!(node.kind, Kind::End(_)))
            .unwrap();
        let mut targets = [end, other].into_iter();
        diagram.flows.retain(|flow| flow.source != join);
        for flow in diagram.flows.iter_mut().filter(|flow| flow.target == join) {
            flow.target = targets.next().unwrap();
        }
        diagram.nodes[join].kind = Kind::Gateway(Gate::Exclusive);
        let net = diagram.net().unwrap();
        let traces = Traces::from_names(&[(vec!["bill", "cut"], 1), (vec!["cut"], 1)]);
        let found = align(&net, &traces, Limits::default()).unwrap();
        assert_eq!(found.shortest_run, 2);
    }
}
