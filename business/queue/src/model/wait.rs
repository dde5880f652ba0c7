//! How long somebody waits: the shift played forward many times, each job once quick, once slow.

use kernel::ids::StaffId;

/// A half-open stretch of whole minutes counted from now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// First minute.
    pub from: i64,
    /// The minute after the last.
    pub to: i64,
}

/// The job somebody is busy with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InHand {
    /// Its standard minutes.
    pub standard: i64,
    /// Minutes it has taken so far.
    pub taken: i64,
}

/// A job that has run over what it could take is taken to need this part of its standard still.
const OVERRUN_PERCENT: i64 = 20;

impl InHand {
    /// Minutes left when the whole job takes `permille` of its standard.
    pub fn minutes_left(&self, permille: i64) -> i64 {
        (scaled(self.standard, permille) - self.taken)
            .max(self.standard * OVERRUN_PERCENT / 100)
            .max(2)
    }
}

/// Somebody on shift who can take a job.
#[derive(Debug, Clone)]
pub struct Helper {
    /// Who.
    pub staff: StaffId,
    /// On shift, not on leave.
    pub shift: Vec<Stretch>,
    /// Promised to booked customers, or a break.
    pub booked: Vec<Stretch>,
    /// The job in hand, when there is one.
    pub in_hand: Option<InHand>,
}

impl Helper {
    /// Whether a stretch of theirs holds the present minute.
    pub fn is_within(stretches: &[Stretch]) -> bool {
        stretches.iter().any(|span| span.from <= 0 && span.to > 0)
    }
}

/// A job waiting to be done.
#[derive(Debug, Clone)]
pub struct Job {
    /// Standard minutes.
    pub minutes: i64,
    /// Who may do it; `None` is anybody.
    pub helpers: Option<Vec<StaffId>>,
    /// The minute before which it cannot begin: the holder of the ticket is away until then.
    pub from: i64,
    /// Booked, so that it comes before all that is not.
    pub is_due: bool,
    /// The minute kept for it in somebody's time, which it does not take a second time.
    pub kept: Option<i64>,
}

impl Job {
    /// A job that anybody may do at once.
    pub fn new(minutes: i64) -> Self {
        Self {
            minutes: minutes.max(1),
            helpers: None,
            from: 0,
            is_due: false,
            kept: None,
        }
    }
}

/// How long real work takes, in thousandths of its standard: quantiles from quick to slow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pace(Vec<i64>);

impl Default for Pace {
    fn default() -> Self {
        Self(vec![750, 850, 920, 980, 1040, 1120, 1250, 1450])
    }
}

/// Finished jobs below which the default stands.
const PACE_MIN: usize = 20;
/// How many quantiles are kept of the observed ones.
const PACE_KEPT: usize = 21;

impl Pace {
    /// What was observed, kept within sane bounds.
    pub fn observed(mut ratios: Vec<i64>) -> Self {
        if ratios.len() < PACE_MIN {
            return Self::default();
        }
        ratios.sort_unstable();
        let at = |index: usize| ratios[(ratios.len() - 1) * index / (PACE_KEPT - 1)];
        Self((0..PACE_KEPT).map(|i| at(i).clamp(300, 3000)).collect())
    }

    /// As it was kept; the default for anything that cannot be a pace.
    pub fn kept(quantiles: Vec<i64>) -> Self {
        match quantiles.len() >= 2 && quantiles.is_sorted() {
            true => Self(quantiles),
            false => Self::default(),
        }
    }

    /// The quantiles, to be kept.
    pub fn quantiles(&self) -> &[i64] {
        &self.0
    }

    /// The pace of a share of jobs, in thousandths of `share`.
    fn at(&self, share: i64) -> i64 {
        let last = i64::try_from(self.0.len() - 1).unwrap_or(1);
        let place = share * last;
        let (below, rest) = (usize::try_from(place / 1000).unwrap_or(0), place % 1000);
        let above = (below + 1).min(self.0.len() - 1);
        self.0[below] + (self.0[above] - self.0[below]) * rest / 1000
    }
}

/// A range of minutes to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// At best.
    pub min: i64,
    /// At worst.
    pub max: i64,
}

impl Wait {
    /// A range nobody would call false precision: two minutes plus a tenth is the narrowest.
    pub fn honest(min: i64, max: i64) -> Self {
        let min = min.max(0);
        Self {
            min,
            max: max.max(min + 2 + min / 10),
        }
    }
}

/// How often the shift is played forward.
pub const PATHS: usize = 100;

/// The next hours, played forward.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// Of each path: when each job begins, and whose it is.
    starts: Vec<Vec<Option<(i64, usize)>>>,
    /// Of each path: what everybody is busy with once all jobs are placed.
    busy: Vec<Vec<Vec<Stretch>>>,
    helpers: Vec<Helper>,
}

