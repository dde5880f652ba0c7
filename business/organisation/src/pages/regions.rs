//! Regions: the tree of groups, each with its form.

use crate::model::{Site, SiteGroup, in_order};
use kernel::ids::SiteGroupId;
use kernel::{Fault, Locale};
use maud::{Markup, html};
use ui::Tone;
use web::Fields;

/// What the page of the regions shows.
pub struct RegionsView<'a> {
    /// Every region.
    pub groups: &'a [SiteGroup],
    /// Every site.
    pub sites: &'a [Site],
    /// The form that was refused: which region, none for the new one; what was typed; why.
    pub refused: Option<(Option<SiteGroupId>, &'a Fields, &'a Fault)>,
}

/// The groups as (id, name) pairs, those within others set off.
pub(super) fn group_options(locale: Locale, groups: &[SiteGroup]) -> Vec<(String, String)> {
    let options = in_order(groups).into_iter().map(|(depth, group)| {
        let indent = "\u{2003}".repeat(depth);
        (
            group.id.to_string(),
            format!("{indent}{}", group.name(locale)),
        )
    });
    options.collect()
}

/// The page on which regions are made and rearranged.
pub fn regions_page(locale: Locale, view: &RegionsView<'_>) -> Markup {
    let t = |key: &str| locale.t(key);
    let new = html! {
        p class="muted sm" { (t("organisation-regions-text")) }
        (group_form(locale, view, None))
    };
    html! {
        div class="split" {
            (ui::stack(html! {
                @if view.groups.is_empty() {
                    (ui::empty("map-pin", &t("organisation-no-regions"),
                        &t("organisation-regions-text"), html! {}))
                }
                @for (depth, group) in in_order(view.groups) {
                    (group_card(locale, view, (depth, group)))
                }
            }))
            aside aria-label=(t("organisation-new-region")) {
                (ui::card(&t("organisation-new-region"), html! {}, ui::stack(new)))
            }
        }
    }
}

fn group_card(
    locale: Locale,
    view: &RegionsView<'_>,
    (depth, group): (usize, &SiteGroup),
) -> Markup {
    let inside = view
        .sites
        .iter()
        .filter(|site| site.group == Some(group.id));
    let names: Vec<&str> = inside.map(|site| site.name(locale)).collect();
    let removal = format!("/regions/{}/removal", group.id);
    let title = format!("{}{}", "› ".repeat(depth), group.name(locale));
    let body = html! {
        p class="muted sm" {
            @if names.is_empty() { (locale.t("organisation-region-empty")) }
            @else { (names.join(" · ")) }
        }
        (ui::disclosure(&locale.t("organisation-region-change"), is_refused(view, group.id),
            group_form(locale, view, Some(group))))
    };
    let remove = ui::post_button(locale.t("organisation-remove"), removal);
    ui::card(&title, html! { (remove.small().danger()) }, ui::stack(body))
}

fn is_refused(view: &RegionsView<'_>, id: SiteGroupId) -> bool {
    view.refused
        .is_some_and(|(refused, _, _)| refused == Some(id))
}

fn group_form(locale: Locale, view: &RegionsView<'_>, group: Option<&SiteGroup>) -> Markup {
    let t = |key: &str| locale.t(key);
    let id = group.map(|group| group.id);
    let refused = view.refused.filter(|(refused, _, _)| *refused == id);
    let saved = Fields::from_pairs(group.map(pairs).unwrap_or_default());
    let typed = refused.map_or(&saved, |(_, typed, _)| typed);
    let fault = refused.map(|(_, _, fault)| fault);
    let action = match id {
        Some(id) => format!("/regions/{id}"),
        None => "/regions".to_owned(),
    };
    let none = (String::new(), t("organisation-region-top"));
    let own = id.map(|id| id.to_string()).unwrap_or_default();
    let above = group_options(locale, view.groups)
        .into_iter()
        .filter(|(id, _)| *id != own);
    let above: Vec<(String, String)> = std::iter::once(none).chain(above).collect();
    let field = |name: &str, field: ui::Field| {
        field
            .id(format!("{name}-{own}"))
            .value(typed.typed(name))
            .error(fault.and_then(|fault| fault.of_field(name, locale)))
    };
    let name = |name: &str, key: &str, tag: &str| {
        field(name, ui::text_field(name, t(key)).max_length(80)).attr("lang", tag)
    };
    html! {
        @if let Some(fault) = fault.filter(|fault| fault.fields.is_empty()) {
            (ui::note(Tone::Warn, html! { (fault.speak(locale)) }))
        }
        form class="form" method="post" action=(action) data-once {
            @if let Some(group) = group { (ui::hidden("version", group.version)) }
            (name("name_zh", "organisation-name-zh", "zh-CN"))
            (name("name_en", "organisation-name-en", "en"))
            (field("parent", ui::select_field("parent", t("organisation-region-above"), above)))
            div class="form__f" {
                @if id.is_some() { (ui::button(t("organisation-save"))) }
                @else { (ui::button(t("organisation-new-region")).primary()) }
            }
        }
    }
}

fn pairs(group: &SiteGroup) -> Vec<(String, String)> {
    let parent = group.parent.map(|id| id.to_string()).unwrap_or_default();
    vec![
        ("name_zh".to_owned(), group.name.zh.clone()),
        ("name_en".to_owned(), group.name.en.clone()),
        ("parent".to_owned(), parent),
    ]
}
