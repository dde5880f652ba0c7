//! What the edge does with requests before any room sees them.

mod vitals;

use kernel::{Permission, Role};
use testing::{Client, Engine, World, on_engine, web::axum::http::Method};
use web::{Form, Me, Reply, Room, Routes};

const EDIT: Permission = Permission::new("things.edit", &[Role::Manager]);

async fn panics(_: Me) -> Reply {
    panic!("a fault of the program")
}

async fn name(me: Me, mut form: Form) -> Reply {
    let name = form.text("name", 1, 5);
    form.done()?;
    web::done("/things", &format!("{}: {name}", me.ctx.role.as_str()))
}

async fn full(_: Me, form: Form) -> Reply {
    drop(form);
    Err(kernel::Fault::unavailable("store-full", "no room").into())
}

/// A handler that forgot to ask who is there.
async fn careless() -> Reply {
    web::json(&"a secret of the house")
}

fn rooms() -> Vec<Room> {
    let routes = Routes::new()
        .get("/panic", Permission::SIGNED_IN, panics)
        .get("/careless", EDIT, careless)
        .post("/things", EDIT, name)
        .post("/things/full", EDIT, full);
    vec![Room::new("things").routes(routes)]
}

fn with_world(test: impl Fn(&World)) {
    on_engine(Engine::Sqlite, &rooms(), test);
}

#[test]
fn who_is_not_signed_in_is_asked_to_and_comes_back_afterwards() {
    with_world(|world| {
        let answer = world.nobody().get("/panic?day=1");
        assert_eq!(
            (answer.status, answer.location()),
            (303, "/login?next=/panic%3Fday%3D1")
        );
        assert_eq!(world.nobody().post("/things", "name=a").status, 401);
    });
}

#[test]
fn a_role_without_the_permission_is_refused_in_words() {
    with_world(|world| {
        let answer = world.client(Role::Desk).post("/things", "name=a");
        assert_eq!(answer.status, 403);
        assert!(
            answer.says("Your role does not allow this"),
            "{}",
            answer.body
        );
        assert_eq!(
            world.client(Role::Manager).post("/things", "name=a").status,
            303
        );
        assert_eq!(
            world.client(Role::Owner).post("/things", "name=a").status,
            303
        );
    });
}

#[test]
fn a_handler_that_forgets_to_ask_who_is_there_is_guarded_all_the_same() {
    with_world(|world| {
        let nobody = world.nobody().get("/careless");
        assert_eq!(
            (nobody.status, nobody.location()),
            (303, "/login?next=/careless")
        );
        let forged = world.nobody().with_header("authorization", "Bearer forged");
        let forged = forged.with_header("accept", "application/json");
        assert_eq!(forged.get("/careless").status, 401);
        let desk = world.client(Role::Desk).get("/careless");
        assert_eq!(desk.status, 403);
        assert!(!nobody.says("secret") && !desk.says("secret"));
        assert!(world.client(Role::Manager).get("/careless").says("secret"));
    });
}

#[test]
fn a_panic_becomes_a_page_with_a_reference_and_the_next_request_is_served() {
    with_world(|world| {
        let answer = world.client(Role::Owner).get("/panic");
        assert_eq!(answer.status, 500);
        let id = answer.header("x-request-id").expect("it has a number");
        let shown = format!("Reference {id}");
        assert!(answer.says(&shown), "{}", answer.body);
        assert!(!answer.says("fault of the program"));
        assert_eq!(world.nobody().get("/healthz").body, "ok");
    });
}

