//! Taking the last act back.

use kernel::{Role, ids::OrderId};
use orders::{Edit, StateName};
use testing::{World, each_engine};

use crate::shop::{self, Shop, claims, now, refusal, rooms, sound};

fn undo(world: &World, id: OrderId, version: i64) -> Result<orders::Order, kernel::Fault> {
    world.write(move |tx, ctx| orders::undo(tx, ctx, id, version))
}

/// A booking of Mei's at eleven, and the shop.
fn booked(world: &World) -> (Shop, OrderId) {
    let shop = shop::open(world);
    let new = shop.booking("2026-11-21T11:00+08:00", Some(shop.mei));
    (shop, shop.take(world, &new).id)
}

#[test]
fn a_check_in_by_mistake_is_taken_back_once_and_told() {
    each_engine(&rooms(), |world| {
        let (_, id) = booked(world);
        let before = now(world, id).state;
        let arrived = world.write(move |tx, ctx| orders::arrive(tx, ctx, id));
        let version = arrived.unwrap().version;
        for _ in 0..2 {
            let back = undo(world, id, version).unwrap();
            assert_eq!((&back.state, back.version), (&before, version + 1));
        }
        let told = world.activities();
        let undone = told.iter().filter(|fact| *fact == "order.arrival_undone");
        assert_eq!(undone.count(), 1);
        sound(world);
        world
            .write(move |tx, ctx| orders::arrive(tx, ctx, id))
            .unwrap();
        assert_eq!(
            refusal(undo(world, id, version)),
            "orders-refuse-undo-followed",
            "the second check-in is another act"
        );
        sound(world);
    });
}

#[test]
fn a_start_by_mistake_leaves_the_customer_waiting_and_the_person_free() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let id = shop.take(world, &shop.walk_in()).id;
        let mei = Some(shop.mei);
        let started = world.write(move |tx, ctx| orders::start(tx, ctx, id, mei));
        assert_eq!(claims(world), 1, "Mei is busy");
        let back = undo(world, id, started.unwrap().version).unwrap();
        assert_eq!(back.state.name(), StateName::Waiting);
        assert_eq!((claims(world), back.step.is_empty()), (0, true));
        let steps = world.read(|tx, ctx| orders::steps(tx, ctx, id)).unwrap();
        assert!(steps.iter().all(|step| step.state.as_str() == "pending"));
        sound(world);
    });
}

#[test]
fn a_booking_started_by_mistake_was_never_there() {
    each_engine(&rooms(), |world| {
        let (_, id) = booked(world);
        let started = world.write(move |tx, ctx| orders::start(tx, ctx, id, None));
        let back = undo(world, id, started.unwrap().version).unwrap();
        assert_eq!(back.state.name(), StateName::Booked);
        sound(world);
    });
}

#[test]
fn an_order_finished_too_soon_goes_on_where_it_was() {
    each_engine(&rooms(), |world| {
        let (_, id) = booked(world);
        world.set_time("2026-11-21T11:00+08:00");
        world
            .write(move |tx, ctx| orders::start(tx, ctx, id, None))
            .unwrap();
        let (order, steps) = (
            now(world, id),
            world.read(|tx, ctx| orders::steps(tx, ctx, id)),
        );
        world.set_time("2026-11-21T11:10+08:00");
        let finished = world
            .write(move |tx, ctx| orders::finish(tx, ctx, id))
            .unwrap();
        let back = undo(world, id, finished.version).unwrap();
        assert_eq!((&back.state, &back.step), (&order.state, &order.step));
        assert_eq!(
            world.read(|tx, ctx| orders::steps(tx, ctx, id)).unwrap(),
            steps.unwrap()
        );
        sound(world);
        let broken = world.read(|tx, ctx| (capacity::room().verify[0])(tx, ctx));
        assert_eq!(broken.unwrap(), None);
    });
}

#[test]
fn a_no_show_is_taken_back_unless_somebody_else_has_the_time() {
    each_engine(&rooms(), |world| {
        let (shop, id) = booked(world);
        world.set_time("2026-11-21T11:05+08:00");
        let missed = world.write(move |tx, ctx| orders::no_show(tx, ctx, id));
        let version = missed.unwrap().version;
        let rival = shop.booking("2026-11-21T11:15+08:00", Some(shop.mei));
        let rival = shop.take(world, &rival).id;
        assert_eq!(refusal(undo(world, id, version)), "capacity-why-staff");
        assert_eq!(
            now(world, id).state.name(),
            StateName::NoShow,
            "nothing changed"
        );
        world
            .write(move |tx, ctx| orders::cancel(tx, ctx, rival, "Ill"))
            .unwrap();
        let back = undo(world, id, version).unwrap();
        assert_eq!(back.state.name(), StateName::Booked);
        assert_eq!(claims(world), 1);
        sound(world);
    });
}

