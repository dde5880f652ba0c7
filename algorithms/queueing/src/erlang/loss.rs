//! Erlang B: who finds every server busy is turned away (M/M/c/c, and M/G/c/c alike).

use super::Queue;

/// What a queue without waiting room does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loss {
    /// The share of customers that is turned away.
    pub p_block: f64,
    /// The mean number of busy servers, in erlangs.
    pub carried_load: f64,
    /// The share of its time that a server is busy.
    pub occupancy: f64,
}

impl Queue {
    /// Erlang's loss formula, A. K. Erlang 1917; only the mean of the service time matters.
    ///
    /// Below 10⁻³⁰⁸ the blocking is given as 0.
    #[must_use]
    pub fn loss(&self) -> Loss {
        let odds = self.odds_of_a_free_server();
        let p_block = 1.0 / (1.0 + odds);
        // odds/(1 + odds) is 1 − B without the cancellation, but not when the odds overflow.
        let p_carried = if odds.is_finite() {
            odds * p_block
        } else {
            1.0
        };
        let carried_load = self.offered_load() * p_carried;
        Loss {
            p_block,
            carried_load,
            occupancy: carried_load / f64::from(self.servers),
        }
    }
}
