//! What a process that shares its database keeps from one transaction for the next.
//!
//! Whoever changes a table of [`TABLES`] moves a number on in the same commit. An answer is given
//! to a transaction that finds the number at which the answer was read, so it sees what the tables
//! would say. Statements past [`Tx`](crate::Tx) do not move it.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard},
};

use crate::kept::{Known, Question, Tables};

/// Tables that change seldom. What is read from others as well is kept within a transaction.
const TABLES: [&str; 27] = [
    "blueprint_versions",
    "blueprints",
    "booking_rules",
    "opening_spans",
    "resources",
    "roles",
    "room_moves",
    "service_add_ons",
    "service_channels",
    "service_resources",
    "service_sites",
    "service_skills",
    "services",
    "shifts",
    "site_groups",
    "site_moves",
    "sites",
    "skills",
    "sold_names",
    "special_days",
    "staff",
    "staff_sites",
    "staff_skills",
    "time_off",
    "user_groups",
    "user_sites",
    "users",
];
/// The most answers kept; one more, and all are forgotten.
const ANSWERS_MAX: usize = 4_096;

/// The number.
pub(crate) const STATE: &str = "select changes from seldom_changes";
/// Moves it on.
pub(crate) const MOVE_ON: &str = "update seldom_changes set changes = changes + 1";

/// Whether one of these tables is one that changes seldom.
pub(crate) fn any(tables: &Tables) -> bool {
    TABLES.iter().any(|name| tables.contains(*name))
}

/// Whether all of them are.
pub(crate) fn all(tables: &Tables) -> bool {
    tables.iter().all(|name| TABLES.contains(&name.as_str()))
}

/// The answers of a process, all read at one number.
#[derive(Default)]
pub(crate) struct Seldom(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    changes: i64,
    answers: HashMap<Question, Known>,
}

impl Seldom {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().expect("keeping an answer does not panic")
    }

    /// What was answered at a number.
    pub(crate) fn answer(&self, question: &Question, changes: i64) -> Option<Known> {
        let inner = self.inner();
        let known = inner.answers.get(question);
        known.filter(|_| inner.changes == changes).cloned()
    }

    /// Keeps what was read while the number stayed the same.
    pub(crate) fn keep(&self, question: Question, known: Known, changes: i64) {
        let mut inner = self.inner();
        if changes > inner.changes || inner.answers.len() >= ANSWERS_MAX {
            inner.answers.clear();
        }
        inner.changes = inner.changes.max(changes);
        if inner.changes == changes {
            inner.answers.insert(question, known);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{any::TypeId, sync::Arc};

    use super::*;

    fn known(table: &str, value: i64) -> Known {
        (Arc::new(Tables::from([table.to_owned()])), Arc::new(value))
    }

    fn asked(seldom: &Seldom, changes: i64) -> Option<i64> {
        let (_, found) = seldom.answer(&question(), changes)?;
        found.downcast_ref().copied()
    }

    fn question() -> Question {
        (TypeId::of::<i64>(), "how many".to_owned())
    }

    #[test]
    fn an_answer_holds_at_its_number_alone() {
        let seldom = Seldom::default();
        seldom.keep(question(), known("sites", 5), 3);
        assert_eq!(asked(&seldom, 3), Some(5));
        assert_eq!(asked(&seldom, 4), None, "something changed since");
        assert_eq!(asked(&seldom, 2), None, "an earlier snapshot");
        seldom.keep(question(), known("sites", 6), 4);
        assert_eq!(asked(&seldom, 3), None);
        seldom.keep(question(), known("sites", 5), 3);
        assert_eq!(asked(&seldom, 4), Some(6), "a late reader changes nothing");
    }

    #[test]
    fn what_is_read_from_other_tables_as_well_does_not_change_seldom() {
        let (sites, both) = (known("sites", 5).0, ["sites", "orders"]);
        let both: Tables = both.into_iter().map(str::to_owned).collect();
        assert!(all(&sites) && any(&both));
        assert!(!all(&both));
    }
}
