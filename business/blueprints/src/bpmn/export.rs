//! A version of a blueprint as a BPMN file.

use kernel::{Bilingual, Locale};
use mining::bpmn::{Diagram, Kind, Lane as Row, Node, Trigger, Work};

use super::{LANE_ID, STEP_ID, gates, lines::Line};
use crate::model::{Body, Lane, Step};

/// The file, with every text in one language.
pub(crate) fn write(name: &Bilingual, body: &Body, locale: Locale) -> String {
    formats::bpmn::write(&diagram(name, body, locale))
}

fn diagram(name: &Bilingual, body: &Body, locale: Locale) -> Diagram {
    let lane = |lane: Lane| Row {
        id: format!("{LANE_ID}{}", lane.as_str()),
        name: lane.label(locale),
        ..Row::default()
    };
    let mut diagram = Diagram {
        name: name.get(locale).to_owned(),
        documentation: phases(body, locale),
        lanes: Lane::ALL.map(lane).to_vec(),
        ..Diagram::default()
    };
    let row = |step: Option<&Step>| step.map(|step| step.lane as usize);
    let event = |id: &str, kind, lane| Node {
        lane,
        ..Node::new(id, kind)
    };
    let start = Kind::Start(Trigger::None);
    diagram
        .nodes
        .push(event("start", start, row(body.steps.first())));
    let tasks = body.steps.iter().map(|step| task(step, body, locale));
    diagram.nodes.extend(tasks);
    let end = Kind::End(Trigger::None);
    diagram
        .nodes
        .push(event("end", end, row(body.steps.last())));
    diagram.connect(0, 1);
    gates::draw(&mut diagram, body, locale);
    diagram
}

fn task(step: &Step, body: &Body, locale: Locale) -> Node {
    let work = match step.lane {
        _ if step.automatic => Work::Service,
        Lane::Customer => Work::Manual,
        Lane::Frontstage | Lane::Backstage => Work::User,
        Lane::Support => Work::Abstract,
    };
    Node {
        name: step.name.get(locale).to_owned(),
        documentation: documentation(step, body, locale),
        lane: Some(step.lane as usize),
        ..Node::new(format!("{STEP_ID}{}", step.key), Kind::Task(work))
    }
}

/// The phases in order, each with what the customer sees in it.
fn phases(body: &Body, locale: Locale) -> String {
    let mut out = Vec::new();
    for phase in &body.phases {
        Line::Phase.write(locale, phase.name.get(locale), &mut out);
        for piece in body
            .evidence
            .iter()
            .filter(|piece| piece.phase == phase.key)
        {
            Line::Evidence.write(locale, piece.name.get(locale), &mut out);
        }
    }
    out.join("\n")
}

fn documentation(step: &Step, body: &Body, locale: Locale) -> String {
    let mut out = Vec::new();
    let number = |minutes: Option<i64>| minutes.map_or(String::new(), |n| n.to_string());
    let text = |text: &Option<Bilingual>| {
        let text = text.as_ref().map(|text| text.get(locale).to_owned());
        text.unwrap_or_default()
    };
    let mut say = |line: Line, text: &str| line.write(locale, text, &mut out);
    let phase = body.phases.iter().find(|phase| phase.key == step.phase);
    say(
        Line::Phase,
        phase.map_or("", |phase| phase.name.get(locale)),
    );
    say(Line::Touchpoint, step.touchpoint.get(locale));
    say(Line::Minutes, &number(step.minutes_standard));
    say(Line::Wait, &number(step.wait_minutes));
    say(Line::Skill, step.skill.as_deref().unwrap_or_default());
    say(Line::Icon, step.icon.as_deref().unwrap_or_default());
    for point in &step.checklist {
        say(Line::Point, point.get(locale));
    }
    say(Line::FailPoint, &text(&step.fail_point));
    say(Line::Remedy, &text(&step.remedy));
    out.join("\n")
}
