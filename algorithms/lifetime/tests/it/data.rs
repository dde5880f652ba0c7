//! The CDNOW sample (Fader & Hardie 2001, Interfaces 31(3)) and figures computed from it.

use std::sync::LazyLock;

use lifetime::{Base, Day, Fit, Kind, Purchase, Summary, Window, summarise};
use serde_json::Value;

pub static REFERENCE: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../data/cdnow_reference.json")).expect("it is JSON")
});

pub static SUMMARY: LazyLock<Summary> =
    LazyLock::new(|| summarise(&purchases(), &window()).expect("CDNOW is sound"));

pub static FITS: LazyLock<Vec<Fit>> = LazyLock::new(|| {
    let base = Base::new(&SUMMARY.customers).expect("CDNOW is sound");
    let fits = Kind::ALL.map(|kind| base.fit(kind).expect("CDNOW has a peak"));
    fits.to_vec()
});

pub fn fit(kind: Kind) -> &'static Fit {
    let found = FITS.iter().find(|fit| fit.model.kind() == kind);
    found.expect("every kind is fitted")
}

pub fn day(year: i32, month: i32, day: i32) -> Day {
    Day::new(year, month, day).expect("it is a date")
}

pub fn window() -> Window {
    Window {
        calibration_end: day(1997, 9, 30),
        observed_to: day(1998, 6, 30),
        unit_days: 7.0,
    }
}

/// Customers are numbered from 0: one less than in the file.
pub fn purchases() -> Vec<Purchase> {
    let row = |line: &str| {
        let mut cells = line.split(',');
        let customer: u32 = cells.next()?.parse().ok()?;
        let mut date = cells.next()?.split('-').map(|part| part.parse().ok());
        let day = Day::new(date.next()??, date.next()??, date.next()??)?;
        let spend = cells.nth(1)?.parse().ok()?;
        Some(Purchase {
            customer: customer - 1,
            day,
            spend,
        })
    };
    let text = include_str!("../data/cdnow_transactions.csv");
    let rows = text.lines().skip(1).map(row);
    rows.collect::<Option<_>>()
        .expect("every row is a purchase")
}

/// A number in the reference file.
pub fn number(value: &Value) -> f64 {
    value.as_f64().expect("it is a number")
}

/// Fails unless the two agree to `tolerance`.
#[track_caller]
pub fn near(actual: f64, expected: f64, tolerance: f64) {
    assert!(
        (actual - expected).abs() <= tolerance,
        "{actual} is not {expected} to {tolerance}"
    );
}
