//! Demand and its calendar from CSV.

use std::collections::{BTreeMap, BTreeSet};

use crate::csv_fault::unreadable;
use csv::StringRecord;
use forecast::{Calendar, Day, Row, Series, SeriesError, Step};
use jiff::civil::{Date, DateTime};

/// Which columns to read, where the caller says so.
#[derive(Clone, Copy, Default)]
pub(super) struct Columns<'a> {
    pub(super) time: Option<&'a str>,
    pub(super) value: Option<&'a str>,
    /// What tells series apart, the widest first; without any, the file is one series.
    pub(super) series: &'a [String],
}

/// Rows with their lines, and what the file says of days.
#[derive(Default)]
pub(super) struct Demand {
    rows: Vec<Row>,
    lines: Vec<u64>,
    /// Rows after the last demand may have none.
    empty: BTreeMap<DateTime, u64>,
    value_name: String,
    /// What each series is called in each of its columns.
    pub(super) names: Vec<Vec<String>>,
    numbers: BTreeMap<Vec<String>, usize>,
    days: BTreeMap<Date, Day>,
    closed: BTreeSet<(usize, Date)>,
}

/// Headers of a demand column, tried in this order.
const VALUE_NAMES: [&str; 8] = [
    "count", "value", "demand", "quantity", "y", "数量", "需求", "人数",
];

impl Demand {
    /// The rows of each series on one grid, or added up by slot.
    pub(super) fn series(&self, slot: Option<Step>) -> Result<Vec<Series>, String> {
        Series::together(&self.rows, slot).map_err(|error| self.explain(&error))
    }

    fn explain(&self, error: &SeriesError) -> String {
        match error.row().and_then(|row| self.lines.get(row)) {
            Some(line) => format!("line {line}, column {}: {error}", self.value_name),
            None => error.to_string(),
        }
    }

    /// What is known of days for these series together: closed where all of them are.
    pub(super) fn calendar(&self, series: &[usize]) -> Calendar {
        let mut calendar = Calendar::new();
        for (&date, day) in &self.days {
            let closed = series.iter().all(|&of| self.closed.contains(&(of, date)));
            let day = Day {
                closed,
                ..day.clone()
            };
            calendar.set(date, day);
        }
        calendar
    }

    /// Takes in one record; what is wrong with it names the column.
    fn take(&mut self, record: &StringRecord, places: &Places) -> Result<(), (usize, String)> {
        let line = record.position().map_or(0, csv::Position::line);
        let text = &record[places.time];
        let moment = parse_time(text).ok_or_else(|| {
            let allowed = "is no time; 2026-11-22T09:00 is one";
            (places.time, format!("“{text}” {allowed}"))
        })?;
        let of = self.number(record, places)?;
        let day = describe(record, places)
            .map_err(|(column, text)| (column, format!("“{text}” is neither 0 nor 1")))?;
        if day.closed {
            self.closed.insert((of, moment.date()));
        }
        merge(self.days.entry(moment.date()).or_default(), day);
        let text = &record[places.value];
        if text.is_empty() {
            self.empty.insert(moment, line);
            return Ok(());
        }
        let value = text.parse::<f64>().map_err(|_| {
            let allowed = "is no number; zero or more is allowed";
            (places.value, format!("“{text}” {allowed}"))
        })?;
        self.rows.push((of, moment, value));
        self.lines.push(line);
        Ok(())
    }

    /// The number of the series that a record belongs to.
    fn number(&mut self, record: &StringRecord, places: &Places) -> Result<usize, (usize, String)> {
        let name = |&column: &usize| match &record[column] {
            "" => Err((column, "empty; each row names its series".to_owned())),
            text => Ok(text.to_owned()),
        };
        let names: Vec<String> = places.series.iter().map(name).collect::<Result<_, _>>()?;
        if let Some(&number) = self.numbers.get(&names) {
            return Ok(number);
        }
        self.names.push(names.clone());
        self.numbers.insert(names, self.names.len() - 1);
        Ok(self.names.len() - 1)
    }

    /// Only rows after the last demand may be empty.
    fn check_empty(&self) -> Result<(), String> {
        let last = self.rows.iter().map(|row| row.1).max();
        let too_early = |moment: &DateTime| last.is_some_and(|last| *moment < last);
        match self.empty.iter().find(|(moment, _)| too_early(moment)) {
            Some((_, line)) => Err(format!(
                "line {line}, column {}: empty; write 0 where there was no demand (only rows after \
                 the last demand may be empty, for the calendar ahead)",
                self.value_name
            )),
            None => Ok(()),
        }
    }
}

