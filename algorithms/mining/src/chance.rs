//! Tests of chance, effect sizes and intervals, for counts and for times.

use statrs::function::erf::erfc;
use statrs::function::factorial::ln_binomial;

/// Two-sided 95 % quantile of the normal distribution.
const Z_95: f64 = 1.959_963_984_540_054;

/// Successes among trials.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// How many had it.
    pub hits: u64,
    /// How many there were.
    pub of: u64,
}

impl Share {
    /// Hits divided by trials; 0 where there were no trials.
    pub fn ratio(self) -> f64 {
        match self.of {
            0 => 0.0,
            of => self.hits as f64 / of as f64,
        }
    }

    /// The interval that holds the true share with 95 % confidence.
    ///
    /// Source: Wilson, "Probable inference, the law of succession, and statistical inference",
    /// *JASA* 22 (1927). Unlike the textbook interval it stays within 0 and 1 and has width at 0.
    pub fn interval(self) -> (f64, f64) {
        if self.of == 0 {
            return (0.0, 1.0);
        }
        let (n, p, z2) = (self.of as f64, self.ratio(), Z_95 * Z_95);
        let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = Z_95 / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
        ((centre - half).max(0.0), (centre + half).min(1.0))
    }
}

/// How a share differs from another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShareTest {
    /// First share minus second.
    pub difference: f64,
    /// 95 % interval of the difference: Newcombe, "Interval estimation for the difference between
    /// independent proportions", *Statistics in Medicine* 17 (1998), method 10.
    pub interval: (f64, f64),
    /// Two-proportion z with pooled variance; 0 where all or none had it.
    pub z: f64,
    /// Two-sided probability of such a difference by chance. Fisher's exact test where an expected
    /// count is below 5, else from `z`.
    pub p: f64,
}

/// Tests whether two independent shares are equal; `None` if one has no trials.
pub fn compare_shares(a: Share, b: Share) -> Option<ShareTest> {
    if a.of == 0 || b.of == 0 {
        return None;
    }
    let (pa, pb) = (a.ratio(), b.ratio());
    let difference = pa - pb;
    let (a_low, a_high) = a.interval();
    let (b_low, b_high) = b.interval();
    let interval = (
        difference - (pa - a_low).hypot(b_high - pb),
        difference + (a_high - pa).hypot(pb - b_low),
    );
    let pooled = (a.hits + b.hits) as f64 / (a.of + b.of) as f64;
    let scatter = pooled * (1.0 - pooled) * (1.0 / a.of as f64 + 1.0 / b.of as f64);
    let z = match scatter > 0.0 {
        true => difference / scatter.sqrt(),
        false => 0.0,
    };
    let least_expected = a.of.min(b.of) as f64 * pooled.min(1.0 - pooled);
    let p = match least_expected < 5.0 {
        true => fisher(a, b),
        false => two_sided(z),
    };
    Some(ShareTest {
        difference,
        interval,
        z,
        p,
    })
}

/// Fisher's exact test: the chance of all tables with these margins that are no likelier than this.
fn fisher(a: Share, b: Share) -> f64 {
    let hits = a.hits + b.hits;
    let all = ln_binomial(a.of + b.of, hits);
    let chance = |first: u64| ln_binomial(a.of, first) + ln_binomial(b.of, hits - first) - all;
    // Equally likely tables differ in the last digits.
    let seen = chance(a.hits) + 1e-7;
    let least = hits.saturating_sub(b.of);
    let sum: f64 = (least..=hits.min(a.of))
        .map(chance)
        .filter(|&chance| chance <= seen)
        .map(f64::exp)
        .sum();
    sum.min(1.0)
}

fn two_sided(z: f64) -> f64 {
    erfc(z.abs() / std::f64::consts::SQRT_2)
}

/// How a set of values differs from another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankTest {
    /// Normal approximation of the rank sum, corrected for ties and continuity.
    pub z: f64,
    /// Two-sided probability of such a difference by chance.
    pub p: f64,
    /// Chance that a value of the first is larger than one of the second, minus the reverse:
    /// from -1 to 1 (Cliff, "Dominance statistics", *Psychological Bulletin* 114, 1993).
    pub dominance: f64,
}

/// Fewer values on a side than this, and the normal approximation says little.
const RANKED_MIN: usize = 8;

