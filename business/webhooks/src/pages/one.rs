//! The page of one webhook.

use kernel::{Fault, Locale};
use maud::{Markup, html};
use ui::Tone;
use web::{Fields, Me};

use super::{address, count_of, deliveries, general, kinds, moment, state_badge};
use crate::model::{Delivery, Stage, State, Webhook};

/// What the page shows.
pub(crate) struct OneView<'a> {
    /// The webhook.
    pub webhook: &'a Webhook,
    /// How many deliveries stand where.
    pub counts: &'a [(Stage, i64)],
    /// Only those that stand there.
    pub stage: Option<Stage>,
    /// Newest first.
    pub deliveries: &'a [Delivery],
    /// The last of this page, when there are more.
    pub next: Option<&'a Delivery>,
    /// A key just made, shown this once.
    pub key: Option<&'a str>,
    /// The form that was refused: its name, what was typed, and why.
    pub refused: Option<(&'static str, &'a Fields, &'a Fault)>,
}

impl OneView<'_> {
    fn refused(&self, form: &str) -> Option<(&Fields, &Fault)> {
        let here = self.refused.filter(|(name, _, _)| *name == form);
        here.map(|(_, typed, fault)| (typed, fault))
    }

    fn path(&self) -> String {
        format!("/settings/webhooks/{}", self.webhook.id)
    }
}

/// One webhook: its state, its choices, what was sent.
pub(crate) fn one(me: &Me, view: &OneView<'_>) -> Markup {
    let locale = me.look.locale;
    html! {
        div class="split" {
            (ui::stack(html! {
                @if let Some(key) = view.key { (key_note(locale, key)) }
                div id="webhook-state" data-live="webhook" { (ui::stack(html! {
                    (trouble(me, view.webhook))
                    (state_card(me, view))
                })) }
                (ui::card(&locale.t("webhooks-sent"), html! {}, ui::stack(html! {
                    div class="row wrap" { (filters(locale, view)) }
                    div id="webhook-sent" data-live="webhook" {
                        (deliveries::table(me, view))
                    }
                })))
            }))
            aside aria-label=(locale.t("webhooks-choices")) { (ui::stack(html! {
                (choices_card(locale, view))
                (key_card(me, view))
                (replay_card(locale, view))
                (removal_card(locale, view))
            })) }
        }
    }
}

fn key_note(locale: Locale, key: &str) -> Markup {
    let field = ui::text_field("new_key", locale.t("webhooks-key"))
        .value(key)
        .attr("readonly", "")
        .autocomplete("off");
    ui::note(
        Tone::Ok,
        html! { p { (locale.t("webhooks-key-once")) } (field) },
    )
}

/// What is wrong, and what can be done about it.
fn trouble(me: &Me, webhook: &Webhook) -> Markup {
    let locale = me.look.locale;
    let at = |at| kernel::Arg::from(moment(locale, &me.zone(), at));
    let since = webhook.failing_since.map(at);
    html! {
        @match (webhook.state, since) {
            (State::Stopped, _) => (ui::note(Tone::Danger, html! {
                b { (webhook.state.label(locale)) }
                p { (locale.t("webhooks-stopped-text")) }
            })),
            (State::Active, Some(since)) => (ui::note(Tone::Warn, html! {
                p {
                    (locale.tx("webhooks-failing-since", &[("since", since)])) " "
                    @if let Some(retry) = webhook.retry_at {
                        (locale.tx("webhooks-retry-at", &[("at", at(retry))]))
                    }
                }
            })),
            _ => {}
        }
    }
}

fn state_card(me: &Me, view: &OneView<'_>) -> Markup {
    let (locale, webhook) = (me.look.locale, view.webhook);
    let post = |key: &str, act: &str| {
        ui::post_button(locale.t(key), format!("{}/{act}", view.path())).small()
    };
    let pending = count_of(view.counts, Stage::Waiting) + count_of(view.counts, Stage::Failed);
    let facts = [
        (locale.t("webhooks-url"), html! { (webhook.url) }),
        (locale.t("webhooks-state"), state_badge(locale, webhook)),
        (
            locale.t("webhooks-on-the-way"),
            html! { span class="num" { (pending) } },
        ),
        (
            locale.t("webhooks-made-at"),
            html! { span class="num" { (moment(locale, &me.zone(), webhook.created)) } },
        ),
    ];
    let actions = html! {
        (post("webhooks-test", "test").icon("send"))
        @if webhook.state == State::Active { (post("webhooks-pause", "pause")) }
        @else { (post("webhooks-resume", "resumption")) }
    };
    ui::card(
        &locale.t("webhooks-one"),
        html! {},
        ui::stack(html! { (ui::kv(&facts)) div class="row wrap" { (actions) } }),
    )
}

