//! The list of a subject's fields as a file.

use web::{Column, Export, Me};

use crate::model::Field;

/// Every column, named as the page names things.
pub(crate) fn export(me: &Me) -> Export<Field> {
    let locale = me.look.locale;
    let t = |key: &str| locale.t(key);
    let state = move |field: &Field| match field.active {
        true => locale.t("fields-active"),
        false => locale.t("fields-archived"),
    };
    Export {
        name: "fields",
        columns: vec![
            Column::new(t("fields-subject"), move |field: &Field| {
                field.subject.label(locale)
            }),
            Column::new(t("fields-name-zh"), |field: &Field| field.name.zh.clone()),
            Column::new(t("fields-name-en"), |field: &Field| field.name.en.clone()),
            Column::new(t("fields-kind"), move |field: &Field| {
                field.kind.label(locale)
            }),
            Column::new(t("fields-key"), |field: &Field| field.key.clone()),
            Column::new(t("fields-rules"), move |field: &Field| {
                field.rules(locale).join("; ")
            }),
            Column::new(t("fields-state"), state),
        ],
    }
}
