//! Numbers, calls and waits, on both databases.

use std::collections::BTreeSet;

use kernel::{FaultKind, Role};
use queue::Stage;
use testing::each_engine;

use crate::shop::{line, open, rooms};

#[test]
fn numbers_count_per_line_and_begin_anew_each_day() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let first = shop.number(world).ticket;
        let spa = shop.walk_in(world, shop.spa);
        let spa = world
            .write(move |tx, ctx| queue::issue(tx, ctx, &spa))
            .expect("given")
            .ticket;
        let second = shop.number(world).ticket;
        assert_eq!(
            [first.label(), spa.label(), second.label()],
            ["A001", "B001", "A002"]
        );
        world.set_time("2026-11-22T10:00+08:00");
        assert_eq!(shop.number(world).ticket.label(), "A001");
    });
}

#[test]
fn thirty_two_people_at_once_get_thirty_two_numbers() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let numbers: BTreeSet<i64> = std::thread::scope(|scope| {
            let takers: Vec<_> = (0..32)
                .map(|_| scope.spawn(|| shop.number(world).ticket.number))
                .collect();
            takers
                .into_iter()
                .map(|taker| taker.join().expect("no panic"))
                .collect()
        });
        assert_eq!(numbers, (1..=32).collect());
        let broken = world.read(|tx, ctx| (queue::room().verify[0])(tx, ctx));
        assert_eq!(broken.expect("it can be checked"), None);
    });
}

#[test]
fn the_last_number_of_the_day_goes_to_one_of_thirty_two() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        assert_eq!(shop.number(world).ticket.number, 1);
        let spent = "update ticket_numbers set last_number = 9998 where org = $1";
        let spent = world.write(move |tx, ctx| tx.execute(spent, &[ctx.org.into()]));
        assert_eq!(spent.expect("nearly all are given out"), 1);
        let taken: Vec<_> = std::thread::scope(|scope| {
            let takers: Vec<_> = (0..32)
                .map(|_| {
                    let walk_in = shop.walk_in(world, shop.cut);
                    scope.spawn(move || world.write(move |tx, ctx| queue::issue(tx, ctx, &walk_in)))
                })
                .collect();
            let done = takers
                .into_iter()
                .map(|taker| taker.join().expect("no panic"));
            done.collect()
        });
        let (given, refused): (Vec<_>, Vec<_>) = taken.into_iter().partition(Result::is_ok);
        assert_eq!((given.len(), refused.len()), (1, 31));
        for one in given {
            assert_eq!(one.expect("given").ticket.label(), "A9999");
        }
        for one in refused {
            let fault = one.expect_err("refused");
            assert_eq!(fault.text.key, "queue-numbers-spent");
        }
        let orders = "select count(*) from orders where org = $1";
        let orders = world.read(|tx, ctx| tx.count(orders, &[ctx.org.into()]));
        assert_eq!(orders.expect("counted"), 2, "no order without a number");
    });
}

#[test]
fn the_wait_told_counts_who_is_ahead_and_is_kept_with_the_wait_that_followed() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let waits: Vec<_> = (0..4).map(|_| shop.number(world)).collect();
        assert_eq!(
            waits[1].wait.expect("told").min,
            0,
            "two can be served at once"
        );
        assert!(
            waits[2].wait.expect("told").min >= 20,
            "{:?}",
            waits[2].wait
        );
        assert_eq!(waits[3].people_ahead, 3);
        world.set_time("2026-11-21T10:07+08:00");
        let first = waits[0].ticket.id;
        world
            .write(move |tx, ctx| queue::call(tx, ctx, first, None))
            .expect("called");
        let (site, since) = (world.site.id, testing::at("2026-11-21T00:00+08:00"));
        let told =
            world.read(|tx, ctx| queue::told(tx, ctx, (site, &kernel::TimeZone::UTC), since));
        let told = told.expect("read");
        let of = |label: &str| told.iter().find(|told| told.label == label).expect("kept");
        assert_eq!(of("A001").outcome, queue::model::Outcome::Served(7));
        assert_eq!(of("A001").wait, waits[0].wait);
        assert_eq!(of("A004").outcome, queue::model::Outcome::Open);
    });
}

#[test]
fn with_nobody_who_can_do_it_no_wait_is_promised() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let spa = shop.walk_in(world, shop.spa);
        let told = world
            .write(move |tx, ctx| queue::issue(tx, ctx, &spa))
            .expect("given");
        assert_eq!(told.wait, None);
    });
}

