//! The archive: everything of an organisation in one ZIP, a CSV a table, with a manifest that
//! counts them, and the files that belong to it.

mod queries;
mod work;
mod zip;

pub(crate) use queries::{archives, ask, part_of, taken};
pub(crate) use work::{errand, forget};

use kernel::{Id, Locale, Timestamp};

/// Marks the identity of an archive.
pub struct ArchiveNoun;
/// The identity of an archive.
pub type ArchiveId = Id<ArchiveNoun>;

/// Where an archive stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Asked for.
    Asked,
    /// Being written.
    Working,
    /// To be fetched.
    Ready,
    /// Stopped by a fault of ours.
    Failed,
    /// No longer kept.
    Gone,
}

impl State {
    /// The name kept in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Working => "working",
            Self::Ready => "ready",
            Self::Failed => "failed",
            Self::Gone => "gone",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        let all = [
            Self::Asked,
            Self::Working,
            Self::Ready,
            Self::Failed,
            Self::Gone,
        ];
        all.into_iter().find(|state| state.as_str() == name)
    }

    /// The name people read.
    pub fn label(self, locale: Locale) -> String {
        locale.tx("exchange-archive-state", &[("state", self.as_str().into())])
    }
}

/// An archive.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Archive {
    /// Identity.
    pub id: ArchiveId,
    /// Where it stands.
    pub state: State,
    /// Who asked for it.
    pub asked_name: String,
    /// When it was asked for.
    pub created: Timestamp,
    /// How many tables there are.
    pub tables: i64,
    /// How many of them are written.
    pub tables_done: i64,
    /// Rows written.
    pub rows: i64,
    /// Bytes of the file.
    pub bytes: i64,
    /// Until when it can be fetched.
    pub expires: Option<Timestamp>,
}
