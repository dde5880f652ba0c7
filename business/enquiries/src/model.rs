//! What is true of an enquiry: how urgent it is, by when it is answered, who answers it.

use kernel::{
    Fault, Locale, Span, Text, Timestamp,
    ids::{OrderId, SiteId, UserId},
};
use orders::Kind;

/// The longest outcome, in characters.
pub const OUTCOME_CHARS_MAX: usize = 500;
/// How much of the matter a list shows, in characters.
pub const MATTER_CHARS: usize = 200;
/// The least and the most minutes of a target: a month of long days.
pub const TARGET_MINUTES: (i64, i64) = (5, 14_400);

/// How urgent an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// In turn.
    Normal,
    /// Before the others.
    High,
    /// At once.
    Urgent,
}

impl Level {
    /// Every level, the calmest first.
    pub const ALL: [Self; 3] = [Self::Normal, Self::High, Self::Urgent];

    /// The word kept in the table and in forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == word)
    }

    /// The name people read.
    pub fn label(self, locale: Locale) -> String {
        match self {
            Self::Normal => locale.t("enquiries-level-normal"),
            Self::High => locale.t("enquiries-level-high"),
            Self::Urgent => locale.t("enquiries-level-urgent"),
        }
    }

    /// The minutes of opening hours within which an answer is promised, untouched by settings.
    pub const fn standard_minutes(self) -> i64 {
        match self {
            Self::Normal => 480,
            Self::High => 240,
            Self::Urgent => 60,
        }
    }
}

/// Minutes by level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Targets(pub [i64; 3]);

impl Default for Targets {
    fn default() -> Self {
        Self(Level::ALL.map(Level::standard_minutes))
    }
}

impl Targets {
    /// The minutes of a level.
    pub const fn of(&self, level: Level) -> i64 {
        self.0[level as usize]
    }
}

/// Who answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The user.
    pub id: UserId,
    /// The name at the time.
    pub name: String,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// When.
    pub at: Timestamp,
    /// With what.
    pub outcome: String,
}

/// Something asked or complained of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enquiry {
    /// The order it belongs to, which keeps who asked and every note.
    pub order: OrderId,
    /// Where it is answered.
    pub site: SiteId,
    /// The order's number as people read it.
    pub code: String,
    /// An enquiry or a complaint.
    pub kind: Kind,
    /// How urgent.
    pub level: Level,
    /// The beginning of what was asked.
    pub matter: String,
    /// When it came.
    pub opened: Timestamp,
    /// By when it is answered.
    pub due: Timestamp,
    /// Who answers it.
    pub owner: Option<Owner>,
    /// The order complained of.
    pub about: Option<OrderId>,
    /// How it ended, when it has.
    pub closed: Option<Closed>,
    /// Counts changes.
    pub version: i64,
}

impl Enquiry {
    /// Whether an answer is late.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.closed.is_none() && self.due < now
    }
}

/// The instant at which so many minutes of opening hours have passed since `from`: an enquiry that
/// comes in the evening is not late in the morning. Where nothing is open within the spans known,
/// every minute counts.
pub fn due_after(open: &[Span], from: Timestamp, minutes: i64) -> Timestamp {
    let mut left = minutes * 60_000_000;
    for span in open {
        let start = span.start.max(from).as_microsecond();
        let length = span.end.as_microsecond() - start;
        if length <= 0 {
            continue;
        }
        if left <= length {
            return Timestamp::from_microsecond(start + left).unwrap_or(span.end);
        }
        left -= length;
    }
    Timestamp::from_microsecond(from.as_microsecond() + minutes * 60_000_000).unwrap_or(from)
}

/// The outcome as it is kept, or why it cannot be.
pub fn outcome(text: &str) -> Result<String, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::invalid(
            "outcome",
            Text::key("enquiries-outcome-needed"),
        ));
    }
    if text.chars().count() > OUTCOME_CHARS_MAX {
        let long = Text::key("web-too-long").with("max", OUTCOME_CHARS_MAX);
        return Err(Fault::invalid("outcome", long));
    }
    Ok(text.to_owned())
}

/// The beginning of what was asked, in one line.
pub fn matter(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(MATTER_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    fn open(day: u8) -> Span {
        let clock = |hour: u8| at(&format!("2026-11-{day}T{hour:02}:00:00Z"));
        Span::new(clock(9), clock(17)).expect("a day")
    }

    #[test]
    fn only_opening_hours_count_towards_an_answer() {
        let week = [open(23), open(24), open(26)];
        let due = |from: &str, minutes| due_after(&week, at(from), minutes).to_string();
        assert_eq!(due("2026-11-23T10:00:00Z", 60), "2026-11-23T11:00:00Z");
        assert_eq!(due("2026-11-23T16:30:00Z", 60), "2026-11-24T09:30:00Z");
        assert_eq!(due("2026-11-23T20:00:00Z", 480), "2026-11-24T17:00:00Z");
        assert_eq!(due("2026-11-24T12:00:00Z", 480), "2026-11-26T12:00:00Z");
        assert_eq!(due("2026-11-26T16:00:00Z", 120), "2026-11-26T18:00:00Z");
        assert_eq!(
            due_after(&[], at("2026-11-23T10:00:00Z"), 30),
            at("2026-11-23T10:30:00Z")
        );
    }

    #[test]
    fn an_outcome_says_something() {
        assert!(outcome("  \n").is_err());
        assert!(outcome(&"长".repeat(501)).is_err());
        assert_eq!(outcome(" Refunded ").as_deref(), Ok("Refunded"));
        assert_eq!(matter("Where is\n my   case?"), "Where is my case?");
    }
}
