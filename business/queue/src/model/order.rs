//! The one fair order of booked and unbooked customers: an instant each of them counts from.

use kernel::Timestamp;

/// How a site makes its order. The page of rules says the same in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// How much earlier than their booked time booked customers count.
    pub booked_head_minutes: i64,
    /// Booked customers who come later than this count from when they came.
    pub booked_grace_minutes: i64,
    /// How much earlier than others customers with priority count.
    pub priority_head_minutes: i64,
    /// How much of the time waited so far goes along into another line.
    pub transfer_keeps_percent: i64,
    /// How long a break is taken to last when nobody says.
    pub break_minutes: i64,
    /// Whether booked customers checked in at the desk get a number, too.
    pub desk_numbers: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            booked_head_minutes: 0,
            booked_grace_minutes: 10,
            priority_head_minutes: 30,
            transfer_keeps_percent: 100,
            break_minutes: 15,
            desk_numbers: false,
        }
    }
}

/// Somebody who joins a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coming {
    /// When they came.
    pub joined: Timestamp,
    /// The time they had booked.
    pub booked: Option<Timestamp>,
    /// Whether they go before others.
    pub priority: bool,
}

/// Microseconds between two numbers given out at the same moment, so that their order is certain
/// and there is room to let somebody in between.
const NUMBER_STEP: i64 = 1_000;

fn minutes(count: i64) -> i64 {
    count * 60_000_000
}

impl Rules {
    /// The instant somebody counts from, in microseconds: the smaller, the earlier they are called.
    ///
    /// Nobody counts earlier than a fixed head start before they came, so nobody is overtaken by
    /// those who come later than the longest head start: whoever waits is reached in the end.
    pub fn counts_from(&self, coming: &Coming) -> i64 {
        let joined = coming.joined.as_microsecond();
        let own = match coming.booked.map(Timestamp::as_microsecond) {
            Some(booked) if joined <= booked + minutes(self.booked_grace_minutes) => {
                booked.max(joined) - minutes(self.booked_head_minutes)
            }
            _ => joined,
        };
        match coming.priority {
            true => own - minutes(self.priority_head_minutes),
            false => own,
        }
    }

    /// The rank of a new number: what it counts from, with the number to decide between equals.
    pub fn rank(&self, coming: &Coming, number: i64) -> i64 {
        self.counts_from(coming) + number * NUMBER_STEP
    }

    /// The rank after priority was given to somebody who stands in line already.
    pub fn prioritised(&self, rank: i64) -> i64 {
        rank - minutes(self.priority_head_minutes)
    }

    /// The rank in another line: the part of the time waited so far that goes along.
    pub fn transferred(&self, rank: i64, now: Timestamp) -> i64 {
        let now = now.as_microsecond();
        let waited = (now - rank).max(0);
        match rank > now {
            true => rank,
            false => now - waited / 100 * self.transfer_keeps_percent,
        }
    }

    /// Every setting by its name.
    pub fn settings(&self) -> [(&'static str, i64); 6] {
        [
            ("booked_head_minutes", self.booked_head_minutes),
            ("booked_grace_minutes", self.booked_grace_minutes),
            ("priority_head_minutes", self.priority_head_minutes),
            ("transfer_keeps_percent", self.transfer_keeps_percent),
            ("break_minutes", self.break_minutes),
            ("desk_numbers", i64::from(self.desk_numbers)),
        ]
    }

    /// The longest head start anybody has, in minutes: later comers never overtake beyond it.
    pub fn head_minutes_max(&self) -> i64 {
        self.booked_head_minutes + self.priority_head_minutes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).expect("a small number")
    }

    fn counts(rules: &Rules, joined: i64, booked: Option<i64>, priority: bool) -> i64 {
        let coming = Coming {
            joined: at(joined),
            booked: booked.map(at),
            priority,
        };
        rules.counts_from(&coming) / minutes(1)
    }

    #[test]
    fn booked_ones_count_from_their_time_and_never_earlier_than_they_came() {
        let rules = Rules::default();
        assert_eq!(counts(&rules, 40, Some(60), false), 60, "early");
        assert_eq!(counts(&rules, 65, Some(60), false), 65, "a little late");
        assert_eq!(counts(&rules, 90, Some(60), false), 90, "late");
        assert_eq!(counts(&rules, 40, None, false), 40);
    }

    #[test]
    fn a_head_start_is_for_those_who_keep_their_time() {
        let rules = Rules {
            booked_head_minutes: 20,
            ..Rules::default()
        };
        assert_eq!(counts(&rules, 55, Some(60), false), 40);
        assert_eq!(counts(&rules, 70, Some(60), false), 50, "within the grace");
        assert_eq!(counts(&rules, 71, Some(60), false), 71, "beyond it");
        assert_eq!(counts(&rules, 55, Some(60), true), 10, "with priority");
    }

    #[test]
    fn the_stated_part_of_the_waiting_time_goes_along_into_another_line() {
        let half = Rules {
            transfer_keeps_percent: 50,
            ..Rules::default()
        };
        let rank = |rules: Rules, minute| rules.transferred(minutes(minute), at(60)) / minutes(1);
        assert_eq!(rank(Rules::default(), 20), 20);
        assert_eq!(rank(half, 20), 40);
        assert_eq!(rank(half, 90), 90, "whoever counts from later still does");
    }

    fn joined() -> impl proptest::strategy::Strategy<Value = (i64, Option<i64>, bool)> {
        use proptest::prelude::*;
        (0_i64..600, proptest::option::of(0_i64..600), any::<bool>())
    }

    proptest::proptest! {
        /// Whoever comes later than the longest head start stays behind, whatever they booked and
        /// whatever their priority: so the number of those who can overtake anybody is bounded.
        #[test]
        fn nobody_is_overtaken_by_those_who_come_much_later(
            history in proptest::collection::vec(joined(), 2..60),
            head in 0_i64..60, grace in 0_i64..60, priority in 0_i64..240,
        ) {
            let rules = Rules {
                booked_head_minutes: head,
                booked_grace_minutes: grace,
                priority_head_minutes: priority,
                ..Rules::default()
            };
            for (own, own_booked, own_first) in &history {
                let mine = counts(&rules, *own, *own_booked, *own_first);
                // An early comer waits for the time they booked; from then on nobody much later
                // goes first.
                let stands = (*own).max(own_booked.unwrap_or(0));
                for (other, booked, first) in &history {
                    if *other > stands + rules.head_minutes_max() {
                        let theirs = counts(&rules, *other, *booked, *first);
                        proptest::prop_assert!(mine < theirs);
                    }
                }
            }
        }
    }
}
