//! Taking a series: how often, which dates, what to do about those that cannot be had.

use std::collections::BTreeMap;

use kernel::{Date, Fault, Locale, Timestamp, format};
use maud::{Markup, html};
use organisation::Site;
use web::Fields;

use super::{clock, day, error_of, fault_above};
use crate::{
    commands::{Decision, Foreseen},
    model::{DATES_MAX, STEP_MAX},
};

/// What the page shows.
pub(crate) struct NewPage {
    pub(crate) locale: Locale,
    /// What is sold.
    pub(crate) title: String,
    pub(crate) start: Option<Timestamp>,
    pub(crate) staff: Option<String>,
    pub(crate) site: Site,
    pub(crate) foreseen: Vec<Foreseen>,
    pub(crate) decisions: BTreeMap<Date, Decision>,
}

/// Fields of this page; everything else that was typed is carried along.
const OWN: [&str; 6] = ["unit", "step", "count", "until", "take", "kind"];

fn carried(typed: &Fields) -> Markup {
    let own = |name: &str| OWN.contains(&name) || name.starts_with("date-");
    html! {
        @for (name, value) in typed.values() {
            @if !own(name) && !value.is_empty() { (ui::hidden(name, value)) }
        }
    }
}

/// The page.
pub(crate) fn new(shown: &NewPage, typed: &Fields, fault: Option<&Fault>) -> Markup {
    let locale = shown.locale;
    html! {
        form class="stack" method="post" action="/series" data-once {
            (carried(typed))
            (fault_above(fault, locale))
            div class="split" {
                div class="stack" { (dates(shown)) }
                aside class="stack" {
                    (ui::plain_card(summary(shown)))
                    (ui::card(&locale.t("series-how-often"), html! {}, rule(shown, typed, fault)))
                }
            }
        }
    }
}

fn summary(shown: &NewPage) -> Markup {
    let locale = shown.locale;
    let when = shown.start.map_or_else(String::new, |start| {
        let site = &shown.site;
        format!("{} {}", day(locale, site, start), clock(site, start))
    });
    let staff = shown
        .staff
        .clone()
        .unwrap_or_else(|| locale.t("series-anybody"));
    ui::kv(&[
        (locale.t("series-what"), html! { b { (shown.title) } }),
        (
            locale.t("series-first"),
            html! { span class="num" { (when) } },
        ),
        (locale.t("series-with"), html! { (staff) }),
    ])
}

fn rule(shown: &NewPage, typed: &Fields, fault: Option<&Fault>) -> Markup {
    let locale = shown.locale;
    let error = |field: &str| error_of(fault, field, locale);
    let or = |field: &str, standard: &str| match typed.typed(field) {
        "" => standard.to_owned(),
        typed => typed.to_owned(),
    };
    let units = [
        ("days".to_owned(), locale.t("series-unit-days")),
        ("weeks".to_owned(), locale.t("series-unit-weeks")),
        ("months".to_owned(), locale.t("series-unit-months")),
    ];
    html! {
        div class="form" {
            div class="form__g" {
                (ui::number_field("step", locale.t("series-step"))
                    .value(or("step", "1")).range(1, STEP_MAX).error(error("step")))
                (ui::select_field("unit", locale.t("series-unit"), units.to_vec())
                    .value(or("unit", "weeks")).error(error("unit")))
                (ui::number_field("count", locale.t("series-times"))
                    .value(typed.typed("count")).range(1, DATES_MAX).error(error("count")))
                (ui::date_field("until", locale.t("series-until"))
                    .value(typed.typed("until")).error(error("until")))
            }
            div class="form__f" {
                (ui::button(locale.t("series-look")).icon("search"))
                @if !shown.foreseen.is_empty() {
                    (ui::button(locale.t("series-take")).primary().icon("calendar-plus")
                        .sends("take", "1"))
                }
            }
        }
    }
}

fn dates(shown: &NewPage) -> Markup {
    let locale = shown.locale;
    if shown.foreseen.is_empty() {
        return ui::empty(
            "repeat",
            &locale.t("series-none-yet"),
            &locale.t("series-none-yet-text"),
            html! {},
        );
    }
    let refused = shown.foreseen.iter().filter(|one| one.why.is_some());
    let head = [
        ui::head(locale.t("series-date")),
        ui::head(locale.t("series-time")),
        ui::head(locale.t("series-state")),
    ];
    let words = [
        ("count", shown.foreseen.len().into()),
        ("wrong", refused.count().into()),
    ];
    let rows: Vec<_> = shown.foreseen.iter().map(|one| row(shown, one)).collect();
    html! {
        h2 { (locale.tx("series-dates", &words)) }
        (ui::stacking_table(&head, &rows))
    }
}

fn row(shown: &NewPage, one: &Foreseen) -> ui::Row {
    let locale = shown.locale;
    let time = one.start.map(|start| clock(&shown.site, start));
    let state = match &one.why {
        None => html! {
            span class="ok-t" { (ui::icon("check")) " " (locale.t("series-free")) }
        },
        Some(why) => html! {
            p class="warnt" { (ui::icon("triangle-alert")) " " (why.speak(locale)) }
            (decide(shown, one))
        },
    };
    ui::row(vec![
        html! { span class="num" { (format::date_year(locale, one.date)) } },
        html! { span class="num" { (time.unwrap_or_default()) } },
        state,
    ])
    .id(format!("date-{}", one.date))
}

/// Leave it out, take the nearest time, or book it all the same.
fn decide(shown: &NewPage, one: &Foreseen) -> Markup {
    let locale = shown.locale;
    let mut options = vec![("skip".to_owned(), locale.t("series-skip"))];
    if let Some(start) = one.instead {
        let date = format::date(locale, shown.site.date_of(start));
        let when = format!("{date} {}", clock(&shown.site, start));
        let label = locale.tx("series-instead", &[("when", when.into())]);
        options.push((start.to_string(), label));
    }
    if one.over {
        options.push(("overrule".to_owned(), locale.t("series-overrule")));
    }
    let chosen = match shown.decisions.get(&one.date) {
        Some(Decision::Overrule) => "overrule".to_owned(),
        Some(Decision::Instead(start)) => start.to_string(),
        Some(Decision::Skip) | None => "skip".to_owned(),
    };
    let date = format::date(locale, one.date);
    let label = locale.tx("series-decide", &[("date", date.into())]);
    html! {
        (ui::select_field(&format!("date-{}", one.date), label, options).value(chosen))
    }
}

/// What cannot be repeated, and the way back to the order.
pub(crate) fn refused(locale: Locale, typed: &Fields, fault: &Fault) -> Markup {
    let back = match typed.typed("order") {
        "" => "/orders/new?kind=booking".to_owned(),
        order => format!("/orders/{order}"),
    };
    html! {
        (ui::form_error(&fault.speak(locale)))
        p class="mt" { (ui::link_button(locale.t("series-back"), back).icon("arrow-left")) }
    }
}
