//! What staff ask for is asked, answered and decided by programs.

use kernel::{Role, Span, ids::StaffId};
use serde_json::{Value, json};
use testing::{Answer, World, at, each_engine};

use super::shop::{self, Shop, call, id, told, value};
use crate::rooms::{rooms, wire};

/// A colleague of Mei's who works on Thursday.
fn hao(world: &World) -> StaffId {
    let site = world.site.id;
    let hired = world.write(move |tx, ctx| {
        let fields = people::StaffFields {
            name: "周浩".to_owned(),
            sites: vec![site],
            ..people::StaffFields::default()
        };
        let staff = people::create_staff(tx, ctx, fields)?.id;
        let span = Span::new(at("2026-11-27T09:00+08:00"), at("2026-11-27T21:00+08:00"));
        people::add_shift(tx, ctx, staff, site, span.expect("forwards"))?;
        Ok(staff)
    });
    hired.expect("somebody is hired")
}

fn first_shift(world: &World, staff: StaffId) -> String {
    let window = "from=2026-11-22T00:00:00Z&to=2026-12-01T00:00:00Z";
    let shifts = told(
        &world.program(Role::Owner),
        &format!("/staff/{staff}/shifts?{window}"),
    );
    shifts["shifts"][0]["id"]
        .as_str()
        .expect("a shift")
        .to_owned()
}

fn key(answer: &Answer) -> Value {
    value(answer)["code"].clone()
}

/// Mei asks for Monday off.
fn monday_off(world: &World, shop: &Shop) -> Answer {
    let day = json!({
        "start": "2026-11-23T00:00:00+08:00",
        "end": "2026-11-24T00:00:00+08:00",
        "reason": "Dentist",
    });
    let own = world.program_of(Role::Staff, shop.mei);
    call(&own, "/requests/time-off", &day)
}

#[test]
fn time_off_is_asked_for_weighed_and_granted_knowingly_by_programs() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let planner = world.program(Role::Manager);
        let booking = shop.booking(world, "2026-11-23T14:00:00+08:00");
        id(&call(&planner, "/orders", &booking));
        let asked = monday_off(world, &shop);
        let request = value(&asked)["id"].as_str().expect("an id").to_owned();
        assert_eq!(
            key(&monday_off(world, &shop)),
            json!("people-request-twice")
        );
        let nobody = json!({ "start": "2026-12-01T00:00:00Z", "end": "2026-12-02T00:00:00Z" });
        let refused = call(&planner, "/requests/time-off", &nobody);
        assert_eq!(key(&refused), json!("people-request-not-staff"));
        let path = format!("/staff/requests/{request}");
        let weighed = told(&planner, &path);
        assert_eq!(
            weighed["leaves"].as_array().map(Vec::len),
            Some(1),
            "{weighed}"
        );
        assert_eq!(weighed["reason"], json!("Dentist"));
        let grant = |how: Value| call(&planner, &format!("{path}/approval"), &how);
        assert_eq!(key(&grant(json!({}))), json!("people-request-more-lost"));
        let own = world.program_of(Role::Staff, shop.mei);
        let unasked = call(
            &own,
            &format!("{path}/approval"),
            &json!({ "leaves_max": 1 }),
        );
        assert_eq!(unasked.status, 403, "{}", unasked.body);
        let granted = value(&grant(json!({ "leaves_max": 1, "word": "Get well" })));
        assert_eq!(granted["state"], json!("approved"), "{granted}");
        let seen = told(&own, "/requests")["requests"][0].clone();
        assert_eq!(seen["word"], json!("Get well"), "{seen}");
        let all = told(&planner, "/staff/requests");
        assert_eq!(all["open"], json!([]));
        assert_eq!(all["decided"][0]["id"], json!(request));
    });
}

#[test]
fn a_session_that_somebody_leads_is_told_before_their_time_changes() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let planner = world.program(Role::Manager);
        let session = json!({
            "site": world.site.id, "service": shop.cut, "staff": shop.mei, "seats": 8,
            "start": "2026-11-23T18:00:00+08:00", "minutes": 60,
        });
        let session = id(&call(&planner, "/sessions", &session));
        let request = value(&monday_off(world, &shop))["id"].clone();
        let path = format!("/staff/requests/{}", request.as_str().expect("an id"));
        assert_eq!(told(&planner, &path)["leaves"], json!(["Cut"]));
        let page = world.client(Role::Manager).get("/staff/requests");
        assert!(page.says(&format!("/sessions/{session}")), "{}", page.body);
        let depart = format!("/staff/{}/departure", shop.mei);
        assert_eq!(
            key(&call(&planner, &depart, &json!({}))),
            json!("people-api-leaves")
        );
        let cancelled = json!({ "reason": "Nobody came." });
        let cancel = call(
            &planner,
            &format!("/sessions/{session}/cancellation"),
            &cancelled,
        );
        assert_eq!(cancel.status, 200, "{}", cancel.body);
        assert_eq!(told(&planner, &path)["leaves"], json!([]));
    });
}

#[test]
fn a_shift_is_swapped_by_programs_once_both_agree_and_a_late_decision_is_told() {
    wire(&rooms());
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let (hao, planner) = (hao(world), world.program(Role::Manager));
        let (mine, his) = (first_shift(world, shop.mei), first_shift(world, hao));
        let own = world.program_of(Role::Staff, shop.mei);
        let colleague = world.program_of(Role::Staff, hao);
        let strange = json!({ "to": shop.mei });
        let refused = call(&own, &format!("/requests/shifts/{mine}"), &strange);
        assert_eq!(value(&refused)["errors"][0]["pointer"], json!("/to"));
        let swap = json!({ "to": hao, "swap_for": his, "reason": "Wedding" });
        let asked = value(&call(&own, &format!("/requests/shifts/{mine}"), &swap));
        assert_eq!(
            (&asked["kind"], &asked["state"]),
            (&json!("swap"), &json!("asked"))
        );
        let request = asked["id"].as_str().expect("an id");
        let early = call(
            &planner,
            &format!("/staff/requests/{request}/approval"),
            &json!({}),
        );
        assert_eq!(key(&early), json!("people-request-not-agreed"));
        let agree = format!("/requests/{request}/agreement");
        assert_eq!(call(&own, &agree, &json!({})).status, 403);
        let agreed = call(&colleague, &agree, &json!({}));
        assert_eq!(value(&agreed)["state"], json!("open"), "{}", agreed.body);
        let late = planner.clone().with_header("if-match", "\"1\"");
        let path = format!("/staff/requests/{request}/approval");
        assert_eq!(call(&late, &path, &json!({})).status, 412);
        let tag = agreed.header("etag").expect("a version").to_owned();
        let fresh = planner.clone().with_header("if-match", &tag);
        let granted = call(&fresh, &path, &json!({}));
        assert_eq!(granted.status, 200, "{}", granted.body);
        assert_eq!(first_shift(world, hao), mine, "the shift changed hands");
        let withdrawn = call(&own, &format!("/requests/{request}/withdrawal"), &json!({}));
        assert_eq!(key(&withdrawn), json!("people-request-over-by"));
    });
}
