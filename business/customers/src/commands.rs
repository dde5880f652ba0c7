//! What may happen to customers.

use std::collections::BTreeSet;

use kernel::{Ctx, Fault, Locale, Text, ids::CustomerId};
use store::{Event, Tx, Value, params};

use crate::{
    EDIT, JOIN,
    model::{Customer, Level, Named, Phone, is_mail_address, sort_name},
    queries,
    terms::{VERSION, terms},
};

/// The longest name, in characters.
pub const NAME_CHARS_MAX: usize = 80;
/// The longest note, in characters.
pub const NOTE_CHARS_MAX: usize = 2000;

/// Everything about a customer that can be edited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// The name as given.
    pub name: String,
    /// How it is read in Latin letters.
    pub reading: String,
    /// Telephone number as typed.
    pub phone: String,
    /// Electronic mail address.
    pub email: String,
    /// The language the customer prefers.
    pub language: Option<Locale>,
    /// What the desk should know.
    pub note: String,
    /// How the customer is treated; `None` leaves it.
    pub level: Option<Level>,
}

impl Details {
    /// Refuses what cannot be kept, naming the field; gives the phone back.
    fn check(&self) -> Result<Option<Phone>, Fault> {
        let length = |text: &str| text.chars().count();
        let long = |field: &str, max: usize| {
            Err(Fault::invalid(
                field,
                Text::key("customers-too-long").with("max", max),
            ))
        };
        let strange = |text: &str| {
            text.chars()
                .any(|c| c.is_control() && c != '\n' && c != '\t')
        };
        for (field, text) in [
            ("name", &self.name),
            ("reading", &self.reading),
            ("note", &self.note),
        ] {
            if strange(text) {
                return Err(Fault::invalid(field, Text::key("web-control-characters")));
            }
        }
        if self.name.trim().is_empty() {
            return Err(Fault::invalid("name", Text::key("customers-name-needed")));
        }
        if length(&self.name) > NAME_CHARS_MAX {
            return long("name", NAME_CHARS_MAX);
        }
        if length(&self.reading) > NAME_CHARS_MAX {
            return long("reading", NAME_CHARS_MAX);
        }
        if length(&self.note) > NOTE_CHARS_MAX {
            return long("note", NOTE_CHARS_MAX);
        }
        let email = self.email.trim();
        if !(email.is_empty() || is_mail_address(email)) {
            return Err(Fault::invalid("email", Text::key("customers-email-wrong")));
        }
        if self.phone.trim().is_empty() {
            return Ok(None);
        }
        Phone::parse(&self.phone)
            .map(Some)
            .ok_or_else(|| Fault::invalid("phone", Text::key("customers-phone-wrong")))
    }
}

const INSERT: &str = "
    insert into customers (org, id, name, reading, phone, phone_digits, email, language, note,
        level, created_at, version, external_id, sort_name, terms_version)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12, $13, $14)
    on conflict do nothing";

/// Writes a new customer down.
pub fn create_customer(tx: &mut Tx, ctx: &Ctx, details: &Details) -> Result<CustomerId, Fault> {
    ctx.require(EDIT)?;
    let phone = details.check()?;
    let id = insert(tx, ctx, details, phone.as_ref(), None)?;
    id.ok_or_else(phone_taken)
}

fn phone_taken() -> Fault {
    Fault::invalid("phone", Text::key("customers-phone-taken"))
}

/// `None` when somebody else has the phone or the external identity.
fn insert(
    tx: &mut Tx,
    ctx: &Ctx,
    details: &Details,
    phone: Option<&Phone>,
    external_id: Option<&str>,
) -> Result<Option<CustomerId>, Fault> {
    let id: CustomerId = ctx.id();
    let email = details.email.trim();
    let row = params![
        ctx.org,
        id,
        details.name.trim(),
        details.reading.trim(),
        phone.map(Phone::given),
        phone.map(Phone::digits),
        (!email.is_empty()).then_some(email),
        details.language,
        details.note.trim(),
        details.level.unwrap_or(Level::Regular).as_str(),
        ctx.now,
        external_id,
        sort_name(details.name.trim(), details.reading.trim()),
        VERSION,
    ];
    if tx.execute(INSERT, row)? == 0 {
        return Ok(None);
    }
    write_terms(tx, ctx, id, &terms_of(details, phone))?;
    tx.record(
        ctx,
        Event::new("customer.created").object("customer", id, "subject"),
    );
    Ok(Some(id))
}

