//! One edit at a time: each takes a body and gives the body after it.

use kernel::{Bilingual, Fault};

use super::{Body, Condition, END, Evidence, Lane, PHASES_MAX, Phase, STEPS_MAX, Split, Step};

/// What the inspector sets on a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepFields {
    /// The phase it belongs to.
    pub phase: String,
    /// The lane it belongs to.
    pub lane: Lane,
    /// What is done.
    pub name: Bilingual,
    /// Where business and customer meet.
    pub touchpoint: Bilingual,
    /// Standard minutes.
    pub minutes_standard: Option<i64>,
    /// Minutes the customer may wait after it.
    pub wait_minutes: Option<i64>,
    /// Done by the program.
    pub automatic: bool,
    /// The icon of a system.
    pub icon: Option<String>,
    /// The code of the skill it asks for.
    pub skill: Option<String>,
    /// What to do, point by point.
    pub checklist: Vec<Bilingual>,
    /// What may go wrong.
    pub fail_point: Option<Bilingual>,
    /// What to do then.
    pub remedy: Option<Bilingual>,
    /// Steps that may follow.
    pub links: Vec<String>,
    /// Whether one of them follows or all.
    pub split: Split,
    /// What a choice asks.
    pub question: Bilingual,
    /// When a link is taken.
    pub conditions: Vec<Condition>,
}

impl From<Step> for StepFields {
    fn from(step: Step) -> Self {
        Self {
            phase: step.phase,
            lane: step.lane,
            name: step.name,
            touchpoint: step.touchpoint,
            minutes_standard: step.minutes_standard,
            wait_minutes: step.wait_minutes,
            automatic: step.automatic,
            icon: step.icon,
            skill: step.skill,
            checklist: step.checklist,
            fail_point: step.fail_point,
            remedy: step.remedy,
            links: step.links,
            split: step.split,
            question: step.question,
            conditions: step.conditions,
        }
    }
}

/// Where a step goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// One place earlier; from the first place of a phase into the phase before.
    Earlier,
    /// One place later; from the last place of a phase into the phase after.
    Later,
    /// Into the phase before.
    Left,
    /// Into the phase after.
    Right,
    /// One lane towards the customer.
    Up,
    /// One lane away from the customer.
    Down,
}

impl Move {
    /// Reads the name used in forms.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "earlier" => Some(Self::Earlier),
            "later" => Some(Self::Later),
            "left" => Some(Self::Left),
            "right" => Some(Self::Right),
            "up" => Some(Self::Up),
            "down" => Some(Self::Down),
            _ => None,
        }
    }
}

/// One change of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// A new step at the end of a cell.
    AddStep {
        /// The phase.
        phase: String,
        /// The lane.
        lane: Lane,
        /// What is done.
        name: Bilingual,
    },
    /// Everything the inspector shows of a step.
    ChangeStep {
        /// Which step.
        key: String,
        /// What it is from now on.
        fields: Box<StepFields>,
    },
    /// A step to another place.
    MoveStep {
        /// Which step.
        key: String,
        /// Where to.
        to: Move,
    },
    /// A step into a cell, before another step of it or behind all of them.
    PlaceStep {
        /// Which step.
        key: String,
        /// The phase it goes to.
        phase: String,
        /// The lane it goes to.
        lane: Lane,
        /// The step of that cell it goes before.
        before: Option<String>,
    },
    /// A way from one step to another, beside those there are, or away again.
    LinkStep {
        /// Where it begins.
        key: String,
        /// Where it leads, or [`END`].
        to: String,
        /// Away again.
        cut: bool,
    },
    /// A step away; links to it go with it.
    RemoveStep {
        /// Which step.
        key: String,
    },
    /// A new last phase.
    AddPhase {
        /// Its name.
        name: Bilingual,
    },
    /// A phase's name and what the customer sees in it.
    ChangePhase {
        /// Which phase.
        key: String,
        /// Its name.
        name: Bilingual,
        /// What the customer sees.
        evidence: Vec<Bilingual>,
    },
    /// A phase one place to the left or to the right, with its steps.
    MovePhase {
        /// Which phase.
        key: String,
        /// To the left.
        earlier: bool,
    },
    /// An empty phase away.
    RemovePhase {
        /// Which phase.
        key: String,
    },
    /// The whole body anew.
    Replace(Box<Body>),
}

impl Edit {
    /// Its name in the journal.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::AddStep { .. } => "add_step",
            Self::ChangeStep { .. } => "change_step",
            Self::MoveStep { .. } | Self::PlaceStep { .. } => "move_step",
            Self::LinkStep { .. } => "link_step",
            Self::RemoveStep { .. } => "remove_step",
            Self::AddPhase { .. } => "add_phase",
            Self::ChangePhase { .. } => "change_phase",
            Self::MovePhase { .. } => "move_phase",
            Self::RemovePhase { .. } => "remove_phase",
            Self::Replace(_) => "replace",
        }
    }
}

