//! The waiting list as a file: who waits, in their turn, and who no longer does.

use fields::Listed;
use kernel::{DateTime, Timestamp, format};
use web::{Column, Export};

use crate::{
    model::Place,
    pages::{Named, View},
};

/// Every column, the business's own fields of customers at the end; numbers in full for whoever
/// may read them.
pub(crate) fn export(view: View, phones: bool, own: &Listed) -> Export<Named> {
    let locale = view.locale;
    let zone = view.site.zone.clone();
    let local = move |at: Timestamp| -> DateTime { at.to_zoned(zone.clone()).datetime() };
    let begins = local.clone();
    let phone = move |one: &Named| match phones {
        true => one.phone.clone(),
        false => format::phone_masked(&one.phone),
    };
    let state = move |one: &Named| {
        locale.t(match one.entry.place {
            Place::Waiting => "waitlist-state-waiting",
            Place::Placed(_) => "waitlist-state-placed",
            Place::Left => "waitlist-state-left",
            Place::Lapsed => "waitlist-state-lapsed",
        })
    };
    let service = move |one: &Named| view.service_name(&one.entry);
    let t = |key: &str| locale.t(key);
    let mut columns = vec![
        Column::new(t("waitlist-who"), |one: &Named| one.name.clone()),
        Column::new(t("waitlist-phone"), phone),
        Column::new(t("waitlist-what"), service),
        Column::new(t("waitlist-seats"), |one: &Named| one.entry.wish.seats),
        Column::new(t("waitlist-begins"), move |one: &Named| {
            one.session.map(|span| begins(span.start))
        }),
        Column::new(t("waitlist-since"), move |one: &Named| {
            local(one.entry.joined)
        }),
        Column::new(t("waitlist-state"), state),
        Column::new(t("waitlist-note"), |one: &Named| one.entry.note.clone()),
    ];
    columns.extend(own.columns(locale, |one: &Named| one.entry.customer.to_string()));
    Export {
        name: "waiting",
        columns,
    }
}
