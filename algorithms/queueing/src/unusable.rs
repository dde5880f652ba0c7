//! Why a question has no answer.

use std::fmt;

/// A number that no queue can have: which one, what it was and what is allowed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unusable {
    /// Which number, in the words of the field.
    pub what: &'static str,
    /// What was given.
    pub value: f64,
    /// What may be given instead.
    pub allowed: &'static str,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            what,
            value,
            allowed,
        } = self;
        write!(f, "the {what} is {value}; {allowed}")
    }
}

impl std::error::Error for Unusable {}

/// A number above 0 and finite, or why it is not.
pub(crate) fn positive(what: &'static str, value: f64) -> Result<f64, Unusable> {
    let allowed = "give a finite number above 0";
    check(value > 0.0 && value.is_finite(), what, value, allowed)
}

/// A number of at least 0 and finite, or why it is not.
pub(crate) fn not_negative(what: &'static str, value: f64) -> Result<f64, Unusable> {
    let allowed = "give a finite number of at least 0";
    check(value >= 0.0 && value.is_finite(), what, value, allowed)
}

/// A number strictly between 0 and 1, or why it is not.
pub(crate) fn share(what: &'static str, value: f64) -> Result<f64, Unusable> {
    let allowed = "give a number between 0 and 1";
    check(value > 0.0 && value < 1.0, what, value, allowed)
}

/// A number of servers that can be counted to in a blink, or why it is not.
pub(crate) fn servers(value: u32) -> Result<u32, Unusable> {
    let allowed = "give a whole number from 1 to 1000000";
    let fits = (1..=1_000_000).contains(&value);
    check(fits, "number of servers", f64::from(value), allowed).map(|_| value)
}

fn check(
    holds: bool,
    what: &'static str,
    value: f64,
    allowed: &'static str,
) -> Result<f64, Unusable> {
    let refusal = Unusable {
        what,
        value,
        allowed,
    };
    if holds { Ok(value) } else { Err(refusal) }
}
