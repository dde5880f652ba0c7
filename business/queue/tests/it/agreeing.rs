//! Days of made-up asks, told to a shop on paper and to the program alike: both must say the same,
//! also what is refused and why, and stand the same in the end. A day on which they differ is cut
//! down to the asks that matter, and printed.
//!
//! `STEWARD_AGREEING_DAYS=5000 cargo nextest run -p queue agreeing` plays as many days on each
//! database.

mod book;
mod house;
mod line;
mod paper;

use kernel::FaultKind;
use orders::StateName;
use testing::{Engine, World, on_engine};

use self::{
    book::Claim,
    house::House,
    line::Stage,
    paper::{Ask, Paper, StepAct, Wish},
};
use crate::shop::rooms;

/// Asks of one day.
const ASKS: usize = 250;

/// An order as it stands, on paper or in the database.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    state: StateName,
    slot: Option<(i64, usize)>,
    staff: Option<usize>,
    steps: Vec<&'static str>,
    claims: Vec<Claim>,
    /// The number, where it stands, what it counts from, and until when its holder is away.
    ticket: Option<(i64, &'static str, i64, Option<i64>)>,
}

impl Paper {
    fn seen(&self, at: usize) -> Seen {
        let order = &self.orders[at];
        let until = |stage| match stage {
            Stage::Away(until) => Some(until),
            _ => None,
        };
        let told = |ticket: line::Ticket| {
            let word = ticket.stage.word();
            (ticket.number, word, ticket.rank, until(ticket.stage))
        };
        Seen {
            state: order.state,
            slot: order.slot,
            staff: order.staff(),
            steps: order.steps.clone(),
            claims: self.book.claims.get(&at).copied().into_iter().collect(),
            ticket: order.ticket.map(told),
        }
    }
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound
    }

    fn minutes(&mut self, bound: usize) -> i64 {
        self.below(bound) as i64
    }

    fn person(&mut self) -> Option<usize> {
        match self.below(2) {
            0 => None,
            _ => Some(self.below(3)),
        }
    }

    /// Mostly within the next hours, sometimes before nine, after nine or at no whole five minutes.
    fn wish(&mut self, now: i64) -> Wish {
        let start = match self.below(12) {
            0 => self.minutes(900) - 60,
            _ => (now / 15 + self.minutes(20)) * 15,
        };
        Wish {
            facial: self.below(3) == 0,
            start,
            who: self.person(),
        }
    }

    fn ask(&mut self, now: i64) -> Ask {
        // Mostly about the last ones, so that lives go on.
        let back = self.below(10);
        let step = [
            StepAct::Start,
            StepAct::Finish,
            StepAct::Fail,
            StepAct::Skip,
        ];
        match self.below(44) {
            0..5 => Ask::Take(self.wish(now)),
            5..8 => Ask::Hold(self.wish(now), 1 + self.minutes(20)),
            8..10 => Ask::Confirm(back),
            10..14 => Ask::Move(back, self.wish(now)),
            14 => Ask::Cancel(back),
            15 => Ask::Arrive(back),
            16..18 => Ask::Start(back, self.person()),
            18..20 => Ask::Finish(back),
            20 => Ask::NoShow(back),
            21..24 => Ask::Undo(back),
            24..27 => Ask::Step(back, step[self.below(4)], self.below(4)),
            27 => Ask::Complete(back),
            28..30 => Ask::Number(self.wish(now)),
            30 => Ask::CheckIn(back),
            31 => Ask::Call(back, self.below(3)),
            32 => Ask::CallNext(self.below(3)),
            33 => Ask::StepOut(back, 1 + self.minutes(20)),
            34 => Ask::PutBack(back),
            35 => Ask::Miss(back),
            36..38 => Ask::Serve(back, self.below(3)),
            38 => Ask::TakeBack(back),
            39 => match self.below(4) {
                0 => Ask::Off(self.below(3), now + self.minutes(200), 1 + self.minutes(60)),
                _ => Ask::GiveUpHolds,
            },
            _ => Ask::Wait(1 + self.minutes(8)),
        }
    }
}

fn asks(seed: u64) -> Vec<Ask> {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut now = 0;
    let one = |_| {
        let ask = dice.ask(now);
        if let Ask::Wait(minutes) = ask {
            now += minutes;
        }
        ask
    };
    (0..ASKS).map(one).collect()
}

