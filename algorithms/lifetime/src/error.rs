//! Why there is no answer.

use std::fmt;

/// Why data or a model gave no answer. Rows and customers are counted from 0.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// There is no purchase or no customer.
    Empty,
    /// Nobody bought a second time, so nothing can be learnt about coming back.
    NobodyReturned {
        /// Customers looked at.
        customers: usize,
    },
    /// Fewer different histories than a model has parameters.
    TooFew {
        /// Different histories among the customers.
        histories: usize,
        /// Fewest that the model takes.
        needed: usize,
    },
    /// The likelihood rises without end as a parameter goes to its limit.
    NoMaximum {
        /// Name of the model.
        model: &'static str,
        /// Name of the parameter.
        parameter: &'static str,
    },
    /// A parameter of a model is not a positive number.
    Parameter {
        /// Name of the parameter.
        name: &'static str,
        /// What was given.
        value: f64,
    },
    /// A model was given too few or too many parameters.
    ParameterCount {
        /// How many it takes.
        needed: usize,
        /// How many were given.
        given: usize,
    },
    /// A customer's history cannot be: it takes 0 ≤ recency ≤ age, and no recency without repeats.
    History {
        /// Which customer.
        customer: usize,
    },
    /// An amount of money is negative or not a number.
    Spend {
        /// Which row.
        row: usize,
        /// What was given.
        value: f64,
    },
    /// A purchase lies after the last day that was observed.
    Future {
        /// Which row.
        row: usize,
    },
    /// Customers are numbered from 0 without gaps; this number is too large for that.
    CustomerNumber {
        /// Which row.
        row: usize,
        /// What was given.
        number: u32,
    },
    /// A span of time, a rate or a share lies outside what is allowed.
    Range {
        /// What it is.
        what: &'static str,
        /// What was given.
        value: f64,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there are no purchases to learn from"),
            Self::NobodyReturned { customers } => write!(
                f,
                "none of the {customers} customers came back in the time observed, \
                 so nothing can be learnt about coming back; observe longer"
            ),
            Self::TooFew { histories, needed } => write!(
                f,
                "{histories} different histories are too few: the model takes at least {needed}"
            ),
            Self::NoMaximum { model, parameter } => write!(
                f,
                "{model} does not fit these data: its likelihood has no peak in {parameter}; \
                 a simpler model may"
            ),
            Self::Parameter { name, value } => {
                write!(
                    f,
                    "the parameter {name} is {value}; it takes a positive number"
                )
            }
            Self::ParameterCount { needed, given } => {
                write!(f, "the model takes {needed} parameters, not {given}")
            }
            Self::History { customer } => write!(
                f,
                "the history of customer {customer} cannot be: \
                 it takes 0 <= recency <= age, and recency 0 without repeats"
            ),
            Self::Spend { row, value } => {
                write!(f, "row {row}: the spend is {value}; it takes 0 or more")
            }
            Self::Future { row } => {
                write!(
                    f,
                    "row {row}: the purchase lies after the last day observed"
                )
            }
            Self::CustomerNumber { row, number } => write!(
                f,
                "row {row}: customer {number}; customers are numbered from 0 without gaps"
            ),
            Self::Range { what, value } => write!(f, "{what} is {value}, outside its range"),
        }
    }
}

impl std::error::Error for Error {}
