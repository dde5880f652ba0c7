//! The week and the special days of a site.

use super::site::{SiteView, conflict};
use crate::model::SpecialDay;
use kernel::{Date, Locale};
use maud::{Markup, html};

fn weekday_name(locale: Locale, weekday: i64) -> &'static str {
    let offset = i8::try_from(weekday).unwrap_or(1).clamp(1, 7);
    let day = kernel::Weekday::from_monday_one_offset(offset).expect("1 to 7 is a weekday");
    kernel::format::weekday(locale, day)
}

/// Seven lines to type hours into, Monday first.
pub fn week_card(locale: Locale, view: &SiteView<'_>) -> Markup {
    let refused = view.refused_in("hours");
    let fault = refused.map(|(_, fault)| fault);
    let now = (1..=7).map(|day| (day, view.hours.week.day(day).text()));
    let changed = refused.map_or_else(Vec::new, |(typed, _)| {
        let differs = now.filter(|(day, text)| typed.typed(&format!("day_{day}")) != *text);
        differs
            .map(|(day, text)| format!("{} {text}", weekday_name(locale, day)))
            .collect()
    });
    let closed = locale.t("organisation-closed");
    let form = html! {
        (conflict(locale, fault, changed))
        p class="muted sm" { (locale.t("organisation-hours-hint")) }
        form class="form" method="post" action={ "/sites/" (view.site.id) "/hours" } data-once {
            (ui::hidden("version", view.site.version))
            div class="form__g" {
                @for day in 1..=7_i64 {
                    @let name = format!("day_{day}");
                    @let saved = view.hours.week.day(day).text();
                    (ui::text_field(&name, weekday_name(locale, day))
                        .value(refused.map_or(saved.as_str(), |(typed, _)| typed.typed(&name)))
                        .error(fault.and_then(|fault| fault.of_field(&name, locale)))
                        .placeholder(closed.clone()).max_length(80).attr("autocomplete", "off"))
                }
            }
            div class="form__f" { (ui::button(locale.t("organisation-save-hours"))) }
        }
    };
    ui::card(&locale.t("organisation-week"), html! {}, ui::stack(form))
}

/// The special days to come, and a form for one more.
pub fn special_card(locale: Locale, view: &SiteView<'_>) -> Markup {
    let t = |key: &str| locale.t(key);
    let days: Vec<&SpecialDay> = view.hours.special.values().collect();
    let body = html! {
        @if days.is_empty() { p class="muted sm" { (t("organisation-no-special-days")) } }
        @else { (day_list(locale, view, &days)) }
        (special_form(locale, view))
    };
    ui::card(&t("organisation-special-days"), html! {}, ui::stack(body))
}

fn day_list(locale: Locale, view: &SiteView<'_>, days: &[&SpecialDay]) -> Markup {
    let facts: Vec<(String, Markup)> = days
        .iter()
        .map(|day| special_line(locale, view, day))
        .collect();
    ui::kv(&facts)
}

fn special_line(locale: Locale, view: &SiteView<'_>, special: &SpecialDay) -> (String, Markup) {
    let hours = match special.hours.is_closed() {
        true => locale.t("organisation-closed"),
        false => special.hours.text(),
    };
    let name = special.name.get(locale);
    let (site, day) = (view.site.id, special.day);
    let remove = ui::post_button(
        locale.t("organisation-remove"),
        format!("/sites/{site}/special-days/{day}/removal"),
    );
    let label = locale.tx(
        "organisation-remove-day",
        &[("day", kernel::format::date(locale, day).into())],
    );
    let line = html! {
        span class="row between" {
            span {
                span class="num" { (hours) }
                @if !name.is_empty() { " " span class="muted" { (name) } }
            }
            (remove.small().ghost().icon("x").icon_only().attr("aria-label", label))
        }
    };
    (day_text(locale, view.today, day), line)
}

fn day_text(locale: Locale, today: Date, day: Date) -> String {
    if day.year() == today.year() {
        kernel::format::date(locale, day)
    } else {
        kernel::format::date_year(locale, day)
    }
}

fn special_form(locale: Locale, view: &SiteView<'_>) -> Markup {
    let refused = view.refused_in("special");
    let t = |key: &str| locale.t(key);
    let field = |name: &str, field: ui::Field| {
        let typed = refused.map_or("", |(typed, _)| typed.typed(name));
        let error = refused.and_then(|(_, fault)| fault.of_field(name, locale));
        field.value(typed).error(error)
    };
    let action = format!("/sites/{}/special-days", view.site.id);
    html! {
        form class="form" method="post" action=(action) data-once {
            (field("day", ui::date_field("day", t("organisation-day"))).required())
            (field("hours", ui::text_field("hours", t("organisation-hours")))
                .placeholder(t("organisation-closed"))
                .hint(t("organisation-special-hint")).max_length(80))
            (field("name", ui::text_field("name", t("organisation-day-name")))
                .optional(locale).max_length(60))
            div class="form__f" { (ui::button(t("organisation-add-day"))) }
        }
    }
}
