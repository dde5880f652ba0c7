//! The list of services and goods as a file, which an import reads again.

use std::collections::BTreeMap;

use ::fields::Listed;
use kernel::{Locale, ids::SiteId};
use web::{Cell, Column, Export, Me};

use crate::model::Service;

/// Every column.
pub(crate) fn export(me: &Me, own: &Listed) -> Export<Service> {
    let locale = me.look.locale;
    let mut columns = words(locale);
    columns.extend(numbers(locale));
    columns.extend(lists(me));
    columns.extend(own.columns(locale, |one: &Service| one.id.to_string()));
    Export {
        name: "services",
        columns,
    }
}

fn column<C: Into<Cell> + 'static>(
    locale: Locale,
    key: &str,
    value: fn(&Service) -> C,
) -> Column<Service> {
    Column::new(locale.t(key), value)
}

fn words(locale: Locale) -> Vec<Column<Service>> {
    vec![
        column(locale, "offers-code", |s| s.code.clone()),
        column(locale, "offers-external-id", |s| s.external_id.clone()),
        column(locale, "offers-name-zh", |s| s.name.zh.clone()),
        column(locale, "offers-name-en", |s| s.name.en.clone()),
        column(locale, "offers-text-zh", |s| s.text.zh.clone()),
        column(locale, "offers-text-en", |s| s.text.en.clone()),
        Column::new(locale.t("offers-kind"), move |s: &Service| {
            s.kind.label(locale)
        }),
        Column::new(locale.t("offers-family"), move |s: &Service| {
            s.family.label(locale)
        }),
        Column::new(locale.t("offers-column-state"), move |s: &Service| {
            s.state.label(locale)
        }),
    ]
}

fn numbers(locale: Locale) -> Vec<Column<Service>> {
    vec![
        column(locale, "offers-minutes", |s| s.minutes),
        column(locale, "offers-buffer-before", |s| s.buffer_before_minutes),
        column(locale, "offers-buffer-after", |s| s.buffer_after_minutes),
        column(locale, "offers-price-with-tax", |s| s.price),
        column(locale, "offers-currency", |s| {
            s.price.currency.code().to_owned()
        }),
        column(locale, "offers-tax", |s| Cell::Decimal(s.tax_permille, 1)),
        column(locale, "offers-wait-target", |s| s.targets.wait_minutes),
        column(locale, "offers-completion-target", |s| {
            s.targets.completion_minutes
        }),
    ]
}

fn lists(me: &Me) -> Vec<Column<Service>> {
    let locale = me.look.locale;
    let sites = me.sites.iter().map(|site| (site.id, site.slug.clone()));
    let sites: BTreeMap<SiteId, String> = sites.collect();
    let here = move |s: &Service| {
        let slugs = s.sites.iter().filter_map(|site| sites.get(site).cloned());
        slugs.collect::<Vec<_>>().join("; ")
    };
    let channels = |s: &Service| {
        let names = s.channels.iter().map(|channel| channel.as_str());
        names.collect::<Vec<_>>().join("; ")
    };
    vec![
        Column::new(locale.t("offers-channels"), channels),
        Column::new(locale.t("offers-sites-offered"), here),
        Column::new(locale.t("offers-skills"), |s: &Service| s.skills.join("; ")),
        Column::new(locale.t("offers-resources"), |s: &Service| {
            s.resources.join("; ")
        }),
    ]
}
