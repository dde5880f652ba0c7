//! A table of purchases becomes rows.

use std::borrow::Cow;
use std::collections::HashMap;

use csv::StringRecord;
use lifetime::{Day, Purchase};

use super::cells::{self, Looks, Order};

/// Which columns to read, where the caller says so.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Columns<'a> {
    pub id: Option<&'a str>,
    pub date: Option<&'a str>,
    pub spend: Option<&'a str>,
    pub order: Option<Order>,
}

/// What a file holds.
#[derive(Debug)]
pub(super) struct Read {
    pub rows: Vec<Purchase>,
    /// Names of customers, by number.
    pub names: Vec<String>,
    pub has_spend: bool,
}

/// Rows that are wrong are told up to this many.
const REFUSALS_MAX: usize = 3;

const ID_NAMES: [&str; 16] = [
    "customer_id",
    "customerid",
    "customer id",
    "customer",
    "cust_id",
    "client_id",
    "client",
    "user_id",
    "userid",
    "member_id",
    "id",
    "phone",
    "客户",
    "会员",
    "客户编号",
    "会员号",
];
const DATE_NAMES: [&str; 13] = [
    "date",
    "order_date",
    "purchase_date",
    "invoicedate",
    "invoice_date",
    "transaction_date",
    "datetime",
    "timestamp",
    "day",
    "time",
    "日期",
    "时间",
    "消费日期",
];
const SPEND_NAMES: [&str; 15] = [
    "spend",
    "amount",
    "total",
    "revenue",
    "sales",
    "price",
    "value",
    "money",
    "paid",
    "total_price",
    "金额",
    "消费",
    "消费金额",
    "实付",
    "总价",
];

/// Reads purchases; the first line of the file is row 1. No day may be after `latest`.
pub(super) fn read(bytes: &[u8], columns: &Columns<'_>, latest: Day) -> Result<Read, String> {
    let text = decode(bytes)?;
    let (text, separator) = separate(&text);
    let open = || {
        let mut builder = csv::ReaderBuilder::new();
        builder
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All);
        builder.from_reader(text.as_bytes())
    };
    let mut records = open().into_records();
    let missing = "the file is empty; it takes a row per purchase: who, when, for how much";
    let first = records
        .next()
        .ok_or(missing)?
        .map_err(|error| error.to_string())?;
    let has_header = !first.iter().any(|cell| Looks::of(cell).any());
    let sample = if has_header { records.next() } else { None };
    let sample = sample.transpose().map_err(|error| error.to_string())?;
    let sample = match (has_header, sample) {
        (true, None) => return Err("there is a header and no purchase below it".into()),
        (true, Some(row)) => row,
        (false, _) => first.clone(),
    };
    let places = Places::of(&first, &sample, has_header, columns)?;
    let mut rows = open().into_records();
    let order = order(&mut rows, &places, columns.order)?;
    let mut sink = Sink::new(places, order, latest);
    let mut reader = open();
    let (mut record, mut skip) = (StringRecord::new(), has_header);
    while reader
        .read_record(&mut record)
        .map_err(|error| error.to_string())?
    {
        if !std::mem::take(&mut skip) {
            sink.take(&record);
        }
    }
    sink.finish()
}

fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let marked = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = marked.unwrap_or(if std::str::from_utf8(bytes).is_ok() {
        encoding_rs::UTF_8
    } else {
        encoding_rs::GBK
    });
    let (text, _, broken) = encoding.decode(bytes);
    if broken || text.contains('\0') {
        return Err("this is not text in UTF-8, UTF-16 or GBK; give a CSV file".into());
    }
    Ok(text)
}

/// The separator of the first line; runs of spaces become tabs where there is no other.
fn separate<'a>(text: &'a str) -> (Cow<'a, str>, u8) {
    let line = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or("");
    let count = |mark: &char| line.matches(*mark).count();
    match ['\t', ';', ',', '|'].iter().max_by_key(|mark| count(mark)) {
        Some(mark) if count(mark) > 0 => (Cow::Borrowed(text), *mark as u8),
        _ => {
            let cells = |line: &'a str| line.split_whitespace().collect::<Vec<_>>().join("\t");
            let lines: Vec<String> = text.lines().map(cells).collect();
            (Cow::Owned(lines.join("\n")), b'\t')
        }
    }
}

/// Where the columns are, and what they are called.
struct Places {
    names: Vec<String>,
    id: usize,
    date: usize,
    spend: Option<usize>,
}