/// Tests whether two sets of values are equally large; `None` below 8 values on a side.
///
/// Source: Mann and Whitney, "On a test of whether one of two random variables is stochastically
/// larger than the other", *Annals of Mathematical Statistics* 18 (1947). Takes `n log n` time.
pub fn compare_values(a: &[i64], b: &[i64]) -> Option<RankTest> {
    if a.len() < RANKED_MIN || b.len() < RANKED_MIN {
        return None;
    }
    let (na, nb) = (a.len() as f64, b.len() as f64);
    let n = na + nb;
    let first = a.iter().map(|&value| (value, true));
    let mut all: Vec<(i64, bool)> = first.chain(b.iter().map(|&value| (value, false))).collect();
    all.sort_unstable();
    let (mut before, mut rank_sum, mut ties) = (0.0, 0.0, 0.0);
    for equal in all.chunk_by(|x, y| x.0 == y.0) {
        let size = equal.len() as f64;
        let mine = equal.iter().filter(|(_, first)| *first).count() as f64;
        rank_sum += mine * (before + (size + 1.0) / 2.0);
        ties += size * size * size - size;
        before += size;
    }
    let u = rank_sum - na * (na + 1.0) / 2.0;
    let middle = na * nb / 2.0;
    let variance = na * nb / 12.0 * (n + 1.0 - ties / (n * (n - 1.0)));
    let away = ((u - middle).abs() - 0.5).max(0.0);
    let z = match variance > 0.0 {
        true => away.copysign(u - middle) / variance.sqrt(),
        false => 0.0,
    };
    Some(RankTest {
        z,
        p: two_sided(z),
        dominance: 2.0 * u / (na * nb) - 1.0,
    })
}

/// Probabilities corrected for having made many tests: the share of false alarms to expect among
/// those with a corrected value at most this one.
///
/// Source: Benjamini and Hochberg, "Controlling the false discovery rate", *JRSS B* 57 (1995).
pub fn correct(probabilities: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|&i, &j| probabilities[i].total_cmp(&probabilities[j]));
    let mut corrected = vec![0.0; probabilities.len()];
    let mut least = 1.0_f64;
    for (rank, &test) in order.iter().enumerate().rev() {
        let value = probabilities[test] * probabilities.len() as f64 / (rank + 1) as f64;
        least = least.min(value);
        corrected[test] = least;
    }
    corrected
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-4, "{found} is not {expected}");
    }

    #[test]
    fn the_interval_of_a_difference_agrees_with_newcombe() {
        // Newcombe 1998, table II: 56 of 70 against 48 of 80, method 10.
        let test = compare_shares(Share { hits: 56, of: 70 }, Share { hits: 48, of: 80 });
        let test = test.unwrap();
        near(test.difference, 0.2);
        near(test.interval.0, 0.0524);
        near(test.interval.1, 0.3339);
    }

    #[test]
    fn a_small_table_is_tested_exactly() {
        // Fisher's lady tasting tea: 3 of 4 cups against 1 of 4, two-sided 34/70.
        let test = compare_shares(Share { hits: 3, of: 4 }, Share { hits: 1, of: 4 });
        near(test.unwrap().p, 34.0 / 70.0);
    }

    #[test]
    fn corrected_probabilities_agree_with_the_published_example() {
        // Benjamini and Hochberg 1995, section 3.2: at 5 % the first four of fifteen are rejected.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
            0.5719, 0.6528, 0.7590, 1.0,
        ];
        let corrected = correct(&p);
        assert_eq!(corrected.iter().filter(|&&q| q <= 0.05).count(), 4);
        near(corrected[3], 0.0095 * 15.0 / 4.0);
    }

    #[test]
    fn values_all_larger_dominate_and_equal_ones_do_not() {
        let (low, high): (Vec<i64>, Vec<i64>) = ((0..10).collect(), (10..20).collect());
        let test = compare_values(&high, &low).unwrap();
        near(test.dominance, 1.0);
        // U = 100, mean 50, variance 175: z = 49.5 / sqrt(175).
        near(test.z, 3.741_83);
        assert_eq!(compare_values(&[5; 9], &[5; 9]).unwrap().p, 1.0);
        assert_eq!(compare_values(&low[..7], &high), None);
    }
}
