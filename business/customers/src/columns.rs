//! The list of customers as a file.

use fields::{Field, Filter, Subject, Values};
use kernel::{Ctx, Fault, Locale, TimeZone, format};
use store::Tx;
use web::{Column, EXPORT_ROWS, Export};

use crate::{
    PHONE,
    model::{Customer, Level, sort_name},
    queries::{self, After},
};

/// A customer, and what stands in the business's own fields.
pub(crate) type Row = (Customer, Values);

/// The columns of the file. Who may not read phone numbers in full gets them masked, and no mail.
pub(crate) fn export(ctx: &Ctx, locale: Locale, zone: TimeZone, own: Vec<Field>) -> Export<Row> {
    let full = ctx.may(PHONE);
    let phone = move |(one, _): &Row| {
        one.phone.as_ref().map(|phone| match full {
            true => phone.given().to_owned(),
            false => format::phone_masked(phone.digits()),
        })
    };
    let level = move |(one, _): &Row| (one.level == Level::Vip).then(|| locale.t("customers-vip"));
    let language = |(one, _): &Row| one.language.map(|it| it.t("customers-language-own"));
    let column = |key: &str| locale.t(key);
    let mut columns = vec![
        Column::new(column("customers-external-id"), |(one, _): &Row| {
            one.external_id.clone()
        }),
        Column::new(column("customers-name"), |(one, _): &Row| one.name.clone()),
        Column::new(column("customers-reading"), |(one, _): &Row| {
            one.reading.clone()
        }),
        Column::new(column("customers-phone"), phone),
        Column::new(column("customers-email"), move |(one, _): &Row| {
            one.email.clone().filter(|_| full)
        }),
        Column::new(column("customers-language"), language),
        Column::new(column("customers-level"), level),
        Column::new(column("customers-note"), |(one, _): &Row| one.note.clone()),
        Column::new(column("customers-since"), move |(one, _): &Row| {
            one.since.to_zoned(zone.clone()).date()
        }),
    ];
    columns.extend(own.into_iter().map(|field| {
        let heading = field.label(locale).to_owned();
        Column::new(heading, move |(_, values): &Row| {
            field.cell(values.get(&field.id), locale)
        })
    }));
    Export {
        name: "customers",
        columns,
    }
}

/// The customers a filter finds, by name, so many a call.
pub(crate) fn rows(
    ctx: Ctx,
    text: String,
    own: Filter,
) -> impl FnMut(&mut Tx) -> Result<Vec<Row>, Fault> {
    let mut after: Option<After> = None;
    move |tx| {
        let found = queries::narrowed(tx, &ctx, (&text, &own), after.as_ref(), EXPORT_ROWS)?;
        after = found.last().map(|last| After {
            sort_name: sort_name(&last.name, &last.reading),
            id: last.id,
        });
        let ids: Vec<String> = found.iter().map(|one| one.id.to_string()).collect();
        let mut values = fields::values_of(tx, &ctx, Subject::Customer, &ids)?;
        let with = |one: Customer| {
            let values = values.remove(&one.id.to_string()).unwrap_or_default();
            (one, values)
        };
        Ok(found.into_iter().map(with).collect())
    }
}
