//! A blueprint out of a BPMN file, and what of the file it cannot hold.

use std::collections::BTreeSet;

use formats::bpmn::LeftOut;
use kernel::{Bilingual, Fault, Locale, Text};
use mining::bpmn::{Diagram, Gate, Kind, Trigger, Work};

use super::{
    LANE_ID, STEP_ID,
    lines::Line,
    ways::{self, Lead, Leads},
};
use crate::model::{
    Body, CONDITION_MAX, Condition, END, Evidence, Lane, Phase, QUESTION_MAX, STEPS_MAX, Split,
    Step, is_key,
};

/// The largest file that is read, in bytes.
const BYTES_MAX: usize = 1 << 20;

/// A blueprint that was read.
#[derive(Debug)]
pub(crate) struct Imported {
    /// The name in the file; may be empty.
    pub name: String,
    /// The design.
    pub body: Body,
    /// What was not kept, or became something else.
    pub left_out: Vec<Text>,
}

/// The field of the form that every fault is about.
const FIELD: &str = "file";

fn refuse(text: Text) -> Fault {
    Fault::invalid(FIELD, text)
}

fn trapped(name: &str) -> Fault {
    refuse(Text::key("blueprints-bpmn-trapped").with("name", short(name)))
}

/// Reads a file; the words of its faults are in the reader's language.
pub(crate) fn read(bytes: &[u8], locale: Locale) -> Result<Imported, Fault> {
    if bytes.len() > BYTES_MAX {
        return Err(refuse(
            Text::key("blueprints-bpmn-too-large").with("max", 1),
        ));
    }
    let limits = formats::Limits {
        bytes_max: BYTES_MAX as u64,
        elements_max: 20_000,
        ..formats::Limits::default()
    };
    let (diagram, notes) = formats::bpmn::read(bytes, &limits).map_err(|error| {
        refuse(Text::key("blueprints-bpmn-unreadable").with("problem", error.to_string()))
    })?;
    let reader = Reader {
        after: ways::after(&diagram),
        diagram: &diagram,
        body: Body::default(),
        left_out: notes.into_iter().map(told).collect(),
        kept_gateways: BTreeSet::new(),
        kept_flows: BTreeSet::new(),
    };
    reader.read(locale)
}

/// What the reader of files left out, in the reader's language.
fn told(left: LeftOut) -> Text {
    let of = |key, words: &[(&'static str, String)]| {
        let mut text = Text::key(key);
        for (name, value) in words {
            text = text.with(name, short(value));
        }
        text
    };
    match left {
        LeftOut::Process { name } => of("blueprints-bpmn-process", &[("name", name)]),
        LeftOut::EdgeEvent { name, of: step } => of(
            "blueprints-bpmn-edge-event",
            &[("name", name), ("of", step)],
        ),
        LeftOut::Annotation { text } => of("blueprints-bpmn-annotation", &[("text", text)]),
        LeftOut::Element { kind, name } => {
            of("blueprints-bpmn-element", &[("kind", kind), ("name", name)])
        }
        LeftOut::Part { kind, of: whole } => {
            of("blueprints-bpmn-part", &[("kind", kind), ("of", whole)])
        }
        LeftOut::Inside { name, of: whole } => {
            of("blueprints-bpmn-inside", &[("name", name), ("of", whole)])
        }
        LeftOut::Flow { id, from, to } => of(
            "blueprints-bpmn-flow",
            &[("id", id), ("from", from), ("to", to)],
        ),
    }
}

struct Reader<'d> {
    diagram: &'d Diagram,
    after: Vec<Vec<usize>>,
    body: Body,
    left_out: Vec<Text>,
    /// Gateways whose name became the question of a step.
    kept_gateways: BTreeSet<usize>,
    /// Flows whose words became the condition of a link.
    kept_flows: BTreeSet<usize>,
}

