//! Wordings: a subject and a body with names in braces.

use std::collections::BTreeMap;

use kernel::Locale;

use super::Occasion;

/// The names a wording may use.
pub const PLACEHOLDERS: [&str; 15] = [
    "name", "business", "service", "day", "time", "parts", "staff", "site", "address", "phone",
    "number", "ticket", "link", "shop", "until",
];
/// The name that stands for several lines, where it has one to itself.
const LINES: &str = "{parts}";
/// The longest subject.
pub const SUBJECT_CHARS_MAX: usize = 150;
/// The longest body.
pub const BODY_CHARS_MAX: usize = 4_000;

/// What the names stand for in one message.
pub type Values = BTreeMap<&'static str, String>;

/// What is wrong with a wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordingFault {
    /// A brace without its partner.
    Brace,
    /// A name that stands for nothing.
    Unknown(String),
}

/// A wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// One line.
    pub subject: String,
    /// What is said. A line that names something there is none of is left out.
    pub body: String,
}

impl Template {
    /// The wording the program comes with.
    pub fn original(occasion: Occasion, locale: Locale) -> Self {
        let text = original(occasion, locale);
        let (subject, body) = text.split_once('\n').unwrap_or((text, ""));
        Self {
            subject: subject.trim().to_owned(),
            body: body.trim().to_owned(),
        }
    }

    /// Whether a text can be filled in: every brace has its partner, every name is known.
    pub fn check(text: &str) -> Result<(), WordingFault> {
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let inside = rest[at..].strip_prefix('{').ok_or(WordingFault::Brace)?;
            let end = inside.find(['{', '}', '\n']).ok_or(WordingFault::Brace)?;
            if !inside[end..].starts_with('}') {
                return Err(WordingFault::Brace);
            }
            let name = &inside[..end];
            if !PLACEHOLDERS.contains(&name) {
                return Err(WordingFault::Unknown(name.to_owned()));
            }
            rest = &inside[end + 1..];
        }
        Ok(())
    }

    /// The wording with the names of a made-up visit filled in.
    pub fn sampled(&self, locale: Locale) -> Self {
        self.filled(&sample(locale))
    }

    /// The wording with its names filled in.
    pub fn filled(&self, values: &Values) -> Self {
        let mut body = Vec::new();
        for line in self.body.lines() {
            match values.get("parts").filter(|_| line.trim() == LINES) {
                Some(parts) => body.extend(parts.lines().map(printable)),
                None => body.extend(filled_line(line, values)),
            }
        }
        let subject = filled_line(&self.subject, values);
        Self {
            subject: subject.unwrap_or_else(|| values.get("business").cloned().unwrap_or_default()),
            body: without_gaps(&body).join("\n"),
        }
    }
}

/// A visit that shows what a wording looks like filled in.
fn sample(locale: Locale) -> Values {
    let word = |name: &'static str, key: &str| (name, locale.t(key));
    Values::from([
        word("name", "messages-sample-name"),
        word("business", "messages-sample-business"),
        word("service", "messages-sample-service"),
        word("day", "messages-sample-day"),
        word("until", "messages-sample-until"),
        ("time", "14:30–15:15".to_owned()),
        word("staff", "messages-sample-staff"),
        word("site", "messages-sample-site"),
        word("address", "messages-sample-address"),
        ("phone", "021 5555 0100".to_owned()),
        ("number", "R-00482".to_owned()),
        ("ticket", "A012".to_owned()),
        ("link", "https://example.com/v/8k2p".to_owned()),
        ("shop", "https://example.com/shop".to_owned()),
    ])
}

/// A value is one line: what a customer typed must not become a line of its own.
fn printable(value: &str) -> String {
    let shown = value.chars().map(|c| if c.is_control() { ' ' } else { c });
    shown.collect()
}

/// The line filled in; `None` when it names something there is none of.
fn filled_line(line: &str, values: &Values) -> Option<String> {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}')?;
        let value = values.get(name).filter(|value| !value.is_empty())?;
        out.push_str(before);
        out.push_str(&printable(value));
        rest = behind;
    }
    out.push_str(rest);
    Some(out)
}

/// Lines left out leave no double gaps behind.
fn without_gaps(lines: &[String]) -> Vec<&str> {
    let mut kept: Vec<&str> = Vec::with_capacity(lines.len());
    for line in lines {
        let gap = line.trim().is_empty();
        if !(gap && kept.last().is_none_or(|last| last.trim().is_empty())) {
            kept.push(line);
        }
    }
    while kept.last().is_some_and(|last| last.trim().is_empty()) {
        kept.pop();
    }
    kept
}

