//! The wait that those had who came upon as long a queue.

use super::scene::{Day, Scene};

/// Buckets to each person ahead for each member of staff.
const BUCKETS_PER_ROUND: f64 = 4.0;

/// Waits that a bucket needs of its own before it is believed.
const WAITS_MIN: usize = 20;

/// Past waits of the served, sorted into buckets by how many rounds of service lie ahead.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Buckets {
    /// Sum and number of the waits in each bucket.
    sums: Vec<(f64, usize)>,
}

impl Buckets {
    /// Learns from days with the scenes that their customers saw.
    #[must_use]
    pub fn learn(days: &[Day]) -> Self {
        let mut buckets = Self::default();
        for day in days {
            for (index, ticket) in day.tickets().iter().enumerate() {
                if ticket.service_s.is_some() && ticket.wait_s > 0.0 {
                    let queue = day.waiting_at(index);
                    buckets.add(queue, ticket.staff, ticket.wait_s);
                }
            }
        }
        buckets
    }

    /// Those learnt before, as [`Self::sums`] gave them.
    #[must_use]
    pub const fn of(sums: Vec<(f64, usize)>) -> Self {
        Self { sums }
    }

    /// Sum and number of the waits in each bucket.
    #[must_use]
    pub fn sums(&self) -> &[(f64, usize)] {
        &self.sums
    }

    /// Learns one more wait in seconds, of somebody who came upon `queue` others and so many
    /// staff on duty.
    pub fn add(&mut self, queue: u32, staff: u32, wait_s: f64) {
        let bucket = bucket_of(queue, staff);
        if self.sums.len() <= bucket {
            self.sums.resize(bucket + 1, (0.0, 0));
        }
        self.sums[bucket].0 += wait_s;
        self.sums[bucket].1 += 1;
    }

    /// The mean wait in seconds of those who came upon as many rounds, with the buckets beside
    /// theirs joined until there are enough; `None` without any past of that kind.
    #[must_use]
    pub fn mean_s(&self, scene: &Scene) -> Option<f64> {
        let bucket = bucket_of(scene.queue, scene.staff);
        (0..=2).find_map(|reach| {
            let first = bucket.saturating_sub(reach).min(self.sums.len());
            let end = (bucket + reach + 1).min(self.sums.len());
            let near = &self.sums[first..end];
            let sum: f64 = near.iter().map(|(sum, _)| sum).sum();
            let count: usize = near.iter().map(|(_, count)| count).sum();
            (count >= WAITS_MIN).then(|| sum / count as f64)
        })
    }
}

fn bucket_of(queue: u32, staff: u32) -> usize {
    let rounds = f64::from(queue + 1) / f64::from(staff.max(1));
    (rounds * BUCKETS_PER_ROUND) as usize
}
