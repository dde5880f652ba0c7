//! The customer base as a model reads it: equal histories counted once.

use crate::law::{Law, PARAMETERS_MAX, Slope};
use crate::{Customer, Error};

/// Rows of one block: small enough for the cache, large enough that Γ(r + x) costs nothing.
const BLOCK_ROWS: usize = 4096;
/// From this many rows on, a pass uses two threads.
const THREADED_ROWS: usize = 32_768;
/// Rows of the sample that finds the neighbourhood of the peak for a large base.
const SAMPLE_ROWS: usize = 8_192;

/// Histories with the same number of repeats, column by column; times in mean ages.
#[derive(Debug, Clone)]
pub(crate) struct Rows {
    pub repeats: f64,
    pub recency: Vec<f64>,
    pub age: Vec<f64>,
    pub count: Vec<f64>,
}

/// A customer base, checked, with equal histories joined and time measured in mean ages.
///
/// Measuring in mean ages makes every fit the same whatever unit the caller counts in.
#[derive(Debug, Clone)]
pub struct Base {
    blocks: Vec<Rows>,
    rows: usize,
    customers: usize,
    repeats: f64,
    scale: f64,
}

impl Base {
    /// Reads and joins histories.
    ///
    /// # Errors
    /// [`Error::Empty`], [`Error::NobodyReturned`], or [`Error::History`] with the customer.
    pub fn new(customers: &[Customer]) -> Result<Self, Error> {
        if customers.is_empty() {
            return Err(Error::Empty);
        }
        let mut keys = Vec::with_capacity(customers.len());
        for (index, customer) in customers.iter().enumerate() {
            customer.check(index)?;
            // Bits of numbers that are not negative sort as the numbers do.
            let (recency, age) = (customer.recency + 0.0, customer.age + 0.0);
            keys.push((customer.repeats, age.to_bits(), recency.to_bits()));
        }
        let repeats: f64 = customers.iter().map(|c| f64::from(c.repeats)).sum();
        let age: f64 = customers.iter().map(|c| c.age).sum();
        if repeats == 0.0 || age == 0.0 {
            let customers = customers.len();
            return Err(Error::NobodyReturned { customers });
        }
        keys.sort_unstable();
        let scale = age / customers.len() as f64;
        let joined = keys
            .chunk_by(|a, b| a == b)
            .map(|same| (same[0], same.len() as f64));
        Ok(Self::from_rows(joined, scale))
    }

    fn from_rows(rows: impl Iterator<Item = ((u32, u64, u64), f64)>, scale: f64) -> Self {
        let mut base = Self {
            blocks: Vec::new(),
            rows: 0,
            customers: 0,
            repeats: 0.0,
            scale,
        };
        for ((repeats, age, recency), count) in rows {
            let times = [f64::from_bits(recency) / scale, f64::from_bits(age) / scale];
            base.push(f64::from(repeats), times, count);
        }
        base
    }

    fn push(&mut self, repeats: f64, [recency, age]: [f64; 2], count: f64) {
        let full = |block: &Rows| block.repeats != repeats || block.age.len() == BLOCK_ROWS;
        if self.blocks.last().is_none_or(full) {
            self.blocks.push(Rows {
                repeats,
                recency: Vec::new(),
                age: Vec::new(),
                count: Vec::new(),
            });
        }
        let block = self.blocks.last_mut().expect("one was just pushed");
        block.recency.push(recency);
        block.age.push(age);
        block.count.push(count);
        self.rows += 1;
        self.customers += count as usize;
        self.repeats += repeats * count;
    }

    /// Customers in it.
    pub fn customers(&self) -> usize {
        self.customers
    }

    /// Different histories in it.
    pub fn histories(&self) -> usize {
        self.rows
    }

    /// Mean age, in the caller's unit: what one unit of time is inside.
    pub(crate) fn scale(&self) -> f64 {
        self.scale
    }

    /// All repeats of all customers.
    pub(crate) fn repeats(&self) -> f64 {
        self.repeats
    }

    /// Log-likelihood and its slope, in mean ages; the same to the last bit on any machine.
    pub(crate) fn tally(&self, law: &dyn Law) -> (f64, Slope) {
        let one = |block: &Rows| {
            let mut slope = [0.0; PARAMETERS_MAX];
            (law.tally(block, &mut slope), slope)
        };
        let parts: Vec<(f64, Slope)> = if self.rows < THREADED_ROWS {
            self.blocks.iter().map(one).collect()
        } else {
            let (front, back) = self.blocks.split_at(self.blocks.len() / 2);
            std::thread::scope(|scope| {
                let other = scope.spawn(|| back.iter().map(one).collect::<Vec<_>>());
                let mut parts: Vec<_> = front.iter().map(one).collect();
                parts.extend(other.join().expect("a pass over numbers does not panic"));
                parts
            })
        };
        let mut total = (0.0, [0.0; PARAMETERS_MAX]);
        for (value, slope) in parts {
            total.0 += value;
            for (sum, part) in total.1.iter_mut().zip(slope) {
                *sum += part;
            }
        }
        total
    }

    /// Every k-th history, when there are so many that a part of them finds the neighbourhood.
    pub(crate) fn sample(&self) -> Option<Self> {
        if self.rows < 4 * SAMPLE_ROWS {
            return None;
        }
        let step = self.rows / SAMPLE_ROWS;
        let mut sample = Self::from_rows(std::iter::empty(), self.scale);
        let every = self.each_row().step_by(step);
        every.for_each(|(repeats, times, count)| sample.push(repeats, times, count));
        Some(sample)
    }

    /// As many customers again, drawn with replacement; `draw(n)` gives a number below n.
    pub(crate) fn resample(&self, mut draw: impl FnMut(u64) -> u64) -> Self {
        let mut owner = Vec::with_capacity(self.customers);
        for (row, (_, _, count)) in self.each_row().enumerate() {
            owner.resize(owner.len() + count as usize, row);
        }
        let mut counts = vec![0_u32; self.rows];
        for _ in 0..owner.len() {
            counts[owner[draw(owner.len() as u64) as usize]] += 1;
        }
        let mut drawn = Self::from_rows(std::iter::empty(), self.scale);
        for ((repeats, times, _), count) in self.each_row().zip(counts) {
            if count > 0 {
                drawn.push(repeats, times, f64::from(count));
            }
        }
        drawn
    }

    fn each_row(&self) -> impl Iterator<Item = (f64, [f64; 2], f64)> {
        self.blocks.iter().flat_map(|block| {
            let times = block.recency.iter().zip(&block.age);
            let rows = times.zip(&block.count);
            rows.map(|((&recency, &age), &count)| (block.repeats, [recency, age], count))
        })
    }
}
