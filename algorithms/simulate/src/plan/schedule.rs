//! Timetables: when something is on, and how fast customers come.

use crate::model::{Rate, Span};

/// When something is on: spans that may begin again after a cycle. Without spans it always is.
#[derive(Debug, Clone)]
pub(crate) struct Schedule {
    /// Merged and in order.
    spans: Vec<Span>,
    cycle: Option<f64>,
}

impl Schedule {
    pub(crate) fn new(spans: &[Span], cycle: Option<f64>) -> Self {
        let mut sorted = spans.to_vec();
        sorted.sort_by(|a, b| a.from_minute.total_cmp(&b.from_minute));
        let mut merged: Vec<Span> = Vec::new();
        for span in sorted {
            match merged.last_mut() {
                Some(last) if span.from_minute <= last.until_minute => {
                    last.until_minute = last.until_minute.max(span.until_minute);
                }
                _ => merged.push(span),
            }
        }
        Self {
            spans: merged,
            cycle,
        }
    }

    /// Whether it is on at this minute; a span's last minute is outside it.
    pub(crate) fn is_on(&self, minute: f64) -> bool {
        let within = self.cycle.map_or(minute, |cycle| minute.rem_euclid(cycle));
        self.spans.is_empty()
            || self
                .spans
                .iter()
                .any(|span| span.from_minute <= within && within < span.until_minute)
    }

    /// The next minute after this one at which it goes on or off, and which of the two.
    pub(crate) fn next_change(&self, after: f64) -> Option<(f64, bool)> {
        let base = self
            .cycle
            .map_or(0.0, |cycle| (after / cycle).floor() * cycle);
        let edges = |base: f64| {
            let both = |span: &Span| {
                [
                    (base + span.from_minute, true),
                    (base + span.until_minute, false),
                ]
            };
            let mut edges = self.spans.iter().flat_map(both);
            edges.find(|(minute, _)| *minute > after)
        };
        edges(base).or_else(|| self.cycle.and_then(|cycle| edges(base + cycle)))
    }

    /// For how many minutes it is on between two.
    pub(crate) fn minutes_on(&self, from: f64, until: f64) -> f64 {
        if self.spans.is_empty() {
            return (until - from).max(0.0);
        }
        let mut minutes = 0.0;
        let mut base = self
            .cycle
            .map_or(0.0, |cycle| (from / cycle).floor() * cycle);
        loop {
            for span in &self.spans {
                let first = (base + span.from_minute).max(from);
                let last = (base + span.until_minute).min(until);
                minutes += (last - first).max(0.0);
            }
            match self.cycle {
                Some(cycle) if base + cycle < until => base += cycle,
                _ => return minutes,
            }
        }
    }
}

/// Arrival rates by time, per minute, that may begin again after a cycle.
#[derive(Debug, Clone)]
pub(crate) struct RateTable {
    /// From when on which rate holds, in order; the first begins at 0.
    rates: Vec<(f64, f64)>,
    cycle: Option<f64>,
}

impl RateTable {
    pub(crate) fn new(rates: &[Rate], cycle: Option<f64>) -> Self {
        let per_minute = |rate: &Rate| (rate.from_minute, rate.per_hour / 60.0);
        let mut rates: Vec<(f64, f64)> = rates.iter().map(per_minute).collect();
        if rates.first().is_none_or(|first| first.0 > 0.0) {
            rates.insert(0, (0.0, 0.0));
        }
        Self { rates, cycle }
    }

    /// The next arrival after a minute, given a number from the exponential distribution with
    /// mean 1: where the rate summed up since then has reached it. Endless when it never does.
    #[inline]
    pub(crate) fn next(&self, after: f64, luck: f64) -> f64 {
        if let [(_, rate)] = self.rates[..] {
            return after + luck / rate;
        }
        self.next_by_parts(after, luck)
    }

    fn next_by_parts(&self, after: f64, mut luck: f64) -> f64 {
        let mut base = self
            .cycle
            .map_or(0.0, |cycle| (after / cycle).floor() * cycle);
        let mut now = after;
        let mut part = self
            .rates
            .partition_point(|part| base + part.0 <= now)
            .max(1)
            - 1;
        loop {
            let rate = self.rates[part].1;
            let end = match (self.rates.get(part + 1), self.cycle) {
                (Some(next), _) => base + next.0,
                (None, Some(cycle)) => base + cycle,
                (None, None) => f64::INFINITY,
            };
            let gap = if rate > 0.0 {
                luck / rate
            } else {
                f64::INFINITY
            };
            if now + gap < end || end.is_infinite() {
                return now + gap;
            }
            luck -= (end - now) * rate;
            now = end;
            part += 1;
            if part == self.rates.len() {
                part = 0;
                base = end;
            }
        }
    }

    /// How many arrivals are to be expected up to a minute.
    pub(crate) fn expected(&self, until: f64) -> f64 {
        let span = self.cycle.unwrap_or(until);
        let ends = self.rates.iter().skip(1).map(|part| part.0);
        let one: f64 = self
            .rates
            .iter()
            .zip(ends.chain([span]))
            .map(|(part, end)| part.1 * (end.min(span) - part.0).max(0.0))
            .sum();
        one * (until / span)
    }
}
