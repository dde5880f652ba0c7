//! What is seen of webhooks: who is told, what was sent, and what became of it.

mod deliveries;
mod one;

pub(crate) use deliveries::{activity_words, delivery};
pub(crate) use one::{OneView, one};

use kernel::{Fault, Locale, TimeZone, Timestamp, format};
use maud::{Markup, html};
use ui::Tone;
use web::{Fields, Me};

use crate::model::{NOUNS, Stage, State, Webhook};

/// Every webhook, and the form for a new one.
pub(crate) fn list(
    me: &Me,
    all: &[(Webhook, Vec<(Stage, i64)>)],
    refused: Option<(&Fields, &Fault)>,
) -> Markup {
    let locale = me.look.locale;
    let none = Fields::default();
    let (typed, fault) = refused.map_or((&none, None), |(typed, fault)| (typed, Some(fault)));
    let form = html! {
        (general(locale, fault))
        form class="form" method="post" action="/settings/webhooks" data-once {
            (address(locale, typed.typed("url"), fault))
            (kinds(locale, &typed.list("kinds"), fault))
            div class="form__f" { (ui::button(locale.t("webhooks-make")).primary()) }
        }
    };
    html! {
        div class="split" {
            div id="webhooks" data-live="webhook" {
                @if all.is_empty() {
                    (ui::empty("send", &locale.t("webhooks-none"), &locale.t("webhooks-about"),
                        html! {}))
                } @else { (table(locale, all)) }
            }
            aside aria-label=(locale.t("webhooks-new")) {
                (ui::card(&locale.t("webhooks-new"), html! {}, ui::stack(form)))
            }
        }
    }
}

fn table(locale: Locale, all: &[(Webhook, Vec<(Stage, i64)>)]) -> Markup {
    let heads = [
        ui::head(locale.t("webhooks-url")),
        ui::head(locale.t("webhooks-kinds")).drop(1),
        ui::head(locale.t("webhooks-on-the-way")).number(),
        ui::head(locale.t("webhooks-state")),
    ];
    let rows: Vec<ui::Row> = all
        .iter()
        .map(|(webhook, counts)| {
            let pending = count_of(counts, Stage::Waiting) + count_of(counts, Stage::Failed);
            ui::row(vec![
                html! { (webhook.url) },
                html! { span class="sm muted" { (kinds_words(locale, &webhook.kinds)) } },
                html! { (pending) },
                state_badge(locale, webhook),
            ])
            .href(format!("/settings/webhooks/{}", webhook.id))
            .id(format!("w-{}", webhook.id))
        })
        .collect();
    ui::stacking_table(&heads, &rows)
}

fn count_of(counts: &[(Stage, i64)], stage: Stage) -> i64 {
    let found = counts.iter().find(|(known, _)| *known == stage);
    found.map_or(0, |(_, count)| *count)
}

/// What is wrong with a form as a whole.
fn general(locale: Locale, fault: Option<&Fault>) -> Markup {
    html! {
        @if let Some(fault) = fault.filter(|fault| fault.fields.is_empty()) {
            (ui::note(Tone::Danger, html! { p { (fault.speak(locale)) } }))
        }
    }
}

fn address(locale: Locale, typed: &str, fault: Option<&Fault>) -> ui::Field {
    ui::text_field("url", locale.t("webhooks-url"))
        .value(typed)
        .required()
        .max_length(outbound::URL_CHARS_MAX)
        .placeholder("https://")
        .hint(locale.t("webhooks-url-hint"))
        .error(fault.and_then(|fault| fault.of_field("url", locale)))
}

/// Tick boxes for the nouns, and for what else is chosen by a program.
fn kinds(locale: Locale, chosen: &[String], fault: Option<&Fault>) -> ui::Field {
    let nouns = NOUNS.iter().map(|noun| (*noun).to_owned());
    let others = chosen.iter().filter(|kind| !NOUNS.contains(&kind.as_str()));
    let options: Vec<(String, String)> = nouns
        .chain(others.cloned())
        .map(|kind| (kind.clone(), kind_words(locale, &kind)))
        .collect();
    ui::choices_field("kinds", locale.t("webhooks-kinds"), &options, chosen)
        .hint(locale.t("webhooks-kinds-hint"))
        .error(fault.and_then(|fault| fault.of_field("kinds", locale)))
}

fn kind_words(locale: Locale, kind: &str) -> String {
    locale.tx("webhooks-kind", &[("kind", kind.into())])
}

fn kinds_words(locale: Locale, kinds: &[String]) -> String {
    match kinds {
        [] => locale.t("webhooks-everything"),
        some => {
            let words: Vec<String> = some.iter().map(|kind| kind_words(locale, kind)).collect();
            words.join(&locale.t("webhooks-comma"))
        }
    }
}

fn state_badge(locale: Locale, webhook: &Webhook) -> Markup {
    let (tone, icon) = match (webhook.state, webhook.failing_since) {
        (State::Active, None) => (Tone::Ok, "circle-check"),
        (State::Active, Some(_)) => {
            return ui::badge(Tone::Warn, "triangle-alert", &locale.t("webhooks-failing"));
        }
        (State::Paused, _) => (Tone::Neutral, "circle-pause"),
        (State::Stopped, _) => (Tone::Danger, "octagon-alert"),
    };
    ui::badge(tone, icon, &webhook.state.label(locale))
}

fn moment(locale: Locale, zone: &TimeZone, at: Timestamp) -> String {
    let local = at.to_zoned(zone.clone());
    let (date, time) = (local.date(), local.time());
    format!("{} {}", format::date(locale, date), format::time(time))
}
