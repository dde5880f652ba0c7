//! What programs may do with customers.

use kernel::{Ctx, Fault, Locale, ids::CustomerId};
use people::Sight;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Cursor, Endpoint, Endpoints, Moment, Nothing, cut, example, opaque, plain, words};

use crate::{
    EDIT, HOLDER, PHONE, SHELF, VIEW,
    commands::{self, Details},
    model::{Customer, Level, sort_name},
    queries::{self, After},
};

/// Every endpoint.
pub(crate) fn endpoints() -> Endpoints {
    let one = || json!({ "id": example::CUSTOMER });
    Endpoints::new(
        "customers",
        [
            Endpoint::get("/customers", VIEW, "customers-api-list", list).traced(),
            Endpoint::post("/customers", EDIT, "customers-api-create", create)
                .creates()
                .bulk()
                .example(|| json!({ "name": "陈雨桐", "phone": "+86 138 0013 2047" })),
            Endpoint::get("/customers/{id}", VIEW, "customers-api-show", show)
                .traced()
                .asks(one),
            Endpoint::post("/customers/{id}", EDIT, "customers-api-change", change)
                .patch()
                .versioned()
                .asks(one)
                .example(|| json!({ "note": "Prefers the window." })),
        ],
    )
    .merge(fields::endpoints(
        HOLDER,
        ("customers", "/customers/{id}/fields"),
        ["customers-api-fields", "customers-api-fill"],
        one,
    ))
    .merge(files::endpoints(
        SHELF,
        "customers",
        || json!({ "id": example::CUSTOMER, "file": example::FILE }),
    ))
}

fn levels(_: &mut SchemaGenerator) -> Schema {
    words(Level::ALL.map(Level::as_str))
}

fn languages(_: &mut SchemaGenerator) -> Schema {
    words([Locale::En.tag(), Locale::ZhCn.tag()])
}

/// Somebody to be written down.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewCustomer {
    /// The name as given; never split.
    #[schemars(length(min = 1, max = 80))]
    name: String,
    /// A telephone number of 5 to 15 digits; it names one customer.
    #[schemars(length(max = 30))]
    phone: Option<String>,
    /// How the name is read, in Latin letters.
    #[schemars(length(max = 80))]
    reading: Option<String>,
    #[schemars(length(max = 120))]
    email: Option<String>,
    /// The language to talk in.
    #[serde(default)]
    #[schemars(schema_with = "languages")]
    language: Option<String>,
    #[schemars(length(max = 2000))]
    note: Option<String>,
    #[serde(default)]
    #[schemars(schema_with = "levels")]
    level: Option<String>,
}

/// What is to be different; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Change {
    #[schemars(length(min = 1, max = 80))]
    name: Option<String>,
    /// Empty takes the number away.
    #[schemars(length(max = 30))]
    phone: Option<String>,
    #[schemars(length(max = 80))]
    reading: Option<String>,
    #[schemars(length(max = 120))]
    email: Option<String>,
    #[serde(default)]
    #[schemars(schema_with = "languages")]
    language: Option<String>,
    #[schemars(length(max = 2000))]
    note: Option<String>,
    #[serde(default)]
    #[schemars(schema_with = "levels")]
    level: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// A name, a reading, initials, or either end of a phone number.
    #[schemars(length(max = 80))]
    q: Option<String>,
    /// Where the page before ended.
    cursor: Option<String>,
    /// The most customers of this page; 50 if not said.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<i64>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    id: CustomerId,
}

/// Somebody who is served.
#[derive(Serialize, JsonSchema)]
struct Told {
    id: CustomerId,
    name: String,
    reading: String,
    /// In full with the scope `customers.phone`, else masked.
    phone: Option<String>,
    email: Option<String>,
    language: Option<String>,
    note: String,
    level: String,
    since: Moment,
    version: i64,
}

/// A page of customers by name.
#[derive(Serialize, JsonSchema)]
struct List {
    customers: Vec<Told>,
    /// For the next page; null on the last one.
    next_cursor: Option<String>,
}

impl Cursor for After {
    fn read(text: &str) -> Option<Self> {
        let text = plain(text)?;
        let (id, sort_name) = text.split_once(' ')?;
        Some(Self {
            sort_name: sort_name.to_owned(),
            id: CustomerId::parse(id)?,
        })
    }
}

fn told(ctx: &Ctx, customer: Customer) -> Told {
    let phone = customer.phone.map(|phone| match ctx.may(PHONE) {
        true => phone.given().to_owned(),
        false => kernel::format::phone_masked(phone.digits()),
    });
    Told {
        id: customer.id,
        name: customer.name,
        reading: customer.reading,
        phone,
        email: customer.email,
        language: customer.language.map(|language| language.tag().to_owned()),
        note: customer.note,
        level: customer.level.as_str().to_owned(),
        since: Moment::utc(customer.since),
        version: customer.version,
    }
}

fn list(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<List, Fault> {
    let limit = asked.limit.unwrap_or(50);
    let after = After::asked(asked.cursor.as_deref())?;
    let text = asked.q.unwrap_or_default();
    let mut found = queries::customers(tx, ctx, &text, after.as_ref(), limit + 1)?;
    let more = cut(&mut found, limit);
    people::keep_sight(tx, ctx, &Sight::list(found.iter().map(|one| one.id)))?;
    let last = found.last().filter(|_| more);
    let next_cursor = last.map(|last| {
        opaque(&format!(
            "{} {}",
            last.id,
            sort_name(&last.name, &last.reading)
        ))
    });
    Ok(List {
        customers: found.into_iter().map(|one| told(ctx, one)).collect(),
        next_cursor,
    })
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Told, Fault> {
    let customer = queries::customer(tx, ctx, one.id)?;
    people::keep_sight(tx, ctx, &Sight::page(one.id))?;
    Ok(told(ctx, customer))
}

fn create(tx: &mut Tx, ctx: &Ctx, _: Nothing, new: NewCustomer) -> Result<Told, Fault> {
    let details = Details {
        name: new.name,
        reading: new.reading.unwrap_or_default(),
        phone: new.phone.unwrap_or_default(),
        email: new.email.unwrap_or_default(),
        language: new.language.as_deref().and_then(Locale::parse),
        note: new.note.unwrap_or_default(),
        level: new.level.as_deref().and_then(Level::parse),
    };
    let id = commands::create_customer(tx, ctx, &details)?;
    let made = queries::customer(tx, &ctx.unscoped(), id)?;
    Ok(told(ctx, made))
}

fn change(tx: &mut Tx, ctx: &Ctx, one: One, change: Change) -> Result<Told, Fault> {
    ctx.require(EDIT)?;
    let inner = ctx.unscoped();
    let old = queries::customer(tx, &inner, one.id)?;
    tx.seen(old.id, old.version)?;
    let phone = old
        .phone
        .map_or(String::new(), |phone| phone.given().to_owned());
    let details = Details {
        name: change.name.unwrap_or(old.name),
        reading: change.reading.unwrap_or(old.reading),
        phone: change.phone.unwrap_or(phone),
        email: change.email.or(old.email).unwrap_or_default(),
        language: change
            .language
            .as_deref()
            .and_then(Locale::parse)
            .or(old.language),
        note: change.note.unwrap_or(old.note),
        level: change.level.as_deref().and_then(Level::parse),
    };
    commands::change_customer(tx, ctx, one.id, old.version, &details)?;
    let changed = queries::customer(tx, &inner, one.id)?;
    Ok(told(ctx, changed))
}
