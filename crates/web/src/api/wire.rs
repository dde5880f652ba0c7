//! How instants, amounts and places in a list are written for programs.

use std::str::FromStr;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use kernel::{Date, Fault, Money, Text, TimeZone, Timestamp};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant by RFC 3339, with the offset of the place it is told for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The instant.
    pub at: Timestamp,
    offset_seconds: i32,
}

impl Moment {
    /// An instant as the clocks of a zone show it.
    pub fn new(at: Timestamp, zone: &TimeZone) -> Self {
        Self {
            at,
            offset_seconds: zone.to_offset(at).seconds(),
        }
    }

    /// Another instant, with the same offset.
    pub const fn beside(&self, at: Timestamp) -> Self {
        Self { at, ..*self }
    }

    /// An instant of the whole organisation, told for no place.
    pub const fn utc(at: Timestamp) -> Self {
        Self {
            at,
            offset_seconds: 0,
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // RFC 3339 writes offsets in whole minutes.
        let minutes = self.offset_seconds / 60;
        let local = self.at.as_microsecond() + i64::from(minutes) * 60_000_000;
        let local = Timestamp::from_microsecond(local).map_err(serde::ser::Error::custom)?;
        let text = local.to_string();
        let sign = if minutes < 0 { '-' } else { '+' };
        let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
        let text = text.trim_end_matches('Z');
        match minutes {
            0 => serializer.collect_str(&format_args!("{text}Z")),
            _ => serializer.collect_str(&format_args!("{text}{sign}{hours:02}:{rest:02}")),
        }
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let at = Timestamp::from_str(&text).map_err(serde::de::Error::custom)?;
        // Tables keep instants in whole microseconds.
        let at =
            Timestamp::from_microsecond(at.as_microsecond()).map_err(serde::de::Error::custom)?;
        Ok(Self::utc(at))
    }
}

impl JsonSchema for Moment {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}

/// A day of the calendar: `2026-11-23`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day(pub Date);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

/// Money in whole minor units of a currency: `{"minor": 16800, "currency": "CNY"}` is ¥168.00.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Amount {
    /// Minor units, such as fen or cents.
    pub minor: i64,
    /// The currency by ISO 4217.
    #[schemars(length(equal = 3))]
    pub currency: String,
}

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        Self {
            minor: money.minor,
            currency: money.currency.code().to_owned(),
        }
    }
}

/// A place in a list, as a program hands it back: opaque to it.
pub trait Cursor: Sized {
    /// Reads a cursor; `None` for what is none of this list.
    fn read(text: &str) -> Option<Self>;

    /// Reads the parameter `cursor`, if there is one.
    fn asked(text: Option<&str>) -> Result<Option<Self>, Fault> {
        let refuse = || Fault::invalid("query:/cursor", Text::key("web-api-cursor"));
        text.map(|text| Self::read(text).ok_or_else(refuse))
            .transpose()
    }
}

/// A cursor as it is told: letters that need no quoting in an address.
pub fn opaque(text: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(text)
}

/// Reads [`opaque`] back.
pub fn plain(cursor: &str) -> Option<String> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?;
    String::from_utf8(bytes).ok()
}

/// The schema of one of these words.
pub fn words<'w>(words: impl IntoIterator<Item = &'w str>) -> Schema {
    let words: Vec<&str> = words.into_iter().collect();
    json_schema!({ "type": "string", "enum": words })
}

/// Cuts a list that was read with one row more than asked for; answers whether there is more.
pub fn cut<T>(rows: &mut Vec<T>, limit: i64) -> bool {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    more
}
