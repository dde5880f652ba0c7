//! What a site's past says about its services and about its customers' patience.

use super::scene::Day;

/// Services that stand in until a site has some of its own, and count as that many.
const SERVICES_ASSUMED: usize = 4;

/// How long services take here, and how soon those who wait give up.
#[derive(Debug, Clone, PartialEq)]
pub struct Habits {
    /// Past service times in seconds, shortest first.
    services_s: Vec<f64>,
    /// Suffix sums: the sum of the services from an index on.
    sums_s: Vec<f64>,
    /// Customers leaving per second of waiting.
    patience_rate: f64,
}

impl Habits {
    /// What finished tickets teach; `assumed_service_s` stands in for a site without any.
    ///
    /// Patience is taken as exponential; its rate is the maximum-likelihood one under censoring:
    /// those who left after some wait, over all the waiting that was done.
    #[must_use]
    pub fn learn(days: &[Day], assumed_service_s: f64) -> Self {
        let tickets = || days.iter().flat_map(|day| day.tickets());
        let mut services_s: Vec<f64> = tickets().filter_map(|ticket| ticket.service_s).collect();
        if services_s.len() < SERVICES_ASSUMED {
            let spread = [0.35, 0.75, 1.15, 1.75].map(|share| share * assumed_service_s);
            services_s.extend(spread);
        }
        services_s.sort_by(f64::total_cmp);
        let waited: f64 = tickets().map(|ticket| ticket.wait_s).sum();
        let left = tickets().filter(|ticket| ticket.service_s.is_none() && ticket.wait_s > 0.0);
        Self {
            sums_s: suffix_sums(&services_s),
            services_s,
            patience_rate: if waited > 0.0 {
                left.count() as f64 / waited
            } else {
                0.0
            },
        }
    }

    /// The mean service time in seconds.
    #[must_use]
    pub fn mean_service_s(&self) -> f64 {
        self.sums_s[0] / self.services_s.len() as f64
    }

    /// Customers leaving per second of waiting; 0 when nobody ever left.
    #[must_use]
    pub const fn patience_rate(&self) -> f64 {
        self.patience_rate
    }

    /// A service time for an evenly spread number between 0 and 1.
    #[must_use]
    pub fn service_s(&self, uniform: f64) -> f64 {
        quantile_between(&self.services_s, 0, uniform)
    }

    /// Where the services begin that last longer than `elapsed_s`.
    pub(super) fn longer_than(&self, elapsed_s: f64) -> usize {
        self.services_s
            .partition_point(|&service| service <= elapsed_s)
    }

    /// What is left of a service that has lasted `elapsed_s`, for an evenly spread number;
    /// `from` is [`Habits::longer_than`] of it. A service longer than any before it is taken to
    /// last for the mean service once more.
    pub(super) fn rest_s(&self, elapsed_s: f64, from: usize, uniform: f64) -> f64 {
        if from + 2 > self.services_s.len() {
            return -self.mean_service_s() * uniform.ln();
        }
        (quantile_between(&self.services_s, from, uniform) - elapsed_s).max(0.0)
    }
}

/// The quantile of the sorted values from an index on, with a straight line between neighbours.
fn quantile_between(sorted: &[f64], from: usize, uniform: f64) -> f64 {
    let last = sorted.len() - 1;
    let place = from as f64 + uniform * (last - from) as f64;
    let below = (place as usize).min(last);
    let above = (below + 1).min(last);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

fn suffix_sums(sorted: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; sorted.len() + 1];
    for (index, value) in sorted.iter().enumerate().rev() {
        sums[index] = sums[index + 1] + value;
    }
    sums
}
