//! How long the steps of a blueprint really take.

use std::collections::BTreeMap;

use blueprints::{Histogram, Observed, ObservedAsk};
use kernel::{Ctx, Fault};
use store::{Tx, Value, params};

use crate::VIEW;

/// The most distinct pairs of step and minutes that are read.
const PAIRS_MAX: i64 = 20_000;
/// How many bars a histogram has at most.
const BARS_MAX: i64 = 12;

/// Minutes taken by the finished steps of a blueprint, step by step.
pub fn observed(tx: &mut Tx, ctx: &Ctx, ask: &ObservedAsk) -> Result<Vec<Observed>, Fault> {
    ctx.require(VIEW)?;
    let mut values = params![ctx.org, ask.blueprint, ask.since, ask.until].to_vec();
    let mut at_site = String::new();
    if let Some(site) = ask.site {
        values.push(Value::from(site));
        at_site = format!(" and s.site = ${}", values.len());
    }
    values.push(Value::from(PAIRS_MAX));
    let sql = format!(
        "select s.key, s.minutes_observed, cast(count(*) as bigint) from order_steps s
         where s.org = $1 and s.blueprint = $2 and s.ended_at >= $3 and s.ended_at < $4
             and s.state = 'done'{at_site}
         group by s.key, s.minutes_observed order by s.key, s.minutes_observed limit ${}",
        values.len()
    );
    let mut by_key: BTreeMap<String, Vec<(i64, i64)>> = BTreeMap::new();
    for (key, minutes, count) in tx.all(&sql, &values, |row| {
        Ok((row.text(0)?, row.int(1)?, row.int(2)?))
    })? {
        by_key.entry(key).or_default().push((minutes, count));
    }
    Ok(by_key
        .into_iter()
        .map(|(key, counts)| summary(key, &counts))
        .collect())
}

/// Counts by minutes, ascending, as median, ninetieth percentile and histogram.
fn summary(step_key: String, counts: &[(i64, i64)]) -> Observed {
    let count = counts.iter().map(|(_, count)| count).sum();
    let first = counts.first().map_or(0, |(minutes, _)| *minutes);
    let last = counts.last().map_or(0, |(minutes, _)| *minutes);
    let width = ((last - first) / BARS_MAX + 1).max(1);
    let bars = usize::try_from((last - first) / width + 1).expect("minutes ascend");
    let mut histogram = vec![0; bars];
    for (minutes, count) in counts {
        let bar = usize::try_from((minutes - first) / width).expect("minutes ascend");
        histogram[bar] += count;
    }
    Observed {
        step_key,
        count,
        median_minutes: quantile(counts, count, 50),
        p90_minutes: quantile(counts, count, 90),
        histogram: Histogram {
            first_minute: first,
            width_minutes: width,
            counts: histogram,
        },
    }
}

/// The smallest minutes that `percent` of all steps do not exceed (nearest rank).
fn quantile(counts: &[(i64, i64)], total: i64, percent: i64) -> i64 {
    let rank = (total * percent + 99) / 100;
    let mut seen = 0;
    for (minutes, count) in counts {
        seen += count;
        if seen >= rank {
            return *minutes;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_times_that_were_really_seen() {
        let seen = summary("cut".to_owned(), &[(10, 5), (12, 4), (60, 1)]);
        assert_eq!(
            (seen.count, seen.median_minutes, seen.p90_minutes),
            (10, 10, 12)
        );
        assert_eq!(seen.histogram.counts.iter().sum::<i64>(), 10);
        assert!(seen.histogram.counts.len() <= 13);
    }
}
