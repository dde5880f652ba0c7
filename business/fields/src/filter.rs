//! Lists narrowed by what stands in fields.

use std::collections::BTreeSet;

use kernel::{Ctx, Currency, Fault};
use store::{Tx, Value as Param};

use crate::model::{Field, FieldId, Kind, Subject, Value};

#[derive(Debug, Clone, PartialEq)]
enum Test {
    /// Exactly this number or word.
    Is(&'static str, Param),
    /// Words that hold this.
    Holds(String),
    /// From and to, ends included.
    Within(&'static str, Option<Param>, Option<Param>),
}

/// Conditions on fields; the default has none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    subject: Option<Subject>,
    tests: Vec<(FieldId, Test)>,
}

impl Filter {
    /// Reads the conditions of an address: `field-{key}`, or `field-{key}-from` and `-to`; what
    /// cannot be read does not filter.
    pub fn read(asked: &web::Fields, fields: &[Field]) -> Self {
        let tests = fields.iter().filter_map(|field| {
            let test = test(asked, field)?;
            Some((field.id, test))
        });
        Self {
            subject: fields.first().map(|field| field.subject),
            tests: tests.collect(),
        }
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.tests.is_empty()
    }

    /// The objects that meet every condition, at most 100,000; `None` where nothing is asked for.
    pub fn objects(&self, tx: &mut Tx, ctx: &Ctx) -> Result<Option<BTreeSet<String>>, Fault> {
        if self.is_empty() {
            return Ok(None);
        }
        let mut values = vec![Param::from(ctx.org)];
        let conditions = self.sql("w.object", &mut values);
        let sql = format!(
            "select distinct w.object from field_values w where w.org = $1 {conditions}
             order by w.object limit 100000"
        );
        let found = tx.all(&sql, &values, |row| row.text(0))?;
        Ok(Some(found.into_iter().collect()))
    }

    /// The condition on the column that holds the object's id, `$1` being the organisation; its
    /// values are added to those there are.
    pub fn sql(&self, column: &str, values: &mut Vec<Param>) -> String {
        let mut sql = String::new();
        for (field, test) in &self.tests {
            let mut marker = |value: Param| {
                values.push(value);
                format!("${}", values.len())
            };
            let subject = marker(self.subject.map_or("", Subject::as_str).into());
            let field = marker((*field).into());
            let condition = match test {
                Test::Is(column, value) => format!("v.{column} = {}", marker(value.clone())),
                Test::Holds(text) => {
                    let pattern = marker(text.as_str().into());
                    format!("lower(v.words) like {pattern} escape '\\'")
                }
                Test::Within(column, from, to) => {
                    let ends = [(">=", from), ("<=", to)];
                    let ends = ends.iter().filter_map(|(sign, end)| {
                        let end = marker((*end).clone()?);
                        Some(format!("v.{column} {sign} {end}"))
                    });
                    ends.collect::<Vec<_>>().join(" and ")
                }
            };
            sql.push_str(&format!(
                " and {column} in (select v.object from field_values v where v.org = $1
                    and v.subject = {subject} and v.field = {field} and {condition})"
            ));
        }
        sql
    }
}

fn test(asked: &web::Fields, field: &Field) -> Option<Test> {
    let name = field.input();
    let typed = asked.typed(&name).trim();
    match field.kind {
        Kind::Text | Kind::LongText => {
            let words = typed.to_lowercase();
            (!words.is_empty()).then(|| Test::Holds(store::text_pattern(&words)))
        }
        Kind::Choices => {
            let pick = field.picks.iter().find(|pick| pick.key == typed)?;
            Some(Test::Holds(store::text_pattern(&format!(",{},", pick.key))))
        }
        Kind::Choice => {
            let pick = field.picks.iter().find(|pick| pick.key == typed)?;
            Some(Test::Is("words", pick.key.as_str().into()))
        }
        Kind::Flag => match typed {
            "1" => Some(Test::Is("number", 1_i64.into())),
            "0" => Some(Test::Is("number", 0_i64.into())),
            _ => None,
        },
        Kind::Whole | Kind::Decimal | Kind::Money | Kind::Date => {
            let end = |which: &str| end(field, asked.typed(&format!("{name}-{which}")));
            let (from, to) = (end("from"), end("to"));
            let column = if field.kind == Kind::Date {
                "day"
            } else {
                "number"
            };
            (from.is_some() || to.is_some()).then_some(Test::Within(column, from, to))
        }
    }
}

/// One end of a range, as the column holds it; limits of the field do not matter here.
fn end(field: &Field, typed: &str) -> Option<Param> {
    let free = Field {
        least: None,
        most: None,
        ..field.clone()
    };
    match free.read(&[typed.to_owned()], Currency::CNY).ok()?? {
        Value::Number(number) => Some(number.into()),
        Value::Money(money) => Some(money.minor.into()),
        Value::Day(day) => Some(day.into()),
        _ => None,
    }
}
