//! Telling how long each transaction took.

use std::{
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use kernel::{Fault, FaultKind};

/// A transaction that has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Whether it could write.
    pub write: bool,
    /// Where in the program it was asked for: `orders::http::taking::create`.
    pub name: &'static str,
    /// From asking to answer, with every wait on the way.
    pub took: Duration,
    /// Whether it failed by no fault of whoever asked.
    pub failed: bool,
}

/// The name of a closure's type begins with the function around it.
pub(crate) fn work(
    write: bool,
    type_name: &'static str,
    begun: Instant,
    fault: Option<&Fault>,
) -> Work {
    let name = type_name.split("::{{").next().unwrap_or(type_name);
    let ours = |fault: &Fault| matches!(fault.kind, FaultKind::Broken | FaultKind::Unavailable);
    Work {
        write,
        name,
        took: begun.elapsed(),
        failed: fault.is_some_and(ours),
    }
}

type Listener = Box<dyn Fn(&Work) + Send + Sync>;

/// Who is told of every transaction, if anybody.
#[derive(Clone, Default)]
pub(crate) struct Observer(Arc<OnceLock<Listener>>);

impl Observer {
    pub(crate) fn set(&self, listener: impl Fn(&Work) + Send + Sync + 'static) {
        // The first one stays.
        let _ = self.0.set(Box::new(listener));
    }

    pub(crate) fn tell(&self, work: impl FnOnce() -> Work) {
        if let Some(listener) = self.0.get() {
            listener(&work());
        }
    }
}
