//! What the door sees: who waits, who is served since when, who is on duty and until when.

/// One ticket of the past; times are in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ticket {
    /// When the customer came, counted from the start of the day.
    pub arrive_s: f64,
    /// How long he waited, until he was called or left.
    pub wait_s: f64,
    /// How long he was served; `None` for one who left unserved.
    pub service_s: Option<f64>,
    /// How many staff were on duty when he came.
    pub staff: u32,
}

impl Ticket {
    /// When he left the queue: called or gone.
    #[must_use]
    pub fn called_s(&self) -> f64 {
        self.arrive_s + self.wait_s
    }

    /// When his story ended and could be learnt from.
    #[must_use]
    pub fn end_s(&self) -> f64 {
        self.called_s() + self.service_s.unwrap_or(0.0)
    }
}

/// The tickets of one day of one site, in the order of arrival.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Day {
    tickets: Vec<Ticket>,
    /// For each ticket the latest end up to it: before the first one that is past, all is past.
    latest_end_s: Vec<f64>,
}

impl Day {
    /// A day of tickets; they are put into the order of arrival.
    #[must_use]
    pub fn new(mut tickets: Vec<Ticket>) -> Self {
        tickets.sort_by(|a, b| a.arrive_s.total_cmp(&b.arrive_s));
        let latest_end_s = tickets.iter().scan(0.0_f64, |latest, ticket| {
            *latest = latest.max(ticket.end_s());
            Some(*latest)
        });
        Self {
            latest_end_s: latest_end_s.collect(),
            tickets,
        }
    }

    /// The tickets in the order of arrival.
    #[must_use]
    pub fn tickets(&self) -> &[Ticket] {
        &self.tickets
    }

    /// Those who were here when the customer with this index came, first come first.
    fn here_at(&self, index: usize) -> impl Iterator<Item = &Ticket> {
        let now = self.tickets[index].arrive_s;
        let gone = self.latest_end_s[..index].partition_point(|&end| end <= now);
        self.tickets[gone..index].iter()
    }

    /// How many waited when the customer with this index came.
    pub(super) fn waiting_at(&self, index: usize) -> u32 {
        let now = self.tickets[index].arrive_s;
        let waiting = self.here_at(index).filter(|ticket| ticket.called_s() > now);
        waiting.count() as u32
    }
}

/// The moment of an arrival, with nothing in it of what comes after.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scene {
    /// How many wait already.
    pub queue: u32,
    /// For each customer who is being served: for how many seconds.
    pub serving_s: Vec<f64>,
    /// How many staff are on duty.
    pub staff: u32,
    /// When, in seconds from now, how many staff will be on duty instead; soonest first.
    pub changes: Vec<(f64, u32)>,
}

impl Scene {
    /// What the customer with this index sees on arrival.
    #[must_use]
    pub fn at(day: &Day, index: usize, roster: &Roster) -> Self {
        let Ticket {
            arrive_s, staff, ..
        } = day.tickets[index];
        let served = day.here_at(index).filter(|ticket| {
            ticket.service_s.is_some() && ticket.called_s() <= arrive_s && ticket.end_s() > arrive_s
        });
        Self {
            queue: day.waiting_at(index),
            serving_s: served.map(|ticket| arrive_s - ticket.called_s()).collect(),
            staff,
            changes: roster.changes(arrive_s, staff),
        }
    }

    /// Whether whoever comes now is served at once.
    #[must_use]
    pub fn is_free(&self) -> bool {
        self.queue == 0 && (self.serving_s.len() as u32) < self.staff
    }
}

/// Seconds for which a roster holds one number of staff.
const SLOT_S: f64 = 300.0;

/// How many staff are on duty through a usual day, by slots of five minutes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Roster {
    slots: Vec<Option<u32>>,
}

impl Roster {
    /// The roster that earlier days show: in each slot the number seen most often.
    #[must_use]
    pub fn learn(days: &[Day]) -> Self {
        let mut seen: Vec<Vec<u32>> = Vec::new();
        for ticket in days.iter().flat_map(|day| &day.tickets) {
            let slot = slot_of(ticket.arrive_s);
            if seen.len() <= slot {
                seen.resize(slot + 1, Vec::new());
            }
            seen[slot].push(ticket.staff);
        }
        Self {
            slots: seen.into_iter().map(most_frequent).collect(),
        }
    }

    /// The changes after `now_s`, of which the first is the first that differs from `staff`.
    fn changes(&self, now_s: f64, staff: u32) -> Vec<(f64, u32)> {
        let here = slot_of(now_s);
        let planned = self.slots.get(here).copied().flatten();
        let mut known = planned.unwrap_or(staff);
        let mut changes = Vec::new();
        for (slot, planned) in self.slots.iter().enumerate().skip(here + 1) {
            let Some(planned) = *planned else { continue };
            if planned != known {
                changes.push((slot as f64 * SLOT_S - now_s, planned));
                known = planned;
            }
        }
        changes
    }
}

fn slot_of(time_s: f64) -> usize {
    (time_s.max(0.0) / SLOT_S) as usize
}

fn most_frequent(mut seen: Vec<u32>) -> Option<u32> {
    seen.sort_unstable();
    seen.chunk_by(|a, b| a == b)
        .max_by_key(|run| run.len())
        .map(|run| run[0])
}
