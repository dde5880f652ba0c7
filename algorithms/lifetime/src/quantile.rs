//! Quantiles.

/// The quantile of sorted numbers, linear between neighbours (type 7 of Hyndman & Fan, 1996,
/// "Sample quantiles in statistical packages"); `None` without numbers or outside 0..=1.
pub fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    if !(0.0..=1.0).contains(&share) {
        return None;
    }
    let last = sorted.len().checked_sub(1)?;
    let place = share * last as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(last);
    let rest = place - below as f64;
    Some(sorted[below] + rest * (sorted[above] - sorted[below]))
}
