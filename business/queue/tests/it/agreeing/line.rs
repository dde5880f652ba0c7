//! The line of the shop on paper: numbers, calls, and how a number follows its order.

use orders::StateName as S;

use super::{
    book::PEOPLE,
    paper::{Ask, Paper, Told},
};

/// Where a number stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Waiting,
    Called,
    /// Until a minute.
    Away(i64),
    Serving,
    Done,
    Left,
    NoShow,
}

impl Stage {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Called => "called",
            Self::Away(_) => "away",
            Self::Serving => "serving",
            Self::Done => "done",
            Self::Left => "left",
            Self::NoShow => "no_show",
        }
    }

    const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Called | Self::Away(_))
    }

    fn stands(self, now: i64) -> bool {
        match self {
            Self::Waiting => true,
            Self::Away(until) => until <= now,
            _ => false,
        }
    }

    /// Refuses what only those who wait can do.
    fn open(self) -> Told {
        match self {
            open if open.is_open() => Ok(()),
            Self::Serving => Err("queue-already-serving"),
            _ => Err("queue-already-over"),
        }
    }
}

/// A number in somebody's hand.
#[derive(Clone, Copy, Debug)]
pub struct Ticket {
    pub number: i64,
    pub stage: Stage,
    /// The microsecond it counts from.
    pub rank: i64,
    spa: bool,
    joined: i64,
    booked: Option<i64>,
    wanted: Option<usize>,
    was_called: bool,
    /// The minute of an act that can be taken back, and the stage before.
    undo: Option<(i64, Stage)>,
}

impl Ticket {
    fn move_on(&mut self, stage: Stage) {
        self.stage = stage;
        self.undo = None;
    }

    fn move_for_now(&mut self, stage: Stage, now: i64) {
        self.undo = Some((now, self.stage));
        self.stage = stage;
    }

    fn call(&mut self, now: i64) {
        match self.stage {
            Stage::Called => self.move_on(Stage::Called),
            _ => self.move_for_now(Stage::Called, now),
        }
        self.was_called = true;
    }

    /// The holder waits after all, called as before.
    fn reopen(&mut self) {
        self.move_on(match self.was_called {
            true => Stage::Called,
            false => Stage::Waiting,
        });
    }

    fn is_due(&self, now: i64) -> bool {
        let is_time = self.booked.is_some_and(|booked| booked <= now);
        is_time && self.wanted.is_some() && self.stage.stands(now)
    }
}

impl Paper {
    /// Gives an order the next number of its line.
    pub fn join(&mut self, at: usize, wanted: Option<usize>, booked: Option<i64>) {
        let spa = self.orders[at].facial;
        self.numbers[usize::from(spa)] += 1;
        let number = self.numbers[usize::from(spa)];
        let own = match booked {
            Some(booked) if self.now <= booked + 10 => booked.max(self.now),
            _ => self.now,
        };
        self.orders[at].ticket = Some(Ticket {
            number,
            stage: Stage::Waiting,
            rank: own * 60_000_000 + number * 1_000,
            spa,
            joined: self.now,
            booked,
            wanted,
            was_called: false,
            undo: None,
        });
    }

    fn check_in(&mut self, at: usize) -> Told {
        self.arrive(at)?;
        let order = &mut self.orders[at];
        if let Some(ticket) = &mut order.ticket {
            if order.state == S::Waiting && !ticket.stage.is_open() {
                ticket.reopen();
            }
            return Ok(());
        }
        if order.state != S::Waiting {
            return Err("queue-already-serving");
        }
        let (booked, wanted) = (order.slot.map(|slot| slot.0), order.slot.map(|slot| slot.1));
        self.join(at, wanted, booked);
        Ok(())
    }

