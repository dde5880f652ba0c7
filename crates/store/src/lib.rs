//! The database: one SQL text on SQLite and PostgreSQL, transactions, migrations, journal.
//!
//! This crate alone names a driver. Business code sees [`Tx`], [`Row`] and [`Value`].

mod db;
mod durable;
pub mod journal;
mod kept;
mod live;
mod migrate;
mod once;
mod postgres;
mod row;
pub mod schema;
mod seldom;
mod sqlite;
mod tx;
mod value;
mod work;
mod writer;

pub use db::{Db, Target};
pub use journal::{Entry, Event};
pub use live::Change;
pub use migrate::Migration;
pub use once::Once;
pub use row::Row;
pub use sqlite::private_folder;
pub use tx::{Tx, Watch, watch_statements};
pub use value::Value;
pub use work::Work;

/// The store's own texts: English, then Chinese.
pub const TEXTS: (&str, &str) = (
    include_str!("texts/en.ftl"),
    include_str!("texts/zh-CN.ftl"),
);

/// Parameters of a statement, in the order `$1`, `$2`, …
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$($crate::Value::from($value)),*]
    };
}

/// A `like` pattern that finds a text anywhere; use with `like $n escape '\'`.
pub fn text_pattern(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}
