//! The pages of the customer and of the desk.

use kernel::{Locale, Role};
use testing::each_engine;

use crate::shop::{cancel, full, is_sound, join, offer, rooms, tick, wish};

#[test]
fn a_customer_joins_online_is_told_and_takes_the_time_in_one_tap() {
    each_engine(&rooms(), |world| {
        let (_, ten, _) = full(world);
        let guest = world.nobody();
        let path = "/at/lotus/riverside/cut/waiting";
        assert!(guest.get(path).says("Waiting list"));
        let wrong = guest.post(path, "last_day=2026-11-01&name=Chen&phone=abc");
        assert_eq!(wrong.status, 422);
        assert!(wrong.says("Chen"), "what was typed is kept");
        let form = "last_day=2026-11-22&name=Chen+Yutong&phone=13805712047&email=chen@example.com";
        let joined = guest.post(path, form);
        assert_eq!(joined.status, 303, "{}", joined.body);
        let page = joined.location().to_owned();
        assert_eq!(guest.post(path, form).location(), page, "twice is once");
        assert!(guest.get(&page).says("You are next"));
        tick(world);
        cancel(world, ten);
        tick(world);
        let body: Option<String> = world
            .read(|tx, ctx| {
                let sql = "select body from messages where org = $1 and occasion = 'offered'
                    order by id limit 1";
                tx.one(sql, store::params![ctx.org], |row| row.text(0))
            })
            .expect("readable");
        let link = format!("https://book.example{page}");
        assert!(body.expect("told").contains(&link));
        let shown = guest.get(&page);
        assert!(shown.says("A time is free for you"), "{}", shown.body);
        let offer = shown
            .body
            .split("name=\"offer\" value=\"")
            .nth(1)
            .expect("a form");
        let answer = format!("offer={}", &offer[..36]);
        let taken = guest.post(&format!("{page}/acceptance"), &answer);
        assert_eq!(taken.status, 303, "{}", taken.body);
        assert!(guest.get(taken.location()).says("You are booked"));
        let again = guest.post(&format!("{page}/acceptance"), &answer);
        assert_eq!(again.location(), taken.location(), "twice is once");
        assert_eq!(guest.get("/at/lotus/waiting/nonsense").status, 404);
        is_sound(world);
    });
}

#[test]
fn a_customer_lets_a_time_go_and_leaves_the_list() {
    each_engine(&rooms(), |world| {
        let (shop, ten, _) = full(world);
        let ada = join(world, shop, "Ada", wish(shop));
        tick(world);
        cancel(world, ten);
        tick(world);
        let page = format!("/at/lotus/waiting/{}", ada.secret);
        let id = offer(world, &ada).expect("her turn").id;
        let guest = world.nobody();
        assert_eq!(
            guest
                .post(&format!("{page}/refusal"), &format!("offer={id}"))
                .status,
            303
        );
        assert_eq!(offer(world, &ada), None);
        assert!(guest.get(&page).says("You are on the list"));
        assert_eq!(guest.post(&format!("{page}/removal"), "").status, 303);
        assert!(guest.get(&page).says("You are no longer waiting"));
        is_sound(world);
    });
}

#[test]
fn the_desk_sees_whose_turn_it_is_offers_by_hand_and_answers_for_the_customer() {
    each_engine(&rooms(), |world| {
        let (shop, ten, _) = full(world);
        let desk = world.client(Role::Manager);
        assert!(desk.get("/waiting").says("Nobody is waiting"));
        let form = format!(
            "customer=Zhao+Min+13900001111&service={}&last_day=2026-11-22&from=10:00&to=10:30",
            shop.cut
        );
        let joined = desk.post("/waiting", &form);
        assert_eq!(joined.status, 303, "{}", joined.body);
        let refused = desk.post("/waiting", "customer=Zhao+Min&last_day=2026-11-22");
        assert_eq!(refused.status, 422);
        let entry = joined.location().to_owned();
        assert!(desk.get(&entry).says("Nothing suitable is free"));
        cancel(world, ten);
        let shown = desk.get(&entry);
        assert!(shown.says("Sun 22 Nov 10:00"), "{}", shown.body);
        let made = desk.post(&format!("{entry}/offers"), "start=2026-11-22T02:00:00Z");
        assert_eq!(made.status, 303, "{}", made.body);
        let list = desk.get("/waiting");
        assert!(
            list.says("Offered until 10:30") && list.says("call"),
            "{}",
            list.body
        );
        assert!(
            world
                .client(Role::Manager)
                .in_locale(Locale::ZhCn)
                .get("/waiting")
                .says("候补")
        );
        let id = desk.get(&entry).body;
        let id = id
            .split(&format!("{entry}/offers/"))
            .nth(1)
            .expect("an offer")[..36]
            .to_owned();
        let taken = desk.post(&format!("{entry}/offers/{id}/acceptance"), "");
        assert_eq!(taken.status, 303, "{}", taken.body);
        assert!(desk.get("/waiting").says("Has a time"));
        assert_eq!(
            world.client(Role::Staff).post("/waiting", &form).status,
            403
        );
        is_sound(world);
    });
}

#[test]
fn the_time_to_answer_is_a_setting_with_bounds() {
    each_engine(&rooms(), |world| {
        let (shop, ten, _) = full(world);
        let owner = world.client(Role::Owner);
        let wrong = owner.post("/waiting/settings", "answer_minutes=2&version=0");
        assert_eq!(wrong.status, 422);
        let saved = owner.post("/waiting/settings", "answer_minutes=60&version=0");
        assert_eq!(saved.status, 303, "{}", saved.body);
        let ada = join(world, shop, "Ada", wish(shop));
        tick(world);
        cancel(world, ten);
        tick(world);
        let until = offer(world, &ada).expect("her turn").until;
        assert_eq!(until, testing::at("2026-11-21T11:00+08:00"));
        let desk = world.client(Role::Desk);
        assert_eq!(
            desk.post("/waiting/settings", "answer_minutes=60&version=1")
                .status,
            403
        );
    });
}
