//! The list of customers as a file.

use kernel::{Ctx, Fault, Locale, TimeZone, format};
use store::Tx;
use web::{Column, EXPORT_ROWS, Export};

use crate::{
    PHONE,
    model::{Customer, Level, sort_name},
    queries::{self, After},
};

/// The columns of the file. Who may not read phone numbers in full gets them masked, and no mail.
pub(crate) fn export(ctx: &Ctx, locale: Locale, zone: TimeZone) -> Export<Customer> {
    let full = ctx.may(PHONE);
    let phone = move |one: &Customer| {
        one.phone.as_ref().map(|phone| match full {
            true => phone.given().to_owned(),
            false => format::phone_masked(phone.digits()),
        })
    };
    let level = move |one: &Customer| (one.level == Level::Vip).then(|| locale.t("customers-vip"));
    let language = |one: &Customer| one.language.map(|it| it.t("customers-language-own"));
    let column = |key: &str| locale.t(key);
    let columns = vec![
        Column::new(column("customers-external-id"), |one: &Customer| {
            one.external_id.clone()
        }),
        Column::new(column("customers-name"), |one: &Customer| one.name.clone()),
        Column::new(column("customers-reading"), |one: &Customer| {
            one.reading.clone()
        }),
        Column::new(column("customers-phone"), phone),
        Column::new(column("customers-email"), move |one: &Customer| {
            one.email.clone().filter(|_| full)
        }),
        Column::new(column("customers-language"), language),
        Column::new(column("customers-level"), level),
        Column::new(column("customers-note"), |one: &Customer| one.note.clone()),
        Column::new(column("customers-since"), move |one: &Customer| {
            one.since.to_zoned(zone.clone()).date()
        }),
    ];
    Export {
        name: "customers",
        columns,
    }
}

/// The customers a text finds, by name, so many a call.
pub(crate) fn rows(ctx: Ctx, text: String) -> impl FnMut(&mut Tx) -> Result<Vec<Customer>, Fault> {
    let mut after: Option<After> = None;
    move |tx| {
        let found = queries::customers(tx, &ctx, &text, after.as_ref(), EXPORT_ROWS)?;
        after = found.last().map(|last| After {
            sort_name: sort_name(&last.name, &last.reading),
            id: last.id,
        });
        Ok(found)
    }
}
