//! From a clock on the wall to a moment, on every day of the year.
//!
//! Twice a year a clock shows some times twice (fold) or not at all (gap). A time shown twice
//! means its first showing. A time never shown is refused when a person typed it, and moved to
//! the jump itself when it is the border of opening hours.

use kernel::{Date, DateTime, Fault, Text, Time, TimeZone, Timestamp};

const DAY_MINUTES: i64 = 1440;

/// The moment a clock shows `minute` minutes after midnight of `date`; past 1440 on the next day.
///
/// # Errors
/// Invalid, at the field `time`, when that zone's clock never shows the time on that day.
pub fn instant(zone: &TimeZone, date: Date, minute: i64) -> Result<Timestamp, Fault> {
    match resolve(zone, date, minute) {
        Moment::Shown(at) => Ok(at),
        Moment::Skipped { wanted, resumes } => {
            let shown = |time: Time| kernel::format::time(time);
            let resumes = zone.to_datetime(resumes).time();
            let text = Text::key("organisation-time-skipped")
                .with("time", shown(wanted.time()))
                .with("resumes", shown(resumes));
            Err(Fault::invalid("time", text))
        }
        Moment::Beyond => Err(Fault::invalid(
            "time",
            Text::key("organisation-date-absurd"),
        )),
    }
}

/// The same without refusal: a time never shown becomes the moment of the jump.
pub fn instant_clipped(zone: &TimeZone, date: Date, minute: i64) -> Timestamp {
    match resolve(zone, date, minute) {
        Moment::Shown(at) | Moment::Skipped { resumes: at, .. } => at,
        Moment::Beyond => Timestamp::MAX,
    }
}

enum Moment {
    Shown(Timestamp),
    Skipped {
        wanted: DateTime,
        resumes: Timestamp,
    },
    Beyond,
}

fn resolve(zone: &TimeZone, date: Date, minute: i64) -> Moment {
    let Some(wanted) = wall_clock(date, minute) else {
        return Moment::Beyond;
    };
    let Ok(earlier) = zone.to_ambiguous_timestamp(wanted).earlier() else {
        return Moment::Beyond;
    };
    if zone.to_datetime(earlier) == wanted {
        return Moment::Shown(earlier);
    }
    // Read with the later offset, a skipped time falls before the jump: the jump comes next.
    match zone.following(earlier).next() {
        Some(jump) => Moment::Skipped {
            wanted,
            resumes: jump.timestamp(),
        },
        None => Moment::Beyond,
    }
}

fn wall_clock(date: Date, minute: i64) -> Option<DateTime> {
    let mut date = date;
    for _ in 0..minute.div_euclid(DAY_MINUTES).clamp(0, 7) {
        date = date.tomorrow().ok()?;
    }
    let within = minute.rem_euclid(DAY_MINUTES);
    let hour = i8::try_from(within / 60).ok()?;
    let minute = i8::try_from(within % 60).ok()?;
    Some(date.to_datetime(Time::new(hour, minute, 0, 0).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn new_york() -> TimeZone {
        TimeZone::get("America/New_York").unwrap()
    }

    #[test]
    fn a_time_the_clock_skips_is_refused_when_typed_and_moved_to_the_jump_when_it_is_a_border() {
        let spring = day("2026-03-08");
        let fault = instant(&new_york(), spring, 2 * 60 + 30).unwrap_err();
        assert_eq!(fault.fields[0].field, "time");
        let jump: Timestamp = "2026-03-08T07:00:00Z".parse().unwrap();
        for minute in [120, 150, 179, 180] {
            assert_eq!(instant_clipped(&new_york(), spring, minute), jump);
        }
    }

    #[test]
    fn a_time_shown_twice_means_its_first_showing() {
        let autumn = day("2026-11-01");
        let first: Timestamp = "2026-11-01T05:30:00Z".parse().unwrap();
        assert_eq!(instant(&new_york(), autumn, 90).unwrap(), first);
        assert_eq!(instant_clipped(&new_york(), autumn, 90), first);
    }

    #[test]
    fn minutes_past_midnight_belong_to_the_next_day() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let at: Timestamp = "2026-11-21T18:00:00Z".parse().unwrap();
        assert_eq!(instant(&zone, day("2026-11-21"), 26 * 60).unwrap(), at);
    }

    #[test]
    fn a_zone_may_skip_a_whole_day() {
        let zone = TimeZone::get("Pacific/Apia").unwrap();
        let skipped = day("2011-12-30");
        assert!(instant(&zone, skipped, 600).is_err());
        let next = instant(&zone, day("2011-12-31"), 0).unwrap();
        assert_eq!(instant_clipped(&zone, skipped, 600), next);
    }
}
