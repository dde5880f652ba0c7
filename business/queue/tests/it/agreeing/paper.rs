//! A shop kept on paper: one day of orders, times and numbers as they should be, in minutes since
//! nine in the morning. It knows nothing of databases, and changes nothing when it refuses.

use orders::StateName as S;

use super::{
    book::{Book, Claim, Standing},
    line::{Ticket, settled},
};

/// What somebody is told who is refused: the key of the text.
pub type Told = Result<(), &'static str>;

/// Something that is asked. Orders are named by how many were taken after them.
#[derive(Clone, Copy, Debug)]
pub enum Ask {
    Take(Wish),
    Hold(Wish, i64),
    Confirm(usize),
    Move(usize, Wish),
    Cancel(usize),
    Arrive(usize),
    Start(usize, Option<usize>),
    Finish(usize),
    NoShow(usize),
    Undo(usize),
    Step(usize, StepAct, usize),
    Complete(usize),
    /// Somebody walks in and takes a number.
    Number(Wish),
    CheckIn(usize),
    Call(usize, usize),
    CallNext(usize),
    StepOut(usize, i64),
    PutBack(usize),
    Miss(usize),
    Serve(usize, usize),
    TakeBack(usize),
    /// Somebody is off, from a minute on, for so many.
    Off(usize, i64, i64),
    GiveUpHolds,
    Wait(i64),
}

impl Ask {
    /// Which order is meant, counted back from the last; none where no order is.
    pub fn back(self) -> Option<usize> {
        match self {
            Ask::Take(_) | Ask::Hold(..) | Ask::Number(_) | Ask::CallNext(_) => None,
            Ask::Off(..) | Ask::GiveUpHolds | Ask::Wait(_) => None,
            Ask::Confirm(back) | Ask::Move(back, _) | Ask::Cancel(back) => Some(back),
            Ask::Arrive(back) | Ask::Start(back, _) | Ask::Finish(back) => Some(back),
            Ask::NoShow(back) | Ask::Undo(back) | Ask::Step(back, _, _) => Some(back),
            Ask::Complete(back) | Ask::CheckIn(back) | Ask::Call(back, _) => Some(back),
            Ask::StepOut(back, _) | Ask::PutBack(back) | Ask::Miss(back) => Some(back),
            Ask::Serve(back, _) | Ask::TakeBack(back) => Some(back),
        }
    }
}

/// What is wanted, when and with whom.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    pub facial: bool,
    pub start: i64,
    pub who: Option<usize>,
}

/// What is done to a step.
#[derive(Clone, Copy, Debug)]
pub enum StepAct {
    Start,
    Finish,
    Fail,
    Skip,
}

/// Where a step stands, in the database's words.
pub type StepState = &'static str;

/// An order as it is written on paper.
#[derive(Clone, Debug)]
pub struct Order {
    pub facial: bool,
    pub state: S,
    pub slot: Option<(i64, usize)>,
    pub until: Option<i64>,
    pub server: Option<usize>,
    pub steps: Vec<StepState>,
    pub ticket: Option<Ticket>,
    version: i64,
    last: Option<Last>,
}

/// The last act of an order, and how it stood before.
#[derive(Clone, Debug)]
struct Last {
    version: i64,
    at: i64,
    steps_after: Vec<StepState>,
    before: Box<Order>,
    claim: Option<Claim>,
    undone: bool,
}

/// The whole shop.
#[derive(Clone, Debug, Default)]
pub struct Paper {
    pub now: i64,
    pub orders: Vec<Order>,
    pub book: Book,
    pub numbers: [i64; 2],
}

impl Order {
    fn new(facial: bool, state: S, slot: Option<(i64, usize)>, until: Option<i64>) -> Self {
        Self {
            facial,
            state,
            slot,
            until,
            server: None,
            steps: vec!["pending"; if facial { 0 } else { 3 }],
            ticket: None,
            version: 1,
            last: None,
        }
    }

