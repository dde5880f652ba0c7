//! Generated lives: whatever is asked in whatever order, an order's facts hold together.

use kernel::{Ctx, Fault, Span, Timestamp, ids::OrderId};
use orders::{
    NewOrder, Order, Reschedule, Slot, State, StateName,
    model::{Decided, Next},
};
use proptest::{prelude::*, strategy::ValueTree as _};
use store::Tx;
use testing::{Engine, World, at, on_engine};

use crate::shop::{self, now, rooms, sound};

#[derive(Clone, Copy, Debug)]
enum Ask {
    Confirm,
    Arrive,
    Start,
    Complete,
    Finish,
    Cancel,
    NoShow,
    Reschedule(i64),
    Expire,
}

fn ask() -> impl Strategy<Value = Ask> {
    prop_oneof![
        Just(Ask::Confirm),
        Just(Ask::Arrive),
        Just(Ask::Start),
        Just(Ask::Complete),
        Just(Ask::Finish),
        Just(Ask::Cancel),
        Just(Ask::NoShow),
        (0_i64..6).prop_map(Ask::Reschedule),
        Just(Ask::Expire),
    ]
}

fn asks() -> impl Strategy<Value = Vec<(Ask, i64)>> {
    prop::collection::vec((ask(), 0_i64..40), 1..12)
}

/// What is asked, or `None` where the last act is to be taken back.
fn asks_and_undos() -> impl Strategy<Value = Vec<(Option<Ask>, i64)>> {
    prop::collection::vec((prop::option::weighted(0.7, ask()), 0_i64..40), 1..16)
}

/// Everything an act may change.
fn whole(world: &World, id: OrderId) -> (Order, Vec<orders::Step>, Option<capacity::Claim>) {
    let order = Order {
        version: 0,
        ..now(world, id)
    };
    let beside = world.read(|tx, ctx| {
        Ok((
            orders::steps(tx, ctx, id)?,
            capacity::claim_of(tx, ctx, id)?,
        ))
    });
    let (steps, claim) = beside.expect("the order is read");
    (order, steps, claim)
}

fn minute(n: i64) -> Timestamp {
    Timestamp::from_second(1_795_226_400 + n * 60).expect("it is a valid instant")
}

fn slot(n: i64) -> Slot {
    let span = Span::new(minute(30 + n * 10), minute(75 + n * 10)).expect("forwards");
    Slot { span, staff: None }
}

fn decide(state: State, ask: Ask, now: Timestamp) -> Decided {
    match ask {
        Ask::Confirm => state.confirm(),
        Ask::Arrive => state.arrive(now),
        Ask::Start => state.start(None, now),
        Ask::Complete | Ask::Finish => state.finish(now),
        Ask::Cancel => state.cancel("Ill".to_owned(), now),
        Ask::NoShow => state.no_show(now),
        Ask::Reschedule(n) => state.reschedule(slot(n)),
        Ask::Expire => state.expire(now),
    }
}

/// The names that may follow a name.
fn followers(name: StateName) -> &'static [StateName] {
    use StateName as S;
    match name {
        S::Held => &[S::Held, S::Booked, S::Cancelled, S::Expired],
        S::Booked => &[S::Booked, S::Waiting, S::Serving, S::Cancelled, S::NoShow],
        S::Open => &[S::Booked, S::Waiting, S::Serving, S::Finished, S::Cancelled],
        S::Waiting => &[S::Serving, S::Cancelled, S::NoShow],
        S::Serving => &[S::Finished, S::Cancelled],
        S::Finished | S::Cancelled | S::NoShow | S::Expired => &[],
    }
}

proptest! {
    #[test]
    fn a_life_follows_the_table_and_never_runs_backwards(first in 0..4, asks in asks()) {
        let mut state = match first {
            0 => State::Held { slot: slot(0), until: minute(10) },
            1 => State::Booked { slot: slot(0) },
            2 => State::Open,
            _ => State::Waiting { slot: None, arrived: minute(0) },
        };
        let mut clock = 0;
        for (ask, later) in asks {
            clock += later;
            let before = state.clone();
            match decide(state.clone(), ask, minute(clock)) {
                Ok(Next::To(next)) => {
                    prop_assert!(followers(before.name()).contains(&next.name()));
                    let again = decide(next.clone(), ask, minute(clock));
                    prop_assert!(!matches!(&again, Ok(Next::To(twice)) if *twice != next));
                    state = next;
                }
                Ok(Next::Already) | Err(_) => prop_assert_eq!(&before, &state),
            }
            let times = [state.arrived(), state.started(), state.finished()];
            let times: Vec<Timestamp> = times.into_iter().flatten().collect();
            prop_assert!(times.is_sorted());
            prop_assert_eq!(state.closed().is_some(), state.name().is_closed());
        }
    }
}

