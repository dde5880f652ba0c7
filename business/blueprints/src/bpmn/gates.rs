//! What leads where in a file: flows, gateways of choices, gateways where parts begin and meet.

use std::collections::BTreeMap;

use kernel::Locale;
use mining::bpmn::{Diagram, Gate, Kind, Node};

use crate::model::{Body, END, Meeting};

/// A flow that waits for the gateway it goes into: where it leaves, and what it says.
type Arrival = (usize, String);

/// Draws every way; node 0 is the start, then come the steps in order, then the end.
pub(super) fn draw(diagram: &mut Diagram, body: &Body, locale: Locale) {
    let mut meetings: Vec<(usize, Meeting)> = (0..body.steps.len())
        .filter(|index| body.is_parallel(*index))
        .filter_map(|index| body.meeting(index).map(|meeting| (index, meeting)))
        .collect();
    // Inner ones first, so that what meets inside goes on to the meeting around it.
    let size = |meeting: &Meeting| meeting.parts.iter().map(|part| part.len()).sum::<usize>();
    meetings.sort_by_key(|(_, meeting)| size(meeting));
    let mut pen = Pen {
        diagram,
        body,
        meetings: &meetings,
        arrivals: BTreeMap::new(),
    };
    for index in 0..body.steps.len() {
        pen.lead_on(index, locale);
    }
    for meeting in 0..meetings.len() {
        pen.meet(meeting);
    }
}

struct Pen<'a> {
    diagram: &'a mut Diagram,
    body: &'a Body,
    meetings: &'a [(usize, Meeting)],
    /// By meeting and part.
    arrivals: BTreeMap<(usize, usize), Vec<Arrival>>,
}

impl Pen<'_> {
    fn gateway(&mut self, id: String, gate: Gate, step: usize) -> usize {
        let lane = Some(self.body.steps[step].lane as usize);
        let node = Node::new(id, Kind::Gateway(gate));
        self.diagram.nodes.push(Node { lane, ..node });
        self.diagram.nodes.len() - 1
    }

    /// The flows out of a step: one, or several behind a gateway.
    fn lead_on(&mut self, index: usize, locale: Locale) {
        let step = &self.body.steps[index];
        let targets = self.body.next_of(index);
        let mut from = index + 1;
        if targets.len() > 1 {
            let parallel = self.body.is_parallel(index);
            let (name, gate) = match parallel {
                true => ("parallel", Gate::Parallel),
                false => ("choice", Gate::Exclusive),
            };
            let gateway = self.gateway(format!("{name}_{}", step.key), gate, index);
            self.diagram.nodes[gateway].name = step.question.get(locale).to_owned();
            self.diagram.connect(from, gateway);
            from = gateway;
        }
        for target in targets {
            let to = target.map_or(END, |target| &self.body.steps[target].key);
            let said = step.condition(to).map_or("", |when| when.get(locale));
            self.arrive((from, said.to_owned()), index, target, 0);
        }
    }

    /// Leads into a step or the end, or into the meeting that stands before it, from within a part
    /// that `origin` belongs to; meetings before `outward` have been passed.
    fn arrive(&mut self, arrival: Arrival, origin: usize, at: Option<usize>, outward: usize) {
        for (meeting, (_, met)) in self.meetings.iter().enumerate().skip(outward) {
            let part = met.parts.iter().position(|part| part.contains(&origin));
            if let Some(part) = part.filter(|_| met.at == at) {
                self.arrivals
                    .entry((meeting, part))
                    .or_default()
                    .push(arrival);
                return;
            }
        }
        let end = self.body.steps.len() + 1;
        self.connect(arrival, at.map_or(end, |at| at + 1));
    }

    fn connect(&mut self, (from, said): Arrival, to: usize) {
        self.diagram.connect(from, to);
        if let Some(flow) = self.diagram.flows.last_mut() {
            flow.name = said;
        }
    }

    /// The gateway where parts meet; a part that arrives on several ways joins them first.
    fn meet(&mut self, meeting: usize) {
        let (split, met) = &self.meetings[meeting];
        let key = &self.body.steps[*split].key;
        let join = self.gateway(format!("meet_{key}"), Gate::Parallel, *split);
        for part in 0..met.parts.len() {
            let arrivals = self.arrivals.remove(&(meeting, part)).unwrap_or_default();
            let into = match arrivals.len() {
                0 | 1 => join,
                _ => {
                    let id = format!("join_{key}_{}", part + 1);
                    let merge = self.gateway(id, Gate::Exclusive, *split);
                    self.diagram.connect(merge, join);
                    merge
                }
            };
            for arrival in arrivals {
                self.connect(arrival, into);
            }
        }
        self.arrive((join, String::new()), *split, met.at, meeting + 1);
    }
}
