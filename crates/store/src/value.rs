//! What a statement takes.

use kernel::{Channel, Currency, Date, Id, Locale, Role, Timestamp};

/// A parameter or a column, in the types both databases share.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number: counts, minor units, microseconds, 0 or 1.
    Int(i64),
    /// A fraction.
    Real(f64),
    /// Words, ids, dates, JSON.
    Text(String),
    /// Raw bytes; the column type is `bytea` in both databases.
    Bytes(Vec<u8>),
}

macro_rules! value_from {
    ($($from:ty => $make:expr;)*) => {
        $(impl From<$from> for Value {
            fn from(value: $from) -> Self {
                ($make)(value)
            }
        })*
    };
}

value_from! {
    i64 => Self::Int;
    &i64 => |value: &i64| Self::Int(*value);
    i32 => |value: i32| Self::Int(i64::from(value));
    u32 => |value: u32| Self::Int(i64::from(value));
    u16 => |value: u16| Self::Int(i64::from(value));
    usize => |value: usize| Self::Int(i64::try_from(value).unwrap_or(i64::MAX));
    bool => |value: bool| Self::Int(i64::from(value));
    f64 => Self::Real;
    &str => |value: &str| Self::Text(value.to_owned());
    String => Self::Text;
    &String => |value: &String| Self::Text(value.clone());
    Vec<u8> => Self::Bytes;
    Timestamp => |value: Timestamp| Self::Int(value.as_microsecond());
    &Timestamp => |value: &Timestamp| Self::Int(value.as_microsecond());
    Date => |value: Date| Self::Text(value.to_string());
    Currency => |value: Currency| Self::Text(value.code().to_owned());
    Locale => |value: Locale| Self::Text(value.tag().to_owned());
    Role => |value: Role| Self::Text(value.as_str().to_owned());
    Channel => |value: Channel| Self::Text(value.as_str().to_owned());
    &serde_json::Value => |value: &serde_json::Value| Self::Text(value.to_string());
}

impl<T> From<Id<T>> for Value {
    fn from(id: Id<T>) -> Self {
        Self::Text(id.text())
    }
}

impl<T> From<&Id<T>> for Value {
    fn from(id: &Id<T>) -> Self {
        Self::Text(id.text())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
