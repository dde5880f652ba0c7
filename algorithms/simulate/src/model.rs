//! What is simulated, in words: steps, staff, rooms, customers. [`crate::json`] reads it.

use std::fmt;

use crate::distribution::Distribution;

/// A shop, a practice, a call centre: everything that one replication needs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Model {
    /// The steps that visits are made of, in any order.
    pub steps: Vec<Step>,
    /// Who works. Persons with the same skills and shifts are best put together as one team.
    pub staff: Vec<Team>,
    /// Where work is done.
    pub rooms: Vec<Room>,
    /// Who comes.
    pub customers: Vec<Group>,
    /// When the door is open; always, if empty.
    pub opening: Vec<Span>,
    /// After how many minutes opening, shifts and arrival rates begin again; never, if `None`.
    pub cycle_minutes: Option<f64>,
    /// How long customers come, in minutes.
    pub horizon_minutes: f64,
    /// How much of that passes before anything is counted, in minutes.
    pub warm_up_minutes: f64,
    /// Whether those inside at the horizon are still served (for as long again at most).
    pub run_on: bool,
    /// The wait that should not be exceeded, in minutes.
    pub wait_target_minutes: f64,
}

/// One step of a visit.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its name, unlike any other and neither `end` nor `join`.
    pub name: String,
    /// What happens in it.
    pub kind: Kind,
    /// Where it leads, by chance; the shares add up to 1. A loop is a step that leads back.
    pub next: Vec<Way>,
}

/// What happens in a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Work or waiting time.
    Work {
        /// How long it takes, in minutes.
        minutes: Distribution,
        /// Skills that one member of staff must have, all of them; nobody is needed if empty.
        skills: Vec<String>,
        /// Rooms of which one each is taken for the step.
        rooms: Vec<String>,
    },
    /// Nothing but a choice of the way; takes no time.
    Choice,
    /// Several branches at once; the visit goes on when all have come to `join`.
    Parallel {
        /// The first step of each branch.
        branches: Vec<String>,
    },
}

/// One way on from a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// The name of a step, `join` at the end of a branch, `end` at the end of the visit.
    pub to: String,
    /// The chance of it, above 0 and at most 1.
    pub share: f64,
}

/// Staff with equal skills and shifts.
#[derive(Debug, Clone, PartialEq)]
pub struct Team {
    /// Its name, unlike that of any other team.
    pub name: String,
    /// How many they are.
    pub count: u32,
    /// What each of them can do.
    pub skills: Vec<String>,
    /// When they are on duty; always, if empty. Work begun is finished after the shift.
    pub shifts: Vec<Span>,
}

/// Rooms, chairs or machines of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Room {
    /// Its name, unlike that of any other kind.
    pub name: String,
    /// How many there are.
    pub count: u32,
}

/// Customers who come and behave alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its name, unlike that of any other group.
    pub name: String,
    /// Who goes first where several wait: the smaller number; then first come, first served.
    pub priority: i64,
    /// The first step of their visit.
    pub start: String,
    /// When they come.
    pub arrivals: Arrivals,
    /// How many turn round at the sight of a queue: of these thresholds the highest reached
    /// counts. Only who would have to wait looks at the queue.
    pub balking: Vec<Balking>,
    /// For how long they wait for their first work before they leave; for ever if `None`.
    pub patience: Option<Distribution>,
}

/// The share that does not stay when so many wait for the first step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Balking {
    /// From how many waiting customers on.
    pub waiting_at_least: u32,
    /// The share that leaves at once, 0 to 1.
    pub share: f64,
}

/// When customers come.
#[derive(Debug, Clone, PartialEq)]
pub enum Arrivals {
    /// By chance, at a rate that may change with the time.
    Poisson(Vec<Rate>),
    /// One after the other with such gaps, in minutes.
    Every(Distribution),
    /// At these minutes.
    At(Vec<f64>),
    /// By appointment.
    Bookings {
        /// The minutes of the appointments.
        at_minutes: Vec<f64>,
        /// The share that does not come, 0 to 1.
        no_show: f64,
        /// How many minutes after the appointment they come; early ones have less than 0.
        lateness: Distribution,
    },
}

/// An arrival rate from some minute on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// From when on, in minutes.
    pub from_minute: f64,
    /// Arrivals per hour.
    pub per_hour: f64,
}

/// A span of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// Its first minute.
    pub from_minute: f64,
    /// The minute at which it is over.
    pub until_minute: f64,
}

/// Why a model cannot be simulated: which element, and what is allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Where, for instance `steps[2].next[0].to`.
    pub path: String,
    /// What is wrong with it and what is allowed.
    pub reason: String,
}

impl Wrong {
    pub(crate) fn new(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            reason: reason.into(),
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

impl std::error::Error for Wrong {}
