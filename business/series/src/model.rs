//! What is true of a series. Pure.

use kernel::{Every, Fault, Repeat, Text};

/// The most dates of one series.
pub const DATES_MAX: usize = 200;
/// The most units between two dates.
pub const STEP_MAX: i64 = 52;
/// The units between two dates, as kept and as sent by forms.
pub const UNITS: [&str; 3] = ["days", "weeks", "months"];

/// How far apart the dates of a series lie, from its unit and its step.
pub fn every(unit: &str, step: i64) -> Every {
    let step = i32::try_from(step.clamp(1, STEP_MAX)).unwrap_or(1);
    match unit {
        "days" => Every::Days(step),
        "months" => Every::Months(step),
        _ => Every::Weeks(step),
    }
}

/// The unit and the step that say how far apart the dates lie.
pub const fn words(every: Every) -> (&'static str, i32) {
    match every {
        Every::Days(step) => ("days", step),
        Every::Weeks(step) => ("weeks", step),
        Every::Months(step) => ("months", step),
    }
}

/// The dates of a rule; refused when they are more than one series may have.
pub fn dates(repeat: &Repeat) -> Result<Vec<kernel::Date>, Fault> {
    let too_many = || {
        let text = Text::key("series-too-long").with("max", DATES_MAX);
        Fault::invalid("count", text)
    };
    let dates = repeat.dates(DATES_MAX).ok_or_else(too_many)?;
    if dates.is_empty() {
        return Err(Fault::invalid("until", Text::key("series-no-dates")));
    }
    Ok(dates)
}
