//! Event logs as CSV, in and out.
//!
//! The delimiter (comma, semicolon, tab or bar), the line ends (LF, CR LF or CR alone), quotes and
//! the shape of the times are recognised from the file. The first row names the columns; which of
//! them are case, activity, start and end is said by the caller or recognised by usual names.
//! Every other column becomes an attribute of the events.

mod columns;
mod records;
mod write;

use std::borrow::Cow;

use mining::{Event, EventLog, LogBuilder, LogError, Value};

use crate::time::{self, Shape};
use crate::{FormatError, Limits};

pub use columns::Columns;
pub use write::write;

use columns::Places;
use records::{Field, Records};

/// How many rows are looked at to learn the shape of the times.
const SAMPLE_ROWS: usize = 1_000;

/// Reads a log; the notes say what was assumed.
///
/// # Errors
/// Names the row and what is allowed: a column that is not there, a row with another number of
/// fields, a missing case, activity or time, an end before its start.
pub fn read(
    bytes: &[u8],
    columns: &Columns,
    limits: &Limits,
) -> Result<(EventLog, Vec<String>), FormatError> {
    let mut notes = Vec::new();
    let text = decode(bytes, &mut notes)?;
    let mut records = Records::sniff(&text);
    let mut fields: Vec<Field> = Vec::new();
    if !records.next(&mut fields)? {
        return Err(FormatError::file(
            "the file is empty; a row of column names is needed",
        ));
    }
    let header: Vec<String> = fields
        .iter()
        .map(|&field| records.text(field).trim().to_owned())
        .collect();
    let places = columns.find(&header)?;
    let (shapes, unsure) = shapes(&records, &places, &header)?;
    if unsure {
        notes.push(
            "day and month could be read either way round; they were read day first".to_owned(),
        );
    }
    let mut rows = Rows {
        builder: LogBuilder::new(),
        limits,
        places,
        shapes,
        header,
    };
    while records.next(&mut fields)? {
        rows.push(&records, &fields)?;
    }
    Ok((rows.builder.build(), notes))
}

/// UTF-8, UTF-16 with a mark, or GB 18030, as Chinese spreadsheets save it.
fn decode<'a>(bytes: &'a [u8], notes: &mut Vec<String>) -> Result<Cow<'a, str>, FormatError> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return crate::xml::decode(bytes);
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    let (text, broken) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
    if broken {
        let problem = "neither UTF-8 nor GB 18030; save the file as UTF-8";
        return Err(FormatError::file(problem));
    }
    notes.push("the file is not UTF-8 and was read as GB 18030".to_owned());
    Ok(text)
}

/// The shapes of the start and end columns, and whether day and month were a guess.
fn shapes(
    records: &Records<'_>,
    places: &Places,
    header: &[String],
) -> Result<(Vec<Shape>, bool), FormatError> {
    let mut found = sniffed(records, places, header, SAMPLE_ROWS)?;
    // Where a few rows leave it open, a later day above 12 may still settle it.
    if found.iter().any(|(_, guess)| *guess) {
        found = sniffed(records, places, header, usize::MAX)?;
    }
    // Start and end were written by the same hand: what is sure for one holds for the other.
    let sure = found
        .iter()
        .find(|(shape, guess)| !guess && *shape == Shape::MonthFirst)
        .copied();
    for column in found.iter_mut().filter(|(_, guess)| *guess) {
        *column = sure.unwrap_or(*column);
    }
    let unsure = found.iter().all(|(_, guess)| *guess);
    Ok((found.into_iter().map(|(shape, _)| shape).collect(), unsure))
}

