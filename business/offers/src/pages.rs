//! What is seen of services and goods.

mod form;
mod list;

pub use form::{FormView, Options, form};
pub use list::{ListView, list};
