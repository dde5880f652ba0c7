//! The record of who saw or changed what, as a file.

use kernel::{DateTime, Timestamp};
use web::{Column, Export, Me};

use crate::pages::audit::{Deed, Who};

/// What a deed is told with: the people and customers by name.
pub(super) type Row = (Deed, Who);

/// Every column.
pub(super) fn export(me: &Me) -> Export<Row> {
    let (locale, zone) = (me.look.locale, me.zone());
    let local = move |at: Timestamp| -> DateTime { at.to_zoned(zone.clone()).datetime() };
    let t = |key: &str| locale.t(key);
    Export {
        name: "audit",
        columns: vec![
            Column::new(t("desk-audit-when"), move |(deed, _): &Row| local(deed.at)),
            Column::new(t("desk-audit-who"), |(_, who): &Row| who.user.clone()),
            Column::new(t("desk-audit-what"), move |(deed, _): &Row| {
                deed.words(locale)
            }),
            Column::new(t("desk-audit-times"), |(deed, _): &Row| deed.times()),
            Column::new(t("desk-audit-customer"), |(_, who): &Row| {
                who.customer.clone()
            }),
        ],
    }
}