/// The shape of each column with times in the next rows, and whether it was a guess.
fn sniffed(
    records: &Records<'_>,
    places: &Places,
    header: &[String],
    rows_max: usize,
) -> Result<Vec<(Shape, bool)>, FormatError> {
    let mut sample = records.clone();
    let mut fields = Vec::new();
    let mut texts: Vec<Vec<String>> = vec![Vec::new(); places.times().count()];
    for _ in 0..rows_max {
        if !sample.next(&mut fields)? {
            break;
        }
        for (texts, place) in texts.iter_mut().zip(places.times()) {
            if let Some(&field) = fields.get(place) {
                texts.push(sample.text(field).into_owned());
            }
        }
    }
    let mut shapes = Vec::new();
    for (texts, place) in texts.iter().zip(places.times()) {
        // An empty column has no shape; any will do.
        let empty = texts.iter().all(|text| text.trim().is_empty());
        let found = time::sniff(texts.iter().map(String::as_str));
        let Some(found) = found.or(empty.then_some((Shape::YearFirst, false))) else {
            let first = odd_one(texts);
            return Err(FormatError::row(
                first + 2,
                format!("column {:?} has {:?}; {TIMES}", header[place], texts[first]),
            ));
        };
        shapes.push(found);
    }
    Ok(shapes)
}

/// The first text with which no shape fits those up to it any more.
fn odd_one(texts: &[String]) -> usize {
    let fits = |count: usize| {
        let mut filled = texts[..count]
            .iter()
            .filter(|text| !text.trim().is_empty())
            .peekable();
        filled.peek().is_none() || time::sniff(filled.map(String::as_str)).is_some()
    };
    let (mut good, mut bad) = (0, texts.len());
    while good + 1 < bad {
        let middle = good.midpoint(bad);
        if fits(middle) {
            good = middle
        } else {
            bad = middle
        }
    }
    bad.saturating_sub(1)
}

const TIMES: &str = "allowed are times of one shape such as 2026-11-22 08:30, 22.11.26 8:30, \
    11/22/2026 08:30 AM, or seconds since 1970";

struct Rows<'a> {
    builder: LogBuilder,
    limits: &'a Limits,
    places: Places,
    shapes: Vec<Shape>,
    header: Vec<String>,
}

impl Rows<'_> {
    fn push(&mut self, records: &Records<'_>, fields: &[Field]) -> Result<(), FormatError> {
        let row = records.row();
        if fields.len() != self.header.len() {
            let (found, named) = (fields.len(), self.header.len());
            return Err(FormatError::row(
                row,
                format!("{found} fields; the first row names {named} columns"),
            ));
        }
        let text = |place: usize| records.text(fields[place]);
        let needed = |place: usize| {
            let text = text(place);
            if text.trim_ascii().is_empty() {
                let column = &self.header[place];
                let problem = format!("nothing in column {column:?}; each row needs it");
                return Err(FormatError::row(row, problem));
            }
            Ok(text)
        };
        let case = needed(self.places.case)?;
        let activity = needed(self.places.activity)?;
        let mut times = [None, None];
        for (index, place) in self.places.times().enumerate() {
            let first = index == 0;
            let text = if first { needed(place)? } else { text(place) };
            if text.trim_ascii().is_empty() {
                continue;
            }
            let Some(time) = time::parse(&text, self.shapes[index]) else {
                let column = &self.header[place];
                let problem = format!("column {column:?} has {text:?}; {TIMES}");
                return Err(FormatError::row(row, problem));
            };
            times[index] = Some(time);
        }
        let case = self.builder.case(&case);
        let activity = self.builder.activity(&activity);
        self.limits.activities(activity as usize + 1)?;
        let event = Event {
            case,
            activity,
            start: times[0].unwrap_or_default(),
            end: times[1],
        };
        let pushed = self
            .builder
            .push(event)
            .map_err(|error| refused(row, &error))?;
        for &place in &self.places.others {
            let text = records.text(fields[place]);
            if !text.is_empty() {
                self.builder
                    .set(pushed, &self.header[place], Value::Text(&text));
            }
        }
        Ok(())
    }
}

/// The builder counts rows from 0 without the header; people count as their spreadsheet does.
fn refused(row: usize, error: &LogError) -> FormatError {
    let text = error.to_string();
    let problem = text
        .strip_prefix("row ")
        .and_then(|rest| rest.split_once(' '));
    FormatError::row(row, problem.map_or(text.as_str(), |(_, rest)| rest))
}
