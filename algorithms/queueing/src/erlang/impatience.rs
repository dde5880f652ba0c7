//! Erlang A: who waits may leave, after a patience that is exponential too (M/M/c+M).
//!
//! With r_j = π_{c+j}/π_c the queue is a chain of ratios: r_j = r_{j−1}·λ/(cμ + jθ). A customer
//! who finds c + j in the system waits for j + 1 departures, at the rates cμ + θ, …,
//! cμ + (j+1)θ once his own patience is counted (Palm 1957; Garnett, Mandelbaum and Reiman 2002).
//! Everything is one pass over j with positive terms. What would overflow is carried as a number
//! and a power of 2, so 10,000 servers lose no digits and no special function is needed.

use super::Queue;
use crate::unusable::{self, Unusable};

/// Terms after which the queue is refused as too long to add up: about a second of work.
const TERMS_MAX: u32 = 100_000_000;

/// What a queue of impatient customers does in the long run; waits are in the rates' time unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Impatience {
    /// The share of customers that finds every server busy.
    pub p_wait: f64,
    /// The share of customers that leaves unserved.
    pub p_abandon: f64,
    /// The mean time in the queue of everybody, those who leave included.
    pub mean_wait_all: f64,
    /// The mean time in the queue of those who are served.
    pub mean_wait_served: f64,
    /// The mean number of customers in the queue.
    pub mean_queue: f64,
    /// The share of its time that a server is busy.
    pub occupancy: f64,
    /// The share of time that nobody is in the system.
    pub p_empty: f64,
}

/// How waits compare with a limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Within {
    /// The share of all customers that is served after waiting at most the limit.
    pub p_answered: f64,
    /// The share of all customers that is in the queue for longer, those who leave included.
    pub p_wait_beyond_all: f64,
    /// The share that would have to wait longer if their patience had no end.
    pub p_offered_wait_beyond: f64,
}

impl Queue {
    /// The long run with customers who leave at `patience_rate` (θ = 1 / mean patience) while
    /// they wait. Every load has a long run, since a long queue empties itself.
    ///
    /// # Errors
    /// [`Unusable`] when θ is not a finite number above 0, or so small against the overload that
    /// more than 100 million queue lengths matter.
    pub fn impatience(&self, patience_rate: f64) -> Result<Impatience, Unusable> {
        let lengths = Lengths::of(self, patience_rate)?;
        let sums = lengths.sums(self, patience_rate);
        let odds = self.odds_of_a_free_server();
        let total = lengths.total(odds);
        let p_free = lengths.p_free(odds);
        let mean_queue = sums.length / total;
        let p_served = p_free + sums.served / total;
        Ok(Impatience {
            p_wait: lengths.weight / total,
            p_abandon: patience_rate * mean_queue / self.arrival_rate,
            mean_wait_all: mean_queue / self.arrival_rate,
            mean_wait_served: sums.wait_served / total / p_served,
            mean_queue,
            occupancy: self.utilisation() * p_served,
            p_empty: self.p_empty(p_free, odds),
        })
    }

    /// How the waits with such customers compare with the limit `within`.
    ///
    /// # Errors
    /// As [`Queue::impatience`], and when the limit is negative or not finite.
    pub fn impatience_within(&self, patience_rate: f64, within: f64) -> Result<Within, Unusable> {
        unusable::not_negative("limit of the wait", within)?;
        let lengths = Lengths::of(self, patience_rate)?;
        let odds = self.odds_of_a_free_server();
        let total = lengths.total(odds);
        let departures = self.capacity() / patience_rate;
        // Virtual wait of who finds c + j: P(V > t) = I_x(cμ/θ, j+1), x = e^(−θt); and of those
        // who are served, with one departure more: I_x(cμ/θ + 1, j+1).
        let mut offered = Beta::new(departures, patience_rate * within);
        let mut served = Beta::new(departures + 1.0, patience_rate * within);
        let (mut beyond, mut answered) = (0.0, 0.0);
        lengths.each(|j, ratio| {
            beyond += ratio * offered.at_most(j);
            let p_served = departures / (departures + f64::from(j) + 1.0);
            answered += ratio * p_served * served.more(j);
        });
        let p_offered_wait_beyond = beyond / total;
        Ok(Within {
            p_answered: lengths.p_free(odds) + answered / total,
            p_wait_beyond_all: p_offered_wait_beyond * (-patience_rate * within).exp(),
            p_offered_wait_beyond,
        })
    }

