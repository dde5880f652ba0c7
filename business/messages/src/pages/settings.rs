//! How the business writes: when, by which ways, from whom.

use kernel::{Fault, Locale, TimeZone};
use maud::{Markup, html};
use ui::Tone;
use web::{Form, SettingChanges};

use crate::{
    House,
    model::{Occasion, Settings, Way},
};

/// What the form holds: typed, or read from the choices in force.
pub(crate) struct Typed {
    values: Vec<(&'static str, String)>,
    spoken: Vec<(Way, Vec<String>)>,
    errors: Vec<(String, String)>,
    /// The recipient of a test and what is wrong with it.
    pub(crate) test: (String, Option<String>),
}

/// What can be chosen, by name.
pub(crate) const CHOICES: [&str; 10] = [
    "reminder_hours",
    "thanks_minutes",
    "quiet_from",
    "quiet_to",
    "sender",
    "reply_to",
    "mail",
    "text",
    "gateway_url",
    "reports",
];

const FIELDS: [&str; 8] = [
    "sender",
    "reply_to",
    "reminder_hours",
    "thanks_minutes",
    "quiet_from",
    "quiet_to",
    "gateway_url",
    "version",
];

fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn spoken(settings: &Settings, way: Way) -> Vec<String> {
    let speaks = Occasion::worded().filter(|occasion| settings.speaks(way, *occasion));
    speaks
        .map(|occasion| occasion.as_str().to_owned())
        .collect()
}

impl Typed {
    pub(crate) fn of(settings: &Settings) -> Self {
        let gateway = settings.gateway.as_ref();
        let values = [
            settings.sender.clone(),
            settings.reply_to.clone().unwrap_or_default(),
            settings.reminder_hours.to_string(),
            settings.thanks_minutes.to_string(),
            clock(settings.quiet.from_minute),
            clock(settings.quiet.to_minute),
            gateway
                .map(|gateway| gateway.url.clone())
                .unwrap_or_default(),
            settings.version.to_string(),
        ];
        let told = Way::ALL.iter().map(|way| (*way, spoken(settings, *way)));
        Self {
            values: FIELDS.into_iter().zip(values).collect(),
            spoken: told.collect(),
            errors: Vec::new(),
            test: Default::default(),
        }
    }

    pub(crate) fn from_form(form: &Form, fault: &Fault, locale: Locale) -> Self {
        let typed = |field: &'static str| (field, form.typed(field).to_owned());
        let spoken = Way::ALL.iter().map(|way| (*way, form.list(way.as_str())));
        let errors = fault.fields.iter();
        Self {
            values: FIELDS.into_iter().map(typed).collect(),
            spoken: spoken.collect(),
            errors: errors
                .map(|f| (f.field.clone(), f.text.speak(locale)))
                .collect(),
            test: Default::default(),
        }
    }

    fn value(&self, field: &str) -> &str {
        let found = self.values.iter().find(|(name, _)| *name == field);
        found.map_or("", |(_, value)| value)
    }

    fn error(&self, field: &str) -> Option<String> {
        let found = self.errors.iter().find(|(name, _)| name == field);
        found.map(|(_, words)| words.clone())
    }

    fn spoken(&self, way: Way) -> &[String] {
        let found = self.spoken.iter().find(|(known, _)| *known == way);
        found.map_or(&[], |(_, words)| words)
    }
}

/// Everything the page of choices shows.
pub(crate) struct SettingsView<'a> {
    /// What the program can do outside.
    pub house: &'a House,
    /// The choices in force.
    pub now: &'a Settings,
    /// What the form holds.
    pub typed: &'a Typed,
    /// Who changed what last.
    pub changes: &'a SettingChanges,
    /// Whose clock to show.
    pub zone: TimeZone,
    /// Where reports of mail that came back are taken.
    pub reports: String,
}

/// The page of choices.
pub(crate) fn settings(locale: Locale, view: &SettingsView<'_>) -> Markup {
    html! {
        div class="split" {
            div { (ui::stack(html! {
                (choices_card(locale, view))
                (reports_card(locale, view))
            })) }
            aside { (ui::stack(html! {
                (ways_card(locale, view.house, view.now))
                (test_card(locale, view.typed))
                @if view.now.gateway.is_some() { (key_card(locale, view.now)) }
            })) }
        }
    }
}

