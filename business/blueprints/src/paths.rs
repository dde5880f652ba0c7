//! Where pages are, and which part of a blueprint is looked at.

use kernel::ids::BlueprintId;

use crate::model::{Lane, Step};

/// The list.
pub const BLUEPRINTS: &str = "/blueprints";
/// The form of a new blueprint.
pub const NEW: &str = "/blueprints/new";

/// The form of a blueprint from a BPMN file.
pub const IMPORT: &str = "/blueprints/import";

/// A version of a blueprint as a BPMN file.
pub fn bpmn(id: BlueprintId, version: i64) -> String {
    format!("/blueprints/{id}/bpmn?version={version}")
}

/// A version of a blueprint drawn in the notation of BPMN.
pub fn diagram(id: BlueprintId, version: i64) -> String {
    format!("/blueprints/{id}/diagram?version={version}")
}

/// Whose work instructions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// Everybody's.
    All,
    /// Of steps that ask for no skill.
    Anybody,
    /// Of steps that ask for the skill with this code.
    Skill(String),
}

impl Role {
    /// Who carries a step out.
    pub fn of(step: &Step) -> Self {
        step.skill.clone().map_or(Self::Anybody, Self::Skill)
    }

    /// Reads the name used in addresses; skills have codes without parentheses.
    pub fn parse(name: &str) -> Self {
        match name {
            "" => Self::All,
            "(none)" => Self::Anybody,
            code => Self::Skill(code.to_owned()),
        }
    }

    fn as_str(&self) -> &str {
        match self {
            Self::All => "",
            Self::Anybody => "(none)",
            Self::Skill(code) => code,
        }
    }
}

/// The work instructions of a role.
pub fn sop(id: BlueprintId, version: i64, role: &Role) -> String {
    format!(
        "/blueprints/{id}/sop?version={version}&role={}",
        role.as_str()
    )
}

/// One blueprint.
pub fn blueprint(id: BlueprintId) -> String {
    format!("/blueprints/{id}")
}

/// A command about a blueprint, such as `publication` or `undo`.
pub fn command(id: BlueprintId, noun: &str) -> String {
    format!("/blueprints/{id}/{noun}")
}

/// A step, or with a noun a command about it.
pub fn step(id: BlueprintId, key: &str, noun: &str) -> String {
    match noun {
        "" => format!("/blueprints/{id}/steps/{key}"),
        noun => format!("/blueprints/{id}/steps/{key}/{noun}"),
    }
}

/// A phase, or with a noun a command about it.
pub fn phase(id: BlueprintId, key: &str, noun: &str) -> String {
    match noun {
        "" => format!("/blueprints/{id}/phases/{key}"),
        noun => format!("/blueprints/{id}/phases/{key}/{noun}"),
    }
}

/// What of a blueprint is on the screen; all of it stands in the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The chosen step.
    pub step: Option<String>,
    /// A cell a step is being added to.
    pub add: Option<(String, Lane)>,
    /// A version other than the current one.
    pub version: Option<i64>,
    /// A version the shown one is compared with.
    pub compare: Option<i64>,
    /// Whether observed minutes stand beside standard ones.
    pub observed: bool,
    /// Over how many past days they are observed.
    pub days: i64,
}

impl Default for Place {
    fn default() -> Self {
        let (step, add, version, compare) = (None, None, None, None);
        Self {
            step,
            add,
            version,
            compare,
            observed: true,
            days: 30,
        }
    }
}

/// The spans of past days one can choose.
pub const DAYS: [i64; 3] = [7, 30, 90];

impl Place {
    /// The same place with a step chosen.
    #[must_use]
    pub fn with_step(&self, key: &str) -> Self {
        Self {
            step: Some(key.to_owned()),
            add: None,
            compare: None,
            ..self.clone()
        }
    }

    /// The same place with nothing chosen.
    #[must_use]
    pub fn bare(&self) -> Self {
        Self {
            step: None,
            add: None,
            compare: None,
            ..self.clone()
        }
    }

    /// The same place with a step being added to a cell.
    #[must_use]
    pub fn adding(&self, phase: &str, lane: Lane) -> Self {
        Self {
            add: Some((phase.to_owned(), lane)),
            ..self.bare()
        }
    }

    /// Its address.
    pub fn href(&self, id: BlueprintId) -> String {
        let mut pairs = Vec::new();
        if let Some(step) = &self.step {
            pairs.push(format!("step={step}"));
        }
        if let Some((phase, lane)) = &self.add {
            pairs.push(format!("phase={phase}"));
            pairs.push(format!("lane={}", lane.as_str()));
        }
        if let Some(version) = self.version {
            pairs.push(format!("version={version}"));
        }
        if let Some(compare) = self.compare {
            pairs.push(format!("compare={compare}"));
        }
        if !self.observed {
            pairs.push("view=design".to_owned());
        }
        if self.days != Self::default().days {
            pairs.push(format!("days={}", self.days));
        }
        match pairs.as_slice() {
            [] => blueprint(id),
            pairs => format!("{}?{}", blueprint(id), pairs.join("&")),
        }
    }
}
