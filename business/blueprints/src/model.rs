//! What a blueprint is: phases across, lanes down, steps in the cells.

mod check;
mod edit;
mod flow;

use kernel::{
    Bilingual, Locale, Timestamp,
    ids::{BlueprintId, SiteId},
};
use serde::{Deserialize, Serialize};

pub(crate) use check::is_key;
pub use edit::{Edit, Move, StepFields};
pub(crate) use flow::Meeting;

/// The most steps of one blueprint.
pub const STEPS_MAX: usize = 60;
/// The most phases of one blueprint.
pub const PHASES_MAX: usize = 12;

/// The icons a step of a system can have.
pub const ICONS: [&str; 10] = [
    "calendar",
    "users",
    "package",
    "credit-card",
    "message-square",
    "smartphone",
    "printer",
    "globe",
    "store",
    "wrench",
];

/// A row of the blueprint: whose step it is, and who sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// What the customer does.
    Customer,
    /// What staff do in front of the customer.
    Frontstage,
    /// What staff do out of sight.
    Backstage,
    /// What systems and partners do.
    Support,
}

impl Lane {
    /// Every lane, from the customer inwards.
    pub const ALL: [Self; 4] = [
        Self::Customer,
        Self::Frontstage,
        Self::Backstage,
        Self::Support,
    ];

    /// The name kept in tables and forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Frontstage => "frontstage",
            Self::Backstage => "backstage",
            Self::Support => "support",
        }
    }

    /// Reads the name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lane| lane.as_str() == name)
    }

    /// The name people read.
    pub fn label(self, locale: Locale) -> String {
        match self {
            Self::Customer => locale.t("blueprints-lane-customer"),
            Self::Frontstage => locale.t("blueprints-lane-frontstage"),
            Self::Backstage => locale.t("blueprints-lane-backstage"),
            Self::Support => locale.t("blueprints-lane-support"),
        }
    }

    /// Whether staff work in it.
    pub const fn is_work(self) -> bool {
        matches!(self, Self::Frontstage | Self::Backstage)
    }
}

/// A stretch of the visit: one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    /// Its name in links; unique in the blueprint.
    pub key: String,
    /// Its name for people.
    pub name: Bilingual,
}

/// Something the customer sees or holds in a phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The phase it belongs to.
    pub phase: String,
    /// What it is.
    pub name: Bilingual,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its name in links and in orders; unique in the blueprint, never changed.
    pub key: String,
    /// The phase it belongs to.
    pub phase: String,
    /// The lane it belongs to.
    pub lane: Lane,
    /// What is done.
    pub name: Bilingual,
    /// Where business and customer meet in it: a counter, an app, a chair.
    #[serde(default)]
    pub touchpoint: Bilingual,
    /// How long it should take, in minutes.
    #[serde(default)]
    pub minutes_standard: Option<i64>,
    /// How long the customer may wait after it, in minutes.
    #[serde(default)]
    pub wait_minutes: Option<i64>,
    /// Done by the program, not by a person.
    #[serde(default)]
    pub automatic: bool,
    /// The icon of a system, one of [`ICONS`].
    #[serde(default)]
    pub icon: Option<String>,
    /// The code of the skill it asks for.
    #[serde(default)]
    pub skill: Option<String>,
    /// What to do in it, point by point.
    #[serde(default)]
    pub checklist: Vec<Bilingual>,
    /// What may go wrong.
    #[serde(default)]
    pub fail_point: Option<Bilingual>,
    /// What to do when it does.
    #[serde(default)]
    pub remedy: Option<Bilingual>,
    /// Keys of the steps that may follow, [`END`] among them; empty means the next one in order.
    #[serde(default)]
    pub links: Vec<String>,
    /// Whether one of several links is taken or all of them.
    #[serde(default)]
    pub split: Split,
    /// What a choice asks.
    #[serde(default)]
    pub question: Bilingual,
    /// When a link is taken, for the links that say so.
    #[serde(default)]
    pub conditions: Vec<Condition>,
}

/// The link of a step after which the process may end.
pub const END: &str = "(end)";

/// The longest question of a choice, in characters.
pub const QUESTION_MAX: usize = 60;
/// The longest condition of a link, in characters.
pub const CONDITION_MAX: usize = 40;

/// How several ways behind a step part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Split {
    /// One of them is taken.
    #[default]
    Choice,
    /// All of them are taken at the same time, and meet again.
    Parallel,
}

impl Split {
    /// Both ways of parting.
    pub const ALL: [Self; 2] = [Self::Choice, Self::Parallel];

    /// The name kept in forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Parallel => "parallel",
        }
    }

    /// Reads the name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|split| split.as_str() == name)
    }
}

/// When a link is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// The link.
    pub to: String,
    /// In words: "colour is new".
    pub when: Bilingual,
}

impl Step {
    /// A step with a name and a place, and nothing else yet.
    pub fn new(
        key: impl Into<String>,
        phase: impl Into<String>,
        lane: Lane,
        name: Bilingual,
    ) -> Self {
        Self {
            key: key.into(),
            phase: phase.into(),
            lane,
            name,
            touchpoint: Bilingual::default(),
            minutes_standard: None,
            wait_minutes: None,
            automatic: false,
            icon: None,
            skill: None,
            checklist: Vec::new(),
            fail_point: None,
            remedy: None,
            links: Vec::new(),
            split: Split::default(),
            question: Bilingual::default(),
            conditions: Vec::new(),
        }
    }

