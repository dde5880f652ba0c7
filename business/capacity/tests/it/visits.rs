//! Visits of several parts, people booked over knowingly, and the way between rooms and sites.

use capacity::{ClaimVisit, Move, PartAsk, ResourceFields, Visit};
use kernel::{
    Bilingual, Ctx, Fault, Span, Timestamp,
    ids::{OrderId, ServiceId, StaffId},
};
use store::Tx;
use testing::{World, at, each_engine};

use crate::shop::{Shop, claim, free, is_sound, open, order, rooms};

fn part(service: ServiceId, staff: Option<StaffId>) -> PartAsk {
    PartAsk {
        service,
        add_on_minutes: 0,
        staff,
    }
}

/// A cut with one person and a facial in the room with another.
fn both(shop: &Shop, order: OrderId, start: &str) -> ClaimVisit {
    ClaimVisit {
        order,
        visit: Visit::new(
            shop.site,
            vec![
                part(shop.cut, Some(shop.mei)),
                part(shop.facial, Some(shop.hao)),
            ],
        ),
        start: at(start),
        hold_until: None,
    }
}

fn take(world: &World, wanted: &ClaimVisit) -> Result<Vec<capacity::Claim>, Fault> {
    let wanted = wanted.clone();
    world.write(move |tx, ctx| capacity::claim_visit(tx, ctx, &wanted))
}

fn quanta(world: &World) -> i64 {
    let sql = "select cast(count(*) as bigint) from claim_quanta where org = $1";
    let found = world.read(|tx, ctx| tx.count(sql, store::params![ctx.org]));
    found.expect("counted")
}

#[test]
fn a_cut_and_then_a_facial_with_another_person_are_taken_one_after_the_other() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let claims = take(world, &both(&shop, order(world), "2026-11-22T14:00+08:00"));
        let claims = claims.expect("both parts are free");
        let told: Vec<_> = claims.iter().map(|c| (c.part, c.staff)).collect();
        assert_eq!(told, [(1, shop.mei), (2, shop.hao)]);
        assert_eq!(claims[0].end, at("2026-11-22T14:50+08:00"));
        assert_eq!(claims[1].start, at("2026-11-22T14:50+08:00"));
        assert_eq!(claims[1].resources, [shop.room]);
        is_sound(world);
    });
}

#[test]
fn a_visit_is_taken_as_a_whole_or_nothing_of_it() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        for hour in ["14:50", "15:50"] {
            let start = format!("2026-11-22T{hour}+08:00");
            let hao = Some(shop.hao);
            claim(world, shop.wants(order(world), shop.cut, &start, hao)).expect("free");
        }
        let before = quanta(world);
        let refused = take(world, &both(&shop, order(world), "2026-11-22T14:00+08:00"));
        assert_eq!(
            refused.expect_err("the second part has no place").text.key,
            "capacity-why-staff"
        );
        assert_eq!(quanta(world), before);
        is_sound(world);
    });
}

#[test]
fn a_visit_moves_and_is_given_back_as_one() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let id = order(world);
        take(world, &both(&shop, id, "2026-11-22T14:00+08:00")).expect("free");
        let to = Move {
            part: 2,
            start: at("2026-11-22T16:50+08:00"),
            staff: None,
            overbook: None,
        };
        let moved = world.write(move |tx, ctx| capacity::move_visit(tx, ctx, id, &to));
        let moved = moved.expect("both parts move");
        assert_eq!(moved[0].start, at("2026-11-22T16:00+08:00"));
        assert_eq!(moved[1].start, at("2026-11-22T16:50+08:00"));
        assert_eq!((moved[0].staff, moved[1].staff), (shop.mei, shop.hao));
        is_sound(world);
        world
            .write(move |tx, ctx| capacity::release(tx, ctx, id))
            .expect("given back");
        assert_eq!(quanta(world), 0);
    });
}

#[test]
fn parts_change_places_where_the_order_named_would_keep_the_customer_waiting() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        // The room is taken from three on, so the facial comes first.
        let later = shop.wants(
            order(world),
            shop.facial,
            "2026-11-22T15:30+08:00",
            Some(shop.hao),
        );
        claim(world, later).expect("free");
        let mut wanted = both(&shop, order(world), "2026-11-22T14:05+08:00");
        wanted.visit.parts[1].staff = None;
        let claims = take(world, &wanted).expect("the other way round");
        assert_eq!(claims[0].service, shop.facial);
        assert_eq!(claims[1].service, shop.cut);
        is_sound(world);
    });
}

