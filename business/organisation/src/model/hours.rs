//! Opening hours: the week, the special days, and the spans they give on one date.

use super::instant_clipped;
use kernel::{Bilingual, Date, Span, TimeZone};
use std::collections::BTreeMap;

/// Minutes from local midnight: opens and closes. Past 1440 means the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MinuteSpan {
    /// First minute open, 0 to 1439.
    pub opens: i64,
    /// First minute closed again, at most a whole day later.
    pub closes: i64,
}

/// Minutes in a day of 24 hours.
pub const DAY_MINUTES: i64 = 1440;

impl MinuteSpan {
    /// A span when the minutes make sense. `closes` at or before `opens` means the next day.
    pub fn new(opens: i64, closes: i64) -> Option<Self> {
        let closes = if closes <= opens {
            closes + DAY_MINUTES
        } else {
            closes
        };
        let fits = (0..DAY_MINUTES).contains(&opens) && closes - opens <= DAY_MINUTES;
        (fits && closes > opens).then_some(Self { opens, closes })
    }

    /// Reads `09:30–18:00`, `9:30-18:00` or `20:00-02:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let (opens, closes) = text.split_once(['-', '–', '—', '~', '至'])?;
        Self::new(minute_of(opens)?, minute_of(closes)?)
    }

    /// `09:30–18:00`; a closing on the next day is shown by its clock time alone.
    pub fn text(self) -> String {
        format!("{}–{}", clock(self.opens), clock(self.closes))
    }
}

/// Minutes since midnight as `HH:MM`; 24:00 is kept for a closing at midnight.
pub fn clock(minute: i64) -> String {
    let shown = if minute > DAY_MINUTES {
        minute - DAY_MINUTES
    } else {
        minute
    };
    format!("{:02}:{:02}", shown / 60, shown % 60)
}

fn minute_of(text: &str) -> Option<i64> {
    let text = text.trim().replace('：', ":");
    let (hour, minute) = text.split_once(':')?;
    let digits = |t: &str| !t.is_empty() && t.len() <= 2 && t.bytes().all(|b| b.is_ascii_digit());
    if !digits(hour) || !digits(minute) {
        return None;
    }
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
    (minute < 60 && hour * 60 + minute <= DAY_MINUTES).then_some(hour * 60 + minute)
}

/// The most spans one day may have.
pub const SPANS_PER_DAY: usize = 4;

/// The hours of one day, in order and apart from each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayHours(Vec<MinuteSpan>);

impl DayHours {
    /// Sorts the spans; `None` when they overlap or are too many.
    pub fn new(mut spans: Vec<MinuteSpan>) -> Option<Self> {
        spans.sort();
        let apart = spans.windows(2).all(|pair| pair[0].closes <= pair[1].opens);
        (apart && spans.len() <= SPANS_PER_DAY).then_some(Self(spans))
    }

    /// Reads spans between commas or spaces, such as `09:00-12:00, 14:00-18:00`; empty is closed.
    pub fn parse(text: &str) -> Option<Self> {
        let joined = text.replace([' ', '\u{3000}'], "");
        let parts = joined
            .split([',', '，', ';', '；', '、'])
            .filter(|part| !part.is_empty());
        Self::new(parts.map(MinuteSpan::parse).collect::<Option<_>>()?)
    }

    /// The spans in order.
    pub fn spans(&self) -> &[MinuteSpan] {
        &self.0
    }

    /// Whether the day has no hours.
    pub fn is_closed(&self) -> bool {
        self.0.is_empty()
    }

    /// What [`DayHours::parse`] reads back: `09:00–12:00, 14:00–18:00`.
    pub fn text(&self) -> String {
        self.0
            .iter()
            .map(|span| span.text())
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn on(&self, zone: &TimeZone, date: Date) -> Vec<Span> {
        let moment = |minute| instant_clipped(zone, date, minute);
        let spans = self
            .0
            .iter()
            .filter_map(|s| Span::new(moment(s.opens), moment(s.closes)));
        Span::merge(spans.collect())
    }
}

/// The hours of an ordinary week, Monday first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Week(pub [DayHours; 7]);

impl Week {
    /// The same hours on every given weekday (Monday = 1), closed on the others.
    pub fn same(weekdays: &[i64], hours: &DayHours) -> Self {
        let mut week = Self::default();
        for day in weekdays.iter().filter(|day| (1..=7).contains(*day)) {
            week.0[usize::try_from(day - 1).unwrap_or(0)] = hours.clone();
        }
        week
    }

    /// The hours of a weekday, Monday = 1.
    pub fn day(&self, weekday: i64) -> &DayHours {
        &self.0[usize::try_from(weekday - 1).unwrap_or(0).min(6)]
    }

