//! The list of those who answer.

use kernel::{Locale, TimeZone, Timestamp, ids::UserId};
use maud::{Markup, html};
use orders::Kind;
use web::Fields;

use super::{clock, level_badge};
use crate::{
    model::{Enquiry, Level},
    queries::{Filter, Tray},
};

/// One line of the list.
pub(crate) struct Row {
    pub enquiry: Enquiry,
    /// Who asked; empty for nobody known.
    pub customer: String,
}

/// What the list shows.
pub(crate) struct ListView<'v> {
    pub locale: Locale,
    pub now: Timestamp,
    pub zone: TimeZone,
    pub asked: &'v Fields,
    pub filter: &'v Filter,
    pub rows: &'v [Row],
    /// What those who answer are called.
    pub called: &'v people::Called,
    pub counts: &'v [(Tray, i64)],
    pub sites: &'v [(String, String)],
    pub me: Option<UserId>,
    pub may_edit: bool,
}

/// The buttons of the top bar.
pub(crate) fn list_actions(locale: Locale, may_edit: bool, may_set: bool) -> Markup {
    html! {
        @if may_set {
            (ui::link_button(locale.t("enquiries-targets"), "/enquiries/targets").ghost()
                .icon("sliders-horizontal").class("only-wide"))
        }
        @if may_edit {
            (ui::link_button(locale.t("enquiries-new"), "/enquiries/new").primary()
                .icon("plus").key("N"))
        }
    }
}

fn tray_name(locale: Locale, tray: Tray) -> String {
    match tray {
        Tray::Mine => locale.t("enquiries-tray-mine"),
        Tray::Unassigned => locale.t("enquiries-tray-unassigned"),
        Tray::Overdue => locale.t("enquiries-tray-overdue"),
        Tray::All => locale.t("enquiries-tray-all"),
        Tray::Closed => locale.t("enquiries-tray-closed"),
    }
}

/// The list: trays, a filter, and what is due first.
pub(crate) fn list(view: &ListView) -> Markup {
    let locale = view.locale;
    let tab = |tray: Tray| {
        let count = view.counts.iter().find(|(known, _)| *known == tray);
        let tab = ui::Tab::new(
            tray_name(locale, tray),
            format!("/enquiries?tray={}", tray.as_str()),
            tray == view.filter.chosen,
        );
        match count {
            Some((_, count)) => tab.count(count),
            None => tab,
        }
    };
    html! {
        (ui::tabs(&locale.t("enquiries-trays"), &Tray::ALL.map(tab)))
        (filters(view))
        section id="enquiries" data-live="order" data-poll="60" {
            @if view.rows.is_empty() { (empty(view)) } @else {
                ul class="enqs" data-nav-list {
                    @for row in view.rows { (item(view, row)) }
                }
            }
        }
    }
}

fn filters(view: &ListView) -> Markup {
    let (locale, asked) = (view.locale, view.asked);
    let mut kinds = vec![(String::new(), locale.t("enquiries-any-kind"))];
    for kind in [Kind::Enquiry, Kind::Complaint] {
        kinds.push((kind.as_str().to_owned(), kind.label(locale)));
    }
    let mut levels = vec![(String::new(), locale.t("enquiries-any-level"))];
    levels.extend(Level::ALL.map(|level| (level.as_str().to_owned(), level.label(locale))));
    let mut sites = vec![(String::new(), locale.t("enquiries-any-site"))];
    sites.extend(view.sites.iter().cloned());
    html! {
        form class="filters" method="get" action="/enquiries" role="search" {
            (ui::hidden("tray", view.filter.chosen.as_str()))
            (ui::search_field("q", locale.t("enquiries-find")).value(asked.typed("q"))
                .placeholder(locale.t("enquiries-find-hint")).max_length(80))
            (ui::select_field("kind", locale.t("enquiries-kind"), kinds)
                .value(asked.typed("kind")))
            (ui::select_field("level", locale.t("enquiries-level"), levels)
                .value(asked.typed("level")))
            @if !view.sites.is_empty() {
                (ui::select_field("site", locale.t("enquiries-site"), sites)
                    .value(asked.typed("site")).class("only-wide"))
            }
            div class="row filters__f" {
                (ui::button(locale.t("enquiries-filter")).icon("funnel"))
            }
        }
    }
}

