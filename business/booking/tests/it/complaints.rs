//! What users of other booking programs complain about, and what happens here instead. The
//! numbers are those of the complaints in their public trackers.

use kernel::{
    Bilingual, Ctx, Fault,
    ids::{ServiceId, StaffId},
};
use orders::StateName;
use store::Tx;
use testing::{World, each_engine};

use crate::shop::{
    ELEVEN, KEY, Shop, TEN, TIMES, booked, open, orders, path_of, rooms, states, tap,
};

/// A massage in the one room, which neither hairdresser can do, by Zhang Wei.
fn massage(
    tx: &mut Tx,
    ctx: &Ctx,
    site: &organisation::Site,
) -> Result<(StaffId, ServiceId), Fault> {
    people::save_skill(tx, ctx, "spa", &Bilingual::new("水疗", "Spa"))?;
    let fields = people::StaffFields {
        name: "Zhang Wei".to_owned(),
        reading: "Zhang Wei".to_owned(),
        sites: vec![site.id],
        skills: vec!["spa".to_owned()],
        external_id: None,
    };
    let wei = people::create_staff(tx, ctx, fields)?.id;
    let span = kernel::Span::new(
        testing::at("2026-11-22T09:00+08:00"),
        testing::at("2026-11-22T21:00+08:00"),
    );
    people::add_shift(tx, ctx, wei, site.id, span.expect("forwards"))?;
    let room = capacity::ResourceFields {
        site: site.id,
        kind: "room".to_owned(),
        name: Bilingual::new("甲室", "Room A"),
    };
    capacity::create_resource(tx, ctx, room)?;
    let mut massage = offers::Service::new(ctx.id(), site.currency);
    massage.code = "massage".to_owned();
    massage.name = Bilingual::new("按摩", "Massage");
    massage.minutes = 60;
    massage.price = kernel::Money::new(28_000, site.currency);
    massage.skills = vec!["spa".to_owned()];
    massage.resources = vec!["room".to_owned()];
    Ok((wei, offers::save_service(tx, ctx, &massage)?.id))
}

fn with_massage(world: &World) -> (Shop, StaffId, ServiceId) {
    let shop = open(world);
    let site = world.site.clone();
    let (wei, massage) = world
        .write(move |tx, ctx| massage(tx, ctx, &site))
        .expect("the spa opens");
    (shop, wei, massage)
}

const BOTH: &str = "&add=massage";

#[test]
fn easyappointments_72_several_services_are_booked_in_one_appointment() {
    each_engine(&rooms(), |world| {
        let (shop, wei, _) = with_massage(world);
        let guest = world.nobody();
        let page = guest.get(&format!("{TIMES}?key={KEY}{BOTH}"));
        assert!(page.says("Cut + Massage") && page.body.contains(TEN));
        let held = guest.post(
            TIMES,
            &format!("start={TEN}&key={KEY}&who={}{BOTH}", shop.mei),
        );
        let path = path_of(&held);
        let details = guest.get(&format!("{path}/details"));
        assert!(
            details.says("Zhang Wei") && details.says("Lin Mei"),
            "{}",
            details.body
        );
        assert!(details.says("11:00–12:00"));
        guest.post(
            &format!("{path}/details"),
            "name=Chen+Yutong&phone=13805712047",
        );
        let order = orders(world).remove(0);
        assert_eq!(order.state.name(), StateName::Booked);
        let parts = world
            .read(|tx, ctx| orders::parts(tx, ctx, order.id))
            .expect("read");
        let told: Vec<_> = parts.iter().map(|part| part.staff).collect();
        assert_eq!(told, [shop.mei, wei]);
        // Moved, called off: the whole of it.
        let moved = guest.post(&format!("{path}/times"), &format!("start={ELEVEN}"));
        assert_eq!(moved.status, 303, "{}", moved.body);
        let parts = world
            .read(|tx, ctx| orders::parts(tx, ctx, order.id))
            .expect("read");
        assert_eq!(parts[1].span.start.to_string(), "2026-11-22T04:00:00Z");
        guest.post(&format!("{path}/cancellation"), "");
        let claims = world.read(|tx, ctx| capacity::claims_of(tx, ctx, order.id));
        assert_eq!(claims.expect("read"), []);
        assert_eq!(
            world.read(capacity::room().verify[0]).expect("readable"),
            None
        );
    });
}

