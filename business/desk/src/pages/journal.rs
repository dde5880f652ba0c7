//! The journal: what happened, by whom, to what, unchangeably.

use kernel::{Locale, TimeZone, format};
use store::Entry;
use ui::{Markup, Tone, html};

use super::find::escape;

/// What the journal page shows.
pub(crate) struct JournalView {
    /// The zone times are told in.
    pub zone: TimeZone,
    /// The events of this page, newest first.
    pub entries: Vec<Entry>,
    /// Number of events in all.
    pub total: i64,
    /// What the walk over the chain found, when it was asked for.
    pub chain: Option<Result<i64, String>>,
    /// The filter as typed: activity, object kind, object, day.
    pub typed: [String; 4],
    /// The address of the next page.
    pub older: Option<String>,
    /// Whether this is the first page.
    pub newest: Option<String>,
}

const KINDS: [&str; 8] = [
    "order",
    "ticket",
    "customer",
    "service",
    "blueprint",
    "staff",
    "site",
    "user",
];

/// The whole body.
pub(crate) fn body(locale: Locale, view: &JournalView) -> Markup {
    html! {
        div class="stack" {
            (chain(locale, view))
            (filter(locale, view))
            (table(locale, view))
            (ui::pager(locale, view.newest.as_deref(), view.older.as_deref(),
                &locale.tx("desk-journal-count", &[("count", format::number(view.total).into())])))
        }
    }
}

fn chain(locale: Locale, view: &JournalView) -> Markup {
    html! {
        @match &view.chain {
            Some(Ok(count)) => (ui::note(Tone::Ok, html! {
                (locale.tx("desk-journal-intact", &[("count", format::number(*count).into())]))
            })),
            Some(Err(words)) => (ui::note(Tone::Danger, html! {
                b { (locale.t("desk-journal-broken")) } " " (words)
            })),
            None => {}
        }
    }
}

fn filter(locale: Locale, view: &JournalView) -> Markup {
    let [activity, kind, object, day] = &view.typed;
    let any = (String::new(), locale.t("desk-journal-any"));
    let kinds = KINDS
        .iter()
        .map(|kind| ((*kind).to_owned(), (*kind).to_owned()));
    let kinds: Vec<(String, String)> = std::iter::once(any).chain(kinds).collect();
    html! {
        form method="get" action="/journal" class="filters" role="search" {
            (ui::text_field("activity", locale.t("desk-journal-activity")).value(activity)
                .placeholder("order.started").max_length(60).autocomplete("off"))
            (ui::select_field("kind", locale.t("desk-journal-kind"), kinds).value(kind))
            (ui::text_field("object", locale.t("desk-journal-object")).value(object)
                .max_length(60).autocomplete("off"))
            (ui::date_field("day", locale.t("desk-day")).value(day))
            div class="filters__f" { (ui::button(locale.t("desk-show"))) }
        }
    }
}

fn table(locale: Locale, view: &JournalView) -> Markup {
    if view.entries.is_empty() {
        return ui::empty("history", &locale.t("desk-journal-none"), "", html! {});
    }
    let heads = [
        ui::head("#").number(),
        ui::head(locale.t("desk-journal-when")),
        ui::head(locale.t("desk-journal-what")),
        ui::head(locale.t("desk-journal-who")),
        ui::head(locale.t("desk-journal-about")),
        ui::head(locale.t("desk-journal-seal")).drop(2),
    ];
    let rows: Vec<ui::Row> = view
        .entries
        .iter()
        .map(|entry| row(locale, &view.zone, entry))
        .collect();
    ui::table(&heads, &rows)
}

fn row(locale: Locale, zone: &TimeZone, entry: &Entry) -> ui::Row {
    let local = entry.at.to_zoned(zone.clone());
    let date = format::date(locale, local.date());
    let time = local.time();
    let who = match entry.actor.as_str() {
        "system" => locale.t("desk-journal-system"),
        "guest" => locale.t("desk-journal-guest"),
        _ => entry.actor_name.clone(),
    };
    let seal: String = entry.hash.chars().take(10).collect();
    ui::row(vec![
        html! { (entry.seq) },
        html! { (date) " " span class="num" { (time.strftime("%H:%M:%S")) } },
        html! { code { (entry.activity) } (attributes(entry)) },
        html! { (who) " " span class="muted xs" { (entry.channel) } },
        objects(locale, entry),
        html! { code class="xs muted" title=(entry.hash) { (seal) } },
    ])
    .id(format!("e-{}", entry.seq))
}

fn attributes(entry: &Entry) -> Markup {
    let words: Vec<String> = entry
        .attributes
        .iter()
        .take(4)
        .map(|(name, value)| match value.as_str() {
            Some(text) => format!("{name}: {}", text.chars().take(40).collect::<String>()),
            None => format!("{name}: {value}"),
        })
        .collect();
    html! { @if !words.is_empty() { br; span class="muted xs" { (words.join(" · ")) } } }
}

fn objects(locale: Locale, entry: &Entry) -> Markup {
    let address = |kind: &str, id: &str| format!("/journal?kind={kind}&object={}", escape(id));
    html! {
        div class="row wrap" {
            @for (kind, id, _) in entry.objects.iter().take(4) {
                (ui::chip(kind, &address(kind, id), false))
                @if kind == "order" {
                    (ui::link_button(locale.t("desk-open-order"), format!("/orders/{id}"))
                        .icon("external-link").icon_only().ghost().small())
                }
            }
        }
    }
}

/// Walks the whole chain when pressed.
pub(crate) fn check_button(locale: Locale) -> Markup {
    html! {
        (ui::link_button(locale.t("desk-journal-check"), "/journal?check=1").icon("shield-check"))
    }
}
