//! Lists as files: the columns of a list described once, written as CSV or XLSX row by row, so
//! that a million rows need no more memory than ten.

mod csv;
mod xlsx;

pub use csv::{MARK, defused, line, undefused};
pub use xlsx::{ROWS_MAX, Workbook};

use kernel::{Date, DateTime, Money};

/// What stands in one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words; never taken for a formula.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number with so many digits after the point, without the point.
    Decimal(i64, u8),
    /// An amount.
    Money(Money),
    /// A day.
    Date(Date),
    /// A time on the clocks of a place.
    Moment(DateTime),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        match text {
            "" => Self::Empty,
            text => Self::Text(text.to_owned()),
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        match text.is_empty() {
            true => Self::Empty,
            false => Self::Text(text),
        }
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Whole(number)
    }
}

impl From<Money> for Cell {
    fn from(money: Money) -> Self {
        Self::Money(money)
    }
}

impl From<Date> for Cell {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<DateTime> for Cell {
    fn from(moment: DateTime) -> Self {
        Self::Moment(moment)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

type Value<T> = Box<dyn Fn(&T) -> Cell + Send + Sync>;

/// A column of a list of `T`: its heading, and what a row has in it.
pub struct Column<T> {
    heading: String,
    value: Value<T>,
}

impl<T> Column<T> {
    /// A column with a heading in the reader's language.
    pub fn new<C: Into<Cell>>(
        heading: impl Into<String>,
        value: impl Fn(&T) -> C + Send + Sync + 'static,
    ) -> Self {
        Self {
            heading: heading.into(),
            value: Box::new(move |row| value(row).into()),
        }
    }

    /// What stands above it.
    pub fn heading(&self) -> &str {
        &self.heading
    }

    /// What a row has in it.
    pub fn cell(&self, row: &T) -> Cell {
        (self.value)(row)
    }
}

/// The headings of a list.
pub fn headings<T>(columns: &[Column<T>]) -> Vec<Cell> {
    columns
        .iter()
        .map(|column| Cell::from(column.heading()))
        .collect()
}

/// The cells of one row.
pub fn cells<T>(columns: &[Column<T>], row: &T) -> Vec<Cell> {
    columns.iter().map(|column| column.cell(row)).collect()
}

/// In which form a list is taken along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values in UTF-8 with its mark.
    Csv,
    /// A workbook of one sheet.
    Xlsx,
}

impl Format {
    /// Both, the plainer first.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Xlsx];

    /// The word in addresses, and the ending of the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == word)
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}
