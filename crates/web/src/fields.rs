//! What a person typed, read strictly: each getter gives a value or notes what is wrong with it.

use std::ops::{Deref, DerefMut};

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Multipart, Request},
    http::{header, request::Parts},
};
use kernel::{
    Currency, Date, DateTime, Fault, FieldFault, Id, Money, Text, Time, Timestamp, fault::FaultKind,
};

use store::Once;

use crate::{App, Problem};

/// The most bytes of a form without files.
const FORM_BYTES_MAX: usize = 1 << 20;
/// The most fields of a form.
const FIELDS_MAX: usize = 2_000;

/// A file that came with a form.
#[derive(Debug, Clone)]
pub struct File {
    /// The field.
    pub field: String,
    /// The name the browser gave it.
    pub name: String,
    /// Its bytes.
    pub bytes: Bytes,
}

/// Named values and the faults found in them so far.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    values: Vec<(String, String)>,
    files: Vec<File>,
    faults: Vec<FieldFault>,
    once: Option<Once>,
}

impl Fields {
    /// Reads `a=1&b=2`; `None` for what is not UTF-8, has a zero byte, which no keyboard types and
    /// PostgreSQL cannot keep, or has too many fields.
    pub fn parse(encoded: &str) -> Option<Self> {
        let mut values = Vec::new();
        for pair in encoded.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = percent_decode(value, true)?;
            if value.contains('\0') {
                return None;
            }
            values.push((percent_decode(name, true)?, value));
            if values.len() > FIELDS_MAX {
                return None;
            }
        }
        Some(Self {
            values,
            ..Self::default()
        })
    }

    /// Values as given.
    pub fn from_pairs(values: Vec<(String, String)>) -> Self {
        Self {
            values,
            ..Self::default()
        }
    }

    /// What was typed into a field, as it came; empty when absent. For showing it again.
    pub fn typed(&self, field: &str) -> &str {
        self.values
            .iter()
            .find(|(name, _)| name == field)
            .map_or("", |(_, value)| value)
    }

    /// Whether a field came at all.
    pub fn has(&self, field: &str) -> bool {
        self.values.iter().any(|(name, _)| name == field)
    }

    /// Everything that was typed.
    pub fn values(&self) -> &[(String, String)] {
        &self.values
    }

    /// The key of a request that may be sent again, from its `Idempotency-Key`.
    pub fn once(&self) -> Option<Once> {
        self.once.clone()
    }

    /// An instant such as `2026-11-21T06:36:00Z`, or nothing.
    pub fn optional_instant(&mut self, field: &str) -> Option<Timestamp> {
        self.optional(field, "web-not-time", |typed| typed.parse().ok())
    }

    /// The files of a field.
    pub fn files(&self, field: &str) -> impl Iterator<Item = &File> {
        self.files
            .iter()
            .filter(move |file| file.field == field && !file.bytes.is_empty())
    }

    /// Notes what is wrong with a field.
    pub fn wrong(&mut self, field: &str, text: Text) {
        self.faults.push(FieldFault {
            field: field.to_owned(),
            text,
        });
    }

    /// Refuses with every fault found.
    pub fn done(&self) -> Result<(), Fault> {
        if self.faults.is_empty() {
            Ok(())
        } else {
            Err(Fault::fields(self.faults.clone()))
        }
    }

    fn clean(&mut self, field: &str, length_max: usize) -> String {
        let text = self.typed(field).replace("\r\n", "\n").trim().to_owned();
        let forbidden = |letter: char| letter.is_control() && letter != '\n' && letter != '\t';
        if text.chars().any(forbidden) {
            self.wrong(field, Text::key("web-control-characters"));
            return String::new();
        }
        if text.chars().count() > length_max {
            self.wrong(field, Text::key("web-too-long").with("max", length_max));
            return String::new();
        }
        text
    }

    /// Words, trimmed, of so many characters.
    pub fn text(&mut self, field: &str, length_min: usize, length_max: usize) -> String {
        let text = self.clean(field, length_max);
        let faulty = self.faults.iter().any(|fault| fault.field == field);
        if !faulty && text.chars().count() < length_min {
            let key = if text.is_empty() {
                Text::key("web-required")
            } else {
                Text::key("web-too-short").with("min", length_min)
            };
            self.wrong(field, key);
        }
        text
    }

    /// Words, trimmed; `None` when empty.
    pub fn optional_text(&mut self, field: &str, length_max: usize) -> Option<String> {
        let text = self.clean(field, length_max);
        (!text.is_empty()).then_some(text)
    }

    /// Reads a field that must be there; `fallback` stands in for a wrong one.
    fn required<T>(
        &mut self,
        field: &str,
        key: &'static str,
        fallback: T,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> T {
        match self.optional(field, key, read) {
            Some(value) => value,
            None => {
                if !self.faults.iter().any(|fault| fault.field == field) {
                    self.wrong(field, Text::key("web-required"));
                }
                fallback
            }
        }
    }

    fn optional<T>(
        &mut self,
        field: &str,
        key: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let typed = self.typed(field).trim();
        if typed.is_empty() {
            return None;
        }
        let value = read(typed);
        if value.is_none() {
            self.wrong(field, Text::key(key));
        }
        value
    }

    /// An id that must be there.
    pub fn id<T>(&mut self, field: &str) -> Id<T> {
        self.required(
            field,
            "web-not-choice",
            Id::from_uuid(kernel::id::NIL),
            Id::parse,
        )
    }

    /// An id, if one was chosen.
    pub fn optional_id<T>(&mut self, field: &str) -> Option<Id<T>> {
        self.optional(field, "web-not-choice", Id::parse)
    }

    /// Every id of a field that may come several times.
    pub fn ids<T>(&mut self, field: &str) -> Vec<Id<T>> {
        let typed = self.list(field);
        let ids: Vec<Id<T>> = typed.iter().filter_map(|text| Id::parse(text)).collect();
        if ids.len() < typed.len() {
            self.wrong(field, Text::key("web-not-choice"));
        }
        ids
    }

    /// A whole number within bounds.
    pub fn int(&mut self, field: &str, min: i64, max: i64) -> i64 {
        if self.typed(field).trim().is_empty() {
            self.wrong(field, Text::key("web-required"));
            return min;
        }
        self.optional_int(field, min, max).unwrap_or(min)
    }

    /// A whole number within bounds, if one was typed.
    pub fn optional_int(&mut self, field: &str, min: i64, max: i64) -> Option<i64> {
        let typed = self.typed(field).trim().to_owned();
        if typed.is_empty() {
            return None;
        }
        let number = typed
            .parse::<i64>()
            .ok()
            .filter(|number| (min..=max).contains(number));
        if number.is_none() {
            self.wrong(
                field,
                Text::key("web-not-number")
                    .with("min", min)
                    .with("max", max),
            );
        }
        number
    }

    /// An amount, not negative.
    pub fn money(&mut self, field: &str, currency: Currency) -> Money {
        let none = Money::new(0, currency);
        self.required(field, "web-not-money", none, |typed| {
            Money::parse(typed, currency).filter(|money| money.minor >= 0)
        })
    }

    /// A date between 1900 and 2199.
    pub fn date(&mut self, field: &str) -> Date {
        self.required(field, "web-not-date", Date::constant(1970, 1, 1), read_date)
    }

    /// A date between 1900 and 2199, if one was typed.
    pub fn optional_date(&mut self, field: &str) -> Option<Date> {
        self.optional(field, "web-not-date", read_date)
    }

    /// A time of day: `09:30`.
    pub fn time(&mut self, field: &str) -> Time {
        self.required(field, "web-not-time", Time::midnight(), read_time)
    }

    /// A time of day, if one was typed.
    pub fn optional_time(&mut self, field: &str) -> Option<Time> {
        self.optional(field, "web-not-time", read_time)
    }

    /// A local date and time: `2026-11-21T09:30`.
    pub fn date_time(&mut self, field: &str) -> DateTime {
        let none = Date::constant(1970, 1, 1).to_datetime(Time::midnight());
        self.required(field, "web-not-time", none, |typed| {
            let (date, time) = typed.split_once(['T', ' '])?;
            Some(read_date(date)?.to_datetime(read_time(time)?))
        })
    }

    /// One of the words allowed.
    pub fn choice(&mut self, field: &str, allowed: &[&str]) -> String {
        self.required(field, "web-not-choice", String::new(), |typed| {
            allowed.contains(&typed).then(|| typed.to_owned())
        })
    }

    /// Whether a box was ticked.
    pub fn flag(&self, field: &str) -> bool {
        matches!(self.typed(field), "1" | "on" | "true" | "yes")
    }

    /// Every value of a field that may come several times; empty ones left out.
    pub fn list(&self, field: &str) -> Vec<String> {
        self.values
            .iter()
            .filter(|(name, value)| name == field && !value.trim().is_empty())
            .map(|(_, value)| value.trim().to_owned())
            .collect()
    }
}

