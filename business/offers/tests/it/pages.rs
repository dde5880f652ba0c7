//! The pages, as a browser sees them.

use kernel::{Locale, Role};
use offers::Service;
use testing::{Answer, Client, World, each_engine, picture};

use crate::{cut, rooms, save};

const FORM: &str = "name_zh=&name_en=Shave&family=hair&kind=service&code=SHAVE&minutes=20\
    &buffer_before=0&buffer_after=5&price=88&currency=CNY&tax=6&channels=desk&channels=online";

fn upload(client: &Client, service: &Service, file: &[u8]) -> Answer {
    client.upload(
        &format!("/services/{}/files", service.id),
        &[("a.png", file)],
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
        let kept = upload(&manager, &service, &picture(8, 6, 45));
        assert_eq!(kept.status, 303, "{}", kept.body);
        let page = manager.get(kept.location());
        let start = format!("/services/{}/files/", service.id);
        let from = page.body.find(&format!("src=\"{start}")).expect("shown") + 5;
        let path = page.body[from..]
            .split('"')
            .next()
            .expect("an address")
            .to_owned();
        let outside = format!("/at/lotus/services/{}/photo", service.id);
        for (client, path) in [(&manager, &path), (&world.nobody(), &outside)] {
            let shown = client.get(path);
            assert_eq!(shown.status, 200, "{path}");
            assert_eq!(shown.header("content-type"), Some("image/jpeg"));
        }
        assert_eq!(world.nobody().get(&path).status, 303);
        let inside_only = FORM
            .replace("channels=online&", "")
            .replace("&channels=online", "");
        let changed = manager.post(
            &format!("/services/{}", service.id),
            &format!("version=1&{inside_only}"),
        );
        assert_eq!(changed.status, 303, "{}", changed.body);
        let answer = world.nobody().get(&outside);
        assert_eq!(
            answer.status, 404,
            "what is not offered online has no public photo"
        );
        let removal = path.replace("/small", "/removal");
        assert_eq!(manager.post(&removal, "").status, 303);
        assert_eq!(world.nobody().get(&outside).status, 404);
        assert_eq!(world.client(Role::Desk).post(&removal, "").status, 403);
    });
}

#[test]
fn a_photo_of_an_earlier_version_moves_to_the_shelf() {
    each_engine(&rooms(), |world| {
        let (id, body) = (saved(world).id, picture(8, 6, 45));
        let old = world.write(move |tx, ctx| {
            let sql = "insert into service_photos (org, service, fingerprint, media_type, body)
                values ($1, $2, 'old', 'image/png', $3)";
            tx.execute(sql, testing::store::params![ctx.org, id, body])?;
            let sql = "update services set photo = 'old' where org = $1 and id = $2";
            tx.execute(sql, testing::store::params![ctx.org, id])
        });
        old.expect("an earlier version kept it so");
        let room = offers::room();
        for _ in 0..2 {
            (room.errands[0].run)(&world.app, &world.ctx()).expect("it moves once");
        }
        let outside = format!("/at/lotus/services/{id}/photo");
        assert_eq!(world.nobody().get(&outside).status, 200);
        let photos = world
            .read(|tx, ctx| files::files_of(tx, ctx, files::OwnerKind::Service, &id.to_string()));
        assert_eq!(photos.expect("readable").len(), 1);
        let sound = world.read(|tx, ctx| (room.verify[0])(tx, ctx));
        assert_eq!(sound, Ok(None));
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