/// The first starts nearest to a wish, told from every visit of the days around it.
fn nearest_of_all(world: &World, visit: &Visit, wish: Timestamp, count: usize) -> Vec<Timestamp> {
    let zone = world.read(|tx, ctx| Ok(organisation::site(tx, ctx, visit.site)?.zone));
    let zone = zone.expect("the site is known");
    let day = |days: i64| {
        let near = wish.as_second() + days * 86_400;
        let near = Timestamp::from_second(near).expect("near");
        near.to_zoned(zone.clone()).date()
    };
    let all = world.read(|tx, ctx| capacity::visits(tx, ctx, visit, day(-3), day(3)));
    let mut all = begins(&all.expect("read"));
    all.sort_by_key(|at| (at.as_second().abs_diff(wish.as_second()), *at));
    all.truncate(count);
    all.sort();
    all
}

fn begins(plans: &[capacity::Plan]) -> Vec<Timestamp> {
    let begin = |plan: &capacity::Plan| plan[0].fit.times.service.start;
    plans.iter().map(begin).collect()
}

#[test]
fn the_alternatives_to_a_visit_are_the_nearest_of_three_days_however_far_the_first_of_them() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let visit = both(&shop, order(world), "2026-11-23T14:00+08:00").visit;
        let wishes = [
            "2026-11-23T14:00+08:00",
            "2026-11-23T20:45+08:00",
            "2026-11-25T03:00+08:00",
        ];
        for wish in wishes.map(at) {
            for count in [1, 5, 60] {
                let found = world
                    .read(|tx, ctx| capacity::nearest_visits(tx, ctx, &visit, wish, count))
                    .expect("read");
                let expected = nearest_of_all(world, &visit, wish, count);
                assert_eq!(begins(&found), expected, "{count} at {wish}");
            }
        }
    });
}

#[test]
fn somebody_busy_is_booked_over_knowingly_and_their_time_is_still_claimed_once() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let first = shop.wants(
            order(world),
            shop.cut,
            "2026-11-22T14:00+08:00",
            Some(shop.mei),
        );
        claim(world, first).expect("free");
        let before = quanta(world);
        let mut over = ClaimVisit {
            order: order(world),
            visit: Visit::new(shop.site, vec![part(shop.cut, Some(shop.mei))]),
            start: at("2026-11-22T14:00+08:00"),
            hold_until: None,
        };
        assert_eq!(
            take(world, &over).expect_err("busy").text.key,
            "capacity-why-staff"
        );
        over.visit.overbook = Some("she said yes".to_owned());
        let claims = take(world, &over).expect("booked over");
        assert_eq!(claims[0].overbooked.as_deref(), Some("she said yes"));
        assert_eq!(quanta(world), before);
        is_sound(world);
        // A third one still finds her busy after the first is gone.
        let ask = shop.ask(shop.cut, Some(shop.mei));
        assert!(!free(world, &ask, "2026-11-22").contains(&"14:00".to_owned()));
    });
}

#[test]
fn a_room_is_never_booked_over() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let first = shop.wants(
            order(world),
            shop.facial,
            "2026-11-22T14:00+08:00",
            Some(shop.mei),
        );
        claim(world, first).expect("free");
        let over = ClaimVisit {
            order: order(world),
            visit: Visit {
                overbook: Some("please".to_owned()),
                ..Visit::new(shop.site, vec![part(shop.facial, Some(shop.mei))])
            },
            start: at("2026-11-22T14:00+08:00"),
            hold_until: None,
        };
        let refused = take(world, &over).expect_err("the room is taken");
        assert_eq!(refused.text.key, "capacity-why-resource");
        is_sound(world);
    });
}

#[test]
fn verify_finds_a_claim_booked_over_that_keeps_the_person_all_the_same() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let first = shop.wants(
            order(world),
            shop.cut,
            "2026-11-22T14:00+08:00",
            Some(shop.mei),
        );
        claim(world, first).expect("free");
        let forge = "update claims set overbooked = 'forged' where org = $1";
        world
            .write(move |tx, ctx| tx.execute(forge, store::params![ctx.org]).map(drop))
            .expect("forged");
        let found = world.read(capacity::room().verify[0]).expect("readable");
        assert!(found.is_some());
    });
}

