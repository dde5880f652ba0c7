//! Carrying orders out, step by step.

use kernel::ids::{OrderId, StepId};
use orders::{Step, StepState};
use testing::{World, each_engine};

use crate::shop::{self, now, refusal, rooms, sound};

fn steps(world: &World, id: OrderId) -> Vec<Step> {
    world
        .read(|tx, ctx| orders::steps(tx, ctx, id))
        .expect("it is done")
}

fn states(world: &World, id: OrderId) -> Vec<(String, i64, &'static str)> {
    let name = |step: Step| (step.key.clone(), step.attempt, step.state.as_str());
    steps(world, id).into_iter().map(name).collect()
}

fn started(world: &World) -> (shop::Shop, OrderId, Vec<StepId>) {
    let shop = shop::open(world);
    let id = shop.take(world, &shop.walk_in()).id;
    let mei = Some(shop.mei);
    world
        .write(move |tx, ctx| orders::start(tx, ctx, id, mei))
        .expect("it is done");
    let ids = steps(world, id).iter().map(|step| step.id).collect();
    (shop, id, ids)
}

#[test]
fn one_key_carries_an_order_through_its_blueprint() {
    each_engine(&rooms(), |world| {
        let (_, id, _) = started(world);
        for (minute, running) in [(6, "Cut"), (37, "Finish"), (45, "")] {
            world.set_time(&format!("2026-11-21T10:{minute:02}+08:00"));
            let order = world
                .write(move |tx, ctx| orders::complete_step(tx, ctx, id))
                .unwrap();
            assert_eq!(order.step.en, running);
        }
        let observed: Vec<_> = steps(world, id)
            .iter()
            .map(|step| {
                (
                    step.minutes_observed(world.clock.now()),
                    step.minutes_standard,
                )
            })
            .collect();
        assert_eq!(
            observed,
            [
                (Some(6), Some(5)),
                (Some(31), Some(30)),
                (Some(8), Some(10))
            ]
        );
        let order = world
            .write(move |tx, ctx| orders::finish(tx, ctx, id))
            .unwrap();
        assert_eq!((order.steps_done, order.steps_total), (3, 3));
        sound(world);
    });
}

#[test]
fn an_error_is_recorded_with_its_cause_and_made_good() {
    each_engine(&rooms(), |world| {
        let (_, id, ids) = started(world);
        let step = ids[0];
        let silent = world.write(move |tx, ctx| orders::fail_step(tx, ctx, id, step, " "));
        assert_eq!(refusal(silent), "orders-cause-needed");
        for _ in 0..2 {
            world
                .write(move |tx, ctx| orders::fail_step(tx, ctx, id, step, "Wrong customer"))
                .unwrap();
        }
        let expected = [
            ("consult", 1, "failed"),
            ("consult", 2, "pending"),
            ("cut", 1, "pending"),
            ("finish", 1, "pending"),
        ];
        assert_eq!(
            states(world, id),
            expected.map(|(key, n, state)| (key.to_owned(), n, state))
        );
        let again = steps(world, id)[1].clone();
        assert_eq!(again.rework_of, Some(step));
        world
            .write(move |tx, ctx| orders::complete_step(tx, ctx, id))
            .unwrap();
        assert!(matches!(
            steps(world, id)[1].state,
            StepState::Running { .. }
        ));
        let told = world.activities();
        assert_eq!(told.iter().filter(|told| *told == "step.failed").count(), 1);
        assert!(told.contains(&"step.reworked".to_owned()));
        assert_eq!(now(world, id).steps_total, 3, "the failed step is replaced");
        sound(world);
    });
}

#[test]
fn the_checklist_is_kept_and_work_needs_an_order_in_service() {
    each_engine(&rooms(), |world| {
        let (shop, id, ids) = started(world);
        let cut = ids[1];
        let unbegun = world.write(move |tx, ctx| orders::finish_step(tx, ctx, id, cut, None));
        assert_eq!(refusal(unbegun), "orders-refuse-step-not-started");
        world
            .write(move |tx, ctx| orders::complete_step(tx, ctx, id))
            .unwrap();
        world
            .write(move |tx, ctx| orders::tick(tx, ctx, id, cut, &[true, false]))
            .unwrap();
        assert_eq!(steps(world, id)[1].answers, [true, false]);
        world
            .write(move |tx, ctx| orders::finish_step(tx, ctx, id, cut, Some(&[true, true])))
            .unwrap();
        assert_eq!(steps(world, id)[1].ticked(), 2);
        let over = world.write(move |tx, ctx| orders::tick(tx, ctx, id, cut, &[false]));
        assert_eq!(refusal(over), "orders-refuse-step-done");

        let waiting = shop.take(world, &shop.walk_in()).id;
        let early = world.write(move |tx, ctx| orders::complete_step(tx, ctx, waiting));
        assert_eq!(refusal(early), "orders-refuse-not-started");
        world
            .write(move |tx, ctx| orders::cancel(tx, ctx, id, "Had to leave"))
            .unwrap();
        let closed = world.write(move |tx, ctx| orders::complete_step(tx, ctx, id));
        assert_eq!(refusal(closed), "orders-refuse-cancelled");
        sound(world);
    });
}

#[test]
fn an_order_keeps_the_version_of_the_blueprint_it_started_with() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let old = shop.take(world, &shop.walk_in());
        let mut body = shop::body();
        body.steps.remove(0);
        world
            .write(move |tx, ctx| {
                let found = blueprints::blueprint(tx, ctx, shop.blueprint)?;
                blueprints::save_draft(tx, ctx, found.id, found.version, body)?;
                let saved = blueprints::blueprint(tx, ctx, shop.blueprint)?;
                blueprints::publish(tx, ctx, saved.id, saved.version)
            })
            .unwrap();
        let new = shop.take(world, &shop.walk_in());
        assert_eq!(
            (old.blueprint.unwrap().1, steps(world, old.id).len()),
            (1, 3)
        );
        assert_eq!(
            (new.blueprint.unwrap().1, steps(world, new.id).len()),
            (2, 2)
        );
    });
}

#[test]
fn observed_minutes_come_from_finished_steps_alone() {
    each_engine(&rooms(), |world| {
        let (shop, id, _) = started(world);
        world.set_time("2026-11-21T10:06+08:00");
        world
            .write(move |tx, ctx| orders::complete_step(tx, ctx, id))
            .unwrap();
        let ask = blueprints::ObservedAsk {
            blueprint: shop.blueprint,
            site: Some(shop.site),
            since: testing::at("2026-11-21T00:00+08:00"),
            until: testing::at("2026-11-22T00:00+08:00"),
        };
        let seen = world
            .read(|tx, ctx| orders::observed(tx, ctx, &ask))
            .unwrap();
        let seen: Vec<_> = seen
            .iter()
            .map(|s| (s.step_key.as_str(), s.count, s.median_minutes))
            .collect();
        assert_eq!(seen, [("consult", 1, 6)]);
    });
}