/// A number from 0 to 999 that looks like chance and is the same for the same path and job, so
/// that the same line is told the same wait. SplitMix64.
fn luck(path: usize, job: usize) -> i64 {
    let mut bits = (path as u64) << 32 | job as u64;
    bits = bits.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    i64::try_from((bits ^ (bits >> 31)) % 1000).unwrap_or(0)
}

/// The job number under which the work in somebody's hands draws its luck.
const IN_HAND: usize = 1 << 20;

/// Plays the shift forward: each job in turn takes the earliest gap that holds it, between shifts,
/// bookings, breaks and the jobs in hand; of several free people the first in `helpers`.
pub fn outlook(helpers: Vec<Helper>, jobs: &[Job], pace: Pace) -> Outlook {
    let mut turn: Vec<usize> = (0..jobs.len()).collect();
    turn.sort_by_key(|number| !jobs[*number].is_due);
    let mut starts = Vec::with_capacity(PATHS);
    let mut after = Vec::with_capacity(PATHS);
    for path in 0..PATHS {
        let mut busy: Vec<Vec<Stretch>> = helpers
            .iter()
            .enumerate()
            .map(|(number, helper)| {
                let mut busy = helper.booked.clone();
                if let Some(job) = helper.in_hand {
                    let to = job.minutes_left(pace.at(luck(path, IN_HAND + number)));
                    busy.push(Stretch { from: 0, to });
                }
                busy.sort_by_key(|stretch| stretch.from);
                busy
            })
            .collect();
        let mut placed = vec![None; jobs.len()];
        for number in &turn {
            let job = &jobs[*number];
            let minutes = scaled(job.minutes, pace.at(luck(path, *number)));
            // A job nobody can take today does not hold up those behind it.
            placed[*number] = place(&helpers, &mut busy, job, minutes.max(1));
        }
        starts.push(placed);
        after.push(busy);
    }
    Outlook {
        starts,
        busy: after,
        helpers,
    }
}

impl Outlook {
    /// The minutes until the job with this index begins, shortest first; `None` when on most
    /// paths no gap is left, which happens near closing time or with nobody on shift.
    pub fn waits(&self, index: usize) -> Option<Vec<i64>> {
        let starts = self.starts.iter().map(|path| path[index]);
        sorted(starts.flatten().map(|(start, _)| start).collect())
    }

    /// The same for a job that comes after all others.
    pub fn waits_after(&self, job: &Job) -> Option<Vec<i64>> {
        let starts = self.busy.iter().map(|busy| gap(&self.helpers, busy, job));
        sorted(starts.flatten().map(|(start, _)| start).collect())
    }

    /// Who takes the job with this index on most paths.
    pub fn taker(&self, index: usize) -> Option<StaffId> {
        let mut counts = vec![0_usize; self.helpers.len()];
        for (_, helper) in self.starts.iter().filter_map(|path| path[index]) {
            counts[helper] += 1;
        }
        let most = counts.iter().max().filter(|most| **most > 0)?;
        let first = counts.iter().position(|count| count == most)?;
        Some(self.helpers[first].staff)
    }

    /// Everybody on shift.
    pub fn helpers(&self) -> &[Helper] {
        &self.helpers
    }
}

fn sorted(mut waits: Vec<i64>) -> Option<Vec<i64>> {
    waits.sort_unstable();
    (waits.len() > PATHS / 2).then_some(waits)
}

fn scaled(minutes: i64, permille: i64) -> i64 {
    (minutes * permille + 500) / 1000
}

/// The part of its standard a job must have to be put into a gap.
const SQUEEZED_PERCENT: i64 = 90;

/// The earliest gap for a job: when it begins there, and whose it is. Whether it fits is judged by
/// its standard, less the tenth a desk would squeeze.
fn gap(helpers: &[Helper], busy: &[Vec<Stretch>], job: &Job) -> Option<(i64, usize)> {
    helpers
        .iter()
        .enumerate()
        .filter(|(_, helper)| {
            job.helpers
                .as_ref()
                .is_none_or(|allowed| allowed.contains(&helper.staff))
        })
        .filter_map(|(index, helper)| {
            let needed = (job.minutes * SQUEEZED_PERCENT / 100).max(1);
            let start = match job.kept {
                Some(minute) => Some(minute),
                None => earliest(&helper.shift, &busy[index], job.from, needed),
            };
            start.map(|start| (start, index))
        })
        .min()
}

/// Puts the job into the earliest gap, for as long as it takes on that day; says when it begins and
/// whose it is.
fn place(
    helpers: &[Helper],
    busy: &mut [Vec<Stretch>],
    job: &Job,
    minutes: i64,
) -> Option<(i64, usize)> {
    let (start, index) = gap(helpers, busy, job)?;
    if job.kept.is_some() {
        return Some((start, index));
    }
    let at = busy[index].partition_point(|stretch| stretch.from < start);
    busy[index].insert(
        at,
        Stretch {
            from: start,
            to: start + minutes,
        },
    );
    Some((start, index))
}

