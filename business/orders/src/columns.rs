//! The list of orders as a file.

use std::collections::BTreeMap;

use fields::{Field, Subject, Values};
use kernel::{
    Ctx, DateTime, Fault, Locale, TimeZone, Timestamp, format,
    ids::{SiteId, StaffId},
};
use store::Tx;
use web::{Column, EXPORT_ROWS, Export, Me};

use crate::{
    model::{channel_label, state_label},
    queries::{self, Cursor, Filter, Row as Listed},
};

/// An order of the list, and what stands in the business's own fields.
pub(crate) struct Row {
    listed: Listed,
    own: Values,
}

impl std::ops::Deref for Row {
    type Target = Listed;

    fn deref(&self) -> &Listed {
        &self.listed
    }
}

/// What the columns need to know besides the order.
#[derive(Clone)]
struct House {
    locale: Locale,
    zone: TimeZone,
    sites: BTreeMap<SiteId, (TimeZone, String)>,
    staff: BTreeMap<StaffId, String>,
    phones: bool,
}

impl House {
    /// A time on the clocks of the order's site.
    fn local(&self, row: &Row, at: Option<Timestamp>) -> Option<DateTime> {
        let site = self.sites.get(&row.order.site);
        let zone = site.map_or(&self.zone, |(zone, _)| zone);
        at.map(|at| at.to_zoned(zone.clone()).datetime())
    }

    fn phone(&self, row: &Row) -> Option<String> {
        let digits = row.customer.as_ref()?.phone_digits.as_deref()?;
        Some(match self.phones {
            true => digits.to_owned(),
            false => format::phone_masked(digits),
        })
    }

    fn who(&self, row: &Row) -> Option<String> {
        let staff = row.order.state.staff()?;
        self.staff.get(&staff).cloned()
    }
}

/// The columns of the file.
pub(crate) fn export(me: &Me, staff: BTreeMap<StaffId, String>, own: Vec<Field>) -> Export<Row> {
    let locale = me.look.locale;
    let sites = me.sites.iter().map(|site| {
        let name = site.name.get(locale).to_owned();
        (site.id, (site.zone.clone(), name))
    });
    let house = House {
        locale,
        zone: me.zone(),
        sites: sites.collect(),
        staff,
        phones: me.ctx.may(customers::PHONE),
    };
    let mut columns = who_and_what(&house);
    columns.extend(when(&house));
    columns.extend(own.into_iter().map(|field| {
        let heading = field.label(locale).to_owned();
        Column::new(heading, move |row: &Row| {
            field.cell(row.own.get(&field.id), locale)
        })
    }));
    Export {
        name: "orders",
        columns,
    }
}

fn who_and_what(house: &House) -> Vec<Column<Row>> {
    let locale = house.locale;
    let (phones, sites, names) = (house.clone(), house.sites.clone(), house.clone());
    let site = move |row: &Row| sites.get(&row.order.site).map(|(_, name)| name.clone());
    let head = |key: &str| locale.t(key);
    vec![
        Column::new(head("orders-col-number"), |row: &Row| {
            row.order.code.clone()
        }),
        Column::new(head("orders-filter-site"), site),
        Column::new(head("orders-filter-kind"), move |row: &Row| {
            row.order.kind.label(locale)
        }),
        Column::new(head("orders-filter-channel"), move |row: &Row| {
            channel_label(row.order.channel, locale)
        }),
        Column::new(head("orders-col-customer"), |row: &Row| {
            row.customer.as_ref().map(|customer| customer.name.clone())
        }),
        Column::new(head("orders-col-phone"), move |row: &Row| phones.phone(row)),
        Column::new(head("orders-col-what"), move |row: &Row| {
            row.order.title(locale)
        }),
        Column::new(head("orders-col-staff"), move |row: &Row| names.who(row)),
        Column::new(head("orders-col-state"), move |row: &Row| {
            state_label(row.order.state.name(), locale)
        }),
        Column::new(head("orders-col-amount"), |row: &Row| row.order.total),
        Column::new(head("orders-col-currency"), |row: &Row| {
            row.order.total.currency.code().to_owned()
        }),
        Column::new(head("orders-col-note"), |row: &Row| row.order.note.clone()),
        Column::new(head("orders-col-external-id"), |row: &Row| {
            row.order.external_id.clone()
        }),
    ]
}

fn when(house: &House) -> Vec<Column<Row>> {
    type At = fn(&Row) -> Option<Timestamp>;
    let times: [(&str, At); 7] = [
        ("orders-col-created", |row| Some(row.order.created)),
        ("orders-col-slot-start", |row| {
            row.order.state.slot().map(|slot| slot.span.start)
        }),
        ("orders-col-slot-end", |row| {
            row.order.state.slot().map(|slot| slot.span.end)
        }),
        ("orders-col-arrived", |row| row.order.state.arrived()),
        ("orders-col-started", |row| row.order.state.started()),
        ("orders-col-finished", |row| row.order.state.finished()),
        ("orders-col-closed", |row| row.order.state.closed()),
    ];
    let column = |(key, at): (&str, At)| {
        let house = house.clone();
        Column::new(house.locale.t(key), move |row: &Row| {
            house.local(row, at(row))
        })
    };
    let mut columns: Vec<Column<Row>> = times.into_iter().map(column).collect();
    let reason = |row: &Row| row.order.state.reason().map(str::to_owned);
    columns.push(Column::new(house.locale.t("orders-col-reason"), reason));
    columns
}

/// The orders of a filter, newest first, so many a call.
pub(crate) fn rows(ctx: Ctx, filter: Filter) -> impl FnMut(&mut Tx) -> Result<Vec<Row>, Fault> {
    let mut place: Option<Option<Cursor>> = Some(None);
    move |tx| {
        let Some(after) = place else {
            return Ok(Vec::new());
        };
        let page = queries::list(tx, &ctx, &filter, after, EXPORT_ROWS)?;
        place = page.next.map(Some);
        let ids: Vec<String> = page
            .rows
            .iter()
            .map(|row| row.order.id.to_string())
            .collect();
        let mut values = fields::values_of(tx, &ctx, Subject::Order, &ids)?;
        let with = |listed: Listed| {
            let own = values.remove(&listed.order.id.to_string());
            Row {
                own: own.unwrap_or_default(),
                listed,
            }
        };
        Ok(page.rows.into_iter().map(with).collect())
    }
}
