//! Instants as text, read by shape and written as ISO 8601.
//!
//! Everything is microseconds since 1970-01-01 UTC; a time without a zone is taken as UTC.

use mining::Micros;

const DAY: i64 = 86_400_000_000;
const HOUR: i64 = 3_600_000_000;
const MINUTE: i64 = 60_000_000;
const SECOND: i64 = 1_000_000;

/// In which order day, month and year stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// 2026-11-22 08:30, also with `/` or `.`, `T`, seconds, a fraction and a zone.
    YearFirst,
    /// 22.11.26 08:30 or 22/11/2026.
    DayFirst,
    /// 11/22/2026 08:30 AM.
    MonthFirst,
    /// Seconds since 1970.
    Seconds,
    /// Milliseconds since 1970.
    Milliseconds,
}

/// Reads a time of the shape.
pub fn parse(text: &str, shape: Shape) -> Option<Micros> {
    let text = text.trim_ascii();
    match shape {
        Shape::Seconds => {
            let seconds: f64 = text.parse().ok()?;
            let micros = (seconds * 1e6).round();
            (micros.abs() < 9e18).then_some(micros as i64)
        }
        Shape::Milliseconds => text.parse::<i64>().ok()?.checked_mul(1_000),
        Shape::YearFirst => fixed(text.as_bytes()).or_else(|| loose(text.as_bytes(), shape)),
        Shape::DayFirst | Shape::MonthFirst => loose(text.as_bytes(), shape),
    }
}

/// The shape that all samples have, and whether day and month could also be the other way round.
pub fn sniff<'a>(samples: impl Iterator<Item = &'a str> + Clone) -> Option<(Shape, bool)> {
    let mut seen = samples
        .clone()
        .filter(|text| !text.trim().is_empty())
        .peekable();
    seen.peek()?;
    let all = |shape| {
        samples
            .clone()
            .all(|text| text.trim().is_empty() || parse(text, shape).is_some())
    };
    let digits = |text: &str| text.trim().bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if seen.clone().all(digits)
        && seen
            .clone()
            .all(|text| !text.trim().contains('.') || text.trim().len() > 10)
    {
        let long = seen.all(|text| text.trim().split('.').next().is_some_and(|t| t.len() >= 12));
        let shape = if long {
            Shape::Milliseconds
        } else {
            Shape::Seconds
        };
        return all(shape).then_some((shape, false));
    }
    if all(Shape::YearFirst) {
        return Some((Shape::YearFirst, false));
    }
    // A point between the parts is written day first; a slash or a dash goes either way, and is
    // read month first only where the samples leave no other reading.
    match (all(Shape::DayFirst), all(Shape::MonthFirst)) {
        (true, other) => {
            let points = samples.clone().all(|text| !text.contains(['/', '-']));
            Some((Shape::DayFirst, other && !points))
        }
        (false, true) => Some((Shape::MonthFirst, false)),
        (false, false) => None,
    }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar; `None` where there is no such date.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    const LENGTHS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = LENGTHS[month as usize - 1] + i64::from(leap && month == 2);
    if !(1..=length).contains(&day) {
        return None;
    }
    // The year begins in March, so that the leap day is its last and months have a simple rhythm.
    let shifted = if month <= 2 { year - 1 } else { year };
    let from_march = (month + 9) % 12;
    let in_year = (153 * from_march + 2) / 5 + day - 1;
    Some(shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + in_year - 719_468)
}

fn two(bytes: &[u8], at: usize) -> Option<i64> {
    let (tens, ones) = (
        bytes.get(at)?.wrapping_sub(b'0'),
        bytes.get(at + 1)?.wrapping_sub(b'0'),
    );
    (tens < 10 && ones < 10).then(|| i64::from(tens) * 10 + i64::from(ones))
}

