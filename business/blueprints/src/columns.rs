//! The list of blueprints as a file.

use web::{Column, Export, Me};

use crate::model::{Blueprint, Body};

/// A blueprint, and what it holds now.
pub(crate) type Row = (Blueprint, Body);

/// Every column.
pub(crate) fn export(me: &Me) -> Export<Row> {
    let (locale, zone) = (me.look.locale, me.zone());
    let t = |key: &str| locale.t(key);
    let saved = move |(blueprint, _): &Row| blueprint.saved_at.to_zoned(zone.clone()).datetime();
    let phases = move |(_, body): &Row| {
        let names = body.phases.iter().map(|phase| phase.name.get(locale));
        names.collect::<Vec<_>>().join("; ")
    };
    Export {
        name: "blueprints",
        columns: vec![
            Column::new(t("blueprints-name-zh"), |(one, _): &Row| {
                one.name.zh.clone()
            }),
            Column::new(t("blueprints-name-en"), |(one, _): &Row| {
                one.name.en.clone()
            }),
            Column::new(t("blueprints-column-published"), |(one, _): &Row| {
                one.published
            }),
            Column::new(t("blueprints-column-draft"), |(one, _): &Row| one.draft),
            Column::new(t("blueprints-steps"), |(_, body): &Row| {
                i64::try_from(body.steps.len()).unwrap_or(i64::MAX)
            }),
            Column::new(t("blueprints-standard-minutes"), |(_, body): &Row| {
                body.minutes()
            }),
            Column::new(t("blueprints-column-phases"), phases),
            Column::new(t("blueprints-column-saved"), saved),
        ],
    }
}
