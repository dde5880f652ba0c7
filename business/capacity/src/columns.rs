//! The list of rooms and equipment as a file.

use web::{Column, Export, Me};

use crate::pages::Shown;

/// Every column, named as the page names things.
pub(crate) fn export(me: &Me) -> Export<Shown> {
    let locale = me.look.locale;
    let t = |key: &str| locale.t(key);
    let count = |shown: &Shown| i64::try_from(shown.today.0).unwrap_or(i64::MAX);
    let state = move |shown: &Shown| match shown.resource.active {
        true => locale.t("capacity-active"),
        false => locale.t("capacity-retired"),
    };
    Export {
        name: "resources",
        columns: vec![
            Column::new(t("capacity-name-zh"), |shown: &Shown| {
                shown.resource.name.zh.clone()
            }),
            Column::new(t("capacity-name-en"), |shown: &Shown| {
                shown.resource.name.en.clone()
            }),
            Column::new(t("capacity-kind"), move |shown: &Shown| {
                offers::resource_kind_name(locale, &shown.resource.kind)
            }),
            Column::new(t("capacity-visits-today"), count),
            Column::new(t("capacity-minutes-today"), |shown: &Shown| shown.today.1),
            Column::new(t("capacity-needed-by"), |shown: &Shown| {
                shown.services.join("; ")
            }),
            Column::new(t("capacity-state"), state),
        ],
    }
}
