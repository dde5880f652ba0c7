//! Taking, moving and closing orders.

use std::{sync::Barrier, thread};

use kernel::{FaultKind, Role};
use orders::{Kind, NewLine, NewOrder, Reschedule, StateName};
use testing::{at, each_engine};

use crate::shop::{self, claims, now, refusal, rooms, sound};

#[test]
fn a_walk_in_waits_is_served_and_finishes_with_its_own_facts() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let order = shop.take(world, &shop.walk_in());
        assert_eq!(
            (order.code.as_str(), order.state.name()),
            ("R-00001", StateName::Waiting)
        );
        assert_eq!(order.total.minor, 16_800);
        assert_eq!(order.steps_total, 3);
        world.set_time("2026-11-21T10:07+08:00");
        let id = order.id;
        let mei = Some(shop.mei);
        let order = world
            .write(move |tx, ctx| orders::start(tx, ctx, id, mei))
            .unwrap();
        assert_eq!(order.state.staff(), mei);
        assert_eq!(order.step.en, "Consult");
        assert_eq!(claims(world), 1, "whoever serves is busy");
        world.set_time("2026-11-21T10:50+08:00");
        let order = world
            .write(move |tx, ctx| orders::finish(tx, ctx, id))
            .unwrap();
        assert_eq!(order.state.finished(), Some(at("2026-11-21T10:50+08:00")));
        assert_eq!(
            (order.steps_done, order.steps_total),
            (1, 1),
            "what was left out counts not"
        );
        sound(world);
    });
}

#[test]
fn the_same_transition_twice_is_one_event() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let id = shop
            .take(world, &shop.booking("2026-11-21T11:00+08:00", None))
            .id;
        for _ in 0..2 {
            world
                .write(move |tx, ctx| orders::arrive(tx, ctx, id))
                .unwrap();
        }
        for _ in 0..2 {
            world
                .write(move |tx, ctx| orders::start(tx, ctx, id, None))
                .unwrap();
        }
        for _ in 0..2 {
            world
                .write(move |tx, ctx| orders::finish(tx, ctx, id))
                .unwrap();
        }
        let told = world.activities();
        for activity in ["order.arrived", "order.started", "order.finished"] {
            assert_eq!(
                told.iter().filter(|told| *told == activity).count(),
                1,
                "{activity}"
            );
        }
        sound(world);
    });
}

#[test]
fn what_cannot_happen_says_why_and_changes_nothing() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let booked = shop
            .take(world, &shop.booking("2026-11-21T11:00+08:00", None))
            .id;
        let early = world.write(move |tx, ctx| orders::no_show(tx, ctx, booked));
        assert_eq!(refusal(early), "orders-refuse-too-early");
        let unstarted = world.write(move |tx, ctx| orders::finish(tx, ctx, booked));
        assert_eq!(refusal(unstarted), "orders-refuse-not-started");
        let nothing = world.write(move |tx, ctx| orders::cancel(tx, ctx, booked, "  "));
        assert_eq!(refusal(nothing), "orders-reason-needed");
        assert_eq!(now(world, booked).version, 1);
        world
            .write(move |tx, ctx| orders::cancel(tx, ctx, booked, "Ill"))
            .unwrap();
        assert_eq!(claims(world), 0, "the slot is free again");
        let late = world.write(move |tx, ctx| orders::arrive(tx, ctx, booked));
        let late = late.unwrap_err();
        assert_eq!(
            (late.kind, late.text.key),
            (FaultKind::Conflict, "orders-refuse-cancelled")
        );
        assert!(
            !late.speak(kernel::Locale::ZhCn).contains("orders-"),
            "said in Chinese, too"
        );
        sound(world);
    });
}

#[test]
fn a_booking_needs_a_free_slot_and_gives_it_back_when_missed() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let first = shop.booking("2026-11-21T11:00+08:00", Some(shop.mei));
        let id = shop.take(world, &first).id;
        let taken = first.clone();
        let taken = world
            .write(move |tx, ctx| orders::create(tx, ctx, &taken))
            .unwrap_err();
        assert_eq!(taken.kind, FaultKind::Conflict);
        world.set_time("2026-11-21T11:20+08:00");
        world
            .write(move |tx, ctx| orders::no_show(tx, ctx, id))
            .unwrap();
        assert_eq!(now(world, id).state.name(), StateName::NoShow);
        assert_eq!(claims(world), 0);
        sound(world);
    });
}

