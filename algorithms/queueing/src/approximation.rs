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
    /// The largest relative error found against exact values; 0 where the formula is exact.
    pub relative_error: f64,
}

/// The largest error of [`mean_wait`] found against exact Markov chains for deterministic,
/// Erlang-2 and two-phase hyperexponential service (squared cv 0, ½, 2 and 4) with 2 to 10
/// servers at 50 % to 95 % utilisation; `tests/it/approximation.rs` measures it again.
pub const RELATIVE_ERROR: f64 = 0.05;

/// The mean wait in an M/G/c queue whose service times have the squared coefficient of variation
/// `squared_cv` (variance / mean²: 0 for constant, 1 for exponential service).
///
/// Exact for one server (Pollaczek–Khinchine) and for exponential service (Erlang C). Up to 1
/// it is Kimura's interpolation (*Operations Research* 34, 1986) between M/M/c and
/// [`constant_service`]; above 1, where the distribution itself matters and two moments cannot
/// tell, Lee and Longton's `(1 + cv²)/2` times the wait of M/M/c (1959).
/// `None` means work arrives at least as fast as it can be served.
///
/// # Errors
/// [`Unusable`] for a negative or infinite `squared_cv`.
pub fn mean_wait(queue: &Queue, squared_cv: f64) -> Result<Option<Approximation>, Unusable> {
    unusable::not_negative("squared coefficient of variation", squared_cv)?;
    let Some(delay) = queue.delay() else {
        return Ok(None);
    };
    let scaled = f64::midpoint(1.0, squared_cv);
    let is_exact = queue.servers() == 1 || squared_cv == 1.0;
    let wait = if is_exact || squared_cv > 1.0 {
        scaled * delay.mean_wait
    } else {
        let constant = delay.mean_wait * constant_service(queue);
        2.0 * scaled / (2.0 * squared_cv / delay.mean_wait + (1.0 - squared_cv) / constant)
    };
    Ok(Some(Approximation {
        mean_wait: wait,
        mean_queue: wait * queue.arrival_rate(),
        relative_error: if is_exact { 0.0 } else { RELATIVE_ERROR },
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
