//! A file as a header and rows of cells, whatever it was written by; bounded in every direction.

use std::{fs::File, io::Read, path::Path};

use csv::{ReaderBuilder, StringRecord};
use flate2::read::MultiGzDecoder;
use kernel::{Fault, Text};

use crate::{encoding, event_log, sheet};

/// The largest file, packed or unpacked, in bytes.
pub const BYTES_MAX: usize = 64 << 20;
/// The most rows below the header.
pub const ROWS_MAX: usize = 200_000;
/// The most columns.
pub const COLUMNS_MAX: usize = 500;
/// The longest cell, in characters.
pub const CELL_CHARS_MAX: usize = 10_000;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it stands in the file, counted from 1.
    pub number: u64,
    /// Its cells, as text.
    pub cells: Vec<String>,
}

/// A header and the rows below it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows, without those that are empty.
    pub rows: Vec<Row>,
}

impl Grid {
    /// Adds a row; the first is the header. Refuses what is beyond the bounds.
    pub(crate) fn push(&mut self, number: u64, cells: Vec<String>) -> Result<(), Fault> {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        if cells.len() > COLUMNS_MAX {
            return Err(refuse(
                Text::key("exchange-file-columns").with("max", COLUMNS_MAX),
            ));
        }
        let long = |cell: &String| cell.len() > CELL_CHARS_MAX && too_long(cell);
        if cells.iter().any(long) {
            return Err(refuse(
                Text::key("exchange-file-cell")
                    .with("row", i64::try_from(number).unwrap_or(i64::MAX))
                    .with("max", CELL_CHARS_MAX),
            ));
        }
        if self.header.is_empty() {
            self.header = cells;
        } else if self.rows.len() == ROWS_MAX {
            return Err(refuse(
                Text::key("exchange-file-rows").with("max", ROWS_MAX),
            ));
        } else {
            self.rows.push(Row { number, cells });
        }
        Ok(())
    }
}

fn too_long(cell: &str) -> bool {
    cell.chars().count() > CELL_CHARS_MAX
}

pub(crate) fn refuse(text: Text) -> Fault {
    Fault::invalid("file", text)
}

fn too_large() -> Fault {
    refuse(Text::key("exchange-file-large").with("max", BYTES_MAX >> 20))
}

/// Reads a file: CSV in any of our encodings or an event log in XES, also packed by gzip, or XLSX.
pub fn read_file(path: &Path) -> Result<Grid, Fault> {
    let shown = path.display();
    let unreadable = |error: std::io::Error| Fault::broken(format!("{shown}: {error}"));
    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.is_dir() {
        return Err(Fault::broken(format!("{shown} is a folder, not a file")));
    }
    let bytes = bounded(file).map_err(unreadable)?.ok_or_else(too_large)?;
    read_grid(bytes)
}

/// Everything there is to read, or nothing when it is more than a file may hold.
fn bounded(source: impl Read) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let mut limited = source.take(BYTES_MAX as u64 + 1);
    limited.read_to_end(&mut bytes)?;
    Ok((bytes.len() <= BYTES_MAX).then_some(bytes))
}

/// Reads the bytes of a file.
pub fn read_grid(bytes: Vec<u8>) -> Result<Grid, Fault> {
    if bytes.len() > BYTES_MAX {
        return Err(too_large());
    }
    let bytes = if bytes.starts_with(b"\x1f\x8b") {
        bounded(MultiGzDecoder::new(bytes.as_slice()))
            .map_err(|_| refuse(Text::key("exchange-file-packed")))?
            .ok_or_else(too_large)?
    } else {
        bytes
    };
    let grid = if event_log::is_log(&bytes) {
        event_log::read(bytes)?
    } else if bytes.starts_with(b"PK\x03\x04") {
        sheet::read(bytes)?
    } else if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(refuse(Text::key("exchange-file-old-sheet")));
    } else {
        read_csv(&encoding::decode(&bytes)?)?
    };
    if grid.header.is_empty() {
        return Err(refuse(Text::key("exchange-file-empty")));
    }
    Ok(grid)
}

fn read_csv(text: &str) -> Result<Grid, Fault> {
    // One kind of line end makes the reader's line numbers those of an editor.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut grid = Grid::default();
    let mut record = StringRecord::new();
    let mut last = (1, "");
    let broken = |_| refuse(Text::key("exchange-file-no-text"));
    while reader.read_record(&mut record).map_err(broken)? {
        let place = record
            .position()
            .expect("a record that was read has a place");
        let rest = usize::try_from(place.byte()).map_or("", |byte| &text[byte..]);
        // The reader passes over empty lines, but counts from where it stood before them.
        let begun = rest.trim_start_matches('\n');
        let number = place.line() + (rest.len() - begun.len()) as u64;
        last = (number, begun);
        grid.push(number, record.iter().map(str::to_owned).collect())?;
    }
    closed_quotes(last)?;
    Ok(grid)
}

/// A quotation mark that is never closed swallows every row below it; the file is refused.
fn closed_quotes((row, last): (u64, &str)) -> Result<(), Fault> {
    let last = last.trim_end_matches('\n');
    let odd = last.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    if odd && last.contains('\n') {
        let row = i64::try_from(row).unwrap_or(i64::MAX);
        return Err(refuse(Text::key("exchange-file-quote").with("row", row)));
    }
    Ok(())
}

/// The separator that stands most often in the first line, outside quotation marks.
fn delimiter(text: &str) -> u8 {
    let line = text.trim_start_matches('\n').lines().next().unwrap_or("");
    let mut quoted = false;
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(d, _)| *d == byte && !quoted) {
            *count += 1;
        }
    }
    let (mut best, mut most) = counts[0];
    for (delimiter, count) in counts {
        if count > most {
            (best, most) = (delimiter, count);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(text: &str) -> Grid {
        read_grid(text.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn line_ends_and_separators_of_every_office_are_understood() {
        let plain = grid("name,phone\nAda,1\nBo,2\n");
        for text in [
            "name,phone\rAda,1\rBo,2",
            "name;phone\r\nAda;1\r\nBo;2\r\n",
            "name\tphone\nAda\t1\nBo\t2",
            "\"name\",\"phone\"\n\"Ada\",1\n\"Bo\",\"2\"\n",
        ] {
            assert_eq!(grid(text), plain, "{text:?}");
        }
        assert_eq!(plain.rows[1].number, 3);
    }

    #[test]
    fn a_row_is_numbered_as_an_editor_numbers_it() {
        let rows = grid("a,b\n\n1,\"two\nlines\"\n3,4\n").rows;
        let numbers: Vec<u64> = rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [3, 5]);
        assert_eq!(rows[0].cells[1], "two\nlines");
    }

    #[test]
    fn files_beyond_the_bounds_or_without_sense_are_refused() {
        let wide = "x,".repeat(COLUMNS_MAX + 1);
        let long = format!("a,b\n1,{}\n", "字".repeat(CELL_CHARS_MAX + 1));
        let many = "a\n".repeat(ROWS_MAX + 2);
        for text in ["", "\n\n", "a,b\n1,\"open\n2,3\n", &wide, &long, &many] {
            assert!(read_grid(text.as_bytes().to_vec()).is_err());
        }
        for bytes in [
            b"\x1f\x8bnot packed at all".as_slice(),
            b"PK\x03\x04not a sheet",
            b"\xd0\xcf\x11\xe0old",
        ] {
            assert!(read_grid(bytes.to_vec()).is_err());
        }
    }
}
