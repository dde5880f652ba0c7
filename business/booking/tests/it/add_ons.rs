//! What goes with a service, and the name a booking is made in.

use kernel::Role;
use orders::StateName;
use testing::{World, each_engine};

use crate::shop::{ELEVEN, KEY, TEN, TIMES, open, orders, path_of, rooms, states};

/// Titles, minutes and totals of every order.
fn sold(world: &World) -> Vec<(String, i64, i64)> {
    let sold = |order: &orders::Order| {
        let minutes = order.state.slot().map_or(0, |slot| slot.span.minutes());
        (order.title.en.clone(), minutes, order.total.minor)
    };
    orders(world).iter().map(sold).collect()
}

fn both() -> Vec<(String, i64, i64)> {
    vec![("Cut + Mask".to_owned(), 75, 24_800)]
}

#[test]
fn an_add_on_is_a_tap_that_lengthens_the_visit_and_is_kept_to_the_end() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        let page = guest.get(&format!("{TIMES}?day=2026-11-22"));
        assert!(page.says("Mask · 15 min · ¥80") && page.says("&amp;add=mask"));
        assert!(!page.says("Wash"), "what is not online is not offered");
        let page = guest.get(&format!("{TIMES}?day=2026-11-22&key={KEY}&add=mask"));
        assert!(page.says("Cut + Mask, 1 h 15 min") && page.says("together 1 h 15 min · ¥248"));
        assert!(page.says("name=\"add\" value=\"mask\""));
        let last = "2026-11-22T12:00:00Z";
        assert!(!page.says(last), "75 minutes from eight end after closing");
        assert!(guest.get(&format!("{TIMES}?day=2026-11-22")).says(last));
        let path = path_of(&guest.post(TIMES, &format!("start={TEN}&key={KEY}&add=mask")));
        assert_eq!(sold(world), both());
        let details = guest.get(&format!("{path}/details"));
        assert!(details.says("¥168") && details.says("¥80") && details.says("¥248"));
        assert!(details.says(&format!("key={KEY}")) && details.says("add=mask"));
        let form = "name=Chen+Yutong&phone=13805712047";
        assert_eq!(guest.post(&format!("{path}/details"), form).status, 303);
        let visit = guest.get(&path);
        assert!(visit.says("Cut + Mask") && visit.says("10:00–11:15"));
        let times = guest.get(&format!("{path}/times?day=2026-11-22"));
        assert!(
            !times.says(last) && !times.says("Add something"),
            "as long as it is"
        );
    });
}

#[test]
fn another_tap_on_the_same_page_changes_what_is_held() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        let tap = |form: &str| path_of(&guest.post(TIMES, &format!("key={KEY}&{form}")));
        let path = tap(&format!("start={TEN}"));
        assert_eq!(tap(&format!("start={TEN}&add=mask")), path);
        assert_eq!(sold(world), both());
        assert_eq!(tap(&format!("start={ELEVEN}")), path);
        assert_eq!(sold(world), [("Cut".to_owned(), 60, 16_800)]);
        let start = orders(world)[0].state.slot().expect("held").span.start;
        assert_eq!(start.to_string(), ELEVEN);
        let checks = [orders::verify::check, capacity::room().verify[0]];
        for check in checks {
            assert_eq!(world.read(check).expect("checked"), None);
        }
    });
}

#[test]
fn an_add_on_that_is_not_offered_with_the_service_is_refused() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        for forged in ["wash", "cut", "nothing", "%27", "mask&add=wash"] {
            let page = guest.get(&format!("{TIMES}?add={forged}"));
            assert_eq!(page.status, 200, "a link of yesterday still shows times");
            let tap = guest.post(TIMES, &format!("start={TEN}&key={KEY}&add={forged}"));
            assert_eq!(tap.status, 422, "{forged}");
            assert!(tap.says("no longer offered"));
        }
        assert!(states(world).is_empty());
    });
}

#[test]
fn a_hold_that_ran_out_is_booked_again_with_its_add_ons() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        let path = path_of(&guest.post(TIMES, &format!("start={TEN}&key={KEY}&add=mask")));
        world.set_time("2026-11-21T10:15+08:00");
        world.write(orders::expire_holds).expect("written");
        let form = "name=Chen+Yutong&phone=13805712047";
        assert_eq!(guest.post(&format!("{path}/details"), form).status, 303);
        assert_eq!(states(world), [StateName::Expired, StateName::Booked]);
        assert_eq!(sold(world)[1], both()[0]);
    });
}

#[test]
fn a_known_phone_keeps_its_customer_and_the_order_keeps_the_name_that_was_typed() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        let book = |start: &str, key: &str, name: &str| {
            let path = path_of(&guest.post(TIMES, &format!("start={start}&key={key}")));
            let form = format!("name={name}&phone=13805712047");
            assert_eq!(guest.post(&format!("{path}/details"), &form).status, 303);
            path
        };
        book(TEN, "firstcustomer", "Chen+Yutong");
        let path = book(ELEVEN, "secondcustomer", "Wang+Wei");
        book("2026-11-22T05:00:00Z", "thirdcustomer", "chen+yutong");
        let all = orders(world);
        let names: Vec<&str> = all.iter().map(|order| order.booked_as.as_str()).collect();
        assert_eq!(names, ["", "Wang Wei", ""]);
        assert!(all.iter().all(|order| order.customer == all[0].customer));
        let known = all[0].customer.expect("known");
        let known = world.read(|tx, ctx| customers::customer(tx, ctx, known));
        assert_eq!(known.expect("read").name, "Chen Yutong");
        assert!(
            !guest.get(&path).says("Chen Yutong"),
            "a stranger learns nothing"
        );
        let sheet = world
            .client(Role::Desk)
            .get(&format!("/orders/{}", all[1].id));
        assert!(sheet.says("Booked as Wang Wei") && sheet.says("Chen Yutong"));
    });
}
