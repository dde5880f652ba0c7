//! The formulas turned round: how many servers a promise needs, how much load they can take.

use crate::erlang::Queue;
use crate::unusable::{self, Unusable};

/// What customers are promised.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// At most this share is turned away where there is no waiting room (Erlang B).
    Blocked(f64),
    /// At most this share has to wait.
    Waiting(f64),
    /// The mean wait of everybody is at most this long.
    MeanWait(f64),
    /// At least this share is answered within this wait, among all who come.
    Answered {
        /// The share, between 0 and 1.
        share: f64,
        /// The wait, in the rates' time unit.
        within: f64,
    },
    /// At most this share leaves unserved; only the impatient do.
    Abandoned(f64),
    /// A server is busy for at most this share of the time.
    Occupancy(f64),
}

/// Who comes: customers who wait for ever, or with a patience.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Demand {
    /// Arrivals per time unit.
    pub arrival_rate: f64,
    /// Services per time unit of one busy server.
    pub service_rate: f64,
    /// 1 / mean patience; `None` for customers who never leave.
    pub patience_rate: Option<f64>,
}

impl Target {
    fn check(self, demand: &Demand) -> Result<(), Unusable> {
        let checked = match self {
            Self::Blocked(share) => unusable::share("share that may be turned away", share),
            Self::Waiting(share) => unusable::share("share that may wait", share),
            Self::MeanWait(wait) => unusable::positive("mean wait", wait),
            Self::Occupancy(share) => unusable::share("occupancy", share),
            Self::Answered { share, within } => {
                unusable::not_negative("limit of the wait", within)?;
                unusable::share("share to be answered", share)
            }
            Self::Abandoned(share) if demand.patience_rate.is_some() => {
                unusable::share("share that may leave", share)
            }
            Self::Abandoned(share) => Err(Unusable {
                what: "share that may leave",
                value: share,
                allowed: "say how patient customers are first: the patient never leave",
            }),
        };
        checked.map(|_| ())
    }

    fn holds(self, queue: &Queue, patience_rate: Option<f64>) -> Result<bool, Unusable> {
        if let Self::Blocked(share) = self {
            return Ok(queue.loss().p_block <= share);
        }
        match patience_rate {
            Some(rate) => self.holds_impatient(queue, rate),
            None => Ok(self.holds_patient(queue)),
        }
    }

    fn holds_patient(self, queue: &Queue) -> bool {
        let Some(delay) = queue.delay() else {
            return false;
        };
        match self {
            Self::Waiting(share) => delay.p_wait <= share,
            Self::MeanWait(wait) => delay.mean_wait <= wait,
            Self::Occupancy(share) => delay.occupancy <= share,
            Self::Answered { share, within } => delay.p_wait_within(within) >= share,
            Self::Blocked(_) | Self::Abandoned(_) => false,
        }
    }

    fn holds_impatient(self, queue: &Queue, rate: f64) -> Result<bool, Unusable> {
        if let Self::Answered { share, within } = self {
            return Ok(queue.impatience_within(rate, within)?.p_answered >= share);
        }
        let seen = queue.impatience(rate)?;
        Ok(match self {
            Self::Waiting(share) => seen.p_wait <= share,
            Self::MeanWait(wait) => seen.mean_wait_all <= wait,
            Self::Occupancy(share) => seen.occupancy <= share,
            Self::Abandoned(share) => seen.p_abandon <= share,
            Self::Blocked(_) | Self::Answered { .. } => false,
        })
    }
}

/// The fewest servers that keep the promise. All of them keep it with one server more.
///
/// # Errors
/// [`Unusable`] for numbers that no queue can have, a promise outside its range, or one that even
/// a million servers cannot keep.
pub fn servers_for(demand: &Demand, target: Target) -> Result<u32, Unusable> {
    target.check(demand)?;
    let queue = Queue::new(1, demand.arrival_rate, demand.service_rate)?;
    let keeps = |servers| target.holds(&queue.with_servers(servers)?, demand.patience_rate);
    let (mut short, mut enough) = (0, 1);
    while !keeps(enough)? {
        short = enough;
        enough = enough.saturating_mul(2);
        if short == 1_000_000 {
            return Err(Unusable {
                what: "offered load",
                value: queue.offered_load(),
                allowed: "no million servers keep this promise: lower the load or the promise",
            });
        }
        enough = enough.min(1_000_000);
    }
    while enough - short > 1 {
        let middle = short + (enough - short) / 2;
        if keeps(middle)? {
            enough = middle;
        } else {
            short = middle;
        }
    }
    Ok(enough)
}

/// The largest arrival rate at which `servers` still keep the promise, to 12 digits.
///
/// `demand.arrival_rate` is not read. `None` means that they cannot keep it even for a trickle.
///
/// # Errors
/// As [`servers_for`].
pub fn arrival_rate_for(
    servers: u32,
    demand: &Demand,
    target: Target,
) -> Result<Option<f64>, Unusable> {
    target.check(demand)?;
    let capacity = Queue::new(servers, 1.0, demand.service_rate)?.capacity();
    let keeps = |rate| {
        let queue = Queue::new(servers, rate, demand.service_rate)?;
        target.holds(&queue, demand.patience_rate)
    };
    let mut low = capacity * 1e-9;
    if !keeps(low)? {
        return Ok(None);
    }
    let mut high = capacity;
    while keeps(high)? {
        // Impatient customers and lost ones can be promised something beyond capacity.
        (low, high) = (high, high * 2.0);
        if high > capacity * 1e6 {
            return Ok(Some(low));
        }
    }
    while high - low > 1e-13 * high {
        let middle = low.midpoint(high);
        if middle <= low || middle >= high {
            break;
        }
        if keeps(middle)? {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(Some(low))
}
