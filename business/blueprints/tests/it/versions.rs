//! Drafts, publications, and two managers at once.

use std::{sync::Barrier, thread};

use blueprints::{Blueprint, Edit, Lane, Move, VersionState};
use kernel::{Bilingual, Fault, FaultKind, Locale, Role};
use testing::{World, each_engine};

use crate::{now, published_visit, rooms, visit};

fn add(world: &World, of: &Blueprint, name: &str) -> Result<Option<String>, Fault> {
    let (id, version, name) = (of.id, of.version, Bilingual::new("", name));
    world.write(move |tx, ctx| {
        let (phase, lane) = ("serve".to_owned(), Lane::Backstage);
        blueprints::edit(tx, ctx, id, version, Edit::AddStep { phase, lane, name })
    })
}

fn keys(world: &World, of: &Blueprint, number: i64) -> Vec<String> {
    let id = of.id;
    let version = world.read(|tx, ctx| blueprints::version(tx, ctx, id, number));
    let body = version
        .expect("it can be read")
        .expect("there is such a version")
        .body;
    body.steps.into_iter().map(|step| step.key).collect()
}

#[test]
fn the_first_edit_after_a_publication_starts_the_next_draft_and_leaves_the_old_version_alone() {
    each_engine(&rooms(), |world| {
        let first = published_visit(world);
        assert_eq!((first.published, first.draft), (Some(1), None));
        let before = keys(world, &first, 1);
        let key = add(world, &first, "Warm towel").unwrap();
        assert_eq!(key.as_deref(), Some("warm-towel"));
        let edited = now(world, &first);
        assert_eq!((edited.published, edited.draft), (Some(1), Some(2)));
        assert_eq!(keys(world, &first, 1), before);
        let published = world
            .read(|tx, ctx| blueprints::published(tx, ctx, first.id))
            .unwrap();
        assert_eq!(published.unwrap().number, 1);
        assert!(keys(world, &first, 2).contains(&"warm-towel".to_owned()));
    });
}

#[test]
fn an_order_can_always_ask_for_the_version_it_started_with() {
    each_engine(&rooms(), |world| {
        let first = published_visit(world);
        let started_with = keys(world, &first, 1);
        add(world, &first, "Warm towel").unwrap();
        let draft = now(world, &first);
        let number = world
            .write(move |tx, ctx| blueprints::publish(tx, ctx, draft.id, draft.version))
            .unwrap();
        assert_eq!(number, 2);
        assert_eq!(keys(world, &first, 1), started_with);
        let id = first.id;
        let versions = world
            .read(|tx, ctx| blueprints::versions(tx, ctx, id))
            .unwrap();
        let states: Vec<_> = versions.iter().map(|v| (v.number, v.state)).collect();
        assert_eq!(
            states,
            [(2, VersionState::Published), (1, VersionState::Retired)]
        );
    });
}

#[test]
fn of_two_managers_who_publish_the_same_draft_the_second_is_told() {
    each_engine(&rooms(), |world| {
        let draft = visit(world);
        let publish = || {
            let (id, version) = (draft.id, draft.version);
            world.write(move |tx, ctx| blueprints::publish(tx, ctx, id, version))
        };
        assert_eq!(publish(), Ok(1));
        assert_eq!(publish().unwrap_err(), Fault::stale());
        let activities = world.activities();
        assert_eq!(
            activities[activities.len() - 2..],
            ["blueprint.created", "blueprint.published"]
        );
    });
}

#[test]
fn two_managers_who_press_publish_in_one_moment_publish_once() {
    each_engine(&rooms(), |world| {
        let draft = visit(world);
        let path = format!("/blueprints/{}/publication", draft.id);
        let form = format!("version={}", draft.version);
        let start = Barrier::new(2);
        let press = |locale: Locale| {
            let manager = world.client(Role::Manager).in_locale(locale);
            start.wait();
            let answer = manager.post(&path, &form);
            (locale, answer.status, answer.body)
        };
        let answers = thread::scope(|scope| {
            Locale::ALL
                .map(|locale| scope.spawn(move || press(locale)))
                .map(|manager| manager.join().expect("both are answered"))
        });
        let (late, won): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.1 != 303);
        assert_eq!((won.len(), late.len()), (1, 1), "{answers:?}");
        let (locale, status, body) = late[0];
        assert_eq!(*status, 409);
        let words = match locale {
            Locale::En => "Somebody else changed this in the meantime",
            Locale::ZhCn => "其他人刚刚改动了这里",
        };
        assert!(body.contains(words), "{body}");
        let published = world.activities();
        let published = published
            .iter()
            .filter(|fact| *fact == "blueprint.published");
        assert_eq!(published.count(), 1);
        assert_eq!(now(world, &draft).published, Some(1));
    });
}

#[test]
fn of_two_managers_who_edit_at_once_the_second_overwrites_nothing() {
    each_engine(&rooms(), |world| {
        let seen_by_both = visit(world);
        add(world, &seen_by_both, "First").unwrap();
        assert_eq!(
            add(world, &seen_by_both, "Second").unwrap_err(),
            Fault::stale()
        );
        let keys = keys(world, &seen_by_both, 1);
        assert!(keys.contains(&"first".to_owned()) && !keys.contains(&"second".to_owned()));
    });
}

