//! The bike set by its protocol: eight weeks, each forecast without a look at it.
use std::path::PathBuf;
use forecast::{Ahead, Calendar, Day, Plan, Series, backtest};
use jiff::civil::DateTime;

pub fn bike() -> Option<(Series, Calendar)> {
    let path = PathBuf::from("/work/shared/data/forecast/bike_hourly.csv");
    let mut reader = csv::Reader::from_path(path).ok()?;
    let mut rows = Vec::new();
    let mut calendar = Calendar::new();
    for record in reader.records() {
        let record = record.expect("a row");
        let at: DateTime = record[0].parse().expect("a time");
        rows.push((at, record[1].parse().expect("a count")));
        calendar.set(at.date(), Day { holiday: &record[4] == "1", working: Some(&record[5] == "1"), ..Day::default() });
    }
    Some((Series::from_rows(&rows).expect("a series"), calendar))
}

#[test]
fn eight_weeks_of_bikes() {
    let Some((series, calendar)) = bike() else { return };
    let ahead = Ahead::slots(168);
    for (n, s) in [("test", series.clone()), ("val", series.until(16200))] {
        let origins = if n == "test" { 8 } else { 29 };
        let t = std::time::Instant::now();
        let report = backtest(&s, &calendar, Plan { origins, step: 168, ahead }).unwrap();
        println!("{n} {:?} {:?}", report.pooled, t.elapsed());
        println!("{:?}", report.by_origin.iter().map(|o| (o.1.mase.unwrap() * 100.0).round() / 100.0).collect::<Vec<_>>());
    }
    let f = forecast::forecast(&series, &calendar, ahead).unwrap();
    println!("{:?} {:?}", f.members, f.shifts);
}
