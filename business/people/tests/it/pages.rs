//! People through the browser's door.

use super::{PASSWORD, each, enter, hire, user};
use kernel::{Locale, Role};

#[test]
fn signing_in_sets_a_cookie_that_scripts_cannot_read() {
    each(|world| {
        user(world, "mei", Role::Desk);
        let typed = format!(
            "login=mei&password={}&next=/orders",
            PASSWORD.replace(' ', "+")
        );
        let answer = world.nobody().post("/login", &typed);
        assert_eq!((answer.status, answer.location()), (303, "/orders"));
        let cookie = answer.header("set-cookie").expect("a cookie is set");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
        let token = cookie.split(['=', ';']).nth(1).expect("it has a value");
        assert_eq!(enter(world, token).expect("somebody").role, Role::Desk);
    });
}

#[test]
fn the_answer_to_a_wrong_login_does_not_tell_whether_it_exists() {
    each(|world| {
        user(world, "mei", Role::Desk);
        let known = world.nobody().post("/login", "login=mei&password=wrong");
        let unknown = world.nobody().post("/login", "login=moo&password=wrong");
        assert_eq!((known.status, unknown.status), (422, 422));
        assert!(
            known.says("value=\"mei\""),
            "what was typed is kept, but for the password"
        );
        assert!(!known.body.contains("wrong\""));
        assert_eq!(known.body.replace("mei", "moo"), unknown.body);
    });
}

#[test]
fn a_way_on_to_another_site_is_not_followed() {
    each(|world| {
        user(world, "mei", Role::Desk);
        for next in [
            "https://evil.example",
            "//evil.example",
            "/%5Cevil.example",
            "/logout",
        ] {
            let typed = format!(
                "login=mei&password={}&next={next}",
                PASSWORD.replace(' ', "+")
            );
            let answer = world.nobody().post("/login", &typed);
            assert_eq!(answer.status, 303);
            assert!(matches!(answer.location(), "/" | "/today"), "{next}");
        }
    });
}

#[test]
fn too_many_guesses_are_told_to_wait() {
    each(|world| {
        let guess = || world.nobody().post("/login", "login=nobody&password=wrong");
        for _ in 0..5 {
            assert_eq!(guess().status, 422);
        }
        let answer = guess();
        assert_eq!(answer.status, 429);
        assert!(answer.says("Wait 1 second and"));
    });
}

#[test]
fn a_new_account_comes_with_a_link_that_works_once() {
    each(|world| {
        let owner = world.client(Role::Owner);
        let answer = owner.post("/users", "name=Mei&login=mei&role=desk&all_sites=1");
        assert_eq!(answer.status, 200);
        let at = answer
            .body
            .find("/set-password/")
            .expect("the link is shown");
        let link: String = answer.body[at..]
            .chars()
            .take_while(|c| *c != '"')
            .collect();
        let stranger = world.nobody();
        assert_eq!(stranger.get(&link).status, 200);
        assert_eq!(stranger.post(&link, "password=short").status, 422);
        assert_eq!(
            stranger.post(&link, "password=a+brand+new+sentence").status,
            303
        );
        assert_eq!(stranger.get(&link).status, 404);
        assert_eq!(
            stranger.post(&link, "password=another+new+sentence").status,
            404
        );
        assert_eq!(stranger.get("/set-password/forged").status, 404);
    });
}

#[test]
fn the_first_minutes_are_for_a_house_without_a_business() {
    each(|world| {
        let answer = world.nobody().get("/welcome");
        assert_eq!((answer.status, answer.location()), (303, "/login"));
        let answer = world.nobody().post("/welcome", "name=Mine");
        assert_eq!((answer.status, answer.location()), (303, "/login"));
    });
}

#[test]
fn every_page_of_people_speaks_both_languages() {
    each(|world| {
        let mei = hire(world, "陈美");
        let account = user(world, "mei", Role::Staff);
        let owner = world.client(Role::Owner);
        let pages = [
            "/staff".to_owned(),
            "/staff?sites=all".to_owned(),
            "/staff/week".to_owned(),
            "/staff/new".to_owned(),
            format!("/staff/{}?week=2026-11-21", mei.id),
            format!("/users/new?staff={}", mei.id),
            format!("/users/{}", account.id),
        ];
        for page in &pages {
            for locale in Locale::ALL {
                let answer = owner.clone().in_locale(locale).get(page);
                assert_eq!(answer.status, 200, "{page}");
                assert!(!answer.says("people-"), "{page} lacks a text");
            }
        }
        for locale in Locale::ALL {
            let answer = world.nobody().in_locale(locale).get("/login");
            assert!(answer.status == 200 && !answer.says("people-"));
        }
    });
}

