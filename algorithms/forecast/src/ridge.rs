//! Weighted ridge regression on sparse rows, many right-hand sides at once.

/// One row of the design: columns that are not zero, with their values.
pub(crate) type Row = Vec<(usize, f64)>;

/// The factor of `X'WX + penalty`, ready for several right-hand sides.
pub(crate) struct Factor {
    /// Lower triangle of the Cholesky factor, row by row.
    lower: Vec<f64>,
    width: usize,
}

impl Factor {
    /// Factors the normal equations of the first `weights.len()` rows.
    ///
    /// Every penalty must be positive, so the matrix is positive definite.
    pub(crate) fn new(rows: &[Row], weights: &[f64], penalty: &[f64]) -> Factor {
        let width = penalty.len();
        let mut gram = vec![0.0; width * width];
        for (row, &weight) in rows.iter().zip(weights).filter(|(_, w)| **w > 0.0) {
            for (at, &(i, x)) in row.iter().enumerate() {
                let scaled = weight * x;
                // Columns rise within a row, so only the lower triangle is filled.
                for &(j, z) in &row[..=at] {
                    gram[i * width + j] += scaled * z;
                }
            }
        }
        for (i, &p) in penalty.iter().enumerate() {
            gram[i * width + i] += p;
        }
        cholesky(&mut gram, width);
        Factor { lower: gram, width }
    }

    /// Coefficients (column by slot) for the targets `z` (block by slot).
    pub(crate) fn solve(&self, rows: &[Row], weights: &[f64], z: &[f64], slots: usize) -> Vec<f64> {
        let mut right = vec![0.0; self.width * slots];
        for (block, (row, &weight)) in rows.iter().zip(weights).enumerate() {
            if weight <= 0.0 {
                continue;
            }
            let target = &z[block * slots..(block + 1) * slots];
            for &(i, x) in row {
                let scaled = weight * x;
                for (sum, &t) in right[i * slots..(i + 1) * slots].iter_mut().zip(target) {
                    *sum += scaled * t;
                }
            }
        }
        self.forward(&mut right, slots);
        self.backward(&mut right, slots);
        right
    }

    /// `x'(X'WX + penalty)⁻¹x`: how little the past says about a row, in units of one
    /// observation's variance.
    pub(crate) fn leverage(&self, row: &Row) -> f64 {
        let mut right = vec![0.0; self.width];
        for &(i, x) in row {
            right[i] = x;
        }
        for i in 0..self.width {
            let line = &self.lower[i * self.width..][..=i];
            right[i] = (right[i] - dot(&line[..i], &right[..i])) / line[i];
        }
        dot(&right, &right)
    }

    fn forward(&self, right: &mut [f64], slots: usize) {
        for i in 0..self.width {
            let (done, rest) = right.split_at_mut(i * slots);
            let here = &mut rest[..slots];
            for j in 0..i {
                subtract(here, self.lower[i * self.width + j], &done[j * slots..]);
            }
            let pivot = self.lower[i * self.width + i];
            here.iter_mut().for_each(|v| *v /= pivot);
        }
    }

    fn backward(&self, right: &mut [f64], slots: usize) {
        for i in (0..self.width).rev() {
            let (head, done) = right.split_at_mut((i + 1) * slots);
            let here = &mut head[i * slots..];
            for j in i + 1..self.width {
                let from = &done[(j - i - 1) * slots..];
                subtract(here, self.lower[j * self.width + i], from);
            }
            let pivot = self.lower[i * self.width + i];
            here.iter_mut().for_each(|v| *v /= pivot);
        }
    }
}

fn subtract(here: &mut [f64], factor: f64, other: &[f64]) {
    if factor != 0.0 {
        for (v, o) in here.iter_mut().zip(other) {
            *v -= factor * o;
        }
    }
}

/// A sum of products in four lanes: the compiler may not reorder a sum of floats by itself.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut lanes = [0.0; 4];
    let (left, right) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest: f64 = left
        .remainder()
        .iter()
        .zip(right.remainder())
        .map(|(x, y)| x * y)
        .sum();
    for (x, y) in left.zip(right) {
        for lane in 0..4 {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    lanes.iter().sum::<f64>() + rest
}

fn cholesky(matrix: &mut [f64], width: usize) {
    for i in 0..width {
        for j in 0..=i {
            let (a, b) = (
                &matrix[i * width..i * width + j],
                &matrix[j * width..j * width + j],
            );
            let rest = matrix[i * width + j] - dot(a, b);
            matrix[i * width + j] = if i == j {
                rest.max(f64::MIN_POSITIVE).sqrt()
            } else {
                rest / matrix[j * width + j]
            };
        }
    }
}

/// The value of a row under coefficients, one slot.
pub(crate) fn value(row: &Row, coefficients: &[f64], slots: usize, slot: usize) -> f64 {
    row.iter()
        .map(|&(i, x)| x * coefficients[i * slots + slot])
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_equations_are_solved() {
        let rows: Vec<Row> = (0..6)
            .map(|i| vec![(0, 1.0), (1, f64::from(i)), (2, f64::from(i * i))])
            .collect();
        let z: Vec<f64> = (0..6)
            .map(|i| 2.0 - f64::from(i) + 0.5 * f64::from(i * i))
            .collect();
        let factor = Factor::new(&rows, &[1.0; 6], &[1e-12; 3]);
        let found = factor.solve(&rows, &[1.0; 6], &z, 1);
        for (value, wanted) in found.iter().zip([2.0, -1.0, 0.5]) {
            assert!((value - wanted).abs() < 1e-6, "{found:?}");
        }
    }

    #[test]
    fn leverage_of_a_mean_is_one_over_its_count() {
        let rows: Vec<Row> = vec![vec![(0, 1.0)]; 8];
        let factor = Factor::new(&rows, &[1.0; 8], &[1e-12]);
        assert!((factor.leverage(&rows[0]) - 0.125).abs() < 1e-9);
    }
}
