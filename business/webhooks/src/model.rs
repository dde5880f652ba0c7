//! What is true of a webhook and of a fact on its way to it.

use kernel::{Id, Timestamp};

/// Marks ids of webhooks.
pub enum WebhookNoun {}
/// The id of a webhook.
pub type WebhookId = Id<WebhookNoun>;
/// Marks ids of deliveries.
pub enum DeliveryNoun {}
/// The id of a delivery.
pub type DeliveryId = Id<DeliveryNoun>;

/// The most webhooks of one organisation.
pub(crate) const WEBHOOKS_MAX: i64 = 20;
/// The most kinds one webhook names.
pub(crate) const KINDS_MAX: usize = 50;
/// How often a delivery is tried before it is given up.
pub(crate) const ATTEMPTS_MAX: i64 = 8;
/// How long the former key signs beside the new one.
pub(crate) const FORMER_KEY_SECONDS: i64 = 86_400;
/// How long a webhook may take nothing before it is stopped.
const PATIENCE_SECONDS: i64 = 5 * 86_400;
/// The status by which the other side says that it wants nothing any more.
const GONE: u16 = 410;

/// The nouns whose facts can be chosen.
pub(crate) const NOUNS: [&str; 18] = [
    "order",
    "step",
    "ticket",
    "session",
    "series",
    "waiting",
    "enquiry",
    "customer",
    "message",
    "service",
    "blueprint",
    "resource",
    "staff",
    "shift",
    "time_off",
    "request",
    "site",
    "user",
];

/// Whether facts can be chosen so: by a noun, such as `order`, or one activity, such as
/// `order.booked`.
pub(crate) fn is_kind(kind: &str) -> bool {
    let (noun, activity) = kind.split_once('.').unwrap_or((kind, "any"));
    let letters = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    NOUNS.contains(&noun) && (1..=60).contains(&activity.len()) && activity.bytes().all(letters)
}

/// Whether anything is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Facts are sent.
    Active,
    /// Somebody paused it.
    Paused,
    /// It took nothing for long, or said that it wants nothing any more.
    Stopped,
}

kernel::words!(State {
    Active => "active", "webhooks-active";
    Paused => "paused", "webhooks-is-paused";
    Stopped => "stopped", "webhooks-is-stopped";
});

/// A program that is told what happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Identity.
    pub id: WebhookId,
    /// Where facts go.
    pub url: String,
    /// The key they are signed with, as `whsec_` and base64.
    pub secret: String,
    /// The key before it, and until when it signs as well.
    pub former: Option<(String, Timestamp)>,
    /// Nouns and activities it wants; none means all.
    pub kinds: Vec<String>,
    /// Whether anything is sent.
    pub state: State,
    /// The place in the journal up to which it was told.
    pub heard: i64,
    /// Since when nothing was taken.
    pub failing_since: Option<Timestamp>,
    /// When what was not taken is tried again.
    pub retry_at: Option<Timestamp>,
    /// When it was made.
    pub created: Timestamp,
    /// Counts changes.
    pub version: i64,
}

impl Webhook {
    /// Whether it wants to be told of an activity.
    pub(crate) fn wants(&self, activity: &str) -> bool {
        let noun = activity.split('.').next().unwrap_or_default();
        let named = |kind: &String| kind == activity || kind == noun;
        self.kinds.is_empty() || self.kinds.iter().any(named)
    }

    /// Whether facts may leave now.
    pub(crate) fn is_open(&self, now: Timestamp) -> bool {
        self.state == State::Active && self.retry_at.is_none_or(|at| at <= now)
    }

    /// The keys that sign now, the newest first.
    pub(crate) fn secrets(&self, now: Timestamp) -> Vec<&str> {
        let former = self.former.iter().filter(|(_, until)| *until > now);
        let former = former.map(|(secret, _)| secret.as_str());
        [self.secret.as_str()].into_iter().chain(former).collect()
    }

    /// Whether this failure is the one that stops it.
    pub(crate) fn gives_up(&self, now: Timestamp, answer: &Answer) -> bool {
        let long = |since: Timestamp| now.as_second() - since.as_second() >= PATIENCE_SECONDS;
        answer.status == Some(GONE) || self.failing_since.is_some_and(long)
    }
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nobody has tried it yet.
    Waiting,
    /// It was not taken, and is tried again.
    Failed,
    /// The other side has it.
    Delivered,
    /// Given up.
    Dead,
}

kernel::words!(Stage {
    Waiting => "waiting", "webhooks-stage-waiting";
    Failed => "failed", "webhooks-stage-failed";
    Delivered => "delivered", "webhooks-stage-delivered";
    Dead => "dead", "webhooks-stage-dead";
});

/// One fact on its way to one webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Identity; the same at every attempt.
    pub id: DeliveryId,
    /// The place of the fact in the journal; 0 for a test.
    pub place: i64,
    /// What happened.
    pub activity: String,
    /// What is sent.
    pub body: String,
    /// Where it stands.
    pub stage: Stage,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was written.
    pub created: Timestamp,
    /// When it was tried last.
    pub tried: Option<Timestamp>,
    /// What the other side answered the last time.
    pub status: Option<i64>,
    /// After how many milliseconds.
    pub answer_ms: Option<i64>,
    /// Why it was not taken.
    pub reason: Option<String>,
}

impl Delivery {
    /// Whether it tries the way and tells nothing.
    pub(crate) const fn is_test(&self) -> bool {
        self.place == 0
    }

    /// Where it stands after an attempt.
    pub(crate) const fn after(&self, answer: &Answer) -> Stage {
        if answer.is_taken() {
            Stage::Delivered
        } else if self.is_test() || self.attempts + 1 >= ATTEMPTS_MAX {
            Stage::Dead
        } else {
            Stage::Failed
        }
    }
}

/// What came of one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// What the other side answered; `None` where nobody did.
    pub status: Option<u16>,
    /// Why it was not taken, in words or as the name of a reason.
    pub reason: Option<String>,
    /// How long it took.
    pub took_ms: i64,
}

impl Answer {
    /// Whether the other side has it.
    pub(crate) const fn is_taken(&self) -> bool {
        matches!(self.status, Some(200..=299))
    }
}

/// Seconds to wait after so many failures: five, then four times as long each time, six hours at
/// most. `spread` from 0 up to 400 makes that 80 to 120 %, so that many do not come back at once.
pub(crate) fn back_off_seconds(attempts: i64, spread: i64) -> i64 {
    let base = (5_i64 << (2 * (attempts - 1).clamp(0, 10))).min(21_600);
    base * (800 + spread) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_waited_out_longer_and_longer_within_a_working_day() {
        let waits: Vec<i64> = (1..ATTEMPTS_MAX)
            .map(|n| back_off_seconds(n, 200))
            .collect();
        assert_eq!(waits, [5, 20, 80, 320, 1280, 5120, 20_480]);
        assert!((7..9).contains(&(waits.iter().sum::<i64>() / 3600)));
        assert_eq!((back_off_seconds(1, 0), back_off_seconds(1, 400)), (4, 6));
        assert_eq!(back_off_seconds(99, 200), 21_600);
    }

    #[test]
    fn facts_are_chosen_by_noun_or_one_by_one() {
        for kind in ["order", "order.booked", "time_off", "time_off.requested"] {
            assert!(is_kind(kind), "{kind}");
        }
        for other in [
            "",
            "order.",
            "orders",
            "Order",
            "order.booked.",
            "order.a b",
            "x.y",
        ] {
            assert!(!is_kind(other), "{other}");
        }
    }
}
