//! From the text of a cell to a value, or to the reason why not.

use kernel::{Currency, Date, DateTime, Fault, FieldFault, Money, Text, Time, TimeZone, Timestamp};

use crate::{columns::Columns, grid::Row};

/// Dates before this year are slips of the pen.
const YEAR_MIN: i16 = 1970;
/// Dates further ahead than this many years are slips of the pen, too.
const YEARS_AHEAD: i16 = 10;

/// Reads one row and gathers everything that is wrong with it.
pub struct Reader<'a> {
    columns: &'a Columns,
    row: &'a Row,
    now: Timestamp,
    wrong: Vec<FieldFault>,
}

impl<'a> Reader<'a> {
    /// Begins with a row; `now` bounds its dates.
    pub fn new(columns: &'a Columns, row: &'a Row, now: Timestamp) -> Self {
        let mut reader = Self {
            columns,
            row,
            now,
            wrong: Vec::new(),
        };
        if row
            .cells
            .iter()
            .skip(columns.count())
            .any(|c| !c.trim().is_empty())
        {
            let text = Text::key("exchange-row-long")
                .with("cells", row.cells.len())
                .with("columns", columns.count());
            reader.wrong("", text);
        }
        reader
    }

    /// Remembers that something is wrong.
    pub fn wrong(&mut self, column: &str, text: Text) {
        self.wrong.push(FieldFault {
            field: column.to_owned(),
            text,
        });
    }

    /// Refuses the row when anything was wrong.
    pub fn check(&mut self) -> Result<(), Fault> {
        match std::mem::take(&mut self.wrong) {
            wrong if wrong.is_empty() => Ok(()),
            wrong => Err(Fault::fields(wrong)),
        }
    }

    /// What stands in the cell, if anything.
    pub fn given(&self, column: &str) -> Option<&'a str> {
        let cell = self.columns.cell(self.row, column);
        (!cell.is_empty()).then_some(cell)
    }

    /// What stands in the columns of the business's own fields.
    pub fn own(&self) -> Vec<(String, String)> {
        self.columns.own(self.row).collect()
    }

    /// Text of at most so many characters.
    pub fn text(&mut self, column: &str, max: usize) -> Option<String> {
        let text = self.given(column)?;
        if text.chars().count() > max {
            self.wrong(column, Text::key("exchange-text-long").with("max", max));
            return None;
        }
        let control = |c: char| c.is_control() && c != '\n' && c != '\t';
        if text.chars().any(control) {
            self.wrong(column, Text::key("exchange-text-control"));
            return None;
        }
        Some(text.to_owned())
    }

    /// Text that must be there.
    pub fn needed(&mut self, column: &str, max: usize) -> String {
        if self.given(column).is_none() {
            self.wrong(column, Text::key("exchange-needed"));
        }
        self.text(column, max).unwrap_or_default()
    }

    /// Several words in one cell, separated by commas, semicolons, bars, plus signs or new lines.
    pub fn list(&self, column: &str) -> Option<Vec<String>> {
        let parts = self.given(column)?;
        let words = parts
            .split(|c: char| ",;|+\n，；、".contains(c))
            .map(str::trim)
            .filter(|word| !word.is_empty());
        Some(words.map(str::to_owned).collect())
    }

    /// A whole number within bounds; `12.0` counts as whole, since spreadsheets write so.
    pub fn whole(&mut self, column: &str, min: i64, max: i64) -> Option<i64> {
        let cell = self.given(column)?;
        let digits = cell.strip_suffix(".0").unwrap_or(cell);
        match digits.parse::<i64>() {
            Ok(number) if (min..=max).contains(&number) => Some(number),
            _ => {
                let text = Text::key("exchange-whole-wrong").with("value", cell);
                self.wrong(column, text.with("min", min).with("max", max));
                None
            }
        }
    }

    /// A percentage with at most one decimal, in permille.
    pub fn percent(&mut self, column: &str) -> Option<i64> {
        let cell = self.given(column)?;
        let digits = cell.trim_end_matches(['%', '％']).trim();
        let (whole, tenth) = digits.split_once('.').unwrap_or((digits, "0"));
        let permille = format!("{whole}{tenth}").parse::<i64>().ok();
        match permille.filter(|value| tenth.len() == 1 && (0..=1000).contains(value)) {
            Some(permille) => Some(permille),
            None => {
                let text = Text::key("exchange-percent-wrong").with("value", cell);
                self.wrong(column, text);
                None
            }
        }
    }

    /// An amount of money, never negative; a sign of the currency in front is understood.
    pub fn money(&mut self, column: &str, currency: Currency) -> Option<Money> {
        let cell = self.given(column)?;
        let digits = cell.trim_start_matches(['¥', '￥', '$', '€', '£']);
        match Money::parse(digits, currency) {
            Some(money) if money.minor >= 0 => Some(money),
            Some(_) => {
                self.wrong(column, Text::key("exchange-money-negative"));
                None
            }
            None => {
                let text = Text::key("exchange-money-wrong").with("value", cell);
                self.wrong(column, text.with("currency", currency.code()));
                None
            }
        }
    }

    /// One of several words.
    pub fn choice<T: Copy>(&mut self, column: &str, words: &[(&[&str], T)]) -> Option<T> {
        let cell = self.given(column)?;
        let lower = cell.to_lowercase();
        let found = words
            .iter()
            .find(|(names, _)| names.contains(&lower.as_str()));
        if found.is_none() {
            let first = words.iter().filter_map(|(names, _)| names.first().copied());
            let text = Text::key("exchange-choice-wrong")
                .with("value", cell)
                .with("allowed", first.collect::<Vec<_>>().join(", "));
            self.wrong(column, text);
        }
        found.map(|(_, value)| *value)
    }

    /// A moment: with an offset as it stands, else on the clocks of the zone.
    pub fn moment(&mut self, column: &str, zone: &TimeZone) -> Option<Timestamp> {
        let cell = self.given(column)?;
        match moment(cell, zone, self.now) {
            Ok(moment) => Some(moment),
            Err(text) => {
                self.wrong(column, text.with("value", cell));
                None
            }
        }
    }
}

