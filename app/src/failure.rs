//! Why the program stops: one clear line.

use std::fmt;

use kernel::Fault;

/// A reason to stop, in words for whoever typed the command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(pub String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        let words = match (&fault.detail, fault.fields.as_slice()) {
            (Some(detail), _) => detail.clone(),
            (None, []) => fault.speak(kernel::Locale::En),
            (None, fields) => fields
                .iter()
                .map(|f| format!("{}: {}", f.field, f.text.speak(kernel::Locale::En)))
                .collect::<Vec<_>>()
                .join("; "),
        };
        Self(words.lines().collect::<Vec<_>>().join(" "))
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}
