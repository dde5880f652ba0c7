//! How long somebody waits: the shift played forward, once quick and once slow.

use kernel::ids::StaffId;

/// A half-open stretch of whole minutes counted from now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// First minute.
    pub from: i64,
    /// The minute after the last.
    pub to: i64,
}

/// Somebody on shift who can take a job.
#[derive(Debug, Clone)]
pub struct Helper {
    /// Who.
    pub staff: StaffId,
    /// On shift, not on leave.
    pub shift: Vec<Stretch>,
    /// Promised to booked customers.
    pub booked: Vec<Stretch>,
    /// Standard minutes left of the job in hand, when there is one.
    pub in_hand_minutes: Option<i64>,
}

/// A job waiting to be done.
#[derive(Debug, Clone)]
pub struct Job {
    /// Standard minutes.
    pub minutes: i64,
    /// Who may do it; `None` is anybody.
    pub helpers: Option<Vec<StaffId>>,
}

/// How far real work strays from standard work, in thousandths of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// A quick day.
    pub low: i64,
    /// A slow day.
    pub high: i64,
}

impl Default for Spread {
    fn default() -> Self {
        Self {
            low: 850,
            high: 1250,
        }
    }
}

impl Spread {
    /// The middle three fifths of observed ratios (thousandths of what was quoted), kept within
    /// sane bounds. With fewer than 20 observations the default stands.
    pub fn observed(mut ratios: Vec<i64>) -> Self {
        if ratios.len() < 20 {
            return Self::default();
        }
        ratios.sort_unstable();
        let at = |permille: usize| ratios[(ratios.len() - 1) * permille / 1000];
        Self {
            low: at(200).clamp(600, 950),
            high: at(800).clamp(1050, 1800),
        }
    }
}

/// A range of minutes to wait. `None` stands for "nobody on shift can take it today".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// At best.
    pub min: i64,
    /// At worst.
    pub max: i64,
}

/// How long `mine` waits behind `ahead`: plays the shift forward twice, once quick and once slow.
///
/// Each job in turn takes the earliest gap that holds it, between shifts, bookings and the jobs in
/// hand. `None` when no gap is left, which happens near closing time or with nobody on shift.
pub fn wait(helpers: &[Helper], ahead: &[Job], mine: &Job, spread: Spread) -> Option<Wait> {
    let quick = play(helpers, ahead, mine, spread.low);
    let slow = play(helpers, ahead, mine, spread.high);
    let (a, b) = match (quick, slow) {
        (Some(a), Some(b)) => (a, b),
        (Some(one), None) | (None, Some(one)) => (one, one * spread.high / 1000),
        (None, None) => return None,
    };
    let (min, max) = (a.min(b), a.max(b));
    // Nobody is certain to the minute: two minutes plus a tenth is the narrowest honest range.
    Some(Wait {
        min,
        max: max.max(min + 2 + min / 10),
    })
}

/// The part of its standard a job must have to be put into a gap.
const SQUEEZED_PERCENT: i64 = 90;

fn play(helpers: &[Helper], ahead: &[Job], mine: &Job, permille: i64) -> Option<i64> {
    let scaled = |minutes: i64| (minutes * permille + 500) / 1000;
    let mut busy: Vec<Vec<Stretch>> = helpers
        .iter()
        .map(|helper| {
            let mut busy = helper.booked.clone();
            if let Some(left) = helper.in_hand_minutes {
                busy.push(Stretch {
                    from: 0,
                    to: scaled(left).max(1),
                });
            }
            busy.sort_by_key(|stretch| stretch.from);
            busy
        })
        .collect();
    for job in ahead {
        // A job nobody can take today does not hold up those behind it.
        place(helpers, &mut busy, job, scaled(job.minutes).max(1));
    }
    place(helpers, &mut busy, mine, scaled(mine.minutes).max(1))
}

/// Puts the job into the earliest gap and says when it begins. Whether it fits is judged by its
/// standard, less the tenth a desk would squeeze; how long it then takes, by the day.
fn place(helpers: &[Helper], busy: &mut [Vec<Stretch>], job: &Job, minutes: i64) -> Option<i64> {
    let (start, index) = helpers
        .iter()
        .enumerate()
        .filter(|(_, helper)| {
            job.helpers
                .as_ref()
                .is_none_or(|allowed| allowed.contains(&helper.staff))
        })
        .filter_map(|(index, helper)| {
            let needed = (job.minutes * SQUEEZED_PERCENT / 100).max(1);
            earliest(&helper.shift, &busy[index], needed).map(|start| (start, index))
        })
        .min()?;
    let at = busy[index].partition_point(|stretch| stretch.from < start);
    busy[index].insert(
        at,
        Stretch {
            from: start,
            to: start + minutes,
        },
    );
    Some(start)
}

