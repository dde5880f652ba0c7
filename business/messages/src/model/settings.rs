//! How a business writes to its customers.

use kernel::{TimeZone, Timestamp};
use std::collections::BTreeSet;

use super::{Occasion, Way};

/// A stretch of the site's day in which nobody is disturbed; it may pass midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    /// Minute of the day at which it begins.
    pub from_minute: i64,
    /// Minute of the day at which it ends; equal to the beginning when there is none.
    pub to_minute: i64,
}

impl QuietHours {
    /// The instant itself, or the end of the quiet hours it lies in.
    ///
    /// The end is the first instant whose local time is out of the quiet hours, so both nights of
    /// daylight saving are right.
    pub fn first_allowed(&self, at: Timestamp, zone: &TimeZone) -> Timestamp {
        const STEP_MINUTES: i64 = 5;
        let mut moment = at;
        for _ in 0..=(26 * 60 / STEP_MINUTES) {
            if !self.holds(moment, zone) {
                return moment;
            }
            moment = next_mark(moment, STEP_MINUTES);
        }
        moment
    }

    fn holds(&self, at: Timestamp, zone: &TimeZone) -> bool {
        let time = at.to_zoned(zone.clone()).time();
        let minute = i64::from(time.hour()) * 60 + i64::from(time.minute());
        if self.from_minute <= self.to_minute {
            (self.from_minute..self.to_minute).contains(&minute)
        } else {
            minute >= self.from_minute || minute < self.to_minute
        }
    }
}

/// The next whole mark of so many minutes after an instant.
fn next_mark(at: Timestamp, minutes: i64) -> Timestamp {
    let step = minutes * 60;
    let second = (at.as_second().div_euclid(step) + 1) * step;
    Timestamp::from_second(second).unwrap_or(at)
}

/// Where texts are handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gateway {
    /// The address that takes them.
    pub url: String,
    /// The key they are signed with, as `whsec_` and base64.
    pub secret: String,
}

/// The choices of a business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The name mail comes from; empty: the business's own.
    pub sender: String,
    /// Where answers to mail go.
    pub reply_to: Option<String>,
    /// How many hours before a visit to remind of it.
    pub reminder_hours: i64,
    /// How many minutes after a visit to thank for it.
    pub thanks_minutes: i64,
    /// When nobody is disturbed.
    pub quiet: QuietHours,
    /// Occasions that are not written about, by way.
    pub silent: BTreeSet<(Way, Occasion)>,
    /// Where texts go, if anywhere.
    pub gateway: Option<Gateway>,
    /// The key of the door for reports of mail that came back; none while it is shut.
    pub report_secret: Option<String>,
    /// Counts changes; 0 before the first.
    pub version: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            sender: String::new(),
            reply_to: None,
            reminder_hours: 24,
            thanks_minutes: 120,
            quiet: QuietHours {
                from_minute: 21 * 60,
                to_minute: 8 * 60,
            },
            silent: BTreeSet::from([(Way::Text, Occasion::Thanks)]),
            gateway: None,
            report_secret: None,
            version: 0,
        }
    }
}

impl Settings {
    /// Whether an occasion is written about in this way.
    pub fn speaks(&self, way: Way, occasion: Occasion) -> bool {
        !self.silent.contains(&(way, occasion))
    }

    /// The silent occasions as they are kept.
    pub fn silent_words(&self) -> String {
        let word =
            |(way, occasion): &(Way, Occasion)| format!("{}:{}", way.as_str(), occasion.as_str());
        self.silent.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    /// Reads [`Self::silent_words`] back; unknown words are passed over.
    pub fn read_silent(words: &str) -> BTreeSet<(Way, Occasion)> {
        let pairs = words.split(' ').filter_map(|word| word.split_once(':'));
        pairs
            .filter_map(|(way, occasion)| Some((Way::parse(way)?, Occasion::parse(occasion)?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    fn night() -> QuietHours {
        Settings::default().quiet
    }

    #[test]
    fn a_night_passes_midnight_and_ends_at_eight() {
        let zone = TimeZone::get("Asia/Shanghai").expect("a zone");
        let allowed = |text: &str| night().first_allowed(at(text), &zone);
        let morning = at("2026-11-23T08:00:00+08:00");
        assert_eq!(allowed("2026-11-22T21:00:00+08:00"), morning);
        assert_eq!(allowed("2026-11-23T03:07:09+08:00"), morning);
        let day = at("2026-11-22T20:59:59+08:00");
        assert_eq!(night().first_allowed(day, &zone), day);
    }

    #[test]
    fn the_nights_of_daylight_saving_end_at_eight_too() {
        let zone = TimeZone::get("Europe/Lisbon").expect("a zone");
        for date in ["2026-03-28", "2026-10-24"] {
            let evening = at(&format!("{date}T23:30:00Z"));
            let end = night().first_allowed(evening, &zone).to_zoned(zone.clone());
            assert_eq!((end.hour(), end.minute()), (8, 0), "{date}");
        }
    }

    #[test]
    fn equal_ends_are_no_quiet_hours() {
        let none = QuietHours {
            from_minute: 0,
            to_minute: 0,
        };
        let midnight = at("2026-11-22T00:00:00Z");
        assert_eq!(none.first_allowed(midnight, &TimeZone::UTC), midnight);
    }

    #[test]
    fn silence_reads_back() {
        let settings = Settings::default();
        assert_eq!(settings.silent_words(), "text:thanks");
        assert_eq!(
            Settings::read_silent("text:thanks nonsense"),
            settings.silent
        );
    }
}