fn is_narrowed(filter: &Filter) -> bool {
    !filter.text.is_empty()
        || filter.kind.is_some()
        || filter.level.is_some()
        || filter.site.is_some()
}

fn empty(view: &ListView) -> Markup {
    let locale = view.locale;
    let here = format!("/enquiries?tray={}", view.filter.chosen.as_str());
    if is_narrowed(view.filter) {
        return ui::empty(
            "search",
            &locale.t("enquiries-none-found"),
            &locale.t("enquiries-none-found-text"),
            html! { (ui::link_button(locale.t("enquiries-filter-clear"), here)) },
        );
    }
    let new = html! {
        @if view.may_edit {
            (ui::link_button(locale.t("enquiries-new"), "/enquiries/new").primary().icon("plus"))
        }
    };
    match view.filter.chosen {
        Tray::All | Tray::Unassigned => ui::empty(
            "inbox",
            &locale.t("enquiries-none"),
            &locale.t("enquiries-none-text"),
            new,
        ),
        Tray::Mine => ui::empty(
            "inbox",
            &locale.t("enquiries-none-mine"),
            &locale.t("enquiries-none-mine-text"),
            html! {
                (ui::link_button(tray_name(locale, Tray::Unassigned), "/enquiries?tray=unassigned"))
            },
        ),
        Tray::Overdue => ui::empty(
            "circle-check",
            &locale.t("enquiries-none-overdue"),
            &locale.t("enquiries-none-overdue-text"),
            html! {},
        ),
        Tray::Closed => ui::empty(
            "inbox",
            &locale.t("enquiries-none-closed"),
            &locale.t("enquiries-none-closed-text"),
            html! {},
        ),
    }
}

fn item(view: &ListView, row: &Row) -> Markup {
    let (locale, enquiry) = (view.locale, &row.enquiry);
    let icon = match enquiry.kind {
        Kind::Complaint => "message-circle",
        _ => "circle-help",
    };
    html! {
        li class="enq" id={ "enq-" (enquiry.order) } data-nav-item tabindex="-1" {
            div class="enq__m" {
                p class="enq__h" {
                    (ui::icon(icon))
                    a href=(format!("/enquiries/{}", enquiry.order)) {
                        span class="num" { (enquiry.code) } " " (enquiry.kind.label(locale))
                    }
                    (level_badge(locale, enquiry.level))
                }
                p class="enq__t" { (enquiry.matter) }
                @if let Some(closed) = &enquiry.closed { p class="sm muted" { (closed.outcome) } }
                p class="xs muted" { (row.customer) }
            }
            div class="enq__s" {
                (clock(locale, &view.zone, view.now, enquiry))
                (owner(view, enquiry))
            }
        }
    }
}

fn owner(view: &ListView, enquiry: &Enquiry) -> Markup {
    let locale = view.locale;
    let mine = |id| view.me == Some(id);
    html! {
        @match &enquiry.owner {
            Some(owner) => {
                @let name = view.called.user(owner.id, &owner.name);
                span class="row xs" {
                    (ui::avatar_small(name, 0))
                    @if mine(owner.id) { (locale.t("enquiries-you")) } @else { (name) }
                }
            }
            None if view.may_edit && enquiry.closed.is_none() => {
                (ui::post_button(locale.t("enquiries-take"),
                    format!("/enquiries/{}/owner", enquiry.order))
                    .small().icon("hand").key("A")
                    .hidden("back", "list").hidden("tray", view.filter.chosen.as_str()))
            }
            None => { span class="xs muted" { (locale.t("enquiries-nobody")) } }
        }
    }
}