fn read_date(typed: &str) -> Option<Date> {
    let date: Date = (typed.len() == 10).then(|| typed.parse().ok()).flatten()?;
    (1900..2200).contains(&date.year()).then_some(date)
}

fn read_time(typed: &str) -> Option<Time> {
    let (hour, rest) = typed.split_once(':')?;
    let minute = rest.split_once(':').map_or(rest, |(minute, _)| minute);
    let two = |text: &str| (text.len() <= 2).then(|| text.parse::<i8>().ok()).flatten();
    Time::new(two(hour)?, two(minute)?, 0, 0).ok()
}

/// Decodes `%E4%BD%A0+a`; `None` for a broken escape or what is not UTF-8.
pub(crate) fn percent_decode(encoded: &str, plus_is_space: bool) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' if plus_is_space => b' ',
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

/// A form that was sent.
#[derive(Debug, Clone, Default)]
pub struct Form(pub Fields);

/// What stands behind the question mark of an address.
#[derive(Debug, Clone, Default)]
pub struct Query(pub Fields);

macro_rules! derefs_to_fields {
    ($($wrapper:ty),*) => {
        $(
            impl Deref for $wrapper {
                type Target = Fields;

                fn deref(&self) -> &Fields {
                    &self.0
                }
            }

            impl DerefMut for $wrapper {
                fn deref_mut(&mut self) -> &mut Fields {
                    &mut self.0
                }
            }
        )*
    };
}

