//! Everything at once at one site: nobody waits in a circle, and nobody is told to try again.

use std::sync::Mutex;

use kernel::{
    Fault, FaultKind,
    ids::{OrderId, ServiceId, TicketId},
};
use orders::{Edit, Kind, NewLine, NewOrder, Reschedule, WantedSlot};
use testing::{World, at, each_engine};

use crate::shop::{Shop, open, rooms};

const CLIENTS: u64 = 12;
const ACTS: u64 = 40;

/// What the clients have made so far, for everybody to work on.
#[derive(Default)]
struct Made {
    orders: Mutex<Vec<OrderId>>,
    tickets: Mutex<Vec<TicketId>>,
}

fn pick<T: Copy>(from: &Mutex<Vec<T>>, dice: u64) -> Option<T> {
    let list = from.lock().expect("nobody panics");
    let count = u64::try_from(list.len()).ok().filter(|count| *count > 0)?;
    // The latest few, so that clients meet at one order.
    let back = dice % count.min(4);
    list.get(usize::try_from(count - 1 - back).ok()?).copied()
}

/// The same dice for the same client and act, so a run can be repeated.
fn dice(client: u64, act: u64) -> u64 {
    let mixed = (client * 1_000 + act + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 32
}

fn booking(world: &World, shop: &Shop, dice: u64, held: bool) -> NewOrder {
    let quarter = i64::try_from(dice % 24).expect("small") * 15;
    let start = at("2026-11-21T11:00+08:00").as_microsecond() + quarter * 60_000_000;
    let start = kernel::Timestamp::from_microsecond(start).expect("a time today");
    NewOrder {
        lines: vec![NewLine::one(shop.cut)],
        slot: Some(WantedSlot { start, staff: None }),
        // A hold that runs out at once: the next client takes its time and the job gives it up.
        hold_until: held.then(|| world.ctx().now),
        ..NewOrder::new(world.site.id, Kind::Booking)
    }
}

fn twice(service: ServiceId, other: ServiceId) -> Edit {
    Edit {
        lines: Some(vec![NewLine::one(service), NewLine::one(other)]),
        ..Edit::default()
    }
}

fn act(world: &World, shop: &Shop, made: &Made, dice: u64) -> Result<(), Fault> {
    let order = pick(&made.orders, dice >> 8);
    let ticket = pick(&made.tickets, dice >> 8);
    let site = world.site.id;
    match (dice % 13, order, ticket) {
        (0 | 1, ..) => {
            let new = booking(world, shop, dice >> 4, dice.is_multiple_of(2));
            let order = world.write(move |tx, ctx| orders::create(tx, ctx, &new))?;
            made.orders.lock().expect("nobody panics").push(order.id);
            Ok(())
        }
        (2, ..) => {
            let walk_in = shop.walk_in(world, shop.cut);
            let standing = world.write(move |tx, ctx| queue::issue(tx, ctx, &walk_in))?;
            let (mut orders, mut tickets) = (
                made.orders.lock().expect("nobody panics"),
                made.tickets.lock().expect("nobody panics"),
            );
            orders.push(standing.ticket.order);
            tickets.push(standing.ticket.id);
            Ok(())
        }
        (3, ..) => world.write(|tx, ctx| orders::expire_holds(tx, ctx).map(drop)),
        (4, ..) => world.write(queue::settle),
        (5, Some(id), _) => {
            let slot = booking(world, shop, dice >> 4, false).slot;
            let start = slot.expect("a booking has one").start;
            let wanted = Reschedule {
                start,
                staff: None,
                version: None,
            };
            world.write(move |tx, ctx| orders::reschedule(tx, ctx, id, wanted).map(drop))
        }
        (6, Some(id), _) => {
            world.write(move |tx, ctx| orders::cancel(tx, ctx, id, "Ill").map(drop))
        }
        (7, Some(id), _) => world.write(move |tx, ctx| orders::confirm(tx, ctx, id).map(drop)),
        (8, Some(id), _) => {
            let edit = twice(shop.cut, shop.cut);
            world.write(move |tx, ctx| {
                let version = orders::order(tx, ctx, id)?.version;
                orders::edit(tx, ctx, id, version, &edit).map(drop)
            })
        }
        (9, Some(id), _) => world.write(move |tx, ctx| {
            orders::start(tx, ctx, id, None)?;
            queue::settle_order(tx, ctx, id)
        }),
        (10, Some(id), _) => world.write(move |tx, ctx| {
            orders::finish(tx, ctx, id)?;
            queue::settle_order(tx, ctx, id)
        }),
        (11, _, Some(id)) => world.write(move |tx, ctx| queue::call(tx, ctx, id, None).map(drop)),
        (12, _, Some(id)) => world.write(move |tx, ctx| queue::start(tx, ctx, id, None).map(drop)),
        _ => world
            .read(|tx, ctx| queue::line_now(tx, ctx, site, world.site.date_of(ctx.now)).map(drop)),
    }
}

#[test]
fn a_rush_at_one_site_is_answered_without_trying_again() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let made = Made::default();
        let faults: Vec<Fault> = std::thread::scope(|scope| {
            let (shop, made) = (&shop, &made);
            let client = |number| {
                move || {
                    let dice = (0..ACTS).map(move |act| dice(number, act));
                    dice.filter_map(|dice| act(world, shop, made, dice).err())
                        .collect::<Vec<_>>()
                }
            };
            let clients: Vec<_> = (0..CLIENTS).map(|n| scope.spawn(client(n))).collect();
            let faults = clients
                .into_iter()
                .map(|client| client.join().expect("no panic"));
            faults.flatten().collect()
        });
        let bad = |fault: &&Fault| {
            fault.kind == FaultKind::Broken || fault.text.key.starts_with("store-")
        };
        let bad: Vec<_> = faults.iter().filter(bad).collect();
        assert!(
            bad.is_empty(),
            "{} of {}: {:?}",
            bad.len(),
            CLIENTS * ACTS,
            bad[0]
        );
        assert!(!made.orders.lock().expect("nobody panics").is_empty());
        for room in rooms() {
            for check in room.verify {
                assert_eq!(
                    world.read(check).expect("it can be checked"),
                    None,
                    "{}",
                    room.name
                );
            }
        }
    });
}
