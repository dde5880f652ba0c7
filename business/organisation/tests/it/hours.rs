//! When a site is open.

use kernel::{Bilingual, Currency, Date, Fault, Span, TimeZone};
use organisation::{
    DayHours, Site, SiteFields, SpecialDay, Week, create_site, open_spans, open_spans_between,
    remove_special_day, set_special_day, set_week,
};
use testing::{World, at, each_engine};

const EVERY_DAY: [i64; 7] = [1, 2, 3, 4, 5, 6, 7];

fn day(text: &str) -> Date {
    text.parse().expect("a test names a valid date")
}

fn span(start: &str, end: &str) -> Span {
    Span::new(at(start), at(end)).expect("a test names a span that ends later")
}

fn site_in(world: &World, zone: &'static str, hours: &'static str) -> Site {
    let made = world.write(move |tx, ctx| {
        let site = create_site(
            tx,
            ctx,
            SiteFields::new(Bilingual::new("", "Harbour"), zone, "EUR"),
        )?;
        let hours = DayHours::parse(hours).expect("a test writes hours that can be read");
        set_week(
            tx,
            ctx,
            site.id,
            site.version,
            &Week::same(&EVERY_DAY, &hours),
        )?;
        organisation::site(tx, ctx, site.id)
    });
    made.expect("a site is made")
}

fn spans(world: &World, site: &Site, date: &str) -> Vec<Span> {
    let found = world.read(|tx, ctx| open_spans(tx, ctx, site, day(date)));
    found.expect("hours can be read")
}

#[test]
fn a_lunch_break_splits_the_day() {
    each_engine(&[], |world| {
        let site = site_in(world, "Asia/Shanghai", "09:00-12:00, 14:00-18:00");
        assert_eq!(
            site.currency,
            Currency::parse("EUR").expect("the euro is known")
        );
        assert_eq!(
            spans(world, &site, "2026-11-21"),
            [
                span("2026-11-21T09:00+08:00", "2026-11-21T12:00+08:00"),
                span("2026-11-21T14:00+08:00", "2026-11-21T18:00+08:00"),
            ]
        );
    });
}

#[test]
fn a_bar_is_open_across_midnight_and_a_range_knows_the_night_before() {
    each_engine(&[], |world| {
        let site = site_in(world, "Europe/Berlin", "20:00-02:00");
        let night = span("2026-06-05T20:00+02:00", "2026-06-06T02:00+02:00");
        assert_eq!(spans(world, &site, "2026-06-05"), [night]);
        let range = world
            .read(|tx, ctx| {
                open_spans_between(tx, ctx, &site, day("2026-06-06"), day("2026-06-06"))
            })
            .expect("hours can be read");
        assert_eq!(
            range,
            [
                night,
                span("2026-06-06T20:00+02:00", "2026-06-07T02:00+02:00")
            ]
        );
    });
}

#[test]
fn opening_at_a_time_the_clock_skips_means_opening_at_the_jump() {
    each_engine(&[], |world| {
        let site = site_in(world, "Europe/Berlin", "02:30-06:00");
        assert_eq!(
            spans(world, &site, "2026-03-29"),
            [span("2026-03-29T03:00+02:00", "2026-03-29T06:00+02:00")]
        );
        assert_eq!(
            spans(world, &site, "2026-10-25"),
            [span("2026-10-25T02:30+02:00", "2026-10-25T06:00+01:00")]
        );
    });
}

#[test]
fn a_holiday_closes_one_day_and_a_special_day_has_its_own_hours() {
    each_engine(&[], |world| {
        let site = site_in(world, "Asia/Shanghai", "09:00-18:00");
        let id = site.id;
        let special = |date: &str, hours: &str| SpecialDay {
            day: day(date),
            hours: DayHours::parse(hours).expect("hours can be read"),
            name: Bilingual::new("元旦", "New Year"),
        };
        let (eve, new_year) = (
            special("2026-12-31", "09:00-15:00"),
            special("2027-01-01", ""),
        );
        world
            .write(move |tx, ctx| {
                set_special_day(tx, ctx, id, &eve)?;
                set_special_day(tx, ctx, id, &new_year)
            })
            .expect("special days are set");
        assert_eq!(spans(world, &site, "2026-12-31")[0].minutes(), 360);
        assert!(spans(world, &site, "2027-01-01").is_empty());
        assert_eq!(spans(world, &site, "2027-01-02")[0].minutes(), 540);
        let removed = world.write(move |tx, ctx| {
            remove_special_day(tx, ctx, id, day("2027-01-01"))?;
            remove_special_day(tx, ctx, id, day("2027-01-01"))
        });
        removed.expect("a removed day can be removed again");
        assert_eq!(spans(world, &site, "2027-01-01")[0].minutes(), 540);
        let removals = world
            .activities()
            .into_iter()
            .filter(|a| a.ends_with("day_removed"));
        assert_eq!(removals.count(), 1);
    });
}

#[test]
fn hours_that_run_into_the_next_morning_are_refused_and_leave_the_week_as_it_was() {
    each_engine(&[], |world| {
        let (site, before) = (world.site.clone(), spans(world, &world.site, "2026-11-21"));
        let refused: Result<(), Fault> = world.write(move |tx, ctx| {
            let mut week = Week::same(&[5], &DayHours::parse("20:00-04:00").expect("readable"));
            week.0[5] = DayHours::parse("03:00-09:00").expect("readable");
            set_week(tx, ctx, site.id, site.version, &week)
        });
        let fault = refused.expect_err("the hours overlap");
        assert_eq!(fault.fields[0].field, "day_5");
        assert_eq!(spans(world, &world.site, "2026-11-21"), before);
    });
}

#[test]
fn an_absurd_date_is_refused() {
    each_engine(&[], |world| {
        let id = world.site.id;
        let refused = world.write(move |tx, ctx| {
            let (hours, name) = (DayHours::default(), Bilingual::default());
            set_special_day(
                tx,
                ctx,
                id,
                &SpecialDay {
                    day: day("2199-01-01"),
                    hours,
                    name,
                },
            )
        });
        assert_eq!(refused.expect_err("it is too far").fields[0].field, "day");
    });
}

#[test]
fn a_time_typed_for_the_day_the_clocks_change_is_refused_with_what_the_clock_shows() {
    each_engine(&[], |_| {
        let zone = TimeZone::get("Europe/Berlin").expect("the zone is known");
        let fault = organisation::instant(&zone, day("2026-03-29"), 150).expect_err("skipped");
        let words = fault.speak(kernel::Locale::En);
        assert!(
            words.contains("02:30") && words.contains("03:00"),
            "{words}"
        );
    });
}