fn no_step() -> Fault {
    Fault::missing("blueprints-step-missing")
}

fn no_phase() -> Fault {
    Fault::missing("blueprints-phase-missing")
}

impl Body {
    /// The body after an edit; the key of the step the edit was about, if any.
    pub fn apply(mut self, edit: Edit) -> Result<(Self, Option<String>), Fault> {
        let touched = match edit {
            Edit::AddStep { phase, lane, name } => Some(self.add_step(phase, lane, name)?),
            Edit::ChangeStep { key, fields } => Some(self.change_step(key, *fields)?),
            Edit::MoveStep { key, to } => Some(self.move_step(key, to)?),
            Edit::PlaceStep {
                key,
                phase,
                lane,
                before,
            } => Some(self.place_step(key, phase, lane, before.as_deref())?),
            Edit::LinkStep { key, to, cut } => Some(self.link_step(key, to, cut)?),
            Edit::RemoveStep { key } => self.remove_step(&key)?,
            Edit::AddPhase { name } => self.add_phase(name)?,
            Edit::ChangePhase {
                key,
                name,
                evidence,
            } => self.change_phase(&key, name, evidence)?,
            Edit::MovePhase { key, earlier } => self.move_phase(&key, earlier)?,
            Edit::RemovePhase { key } => self.remove_phase(&key)?,
            Edit::Replace(body) => {
                self = *body;
                None
            }
        };
        self.sort();
        for step in &mut self.steps {
            step.forget_lost_ways();
        }
        self.check()?;
        Ok((self, touched))
    }

    /// Brings steps into the order of the phases and keeps their order inside each.
    fn sort(&mut self) {
        let place = |phases: &[Phase], key: &str| phases.iter().position(|phase| phase.key == key);
        self.steps
            .sort_by_key(|step| place(&self.phases, &step.phase));
        self.evidence
            .sort_by_key(|evidence| place(&self.phases, &evidence.phase));
    }

    fn step_index(&self, key: &str) -> Result<usize, Fault> {
        self.steps
            .iter()
            .position(|step| step.key == key)
            .ok_or_else(no_step)
    }

    fn add_step(&mut self, phase: String, lane: Lane, name: Bilingual) -> Result<String, Fault> {
        if self.steps.len() >= STEPS_MAX {
            return Err(Fault::conflict("blueprints-steps-max").with("max", STEPS_MAX));
        }
        self.phase_index(&phase).ok_or_else(no_phase)?;
        let taken = |key: &str| self.step(key).is_some();
        let key = free_key(&name, "step", taken);
        let after = self
            .steps
            .iter()
            .rposition(|step| step.phase == phase && step.lane == lane);
        let step = Step::new(key.clone(), phase, lane, name);
        match after {
            Some(index) => self.steps.insert(index + 1, step),
            None => self.steps.push(step),
        }
        Ok(key)
    }

    fn change_step(&mut self, key: String, fields: StepFields) -> Result<String, Fault> {
        let index = self.step_index(&key)?;
        self.phase_index(&fields.phase).ok_or_else(no_phase)?;
        self.steps[index] = Step {
            key: key.clone(),
            phase: fields.phase,
            lane: fields.lane,
            name: fields.name,
            touchpoint: fields.touchpoint,
            minutes_standard: fields.minutes_standard,
            wait_minutes: fields.wait_minutes,
            automatic: fields.automatic,
            icon: fields.icon,
            skill: fields.skill,
            checklist: fields.checklist,
            fail_point: fields.fail_point,
            remedy: fields.remedy,
            links: fields.links,
            split: fields.split,
            question: fields.question,
            conditions: fields.conditions,
        };
        Ok(key)
    }

    /// Adds a way to those there are, the silent one to the next step included, or cuts it.
    fn link_step(&mut self, key: String, to: String, cut: bool) -> Result<String, Fault> {
        let index = self.step_index(&key)?;
        if to != END {
            self.step_index(&to)?;
        }
        if cut {
            self.steps[index].links.retain(|link| *link != to);
            return Ok(key);
        }
        if self.steps[index].links.is_empty() {
            let next = self.steps.get(index + 1);
            let next = next.map_or(END.to_owned(), |next| next.key.clone());
            self.steps[index].links.push(next);
        }
        if !self.steps[index].links.contains(&to) {
            self.steps[index].links.push(to);
        }
        Ok(key)
    }

    fn move_step(&mut self, key: String, to: Move) -> Result<String, Fault> {
        let index = self.step_index(&key)?;
        match to {
            Move::Up | Move::Down => self.change_lane(index, to == Move::Up),
            Move::Left | Move::Right => self.change_phase_of(index, to == Move::Left),
            Move::Earlier if self.shares_phase(index, index.checked_sub(1)) => {
                self.steps.swap(index - 1, index);
            }
            Move::Later if self.shares_phase(index, Some(index + 1)) => {
                self.steps.swap(index, index + 1);
            }
            Move::Earlier | Move::Later => self.change_phase_of(index, to == Move::Earlier),
        }
        Ok(key)
    }

