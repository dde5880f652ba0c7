//! The one fair order: booked and unbooked, priority, other lines, turns, breaks.

use kernel::ids::{OrderId, StaffId, TicketId};
use kernel::{FaultKind, Role};
use orders::{Kind, NewLine, NewOrder, WantedSlot};
use queue::{Stage, TurnState};
use testing::{World, at, each_engine};

use crate::shop::{Shop, line, open, rooms};

fn booked(world: &World, shop: &Shop, start: &str, staff: StaffId) -> OrderId {
    let new = NewOrder {
        lines: vec![NewLine::one(shop.cut)],
        slot: Some(WantedSlot {
            start: at(start),
            staff: Some(staff),
        }),
        ..NewOrder::new(world.site.id, Kind::Booking)
    };
    let made = world.write(move |tx, ctx| orders::create(tx, ctx, &new));
    made.expect("the time is free").id
}

fn check_in(world: &World, order: OrderId) -> queue::Ticket {
    let here = world.write(move |tx, ctx| queue::check_in(tx, ctx, order, None));
    here.expect("is here")
}

fn next(world: &World) -> queue::Ticket {
    let site = world.site.id;
    let called = world.write(move |tx, ctx| queue::call_next(tx, ctx, site, None));
    called.expect("somebody waits")
}

fn state_of(world: &World, staff: StaffId) -> TurnState {
    let (site, day) = (world.site.id, world.site.date_of(world.ctx().now));
    let picture = world.read(|tx, ctx| queue::line_now(tx, ctx, site, day));
    let turns = picture.expect("read").turns;
    let turn = turns.iter().find(|turn| turn.staff == staff);
    turn.expect("on shift").state
}

#[test]
fn booked_and_unbooked_customers_stand_in_one_order_by_the_time_they_count_from() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = booked(world, &shop, "2026-11-21T10:20+08:00", shop.mei);
        let late = booked(world, &shop, "2026-11-21T10:00+08:00", shop.hao);
        shop.number(world);
        // Early: counts from the time booked, so whoever comes before that goes first.
        let early = check_in(world, order);
        world.set_time("2026-11-21T10:15+08:00");
        shop.number(world);
        // A quarter of an hour late: counts from when they came.
        let late = check_in(world, late);
        assert_eq!(
            (early.label(), late.label()),
            ("A002".into(), "A004".into())
        );
        assert_eq!(line(world), ["A001", "A003", "A004", "A002"]);
        assert_eq!(early.booked_at, Some(at("2026-11-21T10:20+08:00")));
        let again = check_in(world, order);
        assert_eq!(again.id, early.id, "checked in twice is one number");
    });
}

#[test]
fn from_the_time_booked_on_the_person_booked_calls_their_booked_customer_first() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = booked(world, &shop, "2026-11-21T10:20+08:00", shop.mei);
        for _ in 0..3 {
            shop.number(world);
        }
        let ticket = check_in(world, order);
        world.set_time("2026-11-21T10:20+08:00");
        let mei = shop.mei;
        let counter = world
            .write(move |tx, ctx| {
                let draft = queue::commands::CounterDraft {
                    name: kernel::Bilingual::new("一号", "One"),
                    lines: vec![],
                };
                let site = organisation::sites(tx, ctx)?[0].id;
                let id = queue::commands::add_counter(tx, ctx, site, &draft)?;
                queue::commands::sit(tx, ctx, id, Some(mei))
            })
            .expect("a counter");
        let site = world.site.id;
        let called = world
            .write(move |tx, ctx| queue::call_next(tx, ctx, site, Some(counter.id)))
            .expect("called");
        assert_eq!(called.id, ticket.id, "three walk-ins count from earlier");
        assert_eq!(called.counter, Some(counter.id));
    });
}

#[test]
fn priority_needs_a_reason_and_the_reason_is_a_fact() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        world.set_time("2026-11-21T10:00+08:00");
        shop.number(world);
        world.set_time("2026-11-21T10:20+08:00");
        let second = shop.number(world).ticket.id;
        let path = format!("/queue/tickets/{second}/priority");
        let desk = world.client(Role::Desk);
        assert_eq!(desk.post(&path, "reason=+").status, 422);
        assert_eq!(line(world), ["A001", "A002"], "nothing changed");
        assert_eq!(desk.post(&path, "reason=Expecting+a+child").status, 303);
        assert_eq!(line(world), ["A002", "A001"]);
        assert_eq!(
            desk.post(&path, "reason=Again").status,
            409,
            "once is enough"
        );
        let kept = world.read(|tx, ctx| {
            let about = store::journal::about(tx, ctx.org, "ticket", &second.to_string(), 10)?;
            let fact = about
                .into_iter()
                .find(|e| e.activity == "ticket.prioritised");
            Ok(fact.expect("recorded").attributes["reason"].clone())
        });
        assert_eq!(kept.expect("read"), "Expecting a child");
        let back = format!("/queue/tickets/{second}/undo");
        assert_eq!(desk.post(&back, "").status, 303);
        assert_eq!(
            line(world),
            ["A001", "A002"],
            "taken back within ten seconds"
        );
        assert_eq!(
            world.client(Role::ReadOnly).post(&path, "reason=Me").status,
            403
        );
    });
}