/// Plays a day, each ask a transaction of its own; tells where the two differ, if they do.
fn differ(world: &World, house: &House, number: i64, asks: &[Ask]) -> Option<String> {
    let shop = house.clone();
    let opened = world.write(move |tx, ctx| shop.on_day(tx, ctx, number));
    let mut house = opened.expect("a day of its own");
    let mut paper = Paper::default();
    for (count, ask) in asks.iter().enumerate() {
        house.pass(*ask);
        let (mut asked, ask) = (house.clone(), *ask);
        let said = world.write(move |tx, ctx| {
            asked.obey(tx, ctx, ask)?;
            Ok(asked.orders)
        });
        let said = match said {
            Ok(orders) => {
                house.orders = orders;
                Ok(())
            }
            Err(fault) if fault.kind == FaultKind::Broken => Err(fault.to_string()),
            Err(fault) => Err(fault.text.key.to_owned()),
        };
        let wanted = paper.obey(ask).map_err(str::to_owned);
        if said != wanted {
            return Some(format!("ask {count}: {said:?}, on paper {wanted:?}"));
        }
    }
    let standing = stands(world, &house, &paper);
    let closed = world.write(move |tx, ctx| house.close(tx, ctx));
    closed.expect("every day ends");
    standing
}

/// Where an order stands otherwise than on paper, in the end.
fn stands(world: &World, house: &House, paper: &Paper) -> Option<String> {
    for (at, id) in house.orders.iter().enumerate() {
        let seen = world.read(|tx, ctx| house.seen(tx, ctx, *id));
        let (seen, wanted) = (seen.expect("it is read"), paper.seen(at));
        if seen != wanted {
            return Some(format!("order {at}: {seen:#?}, on paper {wanted:#?}"));
        }
    }
    None
}

/// The fewest asks found on which the two still differ, and how.
fn cut_down(world: &World, house: &House, day: i64, asks: Vec<Ask>) -> (Vec<Ask>, String) {
    let (mut least, mut number) = (asks, day);
    let mut told = String::new();
    let mut piece = least.len() / 2;
    while piece > 0 {
        let mut from = 0;
        while from < least.len() {
            let to = (from + piece).min(least.len());
            let fewer = [&least[..from], &least[to..]].concat();
            // What was played is kept, so each try has a day of its own.
            number += 1;
            match differ(world, house, number, &fewer) {
                Some(difference) => (least, told) = (fewer, difference),
                None => from = to,
            }
        }
        piece /= 2;
    }
    (least, told)
}

fn agree(engine: Engine, seeds: std::ops::Range<u64>) {
    on_engine(engine, &rooms(), |world: &World| {
        let house = house::open(world);
        for (number, seed) in (0..).zip(seeds.clone()) {
            let asks = asks(seed);
            if let Some(difference) = differ(world, &house, number, &asks) {
                let (least, told) = cut_down(world, &house, number, asks);
                let least: Vec<String> = least.iter().map(|ask| format!("{ask:?}")).collect();
                let least = least.join("\n");
                panic!("seed {seed}: {difference}\ncut down: {told}\n{least}");
            }
        }
        for room in rooms() {
            for check in room.verify {
                let broken = world.read(check).expect("it can be checked");
                assert_eq!(broken, None, "{}", room.name);
            }
        }
    });
}

/// A quarter of the days: the quarters go side by side.
fn quarter(engine: Engine, quarter: u64) {
    let usual = match engine {
        Engine::Sqlite => 280,
        Engine::Postgres => 120,
    };
    let asked = std::env::var("STEWARD_AGREEING_DAYS");
    let asked = asked.ok().and_then(|text| text.parse().ok());
    let days = asked.unwrap_or(usual) / 4;
    if engine == Engine::Sqlite || std::env::var_os("STEWARD_TEST_POSTGRES").is_some() {
        agree(engine, quarter * days..(quarter + 1) * days);
    }
}

#[test]
fn a_first_quarter_of_seventy_thousand_asks_goes_as_on_paper() {
    quarter(Engine::Sqlite, 0);
}

#[test]
fn a_second_quarter_of_seventy_thousand_asks_goes_as_on_paper() {
    quarter(Engine::Sqlite, 1);
}

#[test]
fn a_third_quarter_of_seventy_thousand_asks_goes_as_on_paper() {
    quarter(Engine::Sqlite, 2);
}

#[test]
fn the_last_quarter_of_seventy_thousand_asks_goes_as_on_paper() {
    quarter(Engine::Sqlite, 3);
}

#[test]
fn a_first_quarter_of_thirty_thousand_asks_goes_as_on_paper_on_the_server() {
    quarter(Engine::Postgres, 0);
}

#[test]
fn a_second_quarter_of_thirty_thousand_asks_goes_as_on_paper_on_the_server() {
    quarter(Engine::Postgres, 1);
}

#[test]
fn a_third_quarter_of_thirty_thousand_asks_goes_as_on_paper_on_the_server() {
    quarter(Engine::Postgres, 2);
}

#[test]
fn the_last_quarter_of_thirty_thousand_asks_goes_as_on_paper_on_the_server() {
    quarter(Engine::Postgres, 3);
}
