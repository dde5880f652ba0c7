//! What seldom changes, read once: an answer is kept until a table it was read from changes.
//!
//! A transaction is given an answer only when none of its tables has changed since the
//! transaction began, so that it sees what its own snapshot would say.

use std::{
    any::{Any, TypeId},
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard},
};

/// The most answers kept; one more, and all are forgotten.
const ANSWERS_MAX: usize = 4_096;
/// The most rows they may have been read from, all together: some tens of megabytes.
const ROWS_MAX: usize = 300_000;
/// The state of a table that a commit is changing at this moment.
const IN_DOUBT: u64 = u64::MAX;

/// Names of tables.
pub(crate) type Tables = BTreeSet<String>;
pub(crate) type Shared = Arc<dyn Any + Send + Sync>;

/// What was asked: the type of the answer, and words that tell this question from others.
pub(crate) type Question = (TypeId, String);

/// An answer, with the tables it was read from.
pub(crate) type Known = (Arc<Tables>, Shared);

/// The answers of a database that one process alone writes, or of one transaction.
#[derive(Default)]
pub(crate) struct Kept(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    /// Counts the commits.
    state: u64,
    /// The state that last changed each table.
    changed: BTreeMap<String, u64>,
    /// The answers, with how many rows each was read from.
    answers: HashMap<Question, (Known, usize)>,
    /// The rows of all of them.
    rows: usize,
}

impl Inner {
    fn forget(&mut self) {
        self.answers.clear();
        self.rows = 0;
    }

    /// Whether none of these tables changed after a state.
    fn holds(&self, tables: &Tables, state: u64) -> bool {
        let changed_at = |table| self.changed.get(table).copied().unwrap_or(0);
        tables.iter().all(|table| changed_at(table) <= state)
    }
}

impl Kept {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().expect("keeping an answer does not panic")
    }

    /// The state a transaction sees that has not asked anything yet.
    pub(crate) fn state(&self) -> u64 {
        self.inner().state
    }

    /// What was answered before, as a transaction sees it that began at `state` and has itself
    /// changed `own`.
    pub(crate) fn answer(&self, question: &Question, state: u64, own: &Tables) -> Option<Known> {
        let inner = self.inner();
        let ((tables, value), _) = inner.answers.get(question)?;
        let holds = inner.holds(tables, state) && tables.is_disjoint(own);
        let known = holds.then(|| (Arc::clone(tables), Arc::clone(value)));
        drop(inner);
        known
    }

    /// Keeps what such a transaction has read from `tables`, from so many rows.
    pub(crate) fn keep(
        &self,
        question: Question,
        ((tables, value), rows): (Known, usize),
        (state, own): (u64, &Tables),
    ) {
        let mut inner = self.inner();
        if !inner.holds(&tables, state) || !tables.is_disjoint(own) {
            return;
        }
        if inner.answers.len() >= ANSWERS_MAX || inner.rows + rows > ROWS_MAX {
            inner.forget();
        }
        inner.rows += rows;
        if let Some((_, before)) = inner.answers.insert(question, ((tables, value), rows)) {
            inner.rows -= before;
        }
    }

    /// Forgets every answer.
    pub(crate) fn forget(&self) {
        self.inner().forget();
    }

    /// To be called before a commit that changes `tables`: nobody is given anything read from
    /// them until [`Kept::settle`].
    pub(crate) fn doubt(&self, tables: &Tables) {
        let mut inner = self.inner();
        for table in tables {
            inner.changed.insert(table.clone(), IN_DOUBT);
        }
        let Inner { answers, rows, .. } = &mut *inner;
        answers.retain(|_, ((of, _), read)| {
            let stays = of.is_disjoint(tables);
            *rows -= if stays { 0 } else { *read };
            stays
        });
    }

    /// To be called after such a commit, whatever came of it.
    pub(crate) fn settle(&self, tables: &Tables) {
        let mut inner = self.inner();
        inner.state += 1;
        let state = inner.state;
        for table in tables {
            inner.changed.insert(table.clone(), state);
        }
    }
}

/// The table a statement changes; `None` for a query.
pub(crate) fn changed_by(sql: &str) -> Option<&str> {
    let mut words = words(sql);
    loop {
        match words.next()? {
            "insert" | "delete" => {
                words.next();
                return words.next();
            }
            "update" => return words.next(),
            "with" => {}
            _ if sql.trim_start().starts_with("with") => {}
            _ => return None,
        }
    }
}