/// The first minute from which `minutes` fit into the shift beside what is busy (sorted by start).
fn earliest(shift: &[Stretch], busy: &[Stretch], from: i64, minutes: i64) -> Option<i64> {
    shift
        .iter()
        .filter_map(|span| {
            let mut start = span.from.max(from).max(0);
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

    fn staff(number: char) -> StaffId {
        let id = format!("018f0000-0000-7000-8000-00000000000{number}");
        id.parse().expect("a literal id")
    }

    fn someone(shift_end: i64) -> Helper {
        Helper {
            staff: staff('1'),
            shift: vec![Stretch {
                from: 0,
                to: shift_end,
            }],
            booked: vec![],
            in_hand: None,
        }
    }

    fn job(minutes: i64) -> Job {
        Job::new(minutes)
    }

    fn exact() -> Pace {
        Pace::kept(vec![1000, 1000])
    }

    /// The wait of a job behind others, where every job takes exactly its standard.
    fn wait(helpers: &[Helper], ahead: &[Job], mine: &Job) -> Option<i64> {
        let waits = outlook(helpers.to_vec(), ahead, exact()).waits_after(mine)?;
        assert_eq!(waits.first(), waits.last());
        waits.first().copied()
    }

    #[test]
    fn with_somebody_free_the_wait_starts_at_nothing() {
        assert_eq!(wait(&[someone(120)], &[], &job(30)), Some(0));
        assert_eq!(Wait::honest(0, 0), Wait { min: 0, max: 2 });
    }

    #[test]
    fn the_job_in_hand_and_the_people_ahead_add_up() {
        let helper = Helper {
            in_hand: Some(InHand {
                standard: 30,
                taken: 18,
            }),
            ..someone(300)
        };
        let waits = wait(&[helper], &[job(30), job(20)], &job(30));
        assert_eq!(waits, Some(62));
    }

    #[test]
    fn a_booking_that_is_due_goes_first_when_the_job_does_not_fit_before_it() {
        let helper = Helper {
            booked: vec![Stretch { from: 20, to: 50 }],
            ..someone(300)
        };
        let helpers = [helper];
        assert_eq!(wait(&helpers, &[], &job(20)), Some(0));
        assert_eq!(wait(&helpers, &[], &job(25)), Some(50));
    }

    #[test]
    fn two_on_shift_halve_the_line_and_the_first_by_turn_takes_the_first() {
        let second = Helper {
            staff: staff('2'),
            ..someone(300)
        };
        let helpers = [someone(300), second];
        assert_eq!(wait(&helpers, &[job(30), job(30)], &job(30)), Some(30));
        let outlook = outlook(helpers.to_vec(), &[job(30), job(30)], exact());
        assert_eq!(outlook.taker(0), Some(staff('1')));
        assert_eq!(outlook.taker(1), Some(staff('2')));
    }

    #[test]
    fn a_booked_job_comes_first_and_an_absent_one_when_it_is_back() {
        let due = Job {
            is_due: true,
            ..job(20)
        };
        let later = Job {
            from: 45,
            ..job(10)
        };
        let kept = Job {
            kept: Some(80),
            ..job(30)
        };
        let jobs = [job(30), due, later, kept];
        let outlook = outlook(vec![someone(300)], &jobs, exact());
        let starts: Vec<i64> = (0..4)
            .map(|i| outlook.waits(i).expect("placed")[0])
            .collect();
        assert_eq!(starts, [20, 0, 50, 80]);
    }

    #[test]
    fn near_closing_time_there_is_no_promise() {
        assert_eq!(wait(&[someone(20)], &[], &job(30)), None);
        assert_eq!(wait(&[], &[], &job(30)), None);
    }

    #[test]
    fn a_skill_nobody_ahead_needs_is_not_waited_for() {
        let other = Job {
            helpers: Some(vec![]),
            ..job(60)
        };
        assert_eq!(wait(&[someone(300)], &[other], &job(30)), Some(0));
    }

    #[test]
    fn few_finished_jobs_leave_the_pace_alone_and_many_bound_it() {
        assert_eq!(Pace::observed(vec![100; 19]), Pace::default());
        assert_eq!(Pace::observed(vec![100; 40]).at(500), 300);
        assert_eq!(Pace::observed(vec![9000; 40]).at(999), 3000);
        assert_eq!(Pace::kept(vec![3, 1]), Pace::default());
        assert_eq!(Pace::kept(vec![500, 1500]).at(250), 750);
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
            let before = wait(std::slice::from_ref(&helper), &ahead, &job(mine));
            ahead.push(job(extra));
            let after = wait(&[helper], &ahead, &job(mine));
            proptest::prop_assert!(before.expect("long shift") <= after.expect("long shift"));
        }
    }
}
