//! Count, mean, quantiles and bounds of a set of whole numbers.

/// What a set of values looks like, in the unit of the values (times: microseconds).
///
/// Quantiles follow Hyndman and Fan, "Sample quantiles in statistical packages", *The American
/// Statistician* 50 (1996): definition 7 (linear between the ranks `q (n - 1)`, from 0), and
/// definition 1 (the value number `ceil(q n)`, from 1) for `p95_nearest_rank`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// How many values.
    pub count: usize,
    /// Sum of the values.
    pub total: i128,
    /// Smallest value.
    pub min: i64,
    /// Largest value.
    pub max: i64,
    /// Value in the middle; of an even number, the mean of the two in the middle.
    pub median: f64,
    /// Nine of ten values are at most this.
    pub p90: f64,
    /// Nineteen of twenty values are at most this.
    pub p95: f64,
    /// The smallest value that at least 95 % of the values do not exceed.
    pub p95_nearest_rank: i64,
}

impl Summary {
    /// The summary of `values`, whose order is lost; `None` if there are none.
    ///
    /// Takes time in proportion to the number of values (selection, not sorting).
    pub fn of(values: &mut [i64]) -> Option<Self> {
        if values.is_empty() {
            return None;
        }
        let count = values.len();
        let total = values.iter().map(|&value| i128::from(value)).sum();
        let (mut min, mut max) = (i64::MAX, i64::MIN);
        for &value in &*values {
            min = min.min(value);
            max = max.max(value);
        }
        let mut rest = Ascending { values, done: 0 };
        Some(Self {
            count,
            total,
            min,
            max,
            median: rest.quantile(0.5, count),
            p90: rest.quantile(0.9, count),
            p95: rest.quantile(0.95, count),
            p95_nearest_rank: rest.at((95 * count).div_ceil(100) - 1),
        })
    }

    /// Sum divided by count.
    pub fn mean(&self) -> f64 {
        self.total as f64 / self.count as f64
    }
}

/// Values of which the first `done` are the smallest ones, so later ranks need only look behind.
struct Ascending<'a> {
    values: &'a mut [i64],
    done: usize,
}

impl Ascending<'_> {
    /// The value of rank `rank`, from 0.
    fn at(&mut self, rank: usize) -> i64 {
        // A rank just before `done` was chosen already and stands in its place.
        if rank >= self.done {
            self.values[self.done..].select_nth_unstable(rank - self.done);
            self.done = rank + 1;
        }
        self.values[rank]
    }

    fn quantile(&mut self, share: f64, count: usize) -> f64 {
        let rank = share * (count - 1) as f64;
        let below = rank.floor();
        let low = self.at(below as usize);
        let fraction = rank - below;
        if fraction == 0.0 {
            return low as f64;
        }
        let high = self.at(below as usize + 1);
        low as f64 + (high as f64 - low as f64) * fraction
    }
}
