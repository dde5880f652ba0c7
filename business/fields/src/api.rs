//! Fields of the business's own, for programs: their definitions, and the same two endpoints for
//! each kind of thing.

pub(crate) mod definitions;

use std::collections::BTreeMap;

use kernel::{Bilingual, Ctx, Fault, Id};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Endpoint, Endpoints};

use crate::{
    fill::{self, Given},
    holder::{Holder, currency},
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    id: Id<()>,
}

/// Values by the key of their field; null clears one, what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Fill {
    values: BTreeMap<String, Value>,
}

/// A field and what stands in it.
#[derive(Serialize, JsonSchema)]
struct FieldTold {
    /// What imports and programs call it.
    key: String,
    name: Bilingual,
    /// `text`, `number`, `money`, `date`, `choice` and so on.
    kind: String,
    required: bool,
    /// Null where nothing stands.
    value: Value,
}

/// The fields that are asked for, in their order.
#[derive(Serialize, JsonSchema)]
struct Filled {
    fields: Vec<FieldTold>,
    /// Counts changes.
    version: i64,
}

/// Reading and filling the fields of a kind of thing: `path` is that of the thing with `/fields`,
/// `words` the keys of both titles, `one` an id that stands in examples.
pub fn endpoints(
    holder: Holder,
    (tag, path): (&'static str, &'static str),
    words: [&'static str; 2],
    one: fn() -> Value,
) -> Endpoints {
    let show = move |tx: &mut Tx, ctx: &Ctx, one: One| told(tx, ctx, holder, &one.id.to_string());
    let fill = move |tx: &mut Tx, ctx: &Ctx, one: One, given: Fill| {
        kept(tx, &ctx.unscoped(), holder, &one.id.to_string(), given)
    };
    Endpoints::new(
        tag,
        [
            Endpoint::get(path, holder.view, words[0], show).asks(one),
            Endpoint::post(path, holder.edit, words[1], fill)
                .patch()
                .versioned()
                .asks(one)
                .example(|| json!({ "values": {} })),
        ],
    )
}

fn told(tx: &mut Tx, ctx: &Ctx, holder: Holder, id: &str) -> Result<Filled, Fault> {
    let ctx = &ctx.unscoped();
    (holder.find)(tx, ctx, id)?;
    let seen = fill::seen(tx, ctx, holder.subject, id)?;
    let fields = seen.fields.iter().map(|field| FieldTold {
        key: field.key.clone(),
        name: field.name.clone(),
        kind: field.kind.as_str().to_owned(),
        required: field.required,
        value: match seen.values.get(&field.id) {
            Some(value) => field.json(value),
            None => Value::Null,
        },
    });
    Ok(Filled {
        fields: fields.collect(),
        version: seen.version,
    })
}

fn kept(tx: &mut Tx, ctx: &Ctx, holder: Holder, id: &str, given: Fill) -> Result<Filled, Fault> {
    (holder.find)(tx, ctx, id)?;
    let version = fill::lock(tx, ctx, (holder.subject, id))?;
    tx.seen(id, version)?;
    let currency = currency(tx, ctx)?;
    let values = given.values.into_iter().collect();
    let filled = Given::of_json(&values)
        .and_then(|given| fill::fill(tx, ctx, (holder.subject, id), &given, currency));
    filled.map_err(|mut fault| {
        for wrong in &mut fault.fields {
            if let Some(key) = wrong.field.strip_prefix("field-") {
                wrong.field = format!("values.{key}");
            }
        }
        fault
    })?;
    told(tx, ctx, holder, id)
}
