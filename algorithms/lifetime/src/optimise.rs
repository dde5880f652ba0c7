//! Finds the peak of a smooth log-likelihood: BFGS with exact slopes, finished by Newton's method.
//!
//! Nocedal & Wright (2006), "Numerical Optimization", chapter 6. Everything is in logarithms of the
//! parameters, where they are free, and per customer, so that tolerances need no knowledge of size.

use crate::law::{PARAMETERS_MAX, Slope};

/// A square matrix; rows and columns beyond the number of parameters are unused.
pub(crate) type Matrix = [[f64; PARAMETERS_MAX]; PARAMETERS_MAX];

/// The longest step in the logarithm of any parameter.
const STEP_MAX: f64 = 1.5;
const ROUNDS_MAX: usize = 200;
const NEWTON_ROUNDS_MAX: usize = 15;
/// A step of Newton's method so short that the next one would be lost in rounding.
const NEAR: f64 = 1e-4;
/// So many rounds must lower the value by this share of it, or it is a ridge without a peak.
const PATIENCE_ROUNDS: usize = 20;
const PROGRESS_MIN: f64 = 1e-9;
/// Slope per customer at which the peak counts as reached.
const SLOPE_MIN: f64 = 1e-10;
/// Relative gain that is lost in the rounding of the value itself.
const GAIN_MIN: f64 = 1e-15;
/// Logarithms beyond this are a parameter on its way to 0 or infinity.
const BOUND: f64 = 14.0;

/// Where the search ended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peak {
    /// Logarithms of the parameters.
    pub at: Slope,
    /// Mean log-likelihood with its sign changed.
    pub value: f64,
    pub slope: Slope,
    /// An approximation of the inverse of the curvature.
    pub inverse: Matrix,
}

/// A function to be minimised: value and slope at a point.
pub(crate) trait Valley {
    fn size(&self) -> usize;
    fn look(&self, at: &Slope) -> (f64, Slope);
}

/// The identity.
pub(crate) fn identity() -> Matrix {
    let mut matrix = [[0.0; PARAMETERS_MAX]; PARAMETERS_MAX];
    for (index, row) in matrix.iter_mut().enumerate() {
        row[index] = 1.0;
    }
    matrix
}

/// Walks downhill from `start` until the slope vanishes or nothing lower is found.
pub(crate) fn descend(valley: &impl Valley, start: &Slope, inverse: &Matrix) -> Peak {
    let (value, slope) = valley.look(start);
    let mut here = Peak {
        at: *start,
        value,
        slope,
        inverse: *inverse,
    };
    let mut fresh = true;
    let mut value_before = f64::INFINITY;
    for round in 1..=ROUNDS_MAX {
        if round % PATIENCE_ROUNDS == 0 {
            if value_before - here.value < PROGRESS_MIN * (1.0 + here.value.abs()) {
                break;
            }
            value_before = here.value;
        }
        if largest(&here.slope) < SLOPE_MIN || largest(&here.at) > BOUND {
            break;
        }
        let mut step = times(&here.inverse, &here.slope).map(|x| -x);
        if dot(&step, &here.slope) >= 0.0 {
            here.inverse = identity();
            step = here.slope.map(|x| -x);
        }
        let gain = -dot(&step, &here.slope) / (1.0 + here.value.abs());
        if gain < GAIN_MIN {
            break;
        }
        let long = largest(&step);
        if long > STEP_MAX {
            step = step.map(|x| x * STEP_MAX / long);
        }
        match line_search(valley, &here, &step) {
            Some((at, value, slope)) => {
                let moved = difference(&at, &here.at);
                let bent = difference(&slope, &here.slope);
                if fresh && here.inverse == identity() && dot(&bent, &bent) > 0.0 {
                    let size = dot(&moved, &bent) / dot(&bent, &bent);
                    if size > 0.0 {
                        here.inverse = identity().map(|row| row.map(|x| x * size));
                    }
                }
                update(&mut here.inverse, &moved, &bent);
                (here.at, here.value, here.slope) = (at, value, slope);
                fresh = false;
            }
            // So near the bottom the value no longer tells: the rest is for Newton's method.
            None if fresh || gain < 1e-10 => break,
            None => {
                here.inverse = identity();
                fresh = true;
            }
        }
    }
    here
}

/// Newton's method from near the peak; the inverse in what is returned is that of the curvature.
///
/// `None` if there is no peak: the curvature is not definite, or a parameter runs off.
pub(crate) fn finish(valley: &impl Valley, mut peak: Peak) -> Option<Peak> {
    for _ in 0..NEWTON_ROUNDS_MAX {
        if largest(&peak.at) > BOUND || !peak.value.is_finite() {
            return None;
        }
        peak.inverse = inverse(&curvature(valley, &peak.at), valley.size())?;
        let mut step = times(&peak.inverse, &peak.slope).map(|x| -x);
        let long = largest(&step);
        if long < NEAR {
            let at = std::array::from_fn(|i| peak.at[i] + step[i]);
            let (value, slope) = valley.look(&at);
            if largest(&slope) <= largest(&peak.slope) {
                (peak.at, peak.value, peak.slope) = (at, value, slope);
            }
            return Some(peak);
        }
        if long > STEP_MAX {
            step = step.map(|x| x * STEP_MAX / long);
        }
        (peak.at, peak.value, peak.slope) = line_search(valley, &peak, &step)?;
    }
    None
}