#[test]
fn a_call_can_be_taken_back_for_ten_seconds() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let id = shop.number(world).ticket.id;
        world
            .write(move |tx, ctx| queue::call(tx, ctx, id, None))
            .expect("called");
        world.set_time("2026-11-21T10:00:10+08:00");
        let back = world
            .write(move |tx, ctx| queue::undo(tx, ctx, id))
            .expect("in time");
        assert_eq!(back.stage, Stage::Waiting);
        world
            .write(move |tx, ctx| queue::call(tx, ctx, id, None))
            .expect("called again");
        world.set_time("2026-11-21T10:00:21+08:00");
        let late = world.write(move |tx, ctx| queue::undo(tx, ctx, id));
        assert_eq!(late.expect_err("too late").text.key, "queue-undo-late");
        let told: Vec<_> = world
            .activities()
            .into_iter()
            .filter(|activity| activity.starts_with("ticket."))
            .collect();
        assert_eq!(
            told,
            [
                "ticket.issued",
                "ticket.called",
                "ticket.restored",
                "ticket.called"
            ]
        );
    });
}

#[test]
fn letting_one_ahead_swaps_two_and_the_last_has_nobody_to_let() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let tickets: Vec<_> = (0..3).map(|_| shop.number(world).ticket.id).collect();
        let first = tickets[0];
        world
            .write(move |tx, ctx| queue::skip(tx, ctx, first, 1))
            .expect("two are behind");
        assert_eq!(line(world), ["A002", "A001", "A003"]);
        world
            .write(move |tx, ctx| queue::skip(tx, ctx, first, 9))
            .expect("one is behind");
        assert_eq!(line(world), ["A002", "A003", "A001"]);
        let last = world.write(move |tx, ctx| queue::skip(tx, ctx, first, 1));
        assert_eq!(
            last.expect_err("nobody is behind").text.key,
            "queue-nobody-behind"
        );
    });
}

#[test]
fn somebody_away_keeps_the_place_and_is_back_by_the_clock() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let (first, second) = (shop.number(world).ticket.id, shop.number(world).ticket);
        world
            .write(move |tx, ctx| queue::return_later(tx, ctx, first, 15))
            .expect("away");
        let (site, day) = (world.site.id, second.day);
        let ahead = |world: &testing::World| {
            let picture = world
                .read(|tx, ctx| queue::line_now(tx, ctx, site, day))
                .expect("read");
            picture.of(&second).expect("waits").people_ahead
        };
        assert_eq!(ahead(world), 0, "whoever is away is not ahead");
        world.set_time("2026-11-21T10:15+08:00");
        assert_eq!(ahead(world), 1, "and is again, once the time is up");
    });
}

#[test]
fn a_no_show_reaches_the_order_when_it_can_no_longer_be_taken_back() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let ticket = shop.number(world).ticket;
        let (id, order) = (ticket.id, ticket.order);
        let early = world.write(move |tx, ctx| queue::no_show(tx, ctx, id));
        assert_eq!(
            early.expect_err("not called yet").text.key,
            "queue-call-first"
        );
        world
            .write(move |tx, ctx| queue::call(tx, ctx, id, None))
            .expect("called");
        world
            .write(move |tx, ctx| queue::no_show(tx, ctx, id))
            .expect("did not come");
        world.write(queue::settle).expect("settled");
        let state = |world: &testing::World| {
            world
                .read(|tx, ctx| orders::order(tx, ctx, order))
                .expect("read")
                .state
                .name()
        };
        assert_eq!(state(world), orders::StateName::Waiting);
        world.set_time("2026-11-21T10:00:11+08:00");
        world.write(queue::settle).expect("settled");
        assert_eq!(state(world), orders::StateName::NoShow);
    });
}

#[test]
fn an_order_started_elsewhere_takes_its_ticket_along() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let ticket = shop.number(world).ticket;
        let (order, mei) = (ticket.order, shop.mei);
        world
            .write(move |tx, ctx| orders::start(tx, ctx, order, Some(mei)))
            .expect("started");
        assert_eq!(
            line(world),
            Vec::<String>::new(),
            "at once, even before it is settled"
        );
        world.write(queue::settle).expect("settled");
        let now = world
            .read(|tx, ctx| queue::ticket(tx, ctx, ticket.id))
            .expect("read");
        assert_eq!(now.stage, Stage::Serving);
        world
            .write(move |tx, ctx| orders::finish(tx, ctx, order))
            .expect("finished");
        world.write(queue::settle).expect("settled");
        let now = world
            .read(|tx, ctx| queue::ticket(tx, ctx, ticket.id))
            .expect("read");
        assert_eq!(now.stage, Stage::Done);
    });
}

