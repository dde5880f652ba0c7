//! Rows and fields of a delimited file, without copying what needs no change.

use std::borrow::Cow;

use crate::FormatError;

/// The most fields of one row.
const FIELDS_MAX: usize = 10_000;
/// How much of the file is looked at to find the delimiter.
const SAMPLE_BYTES: usize = 64 << 10;

/// A field: where its text begins and ends, and whether it holds doubled quotes.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    begin: usize,
    end: usize,
    doubled: bool,
}

/// Reads one row after the other.
#[derive(Debug, Clone)]
pub struct Records<'a> {
    text: &'a str,
    at: usize,
    row: usize,
    delimiter: u8,
    /// What ends a row besides a line feed: a carriage return, in files that have no line feed.
    line_end: u8,
}

impl<'a> Records<'a> {
    /// Recognises delimiter and line ends.
    pub fn sniff(text: &'a str) -> Self {
        let mut cut = text.len().min(SAMPLE_BYTES);
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let sample = &text[..cut];
        let line_end = if sample.contains('\n') || !sample.contains('\r') {
            b'\n'
        } else {
            b'\r'
        };
        let start = Self {
            text,
            at: 0,
            row: 0,
            delimiter: b',',
            line_end,
        };
        let mut best = (0, b',');
        for delimiter in [b',', b';', b'\t', b'|'] {
            let even = Self {
                text: sample,
                delimiter,
                ..start.clone()
            }
            .columns();
            if even > best.0 {
                best = (even, delimiter);
            }
        }
        Self {
            delimiter: best.1,
            ..start
        }
    }

    /// How many fields every row of the sample has; 1 where they differ. The last row may be cut.
    fn columns(mut self) -> usize {
        let mut fields = Vec::new();
        let mut columns = 0;
        while let Ok(true) = self.next(&mut fields) {
            if columns == 0 {
                columns = fields.len();
            } else if self.at < self.text.len() && fields.len() != columns {
                return 1;
            }
        }
        columns
    }

    /// The row read last, counted from 1.
    pub fn row(&self) -> usize {
        self.row
    }

    /// The text of a field.
    pub fn text(&self, field: Field) -> Cow<'a, str> {
        let text = &self.text[field.begin..field.end];
        if field.doubled {
            Cow::Owned(text.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(text)
        }
    }

    /// Reads the next row that is not blank into `fields`; `false` at the end.
    pub fn next(&mut self, fields: &mut Vec<Field>) -> Result<bool, FormatError> {
        loop {
            if self.at >= self.text.len() {
                return Ok(false);
            }
            self.row += 1;
            fields.clear();
            self.record(fields)?;
            let blank = fields.len() == 1 && fields[0].begin == fields[0].end;
            if !blank {
                return Ok(true);
            }
        }
    }

    fn record(&mut self, fields: &mut Vec<Field>) -> Result<(), FormatError> {
        let bytes = self.text.as_bytes();
        loop {
            if fields.len() == FIELDS_MAX {
                let problem = format!("more than {FIELDS_MAX} fields; that many are allowed");
                return Err(FormatError::row(self.row, problem));
            }
            if bytes.get(self.at) == Some(&b'"') {
                fields.push(self.quoted()?);
            } else {
                fields.push(self.plain());
            }
            match bytes.get(self.at) {
                Some(&mark) if mark == self.delimiter => self.at += 1,
                Some(_) => {
                    self.at += 1;
                    return Ok(());
                }
                None => return Ok(()),
            }
            if self.at == bytes.len() {
                // A delimiter at the very end: one more field, an empty one.
                fields.push(Field {
                    begin: self.at,
                    end: self.at,
                    doubled: false,
                });
                return Ok(());
            }
        }
    }

    /// A field up to the delimiter or line end, which stays.
    fn plain(&mut self) -> Field {
        let bytes = self.text.as_bytes();
        let begin = self.at;
        let (delimiter, line_end) = (self.delimiter, self.line_end);
        let length = bytes[begin..]
            .iter()
            .position(|&b| b == delimiter || b == line_end);
        self.at = length.map_or(bytes.len(), |length| begin + length);
        let crlf = self.line_end == b'\n'
            && self.at > begin
            && bytes[self.at - 1] == b'\r'
            && bytes.get(self.at).is_none_or(|&b| b == b'\n');
        Field {
            begin,
            end: self.at - usize::from(crlf),
            doubled: false,
        }
    }

    /// A field in quotes; inside, a doubled quote is one, and delimiters and line ends are text.
    fn quoted(&mut self) -> Result<Field, FormatError> {
        let bytes = self.text.as_bytes();
        let begin = self.at + 1;
        let mut doubled = false;
        let mut at = begin;
        let end = loop {
            let Some(length) = memchr::memchr(b'"', &bytes[at..]) else {
                let problem = "a quote is opened and never closed; each needs its end";
                return Err(FormatError::row(self.row, problem));
            };
            at += length;
            if bytes.get(at + 1) != Some(&b'"') {
                break at;
            }
            doubled = true;
            at += 2;
        };
        self.at = end + 1;
        let rest = self.plain();
        if rest.begin != rest.end {
            let problem = "text behind a closing quote; a quote inside a field is written twice";
            return Err(FormatError::row(self.row, problem));
        }
        Ok(Field {
            begin,
            end,
            doubled,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let mut records = Records::sniff(text);
        let (mut rows, mut fields) = (Vec::new(), Vec::new());
        while records.next(&mut fields).unwrap() {
            rows.push(
                fields
                    .iter()
                    .map(|&field| records.text(field).into_owned())
                    .collect(),
            );
        }
        rows
    }

    #[test]
    fn the_same_table_is_read_in_every_dialect() {
        let expected = [["id", "what"], ["1", "cut, \"short\"\nand dry"], ["2", ""]];
        for (delimiter, end) in [(",", "\n"), (";", "\r\n"), ("\t", "\r"), ("|", "\n\n")] {
            let text = format!(
                "id{delimiter}what{end}1{delimiter}\"cut, \"\"short\"\"\nand dry\"{end}2{delimiter}"
            );
            // A line feed inside quotes would make a CR-only file look like one with line feeds.
            let text = if end == "\r" {
                text.replace("\nand", " and")
            } else {
                text
            };
            let found: Vec<Vec<String>> = rows(&text)
                .into_iter()
                .map(|row| {
                    row.into_iter()
                        .map(|cell| cell.replace(" and", "\nand"))
                        .collect()
                })
                .collect();
            assert_eq!(found, expected, "{delimiter:?} {end:?}");
        }
    }

    #[test]
    fn an_open_quote_is_refused_with_its_row() {
        let mut records = Records::sniff("a,b\n1,\"2\n");
        let mut fields = Vec::new();
        assert!(records.next(&mut fields).unwrap());
        assert!(
            records
                .next(&mut fields)
                .unwrap_err()
                .to_string()
                .starts_with("row 2:")
        );
    }
}