fn terms_of(details: &Details, phone: Option<&Phone>) -> BTreeSet<String> {
    let email = Some(details.email.trim()).filter(|email| !email.is_empty());
    terms(&details.name, &details.reading, phone, email)
}

/// Keeps these terms of a customer and no others.
pub(crate) fn write_terms(
    tx: &mut Tx,
    ctx: &Ctx,
    id: CustomerId,
    terms: &BTreeSet<String>,
) -> Result<(), Fault> {
    const FORGET: &str = "delete from customer_terms where org = $1 and customer = $2";
    tx.execute(FORGET, params![ctx.org, id])?;
    if terms.is_empty() {
        return Ok(());
    }
    let mut values = params![ctx.org, id].to_vec();
    values.extend(terms.iter().map(Value::from));
    let rows: Vec<String> = (3..=values.len())
        .map(|at| format!("($1, ${at}, $2)"))
        .collect();
    let write = format!(
        "insert into customer_terms (org, term, customer) values {} on conflict do nothing",
        rows.join(", ")
    );
    tx.execute(&write, &values).map(drop)
}

/// Changes a customer, unless somebody else did since `version` was read. Changing nothing is
/// no change.
pub fn change_customer(
    tx: &mut Tx,
    ctx: &Ctx,
    id: CustomerId,
    version: i64,
    details: &Details,
) -> Result<(), Fault> {
    ctx.require(EDIT)?;
    let phone = details.check()?;
    let old = queries::optional(tx, ctx, id)?.ok_or_else(|| Fault::missing("customers-missing"))?;
    if old.version != version {
        return Err(Fault::stale());
    }
    if !update(tx, ctx, &old, details, phone.as_ref())? {
        return Ok(());
    }
    let event = Event::new("customer.changed").object("customer", id, "subject");
    tx.record(ctx, event.attr("version", version + 1));
    Ok(())
}

const UPDATE: &str = "
    update customers set name = $4, reading = $5, phone = $6, phone_digits = $7, email = $8,
        language = $9, note = $10, level = $11, sort_name = $12, terms_version = $13,
        version = version + 1
    where org = $1 and id = $2 and version = $3";

/// Whether there was anything to change.
fn update(
    tx: &mut Tx,
    ctx: &Ctx,
    old: &Customer,
    details: &Details,
    phone: Option<&Phone>,
) -> Result<bool, Fault> {
    let level = details.level.unwrap_or(old.level);
    let email = Some(details.email.trim()).filter(|email| !email.is_empty());
    let (name, reading) = (details.name.trim(), details.reading.trim());
    let note = details.note.trim();
    let same = (name, reading, phone, email)
        == (
            &old.name,
            &old.reading,
            old.phone.as_ref(),
            old.email.as_deref(),
        )
        && (details.language, note, level) == (old.language, &old.note, old.level);
    if same {
        return Ok(false);
    }
    if let Some(phone) = phone
        && queries::by_phone(tx, ctx, phone)?.is_some_and(|other| other.id != old.id)
    {
        return Err(phone_taken());
    }
    let row = params![
        ctx.org,
        old.id,
        old.version,
        name,
        reading,
        phone.map(Phone::given),
        phone.map(Phone::digits),
        email,
        details.language,
        note,
        level.as_str(),
        sort_name(name, reading),
        VERSION,
    ];
    if tx.execute(UPDATE, row)? == 0 {
        return Err(Fault::stale());
    }
    write_terms(tx, ctx, old.id, &terms_of(details, phone))?;
    Ok(true)
}

