//! Many customers after many times at once, each wanting people, rooms and equipment of their own.
//! `STEWARD_STORM_ASKS=1000 cargo nextest run -p capacity storm` asks as often for each customer.

use capacity::{Ask, ClaimFor, ResourceFields};
use kernel::{
    Bilingual, Fault, FaultKind, IdSource, Timestamp,
    ids::{OrderId, ServiceId, SiteId, StaffId},
};
use testing::{Taken, World, at, each_engine};

use crate::shop::{hire, is_sound, open, order, rooms};

const CLIENTS: usize = 32;
const QUARTER_SECONDS: i64 = 900;
/// Starts from nine in the morning to a quarter to eight on Sunday.
const STARTS: i64 = 44;

struct House {
    site: SiteId,
    staff: Vec<StaffId>,
    /// A person alone; with a room; with a room and the one machine.
    services: [ServiceId; 3],
}

fn house(world: &World) -> House {
    let shop = open(world);
    let (site, currency) = (shop.site, world.site.currency);
    let made = world.write(move |tx, ctx| {
        let thing = |kind: &str, name: &str| ResourceFields {
            site,
            kind: kind.to_owned(),
            name: Bilingual::new(name, name),
        };
        capacity::create_resource(tx, ctx, thing("room", "Room 2"))?;
        capacity::create_resource(tx, ctx, thing("equipment", "Laser"))?;
        let mut peel = offers::Service::new(ctx.id(), currency);
        peel.name = Bilingual::new("光疗", "Peel");
        peel.minutes = 40;
        peel.buffer_after_minutes = 10;
        peel.skills = vec!["hair".to_owned()];
        peel.resources = vec!["room".to_owned(), "equipment".to_owned()];
        let peel = offers::save_service(tx, ctx, &peel)?.id;
        let more = [
            hire(tx, ctx, site, "Zhao Min")?,
            hire(tx, ctx, site, "Wu Lei")?,
        ];
        Ok((peel, more))
    });
    let (peel, more) = made.expect("the house is larger");
    House {
        site,
        staff: [[shop.mei, shop.hao], more].concat(),
        services: [shop.cut, shop.facial, peel],
    }
}

impl House {
    /// What a customer asks for, drawn from numbers of their own.
    fn draw(&self, ids: &IdSource) -> (Ask, Timestamp) {
        let below = |most: usize| (ids.bits() % most as u64) as usize;
        let staff = match below(2) {
            0 => None,
            _ => Some(self.staff[below(self.staff.len())]),
        };
        let opens = at("2026-11-22T09:15+08:00").as_second();
        let quarter = i64::try_from(below(STARTS as usize - 1)).expect("it is small");
        let start = Timestamp::from_second(opens + quarter * QUARTER_SECONDS);
        let ask = Ask {
            site: self.site,
            service: self.services[below(3)],
            add_on_minutes: 0,
            staff,
        };
        (ask, start.expect("it is a time"))
    }
}

/// What became of an ask.
struct Asked {
    order: OrderId,
    ask: Ask,
    start: Timestamp,
    refusal: Option<Fault>,
}

fn claim(world: &World, order: OrderId, ask: &Ask, start: Timestamp) -> Result<(), Fault> {
    let wanted = ClaimFor {
        order,
        ask: ask.clone(),
        start,
        hold_until: None,
    };
    let ctx = world.guest_ctx();
    let claimed = world.write_as(ctx, move |tx, ctx| capacity::claim(tx, ctx, wanted));
    claimed.map(drop)
}

/// The starts that the customer is offered instead.
fn nearest(world: &World, asked: &Asked, count: usize) -> Vec<Timestamp> {
    let ctx = world.guest_ctx();
    let (ask, start) = (&asked.ask, asked.start);
    let slots = world
        .db
        .read(|tx| capacity::nearest_slots(tx, &ctx, ask, start, count));
    let slots = slots.expect("it answers").into_iter();
    slots.map(|slot| slot.start).collect()
}

