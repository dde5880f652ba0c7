//! A full class: calcom/cal.diy#4870.

use kernel::ids::GroupSessionId;
use sessions::{Plan, Sell};
use testing::{World, each_engine};
use waitlist::Wish;

use crate::shop::{Shop, accept, cancel, is_sound, join, offer, open, rooms, sunday, tick, wish};

/// A class of two at ten.
fn class(world: &World, shop: Shop) -> GroupSessionId {
    let plan = Plan {
        site: shop.site,
        service: shop.cut,
        start: sunday("10:00"),
        minutes: 60,
        staff: None,
        room: None,
        seats: 2,
        each_max: 2,
    };
    world
        .write(move |tx, ctx| Ok(sessions::plan(tx, ctx, &plan)?.id))
        .expect("planned")
}

fn sell(world: &World, session: GroupSessionId) -> Result<kernel::ids::OrderId, kernel::Fault> {
    let wanted = Sell {
        session,
        count: 1,
        customer: None,
        note: String::new(),
    };
    world.write(move |tx, ctx| Ok(sessions::sell(tx, ctx, &wanted)?.id))
}

#[test]
fn a_seat_that_comes_free_in_a_full_class_is_offered_in_turn() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let session = class(world, shop);
        let [first, _] = [(); 2].map(|()| sell(world, session).expect("free"));
        let for_seats = |seats: i64| Wish {
            session: Some(session),
            seats,
            ..wish(shop)
        };
        let pair = join(world, shop, "Ada", for_seats(2));
        let single = join(world, shop, "Bea", for_seats(1));
        tick(world);
        cancel(world, first);
        tick(world);
        assert_eq!(offer(world, &pair), None, "one seat is not two");
        assert_eq!(offer(world, &single).expect("one").start, sunday("10:00"));
        assert!(sell(world, session).is_err(), "the seat is held");
        let order = accept(world, &single).expect("in time");
        let seats = world
            .read(|tx, ctx| capacity::seats_of(tx, ctx, order))
            .expect("readable");
        assert_eq!(seats, Some((session, 1)));
        is_sound(world);
    });
}
