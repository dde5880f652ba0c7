//! How often one account may call: a bucket that fills at a steady rate.

use std::{collections::BTreeMap, sync::Mutex};

use kernel::{Timestamp, ids::UserId};

/// Calls a minute of one account, unless the configuration says otherwise. It keeps one program
/// from starving a shop, and is well above what a shop's own programs need.
pub(super) const CALLS_A_MINUTE: u32 = 300_000;
const WINDOW_SECONDS: i64 = 60;

/// What is left after a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Left {
    /// The most calls of a window.
    pub(super) quota: u32,
    /// Calls that may follow at once.
    pub(super) calls: i64,
    /// Seconds until the bucket is full again, or until the next call where none is left.
    pub(super) seconds: i64,
    /// Whether the call may go on.
    pub(super) allowed: bool,
}

#[derive(Clone, Copy)]
struct Bucket {
    /// Microseconds of filling that were used up.
    used: i64,
    at: Timestamp,
}

/// The buckets of all accounts that have called.
pub(super) struct Limiter {
    quota: u32,
    buckets: Mutex<BTreeMap<UserId, Bucket>>,
}

impl Limiter {
    pub(super) fn new(quota: u32) -> Self {
        Self {
            quota: quota.clamp(1, 6_000_000),
            buckets: Mutex::default(),
        }
    }

    /// Counts a call.
    pub(super) fn call(&self, user: UserId, now: Timestamp) -> Left {
        let window = WINDOW_SECONDS * 1_000_000;
        let price = window / i64::from(self.quota);
        let mut buckets = self.buckets.lock().expect("counting does not panic");
        let bucket = buckets.entry(user).or_insert(Bucket { used: 0, at: now });
        let gone = (now.as_microsecond() - bucket.at.as_microsecond()).max(0);
        let used = (bucket.used - gone).max(0);
        let allowed = used + price <= window;
        *bucket = Bucket {
            used: if allowed { used + price } else { used },
            at: now.max(bucket.at),
        };
        let wait = if allowed {
            bucket.used
        } else {
            used + price - window
        };
        Left {
            quota: self.quota,
            calls: (window - bucket.used) / price,
            seconds: (wait + 999_999) / 1_000_000,
            allowed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let limiter = Limiter::new(60);
        let user = UserId::from_uuid(kernel::id::NIL);
        let at = |second: i64| Timestamp::from_second(1_800_000_000 + second).unwrap();
        for left in (0..60).rev() {
            assert_eq!(limiter.call(user, at(0)).calls, left);
        }
        let refused = limiter.call(user, at(0));
        assert!(!refused.allowed && refused.seconds == 1);
        assert!(limiter.call(user, at(1)).allowed);
        assert!(!limiter.call(user, at(1)).allowed);
        assert_eq!(limiter.call(user, at(600)).calls, 59);
    }
}
