//! Erlang C: who finds every server busy waits, however long it takes (M/M/c).

use super::Queue;

/// What a queue of patient customers does in the long run; waits are in the rates' time unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Delay {
    /// The share of customers that has to wait.
    pub p_wait: f64,
    /// The mean time in the queue of everybody, those included who need not wait.
    pub mean_wait: f64,
    /// The mean time in the queue of those who wait: 1/(cμ − λ).
    pub mean_wait_given_wait: f64,
    /// The mean number of customers in the queue.
    pub mean_queue: f64,
    /// The share of its time that a server is busy.
    pub occupancy: f64,
    /// What the servers could finish beyond what arrives, per time unit (cμ − λ).
    spare: f64,
}

impl Queue {
    /// Erlang's delay formula, A. K. Erlang 1917.
    ///
    /// `None` means work arrives at least as fast as it can be served: there is no long run.
    #[must_use]
    pub fn delay(&self) -> Option<Delay> {
        let spare = self.capacity() - self.arrival_rate;
        if spare <= 0.0 {
            return None;
        }
        // C = B / (1 − ρ(1 − B)) with B = 1/(1 + h), freed of its cancellation near ρ = 1.
        let free = spare / self.capacity();
        let p_wait = 1.0 / (1.0 + free * self.odds_of_a_free_server());
        Some(Delay {
            p_wait,
            mean_wait: p_wait / spare,
            mean_wait_given_wait: 1.0 / spare,
            mean_queue: p_wait * self.arrival_rate / spare,
            occupancy: self.utilisation(),
            spare,
        })
    }
}

impl Delay {
    /// The share of customers that waits longer than `wait`, 0 or more: C·e^(−(cμ−λ)t).
    #[must_use]
    pub fn p_wait_beyond(&self, wait: f64) -> f64 {
        self.p_wait * (-self.spare * wait).exp()
    }

    /// The service level: the share of customers that waits at most `wait`, 0 or more.
    #[must_use]
    pub fn p_wait_within(&self, wait: f64) -> f64 {
        (1.0 - self.p_wait) - self.p_wait * (-self.spare * wait).exp_m1()
    }

    /// The wait that the given share of customers, 0 or more and below 1, does not exceed;
    /// 0 where nobody has to wait.
    #[must_use]
    pub fn wait_quantile(&self, share: f64) -> f64 {
        (self.p_wait / (1.0 - share)).ln().max(0.0) / self.spare
    }
}
