//! The way from the shop to a booking, as a customer without JavaScript walks it.

use kernel::Locale;
use orders::StateName;
use testing::each_engine;

use crate::shop::{ELEVEN, KEY, TEN, TIMES, booked, open, orders, path_of, rooms, states, tap};

#[test]
fn a_business_of_one_shop_leads_straight_to_its_services() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        assert_eq!(guest.get("/at/lotus").location(), "/at/lotus/riverside");
        let page = guest.get("/at/lotus/riverside");
        assert_eq!(page.status, 200);
        assert!(page.says("Open until 21:00") && page.says("¥168") && page.says(TIMES));
        assert!(!page.says("Wash"), "what is not online is not shown");
        assert!(page.says("next free 10:00") || page.says("next free 1"));
    });
}

#[test]
fn four_taps_make_a_booking() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        let page = guest.get(&format!("{TIMES}?day=2026-11-22"));
        assert!(page.says("Lin Mei") && page.says("UTC+8") && page.says(TEN));
        let path = path_of(&tap(&guest, TEN, KEY));
        assert_eq!(states(world), [StateName::Held]);
        let page = guest.get(&format!("{path}/details"));
        assert!(page.says("Held for you until 10:10") && page.says("Cut"));
        let done = guest.post(
            &format!("{path}/details"),
            "name=Chen+Yutong&phone=13805712047",
        );
        assert_eq!((done.status, done.location()), (303, path.as_str()));
        let page = guest.get(&path);
        assert!(page.says("You are booked") && page.says("10:00–11:00"));
        assert!(page.says("Add to calendar"));
        assert!(!page.says("Chen Yutong"), "the link names nobody");
        assert_eq!(states(world), [StateName::Booked]);
        assert!(orders(world)[0].customer.is_some());
    });
}

#[test]
fn a_held_time_is_shown_to_nobody_else() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let guest = world.nobody();
        let with_mei = format!("{TIMES}?day=2026-11-22&who={}", shop.mei);
        assert!(guest.get(&with_mei).says(TEN));
        let form = format!("start={TEN}&key={KEY}&who={}", shop.mei);
        assert_eq!(guest.post(TIMES, &form).status, 303);
        assert!(!guest.get(&with_mei).says(TEN));
        let anybody = guest.get(&format!("{TIMES}?day=2026-11-22"));
        assert!(anybody.says(TEN), "the other hairdresser is free");
    });
}

#[test]
fn a_taken_time_gives_a_sentence_and_the_nearest_times() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let guest = world.nobody();
        let form = |key: &str| format!("start={TEN}&key={key}&day=2026-11-22&who={}", shop.mei);
        assert_eq!(guest.post(TIMES, &form("firstcustomer")).status, 303);
        let late = guest.post(TIMES, &form("secondcustomer"));
        assert_eq!(late.status, 409);
        assert!(late.says("That time has just been taken") && late.says("Nearest free times"));
        assert!(late.says(">11:00<") && late.says(">09:00<"));
        assert_eq!(states(world).len(), 1, "nothing is left of the second");
        let chinese = guest
            .in_locale(Locale::ZhCn)
            .post(TIMES, &form("secondcustomer"));
        assert!(chinese.says("刚刚被约走"));
    });
}

#[test]
fn tapping_twice_holds_once_and_another_tap_moves_the_hold() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        let first = path_of(&tap(&guest, TEN, KEY));
        assert_eq!(path_of(&tap(&guest, TEN, KEY)), first);
        assert_eq!(path_of(&tap(&guest, ELEVEN, KEY)), first);
        let all = orders(world);
        assert_eq!(all.len(), 1);
        let start = all[0].state.slot().expect("held").span.start;
        assert_eq!(start.to_string(), ELEVEN);
    });
}

