//! What a query gives back.

use kernel::{Bilingual, Currency, Date, Fault, Id, Timestamp};

use crate::Value;

/// One row; columns count from 0.
#[derive(Debug)]
pub struct Row {
    pub(crate) values: Vec<Value>,
}

impl Row {
    fn value(&self, column: usize) -> Result<&Value, Fault> {
        self.values
            .get(column)
            .ok_or_else(|| Fault::broken(format!("no column {column}")))
    }

    fn wrong<T>(&self, column: usize, wanted: &str) -> Result<T, Fault> {
        Err(Fault::broken(format!(
            "column {column} is not {wanted}: {:?}",
            self.values[column]
        )))
    }

    fn optional<T>(
        &self,
        column: usize,
        read: impl FnOnce(&Self, usize) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        match self.value(column)? {
            Value::Null => Ok(None),
            _ => read(self, column).map(Some),
        }
    }

    /// A whole number.
    pub fn int(&self, column: usize) -> Result<i64, Fault> {
        match self.value(column)? {
            Value::Int(number) => Ok(*number),
            _ => self.wrong(column, "a whole number"),
        }
    }

    /// A fraction; whole numbers count as fractions too.
    pub fn real(&self, column: usize) -> Result<f64, Fault> {
        match self.value(column)? {
            Value::Real(number) => Ok(*number),
            #[expect(
                clippy::cast_precision_loss,
                reason = "counts here stay far below 2^53"
            )]
            Value::Int(number) => Ok(*number as f64),
            _ => self.wrong(column, "a number"),
        }
    }

    /// A 0 or a 1.
    pub fn flag(&self, column: usize) -> Result<bool, Fault> {
        Ok(self.int(column)? != 0)
    }

    /// Words.
    pub fn text(&self, column: usize) -> Result<String, Fault> {
        match self.value(column)? {
            Value::Text(text) => Ok(text.clone()),
            _ => self.wrong(column, "a text"),
        }
    }

    /// Raw bytes.
    pub fn bytes(&self, column: usize) -> Result<Vec<u8>, Fault> {
        match self.value(column)? {
            Value::Bytes(bytes) => Ok(bytes.clone()),
            _ => self.wrong(column, "bytes"),
        }
    }

    /// An instant.
    pub fn instant(&self, column: usize) -> Result<Timestamp, Fault> {
        Timestamp::from_microsecond(self.int(column)?).map_err(Fault::broken)
    }

    /// A date.
    pub fn date(&self, column: usize) -> Result<Date, Fault> {
        self.text(column)?.parse().map_err(Fault::broken)
    }

    /// An id.
    pub fn id<T>(&self, column: usize) -> Result<Id<T>, Fault> {
        match self.value(column)? {
            Value::Text(text) => Id::parse(text).map_or_else(|| self.wrong(column, "an id"), Ok),
            _ => self.wrong(column, "an id"),
        }
    }

    /// A currency.
    pub fn currency(&self, column: usize) -> Result<Currency, Fault> {
        let code = self.text(column)?;
        Currency::parse(&code).map_or_else(|| self.wrong(column, "a currency"), Ok)
    }

    /// A text in both languages: Chinese in this column, English in the next.
    pub fn bilingual(&self, column: usize) -> Result<Bilingual, Fault> {
        Ok(Bilingual {
            zh: self.text(column)?,
            en: self.text(column + 1)?,
        })
    }

    /// JSON kept as text.
    pub fn json<T: serde::de::DeserializeOwned>(&self, column: usize) -> Result<T, Fault> {
        serde_json::from_str(&self.text(column)?).map_err(Fault::broken)
    }

    /// A whole number, if there is one.
    pub fn opt_int(&self, column: usize) -> Result<Option<i64>, Fault> {
        self.optional(column, Self::int)
    }

    /// A fraction, if there is one.
    pub fn opt_real(&self, column: usize) -> Result<Option<f64>, Fault> {
        self.optional(column, Self::real)
    }

    /// Words, if there are any.
    pub fn opt_text(&self, column: usize) -> Result<Option<String>, Fault> {
        self.optional(column, Self::text)
    }

    /// An instant, if there is one.
    pub fn opt_instant(&self, column: usize) -> Result<Option<Timestamp>, Fault> {
        self.optional(column, Self::instant)
    }

    /// A date, if there is one.
    pub fn opt_date(&self, column: usize) -> Result<Option<Date>, Fault> {
        self.optional(column, Self::date)
    }

    /// An id, if there is one.
    pub fn opt_id<T>(&self, column: usize) -> Result<Option<Id<T>>, Fault> {
        self.optional(column, Self::id)
    }
}