    fn place_step(
        &mut self,
        key: String,
        phase: String,
        lane: Lane,
        before: Option<&str>,
    ) -> Result<String, Fault> {
        self.phase_index(&phase).ok_or_else(no_phase)?;
        let index = self.step_index(&key)?;
        let mut step = self.steps.remove(index);
        (step.phase, step.lane) = (phase, lane);
        let same_cell = |other: &Step| other.phase == step.phase && other.lane == lane;
        let first = before.and_then(|before| {
            self.steps
                .iter()
                .position(|other| other.key == before && same_cell(other))
        });
        let behind = self.steps.iter().rposition(same_cell).map(|last| last + 1);
        let at = first.or(behind).unwrap_or(self.steps.len());
        self.steps.insert(at, step);
        Ok(key)
    }

    fn change_lane(&mut self, index: usize, up: bool) {
        let step = &mut self.steps[index];
        let lane = step.lane as usize;
        let lane = if up {
            lane.checked_sub(1)
        } else {
            Some(lane + 1)
        };
        if let Some(lane) = lane.and_then(|lane| Lane::ALL.get(lane)) {
            step.lane = *lane;
        }
    }

    fn shares_phase(&self, index: usize, other: Option<usize>) -> bool {
        let other = other.and_then(|other| self.steps.get(other));
        other.is_some_and(|other| other.phase == self.steps[index].phase)
    }

    fn change_phase_of(&mut self, index: usize, left: bool) {
        let place = self.phase_index(&self.steps[index].phase).unwrap_or(0);
        let place = if left {
            place.checked_sub(1)
        } else {
            Some(place + 1)
        };
        if let Some(phase) = place.and_then(|place| self.phases.get(place)) {
            self.steps[index].phase = phase.key.clone();
        }
    }

    fn remove_step(&mut self, key: &str) -> Result<Option<String>, Fault> {
        let index = self.step_index(key)?;
        self.steps.remove(index);
        for step in &mut self.steps {
            step.links.retain(|link| link != key);
        }
        let neighbour = self.steps.get(index).or_else(|| self.steps.last());
        Ok(neighbour.map(|step| step.key.clone()))
    }

    fn add_phase(&mut self, name: Bilingual) -> Result<Option<String>, Fault> {
        if self.phases.len() >= PHASES_MAX {
            return Err(Fault::conflict("blueprints-phases-range").with("max", PHASES_MAX));
        }
        let key = free_key(&name, "phase", |key| self.phase_index(key).is_some());
        self.phases.push(Phase { key, name });
        Ok(None)
    }

    fn change_phase(
        &mut self,
        key: &str,
        name: Bilingual,
        evidence: Vec<Bilingual>,
    ) -> Result<Option<String>, Fault> {
        let index = self.phase_index(key).ok_or_else(no_phase)?;
        self.phases[index].name = name;
        self.evidence.retain(|evidence| evidence.phase != key);
        let phase = key.to_owned();
        let seen = evidence.into_iter().map(|name| Evidence {
            phase: phase.clone(),
            name,
        });
        self.evidence.extend(seen);
        Ok(None)
    }

    fn move_phase(&mut self, key: &str, earlier: bool) -> Result<Option<String>, Fault> {
        let index = self.phase_index(key).ok_or_else(no_phase)?;
        let other = if earlier {
            index.checked_sub(1)
        } else {
            Some(index + 1)
        };
        if let Some(other) = other.filter(|other| *other < self.phases.len()) {
            self.phases.swap(index, other);
        }
        Ok(None)
    }

    fn remove_phase(&mut self, key: &str) -> Result<Option<String>, Fault> {
        let index = self.phase_index(key).ok_or_else(no_phase)?;
        if self.steps.iter().any(|step| step.phase == key) {
            return Err(Fault::conflict("blueprints-phase-not-empty"));
        }
        if self.phases.len() == 1 {
            return Err(Fault::conflict("blueprints-phases-range").with("max", PHASES_MAX));
        }
        self.phases.remove(index);
        self.evidence.retain(|evidence| evidence.phase != key);
        Ok(None)
    }
}

/// A key made of the English name, or of the kind of thing, with a number where it is taken.
fn free_key(name: &Bilingual, kind: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut stem = String::new();
    for letter in name.en.to_lowercase().chars() {
        if letter.is_ascii_alphanumeric() {
            stem.push(letter);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    stem.truncate(32);
    let stem = stem.trim_end_matches('-');
    let stem = if stem.is_empty() { kind } else { stem };
    let numbered = (2..).map(|number: u32| format!("{stem}-{number}"));
    std::iter::once(stem.to_owned())
        .chain(numbered)
        .find(|key| !taken(key))
        .expect("an unending sequence of names holds a free one")
}
