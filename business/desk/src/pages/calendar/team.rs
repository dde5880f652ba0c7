//! The week of a site: who works when, and how full that is.

use kernel::{Date, Locale, Span, format};
use people::Staff;
use ui::{Markup, Tone, html};

use super::{Columns, View, clock, path};
use crate::calendar::{CalendarDay, week_of};
use crate::model;

/// People down the side, days along the top.
pub(super) fn body(locale: Locale, day: &mut CalendarDay, view: &View) -> Markup {
    let (shown, dates) = (day.date, week_of(day.date));
    if day.staff.is_empty() {
        let title = locale.t("desk-agenda-nobody");
        return ui::empty(
            "users",
            &title,
            &locale.t("desk-agenda-nobody-text"),
            html! {},
        );
    }
    let mut heads = vec![ui::head(locale.t("desk-columns-staff"))];
    heads.extend(
        dates
            .iter()
            .map(|date| ui::head(format::date(locale, *date))),
    );
    let mut cells: Vec<Vec<Markup>> = day
        .staff
        .iter()
        .map(|member| vec![who(locale, day, view, member)])
        .collect();
    for date in &dates {
        day.show(*date);
        for (member, row) in day.staff.iter().zip(&mut cells) {
            row.push(cell(locale, day, view, member));
        }
    }
    day.show(shown);
    let rows: Vec<ui::Row> = cells.into_iter().map(ui::row).collect();
    ui::table(&heads, &rows)
}

fn own(view: &View, member: &Staff) -> View {
    View {
        columns: Columns::Week,
        who: Some(member.id),
        ..*view
    }
}

fn who(locale: Locale, day: &CalendarDay, view: &View, member: &Staff) -> Markup {
    html! {
        a class="link row" href=(path(day.date, &own(view, member))) {
            (super::super::person(locale, Some(member)))
        }
    }
}

/// The hours of one person on one day, how many visits and how full.
fn cell(locale: Locale, day: &CalendarDay, view: &View, member: &Staff) -> Markup {
    let work = day.work_of(member.id);
    let busy = day.busy_of(member.id);
    let share = model::share(&work, &busy);
    let off = day
        .time_off
        .iter()
        .any(|off| off.staff == member.id && touches(day, off.span));
    let count = locale.tx("desk-visits", &[("count", busy.len().into())]);
    let label = locale.tx(
        "desk-team-cell",
        &[
            ("count", busy.len().into()),
            ("percent", percent(share).into()),
        ],
    );
    html! {
        a class="team__c" href=(day_path(day.date, view)) {
            @for span in &work { span class="num" { (hours(day, *span)) } }
            @if off { (ui::badge(Tone::Info, "flag", &locale.t("desk-time-off"))) }
            @if work.is_empty() && !off { span class="muted" { (locale.t("desk-off-shift")) } }
            @if !work.is_empty() || !busy.is_empty() {
                (ui::meter(tone(share), share, &label))
                small class="muted" { (count) }
            }
        }
    }
}

fn day_path(date: Date, view: &View) -> String {
    let staff_view = View {
        columns: Columns::Staff,
        who: None,
        ..*view
    };
    path(date, &staff_view)
}

fn touches(day: &CalendarDay, span: Span) -> bool {
    day.wall(span.start) < 1440 && day.wall(span.end) > 0
}

fn hours(day: &CalendarDay, span: Span) -> String {
    let zone = &day.site.zone;
    format!("{}–{}", clock(zone, span.start), clock(zone, span.end))
}

fn tone(share: f64) -> Tone {
    match share {
        share if share >= 0.9 => Tone::Warn,
        _ => Tone::Brand,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a share lies between 0 and 1"
)]
fn percent(share: f64) -> i64 {
    (share * 100.0).round() as i64
}