#[test]
fn in_another_line_the_number_stays_and_the_time_waited_goes_along() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let first = shop.number(world).ticket.id;
        world.set_time("2026-11-21T10:10+08:00");
        let spa = shop.walk_in(world, shop.spa);
        world
            .write(move |tx, ctx| queue::issue(tx, ctx, &spa))
            .expect("given");
        let moved = world
            .write(move |tx, ctx| queue::transfer(tx, ctx, first, "B"))
            .expect("moved");
        assert_eq!(
            (moved.label(), moved.stands_in.as_str()),
            ("A001".into(), "B")
        );
        assert_eq!(line(world), ["A001", "B001"], "waited ten minutes longer");
        let again = world.write(move |tx, ctx| queue::transfer(tx, ctx, first, "B"));
        assert_eq!(again.expect_err("is there").kind, FaultKind::Invalid);
        let nowhere = world.write(move |tx, ctx| queue::transfer(tx, ctx, first, "Z"));
        assert_eq!(nowhere.expect_err("no such line").kind, FaultKind::Invalid);
        let undone = world
            .write(move |tx, ctx| queue::undo(tx, ctx, first))
            .expect("in time");
        assert_eq!(undone.stands_in, "A");
        let broken = world.read(|tx, ctx| (queue::room().verify[0])(tx, ctx));
        assert_eq!(broken.expect("checked"), None);
    });
}

#[test]
fn the_rules_say_how_much_of_the_time_waited_goes_along_and_who_changed_them() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let manager = world.client(Role::Manager);
        let page = manager.get("/queue/rules");
        assert!(
            page.says("100&nbsp;% of the time waited") || page.says("100 % of the time waited")
        );
        let form = "version=0&booked_head_minutes=0&booked_grace_minutes=10\
                    &priority_head_minutes=30&transfer_keeps_percent=0&break_minutes=15";
        assert_eq!(manager.post("/queue/rules", form).status, 303);
        assert_eq!(
            manager.post("/queue/rules", form).status,
            409,
            "somebody was quicker"
        );
        let wrong = form
            .replace("version=0", "version=1")
            .replace("percent=0", "percent=101");
        let wrong = manager.post("/queue/rules", &wrong);
        assert_eq!(wrong.status, 422);
        assert!(wrong.says("value=\"101\""), "what was typed is kept");
        assert_eq!(
            world.client(Role::Desk).post("/queue/rules", form).status,
            403
        );
        let first = shop.number(world).ticket.id;
        world.set_time("2026-11-21T10:10+08:00");
        let spa = shop.walk_in(world, shop.spa);
        world
            .write(move |tx, ctx| queue::issue(tx, ctx, &spa))
            .expect("given");
        world.set_time("2026-11-21T10:12+08:00");
        world
            .write(move |tx, ctx| queue::transfer(tx, ctx, first, "B"))
            .expect("moved");
        assert_eq!(
            line(world),
            ["B001", "A001"],
            "begins anew in the other line"
        );
    });
}

#[test]
fn two_counters_that_call_next_at_once_call_two_customers_to_two_people() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        for _ in 0..6 {
            shop.number(world);
        }
        let called: Vec<queue::Ticket> = std::thread::scope(|scope| {
            let callers: Vec<_> = (0..2).map(|_| scope.spawn(|| next(world))).collect();
            callers
                .into_iter()
                .map(|c| c.join().expect("no panic"))
                .collect()
        });
        assert_ne!(called[0].id, called[1].id);
        assert_ne!(called[0].called_staff, called[1].called_staff);
        let mut labels: Vec<String> = called.iter().map(queue::Ticket::label).collect();
        labels.sort();
        assert_eq!(labels, ["A001", "A002"], "the two who were first");
        let calls = world.activities();
        let calls = calls.iter().filter(|a| *a == "ticket.called").count();
        assert_eq!(calls, 2);
    });
}

#[test]
fn turns_go_round_and_a_wish_costs_nobody_a_turn() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let serve = |world: &World, id: TicketId, minute: i64| {
            let order = world
                .write(move |tx, ctx| queue::start(tx, ctx, id, None))
                .expect("started")
                .order;
            world.set_time(&format!("2026-11-21T10:{minute:02}+08:00"));
            world
                .write(move |tx, ctx| {
                    orders::finish(tx, ctx, order)?;
                    queue::settle_order(tx, ctx, order)
                })
                .expect("finished");
        };
        let mut who = Vec::new();
        for round in 0..4 {
            shop.number(world);
            let called = next(world);
            who.push(called.called_staff.expect("both are free"));
            serve(world, called.id, 5 + round * 5);
        }
        assert_eq!(who[0], who[2]);
        assert_eq!(who[1], who[3]);
        assert_ne!(who[0], who[1], "turn and turn about");
        // Somebody asks for whoever is next by turn: they stay next.
        let mut wish = shop.walk_in(world, shop.cut);
        wish.staff = Some(who[0]);
        let wished = world
            .write(move |tx, ctx| queue::issue(tx, ctx, &wish))
            .expect("given")
            .ticket;
        serve(world, wished.id, 30);
        shop.number(world);
        assert_eq!(next(world).called_staff, Some(who[0]));
    });
}