    pub fn staff(&self) -> Option<usize> {
        match self.state {
            S::Serving | S::Finished | S::Cancelled => self.server,
            _ => self.slot.map(|(_, staff)| staff),
        }
    }

    fn move_on(&mut self, state: S) {
        self.state = state;
        self.version += 1;
    }

    /// What is told of an order whose life is over.
    fn ending(&self) -> &'static str {
        match self.state {
            S::Cancelled => "orders-refuse-cancelled",
            S::NoShow => "orders-refuse-no-show",
            S::Expired => "orders-refuse-expired",
            _ => "orders-refuse-finished",
        }
    }

    fn in_service(&self) -> Told {
        match self.state {
            S::Serving => Ok(()),
            state if state.is_closed() => Err(self.ending()),
            _ => Err("orders-refuse-not-started"),
        }
    }

    /// Ends every step: what ran in one way, what had not begun is left out.
    fn close_steps(&mut self, running: StepState) {
        for step in &mut self.steps {
            match *step {
                "running" => *step = running,
                "pending" => *step = "skipped",
                _ => {}
            }
        }
    }

    fn begin_first_step(&mut self) {
        if let Some(step) = self.steps.iter_mut().find(|step| **step == "pending") {
            *step = "running";
        }
    }
}

impl Paper {
    /// The order that is meant, if there is one.
    pub fn meant(&self, back: usize) -> Option<usize> {
        let count = self.orders.len();
        (count > 0).then(|| count - 1 - back % count)
    }

    /// Does what is asked, or says why not.
    pub fn obey(&mut self, ask: Ask) -> Told {
        let mut next = self.clone();
        next.act(ask)?;
        *self = next;
        Ok(())
    }

    fn act(&mut self, ask: Ask) -> Told {
        let back = match ask {
            Ask::Take(wish) => return self.take(wish, None),
            Ask::Hold(wish, minutes) => return self.take(wish, Some(self.now + minutes)),
            Ask::Number(wish) => {
                self.orders
                    .push(Order::new(wish.facial, S::Waiting, None, None));
                let at = self.orders.len() - 1;
                self.join(at, wish.who, None);
                return Ok(());
            }
            Ask::CallNext(staff) => return self.call_next(staff),
            Ask::Off(staff, from, minutes) => {
                self.book.off.push((staff, from, from + minutes));
                return Ok(());
            }
            Ask::GiveUpHolds => {
                self.give_up_holds();
                return Ok(());
            }
            Ask::Wait(minutes) => {
                self.now += minutes;
                settled(self);
                return Ok(());
            }
            _ => ask.back(),
        };
        match back.and_then(|back| self.meant(back)) {
            Some(at) => self.act_on(at, ask),
            None => Ok(()),
        }
    }

    fn act_on(&mut self, at: usize, ask: Ask) -> Told {
        match ask {
            Ask::Confirm(_) => self.confirm(at),
            Ask::Move(_, wish) => self.relocate(at, wish),
            Ask::Cancel(_) => self.cancel(at),
            Ask::Arrive(_) => self.arrive(at),
            Ask::Start(_, who) => self.start(at, who),
            Ask::Finish(_) => self.finish(at),
            Ask::NoShow(_) => self.no_show(at),
            Ask::Undo(_) => {
                self.undo(at)?;
                settled(self);
                Ok(())
            }
            Ask::Step(_, act, place) if !self.orders[at].steps.is_empty() => {
                let place = place % self.orders[at].steps.len();
                self.step(at, act, place)
            }
            Ask::Step(..) | Ask::Complete(_) => self.complete(at),
            ticket => self.act_on_ticket(at, ticket),
        }
    }

    fn take(&mut self, wish: Wish, until: Option<i64>) -> Told {
        let at = self.orders.len();
        let who = self.book.plan(self.now, at, wish, None)?;
        let standing = until.map_or(Standing::Firm, Standing::Held);
        self.book
            .claims
            .insert(at, Claim::of(wish.facial, wish.start, who, standing));
        let state = until.map_or(S::Booked, |_| S::Held);
        let slot = Some((wish.start, who));
        self.orders
            .push(Order::new(wish.facial, state, slot, until));
        Ok(())
    }

