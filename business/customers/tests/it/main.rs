//! Customers on both databases.

mod finding;
mod million;

use std::{sync::Barrier, thread};

use customers::{Details, Imported, Named, Taken};
use kernel::{FaultKind, Role, ids::CustomerId};
use testing::{World, each_engine};
use web::Room;

fn rooms() -> Vec<Room> {
    vec![organisation::room(), customers::room()]
}

fn named(world: &World, text: &str) -> CustomerId {
    let named = Named::parse(text);
    world
        .write(move |tx, ctx| customers::find_or_create(tx, ctx, &named))
        .expect("it is found")
}

fn details(name: &str, reading: &str, phone: &str) -> Details {
    Details {
        name: name.to_owned(),
        reading: reading.to_owned(),
        phone: phone.to_owned(),
        ..Details::default()
    }
}

fn find(world: &World, text: &str) -> Vec<String> {
    let found = world
        .read(|tx, ctx| customers::search(tx, ctx, text, 20))
        .expect("it answers");
    found.into_iter().map(|customer| customer.name).collect()
}

#[test]
fn one_field_finds_or_makes_a_customer() {
    each_engine(&rooms(), |world| {
        let first = named(world, "陈雨桐 138 0013 2047");
        assert_eq!(named(world, "+86 13800132047"), first, "by phone");
        assert_eq!(named(world, "陈雨桐"), first, "by the only such name");
        assert_ne!(
            named(world, "陈雨桐 139 0000 0000"),
            first,
            "another phone, another person"
        );
        let unknown = named(world, "13711112222");
        let unknown = world
            .read(|tx, ctx| customers::customer(tx, ctx, unknown))
            .unwrap();
        assert_eq!(unknown.name, "137 •••• 2222");
    });
}

#[test]
fn a_customer_is_found_by_name_reading_initials_and_either_end_of_the_phone() {
    each_engine(&rooms(), |world| {
        world
            .write(|tx, ctx| {
                let her = details("陈雨桐", "Chen Yutong", "138 0013 2047");
                customers::create_customer(tx, ctx, &her)?;
                let her = details("Ada Lovelace", "", "+44 20 7946 0958");
                customers::create_customer(tx, ctx, &her)
            })
            .unwrap();
        for text in [
            "陈", "雨桐", "chen", "YUTONG", "cyt", "chenyu", "2047", "138", "138 0013", "陈 2047",
        ] {
            assert_eq!(find(world, text), ["陈雨桐"], "{text}");
        }
        for text in ["ada", "Love", "al", "0958", "44207"] {
            assert_eq!(find(world, text), ["Ada Lovelace"], "{text}");
        }
        for text in ["%", "_", "陈 0958", "x", "0013"] {
            assert_eq!(find(world, text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(find(world, "").len(), 2);
    });
}

#[test]
fn thirty_two_desks_make_one_customer_of_one_phone() {
    each_engine(&rooms(), |world| {
        let gate = Barrier::new(32);
        let mut ids: Vec<CustomerId> = thread::scope(|scope| {
            let desks: Vec<_> = (0..32)
                .map(|_| {
                    scope.spawn(|| {
                        gate.wait();
                        named(world, "郭若溪 13922220000")
                    })
                })
                .collect();
            desks.into_iter().map(|desk| desk.join().unwrap()).collect()
        });
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 1);
    });
}

#[test]
fn the_second_of_two_editors_is_told() {
    each_engine(&rooms(), |world| {
        let id = named(world, "Ada 13800001111");
        let change = |version, note: &str| {
            let new = Details {
                note: note.to_owned(),
                ..details("Ada", "", "13800001111")
            };
            world.write(move |tx, ctx| customers::change_customer(tx, ctx, id, version, &new))
        };
        change(1, "Window seat").unwrap();
        assert_eq!(
            change(1, "Aisle seat").unwrap_err().kind,
            FaultKind::Conflict
        );
        change(2, "Window seat").unwrap();
        let kept = world
            .read(|tx, ctx| customers::customer(tx, ctx, id))
            .unwrap();
        assert_eq!((kept.note.as_str(), kept.version), ("Window seat", 2));
        assert_eq!(
            world
                .activities()
                .iter()
                .filter(|a| *a == "customer.changed")
                .count(),
            1
        );
    });
}

#[test]
fn what_is_wrong_is_said_at_its_field_and_a_phone_has_one_owner() {
    each_engine(&rooms(), |world| {
        named(world, "Ada 13800001111");
        let make = |new: Details| {
            let made = world.write(move |tx, ctx| customers::create_customer(tx, ctx, &new));
            made.unwrap_err().fields[0].field.clone()
        };
        assert_eq!(make(details(" ", "", "")), "name");
        assert_eq!(make(details(&"很".repeat(81), "", "")), "name");
        assert_eq!(make(details("Bo", "", "call me")), "phone");
        assert_eq!(make(details("Bo", "", "138 0000 1111")), "phone");
        let email = Details {
            email: "bo@home".to_owned(),
            ..details("Bo", "", "")
        };
        assert_eq!(make(email), "email");
        assert_eq!(find(world, "Bo"), Vec::<String>::new());
    });
}

#[test]
fn an_import_is_idempotent() {
    each_engine(&rooms(), |world| {
        let import = |name: &str| {
            let external_id = "C-7".to_owned();
            let imported = Imported {
                external_id,
                details: details(name, "", "13800001111"),
            };
            world
                .write(move |tx, ctx| customers::import_customer(tx, ctx, &imported))
                .unwrap()
        };
        let Taken::New(id) = import("Ada") else {
            panic!("it is new")
        };
        assert_eq!(import("Ada"), Taken::Same(id));
        assert_eq!(import("Ada L."), Taken::Changed(id));
        assert_eq!(find(world, "L"), ["Ada L."]);
    });
}

#[test]
fn who_may_not_look_sees_nobody() {
    each_engine(&rooms(), |world| {
        let id = named(world, "Ada 13800001111");
        let guest = world.guest_ctx();
        let seen = world.db.read(|tx| customers::search(tx, &guest, "Ada", 5));
        assert_eq!(seen.unwrap_err().kind, FaultKind::Forbidden);
        let reader = world.ctx_of(Role::ReadOnly);
        let new = details("Eve", "", "");
        let changed = world.write_as(reader, move |tx, ctx| {
            customers::change_customer(tx, ctx, id, 1, &new)
        });
        assert_eq!(changed.unwrap_err().kind, FaultKind::Forbidden);
        let named = Named::parse("Ada");
        let by_guest = world.write_as(guest, move |tx, ctx| {
            customers::find_or_create(tx, ctx, &named)
        });
        assert_ne!(
            by_guest.unwrap(),
            id,
            "a guest does not become somebody by knowing a name"
        );
    });
}