impl Reader<'_> {
    fn read(mut self, locale: Locale) -> Result<Imported, Fault> {
        let tasks = ways::order(self.diagram, &self.after);
        if tasks.is_empty() {
            return Err(refuse(Text::key("blueprints-bpmn-no-steps")));
        }
        if tasks.len() > STEPS_MAX {
            let text = Text::key("blueprints-bpmn-steps").with("count", tasks.len());
            return Err(refuse(text.with("max", STEPS_MAX)));
        }
        self.process();
        let tasks = self.steps(tasks);
        self.links(&tasks)?;
        self.beside();
        self.check(locale)?;
        Ok(Imported {
            name: self.diagram.name.trim().to_owned(),
            body: self.body,
            left_out: self.left_out,
        })
    }

    fn leave_out(&mut self, key: &'static str, name: &str, text: &str) {
        let text = Text::key(key)
            .with("name", short(name))
            .with("text", short(text));
        self.left_out.push(text);
    }

    /// The phases, and what is seen in them, that the process names.
    fn process(&mut self) {
        for line in self.diagram.documentation.lines() {
            match Line::parse(line) {
                Some((Line::Phase, name)) => {
                    self.phase(name);
                }
                Some((Line::Evidence, name)) if !self.body.phases.is_empty() => {
                    let phase = self.body.phases[self.body.phases.len() - 1].key.clone();
                    let name = words(name);
                    self.body.evidence.push(Evidence { phase, name });
                }
                _ if line.trim().is_empty() => {}
                _ => self.leave_out("blueprints-bpmn-text", &self.diagram.name, line),
            }
        }
    }

    /// The key of the phase with a name; a new one where there is none.
    fn phase(&mut self, name: &str) -> String {
        self.phase_of(words(name))
    }

    fn phase_of(&mut self, name: Bilingual) -> String {
        let phases = &mut self.body.phases;
        if let Some(phase) = phases.iter().find(|phase| phase.name == name) {
            return phase.key.clone();
        }
        let key = format!("phase-{}", phases.len() + 1);
        let phase = Phase {
            key: key.clone(),
            name,
        };
        phases.push(phase);
        key
    }

    /// A step for each task; answers the tasks in the order of their steps.
    fn steps(&mut self, mut tasks: Vec<usize>) -> Vec<usize> {
        let named = |task: &usize| {
            let lines = self.diagram.nodes[*task].documentation.lines();
            lines
                .filter_map(Line::parse)
                .any(|(line, _)| line == Line::Phase)
        };
        // Who names a phase for every step has put the steps in order, too.
        if tasks.iter().all(named) {
            tasks.sort_unstable();
        }
        let mut made: Vec<(usize, Step)> = Vec::new();
        for task in tasks {
            let key = self.key(task, &made);
            let step = self.step(task, key, made.last().map(|(_, step)| step));
            made.push((task, step));
        }
        let phases = &self.body.phases;
        made.sort_by_key(|(_, step)| phases.iter().position(|phase| phase.key == step.phase));
        let (tasks, steps) = made.into_iter().unzip();
        self.body.steps = steps;
        tasks
    }

    fn key(&self, task: usize, made: &[(usize, Step)]) -> String {
        let taken = |key: &str| made.iter().any(|(_, step)| step.key == key);
        let own = self.diagram.nodes[task].id.strip_prefix(STEP_ID);
        let own = own
            .filter(|key| is_key(key) && !taken(key))
            .map(str::to_owned);
        let numbered = || {
            let mut keys = (made.len() + 1..).map(|number| format!("step-{number}"));
            keys.find(|key| !taken(key)).unwrap_or_default()
        };
        own.unwrap_or_else(numbered)
    }

    fn step(&mut self, task: usize, key: String, before: Option<&Step>) -> Step {
        let node = &self.diagram.nodes[task];
        let lane = self.lane(task);
        if node.name.is_empty() {
            self.leave_out("blueprints-bpmn-nameless", &node.id, "");
        }
        let name = if node.name.is_empty() {
            &node.id
        } else {
            &node.name
        };
        let mut step = Step::new(key, "", lane, words(name));
        if let Kind::Task(work) = node.kind {
            step.automatic = matches!(work, Work::Service | Work::Script | Work::BusinessRule);
            let kept = [Work::Abstract, Work::User, Work::Manual, Work::Service];
            if !kept.contains(&work) {
                self.leave_out("blueprints-bpmn-kind", name, "");
            }
        }
        for line in node
            .documentation
            .lines()
            .filter(|line| !line.trim().is_empty())
        {
            if !self.line(&mut step, line) {
                self.leave_out("blueprints-bpmn-text", name, line);
            }
        }
        if step.phase.is_empty() {
            step.phase = match before {
                Some(before) => before.phase.clone(),
                None => self.phase_of(spoken("blueprints-bpmn-phase")),
            };
        }
        step
    }

    /// Takes over one line of a step's documentation, if it is one a step has a place for.
    fn line(&mut self, step: &mut Step, line: &str) -> bool {
        let Some((kind, text)) = Line::parse(line) else {
            return false;
        };
        let minutes = text.parse().ok();
        match kind {
            Line::Phase => step.phase = self.phase(text),
            Line::Touchpoint => step.touchpoint = words(text),
            Line::Minutes if minutes.is_some() => step.minutes_standard = minutes,
            Line::Wait if minutes.is_some() => step.wait_minutes = minutes,
            Line::Skill => step.skill = Some(text.to_owned()),
            Line::Icon => step.icon = Some(text.to_owned()),
            Line::Point => step.checklist.push(words(text)),
            Line::FailPoint => step.fail_point = Some(words(text)),
            Line::Remedy => step.remedy = Some(words(text)),
            Line::Evidence | Line::Minutes | Line::Wait => return false,
        }
        true
    }

    fn lane(&mut self, task: usize) -> Lane {
        let node = &self.diagram.nodes[task];
        match node.lane {
            Some(lane) => lane_of(&self.diagram.lanes[lane]).0,
            None => {
                self.leave_out("blueprints-bpmn-no-lane", &node.name, "");
                Lane::Frontstage
            }
        }
    }

    /// Links where a step does not simply lead to the next one.
    fn links(&mut self, tasks: &[usize]) -> Result<(), Fault> {
        for at in 0..tasks.len() {
            let mut leads = ways::leads(self.diagram, &self.after, tasks[at]);
            let name = &self.diagram.nodes[tasks[at]].name;
            if leads.ways.iter().any(|lead| lead.to == Some(tasks[at])) {
                leads.ways.retain(|lead| lead.to != Some(tasks[at]));
                self.leave_out("blueprints-bpmn-again", name, "");
            }
            if leads.ways.is_empty() {
                return Err(trapped(name));
            }
            let next = tasks.get(at + 1).copied();
            if leads.ways.len() > 1 || leads.ways[0].to != next {
                self.part(at, tasks, &leads);
            }
        }
        Ok(())
    }

    /// The ways of a step that parts, with what its gateway and its flows say.
    fn part(&mut self, at: usize, tasks: &[usize], leads: &Leads) {
        let key = |lead: &Lead| {
            let to = lead
                .to
                .and_then(|to| tasks.iter().position(|&task| task == to));
            to.map_or(END.to_owned(), |to| self.body.steps[to].key.clone())
        };
        let links: Vec<String> = leads.ways.iter().map(key).collect();
        let parts = links.len() > 1;
        if parts && leads.mixed {
            self.leave_out(
                "blueprints-bpmn-mixed",
                &self.diagram.nodes[tasks[at]].name,
                "",
            );
        }
        let choice = parts && leads.split == Split::Choice;
        let mut conditions = Vec::new();
        for (lead, to) in leads.ways.iter().zip(&links).filter(|_| choice) {
            let said = lead
                .said
                .map(|flow| (flow, ways::words(self.diagram, flow)));
            if let Some((flow, said)) = said.filter(|(_, said)| fits(said, CONDITION_MAX)) {
                let (to, when) = (to.clone(), words(said));
                conditions.push(Condition { to, when });
                self.kept_flows.insert(flow);
            }
        }
        let gateway = leads.gateway.filter(|_| choice);
        let asked = gateway.map(|node| (node, self.diagram.nodes[node].name.trim()));
        let asked = asked.filter(|(_, name)| !name.is_empty() && fits(name, QUESTION_MAX));
        let step = &mut self.body.steps[at];
        if parts {
            step.split = leads.split;
        }
        if let Some((node, name)) = asked {
            step.question = words(name);
            self.kept_gateways.insert(node);
        }
        (step.links, step.conditions) = (links, conditions);
    }

    /// Lanes, gateways, events and conditions that a blueprint has no place for.
    fn beside(&mut self) {
        let diagram = self.diagram;
        for lane in &diagram.lanes {
            let (held, exact) = lane_of(lane);
            if !exact {
                let key = match held {
                    Lane::Customer => "blueprints-bpmn-lane-customer",
                    Lane::Frontstage => "blueprints-bpmn-lane-frontstage",
                    Lane::Backstage => "blueprints-bpmn-lane-backstage",
                    Lane::Support => "blueprints-bpmn-lane-support",
                };
                self.leave_out(key, &lane.name, "");
            }
            if !lane.documentation.is_empty() {
                self.leave_out("blueprints-bpmn-text", &lane.name, &lane.documentation);
            }
        }
        for (index, node) in diagram.nodes.iter().enumerate() {
            let name = if node.name.is_empty() {
                &node.id
            } else {
                &node.name
            };
            let several = self.after[index].len() > 1;
            let said = !node.name.is_empty() && !self.kept_gateways.contains(&index);
            let plain = !said && node.documentation.is_empty();
            match node.kind {
                Kind::Gateway(Gate::Inclusive | Gate::EventBased | Gate::Complex) if several => {
                    self.leave_out("blueprints-bpmn-one-way", name, "");
                }
                Kind::Task(_) => {}
                Kind::Gateway(_) if plain => {}
                Kind::Gateway(_) => self.leave_out("blueprints-bpmn-question", name, ""),
                Kind::Start(Trigger::None) | Kind::End(Trigger::None) if plain => {}
                _ => self.leave_out("blueprints-bpmn-event", name, ""),
            }
        }
        for (index, flow) in diagram.flows.iter().enumerate() {
            let said = ways::words(diagram, index);
            let target = &diagram.nodes[flow.target].name;
            if !said.is_empty() && !self.kept_flows.contains(&index) {
                self.leave_out("blueprints-bpmn-condition", target, said);
            } else if flow.is_default {
                self.leave_out("blueprints-bpmn-default", target, "");
            }
        }
    }

    /// Refuses with the step that is wrong.
    fn check(&self, locale: Locale) -> Result<(), Fault> {
        let keys: BTreeSet<&str> = self.body.steps.iter().map(|s| s.key.as_str()).collect();
        let told = |name: &str, fault: Fault| {
            let problem = fault.fields.first().map(|field| field.text.speak(locale));
            let problem = problem.unwrap_or_else(|| fault.speak(locale));
            let text = Text::key("blueprints-bpmn-step").with("name", short(name));
            refuse(text.with("problem", problem))
        };
        for step in &self.body.steps {
            step.check(&keys)
                .map_err(|fault| told(step.name.get(locale), fault))?;
        }
        self.body
            .check()
            .map_err(|fault| told(&self.diagram.name, fault))?;
        if let Some(step) = self.body.trapped().and_then(|key| self.body.step(key)) {
            return Err(trapped(step.name.get(locale)));
        }
        Ok(())
    }
}

