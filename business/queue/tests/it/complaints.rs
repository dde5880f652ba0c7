//! What users of other programs complain about, and that it does not happen here.

use kernel::Role;
use testing::each_engine;

use crate::devices::link;
use crate::shop::{line, open, rooms};

/// earthians/marley#163: queues per service line.
#[test]
fn each_service_line_has_a_queue_of_its_own() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        shop.number(world);
        let spa = shop.walk_in(world, shop.spa);
        world
            .write(move |tx, ctx| queue::issue(tx, ctx, &spa))
            .expect("given");
        assert_eq!(line(world), ["A001", "B001"]);
        let page = world.client(Role::Desk).get("/queue");
        assert!(page.says("A</b>") && page.says("B</b>"), "{}", page.body);
    });
}

/// earthians/marley#163: patients check themselves in.
#[test]
fn customers_check_themselves_in_without_the_desk() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let kiosk = link(world, "kiosk");
        let form = format!("service={}", shop.cut);
        let taken = world.nobody().post(&format!("{kiosk}/numbers"), &form);
        assert_eq!(taken.status, 303);
        assert_eq!(line(world), ["A001"]);
    });
}

/// earthians/marley#163: the next one is called in one click.
#[test]
fn the_next_customer_is_called_in_one_click() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        shop.number(world);
        let desk = world.client(Role::Desk);
        assert!(desk.get("/queue").says("Call next"));
        assert_eq!(desk.post("/queue/next", "back=queue").status, 303);
        let told = world.activities();
        assert!(told.contains(&"ticket.called".into()));
        assert_eq!(
            desk.post("/queue/next", "").status,
            409,
            "nobody else waits"
        );
    });
}

/// earthians/marley#163: times of waiting and of service are recorded.
#[test]
fn how_long_somebody_waited_and_was_served_is_recorded() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let ticket = shop.number(world).ticket;
        let (id, order, mei) = (ticket.id, ticket.order, shop.mei);
        world.set_time("2026-11-21T10:09+08:00");
        world
            .write(move |tx, ctx| queue::start(tx, ctx, id, Some(mei)))
            .expect("started");
        world.set_time("2026-11-21T10:40+08:00");
        world
            .write(move |tx, ctx| {
                orders::finish(tx, ctx, order)?;
                queue::settle_order(tx, ctx, order)
            })
            .expect("finished");
        let sql = "select (served_at - joined_at) / 60000000, (closed_at - served_at) / 60000000
            from tickets where org = $1";
        let times = world.read(|tx, ctx| {
            tx.one(sql, store::params![ctx.org], |row| {
                Ok((row.int(0)?, row.int(1)?))
            })
        });
        assert_eq!(times.expect("read"), Some((9, 31)));
        assert!(world.client(Role::Desk).get("/queue/waits").says("9 min"));
    });
}

/// mrf345/FQM#96: people bring or scan their own number instead of touching a kiosk.
#[test]
fn nobody_has_to_touch_the_tablet() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let address = "/at/lotus/riverside/queue";
        for kind in ["kiosk", "wall"] {
            let page = world.nobody().get(&link(world, kind));
            assert!(page.says("<svg"), "{kind} shows the code to scan");
            assert!(page.says("own phone"), "{kind} says what it is for");
        }
        let taken = world
            .nobody()
            .post(address, &format!("service={}", shop.cut));
        assert_eq!(taken.status, 303);
        assert!(world.nobody().get(taken.location()).says("A001"));
    });
}

/// AxyTech/oasis_v2#40: walk-ins keep asking "how long?".
#[test]
fn walk_ins_see_how_long_it_takes_before_they_take_a_number_and_at_any_time_after() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        for _ in 0..3 {
            shop.number(world);
        }
        let (kiosk, wall) = (link(world, "kiosk"), link(world, "wall"));
        for path in [
            kiosk.clone(),
            format!("{kiosk}/services"),
            format!("{kiosk}/details?service={}", shop.cut),
            wall,
            "/at/lotus/riverside/queue".to_owned(),
        ] {
            let page = world.nobody().get(&path);
            assert!(page.says(" min") && page.says("–"), "{path}: {}", page.body);
        }
        let form = format!("service={}", shop.cut);
        let taken = world.nobody().post(&format!("{kiosk}/numbers"), &form);
        let number = world.nobody().get(taken.location());
        assert!(number.says("Your turn in") && number.says(" min"));
    });
}

/// vankimj/Plumenexus-Salon-Manager#44: turns go round among the staff, with an estimate for
/// each client.
#[test]
fn the_list_of_turns_is_there_to_see_with_who_takes_whom_and_when() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        for _ in 0..4 {
            shop.number(world);
        }
        let desk = world.client(Role::Desk);
        let page = desk.get("/queue");
        assert!(page.says("Turns") && page.says("Lin Mei") && page.says("Wang Hao"));
        assert!(page.says("A001") && page.says("A002"), "who takes whom");
        desk.post("/queue/next", "");
        let site = world.site.id;
        let picture = world
            .read(|tx, ctx| queue::line_now(tx, ctx, site, kernel::Date::constant(2026, 11, 21)));
        let picture = picture.expect("read");
        assert_eq!(
            picture.turns.last().map(|turn| turn.count),
            Some(1),
            "goes to the end"
        );
        assert!(
            picture
                .standings()
                .iter()
                .all(|standing| { standing.taker.is_some() && standing.wait.is_some() })
        );
    });
}