#[test]
fn a_ticket_follows_its_order_back_whatever_was_taken_back() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let ticket = shop.number(world).ticket;
        let (id, order, mei) = (ticket.id, ticket.order, Some(shop.mei));
        let stage = || {
            world.write(queue::settle).expect("settled");
            let now = world.read(|tx, ctx| queue::ticket(tx, ctx, id));
            now.expect("read").stage
        };
        let back = |version| world.write(move |tx, ctx| orders::undo(tx, ctx, order, version));
        let started = world.write(move |tx, ctx| {
            queue::start(tx, ctx, id, mei)?;
            orders::order(tx, ctx, order)
        });
        assert_eq!(stage(), Stage::Serving);
        back(started.expect("started").version).expect("undone");
        assert_eq!(stage(), Stage::Waiting);
        assert_eq!(line(world), ["A001"], "in line again");
        world
            .write(move |tx, ctx| queue::call(tx, ctx, id, mei))
            .expect("called");
        world
            .write(move |tx, ctx| queue::start(tx, ctx, id, mei))
            .expect("started");
        let finished = world.write(move |tx, ctx| orders::finish(tx, ctx, order));
        assert_eq!(stage(), Stage::Done);
        back(finished.expect("finished").version).expect("undone");
        assert_eq!(stage(), Stage::Serving);
    });
}

#[test]
fn a_no_show_taken_back_at_the_order_is_a_called_ticket_again() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let ticket = shop.number(world).ticket;
        let (id, order) = (ticket.id, ticket.order);
        let act = |missed: bool| {
            world.write(move |tx, ctx| match missed {
                true => queue::no_show(tx, ctx, id),
                false => queue::call(tx, ctx, id, None),
            })
        };
        act(false).expect("called");
        act(true).expect("missed");
        world.set_time("2026-11-21T10:00:11+08:00");
        world.write(queue::settle).expect("settled");
        let missed = world.read(|tx, ctx| orders::order(tx, ctx, order));
        let version = missed.expect("read").version;
        let none = world.read(|tx, ctx| orders::undoable(tx, ctx, ticket.site));
        assert_eq!(none.expect("read"), None, "no person did it just now");
        world
            .write(move |tx, ctx| orders::undo(tx, ctx, order, version))
            .expect("undone");
        world.write(queue::settle).expect("settled");
        let now = world.read(|tx, ctx| queue::ticket(tx, ctx, id));
        assert!(matches!(now.expect("read").stage, Stage::Called { .. }));
        assert_eq!(line(world), ["A001"]);
    });
}

#[test]
fn starting_a_ticket_starts_its_order_once() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let id = shop.number(world).ticket.id;
        let hao = shop.hao;
        world
            .write(move |tx, ctx| queue::start(tx, ctx, id, Some(hao)))
            .expect("started");
        let again = world.write(move |tx, ctx| queue::start(tx, ctx, id, Some(hao)));
        assert_eq!(again.expect_err("once").kind, FaultKind::Conflict);
        let started = world
            .activities()
            .iter()
            .filter(|a| *a == "order.started")
            .count();
        assert_eq!(started, 1);
    });
}

#[test]
fn priority_goes_first_within_the_line() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        shop.number(world);
        let mut urgent = shop.walk_in(world, shop.cut);
        urgent.priority = Some("In pain".to_owned());
        world
            .write(move |tx, ctx| queue::issue(tx, ctx, &urgent))
            .expect("given");
        assert_eq!(line(world), ["A002", "A001"]);
    });
}

#[test]
fn who_only_looks_may_not_call() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let id = shop.number(world).ticket.id;
        let path = format!("/queue/tickets/{id}/call");
        assert_eq!(world.client(Role::ReadOnly).post(&path, "").status, 403);
        assert_eq!(world.nobody().post(&path, "").status, 401);
        assert_eq!(world.client(Role::Desk).post(&path, "").status, 303);
    });
}

#[test]
fn the_desk_sees_lines_quotes_and_the_code() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        shop.number(world);
        let page = world.client(Role::Manager).get("/queue");
        assert_eq!(page.status, 200);
        assert!(page.says("A001") && page.says("Turns"));
        let poster = world.client(Role::Desk).get("/queue/qr");
        assert!(poster.says("<svg") && poster.says("/at/lotus/riverside/queue"));
        let taken = world
            .client(Role::Manager)
            .post("/queue/lines", "code=A&name_en=Again");
        assert_eq!(taken.status, 422);
        assert!(taken.says("Another line has this letter"));
    });
}

#[test]
fn a_line_goes_on_past_midnight_and_whoever_is_forgotten_is_let_go() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        world.set_time("2026-11-21T23:50+08:00");
        let late = shop.number(world).ticket;
        world.set_time("2026-11-22T00:10+08:00");
        assert_eq!(line(world), ["A001"], "still in line");
        world.write(queue::settle).expect("settled");
        assert_eq!(line(world), ["A001"]);
        world.set_time("2026-11-22T08:00+08:00");
        world.write(queue::settle).expect("settled");
        assert_eq!(line(world), Vec::<String>::new());
        let order = world
            .read(|tx, ctx| orders::order(tx, ctx, late.order))
            .expect("read");
        assert_eq!(order.state.name(), orders::StateName::Cancelled);
    });
}
