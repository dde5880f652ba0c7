//! The logo, photos and portraits that guests see, and those they do not.

use kernel::Role;
use testing::{World, each_engine, picture};

use crate::shop::{TIMES, open, rooms};

fn service(world: &World, code: &'static str) -> String {
    let found = world.read(move |tx, ctx| offers::service_by_code(tx, ctx, code));
    found.expect("read").expect("it is there").id.to_string()
}

fn put_up(world: &World, path: &str) {
    let kept = world
        .client(Role::Owner)
        .upload(path, &[("a.png", &picture(400, 300, 7))]);
    assert_eq!(kept.status, 303, "{path}: {}", kept.body);
}

/// The addresses in a page's pictures, as a browser reads them.
fn pictures(page: &str) -> Vec<String> {
    let images = page.split("<img ").skip(1);
    let sources = images.filter_map(|image| image.split("src=\"").nth(1)?.split('"').next());
    sources.map(|source| source.replace("&amp;", "&")).collect()
}

#[test]
fn guests_see_the_logo_the_photo_of_a_service_and_with_whom() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let guest = world.nobody();
        let (list, times) = ("/at/lotus/riverside", TIMES);
        assert!(pictures(&guest.get(list).body).is_empty());
        put_up(world, "/organisation/files");
        put_up(world, &format!("/services/{}/files", service(world, "cut")));
        put_up(world, &format!("/staff/{}/files", shop.mei));
        let shown = guest.get(list);
        let seen = pictures(&shown.body);
        assert_eq!(seen.len(), 2, "{seen:?}");
        assert!(seen[0].starts_with("/at/lotus/organisation/logo?v="));
        assert!(seen[1].contains("/photo?size=small"));
        assert!(
            shown.says("width=\"76\" height=\"76\" loading=\"lazy\""),
            "nothing jumps"
        );
        let more = pictures(&guest.get(times).body);
        assert_eq!(more.len(), 3, "{more:?}");
        assert!(more[2].starts_with(&format!("/at/lotus/staff/{}/portrait?v=", shop.mei)));
        for path in seen.iter().chain(&more) {
            let answer = guest.get(path);
            assert_eq!(
                (answer.status, answer.header("content-type")),
                (200, Some("image/jpeg"))
            );
            let tag = answer.header("etag").expect("a tag").to_owned();
            let again = guest.clone().with_header("if-none-match", &tag).get(path);
            assert_eq!((again.status, again.bytes.len()), (304, 0));
        }
        let bytes: usize = seen.iter().map(|path| guest.get(path).bytes.len()).sum();
        assert!(bytes < 40_000, "the list costs {bytes} bytes of pictures");
    });
}

#[test]
fn who_and_what_is_not_offered_online_has_no_public_picture() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let wash = service(world, "wash");
        put_up(world, &format!("/services/{wash}/files"));
        put_up(world, &format!("/staff/{}/files", shop.hao));
        let guest = world.nobody();
        let photo = format!("/at/lotus/services/{wash}/photo");
        assert_eq!(guest.get(&photo).status, 404, "wash is for the desk alone");
        let portrait = format!("/at/lotus/staff/{}/portrait", shop.hao);
        assert_eq!(guest.get(&portrait).status, 200);
        let left = world.write(move |tx, ctx| people::set_staff_active(tx, ctx, shop.hao, false));
        left.expect("he leaves");
        assert_eq!(guest.get(&portrait).status, 404);
        let inside = format!("/staff/{}/files", shop.hao);
        assert_eq!(
            guest.get(&inside).status,
            303,
            "the shelf is for colleagues"
        );
    });
}
