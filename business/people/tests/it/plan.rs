//! Changing working time: whoever would be left with nobody is named first.

use super::{each, hire, kind};
use kernel::{Ctx, Fault, FaultKind, Role, Span};
use people::{NewShift, Staff, Visit, add_shifts, set_visits};
use store::Tx;
use testing::{World, at, store};

/// One visit on Monday at eleven, booked with whoever is called Mei.
fn monday_at_eleven(_: &mut Tx, _: &Ctx, staff: &Staff, _: Span) -> Result<Vec<Visit>, Fault> {
    let visit = Visit {
        home: format!("/orders/{}", kernel::id::NIL),
        code: "L-1042".to_owned(),
        site: staff.sites[0],
        span: Span::new(at("2026-11-23T11:00+08:00"), at("2026-11-23T12:00+08:00"))
            .expect("it ends after it begins"),
        customer: "Ada King".to_owned(),
        title: "Haircut".to_owned(),
    };
    Ok(if staff.name == "Mei" {
        vec![visit]
    } else {
        Vec::new()
    })
}

/// Somebody who works three Mondays from nine to five.
fn mondays(world: &World, name: &str) -> Staff {
    set_visits(monday_at_eleven);
    let staff = hire(world, name);
    let new = NewShift {
        staff: staff.id,
        site: world.site.id,
        date: "2026-11-23".parse().expect("it is a date"),
        hours: organisation::MinuteSpan::new(540, 1020).expect("it is a day"),
        until: Some("2026-12-07".parse().expect("it is a date")),
    };
    let made = world.write(move |tx, ctx| add_shifts(tx, ctx, &new));
    assert_eq!(made.expect("three are entered").len(), 3);
    staff
}

/// Starts and ends of somebody's shifts ahead, by the site's clock.
fn hours(world: &World, staff: &Staff) -> Vec<String> {
    let ahead = Span::new(at("2026-11-21T00:00+08:00"), at("2027-01-01T00:00+08:00"))
        .expect("it is a stretch");
    let shifts = world.read(|tx, ctx| people::shifts_of(tx, ctx, staff.id, ahead));
    let zone = world.site.zone.clone();
    let shown = |at: kernel::Timestamp| at.to_zoned(zone.clone()).strftime("%d %H:%M").to_string();
    let shifts = shifts.expect("they are read").into_iter();
    shifts
        .map(|shift| format!("{}–{}", shown(shift.span.start), shown(shift.span.end)))
        .collect()
}

fn first_shift(world: &World, staff: &Staff) -> String {
    let page = world
        .client(Role::Manager)
        .get(&format!("/staff/{}?week=2026-11-23", staff.id));
    let link = format!("/staff/{}/shifts/", staff.id);
    let rest = page.body.split(&link).nth(1).expect("a shift is listed");
    let id: String = rest
        .chars()
        .take_while(|c| c.is_ascii_hexdigit() || *c == '-')
        .collect();
    format!("{link}{id}")
}

#[test]
fn a_shift_with_a_booking_is_removed_only_knowingly() {
    each(|world| {
        let mei = mondays(world, "Mei");
        let manager = world.client(Role::Manager);
        let path = format!("{}/removal", first_shift(world, &mei));
        let warned = manager.post(&path, "week=2026-11-23");
        assert_eq!(warned.status, 409);
        for words in [
            "One booking with Mei",
            "L-1042",
            "Ada King",
            "Mon 23 Nov",
            "11:00–12:00",
        ] {
            assert!(warned.says(words), "{words}: {}", warned.body);
        }
        assert!(
            warned.says("name=\"week\" value=\"2026-11-23\""),
            "what was sent is kept"
        );
        assert_eq!(hours(world, &mei).len(), 3, "nothing is changed yet");
        assert_eq!(manager.post(&path, "week=2026-11-23&knowing=1").status, 303);
        assert_eq!(hours(world, &mei).len(), 2);
        let again = manager.post(&path, "knowing=1");
        assert_eq!(
            (again.status, hours(world, &mei).len()),
            (303, 2),
            "once is enough"
        );
    });
}

#[test]
fn hours_that_still_cover_the_booking_are_changed_without_a_word() {
    each(|world| {
        let mei = mondays(world, "Mei");
        let manager = world.client(Role::Manager);
        let path = first_shift(world, &mei);
        assert!(manager.get(&path).says("value=\"09:00\""));
        assert_eq!(manager.post(&path, "starts=10:00&ends=15:00").status, 303);
        assert_eq!(hours(world, &mei)[0], "23 10:00–23 15:00");
        let warned = manager.post(&path, "starts=11:30&ends=15:00");
        assert_eq!(warned.status, 409);
        assert_eq!(hours(world, &mei)[0], "23 10:00–23 15:00");
        let wrong = manager.post(&path, "starts=25:00&ends=15:00");
        assert_eq!(wrong.status, 422);
        assert!(wrong.says("value=\"25:00\""), "what was typed is kept");
    });
}

