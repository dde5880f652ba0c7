//! The logo: put up, replaced, taken away, and seen by everybody while it is up.

use std::thread;

use files::{Place, Target, files_of, prepare};
use kernel::{FaultKind, Role};
use organisation::LOGO;
use testing::{World, each_engine, picture};

const PUBLIC: &str = "/at/lotus/organisation/logo";

fn current(world: &World) -> Vec<files::File> {
    let owner = world.org.to_string();
    let all = world.read(|tx, ctx| files_of(tx, ctx, LOGO.kind, &owner));
    let all = all.expect("readable");
    all.into_iter()
        .filter(|file| file.removed.is_none())
        .collect()
}

#[test]
fn an_owner_puts_up_a_logo_replaces_it_and_takes_it_away() {
    each_engine(&[], |world| {
        let owner = world.client(Role::Owner);
        assert!(owner.get("/sites").says("Choose a picture"));
        assert_eq!(world.nobody().get(PUBLIC).status, 404);
        let path = "/organisation/files";
        for shade in [10, 20] {
            let kept = owner.upload(path, &[("logo.png", &picture(64, 32, shade))]);
            assert_eq!(kept.status, 303, "{}", kept.body);
            assert_eq!(kept.location(), "/sites");
        }
        let shown = world.nobody().get(PUBLIC);
        assert_eq!(
            (shown.status, shown.header("content-type")),
            (200, Some("image/jpeg"))
        );
        let [logo] = current(world).try_into().expect("one logo");
        let page = owner.get("/sites");
        assert!(page.says(&format!("{path}/{}/small", logo.id)) && page.says("Replace it"));
        assert!(page.says("Put back"), "the former one can come back");
        assert_eq!(
            owner
                .post(&format!("{path}/{}/removal", logo.id), "")
                .status,
            303
        );
        assert_eq!(world.nobody().get(PUBLIC).status, 404);
        assert_eq!(
            owner.post(&format!("{path}/{}/return", logo.id), "").status,
            303
        );
        assert_eq!(current(world), [logo]);
    });
}

#[test]
fn putting_back_a_former_logo_takes_the_present_one_down() {
    each_engine(&[], |world| {
        let owner = world.client(Role::Owner);
        owner.upload("/organisation/files", &[("a.png", &picture(8, 8, 1))]);
        let [former] = current(world).try_into().expect("one logo");
        owner.upload("/organisation/files", &[("b.png", &picture(8, 8, 2))]);
        let back = format!("/organisation/files/{}/return", former.id);
        assert_eq!(owner.post(&back, "").status, 303);
        assert_eq!(current(world), [former]);
    });
}

#[test]
fn only_the_owner_changes_the_logo_and_only_into_a_picture() {
    each_engine(&[], |world| {
        let path = "/organisation/files";
        let (owner, manager) = (world.client(Role::Owner), world.client(Role::Manager));
        let logo = picture(8, 8, 1);
        assert_eq!(manager.upload(path, &[("a.png", &logo)]).status, 403);
        assert!(!manager.get("/sites").says(path));
        let refused = owner.upload(path, &[("note.txt", b"not a picture")]);
        assert_eq!(refused.status, 422);
        assert!(
            refused.says("“note.txt” is not a picture"),
            "{}",
            refused.body
        );
        let refused = owner.upload(path, &[("a.png", &logo), ("b.png", &logo)]);
        assert_eq!(refused.status, 422);
        assert!(refused.says("Only one picture"));
        assert_eq!(current(world), []);
    });
}

#[test]
fn of_two_logos_put_up_at_once_one_is_up() {
    each_engine(&[], |world| {
        let place = Place::of(&world.app).expect("a place");
        let put_up = |shade: u8| {
            let logo = prepare("logo.png", picture(8, 8, shade)).expect("a picture");
            let target = Target {
                shelf: LOGO,
                owner: world.org.to_string(),
                part: None,
            };
            files::keep(&world.db, &place, &world.ctx(), &target, vec![logo])
        };
        let outcomes: Vec<_> = thread::scope(|scope| {
            let both = [1, 2, 3, 4].map(|shade| scope.spawn(move || put_up(shade)));
            both.map(|one| one.join().expect("no panic")).into()
        });
        assert_eq!(current(world).len(), 1);
        let refused = outcomes.into_iter().filter_map(Result::err);
        assert!(
            refused
                .into_iter()
                .all(|fault| fault.kind == FaultKind::Conflict)
        );
    });
}
