//! What a file can have wrong: where it is, what is there, and what is allowed.

use std::fmt;

/// Where in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// The file as a whole.
    File,
    /// A line, counted from 1.
    Line(usize),
    /// A row of a table, counted from 1; the header is row 1.
    Row(usize),
    /// An element, by path, name or id.
    Element(String),
}

/// Why a file was refused: one sentence that ends with what is allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatError {
    /// Where.
    pub at: At,
    /// What is wrong and what is allowed.
    pub problem: String,
}

impl FormatError {
    /// A problem of the whole file.
    pub fn file(problem: impl Into<String>) -> Self {
        Self {
            at: At::File,
            problem: problem.into(),
        }
    }

    /// A problem in a line.
    pub fn line(line: usize, problem: impl Into<String>) -> Self {
        Self {
            at: At::Line(line),
            problem: problem.into(),
        }
    }

    /// A problem in a row.
    pub fn row(row: usize, problem: impl Into<String>) -> Self {
        Self {
            at: At::Row(row),
            problem: problem.into(),
        }
    }

    /// A problem of an element.
    pub fn element(element: impl Into<String>, problem: impl Into<String>) -> Self {
        Self {
            at: At::Element(element.into()),
            problem: problem.into(),
        }
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.at {
            At::File => f.write_str(&self.problem),
            At::Line(line) => write!(f, "line {line}: {}", self.problem),
            At::Row(row) => write!(f, "row {row}: {}", self.problem),
            At::Element(element) => write!(f, "element {element}: {}", self.problem),
        }
    }
}

impl std::error::Error for FormatError {}