#[test]
fn sending_the_details_twice_books_once() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        let path = booked(&guest, TEN, KEY);
        let form = "name=Chen+Yutong&phone=13805712047";
        assert_eq!(
            guest.post(&format!("{path}/details"), form).location(),
            path
        );
        assert_eq!(tap(&guest, TEN, KEY).status, 303, "the times page again");
        assert_eq!(states(world), [StateName::Booked]);
        let booked = world.activities();
        let count = booked
            .iter()
            .filter(|activity| *activity == "order.booked")
            .count();
        assert_eq!(count, 1);
    });
}

#[test]
fn what_was_typed_is_kept_when_something_is_wrong() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        let path = path_of(&tap(&guest, TEN, KEY));
        let details = format!("{path}/details");
        let bad = guest.post(&details, "name=Chen+Yutong&phone=12");
        assert_eq!(bad.status, 422);
        assert!(bad.says("Chen Yutong") && bad.says("5 to 15 digits"));
        let bad = guest.post(&details, "name=+&phone=13805712047");
        assert_eq!(bad.status, 422);
        assert!(bad.says("13805712047") && bad.says("Tell us your name"));
        let long = guest.post(
            &details,
            &format!("name={}&phone=13805712047", "x".repeat(81)),
        );
        assert_eq!(long.status, 422);
        assert_eq!(states(world), [StateName::Held]);
    });
}

#[test]
fn a_hold_that_ran_out_is_booked_all_the_same_when_nobody_took_it() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        let path = path_of(&tap(&guest, TEN, KEY));
        world.set_time("2026-11-21T10:15+08:00");
        world.write(orders::expire_holds).expect("written");
        assert_eq!(states(world), [StateName::Expired]);
        let form = "name=Chen+Yutong&phone=13805712047";
        let done = guest.post(&format!("{path}/details"), form);
        assert_eq!(done.status, 303);
        let again = guest.post(&format!("{path}/details"), form);
        assert_eq!(again.location(), done.location(), "twice is once");
        assert_eq!(states(world), [StateName::Expired, StateName::Booked]);
        assert!(guest.get(&path).says("The time ran out"));
    });
}

#[test]
fn a_hold_lost_to_somebody_else_keeps_what_was_typed_and_offers_other_times() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let guest = world.nobody();
        let form = format!("start={TEN}&key={KEY}&who={}", shop.mei);
        let path = path_of(&guest.post(TIMES, &form));
        world.set_time("2026-11-21T10:15+08:00");
        let other = form.replace(KEY, "somebodyelse");
        assert_eq!(guest.post(TIMES, &other).status, 303);
        let details = format!("{path}/details");
        let lost = guest.post(&details, "name=Chen+Yutong&phone=13805712047");
        assert_eq!(lost.status, 409);
        assert!(lost.says("just been taken") && lost.says("Chen Yutong"));
        assert!(lost.says(TEN), "the other hairdresser is free");
        let form = format!("name=Chen+Yutong&phone=13805712047&start={TEN}");
        let done = guest.post(&details, &form);
        assert_eq!(done.status, 303, "{}", done.body);
        let page = guest.get(done.location());
        assert!(page.says("10:00–11:00") && page.says("with Wang Hao"));
    });
}

#[test]
fn every_page_speaks_both_languages() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        let held = path_of(&tap(&guest, TEN, "anotherkeyhere"));
        let path = booked(&guest, ELEVEN, KEY);
        let pages = [
            "/at/lotus/riverside".to_owned(),
            format!("{TIMES}?day=2026-11-22"),
            format!("{held}/details"),
            path.clone(),
            format!("{path}/times"),
        ];
        for page in pages {
            for locale in Locale::ALL {
                let answer = guest.clone().in_locale(locale).get(&page);
                assert_eq!(answer.status, 200, "{page}");
                let untold = answer.body.find("booking-");
                assert!(
                    untold.is_none(),
                    "{page} lacks {:?}",
                    untold.map(|at| &answer.body[at..])
                );
                assert!(answer.says(&format!("lang=\"{}\"", locale.tag())));
            }
        }
        let linked = guest.get("/at/lotus/riverside?lang=zh-CN");
        assert!(linked.says("预约到店"), "a link carries its language");
    });
}
