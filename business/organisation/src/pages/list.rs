//! Every site in one list, and the business itself.

use crate::commands::BRAND;
use crate::model::{Organisation, Site, SiteState};
use kernel::{Fault, Locale, TimeZone};
use maud::{Markup, html};
use ui::Tone;
use web::{Fields, SettingChanges};

/// A site with the hours that count there today.
pub struct SiteLine {
    /// The site.
    pub site: Site,
    /// Today's hours as text; empty when it is closed all day.
    pub today: String,
}

/// What the business's form shows before anybody typed.
pub fn organisation_typed(organisation: &Organisation) -> Fields {
    let pairs = [
        ("name_zh", organisation.name.zh.clone()),
        ("name_en", organisation.name.en.clone()),
        ("brand", organisation.brand.clone()),
        ("slug", organisation.slug.clone()),
    ];
    Fields::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value)).to_vec())
}

/// The list of sites; `business` is what may be changed about the business, for those who may.
pub fn sites_page(locale: Locale, lines: &[SiteLine], business: [Option<Markup>; 2]) -> Markup {
    let t = |key: &str| locale.t(key);
    let heads = [
        ui::head(t("organisation-site")),
        ui::head(t("organisation-address")).drop(1),
        ui::head(t("organisation-today")),
        ui::head(t("organisation-zone")).drop(2),
        ui::head(t("organisation-state")).drop(1),
    ];
    let rows: Vec<ui::Row> = lines.iter().map(|line| row(locale, line)).collect();
    ui::stack(html! {
        @if rows.is_empty() {
            (ui::empty("store", &t("organisation-no-sites"), &t("organisation-no-sites-text"),
                html! { (ui::link_button(t("organisation-new-site"), "/sites/new").primary()) }))
        } @else { div id="sites" class="grow" data-live="site" { (ui::table(&heads, &rows)) } }
        @for card in business.into_iter().flatten() { (card) }
    })
}

/// The way to one more site.
pub fn new_site_button(locale: Locale) -> Markup {
    let label = locale.t("organisation-new-site");
    html! { (ui::link_button(label, "/sites/new").icon("plus").primary()) }
}

fn row(locale: Locale, line: &SiteLine) -> ui::Row {
    let site = &line.site;
    let kind = site.kind.get(locale);
    let name = html! {
        b lang=(site.name.lang_of(locale).tag()) { (site.name(locale)) }
        @if !kind.is_empty() { " " span class="muted" { (kind) } }
    };
    let today = match line.today.as_str() {
        "" => html! { span class="muted" { (locale.t("organisation-closed-today")) } },
        hours => html! { span class="num" { (hours) } },
    };
    let state = state_badge(locale, site.state);
    let zone = html! { (site.zone_name()) };
    ui::row(vec![name, html! { (site.address) }, today, zone, state])
        .href(format!("/sites/{}", site.id))
        .id(format!("site-{}", site.id))
}

/// Whether a site is in business, in shape, words and colour.
pub fn state_badge(locale: Locale, state: SiteState) -> Markup {
    match state {
        SiteState::Open => ui::badge(
            Tone::Ok,
            "circle-check",
            &locale.t("organisation-state-open"),
        ),
        SiteState::Closed => ui::badge(
            Tone::Neutral,
            "circle-pause",
            &locale.t("organisation-state-closed"),
        ),
    }
}

/// What the settings of the business show.
pub struct BusinessView<'a> {
    /// The business as it is.
    pub organisation: &'a Organisation,
    /// What was typed and why it was refused.
    pub refused: Option<(&'a Fields, &'a Fault)>,
    /// Who changed what last.
    pub changes: &'a SettingChanges,
    /// Whose clock to show.
    pub zone: TimeZone,
}

/// The settings of the business: its name, the colour guests see, and its address.
pub fn business_card(locale: Locale, view: &BusinessView<'_>) -> Markup {
    let t = |key: &str| locale.t(key);
    let saved = organisation_typed(view.organisation);
    let typed = view.refused.map_or(&saved, |(typed, _)| typed);
    let fault = view.refused.map(|(_, fault)| fault);
    let words = |name: &str, key: &str| {
        ui::text_field(name, t(key))
            .value(typed.typed(name))
            .error(fault.and_then(|fault| fault.of_field(name, locale)))
    };
    let changed = |name: &str| view.changes.of(name, locale, &view.zone);
    let effect = || t("organisation-name-effect");
    let is_usual = view.organisation.brand == BRAND;
    let brand = words("brand", "organisation-brand").max_length(7);
    let slug = words("slug", "organisation-slug")
        .max_length(40)
        .prefix("/at/");
    let settings = [
        ui::setting(
            words("name_zh", "organisation-name-zh")
                .max_length(80)
                .attr("lang", "zh-CN"),
            effect(),
        )
        .changed(changed("name")),
        ui::setting(
            words("name_en", "organisation-name-en")
                .max_length(80)
                .attr("lang", "en"),
            effect(),
        )
        .changed(changed("name")),
        ui::setting(
            brand.attr("pattern", "#[0-9A-Fa-f]{6}"),
            t("organisation-brand-hint"),
        )
        .standard(BRAND, is_usual)
        .changed(changed("brand")),
        ui::setting(slug, t("organisation-address-effect")).changed(changed("slug")),
    ];
    let carried = [("version", view.organisation.version.to_string())];
    let save = html! { (ui::button(t("organisation-save"))) };
    let form = html! {
        (super::site::conflict(locale, fault, Vec::new()))
        (ui::settings_form(locale, "/organisation", &carried, &settings, save))
    };
    ui::card(&t("organisation-business"), html! {}, ui::stack(form))
}
