//! What staff ask for: time off, and shifts given away or swapped.

use super::{each, hire};
use kernel::ids::{ShiftId, StaffId};
use kernel::{Role, Span};
use people::{Staff, add_shift, shifts_of};
use std::sync::{Arc, Barrier};
use testing::{Answer, World, at};

fn span(from: &str, to: &str) -> Span {
    Span::new(at(from), at(to)).expect("it ends after it begins")
}

fn shift(world: &World, staff: &Staff, day: &str) -> ShiftId {
    let (site, id) = (world.site.id, staff.id);
    let span = span(&format!("{day}T10:00+08:00"), &format!("{day}T19:00+08:00"));
    let added = world.write(move |tx, ctx| add_shift(tx, ctx, id, site, span));
    added.expect("it is free")
}

fn days_of(world: &World, staff: StaffId) -> Vec<String> {
    let ahead = span("2026-11-21T00:00+08:00", "2026-12-21T00:00+08:00");
    let shifts = world.read(|tx, ctx| shifts_of(tx, ctx, staff, ahead));
    let shifts = shifts.expect("they are readable");
    let day = |it: &people::Shift| world.site.date_of(it.span.start).to_string();
    shifts.iter().map(day).collect()
}

/// The id of the newest request, as the page of whoever plans names it.
fn newest(world: &World) -> String {
    let page = world.client(Role::Manager).get("/staff/requests");
    let (_, after) = page.body.split_once("id=\"r-").expect("there is a request");
    after[..36].to_owned()
}

fn decide(world: &World, id: &str, noun: &str, form: &str) -> Answer {
    let path = format!("/staff/requests/{id}/{noun}");
    world.client(Role::Manager).post(&path, form)
}

#[test]
fn a_day_off_is_asked_for_approved_and_kept_free() {
    each(|world| {
        let (mei, hao) = (hire(world, "Mei"), hire(world, "Hao"));
        shift(world, &mei, "2026-11-24");
        shift(world, &hao, "2026-11-24");
        let own = world.client_of(mei.id);
        let asked = own.post(
            "/requests/time-off",
            "part=days&first=2026-11-24&reason=Dentist",
        );
        assert_eq!(asked.location(), "/requests");
        let list = world.client(Role::Manager).get("/staff/requests");
        assert!(list.says("Mei: time off, Tue 24 Nov") && list.says("Dentist"));
        assert!(list.says("No visit is left with nobody") && list.says("at least 1 other"));
        let done = decide(world, &newest(world), "approval", "word=Enjoy+it");
        assert_eq!(done.location(), "/staff/requests");
        let after = own.get("/requests");
        assert!(after.says("Approved") && after.says("Enjoy it"));
        let off = world
            .read(|tx, ctx| {
                let day = span("2026-11-24T00:00+08:00", "2026-11-25T00:00+08:00");
                people::time_off_of(tx, ctx, mei.id, day)
            })
            .expect("it is readable");
        assert_eq!(off.len(), 1);
        let facts = world.activities();
        let last: Vec<&str> = facts.iter().rev().take(2).map(String::as_str).collect();
        assert_eq!(last, ["request.approved", "time_off.added"]);
    });
}

#[test]
fn half_a_day_off_is_half_of_the_shift() {
    each(|world| {
        let mei = hire(world, "Mei");
        shift(world, &mei, "2026-11-24");
        let own = world.client_of(mei.id);
        own.post("/requests/time-off", "part=afternoon&first=2026-11-24");
        let page = own.get("/requests");
        assert!(
            page.says("Tue 24 Nov 14:30"),
            "10:00 to 19:00 has its middle at 14:30"
        );
        let backwards = own.post(
            "/requests/time-off",
            "part=hours&first=2026-11-25&off_from=15:00&off_to=14:00&reason=Bank",
        );
        assert_eq!((backwards.status, backwards.says("Bank")), (422, true));
        let past = own.post("/requests/time-off", "part=days&first=2026-11-02");
        assert_eq!(past.status, 422);
        let twice = own.post("/requests/time-off", "part=days&first=2026-11-24");
        assert_eq!((twice.status, twice.says("already")), (409, true));
    });
}

