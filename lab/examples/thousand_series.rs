//! How long a thousand series of two years take, from the bytes of a file to forecasts of each, of
//! each site and of all that add up: `cargo run --release -p lab --example thousand_series`.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use jiff::ToSpan;
use jiff::civil::date;
use lab::forecast::{Args, figures};

fn main() {
    let file = file();
    let args = Args {
        file: PathBuf::from("demand.csv"),
        series: vec!["site".to_owned(), "service".to_owned()],
        horizon: 28,
        calendar: Some("cn".to_owned()),
        ..Args::default()
    };
    let (begin, before) = (Instant::now(), cpu_seconds());
    let made = figures(&args, file.as_bytes()).expect("two years of each");
    let (wall, cpu) = (begin.elapsed().as_secs_f64(), cpu_seconds() - before);
    let sum = |parts: &dyn Fn(&serde_json::Value) -> bool| -> f64 {
        let series = made["series"].as_array().into_iter().flatten();
        let chosen = series.filter(|series| parts(&series["of"]));
        let points = chosen.flat_map(|series| series["forecast"].as_array().into_iter().flatten());
        points.filter_map(|point| point["value"].as_f64()).sum()
    };
    println!(
        "1,000 series of 730 days in {} MB, 28 days ahead: {wall:.2} s, {cpu:.2} s CPU",
        file.len() >> 20
    );
    println!(
        "visits expected of services {:.6}, of sites {:.6}, in all {:.6}",
        sum(&|of| of.get("service").is_some()),
        sum(&|of| of.get("site").is_some() && of.get("service").is_none()),
        sum(&|of| of.get("site").is_none())
    );
}

/// Fifty sites with twenty services each, as a till writes them: day after day.
fn file() -> String {
    let mut text = String::from("day,site,service,visits\n");
    let mut state = 1_u64;
    for day in 0..730 {
        let weekend = if day % 7 > 4 { 15.0 } else { 0.0 };
        let day = date(2024, 1, 1) + day.days();
        for of in 0..1_000 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let noise = (state >> 40) as f64 / (1_u64 << 24) as f64;
            let visits = 20.0 + f64::from(of % 50) + weekend + 10.0 * noise;
            let _ = writeln!(
                text,
                "{day},site {},service {},{visits:.0}",
                of / 20,
                of % 20
            );
        }
    }
    text
}

/// User and system time of this process so far, from Linux.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux tells its times");
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<&str> = fields.split(' ').collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok());
    (ticks(12).unwrap_or_default() + ticks(13).unwrap_or_default()) / 100.0
}