#[test]
fn this_and_the_following_weeks_change_and_go_together() {
    each(|world| {
        let lin = mondays(world, "Lin");
        let manager = world.client(Role::Manager);
        let path = first_shift(world, &lin);
        let night = "starts=22:00&ends=06:00&following=1";
        assert_eq!(manager.post(&path, night).status, 303);
        let nights = [
            "23 22:00–24 06:00",
            "30 22:00–01 06:00",
            "07 22:00–08 06:00",
        ];
        assert_eq!(hours(world, &lin), nights);
        assert_eq!(manager.post(&path, "starts=08:00&ends=12:00").status, 303);
        let removed = manager.post(&format!("{path}/removal"), "following=1");
        assert_eq!(removed.status, 303);
        assert_eq!(
            hours(world, &lin),
            &nights[1..],
            "other hours are another shift"
        );
    });
}

#[test]
fn time_off_and_leaving_name_the_bookings_too() {
    each(|world| {
        let mei = mondays(world, "Mei");
        let manager = world.client(Role::Manager);
        let off = format!("/staff/{}/time-off", mei.id);
        let elsewhere = manager.post(&off, "first=2026-11-24");
        assert_eq!(elsewhere.status, 303, "Tuesday is free");
        let warned = manager.post(&off, "first=2026-11-23&reason=Exam");
        assert_eq!(warned.status, 409);
        assert!(warned.says("name=\"reason\" value=\"Exam\""));
        let leave = format!("/staff/{}/departure", mei.id);
        assert_eq!(manager.post(&leave, "").status, 409);
        assert_eq!(manager.post(&off, "first=2026-11-23&knowing=1").status, 303);
        assert_eq!(
            manager.post(&leave, "").status,
            303,
            "nobody was left to lose"
        );
    });
}

#[test]
fn the_shift_it_clashes_with_is_named() {
    each(|world| {
        let lin = mondays(world, "Lin");
        let manager = world.client(Role::Manager);
        let site = world.site.id;
        let typed = format!("site={site}&date=2026-11-30&starts=16:00&ends=20:00");
        let refused = manager.post(&format!("/staff/{}/shifts", lin.id), &typed);
        assert_eq!(refused.status, 409);
        let words = "Lin already works on Mon 30 Nov, 09:00–17:00, at Riverside";
        assert!(refused.says(words), "{}", refused.body);
        assert!(refused.says("value=\"16:00\""), "what was typed is kept");
        let chinese = manager.in_locale(kernel::Locale::ZhCn);
        let refused = chinese.post(&format!("/staff/{}/shifts", lin.id), &typed);
        assert!(refused.says("09:00–17:00 已在"), "{}", refused.body);
    });
}

#[test]
fn only_who_plans_time_changes_shifts() {
    each(|world| {
        let lin = mondays(world, "Lin");
        let path = first_shift(world, &lin);
        for role in [Role::Desk, Role::Staff, Role::Support, Role::ReadOnly] {
            assert_eq!(world.client(role).get(&path).status, 403);
            assert_eq!(
                world
                    .client(role)
                    .post(&path, "starts=10:00&ends=15:00")
                    .status,
                403
            );
        }
        let ctx = world.ctx_of(Role::Desk);
        let change = people::Change::Leave;
        let refused = world.write_as(ctx, move |tx, ctx| {
            people::plan(tx, ctx, lin.id, &change, true)
        });
        assert_eq!(kind(refused), FaultKind::Forbidden);
    });
}

#[test]
fn a_site_that_goes_by_another_clock_keeps_its_shifts_by_the_clock() {
    each(|world| {
        let lin = mondays(world, "Lin");
        let berlin = kernel::TimeZone::get("Europe/Berlin").expect("the zone is known");
        let (site, zone) = (world.site.clone(), berlin.clone());
        let kept = world.write(move |tx, ctx| people::keep_by_the_clock(tx, ctx, &site, &zone));
        kept.expect("they are moved");
        let ahead = Span::new(at("2026-11-21T00:00+08:00"), at("2027-01-01T00:00+08:00"))
            .expect("it is a stretch");
        let shifts = world.read(|tx, ctx| people::shifts_of(tx, ctx, lin.id, ahead));
        for shift in shifts.expect("they are read") {
            let start = shift.span.start.to_zoned(berlin.clone());
            assert_eq!((start.hour(), shift.span.minutes()), (9, 480));
        }
    });
}
