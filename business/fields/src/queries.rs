//! What is known of fields and their values.

use std::{collections::BTreeMap, sync::Arc};

use kernel::{Ctx, Fault, Locale, Money};
use store::{Row, Tx, Value as Param, params};
use web::Column;

use crate::model::{FIELDS_MAX, Field, FieldId, Kind, Subject, Value, Values};

const COLUMNS: &str = "id, subject, key, name_zh, name_en, kind, required, personal, listed,
    standard, least, most, decimals, picks, position, state, version";

fn read_field(row: &Row) -> Result<Field, Fault> {
    let (subject, kind) = (row.text(1)?, row.text(5)?);
    let none = |what: &str, word: &str| Fault::broken(format!("no {what} of fields: {word}"));
    Ok(Field {
        id: row.id(0)?,
        subject: Subject::parse(&subject).ok_or_else(|| none("subject", &subject))?,
        key: row.text(2)?,
        name: row.bilingual(3)?,
        kind: Kind::parse(&kind).ok_or_else(|| none("kind", &kind))?,
        required: row.flag(6)?,
        personal: row.flag(7)?,
        listed: row.flag(8)?,
        standard: row.text(9)?,
        least: row.opt_int(10)?,
        most: row.opt_int(11)?,
        decimals: u8::try_from(row.int(12)?).map_err(Fault::broken)?,
        picks: row.json(13)?,
        position: row.int(14)?,
        active: row.text(15)? == "active",
        version: row.int(16)?,
    })
}

/// Every field of a subject, archived ones last, each part in its order.
pub fn defined_all(tx: &mut Tx, ctx: &Ctx, subject: Subject) -> Result<Vec<Field>, Fault> {
    let sql = format!(
        "select {COLUMNS} from fields where org = $1 and subject = $2
         order by state, position, id limit $3"
    );
    tx.all(
        &sql,
        params![ctx.org, subject.as_str(), FIELDS_MAX],
        read_field,
    )
}

/// The fields that forms of a subject ask for, in their order.
pub fn defined(tx: &mut Tx, ctx: &Ctx, subject: Subject) -> Result<Vec<Field>, Fault> {
    let mut fields = defined_all(tx, ctx, subject)?;
    fields.retain(|field| field.active);
    Ok(fields)
}

/// One field, archived or not.
pub fn field(tx: &mut Tx, ctx: &Ctx, id: FieldId) -> Result<Field, Fault> {
    let sql = format!("select {COLUMNS} from fields where org = $1 and id = $2");
    let found = tx.one(&sql, params![ctx.org, id], read_field)?;
    found.ok_or_else(|| Fault::missing("fields-missing"))
}

pub(crate) const VALUE_COLUMNS: &str = "v.kind, v.words, v.number, v.currency, v.day";

/// Reads [`VALUE_COLUMNS`] from a column on.
pub(crate) fn read_value(row: &Row, at: usize) -> Result<Value, Fault> {
    let kind = row.text(at)?;
    let words = || row.text(at + 1);
    Ok(match Kind::parse(&kind) {
        Some(Kind::Text | Kind::LongText) => Value::Words(words()?),
        Some(Kind::Choice) => Value::Pick(words()?),
        Some(Kind::Choices) => {
            let keys = words()?;
            let keys = keys.split(',').filter(|key| !key.is_empty());
            Value::Picks(keys.map(str::to_owned).collect())
        }
        Some(Kind::Whole | Kind::Decimal) => Value::Number(row.int(at + 2)?),
        Some(Kind::Flag) => Value::Flag(row.flag(at + 2)?),
        Some(Kind::Money) => Value::Money(Money::new(row.int(at + 2)?, row.currency(at + 3)?)),
        Some(Kind::Date) => Value::Day(row.date(at + 4)?),
        None => return Err(Fault::broken(format!("no kind of fields: {kind}"))),
    })
}

