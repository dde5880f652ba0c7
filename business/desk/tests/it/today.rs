//! The desk's day, from the first walk-in to the last finish.

use kernel::{Locale, Role};
use orders::StateName;
use testing::each_engine;

use crate::shop::{open, rooms, state};

#[test]
fn a_walk_in_is_taken_called_started_and_finished_from_today() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let desk = world.client(Role::Desk);
        let form = format!("customer=Zhao+Lei+13800132047&service={}", shop.cut);
        let taken = desk.post("/today/walk-in", &form);
        assert_eq!(
            (taken.status, taken.location()),
            (303, "/today"),
            "{}",
            taken.body
        );
        let page = desk.get("/today");
        assert_eq!(page.status, 200);
        assert!(page.says("A001") && page.says("Zhao Lei") && page.says("20 min left"));
        let id = between(&page.body, "/queue/tickets/", "/call");
        assert_eq!(
            desk.post(&format!("/queue/tickets/{id}/call"), "").status,
            303
        );
        let called = desk.get("/today/board");
        assert!(
            called.says("Again") && called.says("/undo"),
            "{}",
            called.body
        );
        let start = format!("staff={}", shop.mei);
        assert_eq!(
            desk.post(&format!("/queue/tickets/{id}/start"), &start)
                .status,
            303
        );
        let board = desk.get("/today/board");
        assert!(board.says("Wash") && board.says("0<span class=\"muted\"> / 10 min"));
        let order = between(&board.body, "/today/orders/", "/step");
        assert_eq!(
            desk.post(&format!("/today/orders/{order}/step"), "").status,
            303
        );
        assert!(desk.get("/today/board").says("Snip"));
        assert_eq!(
            desk.post(&format!("/today/orders/{order}/finish"), "")
                .status,
            303
        );
        let figures = desk.get("/today/figures");
        assert!(
            figures.says("¥168") && figures.says("1 order"),
            "{}",
            figures.body
        );
    });
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let end = text.find(after).expect("the action is offered");
    let start = text[..end].rfind(before).expect("an address") + before.len();
    &text[start..end]
}

#[test]
fn today_takes_back_what_was_done_to_a_booking_for_ten_seconds() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        let desk = world.client(Role::Desk);
        let base = format!("/today/orders/{}", order.id);
        let steps = [
            ("arrival", "checked in", StateName::Booked),
            ("start", "started", StateName::Booked),
        ];
        for (at, (act, words, before)) in (2..).step_by(2).zip(steps) {
            assert_eq!(desk.post(&format!("{base}/{act}"), "").location(), "/today");
            let undo = format!("{base}/undo/{at}");
            let board = desk.get("/today/board");
            assert!(board.says(words) && board.says(&undo), "{}", board.body);
            assert!(board.says("data-key=\"u\""));
            for _ in 0..2 {
                assert_eq!(desk.post(&undo, "").status, 303, "twice is once");
                assert_eq!(state(world, order.id), before);
            }
            assert!(!desk.get("/today/board").says("/undo/"));
        }
        desk.post(&format!("{base}/arrival"), "");
        world.set_time("2026-11-21T10:00:11+08:00");
        assert!(
            !desk.get("/today/board").says("/undo/"),
            "the moment is over"
        );
        let reader = world.client(Role::ReadOnly);
        assert_eq!(reader.post(&format!("{base}/undo/6"), "").status, 403);
    });
}

#[test]
fn a_booking_is_found_by_initials_checked_in_and_started() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        let desk = world.client(Role::Desk);
        let found = desk.get("/today/find?q=cy");
        assert!(
            found.says("Chen Yutong") && found.says("Check in"),
            "{}",
            found.body
        );
        let arrival = format!("/today/orders/{}/arrival", order.id);
        let checked_in = desk.post(&arrival, "back=find");
        assert_eq!(checked_in.location(), "/today?next=1");
        assert!(
            desk.get("/today?next=1").says("autofocus"),
            "ready for the next"
        );
        assert_eq!(state(world, order.id), StateName::Waiting);
        assert_eq!(desk.post(&arrival, "").status, 303, "twice is harmless");
        assert!(desk.get("/today").says("Arrived"));
        assert_eq!(
            desk.post(&format!("/today/orders/{}/start", order.id), "")
                .status,
            303
        );
        assert_eq!(state(world, order.id), StateName::Serving);
    });
}

