//! Telling open pages that something happened.

use std::sync::{Arc, RwLock};

use kernel::ids::{OrganisationId, SiteId};
use serde::{Deserialize, Serialize};

/// What listeners hear about an event after its commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The organisation.
    pub org: OrganisationId,
    /// The event's place in the organisation's journal.
    pub seq: i64,
    /// Where it happened, if at one site.
    pub site: Option<SiteId>,
    /// What happened: `order.started`.
    pub activity: String,
    /// The kinds and ids of what it touched.
    pub objects: Vec<(String, String)>,
}

type Listener = Box<dyn Fn(&Change) + Send + Sync>;

/// Everybody who wants to hear.
#[derive(Clone, Default)]
pub(crate) struct Listeners(Arc<RwLock<Vec<Listener>>>);

impl Listeners {
    pub(crate) fn add(&self, listener: impl Fn(&Change) + Send + Sync + 'static) {
        self.0
            .write()
            .expect("listeners do not panic")
            .push(Box::new(listener));
    }

    pub(crate) fn tell(&self, changes: &[Change]) {
        let listeners = self.0.read().expect("listeners do not panic");
        for change in changes {
            for listener in listeners.iter() {
                listener(change);
            }
        }
    }
}
