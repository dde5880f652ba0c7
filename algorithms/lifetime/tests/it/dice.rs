//! Customers made by chance from a model, the same from the same seed.

use lifetime::{Customer, Kind, Model};

/// Numbers from a seed: SplitMix64, and what can be made of it.
pub struct Dice(pub u64);

impl Dice {
    /// A share of one, never 0.
    pub fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64 + 1e-17
    }

    fn exponential(&mut self, rate: f64) -> f64 {
        -self.share().ln() / rate
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * self.share().ln()).sqrt() * (std::f64::consts::TAU * self.share()).cos()
    }

    /// Marsaglia & Tsang (2000), with the usual power of a share for shapes below 1.
    pub fn gamma(&mut self, shape: f64, rate: f64) -> f64 {
        if shape < 1.0 {
            let power = self.share().powf(1.0 / shape);
            return self.gamma(shape + 1.0, rate) * power;
        }
        let d = shape - 1.0 / 3.0;
        loop {
            let x = self.normal();
            let v = (1.0 + x / (9.0 * d).sqrt()).powi(3);
            if v > 0.0 && self.share().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v / rate;
            }
        }
    }

    fn beta(&mut self, a: f64, b: f64) -> f64 {
        let (x, y) = (self.gamma(a, 1.0), self.gamma(b, 1.0));
        x / (x + y)
    }

    /// A life as the model tells it, watched from the first purchase to `age`.
    pub fn customer(&mut self, model: &Model, age: f64) -> Customer {
        let visits = self.visits(model, age);
        let recency = visits.last().copied().unwrap_or(0.0);
        Customer::new(visits.len() as u32, recency, age)
    }

    /// The times of the repeat purchases of such a life.
    pub fn visits(&mut self, model: &Model, age: f64) -> Vec<f64> {
        let values = model.parameters();
        let rate = self.gamma(values[0], values[1]);
        let (leave_share, leave_at) = match model.kind() {
            Kind::BgNbd | Kind::MbgNbd => (self.beta(values[2], values[3]), f64::INFINITY),
            Kind::ParetoNbd => {
                let rate = self.gamma(values[2], values[3]);
                (0.0, self.exponential(rate))
            }
            Kind::Nbd => (0.0, f64::INFINITY),
        };
        let (mut visits, mut now) = (Vec::new(), 0.0);
        let mut here = model.kind() != Kind::MbgNbd || self.share() >= leave_share;
        while here {
            now += self.exponential(rate);
            if now > age.min(leave_at) {
                break;
            }
            visits.push(now);
            here = self.share() >= leave_share;
        }
        visits
    }
}