#[test]
fn each_role_sees_what_it_may() {
    each(|world| {
        let mei = hire(world, "Mei");
        let page = format!("/staff/{}", mei.id);
        for role in [Role::Desk, Role::Staff, Role::Support, Role::ReadOnly] {
            let client = world.client(role);
            let answer = client.get(&page);
            assert_eq!(answer.status, 200);
            assert!(
                !answer.says("Add shift") && !answer.says("Mark as left"),
                "{role:?}"
            );
            assert_eq!(client.post(&page, "name=x").status, 403);
            assert_eq!(client.post(&format!("{page}/shifts"), "").status, 403);
            assert_eq!(client.get("/users/new").status, 403);
            assert_eq!(client.post("/settings/tokens", "").status, 403);
        }
        assert_eq!(
            world.nobody().get("/staff").location(),
            "/login?next=/staff"
        );
    });
}

#[test]
fn a_shift_is_added_repeated_refused_and_removed_in_the_browser() {
    each(|world| {
        let mei = hire(world, "Mei");
        let (owner, path) = (
            world.client(Role::Owner),
            format!("/staff/{}/shifts", mei.id),
        );
        let typed = |extra: &str| {
            format!(
                "site={}&date=2026-11-23&starts=10:00&ends=19:00{extra}",
                world.site.id
            )
        };
        let answer = owner.post(&path, &typed("&until=2026-12-07&week=2026-11-23"));
        assert_eq!(
            answer.location(),
            format!("/staff/{}?week=2026-11-23", mei.id)
        );
        let page = owner.get(&format!("/staff/{}?week=2026-12-07", mei.id));
        assert!(page.says("10:00–19:00"));
        let again = owner.post(&path, &typed("&week=2026-11-23"));
        assert_eq!(again.status, 409);
        assert!(again.says("already works on"));
        let wrong = owner.post(&path, "site=x&date=2026-02-30&starts=25:00&ends=");
        assert_eq!(wrong.status, 422);
        let form = format!("action=\"{path}");
        let at = page.body.find(&form).expect("the shift can be removed") + "action=\"".len();
        let removal = page.body[at..].split('"').next().expect("by its address");
        assert_eq!(owner.post(removal, "").status, 303);
        let page = owner.get(&format!("/staff/{}?week=2026-12-07", mei.id));
        assert!(!page.says("10:00–19:00"));
    });
}

#[test]
fn time_off_is_given_by_days_and_not_backwards() {
    each(|world| {
        let mei = hire(world, "Mei");
        let (owner, path) = (
            world.client(Role::Owner),
            format!("/staff/{}/time-off", mei.id),
        );
        let typed = "first=2026-12-24&last=2026-12-26&reason=Holiday";
        assert_eq!(owner.post(&path, typed).status, 303);
        let page = owner.get(&format!("/staff/{}", mei.id));
        assert!(page.says("Thu 24 Dec–Sat 26 Dec") && page.says("Holiday"));
        assert_eq!(
            owner.post(&path, "first=2026-12-24&last=2026-12-20").status,
            422
        );
    });
}

#[test]
fn the_second_editor_of_a_person_sees_what_it_is_now_and_what_they_typed() {
    each(|world| {
        let mei = hire(world, "Mei");
        let (owner, path) = (world.client(Role::Owner), format!("/staff/{}", mei.id));
        let typed = |name: &str| format!("version=1&name={name}&sites={}", world.site.id);
        assert_eq!(owner.post(&path, &typed("First")).status, 303);
        let answer = owner.post(&path, &typed("Second"));
        assert_eq!(answer.status, 409);
        assert!(answer.says("First") && answer.says("value=\"Second\""));
        let account = user(world, "mei", Role::Desk);
        let path = format!("/users/{}", account.id);
        let typed = |role: &str| format!("version=1&name=Mei&role={role}&all_sites=1");
        assert_eq!(owner.post(&path, &typed("support")).status, 303);
        let answer = owner.post(&path, &typed("manager"));
        assert_eq!(answer.status, 409);
        assert!(answer.says("It is now:") && answer.says("Support"));
    });
}

