//! The calendar, and one person's day.

use kernel::Role;
use orders::StateName;
use testing::each_engine;

use crate::shop::{open, rooms, state};

#[test]
fn a_day_shows_people_and_rooms_with_their_bookings() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        let page = world.client(Role::Desk).get("/calendar?day=2026-11-21");
        assert!(page.says("Lin Mei") && page.says("Wang Hao") && page.says("Chair 1"));
        assert!(page.says("11:00–11:30") && page.says("GMT+8") && page.says("1 booking"));
        assert!(page.says(&format!("data-staff=\"{}\"", shop.mei)));
        let rooms_only = world
            .client(Role::Desk)
            .get("/calendar/grid?view=rooms&day=2026-11-21");
        assert!(!rooms_only.says(&format!("data-staff=\"{}\"", shop.mei)));
        let other_day = world.client(Role::Desk).get("/calendar?day=2026-12-01");
        assert!(!other_day.says("Chen Yutong"));
        assert_eq!(
            world
                .client(Role::Desk)
                .get("/calendar?day=2026-13-01")
                .status,
            422
        );
    });
}

#[test]
fn a_dropped_block_is_checked_like_any_move_and_checking_changes_nothing() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        shop.booking(world, "Sofia Marino", "2026-11-21T14:00+08:00", shop.hao);
        let desk = world.client(Role::Desk).with_header("hx-request", "true");
        let wish = |time: &str, staff| {
            let (id, version) = (order.id, order.version);
            format!("order={id}&start=2026-11-21T{time}&staff={staff}&version={version}")
        };
        let good = wish("11:15", shop.mei);
        let fits = desk.get(&format!("/calendar/check?{good}"));
        assert_eq!(
            (fits.status, fits.says("Fits")),
            (200, true),
            "{}",
            fits.body
        );
        let at = |world: &testing::World| {
            let now = world
                .read(|tx, ctx| orders::order(tx, ctx, order.id))
                .expect("read");
            now.due().to_string()
        };
        assert_eq!(at(world), "2026-11-21T03:00:00Z", "a check moves nothing");
        let clash = desk.get(&format!("/calendar/check?{}", wish("14:15", shop.hao)));
        assert_eq!(clash.status, 409);
        assert_eq!(
            desk.post("/calendar/moves", &wish("14:15", shop.hao))
                .status,
            409
        );
        assert_eq!(desk.post("/calendar/moves", &good).status, 204);
        assert_eq!(at(world), "2026-11-21T03:15:00Z");
        let stale = desk.post("/calendar/moves", &wish("12:00", shop.mei));
        assert_eq!(stale.status, 409, "somebody else moved it in the meantime");
    });
}

#[test]
fn the_plain_form_moves_too_and_a_refusal_keeps_what_was_typed() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        let desk = world.client(Role::Desk);
        let path = format!("/calendar/orders/{}", order.id);
        let page = desk.get(&path);
        assert!(page.says("Move to another time") && page.says("Free times nearby"));
        let night = desk.post(
            &path,
            &format!("day=2026-11-21&time=23:30&staff={}", shop.mei),
        );
        assert!(matches!(night.status, 422), "{}", night.status);
        assert!(night.says("23:30"));
        let moved = desk.post(
            &path,
            &format!("day=2026-11-21&time=12:00&staff={}", shop.hao),
        );
        assert_eq!(moved.location(), "/calendar?day=2026-11-21");
        let day = desk.get("/calendar?day=2026-11-21");
        assert!(day.says("<time>12:00–"));
    });
}

#[test]
fn a_hairdresser_works_through_the_day_on_the_phone() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T10:00+08:00", shop.mei);
        shop.booking(world, "Sofia Marino", "2026-11-21T11:00+08:00", shop.hao);
        let mei = world.client_of(shop.mei);
        let page = mei.get("/my-day");
        assert!(page.says("shift 09:00–18:00") && page.says("Chen Yutong"));
        assert!(!page.says("Sofia Marino"), "only her own jobs");
        let base = format!("/my-day/orders/{}", order.id);
        assert_eq!(mei.post(&format!("{base}/start"), "").location(), "/my-day");
        let running = mei.get("/my-day/now");
        assert!(running.says("Step 1 of 2") && running.says("Wash") && running.says("Cape on"));
        let steps = world
            .read(|tx, ctx| orders::steps(tx, ctx, order.id))
            .expect("read");
        let form = format!("step={}&tick=1", steps[0].id);
        assert_eq!(mei.post(&format!("{base}/step"), &form).status, 303);
        assert_eq!(
            mei.post(&format!("{base}/step"), &form).status,
            303,
            "a double press"
        );
        let steps = world
            .read(|tx, ctx| orders::steps(tx, ctx, order.id))
            .expect("read");
        assert_eq!(steps[0].answers, [false, true]);
        assert!(
            mei.get("/my-day").says("Snip"),
            "pressed twice, one step on"
        );
        let trouble = format!("step={}&cause=Slipped", steps[1].id);
        assert_eq!(mei.post(&format!("{base}/failure"), &trouble).status, 303);
        assert_eq!(mei.post(&format!("{base}/failure"), "step=x").status, 422);
        assert_eq!(mei.post(&format!("{base}/finish"), "").status, 303);
        assert_eq!(state(world, order.id), StateName::Finished);
        assert!(mei.get("/my-day").says("1 job finished today"));
    });
}
