//! Acts that a phone kept while it had no connection, and sends when the line is back.

use kernel::Role;
use orders::{State, StateName};
use testing::{World, each_engine};

use crate::shop::{open, rooms, state};

const KEY: &str = "0c1f5f0e-2f83-4b7d-9a3f-1f6f6d1c9e10";

fn steps(world: &World, id: kernel::ids::OrderId) -> Vec<orders::Step> {
    let steps = world.read(|tx, ctx| orders::steps(tx, ctx, id));
    steps.expect("the order is there")
}

#[test]
fn an_act_sent_twice_with_its_key_acts_once() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T10:00+08:00", shop.mei);
        let base = format!("/my-day/orders/{}", order.id);
        let mei = world.client_of(shop.mei);
        assert_eq!(mei.post(&format!("{base}/start"), "").status, 303);
        let keyed = mei
            .with_header("idempotency-key", KEY)
            .with_header("hx-request", "true");
        // Without the id of a step, each press would end one more step.
        let path = format!("{base}/step");
        let first = keyed.post(&path, "");
        assert_eq!((first.status, first.says("Step completed")), (200, true));
        let facts = world.activities();
        let again = keyed.post(&path, "");
        assert_eq!((again.status, again.says("Step completed")), (200, true));
        assert_eq!(
            world.activities(),
            facts,
            "nothing is added the second time"
        );
        assert!(steps(world, order.id)[1].state.ended().is_none());
    });
}

#[test]
fn sixteen_requests_with_one_key_act_once() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T10:00+08:00", shop.mei);
        let base = format!("/my-day/orders/{}", order.id);
        let mei = world.client_of(shop.mei);
        assert_eq!(mei.post(&format!("{base}/start"), "").status, 303);
        let keyed = mei
            .with_header("idempotency-key", KEY)
            .with_header("hx-request", "true");
        let gate = std::sync::Barrier::new(16);
        let press = || {
            gate.wait();
            keyed.post(&format!("{base}/step"), "").status
        };
        let answers: Vec<u16> = std::thread::scope(|scope| {
            let presses: Vec<_> = (0..16).map(|_| scope.spawn(press)).collect();
            let done = presses.into_iter().map(|one| one.join().expect("no panic"));
            done.collect()
        });
        assert_eq!(answers, [200; 16], "each hears that it is done");
        let done = steps(world, order.id);
        let ended = done.iter().filter(|step| step.state.ended().is_some());
        assert_eq!(ended.count(), 1);
        let told = world.activities();
        let finished = told.iter().filter(|told| *told == "step.finished");
        assert_eq!(finished.count(), 1);
    });
}

#[test]
fn a_key_names_one_act_of_one_person() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T10:00+08:00", shop.mei);
        let other = shop.booking(world, "Sofia Marino", "2026-11-21T10:00+08:00", shop.hao);
        let path = |id| format!("/my-day/orders/{id}/start");
        let keyed = |client: testing::Client| {
            client
                .with_header("idempotency-key", KEY)
                .with_header("hx-request", "true")
        };
        let mei = keyed(world.client_of(shop.mei));
        assert_eq!(mei.post(&path(order.id), "").status, 200);
        let body = mei.post(&path(order.id), "pressed=2026-11-21T02:00:00Z");
        assert_eq!((body.status, body.says("was not done")), (409, true));
        assert_eq!(mei.post(&path(other.id), "").status, 409, "another order");
        assert_eq!(state(world, other.id), StateName::Booked);
        let short = world
            .client_of(shop.mei)
            .with_header("idempotency-key", "1");
        assert_eq!(short.post(&path(other.id), "").status, 422);
        assert_eq!(state(world, other.id), StateName::Booked);
    });
}

#[test]
fn a_refused_act_gives_its_key_back() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T10:00+08:00", shop.mei);
        let mei = world
            .client_of(shop.mei)
            .with_header("idempotency-key", KEY);
        let base = format!("/my-day/orders/{}", order.id);
        let early = mei.post(&format!("{base}/finish"), "");
        assert_eq!(early.status, 409, "it has not been started");
        world
            .client(Role::Desk)
            .post(&format!("/today/orders/{}/start", order.id), "");
        assert_eq!(mei.post(&format!("{base}/finish"), "").status, 303);
        assert_eq!(state(world, order.id), StateName::Finished);
    });
}

