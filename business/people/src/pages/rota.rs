//! The week of a whole site: who works when.

use super::staff_list::person_run;
use super::time::{clock_range, days_before, days_later, week_range};
use crate::Portraits;
use crate::model::{Shift, Staff, TimeOff};
use kernel::{Date, Locale, Span, format};
use maud::{Markup, html};
use organisation::{Site, instant_clipped};
use ui::Tone;

/// What the week of a site shows.
pub struct RotaView<'a> {
    /// The site.
    pub site: &'a Site,
    /// The Monday of the week.
    pub monday: Date,
    /// Those who serve here, by reading.
    pub people: &'a [Staff],
    /// The pictures of those who have one.
    pub portraits: &'a Portraits,
    /// The shifts of the week here.
    pub shifts: &'a [Shift],
    /// Time off that reaches into the week.
    pub off: &'a [TimeOff],
}

/// The pages about staff.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// Everybody, as a list.
    People,
    /// The week of a site.
    Week,
    /// What staff ask for.
    Requests,
}

/// The choice between the list of people, the week, and what they ask for.
pub(super) fn views(locale: Locale, view: View) -> Markup {
    let tab = |key: &str, href: &str, of| ui::Tab::new(locale.t(key), href, view == of);
    let tabs = [
        tab("people-view-people", "/staff", View::People),
        tab("people-view-week", "/staff/week", View::Week),
        tab("people-requests", "/staff/requests", View::Requests),
    ];
    ui::seg(&locale.t("people-view"), &tabs)
}

/// The arrows to the weeks around, and the week's name.
pub(super) fn week_arrows(locale: Locale, monday: Date, path: &str) -> Markup {
    let arrow = |icon: &str, key: &str, to: Date| {
        let label = locale.t(key);
        ui::link_button(label.clone(), format!("{path}?week={to}"))
            .small()
            .ghost()
            .icon(icon)
            .icon_only()
            .attr("aria-label", label)
    };
    html! {
        span class="row" {
            (arrow("chevron-left", "people-week-before", days_before(monday, 7)))
            span class="num sm" { (week_range(locale, monday)) }
            (arrow("chevron-right", "people-week-after", days_later(monday, 7)))
        }
    }
}

/// The page of a site's week.
pub fn rota(locale: Locale, view: &RotaView<'_>) -> Markup {
    let arrows = week_arrows(locale, view.monday, "/staff/week");
    let empty = || {
        let (title, text) = (
            locale.t("people-no-staff"),
            locale.t("people-no-staff-text"),
        );
        ui::empty("users", &title, &text, html! {})
    };
    ui::stack(html! {
        (ui::toolbar(views(locale, View::Week), arrows))
        @if view.people.is_empty() { (empty()) }
        @else { div id="rota" class="grow" data-live="staff" { (rota_table(locale, view)) } }
    })
}

fn rota_table(locale: Locale, view: &RotaView<'_>) -> Markup {
    let days: Vec<Date> = (0..7).map(|n| days_later(view.monday, n)).collect();
    let mut heads = vec![ui::head(locale.t("people-name"))];
    heads.extend(days.iter().map(|day| ui::head(format::date(locale, *day))));
    let mut rows: Vec<ui::Row> = view
        .people
        .iter()
        .map(|person| person_row(locale, view, person, &days))
        .collect();
    let mut total = vec![html! { b { (locale.t("people-on-duty")) } }];
    total.extend(days.iter().map(|day| {
        let working = view
            .people
            .iter()
            .filter(|p| !shifts_on(view, p, *day).is_empty())
            .count();
        html! { b class="num" { (working) } }
    }));
    rows.push(ui::row(total));
    ui::table(&heads, &rows)
}

fn person_row(locale: Locale, view: &RotaView<'_>, person: &Staff, days: &[Date]) -> ui::Row {
    let mut cells = vec![html! {
        (person_run(locale, view.portraits, person))
    }];
    cells.extend(days.iter().map(|day| day_cell(locale, view, person, *day)));
    ui::row(cells).href(format!("/staff/{}?week={}", person.id, view.monday))
}

fn shifts_on<'a>(view: &'a RotaView<'_>, person: &Staff, day: Date) -> Vec<&'a Shift> {
    let here =
        |shift: &&Shift| shift.staff == person.id && view.site.date_of(shift.span.start) == day;
    view.shifts.iter().filter(here).collect()
}

fn day_cell(locale: Locale, view: &RotaView<'_>, person: &Staff, day: Date) -> Markup {
    let at = |date| instant_clipped(&view.site.zone, date, 0);
    let whole = Span::new(at(day), at(days_later(day, 1)));
    let touches =
        |off: &&TimeOff| off.staff == person.id && whole.is_some_and(|day| day.overlaps(&off.span));
    let off = view.off.iter().find(touches);
    let shifts = shifts_on(view, person, day);
    html! {
        @for shift in &shifts {
            div class="num" { (clock_range(&shift.span, &view.site.zone)) }
        }
        @if let Some(off) = off {
            span title=(off.reason) {
                (ui::badge(Tone::Info, "calendar-x", &locale.t("people-off-short")))
            }
        } @else if shifts.is_empty() { span class="muted" { (locale.t("people-free")) } }
    }
}
