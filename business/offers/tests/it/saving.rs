//! What may be offered, and who may say so.

use kernel::{Channel, Fault, FaultKind, Role, ids::SiteId};
use offers::{Filter, Service, State, Targets};
use testing::{World, each_engine};

use crate::{cut, rooms, save};

fn names(world: &World, filter: Filter) -> Vec<String> {
    let found = world.read(move |tx, ctx| offers::services(tx, ctx, &filter));
    let found = found.expect("the list can be read");
    found.into_iter().map(|service| service.code).collect()
}

#[test]
fn a_service_comes_back_as_it_was_saved() {
    each_engine(&rooms(), |world| {
        let add_on = save(world, &cut(world)).unwrap();
        let full = Service {
            code: "FULL".to_owned(),
            buffer_before_minutes: 5,
            buffer_after_minutes: 10,
            targets: Targets {
                wait_minutes: Some(10),
                response_minutes: Some(2),
                completion_minutes: Some(90),
            },
            external_id: Some("old-7".to_owned()),
            sites: vec![world.site.id],
            channels: vec![Channel::Desk, Channel::Kiosk],
            skills: vec!["colour".to_owned(), "hair".to_owned()],
            resources: vec!["basin".to_owned(), "chair".to_owned()],
            add_ons: vec![add_on.id],
            ..cut(world)
        };
        let saved = save(world, &full).unwrap();
        assert_eq!(saved, Service { version: 1, ..full });
        let found = world
            .read(|tx, ctx| offers::service_by_external_id(tx, ctx, "old-7"))
            .unwrap();
        assert_eq!(found, Some(saved));
    });
}

#[test]
fn of_two_people_who_change_a_service_the_second_is_told() {
    each_engine(&rooms(), |world| {
        let seen_by_both = save(world, &cut(world)).unwrap();
        let first = Service {
            minutes: 60,
            ..seen_by_both.clone()
        };
        assert_eq!(save(world, &first).unwrap().version, 2);
        let second = Service {
            minutes: 30,
            ..seen_by_both
        };
        assert_eq!(save(world, &second).unwrap_err(), Fault::stale());
        let now = world
            .read(|tx, ctx| offers::service(tx, ctx, first.id))
            .unwrap();
        assert_eq!(now.minutes, 60);
    });
}

#[test]
fn a_code_names_one_service_and_is_made_up_when_left_empty() {
    each_engine(&rooms(), |world| {
        save(world, &cut(world)).unwrap();
        let refused = save(world, &cut(world)).unwrap_err();
        assert_eq!(refused.fields[0].field, "code");
        let nameless = save(
            world,
            &Service {
                code: String::new(),
                ..cut(world)
            },
        )
        .unwrap();
        assert!(nameless.code.starts_with("S-"), "{}", nameless.code);
    });
}

#[test]
fn what_is_not_of_this_business_is_refused() {
    each_engine(&rooms(), |world| {
        let elsewhere: SiteId = world.ctx().id();
        let refusals = [
            (
                Service {
                    sites: vec![elsewhere],
                    ..cut(world)
                },
                "sites",
            ),
            (
                Service {
                    add_ons: vec![world.ctx().id()],
                    ..cut(world)
                },
                "add_ons",
            ),
            (
                Service {
                    blueprint: Some(world.ctx().id()),
                    ..cut(world)
                },
                "blueprint",
            ),
            (
                Service {
                    minutes: 7,
                    ..cut(world)
                },
                "minutes",
            ),
        ];
        for (service, field) in refusals {
            assert_eq!(save(world, &service).unwrap_err().fields[0].field, field);
        }
        assert_eq!(names(world, Filter::default()), Vec::<String>::new());
        assert!(!world.activities().contains(&"service.created".to_owned()));
    });
}

