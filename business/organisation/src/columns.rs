//! The list of sites as a file.

use web::{Column, Export, Me};

use crate::{
    model::{Site, SiteState},
    pages::SiteLine,
};

fn column<C: Into<web::Cell> + 'static>(
    heading: String,
    value: impl Fn(&Site) -> C + Send + Sync + 'static,
) -> Column<SiteLine> {
    Column::new(heading, move |line: &SiteLine| value(&line.site))
}

/// Every column, named as the forms name them.
pub(crate) fn export(me: &Me) -> Export<SiteLine> {
    let locale = me.look.locale;
    let t = |key: &str| locale.t(key);
    let state = move |site: &Site| match site.state {
        SiteState::Open => locale.t("organisation-state-open"),
        SiteState::Closed => locale.t("organisation-state-closed"),
    };
    Export {
        name: "sites",
        columns: vec![
            column(t("organisation-slug"), |site| site.slug.clone()),
            column(t("organisation-name-zh"), |site| site.name.zh.clone()),
            column(t("organisation-name-en"), |site| site.name.en.clone()),
            column(t("organisation-kind-zh"), |site| site.kind.zh.clone()),
            column(t("organisation-kind-en"), |site| site.kind.en.clone()),
            column(t("organisation-address"), |site| site.address.clone()),
            column(t("organisation-phone"), |site| site.phone.clone()),
            column(t("organisation-zone"), |site| site.zone_name().to_owned()),
            column(t("organisation-currency"), |site| {
                site.currency.code().to_owned()
            }),
            Column::new(t("organisation-today"), |line: &SiteLine| {
                line.today.clone()
            }),
            column(t("organisation-state"), state),
        ],
    }
}