impl Places {
    fn of(
        first: &StringRecord,
        sample: &StringRecord,
        has_header: bool,
        columns: &Columns<'_>,
    ) -> Result<Self, String> {
        let mut names: Vec<String> = match has_header {
            true => first.iter().map(str::to_owned).collect(),
            false => Vec::new(),
        };
        // A row may be longer than the header above it.
        let width = first.len().max(sample.len());
        names.extend((names.len() + 1..=width).map(|number| number.to_string()));
        let find = |name: &str| names.iter().position(|own| own.eq_ignore_ascii_case(name));
        let given = |option: &str, name: Option<&str>| {
            let place = |name: &str| {
                let all = names.join(", ");
                find(name).ok_or_else(|| format!("{option} is {name}; the columns are {all}"))
            };
            name.map(place).transpose()
        };
        let usual = |list: &[&str]| list.iter().find_map(|name| find(name));
        let cells: Vec<&str> = sample.iter().collect();
        let date = given("--date", columns.date)?
            .or_else(|| usual(&DATE_NAMES))
            .or_else(|| cells.iter().position(|cell| Looks::of(cell).any()))
            .ok_or("no column holds dates; name it with --date")?;
        let spend = given("--spend", columns.spend)?.or_else(|| usual(&SPEND_NAMES));
        let free = |place: usize| place != date && Some(place) != spend;
        let id = given("--id", columns.id)?
            .or_else(|| usual(&ID_NAMES).filter(|&place| free(place)))
            .or_else(|| (0..names.len()).find(|&place| free(place)))
            .ok_or("no column names the customer; name it with --id")?;
        let is_amount = |place: &usize| {
            *place != id
                && free(*place)
                && cells
                    .get(*place)
                    .is_some_and(|c| cells::amount(c).is_some())
        };
        let spend = spend.or_else(|| (0..names.len()).rev().find(is_amount));
        Ok(Self {
            names,
            id,
            date,
            spend,
        })
    }
}

/// The order of dates: what all rows can be.
fn order<R: std::io::Read>(
    records: &mut csv::StringRecordsIntoIter<R>,
    places: &Places,
    given: Option<Order>,
) -> Result<Order, String> {
    if let Some(order) = given {
        return Ok(order);
    }
    let (mut dmy, mut mdy, mut ambiguous) = (true, true, None);
    for record in records {
        let record = record.map_err(|error| error.to_string())?;
        let text = record.get(places.date).unwrap_or("");
        let looks = Looks::of(text);
        if looks.ymd {
            return Ok(Order::Ymd);
        }
        if looks.any() {
            (dmy, mdy) = (dmy && looks.dmy, mdy && looks.mdy);
            ambiguous.get_or_insert_with(|| text.to_owned());
            if dmy != mdy {
                break;
            }
        }
    }
    match (dmy, mdy, ambiguous) {
        (_, _, None) | (false, false, _) => Ok(Order::Ymd),
        (true, false, _) => Ok(Order::Dmy),
        (false, true, _) => Ok(Order::Mdy),
        (true, true, Some(text)) => Err(format!(
            "column {}: {text:?} may be day/month or month/day; say --date-order dmy or mdy",
            places.names[places.date]
        )),
    }
}

/// Takes rows and counts what is wrong with them.
struct Sink {
    places: Places,
    order: Order,
    latest: Day,
    read: Read,
    numbers: HashMap<String, u32>,
    refusals: Vec<String>,
    refused: usize,
}

impl Sink {
    fn new(places: Places, order: Order, latest: Day) -> Self {
        let has_spend = places.spend.is_some();
        Self {
            places,
            order,
            latest,
            read: Read {
                rows: Vec::new(),
                names: Vec::new(),
                has_spend,
            },
            numbers: HashMap::new(),
            refusals: Vec::new(),
            refused: 0,
        }
    }

    fn take(&mut self, record: &StringRecord) {
        match self.purchase(record) {
            Ok((name, day, spend)) => {
                let customer = self.number(name);
                self.read.rows.push(Purchase {
                    customer,
                    day,
                    spend,
                });
            }
            Err((column, allowed)) => {
                self.refused += 1;
                if self.refusals.len() < REFUSALS_MAX {
                    let row = record.position().map_or(0, csv::Position::line);
                    let name = &self.places.names[column];
                    let text = record.get(column).unwrap_or("");
                    self.refusals
                        .push(format!("row {row}, {name}: {text:?}; {allowed}"));
                }
            }
        }
    }

    /// Who, when and for how much; or the column and what it takes.
    fn purchase<'a>(
        &self,
        record: &'a StringRecord,
    ) -> Result<(&'a str, Day, f64), (usize, String)> {
        let Places {
            id, date, spend, ..
        } = self.places;
        let cell = |place: usize| record.get(place).unwrap_or("");
        let name = cell(id);
        if name.is_empty() {
            return Err((id, "it names the customer".into()));
        }
        let no_date = || {
            (
                date,
                "it takes a date such as 1997-01-31 or 19970131".to_owned(),
            )
        };
        let day = cells::day(cell(date), self.order).ok_or_else(no_date)?;
        if day > self.latest {
            return Err((date, format!("it takes a day up to {}", self.latest)));
        }
        let amount = |place: usize| {
            let found = cells::amount(cell(place)).filter(|amount| *amount >= 0.0);
            found.ok_or_else(|| (place, "it takes an amount of 0 or more".to_owned()))
        };
        Ok((name, day, spend.map_or(Ok(0.0), amount)?))
    }

    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.read.names.len() as u32;
        self.read.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    fn finish(self) -> Result<Read, String> {
        let more = self.refused - self.refusals.len();
        let told = self.refusals.join("; ");
        match (self.refused, more) {
            (0, _) => Ok(self.read),
            (_, 0) => Err(told),
            (_, more) => Err(format!("{told}; and {more} more rows like these")),
        }
    }
}
