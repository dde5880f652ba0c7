//! The journal: what happened, by whom, to what, unchangeably.

use kernel::{Locale, TimeZone, format};
use store::Entry;
use ui::{Markup, Tone, html};

use super::find::escape;
use crate::http::names::Names;

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
    /// What the objects touched are called, as far as is known.
    pub names: Names,
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

/// The facts the page can be narrowed to.
const ACTIVITIES: &[&str] = &[
    "order.created",
    "order.booked",
    "order.arrived",
    "order.started",
    "order.finished",
    "order.cancelled",
    "order.no_show",
    "order.rescheduled",
    "order.expired",
    "order.changed",
    "order.noted",
    "order.restored",
    "order.arrival_undone",
    "order.start_undone",
    "order.finish_undone",
    "order.no_show_undone",
    "step.started",
    "step.finished",
    "step.failed",
    "step.reworked",
    "step.skipped",
    "step.ticked",
    "step.restored",
    "ticket.issued",
    "ticket.called",
    "ticket.recalled",
    "ticket.answered",
    "ticket.assigned",
    "ticket.skipped",
    "ticket.stepped_out",
    "ticket.returned",
    "ticket.restored",
    "ticket.no_show",
    "ticket.left",
    "ticket.served",
    "ticket.closed",
    "ticket.transferred",
    "ticket.prioritised",
    "ticket.return_reserved",
    "customer.created",
    "customer.changed",
    "customer.unreachable",
    "customer.reachable",
    "message.bounced",
    "file.added",
    "file.captioned",
    "file.removed",
    "file.put_back",
    "enquiry.opened",
    "enquiry.taken",
    "enquiry.released",
    "enquiry.level_set",
    "enquiry.closed",
    "enquiry.reopened",
    "enquiry.targets_changed",
    "order.reopened",
    "help.first_hour_put_away",
    "help.first_hour_brought_back",
    "service.created",
    "service.changed",
    "service.archived",
    "service.restored",
    "blueprint.created",
    "blueprint.edited",
    "blueprint.published",
    "blueprint.renamed",
    "blueprint.discarded",
    "blueprint.archived",
    "blueprint.restored",
    "line.created",
    "line.changed",
    "line.opened",
    "line.closed",
    "queue_rules.changed",
    "counter.created",
    "counter.changed",
    "counter.removed",
    "counter.staffed",
    "counter.left",
    "counter.paused",
    "counter.resumed",
    "device.linked",
    "device.revoked",
    "organisation.created",
    "organisation.changed",
    "site.created",
    "site.changed",
    "site.hours_changed",
    "site.special_day_set",
    "site.special_day_removed",
    "site.closed",
    "site.reopened",
    "resource.created",
    "resource.changed",
    "resource.retired",
    "resource.restored",
    "skill.saved",
    "staff.created",
    "staff.changed",
    "staff.deactivated",
    "staff.reactivated",
    "shift.added",
    "shift.changed",
    "shift.removed",
    "time_off.added",
    "time_off.removed",
    "user.created",
    "user.changed",
    "user.deactivated",
    "user.reactivated",
    "user.password_link_made",
    "user.password_set",
    "user.signed_in",
    "user.session_ended",
    "token.created",
    "request.asked",
    "request.agreed",
    "request.refused",
    "request.withdrawn",
    "request.approved",
    "request.declined",
    "shift.handed_over",
    "token.revoked",
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

/// A fact in words; a fact this page has no words for keeps its name.
pub(crate) fn activity_words(locale: Locale, code: &str) -> String {
    let name = code.replace('.', "-");
    let words = [("activity", name.into()), ("code", code.to_owned().into())];
    locale.tx("desk-activity", &words)
}

fn kind_words(locale: Locale, kind: &str) -> String {
    locale.tx("desk-kind", &[("kind", kind.to_owned().into())])
}

fn filter(locale: Locale, view: &JournalView) -> Markup {
    let [activity, kind, object, day] = &view.typed;
    let any = || std::iter::once((String::new(), locale.t("desk-journal-any")));
    let kinds = KINDS
        .iter()
        .map(|kind| ((*kind).to_owned(), kind_words(locale, kind)));
    let activities = ACTIVITIES
        .iter()
        .map(|code| ((*code).to_owned(), activity_words(locale, code)));
    html! {
        form method="get" action="/journal" class="filters" role="search" {
            (ui::select_field("activity", locale.t("desk-journal-activity"),
                any().chain(activities)).value(activity))
            @if object.is_empty() {
                (ui::select_field("kind", locale.t("desk-journal-kind"),
                    any().chain(kinds)).value(kind))
            } @else {
                (ui::hidden("kind", kind))
                (ui::hidden("object", object))
            }
            (ui::date_field("day", locale.t("desk-day")).value(day))
            div class="filters__f" {
                (ui::button(locale.t("desk-show")))
                @if !object.is_empty() {
                    (ui::chip(&locale.tx("desk-journal-one", &[("kind",
                        kind_words(locale, kind).into())]), "/journal", true))
                }
            }
        }
    }
}

fn table(locale: Locale, view: &JournalView) -> Markup {
    if view.entries.is_empty() {
        return ui::empty("history", &locale.t("desk-journal-none"), "", html! {});
    }
    let heads = [
        ui::head("#").number().drop(2),
        ui::head(locale.t("desk-journal-when")),
        ui::head(locale.t("desk-journal-what")),
        ui::head(locale.t("desk-journal-who")),
        ui::head(locale.t("desk-journal-about")),
        ui::head(locale.t("desk-journal-seal")).drop(2),
    ];
    let rows: Vec<ui::Row> = view
        .entries
        .iter()
        .map(|entry| row(locale, view, entry))
        .collect();
    ui::stacking_table(&heads, &rows)
}

fn row(locale: Locale, view: &JournalView, entry: &Entry) -> ui::Row {
    let local = entry.at.to_zoned(view.zone.clone());
    let date = format::date(locale, local.date());
    let time = local.time();
    let who = match entry.actor.as_str() {
        "system" => locale.t("desk-journal-system"),
        "guest" => locale.t("desk-journal-guest"),
        actor => {
            let user = actor.strip_prefix("user:").unwrap_or_default();
            let named = view.names.get(&("user".to_owned(), user.to_owned()));
            named.unwrap_or(&entry.actor_name).clone()
        }
    };
    let channel = kernel::Channel::parse(&entry.channel)
        .map(|channel| orders::channel_label(channel, locale))
        .unwrap_or_default();
    let seal: String = entry.hash.chars().take(10).collect();
    ui::row(vec![
        html! { (entry.seq) },
        html! { (date) " " span class="num" { (time.strftime("%H:%M:%S")) } },
        html! { (activity_words(locale, &entry.activity)) (details(locale, view, entry)) },
        html! { (who) div class="muted xs" { (channel) } },
        objects(locale, view, entry),
        html! { code class="xs muted" title=(entry.hash) { (seal) } },
    ])
    .id(format!("e-{}", entry.seq))
}

/// What of a fact's attributes people understand without explanation. A recorded name is in the
/// language of whoever wrote it: what is there still is named beside it in the reader's.
fn details(locale: Locale, view: &JournalView, entry: &Entry) -> Markup {
    let noun = entry.activity.split('.').next().unwrap_or_default();
    let subject = entry.objects.iter().find(|(kind, _, _)| kind == noun);
    let is_named =
        subject.is_some_and(|(kind, id, _)| view.names.contains_key(&(kind.clone(), id.clone())));
    let told = |name: &str| match (name, entry.attributes.get(name)?) {
        ("minutes", value) => Some(format::minutes(locale, value.as_i64()?)),
        ("day", value) => Some(format::date_year(locale, value.as_str()?.parse().ok()?)),
        (_, value) => value.as_str().map(str::to_owned),
    };
    let words: Vec<String> = ["number", "name", "day", "minutes"]
        .into_iter()
        .filter(|name| *name != "name" || !is_named)
        .filter_map(told)
        .collect();
    html! { @if !words.is_empty() { br; span class="muted xs" { (words.join(" · ")) } } }
}

fn objects(locale: Locale, view: &JournalView, entry: &Entry) -> Markup {
    let address = |kind: &str, id: &str| format!("/journal?kind={kind}&object={}", escape(id));
    let words = |kind: &str, id: &str| {
        let kind_words = kind_words(locale, kind);
        match view.names.get(&(kind.to_owned(), id.to_owned())) {
            Some(name) => format!("{kind_words} {name}"),
            None => kind_words,
        }
    };
    html! {
        div class="row wrap" {
            @for (kind, id, _) in entry.objects.iter().take(4) {
                (ui::chip(&words(kind, id), &address(kind, id), false))
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
