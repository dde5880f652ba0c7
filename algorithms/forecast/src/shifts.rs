//! Lasting changes of level: a new branch opened, a competitor closed.

/// Blocks on each side of a shift that have to agree.
const SIDE: usize = 28;
/// Every so many blocks a shift is looked for; where it is exactly is found afterwards.
const STRIDE: usize = 7;
/// How many typical deviations the level has to move by. Weather that lasts moves it by two.
const MOVE_MIN: f64 = 3.0;
/// More shifts than this are a trend or noise.
const SHIFTS_MAX: usize = 3;

/// Blocks at which the level of the residuals moves for good, in order.
pub(crate) fn find(residuals: &[f64]) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut rest = residuals.to_vec();
    while found.len() < SHIFTS_MAX {
        let Some((at, moved)) = largest(&rest, &found) else {
            break;
        };
        rest[at..].iter_mut().for_each(|value| *value -= moved);
        found.push(at);
    }
    found.sort_unstable();
    found
}

/// The strongest shift: where the medians of both sides lie furthest apart.
fn largest(residuals: &[f64], known: &[usize]) -> Option<(usize, f64)> {
    if residuals.len() < 2 * SIDE {
        return None;
    }
    let mut steps: Vec<f64> = residuals
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).abs())
        .collect();
    // Differences do not see the level: their median is that of noise alone, times √2.
    let noise = 1.4826 * median(&mut steps) / std::f64::consts::SQRT_2;
    let middles: Vec<f64> = residuals
        .windows(SIDE)
        .step_by(STRIDE)
        .map(|side| median(&mut side.to_vec()))
        .collect();
    let far = |at: usize| known.iter().all(|k| k.abs_diff(at) >= SIDE);
    let moved = middles.iter().zip(&middles[SIDE / STRIDE..]).enumerate();
    let (at, by) = moved
        .map(|(k, (before, after))| (k * STRIDE + SIDE, after - before))
        .filter(|&(at, _)| far(at))
        .max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))?;
    if by.abs() <= MOVE_MIN * noise || noise <= 0.0 && by == 0.0 {
        return None;
    }
    Some((sharpest(residuals, at, by), by))
}

/// The step that best divides what lies around the shift: medians blur it by some days.
fn sharpest(residuals: &[f64], near: usize, by: f64) -> usize {
    let window = near - SIDE..(near + SIDE).min(residuals.len());
    let low = median(&mut residuals[near - SIDE..near].to_vec());
    let cost = |at: usize| -> f64 {
        let level = |place: usize| if place < at { low } else { low + by };
        window
            .clone()
            .map(|place| (residuals[place] - level(place)).abs())
            .sum()
    };
    let places = near.saturating_sub(SIDE / 2)..=near + SIDE / 2 - 1;
    places
        .min_by(|&a, &b| cost(a).total_cmp(&cost(b)))
        .unwrap_or(near)
}

/// The middle of the values, zero when there are none. Changes their order.
pub(crate) fn median(values: &mut [f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f64::total_cmp).1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(at: usize) -> f64 {
        ((at * 7919 + 13) % 101) as f64 / 101.0 - 0.5
    }

    #[test]
    fn a_level_that_moves_for_good_is_found_where_it_moves() {
        let level = |at: usize| if at < 120 { 0.0 } else { 3.0 };
        let residuals: Vec<f64> = (0..200).map(|at| level(at) + noise(at)).collect();
        assert_eq!(find(&residuals), [120]);
    }

    #[test]
    fn noise_and_a_bad_week_are_no_shift() {
        let dip = |at: usize| if (90..97).contains(&at) { -4.0 } else { 0.0 };
        let residuals: Vec<f64> = (0..200).map(|at| dip(at) + noise(at)).collect();
        assert_eq!(find(&residuals), [0usize; 0]);
    }
}