#[test]
fn a_wrong_field_says_which_and_what_is_allowed() {
    with_world(|world| {
        let owner = world.client(Role::Owner);
        let answer = owner.post("/things", "name=abcdef");
        assert_eq!(answer.status, 422);
        assert!(answer.says("At most 5 characters"), "{}", answer.body);
        let json = owner
            .with_header("accept", "application/json")
            .post("/things", "name=");
        assert_eq!(
            json.header("content-type"),
            Some("application/problem+json")
        );
        assert!(json.says(r#""field":"name""#), "{}", json.body);
    });
}

#[test]
fn another_sites_form_changes_nothing() {
    with_world(|world| {
        let owner = world.client(Role::Owner);
        let evil = owner.clone().with_header("origin", "https://evil.test");
        assert_eq!(evil.post("/things", "name=a").status, 403);
        let evil = owner.clone().with_header("sec-fetch-site", "cross-site");
        assert_eq!(evil.post("/things", "name=a").status, 403);
        let own = owner.with_header("sec-fetch-site", "same-origin");
        assert_eq!(own.post("/things", "name=a").status, 303);
    });
}

#[test]
fn what_cannot_be_read_is_refused_without_a_fault_of_ours() {
    with_world(|world| {
        let owner = world.client(Role::Owner);
        for form in [
            "name=%FF%FE",
            "name=%4",
            "name=a%00b",
            &"name=a&".repeat(3000),
        ] {
            let answer = owner.post("/things", form);
            assert_eq!(answer.status, 422, "{}", &form[..form.len().min(20)]);
        }
        let huge = format!("name={}", "a".repeat(2 << 20));
        assert_eq!(owner.post("/things", &huge).status, 422);
        let garbled = owner.send(
            Method::POST,
            "/things",
            Some("multipart/form-data; boundary=x"),
            b"no boundary here".to_vec(),
        );
        assert_eq!(garbled.status, 422);
        assert_eq!(owner.get("/nothing/here").status, 404);
        assert_eq!(owner.get("/at/nobody/here").status, 404);
        assert_eq!(owner.post("/panic", "").status, 404);
    });
}

#[test]
fn every_answer_keeps_the_page_to_itself() {
    with_world(|world| {
        for path in ["/healthz", "/nothing", "/gallery", "/panic"] {
            let answer = world.client(Role::Owner).get(path);
            let policy = answer
                .header("content-security-policy")
                .expect("there is a policy");
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-eval"));
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        }
    });
}

#[test]
fn language_light_and_site_are_kept_in_cookies_and_lead_back() {
    with_world(|world| {
        let owner = world.client(Role::Owner);
        let answer = owner.post("/language", "language=zh-CN&back=/things?x=1");
        assert_eq!(answer.location(), "/things?x=1");
        assert!(
            answer
                .header("set-cookie")
                .unwrap()
                .starts_with("locale=zh-CN;")
        );
        let answer = owner.post("/theme", "theme=dark&back=//evil.test");
        assert_eq!(answer.location(), "/", "it never leads to another site");
        let site = world.site.id;
        let answer = owner.post("/site", &format!("site={site}&back=/"));
        assert!(
            answer
                .header("set-cookie")
                .unwrap()
                .contains(&site.to_string())
        );
        assert_eq!(owner.post("/site", "site=elsewhere&back=/").status, 404);
    });
}

#[test]
fn a_guest_with_a_dead_link_is_led_back_to_the_shop_and_not_to_the_log_in() {
    with_world(|world| {
        let answer = world.nobody().get("/at/lotus/bookings/forged");
        assert_eq!(answer.status, 404);
        assert!(answer.says("href=\"/at/lotus\""), "{}", answer.body);
    });
}

#[test]
fn what_was_typed_outlives_a_database_that_cannot_take_it_and_a_session_that_ended() {
    with_world(|world| {
        let typed = "name=Ada%20%3CLovelace%3E&note=";
        let length = typed.len().to_string();
        let as_browsers = |client: Client| client.with_header("content-length", &length);
        let manager = as_browsers(world.client(Role::Manager));
        let full = manager.post("/things/full", typed);
        assert_eq!(full.status, 503);
        let kept = r#"name="name" value="Ada &lt;Lovelace&gt;""#;
        for words in [
            kept,
            r#"action="/things/full""#,
            "Try again",
            "no room left",
        ] {
            assert!(full.says(words), "{words}: {}", full.body);
        }
        let ended = as_browsers(world.nobody()).post("/things", typed);
        assert_eq!(ended.status, 401);
        assert!(
            ended.says(kept) && ended.says("Sign in first"),
            "{}",
            ended.body
        );
        let secret = manager.post("/things/full", "name=Ada&password=lotus_of_26_chars");
        assert!(!secret.says("lotus_of") && !secret.says("Try again"));
        let refused = world.client(Role::Desk).post("/things", typed);
        assert!(
            !refused.says("Try again"),
            "the same would be refused again"
        );
        let broken = manager.get("/panic?day=1");
        assert!(broken.says(r#"href="/panic?day=1""#), "{}", broken.body);
    });
}