#[test]
fn a_break_sends_calls_to_others_and_waits_are_told_without_whoever_is_away() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let before = shop.number(world);
        assert_eq!(before.wait.expect("told").min, 0);
        let desk = world.client(Role::Desk);
        let pause = format!("/queue/staff/{}/break", shop.mei);
        assert_eq!(desk.post(&pause, "minutes=60&back=queue").status, 303);
        assert!(matches!(state_of(world, shop.mei), TurnState::Break { .. }));
        let second = shop.number(world);
        assert!(
            second.wait.expect("told").min >= 15,
            "one person is left: {:?}",
            second.wait
        );
        assert_eq!(next(world).called_staff, Some(shop.hao));
        let resume = format!("/queue/staff/{}/return", shop.mei);
        assert_eq!(desk.post(&resume, "").status, 303);
        assert_eq!(state_of(world, shop.mei), TurnState::Free);
        assert_eq!(next(world).called_staff, Some(shop.mei));
        assert_eq!(desk.post(&pause, "minutes=0").status, 422);
        assert_eq!(world.client(Role::ReadOnly).post(&pause, "").status, 403);
        let told = world.activities();
        assert!(
            told.contains(&"counter.paused".into()) && told.contains(&"counter.resumed".into())
        );
    });
}

#[test]
fn an_arrival_taken_back_takes_the_number_out_of_the_line() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = booked(world, &shop, "2026-11-21T10:20+08:00", shop.mei);
        let ticket = check_in(world, order);
        let version = world
            .read(|tx, ctx| orders::order(tx, ctx, order))
            .expect("read")
            .version;
        world
            .write(move |tx, ctx| {
                orders::undo(tx, ctx, order, version)?;
                queue::settle_order(tx, ctx, order)
            })
            .expect("undone");
        let now = world
            .read(|tx, ctx| queue::ticket(tx, ctx, ticket.id))
            .expect("read");
        assert_eq!(now.stage, Stage::Left);
        assert_eq!(line(world), Vec::<String>::new());
        let again = check_in(world, order);
        assert_eq!((again.id, again.stage), (ticket.id, Stage::Waiting));
        assert_eq!(line(world), ["A001"]);
    });
}

/// A day made up from a seed: who comes when, booked or not, with priority or not; every five
/// minutes somebody is called. Checks that the order was the stated one at each call, and that
/// everybody was reached.
#[test]
fn over_a_made_up_day_everybody_is_reached_in_the_stated_order() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let mut dice = 88_172_645_463_325_252_u64;
        let mut roll = |sides: u64| {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            dice % sides
        };
        let mut waits: Vec<i64> = Vec::new();
        let mut issued = 0;
        for step in 0..60_i64 {
            let minute = step * 5;
            let time = format!(
                "2026-11-21T{:02}:{:02}+08:00",
                10 + minute / 60,
                minute % 60
            );
            world.set_time(&time);
            let comers = if step < 40 { roll(3) } else { 0 };
            for _ in 0..comers {
                let mut walk_in = shop.walk_in(world, shop.cut);
                walk_in.priority = (roll(5) == 0).then(|| "In pain".to_owned());
                world
                    .write(move |tx, ctx| queue::issue(tx, ctx, &walk_in))
                    .expect("given");
                issued += 1;
            }
            let now = world.ctx().now;
            let (site, day) = (world.site.id, world.site.date_of(now));
            let open = world
                .read(|tx, ctx| queue::line_now(tx, ctx, site, day))
                .expect("read")
                .tickets;
            let ranks: Vec<i64> = open.iter().map(|ticket| ticket.place.rank).collect();
            assert!(
                ranks.is_sorted(),
                "the order is the instant each counts from"
            );
            for ticket in &open {
                let head = if ticket.place.priority { 30 } else { 0 };
                let counts = ticket.joined_at.as_microsecond() - head * 60_000_000;
                assert_eq!(ticket.place.rank, counts + ticket.number * 1000);
            }
            let Some(first) = open.first() else { continue };
            let id = first.id;
            let served = world.write(move |tx, ctx| {
                let ticket = queue::start(tx, ctx, id, None)?;
                orders::finish(tx, ctx, ticket.order)?;
                queue::settle_order(tx, ctx, ticket.order)?;
                Ok(ticket)
            });
            let served = served.expect("served");
            waits.push((now.as_second() - served.joined_at.as_second()) / 60);
        }
        assert_eq!(waits.len(), issued, "everybody was reached");
        assert_eq!(line(world), Vec::<String>::new());
    });
}