fn original(occasion: Occasion, locale: Locale) -> &'static str {
    match (occasion, locale) {
        (Occasion::Booked, Locale::En) => include_str!("../templates/booked.en.txt"),
        (Occasion::Booked, Locale::ZhCn) => include_str!("../templates/booked.zh-CN.txt"),
        (Occasion::Moved, Locale::En) => include_str!("../templates/moved.en.txt"),
        (Occasion::Moved, Locale::ZhCn) => include_str!("../templates/moved.zh-CN.txt"),
        (Occasion::Cancelled, Locale::En) => include_str!("../templates/cancelled.en.txt"),
        (Occasion::Cancelled, Locale::ZhCn) => include_str!("../templates/cancelled.zh-CN.txt"),
        (Occasion::Reminder, Locale::En) => include_str!("../templates/reminder.en.txt"),
        (Occasion::Reminder, Locale::ZhCn) => include_str!("../templates/reminder.zh-CN.txt"),
        (Occasion::Next, Locale::En) => include_str!("../templates/next.en.txt"),
        (Occasion::Next, Locale::ZhCn) => include_str!("../templates/next.zh-CN.txt"),
        (Occasion::Thanks, Locale::En) => include_str!("../templates/thanks.en.txt"),
        (Occasion::Thanks, Locale::ZhCn) => include_str!("../templates/thanks.zh-CN.txt"),
        (Occasion::Offered, Locale::En) => include_str!("../templates/offered.en.txt"),
        (Occasion::Offered, Locale::ZhCn) => include_str!("../templates/offered.zh-CN.txt"),
        (Occasion::Test, Locale::En) => include_str!("../templates/test.en.txt"),
        (Occasion::Test, Locale::ZhCn) => include_str!("../templates/test.zh-CN.txt"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pairs: &[(&'static str, &str)]) -> Values {
        let owned = pairs
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()));
        owned.collect()
    }

    #[test]
    fn every_original_can_be_filled_in_and_has_a_subject() {
        for occasion in Occasion::ALL {
            for locale in [Locale::En, Locale::ZhCn] {
                let original = Template::original(*occasion, locale);
                assert_eq!(Template::check(&original.subject), Ok(()));
                assert_eq!(Template::check(&original.body), Ok(()));
                assert!(!original.subject.is_empty() && !original.body.is_empty());
            }
        }
    }

    #[test]
    fn a_line_that_names_what_there_is_none_of_is_left_out() {
        let template = Template {
            subject: "{service}".into(),
            body: "Hello {name},\n\nwith {staff}\n\n{site}\n{address}\n".into(),
        };
        let filled = template.filled(&values(&[
            ("service", "Cut"),
            ("name", "Ada"),
            ("site", "Riverside"),
        ]));
        assert_eq!(filled.subject, "Cut");
        assert_eq!(filled.body, "Hello Ada,\n\nRiverside");
    }

    #[test]
    fn the_parts_of_a_visit_are_a_line_each_and_nothing_where_there_is_one() {
        let template = Template {
            subject: "{service}".into(),
            body: "{service}\n{parts}\nBye".into(),
        };
        let one = values(&[("service", "Cut")]);
        assert_eq!(template.filled(&one).body, "Cut\nBye");
        let two = values(&[
            ("service", "Cut"),
            ("parts", "10:00 Cut\n11:00 Massage\u{7}"),
        ]);
        let told = "Cut\n10:00 Cut\n11:00 Massage \nBye";
        assert_eq!(template.filled(&two).body, told);
    }

    #[test]
    fn what_a_customer_typed_cannot_add_lines_or_be_filled_in_again() {
        let template = Template {
            subject: "For {name}".into(),
            body: "{name}".into(),
        };
        let filled = template.filled(&values(&[("name", "Eve\r\nBcc: {phone}")]));
        assert_eq!(filled.subject, "For Eve  Bcc: {phone}");
        assert_eq!(filled.body, "Eve  Bcc: {phone}");
    }

    #[test]
    fn an_unknown_name_or_a_lone_brace_is_found() {
        let unknown = WordingFault::Unknown("who".to_owned());
        assert_eq!(Template::check("Dear {who}"), Err(unknown));
        assert_eq!(Template::check("Dear {name"), Err(WordingFault::Brace));
        assert_eq!(Template::check("Dear name}"), Err(WordingFault::Brace));
        assert_eq!(Template::check("{na{me}"), Err(WordingFault::Brace));
        assert_eq!(Template::check("{name} 与 {day}"), Ok(()));
    }
}