#[test]
fn calcom_13745_a_room_is_booked_together_with_a_person_or_not_at_all() {
    each_engine(&rooms(), |world| {
        with_massage(world);
        let guest = world.nobody();
        let times = "/at/lotus/riverside/massage/times";
        let first = guest.post(times, &format!("start={TEN}&key=firstpage1&who="));
        path_of(&first);
        let second = guest.post(times, &format!("start={TEN}&key=secondpage&who="));
        assert_eq!(second.status, 409, "{}", second.body);
        assert_eq!(orders(world).len(), 1);
    });
}

#[test]
fn easyappointments_845_any_provider_never_books_one_person_twice() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        for page in ["firstpage1", "secondpage"] {
            path_of(&tap(&guest, TEN, page));
        }
        assert_eq!(tap(&guest, TEN, "thirdpage3").status, 409);
        let staff: std::collections::BTreeSet<_> = orders(world)
            .iter()
            .filter_map(|order| order.state.staff())
            .collect();
        assert_eq!(staff.len(), 2, "each of the two has one");
    });
}

#[test]
fn calcom_23988_a_slot_held_during_checkout_is_not_booked_by_somebody_else() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let (one, other) = (world.nobody(), world.nobody());
        let form = |key: &str| format!("start={TEN}&key={key}&who={}", shop.mei);
        let mine = path_of(&one.post(TIMES, &form("firstpage1")));
        assert_eq!(other.post(TIMES, &form("secondpage")).status, 409);
        let done = one.post(&format!("{mine}/details"), "name=Chen&phone=13805712047");
        assert_eq!(done.location(), mine);
        assert_eq!(states(world), [StateName::Booked]);
    });
}

#[test]
fn calcom_13360_two_tabs_that_book_at_once_end_in_one_booking_each_or_a_refusal() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let answers: Vec<u16> = std::thread::scope(|scope| {
            let tab = |key: &'static str| {
                scope.spawn(move || {
                    let guest = world.nobody();
                    let form = format!("start={TEN}&key={key}&who={}", shop.mei);
                    guest.post(TIMES, &form).status
                })
            };
            let tabs = [tab("firstpage1"), tab("secondpage")];
            tabs.map(|tab| tab.join().expect("answered")).to_vec()
        });
        assert_eq!(
            answers.iter().filter(|status| **status == 303).count(),
            1,
            "{answers:?}"
        );
        assert_eq!(
            answers.iter().filter(|status| **status == 409).count(),
            1,
            "{answers:?}"
        );
        assert_eq!(orders(world).len(), 1);
    });
}

#[test]
fn openreservation_40_a_customer_has_at_most_so_many_bookings_ahead() {
    each_engine(&rooms(), |world| {
        open(world);
        let site = world.site.id;
        world
            .write(move |tx, ctx| {
                let values = capacity::RuleValues {
                    upcoming_max: Some(1),
                    ..capacity::RuleValues::default()
                };
                capacity::save_rule(tx, ctx, capacity::RuleBy::Site(site), 0, values)
            })
            .expect("set");
        let guest = world.nobody();
        booked(&guest, TEN, "firstpage1");
        let path = path_of(&tap(&guest, ELEVEN, "secondpage"));
        let refused = guest.post(&format!("{path}/details"), "name=Chen&phone=13805712047");
        assert_eq!(refused.status, 409);
        assert!(refused.says("1 booking ahead already"), "{}", refused.body);
        assert_eq!(states(world), [StateName::Booked, StateName::Held]);
    });
}

#[test]
fn a_service_overrides_the_site_and_a_level_overrides_the_service() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        path_of(&tap(&guest, TEN, "firstpage1"));
        world
            .write(|tx, ctx| {
                let cut = offers::service_by_code(tx, ctx, "cut")?.expect("on offer");
                let values = capacity::RuleValues {
                    notice_minutes: Some(2 * 24 * 60),
                    ..capacity::RuleValues::default()
                };
                capacity::save_rule(tx, ctx, capacity::RuleBy::Service(cut.id), 0, values)
            })
            .expect("set");
        let refused = tap(&guest, TEN, "secondpage");
        assert_eq!(refused.status, 422);
        assert!(refused.says("at least 2 days ahead"), "{}", refused.body);
    });
}
