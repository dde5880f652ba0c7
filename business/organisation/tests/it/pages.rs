//! Sites and hours through the browser's door.

use kernel::{Locale, Role};
use testing::{World, each_engine};

fn path(world: &World, rest: &str) -> String {
    format!("/sites/{}{rest}", world.site.id)
}

fn form(world: &World, version: i64, name: &str) -> String {
    format!(
        "version={version}&name_zh=&name_en={name}&slug={}&zone=Asia/Shanghai&currency=CNY\
         &notice_minutes=60&horizon_days=60&cancel_minutes=120",
        world.site.slug
    )
}

#[test]
fn the_front_desk_is_refused_and_nobody_is_sent_to_sign_in() {
    each_engine(&[], |world| {
        assert_eq!(world.client(Role::Desk).get("/sites").status, 403);
        assert_eq!(
            world.client(Role::Desk).post(&path(world, ""), "").status,
            403
        );
        let answer = world.nobody().get("/sites");
        assert_eq!(
            (answer.status, answer.location()),
            (303, "/login?next=/sites")
        );
        assert_eq!(
            world
                .client(Role::Manager)
                .post("/organisation", "name_en=x")
                .status,
            403
        );
    });
}

#[test]
fn the_pages_speak_both_languages() {
    each_engine(&[], |world| {
        let owner = world.client(Role::Owner);
        let english = owner.get(&path(world, ""));
        assert_eq!(english.status, 200);
        assert!(english.says("Opening hours") && english.says("09:00–21:00"));
        let chinese = owner.in_locale(Locale::ZhCn);
        for page in ["/sites", "/sites/new", &path(world, "")] {
            let answer = chinese.get(page);
            assert_eq!(answer.status, 200);
            assert!(
                answer.says("lang=\"zh-CN\"") && !answer.says("organisation-"),
                "{page}"
            );
        }
    });
}

#[test]
fn the_second_editor_sees_what_it_is_now_beside_what_they_typed() {
    each_engine(&[], |world| {
        let owner = world.client(Role::Owner);
        let seen = world.site.version;
        assert_eq!(
            owner
                .post(&path(world, ""), &form(world, seen, "First"))
                .status,
            303
        );
        let answer = owner.post(&path(world, ""), &form(world, seen, "Second"));
        assert_eq!(answer.status, 409);
        assert!(answer.says("First") && answer.says("value=\"Second\""));
        let next = format!("name=\"version\" value=\"{}\"", seen + 1);
        assert!(answer.says(&next), "a second save is meant");
        assert_eq!(
            owner
                .post(&path(world, ""), &form(world, seen + 1, "Second"))
                .status,
            303
        );
    });
}

#[test]
fn wrong_hours_come_back_as_typed_with_the_reason() {
    each_engine(&[], |world| {
        let owner = world.client(Role::Owner);
        let typed = format!(
            "version={}&day_1=nine+to+five&day_2=10:00-12:00",
            world.site.version
        );
        let answer = owner.post(&path(world, "/hours"), &typed);
        assert_eq!(answer.status, 422);
        assert!(answer.says("nine to five") && answer.says("Write hours as"));
        let typed = format!(
            "version={}&day_2=10:00-12:00%2C13:00-15:00",
            world.site.version
        );
        assert_eq!(owner.post(&path(world, "/hours"), &typed).status, 303);
        let page = owner.get(&path(world, ""));
        assert!(page.says("10:00–12:00, 13:00–15:00") && !page.says("09:00–21:00"));
    });
}

#[test]
fn a_holiday_is_added_and_removed() {
    each_engine(&[], |world| {
        let owner = world.client(Role::Owner);
        let days = path(world, "/special-days");
        assert_eq!(owner.post(&days, "day=2026-02-30&hours=").status, 422);
        assert_eq!(
            owner
                .post(&days, "day=2026-12-25&hours=&name=Christmas")
                .status,
            303
        );
        assert!(owner.get(&path(world, "")).says("Christmas"));
        let removal = format!("{days}/2026-12-25/removal");
        assert_eq!(owner.post(&removal, "").status, 303);
        assert!(!owner.get(&path(world, "")).says("Christmas"));
        assert_eq!(
            owner.post(&format!("{days}/christmas/removal"), "").status,
            404
        );
    });
}

#[test]
fn a_site_is_opened_in_the_browser() {
    each_engine(&[], |world| {
        let owner = world.client(Role::Owner);
        let typed = "name_en=Old+Town&zone=Europe/Berlin&currency=EUR&notice_minutes=60\
                     &horizon_days=60&cancel_minutes=120";
        let answer = owner.post("/sites", typed);
        assert_eq!(answer.status, 303);
        let page = owner.get(answer.location());
        assert!(page.says("Old Town") && page.says("/at/lotus/old-town"));
        let answer = owner.post("/sites", "name_en=Old+Town&zone=Nowhere&currency=EUR");
        assert_eq!(answer.status, 422);
        assert!(answer.says("value=\"Nowhere\""));
        assert_eq!(owner.get("/sites/not-a-site").status, 404);
    });
}
