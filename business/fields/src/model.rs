//! What a field is, and which values it takes.

mod value;

pub use value::{Value, Values};
pub(crate) use value::{day_of, days_of, plain, scaled, typed_of_json};

use kernel::{Bilingual, Fault, FieldFault, Id, Locale, Text};
use serde::{Deserialize, Serialize};

/// Marks the identity of a field.
pub struct FieldNoun;
/// The identity of a field.
pub type FieldId = Id<FieldNoun>;

/// The most fields of one subject, archived ones included.
pub const FIELDS_MAX: i64 = 100;
/// The most things one field offers to choose from.
pub const PICKS_MAX: usize = 100;
/// The longest name, in characters.
pub const NAME_CHARS_MAX: usize = 60;
/// The longest short text, in characters.
pub const TEXT_CHARS_MAX: i64 = 200;
/// The longest long text, in characters.
pub const LONG_CHARS_MAX: i64 = 5000;

/// What has the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A customer.
    Customer,
    /// An order.
    Order,
    /// A service or good.
    Service,
    /// A member of staff.
    Staff,
}

kernel::words!(Subject {
    Customer => "customer", "fields-subject-customer";
    Order => "order", "fields-subject-order";
    Service => "service", "fields-subject-service";
    Staff => "staff", "fields-subject-staff";
});

/// What may stand in the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// A whole number.
    Whole,
    /// A number with digits after the point.
    Decimal,
    /// An amount.
    Money,
    /// A day.
    Date,
    /// Yes or no.
    Flag,
    /// One of several.
    Choice,
    /// Several of several.
    Choices,
}

kernel::words!(Kind {
    Text => "text", "fields-kind-text";
    LongText => "long_text", "fields-kind-long-text";
    Whole => "whole", "fields-kind-whole";
    Decimal => "decimal", "fields-kind-decimal";
    Money => "money", "fields-kind-money";
    Date => "date", "fields-kind-date";
    Flag => "flag", "fields-kind-flag";
    Choice => "choice", "fields-kind-choice";
    Choices => "choices", "fields-kind-choices";
});

impl Kind {
    /// Whether it offers things to choose from.
    pub const fn has_picks(self) -> bool {
        matches!(self, Self::Choice | Self::Choices)
    }

    /// The limits that are meaningful, smallest and largest; `None` for kinds without limits.
    pub const fn bounds(self) -> Option<(i64, i64)> {
        match self {
            Self::Text => Some((0, TEXT_CHARS_MAX)),
            Self::LongText => Some((0, LONG_CHARS_MAX)),
            Self::Whole | Self::Decimal => Some((-NUMBER_MAX, NUMBER_MAX)),
            Self::Money => Some((0, NUMBER_MAX)),
            Self::Date => Some((-25_567, 84_005)),
            Self::Flag | Self::Choice | Self::Choices => None,
        }
    }
}

/// The largest number, in its smallest unit: a spreadsheet still holds it exactly.
pub const NUMBER_MAX: i64 = 1_000_000_000_000_000;

/// One of the things to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    /// What is kept; never changes.
    pub key: String,
    /// What people read, in Chinese.
    pub zh: String,
    /// What people read, in English.
    pub en: String,
    /// Whether it can still be chosen.
    pub offered: bool,
}

impl Pick {
    /// What it is called.
    pub fn label(&self, locale: Locale) -> &str {
        let (own, other) = match locale {
            Locale::ZhCn => (&self.zh, &self.en),
            Locale::En => (&self.en, &self.zh),
        };
        if own.is_empty() { other } else { own }
    }

    /// Its names in both languages, where they differ.
    pub(crate) fn both(&self) -> String {
        let (zh, en) = (self.label(Locale::ZhCn), self.label(Locale::En));
        match zh == en {
            true => zh.to_owned(),
            false => format!("{zh} / {en}"),
        }
    }
}

/// A field of the business's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Identity.
    pub id: FieldId,
    /// What has it.
    pub subject: Subject,
    /// What imports and the API call it.
    pub key: String,
    /// What people call it.
    pub name: Bilingual,
    /// What may stand in it.
    pub kind: Kind,
    /// Whether a form without it is refused.
    pub required: bool,
    /// Whether it says something about a person, so that the journal masks it.
    pub personal: bool,
    /// Whether lists show it.
    pub listed: bool,
    /// What a new form begins with, as it would be typed.
    pub standard: String,
    /// The smallest length, number in its smallest unit, or day since 1970.
    pub least: Option<i64>,
    /// The largest.
    pub most: Option<i64>,
    /// Digits after the point of a decimal.
    pub decimals: u8,
    /// What may be chosen.
    pub picks: Vec<Pick>,
    /// Its place among the fields of its subject.
    pub position: i64,
    /// Whether forms ask for it.
    pub active: bool,
    /// Counts changes; an edit names the version it saw.
    pub version: i64,
}

