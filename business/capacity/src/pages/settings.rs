//! Booking rules, and the minutes people need between rooms and between sites.

use customers::Level;
use kernel::{Fault, Locale, TimeZone, Timestamp, format};
use maud::{Markup, html};
use organisation::Site;
use ui::{Changed, Setting};
use web::Fields;

use crate::{
    commands,
    model::RuleBy,
    queries::{MoveMinutes, RuleSet, TRAVEL_MINUTES},
};

/// Everything the list of rules shows.
pub(crate) struct RulesView {
    pub(crate) site: Site,
    pub(crate) sets: Vec<RuleSet>,
    /// What the site offers.
    pub(crate) services: Vec<offers::Service>,
}

fn path(by: RuleBy) -> String {
    let (scope, subject) = by.key();
    format!("/booking-rules/{scope}/{subject}")
}

/// What a level of customers is called.
pub(crate) fn level_name(locale: Locale, level: Level) -> String {
    locale.t(match level {
        Level::Regular => "capacity-level-regular",
        Level::Vip => "capacity-level-vip",
    })
}

/// The rules of a site, of services and of levels, and which comes first.
pub(crate) fn rules(locale: Locale, view: &RulesView) -> Markup {
    let head = [
        ui::head(locale.t("capacity-rule-for")),
        ui::head(locale.t("capacity-rule-notice")),
        ui::head(locale.t("capacity-rule-horizon")),
        ui::head(locale.t("capacity-rule-upcoming")),
        ui::head(locale.t("capacity-rule-cancel")),
        ui::head(locale.t("capacity-rule-changed")).drop(2),
    ];
    let mut rows = vec![site_row(locale, view)];
    for service in &view.services {
        let by = RuleBy::Service(service.id);
        if let Some(set) = view.sets.iter().find(|set| set.by == by) {
            rows.push(row(locale, service.name.get(locale), by, Some(set)));
        }
    }
    for level in Level::ALL {
        let by = RuleBy::Level(level);
        let set = view.sets.iter().find(|set| set.by == by);
        rows.push(row(locale, &level_name(locale, level), by, set));
    }
    let choices: Vec<(String, String)> = view
        .services
        .iter()
        .map(|service| (service.id.to_string(), service.name.get(locale).to_owned()))
        .collect();
    html! {
        (ui::note(ui::Tone::Info, html! { p { (locale.t("capacity-rules-order")) } }))
        div class="mt" { (ui::table(&head, &rows)) }
        @if !choices.is_empty() {
            form class="form mt" method="get" action="/booking-rules" {
                div class="form__g" {
                    (ui::select_field("service", locale.t("capacity-rule-service"), choices))
                }
                div class="form__f" { (ui::button(locale.t("capacity-rule-set")).icon("plus")) }
            }
        }
    }
}

fn site_row(locale: Locale, view: &RulesView) -> ui::Row {
    let by = RuleBy::Site(view.site.id);
    let set = view.sets.iter().find(|set| set.by == by);
    let most = set.and_then(|set| set.values.upcoming_max);
    ui::row(vec![
        html! { b { (view.site.name(locale)) } },
        html! { span class="num" { (format::minutes(locale, view.site.notice_minutes)) } },
        html! { span class="num" { (days(locale, view.site.horizon_days)) } },
        html! { span class="num" { (most_text(locale, most)) } },
        html! { span class="num" { (format::minutes(locale, view.site.cancel_minutes)) } },
        html! { (set.map_or("", |set| set.changed_by.as_str())) },
    ])
    .href(path(by))
}

fn row(locale: Locale, name: &str, by: RuleBy, set: Option<&RuleSet>) -> ui::Row {
    let values = set.map(|set| set.values).unwrap_or_default();
    let as_before = || html! { span class="muted" { (locale.t("capacity-rule-none")) } };
    let said = |words: Option<String>| match words {
        Some(words) => html! { span class="num" { (words) } },
        None => as_before(),
    };
    let minutes = |value: Option<i64>| said(value.map(|value| format::minutes(locale, value)));
    ui::row(vec![
        html! { b { (name) } },
        minutes(values.notice_minutes),
        said(values.horizon_days.map(|value| days(locale, value))),
        said(values.upcoming_max.map(|value| value.to_string())),
        minutes(values.cancel_minutes),
        html! { (set.map_or("", |set| set.changed_by.as_str())) },
    ])
    .href(path(by))
}

