//! Random numbers by counting: the n-th number of a named stream, from nothing but its name.
//!
//! A stream is keyed by the seed and by what it is for (replication, visitor, step), not by how
//! many numbers others have drawn before. Two models run with one seed therefore give the same
//! visitor the same luck, which is what common random numbers need.

/// The odd constant of Weyl sequences: the golden ratio in 64 bits.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of random numbers.
///
/// The generator is SplitMix64 (Steele, Lea and Flood, *Fast splittable pseudorandom number
/// generators*, 2014) with the keys hashed into its starting point. It is not for secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream {
    state: u64,
}

impl Stream {
    /// The stream that belongs to a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self {
            state: mix(seed ^ GOLDEN),
        }
    }

    /// The stream of one part of this one, for instance of the visitor with this number.
    #[must_use]
    #[inline]
    pub const fn part(self, key: u64) -> Self {
        Self {
            state: mix(self.state ^ mix(key.wrapping_mul(GOLDEN).wrapping_add(GOLDEN))),
        }
    }

    /// The next 64 random bits.
    #[inline]
    pub const fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN);
        mix(self.state)
    }

    /// The next number, evenly spread and strictly between 0 and 1, in steps of 2⁻⁵³.
    #[inline]
    pub const fn uniform(&mut self) -> f64 {
        // Half a step away from both ends: a logarithm or an inverse never meets 0 or 1.
        ((self.bits() >> 11) as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0)
    }

    /// The next number from the exponential distribution with mean 1.
    #[inline]
    pub fn exponential(&mut self) -> f64 {
        -self.uniform().ln()
    }
}

/// The output function of SplitMix64 (Stafford's variant 13): every bit depends on every bit.
const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
