//! Sights: that somebody saw personal data, of whom, and how.

use kernel::Timestamp;
use kernel::ids::{CustomerId, UserId};

/// How personal data was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SightKind {
    /// The page of one customer, or of something of theirs.
    Page,
    /// A list.
    List,
    /// What a search found.
    Search,
    /// A file of many.
    Export,
    /// A photo or document of theirs.
    File,
    /// The record of who saw what.
    Audit,
}

impl SightKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Page,
        Self::List,
        Self::Search,
        Self::Export,
        Self::File,
        Self::Audit,
    ];

    /// The word stored in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::List => "list",
            Self::Search => "search",
            Self::Export => "export",
            Self::File => "file",
            Self::Audit => "audit",
        }
    }

    /// Reads the stored word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What somebody is about to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// How.
    pub kind: SightKind,
    /// Of which noun: `customers`, `orders`; of a page of the day, which: `today`, `calendar`.
    pub noun: &'static str,
    /// The one customer, or what tells one list from another; empty for all there is.
    pub subject: String,
    /// The customers of a list.
    pub subjects: Vec<CustomerId>,
    /// How many rows.
    pub count: usize,
}

impl Sight {
    fn one(kind: SightKind, noun: &'static str, subject: String) -> Self {
        Self {
            kind,
            noun,
            subject,
            subjects: Vec::new(),
            count: 1,
        }
    }

    fn many(kind: SightKind, ids: impl IntoIterator<Item = CustomerId>) -> Self {
        let mut subjects: Vec<CustomerId> = ids.into_iter().collect();
        subjects.sort_unstable();
        subjects.dedup();
        let mut hash = blake3::Hasher::new();
        for id in &subjects {
            hash.update(id.uuid().as_bytes());
        }
        Self {
            subject: hash.finalize().to_hex()[..32].to_owned(),
            count: subjects.len(),
            kind,
            noun: "customers",
            subjects,
        }
    }

    /// The page of a customer, or one that shows who they are.
    pub fn page(customer: CustomerId) -> Self {
        Self::one(SightKind::Page, "customers", customer.to_string())
    }

    /// A photo or document of a customer.
    pub fn file(customer: CustomerId) -> Self {
        Self::one(SightKind::File, "files", customer.to_string())
    }

    /// A list that names these customers.
    pub fn list(ids: impl IntoIterator<Item = CustomerId>) -> Self {
        Self::many(SightKind::List, ids)
    }

    /// A page of the day that names these customers, and others as the day goes on: whom it comes
    /// to show within the same quarter of an hour is added to the same row.
    pub fn board(noun: &'static str, ids: impl IntoIterator<Item = CustomerId>) -> Self {
        Self {
            noun,
            subject: noun.to_owned(),
            ..Self::list(ids)
        }
    }

    /// A search that found these customers.
    pub fn search(ids: impl IntoIterator<Item = CustomerId>) -> Self {
        Self::many(SightKind::Search, ids)
    }

    /// A file of so many rows of a noun.
    pub fn export(noun: &'static str, count: usize) -> Self {
        Self {
            count,
            ..Self::one(SightKind::Export, noun, String::new())
        }
    }

    /// The record itself, of one customer or of all.
    pub fn audit(customer: Option<CustomerId>) -> Self {
        let subject = customer.map(|id| id.to_string()).unwrap_or_default();
        Self::one(SightKind::Audit, "audit", subject)
    }

    /// Whether it is a page of the day.
    pub(crate) fn is_board(&self) -> bool {
        self.kind == SightKind::List && self.subject == self.noun
    }

    /// Whether there is anything to see.
    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0 && self.kind != SightKind::Export
    }
}

/// That something was seen, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// By whom.
    pub user: UserId,
    /// How.
    pub kind: SightKind,
    /// Of which noun.
    pub noun: String,
    /// The one customer, if it was one.
    pub customer: Option<CustomerId>,
    /// When last.
    pub last_at: Timestamp,
    /// How often within that quarter of an hour.
    pub times: i64,
    /// How many rows.
    pub count: i64,
}