fn days(locale: Locale, days: i64) -> String {
    locale.tx("capacity-rule-days", &[("days", days.into())])
}

fn most_text(locale: Locale, most: Option<i64>) -> String {
    most.map_or_else(
        || locale.t("capacity-rule-no-limit"),
        |most| most.to_string(),
    )
}

/// One rule to be changed.
pub(crate) struct RuleView<'a> {
    pub(crate) by: RuleBy,
    pub(crate) set: Option<&'a RuleSet>,
    pub(crate) site: &'a Site,
    pub(crate) zone: TimeZone,
    /// What was typed, and why it was refused.
    pub(crate) refused: Option<(&'a Fields, &'a Fault)>,
}

fn changed(locale: Locale, zone: &TimeZone, (by, at): (&str, Timestamp)) -> Changed {
    let local = at.to_zoned(zone.clone());
    let date = format::date_year(locale, local.date());
    Changed {
        by: by.to_owned(),
        at: format!("{date} {}", format::time(local.time())),
    }
}

/// A number that may be empty, with its effect.
struct Entry<'a> {
    name: String,
    label: String,
    effect: String,
    value: Option<i64>,
    range: (i64, i64),
    unit: String,
    /// What it is untouched, in words, and whether it is that now.
    standard: (String, bool),
    changed: Option<Changed>,
    refused: Option<(&'a Fields, &'a Fault)>,
}

impl Entry<'_> {
    fn setting(self, locale: Locale) -> Setting {
        let typed = self
            .refused
            .map(|(typed, _)| typed.typed(&self.name).to_owned());
        let known = self
            .value
            .map(|value| value.to_string())
            .unwrap_or_default();
        let wrong = self
            .refused
            .and_then(|(_, fault)| fault.of_field(&self.name, locale));
        let field = ui::number_field(&self.name, self.label)
            .value(typed.unwrap_or(known))
            .range(self.range.0, self.range.1)
            .suffix(self.unit)
            .error(wrong);
        let (words, is_standard) = self.standard;
        ui::setting(field, self.effect)
            .standard(words, is_standard)
            .changed(self.changed)
    }
}

fn effect_of(name: &str) -> &'static str {
    match name {
        "notice" => "capacity-rule-notice-effect",
        "horizon" => "capacity-rule-horizon-effect",
        "upcoming" => "capacity-rule-upcoming-effect",
        _ => "capacity-rule-cancel-effect",
    }
}

/// A rule: each value with its effect, what holds without it, and who changed it.
pub(crate) fn rule(locale: Locale, view: &RuleView<'_>) -> Markup {
    let values = view.set.map(|set| set.values).unwrap_or_default();
    let who = view
        .set
        .map(|set| changed(locale, &view.zone, (&set.changed_by, set.changed_at)));
    let is_site = matches!(view.by, RuleBy::Site(_));
    let entry = |name: &str, value: Option<i64>, range, (unit, standard): (&str, String)| Entry {
        name: name.to_owned(),
        label: locale.t(&format!("capacity-rule-{name}")),
        effect: locale.t(effect_of(name)),
        value,
        range,
        unit: locale.t(unit),
        standard: (standard, value.is_none()),
        changed: who.clone().filter(|_| value.is_some()),
        refused: view.refused,
    };
    let site = view.site;
    let mut entries = Vec::new();
    if !is_site {
        let standard = format::minutes(locale, site.notice_minutes);
        let range = (0, commands::NOTICE_MAX);
        let words = ("capacity-unit-minutes", standard);
        entries.push(entry("notice", values.notice_minutes, range, words));
        let words = ("capacity-unit-days", days(locale, site.horizon_days));
        let range = (1, commands::HORIZON_MAX);
        entries.push(entry("horizon", values.horizon_days, range, words));
    }
    let words = ("capacity-unit-bookings", locale.t("capacity-rule-no-limit"));
    let range = (1, commands::UPCOMING_MAX);
    entries.push(entry("upcoming", values.upcoming_max, range, words));
    if !is_site {
        let standard = format::minutes(locale, site.cancel_minutes);
        let range = (0, commands::NOTICE_MAX);
        let words = ("capacity-unit-minutes", standard);
        entries.push(entry("cancel", values.cancel_minutes, range, words));
    }
    let settings: Vec<Setting> = entries
        .into_iter()
        .map(|entry| entry.setting(locale))
        .collect();
    let carried = [("version", view.set.map_or(0, |set| set.version).to_string())];
    let save = html! {
        (ui::button(locale.t("capacity-save")).primary())
        (ui::link_button(locale.t("capacity-rules-back"), "/booking-rules").ghost())
    };
    html! {
        (refusal(locale, view.refused))
        (ui::plain_card(html! {
            p class="muted sm" { (locale.t("capacity-rules-order")) }
            @if is_site {
                p class="sm" {
                    a class="link" href={ "/sites/" (site.id) } {
                        (locale.t("capacity-rule-site-rest"))
                    }
                }
            }
            (ui::settings_form(locale, &path(view.by), &carried, &settings, save))
        }))
    }
}

