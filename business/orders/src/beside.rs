//! What later rooms show beside an order: the series it belongs to, the session it has seats in.

use std::sync::OnceLock;

use kernel::{Ctx, Fault};
use store::Tx;

use crate::model::Order;

/// Something an order belongs to, with its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// A sign from the list of icons.
    pub icon: &'static str,
    /// What it is, in the reader's language.
    pub label: String,
    /// Its page.
    pub path: String,
}

/// Finds what an order belongs to.
pub type FindBeside = fn(&mut Tx, &Ctx, &Order) -> Result<Vec<Beside>, Fault>;

static FIND: OnceLock<FindBeside> = OnceLock::new();

/// Lets rooms that stand after orders speak up; without it nothing stands beside an order.
pub fn set_beside(find: FindBeside) {
    FIND.get_or_init(|| find);
}

pub(crate) fn beside(tx: &mut Tx, ctx: &Ctx, order: &Order) -> Result<Vec<Beside>, Fault> {
    match FIND.get() {
        Some(find) => find(tx, ctx, order),
        None => Ok(Vec::new()),
    }
}