#[test]
fn a_hold_is_confirmed_or_given_up() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let held = |start: &str| NewOrder {
            hold_until: Some(at("2026-11-21T10:10+08:00")),
            ..shop.booking(start, Some(shop.mei))
        };
        let kept = shop.take(world, &held("2026-11-21T11:00+08:00")).id;
        let lost = shop.take(world, &held("2026-11-21T14:00+08:00")).id;
        let early = world.write(move |tx, ctx| orders::arrive(tx, ctx, lost));
        assert_eq!(refusal(early), "orders-refuse-only-held");
        world
            .write(move |tx, ctx| orders::confirm(tx, ctx, kept))
            .unwrap();
        world.set_time("2026-11-21T10:11+08:00");
        let expired = world.write(orders::expire_holds).unwrap();
        assert_eq!(expired, [lost]);
        assert_eq!(world.write(orders::expire_holds).unwrap(), []);
        assert_eq!(now(world, kept).state.name(), StateName::Booked);
        assert_eq!(now(world, lost).state.name(), StateName::Expired);
        assert_eq!(claims(world), 1);
        sound(world);
    });
}

#[test]
fn rescheduling_moves_the_slot_and_the_promise_and_tells_the_second_editor() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let order = shop.take(
            world,
            &shop.booking("2026-11-21T11:00+08:00", Some(shop.mei)),
        );
        let (id, version) = (order.id, order.version);
        let to = |start: &str| Reschedule {
            start: at(start),
            staff: None,
            version: Some(version),
        };
        let first = to("2026-11-21T15:00+08:00");
        let moved = world
            .write(move |tx, ctx| orders::reschedule(tx, ctx, id, first))
            .unwrap();
        let slot = moved.state.slot().unwrap();
        assert_eq!(slot.span.start, at("2026-11-21T15:00+08:00"));
        assert_eq!(slot.staff, Some(shop.mei), "the same person, who is free");
        assert_eq!(moved.promised, Some(slot.span.end));
        let again = world
            .write(move |tx, ctx| orders::reschedule(tx, ctx, id, first))
            .unwrap();
        assert_eq!(again.version, moved.version, "a double click moves once");
        let second = to("2026-11-21T16:00+08:00");
        let stale = world.write(move |tx, ctx| orders::reschedule(tx, ctx, id, second));
        assert_eq!(refusal(stale), "kernel-stale");
        assert_eq!(
            now(world, id).state.slot().unwrap().span.start,
            slot.span.start
        );
        sound(world);
    });
}

#[test]
fn each_role_may_do_its_own() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let id = shop.take(world, &shop.walk_in()).id;
        let start = |role| {
            let ctx = world.ctx_of(role);
            world.write_as(ctx, move |tx, ctx| orders::start(tx, ctx, id, None))
        };
        for role in [Role::ReadOnly, Role::Support, Role::Guest] {
            assert_eq!(
                start(role).unwrap_err().kind,
                FaultKind::Forbidden,
                "{role:?}"
            );
        }
        let new = shop.walk_in();
        let take = |role| {
            let (ctx, new) = (world.ctx_of(role), new.clone());
            world.write_as(ctx, move |tx, ctx| orders::create(tx, ctx, &new))
        };
        assert_eq!(take(Role::ReadOnly).unwrap_err().kind, FaultKind::Forbidden);
        take(Role::Desk).unwrap();
        start(Role::Staff).unwrap();
        let elsewhere = kernel::Ctx {
            sites: kernel::SiteScope::Only(Vec::new()),
            ..world.ctx_of(Role::Desk)
        };
        let refused = world.write_as(elsewhere, move |tx, ctx| orders::finish(tx, ctx, id));
        assert_eq!(refused.unwrap_err().kind, FaultKind::Forbidden);
        sound(world);
    });
}

