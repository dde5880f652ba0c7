//! When people work.

use super::{each, hire, kind, scoped};
use kernel::ids::StaffId;
use kernel::{Bilingual, Date, FaultKind, Role, Span};
use organisation::{MinuteSpan, SiteFields, create_site};
use people::{
    NewShift, StaffFields, add_shift, add_shifts, add_time_off, create_staff, remove_shift,
    remove_time_off, set_staff_active, work_spans,
};
use testing::{World, at};

fn span(start: &str, end: &str) -> Span {
    Span::new(at(start), at(end)).expect("a test names a span that ends later")
}

fn day(text: &str) -> Date {
    text.parse().expect("a test names a valid date")
}

fn shift(world: &World, staff: StaffId, span: Span) -> Result<kernel::ids::ShiftId, kernel::Fault> {
    let site = world.site.id;
    world.write(move |tx, ctx| add_shift(tx, ctx, staff, site, span))
}

fn work(world: &World, window: Span) -> Vec<(StaffId, Span)> {
    let site = world.site.id;
    world
        .read(|tx, ctx| work_spans(tx, ctx, site, window))
        .expect("work can be read")
}

const SATURDAY: (&str, &str) = ("2026-11-21T00:00+08:00", "2026-11-22T00:00+08:00");

#[test]
fn work_is_shifts_less_time_off() {
    each(|world| {
        let mei = hire(world, "Mei").id;
        shift(
            world,
            mei,
            span("2026-11-21T09:00+08:00", "2026-11-21T18:00+08:00"),
        )
        .expect("added");
        let lunch = span("2026-11-21T12:00+08:00", "2026-11-21T13:00+08:00");
        let off = world.write(move |tx, ctx| add_time_off(tx, ctx, mei, lunch, "Dentist"));
        let off = off.expect("time off is added");
        let saturday = span(SATURDAY.0, SATURDAY.1);
        assert_eq!(
            work(world, saturday),
            [
                (
                    mei,
                    span("2026-11-21T09:00+08:00", "2026-11-21T12:00+08:00")
                ),
                (
                    mei,
                    span("2026-11-21T13:00+08:00", "2026-11-21T18:00+08:00")
                ),
            ]
        );
        world
            .write(move |tx, ctx| remove_time_off(tx, ctx, mei, off))
            .expect("removed");
        assert_eq!(work(world, saturday).len(), 1);
    });
}

#[test]
fn a_night_shift_counts_on_both_days() {
    each(|world| {
        let mei = hire(world, "Mei").id;
        let night = span("2026-11-20T22:00+08:00", "2026-11-21T06:00+08:00");
        shift(world, mei, night).expect("added");
        let morning = span("2026-11-21T00:00+08:00", "2026-11-21T06:00+08:00");
        assert_eq!(work(world, span(SATURDAY.0, SATURDAY.1)), [(mei, morning)]);
    });
}

#[test]
fn nobody_works_twice_at_once() {
    each(|world| {
        let mei = hire(world, "Mei").id;
        let first = span("2026-11-21T09:00+08:00", "2026-11-21T13:00+08:00");
        let id = shift(world, mei, first).expect("added");
        let over = span("2026-11-21T12:59+08:00", "2026-11-21T18:00+08:00");
        assert_eq!(kind(shift(world, mei, over)), FaultKind::Conflict);
        let after = span("2026-11-21T13:00+08:00", "2026-11-21T18:00+08:00");
        shift(world, mei, after).expect("a shift may follow at once");
        assert_eq!(
            work(world, span(SATURDAY.0, SATURDAY.1)).len(),
            1,
            "and they are one stretch"
        );
        world
            .write(move |tx, ctx| {
                remove_shift(tx, ctx, mei, id)?;
                remove_shift(tx, ctx, mei, id)
            })
            .expect("a removed shift can be removed again");
        assert_eq!(work(world, span(SATURDAY.0, SATURDAY.1)), [(mei, after)]);
    });
}