/// A point along the step that is low enough, by halving and by the parabola through what is known.
fn line_search(valley: &impl Valley, here: &Peak, step: &Slope) -> Option<(Slope, f64, Slope)> {
    let descent = dot(step, &here.slope);
    let noise = 4.0 * f64::EPSILON * here.value.abs();
    let mut length = 1.0;
    for _ in 0..40 {
        let mut at = here.at;
        for (x, move_by) in at.iter_mut().zip(step) {
            *x += length * move_by;
        }
        let (value, slope) = valley.look(&at);
        let lower = value <= here.value + 1e-4 * length * descent;
        // So near the bottom values are all noise: there the slope decides.
        let flatter = value <= here.value + noise && largest(&slope) < 0.5 * largest(&here.slope);
        if value.is_finite() && (lower || flatter) {
            return Some((at, value, slope));
        }
        let parabola = -descent * length * length / (2.0 * (value - here.value - descent * length));
        length = if parabola.is_finite() {
            parabola.clamp(0.1 * length, 0.5 * length)
        } else {
            0.25 * length
        };
    }
    None
}

/// The BFGS update of the inverse curvature.
fn update(inverse: &mut Matrix, moved: &Slope, bent: &Slope) {
    let along = dot(moved, bent);
    if along <= 1e-14 * (dot(moved, moved) * dot(bent, bent)).sqrt() {
        return;
    }
    let pushed = times(inverse, bent);
    let factor = (1.0 + dot(bent, &pushed) / along) / along;
    for i in 0..PARAMETERS_MAX {
        for j in 0..PARAMETERS_MAX {
            inverse[i][j] += factor * moved[i] * moved[j]
                - (pushed[i] * moved[j] + moved[i] * pushed[j]) / along;
        }
    }
}

/// The curvature by central differences of exact slopes.
fn curvature(valley: &impl Valley, at: &Slope) -> Matrix {
    const STEP: f64 = 1e-4;
    let bend = |i: usize| {
        let shifted = |by: f64| {
            let mut point = *at;
            point[i] += by;
            valley.look(&point).1
        };
        difference(&shifted(STEP), &shifted(-STEP)).map(|x| x / (2.0 * STEP))
    };
    let mut rows = [[0.0; PARAMETERS_MAX]; PARAMETERS_MAX];
    for (i, row) in rows.iter_mut().enumerate().take(valley.size()) {
        *row = bend(i);
    }
    std::array::from_fn(|i| std::array::from_fn(|j| 0.5 * (rows[i][j] + rows[j][i])))
}

/// The inverse of a positive definite matrix by Cholesky's method; `None` if it is not definite.
fn inverse(matrix: &Matrix, size: usize) -> Option<Matrix> {
    let mut lower = [[0.0; PARAMETERS_MAX]; PARAMETERS_MAX];
    for i in 0..size {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| lower[i][k] * lower[j][k]).sum();
            let rest = matrix[i][j] - known;
            if i == j {
                // What is left of the diagonal is noise when the matrix is singular.
                if rest.is_nan() || rest <= 1e-11 * matrix[i][i].abs() {
                    return None;
                }
                lower[i][i] = rest.sqrt();
            } else {
                lower[i][j] = rest / lower[j][j];
            }
        }
    }
    let mut result = [[0.0; PARAMETERS_MAX]; PARAMETERS_MAX];
    for column in 0..size {
        let mut solution = [0.0; PARAMETERS_MAX];
        for i in 0..size {
            let known: f64 = (0..i).map(|k| lower[i][k] * solution[k]).sum();
            let wanted = if i == column { 1.0 } else { 0.0 };
            solution[i] = (wanted - known) / lower[i][i];
        }
        for i in (0..size).rev() {
            let known: f64 = (i + 1..size).map(|k| lower[k][i] * solution[k]).sum();
            solution[i] = (solution[i] - known) / lower[i][i];
        }
        for (row, value) in result.iter_mut().zip(solution) {
            row[column] = value;
        }
    }
    Some(result)
}

fn times(matrix: &Matrix, vector: &Slope) -> Slope {
    std::array::from_fn(|i| dot(&matrix[i], vector))
}

fn dot(a: &Slope, b: &Slope) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn difference(a: &Slope, b: &Slope) -> Slope {
    std::array::from_fn(|i| a[i] - b[i])
}

/// The largest magnitude among the numbers.
fn largest(vector: &Slope) -> f64 {
    vector.iter().fold(0.0, |most, x| f64::max(most, x.abs()))
}
