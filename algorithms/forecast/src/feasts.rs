//! Public holidays known in advance, for callers without a calendar of their own.

use jiff::civil::{Date, Weekday, date};
use jiff::{Span, ToSpan};

use crate::calendar::{Calendar, Day};

/// Whose holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Country {
    /// Mainland China: feasts by the sun and by the moon, 2005 to 2035. Weekends worked in
    /// exchange are decreed year by year and have to be given by the caller.
    China,
    /// The federal holidays of the United States.
    UnitedStates,
    /// Portugal.
    Portugal,
}

/// First days of the Chinese year from 2005 on: the new moons as civil dates in Beijing,
/// by the Purple Mountain Observatory's almanac.
const LUNAR_NEW_YEARS: [(i8, i8); 31] = [
    (2, 9),
    (1, 29),
    (2, 18),
    (2, 7),
    (1, 26),
    (2, 14),
    (2, 3),
    (1, 23),
    (2, 10),
    (1, 31),
    (2, 19),
    (2, 8),
    (1, 28),
    (2, 16),
    (2, 5),
    (1, 25),
    (2, 12),
    (2, 1),
    (1, 22),
    (2, 10),
    (1, 29),
    (2, 17),
    (2, 6),
    (1, 26),
    (2, 13),
    (2, 3),
    (1, 23),
    (2, 11),
    (1, 31),
    (2, 19),
    (2, 8),
];
/// Fifth day of the fifth month, the Dragon Boat feast, from 2005 on.
const DRAGON_BOATS: [(i8, i8); 31] = [
    (6, 11),
    (5, 31),
    (6, 19),
    (6, 8),
    (5, 28),
    (6, 16),
    (6, 6),
    (6, 23),
    (6, 12),
    (6, 2),
    (6, 20),
    (6, 9),
    (5, 30),
    (6, 18),
    (6, 7),
    (6, 25),
    (6, 14),
    (6, 3),
    (6, 22),
    (6, 10),
    (5, 31),
    (6, 19),
    (6, 9),
    (5, 28),
    (6, 16),
    (6, 5),
    (6, 24),
    (6, 12),
    (6, 1),
    (6, 20),
    (6, 10),
];
/// Fifteenth day of the eighth month, the Mid-Autumn feast, from 2005 on.
const MID_AUTUMNS: [(i8, i8); 31] = [
    (9, 18),
    (10, 6),
    (9, 25),
    (9, 14),
    (10, 3),
    (9, 22),
    (9, 12),
    (9, 30),
    (9, 19),
    (9, 8),
    (9, 27),
    (9, 15),
    (10, 4),
    (9, 24),
    (9, 13),
    (10, 1),
    (9, 21),
    (9, 10),
    (9, 29),
    (9, 17),
    (10, 6),
    (9, 25),
    (9, 15),
    (10, 3),
    (9, 22),
    (9, 12),
    (10, 1),
    (9, 19),
    (9, 8),
    (9, 27),
    (9, 16),
];
const LUNAR_FIRST_YEAR: i16 = 2005;

impl Country {
    /// The country of a code: `cn`, `us`, `pt`.
    pub fn parse(code: &str) -> Option<Country> {
        match code {
            "cn" => Some(Country::China),
            "us" => Some(Country::UnitedStates),
            "pt" => Some(Country::Portugal),
            _ => None,
        }
    }

    /// Adds the holidays of the years `first..=last` to a calendar.
    pub fn add_to(self, calendar: &mut Calendar, first: i16, last: i16) {
        for year in first..=last {
            let feasts = match self {
                Country::China => china(year),
                Country::UnitedStates => united_states(year),
                Country::Portugal => portugal(year),
            };
            for (name, date) in feasts {
                let feast = Some(name.to_owned());
                calendar.add(
                    date,
                    Day {
                        holiday: true,
                        feast,
                        ..Day::default()
                    },
                );
            }
        }
    }
}