    fn confirm(&mut self, at: usize) -> Told {
        let order = &self.orders[at];
        match order.state {
            S::Held => {}
            S::Booked => return Ok(()),
            S::Waiting => return Err("orders-refuse-here"),
            S::Serving => return Err("orders-refuse-in-service"),
            _ => return Err(order.ending()),
        }
        let claim = self.book.claims[&at];
        if !claim.keeps_out(self.now) {
            let wish = Wish {
                facial: order.facial,
                start: claim.start,
                who: Some(claim.staff),
            };
            self.book.plan(self.now, at, wish, None)?;
        }
        let firm = Claim::of(order.facial, claim.start, claim.staff, Standing::Firm);
        self.book.claims.insert(at, firm);
        self.orders[at].until = None;
        self.orders[at].move_on(S::Booked);
        Ok(())
    }

    fn relocate(&mut self, at: usize, wish: Wish) -> Told {
        let order = &self.orders[at];
        match order.state {
            S::Held | S::Booked => {}
            S::Waiting => return Err("orders-refuse-here"),
            S::Serving => return Err("orders-refuse-in-service"),
            _ => return Err(order.ending()),
        }
        let is_there = |(start, staff): (i64, usize)| {
            start == wish.start && wish.who.is_none_or(|who| who == staff)
        };
        if order.slot.is_some_and(is_there) {
            return Ok(());
        }
        let claim = self.book.claims[&at];
        if claim.standing == Standing::Lapsed {
            return Err("capacity-hold-gone");
        }
        let facial = order.facial;
        let wish = Wish { facial, ..wish };
        let who = self.book.plan(self.now, at, wish, Some(claim.staff))?;
        let moved = Claim::of(facial, wish.start, who, claim.standing);
        self.book.claims.insert(at, moved);
        let order = &mut self.orders[at];
        order.slot = Some((wish.start, who));
        order.version += 1;
        Ok(())
    }

    /// Notes an act that can be taken back, and leads to a state.
    fn acted(&mut self, at: usize, before: Order, claim: Option<Claim>) {
        let order = &mut self.orders[at];
        order.last = Some(Last {
            version: order.version,
            at: self.now,
            steps_after: order.steps.clone(),
            before: Box::new(before),
            claim,
            undone: false,
        });
    }

    pub fn arrive(&mut self, at: usize) -> Told {
        let (before, claim) = (self.orders[at].clone(), self.book.claims.get(&at).copied());
        match before.state {
            S::Held => return Err("orders-refuse-only-held"),
            S::Booked | S::Open => self.orders[at].move_on(S::Waiting),
            S::Waiting | S::Serving => return Ok(()),
            _ => return Err(before.ending()),
        }
        self.acted(at, before, claim);
        Ok(())
    }

    pub fn start(&mut self, at: usize, who: Option<usize>) -> Told {
        let (before, claim) = (self.orders[at].clone(), self.book.claims.get(&at).copied());
        match before.state {
            S::Held => return Err("orders-refuse-only-held"),
            S::Booked | S::Open | S::Waiting => {}
            S::Serving => return Ok(()),
            _ => return Err(before.ending()),
        }
        let who = who.or(before.slot.map(|(_, staff)| staff));
        if let (Some(who), None) = (who, before.slot) {
            self.book.occupy(self.now, at, who, before.facial);
        }
        let order = &mut self.orders[at];
        order.move_on(S::Serving);
        order.server = who;
        order.begin_first_step();
        self.acted(at, before, claim);
        Ok(())
    }

    fn finish(&mut self, at: usize) -> Told {
        let (before, claim) = (self.orders[at].clone(), self.book.claims.get(&at).copied());
        match before.state {
            S::Held => return Err("orders-refuse-only-held"),
            S::Booked | S::Waiting => return Err("orders-refuse-not-started"),
            S::Serving | S::Open => {}
            S::Finished => return Ok(()),
            _ => return Err(before.ending()),
        }
        self.book.release_from(at, self.now);
        let order = &mut self.orders[at];
        order.close_steps("done");
        order.move_on(S::Finished);
        self.acted(at, before, claim);
        Ok(())
    }

