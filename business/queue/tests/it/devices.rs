//! The tablet at the door and the screen on the wall.

use kernel::Role;
use kernel::ids::OrderId;
use orders::{Kind, NewLine, NewOrder, WantedSlot};
use testing::{World, at, each_engine};

use crate::shop::{Shop, line, open, rooms};

/// Links a device as the manager does; its path.
pub fn link(world: &World, kind: &str) -> String {
    let form = format!("kind={kind}&name=Entrance&language=en");
    let made = world.client(Role::Manager).post("/queue/devices", &form);
    assert_eq!(made.status, 200, "{}", made.body);
    let begins = format!("/at/lotus/{kind}/");
    let from = made.body.find(&begins).expect("the link is shown once");
    let path: String = made.body[from..]
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "/_-".contains(*c))
        .collect();
    path
}

fn booked(world: &World, shop: &Shop, phone: &'static str) -> OrderId {
    let (cut, mei, site) = (shop.cut, shop.mei, world.site.id);
    let made = world.write(move |tx, ctx| {
        let named = customers::Named {
            name: "Chen Yutong".to_owned(),
            phone: customers::Phone::parse(phone),
            language: None,
        };
        let new = NewOrder {
            customer: Some(customers::find_or_create(tx, ctx, &named)?),
            lines: vec![NewLine::one(cut)],
            slot: Some(WantedSlot {
                start: at("2026-11-21T10:30+08:00"),
                staff: Some(mei),
            }),
            ..NewOrder::new(site, Kind::Booking)
        };
        orders::create(tx, ctx, &new)
    });
    made.expect("booked").id
}

#[test]
fn at_the_tablet_somebody_takes_a_number_without_anybody_signing_in() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        shop.number(world);
        let kiosk = link(world, "kiosk");
        let guest = world.nobody();
        let start = guest.get(&kiosk);
        assert!(start.says("Take a number") && start.says("I have a booking"));
        assert!(!start.says("data-idle="), "the first page stays");
        let services = guest.get(&format!("{kiosk}/services"));
        assert!(services.says("Cut") && services.says("data-idle=\"45\""));
        let details = guest.get(&format!("{kiosk}/details?service={}", shop.cut));
        assert!(details.says("1 waiting") && details.says("Take my number"));
        let form = format!("service={}&name=Ada", shop.cut);
        let taken = guest.post(&format!("{kiosk}/numbers"), &form);
        assert_eq!(taken.status, 303, "{}", taken.body);
        let number = guest.get(taken.location());
        assert!(number.says("A002") && number.says("1 ahead of you") && number.says("<svg"));
        assert!(!number.says("Ada"), "the next at the tablet learns no name");
        assert_eq!(number.header("cache-control"), Some("no-store"));
        assert_eq!(line(world), ["A001", "A002"]);
        // A little later the number is not shown at the tablet any more.
        world.set_time("2026-11-21T10:04+08:00");
        assert_eq!(guest.get(taken.location()).status, 404);
        assert!(guest.get(&format!("{kiosk}?lang=zh-CN")).says("欢迎光临"));
    });
}

#[test]
fn a_link_that_was_stopped_forged_or_made_for_something_else_opens_nothing() {
    each_engine(&rooms(), |world| {
        open(world);
        let kiosk = link(world, "kiosk");
        let wall = link(world, "wall");
        let guest = world.nobody();
        assert_eq!(guest.get(&wall).status, 200);
        let swapped = kiosk.replace("/kiosk/", "/wall/");
        assert_eq!(guest.get(&swapped).status, 404, "a tablet is no screen");
        let forged = format!("{}x", &kiosk[..kiosk.len() - 1]);
        assert_eq!(guest.get(&forged).status, 404);
        let manager = world.client(Role::Manager);
        let page = manager.get("/queue/devices");
        assert!(!page.says("std_"), "a link is shown once");
        let from = page.body.find("/queue/devices/").expect("a way to stop it");
        let stop: String = page.body[from..]
            .chars()
            .take_while(|c| *c != '"')
            .collect();
        assert_eq!(world.client(Role::Desk).post(&stop, "").status, 403);
        assert_eq!(manager.post(&stop, "").status, 303);
        assert_eq!(manager.post(&stop, "").status, 303, "twice does no harm");
        let statuses = [guest.get(&kiosk).status, guest.get(&wall).status];
        assert!(
            statuses.contains(&404) && statuses.contains(&200),
            "{statuses:?}"
        );
        let revoked = world.activities();
        let revoked = revoked.iter().filter(|a| *a == "device.revoked").count();
        assert_eq!(revoked, 1);
    });
}

