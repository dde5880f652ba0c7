//! Commands that come together and are committed together.

use std::{
    sync::{Arc, Barrier, Mutex},
    thread,
    time::Duration,
};

use kernel::{Ctx, Fault};
use store::{Db, Event, Tx, journal, params};

use super::{add, count, each_place, somebody};

/// Between one command and the next: long beside what a thread needs to begin on a busy machine.
const GAP: Duration = Duration::from_millis(100);

/// What a command did: how many facts it found in the journal before its own, or its refusal.
type Told = Result<i64, Fault>;

/// Has commands come while another one is at work, so that an embedded database has to take them
/// together; answers what each was told, in the order in which they ran.
fn together(db: &Db, commands: Vec<fn(&mut Tx, &Ctx) -> Told>, ctx: &Ctx) -> Vec<Told> {
    let told = Arc::new(Mutex::new(Vec::new()));
    let begun = Arc::new(Barrier::new(2));
    thread::scope(|scope| {
        let at_work = Arc::clone(&begun);
        scope.spawn(move || {
            db.write(move |_| {
                at_work.wait();
                thread::sleep(GAP * 10);
                Ok(())
            })
            .expect("nothing was done");
        });
        begun.wait();
        for (place, command) in commands.into_iter().enumerate() {
            let (ctx, told) = (ctx.clone(), Arc::clone(&told));
            scope.spawn(move || {
                let answer = db.write(move |tx| command(tx, &ctx));
                told.lock().expect("nobody panics").push((place, answer));
            });
            // Each is in the queue before the next comes.
            thread::sleep(GAP);
        }
    });
    let mut told = told.lock().expect("nobody panics").split_off(0);
    told.sort_by_key(|(place, _)| *place);
    told.into_iter().map(|(_, answer)| answer).collect()
}

fn look_and_note(tx: &mut Tx, ctx: &Ctx) -> Told {
    let found = journal::head(tx, ctx.org)?;
    note(tx, ctx)?;
    Ok(found)
}

fn note(tx: &mut Tx, ctx: &Ctx) -> Told {
    tx.record(ctx, Event::new("note.written").object("note", 5, "subject"));
    Ok(-1)
}

fn look_and_be_refused(tx: &mut Tx, ctx: &Ctx) -> Told {
    add(tx, ctx, 9)?;
    journal::head(tx, ctx.org)?;
    Err(Fault::conflict("store-busy"))
}

fn note_and_panic(tx: &mut Tx, ctx: &Ctx) -> Told {
    let found = journal::head(tx, ctx.org)?;
    note(tx, ctx)?;
    panic!("a fault of the program after {found} facts");
}

#[test]
fn a_command_finds_the_facts_of_those_it_is_committed_with() {
    each_place(|place| {
        let (db, ctx) = (place.open(), somebody());
        let told = together(&db, vec![note, note, look_and_note, look_and_note], &ctx);
        assert_eq!(told, [Ok(-1), Ok(-1), Ok(2), Ok(3)]);
        assert_eq!(db.read(|tx| journal::verify(tx, ctx.org)), Ok(Ok(4)));
    });
}

#[test]
fn one_that_is_refused_takes_back_no_fact_of_another() {
    each_place(|place| {
        let (db, ctx) = (place.open(), somebody());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ears = Arc::clone(&heard);
        let org = ctx.org;
        db.listen(move |change| {
            if change.org == org {
                ears.lock().expect("nobody panics").push(change.seq);
            }
        });
        let commands: Vec<fn(&mut Tx, &Ctx) -> Told> = vec![
            note,
            look_and_be_refused,
            note,
            note_and_panic,
            look_and_note,
            look_and_be_refused,
        ];
        let told = together(&db, commands, &ctx);
        let stood: Vec<_> = told.into_iter().filter_map(Result::ok).collect();
        assert_eq!(stood, [-1, -1, 2]);
        assert_eq!(count(&db, ctx.org), 0);
        assert_eq!(db.read(|tx| journal::verify(tx, ctx.org)), Ok(Ok(3)));
        let links = "select cast(count(*) as bigint) from journal_objects where org = $1";
        let linked = db.read(|tx| tx.count(links, params![ctx.org]));
        assert_eq!(linked, Ok(3));
        let all_heard = || heard.lock().expect("nobody panics").len() == 3;
        for _ in 0..100 {
            if all_heard() {
                break;
            }
            thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(*heard.lock().expect("nobody panics"), [1, 2, 3]);
    });
}
