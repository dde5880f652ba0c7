//! Fields of the business's own in a row, kept together with what the row is about.

use fields::{Given, Subject};
use kernel::{Ctx, Currency, Fault};
use serde_json::{Map, Value as Json};
use store::Tx;

use crate::{model::Outcome, values::Reader};

/// What a row has in the columns of own fields.
pub fn given(reader: &Reader) -> Given {
    Given::of_cells(reader.own())
}

/// Refuses what cannot be kept, before anything of the row is.
pub fn check(
    tx: &mut Tx,
    ctx: &Ctx,
    (subject, currency): (Subject, Currency),
    reader: &mut Reader,
) -> Result<(), Fault> {
    match fields::check(tx, ctx, subject, &given(reader), currency) {
        Err(fault) if fault.fields.is_empty() => Err(fault),
        Err(fault) => {
            for field in fault.fields {
                let column = field.field.replacen("field-", "field:", 1);
                reader.wrong(&column, field.text);
            }
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

/// Keeps what a row has; what was the same but for these fields is changed all the same.
pub fn fill(
    tx: &mut Tx,
    ctx: &Ctx,
    (subject, object): (Subject, &str),
    currency: Currency,
    reader: &Reader,
) -> Result<bool, Fault> {
    fields::fill(tx, ctx, (subject, object), &given(reader), currency)
}

/// What the fields of an object were, as [`fields::Given::of_json`] reads it again.
pub fn before(tx: &mut Tx, ctx: &Ctx, subject: Subject, object: &str) -> Result<Json, Fault> {
    let seen = fields::seen(tx, ctx, subject, object)?;
    let fields = seen.fields.iter().map(|field| {
        let value = seen.values.get(&field.id);
        (
            field.key.clone(),
            value.map_or(Json::Null, |value| field.json(value)),
        )
    });
    Ok(Json::Object(fields.collect::<Map<_, _>>()))
}

/// The outcome of a row whose fields changed or not.
pub fn with(outcome: Outcome, filled: bool) -> Outcome {
    match (outcome, filled) {
        (Outcome::Same, true) => Outcome::Changed,
        (outcome, _) => outcome,
    }
}