fn moment(cell: &str, zone: &TimeZone, now: Timestamp) -> Result<Timestamp, Text> {
    let local = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
    let date_time = match cell.parse::<Timestamp>() {
        Ok(at) => return within_years(local(at), now).map(|()| at),
        Err(_) => date_time(cell).ok_or(Text::key("exchange-date-wrong"))?,
    };
    within_years(date_time.date(), now)?;
    let at = zone
        .to_timestamp(date_time)
        .map_err(|_| Text::key("exchange-date-wrong"))?;
    // A time that the clocks jump over comes back as another one.
    if at.to_zoned(zone.clone()).datetime() != date_time {
        return Err(Text::key("exchange-time-skipped"));
    }
    Ok(at)
}

fn within_years(date: Date, now: Timestamp) -> Result<(), Text> {
    let last = now.to_zoned(TimeZone::UTC).year() + YEARS_AHEAD;
    if (YEAR_MIN..=last).contains(&date.year()) {
        return Ok(());
    }
    Err(Text::key("exchange-date-absurd"))
}

/// `2026-11-21 10:00`, `2026/11/21`, `2026年11月21日 10:00:30` or `21.11.26 9:05`. Where day and
/// month could be taken for each other, nothing is read.
fn date_time(cell: &str) -> Option<DateTime> {
    let cell = cell.replace(['年', '月'], "-").replace(['日', 'T'], " ");
    let (date, time) = cell.split_once(' ').unwrap_or((&cell, ""));
    Some(date_of(date)?.to_datetime(time_of(time.trim())?))
}

fn date_of(text: &str) -> Option<Date> {
    let separator = ['-', '/', '.']
        .into_iter()
        .find(|mark| text.contains(*mark))?;
    let parts: Vec<i16> = text
        .split(separator)
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let [first, middle, last] = parts.try_into().ok()?;
    let (year, month, day) = match (separator, first) {
        (_, 1000..) => (first, middle, last),
        // Points stand between day, month and year, in this order, wherever points are used.
        ('.', _) => (full_year(last), middle, first),
        _ => return None,
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn full_year(year: i16) -> i16 {
    match year {
        0..70 => 2000 + year,
        70..100 => 1900 + year,
        _ => year,
    }
}

fn time_of(text: &str) -> Option<Time> {
    if text.is_empty() {
        return Some(Time::midnight());
    }
    let mut parts = text.split(':');
    let hour = parts.next()?.parse().ok()?;
    let minute = parts.next()?.parse().ok()?;
    let second = match parts.next() {
        None => 0,
        Some(second) => second.split('.').next()?.parse().ok()?,
    };
    if parts.next().is_some() {
        return None;
    }
    Time::new(hour, minute, second, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str) -> Result<String, &'static str> {
        let now = "2026-11-21T10:00:00Z".parse().unwrap();
        let lisbon = TimeZone::get("Europe/Lisbon").unwrap();
        moment(cell, &lisbon, now)
            .map(|at| at.to_string())
            .map_err(|text| text.key)
    }

    #[test]
    fn dates_are_read_as_offices_write_them() {
        for cell in [
            "2026-11-21T10:05:00Z",
            "2026-11-21T18:05+08:00",
            "2026-11-21 10:05",
            "2026/11/21 10:05:00",
            "2026年11月21日 10:05",
            "21.11.26 10:05",
            "21.11.2026 10:05",
        ] {
            assert_eq!(read(cell).as_deref(), Ok("2026-11-21T10:05:00Z"), "{cell}");
        }
        assert_eq!(read("9.3.10").as_deref(), Ok("2010-03-09T00:00:00Z"));
    }

    #[test]
    fn dates_that_cannot_be_or_could_be_two_are_refused() {
        for cell in [
            "11/12/2026",
            "2026-02-30",
            "yesterday",
            "2026-11-21 25:00",
            "45",
            ".",
        ] {
            assert_eq!(read(cell), Err("exchange-date-wrong"), "{cell}");
        }
        for cell in ["1066-10-14", "9999-01-01", "2200-01-01T00:00:00Z"] {
            assert_eq!(read(cell), Err("exchange-date-absurd"), "{cell}");
        }
        assert_eq!(read("2026-03-29 01:30"), Err("exchange-time-skipped"));
    }
}