/// Where the columns are.
struct Places {
    time: usize,
    value: usize,
    holiday: Option<usize>,
    working: Option<usize>,
    closed: Option<usize>,
    series: Vec<usize>,
}

/// Reads a file's bytes.
pub(super) fn read(bytes: &[u8], columns: Columns<'_>) -> Result<Demand, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(bytes);
    let header = reader
        .headers()
        .map_err(|error| unreadable(&error))?
        .clone();
    let records: Vec<StringRecord> = reader
        .records()
        .collect::<Result<_, _>>()
        .map_err(|error| unreadable(&error))?;
    let places = places(&header, records.first(), columns)?;
    let mut demand = Demand {
        value_name: header[places.value].to_owned(),
        ..Demand::default()
    };
    for record in &records {
        demand.take(record, &places).map_err(|(column, what)| {
            let line = record.position().map_or(0, csv::Position::line);
            format!("line {line}, column {}: {what}", &header[column])
        })?;
    }
    demand.check_empty()?;
    Ok(demand)
}

fn places(
    header: &StringRecord,
    first: Option<&StringRecord>,
    columns: Columns<'_>,
) -> Result<Places, String> {
    let of = |name: &str| {
        header
            .iter()
            .position(|column| column.eq_ignore_ascii_case(name))
    };
    let wanted = |flag: &str, name: &str| {
        of(name).ok_or_else(|| {
            let all: Vec<&str> = header.iter().collect();
            format!(
                "{flag} is {name}; the file has the columns {}",
                all.join(", ")
            )
        })
    };
    let series = columns.series.iter();
    let series = series.map(|name| wanted("--series", name));
    let series = series.collect::<Result<Vec<usize>, _>>()?;
    let first = first.ok_or("there are no rows; a header and at least eight rows are needed")?;
    let time = match columns.time {
        Some(name) => wanted("--time", name)?,
        None => first
            .iter()
            .position(|text| parse_time(text).is_some())
            .ok_or("the first row holds no time; name the column with --time")?,
    };
    let is_number = |at: &usize| *at != time && first[*at].parse::<f64>().is_ok();
    let value = match columns.value {
        Some(name) => wanted("--value", name)?,
        None => VALUE_NAMES
            .iter()
            .filter_map(|name| of(name))
            .find(|at| *at != time)
            .or_else(|| (0..header.len()).find(is_number))
            .ok_or("the first row holds no number beside the time; name the column with --value")?,
    };
    Ok(Places {
        time,
        value,
        holiday: of("holiday"),
        working: of("workingday"),
        closed: of("closed"),
        series,
    })
}

/// What a row says of its day; the column and text that are neither 0 nor 1.
fn describe<'a>(record: &'a StringRecord, places: &Places) -> Result<Day, (usize, &'a str)> {
    let flag = |place: Option<usize>| match place.map(|at| (at, &record[at])) {
        None | Some((_, "")) => Ok(None),
        Some((_, "1" | "true" | "yes" | "是")) => Ok(Some(true)),
        Some((_, "0" | "false" | "no" | "否")) => Ok(Some(false)),
        Some((at, text)) => Err((at, text)),
    };
    Ok(Day {
        holiday: flag(places.holiday)?.unwrap_or(false),
        feast: None,
        working: flag(places.working)?,
        closed: flag(places.closed)?.unwrap_or(false),
    })
}

/// A day is a holiday when one of its rows says so.
fn merge(known: &mut Day, row: Day) {
    known.holiday |= row.holiday;
    known.working = known.working.or(row.working);
}

/// A civil time as files write it; an offset at the end is left out, since seasons follow the
/// clock on the wall.
fn parse_time(text: &str) -> Option<DateTime> {
    let text = text.replace('/', "-").replacen(' ', "T", 1);
    let (date, clock) = text.split_once('T').unwrap_or((&text, ""));
    let mut parts = date.splitn(3, '-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next().map_or(Some(1), |day| day.parse().ok())?;
    let date = Date::new(year, month, day).ok()?;
    let clock = clock
        .trim_end_matches('Z')
        .split(['+', '-'])
        .next()
        .unwrap_or_default();
    if clock.is_empty() {
        return Some(date.at(0, 0, 0, 0));
    }
    let mut parts = clock.split(':');
    let hour = parts.next()?.trim().parse().ok()?;
    let minute = parts.next().map_or(Some(0), |m| m.parse().ok())?;
    let second: f64 = parts.next().map_or(Some(0.0), |s| s.parse().ok())?;
    let whole = (0.0..60.0).contains(&second).then_some(second as i8)?;
    let time = jiff::civil::Time::new(hour, minute, whole, 0).ok()?;
    parts.next().is_none().then(|| date.to_datetime(time))
}
