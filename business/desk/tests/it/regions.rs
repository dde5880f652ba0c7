//! Every site together: sums of what the sites come to, each by its own clock and in its own money.

use std::sync::atomic::{AtomicUsize, Ordering};

use kernel::{Bilingual, Channel, Currency, Money, Role, ids::SiteId, ids::StaffId};
use orders::{Ending, Kind, Level, PastLine, PastOrder};
use organisation::{GroupFields, SiteFields, SiteGroup};
use testing::{Answer, World, at, each_engine};

use crate::shop::{Shop, open, rooms};

fn site(world: &World, name: &'static str, zone: &'static str, currency: &'static str) -> SiteId {
    let fields = SiteFields::new(Bilingual::new(name, name), zone, currency);
    let made = world.write(move |tx, ctx| organisation::create_site(tx, ctx, fields));
    made.expect("it is opened").id
}

fn region(world: &World, name: &'static str, sites: &[SiteId]) -> SiteGroup {
    let sites = sites.to_vec();
    let fields = GroupFields {
        name: Bilingual::new(name, name),
        parent: None,
    };
    let made = world.write(move |tx, ctx| {
        let group = organisation::create_group(tx, ctx, fields)?;
        for site in sites {
            organisation::place_site(tx, ctx, site, Some(group.id))?;
        }
        Ok(group)
    });
    made.expect("it is made")
}

/// A visit of a quarter of an hour, at a time and for an amount.
fn visit(site: SiteId, staff: StaffId, begun: &str, unit: Money) -> PastOrder {
    let begun = at(begun);
    let minute = |minutes: i64| {
        kernel::Timestamp::from_second(begun.as_second() + minutes * 60).expect("it is a time")
    };
    PastOrder {
        site,
        kind: Kind::WalkIn,
        channel: Channel::Import,
        customer: None,
        level: Level::Normal,
        note: String::new(),
        lines: vec![PastLine {
            service: None,
            family: Some("hair".to_owned()),
            name: Bilingual::new("剪发", "Cut"),
            quantity: 1,
            unit,
            tax_permille: 0,
            minutes: 15,
        }],
        created: begun,
        slot: None,
        promised: None,
        blueprint: None,
        steps: Vec::new(),
        ending: Ending::Finished {
            arrived: begun,
            started: minute(1),
            finished: minute(15),
            staff: Some(staff),
        },
        external_id: None,
    }
}

fn was_there(world: &World, past: PastOrder) {
    let taken = world.write(move |tx, ctx| orders::record_past(tx, ctx, &past));
    taken.expect("it is recorded");
}

/// The row of the page that holds `mark`, as words.
fn row(page: &Answer, mark: &str) -> String {
    let at = page.body.find(mark).unwrap_or_else(|| panic!("no {mark}"));
    let from = page.body[..at].rfind("<tr").expect("it stands in a row");
    let rest = &page.body[from..];
    let row = &rest[..rest.find("</tr").expect("the row ends")];
    let mut words = String::new();
    let mut inside = false;
    for letter in row.chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                words.push(' ');
            }
            letter if !inside => words.push(letter),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Three {
    shop: Shop,
    home: SiteId,
    kyoto: SiteId,
    hudson: SiteId,
    asia: SiteGroup,
    west: SiteGroup,
}

/// Three sites in three countries. It is ten on Saturday in Shanghai, eleven in Kyoto, and still
/// nine on Friday evening by the Hudson.
fn three(world: &World) -> Three {
    let shop = open(world);
    let home = world.site.id;
    let kyoto = site(world, "Kyoto", "Asia/Tokyo", "JPY");
    let hudson = site(world, "Hudson", "America/New_York", "USD");
    let cny = Money::new(16_800, Currency::CNY);
    let jpy = Money::new(4_500, Currency::parse("JPY").expect("known"));
    let usd = Money::new(5_000, Currency::parse("USD").expect("known"));
    for (site, begun, unit) in [
        (home, "2026-11-21T09:10+08:00", cny),
        (home, "2026-11-21T09:30+08:00", cny),
        // Yesterday in Shanghai.
        (home, "2026-11-20T20:00+08:00", cny),
        (kyoto, "2026-11-21T10:10+09:00", jpy),
        // Today by the Hudson, where it is Friday.
        (hudson, "2026-11-20T18:00-05:00", usd),
        // Yesterday there, though Friday in Shanghai.
        (hudson, "2026-11-19T20:00-05:00", usd),
    ] {
        was_there(world, visit(site, shop.mei, begun, unit));
    }
    Three {
        shop,
        home,
        kyoto,
        hudson,
        asia: region(world, "Asia", &[home, kyoto]),
        west: region(world, "West", &[hudson]),
    }
}

#[test]
fn a_region_comes_to_what_its_sites_come_to_and_money_stays_in_its_currency() {
    each_engine(&rooms(), |world| {
        let three = three(world);
        let page = world.client(Role::Manager).get("/regions");
        for (mark, words) in [
            (
                format!("site-{}", three.home),
                "Riverside Sat 21 Nov 10:00 2 0 0 2 0 ¥336",
            ),
            (
                format!("site-{}", three.kyoto),
                "Kyoto Sat 21 Nov 11:00 1 0 0 1 0 ¥4,500",
            ),
            (
                format!("site-{}", three.hudson),
                "Hudson Fri 20 Nov 21:00 1 0 0 1 0 $50",
            ),
            (
                format!("region={}", three.asia.id),
                "Asia 2 sites 3 0 0 3 0 CNY ¥336 · JPY ¥4,500",
            ),
            (
                format!("region={}", three.west.id),
                "West 1 site 1 0 0 1 0 $50",
            ),
            (
                "All sites".to_owned(),
                "All sites 3 sites 4 0 0 4 0 CNY ¥336 · JPY ¥4,500 · USD $50",
            ),
        ] {
            assert_eq!(row(&page, &mark), words, "{mark}");
        }
        let chosen = format!("/regions?region={}", three.west.id);
        let west = world.client(Role::Manager).get(&chosen);
        assert!(west.says(&format!("site-{}", three.hudson)));
        assert!(!west.says(&format!("site-{}", three.home)), "elsewhere");
    });
}

