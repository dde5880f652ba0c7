//! The week of one member of staff, and their time off.

use super::Typed;
use super::rota::week_arrows;
use super::staff::StaffView;
use crate::model::{Shift, TimeOff};
use kernel::{Date, Locale, Span, TimeZone, format};
use maud::{Markup, html};
use web::Fields;

pub(super) fn days_later(date: Date, days: usize) -> Date {
    (0..days).fold(date, |date, _| date.tomorrow().unwrap_or(date))
}

pub(super) fn days_before(date: Date, days: usize) -> Date {
    (0..days).fold(date, |date, _| date.yesterday().unwrap_or(date))
}

/// The first and the last day of a week.
pub(super) fn week_range(locale: Locale, monday: Date) -> String {
    let (first, last) = (
        format::date(locale, monday),
        format::date(locale, days_later(monday, 6)),
    );
    locale.tx(
        "people-days-range",
        &[("first", first.into()), ("last", last.into())],
    )
}

/// Seven days with their shifts, and a form for one more.
pub fn week_card(locale: Locale, view: &StaffView<'_>) -> Markup {
    let t = |key: &str| locale.t(key);
    let arrows = week_arrows(locale, view.monday, &format!("/staff/{}", view.staff.id));
    let heads = [
        ui::head(t("people-day")),
        ui::head(t("people-hours")),
        ui::head(t("people-site")).drop(1),
        ui::head(if view.may.time {
            t("people-action")
        } else {
            String::new()
        }),
    ];
    let heads = if view.may.time {
        &heads[..]
    } else {
        &heads[..3]
    };
    let rows: Vec<ui::Row> = (0..7)
        .flat_map(|n| day_rows(locale, view, days_later(view.monday, n)))
        .collect();
    let body = html! {
        (ui::table(heads, &rows))
        @if view.may.time && view.staff.active {
            (ui::disclosure(&t("people-add-shift"), view.refused_in("shift").is_some(),
                ui::stack(shift_form(locale, view))))
        }
    };
    ui::card(&t("people-week"), arrows, ui::stack(body))
}

fn zone_of<'a>(view: &'a StaffView<'_>, shift: &Shift) -> &'a TimeZone {
    let site = view.sites.iter().find(|site| site.id == shift.site);
    site.map_or(&view.home.zone, |site| &site.zone)
}

fn day_rows(locale: Locale, view: &StaffView<'_>, date: Date) -> Vec<ui::Row> {
    let begins = |shift: &&Shift| {
        shift
            .span
            .start
            .to_zoned(zone_of(view, shift).clone())
            .date()
            == date
    };
    let day = html! {
        @if date == view.today { b { (format::date(locale, date)) } }
        @else { (format::date(locale, date)) }
    };
    let shifts: Vec<&Shift> = view.shifts.iter().filter(begins).collect();
    if shifts.is_empty() {
        let free = html! { span class="muted" { (locale.t("people-free")) } };
        return vec![ui::row(vec![day, free, html! {}, html! {}])];
    }
    let cells = |shift: &Shift| shift_cells(locale, view, shift, day.clone());
    shifts
        .into_iter()
        .map(|shift| ui::row(cells(shift)))
        .collect()
}

fn shift_cells(locale: Locale, view: &StaffView<'_>, shift: &Shift, day: Markup) -> Vec<Markup> {
    let site = view.sites.iter().find(|site| site.id == shift.site);
    let name = site.map_or("", |site| site.name.get(locale));
    let hours = clock_range(&shift.span, zone_of(view, shift));
    let label = locale.tx("people-remove-shift", &[("hours", hours.as_str().into())]);
    let path = format!("/staff/{}/shifts/{}/removal", shift.staff, shift.id);
    let remove = ui::post_button(label.clone(), path)
        .small()
        .ghost()
        .icon("x")
        .icon_only()
        .attr("aria-label", label)
        .hidden("week", view.monday.to_string());
    let remove = html! { @if view.may.time { (remove) } };
    let shift_path = format!("/staff/{}/shifts/{}", shift.staff, shift.id);
    let hours = html! {
        @if view.may.time { a class="link num" href=(shift_path) { (hours) } }
        @else { span class="num" { (hours) } }
    };
    vec![day, hours, html! { (name) }, remove]
}

/// `09:00–17:30` on the clock of a zone.
pub(crate) fn clock_range(span: &Span, zone: &TimeZone) -> String {
    let clock = |at: kernel::Timestamp| format::time(at.to_zoned(zone.clone()).time());
    format!("{}–{}", clock(span.start), clock(span.end))
}

/// The first day of the week shown, from today on, without a shift: the likeliest to be entered.
fn first_free_day(view: &StaffView<'_>) -> Date {
    let ahead = (0..7)
        .map(|n| days_later(view.monday, n))
        .filter(|day| *day >= view.today);
    let begins = |shift: &Shift, day: Date| {
        shift
            .span
            .start
            .to_zoned(zone_of(view, shift).clone())
            .date()
            == day
    };
    let mut free = ahead.filter(|day| !view.shifts.iter().any(|shift| begins(shift, *day)));
    free.next().unwrap_or(view.monday.max(view.today))
}