type Feast = (&'static str, Date);

/// Days off by the State Council's rule for annual leave on feasts (2024 text: 13 days).
fn china(year: i16) -> Vec<Feast> {
    // The solar term falls on 4 April in leap years and the year after, else on the 5th.
    let qingming = if year % 4 < 2 { 4 } else { 5 };
    let mut feasts = vec![
        ("new year", date(year, 1, 1)),
        ("qingming", date(year, 4, qingming)),
        ("labour day", date(year, 5, 1)),
    ];
    feasts.extend((1..=7).map(|day| ("national day", date(year, 10, day))));
    let moon = usize::try_from(year - LUNAR_FIRST_YEAR).ok();
    let of = |table: &[(i8, i8)]| {
        moon.and_then(|at| table.get(at))
            .map(|d| date(year, d.0, d.1))
    };
    if let Some(first) = of(&LUNAR_NEW_YEARS) {
        let eve_to_sixth = (-1..=5_i32).map(|day| first.saturating_add(day.days()));
        feasts.extend(eve_to_sixth.map(|day| ("spring festival", day)));
    }
    feasts.extend(of(&DRAGON_BOATS).map(|day| ("dragon boat", day)));
    // Within the national days it is one of them.
    let autumn = of(&MID_AUTUMNS).filter(|day| day.month() != 10 || day.day() > 7);
    feasts.extend(autumn.map(|day| ("mid-autumn", day)));
    feasts
}

/// 5 U.S.C. § 6103, on the days themselves.
fn united_states(year: i16) -> Vec<Feast> {
    vec![
        ("new year", date(year, 1, 1)),
        ("king", nth(year, 1, 3, Weekday::Monday)),
        ("washington", nth(year, 2, 3, Weekday::Monday)),
        ("memorial day", nth(year, 5, -1, Weekday::Monday)),
        ("independence day", date(year, 7, 4)),
        ("labour day", nth(year, 9, 1, Weekday::Monday)),
        ("columbus", nth(year, 10, 2, Weekday::Monday)),
        ("veterans", date(year, 11, 11)),
        ("thanksgiving", nth(year, 11, 4, Weekday::Thursday)),
        ("christmas", date(year, 12, 25)),
    ]
}

/// Código do Trabalho, artigo 234.
fn portugal(year: i16) -> Vec<Feast> {
    let easter = easter(year);
    let from_easter = |days: i32| easter.saturating_add(Span::new().days(days));
    vec![
        ("new year", date(year, 1, 1)),
        ("good friday", from_easter(-2)),
        ("easter", easter),
        ("freedom day", date(year, 4, 25)),
        ("labour day", date(year, 5, 1)),
        ("corpus christi", from_easter(60)),
        ("portugal day", date(year, 6, 10)),
        ("assumption", date(year, 8, 15)),
        ("republic", date(year, 10, 5)),
        ("all saints", date(year, 11, 1)),
        ("independence", date(year, 12, 1)),
        ("immaculate conception", date(year, 12, 8)),
        ("christmas", date(year, 12, 25)),
    ]
}

fn nth(year: i16, month: i8, count: i8, weekday: Weekday) -> Date {
    let first = date(year, month, 1);
    first.nth_weekday_of_month(count, weekday).unwrap_or(first)
}

/// Easter Sunday by the anonymous Gregorian rule (Meeus, Astronomical Algorithms, ch. 8).
fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let n = h + l - 7 * m;
    let (month, day) = ((n + 90) / 25, 0);
    let day = (n + 33 * month + 19 + day) % 32;
    let small = |v: i32| i8::try_from(v).unwrap_or(1);
    date(year, small(month), small(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_almanac_says() {
        let known = [
            date(2000, 4, 23),
            date(2012, 4, 8),
            date(2024, 3, 31),
            date(2025, 4, 20),
        ];
        assert_eq!(known.map(|d| easter(d.year())), known);
    }

    #[test]
    fn the_moon_feasts_lie_a_moon_year_apart() {
        // The fifth day of the fifth and the fifteenth of the eighth month lie three moons and
        // ten days apart, one moon more where a leap month falls between them.
        for (boat, autumn) in DRAGON_BOATS.iter().zip(MID_AUTUMNS) {
            let days = (date(2021, autumn.0, autumn.1) - date(2021, boat.0, boat.1)).get_days();
            assert!(
                (97..=99).contains(&days) || (126..=128).contains(&days),
                "{boat:?} {days}"
            );
        }
        for (year, boat) in LUNAR_NEW_YEARS.iter().zip(DRAGON_BOATS) {
            let days = (date(2021, boat.0, boat.1) - date(2021, year.0, year.1)).get_days();
            assert!(
                (120..=123).contains(&days) || (149..=153).contains(&days),
                "{year:?} {days}"
            );
        }
    }

    #[test]
    fn thanksgiving_is_the_fourth_thursday() {
        let days = united_states(2012);
        assert!(days.contains(&("thanksgiving", date(2012, 11, 22))));
    }
}