/// The first minute from which `minutes` fit into the shift beside what is busy (sorted by start).
fn earliest(shift: &[Stretch], busy: &[Stretch], minutes: i64) -> Option<i64> {
    shift
        .iter()
        .filter_map(|span| {
            let mut start = span.from.max(0);
            for taken in busy {
                if taken.to > start && taken.from < start + minutes {
                    start = taken.to;
                }
            }
            (start + minutes <= span.to).then_some(start)
        })
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn someone(shift_end: i64) -> Helper {
        Helper {
            staff: "018f0000-0000-7000-8000-000000000001"
                .parse()
                .expect("a literal id"),
            shift: vec![Stretch {
                from: 0,
                to: shift_end,
            }],
            booked: vec![],
            in_hand_minutes: None,
        }
    }

    fn job(minutes: i64) -> Job {
        Job {
            minutes,
            helpers: None,
        }
    }

    const EXACT: Spread = Spread {
        low: 1000,
        high: 1000,
    };

    #[test]
    fn with_somebody_free_the_wait_starts_at_nothing() {
        let wait = wait(&[someone(120)], &[], &job(30), EXACT).expect("someone is there");
        assert_eq!(wait, Wait { min: 0, max: 2 });
    }

    #[test]
    fn the_job_in_hand_and_the_people_ahead_add_up() {
        let helper = Helper {
            in_hand_minutes: Some(12),
            ..someone(300)
        };
        let wait = wait(&[helper], &[job(30), job(20)], &job(30), EXACT).expect("time enough");
        assert_eq!(wait.min, 62);
    }

    #[test]
    fn a_booking_that_is_due_goes_first_when_the_job_does_not_fit_before_it() {
        let helper = Helper {
            booked: vec![Stretch { from: 20, to: 50 }],
            ..someone(300)
        };
        let short = wait(std::slice::from_ref(&helper), &[], &job(20), EXACT).expect("fits");
        let long = wait(&[helper], &[], &job(25), EXACT).expect("fits later");
        assert_eq!((short.min, long.min), (0, 50));
    }

    #[test]
    fn two_on_shift_halve_the_line() {
        let second = Helper {
            staff: "018f0000-0000-7000-8000-000000000002"
                .parse()
                .expect("a literal id"),
            ..someone(300)
        };
        let wait = wait(
            &[someone(300), second],
            &[job(30), job(30)],
            &job(30),
            EXACT,
        );
        assert_eq!(wait.expect("time enough").min, 30);
    }

    #[test]
    fn near_closing_time_there_is_no_promise() {
        assert_eq!(wait(&[someone(20)], &[], &job(30), EXACT), None);
        assert_eq!(wait(&[], &[], &job(30), EXACT), None);
    }

    #[test]
    fn a_skill_nobody_ahead_needs_is_not_waited_for() {
        let other = Job {
            minutes: 60,
            helpers: Some(vec![]),
        };
        let wait = wait(&[someone(300)], &[other], &job(30), EXACT).expect("free");
        assert_eq!(wait.min, 0);
    }

    #[test]
    fn few_observations_leave_the_spread_alone_and_many_bound_it() {
        assert_eq!(Spread::observed(vec![100; 19]), Spread::default());
        assert_eq!(
            Spread::observed(vec![100; 40]),
            Spread {
                low: 600,
                high: 1050
            }
        );
        assert_eq!(
            Spread::observed(vec![9000; 40]),
            Spread {
                low: 950,
                high: 1800
            }
        );
    }

    proptest::proptest! {
        #[test]
        fn one_more_in_front_never_shortens_the_wait(
            minutes in proptest::collection::vec(1_i64..90, 0..12),
            extra in 1_i64..90,
            mine in 1_i64..60,
            booked in 0_i64..200,
        ) {
            let helper = Helper {
                booked: vec![Stretch { from: booked, to: booked + 30 }],
                ..someone(5000)
            };
            let mut ahead: Vec<Job> = minutes.into_iter().map(job).collect();
            let before = wait(std::slice::from_ref(&helper), &ahead, &job(mine), EXACT);
            ahead.push(job(extra));
            let after = wait(&[helper], &ahead, &job(mine), EXACT);
            let (before, after) = (before.expect("long shift"), after.expect("long shift"));
            proptest::prop_assert!(before.min <= after.min);
            proptest::prop_assert!(before.min <= before.max);
        }
    }
}
