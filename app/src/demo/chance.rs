//! Chance from a seed: the same every time.

use kernel::IdSource;

/// A stream of random numbers.
pub struct Chance(IdSource);

impl Chance {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        Self(IdSource::seeded(seed))
    }

    /// From 0 up to, but without, 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
    pub fn share(&mut self) -> f64 {
        (self.0.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whether something of this probability happens.
    pub fn happens(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// From `low` up to, but without, `high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u128::from((high - low).max(1).unsigned_abs());
        let offset = (u128::from(self.0.bits()) * width) >> 64;
        low + i64::try_from(offset).unwrap_or(0)
    }

    /// A factor around 1, never below a half: the logarithm is normal with deviation `spread`.
    pub fn factor(&mut self, spread: f64) -> f64 {
        // Twelve uniform shares less six are close to normal (Irwin–Hall).
        let normal: f64 = (0..12).map(|_| self.share()).sum::<f64>() - 6.0;
        (normal * spread).exp().clamp(0.5, 3.0)
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let index = self.between(0, i64::try_from(of.len()).unwrap_or(1));
        &of[usize::try_from(index).unwrap_or(0)]
    }
}
