//! A workbook written row by row: no more than a row is held in memory. What one sheet cannot hold
//! goes on in the next.

use std::io::{Seek, Write};

use kernel::Fault;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook as Book, Worksheet, XlsxError};

use crate::Cell;

/// The most rows below the headings that a sheet holds.
pub const ROWS_MAX: u32 = 1_048_575;

/// The longest text of a cell, in characters; longer ones are cut there.
const TEXT_CHARS_MAX: usize = 32_767;

/// A workbook being written.
pub struct Workbook {
    book: Book,
    headings: Vec<Cell>,
    sheet: usize,
    next: u32,
    day: Format,
    moment: Format,
}

fn broken(error: XlsxError) -> Fault {
    Fault::broken(format!("a workbook could not be written: {error}"))
}

impl Workbook {
    /// Begins with the headings, which stay in view.
    pub fn new(headings: Vec<Cell>) -> Result<Self, Fault> {
        let mut begun = Self {
            book: Book::new(),
            headings,
            sheet: 0,
            next: 0,
            day: Format::new().set_num_format("yyyy-mm-dd"),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
        };
        begun.begin_sheet()?;
        Ok(begun)
    }

    fn begin_sheet(&mut self) -> Result<(), Fault> {
        let sheet = self
            .book
            .add_worksheet_with_constant_memory()
            .map_err(broken)?;
        sheet.set_freeze_panes(1, 0).map_err(broken)?;
        self.next = 0;
        let headings = std::mem::take(&mut self.headings);
        self.write_row(&headings)?;
        self.headings = headings;
        Ok(())
    }

    /// Adds a row.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), Fault> {
        if self.next > ROWS_MAX {
            self.sheet += 1;
            self.begin_sheet()?;
        }
        self.write_row(cells)
    }

    fn write_row(&mut self, cells: &[Cell]) -> Result<(), Fault> {
        let sheet = self.book.worksheet_from_index(self.sheet).map_err(broken)?;
        for (cell, column) in cells.iter().zip(0_u16..) {
            let formats = (&self.day, &self.moment);
            write(sheet, (self.next, column), cell, formats).map_err(broken)?;
        }
        self.next += 1;
        Ok(())
    }

    /// Writes the file.
    pub fn finish(mut self, out: impl Write + Seek + Send) -> Result<(), Fault> {
        self.book.save_to_writer(out).map_err(broken)
    }
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    (day, moment): (&Format, &Format),
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            let text: String = text.chars().take(TEXT_CHARS_MAX).collect();
            sheet.write_string(row, column, text)?;
        }
        Cell::Whole(number) => write_number(sheet, (row, column), *number, 0)?,
        Cell::Decimal(digits, places) => {
            write_number(sheet, (row, column), *digits, *places)?;
        }
        Cell::Money(money) => {
            let places = u8::try_from(money.currency.decimals()).unwrap_or(0);
            write_number(sheet, (row, column), money.minor, places)?;
        }
        Cell::Date(date) => {
            let year = u16::try_from(date.year()).unwrap_or(1900);
            let parts = [date.month(), date.day()].map(i8::unsigned_abs);
            let date = ExcelDateTime::from_ymd(year, parts[0], parts[1])?;
            sheet.write_datetime_with_format(row, column, &date, day)?;
        }
        Cell::Moment(at) => {
            let year = u16::try_from(at.year()).unwrap_or(1900);
            let parts = [at.month(), at.day(), at.hour(), at.minute(), at.second()];
            let parts = parts.map(i8::unsigned_abs);
            let at = ExcelDateTime::from_ymd(year, parts[0], parts[1])?.and_hms(
                parts[2].into(),
                parts[3],
                f64::from(parts[4]),
            )?;
            sheet.write_datetime_with_format(row, column, &at, moment)?;
        }
    }
    Ok(())
}

/// A spreadsheet counts in fractions of 53 bits; what does not fit stays a text.
fn write_number(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    digits: i64,
    places: u8,
) -> Result<(), XlsxError> {
    let text = crate::csv::decimal(digits, places);
    match text.parse::<f64>() {
        Ok(number) if digits.unsigned_abs() < 1 << 53 => sheet.write_number(row, column, number)?,
        _ => sheet.write_string(row, column, text)?,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
    use kernel::{Currency, Date, Money};

    use super::*;

    #[test]
    fn another_program_reads_words_numbers_and_dates_as_what_they_are() {
        let mut book = Workbook::new(vec!["名称".into(), "Price".into(), "Day".into()]).unwrap();
        let price = Money::new(168_050, Currency::CNY);
        let day = Date::constant(2026, 11, 22);
        book.row(&["=1+1".into(), price.into(), day.into()])
            .unwrap();
        book.row(&[Cell::Empty, Cell::Whole(-7), day.at(9, 5, 0, 0).into()])
            .unwrap();
        let mut bytes = Cursor::new(Vec::new());
        book.finish(&mut bytes).unwrap();
        let mut read: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.into_inner())).unwrap();
        let range = read.worksheet_range_at(0).unwrap().unwrap();
        let cell = |row, column| range.get((row, column)).cloned().unwrap();
        assert_eq!(cell(0, 0), Data::String("名称".to_owned()));
        assert_eq!(cell(1, 0), Data::String("=1+1".to_owned()));
        assert_eq!(cell(1, 1), Data::Float(1680.5));
        assert_eq!(cell(2, 1), Data::Float(-7.0));
        let Data::DateTime(at) = cell(2, 2) else {
            panic!("{:?}", cell(2, 2));
        };
        assert_eq!(at.to_ymd_hms_milli(), (2026, 11, 22, 9, 5, 0, 0));
    }
}