/// What stands in the fields of one object, archived ones included.
pub fn values(tx: &mut Tx, ctx: &Ctx, subject: Subject, object: &str) -> Result<Values, Fault> {
    let sql = format!(
        "select v.field, {VALUE_COLUMNS} from field_values v
         where v.org = $1 and v.subject = $2 and v.object = $3 order by v.field limit $4"
    );
    let row = params![ctx.org, subject.as_str(), object, FIELDS_MAX];
    let found = tx.all(&sql, row, |row| Ok((row.id(0)?, read_value(row, 1)?)))?;
    Ok(found.into_iter().collect())
}

/// Objects asked about in one statement.
const OBJECTS_A_STATEMENT: usize = 500;

/// What stands in the fields of many objects, by object; objects without values are left out.
pub fn values_of(
    tx: &mut Tx,
    ctx: &Ctx,
    subject: Subject,
    objects: &[String],
) -> Result<BTreeMap<String, Values>, Fault> {
    let mut found: BTreeMap<String, Values> = BTreeMap::new();
    for some in objects.chunks(OBJECTS_A_STATEMENT) {
        let mut values: Vec<Param> = vec![ctx.org.into(), subject.as_str().into()];
        values.extend(some.iter().map(Param::from));
        let markers: Vec<String> = (3..some.len() + 3).map(|n| format!("${n}")).collect();
        let sql = format!(
            "select v.object, v.field, {VALUE_COLUMNS} from field_values v
             where v.org = $1 and v.subject = $2 and v.object in ({})
             order by v.object, v.field limit 50000",
            markers.join(", ")
        );
        let rows = tx.all(&sql, &values, |row| {
            Ok((row.text(0)?, row.id(1)?, read_value(row, 2)?))
        })?;
        for (object, field, value) in rows {
            found.entry(object).or_default().insert(field, value);
        }
    }
    Ok(found)
}

/// Fields with what stands in them for the objects of a list.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    /// The fields, in their order.
    pub fields: Vec<Field>,
    /// Their values by object.
    pub values: BTreeMap<String, Values>,
}

/// Every field in use, with the values of these objects: a file has them all.
pub fn in_file(
    tx: &mut Tx,
    ctx: &Ctx,
    subject: Subject,
    objects: &[String],
) -> Result<Listed, Fault> {
    Ok(Listed {
        fields: defined(tx, ctx, subject)?,
        values: values_of(tx, ctx, subject, objects)?,
    })
}

/// The fields that lists show, with the values of these objects.
pub fn listed(
    tx: &mut Tx,
    ctx: &Ctx,
    subject: Subject,
    objects: &[String],
) -> Result<Listed, Fault> {
    let mut fields = defined(tx, ctx, subject)?;
    fields.retain(|field| field.listed);
    let values = match fields.is_empty() {
        true => BTreeMap::new(),
        false => values_of(tx, ctx, subject, objects)?,
    };
    Ok(Listed { fields, values })
}

/// Every field that forms ask for, with the values of these objects.
pub fn all_of(
    tx: &mut Tx,
    ctx: &Ctx,
    subject: Subject,
    objects: &[String],
) -> Result<Listed, Fault> {
    let fields = defined(tx, ctx, subject)?;
    let values = match fields.is_empty() {
        true => BTreeMap::new(),
        false => values_of(tx, ctx, subject, objects)?,
    };
    Ok(Listed { fields, values })
}

impl Listed {
    /// The columns of a file of these objects.
    pub fn columns<T: 'static>(&self, locale: Locale, id: fn(&T) -> String) -> Vec<Column<T>> {
        let values = Arc::new(self.values.clone());
        let column = |field: &Field| {
            let (field, values) = (field.clone(), Arc::clone(&values));
            let heading = field.label(locale).to_owned();
            Column::new(heading, move |row: &T| {
                let own = values.get(&id(row));
                field.cell(own.and_then(|own| own.get(&field.id)), locale)
            })
        };
        self.fields.iter().map(column).collect()
    }
}

const COUNT: &str = "
    select cast(count(*) as bigint) from field_values where org = $1 and field = $2";

/// How many objects have a value in a field.
pub(crate) fn count(tx: &mut Tx, ctx: &Ctx, field: FieldId) -> Result<i64, Fault> {
    tx.count(COUNT, params![ctx.org, field])
}
