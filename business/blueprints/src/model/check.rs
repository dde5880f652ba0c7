//! When a body may be saved as a draft, and when it may be published.

use std::collections::BTreeSet;

use kernel::{Bilingual, Fault, FieldFault, Locale, Text};

use super::{Body, CONDITION_MAX, END, ICONS, PHASES_MAX, QUESTION_MAX, STEPS_MAX, Step};

type Found = Result<(), Fault>;

fn wrong(field: &str, text: Text) -> Found {
    Err(Fault::fields(vec![FieldFault {
        field: field.to_owned(),
        text,
    }]))
}

fn need(holds: bool, field: &str, text: impl FnOnce() -> Text) -> Found {
    if holds { Ok(()) } else { wrong(field, text()) }
}

/// A name that is not empty and not longer than `max` in either language.
fn named(field: &str, name: &Bilingual, max: usize) -> Found {
    need(!name.is_empty(), field, || {
        Text::key("blueprints-name-needed")
    })?;
    short(field, name, max)
}

fn short(field: &str, text: &Bilingual, max: usize) -> Found {
    let fits = |text: &str| text.chars().count() <= max;
    need(fits(&text.zh) && fits(&text.en), field, || {
        Text::key("blueprints-too-long").with("max", max)
    })
}

fn within(field: &str, minutes: Option<i64>, max: i64) -> Found {
    need(
        minutes.is_none_or(|minutes| (0..=max).contains(&minutes)),
        field,
        || Text::key("blueprints-minutes-range").with("max", max),
    )
}

/// Lower-case letters, digits and hyphens.
pub(crate) fn is_key(key: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=40).contains(&key.len()) && key.bytes().all(plain)
}

/// Letters, digits, point, hyphen and underscore, as skills have them.
fn is_skill(code: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    (1..=40).contains(&code.len()) && code.bytes().all(plain)
}

impl Body {
    /// Refuses what could not even be drawn: wrong keys, lost links, texts too long.
    pub fn check(&self) -> Result<(), Fault> {
        self.check_phases()?;
        need(self.steps.len() <= STEPS_MAX, "steps", || {
            Text::key("blueprints-steps-max").with("max", STEPS_MAX)
        })?;
        let keys: BTreeSet<&str> = self.steps.iter().map(|step| step.key.as_str()).collect();
        need(keys.len() == self.steps.len(), "steps", || {
            Text::key("blueprints-key-twice")
        })?;
        let mut last = 0;
        for step in &self.steps {
            let phase = self.phase_index(&step.phase);
            need(phase.is_some(), "phase", || {
                Text::key("blueprints-phase-unknown")
            })?;
            let phase = phase.unwrap_or(last);
            need(phase >= last, "steps", || {
                Text::key("blueprints-steps-unsorted")
            })?;
            last = phase;
            step.check(&keys)?;
        }
        Ok(())
    }

    fn check_phases(&self) -> Found {
        need(
            (1..=PHASES_MAX).contains(&self.phases.len()),
            "phases",
            || Text::key("blueprints-phases-range").with("max", PHASES_MAX),
        )?;
        let keys: BTreeSet<&str> = self.phases.iter().map(|phase| phase.key.as_str()).collect();
        need(keys.len() == self.phases.len(), "phases", || {
            Text::key("blueprints-key-twice")
        })?;
        for phase in &self.phases {
            need(is_key(&phase.key), "phases", || {
                Text::key("blueprints-key-wrong")
            })?;
            named("phase_name_zh", &phase.name, 30)?;
            let evidence = self
                .evidence
                .iter()
                .filter(|evidence| evidence.phase == phase.key);
            need(evidence.count() <= 3, "evidence", || {
                Text::key("blueprints-evidence-max").with("max", 3)
            })?;
        }
        for evidence in &self.evidence {
            let known = keys.contains(evidence.phase.as_str());
            need(known, "evidence", || Text::key("blueprints-phase-unknown"))?;
            named("evidence", &evidence.name, 40)?;
        }
        Ok(())
    }

    /// Refuses what nobody could carry out, besides what [`Body::check`] refuses.
    pub fn check_publishable(&self, locale: Locale) -> Result<(), Fault> {
        self.check()?;
        if self.work_steps().is_empty() {
            return Err(Fault::conflict("blueprints-no-work"));
        }
        for (lost, key) in [
            (self.unreachable(), "blueprints-unreachable"),
            (self.trapped(), "blueprints-trapped"),
        ] {
            if let Some(step) = lost.and_then(|lost| self.step(lost)) {
                return Err(Fault::conflict(key).with("name", step.name.get(locale)));
            }
        }
        for index in 0..self.steps.len() {
            if self.is_parallel(index) && self.meeting(index).is_none() {
                let name = self.steps[index].name.get(locale);
                return Err(Fault::conflict("blueprints-parallel-loose").with("name", name));
            }
        }
        Ok(())
    }
}

impl Step {
    /// Refuses what the step itself has wrong, among steps with these keys.
    pub(crate) fn check(&self, keys: &BTreeSet<&str>) -> Found {
        need(is_key(&self.key), "key", || {
            Text::key("blueprints-key-wrong")
        })?;
        named("name_zh", &self.name, 60)?;
        short("touchpoint_zh", &self.touchpoint, 60)?;
        within("minutes", self.minutes_standard, 1440)?;
        within("wait", self.wait_minutes, 1440)?;
        let icon = self
            .icon
            .as_ref()
            .is_none_or(|icon| ICONS.contains(&icon.as_str()));
        need(icon, "icon", || Text::key("blueprints-icon-unknown"))?;
        let skill = self.skill.as_ref().is_none_or(|code| is_skill(code));
        need(skill, "skill", || Text::key("blueprints-skill-wrong"))?;
        need(self.checklist.len() <= 20, "checklist", || {
            Text::key("blueprints-checklist-max").with("max", 20)
        })?;
        for point in &self.checklist {
            named("checklist", point, 120)?;
        }
        if let Some(fail_point) = &self.fail_point {
            named("fail_zh", fail_point, 120)?;
        }
        if let Some(remedy) = &self.remedy {
            named("remedy_zh", remedy, 300)?;
        }
        self.check_links(keys)
    }

    fn check_links(&self, keys: &BTreeSet<&str>) -> Found {
        let unique: BTreeSet<&String> = self.links.iter().collect();
        let known =
            |link: &&String| *link == END || (keys.contains(link.as_str()) && **link != self.key);
        need(
            unique.len() == self.links.len() && self.links.iter().all(|link| known(&link)),
            "links",
            || Text::key("blueprints-link-unknown"),
        )?;
        need(self.links.len() <= 6, "links", || {
            Text::key("blueprints-links-max").with("max", 6)
        })?;
        short("question_zh", &self.question, QUESTION_MAX)?;
        for condition in &self.conditions {
            named("links", &condition.when, CONDITION_MAX)?;
        }
        let said = self.conditions.iter().map(|condition| &condition.to);
        let unique: BTreeSet<&String> = said.clone().collect();
        let links =
            self.conditions.len() == unique.len() && said.clone().all(|to| self.links.contains(to));
        need(links, "links", || Text::key("blueprints-link-unknown"))
    }
}
