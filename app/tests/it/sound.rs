//! `steward verify` finds what was altered; a newer database is left alone.

use store::Db;

use crate::program::Place;

/// Works on the database behind the program's back.
fn tamper(place: &Place, sql: &str) {
    Db::administer(&place.target(), sql).expect("the database obeys");
}

/// One break: the rows it is about, what is done to them, how it is undone, and how verify names
/// it. The ids of the rows stand in the table `chosen`.
struct Break {
    rows: &'static str,
    change: &'static str,
    undo: &'static str,
    named: &'static str,
}

const BREAKS: [Break; 10] = [
    Break {
        rows: "select id from claims where state = 'firm' order by id limit 1",
        change: "insert into claims (org, id, order_id, part, site, service, staff, starts_at,
                ends_at, busy_from, busy_to, state, hold_until, created_at)
            select org, 'second', 'second', part, site, service, staff, starts_at, ends_at,
                busy_from, busy_to, state, hold_until, created_at
            from claims where id in (select id from chosen)",
        undo: "delete from claims where id = 'second'",
        named: "capacity: claim second does not hold all of its time",
    },
    Break {
        rows: "select id from claims where state = 'firm' order by id limit 1",
        change: "update claim_quanta set quantum = quantum + 100000
            where claim in (select id from chosen)",
        undo: "update claim_quanta set quantum = quantum - 100000
            where claim in (select id from chosen)",
        named: "does not hold all of its time",
    },
    Break {
        rows: "select id from claims where state = 'firm' order by id limit 1",
        change: "insert into claim_quanta (org, resource, quantum, claim)
            select org, 'of nobody', busy_from / 300000000, id from claims
            where id in (select id from chosen)",
        undo: "delete from claim_quanta where resource = 'of nobody'",
        named: "holds time that is not its own",
    },
    Break {
        rows: "select id from orders where state = 'finished' and finished_at = closed_at
            order by id limit 1",
        change: "update orders set state = 'cancelled', reason = 'none', finished_at = null
            where id in (select id from chosen)",
        undo: "update orders set state = 'finished', reason = null, finished_at = closed_at
            where id in (select id from chosen)",
        named: "it is cancelled, but the journal does not tell of order.cancelled",
    },
    Break {
        rows: "select order_id as id from order_lines order by order_id limit 1",
        change: "update order_lines set unit_minor = unit_minor + 1
            where order_id in (select id from chosen)",
        undo: "update order_lines set unit_minor = unit_minor - 1
            where order_id in (select id from chosen)",
        named: "its totals are not the sum of its lines",
    },
    Break {
        rows: "select id from services where price_minor > 0 order by id limit 1",
        change: "update services set price_minor = price_minor * 2
            where id in (select id from chosen)",
        undo: "update services set price_minor = price_minor / 2
            where id in (select id from chosen)",
        named: "has a price that the journal does not tell of",
    },
    Break {
        rows: "select id from tickets where state = 'waiting' order by id limit 1",
        change: "update tickets set state = 'serving' where id in (select id from chosen)",
        undo: "update tickets set state = 'waiting' where id in (select id from chosen)",
        named: "is serving, but the journal does not tell of that",
    },
    Break {
        rows: "select id from shifts order by id limit 1",
        change: "insert into shifts (org, staff, id, site, starts_at, ends_at)
            select org, staff, 'second', site, starts_at, ends_at from shifts
            where id in (select id from chosen)",
        undo: "delete from shifts where id = 'second'",
        named: "at once",
    },
    Break {
        rows: "select id from blueprints where published is not null order by id limit 1",
        change: "update blueprints set published = published + 100
            where id in (select id from chosen)",
        undo: "update blueprints set published = published - 100
            where id in (select id from chosen)",
        named: "names a version that is not there",
    },
    Break {
        rows: "select seq as id from journal_objects where kind = 'order' order by seq limit 1",
        change: "update journal_objects set kind = 'gone' where seq in (select id from chosen)
            and kind = 'order'",
        undo: "update journal_objects set kind = 'order' where kind = 'gone'",
        named: "order R-",
    },
];

#[test]
fn a_row_of_any_room_that_was_tampered_with_is_found_and_named() {
    Place::each(|place| {
        let built = place.run(&["demo", "--past-days", "1", "--build-only"]);
        assert!(built.ok, "{built:?}");
        for each in BREAKS {
            let Break {
                rows,
                change,
                undo,
                named,
            } = each;
            tamper(place, &format!("create table chosen as {rows}; {change}"));
            let broken = place.run(&["verify"]);
            assert!(
                !broken.ok && broken.err.contains(named),
                "{named}: {broken:?}"
            );
            assert_eq!(broken.err.trim_end().lines().count(), 1, "{broken:?}");
            tamper(place, &format!("{undo}; drop table chosen"));
        }
        let sound = place.run(&["verify"]);
        assert!(sound.ok, "each was put right again: {sound:?}");
        tamper(place, "delete from journal where seq = 7");
        let broken = place.run(&["verify"]);
        assert!(broken.err.contains("event 7 is missing"), "{broken:?}");
    });
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