/// What is wrong with the form as a whole.
fn refusal(locale: Locale, refused: Option<(&Fields, &Fault)>) -> Markup {
    let fault = refused.map(|(_, fault)| fault);
    html! {
        @if let Some(fault) = fault.filter(|fault| fault.fields.is_empty()) {
            (ui::note(ui::Tone::Warn, html! { p { (fault.speak(locale)) } }))
        }
    }
}

/// What people need between rooms and between sites.
pub(crate) struct MovesView<'a> {
    pub(crate) site: &'a Site,
    pub(crate) others: &'a [Site],
    pub(crate) rooms: &'a [MoveMinutes],
    pub(crate) sites: &'a [MoveMinutes],
    pub(crate) zone: TimeZone,
    /// What was typed, and why it was refused.
    pub(crate) refused: Option<(&'a Fields, &'a Fault)>,
}

impl MovesView<'_> {
    fn entry(
        &self,
        locale: Locale,
        (name, label, effect): (String, String, &str),
        set: Option<&MoveMinutes>,
        (untouched, most): (Option<i64>, i64),
    ) -> Setting {
        let value = set.map(|set| set.minutes).or(untouched);
        let usual = untouched.unwrap_or_else(|| self.usual());
        let entry = Entry {
            name,
            label,
            effect: locale.t(effect),
            value,
            range: (0, most),
            unit: locale.t("capacity-unit-minutes"),
            standard: (format::minutes(locale, usual), value == untouched),
            changed: set.map(|set| changed(locale, &self.zone, (&set.changed_by, set.changed_at))),
            refused: self.refused,
        };
        entry.setting(locale)
    }

    fn usual(&self) -> i64 {
        let usual = self.sites.iter().find(|set| set.site.is_none());
        usual.map_or(TRAVEL_MINUTES, |set| set.minutes)
    }
}

/// The minutes of a site: between its rooms, and to each other site.
pub(crate) fn moves(locale: Locale, view: &MovesView<'_>) -> Markup {
    let here = view.site.id;
    let room = (
        "room".to_owned(),
        locale.t("capacity-moves-room"),
        "capacity-moves-room-effect",
    );
    let set = view.rooms.iter().find(|set| set.site == Some(here));
    let mut settings = vec![view.entry(locale, room, set, (Some(0), commands::ROOM_MINUTES_MAX))];
    if !view.others.is_empty() {
        let travel = (
            "travel".to_owned(),
            locale.t("capacity-moves-travel"),
            "capacity-moves-travel-effect",
        );
        let usual = view.sites.iter().find(|set| set.site.is_none());
        let most = commands::TRAVEL_MINUTES_MAX;
        settings.push(view.entry(locale, travel, usual, (Some(TRAVEL_MINUTES), most)));
        for other in view.others {
            let pair = (Some(here.min(other.id)), Some(here.max(other.id)));
            let set = view.sites.iter().find(|set| (set.site, set.other) == pair);
            let name = other.name(locale);
            let to = (
                format!("to-{}", other.id),
                locale.tx("capacity-moves-to", &[("name", name.into())]),
                "capacity-moves-to-effect",
            );
            settings.push(view.entry(locale, to, set, (None, most)));
        }
    }
    let save = html! { (ui::button(locale.t("capacity-save")).primary()) };
    html! {
        (refusal(locale, view.refused))
        (ui::plain_card(html! {
            p class="muted sm" { (locale.t("capacity-moves-text")) }
            (ui::settings_form(locale, "/resources/moves", &[], &settings, save))
        }))
    }
}

/// The ways from the rooms of a site to what holds for them.
pub(crate) fn links(locale: Locale) -> Markup {
    html! {
        (ui::link_button(locale.t("capacity-rules"), "/booking-rules").icon("list-checks"))
        (ui::link_button(locale.t("capacity-moves"), "/resources/moves").icon("arrow-right"))
    }
}
