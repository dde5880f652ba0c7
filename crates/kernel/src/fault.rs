//! What went wrong, how bad it is and what to do next, without naming HTTP.

use std::fmt;

use crate::{Locale, Text, text::Arg};

/// How bad a fault is, and whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// Input that cannot be accepted: correct it and send it again.
    Invalid,
    /// Nobody is signed in.
    SignIn,
    /// This person may not do this.
    Forbidden,
    /// There is no such thing, or not for this person.
    Missing,
    /// The thing has changed or is taken: look again and decide anew.
    Conflict,
    /// Too many attempts: wait.
    TooMany,
    /// What is needed does not answer or is overloaded: the same again in a moment may do.
    Unavailable,
    /// Our fault; the user gets a reference, the log the cause.
    Broken,
}

/// A field of a form and what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldFault {
    /// The field's name in the form.
    pub field: String,
    /// The reason and what is allowed.
    pub text: Text,
}

/// A refusal.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// How bad it is.
    pub kind: FaultKind,
    /// What to tell the user.
    pub text: Text,
    /// What is wrong with which field.
    pub fields: Vec<FieldFault>,
    /// The cause, for the log alone.
    pub detail: Option<String>,
}

impl Fault {
    fn new(kind: FaultKind, key: &'static str) -> Self {
        Self {
            kind,
            text: Text::key(key),
            fields: Vec::new(),
            detail: None,
        }
    }

    /// A field that cannot be accepted.
    pub fn invalid(field: impl Into<String>, text: Text) -> Self {
        let fields = vec![FieldFault {
            field: field.into(),
            text: text.clone(),
        }];
        Self {
            kind: FaultKind::Invalid,
            text,
            fields,
            detail: None,
        }
    }

    /// Several fields that cannot be accepted.
    pub fn fields(fields: Vec<FieldFault>) -> Self {
        let text = match fields.as_slice() {
            [only] => only.text.clone(),
            many => Text::key("kernel-fields-wrong").with("count", many.len()),
        };
        Self {
            kind: FaultKind::Invalid,
            text,
            fields,
            detail: None,
        }
    }

    /// A state that does not allow this, or a thing that is taken; the text says what to do.
    pub fn conflict(key: &'static str) -> Self {
        Self::new(FaultKind::Conflict, key)
    }

    /// Somebody else changed the thing in the meantime.
    pub fn stale() -> Self {
        Self::new(FaultKind::Conflict, "kernel-stale")
    }

    /// No such thing.
    pub fn missing(key: &'static str) -> Self {
        Self::new(FaultKind::Missing, key)
    }

    /// This person may not do this.
    pub fn forbidden() -> Self {
        Self::new(FaultKind::Forbidden, "kernel-forbidden")
    }

    /// Nobody is signed in.
    pub fn sign_in() -> Self {
        Self::new(FaultKind::SignIn, "kernel-sign-in")
    }

    /// Too many attempts.
    pub fn too_many(key: &'static str) -> Self {
        Self::new(FaultKind::TooMany, key)
    }

    /// Something needed does not answer for now; the cause goes to the log.
    pub fn unavailable(key: &'static str, cause: impl fmt::Display) -> Self {
        let mut fault = Self::new(FaultKind::Unavailable, key);
        fault.detail = Some(cause.to_string());
        fault
    }

    /// A fault of ours; the cause goes to the log.
    pub fn broken(cause: impl fmt::Display) -> Self {
        let mut fault = Self::new(FaultKind::Broken, "kernel-broken");
        fault.detail = Some(cause.to_string());
        fault
    }

    /// Adds an argument to the text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.text = self.text.with(name, value);
        self
    }

    /// What is wrong with a field, in a language.
    pub fn of_field(&self, field: &str, locale: Locale) -> Option<String> {
        self.fields
            .iter()
            .find(|f| f.field == field)
            .map(|f| f.text.speak(locale))
    }

    /// The whole fault in a language.
    pub fn speak(&self, locale: Locale) -> String {
        self.text.speak(locale)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.text.speak(Locale::En);
        match &self.detail {
            Some(detail) => write!(f, "{words} ({detail})"),
            None => f.write_str(&words),
        }
    }
}

impl std::error::Error for Fault {}
