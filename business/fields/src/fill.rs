//! Filling fields in: what a form, a file or the API gives, kept with the object it is about.

use std::collections::BTreeMap;

use kernel::{Ctx, Currency, Fault, FieldFault, Text};
use serde_json::{Map, Value as Json};
use store::{Event, Tx, Value as Param, params};

use crate::{
    model::{Field, Kind, Subject, Value, Values, typed_of_json},
    queries,
};

/// The hidden field of a form that says which state of the fields it was drawn from.
pub(crate) const VERSION: &str = "fields_version";

/// What was given, not yet read: texts by the keys of fields.
#[derive(Debug, Clone, Default)]
pub struct Given {
    texts: BTreeMap<String, Vec<String>>,
    /// Keys that no field has are refused, since the API shall not lose what it was given.
    strict: bool,
    /// Whether fields that were not given are cleared, as in a form that showed them all.
    whole: bool,
    seen: Option<i64>,
}

impl Given {
    /// What a form has for the fields it showed; nothing when it showed none.
    pub fn of_form(form: &web::Fields) -> Self {
        if !form.has(VERSION) {
            return Self::default();
        }
        let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in form.values() {
            if let Some(key) = name.strip_prefix("field-") {
                texts.entry(key.to_owned()).or_default().push(value.clone());
            }
        }
        Self {
            texts,
            strict: false,
            whole: true,
            seen: form.typed(VERSION).parse().ok(),
        }
    }

    /// What the columns of a file have: key and cell; an empty cell leaves what is there.
    pub fn of_cells(cells: impl IntoIterator<Item = (String, String)>) -> Self {
        let given = cells.into_iter().filter(|(_, cell)| !cell.is_empty());
        Self {
            texts: given.map(|(key, cell)| (key, vec![cell])).collect(),
            ..Self::default()
        }
    }

    /// What the API was given: values by key; `null` clears a field, an absent one stays.
    pub fn of_json(values: &Map<String, Json>) -> Result<Self, Fault> {
        let mut texts = BTreeMap::new();
        let mut wrong = Vec::new();
        for (key, value) in values {
            match typed_of_json(value) {
                Some(typed) => {
                    texts.insert(key.clone(), typed);
                }
                None => wrong.push(FieldFault {
                    field: format!("field-{key}"),
                    text: Text::key("fields-json-wrong"),
                }),
            }
        }
        match wrong.is_empty() {
            true => Ok(Self {
                texts,
                strict: true,
                ..Self::default()
            }),
            false => Err(Fault::fields(wrong)),
        }
    }

    /// Whether nothing was given at all.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty() && !self.whole
    }

    /// What was given for each field it concerns, read; every wrong field is named.
    fn read(&self, fields: &[Field], currency: Currency) -> Result<Vec<Read>, Fault> {
        let mut read = Vec::new();
        let mut wrong = Vec::new();
        for (at, field) in fields.iter().enumerate() {
            let typed = self.texts.get(&field.key);
            if typed.is_none() && !self.whole {
                continue;
            }
            let typed = typed.map_or(&[][..], Vec::as_slice);
            match field.read(typed, currency) {
                Ok(None) if field.required && self.asks(field) => {
                    wrong.push(field.fault(Text::key("web-required")));
                }
                Ok(value) => read.push((at, value)),
                Err(text) => wrong.push(field.fault(text)),
            }
        }
        if self.strict {
            let unknown = |key: &&String| !fields.iter().any(|field| &field.key == *key);
            wrong.extend(self.texts.keys().filter(unknown).map(|key| FieldFault {
                field: format!("field-{key}"),
                text: Text::key("fields-unknown").with("key", key),
            }));
        }
        match wrong.is_empty() {
            true => Ok(read),
            false => Err(Fault::fields(wrong)),
        }
    }

    /// An unticked box says no, which is an answer.
    fn asks(&self, field: &Field) -> bool {
        field.kind != Kind::Flag
    }
}

/// The place of a field among those defined, and what was given for it.
type Read = (usize, Option<Value>);

/// The fields of a subject as a form shows them: values and the version of their state.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// The fields that forms ask for.
    pub fields: Vec<Field>,
    /// What stands in them.
    pub values: Values,
    /// Counts the changes; 1 before the first.
    pub version: i64,
}

const HEAD: &str = "
    select version from field_heads where org = $1 and subject = $2 and object = $3";

/// What a form about an object begins with.
pub fn seen(tx: &mut Tx, ctx: &Ctx, subject: Subject, object: &str) -> Result<Seen, Fault> {
    Ok(Seen {
        fields: queries::defined(tx, ctx, subject)?,
        values: queries::values(tx, ctx, subject, object)?,
        version: tx
            .count(HEAD, params![ctx.org, subject.as_str(), object])?
            .max(1),
    })
}

/// What a form about a new object begins with: the standards.
pub fn prepared(tx: &mut Tx, ctx: &Ctx, subject: Subject) -> Result<Seen, Fault> {
    let fields = queries::defined(tx, ctx, subject)?;
    let standard = |field: &Field| {
        let typed = [field.standard.clone()];
        let value = field.read(&typed, Currency::CNY).ok().flatten()?;
        Some((field.id, value))
    };
    Ok(Seen {
        values: fields.iter().filter_map(standard).collect(),
        fields,
        version: 1,
    })
}

/// Refuses what cannot be kept, naming every wrong field, and keeps nothing.
pub fn check(
    tx: &mut Tx,
    ctx: &Ctx,
    subject: Subject,
    given: &Given,
    currency: Currency,
) -> Result<(), Fault> {
    if given.is_empty() {
        return Ok(());
    }
    let fields = queries::defined(tx, ctx, subject)?;
    given.read(&fields, currency).map(|_| ())
}