impl Field {
    /// What holds for it, in words.
    pub(crate) fn rules(&self, locale: Locale) -> Vec<String> {
        let rules = [
            (self.required, "fields-required"),
            (self.listed, "fields-listed"),
            (self.personal, "fields-personal"),
        ];
        let rules = rules.iter().filter(|(on, _)| *on);
        rules.map(|(_, key)| locale.t(key)).collect()
    }

    /// What people call it, in a language.
    pub fn label(&self, locale: Locale) -> &str {
        self.name.get(locale)
    }

    /// Its name in a form.
    pub fn input(&self) -> String {
        format!("field-{}", self.key)
    }

    /// A refusal about this field.
    pub fn fault(&self, text: Text) -> FieldFault {
        FieldFault {
            field: self.input(),
            text,
        }
    }

    /// Refuses a definition that contradicts itself, naming what is wrong.
    pub fn check(&self) -> Result<(), Fault> {
        let mut wrong = Vec::new();
        let refusal = |field: &str, text: Text| FieldFault {
            field: field.to_owned(),
            text,
        };
        if self.name.is_empty() {
            wrong.push(refusal("name_zh", Text::key("fields-name-needed")));
        }
        for (field, name) in [("name_zh", &self.name.zh), ("name_en", &self.name.en)] {
            if name.chars().count() > NAME_CHARS_MAX {
                wrong.push(refusal(
                    field,
                    Text::key("web-too-long").with("max", NAME_CHARS_MAX),
                ));
            }
        }
        if !is_key(&self.key) {
            wrong.push(refusal("key", Text::key("fields-key-wrong")));
        }
        if let (Some(least), Some(most)) = (self.least, self.most)
            && least > most
        {
            wrong.push(refusal("most", Text::key("fields-limits-crossed")));
        }
        if self.kind.has_picks()
            && let Some(text) = self.wrong_picks()
        {
            wrong.push(refusal("picks", text));
        }
        if wrong.is_empty() && !self.standard.is_empty() {
            let typed = [self.standard.clone()];
            if let Err(text) = self.read(&typed, kernel::Currency::CNY) {
                wrong.push(refusal("standard", text));
            }
        }
        match wrong.is_empty() {
            true => Ok(()),
            false => Err(Fault::fields(wrong)),
        }
    }

    fn wrong_picks(&self) -> Option<Text> {
        let mut keys: Vec<&str> = self.picks.iter().map(|pick| pick.key.as_str()).collect();
        keys.sort_unstable();
        let count = keys.len();
        keys.dedup();
        if !self.picks.iter().any(|pick| pick.offered) {
            return Some(Text::key("fields-picks-needed"));
        }
        if count > PICKS_MAX {
            return Some(Text::key("fields-picks-many").with("max", PICKS_MAX));
        }
        let long = |pick: &Pick| {
            let names = [&pick.zh, &pick.en];
            names
                .iter()
                .any(|name| name.chars().count() > NAME_CHARS_MAX)
        };
        if self.picks.iter().any(long) {
            return Some(Text::key("web-too-long").with("max", NAME_CHARS_MAX));
        }
        (keys.len() < count).then(|| Text::key("fields-picks-twice"))
    }
}

/// Whether a text can be a key: it stands in headings of files, in addresses and in JSON.
pub fn is_key(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (1..=40).contains(&text.len())
        && text.chars().all(plain)
        && text.starts_with(|c: char| c.is_ascii_lowercase())
}

/// A key from a name: small Latin letters, digits and underscores; `None` when nothing is left.
pub fn key_from(name: &str) -> Option<String> {
    let mut key = String::new();
    for c in name.to_lowercase().chars() {
        match c {
            c if c.is_ascii_alphanumeric() => key.push(c),
            _ if !key.is_empty() && !key.ends_with('_') => key.push('_'),
            _ => {}
        }
    }
    let key: String = key.trim_matches('_').chars().take(40).collect();
    let key = key.trim_end_matches('_').to_owned();
    is_key(&key).then_some(key)
}