#[test]
fn an_act_sent_late_has_the_time_it_was_pressed() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T10:00+08:00", shop.mei);
        world.set_time("2026-11-21T11:00+08:00");
        let mei = world.client_of(shop.mei);
        let base = format!("/my-day/orders/{}", order.id);
        let send = |noun: &str, pressed: &str| {
            let body = format!("pressed={pressed}");
            mei.post(&format!("{base}/{noun}"), &body).status
        };
        assert_eq!(send("start", "2026-11-21T02:05:00Z"), 303);
        assert_eq!(send("finish", "2026-11-21T02:40:00Z"), 303);
        let order = world.read(|tx, ctx| orders::order(tx, ctx, order.id));
        match order.expect("the order is there").state {
            State::Finished {
                started, finished, ..
            } => {
                assert_eq!(started, testing::at("2026-11-21T10:05+08:00"));
                assert_eq!(finished, testing::at("2026-11-21T10:40+08:00"));
            }
            other => panic!("it is {other:?}"),
        }
    });
}

#[test]
fn a_wrong_clock_moves_no_act_out_of_order() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T10:30+08:00", shop.mei);
        world.set_time("2026-11-21T10:30+08:00");
        let mei = world.client_of(shop.mei);
        let base = format!("/my-day/orders/{}", order.id);
        let start = mei.post(&format!("{base}/start"), "pressed=2031-01-01T00:00:00Z");
        assert_eq!(start.status, 303);
        world.set_time("2026-11-21T10:50+08:00");
        let finish = mei.post(&format!("{base}/finish"), "pressed=2001-01-01T00:00:00Z");
        assert_eq!(finish.status, 303);
        let order = world.read(|tx, ctx| orders::order(tx, ctx, order.id));
        match order.expect("the order is there").state {
            State::Finished {
                started, finished, ..
            } => {
                assert_eq!(started, testing::at("2026-11-21T10:30+08:00"));
                assert_eq!(finished, started, "not before it began");
            }
            other => panic!("it is {other:?}"),
        }
        assert_eq!(
            mei.post(&format!("{base}/start"), "pressed=soon").status,
            422
        );
    });
}

#[test]
fn a_checklist_is_kept_point_by_point() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T10:00+08:00", shop.mei);
        let mei = world.client_of(shop.mei);
        let base = format!("/my-day/orders/{}", order.id);
        mei.post(&format!("{base}/start"), "");
        let step = steps(world, order.id)[0].id;
        let path = format!("{base}/checklist");
        assert_eq!(mei.post(&path, &format!("step={step}&tick=1")).status, 303);
        assert_eq!(steps(world, order.id)[0].answers, [false, true]);
        assert_eq!(mei.post(&path, &format!("step={step}")).status, 303);
        assert_eq!(steps(world, order.id)[0].answers, [false, false]);
        assert!(mei.get("/my-day").says("data-checks"));
    });
}

#[test]
fn a_key_is_known_until_it_is_forgotten_and_then_is_new() {
    each_engine(&rooms(), |world| {
        let first = || {
            let once = store::Once::new(KEY, "/somewhere", b"").expect("the key is well made");
            world.write(move |tx, ctx| once.is_first(tx, ctx))
        };
        let forget_before = |instant: kernel::Timestamp| {
            world
                .write(move |tx, ctx| store::Once::forget(tx, ctx, instant))
                .expect("keys can be forgotten");
        };
        let now = world.ctx().now;
        assert_eq!((first(), first()), (Ok(true), Ok(false)));
        forget_before(now);
        assert_eq!(first(), Ok(false), "it is not older than the instant");
        let later = kernel::Timestamp::from_second(now.as_second() + 1);
        forget_before(later.expect("a second later is a time"));
        assert_eq!(first(), Ok(true));
    });
}