fn shift_form(locale: Locale, view: &StaffView<'_>) -> Markup {
    let t = |key: &str| locale.t(key);
    let first = first_free_day(view);
    let saved = Fields::from_pairs(vec![
        ("date".to_owned(), first.to_string()),
        ("starts".to_owned(), "10:00".to_owned()),
        ("ends".to_owned(), "19:00".to_owned()),
        ("site".to_owned(), view.home.id.to_string()),
    ]);
    let refused = view.refused_in("shift");
    let (fields, fault) = refused.map_or((&saved, None), |(fields, fault)| (fields, Some(fault)));
    let typed = Typed {
        locale,
        fields,
        fault,
    };
    let own = view
        .sites
        .iter()
        .filter(|site| view.staff.works_at(site.id));
    let sites = own.map(|site| (site.id, site.name.get(locale)));
    let wrong_hours = typed.error("hours").or_else(|| typed.error("time"));
    html! {
        (typed.general())
        form class="form" method="post" action={ "/staff/" (view.staff.id) "/shifts" } data-once {
            (ui::hidden("week", view.monday))
            div class="form__g" {
                (typed.fill("site", ui::select_field("site", t("people-site"), sites)))
                (typed.fill("date", ui::date_field("date", t("people-day"))).required())
                (typed.fill("starts", ui::time_field("starts", t("people-from"))).required()
                    .error(typed.error("starts").or(wrong_hours)))
                (typed.fill("ends", ui::time_field("ends", t("people-to"))).required()
                    .hint(t("people-to-hint")))
                (typed.fill("until", ui::date_field("until", t("people-until"))).optional(locale)
                    .hint(t("people-until-hint")))
            }
            div class="form__f" { (ui::button(t("people-add-shift"))) }
        }
    }
}

/// Time off to come, and a form for more.
pub fn off_card(locale: Locale, view: &StaffView<'_>) -> Markup {
    let t = |key: &str| locale.t(key);
    let body = html! {
        @if view.off.is_empty() { p class="muted sm" { (t("people-no-time-off")) } }
        @for off in view.off { (off_line(locale, view, off)) }
        @if view.may.time {
            (ui::disclosure(&t("people-add-time-off"), view.refused_in("off").is_some(),
                ui::stack(off_form(locale, view))))
        }
    };
    ui::card(&t("people-time-off"), html! {}, ui::stack(body))
}

/// Whole days as days; anything else with its times.
pub(super) fn days_words(locale: Locale, span: &Span, zone: &TimeZone) -> String {
    let (start, end) = (
        span.start.to_zoned(zone.clone()),
        span.end.to_zoned(zone.clone()),
    );
    let midnight = kernel::Time::midnight();
    if start.time() == midnight && end.time() == midnight {
        let (first, last) = (start.date(), end.date().yesterday().unwrap_or(end.date()));
        let first_text = format::date(locale, first);
        return match first == last {
            true => first_text,
            false => {
                let last = format::date(locale, last);
                locale.tx(
                    "people-days-range",
                    &[("first", first_text.into()), ("last", last.into())],
                )
            }
        };
    }
    let first = format!(
        "{} {}",
        format::date(locale, start.date()),
        format::time(start.time())
    );
    match start.date() == end.date() {
        true => format!("{first}–{}", format::time(end.time())),
        false => {
            let last = format::date(locale, end.date());
            let last = format!("{last} {}", format::time(end.time()));
            locale.tx(
                "people-days-range",
                &[("first", first.into()), ("last", last.into())],
            )
        }
    }
}

fn off_line(locale: Locale, view: &StaffView<'_>, off: &TimeOff) -> Markup {
    let text = days_words(locale, &off.span, &view.home.zone);
    let label = locale.tx("people-remove-time-off", &[("days", text.as_str().into())]);
    let path = format!("/staff/{}/time-off/{}/removal", off.staff, off.id);
    let remove = ui::post_button(label.clone(), path)
        .small()
        .ghost()
        .icon("x")
        .icon_only()
        .attr("aria-label", label);
    html! {
        p class="row between" {
            span {
                span class="num" { (text) }
                @if !off.reason.is_empty() { " " span class="muted" { (off.reason) } }
            }
            @if view.may.time { (remove) }
        }
    }
}

fn off_form(locale: Locale, view: &StaffView<'_>) -> Markup {
    let t = |key: &str| locale.t(key);
    let saved = Fields::default();
    let refused = view.refused_in("off");
    let (fields, fault) = refused.map_or((&saved, None), |(fields, fault)| (fields, Some(fault)));
    let typed = Typed {
        locale,
        fields,
        fault,
    };
    html! {
        (typed.general())
        form class="form" method="post" action={ "/staff/" (view.staff.id) "/time-off" } data-once {
            (typed.fill("first", ui::date_field("first", t("people-first-day"))).required())
            (typed.fill("last", ui::date_field("last", t("people-last-day"))).optional(locale))
            div class="form__g" {
                (typed.fill("off_from", ui::time_field("off_from", t("people-from")))
                    .optional(locale))
                (typed.fill("off_to", ui::time_field("off_to", t("people-to"))).optional(locale))
            }
            (typed.fill("reason", ui::text_field("reason", t("people-reason")))
                .max_length(200).optional(locale))
            div class="form__f" { (ui::button(t("people-add-time-off"))) }
        }
    }
}