#[test]
fn lists_show_what_is_offered_here_and_this_way() {
    each_engine(&rooms(), |world| {
        let everywhere = Service {
            channels: vec![Channel::Online],
            ..cut(world)
        };
        save(world, &everywhere).unwrap();
        let desk_alone = Service {
            code: "DESK_1".to_owned(),
            channels: vec![Channel::Desk],
            sites: vec![world.site.id],
            ..cut(world)
        };
        let desk_alone = save(world, &desk_alone).unwrap();
        let here = || Filter {
            site: Some(world.site.id),
            ..Filter::default()
        };
        assert_eq!(names(world, here()), ["CUT", "DESK_1"]);
        let online = Filter {
            channel: Some(Channel::Online),
            ..here()
        };
        assert_eq!(names(world, online), ["CUT"]);
        let other = Filter {
            site: Some(world.ctx().id()),
            ..Filter::default()
        };
        assert_eq!(names(world, other), ["CUT"]);
        let words = |text: &str| Filter {
            text: text.to_owned(),
            ..Filter::default()
        };
        assert_eq!(
            names(world, words("k_1")),
            ["DESK_1"],
            "an underscore is an underscore"
        );
        assert_eq!(names(world, words("剪")), ["CUT", "DESK_1"]);
        let guest = world.write_as(world.guest_ctx(), |tx, ctx| {
            offers::services(
                tx,
                ctx,
                &Filter {
                    archived: true,
                    ..Filter::default()
                },
            )
        });
        let guest: Vec<String> = guest.unwrap().into_iter().map(|s| s.code).collect();
        assert_eq!(guest, ["CUT"]);
        world
            .write(move |tx, ctx| {
                offers::set_state(tx, ctx, desk_alone.id, desk_alone.version, State::Archived)
            })
            .unwrap();
        assert_eq!(names(world, here()), ["CUT"]);
        assert_eq!(
            names(
                world,
                Filter {
                    archived: true,
                    ..here()
                }
            ),
            ["DESK_1"]
        );
    });
}

#[test]
fn only_managers_change_the_offer() {
    each_engine(&rooms(), |world| {
        let saved = save(world, &cut(world)).unwrap();
        for role in [
            Role::Desk,
            Role::Staff,
            Role::Support,
            Role::ReadOnly,
            Role::Guest,
        ] {
            let service = saved.clone();
            let refused = world.write_as(world.ctx_of(role), move |tx, ctx| {
                offers::save_service(tx, ctx, &service)
            });
            assert_eq!(refused.unwrap_err(), Fault::forbidden(), "{role:?}");
        }
    });
}

#[test]
fn another_organisation_sees_nothing() {
    each_engine(&rooms(), |world| {
        let saved = save(world, &cut(world)).unwrap();
        let mut stranger = world.ctx();
        stranger.org = stranger.id();
        let found = world.write_as(stranger, move |tx, ctx| {
            assert!(offers::services(tx, ctx, &Filter::default())?.is_empty());
            offers::service(tx, ctx, saved.id)
        });
        assert_eq!(found.unwrap_err().kind, FaultKind::Missing);
    });
}

#[test]
fn the_check_names_a_service_that_could_not_be_sold() {
    each_engine(&rooms(), |world| {
        let saved = save(world, &cut(world)).unwrap();
        let check = || {
            let room = offers::room();
            world.read(|tx, ctx| (room.verify[0])(tx, ctx)).unwrap()
        };
        assert_eq!(check(), None);
        let id = saved.id;
        world
            .write(move |tx, ctx| {
                let sql = "update services set photo = 'gone' where org = $1 and id = $2";
                tx.execute(sql, testing::store::params![ctx.org, id])
            })
            .unwrap();
        assert!(
            check()
                .expect("the photo is gone")
                .contains(&id.to_string())
        );
    });
}

#[test]
fn a_service_that_many_orders_touch_is_still_sound() {
    each_engine(&rooms(), |world| {
        let id = save(world, &cut(world)).unwrap().id;
        let orders = world.write(move |tx, ctx| {
            for _ in 0..600 {
                let event = testing::store::Event::new("order.created");
                tx.record(ctx, event.object("service", id, "main"));
            }
            Ok(())
        });
        orders.expect("recorded");
        let room = offers::room();
        let found = world.read(|tx, ctx| (room.verify[0])(tx, ctx));
        assert_eq!(found, Ok(None));
    });
}
