//! The list of enquiries as a file.

use std::collections::BTreeMap;

use fields::{Field, Subject, Values};
use kernel::{
    Ctx, DateTime, Fault, Locale, TimeZone, Timestamp,
    ids::{OrderId, SiteId, UserId},
};
use store::Tx;
use web::{Column, Export, Me};

use crate::{
    Enquiry,
    queries::{self, Filter},
};

/// An enquiry, what its customer is called, and what stands in the business's own fields of its
/// order.
pub(crate) type Row = (Enquiry, String, Values);

fn column<C: Into<web::Cell> + 'static>(
    locale: Locale,
    key: &str,
    value: impl Fn(&Enquiry) -> C + Send + Sync + 'static,
) -> Column<Row> {
    Column::new(locale.t(key), move |(enquiry, ..): &Row| value(enquiry))
}

/// Every column, the business's own fields of orders at the end.
pub(crate) fn export(me: &Me, own: Vec<Field>) -> Export<Row> {
    let locale = me.look.locale;
    let sites = me.sites.iter().map(|site| {
        (
            site.id,
            (site.zone.clone(), site.name.get(locale).to_owned()),
        )
    });
    let sites: BTreeMap<SiteId, (TimeZone, String)> = sites.collect();
    let names: BTreeMap<SiteId, String> = sites
        .iter()
        .map(|(id, (_, name))| (*id, name.clone()))
        .collect();
    let local = move |enquiry: &Enquiry, at: Timestamp| -> DateTime {
        let zone = sites.get(&enquiry.site).map(|(zone, _)| zone.clone());
        at.to_zoned(zone.unwrap_or(TimeZone::UTC)).datetime()
    };
    let (opened, due, closed) = (local.clone(), local.clone(), local);
    let customer = Column::new(locale.t("enquiries-customer"), |(_, name, _): &Row| {
        name.clone()
    });
    let mut columns = vec![
        column(locale, "enquiries-order", |one| one.code.clone()),
        column(locale, "enquiries-kind", move |one| one.kind.label(locale)),
        column(locale, "enquiries-level", move |one| {
            one.level.label(locale)
        }),
        column(locale, "enquiries-matter", |one| one.matter.clone()),
        customer,
        column(locale, "enquiries-site", move |one| {
            names.get(&one.site).cloned()
        }),
        column(locale, "enquiries-opened", move |one| {
            opened(one, one.opened)
        }),
        column(locale, "enquiries-due-by", move |one| due(one, one.due)),
        column(locale, "enquiries-owner", |one| {
            one.owner.as_ref().map(|owner| owner.name.clone())
        }),
        column(locale, "enquiries-closed", move |one| {
            one.closed.as_ref().map(|end| closed(one, end.at))
        }),
        column(locale, "enquiries-outcome", |one| {
            one.closed.as_ref().map(|end| end.outcome.clone())
        }),
    ];
    columns.extend(own.into_iter().map(|field| {
        let heading = field.label(locale).to_owned();
        Column::new(heading, move |(_, _, own): &Row| {
            field.cell(own.get(&field.id), locale)
        })
    }));
    Export {
        name: "enquiries",
        columns,
    }
}

/// The enquiries a filter finds, what is due first in front.
pub(crate) fn rows(
    ctx: Ctx,
    filter: Filter,
    who: Option<UserId>,
) -> impl FnMut(&mut Tx) -> Result<Vec<Row>, Fault> {
    let mut after: Option<(Timestamp, OrderId)> = None;
    move |tx| {
        let found = queries::by_due(tx, &ctx, (&filter, who), after)?;
        after = found.last().map(|last| (last.due, last.order)).or(after);
        let ids: Vec<String> = found.iter().map(|one| one.order.to_string()).collect();
        let mut own = fields::values_of(tx, &ctx, Subject::Order, &ids)?;
        let named = |enquiry: Enquiry| {
            let card = orders::card(tx, &ctx, enquiry.order)?;
            let own = own.remove(&enquiry.order.to_string()).unwrap_or_default();
            Ok((enquiry, card.customer_name(ctx.locale).to_owned(), own))
        };
        found.into_iter().map(named).collect()
    }
}