#[test]
fn what_is_asked_for_must_be_on_offer() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let refuse =
            |new: NewOrder| refusal(world.write(move |tx, ctx| orders::create(tx, ctx, &new)));
        assert_eq!(
            refuse(NewOrder::new(shop.site, Kind::WalkIn)),
            "orders-service-needed"
        );
        let booking = NewOrder {
            kind: Kind::Booking,
            ..shop.walk_in()
        };
        assert_eq!(refuse(booking), "orders-slot-needed");
        let many = vec![NewLine {
            service: shop.cut,
            quantity: 0,
        }];
        assert_eq!(
            refuse(NewOrder {
                lines: many,
                ..shop.walk_in()
            }),
            "orders-quantity-wrong"
        );
        let unknown = vec![NewLine::one(world.ctx().id())];
        assert_eq!(
            refuse(NewOrder {
                lines: unknown,
                ..shop.walk_in()
            }),
            "orders-service-missing"
        );
        let long = "很".repeat(2001);
        assert_eq!(
            refuse(NewOrder {
                note: long,
                ..shop.walk_in()
            }),
            "orders-note-long"
        );
        assert!(
            world
                .activities()
                .iter()
                .all(|told| !told.starts_with("order."))
        );
    });
}

#[test]
fn thirty_two_clicks_on_start_begin_the_work_once() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let id = shop.take(world, &shop.walk_in()).id;
        let gate = Barrier::new(32);
        let won: usize = thread::scope(|scope| {
            let clicks: Vec<_> = (0..32)
                .map(|_| {
                    scope.spawn(|| {
                        gate.wait();
                        world
                            .write(move |tx, ctx| orders::start(tx, ctx, id, None))
                            .is_ok()
                    })
                })
                .collect();
            clicks
                .into_iter()
                .map(|click| usize::from(click.join().unwrap()))
                .sum()
        });
        assert_eq!(won, 32, "whoever comes second is told that it is done");
        let told = world.activities();
        assert_eq!(
            told.iter().filter(|told| *told == "order.started").count(),
            1
        );
        assert_eq!(now(world, id).version, 2);
        sound(world);
    });
}

#[test]
fn numbers_are_given_out_once_each() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let mut numbers: Vec<i64> = thread::scope(|scope| {
            let desks: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| shop.take(world, &shop.walk_in()).number))
                .collect();
            desks.into_iter().map(|desk| desk.join().unwrap()).collect()
        });
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=8).collect::<Vec<_>>());
    });
}

#[test]
fn a_complaint_needs_no_service_and_an_on_site_job_gets_its_slot_later() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        for kind in [Kind::Complaint, Kind::Enquiry, Kind::OnSite] {
            let empty = NewOrder::new(shop.site, kind);
            let refused = world.write(move |tx, ctx| orders::create(tx, ctx, &empty));
            assert_eq!(refusal(refused), "orders-matter-needed", "{kind:?}");
        }
        let complaint = NewOrder::new(shop.site, Kind::Complaint);
        let complaint = shop.take(
            world,
            &NewOrder {
                note: "Too short".into(),
                ..complaint
            },
        );
        assert_eq!(
            (complaint.state.name(), complaint.total.minor),
            (StateName::Open, 0)
        );
        let id = complaint.id;
        let missed = world.write(move |tx, ctx| orders::no_show(tx, ctx, id));
        assert_eq!(refusal(missed), "orders-refuse-no-slot");
        world
            .write(move |tx, ctx| orders::finish(tx, ctx, id))
            .unwrap();

        let job = NewOrder {
            kind: Kind::OnSite,
            ..shop.walk_in()
        };
        let job = shop.take(world, &job);
        assert_eq!((job.state.name(), claims(world)), (StateName::Open, 0));
        let start = at("2026-11-21T16:00+08:00");
        let wanted = Reschedule {
            start,
            staff: Some(shop.mei),
            version: Some(job.version),
        };
        let id = job.id;
        let job = world
            .write(move |tx, ctx| orders::reschedule(tx, ctx, id, wanted))
            .unwrap();
        assert_eq!((job.state.name(), claims(world)), (StateName::Booked, 1));
        assert!(world.activities().contains(&"order.booked".to_owned()));
        sound(world);
    });
}
