//! Minutes between rooms and sites, as a manager sets them on their page.

use capacity::{PartAsk, Visit};
use kernel::{
    Bilingual, Locale, Role, Span,
    ids::{SiteId, StaffId},
};
use organisation::{DayHours, Week};
use people::StaffFields;
use testing::{World, at, each_engine};

use crate::shop::{Shop, claim, free, open, order, rooms};

const PAGE: &str = "/resources/moves";

/// A site in the old town, where Mei works in the evening, too.
fn old_town(world: &World, shop: &Shop) -> SiteId {
    let (here, mei) = (shop.site, shop.mei);
    let name = Bilingual::new("老城", "Old Town");
    let there = world.write(move |tx, ctx| {
        let fields = organisation::SiteFields::new(name.clone(), "Asia/Shanghai", "CNY");
        let site = organisation::create_site(tx, ctx, fields)?;
        let there = site.id;
        let hours = DayHours::parse("09:00-21:00").expect("well formed");
        let week = Week::same(&[1, 2, 3, 4, 5, 6, 7], &hours);
        organisation::set_week(tx, ctx, there, site.version, &week)?;
        let known = people::staff_member(tx, ctx, mei)?;
        let fields = StaffFields {
            name: known.name.clone(),
            reading: known.reading.clone(),
            sites: vec![here, there],
            skills: known.skills.clone(),
            external_id: None,
        };
        people::edit_staff(tx, ctx, mei, known.version, fields)?;
        Ok(there)
    });
    there.expect("opened")
}

/// Every reason why a cut with somebody is not offered at a time.
fn reasons(world: &World, shop: &Shop, who: StaffId, start: &str) -> Vec<capacity::Reason> {
    let ask = PartAsk {
        service: shop.cut,
        add_on_minutes: 0,
        staff: Some(who),
    };
    let (visit, start) = (Visit::new(shop.site, vec![ask]), at(start));
    let answer = world.read(|tx, ctx| capacity::reasons(tx, ctx, &visit, start));
    let found = answer.expect("answered").reasons;
    found.into_iter().map(|(_, reason)| reason).collect()
}

#[test]
fn minutes_on_the_way_are_set_on_their_page_and_keep_the_next_site_away() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let there = old_town(world, &shop);
        let manager = world.client(Role::Manager);
        let page = manager.get(PAGE);
        assert!(page.says("Between any two sites") && page.says("To Old Town"));
        let form = format!("room=0&travel=20&to-{there}=45");
        assert_eq!(world.client(Role::Desk).post(PAGE, &form).status, 403);
        let saved = manager.post(PAGE, &form);
        assert_eq!(saved.status, 303, "{}", saved.body);
        assert!(manager.get(PAGE).says("value=\"45\""));
        let chinese = manager.clone().in_locale(Locale::ZhCn).get(PAGE);
        assert!(chinese.says("老城") && !chinese.says("capacity-"));
        // From two to three in the old town; the way back takes until a quarter to four.
        let mei = shop.mei;
        let part = |from: &str, to: &str| {
            let at = |clock: &str| at(&format!("2026-11-22T{clock}+08:00"));
            Span::new(at(from), at(to)).expect("forwards")
        };
        let day = part("09:00", "21:00");
        let plan = [
            (shop.site, part("09:00", "14:00")),
            (there, part("14:00", "15:00")),
            (shop.site, part("15:00", "21:00")),
        ];
        let planned = world.write(move |tx, ctx| {
            for shift in people::shifts_of(tx, ctx, mei, day)? {
                people::remove_shift(tx, ctx, mei, shift.id)?;
            }
            for (site, span) in plan {
                people::add_shift(tx, ctx, mei, site, span)?;
            }
            Ok(())
        });
        planned.expect("planned");
        let mut elsewhere = shop.wants(order(world), shop.cut, "2026-11-22T14:00+08:00", Some(mei));
        elsewhere.ask.site = there;
        claim(world, elsewhere).expect("free there");
        let ask = shop.ask(shop.cut, Some(mei));
        let times = free(world, &ask, "2026-11-22");
        assert!(times.contains(&"15:45".to_owned()) && !times.contains(&"15:30".to_owned()));
        let travel = capacity::Reason::Person(mei, capacity::Absent::Travel(there, 45));
        assert_eq!(
            reasons(world, &shop, mei, "2026-11-22T15:30+08:00"),
            [travel]
        );
        // Without minutes of its own, the way takes as long as between any two sites.
        let usual = manager.post(PAGE, &format!("reset=to-{there}"));
        assert_eq!(usual.status, 303, "{}", usual.body);
        assert!(free(world, &ask, "2026-11-22").contains(&"15:30".to_owned()));
    });
}

#[test]
fn a_wrong_number_of_minutes_comes_back_with_what_is_allowed() {
    each_engine(&rooms(), |world| {
        open(world);
        let manager = world.client(Role::Manager);
        for wrong in ["-5", "100000", "soon"] {
            let refused = manager.post(PAGE, &format!("room={wrong}"));
            assert_eq!(refused.status, 422, "{wrong}");
            assert!(
                refused.says(&format!("value=\"{wrong}\"")),
                "{}",
                refused.body
            );
        }
        let site = world.site.id;
        let moves = world.read(|tx, ctx| capacity::moves_at(tx, ctx, site));
        assert_eq!(moves.expect("read").room_minutes, 0, "nothing changed");
    });
}
