//! State: always an icon shape and words, with colour third.
use crate::icon;
use kernel::{Locale, Timestamp};
use maud::{Markup, html};

/// What a colour means. Saturated colour is never decoration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Ok,
    /// In progress, or for information.
    Info,
    /// Needs a look soon.
    Warn,
    /// A promise is broken or something is wrong.
    Danger,
    /// A customer's tier.
    Vip,
    /// Nothing special.
    #[default]
    Neutral,
    /// The product's own colour (meters).
    Brand,
}

impl Tone {
    /// The value of `data-tone`.
    pub fn as_str(self) -> &'static str {
        match self {
            Tone::Ok => "ok",
            Tone::Info => "info",
            Tone::Warn => "warn",
            Tone::Danger => "danger",
            Tone::Vip => "vip",
            Tone::Neutral => "neutral",
            Tone::Brand => "brand",
        }
    }

    /// The icon whose shape says the same as the colour.
    pub fn icon(self) -> &'static str {
        match self {
            Tone::Ok => "circle-check",
            Tone::Info => "info",
            Tone::Warn => "triangle-alert",
            Tone::Danger => "octagon-alert",
            Tone::Vip => "star",
            Tone::Neutral | Tone::Brand => "circle",
        }
    }
}

/// A badge; `name` is its icon, empty for none.
pub fn badge(tone: Tone, name: &str, text: &str) -> Markup {
    html! { span class="badge" data-tone=(tone.as_str()) { (icon(name)) (text) } }
}

/// A badge with an edge only, for consents and other quiet facts.
pub fn badge_line(tone: Tone, name: &str, text: &str) -> Markup {
    html! { span class="badge badge--line" data-tone=(tone.as_str()) { (icon(name)) (text) } }
}

/// Words in a service family's colour after the family's icon.
pub fn family(code: &str, text: &str) -> Markup {
    html! {
        span class="famw" { (crate::family_icon(code)) span class="trunc" { (text) } }
    }
}

/// How a promise stands. Shares are what is left of the promised time, 1.0 down to 0.0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sla {
    /// Kept.
    Met,
    /// Running with this share left.
    Running(f64),
    /// At most 20 % or 10 minutes left.
    Soon(f64),
    /// Broken.
    Breached,
    /// The clock stands still.
    Paused,
}

impl Sla {
    /// The state for a promise made at `from`, due at `due`, seen at `now`.
    pub fn of(from: Timestamp, due: Timestamp, now: Timestamp) -> Sla {
        let left = due.as_second() - now.as_second();
        let whole = (due.as_second() - from.as_second()).max(1);
        let share = (left as f64 / whole as f64).clamp(0.0, 1.0);
        match left {
            i64::MIN..=-1 => Sla::Breached,
            _ if share <= 0.2 || left <= 600 => Sla::Soon(share),
            _ => Sla::Running(share),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Sla::Met => "met",
            Sla::Running(_) => "running",
            Sla::Soon(_) => "soon",
            Sla::Breached => "breached",
            Sla::Paused => "paused",
        }
    }

    fn shape(self) -> Markup {
        match self {
            Sla::Met => icon("circle-check"),
            Sla::Breached => icon("octagon-alert"),
            Sla::Paused => icon("pause"),
            Sla::Running(share) | Sla::Soon(share) => ring(share),
        }
    }
}

/// A ring that empties: `share` is what is left, 0.0 to 1.0.
fn ring(share: f64) -> Markup {
    const ROUND: f64 = 39.27;
    let dash = format!("{:.2} {ROUND}", share.clamp(0.0, 1.0) * ROUND);
    html! {
        svg class="ring" viewBox="0 0 16 16" aria-hidden="true" {
            circle cx="8" cy="8" r="6.25" {}
            circle class="v" cx="8" cy="8" r="6.25" stroke-dasharray=(dash) {}
        }
    }
}

/// A promise clock. With `due` the browser keeps the words current (whole minutes).
pub fn sla(locale: Locale, state: Sla, due: Option<Timestamp>, text: &str) -> Markup {
    let counts = matches!(state, Sla::Running(_) | Sla::Soon(_) | Sla::Breached);
    let due = due.filter(|_| counts).map(|at| at.to_string());
    html! {
        span class="sla" data-state=(state.name()) {
            (state.shape())
            @if let Some(due) = due {
                span data-until=(due) data-left=(locale.tx("ui-left", &[("time", "{}".into())]))
                    data-over=(locale.tx("ui-over", &[("time", "{}".into())])) { (text) }
            } @else {
                span { (text) }
            }
        }
    }
}

/// A bar filled to `share` (0.0 to 1.0); `label` says it in words.
pub fn meter(tone: Tone, share: f64, label: &str) -> Markup {
    let percent = format!("width:{:.1}%", share.clamp(0.0, 1.0) * 100.0);
    html! {
        span class="meter" data-tone=(tone.as_str()) role="img" aria-label=(label) {
            i style=(percent) {}
        }
    }
}

/// Long work: a name, how far ("18,240 / 52,300"), a bar and a line below.
pub fn progress(name: &str, how_far: &str, share: f64, below: Markup) -> Markup {
    html! {
        div class="lw" {
            div class="row between" { b { (name) } span class="num" { (how_far) } }
            (meter(Tone::Brand, share, how_far))
            p class="xs muted row between" { (below) }
        }
    }
}