#[test]
fn an_edit_can_be_undone_and_done_again_until_something_new_is_edited() {
    each_engine(&rooms(), |world| {
        let start = visit(world);
        let id = start.id;
        let before = keys(world, &start, 1);
        add(world, &start, "Towel").unwrap();
        let after = keys(world, &start, 1);
        let undo = || {
            let version = now(world, &start).version;
            world.write(move |tx, ctx| blueprints::undo(tx, ctx, id, version))
        };
        let redo = || {
            let version = now(world, &start).version;
            world.write(move |tx, ctx| blueprints::redo(tx, ctx, id, version))
        };
        undo().unwrap();
        assert_eq!(keys(world, &start, 1), before);
        assert_eq!(undo().unwrap_err().kind, FaultKind::Conflict);
        redo().unwrap();
        assert_eq!(keys(world, &start, 1), after);
        undo().unwrap();
        add(world, &now(world, &start), "Tea").unwrap();
        assert_eq!(redo().unwrap_err().kind, FaultKind::Conflict);
        assert!(keys(world, &start, 1).contains(&"tea".to_owned()));
    });
}

#[test]
fn only_the_last_fifty_edits_are_kept() {
    each_engine(&rooms(), |world| {
        let start = visit(world);
        let id = start.id;
        for turn in 0..60 {
            let version = now(world, &start).version;
            let to = if turn % 2 == 0 { Move::Down } else { Move::Up };
            let key = "serve".to_owned();
            world
                .write(move |tx, ctx| {
                    blueprints::edit(tx, ctx, id, version, Edit::MoveStep { key, to })
                })
                .unwrap();
        }
        let edits = world
            .read(|tx, ctx| blueprints::edits(tx, ctx, id))
            .unwrap();
        assert_eq!((edits.first, edits.last, edits.at), (10, 60, 60));
        assert!(edits.can_undo() && !edits.can_redo());
    });
}

#[test]
fn a_discarded_draft_leaves_the_published_version_and_its_number_can_be_used_again() {
    each_engine(&rooms(), |world| {
        let first = published_visit(world);
        add(world, &first, "Towel").unwrap();
        let draft = now(world, &first);
        world
            .write(move |tx, ctx| blueprints::discard(tx, ctx, draft.id, draft.version))
            .unwrap();
        let after = now(world, &first);
        assert_eq!((after.published, after.draft), (Some(1), None));
        add(world, &after, "Tea").unwrap();
        assert_eq!(now(world, &first).draft, Some(2));
    });
}

#[test]
fn only_managers_edit_and_publish() {
    each_engine(&rooms(), |world| {
        let draft = visit(world);
        let (id, version) = (draft.id, draft.version);
        for role in [
            Role::Desk,
            Role::Staff,
            Role::Support,
            Role::ReadOnly,
            Role::Guest,
        ] {
            let refused = world.write_as(world.ctx_of(role), move |tx, ctx| {
                blueprints::publish(tx, ctx, id, version)
            });
            assert_eq!(refused.unwrap_err(), Fault::forbidden(), "{role:?}");
            let refused = world.write_as(world.ctx_of(role), move |tx, ctx| {
                let edit = Edit::RemoveStep {
                    key: "serve".to_owned(),
                };
                blueprints::edit(tx, ctx, id, version, edit)
            });
            assert_eq!(refused.unwrap_err(), Fault::forbidden(), "{role:?}");
        }
        let published = world.write_as(world.ctx_of(Role::Manager), move |tx, ctx| {
            blueprints::publish(tx, ctx, id, version)
        });
        assert_eq!(published, Ok(1));
    });
}

#[test]
fn another_organisation_sees_nothing() {
    each_engine(&rooms(), |world| {
        let draft = visit(world);
        let mut stranger = world.ctx();
        stranger.org = stranger.id();
        let id = draft.id;
        let found = world.write_as(stranger, move |tx, ctx| {
            Ok((
                blueprints::exists(tx, ctx, id)?,
                blueprints::blueprints(tx, ctx, false)?.len(),
            ))
        });
        assert_eq!(found, Ok((false, 0)));
    });
}

#[test]
fn the_check_names_the_first_blueprint_whose_versions_do_not_agree() {
    each_engine(&rooms(), |world| {
        let first = published_visit(world);
        add(world, &first, "Towel").unwrap();
        let check = || {
            let room = blueprints::room();
            world.read(|tx, ctx| (room.verify[0])(tx, ctx)).unwrap()
        };
        assert_eq!(check(), None);
        let id = first.id;
        world
            .write(move |tx, ctx| {
                let sql = "update blueprint_versions set state = 'retired'
                    where org = $1 and blueprint = $2 and number = 1";
                tx.execute(sql, testing::store::params![ctx.org, id])
            })
            .unwrap();
        let found = check().expect("the published version is gone");
        assert!(found.contains(&id.to_string()), "{found}");
    });
}