fn berlin(world: &World) -> (kernel::ids::SiteId, StaffId) {
    let made = world.write(|tx, ctx| {
        let fields = SiteFields::new(Bilingual::new("", "Kreuzberg"), "Europe/Berlin", "EUR");
        let site = create_site(tx, ctx, fields)?.id;
        let (name, sites) = ("Lena".to_owned(), vec![site]);
        Ok((
            site,
            create_staff(
                tx,
                ctx,
                StaffFields {
                    name,
                    sites,
                    ..Default::default()
                },
            )?
            .id,
        ))
    });
    made.expect("a site with staff is made")
}

#[test]
fn a_weekly_shift_keeps_its_time_on_the_clock_across_both_changes() {
    each(|world| {
        let (site, staff) = berlin(world);
        let repeat = |date: &str, until: &str| {
            let hours = MinuteSpan::new(9 * 60, 17 * 60).expect("the hours make sense");
            let (date, until) = (day(date), Some(day(until)));
            let new = NewShift {
                staff,
                site,
                date,
                hours,
                until,
            };
            world
                .write(move |tx, ctx| add_shifts(tx, ctx, &new))
                .expect("they are added")
                .len()
        };
        assert_eq!(repeat("2026-03-22", "2026-04-05"), 3);
        assert_eq!(repeat("2026-10-18", "2026-10-25"), 2);
        let year = span("2026-01-01T00:00Z", "2027-01-01T00:00Z");
        let found = world
            .read(|tx, ctx| work_spans(tx, ctx, site, year))
            .expect("it is read");
        let starts: Vec<String> = found
            .iter()
            .map(|(_, span)| span.start.to_string())
            .collect();
        assert_eq!(
            starts,
            [
                "2026-03-22T08:00:00Z",
                "2026-03-29T07:00:00Z",
                "2026-04-05T07:00:00Z",
                "2026-10-18T07:00:00Z",
                "2026-10-25T08:00:00Z",
            ]
        );
    });
}

#[test]
fn a_night_shift_is_an_hour_longer_when_the_clock_goes_back() {
    each(|world| {
        let (site, staff) = berlin(world);
        let hours = MinuteSpan::new(22 * 60, 6 * 60).expect("the hours make sense");
        for (date, minutes) in [("2026-03-28", 420), ("2026-10-24", 540)] {
            let new = NewShift {
                staff,
                site,
                date: day(date),
                hours,
                until: None,
            };
            world
                .write(move |tx, ctx| add_shifts(tx, ctx, &new))
                .expect("it is added");
            let around = span(&format!("{date}T00:00Z"), &format!("{date}T23:59Z"));
            let late = Span {
                end: around.end + std::time::Duration::from_secs(86_400),
                ..around
            };
            let found = world
                .read(|tx, ctx| work_spans(tx, ctx, site, late))
                .expect("it is read");
            assert_eq!(found[0].1.minutes(), minutes);
        }
    });
}

#[test]
fn a_shift_typed_for_a_time_the_clock_skips_is_refused_and_nothing_is_entered() {
    each(|world| {
        let (site, staff) = berlin(world);
        let hours = MinuteSpan::new(150, 600).expect("the hours make sense");
        let (date, until) = (day("2026-03-29"), Some(day("2026-04-12")));
        let new = NewShift {
            staff,
            site,
            date,
            hours,
            until,
        };
        let refused = world.write(move |tx, ctx| add_shifts(tx, ctx, &new));
        assert_eq!(refused.expect_err("it is refused").fields[0].field, "time");
        let year = span("2026-01-01T00:00Z", "2027-01-01T00:00Z");
        let found = world
            .read(|tx, ctx| work_spans(tx, ctx, site, year))
            .expect("it is read");
        assert!(found.is_empty());
    });
}

