//! Luck for the paths: the same seed and path give the same numbers everywhere.

/// SplitMix64 (Steele, Lea and Flood, 2014): a counter whose bits are well stirred.
pub(super) struct Luck {
    state: u64,
}

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Luck {
    /// The luck of one path.
    pub(super) const fn new(seed: u64, path: u64) -> Self {
        Self {
            state: stirred(stirred(seed ^ STEP) ^ stirred(path.wrapping_mul(STEP))),
        }
    }

    /// The next number, evenly spread and strictly between 0 and 1.
    pub(super) const fn uniform(&mut self) -> f64 {
        self.state = self.state.wrapping_add(STEP);
        // Half a step away from both ends: a logarithm never meets 0.
        ((stirred(self.state) >> 11) as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0)
    }
}

const fn stirred(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
