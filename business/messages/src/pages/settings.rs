//! How the business writes: when, by which ways, from whom.

use kernel::{Fault, Locale};
use maud::{Markup, html};
use ui::Tone;
use web::Form;

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

impl Typed {
    pub(crate) fn of(settings: &Settings) -> Self {
        let clock = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
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
        let spoken = Way::ALL.iter().map(|way| {
            let speaks = Occasion::worded().filter(|o| settings.speaks(*way, *o));
            (*way, speaks.map(|o| o.as_str().to_owned()).collect())
        });
        Self {
            values: FIELDS.into_iter().zip(values).collect(),
            spoken: spoken.collect(),
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

/// The page of choices.
pub(crate) fn settings(locale: Locale, house: &House, now: &Settings, typed: &Typed) -> Markup {
    html! {
        div class="split" {
            div {
                form class="form" method="post" action="/messages/settings" data-once {
                    (ui::errors(locale, &typed.errors))
                    (ui::hidden("version", typed.value("version")))
                    (when_card(locale, typed))
                    (what_card(locale, typed))
                    (gateway_card(locale, now, typed))
                    div class="form__f" { (ui::button(locale.t("messages-save")).primary()) }
                }
            }
            aside {
                (ways_card(locale, house, now))
                (test_card(locale, typed))
                @if now.gateway.is_some() { (key_card(locale, now)) }
            }
        }
    }
}

fn when_card(locale: Locale, typed: &Typed) -> Markup {
    let field =
        |field: ui::Field, name: &str| field.value(typed.value(name)).error(typed.error(name));
    ui::card(
        &locale.t("messages-when-title"),
        html! {},
        html! { div class="form__g" {
            (field(ui::number_field("reminder_hours", locale.t("messages-reminder-hours"))
                .range(1, 168).required().suffix(locale.t("messages-hours")), "reminder_hours"))
            (field(ui::number_field("thanks_minutes", locale.t("messages-thanks-minutes"))
                .range(0, 10_080).required().suffix(locale.t("messages-minutes")),
                "thanks_minutes"))
            (field(ui::time_field("quiet_from", locale.t("messages-quiet-from"))
                .required().hint(locale.t("messages-quiet-text")),
                "quiet_from"))
            (field(ui::time_field("quiet_to", locale.t("messages-quiet-to")).required(),
                "quiet_to"))
            (field(ui::text_field("sender", locale.t("messages-sender"))
                .max_length(80).hint(locale.t("messages-sender-text")).optional(locale), "sender"))
            (field(ui::email_field("reply_to", locale.t("messages-reply-to"))
                .max_length(254).optional(locale), "reply_to"))
        } },
    )
}

fn what_card(locale: Locale, typed: &Typed) -> Markup {
    let options: Vec<(String, String)> = Occasion::worded()
        .map(|occasion| (occasion.as_str().to_owned(), occasion.label(locale)))
        .collect();
    ui::card(
        &locale.t("messages-what-title"),
        html! {},
        html! {
            @for way in Way::ALL {
                (ui::choices(way.as_str(), &way.label(locale), &options, typed.spoken(*way), None))
            }
        },
    )
}

fn gateway_card(locale: Locale, now: &Settings, typed: &Typed) -> Markup {
    ui::card(
        &locale.t("messages-gateway"),
        html! {},
        html! {
            p class="muted sm" { (locale.t("messages-gateway-text")) }
            (ui::text_field("gateway_url", locale.t("messages-gateway-url"))
                .value(typed.value("gateway_url")).max_length(500)
                .placeholder("https://").optional(locale)
                .error(typed.error("gateway_url")))
            @if now.gateway.is_none() {
                p class="muted sm" { (locale.t("messages-gateway-key-later")) }
            }
        },
    )
}

fn key_card(locale: Locale, now: &Settings) -> Markup {
    let secret = now
        .gateway
        .as_ref()
        .map_or("", |gateway| gateway.secret.as_str());
    ui::card(
        &locale.t("messages-key"),
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