fn obey(tx: &mut Tx, ctx: &Ctx, id: OrderId, ask: Ask) -> Result<Order, Fault> {
    match ask {
        Ask::Confirm => orders::confirm(tx, ctx, id),
        Ask::Arrive => orders::arrive(tx, ctx, id),
        Ask::Start => orders::start(tx, ctx, id, None),
        Ask::Complete => orders::complete_step(tx, ctx, id),
        Ask::Finish => orders::finish(tx, ctx, id),
        Ask::Cancel => orders::cancel(tx, ctx, id, "Ill"),
        Ask::NoShow => orders::no_show(tx, ctx, id),
        Ask::Reschedule(n) => {
            let start = at("2026-11-21T13:00+08:00").as_microsecond();
            let start = Timestamp::from_microsecond(start + n * 3_600_000_000);
            let start = start.map_err(Fault::broken)?;
            orders::reschedule(
                tx,
                ctx,
                id,
                Reschedule {
                    start,
                    staff: None,
                    version: None,
                },
            )
        }
        Ask::Expire => orders::expire_holds(tx, ctx).and_then(|_| orders::order(tx, ctx, id)),
    }
}

fn live(engine: Engine, cases: u32) {
    on_engine(engine, &rooms(), |world| {
        let mut runner = proptest::test_runner::TestRunner::new_with_rng(
            ProptestConfig {
                cases,
                failure_persistence: None,
                ..ProptestConfig::default()
            },
            proptest::test_runner::TestRng::deterministic_rng(
                proptest::test_runner::RngAlgorithm::ChaCha,
            ),
        );
        let shop = shop::open(world);
        let kinds = (0..4, asks_and_undos());
        let start = at("2026-11-21T09:00+08:00");
        runner_run(&mut runner, &kinds, |(first, asks)| {
            world.clock.set(start);
            let new = match first {
                0 => NewOrder {
                    hold_until: Some(at("2026-11-21T09:30+08:00")),
                    ..shop.booking("2026-11-21T12:00+08:00", None)
                },
                1 => shop.booking("2026-11-21T12:00+08:00", None),
                _ => shop.walk_in(),
            };
            let id = shop.take(world, &new).id;
            let mut clock = start.as_microsecond();
            let mut past = whole(world, id);
            for (ask, later) in asks {
                clock += later * 60_000_000;
                world
                    .clock
                    .set(Timestamp::from_microsecond(clock).expect("within range"));
                let before = now(world, id).version;
                let there = whole(world, id);
                let after = world.write(move |tx, ctx| match ask {
                    Some(ask) => obey(tx, ctx, id, ask),
                    None => orders::undo(tx, ctx, id, before),
                });
                match (after, ask) {
                    (Ok(after), Some(_)) => assert_eq!(after, now(world, id), "{ask:?}"),
                    (Ok(_), None) => assert_eq!(whole(world, id), past, "as it was"),
                    (Err(_), _) => assert_eq!(there, whole(world, id), "{ask:?} was refused"),
                }
                if now(world, id).version != before {
                    past = there;
                }
            }
            // Leave the slot free for the next life.
            let _ = world.write(move |tx, ctx| orders::cancel(tx, ctx, id, "Over"));
        });
        sound(world);
        let chain = world
            .db
            .read(|tx| store::journal::verify(tx, world.org))
            .expect("the journal is readable");
        assert!(chain.is_ok());
    });
}

fn runner_run<S: Strategy>(
    runner: &mut proptest::test_runner::TestRunner,
    strategy: &S,
    test: impl Fn(S::Value),
) {
    for _ in 0..runner.config().cases {
        let value = strategy
            .new_tree(runner)
            .expect("a value is generated")
            .current();
        test(value);
    }
}

#[test]
fn what_the_database_keeps_is_what_the_command_answered() {
    live(Engine::Sqlite, 60);
    if std::env::var_os("STEWARD_TEST_POSTGRES").is_some() {
        live(Engine::Postgres, 25);
    }
}
