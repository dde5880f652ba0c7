//! The pages, as a browser sees them.

use kernel::{Locale, Role};
use offers::{PHOTO_BYTES_MAX, Service};
use testing::{Answer, Client, World, each_engine, web::axum::http::Method};

use crate::{cut, rooms, save};

const FORM: &str = "name_zh=&name_en=Shave&family=hair&kind=service&code=SHAVE&minutes=20\
    &buffer_before=0&buffer_after=5&price=88&currency=CNY&tax=6&channels=desk&channels=online";

fn upload(client: &Client, service: &Service, version: i64, file: &[u8]) -> Answer {
    let mut body = Vec::new();
    let head = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"version\"\r\n\r\n{version}\r\n\
         --edge\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n\
         Content-Type: image/png\r\n\r\n"
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let path = format!("/services/{}/photo", service.id);
    client.send(
        Method::POST,
        &path,
        Some("multipart/form-data; boundary=edge"),
        body,
    )
}

fn saved(world: &World) -> Service {
    save(world, &cut(world)).expect("a cut can be saved")
}

#[test]
fn a_manager_puts_a_service_on_offer_and_finds_it_on_the_list() {
    each_engine(&rooms(), |world| {
        let manager = world.client(Role::Manager);
        assert!(manager.get("/services").says("No services yet"));
        assert_eq!(manager.get("/services/new").status, 200);
        let created = manager.post("/services", FORM);
        assert_eq!(created.status, 303, "{}", created.body);
        let page = manager.get(created.location());
        assert!(
            page.says("Shave") && page.says("value=\"88.00\""),
            "{}",
            page.body
        );
        let list = manager.get("/services?q=shav");
        assert!(list.says("¥88") && list.says("20 min"));
        assert!(manager.get("/services?family=spa").says("Nothing matches"));
        let here = manager.get("/services?here=1&family=hair");
        assert!(here.says("Shave") && here.says("At Riverside"));
        let chinese = manager.clone().in_locale(Locale::ZhCn).get("/services");
        assert!(chinese.says("项目与价格") && chinese.says("<span lang=\"en\">Shave</span>"));
    });
}

#[test]
fn a_wrong_form_comes_back_with_every_reason_and_what_was_typed() {
    each_engine(&rooms(), |world| {
        let manager = world.client(Role::Manager);
        let wrong = "name_en=&name_zh=&family=boats&kind=service&code=A+B&minutes=7&price=-5\
            &currency=CNY&tax=6.66&wait_target=soon";
        let refused = manager.post("/services", wrong);
        assert_eq!(refused.status, 422);
        for words in [
            "Give it a name in at least one language.",
            "Enter a rate from 0 to 100",
            "Choose at least one channel.",
            "value=\"A B\"",
            "value=\"6.66\"",
            "value=\"soon\"",
        ] {
            assert!(refused.says(words), "{words}: {}", refused.body);
        }
        assert!(manager.get("/services").says("No services yet"));
    });
}

#[test]
fn who_saves_second_is_told_and_keeps_what_was_typed() {
    each_engine(&rooms(), |world| {
        let service = saved(world);
        let manager = world.client(Role::Manager);
        let path = format!("/services/{}", service.id);
        assert_eq!(
            manager.post(&path, &format!("version=1&{FORM}")).status,
            303
        );
        let second = manager.post(&path, &format!("version=1&{FORM}").replace("Shave", "Trim"));
        assert_eq!(second.status, 409);
        assert!(second.says("value=\"Trim\""));
        assert!(manager.get(&path).says("value=\"Shave\""));
    });
}

#[test]
fn a_photo_is_uploaded_and_shown_inside_and_to_customers() {
    each_engine(&rooms(), |world| {
        let service = saved(world);
        let manager = world.client(Role::Manager);
        let file = b"\x89PNG\r\n\x1a\n a picture";
        let kept = upload(&manager, &service, 1, file);
        assert_eq!(kept.status, 303, "{}", kept.body);
        for path in [
            format!("/services/{}/photo", service.id),
            format!("/at/lotus/services/{}/photo", service.id),
        ] {
            let shown = manager.get(&path);
            assert_eq!(shown.status, 200);
            assert_eq!(shown.header("content-type"), Some("image/png"));
            assert_eq!(shown.header("x-content-type-options"), Some("nosniff"));
            assert!(shown.header("etag").is_some());
        }
        let removal = format!("/services/{}/photo-removal", service.id);
        assert_eq!(manager.post(&removal, "version=2").status, 303);
        let gone = world
            .nobody()
            .get(&format!("/at/lotus/services/{}/photo", service.id));
        assert_eq!(gone.status, 404);
    });
}

#[test]
fn a_file_that_is_no_picture_or_too_large_is_refused() {
    each_engine(&rooms(), |world| {
        let service = saved(world);
        let manager = world.client(Role::Manager);
        let script = upload(&manager, &service, 1, b"<svg onload=alert(1)>");
        assert_eq!(script.status, 422);
        assert!(script.says("This is not a PNG, JPEG or WebP picture."));
        let nothing = upload(&manager, &service, 1, b"");
        assert_eq!(nothing.status, 422);
        let mut large = b"\xff\xd8\xff".to_vec();
        large.resize(PHOTO_BYTES_MAX + 10, 0);
        let refused = upload(&manager, &service, 1, &large);
        assert!((400..500).contains(&refused.status), "{}", refused.status);
        let photo = world.read(|tx, ctx| offers::photo(tx, ctx, service.id));
        assert!(photo.is_err());
    });
}

#[test]
fn staff_look_and_nobody_else_comes_in() {
    each_engine(&rooms(), |world| {
        let service = saved(world);
        let path = format!("/services/{}", service.id);
        let page = world.client(Role::Staff).get(&path);
        assert_eq!(page.status, 200);
        assert!(!page.says("Save service"));
        let refused = world
            .client(Role::Desk)
            .post(&path, &format!("version=1&{FORM}"));
        assert_eq!(refused.status, 403);
        assert_eq!(world.client(Role::Desk).get("/services/new").status, 403);
        assert_eq!(world.nobody().get(&path).status, 303);
        let state = format!("{path}/state");
        let archived = world
            .client(Role::Manager)
            .post(&state, "version=1&state=archived");
        assert_eq!(archived.status, 303);
        assert!(
            world
                .client(Role::Manager)
                .get("/services?archived=1")
                .says("Cut")
        );
        let wrong = world
            .client(Role::Manager)
            .post(&state, "version=2&state=gone");
        assert_eq!(wrong.status, 422);
    });
}