/// `2026-11-22T08:30:00[.123][Z|+01:00]`, the shape nearly all logs have, without detours.
fn fixed(text: &[u8]) -> Option<Micros> {
    let marks = [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')];
    if text.len() < 19 || marks.iter().any(|&(at, mark)| text[at] != mark) {
        return None;
    }
    if text[10] != b'T' && text[10] != b' ' {
        return None;
    }
    let year = two(text, 0)? * 100 + two(text, 2)?;
    let (hour, minute, second) = (two(text, 11)?, two(text, 14)?, two(text, 17)?);
    let clock = clock(hour, minute, second)?;
    let (fraction, rest) = fraction(&text[19..])?;
    Some(days(year, two(text, 5)?, two(text, 8)?)? * DAY + clock + fraction - zone(rest)?)
}

fn clock(hour: i64, minute: i64, second: i64) -> Option<Micros> {
    // Second 60 is a leap second; it becomes the second after it.
    let allowed = hour < 24 && minute < 60 && second <= 60;
    allowed.then_some(hour * HOUR + minute * MINUTE + second * SECOND)
}

/// A fraction of a second at the beginning, digits beyond microseconds cut off, and what follows.
fn fraction(text: &[u8]) -> Option<(Micros, &[u8])> {
    let [b'.' | b',', rest @ ..] = text else {
        return Some((0, text));
    };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let padded = rest[..digits]
        .iter()
        .copied()
        .chain(std::iter::repeat(b'0'))
        .take(6);
    let micros = padded.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    (digits > 0).then_some((micros, &rest[digits..]))
}

/// The offset from UTC at the end of a time.
fn zone(text: &[u8]) -> Option<Micros> {
    let text = text.trim_ascii();
    let (sign, rest) = match text {
        [] | [b'Z' | b'z'] | b"UTC" | b"GMT" => return Some(0),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let hours = two(rest, 0)?;
    let minutes = match &rest[2..] {
        [] => 0,
        [b':', more @ ..] if more.len() == 2 => two(more, 0)?,
        more if more.len() == 2 => two(more, 0)?,
        _ => return None,
    };
    (hours <= 18 && minutes < 60).then_some(sign * (hours * HOUR + minutes * MINUTE))
}

/// Numbers parted by any one mark, then perhaps a clock, `AM` or `PM`, and a zone.
fn loose(text: &[u8], shape: Shape) -> Option<Micros> {
    let (first, rest) = number(text)?;
    let (second, rest) = number(parted(rest, b"-/.")?)?;
    let (third, rest) = number(parted(rest, b"-/.")?)?;
    let ((year, digits), (month, _), (day, _)) = match shape {
        Shape::YearFirst => (first, second, third),
        Shape::DayFirst => (third, second, first),
        _ => (third, first, second),
    };
    let year = match (digits, shape) {
        (4, _) => year,
        // Two digits: the century in which the year is nearest to a log that people still look at.
        (2, Shape::DayFirst | Shape::MonthFirst) => year + if year < 70 { 2000 } else { 1900 },
        _ => return None,
    };
    let date = days(year, month, day)? * DAY;
    let rest = rest.strip_prefix(b",").unwrap_or(rest);
    let Some(rest) = rest.strip_prefix(b"T").or_else(|| rest.strip_prefix(b" ")) else {
        return rest.is_empty().then_some(date);
    };
    let ((hour, _), rest) = number(rest.trim_ascii_start())?;
    let ((minute, _), rest) = number(parted(rest, b":")?)?;
    let ((second, _), rest) = match rest.strip_prefix(b":") {
        Some(rest) => number(rest)?,
        None => ((0, 0), rest),
    };
    let (fraction, rest) = fraction(rest)?;
    let (hour, rest) = noon(hour, rest.trim_ascii_start())?;
    Some(date + clock(hour, minute, second)? + fraction - zone(rest)?)
}

/// The hour of 24 after a look for `AM` and `PM`.
fn noon(hour: i64, rest: &[u8]) -> Option<(i64, &[u8])> {
    let half = rest
        .get(..2)
        .map(|two| [two[0].to_ascii_lowercase(), two[1].to_ascii_lowercase()]);
    let late = match half.as_ref() {
        Some(b"am") => 0,
        Some(b"pm") => 12,
        _ => return Some((hour, rest)),
    };
    (1..=12)
        .contains(&hour)
        .then(|| (hour % 12 + late, &rest[2..]))
}

fn parted<'a>(text: &'a [u8], marks: &[u8]) -> Option<&'a [u8]> {
    let (first, rest) = text.split_first()?;
    marks.contains(first).then_some(rest)
}

