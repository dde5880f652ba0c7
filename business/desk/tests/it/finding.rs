//! Search and journal.

use kernel::{Bilingual, Ctx, Locale, Role};
use testing::each_engine;

use crate::shop::{open, rooms};

#[test]
fn the_palette_finds_commands_orders_and_customers() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        let desk = world.client(Role::Desk);
        let by_number = desk.get(&format!("/search?q={}&palette=1", order.code));
        assert!(
            by_number.says(&format!("/orders/{}", order.id)),
            "{}",
            by_number.body
        );
        assert!(!by_number.says("<html"), "a fragment");
        let by_name = desk.get("/search?q=yutong&palette=1");
        assert!(by_name.says("/customers/"));
        assert!(desk.get("/search?q=walk&palette=1").says("/today/walk-in"));
        assert!(desk.get("/search?q=zzzz&palette=1").says("Nothing found"));
        let staff = world.client(Role::Staff).get("/search?q=journal&palette=1");
        assert!(
            !staff.says("/journal"),
            "what one may not open is not offered"
        );
    });
}

#[test]
fn an_order_that_is_not_there_leaves_whoever_works_within_their_menu() {
    each_engine(&rooms(), |world| {
        open(world);
        let nowhere = "/orders/01a20287-0d47-7d9d-8861-9464abe81fe7";
        let page = world.client(Role::Desk).get(nowhere);
        assert_eq!(page.status, 404);
        assert!(page.says("There is no such order") && page.says("href=\"/calendar\""));
        let odd = world.client(Role::Desk).get("/orders/nonsense");
        assert_eq!(odd.status, 404);
        assert!(odd.says("href=\"/calendar\""), "{}", odd.body);
        let refused = world.client(Role::Staff).get("/journal");
        assert_eq!(refused.status, 403);
        assert!(
            !refused.says("href=\"/calendar\""),
            "no shell before the door"
        );
    });
}

/// The rows of the journal, without the choices above them.
fn events(page: &testing::Answer) -> &str {
    let table = page.body.split("<tbody").nth(1).expect("there are rows");
    table.split("</tbody").next().expect("they end")
}

#[test]
fn the_journal_is_filtered_paged_and_its_chain_checked() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        let manager = world.client(Role::Manager);
        let page = manager.get("/journal?check=1");
        assert!(page.says("The chain is whole") && events(&page).contains("Booking confirmed"));
        let about = manager.get(&format!("/journal?kind=order&object={}", order.id));
        let about = events(&about);
        assert!(about.contains("Booking confirmed") && !about.contains("Member of staff added"));
        for named in [
            &format!("Order {}", order.code),
            "Customer Chen Yutong",
            "Staff Lin Mei",
        ] {
            assert!(about.contains(named), "{named}: {about}");
        }
        let kind = manager.get("/journal?kind=staff");
        let kind = events(&kind);
        assert!(
            !kind.contains("Booking confirmed") && kind.contains("Staff "),
            "{kind}"
        );
        assert!(
            manager
                .get("/journal?day=2020-01-01")
                .says("No event matches")
        );
        assert_eq!(manager.get("/journal?day=yesterday").status, 422);
        for hour in 12..17 {
            for minute in [0, 30] {
                let start = format!("2026-11-21T{hour}:{minute:02}+08:00");
                shop.booking(world, "Ada", &start, shop.mei);
                shop.booking(world, "Bo", &start, shop.hao);
            }
        }
        for _ in 0..15 {
            manager.post("/today/walk-in", &format!("service={}", shop.cut));
        }
        let first = manager.get("/journal");
        assert!(first.says("rel=\"next\"") && !first.says("rel=\"prev\""));
    });
}

#[test]
fn one_box_finds_people_services_and_those_who_were_here_last() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        shop.booking(
            world,
            "单雨桐 13800001234",
            "2026-11-21T11:00+08:00",
            shop.mei,
        );
        let desk = world.client(Role::Desk);
        // Nothing typed: those of the last orders.
        let empty = desk.get("/search?palette=1");
        assert!(
            empty.says("Served last") && empty.says("单雨桐"),
            "{}",
            empty.body
        );
        let wide = "%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94";
        for typed in ["shanyutong", "danyu", "syt", "yutnog", "1234", wide] {
            let found = desk.get(&format!("/search?q={typed}&palette=1"));
            assert!(
                found.says("单雨桐") || found.says("雨桐</mark>"),
                "{typed}: {}",
                found.body
            );
        }
        let marked = desk.get("/search?q=%E9%9B%A8%E6%A1%90&palette=1");
        assert!(
            marked.body.contains("单<mark>雨桐</mark>"),
            "{}",
            marked.body
        );
        let services = desk.get("/search?q=cut&palette=1");
        assert!(services.says("Services and goods"), "{}", services.body);
    });
}

#[test]
fn a_number_from_the_queue_is_found_while_it_stands_and_afterwards() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let day = world.site.date_of(world.ctx().now);
        let mut walk_in = queue::WalkIn::new(world.site.id, day, vec![shop.cut]);
        let standing = world.write(move |tx, ctx| {
            let named = customers::Named::parse("陈雨桐 13800001234");
            walk_in.customer = Some(customers::find_or_create(tx, ctx, &named)?);
            queue::issue(tx, ctx, &walk_in)
        });
        let ticket = standing.expect("a number is given out").ticket;
        let desk = world.client(Role::Desk);
        let typed = ticket.label().to_lowercase();
        let found = desk.get(&format!("/search?q={typed}&palette=1"));
        let place = format!("/today/tickets/{}", ticket.id);
        assert!(found.says(&place) && found.says("陈雨桐"), "{}", found.body);
        let order = ticket.order;
        let left = world.write(move |tx, ctx| {
            orders::cancel(tx, ctx, order, "went home")?;
            queue::settle_order(tx, ctx, order)
        });
        left.expect("it is called off");
        let found = desk.get(&format!("/search?q={typed}&palette=1"));
        assert!(!found.says(&place), "it stands no more: {}", found.body);
        assert!(found.says(&format!("/orders/{order}")), "{}", found.body);
        world.set_time("2026-11-29T10:00+08:00");
        let later = desk.get(&format!("/search?q={typed}&palette=1"));
        assert!(!later.says("Queue numbers"), "{}", later.body);
    });
}

#[test]
fn the_journal_names_things_and_people_in_the_language_of_whoever_reads() {
    each_engine(&rooms(), |world| {
        open(world);
        let body = blueprints::Body {
            phases: vec![blueprints::Phase {
                key: "visit".to_owned(),
                name: Bilingual::new("到店", "Visit"),
            }],
            ..blueprints::Body::default()
        };
        let name = Bilingual::new("剪发流程", "Cutting");
        let chinese = Ctx {
            locale: Locale::ZhCn,
            ..world.ctx_of(Role::Manager)
        };
        world
            .write_as(chinese, move |tx, ctx| {
                let new = blueprints::NewBlueprint { name, body };
                blueprints::create(tx, ctx, new).map(drop)
            })
            .expect("it is designed");
        let reader = world.client(Role::Manager);
        let page = reader.get("/journal?activity=blueprint.created");
        let rows = events(&page);
        assert!(rows.contains("Blueprint Cutting"), "{rows}");
        assert!(!rows.contains("剪发流程"), "{rows}");
        let page = reader
            .in_locale(Locale::ZhCn)
            .get("/journal?activity=blueprint.created");
        assert!(events(&page).contains("蓝图 剪发流程"));
    });
}