fn choices_card(locale: Locale, view: &SettingsView<'_>) -> Markup {
    let mut settings = when(locale, view);
    settings.extend(whence(locale, view));
    settings.extend(Way::ALL.iter().map(|way| told(locale, view, *way)));
    settings.push(gateway(locale, view));
    let carried = [("version", view.typed.value("version").to_owned())];
    let save = html! { (ui::button(locale.t("messages-save")).primary()) };
    let form = html! {
        (ui::errors(locale, &view.typed.errors))
        (ui::settings_form(locale, "/messages/settings", &carried, &settings, save))
    };
    ui::card(&locale.t("messages-choices"), html! {}, form)
}

/// A field as it was typed, its effect, and who changed it.
fn choice(
    locale: Locale,
    view: &SettingsView<'_>,
    name: &str,
    (field, effect): (ui::Field, &str),
) -> ui::Setting {
    let field = field
        .value(view.typed.value(name))
        .error(view.typed.error(name));
    ui::setting(field, locale.t(effect)).changed(view.changes.of(name, locale, &view.zone))
}

fn when(locale: Locale, view: &SettingsView<'_>) -> Vec<ui::Setting> {
    let (usual, now) = (Settings::default(), view.now);
    let hours = |count: i64| format!("{count} {}", locale.t("messages-hours"));
    let minutes = |count: i64| format!("{count} {}", locale.t("messages-minutes"));
    let reminder = ui::number_field("reminder_hours", locale.t("messages-reminder-hours"))
        .range(1, 168)
        .required()
        .suffix(locale.t("messages-hours"));
    let thanks = ui::number_field("thanks_minutes", locale.t("messages-thanks-minutes"))
        .range(0, 10_080)
        .required()
        .suffix(locale.t("messages-minutes"));
    let from = ui::time_field("quiet_from", locale.t("messages-quiet-from")).required();
    let to = ui::time_field("quiet_to", locale.t("messages-quiet-to")).required();
    let of = |name, field, effect| choice(locale, view, name, (field, effect));
    vec![
        of("reminder_hours", reminder, "messages-reminder-effect").standard(
            hours(usual.reminder_hours),
            now.reminder_hours == usual.reminder_hours,
        ),
        of("thanks_minutes", thanks, "messages-thanks-effect").standard(
            minutes(usual.thanks_minutes),
            now.thanks_minutes == usual.thanks_minutes,
        ),
        of("quiet_from", from, "messages-quiet-text").standard(
            clock(usual.quiet.from_minute),
            now.quiet.from_minute == usual.quiet.from_minute,
        ),
        of("quiet_to", to, "messages-quiet-to-effect").standard(
            clock(usual.quiet.to_minute),
            now.quiet.to_minute == usual.quiet.to_minute,
        ),
    ]
}

fn whence(locale: Locale, view: &SettingsView<'_>) -> Vec<ui::Setting> {
    let sender = ui::text_field("sender", locale.t("messages-sender"))
        .max_length(80)
        .optional(locale);
    let reply_to = ui::email_field("reply_to", locale.t("messages-reply-to"))
        .max_length(254)
        .optional(locale);
    vec![
        choice(locale, view, "sender", (sender, "messages-sender-effect")).standard(
            locale.t("messages-sender-usual"),
            view.now.sender.is_empty(),
        ),
        choice(
            locale,
            view,
            "reply_to",
            (reply_to, "messages-reply-to-effect"),
        )
        .standard(
            locale.t("messages-reply-to-usual"),
            view.now.reply_to.is_none(),
        ),
    ]
}

fn told(locale: Locale, view: &SettingsView<'_>, way: Way) -> ui::Setting {
    let options: Vec<(String, String)> = Occasion::worded()
        .map(|occasion| (occasion.as_str().to_owned(), occasion.label(locale)))
        .collect();
    let label = locale.tx("messages-told-by", &[("way", way.label(locale).into())]);
    let field = ui::choices_field(way.as_str(), label, &options, view.typed.spoken(way));
    let usual = spoken(&Settings::default(), way);
    let is_usual = spoken(view.now, way) == usual;
    let silent = options.iter().filter(|(word, _)| !usual.contains(word));
    let silent: Vec<&str> = silent.map(|(_, label)| label.as_str()).collect();
    let words = match silent.as_slice() {
        [] => locale.t("messages-told-all"),
        some => locale.tx("messages-told-but", &[("but", some.join(", ").into())]),
    };
    ui::setting(field, locale.t("messages-told-effect"))
        .standard(words, is_usual)
        .changed(view.changes.of(way.as_str(), locale, &view.zone))
}