fn second_room(tx: &mut Tx, ctx: &Ctx, shop: &Shop) -> Result<(), Fault> {
    let fields = ResourceFields {
        site: shop.site,
        kind: "room".to_owned(),
        name: Bilingual::new("二号室", "Room 2"),
    };
    capacity::create_resource(tx, ctx, fields).map(drop)
}

#[test]
fn changing_the_room_takes_its_minutes_before_and_after() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let there = shop.clone();
        world
            .write(move |tx, ctx| {
                second_room(tx, ctx, &there)?;
                capacity::set_room_minutes(tx, ctx, there.site, 15)
            })
            .expect("set");
        // Somebody else has room 1 right before and right after, and she herself is in room 2.
        let mei = shop.wants(
            order(world),
            shop.facial,
            "2026-11-22T14:00+08:00",
            Some(shop.mei),
        );
        let hers = claim(world, mei).expect("free").resources[0];
        let ask = shop.ask(shop.facial, Some(shop.mei));
        // Set-up 5 and clean-up 15: in the same room she goes on at 15:20, 20 minutes later.
        let then = shop.wants(
            order(world),
            shop.facial,
            "2026-11-22T15:20+08:00",
            Some(shop.mei),
        );
        let again = claim(world, then).expect("the same room needs no way");
        assert_eq!(again.resources[0], hers);
        // At 16:40 the same again, but Hao sits in her room from then on.
        let hao = shop.wants(
            order(world),
            shop.facial,
            "2026-11-22T16:40+08:00",
            Some(shop.hao),
        );
        let taken = claim(world, hao).expect("free").resources[0];
        let free = free(world, &ask, "2026-11-22");
        if taken == hers {
            assert!(!free.contains(&"16:45".to_owned()));
        }
        is_sound(world);
    });
}

#[test]
fn whoever_works_at_two_sites_is_given_the_time_between_them() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let there = shop.clone();
        let other = world
            .write(move |tx, ctx| {
                let name = Bilingual::new("老城", "Old Town");
                let zone = "Asia/Shanghai";
                let fields = organisation::SiteFields::new(name, zone, "CNY");
                let other = organisation::create_site(tx, ctx, fields)?.id;
                let mei = people::staff_member(tx, ctx, there.mei)?;
                let fields = people::StaffFields {
                    name: mei.name.clone(),
                    reading: mei.reading.clone(),
                    sites: vec![there.site, other],
                    skills: mei.skills.clone(),
                    external_id: None,
                };
                people::edit_staff(tx, ctx, mei.id, mei.version, fields)?;
                capacity::set_travel_minutes(tx, ctx, (there.site, other), Some(45))?;
                Ok(other)
            })
            .expect("set");
        let moves = world.read(|tx, ctx| capacity::moves_at(tx, ctx, shop.site));
        assert_eq!(moves.expect("read").travel.get(&other), Some(&45));
        let moves = world.read(|tx, ctx| capacity::moves_at(tx, ctx, other));
        assert_eq!(moves.expect("read").travel.get(&shop.site), Some(&45));
    });
}

#[test]
fn the_desk_is_told_every_reason_and_not_the_first_alone() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let first = shop.wants(
            order(world),
            shop.facial,
            "2026-11-22T14:00+08:00",
            Some(shop.mei),
        );
        let taken = claim(world, first).expect("free");
        let visit = Visit::new(shop.site, vec![part(shop.facial, Some(shop.mei))]);
        let answer =
            world.read(|tx, ctx| capacity::reasons(tx, ctx, &visit, at("2026-11-22T14:30+08:00")));
        let answer = answer.expect("answered");
        let until = at("2026-11-22T15:15+08:00");
        assert_eq!(
            answer.reasons,
            [
                (
                    1,
                    capacity::Reason::Person(shop.mei, capacity::Absent::Busy(taken.order, until))
                ),
                (1, capacity::Reason::Place(shop.room, taken.order, until)),
            ]
        );
        assert!(!answer.is_of_staff, "a room is never booked over");
        let night = Span::new(at("2026-11-22T23:00+08:00"), at("2026-11-22T23:30+08:00"));
        let night = night.expect("forwards").start;
        let answer = world.read(|tx, ctx| capacity::reasons(tx, ctx, &visit, night));
        let answer = answer.expect("answered").reasons;
        assert!(matches!(answer[0].1, capacity::Reason::Closed(_)));
        assert!(answer.len() > 1);
    });
}
