//! The customer's phone: joining by the code and watching the ticket.

use kernel::Role;
use testing::each_engine;

use crate::shop::{open, rooms};

const JOIN: &str = "/at/lotus/riverside/queue";

#[test]
fn somebody_scans_the_code_takes_a_number_and_watches_it_move() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        for _ in 0..2 {
            shop.number_for(world, Some("Zhao Lei"));
        }
        let page = world.nobody().get(JOIN);
        assert_eq!(page.status, 200);
        assert!(page.says("Cut") && page.says("Take a number"));
        let taken = world
            .nobody()
            .post(JOIN, &format!("service={}&name=Ada", shop.cut));
        assert_eq!(taken.status, 303, "{}", taken.body);
        let path = taken.location().to_owned();
        let ticket = world.nobody().get(&path);
        assert!(
            ticket.says("A003") && ticket.says("3<sup>rd</sup>"),
            "{}",
            ticket.body
        );
        assert!(!ticket.says("Zhao"), "nobody else is revealed");
        assert!(
            !ticket.says("A001") && !ticket.says("A002"),
            "nor their numbers"
        );
        assert_eq!(ticket.header("cache-control"), Some("no-store"));
        assert_eq!(ticket.header("referrer-policy"), Some("same-origin"));
        let state = world.nobody().get(&format!("{path}/state"));
        assert!(state.says("2 ahead of you") && !state.says("<html"));
        assert!(
            ticket.says("http-equiv=\"refresh\""),
            "it moves without scripts, too"
        );
    });
}

#[test]
fn a_number_taken_with_a_known_phone_keeps_the_name_that_was_typed() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let take = |name: &str| {
            let form = format!("service={}&name={name}&phone=13805712047", shop.cut);
            let taken = world.nobody().post(JOIN, &form);
            assert_eq!(taken.status, 303, "{}", taken.body);
            world.nobody().get(taken.location())
        };
        take("Chen+Yutong");
        assert!(!take("Wang+Wei").says("Chen"), "a stranger learns nothing");
        let read = |number: i64| {
            let sql = "select booked_as from orders where org = $1 and number = $2";
            let name = world
                .read(|tx, ctx| tx.one(sql, store::params![ctx.org, number], |row| row.text(0)));
            name.expect("read")
        };
        assert_eq!(
            [read(1), read(2)],
            [Some(String::new()), Some("Wang Wei".to_owned())]
        );
    });
}

#[test]
fn a_shop_that_is_closed_for_good_gives_out_no_numbers() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let site = world.site.clone();
        world
            .write(move |tx, ctx| {
                let closed = organisation::SiteState::Closed;
                organisation::set_site_state(tx, ctx, site.id, site.version, closed)
            })
            .expect("closed");
        assert_eq!(world.nobody().get(JOIN).status, 404);
        let form = format!("service={}", shop.cut);
        assert_eq!(world.nobody().post(JOIN, &form).status, 404);
    });
}

#[test]
fn the_page_turns_when_the_number_is_called() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let ticket = shop.number(world).ticket;
        let path = format!("/at/lotus/tickets/{}", ticket.secret);
        let (id, mei) = (ticket.id, shop.mei);
        world
            .write(move |tx, ctx| queue::call(tx, ctx, id, Some(mei)))
            .expect("called");
        let page = world.nobody().get(&path);
        assert!(page.says("It is your turn") && page.says("Lin Mei is waiting for you"));
        assert!(page.says("data-called") && page.says("5:00"));
        assert_eq!(
            world.nobody().post(&format!("{path}/answer"), "").status,
            303
        );
        assert!(world.nobody().get(&path).says("We know you are coming"));
        assert_eq!(
            world.nobody().post(&format!("{path}/delay"), "").status,
            303
        );
        assert!(world.nobody().get(&path).says("Please be back by 10:05"));
        assert_eq!(
            world.nobody().post(&format!("{path}/return"), "").status,
            303
        );
        assert!(world.nobody().get(&path).says("1<sup>st</sup>"));
    });
}

#[test]
fn whoever_leaves_the_line_frees_the_place() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let first = shop.number(world).ticket;
        let path = format!("/at/lotus/tickets/{}", first.secret);
        let second = shop.number(world).ticket;
        let other = format!("/at/lotus/tickets/{}", second.secret);
        assert!(world.nobody().get(&other).says("2<sup>nd</sup>"));
        assert_eq!(
            world.nobody().post(&format!("{path}/departure"), "").status,
            303
        );
        assert!(world.nobody().get(&path).says("You have left the line"));
        assert!(world.nobody().get(&other).says("1<sup>st</sup>"));
        assert_eq!(
            world.nobody().post(&format!("{path}/departure"), "").status,
            409
        );
    });
}

#[test]
fn a_forged_link_leads_nowhere() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let secret = shop.number(world).ticket.secret;
        let (head, last) = secret.split_at(secret.len() - 1);
        let forged = format!("{head}{}", if last == "x" { "y" } else { "x" });
        for link in [forged.as_str(), "x", "%27%20or%201=1"] {
            let page = world.nobody().get(&format!("/at/lotus/tickets/{link}"));
            assert_eq!(page.status, 404, "{link}");
            assert!(!page.says("A001"));
            let act = world
                .nobody()
                .post(&format!("/at/lotus/tickets/{link}/departure"), "");
            assert_eq!(act.status, 404, "{link}");
        }
        assert_eq!(world.nobody().get("/at/nobody/tickets/x").status, 404);
    });
}

#[test]
fn at_night_no_number_is_given_out_and_the_page_says_when() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        world.set_time("2026-11-21T22:00+08:00");
        let page = world.nobody().get(JOIN);
        assert!(
            page.says("We are closed now. We open Sun 22 Nov 09:00."),
            "{}",
            page.body
        );
        let taken = world.nobody().post(JOIN, &format!("service={}", shop.cut));
        assert_eq!(taken.status, 422);
    });
}

#[test]
fn wrong_input_names_the_field_and_keeps_what_was_typed() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let wrong = format!("service={}&name=Ada+Lovelace&phone=not+a+phone", shop.cut);
        let page = world.nobody().post(JOIN, &wrong);
        assert_eq!(page.status, 422);
        assert!(page.says("Ada Lovelace") && page.says("Type a phone number"));
        assert_eq!(world.nobody().post(JOIN, "service=nonsense").status, 422);
        assert_eq!(
            world.nobody().post("/at/lotus/nowhere/queue", "").status,
            404
        );
        assert_eq!(
            world
                .activities()
                .iter()
                .filter(|a| *a == "ticket.issued")
                .count(),
            0
        );
    });
}

#[test]
fn one_phone_holds_one_number_and_a_flood_is_stopped() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let form = format!("service={}", shop.trim);
        let taken = world.nobody().post(JOIN, &form);
        let cookie = taken.header("set-cookie").expect("remembered").to_owned();
        let cookie = cookie.split(';').next().expect("a value").to_owned();
        let again = world
            .nobody()
            .with_header("cookie", &cookie)
            .post(JOIN, &form);
        assert_eq!(again.location(), taken.location());
        for _ in 1..40 {
            assert_eq!(world.nobody().post(JOIN, &form).status, 303);
        }
        assert_eq!(world.nobody().post(JOIN, &form).status, 429);
        assert_eq!(world.client(Role::Desk).get("/queue").status, 200);
    });
}
