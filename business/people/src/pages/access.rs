//! How people sign in: the rules with their effects, and everybody's tries.

use super::factors::sign_ins_table;
use super::roles::access_sections;
use crate::model::{AccessRules, PIN_MINUTES, SIGHT_DAYS, SignIn};
use kernel::{Fault, Locale, TimeZone};
use maud::{Markup, html};
use ui::Tone;
use web::{Fields, Me, SettingChanges};

/// What the page of the rules shows.
pub struct RulesView<'a> {
    /// As they are.
    pub rules: &'a AccessRules,
    /// Every role, as (value, name).
    pub roles: Vec<(String, String)>,
    /// Who changed them last.
    pub changes: &'a SettingChanges,
    /// Whose clock to show.
    pub zone: TimeZone,
    /// Whether this installation can keep second factors.
    pub may_seal: bool,
    /// What was typed and why it was refused.
    pub refused: Option<(&'a Fields, &'a Fault)>,
}

/// The rules of signing in.
pub fn rules_page(me: &Me, view: &RulesView<'_>) -> Markup {
    let locale = me.look.locale;
    let carried = [("version", view.rules.version.to_string())];
    let save = html! { (ui::button(locale.t("people-save")).primary()) };
    let conflict = view.refused.map(|(_, fault)| fault);
    html! {
        (access_sections(me, "/access"))
        div class="mt" { (ui::stack(html! {
            @if !view.may_seal {
                (ui::note(Tone::Warn, html! { (locale.t("people-no-key")) }))
            }
            @if let Some(fault) = conflict.filter(|fault| fault.fields.is_empty()) {
                (ui::note(Tone::Warn, html! { (fault.speak(locale)) }))
            }
            (ui::card(&locale.t("people-access-rules"), html! {},
                ui::settings_form(locale, "/access", &carried, &settings(locale, view), save)))
        })) }
    }
}

fn settings(locale: Locale, view: &RulesView<'_>) -> Vec<ui::Setting> {
    let t = |key: &str| locale.t(key);
    let rules = view.rules;
    let changed = |name: &str| view.changes.of(name, locale, &view.zone);
    let chosen = match view.refused {
        Some((typed, _)) => typed.list("factor_roles"),
        None => rules.factor_roles.clone(),
    };
    let typed = |name: &str, kept: i64| match view.refused {
        Some((typed, _)) => typed.typed(name).to_owned(),
        None => kept.to_string(),
    };
    let wrong = |name: &str| {
        view.refused
            .and_then(|(_, fault)| fault.of_field(name, locale))
    };
    let roles = ui::choices_field(
        "factor_roles",
        t("people-rule-factor"),
        &view.roles,
        &chosen,
    );
    let pin = ui::number_field("pin_minutes", t("people-rule-pin"))
        .value(typed("pin_minutes", rules.pin_minutes))
        .range(1, 60)
        .error(wrong("pin_minutes"))
        .suffix(t("people-unit-minutes"));
    let kept = ui::number_field("sight_days", t("people-rule-sights"))
        .value(typed("sight_days", rules.sight_days))
        .range(30, 3650)
        .error(wrong("sight_days"))
        .suffix(t("people-unit-days"));
    let kept_standard = locale.tx("people-rule-sights-days", &[("days", SIGHT_DAYS.into())]);
    let standard = kernel::format::minutes(locale, PIN_MINUTES);
    vec![
        ui::setting(roles, t("people-rule-factor-effect"))
            .standard(t("people-rule-factor-none"), rules.factor_roles.is_empty())
            .changed(changed("factor_roles")),
        ui::setting(pin, t("people-rule-pin-effect"))
            .standard(standard, rules.pin_minutes == PIN_MINUTES)
            .changed(changed("pin_minutes")),
        ui::setting(kept, t("people-rule-sights-effect"))
            .standard(kept_standard, rules.sight_days == SIGHT_DAYS)
            .changed(changed("sight_days")),
    ]
}

/// Everybody's tries to sign in.
pub fn sign_ins_page(me: &Me, tries: &[SignIn], failed: bool) -> Markup {
    let locale = me.look.locale;
    let chip = |key: &str, path: &str, on| ui::chip(&locale.t(key), path, on);
    html! {
        (access_sections(me, "/access/sign-ins"))
        div class="row wrap mt" {
            (chip("people-tries-all", "/access/sign-ins", !failed))
            (chip("people-tries-failed", "/access/sign-ins?failed=1", failed))
        }
        div class="mt" { (sign_ins_table(locale, &me.zone(), tries, true)) }
        p class="muted sm mt" { (locale.t("people-tries-kept")) }
    }
}