/// Every client asks one thing after the other, all at the same time.
fn rush(world: &World, house: &House, asks: usize) -> Vec<Asked> {
    let client = |number: usize| {
        move || {
            let ids = IdSource::seeded(number as u64 + 1);
            let one = |_| {
                let (ask, start) = house.draw(&ids);
                let order = order(world);
                let refusal = claim(world, order, &ask, start).err();
                Asked {
                    order,
                    ask,
                    start,
                    refusal,
                }
            };
            (0..asks).map(one).collect::<Vec<_>>()
        }
    };
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS).map(|n| scope.spawn(client(n))).collect();
        let done = clients.into_iter().map(|one| one.join().expect("no panic"));
        done.flatten().collect()
    })
}

fn taken(world: &World) -> Taken {
    Taken::read(&world.db, world.ctx().org)
}

#[test]
fn thirty_two_clients_after_many_times_never_share_a_person_a_room_or_a_machine() {
    let asks = std::env::var("STEWARD_STORM_ASKS");
    let asks: usize = asks.ok().and_then(|n| n.parse().ok()).unwrap_or(6);
    each_engine(&rooms(), |world| {
        let house = house(world);
        let asked = rush(world, &house, asks);
        let taken_now = taken(world);
        assert_eq!(taken_now.overlaps(), Vec::<String>::new());
        let (lost, won): (Vec<&Asked>, Vec<&Asked>) =
            asked.iter().partition(|one| one.refusal.is_some());
        assert!(!won.is_empty() && !lost.is_empty(), "{} won", won.len());
        let mine = |order: OrderId| taken_now.of(&order.to_string());
        for one in &won {
            let service = house.services.iter().position(|s| *s == one.ask.service);
            assert_eq!(mine(one.order), 1 + service.expect("one of three"), "whole");
        }
        for one in &lost {
            assert_eq!(mine(one.order), 0, "nothing half taken");
            let fault = one.refusal.as_ref().expect("it was refused");
            assert_eq!(fault.kind, FaultKind::Conflict, "{fault:?}");
            // Somebody has the time: nobody is refused what is free.
            let free = nearest(world, one, 1);
            assert!(!free.contains(&one.start), "{} is free", one.start);
        }
        is_sound(world);
        for one in lost.iter().take(24) {
            let Some(other) = nearest(world, one, 3).pop() else {
                continue;
            };
            claim(world, order(world), &one.ask, other).expect("what is offered is free");
        }
        assert_eq!(taken(world).overlaps(), Vec::<String>::new());
        is_sound(world);
    });
}

#[test]
fn holds_that_run_out_while_they_are_confirmed_are_whole_or_gone() {
    each_engine(&rooms(), |world| {
        let house = house(world);
        let until = at("2026-11-21T10:10+08:00");
        let (in_time, too_late) = (
            world.ctx().at(at("2026-11-21T10:09:59+08:00")),
            world.ctx().at(until),
        );
        for quarter in 0..8 {
            let opens = at("2026-11-22T09:15+08:00").as_second();
            let start = Timestamp::from_second(opens + quarter * 5 * QUARTER_SECONDS);
            let start = start.expect("it is a time");
            let ask = Ask {
                site: house.site,
                service: house.services[2],
                add_on_minutes: 0,
                staff: Some(house.staff[0]),
            };
            let wanted = |hold_until| ClaimFor {
                order: order(world),
                ask: ask.clone(),
                start,
                hold_until,
            };
            let held = wanted(Some(until));
            let id = held.order;
            let kept = world.write_as(world.guest_ctx(), move |tx, ctx| {
                capacity::claim(tx, ctx, held)
            });
            kept.expect("the time is free");
            let winners: usize = std::thread::scope(|scope| {
                let confirm = scope.spawn(|| {
                    let (db, ctx) = (world.db.clone(), in_time.clone());
                    db.write(move |tx| capacity::confirm_hold(tx, &ctx, id))
                        .is_ok()
                });
                let rivals = (0..3).map(|_| {
                    let (db, ctx, rival) = (world.db.clone(), too_late.clone(), wanted(None));
                    scope
                        .spawn(move || db.write(move |tx| capacity::claim(tx, &ctx, rival)).is_ok())
                });
                let rivals: Vec<_> = rivals.collect();
                let rivals = rivals.into_iter().map(|one| one.join().expect("no panic"));
                let won = rivals.filter(|won| *won).count();
                won + usize::from(confirm.join().expect("no panic"))
            });
            assert_eq!(winners, 1, "quarter {quarter}");
        }
        assert_eq!(taken(world).overlaps(), Vec::<String>::new());
        is_sound(world);
    });
}
