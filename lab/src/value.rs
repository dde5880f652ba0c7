//! `steward lab value`.

mod cells;
mod figures;
mod people;
mod purchases;

use std::path::PathBuf;

use clap::ValueEnum;
use lifetime::{Day, Kind, Purchase, Summary, Window, summarise};

use crate::Failure;
use purchases::{Columns, Read};

/// `steward lab value`.
///
/// The file has a row per purchase: who, when and, if known, for how much. Separators, columns and
/// the way of writing dates are recognised; a file without a header is too, its columns are then
/// named 1, 2, 3 and so on. The first half of the time observed teaches the models, the second
/// half decides between them.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Args {
    /// The purchases (CSV, or columns between tabs or spaces).
    pub file: PathBuf,
    /// Column that names the customer.
    #[arg(long, value_name = "COL")]
    pub id: Option<String>,
    /// Column with the day of the purchase; a time of day is not read.
    #[arg(long, value_name = "COL")]
    pub date: Option<String>,
    /// Column with the amount, 0 or more.
    #[arg(long, value_name = "COL")]
    pub spend: Option<String>,
    /// How dates such as 03/04/2026 are to be read, where the file does not tell.
    #[arg(long)]
    pub date_order: Option<cells::Order>,
    /// Unit of time of parameters.
    #[arg(long, default_value = "week")]
    pub unit: Unit,
    /// Last day to learn from; without it, the middle of the time observed.
    #[arg(long, value_name = "DATE")]
    pub calibration_end: Option<String>,
    /// Last day observed; without it, the day of the last purchase.
    #[arg(long, value_name = "DATE")]
    pub observed_to: Option<String>,
    /// auto and all fit every model; or one of NBD, BG/NBD, MBG/NBD, Pareto/NBD.
    #[arg(long, default_value = "auto", value_parser = models)]
    pub model: Models,
    /// Draws of the bootstrap for 95 % intervals of parameters; 0 for none.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub bootstrap: usize,
    /// Seed of the bootstrap.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Write id, p_alive, expected_purchases and clv of each customer to this file.
    ///
    /// With --calibration-end they hold on that day, for the model learnt up to it; without it, on
    /// the last day observed, for the chosen model learnt from everything.
    #[arg(long, value_name = "OUT.csv")]
    pub per_customer: Option<PathBuf>,
    /// How far ahead the purchases and the value of a customer are expected, in units; without it,
    /// the length of the holdout given by --calibration-end, or else a year.
    #[arg(long, value_name = "UNITS")]
    pub horizon: Option<f64>,
    /// What money loses of its worth in a year; 0.1 is 10 %.
    #[arg(long, value_name = "SHARE", default_value_t = 0.1)]
    pub discount: f64,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// Unit of time of parameters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Unit {
    /// Days.
    Day,
    /// Weeks of seven days.
    #[default]
    Week,
}

impl Unit {
    fn days(self) -> f64 {
        match self {
            Self::Day => 1.0,
            Self::Week => 7.0,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
        }
    }
}

/// Which models to fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Models(pub Vec<Kind>);

impl Default for Models {
    fn default() -> Self {
        Self(Kind::ALL.to_vec())
    }
}

fn models(text: &str) -> Result<Models, String> {
    if text.eq_ignore_ascii_case("auto") || text.eq_ignore_ascii_case("all") {
        return Ok(Models::default());
    }
    let plain = |name: &str| -> String {
        let letters = name.chars().filter(char::is_ascii_alphabetic);
        letters.map(|letter| letter.to_ascii_lowercase()).collect()
    };
    let found = Kind::ALL
        .iter()
        .find(|kind| plain(kind.name()) == plain(text));
    let kind = found.ok_or("it is auto, all, NBD, BG/NBD, MBG/NBD or Pareto/NBD")?;
    Ok(Models(vec![*kind]))
}

