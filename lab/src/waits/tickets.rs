//! A CSV file of tickets becomes days.

use csv::StringRecord;
use queueing::quote::{Day, Ticket};

/// The columns that are read.
const COLUMNS: [&str; 6] = ["day", "arrive_s", "staff", "wait_s", "outcome", "service_s"];

/// A year of seconds: no arrival, wait or service of one day is longer.
const SECONDS_MAX: f64 = 31_536_000.0;

/// Reads tickets; the first line of the file is row 1.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Day>, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let heads = reader.headers().map_err(|error| error.to_string())?;
    let places = places(heads)?;
    let mut days: Vec<Vec<Ticket>> = Vec::new();
    let mut last: Option<(u32, f64)> = None;
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let line = record.position().map_or(0, csv::Position::line);
        let row = Row {
            line,
            record: &record,
            places: &places,
        };
        let (day, ticket) = row.ticket()?;
        row.follows(last, (day, ticket.arrive_s))?;
        if last.is_none_or(|(before, _)| before != day) {
            days.push(Vec::new());
        }
        if let Some(today) = days.last_mut() {
            today.push(ticket);
        }
        last = Some((day, ticket.arrive_s));
    }
    if days.is_empty() {
        return Err("the file holds no ticket: give at least two days of them".into());
    }
    Ok(days.into_iter().map(Day::new).collect())
}

fn places(heads: &StringRecord) -> Result<[usize; 6], String> {
    let mut places = [0; 6];
    for (place, name) in places.iter_mut().zip(COLUMNS) {
        let found = heads.iter().position(|head| head.trim() == name);
        *place = found.ok_or_else(|| {
            let known = COLUMNS.join(", ");
            format!("row 1: the column {name} is missing; the columns needed are {known}")
        })?;
    }
    Ok(places)
}

/// One row of the file with the places of its columns.
struct Row<'a> {
    line: u64,
    record: &'a StringRecord,
    places: &'a [usize; 6],
}

impl Row<'_> {
    fn ticket(&self) -> Result<(u32, Ticket), String> {
        let whole = "a whole number from 0 to 4294967295";
        let day = self.text(0).parse().map_err(|_| self.refusal(0, whole))?;
        let staff = "a whole number from 0 to 10000";
        let on_duty = self.text(2).parse().ok().filter(|&count| count <= 10_000);
        let ticket = Ticket {
            arrive_s: self.seconds(1)?,
            staff: on_duty.ok_or_else(|| self.refusal(2, staff))?,
            wait_s: self.seconds(3)?,
            service_s: self.service()?,
        };
        Ok((day, ticket))
    }

    fn service(&self) -> Result<Option<f64>, String> {
        match (self.text(4), self.text(5)) {
            ("served", _) => self.seconds(5).map(Some),
            ("left", "") => Ok(None),
            ("left", _) => Err(self.refusal(5, "nothing, since this customer left unserved")),
            _ => Err(self.refusal(4, "served or left")),
        }
    }

    fn follows(&self, last: Option<(u32, f64)>, this: (u32, f64)) -> Result<(), String> {
        let Some((day, arrive_s)) = last else {
            return Ok(());
        };
        if this.0 < day {
            let allowed = format!("a day from {day} on: days must ascend");
            return Err(self.refusal(0, &allowed));
        }
        if this.0 == day && this.1 < arrive_s {
            let allowed = format!("at least {arrive_s}: arrivals of a day must ascend");
            return Err(self.refusal(1, &allowed));
        }
        Ok(())
    }

    fn seconds(&self, column: usize) -> Result<f64, String> {
        let parsed: Option<f64> = self.text(column).parse().ok();
        parsed
            .filter(|seconds| (0.0..=SECONDS_MAX).contains(seconds))
            .ok_or_else(|| self.refusal(column, "a number of seconds from 0 to 31536000"))
    }

    fn text(&self, column: usize) -> &str {
        self.record.get(self.places[column]).unwrap_or("").trim()
    }

    fn refusal(&self, column: usize, allowed: &str) -> String {
        let (line, name, text) = (self.line, COLUMNS[column], self.text(column));
        format!("row {line}, {name}: {text:?} is not allowed; give {allowed}")
    }
}
