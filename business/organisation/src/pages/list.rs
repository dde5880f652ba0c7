//! Every site in one list, and the business itself.

use crate::model::{Organisation, Site, SiteState};
use kernel::{Fault, Locale};
use maud::{Markup, html};
use ui::Tone;
use web::Fields;

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
    ];
    Fields::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value)).to_vec())
}

/// The list of sites; `business` is the form of the business, for those who may change it.
pub fn sites_page(locale: Locale, lines: &[SiteLine], business: Option<Markup>) -> Markup {
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
        @if let Some(business) = business { (business) }
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

/// The form of the business: its name and the colour guests see.
pub fn business_card(locale: Locale, typed: &Fields, fault: Option<&Fault>) -> Markup {
    let words = |name: &str, key: &str| {
        ui::text_field(name, locale.t(key))
            .value(typed.typed(name))
            .error(fault.and_then(|fault| fault.of_field(name, locale)))
    };
    let form = html! {
        form class="form" method="post" action="/organisation" data-once {
            div class="form__g" {
                (words("name_zh", "organisation-name-zh").max_length(80).attr("lang", "zh-CN"))
                (words("name_en", "organisation-name-en").max_length(80).attr("lang", "en"))
                (words("brand", "organisation-brand").max_length(7)
                    .attr("pattern", "#[0-9A-Fa-f]{6}").hint(locale.t("organisation-brand-hint")))
            }
            div class="form__f" { (ui::button(locale.t("organisation-save"))) }
        }
    };
    ui::card(&locale.t("organisation-business"), html! {}, form)
}
