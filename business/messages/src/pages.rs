//! What is seen of messages.

mod letter;
mod settings;
mod unreachable;
mod wording;

pub(crate) use letter::letter;
pub(crate) use settings::{CHOICES, SettingsView, Typed, settings};
pub(crate) use unreachable::{UnreachableView, shown, unreachable};
pub(crate) use wording::{WordingView, wording, wordings};

use customers::Unreachable;
use kernel::{Locale, TimeZone, Timestamp, format};
use maud::{Markup, html};
use ui::{Tab, Tone};

use crate::model::{Message, Stage, Way};

/// Where the addresses are listed to which nothing is sent.
pub(crate) const UNREACHABLE: &str = "/messages/unreachable";

/// The parts of this room, as tabs above its pages.
fn sections(locale: Locale, active: &str, may_edit: bool) -> Markup {
    let tab = |key: &str, path: &str| Tab::new(locale.t(key), path, path == active);
    let mut tabs = vec![
        tab("messages-outbox", "/messages"),
        tab("messages-unreachable", UNREACHABLE),
        tab("messages-wordings", "/messages/wordings"),
    ];
    if may_edit {
        tabs.push(tab("messages-settings", "/messages/settings"));
    }
    ui::tabs(&locale.t("messages-title"), &tabs)
}

/// One of the parts of this room, under the tabs that lead to the others.
pub(crate) fn section(locale: Locale, (active, may_edit): (&str, bool), body: &Markup) -> Markup {
    ui::stack(html! { (sections(locale, active, may_edit)) div { (body) } })
}

/// What the outbox shows.
pub(crate) struct Outbox<'a> {
    /// Only messages that stand there.
    pub stage: Option<Stage>,
    /// Newest first.
    pub messages: &'a [Message],
    /// How many stand where.
    pub counts: &'a [(Stage, i64)],
    /// The last of this page, when there are more.
    pub next: Option<&'a Message>,
    /// Which ways are open.
    pub open: Vec<(Way, bool)>,
    /// Whose clock to show.
    pub zone: Option<TimeZone>,
    /// Whether settings may be reached.
    pub may_edit: bool,
}

/// What has been written and what became of it.
pub(crate) fn outbox(locale: Locale, view: &Outbox<'_>) -> Markup {
    let all_closed = view.open.iter().all(|(_, open)| !open);
    html! {
        @if all_closed {
            (ui::note(Tone::Warn, html! {
                b { (locale.t("messages-closed")) }
                p { (locale.t("messages-closed-text")) }
            }))
        }
        div class="row wrap mt" { (filters(locale, view)) }
        div class="mt" id="outbox" data-live="message" {
            @if view.messages.is_empty() { (nothing(locale, view)) } @else { (table(locale, view)) }
        }
    }
}

fn filters(locale: Locale, view: &Outbox<'_>) -> Markup {
    let count_of = |stage: Stage| {
        let found = view.counts.iter().find(|(known, _)| *known == stage);
        found.map_or(0, |(_, count)| *count)
    };
    html! {
        (ui::chip(&locale.t("messages-all"), "/messages", view.stage.is_none()))
        @for stage in Stage::ALL {
            @let count = count_of(*stage);
            @if count > 0 || view.stage == Some(*stage) {
                @let words = format!("{} {count}", stage.label(locale));
                @let path = format!("/messages?state={}", stage.as_str());
                (ui::chip(&words, &path, view.stage == Some(*stage)))
            }
        }
    }
}

fn nothing(locale: Locale, view: &Outbox<'_>) -> Markup {
    let (title, text) = if view.stage.is_some() {
        ("messages-none-here", "messages-none-here-text")
    } else {
        ("messages-none", "messages-none-text")
    };
    let action = if view.may_edit {
        html! { (ui::link_button(locale.t("messages-settings"), "/messages/settings")) }
    } else {
        html! {}
    };
    ui::empty("mail", &locale.t(title), &locale.t(text), action)
}

