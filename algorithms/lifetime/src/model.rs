//! The models by name, and what they foretell of a customer.

use std::fmt;

use crate::beta_geometric::BetaGeometric;
use crate::law::Law;
use crate::nbd::Nbd;
use crate::pareto::Pareto;
use crate::quadrature::integral;
use crate::{Customer, Error};

/// Which model of coming back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Everybody stays (Ehrenberg 1959).
    Nbd,
    /// One may leave after a repeat purchase (Fader, Hardie & Lee 2005).
    BgNbd,
    /// One may leave after any purchase, the first included (Batislam et al. 2007).
    MbgNbd,
    /// One may leave at any moment (Schmittlein, Morrison & Colombo 1987).
    ParetoNbd,
}

impl Kind {
    /// All models, the simplest first.
    pub const ALL: [Self; 4] = [Self::Nbd, Self::BgNbd, Self::MbgNbd, Self::ParetoNbd];

    /// The name in the literature.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nbd => "NBD",
            Self::BgNbd => "BG/NBD",
            Self::MbgNbd => "MBG/NBD",
            Self::ParetoNbd => "Pareto/NBD",
        }
    }

    /// Names of the parameters, in the order in which they are given and returned.
    pub fn parameter_names(self) -> &'static [&'static str] {
        match self {
            Self::Nbd => &["r", "alpha"],
            Self::BgNbd | Self::MbgNbd => &["r", "alpha", "a", "b"],
            Self::ParetoNbd => &["r", "alpha", "s", "beta"],
        }
    }

    /// Whether a parameter is a time, so that it changes with the unit.
    pub(crate) fn is_time(name: &str) -> bool {
        matches!(name, "alpha" | "beta")
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[derive(Debug, Clone, Copy)]
enum Inner {
    Nbd(Nbd),
    BetaGeometric(BetaGeometric),
    Pareto(Pareto),
}

/// A model with its parameters: what it foretells is in the unit of time of its parameters.
#[derive(Debug, Clone, Copy)]
pub struct Model {
    kind: Kind,
    inner: Inner,
}

impl Model {
    /// A model with given parameters, in the order of [`Kind::parameter_names`].
    ///
    /// # Errors
    /// [`Error::ParameterCount`], or [`Error::Parameter`] for one that is not a positive number.
    pub fn new(kind: Kind, parameters: &[f64]) -> Result<Self, Error> {
        let names = kind.parameter_names();
        if parameters.len() != names.len() {
            return Err(Error::ParameterCount {
                needed: names.len(),
                given: parameters.len(),
            });
        }
        for (&name, &value) in names.iter().zip(parameters) {
            if !(value > 0.0 && value.is_finite()) {
                return Err(Error::Parameter { name, value });
            }
        }
        Ok(Self::of_checked(kind, parameters))
    }

    pub(crate) fn of_checked(kind: Kind, values: &[f64]) -> Self {
        let beta_geometric = |leaves_at_once| {
            Inner::BetaGeometric(BetaGeometric {
                r: values[0],
                alpha: values[1],
                a: values[2],
                b: values[3],
                leaves_at_once,
            })
        };
        let inner = match kind {
            Kind::Nbd => Inner::Nbd(Nbd {
                r: values[0],
                alpha: values[1],
            }),
            Kind::BgNbd => beta_geometric(false),
            Kind::MbgNbd => beta_geometric(true),
            Kind::ParetoNbd => Inner::Pareto(Pareto {
                r: values[0],
                alpha: values[1],
                s: values[2],
                beta: values[3],
            }),
        };
        Self { kind, inner }
    }

    pub(crate) fn law(&self) -> &dyn Law {
        match &self.inner {
            Inner::Nbd(law) => law,
            Inner::BetaGeometric(law) => law,
            Inner::Pareto(law) => law,
        }
    }

    /// Which model it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The parameters, in the order of [`Kind::parameter_names`].
    pub fn parameters(&self) -> Vec<f64> {
        match self.inner {
            Inner::Nbd(law) => vec![law.r, law.alpha],
            Inner::BetaGeometric(law) => vec![law.r, law.alpha, law.a, law.b],
            Inner::Pareto(law) => vec![law.r, law.alpha, law.s, law.beta],
        }
    }

    /// The chance that the customer has not left for good at the end of the observation.
    pub fn p_alive(&self, customer: &Customer) -> f64 {
        self.law().p_alive(customer)
    }

    /// Expected purchases in the time `t` ≥ 0 after the observation.
    pub fn expected(&self, customer: &Customer, t: f64) -> f64 {
        // The difference of two nearly equal numbers may fall a hair below nothing.
        self.law().expected(customer, t.max(0.0)).max(0.0)
    }

    /// Expected repeat purchases of somebody new in the time `t` ≥ 0 after the first purchase.
    pub fn expected_of_new(&self, t: f64) -> f64 {
        self.expected(&Customer::just_arrived(), t)
    }

    /// The chance that somebody new makes exactly `n` repeat purchases in the time `t` ≥ 0.
    pub fn probability(&self, t: f64, n: u32) -> f64 {
        let t = t.max(0.0);
        if t == 0.0 {
            return if n == 0 { 1.0 } else { 0.0 };
        }
        self.law().probability(t, n).clamp(0.0, 1.0)
    }

    /// The chance that the customer buys again within the time `t` ≥ 0 after the observation.
    pub fn return_within(&self, customer: &Customer, t: f64) -> f64 {
        self.law()
            .return_within(customer, t.max(0.0))
            .clamp(0.0, 1.0)
    }

    /// The time within which the next visit falls with chance `share` (0 < share < 1), given that
    /// the customer has not left.
    ///
    /// `None` if even without end the chance stays below `share`, or if `share` is out of range.
    pub fn next_visit(&self, customer: &Customer, share: f64) -> Option<f64> {
        if !(share > 0.0 && share < 1.0) {
            return None;
        }
        let alive = self.p_alive(customer);
        let chance = |t: f64| self.return_within(customer, t) / alive;
        // No history and no model reaches beyond this many times its own length.
        let mut high = customer.age.max(self.parameters()[1]);
        let furthest = high * 1e12;
        while chance(high) < share {
            high *= 4.0;
            if high > furthest {
                return None;
            }
        }
        let mut low = 0.0;
        while high - low > 1e-10 * high {
            let middle = 0.5 * (low + high);
            if chance(middle) < share {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some(0.5 * (low + high))
    }

    /// Discounted expected residual transactions: all purchases to come, each worth e^(−rate·t).
    ///
    /// `rate` > 0 is the continuous discount rate per unit of time, such as ln(1.15)/52 a week.
    /// Fader, Hardie & Lee (2005), "RFM and CLV: using iso-value curves for customer base
    /// analysis", Journal of Marketing Research 42(4): 415–430. Computed as
    /// ∫ e^(−v) E[Y(v/rate)] dv, which is the same by parts.
    ///
    /// # Errors
    /// [`Error::Range`] if the rate is not a positive number.
    pub fn discounted(&self, customer: &Customer, rate: f64) -> Result<f64, Error> {
        if !(rate > 0.0 && rate.is_finite()) {
            return Err(Error::Range {
                what: "the discount rate",
                value: rate,
            });
        }
        // v = c(e^w − 1) with c the time that the expectation bends at, in units of 1/rate.
        let c = (rate * (customer.age + self.parameters()[1])).min(1.0);
        let end = (45.0 / c).ln_1p();
        let panels = (end / 0.5).ceil() as usize;
        let value = |w: f64| {
            let v = c * w.exp_m1();
            (-v).exp() * (v + c) * self.expected(customer, v / rate)
        };
        Ok(integral(0.0, end, panels, value))
    }
}