    /// The weekday (Monday = 1) whose last hours run into the next day's first, if any.
    pub fn overlap(&self) -> Option<i64> {
        (1..=7).find(|&day| {
            let last = self.day(day).spans().last().map_or(0, |span| span.closes);
            let next = self.day(day % 7 + 1).spans().first();
            next.is_some_and(|span| last > span.opens + DAY_MINUTES)
        })
    }
}

/// A date that does not follow the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecialDay {
    /// The date on the site's calendar.
    pub day: Date,
    /// Its hours; closed all day when there are none.
    pub hours: DayHours,
    /// Why, such as “Spring Festival”.
    pub name: Bilingual,
}

/// When a site is open: its week and the special days that were loaded with it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Hours {
    /// The ordinary week.
    pub week: Week,
    /// The exceptions by date.
    pub special: BTreeMap<Date, SpecialDay>,
}

impl Hours {
    /// The hours that count on a date.
    pub fn of(&self, date: Date) -> &DayHours {
        let weekday = i64::from(date.weekday().to_monday_one_offset());
        self.special
            .get(&date)
            .map_or(self.week.day(weekday), |special| &special.hours)
    }

    /// The spans that begin on a date; one may reach into the next day. Where the clock jumps
    /// forward over a border, the span begins or ends at the jump.
    pub fn spans_on(&self, zone: &TimeZone, date: Date) -> Vec<Span> {
        self.of(date).on(zone, date)
    }

    /// All open spans from `first` to `last` (both included), those begun the evening before
    /// `first` too, merged where they touch.
    pub fn spans_between(&self, zone: &TimeZone, first: Date, last: Date) -> Vec<Span> {
        let begin = first.yesterday().unwrap_or(first);
        let dates = std::iter::successors(Some(begin), |date| date.tomorrow().ok())
            .take_while(|date| *date <= last);
        Span::merge(dates.flat_map(|date| self.spans_on(zone, date)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn hours(text: &str) -> DayHours {
        DayHours::parse(text).unwrap()
    }

    fn open_daily(text: &str) -> Hours {
        Hours {
            week: Week::same(&[1, 2, 3, 4, 5, 6, 7], &hours(text)),
            ..Hours::default()
        }
    }

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    #[test]
    fn hours_are_read_as_people_write_them() {
        assert_eq!(
            hours("9:00-12:00，14:00–18:00").text(),
            "09:00–12:00, 14:00–18:00"
        );
        assert_eq!(hours("20:00 - 02:00").spans()[0].closes, 26 * 60);
        assert_eq!(hours("00:00–24:00").spans()[0].closes, DAY_MINUTES);
        assert!(hours(" ").is_closed());
        for wrong in [
            "9-12",
            "09:60-10:00",
            "25:00-26:00",
            "09:00-12:00, 11:00-13:00",
            "soon",
        ] {
            assert_eq!(DayHours::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn on_the_short_day_a_night_shop_is_open_an_hour_less_and_on_the_long_day_an_hour_more() {
        let (hours, zone) = (open_daily("22:00-06:00"), zone("Europe/Berlin"));
        let length = |date| hours.spans_on(&zone, day(date))[0].minutes();
        assert_eq!(length("2026-03-28"), 7 * 60);
        assert_eq!(length("2026-06-01"), 8 * 60);
        assert_eq!(length("2026-10-24"), 9 * 60);
    }

    #[test]
    fn a_span_wholly_inside_the_skipped_hour_is_no_span() {
        let hours = open_daily("02:10-02:50, 09:00-10:00");
        assert_eq!(
            hours
                .spans_on(&zone("Europe/Berlin"), day("2026-03-29"))
                .len(),
            1
        );
    }

    #[test]
    fn a_holiday_closes_the_day_it_begins_on_but_not_the_night_before() {
        let mut hours = open_daily("20:00-02:00");
        let name = Bilingual::default();
        let closed = SpecialDay {
            day: day("2026-12-25"),
            hours: DayHours::default(),
            name,
        };
        hours.special.insert(closed.day, closed);
        let zone = zone("Asia/Shanghai");
        assert!(hours.spans_on(&zone, day("2026-12-25")).is_empty());
        let around = hours.spans_between(&zone, day("2026-12-25"), day("2026-12-25"));
        assert_eq!(around.len(), 1);
        assert_eq!(around[0].minutes(), 360);
    }

    #[test]
    fn hours_that_run_into_the_next_morning_are_noticed() {
        let mut week = Week::same(&[5], &hours("20:00-04:00"));
        assert_eq!(week.overlap(), None);
        week.0[5] = hours("03:00-09:00");
        assert_eq!(week.overlap(), Some(5));
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(opens in 0_i64..1440, length in 1_i64..=1440) {
            let span = MinuteSpan::new(opens, opens + length).unwrap();
            prop_assert_eq!(hours(&span.text()).spans()[0], span);
        }

        #[test]
        fn reading_never_panics(text in ".{0,40}") {
            let _ = DayHours::parse(&text);
        }
    }
}
