//! Customers beside another noun's rows: the piece of SQL that joins them, and the one that asks
//! whether a text finds them.

use kernel::{Ctx, Fault, Locale};
use store::{Row, Tx, Value};

use crate::{
    find,
    model::{Level, display},
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

/// The condition that a column names a customer whom a text finds, `$1` being the organisation;
/// its values are added. Few are named; of many each row is asked.
pub fn matching(
    tx: &mut Tx,
    ctx: &Ctx,
    (column, text): (&str, &str),
    values: &mut Vec<Value>,
) -> Result<String, Fault> {
    let words = typed_words(text);
    let Some(few) = find::everybody(tx, ctx, &words)? else {
        let each = words
            .iter()
            .map(|word| find::has_term(column, word, values));
        return Ok(format!("({})", each.collect::<Vec<_>>().join(" and ")));
    };
    if few.is_empty() {
        return Ok("1 = 0".to_owned());
    }
    let first = values.len() + 1;
    values.extend(few.iter().map(|&id| Value::from(id)));
    let markers: Vec<String> = (first..=values.len()).map(|at| format!("${at}")).collect();
    Ok(format!("{column} in ({})", markers.join(", ")))
}