derefs_to_fields!(Form, Query);

fn unreadable() -> Problem {
    Fault {
        kind: FaultKind::Invalid,
        ..Fault::conflict("web-unreadable")
    }
    .into()
}

impl FromRequest<App> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            return multipart(request, app).await;
        }
        let key = request.headers().get("idempotency-key").cloned();
        let path = request.uri().path().to_owned();
        let body = axum::body::to_bytes(request.into_body(), FORM_BYTES_MAX).await;
        let body = body.map_err(|_| too_large())?;
        let text = std::str::from_utf8(&body).map_err(|_| unreadable())?;
        let mut fields = Fields::parse(text).ok_or_else(unreadable)?;
        if let Some(key) = key {
            let once = Once::new(key.to_str().unwrap_or_default(), &path, &body);
            fields.once = Some(once.ok_or_else(unreadable)?);
        }
        Ok(Self(fields))
    }
}

fn too_large() -> Problem {
    Fault {
        kind: FaultKind::Invalid,
        ..Fault::conflict("web-too-large").with("max", FORM_BYTES_MAX >> 20)
    }
    .into()
}

async fn multipart(request: Request, app: &App) -> Result<Form, Problem> {
    let mut parts = Multipart::from_request(request, app)
        .await
        .map_err(|_| unreadable())?;
    let mut fields = Fields::default();
    while let Some(part) = parts.next_field().await.map_err(|_| too_large())? {
        let field = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|_| too_large())?;
        if fields.values.len() + fields.files.len() >= FIELDS_MAX {
            return Err(unreadable());
        }
        match file_name {
            Some(name) => fields.files.push(File { field, name, bytes }),
            None => {
                let value = String::from_utf8(bytes.to_vec()).map_err(|_| unreadable())?;
                if value.contains('\0') {
                    return Err(unreadable());
                }
                fields.values.push((field, value));
            }
        }
    }
    Ok(Form(fields))
}

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        Fields::parse(query).map(Self).ok_or_else(unreadable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said_field_by_field_and_what_was_typed_is_kept() {
        let mut form = Fields::parse("name=+&minutes=7.5&day=2026-02-30&price=-3&x=%E4%BD%A0")
            .expect("it is well formed");
        form.text("name", 1, 80);
        form.int("minutes", 5, 600);
        form.date("day");
        form.money("price", Currency::CNY);
        let fault = form.done().unwrap_err();
        let fields: Vec<&str> = fault.fields.iter().map(|f| f.field.as_str()).collect();
        assert_eq!(fields, ["name", "minutes", "day", "price"]);
        assert_eq!(form.typed("minutes"), "7.5");
        assert_eq!(form.typed("x"), "你");
    }

    #[test]
    fn what_is_not_utf8_is_refused() {
        assert!(Fields::parse("name=%FF%FE").is_none());
        assert!(Fields::parse("name=%4").is_none());
    }

    #[test]
    fn control_characters_are_refused() {
        assert!(Fields::parse("name=a%00b").is_none());
        let mut form = Fields::parse("name=a%07b").expect("it is well formed");
        form.text("name", 1, 80);
        assert!(form.done().is_err());
    }
}