#[test]
fn a_shift_is_swapped_once_the_colleague_and_the_manager_agree() {
    each(|world| {
        let (mei, hao) = (hire(world, "Mei"), hire(world, "Hao"));
        let mine = shift(world, &mei, "2026-11-24");
        let his = shift(world, &hao, "2026-11-26");
        let own = world.client_of(mei.id);
        let ask = own.get(&format!("/requests/shifts/{mine}"));
        assert!(ask.says("Hao · Thu 26 Nov 10:00–19:00"));
        let form = format!("swap={}:{his}&reason=Wedding", hao.id);
        assert_eq!(
            own.post(&format!("/requests/shifts/{mine}"), &form)
                .location(),
            "/requests"
        );
        let id = newest(world);
        assert_eq!(
            decide(world, &id, "approval", "").status,
            409,
            "the colleague comes first"
        );
        let path = |noun: &str| format!("/requests/{id}/{noun}");
        assert_eq!(own.post(&path("agreement"), "").status, 403, "not her own");
        let colleague = world.client_of(hao.id);
        assert!(colleague.get("/requests").says("Wedding"));
        assert_eq!(colleague.post(&path("agreement"), "").status, 303);
        assert_eq!(decide(world, &id, "approval", "").status, 303);
        assert_eq!(days_of(world, mei.id), ["2026-11-26"]);
        assert_eq!(days_of(world, hao.id), ["2026-11-24"]);
        assert!(colleague.get("/requests").says("Approved"));
    });
}

#[test]
fn a_shift_that_would_overlap_another_is_refused_with_its_name() {
    each(|world| {
        let (mei, hao) = (hire(world, "Mei"), hire(world, "Hao"));
        let mine = shift(world, &mei, "2026-11-24");
        shift(world, &hao, "2026-11-24");
        let own = world.client_of(mei.id);
        let form = format!("give={}", hao.id);
        own.post(&format!("/requests/shifts/{mine}"), &form);
        let id = newest(world);
        let colleague = world.client_of(hao.id);
        colleague.post(&format!("/requests/{id}/agreement"), "");
        let list = world.client(Role::Manager).get("/staff/requests");
        assert!(list.says("10:00–19:00") && !list.says("/approval"));
        let refused = decide(world, &id, "approval", "");
        assert_eq!((refused.status, refused.says("Hao")), (409, true));
        assert_eq!(days_of(world, mei.id), ["2026-11-24"], "nothing changed");
        assert_eq!(decide(world, &id, "rejection", "word=Ask+Lin").status, 303);
        assert!(own.get("/requests").says("Ask Lin"));
    });
}

#[test]
fn what_was_withdrawn_or_refused_is_not_granted() {
    each(|world| {
        let (mei, hao) = (hire(world, "Mei"), hire(world, "Hao"));
        let mine = shift(world, &mei, "2026-11-24");
        let own = world.client_of(mei.id);
        let form = format!("give={}", hao.id);
        let ask = format!("/requests/shifts/{mine}");
        own.post(&ask, &form);
        let id = newest(world);
        let refusal = format!("/requests/{id}/refusal");
        assert_eq!(world.client_of(hao.id).post(&refusal, "").status, 303);
        assert_eq!(decide(world, &id, "approval", "").status, 409);
        own.post(&ask, &form);
        let again = newest(world);
        let withdrawal = format!("/requests/{again}/withdrawal");
        assert_eq!(own.post(&withdrawal, "").status, 303);
        assert_eq!(own.post(&withdrawal, "").status, 303, "pressed twice");
        let late = decide(world, &again, "approval", "");
        assert_eq!((late.status, late.says("withdrawn already")), (409, true));
        let nobody = world.client(Role::Desk);
        assert!(nobody.get("/requests").says("Nothing to ask for"));
        assert_eq!(nobody.get("/staff/requests").status, 403);
        assert_eq!(days_of(world, mei.id), ["2026-11-24"]);
    });
}

#[test]
fn of_two_managers_who_decide_at_once_the_second_is_told() {
    each(|world| {
        let mei = hire(world, "Mei");
        shift(world, &mei, "2026-11-24");
        world
            .client_of(mei.id)
            .post("/requests/time-off", "part=days&first=2026-11-24");
        let id = newest(world);
        let barrier = Arc::new(Barrier::new(2));
        let answers: Vec<Answer> = ["approval", "rejection"]
            .map(|noun| {
                let (client, barrier) = (world.client(Role::Manager), barrier.clone());
                let path = format!("/staff/requests/{id}/{noun}");
                std::thread::spawn(move || {
                    barrier.wait();
                    client.post(&path, "")
                })
            })
            .into_iter()
            .map(|thread| thread.join().expect("it answers"))
            .collect();
        let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        let second = answers.iter().find(|answer| answer.status == 409);
        assert!(second.is_some_and(|answer| answer.says("already")));
        let decided = |fact: &&String| ["request.approved", "request.declined"].contains(&&***fact);
        assert_eq!(world.activities().iter().filter(decided).count(), 1);
    });
}
