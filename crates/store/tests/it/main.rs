//! What both databases promise.

mod groups;
mod kept;
mod shared;

use std::{
    env, fs,
    path::PathBuf,
    sync::{
        Arc, Barrier, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use kernel::{Ctx, Fault, FaultKind, Id, IdSource, Timestamp, ids::OrganisationId};
use store::{Db, Event, Migration, Target, Tx, journal, params};

const NOTES: Migration = Migration::new(
    "notes",
    1,
    "create table notes (
        org text not null, id bigint not null, body text not null, taken bigint not null,
        primary key (org, id));
     create table photos (org text not null primary key, content bytea not null);",
);

static NUMBER: AtomicU32 = AtomicU32::new(0);

struct Place {
    target: Target,
    folder: Option<PathBuf>,
    schema: Option<String>,
}

impl Place {
    fn sqlite() -> Self {
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        let name = format!("steward_store_{}_{number}", std::process::id());
        let folder = env::temp_dir().join(name);
        Self {
            target: Target::Folder(folder.clone()),
            folder: Some(folder),
            schema: None,
        }
    }

    fn postgres() -> Option<Self> {
        let url = env::var("STEWARD_TEST_POSTGRES").ok()?;
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        let schema = format!("store_{}_{number}", std::process::id());
        let server = Target::Postgres(url.clone());
        Db::administer(&server, &format!("create schema {schema}")).expect("the server answers");
        let url = format!("{url}?options=-csearch_path%3D{schema}");
        Some(Self {
            target: Target::Postgres(url),
            folder: None,
            schema: Some(schema),
        })
    }

    const fn is_embedded(&self) -> bool {
        self.folder.is_some()
    }

    fn open(&self) -> Db {
        Db::open(&self.target, &[NOTES]).expect("the database opens")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = fs::remove_dir_all(folder);
        }
        if let (Some(schema), Ok(url)) = (&self.schema, env::var("STEWARD_TEST_POSTGRES")) {
            let server = Target::Postgres(url);
            let _ = Db::administer(&server, &format!("drop schema {schema} cascade"));
        }
    }
}

fn each_place(test: impl Fn(&Place)) {
    test(&Place::sqlite());
    if let Some(place) = Place::postgres() {
        test(&place);
    }
}

fn somebody() -> Ctx {
    let now: Timestamp = "2026-11-21T02:00:00Z"
        .parse()
        .expect("a test names a valid instant");
    let ids = IdSource::system();
    Ctx::system(Id::from_uuid(ids.uuid(now)), now, ids)
}

fn add(tx: &mut Tx, ctx: &Ctx, id: i64) -> Result<u64, Fault> {
    let added = tx.execute(
        "insert into notes (org, id, body, taken) values ($1, $2, $3, $4) on conflict do nothing",
        params![ctx.org, id, "写下来", ctx.now],
    )?;
    tx.record(
        ctx,
        Event::new("note.written")
            .object("note", id, "subject")
            .attr("n", id),
    );
    Ok(added)
}

fn count(db: &Db, org: OrganisationId) -> i64 {
    db.read(|tx| {
        tx.count(
            "select cast(count(*) as bigint) from notes where org = $1",
            params![org],
        )
    })
    .expect("notes are counted")
}

#[test]
fn what_is_written_is_read_back_in_any_order_of_parameters() {
    each_place(|place| {
        let (db, ctx) = (place.open(), somebody());
        let writer = ctx.clone();
        assert_eq!(db.write(move |tx| add(tx, &writer, 7)), Ok(1));
        let (body, taken) = db
            .read(|tx| {
                tx.one(
                    "select body, taken from notes where id = $2 and org = $1 order by id limit 1",
                    params![ctx.org, 7],
                    |row| Ok((row.text(0)?, row.instant(1)?)),
                )
            })
            .unwrap()
            .expect("it was written");
        assert_eq!((body.as_str(), taken), ("写下来", ctx.now));
    });
}

#[test]
fn bytes_come_back_as_they_went_in() {
    each_place(|place| {
        let (db, ctx) = (place.open(), somebody());
        let photo: Vec<u8> = (0..=255).collect();
        let (org, sent) = (ctx.org, photo.clone());
        db.write(move |tx| {
            tx.execute(
                "insert into photos (org, content) values ($1, $2)",
                params![org, sent],
            )
        })
        .unwrap();
        let back = db
            .read(|tx| {
                tx.one(
                    "select content from photos where org = $1",
                    params![org],
                    |r| r.bytes(0),
                )
            })
            .unwrap();
        assert_eq!(back, Some(photo));
    });
}

#[test]
fn a_refused_command_leaves_neither_rows_nor_facts() {
    each_place(|place| {
        let (db, ctx) = (place.open(), somebody());
        let writer = ctx.clone();
        let refused: Result<(), Fault> = db.write(move |tx| {
            add(tx, &writer, 1)?;
            Err(Fault::conflict("store-busy"))
        });
        assert!(refused.is_err());
        let panicking = ctx.clone();
        let broken: Result<(), Fault> = db.write(move |tx| {
            add(tx, &panicking, 2)?;
            panic!("a fault of the program");
        });
        assert_eq!(broken.unwrap_err().kind, FaultKind::Broken);
        assert_eq!(count(&db, ctx.org), 0);
        assert_eq!(db.read(|tx| journal::head(tx, ctx.org)), Ok(0));
        let writer = ctx.clone();
        assert_eq!(
            db.write(move |tx| add(tx, &writer, 3)),
            Ok(1),
            "the database goes on"
        );
    });
}

