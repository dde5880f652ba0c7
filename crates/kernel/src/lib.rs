//! The words every other crate shares: ids, time, money, language, context, faults. No I/O.

pub mod context;
pub mod fault;
pub mod format;
pub mod id;
pub mod locale;
pub mod money;
pub mod permission;
pub mod repeat;
pub mod span;
pub mod text;
mod words;

pub use context::{Actor, Channel, Ctx, IdSource, SiteScope};
pub use fault::{Fault, FaultKind, FieldFault};
pub use id::Id;
pub use id::ids;
pub use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time, Weekday},
    tz::TimeZone,
};
pub use locale::{Bilingual, Locale};
pub use money::{Currency, Money};
pub use permission::{Grants, Permission, Role};
pub use repeat::{Every, Repeat, Until};
pub use span::Span;
pub use text::{Arg, Text};

/// The kernel's own texts: English, then Chinese.
pub const TEXTS: (&str, &str) = (
    include_str!("texts/en.ftl"),
    include_str!("texts/zh-CN.ftl"),
);
