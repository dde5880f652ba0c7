//! Waits told and waits waited: kept with each ticket, learnt from, shown and taken along.

use kernel::Role;
use testing::{World, at, each_engine};

use crate::shop::{Shop, open, rooms};

/// A customer at a time, who waits so many minutes and is served for so many.
fn visit(world: &World, shop: &Shop, (day, minute): (i64, i64), wait: i64, served: i64) {
    let time = |minute: i64| {
        let (hour, rest) = (10 + minute / 60, minute % 60);
        format!("2026-11-{day:02}T{hour:02}:{rest:02}+08:00")
    };
    world.set_time(&time(minute));
    let ticket = shop.number(world).ticket;
    world.set_time(&time(minute + wait));
    let hao = shop.hao;
    world
        .write(move |tx, ctx| queue::start(tx, ctx, ticket.id, Some(hao)))
        .expect("started");
    world.set_time(&time(minute + wait + served));
    let order = ticket.order;
    world
        .write(move |tx, ctx| {
            orders::finish(tx, ctx, order)?;
            queue::settle_order(tx, ctx, order)
        })
        .expect("finished");
}

#[test]
fn the_page_shows_quoted_against_real_and_the_file_has_every_wait() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let page = world.client(Role::Desk).get("/queue/waits");
        assert!(page.says("No waits in this period"));
        visit(world, &shop, (21, 0), 2, 20);
        visit(world, &shop, (21, 60), 25, 20);
        let gone = shop.number(world).ticket;
        world
            .write(move |tx, ctx| {
                queue::call(tx, ctx, gone.id, None)?;
                queue::no_show(tx, ctx, gone.id)
            })
            .expect("did not come");
        let page = world.client(Role::Desk).get("/queue/waits");
        assert!(page.says("1 of 2 within the range"), "{}", page.body);
        assert!(page.says("1 of 3 numbers") && page.says("By hour") && page.says("By day"));
        assert!(page.says("Furthest off") && page.says("A002"));
        let file = world
            .client(Role::Desk)
            .get("/queue/waits?days=28&format=csv");
        assert_eq!(file.status, 200);
        let lines: Vec<&str> = file.body.trim().lines().collect();
        assert_eq!(lines.len(), 4, "{}", file.body);
        assert!(lines[0].contains("Waited") && lines[2].contains("A002"));
        assert_eq!(
            world.nobody().get("/queue/waits").status,
            303,
            "sign in first"
        );
    });
}

#[test]
fn a_quote_keeps_its_range_its_model_and_what_followed() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        visit(world, &shop, (21, 0), 7, 20);
        let (site, since) = (world.site.id, at("2026-11-21T00:00+08:00"));
        let told =
            world.read(|tx, ctx| queue::told(tx, ctx, (site, &kernel::TimeZone::UTC), since));
        let told = told.expect("read");
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].wait, Some(queue::Wait { min: 0, max: 2 }));
        assert_eq!(told[0].missed_minutes(), Some(5));
        assert_eq!(told[0].model, 0, "before anything was learnt");
    });
}

#[test]
fn a_site_learns_from_its_own_past_and_says_which_model_told_a_wait() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        // The hairdressers are always slower to call than the plan says.
        for round in 0..60 {
            let day = 21;
            world.set_time("2026-11-21T10:00+08:00");
            let first = shop.number(world).ticket;
            let second = shop.number(world).ticket;
            let third = shop.number(world).ticket;
            world.set_time(&format!("2026-11-{day}T10:{:02}+08:00", 45 + round % 10));
            for ticket in [first, second, third] {
                world
                    .write(move |tx, ctx| {
                        queue::call(tx, ctx, ticket.id, None)?;
                        queue::no_show(tx, ctx, ticket.id)?;
                        orders::cancel(tx, ctx, ticket.order, "Gone")?;
                        queue::settle_order(tx, ctx, ticket.order)
                    })
                    .expect("over");
            }
        }
        world.set_time("2026-11-21T10:00+08:00");
        let told = |world: &World| {
            for _ in 0..2 {
                shop.number(world);
            }
            let third = shop.number(world);
            let wait = third.wait.expect("told");
            let order = third.ticket.order;
            world
                .write(move |tx, ctx| orders::cancel(tx, ctx, order, "Test").map(drop))
                .expect("over");
            wait
        };
        let before = told(world);
        world.write(queue::learn).expect("learnt");
        let site = world.site.id;
        let picture = world
            .read(|tx, ctx| queue::line_now(tx, ctx, site, kernel::Date::constant(2026, 11, 21)));
        assert_eq!(picture.expect("read").model, 1);
        let page = world.client(Role::Desk).get("/queue/waits");
        assert!(page.says("Waits are told by model 1"), "{}", page.body);
        let after = shop.number(world).wait.expect("told");
        assert!(after.max >= 45, "{before:?} {after:?}");
        assert!(before.max < 45, "{before:?}");
        world.write(queue::learn).expect("nothing new");
        let model = world
            .read(|tx, ctx| queue::line_now(tx, ctx, site, kernel::Date::constant(2026, 11, 21)));
        assert_eq!(
            model.expect("read").model,
            1,
            "without new waits nothing is learnt"
        );
    });
}

#[test]
fn waits_above_two_hours_are_told_in_hours_and_minutes() {
    let range = |locale, min, max| queue::range(locale, Some(queue::Wait { min, max }));
    use kernel::Locale::{En, ZhCn};
    each_engine(&rooms(), |_| {
        assert_eq!(range(En, 100, 120), "100–120 min");
        assert_eq!(range(En, 110, 140), "1 h 50 min – 2 h 20 min");
        assert_eq!(range(ZhCn, 110, 140), "1 小时 50 分 – 2 小时 20 分");
    });
}