#[test]
fn writers_at_once_leave_one_chain_without_gaps() {
    each_place(|place| {
        let (db, ctx) = (place.open(), somebody());
        let start = Arc::new(Barrier::new(16));
        let threads: Vec<_> = (0..16)
            .map(|thread| {
                let (db, ctx, start) = (db.clone(), ctx.clone(), start.clone());
                thread::spawn(move || {
                    start.wait();
                    for n in 0..10 {
                        let ctx = ctx.clone();
                        db.write(move |tx| add(tx, &ctx, thread * 100 + n)).unwrap();
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(count(&db, ctx.org), 160);
        assert_eq!(db.read(|tx| journal::verify(tx, ctx.org)), Ok(Ok(160)));
        let entries = db
            .read(|tx| journal::about(tx, ctx.org, "note", "301", 10))
            .unwrap();
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].attributes["n"], 301);
    });
}

#[test]
fn the_same_key_taken_twice_at_once_has_one_winner() {
    each_place(|place| {
        let (db, ctx) = (place.open(), somebody());
        let won = Arc::new(AtomicU32::new(0));
        let threads: Vec<_> = (0..32)
            .map(|_| {
                let (db, ctx, won) = (db.clone(), ctx.clone(), won.clone());
                thread::spawn(move || {
                    let added = db.write(move |tx| add(tx, &ctx, 1)).unwrap();
                    won.fetch_add(u32::try_from(added).unwrap(), Ordering::SeqCst);
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(won.load(Ordering::SeqCst), 1);
    });
}

#[test]
fn an_altered_or_missing_fact_is_found() {
    each_place(|place| {
        let (db, ctx) = (place.open(), somebody());
        for n in 1..=3 {
            let ctx = ctx.clone();
            db.write(move |tx| add(tx, &ctx, n)).unwrap();
        }
        let org = ctx.org;
        let spoil = |sql: &'static str| db.write(move |tx| tx.execute(sql, params![org])).unwrap();
        let found = || db.read(|tx| journal::verify(tx, org)).unwrap().unwrap_err();
        spoil("update journal set attributes = '{\"n\":9}' where org = $1 and seq = 2");
        assert_eq!(found(), "journal: event 2 was altered");
        spoil("update journal set attributes = '{\"n\":2}' where org = $1 and seq = 2");
        assert_eq!(db.read(|tx| journal::verify(tx, org)), Ok(Ok(3)));
        spoil("delete from journal where org = $1 and seq = 3");
        assert_eq!(found(), "journal: it ends at event 2, its head says 3");
        spoil("delete from journal where org = $1 and seq = 1");
        assert_eq!(found(), "journal: event 1 is missing");
    });
}

#[test]
fn listeners_hear_each_fact_after_its_commit() {
    each_place(|place| {
        let (db, ctx) = (place.open(), somebody());
        let other = match place.target {
            Target::Postgres(_) => place.open(),
            Target::Folder(_) => db.clone(),
        };
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ear = heard.clone();
        let org = ctx.org;
        db.listen(move |change| {
            if change.org == org {
                ear.lock()
                    .unwrap()
                    .push((change.seq, change.objects.clone()));
            }
        });
        // A listening connection may need a moment to be up: write until it hears.
        let until = Instant::now() + Duration::from_secs(10);
        let mut n = 0;
        while heard.lock().unwrap().is_empty() && Instant::now() < until {
            n += 1;
            let ctx = ctx.clone();
            other.write(move |tx| add(tx, &ctx, n)).unwrap();
            thread::sleep(Duration::from_millis(50));
        }
        let heard = heard.lock().unwrap();
        let (seq, objects) = heard.first().expect("something was heard");
        assert_eq!(objects, &[("note".to_owned(), seq.to_string())]);
    });
}

#[test]
fn every_process_is_told_of_what_is_no_fact() {
    each_place(|place| {
        let (db, org) = (place.open(), somebody().org);
        let other = match place.target {
            Target::Postgres(_) => place.open(),
            Target::Folder(_) => db.clone(),
        };
        let heard = Arc::new(Mutex::new(0));
        let ear = heard.clone();
        db.listen(move |change| {
            if change.org == org && change.activity == "import.moved" {
                *ear.lock().unwrap() += 1;
            }
        });
        let change = store::Change {
            org,
            seq: 0,
            site: None,
            activity: "import.moved".to_owned(),
            objects: Vec::new(),
        };
        let until = Instant::now() + Duration::from_secs(10);
        while *heard.lock().unwrap() == 0 && Instant::now() < until {
            other.tell(&change).unwrap();
            thread::sleep(Duration::from_millis(50));
        }
        assert!(*heard.lock().unwrap() > 0);
    });
}

#[test]
fn a_database_newer_than_the_program_is_refused() {
    each_place(|place| {
        drop(place.open());
        // A folder is free again only when its last connection is gone.
        let later = Migration::new("notes", 2, "create table later (org text primary key)");
        Db::open(&place.target, &[NOTES, later]).map(drop).unwrap();
        let refused = Db::open(&place.target, &[NOTES]).map(drop).unwrap_err();
        let words = refused.detail.unwrap();
        assert!(words.contains("newer than this program"), "{words}");
    });
}

#[test]
fn a_folder_in_use_is_refused() {
    let place = Place::sqlite();
    let _db = place.open();
    let refused = Db::open(&place.target, &[NOTES]).map(drop).unwrap_err();
    assert!(refused.detail.unwrap().contains("in use"));
}

#[test]
fn an_address_of_another_database_is_refused() {
    assert!(Target::parse_url("mysql://localhost/shop").is_err());
    assert!(Target::parse_url("postgres://localhost/shop").is_ok());
}