    /// π₀ = P(n < c) / Σₙ₍ₙ<c₎ πₙ/π₀, where the sum is h·aᶜ/c! and is carried in logarithms.
    fn p_empty(&self, p_free: f64, odds: f64) -> f64 {
        let load = self.offered_load();
        let ln_top: f64 = (1..=self.servers).map(|k| (load / f64::from(k)).ln()).sum();
        if ln_top.is_finite() && odds.is_finite() && odds > 0.0 {
            return (p_free.ln() - odds.ln() - ln_top).exp();
        }
        // The odds overflow only far below capacity, where no server count changes π₀ = e⁻ᵃ.
        (-load).exp()
    }
}

/// The queue lengths that matter and their weights against the likeliest one.
struct Lengths {
    /// r_j for j = 0, scaled by the largest; underflows to 0 in heavy overload, rightly.
    first: f64,
    /// Σ r_j, scaled likewise.
    weight: f64,
    /// How many lengths matter.
    count: u32,
    arrival_rate: f64,
    capacity: f64,
    patience_rate: f64,
}

/// Sums over the queue lengths, scaled as the weights are.
struct Sums {
    length: f64,
    served: f64,
    wait_served: f64,
}

impl Lengths {
    fn of(queue: &Queue, patience_rate: f64) -> Result<Self, Unusable> {
        unusable::positive("patience rate", patience_rate)?;
        let (arrival_rate, capacity) = (queue.arrival_rate, queue.capacity());
        let likeliest = ((arrival_rate - capacity) / patience_rate).max(0.0).floor();
        let too_patient = Unusable {
            what: "patience rate",
            value: patience_rate,
            allowed: "at this overload give a larger one: the queue gets too long to add up",
        };
        if likeliest > f64::from(TERMS_MAX) {
            return Err(too_patient);
        }
        // Up to the likeliest length the ratios grow, so walk down from it for the first one.
        let first = (1..=likeliest as u32).rev().try_fold(1.0_f64, |ratio, j| {
            let ratio = ratio * (capacity + f64::from(j) * patience_rate) / arrival_rate;
            (ratio > 0.0).then_some(ratio)
        });
        let mut lengths = Self {
            first: first.unwrap_or(0.0),
            weight: 0.0,
            count: TERMS_MAX,
            arrival_rate,
            capacity,
            patience_rate,
        };
        let (count, weight) = lengths.reach(likeliest as u32).ok_or(too_patient)?;
        (lengths.count, lengths.weight) = (count, weight);
        Ok(lengths)
    }

    /// How many lengths matter, and the weight of them all.
    fn reach(&self, likeliest: u32) -> Option<(u32, f64)> {
        let (mut ratio, mut weight, mut length) = (1.0, 1.0, f64::from(likeliest));
        let mut j = likeliest;
        loop {
            j += 1;
            let step = self.step(j);
            ratio *= step;
            weight += ratio;
            length += f64::from(j) * ratio;
            // What follows falls at least geometrically, which bounds the whole rest.
            let rest = ratio * step / (1.0 - step).powi(2);
            if rest * (f64::from(j) + 1.0) <= 1e-17 * length {
                break;
            }
            if j >= TERMS_MAX {
                return None;
            }
        }
        let mut ratio = 1.0;
        for k in (1..=likeliest).rev() {
            ratio /= self.step(k);
            weight += ratio;
            if ratio < 1e-30 {
                break;
            }
        }
        Some((j + 1, weight))
    }

    /// r_j / r_{j−1}.
    fn step(&self, j: u32) -> f64 {
        self.arrival_rate / (self.capacity + f64::from(j) * self.patience_rate)
    }

    /// All weights, those of fewer than c customers too.
    fn total(&self, odds: f64) -> f64 {
        self.weight + self.below(odds)
    }

    /// The weight of fewer than c customers.
    fn below(&self, odds: f64) -> f64 {
        if self.first > 0.0 {
            self.first * odds
        } else {
            0.0
        }
    }

    /// The chance of finding a free server; 1 when the odds of it overflow.
    fn p_free(&self, odds: f64) -> f64 {
        let below = self.below(odds);
        if below.is_finite() {
            below / (self.weight + below)
        } else {
            1.0
        }
    }

