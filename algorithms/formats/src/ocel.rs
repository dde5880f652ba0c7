//! Object-centric event logs (OCEL 2.0): JSON, XML and SQLite in; JSON and SQLite out.
//!
//! What the file has is kept as it is: links to objects that are not defined, repeated ids, and
//! attributes with the instant from which they hold. Values are kept as text.
//! Source: Berti et al., *OCEL (Object-Centric Event Log) 2.0 Specification*, 2023.

mod gather;
mod json;
mod sqlite;
mod stream;
mod xml;

pub use json::{read as read_json, write as write_json};
pub use sqlite::{SqliteStream, read as read_sqlite, write as write_sqlite};
pub use stream::{JsonStream, Told};
pub use xml::read as read_xml;