/// Who comes back and what they are worth, from purchases.
pub fn run(args: &Args) -> Result<(), Failure> {
    let today = jiff::Zoned::now().date();
    let (year, month) = (i32::from(today.year()), i32::from(today.month()));
    let today = Day::new(year, month, i32::from(today.day())).unwrap_or(Day(i32::MAX));
    println!("{}", answer(args, today)?);
    Ok(())
}

/// How many purchases up to `latest` a file's bytes hold.
///
/// # Errors
/// A line that names the row and the column, and what is allowed.
pub fn purchases(bytes: &[u8], latest: Day) -> Result<usize, String> {
    purchases::read(bytes, &Columns::default(), latest).map(|read| read.rows.len())
}

/// What the command prints; no purchase may lie after `today`.
///
/// # Errors
/// A line that names the file, the row and the column, and what is allowed.
pub fn answer(args: &Args, today: Day) -> Result<String, Failure> {
    let named = |what: String| Failure(format!("{}: {what}", args.file.display()));
    let bytes = std::fs::read(&args.file).map_err(|error| named(error.to_string()))?;
    let columns = Columns {
        id: args.id.as_deref(),
        date: args.date.as_deref(),
        spend: args.spend.as_deref(),
        order: args.date_order,
    };
    let observed_to = args
        .observed_to
        .as_deref()
        .map(|text| option_day("--observed-to", text));
    let observed_to = observed_to.transpose()?;
    let latest = observed_to.unwrap_or(today);
    let read = purchases::read(&bytes, &columns, latest).map_err(named)?;
    let mut study = Study::new(args, read, observed_to)?;
    let mut told = figures::of(args, &study);
    if told.is_err() && !study.split_is_given {
        // Half of a short time says too little: then all of it teaches, and nothing is held out.
        let window = study.window;
        study.look(Window::up_to(window.observed_to, window.unit_days))?;
        told = figures::of(args, &study);
    }
    let told = told.map_err(|error| named(error.to_string()))?;
    if let Some(path) = &args.per_customer {
        people::write(args, &study, &told, path)?;
    }
    Ok(if args.json {
        format!("{:#}", told.json)
    } else {
        figures::table(&told.json)
    })
}

fn option_day(option: &str, text: &str) -> Result<Day, Failure> {
    let day = cells::day(text, cells::Order::Ymd);
    let refusal = || {
        Failure(format!(
            "{option}: {text:?} is not a date such as 1997-09-30"
        ))
    };
    day.ok_or_else(refusal)
}

/// Purchases with the times to look at.
struct Study {
    rows: Vec<Purchase>,
    names: Vec<String>,
    has_spend: bool,
    window: Window,
    summary: Summary,
    /// Whether the caller said where the holdout begins.
    split_is_given: bool,
}

impl Study {
    fn new(args: &Args, read: Read, observed_to: Option<Day>) -> Result<Self, Failure> {
        let days = read.rows.iter().map(|row| row.day);
        let first = days.clone().min().unwrap_or(Day(0));
        let observed_to = observed_to.or(days.max()).unwrap_or(first);
        let given = args.calibration_end.as_deref();
        let given = given
            .map(|text| option_day("--calibration-end", text))
            .transpose()?;
        if let Some(day) = given.filter(|day| *day < first || *day > observed_to) {
            return Err(Failure(format!(
                "--calibration-end is {day}; give a day from {first} to {observed_to}"
            )));
        }
        let window = Window {
            calibration_end: given.unwrap_or(Day(first.0 + (observed_to.0 - first.0) / 2)),
            observed_to,
            unit_days: args.unit.days(),
        };
        let mut study = Self {
            summary: Summary::default(),
            rows: read.rows,
            names: read.names,
            has_spend: read.has_spend,
            window,
            split_is_given: given.is_some(),
        };
        study.look(window)?;
        Ok(study)
    }

    fn look(&mut self, window: Window) -> Result<(), Failure> {
        let summary = summarise(&self.rows, &window);
        self.summary = summary.map_err(|error| Failure(error.to_string()))?;
        self.window = window;
        Ok(())
    }
}