/// The customer with this phone, or else the only one of exactly this name, or else a new one.
/// Two people at once get the same customer.
pub fn find_or_create(tx: &mut Tx, ctx: &Ctx, named: &Named) -> Result<CustomerId, Fault> {
    ctx.require(JOIN)?;
    let name = named.name.trim();
    if let Some(phone) = &named.phone {
        if let Some(found) = queries::by_phone(tx, ctx, phone)? {
            return Ok(found.id);
        }
    } else if !name.is_empty()
        && let [only] = queries::by_name(tx, ctx, name)?.as_slice()
    {
        // A guest who types a name learns nothing about, and writes nothing on, somebody else.
        if ctx.role != kernel::Role::Guest {
            return Ok(only.id);
        }
    }
    let details = Details {
        name: match (&named.phone, name) {
            (Some(phone), "") => kernel::format::phone_masked(phone.digits()),
            _ => name.to_owned(),
        },
        phone: named
            .phone
            .as_ref()
            .map_or(String::new(), |phone| phone.given().to_owned()),
        language: named.language,
        ..Details::default()
    };
    let phone = details.check()?;
    if let Some(id) = insert(tx, ctx, &details, phone.as_ref(), None)? {
        return Ok(id);
    }
    let winner = phone
        .as_ref()
        .map(|phone| queries::by_phone(tx, ctx, phone))
        .transpose()?;
    winner
        .flatten()
        .map(|winner| winner.id)
        .ok_or_else(Fault::stale)
}

/// The name that was given, when the customer it led to is known by another one; empty otherwise.
/// The customer stays as it is, and whoever gave the name need not hear of the other.
pub fn other_name(
    tx: &mut Tx,
    ctx: &Ctx,
    customer: CustomerId,
    named: &Named,
) -> Result<String, Fault> {
    ctx.require(JOIN)?;
    let given = named.name.trim();
    let is_same = |name: &str| name.to_lowercase() == given.to_lowercase();
    let other = queries::optional(tx, ctx, customer)?
        .filter(|known| !is_same(&known.name) && !is_same(&known.reading));
    Ok(other.map_or_else(String::new, |_| given.to_owned()))
}

/// A customer as another system knows them.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The identity there.
    pub external_id: String,
    /// Everything else.
    pub details: Details,
}

/// What an import did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Written down.
    New(CustomerId),
    /// Known, and different now.
    Changed(CustomerId),
    /// Known, and the same.
    Same(CustomerId),
}

impl Taken {
    /// The customer, in any case.
    pub fn id(self) -> CustomerId {
        match self {
            Taken::New(id) | Taken::Changed(id) | Taken::Same(id) => id,
        }
    }
}

/// Takes a customer over from another system; the same one twice is one.
pub fn import_customer(tx: &mut Tx, ctx: &Ctx, imported: &Imported) -> Result<Taken, Fault> {
    ctx.require(EDIT)?;
    let phone = imported.details.check()?;
    if imported.external_id.is_empty() || imported.external_id.chars().count() > 80 {
        let text = Text::key("customers-too-long").with("max", 80);
        return Err(Fault::invalid("external_id", text));
    }
    if let Some(old) = queries::customer_by_external_id(tx, ctx, &imported.external_id)? {
        let changed = update(tx, ctx, &old, &imported.details, phone.as_ref())?;
        if changed {
            let event = Event::new("customer.changed").object("customer", old.id, "subject");
            tx.record(ctx, event.attr("version", old.version + 1));
        }
        return Ok(if changed {
            Taken::Changed(old.id)
        } else {
            Taken::Same(old.id)
        });
    }
    let external_id = Some(imported.external_id.as_str());
    let id = insert(tx, ctx, &imported.details, phone.as_ref(), external_id)?;
    id.map(Taken::New).ok_or_else(phone_taken)
}

const HOLD_STILL: &str = "update customers set version = version where org = $1 and id = $2";

/// Makes whoever else changes what this customer has wait until this is done: a customer comes
/// first where rows are locked in order.
pub fn hold_still(tx: &mut Tx, ctx: &Ctx, id: CustomerId) -> Result<(), Fault> {
    tx.execute(HOLD_STILL, params![ctx.org, id]).map(drop)
}
