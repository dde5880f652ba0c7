//! `steward verify` finds what was altered; a newer database is left alone.

use store::{Db, Migration, params};

use crate::program::Place;

/// Changes a row behind the program's back: through a store that knows the tables it finds.
fn tamper(place: &Place, sql: &'static str) {
    if let Place::Schema(url, _) = place {
        return Db::administer(url, sql).expect("the server answers");
    }
    let rooms = [
        organisation::room(),
        people::room(),
        offers::room(),
        blueprints::room(),
        customers::room(),
        capacity::room(),
        orders::room(),
        queue::room(),
        booking::room(),
        desk::room(),
        exchange::room(),
    ];
    let known: Vec<Migration> = rooms.into_iter().flat_map(|room| room.migrations).collect();
    let db = Db::open(&place.target(), &known).expect("the folder opens");
    db.write(move |tx| tx.execute(sql, params![]))
        .expect("the row is changed");
}

#[test]
fn a_fact_altered_later_is_found_and_named() {
    Place::each(|place| {
        place.found();
        let sound = place.run(&["verify"]);
        assert!(
            sound.ok && sound.out.starts_with("ok: 1 organisations, "),
            "{sound:?}"
        );
        tamper(
            place,
            "update journal set actor_name = 'somebody else' where seq = 5",
        );
        let broken = place.run(&["verify"]);
        assert!(!broken.ok && broken.err.contains('5'), "{broken:?}");
        assert_eq!(broken.err.trim_end().lines().count(), 1, "{broken:?}");
    });
}

#[test]
fn a_fact_taken_away_is_missed() {
    Place::each(|place| {
        place.found();
        tamper(
            place,
            "delete from journal where seq = (select max(seq) from journal)",
        );
        assert!(!place.run(&["verify"]).ok);
    });
}

#[test]
fn a_database_of_a_newer_program_is_refused_and_left_as_it_is() {
    Place::each(|place| {
        place.found();
        tamper(
            place,
            "insert into schema_migrations (room, number, digest) values ('orders', 999, 'x')",
        );
        for command in [
            &["verify"][..],
            &["migrate"],
            &["serve", "--listen", "127.0.0.1:0"],
        ] {
            let ended = place.run(command);
            assert!(
                !ended.ok && ended.err.contains("newer than this program"),
                "{ended:?}"
            );
            assert_eq!(ended.err.trim_end().lines().count(), 1, "{ended:?}");
        }
    });
}

#[test]
fn migrations_are_taken_once() {
    Place::each(|place| {
        let first = place.run(&["migrate"]);
        assert!(
            first.ok && first.out.contains("done: orders 1"),
            "{first:?}"
        );
        let second = place.run(&["migrate"]);
        assert_eq!(second.out, "nothing to do\n");
    });
}