#[test]
fn a_repetition_ends_after_it_begins_and_within_a_year() {
    each(|world| {
        let (mei, site) = (hire(world, "Mei").id, world.site.id);
        for until in ["2026-11-20", "2028-01-01"] {
            let hours = MinuteSpan::new(540, 1020).expect("the hours make sense");
            let (date, until) = (day("2026-11-21"), Some(day(until)));
            let new = NewShift {
                staff: mei,
                site,
                date,
                hours,
                until,
            };
            let refused = world.write(move |tx, ctx| add_shifts(tx, ctx, &new));
            assert_eq!(refused.expect_err("it is refused").fields[0].field, "until");
        }
    });
}

#[test]
fn a_clash_in_a_later_week_enters_none_of_the_weeks() {
    each(|world| {
        let (mei, site) = (hire(world, "Mei").id, world.site.id);
        shift(
            world,
            mei,
            span("2026-12-05T12:00+08:00", "2026-12-05T14:00+08:00"),
        )
        .expect("added");
        let hours = MinuteSpan::new(540, 1020).expect("the hours make sense");
        let (date, until) = (day("2026-11-21"), Some(day("2026-12-19")));
        let new = NewShift {
            staff: mei,
            site,
            date,
            hours,
            until,
        };
        let refused = world.write(move |tx, ctx| add_shifts(tx, ctx, &new));
        assert_eq!(kind(refused), FaultKind::Conflict);
        let winter = span("2026-11-01T00:00Z", "2027-02-01T00:00Z");
        assert_eq!(work(world, winter).len(), 1);
    });
}

#[test]
fn shifts_are_for_people_of_the_site_who_still_work_there() {
    each(|world| {
        let mei = hire(world, "Mei").id;
        let (_, elsewhere) = berlin(world);
        let saturday = span("2026-11-21T09:00+08:00", "2026-11-21T18:00+08:00");
        assert_eq!(kind(shift(world, elsewhere, saturday)), FaultKind::Invalid);
        shift(world, mei, saturday).expect("added");
        world
            .write(move |tx, ctx| set_staff_active(tx, ctx, mei, false))
            .expect("she leaves");
        assert!(work(world, span(SATURDAY.0, SATURDAY.1)).is_empty());
        let sunday = span("2026-11-22T09:00+08:00", "2026-11-22T18:00+08:00");
        assert_eq!(kind(shift(world, mei, sunday)), FaultKind::Invalid);
    });
}

#[test]
fn only_managers_plan_time_and_only_at_their_sites() {
    each(|world| {
        let (mei, site) = (hire(world, "Mei").id, world.site.id);
        let saturday = span("2026-11-21T09:00+08:00", "2026-11-21T18:00+08:00");
        for ctx in [
            world.ctx_of(Role::Desk),
            world.ctx_of(Role::Staff),
            world.ctx_of(Role::Support),
            scoped(world, Role::Manager, &[]),
        ] {
            let refused = world.write_as(ctx.clone(), move |tx, ctx| {
                add_shift(tx, ctx, mei, site, saturday)
            });
            assert_eq!(kind(refused), FaultKind::Forbidden);
            let refused =
                world.write_as(ctx, move |tx, ctx| add_time_off(tx, ctx, mei, saturday, ""));
            assert_eq!(kind(refused), FaultKind::Forbidden);
        }
    });
}

#[test]
fn two_plans_made_at_once_for_the_same_person_leave_one_shift() {
    each(|world| {
        let mei = hire(world, "Mei").id;
        let saturday = span("2026-11-21T09:00+08:00", "2026-11-21T18:00+08:00");
        let added = std::thread::scope(|scope| {
            let plan = || shift(world, mei, saturday).is_ok();
            let running: Vec<_> = (0..8).map(|_| scope.spawn(plan)).collect();
            let joined = running
                .into_iter()
                .map(|thread| thread.join().expect("it answers"));
            joined.filter(|ok| *ok).count()
        });
        assert_eq!(added, 1);
        let broken = world.read(|tx, ctx| {
            let checks = people::room().verify;
            checks
                .iter()
                .map(|check| check(tx, ctx))
                .collect::<Result<Vec<_>, _>>()
        });
        assert_eq!(broken.expect("it is checked"), [None]);
    });
}
