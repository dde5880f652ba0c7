//! What is true of a customer: names as given, one normalised phone, and how to find them again.

use kernel::{Locale, Timestamp, ids::CustomerId};

/// How a customer is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Served in turn.
    Regular,
    /// Known to the house; marked on every card.
    Vip,
}

impl Level {
    /// Every level, lowest first.
    pub const ALL: [Level; 2] = [Level::Regular, Level::Vip];

    /// The word kept in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Regular => "regular",
            Level::Vip => "vip",
        }
    }

    /// Reads the word back.
    pub fn parse(text: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.as_str() == text)
    }
}

/// A telephone number: as it was given, and its digits, by which two spellings are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    given: String,
    digits: String,
}

impl Phone {
    /// Reads a number of 5 to 15 digits; the Chinese country code is dropped from mobile numbers.
    pub fn parse(text: &str) -> Option<Phone> {
        let given = narrow(text.trim());
        let allowed = |c: char| c.is_ascii_digit() || " +-().•·".contains(c);
        if given.chars().count() > 30 || !given.chars().all(allowed) || given.contains('•') {
            return None;
        }
        let mut digits: String = given.chars().filter(char::is_ascii_digit).collect();
        for prefix in ["0086", "86"] {
            let rest = digits.strip_prefix(prefix);
            if let Some(rest) = rest.filter(|rest| rest.len() == 11 && rest.starts_with('1')) {
                digits = rest.to_owned();
                break;
            }
        }
        (5..=15)
            .contains(&digits.len())
            .then_some(Phone { given, digits })
    }

    /// The number as it was written.
    pub fn given(&self) -> &str {
        &self.given
    }

    /// Digits only.
    pub fn digits(&self) -> &str {
        &self.digits
    }
}

/// Full-width digits and signs become plain ones, because Chinese keyboards produce both.
fn narrow(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => {
                char::from_u32(u32::from(c) - 0xfee0).expect("the block maps onto ASCII")
            }
            '\u{3000}' | '\u{a0}' => ' ',
            other => other,
        })
        .collect()
}

/// One person the business serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// Identity.
    pub id: CustomerId,
    /// The name as given; never split, never translated.
    pub name: String,
    /// How the name is read in Latin letters; empty when not known.
    pub reading: String,
    /// Telephone number.
    pub phone: Option<Phone>,
    /// Electronic mail address.
    pub email: Option<String>,
    /// The language the customer prefers.
    pub language: Option<Locale>,
    /// What the desk should know.
    pub note: String,
    /// How the customer is treated.
    pub level: Level,
    /// When the customer was first written down.
    pub since: Timestamp,
    /// Counts changes; an edit names the version it saw.
    pub version: i64,
    /// The identity in the system the customer was imported from.
    pub external_id: Option<String>,
}

impl Customer {
    /// The name to show first: the reading in English when there is one, else the name.
    pub fn display(&self, locale: Locale) -> &str {
        display(&self.name, &self.reading, locale)
    }
}

/// Whether a text is something at a host: no more can be known without sending a letter.
pub fn is_mail_address(text: &str) -> bool {
    let plain = |c: char| !c.is_whitespace() && !c.is_control();
    text.len() <= 120
        && text.chars().all(plain)
        && text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.contains('@')
        })
}

/// What lists are sorted by: the reading, or else the name, in small letters.
pub fn sort_name(name: &str, reading: &str) -> String {
    if reading.is_empty() {
        name.to_lowercase()
    } else {
        reading.to_lowercase()
    }
}

/// The name to show first in a language.
pub fn display<'a>(name: &'a str, reading: &'a str, locale: Locale) -> &'a str {
    kernel::format::name(locale, name, reading)
}

/// What a customer is found or made by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The name; may be empty when the phone is known.
    pub name: String,
    /// Telephone number.
    pub phone: Option<Phone>,
    /// The language to talk in, for a new customer.
    pub language: Option<Locale>,
}

impl Named {
    /// Splits one field, such as `陈雨桐 138 0013 8000`, into name and phone.
    pub fn parse(text: &str) -> Named {
        let text = narrow(text.trim());
        if let Some(phone) = Phone::parse(&text) {
            return Named {
                phone: Some(phone),
                ..Named::default()
            };
        }
        let from = text.find(|c: char| c.is_ascii_digit() || c == '+');
        if let Some(at) = from {
            let until = text[at..]
                .find(|c: char| !c.is_ascii_digit() && !" +-().".contains(c))
                .map_or(text.len(), |length| at + length);
            if let Some(phone) = Phone::parse(&text[at..until]) {
                let name = format!("{} {}", text[..at].trim(), text[until..].trim());
                let name = name.trim_matches(|c: char| c.is_whitespace() || ",，;；".contains(c));
                return Named {
                    name: name.to_owned(),
                    phone: Some(phone),
                    language: None,
                };
            }
        }
        Named {
            name: text,
            ..Named::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_spellings_of_a_phone_are_one() {
        let plain = Phone::parse("13800132047").unwrap();
        for spelling in [
            "+86 138 0013 2047",
            "138-0013-2047",
            "１３８００１３２０４７",
        ] {
            assert_eq!(Phone::parse(spelling).unwrap().digits(), plain.digits());
        }
        for wrong in ["", "1234", "call me", "138 •••• 2047", "1234567890123456"] {
            assert_eq!(Phone::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn one_field_holds_name_and_phone_in_either_order() {
        for text in [
            "陈雨桐 138 0013 2047",
            "13800132047，陈雨桐",
            "陈雨桐13800132047",
        ] {
            let named = Named::parse(text);
            assert_eq!(named.name, "陈雨桐", "{text}");
            assert_eq!(named.phone.unwrap().digits(), "13800132047");
        }
        assert_eq!(Named::parse("Ada Lovelace").name, "Ada Lovelace");
        assert_eq!(Named::parse("Room 12").name, "Room 12");
    }
}
