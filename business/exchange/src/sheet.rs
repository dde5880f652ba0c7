//! The first sheet of an XLSX file, as text.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, open_workbook_from_rs};
use kernel::{Fault, Text};

use crate::{
    grid::{COLUMNS_MAX, Grid, refuse},
    packed,
};

/// The most bytes that all parts of a workbook may unpack to.
const UNPACKED_BYTES_MAX: u64 = 512 << 20;

fn unreadable<E>(_: E) -> Fault {
    refuse(Text::key("exchange-file-sheet"))
}

/// Reads the first sheet; the first row with anything in it is the header.
pub fn read(bytes: Vec<u8>) -> Result<Grid, Fault> {
    if !packed::fits(&bytes, UNPACKED_BYTES_MAX).ok_or_else(|| unreadable(()))? {
        let text = Text::key("exchange-file-swells");
        return Err(refuse(
            text.with("max", i64::try_from(UNPACKED_BYTES_MAX >> 20).unwrap_or(0)),
        ));
    }
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(unreadable)?;
    let name = book
        .sheet_names()
        .first()
        .cloned()
        .ok_or_else(|| unreadable(()))?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(unreadable)?;
    let mut grid = Grid::default();
    let mut row: (u32, Vec<String>) = (0, Vec::new());
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (number, column) = cell.get_position();
        if number != row.0 {
            let done = std::mem::replace(&mut row, (number, Vec::new()));
            grid.push(u64::from(done.0) + 1, done.1)?;
        }
        let text = text(cell.get_value());
        let column = column as usize;
        if text.is_empty() {
            continue;
        }
        if column >= COLUMNS_MAX {
            return Err(refuse(
                Text::key("exchange-file-columns").with("max", COLUMNS_MAX),
            ));
        }
        if row.1.len() <= column {
            row.1.resize(column + 1, String::new());
        }
        row.1[column] = text;
    }
    grid.push(u64::from(row.0) + 1, row.1)?;
    Ok(grid)
}

fn text(value: &DataRef) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        // The shortest form that means the same number: a phone stays a row of digits.
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(moment) => moment_text(moment),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn moment_text(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        return moment.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        return format!("{year:04}-{month:02}-{day:02}");
    }
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}