    /// Calls `visit(j, r_j)` for every queue length that matters, shortest first.
    fn each(&self, mut visit: impl FnMut(u32, f64)) {
        let mut ratio = Scaled::new(1.0);
        let peak = self.peak();
        for j in 0..self.count {
            if j > 0 {
                ratio.multiply(self.step(j));
            }
            visit(j, ratio.over(peak));
        }
    }

    /// The largest r_j.
    fn peak(&self) -> Scaled {
        let mut peak = Scaled::new(1.0);
        for j in 1..self.count {
            let step = self.step(j);
            if step <= 1.0 {
                break;
            }
            peak.multiply(step);
        }
        peak
    }

    fn sums(&self, queue: &Queue, patience_rate: f64) -> Sums {
        let departures = queue.capacity() / patience_rate;
        let mut wait = 0.0;
        let mut sums = Sums {
            length: 0.0,
            served: 0.0,
            wait_served: 0.0,
        };
        self.each(|j, ratio| {
            let place = f64::from(j) + 1.0;
            let served = ratio * departures / (departures + place);
            wait += 1.0 / (self.capacity + place * patience_rate);
            sums.length += f64::from(j) * ratio;
            sums.served += served;
            sums.wait_served += served * wait;
        });
        sums
    }
}

/// A positive number beyond the range of `f64`: `value`·2^(512·`power`).
#[derive(Debug, Clone, Copy)]
struct Scaled {
    value: f64,
    power: i32,
}

/// 2⁵¹², by which a [`Scaled`] number is brought back into range without rounding.
const STRIDE: f64 = 1.340_780_792_994_259_7e154;

impl Scaled {
    fn new(value: f64) -> Self {
        Self { value, power: 0 }
    }

    /// e^(−`exponent`).
    fn exp_minus(exponent: f64) -> Self {
        let stride = 512.0 * std::f64::consts::LN_2;
        // Beyond this no number of terms that is added up here brings it back from 0.
        let exponent = exponent.min(1e9);
        let strides = (exponent / stride).floor();
        Self {
            value: (strides * stride - exponent).exp(),
            power: -(strides as i32),
        }
    }

    #[inline]
    fn multiply(&mut self, factor: f64) {
        self.value *= factor;
        if self.value > STRIDE {
            self.value /= STRIDE;
            self.power += 1;
        } else if self.value < 1.0 / STRIDE && self.value > 0.0 {
            self.value *= STRIDE;
            self.power -= 1;
        }
    }

    fn add(&mut self, other: Self) {
        if other.power > self.power {
            self.value = self.over(Self {
                value: 1.0,
                power: other.power,
            });
            self.power = other.power;
        }
        self.value += other.over(Self {
            value: 1.0,
            power: self.power,
        });
    }

    #[inline]
    fn over(self, other: Self) -> f64 {
        let quotient = self.value / other.value;
        match self.power - other.power {
            0 => quotient,
            1 => quotient * STRIDE,
            -1 => quotient / STRIDE,
            power if power < 0 => 0.0,
            _ => f64::INFINITY,
        }
    }
}

/// The incomplete beta function I_x(a, j+1) for j = 0, 1, 2, … with x = e^(−`exponent`): the sum
/// of the terms d_j = d_{j−1}·(1 − x)(a + j − 1)/j, d₀ = xᵃ, which are all positive.
struct Beta {
    first: f64,
    miss: f64,
    term: Scaled,
    sum: Scaled,
    rest: f64,
}

impl Beta {
    fn new(first: f64, exponent: f64) -> Self {
        let term = Scaled::exp_minus(first * exponent);
        Self {
            first,
            miss: -(-exponent).exp_m1(),
            term,
            sum: term,
            rest: -(-first * exponent).exp_m1(),
        }
    }

    fn step_to(&mut self, j: u32) {
        if j > 0 {
            self.term
                .multiply(self.miss * (self.first + f64::from(j) - 1.0) / f64::from(j));
            self.sum.add(self.term);
            self.rest -= self.term.over(Scaled::new(1.0));
        }
    }

    /// I_x(a, j+1); the calls must come with j = 0, 1, 2, ….
    fn at_most(&mut self, j: u32) -> f64 {
        self.step_to(j);
        self.sum.over(Scaled::new(1.0)).min(1.0)
    }

    /// 1 − I_x(a, j+1), under the same condition.
    fn more(&mut self, j: u32) -> f64 {
        self.step_to(j);
        self.rest.max(0.0)
    }
}
