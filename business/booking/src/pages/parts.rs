//! The parts of a visit of several.

use kernel::{Bilingual, Locale};
use maud::{Markup, html};

use super::words;

/// One part: when, what, with whom.
pub(crate) struct PartView {
    pub(crate) times: String,
    pub(crate) service: Bilingual,
    /// With whom, and in which room.
    pub(crate) with: String,
}

/// The parts one under the other; nothing where there is only one.
pub(super) fn parts(locale: Locale, parts: &[PartView]) -> Markup {
    html! {
        @if !parts.is_empty() {
            ol class="box pay mt" aria-label=(locale.t("booking-parts")) {
                @for part in parts {
                    li class="row between" {
                        span {
                            (words(locale, &part.service))
                            span class="muted sm" { " · " (part.with) }
                        }
                        span class="num" { (part.times) }
                    }
                }
            }
        }
    }
}
