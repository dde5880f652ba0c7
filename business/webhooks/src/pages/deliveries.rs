//! What was sent to a webhook.

use kernel::Locale;
use maud::{Markup, html};
use ui::Tone;
use web::Me;

use super::{OneView, moment};
use crate::{
    model::{Delivery, Stage, Webhook},
    queries::Cursor,
};

/// What happened, in the words that programs see; a test by its name.
pub(crate) fn activity_words(locale: Locale, delivery: &Delivery) -> String {
    if delivery.is_test() {
        locale.t("webhooks-a-test")
    } else {
        delivery.activity.clone()
    }
}

fn stage_badge(locale: Locale, stage: Stage) -> Markup {
    let (tone, icon) = match stage {
        Stage::Waiting => (Tone::Neutral, "clock"),
        Stage::Failed => (Tone::Warn, "triangle-alert"),
        Stage::Delivered => (Tone::Ok, "circle-check"),
        Stage::Dead => (Tone::Danger, "octagon-alert"),
    };
    ui::badge(tone, icon, &stage.label(locale))
}

/// What the other side answered, or why nobody did.
fn outcome(locale: Locale, delivery: &Delivery) -> Markup {
    let reason = delivery.reason.as_deref();
    let known = ["moved", "key", "inside"];
    html! {
        @if let Some(status) = delivery.status { span class="num" { (status) } }
        @match reason {
            None | Some("answered") => {}
            Some(word) if known.contains(&word) => {
                " " span class="sm" {
                    (locale.tx("webhooks-reason", &[("reason", word.into())]))
                }
            }
            Some(words) => { " " span class="sm muted" lang="en" { (words) } }
        }
    }
}

fn took(delivery: &Delivery) -> Markup {
    html! {
        @if let Some(took) = delivery.answer_ms.filter(|_| delivery.tried.is_some()) {
            span class="num" { (took) " ms" }
        }
    }
}

/// The list, newest first.
pub(super) fn table(me: &Me, view: &OneView<'_>) -> Markup {
    let locale = me.look.locale;
    let heads = [
        ui::head(locale.t("webhooks-kinds")),
        ui::head(locale.t("webhooks-written")),
        ui::head(locale.t("webhooks-state")),
        ui::head(locale.t("webhooks-attempts")).number().drop(2),
        ui::head(locale.t("webhooks-answer")),
        ui::head(locale.t("webhooks-took")).number().drop(1),
    ];
    let rows: Vec<ui::Row> = view
        .deliveries
        .iter()
        .map(|one| row(me, view, one))
        .collect();
    let path = format!("/settings/webhooks/{}", view.webhook.id);
    let next = view.next.map(|last| {
        let stage = view.stage.map_or("", Stage::as_str);
        format!(
            "{path}?state={stage}&after={}",
            Cursor::behind(last).encode()
        )
    });
    html! {
        @if rows.is_empty() {
            (ui::empty("inbox", &locale.t("webhooks-nothing"), &locale.t("webhooks-nothing-text"),
                html! {}))
        } @else { (ui::stacking_table(&heads, &rows)) }
        @if next.is_some() { (ui::pager(locale, None, next.as_deref(), "")) }
    }
}

fn row(me: &Me, view: &OneView<'_>, delivery: &Delivery) -> ui::Row {
    let locale = me.look.locale;
    let path = format!(
        "/settings/webhooks/{}/deliveries/{}",
        view.webhook.id, delivery.id
    );
    ui::row(vec![
        html! { (activity_words(locale, delivery)) },
        html! { span class="num" { (moment(locale, &me.zone(), delivery.created)) } },
        stage_badge(locale, delivery.stage),
        html! { (delivery.attempts) },
        outcome(locale, delivery),
        took(delivery),
    ])
    .href(path)
    .id(format!("d-{}", delivery.id))
}

/// One delivery: what is sent, and what became of it.
pub(crate) fn delivery(me: &Me, webhook: &Webhook, delivery: &Delivery) -> Markup {
    let locale = me.look.locale;
    let path = format!("/settings/webhooks/{}", webhook.id);
    let body: Result<serde_json::Value, _> = serde_json::from_str(&delivery.body);
    let shown = body.map_or_else(|_| delivery.body.clone(), |body| format!("{body:#}"));
    let at = |at| html! { span class="num" { (moment(locale, &me.zone(), at)) } };
    let mut facts = vec![
        (
            locale.t("webhooks-url"),
            html! { a href=(path) { (webhook.url) } },
        ),
        (locale.t("webhooks-id"), html! { code { (delivery.id) } }),
        (locale.t("webhooks-written"), at(delivery.created)),
        (
            locale.t("webhooks-attempts"),
            html! { span class="num" { (delivery.attempts) } },
        ),
    ];
    if let Some(tried) = delivery.tried {
        facts.push((locale.t("webhooks-tried"), at(tried)));
        facts.push((locale.t("webhooks-answer"), outcome(locale, delivery)));
        facts.push((locale.t("webhooks-took"), took(delivery)));
    }
    let again = ui::post_button(
        locale.t("webhooks-replay"),
        format!("{path}/deliveries/{}/replay", delivery.id),
    );
    html! {
        div class="split" {
            div { (ui::card(&locale.t("webhooks-body"), html! {}, ui::code_block(&shown))) }
            aside aria-label=(locale.t("webhooks-state")) {
                (ui::card(&locale.t("webhooks-state"), stage_badge(locale, delivery.stage),
                    ui::stack(html! {
                        (ui::kv(&facts))
                        @if delivery.stage != Stage::Waiting { (again.icon("rotate-ccw")) }
                    })))
            }
        }
    }
}
