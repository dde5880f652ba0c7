//! One site: its facts, its week, its special days.

use super::fields::rule_fields;
use super::regions::group_options;
use super::{hours, list::state_badge, site_fields, typed_site};
use crate::SiteFields;
use crate::model::{Hours, Site, SiteGroup, SiteState};
use kernel::{Bilingual, Date, Fault, Locale};
use maud::{Markup, html};
use std::collections::BTreeMap;
use ui::Tone;
use web::{Fields, SettingChanges};

/// A site's page, with what was typed into one of its forms when that was refused.
pub struct SiteView<'a> {
    /// The site as it is.
    pub site: &'a Site,
    /// Its hours, with the special days from today on.
    pub hours: &'a Hours,
    /// Visits ahead outside the hours, by day.
    pub outside: &'a BTreeMap<Date, usize>,
    /// Today at the site.
    pub today: Date,
    /// The groups a site may be put into, for those who may.
    pub groups: Option<&'a [SiteGroup]>,
    /// Who changed the rules of booking last.
    pub changes: &'a SettingChanges,
    /// Where guests book, as a path.
    pub public: String,
    /// The form that was refused: its name, what was typed, and why.
    pub refused: Option<(&'a str, &'a Fields, &'a Fault)>,
}

impl<'a> SiteView<'a> {
    /// What was typed into a form and why it was refused, if this is the one.
    pub(super) fn refused_in(&self, form: &str) -> Option<(&'a Fields, &'a Fault)> {
        let (_, typed, fault) = self.refused.filter(|(name, _, _)| *name == form)?;
        Some((typed, fault))
    }
}

/// The page of one site.
pub fn site_page(locale: Locale, view: &SiteView<'_>) -> Markup {
    html! {
        (outside_note(locale, view))
        div class="split" {
            (ui::stack(html! {
                (facts_card(locale, view))
                (hours::week_card(locale, view))
                (rules_card(locale, view))
            }))
            aside aria-label=(locale.t("organisation-beside")) { (ui::stack(html! {
                (hours::special_card(locale, view))
                (public_card(locale, view))
                @if let Some(groups) = view.groups { (region_card(locale, view, groups)) }
            })) }
        }
    }
}

/// Whom to move or tell, with the way to each day's calendar.
fn outside_note(locale: Locale, view: &SiteView<'_>) -> Markup {
    const DAYS_SHOWN: usize = 14;
    let count: usize = view.outside.values().sum();
    if count == 0 {
        return html! {};
    }
    let words = locale.tx("organisation-visits-outside", &[("count", count.into())]);
    ui::note(
        Tone::Warn,
        html! {
            p { (words) }
            div class="row wrap" {
                @for (day, count) in view.outside.iter().take(DAYS_SHOWN) {
                    @let label = format!("{} · {count}", kernel::format::date(locale, *day));
                    (ui::chip(&label, &format!("/calendar?day={day}"), false))
                }
            }
        },
    )
}

fn facts_card(locale: Locale, view: &SiteView<'_>) -> Markup {
    let refused = view.refused_in("site");
    let saved = typed_site(view.site);
    let typed = refused.map_or(&saved, |(typed, _)| typed);
    let fault = refused.map(|(_, fault)| fault);
    let path = format!("/sites/{}", view.site.id);
    let form = html! {
        (conflict(locale, fault, changed_facts(locale, view.site, typed)))
        form class="form" method="post" action=(path) data-once {
            (ui::hidden("version", view.site.version))
            div class="form__g" { (site_fields(locale, typed, fault)) }
            div class="form__f" { (ui::button(locale.t("organisation-save")).primary()) }
        }
    };
    let badge = state_badge(locale, view.site.state);
    ui::card(&locale.t("organisation-facts"), badge, ui::stack(form))
}

/// Told to the second of two editors: what it is now, beside what they typed.
pub(super) fn conflict(locale: Locale, fault: Option<&Fault>, now: Vec<String>) -> Markup {
    let Some(fault) = fault.filter(|fault| fault.kind == kernel::FaultKind::Conflict) else {
        return html! {};
    };
    ui::note(
        Tone::Warn,
        html! {
            p { (fault.speak(locale)) }
            @if !now.is_empty() {
                p { (locale.t("organisation-is-now")) }
                ul { @for line in now { li { (line) } } }
            }
            p { (locale.t("organisation-save-anyway")) }
        },
    )
}

