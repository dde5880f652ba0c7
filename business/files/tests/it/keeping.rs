//! What is kept, for how long, and what is found out about it.

use std::thread;

use files::Place;
use kernel::{Ctx, FaultKind};
use testing::{World, each_engine};

use crate::shop::{hanging, kept, note, rooms, target};

fn keep(world: &World, owner: &str, text: &str) -> Result<(), kernel::Fault> {
    let place = Place::of(&world.app)?;
    files::keep(
        &world.db,
        &place,
        &world.ctx(),
        &target(owner),
        vec![note(text)],
    )
    .map(|_| ())
}

fn clear(world: &World) {
    let room = files::room();
    (room.errands[0].run)(&world.app, &world.ctx()).expect("it is cleared");
}

fn sound(world: &World) -> Option<String> {
    let room = files::room();
    let rows = world.read(|tx, ctx| (room.verify[0])(tx, ctx));
    let place = Place::of(&world.app).expect("there is a place");
    let bytes = files::check_place(&world.db, &place, &world.ctx());
    rows.expect("readable").or(bytes.expect("readable"))
}

fn remove(world: &World, owner: &'static str) {
    let id = hanging(world, owner)[0].id;
    let removed = world.write(move |tx, ctx| files::remove(tx, ctx, &target(owner), id));
    removed.expect("it can be removed");
}

#[test]
fn what_nobody_needs_any_more_is_cleared_a_day_later_and_nothing_else() {
    each_engine(&rooms(), |world| {
        for (owner, text) in [("east", "same"), ("west", "same"), ("east", "other")] {
            keep(world, owner, text).expect("kept");
        }
        assert_eq!(kept(world), 2, "the same bytes lie there once");
        remove(world, "east");
        world.set_time("2026-11-22T09:00+08:00");
        clear(world);
        assert_eq!(hanging(world, "east").len(), 2, "it can still be put back");
        world.set_time("2026-11-22T11:00+08:00");
        clear(world);
        assert_eq!(hanging(world, "east").len(), 1);
        assert_eq!(kept(world), 2, "the west room needs the same bytes");
        remove(world, "west");
        world.set_time("2026-11-24T09:00+08:00");
        clear(world);
        assert_eq!(kept(world), 1);
        keep(world, "west", "same").expect("kept anew");
        assert_eq!((kept(world), sound(world)), (2, None));
    });
}

#[test]
fn an_upload_that_broke_off_leaves_nothing_for_long() {
    each_engine(&rooms(), |world| {
        let refused = keep(world, "north", "lost");
        assert_eq!(refused.unwrap_err().kind, FaultKind::Missing);
        assert_eq!(
            kept(world),
            0,
            "whoever may not add is told before anything is kept"
        );
        keep(world, "east", "kept").expect("kept");
        let stranger = world.write(|tx, ctx| {
            let sql = "insert into file_contents (org, hash, bytes, claimed_at, leaving)
                values ($1, $2, 5, $3, 0)";
            let hash = "0".repeat(64);
            tx.execute(sql, testing::store::params![ctx.org, hash, ctx.now])
        });
        stranger.expect("claimed, and then the machine stopped");
        let claims = |world: &World| {
            let sql = "select count(*) from file_contents where org = $1";
            world.read(|tx, ctx| tx.count(sql, testing::store::params![ctx.org]))
        };
        clear(world);
        assert_eq!(claims(world), Ok(2), "it may still be under way");
        world.set_time("2026-11-21T11:30+08:00");
        clear(world);
        assert_eq!((claims(world), kept(world)), (Ok(1), 1));
    });
}

#[test]
fn a_missing_or_altered_file_is_named_and_never_served() {
    each_engine(&rooms(), |world| {
        keep(world, "east", "true").expect("kept");
        assert_eq!(sound(world), None);
        let file = hanging(world, "east").swap_remove(0);
        let hash = &file.copies[0].hash;
        let folder = world.files_folder().join(world.org.to_string());
        let path = folder.join(&hash[..2]).join(hash);
        std::fs::write(&path, "forged").expect("somebody writes into the folder");
        let named = sound(world).expect("it is found out");
        assert!(
            named.contains(&file.id.to_string()) && named.contains("altered"),
            "{named}"
        );
        let address = format!("/gallery/east/files/{}/full", file.id);
        let shown = world.client(kernel::Role::Manager).get(&address);
        assert!(shown.status == 500 && !shown.says("forged"));
        std::fs::remove_file(&path).expect("or takes it away");
        assert!(sound(world).is_some());
        keep(world, "west", "true").expect("adding it again brings it back");
        assert_eq!(sound(world), None);
    });
}

#[test]
fn the_same_file_from_many_hands_while_it_is_being_cleared_is_never_lost() {
    each_engine(&rooms(), |world| {
        keep(world, "east", "wanted").expect("kept");
        remove(world, "east");
        world.set_time("2026-11-23T10:00+08:00");
        let ctx: Ctx = world.ctx();
        let place = Place::of(&world.app).expect("there is a place");
        let kept_by: Vec<bool> = thread::scope(|scope| {
            let hands: Vec<_> = (0..6)
                .map(|_| {
                    let (db, place, ctx) = (&world.db, &place, &ctx);
                    scope.spawn(move || {
                        let to = target("west");
                        files::keep(db, place, ctx, &to, vec![note("wanted")]).is_ok()
                    })
                })
                .collect();
            clear(world);
            hands
                .into_iter()
                .map(|hand| hand.join().expect("it ends"))
                .collect()
        });
        let added = kept_by.iter().filter(|added| **added).count();
        assert_eq!(hanging(world, "west").len(), added);
        assert_eq!(sound(world), None);
    });
}

#[test]
fn another_organisation_has_its_own_copies_and_sees_none_of_these() {
    each_engine(&rooms(), |world| {
        keep(world, "east", "ours").expect("kept");
        let mut stranger = world.ctx();
        stranger.org = stranger.id();
        let seen = world.write_as(stranger, |tx, ctx| {
            Ok((
                files::files_of(tx, ctx, files::OwnerKind::Order, "east")?.len(),
                files::all_after(tx, ctx, None)?.len(),
            ))
        });
        assert_eq!(seen, Ok((0, 0)));
        let ours = world.read(|tx, ctx| files::all_after(tx, ctx, None));
        let ours = ours.expect("readable");
        assert_eq!(ours.len(), 1);
        let after = world.read(|tx, ctx| files::all_after(tx, ctx, Some(ours[0].id)));
        assert_eq!(after, Ok(Vec::new()));
    });
}
