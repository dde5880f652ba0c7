//! Comma-separated values that a spreadsheet opens without doing harm.

use kernel::format;

use crate::Cell;

/// Tells a spreadsheet that the file is UTF-8.
pub const MARK: &[u8] = b"\xef\xbb\xbf";

/// Words beginning with one of these are taken for a formula by spreadsheets.
const DANGEROUS: [char; 8] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋'];

fn is_dangerous(text: &str) -> bool {
    text.starts_with(DANGEROUS)
}

/// Whether nothing but apostrophes of its own stands before what a spreadsheet would calculate.
fn needs_apostrophe(text: &str) -> bool {
    is_dangerous(text.trim_start_matches('\''))
}

/// Words as a spreadsheet shows them, never as it would calculate them: an apostrophe goes before.
pub fn defused(text: &str) -> String {
    match needs_apostrophe(text) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// The words as they were before [`defused`].
pub fn undefused(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if needs_apostrophe(rest) => rest,
        _ => cell,
    }
}

/// Adds one line.
pub fn line(out: &mut Vec<u8>, cells: &[Cell]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => quoted(out, &defused(text)),
            other => out.extend(plain(other).into_bytes()),
        }
    }
    out.extend(b"\r\n");
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Whole(number) => number.to_string(),
        Cell::Decimal(digits, places) => decimal(*digits, *places),
        Cell::Money(money) => format::money_input(money),
        Cell::Date(date) => date.to_string(),
        Cell::Moment(at) => at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
    }
}

/// A number from its digits and how many of them stand after the point.
pub(crate) fn decimal(digits: i64, places: u8) -> String {
    let (sign, all) = (if digits < 0 { "-" } else { "" }, digits.unsigned_abs());
    let places = usize::from(places);
    let padded = format!("{all:0>width$}", width = places + 1);
    let (whole, rest) = padded.split_at(padded.len() - places);
    match places {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{rest}"),
    }
}

fn quoted(out: &mut Vec<u8>, text: &str) {
    if !text.contains([',', '"', '\n', '\r', ';', '\t']) && text.trim() == text {
        return out.extend(text.as_bytes());
    }
    out.push(b'"');
    for byte in text.bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[Cell]) -> String {
        let mut out = Vec::new();
        line(&mut out, cells);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn words_that_look_like_a_formula_are_only_words_and_numbers_stay_numbers() {
        let texts = [
            "=1+1", "+351 912", "-x", "@sum(a1)", "plain", "a,\"b\"", " c",
        ];
        let cells: Vec<Cell> = texts.map(Cell::from).to_vec();
        assert_eq!(
            written(&cells),
            "'=1+1,'+351 912,'-x,'@sum(a1),plain,\"a,\"\"b\"\"\",\" c\"\r\n"
        );
        let cells = [
            Cell::Whole(-5),
            Cell::Decimal(-5, 2),
            Cell::Decimal(1250, 1),
        ];
        assert_eq!(written(&cells), "-5,-0.05,125.0\r\n");
    }

    #[test]
    fn what_was_defused_is_read_as_it_was() {
        for text in ["=1", "'=1", "''=1", "'plain", "it's", "'", "", "+1", "-"] {
            assert_eq!(undefused(&defused(text)), text);
        }
    }
}
