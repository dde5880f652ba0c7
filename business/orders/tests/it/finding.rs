//! Boards, lists, and orders of the past.

use customers::Named;
use kernel::{Bilingual, Channel, Currency, Money, Span};
use orders::{
    Edit, Ending, Filter, Kind, Level, NewLine, NewOrder, PastLine, PastOrder, PastStep, Scope,
    StateName,
};
use testing::{World, at, each_engine};

use crate::shop::{self, Shop, refusal, rooms, sound};

fn past(shop: &Shop, hour: i8, external_id: Option<&str>) -> PastOrder {
    let time = |minute: i8| at(&format!("2026-11-20T{hour:02}:{minute:02}+08:00"));
    let step = |key: &str, from, until, error: Option<&str>| PastStep {
        key: key.to_owned(),
        name: Bilingual::new(key, key),
        lane: "frontstage".to_owned(),
        minutes_standard: Some(5),
        staff: Some(shop.mei),
        started: time(from),
        ended: time(until),
        error_cause: error.map(str::to_owned),
    };
    PastOrder {
        site: shop.site,
        kind: Kind::WalkIn,
        channel: Channel::Import,
        customer: None,
        level: Level::Normal,
        note: String::new(),
        lines: vec![PastLine {
            service: Some(shop.cut),
            family: Some("hair".to_owned()),
            name: Bilingual::new("剪发", "Cut"),
            quantity: 1,
            unit: Money::new(15_000, Currency::CNY),
            tax_permille: 60,
            minutes: 45,
        }],
        created: time(0),
        slot: None,
        promised: None,
        blueprint: None,
        steps: vec![
            step("consult", 10, 14, Some("Wrong style")),
            step("consult", 14, 20, None),
            step("cut", 20, 40, None),
        ],
        ending: Ending::Finished {
            arrived: time(1),
            started: time(10),
            finished: time(41),
            staff: Some(shop.mei),
        },
        external_id: external_id.map(str::to_owned),
    }
}

fn record(world: &World, past: PastOrder) -> Result<orders::commands::Recorded, kernel::Fault> {
    world.write(move |tx, ctx| orders::record_past(tx, ctx, &past))
}

#[test]
fn an_order_of_the_past_comes_in_once_with_its_own_times() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let first = record(world, past(&shop, 11, Some("A-1"))).unwrap();
        let again = record(world, past(&shop, 12, Some("A-1"))).unwrap();
        assert_eq!(first.id(), again.id());
        assert_ne!(first, again);
        let id = first.id();
        let steps = world.read(|tx, ctx| orders::steps(tx, ctx, id)).unwrap();
        let order: Vec<_> = steps.iter().map(|s| (s.key.as_str(), s.attempt)).collect();
        assert_eq!(order, [("consult", 1), ("consult", 2), ("cut", 1)]);
        assert_eq!(steps[1].rework_of, Some(steps[0].id));
        let mut backwards = past(&shop, 13, None);
        backwards.created = at("2026-11-20T23:00+08:00");
        assert_eq!(refusal(record(world, backwards)), "orders-past-backwards");
        sound(world);
    });
}

#[test]
fn a_list_pages_through_every_order_once_newest_first() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        for hour in 9..19 {
            record(world, past(&shop, hour, None)).unwrap();
        }
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let filter = Filter::default();
            let page = world
                .read(|tx, ctx| orders::list(tx, ctx, &filter, after, 3))
                .unwrap();
            seen.extend(page.rows.iter().map(|row| row.order.created));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 10);
        assert!(seen.windows(2).all(|pair| pair[0] > pair[1]));
    });
}

#[test]
fn an_order_is_found_by_number_customer_phone_and_what_was_sold() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        shop.take(world, &shop.walk_in());
        world.set_time("2026-11-21T10:01+08:00");
        let named = Named::parse("陈雨桐 138 0013 2047");
        let customer = world
            .write(move |tx, ctx| customers::find_or_create(tx, ctx, &named))
            .unwrap();
        let hers = NewOrder {
            customer: Some(customer),
            ..shop.booking("2026-11-21T11:00+08:00", None)
        };
        let hers = shop.take(world, &hers);
        let find = |text: &str, scope| {
            let filter = Filter {
                text: text.to_owned(),
                scope,
                ..Filter::default()
            };
            let page = world
                .read(|tx, ctx| orders::list(tx, ctx, &filter, None, 10))
                .unwrap();
            let count = world
                .read(|tx, ctx| orders::count_up_to(tx, ctx, &filter, 100))
                .unwrap();
            assert_eq!(count, i64::try_from(page.rows.len()).unwrap(), "{text}");
            page.rows
                .iter()
                .map(|row| row.order.number)
                .collect::<Vec<_>>()
        };
        for text in [
            "R-00002",
            "r-00002",
            "2",
            "陈雨桐",
            "雨桐",
            "2047",
            "1380013",
            "138 0013 2047",
            "cyt",
            "Yutong Chen",
            "雨桐 2047",
        ] {
            assert_eq!(find(text, Scope::All), [hers.number], "{text}");
        }
        assert_eq!(find("cut", Scope::All), [2, 1]);
        assert_eq!(find("", Scope::Only(StateName::Booked)), [2]);
        assert_eq!(find("100%_", Scope::All), [0_i64; 0]);
        let standing = world
            .read(|tx, ctx| orders::standing(tx, ctx, customer))
            .unwrap();
        assert_eq!((standing.visits, standing.spent), (0, Vec::new()));
    });
}