fn table(locale: Locale, view: &Outbox<'_>) -> Markup {
    let head = [
        ui::head(locale.t("messages-written")),
        ui::head(locale.t("messages-occasion")),
        ui::head(locale.t("messages-to")).drop(1),
        ui::head(locale.t("messages-subject")).drop(2),
        ui::head(locale.t("messages-state")),
    ];
    let at = |instant: Timestamp| moment(locale, view.zone.as_ref(), instant);
    let rows: Vec<_> = view
        .messages
        .iter()
        .map(|message| {
            ui::row(vec![
                html! { span class="num" { (at(message.created)) } },
                html! { b { (message.occasion.label(locale)) } " "
                span class="muted sm" { (message.way.label(locale)) } },
                html! { (message.recipient_masked()) },
                html! { (ui::lang_run(message.locale, &message.subject)) },
                badge(locale, message.stage),
            ])
            .href(format!("/messages/{}", message.id))
            .id(format!("m-{}", message.id))
        })
        .collect();
    let next = view.next.map(|last| {
        let stage = view.stage.map_or("", Stage::as_str);
        let at = last.created.as_microsecond();
        format!("/messages?state={stage}&at={at}&before={}", last.id)
    });
    html! {
        (ui::table(&head, &rows))
        @if next.is_some() { (ui::pager(locale, None, next.as_deref(), "")) }
    }
}

fn moment(locale: Locale, zone: Option<&TimeZone>, at: Timestamp) -> String {
    let local = at.to_zoned(zone.cloned().unwrap_or(TimeZone::UTC));
    let (date, time) = (local.date(), local.time());
    format!("{} {}", format::date(locale, date), format::time(time))
}

/// Where a message stands, in words and a sign.
fn badge(locale: Locale, stage: Stage) -> Markup {
    let (tone, icon) = match stage {
        Stage::Waiting => (Tone::Neutral, "clock"),
        Stage::Sending => (Tone::Info, "info"),
        Stage::Sent => (Tone::Ok, "circle-check"),
        Stage::Bounced => (Tone::Danger, "octagon-alert"),
        Stage::Failed => (Tone::Danger, "octagon-alert"),
        Stage::Unsure => (Tone::Warn, "triangle-alert"),
        Stage::Withdrawn => (Tone::Neutral, "x"),
    };
    ui::badge(tone, icon, &stage.label(locale))
}

/// One message.
pub(crate) struct Shown<'a> {
    /// The message.
    pub message: &'a Message,
    /// The recipient as the reader may see it.
    pub recipient: String,
    /// Whether it may be sent again.
    pub may_edit: bool,
    /// Why nothing is sent to its address any more.
    pub unreachable: Option<&'a Unreachable>,
    /// Whether the reader may say that the address reaches.
    pub may_clear: bool,
    /// Whose clock to show.
    pub zone: Option<TimeZone>,
}

/// A message, where it stands and what it says.
pub(crate) fn message(locale: Locale, shown: &Shown<'_>) -> Markup {
    let message = shown.message;
    let again = message.stage.may_go_again() && shown.may_edit;
    html! {
        div class="split" id="message" data-live="message" {
            div {
                @if let Some(unreachable) = shown.unreachable {
                    (customers::unreachable_note(
                        locale,
                        unreachable,
                        &shown.zone.clone().unwrap_or(TimeZone::UTC),
                        shown.may_clear.then(|| format!("/messages/{}/reachable", message.id)),
                    ))
                }
                (ui::card(&message.subject, html! {}, html! {
                    div class="pre" lang=(message.locale.tag()) { (message.body) }
                }))
            }
            aside {
                (ui::card(&locale.t("messages-state"), html! {}, html! {
                    p { (badge(locale, message.stage)) }
                    @if let Some(reason) = &message.reason {
                        p class="sm" { (reason) }
                    }
                    @if message.stage == Stage::Unsure {
                        p class="muted sm" { (locale.t("messages-unsure-text")) }
                    }
                    (ui::kv(&facts(locale, shown)))
                    @if again {
                        (ui::post_button(
                            locale.t("messages-send-again"),
                            format!("/messages/{}/sending", message.id),
                        ).primary().icon("refresh-cw"))
                    }
                    @if let Some(order) = message.order {
                        p { a class="link" href={ "/orders/" (order) } {
                            (locale.t("messages-order"))
                        } }
                    }
                }))
            }
        }
    }
}

fn facts(locale: Locale, shown: &Shown<'_>) -> Vec<(String, Markup)> {
    let message = shown.message;
    let at = |instant: Timestamp| moment(locale, shown.zone.as_ref(), instant);
    let mut facts = vec![
        (locale.t("messages-to"), html! { (shown.recipient) }),
        (
            locale.t("messages-way"),
            html! { (message.way.label(locale)) },
        ),
        (
            locale.t("messages-written"),
            html! { (at(message.created)) },
        ),
    ];
    match message.sent {
        Some(sent) => facts.push((locale.t("messages-sent-at"), html! { (at(sent)) })),
        None if message.stage == Stage::Waiting => {
            facts.push((locale.t("messages-due"), html! { (at(message.due)) }));
        }
        None => {}
    }
    facts.push((locale.t("messages-attempts"), html! { (message.attempts) }));
    facts
}