    pub fn cancel(&mut self, at: usize) -> Told {
        let order = &mut self.orders[at];
        match order.state {
            S::Cancelled => return Ok(()),
            state if state.is_closed() => return Err(order.ending()),
            _ => {}
        }
        order.close_steps("failed");
        order.server = order.staff();
        order.move_on(S::Cancelled);
        self.book.claims.remove(&at);
        Ok(())
    }

    pub fn no_show(&mut self, at: usize) -> Told {
        let (before, claim) = (self.orders[at].clone(), self.book.claims.get(&at).copied());
        match before.state {
            S::Held => return Err("orders-refuse-only-held"),
            S::Booked if before.slot.is_some_and(|(start, _)| self.now < start) => {
                return Err("orders-refuse-too-early");
            }
            S::Booked | S::Waiting => {}
            S::Open => return Err("orders-refuse-no-slot"),
            S::Serving => return Err("orders-refuse-in-service"),
            S::NoShow => return Ok(()),
            _ => return Err(before.ending()),
        }
        let order = &mut self.orders[at];
        order.close_steps("done");
        order.move_on(S::NoShow);
        self.book.claims.remove(&at);
        self.acted(at, before, claim);
        Ok(())
    }

    fn undo(&mut self, at: usize) -> Told {
        let order = &self.orders[at];
        let Some(last) = order.last.clone() else {
            return Err("orders-refuse-undo-followed");
        };
        if last.undone {
            return Ok(());
        }
        if order.version != last.version {
            return Err("orders-refuse-undo-followed");
        }
        if self.now > last.at + 12 * 60 {
            return Err("orders-refuse-undo-late");
        }
        if order.steps != last.steps_after {
            return Err("orders-refuse-undo-followed");
        }
        self.book.restore(self.now, at, last.claim)?;
        let order = &mut self.orders[at];
        let before = (*last.before).clone();
        order.state = before.state;
        order.server = before.server;
        order.steps = before.steps;
        order.version += 1;
        order.last = Some(Last {
            undone: true,
            ..last
        });
        Ok(())
    }

    fn step(&mut self, at: usize, act: StepAct, place: usize) -> Told {
        let order = &mut self.orders[at];
        let state = order.steps[place];
        let (from, to) = match act {
            StepAct::Start => ("pending", "running"),
            StepAct::Finish => ("running", "done"),
            StepAct::Fail => ("running", "failed"),
            StepAct::Skip => ("pending", "skipped"),
        };
        // What has happened is no error, however the order went on.
        if state != to || matches!(act, StepAct::Start) {
            order.in_service()?;
        }
        if state == to {
            return Ok(());
        }
        if state != from {
            return Err(match state {
                "pending" => "orders-refuse-step-not-started",
                "running" => "orders-refuse-step-running",
                "done" => "orders-refuse-step-done",
                "failed" => "orders-refuse-step-failed",
                _ => "orders-refuse-step-skipped",
            });
        }
        order.steps[place] = to;
        if matches!(act, StepAct::Fail) {
            order.steps.insert(place + 1, "pending");
        }
        Ok(())
    }

    fn complete(&mut self, at: usize) -> Told {
        let order = &mut self.orders[at];
        order.in_service()?;
        if let Some(step) = order.steps.iter_mut().find(|step| **step == "running") {
            *step = "done";
        }
        if !order.steps.contains(&"running") {
            order.begin_first_step();
        }
        Ok(())
    }

    fn give_up_holds(&mut self) {
        for at in 0..self.orders.len() {
            let over = self.orders[at].until.is_some_and(|until| until <= self.now);
            if self.orders[at].state == S::Held && over {
                self.orders[at].close_steps("done");
                self.orders[at].move_on(S::Expired);
                self.book.claims.remove(&at);
            }
        }
    }
}