/// The tables a statement reads; not what it names itself by `with`.
pub(crate) fn read_by(sql: &str) -> impl Iterator<Item = &str> {
    let mut first = words(sql);
    let mut named = first
        .next()
        .filter(|word| *word == "with")
        .and(first.next());
    if named == Some("recursive") {
        named = first.next();
    }
    let mut words = words(sql);
    let sources = std::iter::from_fn(move || {
        loop {
            if matches!(words.next()?, "from" | "join") {
                return words.next();
            }
        }
    });
    sources.filter(move |word| *word != "select" && Some(*word) != named)
}

fn words(sql: &str) -> impl Iterator<Item = &str> {
    sql.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables<const N: usize>(names: [&str; N]) -> Tables {
        names.into_iter().map(str::to_owned).collect()
    }

    fn question() -> Question {
        (TypeId::of::<i64>(), "how many".to_owned())
    }

    fn asked(kept: &Kept, state: u64, own: &Tables) -> Option<i64> {
        let (_, found) = kept.answer(&question(), state, own)?;
        found.downcast_ref().copied()
    }

    #[test]
    fn a_statement_names_its_tables() {
        assert_eq!(
            changed_by("\n insert into sites (org) values ($1)"),
            Some("sites")
        );
        assert_eq!(changed_by("update sites set x = 1"), Some("sites"));
        assert_eq!(changed_by("delete from sites where 1 = 1"), Some("sites"));
        assert_eq!(
            changed_by("with old as (select 1) delete from sites"),
            Some("sites")
        );
        assert_eq!(changed_by("select 1 from sites"), None);
        let read: Vec<&str> =
            read_by("select a from (select b from sites s) x join staff t on 1 = 1").collect();
        assert_eq!(read, ["sites", "staff"]);
        let read: Vec<&str> =
            read_by("with recursive near (id) as (select a from sites) select id from near")
                .collect();
        assert_eq!(read, ["sites"]);
    }

    #[test]
    fn an_answer_is_kept_until_its_table_changes() {
        let (kept, none) = (Kept::default(), Tables::new());
        let start = kept.state();
        kept.keep(
            question(),
            ((Arc::new(tables(["sites"])), Arc::new(5_i64)), 1),
            (start, &none),
        );
        assert_eq!(asked(&kept, start, &none), Some(5));
        assert_eq!(
            asked(&kept, start, &tables(["sites"])),
            None,
            "changed by itself"
        );
        kept.doubt(&tables(["staff"]));
        kept.settle(&tables(["staff"]));
        assert_eq!(asked(&kept, kept.state(), &none), Some(5));
        kept.doubt(&tables(["sites"]));
        kept.settle(&tables(["sites"]));
        assert_eq!(asked(&kept, kept.state(), &none), None);
    }

    #[test]
    fn what_an_earlier_snapshot_read_is_not_kept_for_later_ones() {
        let (kept, none) = (Kept::default(), Tables::new());
        let before = kept.state();
        kept.doubt(&tables(["sites"]));
        let during = kept.state();
        let read = || {
            let known = (Arc::new(tables(["sites"])), Arc::new(5_i64) as Shared);
            (known, 1)
        };
        kept.keep(question(), read(), (during, &none));
        assert_eq!(
            asked(&kept, during, &none),
            None,
            "the commit may be seen or not"
        );
        kept.settle(&tables(["sites"]));
        kept.keep(question(), read(), (before, &none));
        assert_eq!(asked(&kept, kept.state(), &none), None);
        let after = kept.state();
        kept.keep(question(), read(), (after, &none));
        assert_eq!(
            asked(&kept, before, &none),
            None,
            "an earlier snapshot sees older rows"
        );
        assert_eq!(asked(&kept, after, &none), Some(5));
    }

    #[test]
    fn answers_are_forgotten_before_they_hold_too_many_rows() {
        let (kept, none) = (Kept::default(), Tables::new());
        let keep = |name: &str, rows| {
            let question = (TypeId::of::<i64>(), name.to_owned());
            let known = (Arc::new(tables(["sites"])), Arc::new(5_i64) as Shared);
            kept.keep(question.clone(), (known, rows), (0, &none));
            move |kept: &Kept| kept.answer(&question, 0, &Tables::new()).is_some()
        };
        let (small, large) = (keep("small", 10), keep("large", ROWS_MAX - 10));
        assert!(small(&kept) && large(&kept), "as many as may be");
        let more = keep("more", 1);
        assert!(!small(&kept) && !large(&kept) && more(&kept));
    }
}
