//! Service times that are not exponential: M/G/c, where no exact formula exists.

use crate::erlang::Queue;
use crate::unusable::{self, Unusable};

/// A mean wait that is exact or near, and how far off it may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Approximation {
    /// The mean time in the queue of everybody, in the rates' time unit.
    pub mean_wait: f64,
    /// The mean number of customers in the queue (Little's law).
    pub mean_queue: f64,
    /// The largest relative error found against exact values ([`RELATIVE_ERRORS`]): 0 where the
    /// formula is exact, `None` where nothing was measured.
    pub relative_error: Option<f64>,
}

/// Up to which squared coefficient of variation of the service [`mean_wait`] has been held against
/// exact Markov chains, and by how much it was off at most: constant, Erlang-2 and two-phase
/// hyperexponential service (0, ½, 2, 4 and 9), 2 to 10 servers that are busy for 50 % to 95 % of
/// the time. `tests/it/approximation.rs` measures it. Above 1 two moments do not tell all, so that
/// another distribution may be further off.
pub const RELATIVE_ERRORS: [(f64, f64); 3] = [(1.0, 0.03), (4.0, 0.05), (9.0, 0.25)];

/// The mean wait in an M/G/c queue whose service times have the squared coefficient of variation
/// `squared_cv` (variance / mean²: 0 for constant, 1 for exponential service).
///
/// Kimura's interpolation (*Operations Research* 34, 1986) between M/M/c and
/// [`constant_service`]: with W and w for these two, `(1 + cv²) / (2cv²/W + (1 − cv²)/w)`. It is
/// exact for one server (Pollaczek–Khinchine) and for exponential service (Erlang C).
/// `None` means work arrives at least as fast as it can be served.
///
/// # Errors
/// [`Unusable`] for a negative or infinite `squared_cv`.
pub fn mean_wait(queue: &Queue, squared_cv: f64) -> Result<Option<Approximation>, Unusable> {
    unusable::not_negative("squared coefficient of variation", squared_cv)?;
    let Some(delay) = queue.delay() else {
        return Ok(None);
    };
    // w is at least W/2, so the divisor stays positive however large cv² is.
    let constant = constant_service(queue);
    let divisor = 2.0 * squared_cv + (1.0 - squared_cv) / constant;
    let wait = delay.mean_wait * (1.0 + squared_cv) / divisor;
    let is_exact = queue.servers() == 1 || squared_cv == 1.0;
    Ok(Some(Approximation {
        mean_wait: wait,
        mean_queue: wait * queue.arrival_rate(),
        relative_error: if is_exact {
            Some(0.0)
        } else {
            let measured = RELATIVE_ERRORS.iter().find(|(most, _)| squared_cv <= *most);
            measured.map(|(_, error)| *error)
        },
    }))
}

/// The wait with constant service against that of the same queue with exponential service, by
/// Cosmetatos (*Management Science* 21, 1975): a half for one server and near capacity.
#[must_use]
pub fn constant_service(queue: &Queue) -> f64 {
    let (servers, busy) = (f64::from(queue.servers()), queue.utilisation());
    let slack = (1.0 - busy) * (servers - 1.0) * ((4.0 + 5.0 * servers).sqrt() - 2.0);
    0.5 * (1.0 + slack / (16.0 * busy * servers))
}

/// The mean wait in a GI/G/c queue, for arrivals that are not Poisson, by Allen and Cunneen
/// (*Probability, Statistics and Queueing Theory*, 1978): the wait of M/M/c times the mean of
/// both squared coefficients of variation. It is exact only where [`mean_wait`] is; expect
/// errors of tens of percent for arrivals more regular than Poisson at low load.
///
/// # Errors
/// [`Unusable`] for a negative or infinite coefficient.
pub fn mean_wait_of_renewals(
    queue: &Queue,
    squared_cv_arrivals: f64,
    squared_cv_service: f64,
) -> Result<Option<f64>, Unusable> {
    let arrivals = "squared coefficient of variation of the arrivals";
    let service = "squared coefficient of variation of the service";
    let sum = unusable::not_negative(arrivals, squared_cv_arrivals)?
        + unusable::not_negative(service, squared_cv_service)?;
    Ok(queue.delay().map(|delay| delay.mean_wait * sum / 2.0))
}
