//! Steps as the fields of a form, and back.

use kernel::{Bilingual, Text};
use web::Fields;

use crate::model::{CONDITION_MAX, Condition, Lane, QUESTION_MAX, Split, Step, StepFields};

/// More links than a step can have are refused by the model; their conditions are not read.
const LINKS_READ: usize = 8;

/// What stands in the fields of a step.
pub(crate) fn of_step(step: &Step) -> Fields {
    let number = |minutes: Option<i64>| minutes.map_or(String::new(), |n| n.to_string());
    let lines = |text: fn(&Bilingual) -> &str| {
        let lines: Vec<&str> = step.checklist.iter().map(text).collect();
        lines.join("\n")
    };
    let empty = Bilingual::default();
    let fail = step.fail_point.as_ref().unwrap_or(&empty);
    let remedy = step.remedy.as_ref().unwrap_or(&empty);
    let mut values = vec![
        ("name_zh", step.name.zh.clone()),
        ("name_en", step.name.en.clone()),
        ("phase", step.phase.clone()),
        ("lane", step.lane.as_str().to_owned()),
        ("minutes", number(step.minutes_standard)),
        ("wait", number(step.wait_minutes)),
        (
            "automatic",
            if step.automatic { "1" } else { "" }.to_owned(),
        ),
        ("icon", step.icon.clone().unwrap_or_default()),
        ("skill", step.skill.clone().unwrap_or_default()),
        ("touchpoint_zh", step.touchpoint.zh.clone()),
        ("touchpoint_en", step.touchpoint.en.clone()),
        ("checklist_zh", lines(|point| &point.zh)),
        ("checklist_en", lines(|point| &point.en)),
        ("fail_zh", fail.zh.clone()),
        ("fail_en", fail.en.clone()),
        ("remedy_zh", remedy.zh.clone()),
        ("remedy_en", remedy.en.clone()),
    ];
    values.extend(step.links.iter().map(|link| ("links", link.clone())));
    values.push(("split", step.split.as_str().to_owned()));
    values.push(("question_zh", step.question.zh.clone()));
    values.push(("question_en", step.question.en.clone()));
    let said = step.conditions.iter().flat_map(|condition| {
        let (zh, en) = condition_fields(&condition.to);
        [
            (zh, condition.when.zh.clone()),
            (en, condition.when.en.clone()),
        ]
    });
    let values = values
        .into_iter()
        .map(|(field, value)| (field.to_owned(), value))
        .chain(said);
    Fields::from_pairs(values.collect())
}

/// The fields that say when a link is taken, in Chinese and in English.
pub(crate) fn condition_fields(to: &str) -> (String, String) {
    (format!("when_zh_{to}"), format!("when_en_{to}"))
}

fn read_condition(fields: &mut Fields, to: &str) -> Condition {
    let (zh, en) = condition_fields(to);
    Condition {
        to: to.to_owned(),
        when: read_bilingual(fields, &zh, &en, CONDITION_MAX),
    }
}

/// Reads how ways part; forms that do not ask leave it a choice.
fn read_split(fields: &mut Fields) -> Split {
    if !fields.has("split") {
        return Split::Choice;
    }
    let names = Split::ALL.map(Split::as_str);
    Split::parse(&fields.choice("split", &names)).unwrap_or_default()
}

/// Reads the fields of a step, noting what is wrong with them.
pub(crate) fn read_step(fields: &mut Fields) -> StepFields {
    let links = fields.list("links");
    let conditions = links
        .iter()
        .take(LINKS_READ)
        .map(|to| read_condition(fields, to));
    StepFields {
        conditions: conditions.collect(),
        split: read_split(fields),
        question: read_bilingual(fields, "question_zh", "question_en", QUESTION_MAX),
        phase: fields.text("phase", 1, 40),
        lane: read_lane(fields),
        name: read_bilingual(fields, "name_zh", "name_en", 60),
        touchpoint: read_bilingual(fields, "touchpoint_zh", "touchpoint_en", 60),
        minutes_standard: fields.optional_int("minutes", 0, 1440),
        wait_minutes: fields.optional_int("wait", 0, 1440),
        automatic: fields.flag("automatic"),
        icon: fields.optional_text("icon", 40),
        skill: fields.optional_text("skill", 40),
        checklist: read_lines(fields, "checklist_zh", "checklist_en", 3000),
        fail_point: some(read_bilingual(fields, "fail_zh", "fail_en", 120)),
        remedy: some(read_bilingual(fields, "remedy_zh", "remedy_en", 300)),
        links,
    }
}

/// Reads a lane.
pub(crate) fn read_lane(fields: &mut Fields) -> Lane {
    let names = Lane::ALL.map(Lane::as_str);
    Lane::parse(&fields.choice("lane", &names)).unwrap_or(Lane::Frontstage)
}

/// Reads a text in both languages; the Chinese field says so when both are empty.
pub(crate) fn read_name(fields: &mut Fields, max: usize) -> Bilingual {
    let name = read_bilingual(fields, "name_zh", "name_en", max);
    if name.is_empty() {
        fields.wrong("name_zh", Text::key("blueprints-name-needed"));
    }
    name
}

fn read_bilingual(fields: &mut Fields, zh: &str, en: &str, max: usize) -> Bilingual {
    let zh = fields.optional_text(zh, max).unwrap_or_default();
    Bilingual::new(zh, fields.optional_text(en, max).unwrap_or_default())
}

fn some(text: Bilingual) -> Option<Bilingual> {
    (!text.is_empty()).then_some(text)
}

/// Reads two fields of lines: the first line of one belongs to the first line of the other.
pub(crate) fn read_lines(fields: &mut Fields, zh: &str, en: &str, max: usize) -> Vec<Bilingual> {
    let zh = fields.optional_text(zh, max).unwrap_or_default();
    let en = fields.optional_text(en, max).unwrap_or_default();
    let (zh, en): (Vec<&str>, Vec<&str>) = (zh.lines().collect(), en.lines().collect());
    let line =
        |lines: &[&str], index: usize| lines.get(index).map_or("", |line| line.trim()).to_owned();
    (0..zh.len().max(en.len()))
        .map(|index| Bilingual::new(line(&zh, index), line(&en, index)))
        .filter(|text| !text.is_empty())
        .collect()
}
