//! A bar in Berlin that is open through the nights on which the clocks jump.

use capacity::Ask;
use kernel::{Bilingual, Ctx, Fault, Span, ids::SiteId};
use organisation::{DayHours, SiteFields, Week};
use people::StaffFields;
use store::Tx;
use testing::{World, at, each_engine};

use crate::shop::{is_sound, rooms};

/// From 22:00 to 06:00, every night; one person on shift through both jumps.
fn bar(tx: &mut Tx, ctx: &Ctx) -> Result<(SiteId, Ask), Fault> {
    let name = Bilingual::new("柏林店", "Berlin");
    let site = organisation::create_site(tx, ctx, SiteFields::new(name, "Europe/Berlin", "EUR"))?;
    let hours = DayHours::parse("22:00-06:00").expect("across midnight");
    let week = Week::same(&[1, 2, 3, 4, 5, 6, 7], &hours);
    organisation::set_week(tx, ctx, site.id, site.version, &week)?;
    people::save_skill(tx, ctx, "bar", &Bilingual::new("调酒", "Bar"))?;
    let fields = StaffFields {
        name: "Ada".to_owned(),
        reading: String::new(),
        sites: vec![site.id],
        skills: vec!["bar".to_owned()],
        external_id: None,
    };
    let ada = people::create_staff(tx, ctx, fields)?.id;
    for (from, to) in [
        ("2026-03-28T21:00Z", "2026-03-29T04:00Z"),
        ("2026-10-24T20:00Z", "2026-10-25T05:00Z"),
    ] {
        let night = Span::new(at(from), at(to)).expect("forwards");
        people::add_shift(tx, ctx, ada, site.id, night)?;
    }
    let mut lesson = offers::Service::new(ctx.id(), site.currency);
    lesson.name = Bilingual::new("调酒课", "Lesson");
    lesson.minutes = 60;
    lesson.skills = vec!["bar".to_owned()];
    let service = offers::save_service(tx, ctx, &lesson)?.id;
    let ask = Ask {
        site: site.id,
        service,
        add_on_minutes: 0,
        staff: None,
    };
    Ok((site.id, ask))
}

/// The starts of two local days, each as its instant.
fn starts(world: &World, ask: &Ask, (from, to): (&str, &str)) -> Vec<String> {
    let day = |text: &str| text.parse().expect("a date");
    let found = world.read(|tx, ctx| capacity::availability(tx, ctx, ask, day(from), day(to)));
    let found = found.expect("a list");
    found.iter().map(|slot| slot.start.to_string()).collect()
}

#[test]
fn the_night_that_skips_an_hour_has_seven_and_no_start_inside_the_gap() {
    each_engine(&rooms(), |world| {
        world.set_time("2026-03-28T12:00Z");
        let (_, ask) = world.write(bar).expect("opens");
        let starts = starts(world, &ask, ("2026-03-28", "2026-03-29"));
        assert_eq!(
            starts.first().map(String::as_str),
            Some("2026-03-28T21:00:00Z")
        );
        assert_eq!(
            starts.last().map(String::as_str),
            Some("2026-03-29T03:00:00Z")
        );
        assert_eq!(
            starts.len(),
            25,
            "seven hours, of which the last start is one before the end"
        );
    });
}

#[test]
fn the_hour_that_comes_twice_can_be_booked_twice() {
    each_engine(&rooms(), |world| {
        world.set_time("2026-10-24T12:00Z");
        let (site, ask) = world.write(bar).expect("opens");
        let before = starts(world, &ask, ("2026-10-24", "2026-10-25"));
        assert_eq!(before.len(), 33, "nine hours");
        // 02:00 in summer time and, an hour later, 02:00 in winter time.
        for start in ["2026-10-25T00:00Z", "2026-10-25T01:00Z"] {
            let (order, ask) = (world.ctx().id(), ask.clone());
            let wanted = capacity::ClaimFor {
                order,
                ask,
                start: at(start),
                hold_until: None,
            };
            world
                .write(move |tx, ctx| capacity::claim(tx, ctx, wanted))
                .expect("free");
        }
        let after = starts(world, &ask, ("2026-10-24", "2026-10-25"));
        let gone: Vec<_> = before
            .iter()
            .filter(|start| !after.contains(start))
            .collect();
        assert_eq!(
            gone.first().map(|start| start.as_str()),
            Some("2026-10-24T23:15:00Z")
        );
        assert_eq!(
            gone.last().map(|start| start.as_str()),
            Some("2026-10-25T01:45:00Z")
        );
        let night = Span::new(at("2026-10-24T22:00Z"), at("2026-10-25T05:00Z")).expect("forwards");
        let claims = world.read(|tx, ctx| capacity::claims_in(tx, ctx, site, night));
        assert_eq!(claims.expect("read").len(), 2);
        is_sound(world);
    });
}

#[test]
fn a_question_about_the_second_day_alone_sees_the_night_that_began_before() {
    each_engine(&rooms(), |world| {
        world.set_time("2026-10-24T12:00Z");
        let (_, ask) = world.write(bar).expect("opens");
        let second = starts(world, &ask, ("2026-10-25", "2026-10-25"));
        assert_eq!(
            second.first().map(String::as_str),
            Some("2026-10-24T22:00:00Z")
        );
        let first = starts(world, &ask, ("2026-10-24", "2026-10-24"));
        assert_eq!(
            first.last().map(String::as_str),
            Some("2026-10-24T21:45:00Z"),
            "ends next day"
        );
        let too_long = world.read(|tx, ctx| {
            let day = |text: &str| text.parse().expect("a date");
            capacity::availability(tx, ctx, &ask, day("2026-10-01"), day("2026-12-31"))
        });
        assert_eq!(
            too_long.expect_err("92 days").text.key,
            "capacity-days-wrong"
        );
    });
}
