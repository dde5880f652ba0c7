//! Attribute values as columns of one kind each.

use crate::{Micros, Names};

/// One attribute value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Text.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction; NaN counts as no value.
    Real(f64),
    /// An instant, in microseconds since 1970-01-01 UTC.
    Time(Micros),
    /// Yes or no.
    Flag(bool),
}

impl Value<'_> {
    /// The value as a person would write it; times as microseconds.
    pub fn to_text(self) -> String {
        match self {
            Self::Text(text) => text.to_owned(),
            Self::Integer(number) | Self::Time(number) => number.to_string(),
            Self::Real(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
        }
    }
}

/// The values of one attribute for all events, or for all cases.
///
/// Values of different kinds under one name become text.
#[derive(Debug, Clone)]
pub struct Column {
    cells: Cells,
}

#[derive(Debug, Clone)]
enum Cells {
    Text { codes: Vec<u32>, names: Names },
    Integer(Vec<i64>),
    Real(Vec<f64>),
    Time(Vec<i64>),
    Flag(Vec<u8>),
}

const NO_CODE: u32 = u32::MAX;
const NO_NUMBER: i64 = i64::MIN;
const NO_FLAG: u8 = 2;

impl Column {
    /// A column for values of the kind of `like`, without values.
    pub(crate) fn like(like: Value<'_>) -> Self {
        let cells = match like {
            Value::Text(_) => Cells::Text {
                codes: Vec::new(),
                names: Names::new(),
            },
            Value::Integer(_) => Cells::Integer(Vec::new()),
            Value::Real(_) => Cells::Real(Vec::new()),
            Value::Time(_) => Cells::Time(Vec::new()),
            Value::Flag(_) => Cells::Flag(Vec::new()),
        };
        Self { cells }
    }

    /// The value at `index`, `None` where there is none.
    pub fn value(&self, index: usize) -> Option<Value<'_>> {
        match &self.cells {
            Cells::Text { codes, names } => {
                (*codes.get(index)? != NO_CODE).then(|| Value::Text(names.name(codes[index])))
            }
            Cells::Integer(cells) => {
                (*cells.get(index)? != NO_NUMBER).then(|| Value::Integer(cells[index]))
            }
            Cells::Real(cells) => (!cells.get(index)?.is_nan()).then(|| Value::Real(cells[index])),
            Cells::Time(cells) => {
                (*cells.get(index)? != NO_NUMBER).then(|| Value::Time(cells[index]))
            }
            Cells::Flag(cells) => {
                (*cells.get(index)? != NO_FLAG).then(|| Value::Flag(cells[index] == 1))
            }
        }
    }

    /// For text: the number of each text (`u32::MAX` where there is none) and the texts.
    ///
    /// The numbers may be fewer than the rows: the rest has no value.
    pub fn texts(&self) -> Option<(&[u32], &Names)> {
        match &self.cells {
            Cells::Text { codes, names } => Some((codes, names)),
            _ => None,
        }
    }

    pub(crate) fn set(&mut self, index: usize, value: Value<'_>) {
        match (&mut self.cells, value) {
            (Cells::Text { codes, names }, Value::Text(text)) => {
                put(codes, index, names.intern(text), NO_CODE);
            }
            (Cells::Integer(cells), Value::Integer(number)) => put(cells, index, number, NO_NUMBER),
            (Cells::Real(cells), Value::Real(number)) => put(cells, index, number, f64::NAN),
            (Cells::Time(cells), Value::Time(time)) => put(cells, index, time, NO_NUMBER),
            (Cells::Flag(cells), Value::Flag(flag)) => put(cells, index, flag.into(), NO_FLAG),
            (Cells::Text { codes, names }, other) => {
                put(codes, index, names.intern(&other.to_text()), NO_CODE);
            }
            (_, other) => {
                self.turn_into_text();
                self.set(index, other);
            }
        }
    }

    fn turn_into_text(&mut self) {
        let mut text = Self::like(Value::Text(""));
        for index in 0..self.len() {
            if let Some(value) = self.value(index) {
                text.set(index, Value::Text(&value.to_text()));
            }
        }
        *self = text;
    }

    fn len(&self) -> usize {
        match &self.cells {
            Cells::Text { codes, .. } => codes.len(),
            Cells::Integer(cells) | Cells::Time(cells) => cells.len(),
            Cells::Real(cells) => cells.len(),
            Cells::Flag(cells) => cells.len(),
        }
    }

    /// The column whose place `i` holds what was at `rows[i]`.
    pub(crate) fn pick(&self, rows: impl Iterator<Item = usize>) -> Self {
        let cells = match &self.cells {
            Cells::Text { codes, names } => Cells::Text {
                codes: rows.map(|row| at(codes, row, NO_CODE)).collect(),
                names: names.clone(),
            },
            Cells::Integer(cells) => {
                Cells::Integer(rows.map(|row| at(cells, row, NO_NUMBER)).collect())
            }
            Cells::Real(cells) => Cells::Real(rows.map(|row| at(cells, row, f64::NAN)).collect()),
            Cells::Time(cells) => Cells::Time(rows.map(|row| at(cells, row, NO_NUMBER)).collect()),
            Cells::Flag(cells) => Cells::Flag(rows.map(|row| at(cells, row, NO_FLAG)).collect()),
        };
        Self { cells }
    }
}

fn put<T: Copy>(cells: &mut Vec<T>, index: usize, value: T, missing: T) {
    if index >= cells.len() {
        cells.resize(index + 1, missing);
    }
    cells[index] = value;
}

fn at<T: Copy>(cells: &[T], index: usize, missing: T) -> T {
    cells.get(index).copied().unwrap_or(missing)
}

/// Attributes by name, in the order in which the names were first seen.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    names: Names,
    columns: Vec<Column>,
    /// Where the next name is looked for first: rows tend to have their values in one order.
    next: u32,
}

impl Columns {
    /// The column called `name`.
    pub fn get(&self, name: &str) -> Option<&Column> {
        self.names.find(name).map(|id| &self.columns[id as usize])
    }

    /// All columns with their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Column)> {
        self.names.iter().zip(&self.columns)
    }

    pub(crate) fn set(&mut self, name: &str, index: usize, value: Value<'_>) {
        if matches!(value, Value::Real(number) if number.is_nan()) {
            return;
        }
        if !self.names.is(self.next, name) {
            self.next = self.names.intern(name);
        }
        let id = self.next as usize;
        self.next = (self.next + 1) % self.names.len() as u32;
        if id == self.columns.len() {
            self.columns.push(Column::like(value));
        }
        self.columns[id].set(index, value);
    }

    pub(crate) fn pick(&self, rows: impl Iterator<Item = usize> + Clone) -> Self {
        Self {
            names: self.names.clone(),
            columns: self.columns.iter().map(|c| c.pick(rows.clone())).collect(),
            next: 0,
        }
    }
}