#[test]
fn who_works_at_some_sites_sees_what_those_come_to() {
    each_engine(&rooms(), |world| {
        let three = three(world);
        let page = world
            .client_at(Role::Manager, &[three.home])
            .get("/regions");
        assert_eq!(
            row(&page, &format!("region={}", three.asia.id)),
            "Asia 1 site 2 0 0 2 0 ¥336"
        );
        assert!(page.says("All your sites"), "{}", page.body);
        for hidden in [three.kyoto, three.hudson] {
            assert!(!page.says(&format!("site-{hidden}")), "{}", page.body);
        }
        assert!(!page.says("West") && !page.says("Hudson") && !page.says("JPY"));
        for role in [Role::Desk, Role::Staff, Role::Support] {
            assert_eq!(world.client(role).get("/regions").status, 403, "{role:?}");
        }
    });
}

#[test]
fn who_waits_in_line_is_told_for_the_site_its_region_and_all() {
    each_engine(&rooms(), |world| {
        let three = three(world);
        let (site, cut) = (three.home, three.shop.cut);
        let day = world.site.date_of(world.ctx().now);
        let number = || {
            let walk_in = queue::WalkIn::new(site, day, vec![cut]);
            let given = world.write(move |tx, ctx| queue::issue(tx, ctx, &walk_in));
            given.expect("a number is given out").ticket
        };
        let (first, _) = (number(), number());
        let manager = world.client(Role::Manager);
        let page = manager.get("/regions");
        let marks = [
            format!("site-{site}"),
            format!("region={}", three.asia.id),
            "All sites".to_owned(),
        ];
        for mark in &marks {
            let words = row(&page, mark);
            assert!(words.contains(" 2 2 in line 0 "), "{words}");
        }
        let west = row(&page, &format!("region={}", three.west.id));
        assert!(!west.contains("in line"), "{west}");
        let left = world.write(move |tx, ctx| {
            orders::cancel(tx, ctx, first.order, "went home")?;
            queue::settle_order(tx, ctx, first.order)
        });
        left.expect("one goes home");
        let page = manager.get("/regions");
        for mark in &marks {
            let words = row(&page, mark);
            assert!(words.contains(" 1 1 in line 0 "), "{words}");
        }
        world.set_time("2026-11-22T10:00+08:00");
        let page = manager.get("/regions");
        assert!(!page.says("in line"), "a new day begins: {}", page.body);
    });
}

static ASKED: AtomicUsize = AtomicUsize::new(0);

/// Statements that a page takes, the second time it is asked for.
fn statements(world: &World, path: &str) -> usize {
    let manager = world.client(Role::Owner);
    assert_eq!(manager.get(path).status, 200, "{path}");
    let before = ASKED.load(Ordering::SeqCst);
    assert_eq!(manager.get(path).status, 200, "{path}");
    ASKED.load(Ordering::SeqCst) - before
}

fn more_sites(world: &World, count: usize) {
    let made = world.write(move |tx, ctx| {
        let fields = GroupFields {
            name: Bilingual::new("区", format!("Region of {count}")),
            parent: None,
        };
        let group = organisation::create_group(tx, ctx, fields)?;
        for at in 0..count {
            let name = format!("Site {count} {at}");
            let fields = SiteFields::new(Bilingual::new(&name, &name), "Asia/Shanghai", "CNY");
            let site = organisation::create_site(tx, ctx, fields)?;
            organisation::place_site(tx, ctx, site.id, Some(group.id))?;
        }
        Ok(())
    });
    made.expect("they are opened");
}

#[test]
fn pages_about_all_sites_ask_as_often_for_many_as_for_few() {
    store::watch_statements(|_, _| {
        ASKED.fetch_add(1, Ordering::SeqCst);
    });
    each_engine(&rooms(), |world| {
        open(world);
        more_sites(world, 10);
        let pages = ["/regions", "/sites", "/today"];
        let few = pages.map(|path| statements(world, path));
        more_sites(world, 150);
        let many = pages.map(|path| statements(world, path));
        assert_eq!(few, many, "{pages:?}");
    });
}

/// `cargo nextest run --release -p desk --run-ignored only`, figures in `docs/benchmarks.md`.
#[test]
#[ignore = "a measurement of some minutes"]
fn the_day_of_three_hundred_sites_takes_milliseconds() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        more_sites(world, 299);
        let sites = world.read(organisation::sites).expect("they are there");
        let unit = Money::new(16_800, Currency::CNY);
        for site in sites {
            let made = world.write(move |tx, ctx| {
                for minute in 0..60 {
                    let begun = format!("2026-11-21T0{}:{minute:02}+08:00", 7 + minute % 2);
                    orders::record_past(tx, ctx, &visit(site.id, shop.mei, &begun, unit))?;
                }
                Ok(())
            });
            made.expect("they are recorded");
        }
        let owner = world.client(Role::Owner);
        for path in ["/regions", "/sites", "/today"] {
            let mut times: Vec<std::time::Duration> = (0..100)
                .map(|_| {
                    let begun = std::time::Instant::now();
                    assert_eq!(owner.get(path).status, 200, "{path}");
                    begun.elapsed()
                })
                .collect();
            times.sort();
            eprintln!("{path}: p50 {:.1?}, p99 {:.1?}", times[50], times[98]);
        }
    });
}
