//! The rules of the order, in words and as settings.

use kernel::{Locale, format};
use ui::{Changed, Markup, html};

use super::desk::tabs;
use crate::model::Rules;

/// What the page shows.
#[derive(Debug, Clone)]
pub struct RulesView {
    /// The rules in force.
    pub rules: Rules,
    /// How often they were changed.
    pub version: i64,
    /// Who changed each setting last, in the order of the settings.
    pub changed: Vec<Option<Changed>>,
    /// Whether the viewer may change them.
    pub may_edit: bool,
    /// Whether the viewer may link devices.
    pub may_link: bool,
    /// What is wrong with the sent form.
    pub faults: Vec<(String, String)>,
    /// What was typed, when a form was sent.
    pub typed: Vec<(String, String)>,
}

/// The page: first what holds, in whole sentences; then the settings.
pub fn page(locale: Locale, view: &RulesView) -> Markup {
    ui::stack(html! {
        (tabs(locale, "/queue/rules", view.may_edit, view.may_link))
        (ui::errors(locale, &view.faults))
        (ui::card(&locale.t("queue-rules-words"), html! {}, html! {
            ol class="told" {
                @for sentence in sentences(locale, &view.rules) { li { (sentence) } }
            }
        }))
        @if view.may_edit {
            (ui::card(&locale.t("queue-rules-settings"), html! {}, settings(locale, view)))
        }
    })
}

/// The rules as sentences, in the order in which they are applied.
pub fn sentences(locale: Locale, rules: &Rules) -> Vec<String> {
    let minutes = |count: i64| format::minutes(locale, count);
    let one = |key: &str, count: i64| locale.tx(key, &[("minutes", minutes(count).into())]);
    let booked = match rules.booked_head_minutes {
        0 => locale.t("queue-rule-booked"),
        head => one("queue-rule-booked-head", head),
    };
    vec![
        locale.t("queue-rule-walk-in"),
        booked,
        one("queue-rule-late", rules.booked_grace_minutes),
        locale.t("queue-rule-kept"),
        one("queue-rule-priority", rules.priority_head_minutes),
        one("queue-rule-ageing", rules.head_minutes_max()),
        locale.tx(
            "queue-rule-transfer",
            &[("percent", rules.transfer_keeps_percent.into())],
        ),
        locale.t("queue-rule-away"),
        locale.t("queue-rule-full"),
        locale.t("queue-rule-turns"),
    ]
}

fn settings(locale: Locale, view: &RulesView) -> Markup {
    let standard = Rules::default().settings();
    let minutes = |name: &str, value: i64| match name {
        "transfer_keeps_percent" => format!("{value} %"),
        _ => format::minutes(locale, value),
    };
    let told: Vec<ui::Setting> = view
        .rules
        .settings()
        .into_iter()
        .zip(standard)
        .zip(&view.changed)
        .map(|(((name, value), (_, standard)), changed)| {
            let key = name.replace('_', "-");
            let (label, effect) = (words(locale, &key).0, words(locale, &key).1);
            let typed = view.typed.iter().find(|(field, _)| field == name);
            let fault = view.faults.iter().find(|(field, _)| field == name);
            let field = match name {
                "desk_numbers" => ui::checkbox(name, label, value == 1),
                _ => {
                    let shown = typed.map_or_else(|| value.to_string(), |(_, typed)| typed.clone());
                    let suffix = match name {
                        "transfer_keeps_percent" => "%".to_owned(),
                        _ => locale.t("queue-minutes-unit"),
                    };
                    ui::number_field(name, label)
                        .value(shown)
                        .suffix(suffix)
                        .error(fault.map(|(_, words)| words.clone()))
                }
            };
            let standard_words = match name {
                "desk_numbers" => locale.t("queue-setting-off"),
                _ => minutes(name, standard),
            };
            ui::setting(field, effect)
                .standard(standard_words, value == standard)
                .changed(changed.clone())
        })
        .collect();
    ui::settings_form(
        locale,
        "/queue/rules",
        &[("version", view.version.to_string())],
        &told,
        html! { (ui::button(locale.t("queue-rules-save")).primary()) },
    )
}

/// Name and effect of a setting.
fn words(locale: Locale, key: &str) -> (String, String) {
    match key {
        "booked-head-minutes" => (
            locale.t("queue-set-booked-head"),
            locale.t("queue-set-booked-head-effect"),
        ),
        "booked-grace-minutes" => (
            locale.t("queue-set-grace"),
            locale.t("queue-set-grace-effect"),
        ),
        "priority-head-minutes" => (
            locale.t("queue-set-priority"),
            locale.t("queue-set-priority-effect"),
        ),
        "transfer-keeps-percent" => (
            locale.t("queue-set-transfer"),
            locale.t("queue-set-transfer-effect"),
        ),
        "break-minutes" => (
            locale.t("queue-set-break"),
            locale.t("queue-set-break-effect"),
        ),
        _ => (
            locale.t("queue-set-desk-numbers"),
            locale.t("queue-set-desk-numbers-effect"),
        ),
    }
}