#[test]
fn a_booked_customer_checks_in_with_the_last_digits_of_the_phone() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = booked(world, &shop, "13805712047");
        let kiosk = link(world, "kiosk");
        let guest = world.nobody();
        let path = format!("{kiosk}/booking");
        assert!(guest.get(&path).says("Last 4 digits"));
        let none = guest.post(&path, "booking=9999");
        assert_eq!(none.status, 422);
        assert!(none.says("value=\"9999\"") && none.says("No booking around now"));
        assert_eq!(
            guest.post(&path, "booking=47").status,
            422,
            "too few digits"
        );
        let found = guest.post(&path, "booking=2047");
        assert_eq!(found.status, 200);
        assert!(found.says("10:30") && found.says("C••") && !found.says("Yutong"));
        let arrivals = format!("{kiosk}/arrivals");
        let wrong = guest.post(&arrivals, &format!("order={order}&booking=9999"));
        assert_eq!(wrong.status, 422, "the digits are asked again");
        let here = guest.post(&arrivals, &format!("order={order}&booking=2047"));
        assert_eq!(here.status, 303, "{}", here.body);
        let number = guest.get(here.location());
        assert!(number.says("A001") && number.says("Booked for 10:30"));
        let state = world.read(|tx, ctx| orders::order(tx, ctx, order));
        assert_eq!(
            state.expect("read").state.name(),
            orders::StateName::Waiting
        );
        assert_eq!(line(world), ["A001"]);
    });
}

#[test]
fn who_tries_many_digits_is_stopped_for_a_while() {
    each_engine(&rooms(), |world| {
        open(world);
        let kiosk = link(world, "kiosk");
        let guest = world.nobody();
        let path = format!("{kiosk}/booking");
        for digits in 1000..1012 {
            assert_eq!(guest.post(&path, &format!("booking={digits}")).status, 422);
        }
        assert_eq!(guest.post(&path, "booking=1012").status, 429);
        world.set_time("2026-11-21T10:10+08:00");
        assert_eq!(guest.post(&path, "booking=1012").status, 422);
    });
}

#[test]
fn the_screen_on_the_wall_shows_who_is_called_where_and_speaks_both_languages() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        for name in ["Zhao Lei", "Sun Yue", "Guo Ruoxi"] {
            shop.number_for(world, Some(name));
        }
        let wall = link(world, "wall");
        let guest = world.nobody();
        assert!(guest.get(&wall).says("Nobody has been called yet"));
        let (site, mei) = (world.site.id, shop.mei);
        world
            .write(move |tx, ctx| {
                let draft = queue::commands::CounterDraft {
                    name: kernel::Bilingual::new("三号台", "Chair 3"),
                    lines: vec![],
                };
                let id = queue::commands::add_counter(tx, ctx, site, &draft)?;
                queue::commands::sit(tx, ctx, id, Some(mei))?;
                queue::call_next(tx, ctx, site, Some(id))
            })
            .expect("called");
        let screen = guest.get(&format!("{wall}/state"));
        assert!(screen.says("A001") && screen.says("Chair 3") && screen.says("Lin Mei"));
        assert!(screen.says("Number A 0 0 1, please go to Chair 3."));
        assert!(screen.says("请 A 0 0 1 号，到三号台。"));
        assert!(
            screen.says("A002") && screen.says("A003") && screen.says("2 waiting")
                || screen.says("3 waiting")
        );
        assert!(
            !screen.says("Zhao") && !screen.says("Sun Yue"),
            "numbers alone"
        );
        let page = guest.get(&wall);
        assert!(page.says("data-theme=\"dark\"") && page.says("Sound is off"));
        assert!(
            page.says("Connection lost"),
            "the words are there before the line is lost"
        );
        // Another call is a new call, and is spoken again.
        let before = screen.body.matches("-1\"").count();
        world
            .write(move |tx, ctx| {
                let first = queue::line_now(tx, ctx, site, kernel::Date::constant(2026, 11, 21))?;
                queue::call(tx, ctx, first.tickets[0].id, None)
            })
            .expect("again");
        let again = guest.get(&format!("{wall}/state"));
        assert!(before > 0 && again.says("-2\""));
    });
}

#[test]
fn after_closing_the_tablet_says_when_the_doors_open() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let kiosk = link(world, "kiosk");
        world.set_time("2026-11-21T22:00+08:00");
        let guest = world.nobody();
        assert!(
            guest
                .get(&kiosk)
                .says("We are closed now. We open Sun 22 Nov 09:00.")
        );
        let form = format!("service={}", shop.cut);
        assert_eq!(guest.post(&format!("{kiosk}/numbers"), &form).status, 422);
        assert_eq!(line(world), Vec::<String>::new());
    });
}