/// An account for the user that the browsers of these tests say they are.
fn account_of_test_browsers(world: &testing::World) {
    let made = world.write(|tx, ctx| {
        let id = kernel::ids::UserId::from_uuid(kernel::id::NIL);
        let sql = "insert into users (org, id, login, name, role, all_sites, locale, single_keys,
            state, created_at, version)
            values ($1, $2, 'liu', 'Liu Yan', 'owner', 1, 'en', 1, 'active', $3, 1)";
        tx.execute(sql, testing::store::params![ctx.org, id, ctx.now])
    });
    made.expect("an account is made");
}

#[test]
fn one_changes_ones_own_name_and_language_in_settings() {
    each(|world| {
        account_of_test_browsers(world);
        let owner = world.client(Role::Owner);
        let page = owner.get("/settings");
        assert!(
            page.says("value=\"Liu Yan\"") && page.says(">Liu Yan<"),
            "in the rail"
        );
        let page = owner.clone().in_locale(Locale::ZhCn).get("/settings");
        assert!(page.says(">刘燕<"), "by its name for who reads Chinese");
        let answer = owner.post("/settings", "name=&locale=fr");
        assert_eq!(answer.status, 422);
        let answer = owner.post("/settings", "name=Liu+Wei&reading=Weiwei&locale=zh-CN");
        assert_eq!(answer.status, 303);
        let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
        assert!(
            cookies
                .iter()
                .any(|c| c.to_str().is_ok_and(|c| c.starts_with("locale=zh-CN")))
        );
        let page = owner.in_locale(Locale::ZhCn).get("/settings");
        assert!(
            page.says("value=\"Liu Wei\"")
                && page.says("value=\"Weiwei\"")
                && !page.says("people-")
                && !page.says("value=\"1\" checked")
        );
    });
}

#[test]
fn a_token_is_shown_once_and_opens_what_its_scopes_say() {
    each(|world| {
        account_of_test_browsers(world);
        let owner = world.client(Role::Owner);
        assert_eq!(
            owner.post("/settings/tokens", "token_name=Website").status,
            422
        );
        let answer = owner.post("/settings/tokens", "token_name=Website&scopes=staff.view");
        let at = answer.body.find("stw_").expect("the token is shown");
        let token: String = answer.body[at..]
            .chars()
            .take_while(|c| *c != '"')
            .collect();
        assert_eq!(
            enter(world, &token).expect("a program").scopes,
            Some(vec!["staff.view".to_owned()])
        );
        assert!(!owner.get("/settings").says("stw_"));
    });
}

#[test]
fn the_week_of_a_site_shows_who_works_and_who_is_off() {
    each(|world| {
        let mei = hire(world, "Mei");
        let owner = world.client(Role::Owner);
        let shift = format!(
            "site={}&date=2026-11-23&starts=10:00&ends=19:00",
            world.site.id
        );
        owner.post(&format!("/staff/{}/shifts", mei.id), &shift);
        owner.post(
            &format!("/staff/{}/time-off", mei.id),
            "first=2026-11-24&reason=Exam",
        );
        let page = owner.get("/staff/week?week=2026-11-25");
        assert!(page.says("Mon 23 Nov–Sun 29 Nov") && page.says("10:00–19:00"));
        assert!(page.says("title=\"Exam\""));
        assert!(!owner.get("/staff/week?week=2026-11-16").says("10:00–19:00"));
        assert_eq!(owner.get("/staff/week?week=9999-99-99").status, 200);
    });
}

#[test]
fn the_list_is_of_the_chosen_site_or_of_all() {
    each(|world| {
        let made = world.write(|tx, ctx| {
            let name = kernel::Bilingual::new("", "Old Town");
            let fields = organisation::SiteFields::new(name, "Europe/Berlin", "EUR");
            let sites = vec![organisation::create_site(tx, ctx, fields)?.id];
            let name = "Lena".to_owned();
            people::create_staff(
                tx,
                ctx,
                people::StaffFields {
                    name,
                    sites,
                    ..Default::default()
                },
            )
        });
        made.expect("somebody is taken on elsewhere");
        hire(world, "Mei");
        let owner = world.client(Role::Owner);
        let (here, all) = (owner.get("/staff"), owner.get("/staff?sites=all"));
        assert!(here.says(">Mei<") && !here.says(">Lena<"));
        assert!(all.says(">Mei<") && all.says(">Lena<"));
    });
}
