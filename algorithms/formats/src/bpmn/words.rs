//! The names that BPMN has for kinds of nodes.

use mining::bpmn::{Gate, Kind, Trigger, Work};

const WORK: [(&str, Work); 10] = [
    ("task", Work::Abstract),
    ("userTask", Work::User),
    ("manualTask", Work::Manual),
    ("serviceTask", Work::Service),
    ("sendTask", Work::Send),
    ("receiveTask", Work::Receive),
    ("scriptTask", Work::Script),
    ("businessRuleTask", Work::BusinessRule),
    ("callActivity", Work::Call),
    ("subProcess", Work::SubProcess),
];

const GATES: [(&str, Gate); 5] = [
    ("exclusiveGateway", Gate::Exclusive),
    ("parallelGateway", Gate::Parallel),
    ("inclusiveGateway", Gate::Inclusive),
    ("eventBasedGateway", Gate::EventBased),
    ("complexGateway", Gate::Complex),
];

const TRIGGERS: [(&str, Trigger); 8] = [
    ("messageEventDefinition", Trigger::Message),
    ("timerEventDefinition", Trigger::Timer),
    ("signalEventDefinition", Trigger::Signal),
    ("conditionalEventDefinition", Trigger::Conditional),
    ("errorEventDefinition", Trigger::Error),
    ("escalationEventDefinition", Trigger::Escalation),
    ("linkEventDefinition", Trigger::Link),
    ("terminateEventDefinition", Trigger::Terminate),
];

/// The kind of node that an element is; events still without their trigger.
pub fn kind(element: &str) -> Option<Kind> {
    let work = WORK
        .iter()
        .find(|(name, _)| *name == element)
        .map(|(_, work)| Kind::Task(*work));
    let gate = || {
        GATES
            .iter()
            .find(|(name, _)| *name == element)
            .map(|(_, g)| Kind::Gateway(*g))
    };
    work.or_else(gate).or_else(|| {
        Some(match element {
            "startEvent" => Kind::Start(Trigger::None),
            "endEvent" => Kind::End(Trigger::None),
            "intermediateCatchEvent" => Kind::Catch(Trigger::None),
            "intermediateThrowEvent" => Kind::Throw(Trigger::None),
            // Transactions and sub-processes without order are framed processes, too.
            "transaction" | "adHocSubProcess" => Kind::Task(Work::SubProcess),
            _ => return None,
        })
    })
}

/// The element of a kind of node, and the element of its trigger.
pub fn element(kind: Kind) -> (&'static str, Option<&'static str>) {
    let trigger = |wanted: Trigger| {
        TRIGGERS
            .iter()
            .find(|(_, trigger)| *trigger == wanted)
            .map(|(name, _)| *name)
    };
    match kind {
        Kind::Start(on) => ("startEvent", trigger(on)),
        Kind::End(on) => ("endEvent", trigger(on)),
        Kind::Catch(on) => ("intermediateCatchEvent", trigger(on)),
        Kind::Throw(on) => ("intermediateThrowEvent", trigger(on)),
        Kind::Task(wanted) => (name(&WORK, wanted), None),
        Kind::Gateway(wanted) => (name(&GATES, wanted), None),
    }
}

/// The trigger that an element stands for.
pub fn trigger(element: &str) -> Option<Trigger> {
    TRIGGERS
        .iter()
        .find(|(name, _)| *name == element)
        .map(|(_, trigger)| *trigger)
}

/// The event with a trigger; other kinds as they are.
pub fn triggered(kind: Kind, trigger: Trigger) -> Kind {
    match kind {
        Kind::Start(_) => Kind::Start(trigger),
        Kind::End(_) => Kind::End(trigger),
        Kind::Catch(_) => Kind::Catch(trigger),
        Kind::Throw(_) => Kind::Throw(trigger),
        other => other,
    }
}

fn name<T: PartialEq>(list: &[(&'static str, T)], wanted: T) -> &'static str {
    list.iter()
        .find(|(_, found)| *found == wanted)
        .map_or("task", |(name, _)| name)
}