/// A text of a file in the language it seems to be in.
pub(crate) fn words(text: &str) -> Bilingual {
    let chinese = text
        .chars()
        .any(|mark| ('\u{4e00}'..='\u{9fff}').contains(&mark));
    match chinese {
        true => Bilingual::new(text, ""),
        false => Bilingual::new("", text),
    }
}

/// Words of ours in both languages.
fn spoken(key: &str) -> Bilingual {
    Bilingual::new(Locale::ZhCn.t(key), Locale::En.t(key))
}

fn fits(text: &str, max: usize) -> bool {
    text.chars().count() <= max
}

/// The beginning of a text, for a sentence about it.
fn short(text: &str) -> String {
    const MAX: usize = 80;
    match text.char_indices().nth(MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The lane that holds a lane of a file, and whether it says just that.
fn lane_of(lane: &mining::bpmn::Lane) -> (Lane, bool) {
    let name = lane.name.to_lowercase();
    let own = |held: &Lane| {
        let label = |locale| held.label(locale).to_lowercase() == name;
        lane.id.strip_prefix(LANE_ID) == Some(held.as_str())
            || label(Locale::ZhCn)
            || label(Locale::En)
    };
    if let Some(held) = Lane::ALL.into_iter().find(own) {
        return (held, true);
    }
    const SIGNS: [(Lane, &[&str]); 3] = [
        (
            Lane::Customer,
            &["customer", "client", "guest", "顾客", "客户", "客人"],
        ),
        (
            Lane::Support,
            &[
                "system", "software", "supplier", "support", "系统", "供应", "支持",
            ],
        ),
        (
            Lane::Backstage,
            &["back", "kitchen", "warehouse", "后台", "后厨", "仓"],
        ),
    ];
    let sign = SIGNS
        .iter()
        .find(|(_, signs)| signs.iter().any(|sign| name.contains(sign)));
    (sign.map_or(Lane::Frontstage, |(held, _)| *held), false)
}
