//! Counting while a replication runs: sums, shares and quantiles without keeping the values.

/// Buckets to each doubling: neighbours differ by 1/64, so a quantile is off by 0.8 % at most.
const BUCKETS_PER_DOUBLING: u32 = 64;

/// The exponent of the smallest time that has its own bucket: 2⁻¹⁴ minutes, four milliseconds.
const EXPONENT_LEAST: u64 = 1023 - 14;

/// Doublings up to 2³² minutes.
const DOUBLINGS: usize = 46;

/// Times in minutes: their number, sum and distribution.
#[derive(Debug, Clone)]
pub(crate) struct Times {
    pub count: u64,
    pub sum: f64,
    /// How many were 0.
    zeros: u64,
    buckets: Vec<u32>,
}

impl Times {
    pub(crate) fn new() -> Self {
        Self {
            count: 0,
            sum: 0.0,
            zeros: 0,
            buckets: vec![0; DOUBLINGS * BUCKETS_PER_DOUBLING as usize],
        }
    }

    #[inline]
    pub(crate) fn add(&mut self, minutes: f64) {
        self.count += 1;
        if minutes > 0.0 {
            self.sum += minutes;
            self.buckets[bucket_of(minutes)] += 1;
        } else {
            self.zeros += 1;
        }
    }

    pub(crate) fn mean(&self) -> f64 {
        self.sum / self.count as f64
    }

    /// The share of times above 0.
    pub(crate) fn share_above_zero(&self) -> f64 {
        1.0 - self.zeros as f64 / self.count as f64
    }

    /// The time that this share does not exceed; not a number without any times.
    pub(crate) fn quantile(&self, share: f64) -> f64 {
        if self.count == 0 {
            return f64::NAN;
        }
        let needed = share * self.count as f64;
        let mut reached = self.zeros as f64;
        if reached >= needed {
            return 0.0;
        }
        for (bucket, count) in self.buckets.iter().enumerate() {
            reached += f64::from(*count);
            if *count > 0 && reached >= needed {
                return middle_of(bucket);
            }
        }
        middle_of(self.buckets.len() - 1)
    }
}

/// The exponent of a number and its six leading bits are its bucket, without a logarithm.
#[inline]
fn bucket_of(minutes: f64) -> usize {
    let leading = minutes.to_bits() >> 46;
    let first = EXPONENT_LEAST * u64::from(BUCKETS_PER_DOUBLING);
    let bucket = leading.saturating_sub(first) as usize;
    bucket.min(DOUBLINGS * BUCKETS_PER_DOUBLING as usize - 1)
}

fn middle_of(bucket: usize) -> f64 {
    let first = EXPONENT_LEAST * u64::from(BUCKETS_PER_DOUBLING);
    let edge = |bucket: u64| f64::from_bits((first + bucket) << 46);
    f64::midpoint(edge(bucket as u64), edge(bucket as u64 + 1))
}

/// What a step has seen.
#[derive(Debug, Clone)]
pub(crate) struct StepTally {
    /// Waits until the work of the step began.
    pub waits: Times,
    /// Customer-minutes in its queue.
    pub queued: f64,
    /// Customer-minutes of its work.
    pub working: f64,
    /// How often it was finished.
    pub finished: u64,
}

impl StepTally {
    pub(crate) fn new() -> Self {
        Self {
            waits: Times::new(),
            queued: 0.0,
            working: 0.0,
            finished: 0,
        }
    }
}

/// What a group of customers has seen.
#[derive(Debug, Clone)]
pub(crate) struct GroupTally {
    pub arrived: u64,
    pub no_show: u64,
    pub turned_away: u64,
    pub balked: u64,
    pub abandoned: u64,
    /// Of the abandoned those who had waited beyond the target.
    pub abandoned_late: u64,
    pub unfinished: u64,
    pub in_target: u64,
    /// Waits until the first work of those who got it.
    pub waits: Times,
    /// Waits of all who joined, those who left included: only their sum matters.
    pub waited: f64,
    /// Whole visits.
    pub visits: Times,
}

impl GroupTally {
    pub(crate) fn new() -> Self {
        Self {
            arrived: 0,
            no_show: 0,
            turned_away: 0,
            balked: 0,
            abandoned: 0,
            abandoned_late: 0,
            unfinished: 0,
            in_target: 0,
            waits: Times::new(),
            waited: 0.0,
            visits: Times::new(),
        }
    }
}
