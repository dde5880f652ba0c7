//! What a page says about itself: the room that writes the help is above all others, so it hands
//! its words in at the start.

use std::sync::OnceLock;

use kernel::Locale;
use ui::HelpNote;

/// The help of the program.
#[derive(Clone, Copy)]
pub struct Guide {
    /// What the page at a path is for.
    pub note: fn(Locale, &str) -> Option<HelpNote>,
    /// The name of the newest release.
    pub newest: &'static str,
}

static GUIDE: OnceLock<Guide> = OnceLock::new();

/// The cookie with the release a person has read of.
pub const NEWS_COOKIE: &str = "news";

/// Lets pages say what they are for; the first to do so stays.
pub fn set_guide(guide: Guide) {
    // A second program in the same process, as in tests, brings the same words.
    let _ = GUIDE.set(guide);
}

/// What the page at a path is for.
pub(crate) fn note(locale: Locale, path: &str) -> Option<HelpNote> {
    let path = path.split('?').next().unwrap_or_default();
    GUIDE.get().and_then(|guide| (guide.note)(locale, path))
}

/// Whether there is a release that was not read of.
pub(crate) fn is_news(seen: Option<&str>) -> bool {
    GUIDE.get().is_some_and(|guide| seen != Some(guide.newest))
}
