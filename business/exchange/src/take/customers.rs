//! A row of customers.

use customers::{Customer, Details, Imported, Level, Phone, Taken};
use kernel::{Ctx, Fault, Locale, Text};
use store::Tx;

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
pub fn customer(tx: &mut Tx, ctx: &Ctx, reader: &mut Reader) -> Result<Outcome, Fault> {
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
    reader.check()?;
    if let Some(external_id) = external_id {
        let imported = Imported {
            external_id,
            details,
        };
        return Ok(match customers::import_customer(tx, ctx, &imported)? {
            Taken::New(_) => Outcome::New,
            Taken::Changed(_) => Outcome::Changed,
            Taken::Same(_) => Outcome::Same,
        });
    }
    let Some(old) = old else {
        customers::create_customer(tx, ctx, &details)?;
        return Ok(Outcome::New);
    };
    customers::change_customer(tx, ctx, old.id, old.version, &details)?;
    let now = customers::optional(tx, ctx, old.id)?;
    Ok(match now.is_some_and(|now| now.version > old.version) {
        true => Outcome::Changed,
        false => Outcome::Same,
    })
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
