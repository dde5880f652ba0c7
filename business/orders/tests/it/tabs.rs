//! Two tabs, one order: whoever saves second is told, and nothing is lost unseen.

use std::{sync::Barrier, thread};

use orders::Edit;
use testing::{at, each_engine};

use crate::shop::{self, refusal, rooms, sound};

#[test]
fn of_sixteen_tabs_that_save_one_order_one_does() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let order = shop.take(world, &shop.walk_in());
        let (id, version, gate) = (order.id, order.version, Barrier::new(16));
        let tab = |number: usize| {
            let gate = &gate;
            move || {
                let edit = Edit {
                    note: Some(format!("Tab {number}")),
                    ..Edit::default()
                };
                gate.wait();
                let saved = world.write(move |tx, ctx| orders::edit(tx, ctx, id, version, &edit));
                saved.map(|order| order.note)
            }
        };
        let saved: Vec<_> = thread::scope(|scope| {
            let tabs: Vec<_> = (0..16).map(|number| scope.spawn(tab(number))).collect();
            tabs.into_iter()
                .map(|tab| tab.join().expect("no panic"))
                .collect()
        });
        let (won, lost): (Vec<_>, Vec<_>) = saved.into_iter().partition(Result::is_ok);
        assert_eq!((won.len(), lost.len()), (1, 15));
        for told in lost {
            assert_eq!(refusal(told), "kernel-stale");
        }
        let kept = world.read(|tx, ctx| orders::order(tx, ctx, id));
        let kept = kept.expect("it is there");
        assert_eq!(
            Some(&kept.note),
            won[0].as_ref().ok(),
            "what the winner typed"
        );
        assert_eq!(kept.version, version + 1);
        let told = world.activities();
        let changes = told.iter().filter(|told| *told == "order.changed");
        assert_eq!(changes.count(), 1);
        sound(world);
    });
}

#[test]
fn of_sixteen_who_move_one_booking_to_different_times_one_does() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let order = shop.take(
            world,
            &shop.booking("2026-11-21T11:00+08:00", Some(shop.mei)),
        );
        let (id, version, gate) = (order.id, order.version, Barrier::new(16));
        let tab = |number: usize| {
            let (gate, minute) = (&gate, number * 15);
            let start = format!(
                "2026-11-21T{:02}:{:02}+08:00",
                13 + minute / 60,
                minute % 60
            );
            let to = orders::Reschedule {
                start: at(&start),
                staff: None,
                version: Some(version),
            };
            move || {
                gate.wait();
                let moved = world.write(move |tx, ctx| orders::reschedule(tx, ctx, id, to));
                moved.is_ok().then_some(to.start)
            }
        };
        let moved: Vec<_> = thread::scope(|scope| {
            let tabs: Vec<_> = (0..16).map(|number| scope.spawn(tab(number))).collect();
            let done = tabs.into_iter().map(|tab| tab.join().expect("no panic"));
            done.flatten().collect()
        });
        assert_eq!(moved.len(), 1, "{moved:?}");
        let kept = world.read(|tx, ctx| orders::order(tx, ctx, id));
        let slot = kept
            .expect("it is there")
            .state
            .slot()
            .map(|slot| slot.span.start);
        assert_eq!(slot, Some(moved[0]));
        sound(world);
    });
}
