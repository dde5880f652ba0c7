//! How many wrong guesses are too many.

use kernel::Timestamp;

/// Failures counted against one login or one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempts {
    /// How many since `since`.
    pub failures: i64,
    /// When counting began.
    pub since: Timestamp,
    /// The latest one.
    pub last: Timestamp,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Guesses at one login: five are free, then each costs twice the wait of the last, up to a
    /// quarter of an hour. Forgotten a day after the last guess.
    Login,
    /// Guesses from one address, which may be a whole shop: 100 in ten minutes.
    Address,
}

const FREE_GUESSES: i64 = 5;
const LONGEST_WAIT_SECONDS: i64 = 900;
const LOGIN_WINDOW_SECONDS: i64 = 86_400;
const ADDRESS_GUESSES: i64 = 100;
const ADDRESS_WINDOW_SECONDS: i64 = 600;

impl Limit {
    /// The word stored in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Address => "address",
        }
    }

    /// Seconds still to wait before the next guess; `None` when it may be made now.
    pub fn wait_seconds(self, seen: Option<&Attempts>, now: Timestamp) -> Option<i64> {
        let seen = seen.filter(|seen| !self.is_over(seen, now))?;
        let until = match self {
            Self::Login => {
                let doublings = u32::try_from(seen.failures - FREE_GUESSES).ok()?.min(20);
                let wait = 2_i64.pow(doublings).min(LONGEST_WAIT_SECONDS);
                seen.last.as_second() + wait
            }
            Self::Address if seen.failures < ADDRESS_GUESSES => return None,
            Self::Address => seen.since.as_second() + ADDRESS_WINDOW_SECONDS,
        };
        let wait = until - now.as_second();
        (wait > 0).then_some(wait)
    }

    /// The count after one more guess.
    pub fn counted(self, seen: Option<&Attempts>, now: Timestamp) -> Attempts {
        match seen.filter(|seen| !self.is_over(seen, now)) {
            Some(seen) => Attempts {
                failures: seen.failures + 1,
                last: now,
                ..*seen
            },
            None => Attempts {
                failures: 1,
                since: now,
                last: now,
            },
        }
    }

    fn is_over(self, seen: &Attempts, now: Timestamp) -> bool {
        let now = now.as_second();
        match self {
            Self::Login => now - seen.last.as_second() >= LOGIN_WINDOW_SECONDS,
            Self::Address => now - seen.since.as_second() >= ADDRESS_WINDOW_SECONDS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + second).unwrap()
    }

    fn seen(failures: i64) -> Attempts {
        Attempts {
            failures,
            since: at(0),
            last: at(0),
        }
    }

    #[test]
    fn five_guesses_at_a_login_are_free_then_waits_double_up_to_a_quarter_hour() {
        let wait = |failures| Limit::Login.wait_seconds(Some(&seen(failures)), at(0));
        assert_eq!(wait(4), None);
        assert_eq!([wait(5), wait(6), wait(9)], [Some(1), Some(2), Some(16)]);
        assert_eq!([wait(40), wait(4000)], [Some(900), Some(900)]);
        assert_eq!(Limit::Login.wait_seconds(Some(&seen(40)), at(900)), None);
        assert_eq!(
            Limit::Login.counted(Some(&seen(40)), at(86_400)).failures,
            1
        );
    }

    #[test]
    fn a_shop_behind_one_address_may_err_a_hundred_times_in_ten_minutes() {
        let wait = |failures, now| Limit::Address.wait_seconds(Some(&seen(failures)), at(now));
        assert_eq!(wait(99, 0), None);
        assert_eq!(wait(100, 60), Some(540));
        assert_eq!(wait(100, 600), None);
    }
}
