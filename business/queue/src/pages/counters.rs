//! Counters as they are set up.

use kernel::Locale;
use ui::{Markup, html};

use super::desk::tabs;
use crate::queries::{Counter, CounterId};

/// What the page shows.
#[derive(Debug, Clone, Default)]
pub struct CountersView {
    /// The counters.
    pub counters: Vec<Counter>,
    /// The lines a counter may serve: letter and name.
    pub lines: Vec<(String, String)>,
    /// What is wrong with the sent form.
    pub faults: Vec<(String, String)>,
    /// The form that was sent: its counter (none for a new one), and the names that were typed.
    pub typed: Option<(Option<CounterId>, [String; 2])>,
}

/// The page.
pub fn page(locale: Locale, view: &CountersView) -> Markup {
    let sent_new = view.typed.as_ref().is_some_and(|(id, _)| id.is_none());
    ui::stack(html! {
        (tabs(locale, "/queue/counters", true, true))
        (ui::errors(locale, &view.faults))
        @if view.counters.is_empty() {
            (ui::empty("map-pin", &locale.t("queue-counters-none"),
                &locale.t("queue-counters-none-text"), html! {}))
        }
        @for counter in &view.counters { (card(locale, view, counter)) }
        (ui::disclosure(&locale.t("queue-counter-new"), sent_new || view.counters.is_empty(),
            html! {
                form method="post" action="/queue/counters" class="form" data-once {
                    (fields(locale, view, None))
                    div class="form__f" {
                        (ui::button(locale.t("queue-counter-add")).primary().small())
                    }
                }
            }))
    })
}

fn card(locale: Locale, view: &CountersView, counter: &Counter) -> Markup {
    let path = format!("/queue/counters/{}", counter.id);
    let remove = ui::post_button(locale.t("queue-counter-remove"), format!("{path}/removal"))
        .small()
        .danger();
    ui::card(
        counter.name.get(locale),
        html! { (remove) },
        html! {
            form method="post" action=(path) class="form" data-once {
                (ui::hidden("version", counter.version))
                (fields(locale, view, Some(counter)))
                div class="form__f" { (ui::button(locale.t("queue-line-save")).small()) }
            }
        },
    )
}

fn fields(locale: Locale, view: &CountersView, counter: Option<&Counter>) -> Markup {
    let own = counter.map(|counter| counter.id);
    let sent = view.typed.as_ref().filter(|(id, _)| *id == own);
    let names = match (sent, counter) {
        (Some((_, typed)), _) => typed.clone(),
        (None, Some(counter)) => [counter.name.zh.clone(), counter.name.en.clone()],
        (None, None) => [String::new(), String::new()],
    };
    let fault = |field: &str| {
        let found = view.faults.iter().find(|(name, _)| name == field);
        sent.and(found).map(|(_, words)| words.clone())
    };
    let id = |field: &str| match own {
        Some(own) => format!("{field}-{own}"),
        None => format!("{field}-new"),
    };
    let served = counter
        .map(|counter| counter.lines.clone())
        .unwrap_or_default();
    html! {
        div class="form__g" {
            (ui::text_field("name_zh", locale.t("queue-line-name-zh")).value(&names[0])
                .max_length(40).id(id("zh")).error(fault("name_zh")))
            (ui::text_field("name_en", locale.t("queue-line-name-en")).value(&names[1])
                .max_length(40).id(id("en")).error(fault("name_en")))
        }
        (ui::choices("lines", &locale.t("queue-counter-lines"), &view.lines, &served, None))
        p class="hint" { (locale.t("queue-counter-lines-hint")) }
    }
}