fn gateway(locale: Locale, view: &SettingsView<'_>) -> ui::Setting {
    let field = ui::text_field("gateway_url", locale.t("messages-gateway"))
        .max_length(500)
        .placeholder("https://")
        .optional(locale);
    choice(
        locale,
        view,
        "gateway_url",
        (field, "messages-gateway-text"),
    )
    .standard(locale.t("messages-no-gateway"), view.now.gateway.is_none())
}

/// Where whoever carries the mail reports what came back.
fn reports_card(locale: Locale, view: &SettingsView<'_>) -> Markup {
    let path = "/messages/settings/reports";
    let changed = view.changes.of("reports", locale, &view.zone);
    let badge = match view.now.report_secret {
        Some(_) => ui::badge(Tone::Ok, "circle-check", &locale.t("messages-way-open")),
        None => ui::badge(
            Tone::Neutral,
            "circle-pause",
            &locale.t("messages-reports-closed"),
        ),
    };
    ui::card(
        &locale.t("messages-reports"),
        badge,
        ui::stack(html! {
            p class="muted sm" { (locale.t("messages-reports-text")) }
            @if let Some(secret) = &view.now.report_secret {
                (ui::text_field("reports_url", locale.t("messages-reports-url"))
                    .value(&view.reports).attr("readonly", "")
                    .hint(locale.t("messages-reports-form")))
                (ui::text_field("reports_key", locale.t("messages-key"))
                    .value(secret).attr("readonly", "").hint(locale.t("messages-reports-key")))
            }
            @if let Some(changed) = &changed {
                p class="muted sm" { (locale.tx("ui-setting-changed", &[
                    ("name", changed.by.as_str().into()),
                    ("when", changed.at.as_str().into()),
                ])) }
            }
            div class="row wrap" {
                @if view.now.report_secret.is_some() {
                    (ui::post_button(locale.t("messages-key-change"), path).hidden("open", "1")
                        .small())
                    (ui::post_button(locale.t("messages-reports-close"), path).hidden("open", "0")
                        .small().ghost())
                } @else {
                    (ui::post_button(locale.t("messages-reports-open"), path).hidden("open", "1"))
                }
            }
        }),
    )
}

fn key_card(locale: Locale, now: &Settings) -> Markup {
    let secret = now
        .gateway
        .as_ref()
        .map_or("", |gateway| gateway.secret.as_str());
    ui::card(
        &locale.t("messages-gateway-key"),
        html! {},
        html! {
            p class="muted sm" { (locale.t("messages-key-text")) }
            (ui::text_field("key", locale.t("messages-key")).value(secret).attr("readonly", ""))
            (ui::post_button(locale.t("messages-key-change"), "/messages/settings/key").small())
        },
    )
}
fn ways_card(locale: Locale, house: &House, now: &Settings) -> Markup {
    let state = |open: bool, key: &str| {
        let tone = if open { Tone::Ok } else { Tone::Neutral };
        let words = if open {
            locale.t("messages-way-open")
        } else {
            locale.t(key)
        };
        ui::badge(tone, "", &words)
    };
    ui::card(
        &locale.t("messages-ways"),
        html! {},
        html! {
            (ui::kv(&[
                (Way::Mail.label(locale), state(house.sends_mail, "messages-no-server")),
                (Way::Text.label(locale), state(now.gateway.is_some(), "messages-no-gateway")),
            ]))
            @if !house.sends_mail {
                p class="muted sm" { (locale.t("messages-no-server-text")) }
            }
        },
    )
}

fn test_card(locale: Locale, typed: &Typed) -> Markup {
    let (recipient, wrong) = &typed.test;
    let ways: Vec<(String, String)> = Way::ALL
        .iter()
        .map(|way| (way.as_str().to_owned(), way.label(locale)))
        .collect();
    ui::card(
        &locale.t("messages-test"),
        html! {},
        html! {
            form class="form" method="post" action="/messages/tests" data-once {
                (ui::select_field("way", locale.t("messages-way"), ways))
                (ui::text_field("recipient", locale.t("messages-to")).value(recipient)
                    .max_length(254).required().error(wrong.clone()))
                div class="form__f" { (ui::button(locale.t("messages-test-send")).icon("send")) }
            }
        },
    )
}
