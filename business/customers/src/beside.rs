//! Customers beside another noun's rows: the piece of SQL that joins them, and who is found by a
//! text, so that a list of orders needs one statement.

use kernel::{Fault, Locale};
use store::{Row, Value};

use crate::{
    model::{Level, display},
    queries::term_condition,
    terms::typed_words,
};

/// What a card or a list shows of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    /// The name as given.
    pub name: String,
    /// How it is read; may be empty.
    pub reading: String,
    /// Digits of the phone; mask them where they are shown.
    pub phone_digits: Option<String>,
    /// How the customer is treated.
    pub level: Level,
    /// What the desk should know.
    pub note: String,
}

impl Brief {
    /// The name to show first.
    pub fn display(&self, locale: Locale) -> &str {
        display(&self.name, &self.reading, locale)
    }
}

/// The columns of a joined customer, as [`read`] reads them.
pub const COLUMNS: &str = "c.name, c.reading, c.phone_digits, c.level, c.note";

/// Joins the customer `c` named by the column `customer` of the rows `o`, where there is one.
pub const JOIN: &str = "left join customers c on c.org = o.org and c.id = o.customer";

/// Reads [`COLUMNS`] from column `at` on; `None` where no customer was joined.
pub fn read(row: &Row, at: usize) -> Result<Option<Brief>, Fault> {
    let Some(name) = row.opt_text(at)? else {
        return Ok(None);
    };
    let level = row.text(at + 3)?;
    Ok(Some(Brief {
        name,
        reading: row.text(at + 1)?,
        phone_digits: row.opt_text(at + 2)?,
        level: Level::parse(&level)
            .ok_or_else(|| Fault::broken(format!("no customer level {level}")))?,
        note: row.text(at + 4)?,
    }))
}

/// The most customers a text stands for when it searches another noun.
const MATCHES_MAX: usize = 500;

/// A subquery of the customers a text finds, `$1` being the organisation, with its values from
/// marker `first` on.
pub fn matching(text: &str, first: usize) -> (String, Vec<Value>) {
    let mut values = Vec::new();
    let mut sql = "select c.id from customers c where c.org = $1".to_owned();
    for word in typed_words(text) {
        sql.push_str(&term_condition(&word, first, &mut values));
    }
    sql.push_str(&format!(" order by c.id limit {MATCHES_MAX}"));
    (sql, values)
}