#[test]
fn what_was_sold_is_found_by_any_part_of_its_name_whenever_it_came_onto_the_order() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let both = NewOrder {
            lines: vec![NewLine::one(shop.cut), NewLine::one(shop.shampoo)],
            ..shop.walk_in()
        };
        let both = shop.take(world, &both);
        let changed = shop.take(world, &shop.walk_in());
        record(world, past(&shop, 9, None)).expect("history comes in");
        let find = |text: &str| {
            let filter = Filter {
                text: text.to_owned(),
                ..Filter::default()
            };
            let page = world.read(|tx, ctx| orders::list(tx, ctx, &filter, None, 10));
            let rows = page.expect("it answers").rows;
            rows.iter().map(|row| row.order.number).collect::<Vec<_>>()
        };
        assert_eq!(find("HAMPO"), [both.number]);
        assert_eq!(find("cut + sham"), [both.number]);
        assert_eq!(find("facial"), [0_i64; 0], "it was never sold");
        assert_eq!(find("剪发").len(), 1, "only history has its Chinese name");
        let edit = Edit {
            lines: Some(vec![NewLine::one(shop.facial)]),
            ..Edit::default()
        };
        let (id, version) = (changed.id, changed.version);
        world
            .write(move |tx, ctx| orders::edit(tx, ctx, id, version, &edit))
            .expect("it is changed");
        assert_eq!(find("facial"), [changed.number]);
    });
}

#[test]
fn the_board_holds_what_is_going_on_and_what_touches_the_day() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        record(world, past(&shop, 11, None)).unwrap();
        let waiting = shop.take(world, &shop.walk_in()).id;
        let booked = shop
            .take(world, &shop.booking("2026-11-21T15:00+08:00", None))
            .id;
        let day = |from: &str, to: &str| Span::new(at(from), at(to)).unwrap();
        let ids = |span| {
            let cards = world
                .read(|tx, ctx| orders::board(tx, ctx, shop.site, span))
                .unwrap();
            cards
                .iter()
                .map(|card| (card.order.id, card.steps.len()))
                .collect::<Vec<_>>()
        };
        let today = day("2026-11-21T00:00+08:00", "2026-11-22T00:00+08:00");
        assert_eq!(ids(today), [(waiting, 3), (booked, 3)]);
        let tomorrow = day("2026-11-22T00:00+08:00", "2026-11-23T00:00+08:00");
        assert_eq!(ids(tomorrow), [(waiting, 3)]);
        let found = world
            .read(|tx, ctx| orders::states(tx, ctx, &[waiting, booked]))
            .unwrap();
        assert_eq!(found[&booked], StateName::Booked);
    });
}

#[test]
fn a_name_that_hundreds_share_narrows_the_list_to_all_of_their_orders() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let all: Vec<_> = world
            .write(|tx, ctx| {
                let name = |at: usize| Named::parse(&format!("王伟 1380013{at:04}"));
                let each = (0..520).map(|at| customers::find_or_create(tx, ctx, &name(at)));
                each.collect::<Result<Vec<_>, _>>()
            })
            .expect("they are written down");
        let mut hers = Vec::new();
        for (hour, customer) in (9..).zip([all[0], all[260], all[519]]) {
            let taken = PastOrder {
                customer: Some(customer),
                ..past(&shop, hour, None)
            };
            hers.push(record(world, taken).expect("it comes in").id());
        }
        record(world, past(&shop, 13, None)).expect("nobody's comes in");
        hers.reverse();
        for text in ["王", "wang", "ww", "王 伟", "wei wang"] {
            let filter = Filter {
                text: text.to_owned(),
                ..Filter::default()
            };
            let page = world.read(|tx, ctx| orders::list(tx, ctx, &filter, None, 10));
            let found = page.expect("it answers").rows;
            let found: Vec<_> = found.iter().map(|row| row.order.id).collect();
            assert_eq!(found, hers, "{text}");
        }
    });
}
