//! What several processes on one database know of each other's changes, and how much of the log of
//! an embedded one there is.

use std::{fs, sync::atomic::AtomicI64, sync::atomic::Ordering, thread};

use kernel::{Ctx, Fault, ids::OrganisationId};
use store::{Db, Migration, Tx, params, watch_statements};

use crate::{Place, add, somebody};

/// As the table of the business that changes seldom.
const SKILLS: Migration = Migration::new(
    "skills",
    1,
    "create table skills (org text not null, level bigint not null, primary key (org, level))",
);
const HIGHEST: &str = "select coalesce(max(level), 0) from skills where org = $1";

static ASKED: AtomicI64 = AtomicI64::new(0);

fn highest(tx: &mut Tx, org: OrganisationId) -> Result<i64, Fault> {
    let kept = tx.kept(format!("highest skill {org}"), |tx| {
        tx.count(HIGHEST, params![org])
    })?;
    Ok(*kept)
}

fn raise(tx: &mut Tx, ctx: &Ctx, level: i64) -> Result<u64, Fault> {
    let raised = "insert into skills (org, level) values ($1, $2)";
    tx.execute(raised, params![ctx.org, level])
}

fn processes(place: &Place) -> (Db, Db) {
    let open = || Db::open(&place.target, &[SKILLS]).expect("the database opens");
    (open(), open())
}

#[test]
fn what_seldom_changes_is_asked_for_once_until_another_process_changes_it() {
    let Some(place) = Place::postgres() else {
        return;
    };
    watch_statements(|sql, _| {
        if sql == HIGHEST {
            ASKED.fetch_add(1, Ordering::SeqCst);
        }
    });
    let ((here, there), ctx) = (processes(&place), somebody());
    let org = ctx.org;
    let read = |db: &Db| db.read(move |tx| highest(tx, org)).expect("read");
    assert_eq!((read(&here), read(&here), read(&here)), (0, 0, 0));
    assert_eq!(
        ASKED.load(Ordering::SeqCst),
        1,
        "three were told, one asked"
    );
    let own = ctx.clone();
    there
        .write(move |tx| raise(tx, &own, 1))
        .expect("the other process writes");
    assert_eq!((read(&here), read(&here)), (1, 1));
    assert_eq!(ASKED.load(Ordering::SeqCst), 2);
    let own = ctx.clone();
    let refused = there.write(move |tx| {
        raise(tx, &own, 2)?;
        assert_eq!(highest(tx, own.org)?, 2, "its own change is seen at once");
        Err::<(), _>(Fault::conflict("store-busy"))
    });
    refused.expect_err("refused");
    assert_eq!((read(&there), read(&here)), (1, 1), "it never was");
}

#[test]
fn two_processes_are_never_told_less_than_either_acknowledged() {
    const ROUNDS: i64 = 200;
    let Some(place) = Place::postgres() else {
        return;
    };
    let ((here, there), ctx) = (processes(&place), somebody());
    let org = ctx.org;
    let acknowledged = AtomicI64::new(0);
    thread::scope(|scope| {
        scope.spawn(|| {
            for level in 1..=ROUNDS {
                let own = ctx.clone();
                let raised = there.write(move |tx| raise(tx, &own, level));
                raised.expect("written");
                acknowledged.store(level, Ordering::SeqCst);
            }
        });
        for db in [&here, &here, &there] {
            let acknowledged = &acknowledged;
            scope.spawn(move || {
                while acknowledged.load(Ordering::SeqCst) < ROUNDS {
                    let least = acknowledged.load(Ordering::SeqCst);
                    let read =
                        db.read(|tx| Ok((highest(tx, org)?, tx.count(HIGHEST, params![org])?)));
                    let (kept, there) = read.expect("read");
                    assert_eq!(kept, there, "it is what the snapshot holds");
                    assert!(kept >= least, "{kept} after {least} was acknowledged");
                    let written = db.write(move |tx| highest(tx, org)).expect("read");
                    assert!(written >= kept, "{written} after {kept}");
                }
            });
        }
    });
}

#[test]
fn the_log_begins_anew_however_long_others_write() {
    const WRITERS: i64 = 4;
    const EACH: i64 = 2_500;
    const MEGABYTES_MAX: u64 = 60;
    let place = Place::sqlite();
    let (db, ctx) = (place.open(), somebody());
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (db, ctx) = (&db, &ctx);
            scope.spawn(move || {
                for id in 0..EACH {
                    let own = ctx.clone();
                    let written = db.write(move |tx| add(tx, &own, writer * EACH + id));
                    written.expect("written");
                }
            });
        }
    });
    assert_eq!(crate::count(&db, ctx.org), WRITERS * EACH);
    let folder = place.folder.as_ref().expect("a folder of its own");
    let log = fs::metadata(folder.join("steward.db-wal")).expect("there is a log");
    let megabytes = log.len() / 1_048_576;
    assert!(megabytes <= MEGABYTES_MAX, "the log has {megabytes} MB");
    let database = fs::metadata(folder.join("steward.db")).expect("there is a database");
    assert!(database.len() > 1_048_576, "nothing was copied into it");
}

/// One text of a megabyte after the other: a row fills 256 pages.
const PAGES: Migration = Migration::new(
    "pages",
    1,
    "create table pages (org text not null, id bigint not null, text text not null,
        primary key (org, id))",
);

#[test]
fn commits_larger_than_what_is_copied_at_once_do_not_pile_up_in_the_log() {
    const COMMITS: i64 = 20;
    const EACH: i64 = 32;
    const MEGABYTES_MAX: u64 = 320;
    let place = Place::sqlite();
    let db = Db::open(&place.target, &[PAGES]).expect("it opens");
    let ctx = somebody();
    for commit in 0..COMMITS {
        let own = ctx.clone();
        let written = db.write(move |tx| {
            let row = "insert into pages (org, id, text) values ($1, $2, $3)";
            for id in 0..EACH {
                let text = "a".repeat(1 << 20);
                tx.execute(row, params![own.org, commit * EACH + id, text])?;
            }
            Ok(())
        });
        written.expect("written");
    }
    let folder = place.folder.as_ref().expect("a folder of its own");
    let log = fs::metadata(folder.join("steward.db-wal")).expect("there is a log");
    let megabytes = log.len() / 1_048_576;
    let written = COMMITS * EACH;
    assert!(
        megabytes <= MEGABYTES_MAX,
        "the log has {megabytes} MB of {written}"
    );
}
