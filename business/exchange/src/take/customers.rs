//! A row of customers.

use customers::{Customer, Details, Imported, Level, Phone, Taken};
use fields::Subject;
use kernel::{Ctx, Fault, Locale, Text, ids::CustomerId};
use serde_json::{Value as Json, json};
use store::Tx;

use super::{House, own};
use crate::{model::Outcome, values::Reader};

const LANGUAGES: &[(&[&str], Locale)] = &[
    (&["zh-cn", "zh", "chinese", "中文"], Locale::ZhCn),
    (&["en", "english", "英文", "英语"], Locale::En),
];
const LEVELS: &[(&[&str], Level)] = &[
    (&["regular", "普通", "normal"], Level::Regular),
    (&["vip", "贵宾"], Level::Vip),
];

/// Known by the identity in the other system, or else by the phone.
pub fn customer(
    tx: &mut Tx,
    ctx: &Ctx,
    house: &mut House,
    reader: &mut Reader,
) -> Result<Outcome, Fault> {
    let external_id = reader.text("external_id", 80);
    let phone = reader.given("phone").map(str::to_owned);
    if external_id.is_none() && phone.is_none() {
        reader.wrong("external_id", Text::key("exchange-identity-phone"));
    }
    let old = match (&external_id, &phone) {
        (Some(id), _) => customers::customer_by_external_id(tx, ctx, id)?,
        (None, Some(phone)) => by_phone(tx, ctx, phone)?,
        (None, None) => None,
    };
    let details = details(reader, old.as_ref());
    let currency = house.currency();
    own::check(tx, ctx, (Subject::Customer, currency), reader)?;
    reader.check()?;
    let before = match &old {
        Some(old) => Some(before(tx, ctx, old)?),
        None => None,
    };
    let (id, outcome) = save(tx, ctx, (old.as_ref(), external_id), details)?;
    let about = (Subject::Customer, id.to_string());
    let filled = own::fill(tx, ctx, (about.0, &about.1), currency, reader)?;
    let outcome = own::with(outcome, filled);
    match (&outcome, before) {
        (Outcome::New, _) => house.made("customer", id),
        (Outcome::Changed, Some(before)) => house.changed("customer", id, before),
        _ => {}
    }
    Ok(outcome)
}

fn save(
    tx: &mut Tx,
    ctx: &Ctx,
    (old, external_id): (Option<&Customer>, Option<String>),
    details: Details,
) -> Result<(CustomerId, Outcome), Fault> {
    if let Some(external_id) = external_id {
        let imported = Imported {
            external_id,
            details,
        };
        let taken = customers::import_customer(tx, ctx, &imported)?;
        let outcome = match taken {
            Taken::New(_) => Outcome::New,
            Taken::Changed(_) => Outcome::Changed,
            Taken::Same(_) => Outcome::Same,
        };
        return Ok((taken.id(), outcome));
    }
    let Some(old) = old else {
        let id = customers::create_customer(tx, ctx, &details)?;
        return Ok((id, Outcome::New));
    };
    customers::change_customer(tx, ctx, old.id, old.version, &details)?;
    let now = customers::optional(tx, ctx, old.id)?;
    Ok((
        old.id,
        match now.is_some_and(|now| now.version > old.version) {
            true => Outcome::Changed,
            false => Outcome::Same,
        },
    ))
}

/// Everything about a customer that an import can change.
fn before(tx: &mut Tx, ctx: &Ctx, old: &Customer) -> Result<Json, Fault> {
    let phone = old.phone.as_ref().map(|phone| phone.given());
    Ok(json!({
        "name": old.name,
        "reading": old.reading,
        "phone": phone,
        "email": old.email,
        "language": old.language.map(Locale::tag),
        "note": old.note,
        "level": old.level.as_str(),
        "fields": own::before(tx, ctx, Subject::Customer, &old.id.to_string())?,
    }))
}

/// Gives a customer back what [`before`] kept.
pub fn restore(
    tx: &mut Tx,
    ctx: &Ctx,
    (id, version): (CustomerId, i64),
    before: &Json,
) -> Result<(), Fault> {
    let text = |name: &str| before[name].as_str().unwrap_or_default().to_owned();
    let details = Details {
        name: text("name"),
        reading: text("reading"),
        phone: text("phone"),
        email: text("email"),
        language: Locale::parse(&text("language")),
        note: text("note"),
        level: Level::parse(&text("level")),
    };
    customers::change_customer(tx, ctx, id, version, &details)
}

/// The customer with a phone; a text that is no phone finds nobody.
fn by_phone(tx: &mut Tx, ctx: &Ctx, phone: &str) -> Result<Option<Customer>, Fault> {
    let Some(phone) = Phone::parse(phone) else {
        return Ok(None);
    };
    let found = customers::search(tx, ctx, phone.digits(), 100)?;
    let has_it = |customer: &Customer| {
        let other = customer.phone.as_ref();
        other.is_some_and(|other| other.digits() == phone.digits())
    };
    Ok(found.into_iter().find(has_it))
}

/// What the row says, over what was known: an empty cell leaves it.
fn details(reader: &mut Reader, old: Option<&Customer>) -> Details {
    let known = old.map(|old| Details {
        name: old.name.clone(),
        reading: old.reading.clone(),
        phone: old
            .phone
            .as_ref()
            .map_or(String::new(), |p| p.given().to_owned()),
        email: old.email.clone().unwrap_or_default(),
        language: old.language,
        note: old.note.clone(),
        level: None,
    });
    let known = known.unwrap_or_default();
    Details {
        name: reader.needed("name", 80),
        reading: reader.text("reading", 80).unwrap_or(known.reading),
        phone: reader.text("phone", 30).unwrap_or(known.phone),
        email: reader.text("email", 120).unwrap_or(known.email),
        language: reader.choice("language", LANGUAGES).or(known.language),
        note: reader.text("note", 2000).unwrap_or(known.note),
        level: reader.choice("level", LEVELS),
    }
}