#[test]
fn what_something_followed_or_is_long_over_stays() {
    each_engine(&rooms(), |world| {
        let (shop, id) = booked(world);
        let start = |id| {
            world
                .write(move |tx, ctx| orders::start(tx, ctx, id, None))
                .unwrap()
        };
        let version = start(id).version;
        world
            .write(move |tx, ctx| orders::complete_step(tx, ctx, id))
            .unwrap();
        let followed = "orders-refuse-undo-followed";
        assert_eq!(
            refusal(undo(world, id, version)),
            followed,
            "a step was completed"
        );

        let edited = shop.take(world, &shop.walk_in()).id;
        let version = start(edited).version;
        let edit = Edit {
            note: Some("Fringe".to_owned()),
            ..Edit::default()
        };
        world
            .write(move |tx, ctx| orders::edit(tx, ctx, edited, version, &edit))
            .unwrap();
        assert_eq!(
            refusal(undo(world, edited, version)),
            followed,
            "it was edited"
        );
        assert_eq!(
            refusal(undo(world, edited, version + 1)),
            followed,
            "an edit is no act"
        );

        let old = shop.take(world, &shop.walk_in()).id;
        let version = start(old).version;
        world.set_time("2026-11-21T22:01+08:00");
        assert_eq!(
            refusal(undo(world, old, version)),
            "orders-refuse-undo-late"
        );
        sound(world);
    });
}

#[test]
fn the_page_of_an_order_offers_the_way_back_to_those_who_serve() {
    each_engine(&rooms(), |world| {
        let (_, id) = booked(world);
        let desk = world.client(Role::Desk);
        let path = format!("/orders/{id}");
        assert!(!desk.get(&path).says("Undo check-in"));
        assert_eq!(desk.post(&format!("{path}/arrival"), "").status, 303);
        let action = format!("{path}/undo/2");
        assert!(desk.get(&path).says("Undo check-in") && desk.get(&path).says(&action));
        assert!(!world.client(Role::Support).get(&path).says("Undo check-in"));
        assert_eq!(world.client(Role::Support).post(&action, "").status, 403);
        for _ in 0..2 {
            assert_eq!(desk.post(&action, "").status, 303);
            assert_eq!(now(world, id).state.name(), StateName::Booked);
        }
        let page = desk.get(&path);
        assert!(page.says("Check-in undone") && !page.says("Undo check-in"));
        assert_eq!(desk.post(&format!("{path}/undo/x"), "").status, 404);
    });
}

/// A cut and a facial one after the other, each with its own person, at eleven.
fn of_two_parts(world: &World) -> (Shop, OrderId) {
    let shop = shop::open(world);
    let new = orders::NewOrder {
        lines: vec![
            orders::NewLine::one(shop.cut),
            orders::NewLine::one(shop.facial),
        ],
        wishes: vec![(1, other(world, &shop))],
        ..shop.booking("2026-11-21T11:00+08:00", Some(shop.mei))
    };
    (shop, shop.take(world, &new).id)
}

/// Whoever works there beside Mei.
fn other(world: &World, shop: &Shop) -> kernel::ids::StaffId {
    let staff = world.read(people::staff).expect("readable");
    let other = staff.iter().find(|one| one.id != shop.mei);
    other.expect("there are two").id
}

#[test]
fn a_visit_of_two_parts_goes_back_with_both_of_its_times() {
    each_engine(&rooms(), |world| {
        let (shop, id) = of_two_parts(world);
        let parts = || {
            world
                .read(|tx, ctx| orders::parts(tx, ctx, id))
                .expect("readable")
        };
        let before = parts();
        assert_eq!(before.len(), 2);
        let desk = world.client(Role::Desk);
        let path = format!("/orders/{id}");
        let version = || now(world, id).version;
        for act in ["arrival", "start"] {
            assert_eq!(desk.post(&format!("{path}/{act}"), "").status, 303, "{act}");
            let undo = format!("{path}/undo/{}", version());
            assert_eq!(desk.post(&undo, "").status, 303, "{act}");
            assert_eq!(now(world, id).state.name(), StateName::Booked, "{act}");
            assert_eq!(parts(), before, "{act}");
            sound(world);
        }
        world.set_time("2026-11-21T11:20+08:00");
        assert_eq!(desk.post(&format!("{path}/no-show"), "").status, 303);
        assert_eq!(claims(world), 0, "both times are free");
        let missed = version();
        let rival = orders::NewOrder {
            lines: vec![orders::NewLine::one(shop.facial)],
            ..shop.booking("2026-11-21T11:50+08:00", Some(other(world, &shop)))
        };
        let rival = shop.take(world, &rival).id;
        assert_eq!(refusal(undo(world, id, missed)), "capacity-why-staff");
        assert_eq!(
            now(world, id).state.name(),
            StateName::NoShow,
            "nothing changed"
        );
        assert_eq!(claims(world), 1, "not even the first part came back");
        world
            .write(move |tx, ctx| orders::cancel(tx, ctx, rival, "Ill"))
            .expect("cancelled");
        assert_eq!(desk.post(&format!("{path}/undo/{missed}"), "").status, 303);
        assert_eq!((parts(), claims(world)), (before, 2));
        sound(world);
    });
}
