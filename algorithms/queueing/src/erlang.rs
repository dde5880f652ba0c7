//! Erlang's three queues: blocked customers are lost (B), wait (C), or wait and may leave (A).

mod delay;
mod impatience;
mod loss;

pub use delay::Delay;
pub use impatience::{Impatience, Within};
pub use loss::Loss;

use crate::unusable::{self, Unusable};

/// Poisson arrivals to equal servers with exponential service: what the three formulas share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Queue {
    servers: u32,
    arrival_rate: f64,
    service_rate: f64,
}

impl Queue {
    /// A queue of 1 to 1,000,000 servers; rates are in events per time unit, `service_rate` is
    /// that of one server (1 / mean service time).
    ///
    /// # Errors
    /// [`Unusable`] names the number that no queue can have.
    pub fn new(servers: u32, arrival_rate: f64, service_rate: f64) -> Result<Self, Unusable> {
        Ok(Self {
            servers: unusable::servers(servers)?,
            arrival_rate: unusable::positive("arrival rate", arrival_rate)?,
            service_rate: unusable::positive("service rate", service_rate)?,
        })
    }

    /// How many servers there are.
    #[must_use]
    pub const fn servers(&self) -> u32 {
        self.servers
    }

    /// Arrivals per time unit (λ).
    #[must_use]
    pub const fn arrival_rate(&self) -> f64 {
        self.arrival_rate
    }

    /// Services per time unit of one busy server (μ).
    #[must_use]
    pub const fn service_rate(&self) -> f64 {
        self.service_rate
    }

    /// The same customers with another number of servers.
    ///
    /// # Errors
    /// [`Unusable`] when the number is 0 or above 1,000,000.
    pub fn with_servers(&self, servers: u32) -> Result<Self, Unusable> {
        let servers = unusable::servers(servers)?;
        Ok(Self { servers, ..*self })
    }

    /// The work that arrives while one service lasts, in servers (a = λ/μ, in erlangs).
    #[must_use]
    pub fn offered_load(&self) -> f64 {
        self.arrival_rate / self.service_rate
    }

    /// The offered load of each server (ρ = a/c); at 1 and above a patient queue grows for ever.
    #[must_use]
    pub fn utilisation(&self) -> f64 {
        self.offered_load() / f64::from(self.servers)
    }

    /// What all servers together finish per time unit when all are busy (cμ).
    pub(crate) fn capacity(&self) -> f64 {
        f64::from(self.servers) * self.service_rate
    }

    /// The odds of fewer than c customers against exactly c: Σₙ₍ₙ<c₎ πₙ/π_c = 1/B − 1.
    ///
    /// Every term of `h(k) = (k/a)(1 + h(k−1))` is positive, so nothing cancels and c roundings
    /// are all that is lost; the textbook sum of powers over factorials overflows near 170.
    pub(crate) fn odds_of_a_free_server(&self) -> f64 {
        let load = self.offered_load();
        (1..=self.servers).fold(0.0, |odds, k| f64::from(k) / load * (1.0 + odds))
    }
}
