//! How many fit into a line, when it gives out numbers, and until when it can be served.

use kernel::{Bilingual, Role};
use queue::Stage;
use queue::commands::LineDraft;
use testing::{World, at, each_engine};

use crate::shop::{Shop, line, open, rooms};

const JOIN: &str = "/at/lotus/riverside/queue";

fn limit(world: &World, draft: LineDraft) {
    let site = world.site.id;
    let changed = world.write(move |tx, ctx| {
        let lines = queue::lines(tx, ctx, site)?;
        let version = lines.iter().find(|line| line.code == draft.code);
        let version = version.expect("there is the line").version;
        queue::commands::change_line(tx, ctx, site, &draft, version)
    });
    changed.expect("limited");
}

fn at_most(max: i64) -> LineDraft {
    LineDraft {
        standing_max: Some(max),
        ..LineDraft::new("A", Bilingual::new("剪发", "Cuts"))
    }
}

fn join(world: &World, shop: &Shop) -> testing::Answer {
    world.nobody().post(JOIN, &format!("service={}", shop.cut))
}

#[test]
fn a_full_line_gives_a_number_with_a_time_to_return_and_keeps_the_place() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        limit(world, at_most(2));
        for _ in 0..2 {
            assert_eq!(join(world, &shop).status, 303);
        }
        let page = world.nobody().get(JOIN);
        assert!(page.says("full, come back at"), "{}", page.body);
        let third = join(world, &shop);
        assert_eq!(third.status, 303);
        let ticket = world.nobody().get(third.location());
        assert!(
            ticket.says("Come back at") && ticket.says("The line is full"),
            "{}",
            ticket.body
        );
        let (site, day) = (world.site.id, kernel::Date::constant(2026, 11, 21));
        let since = at("2026-11-21T00:00+08:00");
        let told =
            world.read(|tx, ctx| queue::told(tx, ctx, (site, &kernel::TimeZone::UTC), since));
        assert_eq!(told.expect("read").len(), 3, "each was told a wait");
        // The return time is a whole five minutes, and from then on they stand in their place.
        let picture = world.read(|tx, ctx| queue::line_now(tx, ctx, site, day));
        let third = picture.expect("read").tickets[2].clone();
        let Stage::Away { until } = third.stage else {
            panic!("is away: {:?}", third.stage);
        };
        assert_eq!(until.as_second() % 300, 0);
        assert_eq!(third.returns_at, Some(until));
        assert_eq!(line(world), ["A001", "A002", "A003"], "the place is kept");
        assert!(
            world
                .activities()
                .contains(&"ticket.return_reserved".into())
        );
    });
}

#[test]
fn of_many_who_want_the_last_place_at_once_one_stands_and_the_others_come_back() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        limit(world, at_most(1));
        let answers: Vec<u16> = std::thread::scope(|scope| {
            let comers: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| join(world, &shop).status))
                .collect();
            comers
                .into_iter()
                .map(|comer| comer.join().expect("no panic"))
                .collect()
        });
        assert_eq!(
            answers,
            vec![303; 8],
            "nobody is sent away without a number"
        );
        let (site, day) = (world.site.id, kernel::Date::constant(2026, 11, 21));
        let picture = world
            .read(|tx, ctx| queue::line_now(tx, ctx, site, day))
            .expect("read");
        assert_eq!(picture.standing_in("A"), 1, "one has the place");
        let away = picture
            .tickets
            .iter()
            .filter(|ticket| ticket.returns_at.is_some());
        assert_eq!(away.count(), 7);
    });
}

#[test]
fn a_limit_is_for_the_door_and_the_desk_may_know_better() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        limit(world, at_most(1));
        for _ in 0..3 {
            shop.number(world);
        }
        assert_eq!(line(world).len(), 3);
        let wrong = "version=3&name_en=Cuts&standing_max=0";
        let refused = world.client(Role::Manager).post("/queue/lines/A", wrong);
        assert_eq!(refused.status, 422);
        assert!(refused.says("value=\"0\""), "what was typed is kept");
    });
}

#[test]
fn a_line_stopped_by_hand_gives_no_numbers_and_still_serves_whoever_waits() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        join(world, &shop);
        let desk = world.client(Role::Desk);
        assert_eq!(desk.post("/queue/lines/A/closing", "").status, 303);
        assert!(world.nobody().get(JOIN).says("closed"));
        let refused = join(world, &shop);
        assert_eq!(refused.status, 422);
        assert!(refused.says("This line is closed for today"));
        assert_eq!(line(world), ["A001"]);
        assert_eq!(
            desk.post("/queue/next", "").status,
            303,
            "whoever waits is called"
        );
        assert_eq!(desk.post("/queue/lines/A/opening", "").status, 303);
        assert_eq!(join(world, &shop).status, 303);
        let told = world.activities();
        assert!(told.contains(&"line.closed".into()) && told.contains(&"line.opened".into()));
        assert_eq!(
            world
                .client(Role::ReadOnly)
                .post("/queue/lines/A/closing", "")
                .status,
            403
        );
    });
}

#[test]
fn a_line_with_hours_of_its_own_gives_numbers_within_them_alone() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        limit(
            world,
            LineDraft {
                opens_minute: Some(11 * 60),
                closes_minute: Some(14 * 60),
                ..LineDraft::new("A", Bilingual::new("剪发", "Cuts"))
            },
        );
        assert_eq!(join(world, &shop).status, 422);
        assert!(world.nobody().get(JOIN).says("from 11:00"));
        world.set_time("2026-11-21T11:00+08:00");
        assert_eq!(join(world, &shop).status, 303);
        world.set_time("2026-11-21T14:00+08:00");
        assert_eq!(join(world, &shop).status, 422);
        assert_eq!(line(world), ["A001"], "whoever has a number keeps it");
        let backwards = "version=2&name_en=Cuts&opens=14:00&closes=11:00";
        let refused = world
            .client(Role::Manager)
            .post("/queue/lines/A", backwards);
        assert_eq!(refused.status, 422);
    });
}

#[test]
fn nobody_joins_from_afar_who_could_not_be_served_before_closing() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        world.set_time("2026-11-21T17:20+08:00");
        for _ in 0..2 {
            shop.number(world);
        }
        let page = world.nobody().get(JOIN);
        assert!(page.says("not before closing"), "{}", page.body);
        let refused = join(world, &shop);
        assert_eq!(refused.status, 422);
        assert!(refused.says("This can no longer be done before we close"));
        shop.number(world);
        assert_eq!(line(world).len(), 3, "the desk may promise more than we do");
    });
}