#[test]
fn late_guests_and_broken_promises_ask_for_a_hand_and_offer_the_fix() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Ines Duarte", "2026-11-21T10:30+08:00", shop.mei);
        let desk = world.client(Role::Desk);
        desk.post(
            "/today/walk-in",
            &format!("customer=Tom&service={}", shop.cut),
        );
        assert!(desk.get("/today").says("All is well"));
        world.set_time("2026-11-21T10:40+08:00");
        let board = desk.get("/today/board");
        assert!(
            board.says("10:30 Ines Duarte is 10 min late"),
            "{}",
            board.body
        );
        assert!(board.says("A001 is past its 20 min promise"));
        assert!(board.says("Call for Wang Hao"), "who is free is named");
        let gone = format!("/today/orders/{}/no-show", order.id);
        assert_eq!(desk.post(&gone, "").status, 303);
        assert!(desk.get("/today/board").says("Handled in the last hour"));
        assert_eq!(state(world, order.id), StateName::NoShow);
    });
}

#[test]
fn what_was_put_right_stays_for_an_hour_however_much_happens() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Ines Duarte", "2026-11-21T10:30+08:00", shop.mei);
        let desk = world.client(Role::Desk);
        world.set_time("2026-11-21T10:40+08:00");
        let gone = format!("/today/orders/{}/no-show", order.id);
        assert_eq!(desk.post(&gone, "").status, 303);
        let site = order.site;
        let noted = world.write(move |tx, ctx| {
            for _ in 0..250 {
                tx.record(ctx, store::Event::new("order.noted").site(site));
            }
            Ok(())
        });
        noted.expect("facts are recorded");
        let handled = |at| {
            world.set_time(at);
            desk.get("/today/board").says("did not come")
        };
        assert!(handled("2026-11-21T11:39+08:00"));
        assert!(!handled("2026-11-21T11:41+08:00"));
    });
}

#[test]
fn somebody_who_will_be_kept_waiting_can_be_moved_with_one_press() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let first = shop.booking(world, "Tom Becker", "2026-11-21T10:00+08:00", shop.mei);
        let next = shop.booking(world, "Sofia Marino", "2026-11-21T10:45+08:00", shop.mei);
        let desk = world.client(Role::Desk);
        world.set_time("2026-11-21T10:25+08:00");
        desk.post(&format!("/today/orders/{}/start", first.id), "");
        let board = desk.get("/today/board");
        assert!(
            board.says("10:45 Sofia Marino will start late"),
            "{}",
            board.body
        );
        assert!(board.says("Lin Mei is busy until 10:55."));
        assert!(board.says("Move to Wang Hao"));
        let form = format!(
            "day=2026-11-21&time=10:45&staff={}&version={}&back=today",
            shop.hao, next.version
        );
        let moved = desk.post(&format!("/calendar/orders/{}", next.id), &form);
        assert_eq!(moved.location(), "/today", "{}", moved.body);
        assert!(!desk.get("/today/board").says("will start late"));
    });
}

#[test]
fn wrong_input_keeps_what_was_typed() {
    each_engine(&rooms(), |world| {
        open(world);
        let desk = world.client(Role::Desk);
        let wrong = desk.post("/today/walk-in", "customer=Zhao+Lei&service=&note=quick");
        assert_eq!(wrong.status, 422);
        assert!(wrong.says("Zhao Lei") && wrong.says("quick"));
        assert_eq!(desk.get("/today?q=%FF").status, 422);
        assert_eq!(desk.get("/today/tickets/nonsense").status, 404);
    });
}

#[test]
fn everything_is_told_in_chinese_too() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        let desk = world.client(Role::Manager).in_locale(Locale::ZhCn);
        for (path, words) in [
            ("/today", "待到店"),
            ("/calendar", "员工 + 房间"),
            ("/my-day", "看谁的一天"),
            ("/journal", "校验链"),
            ("/search?q=Chen", "服务单"),
            ("/queue", "轮牌"),
        ] {
            let page = desk.get(path);
            assert_eq!(page.status, 200, "{path}");
            assert!(page.says(words), "{path}");
            assert!(
                !page.says("desk-") || !page.says(">desk-"),
                "{path} names a key"
            );
        }
    });
}

#[test]
fn who_only_looks_is_shown_no_buttons_and_none_would_work() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        let reader = world.client(Role::ReadOnly);
        let shown = |client: &testing::Client| {
            let pages = [
                "/today",
                "/today?q=cy",
                "/calendar",
                "/search?q=yutong",
                "/today/find?q=cy",
            ];
            pages.map(|page| client.get(page).body).concat()
        };
        let (seen, offered) = (shown(&reader), shown(&world.client(Role::Desk)));
        assert!(seen.contains("Chen Yutong"), "the day itself is shown");
        for act in ["/arrival\"", "/orders/new", "\"walk-in\"", "/today/walk-in"] {
            assert!(!seen.contains(act) && offered.contains(act), "{act}");
        }
        let arrival = format!("/today/orders/{}/arrival", order.id);
        assert_eq!(reader.post(&arrival, "").status, 403);
        assert_eq!(world.client(Role::Support).get("/journal").status, 403);
        assert_eq!(
            world.nobody().get("/today").location(),
            "/login?next=/today"
        );
        assert_eq!(world.client(Role::Desk).get("/").location(), "/today");
    });
}