    /// When a link is taken, where that is said.
    pub fn condition(&self, to: &str) -> Option<&Bilingual> {
        let found = self.conditions.iter().find(|condition| condition.to == to);
        found.map(|condition| &condition.when)
    }

    /// Leaves out what is said of ways that are not there.
    fn forget_lost_ways(&mut self) {
        let parts = self.links.len() > 1;
        let chosen = parts && self.split == Split::Choice;
        let links = &self.links;
        self.conditions.retain(|condition| {
            chosen && links.contains(&condition.to) && !condition.when.is_empty()
        });
        if !chosen {
            self.question = Bilingual::default();
        }
        if !parts {
            self.split = Split::Choice;
        }
    }

    /// Whether a person carries it out.
    pub fn is_work(&self) -> bool {
        self.lane.is_work() && !self.automatic
    }
}

/// The design of a service: what a version holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Body {
    /// Columns from left to right.
    pub phases: Vec<Phase>,
    /// Steps in the order they are taken, phase after phase.
    pub steps: Vec<Step>,
    /// What the customer sees, by phase.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

impl Body {
    /// A step by its key.
    pub fn step(&self, key: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.key == key)
    }

    /// What staff carry out: frontstage and backstage steps in order, without automatic ones.
    pub fn work_steps(&self) -> Vec<&Step> {
        self.steps.iter().filter(|step| step.is_work()).collect()
    }

    /// The steps in one cell, in order.
    pub fn cell<'b>(&'b self, phase: &'b str, lane: Lane) -> impl Iterator<Item = &'b Step> {
        self.steps
            .iter()
            .filter(move |step| step.phase == phase && step.lane == lane)
    }

    /// Standard minutes of the work in a phase; `None` when none of it has any.
    pub fn phase_minutes(&self, phase: &str) -> Option<i64> {
        let minutes = self
            .steps
            .iter()
            .filter(|step| step.phase == phase && step.is_work());
        let known: Vec<i64> = minutes.filter_map(|step| step.minutes_standard).collect();
        (!known.is_empty()).then(|| known.iter().sum())
    }

    /// Standard minutes of all work.
    pub fn minutes(&self) -> i64 {
        self.work_steps()
            .iter()
            .filter_map(|step| step.minutes_standard)
            .sum()
    }

    fn phase_index(&self, key: &str) -> Option<usize> {
        self.phases.iter().position(|phase| phase.key == key)
    }
}

/// What became of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionState {
    /// Still being edited.
    Draft,
    /// What new orders follow.
    Published,
    /// What orders followed before.
    Retired,
}

impl VersionState {
    /// The name kept in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Retired => "retired",
        }
    }

    /// Reads the name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Draft, Self::Published, Self::Retired]
            .into_iter()
            .find(|state| state.as_str() == name)
    }
}

/// A version of a blueprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Counts from 1.
    pub number: i64,
    /// Draft, published or retired.
    pub state: VersionState,
    /// The design.
    pub body: Body,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// The name of who published it.
    pub published_by: Option<String>,
}

/// A blueprint without its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blueprint {
    /// Its identity.
    pub id: BlueprintId,
    /// Its name.
    pub name: Bilingual,
    /// No longer offered for services, kept for the past.
    pub archived: bool,
    /// The number of the draft, if somebody has edited since the last publication.
    pub draft: Option<i64>,
    /// The number of the published version, if any was.
    pub published: Option<i64>,
    /// When it was last saved.
    pub saved_at: Timestamp,
    /// Counts changes; two people who edit at once are told apart by it.
    pub version: i64,
}

impl Blueprint {
    /// The number of the version a manager works on: the draft, else the published one.
    pub fn current(&self) -> i64 {
        self.draft.or(self.published).unwrap_or(1)
    }
}

/// How long a step really took, over the orders asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Observed {
    /// The key of the step.
    pub step_key: String,
    /// How many times it was finished.
    pub count: i64,
    /// Half of them took at most this many minutes.
    pub median_minutes: i64,
    /// Nine of ten took at most this many minutes.
    pub p90_minutes: i64,
    /// How the minutes spread.
    pub histogram: Histogram,
}

/// Counts in bins of equal width.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Histogram {
    /// Where the first bin begins, in minutes.
    pub first_minute: i64,
    /// How wide each bin is, in minutes.
    pub width_minutes: i64,
    /// How many fell into each bin.
    pub counts: Vec<i64>,
}

/// Which orders to look at for observed minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObservedAsk {
    /// The blueprint they followed, in any version.
    pub blueprint: BlueprintId,
    /// Orders of this site alone.
    pub site: Option<SiteId>,
    /// Steps finished from here on.
    pub since: Timestamp,
    /// Steps finished before.
    pub until: Timestamp,
}

/// Standard against observed, as the card shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Clearly faster than the standard.
    Faster,
    /// As designed.
    Met,
    /// Up to a quarter over.
    Slower,
    /// More than a quarter and more than a minute over.
    MuchSlower,
}

/// Compares observed with standard minutes: a tenth or one minute either way is as designed.
pub fn verdict(standard_minutes: i64, observed_minutes: i64) -> Verdict {
    let over = observed_minutes - standard_minutes;
    let slack = (standard_minutes / 20).max(1);
    if over < -slack {
        Verdict::Faster
    } else if over <= slack {
        Verdict::Met
    } else if over * 4 <= standard_minutes {
        Verdict::Slower
    } else {
        Verdict::MuchSlower
    }
}
