//! Facts on their way into the journal of an embedded database.
//!
//! Commands of one group are committed together, so their facts are appended together: when the
//! group ends, or before a command looks into the journal.

use std::cell::RefCell;

use kernel::Fault;

use super::{Pending, append};
use crate::{Change, Tx};

/// What an answer read from one of them depends on facts that wait.
pub(crate) const TABLES: [&str; 3] = ["journal", "journal_heads", "journal_objects"];

/// The facts of a group.
#[derive(Default)]
pub(crate) struct Waiting {
    facts: RefCell<Vec<Pending>>,
    /// Those of earlier commands that were appended for the command at work, with what is to be
    /// told of them: when it is taken back, their rows are, too.
    appended: RefCell<(Vec<Pending>, Vec<Change>)>,
}

impl Waiting {
    /// The facts of a command that stands.
    pub(crate) fn add(&self, facts: Vec<Pending>) {
        self.facts.borrow_mut().extend(facts);
    }

    /// Appends what waits if a statement looks into the journal.
    pub(crate) fn append_before(&self, tx: &mut Tx, sql: &str) -> Result<(), Fault> {
        if self.facts.borrow().is_empty() || !sql.contains("journal") {
            return Ok(());
        }
        self.append(tx)
    }

    /// Appends what waits.
    pub(crate) fn append(&self, tx: &mut Tx) -> Result<(), Fault> {
        let facts = self.facts.take();
        let outcome = append(tx, &facts);
        let mut appended = self.appended.borrow_mut();
        appended.0.extend(facts);
        appended.1.extend(outcome?);
        Ok(())
    }

    /// What was appended stands: what is to be told of it.
    pub(crate) fn settle(&self) -> Vec<Change> {
        self.appended.take().1
    }

    /// What was appended was taken back, and waits again.
    pub(crate) fn take_back(&self) {
        let (mut facts, _) = self.appended.take();
        facts.append(&mut self.facts.borrow_mut());
        *self.facts.borrow_mut() = facts;
    }

    /// Nothing of the group stands.
    pub(crate) fn forget(&self) {
        self.facts.take();
        self.appended.take();
    }
}
