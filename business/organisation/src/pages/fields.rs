//! The fields of a site, empty, filled or wrong.

use crate::choices::{CURRENCIES, ZONES};
use crate::model::Site;
use kernel::{Fault, Locale};
use maud::{Markup, html};
use ui::Field;
use web::Fields;

/// What a site's form shows before anybody typed.
pub fn typed_site(site: &Site) -> Fields {
    let pairs = [
        ("version", site.version.to_string()),
        ("name_zh", site.name.zh.clone()),
        ("name_en", site.name.en.clone()),
        ("kind_zh", site.kind.zh.clone()),
        ("kind_en", site.kind.en.clone()),
        ("slug", site.slug.clone()),
        ("address", site.address.clone()),
        ("phone", site.phone.clone()),
        ("zone", site.zone_name().to_owned()),
        ("currency", site.currency.code().to_owned()),
        ("notice_minutes", site.notice_minutes.to_string()),
        ("horizon_days", site.horizon_days.to_string()),
        ("cancel_minutes", site.cancel_minutes.to_string()),
    ];
    Fields::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value)).to_vec())
}

/// The suggestions that the zone field offers.
fn choice_lists() -> Markup {
    html! { datalist id="zones" { @for zone in ZONES { option value=(zone) {} } } }
}

/// Every field of a site, with what was typed and what is wrong.
pub fn site_fields(locale: Locale, typed: &Fields, fault: Option<&Fault>) -> Markup {
    let words = |name: &str, field: Field| {
        field
            .value(typed.typed(name))
            .error(fault.and_then(|fault| fault.of_field(name, locale)))
    };
    let t = |key: &str| locale.t(key);
    let text = |name: &str, label: String, most: usize| {
        words(name, ui::text_field(name, label).max_length(most))
    };
    let currency = typed.typed("currency");
    let known = CURRENCIES.contains(&currency) || currency.is_empty();
    let more = (!known).then_some(currency);
    let currencies = CURRENCIES.into_iter().chain(more).map(|code| (code, code));
    let slug_hint = t("organisation-slug-hint");
    html! {
        (text("name_zh", t("organisation-name-zh"), 80).attr("lang", "zh-CN"))
        (text("name_en", t("organisation-name-en"), 80).attr("lang", "en"))
        (text("kind_zh", t("organisation-kind-zh"), 40).attr("lang", "zh-CN"))
        (text("kind_en", t("organisation-kind-en"), 40).attr("lang", "en"))
        (text("address", t("organisation-address"), 200).class("field--w"))
        (words("phone", ui::phone_field("phone", t("organisation-phone")).max_length(40)))
        (text("slug", t("organisation-slug"), 40).hint(slug_hint))
        (text("zone", t("organisation-zone"), 60).attr("list", "zones").required())
        (words("currency", ui::select_field("currency", t("organisation-currency"), currencies)))
        (choice_lists())
    }
}

/// The fields of the rules of booking: notice, cancelling, horizon.
pub(super) fn rule_fields(locale: Locale, typed: &Fields, fault: Option<&Fault>) -> [Field; 3] {
    let t = |key: &str| locale.t(key);
    let number = |name: &str, label: String, (least, most): (i64, i64)| {
        ui::number_field(name, label)
            .range(least, most)
            .required()
            .value(typed.typed(name))
            .error(fault.and_then(|fault| fault.of_field(name, locale)))
    };
    let minutes = t("organisation-unit-minutes");
    [
        number("notice_minutes", t("organisation-notice"), (0, 43_200)).suffix(minutes.clone()),
        number("cancel_minutes", t("organisation-cancel"), (0, 43_200)).suffix(minutes),
        number("horizon_days", t("organisation-horizon"), (1, 365))
            .suffix(t("organisation-unit-days")),
    ]
}
