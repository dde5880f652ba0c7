//! Gauss–Legendre quadrature by panels of 16 points.

/// Points on (0, 1); the other half is their mirror image.
/// Abramowitz & Stegun (1964), table 25.4, n = 16.
const POINTS: [f64; 8] = [
    0.095_012_509_837_637_44,
    0.281_603_550_779_258_9,
    0.458_016_777_657_227_4,
    0.617_876_244_402_643_7,
    0.755_404_408_355_003,
    0.865_631_202_387_831_7,
    0.944_575_023_073_232_6,
    0.989_400_934_991_649_9,
];
const WEIGHTS: [f64; 8] = [
    0.189_450_610_455_068_5,
    0.182_603_415_044_923_6,
    0.169_156_519_395_002_54,
    0.149_595_988_816_576_73,
    0.124_628_971_255_533_87,
    0.095_158_511_682_492_79,
    0.062_253_523_938_647_89,
    0.027_152_459_411_754_096,
];

/// Calls `visit(point, weight)` for the 16 points of one panel.
fn panel(from: f64, to: f64, mut visit: impl FnMut(f64, f64)) {
    let (middle, half) = (0.5 * (from + to), 0.5 * (to - from));
    for (point, weight) in POINTS.iter().zip(&WEIGHTS) {
        visit(middle - half * point, half * weight);
        visit(middle + half * point, half * weight);
    }
}

/// The integral of a smooth function over `from..to` by panels of equal width.
pub(crate) fn integral(from: f64, to: f64, panels: usize, value: impl Fn(f64) -> f64) -> f64 {
    let width = (to - from) / panels as f64;
    let mut sum = 0.0;
    for index in 0..panels {
        let left = from + width * index as f64;
        panel(left, left + width, |point, weight| {
            sum += weight * value(point);
        });
    }
    sum
}

/// Integrals of functions that fall as e^(−fall·u) or slower, by panels from the left until nothing
/// is left of the first one; the others are smaller multiples of it.
pub(crate) fn falling<const N: usize>(
    from: f64,
    to: f64,
    fall: f64,
    value: impl Fn(f64) -> [f64; N],
) -> [f64; N] {
    let width = 4.0_f64.min(16.0 / fall);
    let mut sums = [0.0; N];
    let mut left = from;
    while left < to {
        // A sliver at the end is added to the last panel.
        let right = if to - left < 1.25 * width {
            to
        } else {
            left + width
        };
        let before = sums[0];
        panel(left, right, |point, weight| {
            for (sum, value) in sums.iter_mut().zip(value(point)) {
                *sum += weight * value;
            }
        });
        if sums[0] - before < 1e-17 * sums[0] {
            break;
        }
        left = right;
    }
    sums
}
