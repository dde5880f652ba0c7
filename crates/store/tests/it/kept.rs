//! What is kept from one transaction for the next.

use std::{sync::atomic::Ordering, thread};

use kernel::{Fault, ids::OrganisationId};
use store::{Db, Tx, params};

use crate::{Place, add, each_place, somebody};

fn highest(tx: &mut Tx, org: OrganisationId) -> Result<i64, Fault> {
    let kept = tx.kept(format!("highest {org}"), |tx| {
        let sql = "select coalesce(max(id), 0) from notes where org = $1";
        tx.count(sql, params![org])
    })?;
    Ok(*kept)
}

#[test]
fn what_is_kept_is_what_the_transaction_sees() {
    each_place(|place| {
        let (db, ctx) = (place.open(), somebody());
        let org = ctx.org;
        let read = |db: &Db| db.read(move |tx| highest(tx, org)).expect("read");
        assert_eq!(read(&db), 0);
        let own = ctx.clone();
        let seen = db.write(move |tx| {
            let before = highest(tx, org)?;
            add(tx, &own, 1)?;
            Ok((before, highest(tx, org)?))
        });
        assert_eq!(
            seen.expect("written"),
            (0, 1),
            "its own change is seen at once"
        );
        assert_eq!(read(&db), 1);
        let own = ctx.clone();
        let refused = db.write(move |tx| {
            add(tx, &own, 2)?;
            highest(tx, org)?;
            Err::<(), _>(Fault::conflict("store-busy"))
        });
        refused.expect_err("refused");
        assert_eq!(read(&db), 1, "what was refused never was");
        let seen = db.write(move |tx| highest(tx, org)).expect("read");
        assert_eq!(seen, 1);
    });
}

#[test]
fn readers_and_writers_at_once_are_never_told_less_than_was_acknowledged() {
    const ROUNDS: i64 = 300;
    each_place(|place| {
        let (db, ctx) = (place.open(), somebody());
        let org = ctx.org;
        let acknowledged = std::sync::atomic::AtomicI64::new(0);
        thread::scope(|scope| {
            scope.spawn(|| {
                for id in 1..=ROUNDS {
                    let own = ctx.clone();
                    db.write(move |tx| add(tx, &own, id)).expect("written");
                    acknowledged.store(id, Ordering::SeqCst);
                }
            });
            for _ in 0..3 {
                scope.spawn(|| {
                    while acknowledged.load(Ordering::SeqCst) < ROUNDS {
                        let least = acknowledged.load(Ordering::SeqCst);
                        let (kept, there) = db
                            .read(|tx| {
                                let kept = highest(tx, org)?;
                                let sql = "select max(id) from notes where org = $1";
                                Ok((kept, tx.count(sql, params![org])?))
                            })
                            .expect("read");
                        assert_eq!(kept, there, "it is what the snapshot holds");
                        assert!(kept >= least, "{kept} after {least} was acknowledged");
                        let known = db.known(|tx| highest(tx, org)).expect("no fault");
                        assert!(known.is_none_or(|known| known >= least));
                    }
                });
            }
        });
    });
}

#[test]
fn what_is_kept_is_known_without_a_statement_until_it_changes() {
    each_place(|place| {
        let (db, ctx) = (place.open(), somebody());
        let org = ctx.org;
        let known = |db: &Db| db.known(|tx| highest(tx, org)).expect("no fault");
        assert_eq!(known(&db), None, "nobody has asked yet");
        let read = |db: &Db| db.read(move |tx| highest(tx, org)).expect("read");
        assert_eq!(read(&db), 0);
        // On PostgreSQL another process may have changed it.
        let alone = place.is_embedded();
        assert_eq!(known(&db), alone.then_some(0));
        let unasked = db.known(|tx| tx.count("select count(*) from notes", &[]));
        assert_eq!(
            unasked.expect("no fault"),
            None,
            "a statement is for the database"
        );
        let own = ctx.clone();
        db.write(move |tx| add(tx, &own, 1)).expect("written");
        assert_eq!(known(&db), None);
        assert_eq!(read(&db), 1);
        assert_eq!(known(&db), alone.then_some(1));
    });
}

#[test]
fn what_is_not_there_is_looked_for_each_time() {
    each_place(|place| {
        let (db, ctx) = (place.open(), somebody());
        let org = ctx.org;
        let find = move |tx: &mut Tx| {
            let kept = tx.kept_found(format!("first {org}"), |tx| {
                let sql = "select id from notes where org = $1 order by id";
                tx.one(sql, params![org], |row| row.int(0))
            })?;
            Ok(*kept)
        };
        assert_eq!(db.read(find).expect("read"), None);
        assert_eq!(db.known(find).expect("no fault"), None, "that is not kept");
        let own = ctx.clone();
        db.write(move |tx| add(tx, &own, 7)).expect("written");
        assert_eq!(db.read(find).expect("read"), Some(7));
        let alone = place.is_embedded();
        let known = db.known(find).expect("no fault");
        assert_eq!(known, alone.then_some(Some(7)));
    });
}

#[test]
fn after_waiting_for_others_nothing_from_before_is_kept() {
    // An embedded database has one writer: nobody commits while a command runs.
    let Some(place) = Place::postgres() else {
        return;
    };
    let (db, ctx) = (place.open(), somebody());
    let (org, other) = (ctx.org, db.clone());
    let seen = db.write(move |tx| {
        let before = highest(tx, org)?;
        other.write(move |tx| add(tx, &ctx, 1))?;
        tx.forget();
        Ok((before, highest(tx, org)?))
    });
    assert_eq!(seen.expect("written"), (0, 1));
}