fn filters(locale: Locale, view: &OneView<'_>) -> Markup {
    html! {
        (ui::chip(&locale.t("webhooks-all"), &view.path(), view.stage.is_none()))
        @for stage in Stage::ALL.iter().copied() {
            @let count = count_of(view.counts, stage);
            @if count > 0 || view.stage == Some(stage) {
                @let words = format!("{} {count}", stage.label(locale));
                @let path = format!("{}?state={}", view.path(), stage.as_str());
                (ui::chip(&words, &path, view.stage == Some(stage)))
            }
        }
    }
}

fn choices_card(locale: Locale, view: &OneView<'_>) -> Markup {
    let refused = view.refused("change");
    let fault = refused.map(|(_, fault)| fault);
    let (url, chosen, version) = match refused {
        Some((typed, _)) => (
            typed.typed("url").to_owned(),
            typed.list("kinds"),
            typed.typed("version").to_owned(),
        ),
        None => (
            view.webhook.url.clone(),
            view.webhook.kinds.clone(),
            view.webhook.version.to_string(),
        ),
    };
    let form = html! {
        (general(locale, fault))
        form class="form" method="post" action=(view.path()) data-once {
            (ui::hidden("version", version))
            (address(locale, &url, fault))
            (kinds(locale, &chosen, fault))
            div class="form__f" { (ui::button(locale.t("webhooks-save")).primary()) }
        }
    };
    ui::card(&locale.t("webhooks-choices"), html! {}, ui::stack(form))
}

fn key_card(me: &Me, view: &OneView<'_>) -> Markup {
    let locale = me.look.locale;
    let former = view.webhook.former.as_ref().map(|(_, until)| *until);
    let former = former.filter(|until| *until > me.ctx.now);
    let change = ui::post_button(
        locale.t("webhooks-key-change"),
        format!("{}/key", view.path()),
    );
    ui::card(
        &locale.t("webhooks-key"),
        html! {},
        ui::stack(html! {
            p class="muted sm" { (locale.t("webhooks-key-text")) }
            @if let Some(until) = former {
                p class="sm" { (locale.tx("webhooks-key-former",
                    &[("until", moment(locale, &me.zone(), until).into())])) }
            }
            (change.small())
        }),
    )
}

fn replay_card(locale: Locale, view: &OneView<'_>) -> Markup {
    let refused = view.refused("replay");
    let field = |name: &str, key: &str| {
        let typed = refused.map_or("", |(typed, _)| typed.typed(name));
        ui::datetime_field(name, locale.t(key))
            .value(typed)
            .required()
            .error(refused.and_then(|(_, fault)| fault.of_field(name, locale)))
    };
    let ticked = refused.is_some_and(|(typed, _)| typed.flag("delivered"));
    let form = html! {
        p class="muted sm" { (locale.t("webhooks-replay-text")) }
        form class="form" method="post" action={ (view.path()) "/replays" } data-once {
            (field("from", "webhooks-from"))
            (field("until", "webhooks-until"))
            (ui::checkbox("delivered", locale.t("webhooks-replay-delivered"), ticked))
            div class="form__f" { (ui::button(locale.t("webhooks-replay-range"))) }
        }
    };
    let card = ui::disclosure(
        &locale.t("webhooks-replay-title"),
        refused.is_some(),
        ui::stack(form),
    );
    ui::plain_card(card)
}

fn removal_card(locale: Locale, view: &OneView<'_>) -> Markup {
    let remove = ui::post_button(
        locale.t("webhooks-remove"),
        format!("{}/removal", view.path()),
    );
    let title = locale.t("webhooks-remove-title");
    let text = html! { p { (locale.t("webhooks-remove-text")) } };
    html! {
        div { (ui::button(locale.t("webhooks-remove")).small().ghost().plain()
            .opens("remove-webhook")) }
        (ui::dialog(locale, "remove-webhook", &title, text, html! { (remove.danger()) }))
    }
}
