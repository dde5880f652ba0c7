//! How long a thousand series of two years take: `cargo run --release --example thousand_series`.

use forecast::{Ahead, Calendar, Country, Series, Step, forecast};
use jiff::civil::date;

fn main() {
    let mut calendar = Calendar::new();
    Country::China.add_to(&mut calendar, 2024, 2026);
    let start = date(2024, 1, 1).at(0, 0, 0, 0);
    let mut state = 1u64;
    let mut total = 0.0;
    for shop in 0..1000u32 {
        let visits = (0..730).map(|day| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let noise = (state >> 40) as f64 / (1u64 << 24) as f64;
            let weekend = if day % 7 > 4 { 15.0 } else { 0.0 };
            (20.0 + f64::from(shop % 50) + weekend + 10.0 * noise).round()
        });
        let series = Series::new(start, Step::Day, visits.collect()).expect("counts");
        let made = forecast(&series, &calendar, Ahead::slots(28)).expect("two years");
        total += made.points.iter().map(|point| point.value).sum::<f64>();
    }
    println!("1,000 series, 28 days ahead each, {total:.0} visits expected");
}
