//! Who saw or changed what of a customer, latest first.

use std::collections::BTreeMap;

use kernel::{
    Date, Locale, TimeZone, Timestamp, format,
    ids::{CustomerId, UserId},
};
use people::SightKind;
use ui::{Markup, Tone, html};
use web::Me;

use super::journal::activity_words;

/// What somebody did with a customer's data.
pub(crate) enum What {
    /// Saw it: how, of which noun, how often, how many rows.
    Saw {
        kind: SightKind,
        noun: String,
        times: i64,
        count: i64,
    },
    /// Changed something: the fact.
    Changed(String),
}

/// Somebody doing something with a customer's data.
pub(crate) struct Deed {
    /// When, the last time.
    pub at: Timestamp,
    /// Who, if somebody signed in.
    pub user: Option<UserId>,
    /// That person's name as the journal has it; may be empty.
    pub by: String,
    /// Whose data, if one customer's.
    pub customer: Option<CustomerId>,
    /// What.
    pub what: What,
}

/// What the page shows.
pub(crate) struct AuditView {
    /// Only this customer.
    pub customer: Option<CustomerId>,
    /// Only this person.
    pub user: Option<UserId>,
    /// From this day.
    pub first: Date,
    /// Until this day, included.
    pub last: Date,
    /// Only what was seen, changed or exported.
    pub only: String,
    /// Whose clock to show.
    pub zone: TimeZone,
    /// The deeds, latest first.
    pub deeds: Vec<Deed>,
    /// What customers are called.
    pub customers: BTreeMap<CustomerId, String>,
    /// Everybody who may sign in, by name.
    pub users: Vec<(UserId, String)>,
    /// Days for which it is known who saw what.
    pub kept_days: i64,
    /// Whether there are more than are shown.
    pub more: bool,
}

/// The whole body.
pub(crate) fn body(me: &Me, view: &AuditView) -> Markup {
    let locale = me.look.locale;
    html! {
        (people::access_sections(me, "/audit"))
        div class="mt" { (filter(locale, view)) }
        @if view.deeds.is_empty() {
            (ui::empty("eye", &locale.t("desk-audit-none"), &locale.t("desk-audit-none-text"),
                html! {}))
        } @else { (table(locale, view)) }
        @if view.more { p class="muted sm mt" { (locale.t("desk-audit-more")) } }
        p class="muted sm mt" { (locale.tx("desk-audit-kept", &[
            ("days", view.kept_days.into())])) }
    }
}

fn filter(locale: Locale, view: &AuditView) -> Markup {
    let t = |key: &str| locale.t(key);
    let any = |key: &str| (String::new(), t(key));
    let users = view
        .users
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()));
    let users: Vec<(String, String)> = [any("desk-audit-anybody")]
        .into_iter()
        .chain(users)
        .collect();
    let only = [
        any("desk-audit-all"),
        ("saw".to_owned(), t("desk-audit-saw")),
        ("changed".to_owned(), t("desk-audit-changed")),
        ("export".to_owned(), t("desk-audit-exports")),
    ];
    let chosen = view.user.map(|user| user.to_string()).unwrap_or_default();
    html! {
        form method="get" action="/audit" class="filters" role="search" {
            (ui::select_field("user", t("desk-audit-who"), users).value(chosen))
            (ui::select_field("only", t("desk-audit-what"), only).value(&view.only))
            (ui::date_field("first", t("desk-audit-first")).value(view.first))
            (ui::date_field("last", t("desk-audit-last")).value(view.last))
            @if let Some(customer) = view.customer { (ui::hidden("customer", customer)) }
            div class="filters__f" { (ui::button(t("desk-show"))) }
        }
        @if let Some(customer) = view.customer {
            p class="row wrap" {
                (ui::chip(&named(locale, view, Some(customer)), "/audit", true))
                a class="link sm" href={ "/customers/" (customer) } { (t("desk-audit-customer")) }
            }
        }
    }
}

fn named(locale: Locale, view: &AuditView, customer: Option<CustomerId>) -> String {
    let name = customer.and_then(|id| view.customers.get(&id));
    name.cloned()
        .unwrap_or_else(|| locale.t("desk-audit-customer"))
}

/// Who did something, and with whose data, by name.
#[derive(Clone, Debug)]
pub(crate) struct Who {
    /// Whoever did it.
    pub user: String,
    /// Whose data; empty for many.
    pub customer: String,
}

impl AuditView {
    /// Who did something, by name.
    pub(crate) fn who(&self, locale: Locale, deed: &Deed) -> Who {
        let user = deed
            .user
            .and_then(|id| self.users.iter().find(|(user, _)| *user == id));
        Who {
            user: match user {
                Some((_, name)) => name.clone(),
                None if deed.by.is_empty() => locale.t("desk-audit-customer-self"),
                None => deed.by.clone(),
            },
            customer: match deed.customer {
                Some(_) => named(locale, self, deed.customer),
                None => String::new(),
            },
        }
    }
}

impl Deed {
    /// What was done, in words.
    pub(crate) fn words(&self, locale: Locale) -> String {
        match &self.what {
            What::Changed(activity) => activity_words(locale, activity),
            What::Saw {
                kind, noun, count, ..
            } => locale.tx(
                "desk-audit-sight",
                &[
                    ("kind", kind.as_str().into()),
                    ("noun", noun.as_str().into()),
                    ("count", (*count).into()),
                ],
            ),
        }
    }

    /// How often within a quarter of an hour.
    pub(crate) fn times(&self) -> i64 {
        match self.what {
            What::Changed(_) => 1,
            What::Saw { times, .. } => times,
        }
    }
}

fn table(locale: Locale, view: &AuditView) -> Markup {
    let t = |key: &str| locale.t(key);
    let heads = [
        ui::head(t("desk-audit-when")),
        ui::head(t("desk-audit-who")),
        ui::head(t("desk-audit-what")),
        ui::head(t("desk-audit-customer")),
    ];
    let rows: Vec<ui::Row> = view
        .deeds
        .iter()
        .map(|deed| row(locale, view, deed))
        .collect();
    ui::stacking_table(&heads, &rows)
}

fn row(locale: Locale, view: &AuditView, deed: &Deed) -> ui::Row {
    let local = deed.at.to_zoned(view.zone.clone());
    let (date, time) = (
        format::date(locale, local.date()),
        format::time(local.time()),
    );
    let who = view.who(locale, deed);
    ui::row(vec![
        html! { (date) " " span class="num" { (time) } },
        html! { (who.user) },
        what(locale, deed),
        html! {
            @if let Some(customer) = deed.customer {
                a class="link" href={ "/audit?customer=" (customer) } {
                    (who.customer)
                }
            }
        },
    ])
}

fn what(locale: Locale, deed: &Deed) -> Markup {
    let (tone, icon) = match &deed.what {
        What::Changed(_) => (Tone::Warn, "pencil"),
        What::Saw {
            kind: SightKind::Export,
            ..
        } => (Tone::Danger, "eye"),
        What::Saw { .. } => (Tone::Neutral, "eye"),
    };
    html! {
        (ui::badge(tone, icon, &deed.words(locale)))
        @if deed.times() > 1 { " " span class="muted num" { "×" (deed.times()) } }
    }
}
