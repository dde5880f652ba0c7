//! What is true of a business and its places: names, rules of booking and hours. Pure.

mod groups;
mod hours;
mod local_time;

pub use groups::{DEPTH_MAX, SiteGroup, chain, in_order};
pub use hours::{DAY_MINUTES, DayHours, Hours, MinuteSpan, SPANS_PER_DAY, SpecialDay, Week, clock};
pub use local_time::{instant, instant_clipped};

use kernel::ids::{OrganisationId, SiteGroupId, SiteId};
use kernel::{Bilingual, Currency, Date, Locale, TimeZone, Timestamp};

/// A business: the owner of everything else.
#[derive(Clone, Debug, PartialEq)]
pub struct Organisation {
    /// Its identity, first in every key.
    pub id: OrganisationId,
    /// Its name in web addresses, unique in the installation.
    pub slug: String,
    /// What it is called.
    pub name: Bilingual,
    /// Its colour on guest pages, as `#rrggbb`.
    pub brand: String,
    /// When it was set up.
    pub created_at: Timestamp,
    /// Counts edits; an edit names the version it saw.
    pub version: i64,
}

/// Whether a place takes customers at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteState {
    /// In business.
    Open,
    /// Given up; kept for its history.
    Closed,
}

impl SiteState {
    /// The word stored in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// Reads the stored word; anything unknown counts as closed.
    pub fn parse(word: &str) -> Self {
        if word == "open" {
            Self::Open
        } else {
            Self::Closed
        }
    }
}

/// A place where customers are served.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Its identity.
    pub id: SiteId,
    /// Its name in web addresses, unique in the organisation.
    pub slug: String,
    /// What it is called.
    pub name: Bilingual,
    /// What kind of place it is, such as “Hair & spa”.
    pub kind: Bilingual,
    /// Postal address in one line.
    pub address: String,
    /// The zone its clocks show.
    pub zone: TimeZone,
    /// The currency of its prices.
    pub currency: Currency,
    /// Telephone as printed on the door.
    pub phone: String,
    /// In business or given up.
    pub state: SiteState,
    /// How many minutes ahead an online booking must be made.
    pub notice_minutes: i64,
    /// How many days ahead bookings are taken.
    pub horizon_days: i64,
    /// Until how many minutes before the start a guest may cancel or move a booking.
    pub cancel_minutes: i64,
    /// The group it is counted in, such as a region.
    pub group: Option<SiteGroupId>,
    /// Counts edits; an edit names the version it saw.
    pub version: i64,
}

impl Site {
    /// The IANA name of the zone, such as `Asia/Shanghai`.
    pub fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// The date a moment has on this site's calendar.
    pub fn date_of(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// The name to show to a reader of `locale`.
    pub fn name(&self, locale: Locale) -> &str {
        self.name.get(locale)
    }
}

/// The shortest and longest web name.
pub const SLUG_LENGTH: std::ops::RangeInclusive<usize> = 2..=40;

/// Whether a text may stand in a web address: small letters, digits and single hyphens inside.
pub fn is_slug(text: &str) -> bool {
    let fits = SLUG_LENGTH.contains(&text.len());
    let plain = text
        .bytes()
        .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    fits && plain && !text.starts_with('-') && !text.ends_with('-') && !text.contains("--")
}

/// A web name made from a title; `None` when it holds no Latin letter or digit.
pub fn slug_from(title: &str) -> Option<String> {
    let mut slug = String::new();
    for c in title.chars() {
        match c.to_ascii_lowercase() {
            c @ ('a'..='z' | '0'..='9') => slug.push(c),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.truncate(*SLUG_LENGTH.end());
    let slug = slug.trim_end_matches('-').to_owned();
    is_slug(&slug).then_some(slug)
}

/// Whether a text is a colour of the form `#rrggbb`.
pub fn is_colour(text: &str) -> bool {
    text.len() == 7 && text.starts_with('#') && text[1..].bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_name_keeps_only_what_an_address_can_show() {
        assert_eq!(
            slug_from("Lotus Hair & Spa, Jing'an").as_deref(),
            Some("lotus-hair-spa-jing-an")
        );
        assert_eq!(slug_from("莲花"), None);
        assert!(is_slug("old-town-2"));
        assert!(!is_slug("-a") && !is_slug("a--b") && !is_slug("a") && !is_slug("Ab"));
    }

    #[test]
    fn a_colour_is_six_hexadecimal_digits() {
        assert!(is_colour("#9b2d5c"));
        assert!(!is_colour("9b2d5c0") && !is_colour("#9b2d5") && !is_colour("#9b2d5é"));
    }
}
