//! What is true of booking online: when a change is too late, how times are grouped and named.

use kernel::{Locale, Text, TimeZone, Timestamp, format};

/// How long a tapped time is held while the customer types, in minutes.
pub const HOLD_MINUTES: i64 = 10;

/// How many times one address may hold within [`HOLD_MINUTES`].
pub const HOLDS_MAX: i64 = 30;

/// An instant some minutes later; `None` beyond the end of the calendar.
pub fn later(instant: Timestamp, minutes: i64) -> Option<Timestamp> {
    let micros = instant
        .as_microsecond()
        .checked_add(minutes.checked_mul(60_000_000)?)?;
    Timestamp::from_microsecond(micros).ok()
}

/// Until when a customer may cancel or move a booking.
pub fn change_until(start: Timestamp, cancel_minutes: i64) -> Timestamp {
    later(start, -cancel_minutes).unwrap_or(start)
}

/// A part of the day, for grouping times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Before noon.
    Morning,
    /// From noon to six.
    Afternoon,
    /// From six on.
    Evening,
}

impl Part {
    /// Every part, in order.
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Evening];

    /// The part an hour of the local day belongs to.
    pub const fn of_hour(hour: i8) -> Self {
        match hour {
            ..12 => Self::Morning,
            12..18 => Self::Afternoon,
            _ => Self::Evening,
        }
    }

    /// What it is called.
    pub fn label(self) -> Text {
        Text::key(match self {
            Self::Morning => "booking-morning",
            Self::Afternoon => "booking-afternoon",
            Self::Evening => "booking-evening",
        })
    }
}

/// The distance of a zone from UTC at an instant: `UTC+8`, `UTC−3:30`.
pub fn zone_label(zone: &TimeZone, instant: Timestamp) -> String {
    let seconds = zone.to_offset(instant).seconds();
    let sign = if seconds < 0 { '\u{2212}' } else { '+' };
    let minutes = seconds.abs() / 60;
    match minutes % 60 {
        0 => format!("UTC{sign}{}", minutes / 60),
        rest => format!("UTC{sign}{}:{rest:02}", minutes / 60),
    }
}

/// The times of some starts as clocks at the shop show them. Where a clock shows the same time
/// twice, because it is set back in between, the distance from UTC tells the two apart.
pub fn clock_labels(zone: &TimeZone, starts: &[Timestamp]) -> Vec<String> {
    let clock = |start: &Timestamp| format::time(start.to_zoned(zone.clone()).time());
    let plain: Vec<String> = starts.iter().map(clock).collect();
    let twice = |label: &String| plain.iter().filter(|other| *other == label).count() > 1;
    plain
        .iter()
        .zip(starts)
        .map(|(label, start)| match twice(label) {
            true => format!("{label} {}", zone_label(zone, *start)),
            false => label.clone(),
        })
        .collect()
}

/// A day and a time at the shop: `Thu 26 Nov, 14:30`.
pub fn day_and_time(locale: Locale, zone: &TimeZone, instant: Timestamp) -> String {
    let local = instant.to_zoned(zone.clone());
    let day = format::date(locale, local.date());
    let time = format::time(local.time());
    locale.tx(
        "booking-day-time",
        &[("day", day.into()), ("time", time.into())],
    )
}

/// A start as links and buttons carry it: an instant in UTC, so that no clock can misread it.
pub fn read_start(text: &str) -> Option<Timestamp> {
    (text.len() <= 40 && text.ends_with('Z'))
        .then(|| text.parse().ok())
        .flatten()
}

/// Whether a text can be the key of a times page.
pub fn is_key(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (8..=80).contains(&text.len()) && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn the_hour_that_comes_twice_is_told_apart() {
        let zone = TimeZone::get("Europe/Berlin").expect("bundled");
        let starts = [
            at("2026-10-25T00:30Z"),
            at("2026-10-25T01:30Z"),
            at("2026-10-25T02:30Z"),
        ];
        assert_eq!(
            clock_labels(&zone, &starts),
            ["02:30 UTC+2", "02:30 UTC+1", "03:30"]
        );
    }

    #[test]
    fn zones_west_of_london_and_half_hours_are_written_out() {
        let zone = |name| TimeZone::get(name).expect("bundled");
        let winter = at("2026-01-01T00:00Z");
        assert_eq!(zone_label(&zone("Asia/Shanghai"), winter), "UTC+8");
        assert_eq!(
            zone_label(&zone("America/St_Johns"), winter),
            "UTC\u{2212}3:30"
        );
        assert_eq!(zone_label(&zone("Europe/London"), winter), "UTC+0");
    }

    #[test]
    fn a_start_must_be_an_instant() {
        assert!(read_start("2026-11-26T06:30:00Z").is_some());
        for forged in [
            "",
            "2026-03-29T02:30",
            "yesterday",
            "99999-01-01T00:00:00Z",
            "Z",
        ] {
            assert_eq!(read_start(forged), None, "{forged}");
        }
    }

    #[test]
    fn keys_are_plain_and_bounded() {
        assert!(is_key("abcdefgh23"));
        for forged in [
            "",
            "short",
            "with space here",
            "UPPERCASE1",
            &"a".repeat(81),
        ] {
            assert!(!is_key(forged));
        }
    }
}