/// A number of up to four digits with how many it has, and what follows.
fn number(text: &[u8]) -> Option<((i64, usize), &[u8])> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 || digits > 4 {
        return None;
    }
    let value = text[..digits]
        .iter()
        .fold(0, |sum, byte| sum * 10 + i64::from(byte - b'0'));
    Some(((value, digits), &text[digits..]))
}

/// Writes an instant as `2026-11-22T08:30:00.000000Z`, without a fraction where there is none.
pub fn write(time: Micros, out: &mut String) {
    use std::fmt::Write as _;
    let (day, within) = (time.div_euclid(DAY), time.rem_euclid(DAY));
    let (year, month, day) = civil(day);
    let (hour, minute) = (within / HOUR, within % HOUR / MINUTE);
    let (second, micros) = (within % MINUTE / SECOND, within % SECOND);
    let _ = write!(
        out,
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
    );
    if micros != 0 {
        let _ = write!(out, ".{micros:06}");
    }
    out.push('Z');
}

/// The date of a day counted from 1970-01-01.
fn civil(day: i64) -> (i64, i64, i64) {
    // The inverse of `days`: 146,097 days are 400 years that begin in March of year 0.
    let since = day + 719_468;
    let (era, within) = (since.div_euclid(146_097), since.rem_euclid(146_097));
    let year = (within - within / 1_460 + within / 36_524 - within / 146_096) / 365;
    let in_year = within - (365 * year + year / 4 - year / 100);
    let from_march = (5 * in_year + 2) / 153;
    let day = in_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    (era * 400 + year + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_same_instant_is_read_from_each_shape() {
        let instant = 1_268_121_900_000_000;
        let shapes = [
            ("2010-03-09T08:05:00+00:00", Shape::YearFirst),
            ("2010-03-09 09:05:00.000+01:00", Shape::YearFirst),
            ("2010/3/9 8:05", Shape::YearFirst),
            ("9.3.10 8:05", Shape::DayFirst),
            ("03/09/2010 08:05 AM", Shape::MonthFirst),
            ("1268121900", Shape::Seconds),
            ("1268121900000", Shape::Milliseconds),
        ];
        for (text, shape) in shapes {
            assert_eq!(parse(text, shape), Some(instant), "{text}");
            assert_eq!(
                sniff([text].into_iter()).map(|found| found.0),
                Some(match shape {
                    // One date alone leaves day and month open.
                    Shape::MonthFirst => Shape::DayFirst,
                    other => other,
                }),
                "{text}"
            );
        }
    }

    #[test]
    fn a_day_above_twelve_settles_the_order() {
        let texts = ["01/02/2026", "01/13/2026"];
        assert_eq!(sniff(texts.into_iter()), Some((Shape::MonthFirst, false)));
        assert_eq!(
            sniff(["01/02/2026"].into_iter()),
            Some((Shape::DayFirst, true))
        );
    }

    #[test]
    fn impossible_dates_are_refused() {
        for text in [
            "2026-02-29T00:00:00",
            "2026-13-01",
            "2026-01-01T24:00:00",
            "yesterday",
            "",
        ] {
            assert_eq!(parse(text, Shape::YearFirst), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            time in -62_135_596_800_000_000_i64..253_402_300_800_000_000,
        ) {
            let mut text = String::new();
            write(time, &mut text);
            prop_assert_eq!(parse(&text, Shape::YearFirst), Some(time));
        }
    }
}