fn changed_facts(locale: Locale, site: &Site, typed: &Fields) -> Vec<String> {
    let saved = typed_site(site);
    let labels = [
        ("name_zh", "organisation-name-zh"),
        ("name_en", "organisation-name-en"),
        ("kind_zh", "organisation-kind-zh"),
        ("kind_en", "organisation-kind-en"),
        ("address", "organisation-address"),
        ("phone", "organisation-phone"),
        ("slug", "organisation-slug"),
        ("zone", "organisation-zone"),
        ("currency", "organisation-currency"),
    ];
    let differs = labels
        .into_iter()
        .filter(|(name, _)| saved.typed(name) != typed.typed(name));
    let line = |(name, key): (&str, &str)| {
        let (label, value) = (locale.t(key), saved.typed(name));
        locale.tx(
            "organisation-fact",
            &[("label", label.into()), ("value", value.into())],
        )
    };
    differs.map(line).collect()
}

/// The rules of booking that a site has, by the names of their fields.
pub const RULES: [&str; 3] = ["notice_minutes", "cancel_minutes", "horizon_days"];

/// How guests book here: each rule with its effect, its default, and who changed it.
fn rules_card(locale: Locale, view: &SiteView<'_>) -> Markup {
    let refused = view.refused_in("rules");
    let saved = typed_site(view.site);
    let typed = refused.map_or(&saved, |(typed, _)| typed);
    let fault = refused.map(|(_, fault)| fault);
    let usual = SiteFields::new(Bilingual::default(), "", "");
    let site = view.site;
    let minutes = |minutes: i64| kernel::format::minutes(locale, minutes);
    let days = |days: i64| locale.tx("organisation-days", &[("days", days.into())]);
    let [notice, cancel, horizon] = rule_fields(locale, typed, fault);
    let changed = |name: &str| view.changes.of(name, locale, &site.zone);
    let settings = [
        ui::setting(notice, locale.t("organisation-notice-hint"))
            .standard(
                minutes(usual.notice_minutes),
                site.notice_minutes == usual.notice_minutes,
            )
            .changed(changed(RULES[0])),
        ui::setting(cancel, locale.t("organisation-cancel-hint"))
            .standard(
                minutes(usual.cancel_minutes),
                site.cancel_minutes == usual.cancel_minutes,
            )
            .changed(changed(RULES[1])),
        ui::setting(horizon, locale.t("organisation-horizon-hint"))
            .standard(
                days(usual.horizon_days),
                site.horizon_days == usual.horizon_days,
            )
            .changed(changed(RULES[2])),
    ];
    let carried = [("version", site.version.to_string())];
    let save = html! { (ui::button(locale.t("organisation-save"))) };
    let form = html! {
        (conflict(locale, fault, Vec::new()))
        (ui::settings_form(locale, &format!("/sites/{}/rules", site.id), &carried, &settings, save))
    };
    ui::card(&locale.t("organisation-rules"), html! {}, ui::stack(form))
}

/// In which region the site is counted.
fn region_card(locale: Locale, view: &SiteView<'_>, groups: &[SiteGroup]) -> Markup {
    let none = (String::new(), locale.t("organisation-region-of-none"));
    let options: Vec<(String, String)> = std::iter::once(none)
        .chain(group_options(locale, groups))
        .collect();
    let chosen = view.site.group.map(|id| id.to_string()).unwrap_or_default();
    let path = format!("/sites/{}/region", view.site.id);
    let body = html! {
        form class="form" method="post" action=(path) data-once {
            (ui::select_field("region", locale.t("organisation-region"), options).value(chosen)
                .hint(locale.t("organisation-region-hint")))
            div class="form__f" {
                (ui::button(locale.t("organisation-save")).small())
                (ui::link_button(locale.t("organisation-regions"), "/regions/edit").small().ghost())
            }
        }
    };
    ui::card(&locale.t("organisation-region"), html! {}, body)
}

fn public_card(locale: Locale, view: &SiteView<'_>) -> Markup {
    let (path, label, danger) = match view.site.state {
        SiteState::Open => ("closure", locale.t("organisation-close-site"), true),
        SiteState::Closed => ("reopening", locale.t("organisation-reopen-site"), false),
    };
    let action = format!("/sites/{}/{path}", view.site.id);
    let button = ui::post_button(label, action)
        .small()
        .hidden("version", view.site.version.to_string());
    let body = html! {
        p class="muted sm" { (locale.t("organisation-public-text")) }
        p { a class="link" href=(view.public) { (view.public) } }
        div class="row" { @if danger { (button.danger()) } @else { (button) } }
    };
    ui::card(&locale.t("organisation-public"), html! {}, ui::stack(body))
}

/// The form of a site that is not there yet.
pub fn new_site(locale: Locale, typed: &Fields, fault: Option<&Fault>) -> Markup {
    ui::plain_card(html! {
        form class="form" method="post" action="/sites" data-once {
            div class="form__g" { (site_fields(locale, typed, fault)) }
            div class="form__f" {
                (ui::button(locale.t("organisation-open-site")).primary())
                (ui::link_button(locale.t("organisation-cancel-form"), "/sites").ghost())
            }
        }
    })
}