/// Keeps what was given for an object; answers whether anything is different now. Who may change
/// the object is asked by its own command before.
pub fn fill(
    tx: &mut Tx,
    ctx: &Ctx,
    (subject, object): (Subject, &str),
    given: &Given,
    currency: Currency,
) -> Result<bool, Fault> {
    if given.is_empty() {
        return Ok(false);
    }
    let fields = queries::defined(tx, ctx, subject)?;
    let read = given.read(&fields, currency)?;
    let head = lock(tx, ctx, (subject, object))?;
    let old = queries::values(tx, ctx, subject, object)?;
    let differs = |(at, value): &Read| old.get(&fields[*at].id) != value.as_ref();
    let changed: Vec<Read> = read.into_iter().filter(differs).collect();
    if changed.is_empty() {
        return Ok(false);
    }
    if given.seen.is_some_and(|seen| seen != head) {
        return Err(Fault::stale());
    }
    for (at, value) in &changed {
        let field = &fields[*at];
        hold(tx, ctx, field)?;
        write(tx, ctx, (subject, object), (field, value.as_ref()))?;
        let before = old.get(&field.id);
        tx.record(ctx, fact((subject, object), field, before, value.as_ref()));
    }
    tx.execute(COUNT_UP, params![ctx.org, subject.as_str(), object])?;
    Ok(true)
}

const BEGIN: &str = "
    insert into field_heads (org, subject, object, version) values ($1, $2, $3, 1)
    on conflict (org, subject, object) do update set version = field_heads.version
    returning version";
const COUNT_UP: &str = "
    update field_heads set version = version + 1 where org = $1 and subject = $2 and object = $3";

/// Makes editors of one object wait for each other; answers the version of its fields.
pub(crate) fn lock(
    tx: &mut Tx,
    ctx: &Ctx,
    (subject, object): (Subject, &str),
) -> Result<i64, Fault> {
    let row = params![ctx.org, subject.as_str(), object];
    let version = tx.one(BEGIN, row, |row| row.int(0))?;
    version.ok_or_else(|| Fault::broken("fields without a head"))
}

const HOLD: &str = "
    update fields set position = position where org = $1 and id = $2 and kind = $3";

/// Keeps the field what it was when it was read, until this is done: its kind cannot change while
/// a value of the old kind is being written.
fn hold(tx: &mut Tx, ctx: &Ctx, field: &Field) -> Result<(), Fault> {
    match tx.execute(HOLD, params![ctx.org, field.id, field.kind.as_str()])? {
        0 => Err(Fault::stale()),
        _ => Ok(()),
    }
}

const WRITE: &str = "
    insert into field_values (org, subject, object, field, kind, words, number, currency, day)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (org, subject, object, field) do update set kind = excluded.kind,
        words = excluded.words, number = excluded.number, currency = excluded.currency,
        day = excluded.day";
const CLEAR: &str = "
    delete from field_values
    where org = $1 and subject = $2 and object = $3 and field = $4";

pub(crate) fn write(
    tx: &mut Tx,
    ctx: &Ctx,
    (subject, object): (Subject, &str),
    (field, value): (&Field, Option<&Value>),
) -> Result<(), Fault> {
    let mut row = params![ctx.org, subject.as_str(), object, field.id].to_vec();
    let Some(value) = value else {
        tx.execute(CLEAR, &row)?;
        return Ok(());
    };
    row.push(field.kind.as_str().into());
    row.extend(columns(value));
    tx.execute(WRITE, &row)?;
    Ok(())
}

/// Words, number, currency, day.
fn columns(value: &Value) -> [Param; 4] {
    let none = || Param::Null;
    match value {
        Value::Words(text) | Value::Pick(text) => [text.into(), none(), none(), none()],
        Value::Picks(keys) => [
            format!(",{},", keys.join(",")).into(),
            none(),
            none(),
            none(),
        ],
        Value::Number(number) => [none(), number.into(), none(), none()],
        Value::Flag(flag) => [none(), (*flag).into(), none(), none()],
        Value::Money(money) => [none(), money.minor.into(), money.currency.into(), none()],
        Value::Day(day) => [none(), none(), none(), (*day).into()],
    }
}

/// The longest text of a value that the journal keeps, in characters.
const TOLD_CHARS_MAX: usize = 80;

fn fact(
    (subject, object): (Subject, &str),
    field: &Field,
    before: Option<&Value>,
    after: Option<&Value>,
) -> Event {
    let told = |value: Option<&Value>| {
        let Some(value) = value else {
            return String::new();
        };
        if field.personal {
            return "•••".to_owned();
        }
        let text = field.typed(value).join("; ");
        text.chars().take(TOLD_CHARS_MAX).collect()
    };
    Event::new("field.filled")
        .object(subject.as_str(), object, "subject")
        .object("field", field.id, "field")
        .attr("field", field.key.clone())
        .attr("old", told(before))
        .attr("new", told(after))
}

const FORGET: [&str; 2] = [
    "delete from field_values where org = $1 and subject = $2 and object = $3",
    "delete from field_heads where org = $1 and subject = $2 and object = $3",
];

/// Takes away what stands in the fields of an object that is no longer there.
pub fn forget(tx: &mut Tx, ctx: &Ctx, subject: Subject, object: &str) -> Result<(), Fault> {
    for sql in FORGET {
        tx.execute(sql, params![ctx.org, subject.as_str(), object])?;
    }
    Ok(())
}
