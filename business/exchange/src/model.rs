//! What an import is about, and what came of it.

use kernel::{Locale, Text};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Services and goods.
    Services,
    /// People who serve.
    Staff,
    /// Customers.
    Customers,
    /// Orders of the past, one a row.
    Orders,
    /// An event log: one row a step, rows of a case make one order of the past.
    History,
}

impl What {
    /// Everything that can be taken in.
    pub const ALL: [Self; 5] = [
        Self::Services,
        Self::Staff,
        Self::Customers,
        Self::Orders,
        Self::History,
    ];

    /// The word on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Services => "services",
            Self::Staff => "staff",
            Self::Customers => "customers",
            Self::Orders => "orders",
            Self::History => "history",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.as_str() == word)
    }
}

/// Why a row was not taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Complaint {
    /// The row in the file, counted from 1 with the header.
    pub row: u64,
    /// The column as the file names it; empty when the row as a whole is wrong.
    pub column: String,
    /// The reason, and what is allowed.
    pub text: Text,
}

impl Complaint {
    /// One line: row, column, reason.
    pub fn speak(&self, locale: Locale) -> String {
        let reason = self.text.speak(locale);
        let row = i64::try_from(self.row).unwrap_or(i64::MAX);
        let args = [
            ("row", row.into()),
            ("column", self.column.as_str().into()),
            ("reason", reason.into()),
        ];
        if self.column.is_empty() {
            locale.tx("exchange-complaint-row", &args)
        } else {
            locale.tx("exchange-complaint", &args)
        }
    }
}

/// What a row made or changed, so that an import can be undone.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Thing {
    /// The row in the file.
    pub row: u64,
    /// The kind of object: `customer`, `order`, `service`, `staff`.
    pub kind: &'static str,
    /// Its identity.
    pub id: String,
    /// What it was before; `None` when the import made it.
    pub before: Option<serde_json::Value>,
}

/// What became of one row, or of one case of a history.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    /// Written down.
    New,
    /// Known, and different now.
    Changed,
    /// Known, and the same.
    Same,
    /// Not taken.
    Failed(Vec<Complaint>),
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// Written down.
    pub new: u64,
    /// Known, and changed.
    pub changed: u64,
    /// Known, and left as they were.
    pub skipped: u64,
    /// Not taken.
    pub failed: u64,
    /// Why not, in the order of the file.
    pub complaints: Vec<Complaint>,
    /// Columns of the file that say nothing to us.
    pub ignored: Vec<String>,
}

impl What {
    /// What the rows become, where they can have fields of the business's own.
    pub(crate) const fn subject(self) -> Option<fields::Subject> {
        match self {
            Self::Services => Some(fields::Subject::Service),
            Self::Staff => Some(fields::Subject::Staff),
            Self::Customers => Some(fields::Subject::Customer),
            Self::Orders => Some(fields::Subject::Order),
            Self::History => None,
        }
    }
}

impl Report {
    pub(crate) fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::New => self.new += 1,
            Outcome::Changed => self.changed += 1,
            Outcome::Same => self.skipped += 1,
            Outcome::Failed(complaints) => {
                self.failed += 1;
                self.complaints.extend(complaints);
            }
        }
    }

    /// One line: how many were new, changed, skipped, failed.
    pub fn speak(&self, locale: Locale) -> String {
        let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let args = [
            ("new", count(self.new).into()),
            ("changed", count(self.changed).into()),
            ("skipped", count(self.skipped).into()),
            ("failed", count(self.failed).into()),
        ];
        locale.tx("exchange-report", &args)
    }
}
