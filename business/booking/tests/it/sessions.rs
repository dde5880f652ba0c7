//! Seats of a group session online.

use kernel::{
    Fault,
    ids::{GroupSessionId, ServiceId},
};
use orders::StateName;
use sessions::{GroupOffer, Plan};
use testing::{World, at, each_engine};

use crate::shop::{Shop, open, path_of, rooms, states};

const SESSIONS: &str = "/at/lotus/riverside/cut/sessions";

/// A class of three on Sunday, two seats for each at most, and another one on Sunday afternoon.
fn classes(world: &World, shop: &Shop) -> [GroupSessionId; 2] {
    let (site, mei) = (world.site.id, shop.mei);
    let planned = world.write(move |tx, ctx| {
        let cut = offers::service_by_code(tx, ctx, "cut")?.expect("on offer");
        let service: ServiceId = cut.id;
        let offer = GroupOffer {
            service,
            seats: 3,
            each_max: 2,
            version: 0,
        };
        sessions::save_offer(tx, ctx, offer)?;
        let mut plan = |start: &str| -> Result<GroupSessionId, Fault> {
            let plan = Plan {
                site,
                service,
                start: at(start),
                minutes: 60,
                staff: Some(mei),
                room: None,
                seats: 3,
                each_max: 2,
            };
            Ok(sessions::plan(tx, ctx, &plan)?.id)
        };
        Ok([
            plan("2026-11-22T10:00+08:00")?,
            plan("2026-11-22T15:00+08:00")?,
        ])
    });
    planned.expect("free")
}

#[test]
fn a_service_held_for_groups_shows_sessions_with_free_seats_in_place_of_times() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let [morning, _] = classes(world, &shop);
        let guest = world.nobody();
        let times = guest.get("/at/lotus/riverside/cut/times");
        assert_eq!((times.status, times.location()), (303, SESSIONS));
        assert!(guest.get(SESSIONS).says("3 of 3 seats free"));
        let tap = format!("session={morning}&count=2&key=keyofthepage23");
        let held = guest.post(SESSIONS, &tap);
        let path = path_of(&held);
        assert_eq!(
            guest.post(SESSIONS, &tap).location(),
            held.location(),
            "twice is once"
        );
        assert!(guest.get(SESSIONS).says("1 of 3 seats free"));
        let form = "name=Chen+Yutong&phone=13805712047";
        assert_eq!(
            guest.post(&format!("{path}/details"), form).location(),
            path
        );
        let shown = guest.get(&path);
        assert!(
            shown.says("You are booked") && shown.says("¥336"),
            "{}",
            shown.body
        );
        let calendar = guest.get(&format!("{path}/calendar.ics"));
        assert!(calendar.says("DTSTART:20261122T020000Z"));
        let third = format!("session={morning}&count=1&key=anotherpage45");
        let path = path_of(&guest.post(SESSIONS, &third));
        let refused = guest.post(&format!("{path}/details"), form);
        assert_ne!(refused.status, 303, "two are the most for one customer");
        let other = guest.post(
            &format!("{path}/details"),
            "name=Zhao+Min&phone=13900001111",
        );
        assert_eq!(other.location(), path);
        assert!(guest.get(SESSIONS).says("Waiting list"), "full");
        let late = guest.post(SESSIONS, &third.replace("another", "further"));
        assert_eq!(late.status, 409);
    });
}

#[test]
fn seats_change_to_another_session_and_are_cancelled_by_the_secret_link() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let [morning, afternoon] = classes(world, &shop);
        world.set_time("2026-11-20T10:00+08:00");
        let guest = world.nobody();
        let tap = format!("session={morning}&count=1&key=keyofthepage23");
        let path = path_of(&guest.post(SESSIONS, &tap));
        let form = "name=Chen+Yutong&phone=13805712047";
        assert_eq!(guest.post(&format!("{path}/details"), form).status, 303);
        let sent = guest.get(&format!("{path}/times"));
        let secret = path.rsplit('/').next().expect("a secret").to_owned();
        assert_eq!(sent.location(), format!("{SESSIONS}?change={secret}"));
        let moved = guest.post(SESSIONS, &format!("session={afternoon}&change={secret}"));
        assert_eq!(moved.location(), path, "{}", moved.body);
        assert!(guest.get(&path).says("15:00"));
        assert_eq!(guest.post(&format!("{path}/cancellation"), "").status, 303);
        assert_eq!(states(world), [StateName::Cancelled]);
        assert!(guest.get(SESSIONS).says("3 of 3 seats free"));
    });
}

#[test]
fn seats_whose_hold_ran_out_are_taken_anew_when_they_are_still_free() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let [morning, _] = classes(world, &shop);
        let guest = world.nobody();
        let tap = format!("session={morning}&count=2&key=keyofthepage23");
        let path = path_of(&guest.post(SESSIONS, &tap));
        world.set_time("2026-11-21T10:20+08:00");
        world.write(orders::expire_holds).expect("given up");
        let form = "name=Chen+Yutong&phone=13805712047";
        let booked = guest.post(&format!("{path}/details"), form);
        assert_eq!(booked.status, 303, "{}", booked.body);
        assert_eq!(states(world), [StateName::Expired, StateName::Booked]);
    });
}
