//! Imports by browser: what came, how it is understood, how far it has got, and the way back.

mod commands;
mod queries;
mod sample;
mod undo;
mod work;

pub(crate) use commands::{
    Upload, check, choose_columns, forget_old_files, run, stop, undo, upload,
};
pub(crate) use queries::{Refusal, Told, all, grid_of, import, kept_things, refusals, things};
pub(crate) use sample::{label, sample};
pub(crate) use work::errand;

use kernel::{Id, Locale, Timestamp};

use crate::model::What;

/// Marks the identity of an import.
pub struct ImportNoun;
/// The identity of an import.
pub type ImportId = Id<ImportNoun>;

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// The file is here; its columns are to be chosen.
    Mapping,
    /// Tried row by row, each taken back.
    Checking,
    /// Tried to the end.
    Checked,
    /// Being taken in.
    Running,
    /// Taken in up to a row, by wish.
    Stopped,
    /// Taken in.
    Done,
    /// Being taken back.
    Undoing,
    /// Taken back, as far as nothing was changed or used since.
    Undone,
    /// Stopped by a fault of ours.
    Failed,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 9] = [
        Self::Mapping,
        Self::Checking,
        Self::Checked,
        Self::Running,
        Self::Stopped,
        Self::Done,
        Self::Undoing,
        Self::Undone,
        Self::Failed,
    ];

    /// The name kept in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mapping => "mapping",
            Self::Checking => "checking",
            Self::Checked => "checked",
            Self::Running => "running",
            Self::Stopped => "stopped",
            Self::Done => "done",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
            Self::Failed => "failed",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// The name people read.
    pub fn label(self, locale: Locale) -> String {
        locale.tx("exchange-state", &[("state", self.as_str().into())])
    }

    /// Whether the program works on it by itself.
    pub const fn is_at_work(self) -> bool {
        matches!(self, Self::Checking | Self::Running | Self::Undoing)
    }
}

/// An import.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Import {
    /// Identity.
    pub id: ImportId,
    /// What the file holds.
    pub what: What,
    /// The web name of the site of rows that name none.
    pub site: Option<String>,
    /// The name of the file.
    pub name: String,
    /// Where it stands.
    pub state: State,
    /// The headings of the file.
    pub header: Vec<String>,
    /// What each heading means; empty for what is passed over.
    pub columns: Vec<String>,
    /// Rows, or cases of a history.
    pub units: i64,
    /// How many of them are done.
    pub units_done: i64,
    /// Written down.
    pub rows_new: i64,
    /// Known, and changed.
    pub rows_changed: i64,
    /// Known, and left as they were.
    pub rows_same: i64,
    /// Not taken.
    pub rows_refused: i64,
    /// Taken back.
    pub things_undone: i64,
    /// Left, since they were changed or used.
    pub things_kept: i64,
    /// What went wrong on our side; empty when nothing did.
    pub trouble: String,
    /// Who began it.
    pub asked_by: String,
    /// That user's name.
    pub asked_name: String,
    /// When it was begun.
    pub created: Timestamp,
    /// Counts changes.
    pub version: i64,
}

impl Import {
    /// The name of the file up to its first point, which sets histories apart.
    pub fn source(&self) -> String {
        let stem = self.name.split('.').next().unwrap_or_default();
        stem.chars().take(40).collect()
    }
}