    /// What is asked of a number; nothing where an order has none.
    pub fn act_on_ticket(&mut self, at: usize, ask: Ask) -> Told {
        if matches!(ask, Ask::CheckIn(_)) {
            return self.check_in(at);
        }
        let now = self.now;
        let Some(mut ticket) = self.orders[at].ticket else {
            return Ok(());
        };
        match ask {
            Ask::Call(..) => {
                ticket.stage.open()?;
                ticket.call(now);
            }
            Ask::StepOut(_, minutes) => {
                ticket.stage.open()?;
                ticket.move_for_now(Stage::Away(now + minutes), now);
            }
            Ask::PutBack(_) => {
                ticket.stage.open()?;
                ticket.move_on(Stage::Waiting);
            }
            Ask::Miss(_) => {
                if matches!(ticket.stage, Stage::Waiting | Stage::Away(_)) {
                    return Err("queue-call-first");
                }
                ticket.stage.open()?;
                ticket.move_for_now(Stage::NoShow, now);
            }
            Ask::Serve(_, who) => {
                self.start(at, Some(who))?;
                if ticket.stage != Stage::Done {
                    ticket.stage.open()?;
                }
                ticket.move_on(Stage::Serving);
            }
            Ask::TakeBack(_) => match ticket.undo {
                Some((minute, before)) if minute == now => ticket.move_on(before),
                _ => return Err("queue-undo-late"),
            },
            _ => {}
        }
        self.orders[at].ticket = Some(ticket);
        Ok(())
    }

    /// Calls whom somebody takes next: who is booked with them and due, else the first in line.
    pub fn call_next(&mut self, staff: usize) -> Told {
        let now = self.now;
        let waits = |order: &&mut super::paper::Order| order.state == S::Waiting;
        let orders = self.orders.iter_mut().filter(waits);
        let mut line: Vec<&mut Ticket> = orders
            .filter_map(|order| order.ticket.as_mut())
            .filter(|ticket| ticket.stage.is_open())
            .collect();
        line.sort_by_key(|ticket| (ticket.rank, ticket.number, ticket.spa));
        let due = |ticket: &Ticket| ticket.wanted == Some(staff) && ticket.is_due(now);
        let dues: Vec<usize> = (0..line.len()).filter(|at| due(line[*at])).collect();
        let may = |at: usize| {
            let ticket = &*line[at];
            let kept = dues.iter().any(|due| *due != at);
            let able = !ticket.spa || PEOPLE[staff].facials;
            !kept && able && ticket.wanted.is_none_or(|wanted| wanted == staff)
        };
        let mut here = (0..line.len()).filter(|at| line[*at].stage.stands(now));
        let next = dues.first().copied().or_else(|| here.find(|at| may(*at)));
        let next = next.ok_or("queue-nobody-waits")?;
        line[next].call(now);
        Ok(())
    }
}

/// Brings every number into step with its order, as the program does every few seconds.
pub fn settled(paper: &mut Paper) {
    for at in 0..paper.orders.len() {
        let now = paper.now;
        let state = paper.orders[at].state;
        let Some(mut ticket) = paper.orders[at].ticket else {
            continue;
        };
        let stage = ticket.stage;
        let is_on = stage.is_open() || stage == Stage::Serving;
        match state {
            S::Waiting if stage.is_open() && ticket.joined < now - 8 * 60 => {
                paper.cancel(at).expect("whoever waits can be given up");
                ticket.move_on(Stage::Left);
            }
            S::Waiting if stage == Stage::NoShow => match ticket.undo {
                Some((minute, _)) if minute < now => {
                    ticket.undo = None;
                    paper.no_show(at).expect("whoever waits can be missed");
                }
                Some(_) => {}
                None => ticket.reopen(),
            },
            S::Waiting if stage == Stage::Serving => ticket.reopen(),
            S::Serving if stage.is_open() || stage == Stage::Done => ticket.move_on(Stage::Serving),
            S::Finished if is_on => ticket.move_on(Stage::Done),
            S::Cancelled | S::Expired if is_on => ticket.move_on(Stage::Left),
            S::NoShow if stage.is_open() => ticket.move_on(Stage::NoShow),
            S::Booked if stage.is_open() => ticket.move_on(Stage::Left),
            _ => {}
        }
        paper.orders[at].ticket = Some(ticket);
    }
}
