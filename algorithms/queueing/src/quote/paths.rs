//! The next minutes played through many times from what the door sees now.

use super::luck::Luck;
use super::{Habits, Scene};

/// How often the next minutes are played through for one quote.
const PATHS: usize = 1000;

/// The same where the queue is very long: it evens itself out, and a quote must stay quick.
const PATHS_MIN: usize = 50;

/// Steps that all paths of a quote may take together before their number is cut.
const STEPS: usize = 2_000_000;

/// The longest wait that is told; nobody is on duty, or never comes, where it is reached.
const WAIT_MAX_S: f64 = 86_400.0;

/// The wait that is to be expected by somebody who stays until he is called.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// Waits in seconds, shortest first, each with the share of the weight up to and with it.
    waits: Vec<(f64, f64)>,
    mean_s: f64,
}

impl Outlook {
    fn new(mut waits: Vec<(f64, f64)>) -> Self {
        waits.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = waits.iter().map(|wait| wait.1).sum();
        let mut reached = 0.0;
        let mut mean_s = 0.0;
        for (wait, weight) in &mut waits {
            mean_s += *wait * *weight / total;
            reached += *weight / total;
            *weight = reached;
        }
        Self { waits, mean_s }
    }

    /// The mean wait in seconds.
    #[must_use]
    pub const fn mean_s(&self) -> f64 {
        self.mean_s
    }

    /// The wait in seconds that is not exceeded in this share of cases.
    #[must_use]
    pub fn quantile_s(&self, share: f64) -> f64 {
        let index = self.waits.partition_point(|wait| wait.1 < share);
        self.waits[index.min(self.waits.len() - 1)].0
    }

    /// The share of cases in which the wait is at most this long.
    #[must_use]
    pub fn share_within(&self, wait_s: f64) -> f64 {
        let index = self.waits.partition_point(|wait| wait.0 <= wait_s);
        if index == 0 {
            0.0
        } else {
            self.waits[index - 1].1
        }
    }
}

/// Plays the queue through from the scene on: services in progress end as past ones did that had
/// lasted as long, those ahead may give up, staff come and go by the roster, and who finishes
/// after his shift calls nobody. Each path counts by the chance of staying through its wait,
/// since the quote is for somebody who is served.
#[must_use]
pub fn outlook(scene: &Scene, habits: &Habits, seed: u64) -> Outlook {
    let from: Vec<usize> = scene
        .serving_s
        .iter()
        .map(|&elapsed| habits.longer_than(elapsed))
        .collect();
    let mut desk = Desk::default();
    let steps = (scene.queue as usize + 1) * (scene.staff as usize + 1);
    let paths = (STEPS / steps).clamp(PATHS_MIN, PATHS);
    let waits = (0..paths).map(|path| {
        let mut luck = Luck::new(seed, path as u64);
        desk.set(scene, habits, &from, &mut luck);
        let wait = desk.play(scene, habits, &mut luck).min(WAIT_MAX_S);
        let stays = (-habits.patience_rate() * wait).exp();
        (wait, stays.max(f64::MIN_POSITIVE))
    });
    Outlook::new(waits.collect())
}

/// Who is free when, on one path.
#[derive(Default)]
struct Desk {
    /// When each member of staff is next free, in seconds from now, in no order.
    free_s: Vec<f64>,
    staff: u32,
    changes_done: usize,
}

impl Desk {
    fn set(&mut self, scene: &Scene, habits: &Habits, from: &[usize], luck: &mut Luck) {
        self.free_s.clear();
        for (&elapsed, &from) in scene.serving_s.iter().zip(from) {
            self.free_s
                .push(habits.rest_s(elapsed, from, luck.uniform()));
        }
        let idle = (scene.staff as usize).saturating_sub(self.free_s.len());
        self.free_s.extend(std::iter::repeat_n(0.0, idle));
        self.staff = scene.staff;
        self.changes_done = 0;
    }

    fn play(&mut self, scene: &Scene, habits: &Habits, luck: &mut Luck) -> f64 {
        for _ in 0..scene.queue {
            let (desk, called) = self.next(scene);
            let stays = luck.uniform() < (-habits.patience_rate() * called).exp();
            if called >= WAIT_MAX_S {
                break;
            }
            if stays {
                self.free_s[desk] = called + habits.service_s(luck.uniform());
            }
        }
        self.next(scene).1
    }

    /// Which member of staff calls next, and when.
    fn next(&mut self, scene: &Scene) -> (usize, f64) {
        loop {
            let soonest = self.soonest();
            let change = scene.changes.get(self.changes_done);
            if let Some(&(at, staff)) = change
                && soonest.is_none_or(|(_, free)| at <= free)
            {
                self.change(at.max(0.0), staff);
                continue;
            }
            let Some((desk, free)) = soonest else {
                return (0, WAIT_MAX_S);
            };
            if self.free_s.len() as u32 > self.staff {
                self.free_s.swap_remove(desk);
                continue;
            }
            return (desk, free);
        }
    }

    fn change(&mut self, at: f64, staff: u32) {
        let present = self.free_s.len() as u32;
        if staff > present {
            let more = (staff - present) as usize;
            self.free_s.extend(std::iter::repeat_n(at, more));
        }
        self.staff = staff;
        self.changes_done += 1;
    }

    fn soonest(&self) -> Option<(usize, f64)> {
        let free = self.free_s.iter().copied().enumerate();
        free.min_by(|a, b| a.1.total_cmp(&b.1))
    }
}
