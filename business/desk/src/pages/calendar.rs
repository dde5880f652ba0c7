//! The calendar: a day by people and rooms, a week, and one person's list on a phone.

mod agenda;
mod columns;
mod side;
mod team;

use kernel::ids::StaffId;
use kernel::{Date, Locale, format};
use people::Staff;
use ui::{Column, Markup, Tab, html};

use super::{clock, short_name};
use crate::calendar::{CalendarDay, week_of};

/// Which columns are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Columns {
    /// People, then rooms.
    Both,
    /// People alone.
    Staff,
    /// Rooms and equipment alone.
    Rooms,
    /// The days of a week: of one person, or of everybody as a table.
    Week,
}

impl Columns {
    const ALL: [Self; 4] = [Self::Both, Self::Staff, Self::Rooms, Self::Week];

    /// Reads the word of the address; anything unknown is both.
    pub(crate) fn parse(word: &str) -> Self {
        let named = Self::ALL.into_iter().find(|view| view.word() == word);
        named.unwrap_or(Self::Both)
    }

    /// The word in the address.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Staff => "staff",
            Self::Rooms => "rooms",
            Self::Week => "week",
        }
    }

    fn label(self, locale: Locale) -> String {
        match self {
            Self::Both => locale.t("desk-columns-both"),
            Self::Staff => locale.t("desk-columns-staff"),
            Self::Rooms => locale.t("desk-columns-rooms"),
            Self::Week => locale.t("desk-columns-week"),
        }
    }
}

/// What the address asks for beside the day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View {
    /// Which columns.
    pub columns: Columns,
    /// Whose week or list, when somebody was chosen.
    pub who: Option<StaffId>,
    /// Who looks, when they serve.
    pub own: Option<StaffId>,
    /// Whether the viewer may move bookings.
    pub may_move: bool,
    /// Whether the viewer may take on staff and set up rooms.
    pub may_set_up: bool,
}

impl View {
    /// Whose week is drawn as columns: whoever was chosen.
    fn person(&self, day: &CalendarDay) -> Option<Staff> {
        let chosen = day.staff.iter().find(|member| Some(member.id) == self.who);
        chosen.cloned()
    }

    /// Whose list a phone shows: whoever was chosen, who looks, or the first on shift.
    fn listed(&self, day: &CalendarDay) -> Option<Staff> {
        let of = |id: Option<StaffId>| day.staff.iter().find(|member| Some(member.id) == id);
        let found = of(self.who).or_else(|| of(self.own));
        found.or_else(|| day.people().into_iter().next()).cloned()
    }
}

/// The whole body.
pub(crate) fn body(locale: Locale, day: &mut CalendarDay, view: &View) -> Markup {
    html! {
        (tools(locale, day, view))
        (grid(locale, day, view))
    }
}

fn path(date: Date, view: &View) -> String {
    let who = view.who.map(|id| format!("&who={id}")).unwrap_or_default();
    format!("/calendar?day={date}&view={}{who}", view.columns.word())
}

/// The days before and after what is shown: a day, or a week.
fn beside(date: Date, view: &View) -> (Date, Date) {
    let days = if view.columns == Columns::Week { 7 } else { 1 };
    let back = (0..days).fold(date, |date, _| date.yesterday().unwrap_or(date));
    let on = (0..days).fold(date, |date, _| date.tomorrow().unwrap_or(date));
    (back, on)
}

fn heading(locale: Locale, date: Date, view: &View) -> Markup {
    let week = week_of(date);
    let (first, last) = (week.first().unwrap_or(&date), week.last().unwrap_or(&date));
    let range = [
        ("first", format::date(locale, *first).into()),
        ("last", format::date(locale, *last).into()),
    ];
    html! {
        @if view.columns == Columns::Week {
            h2 class="only-wide" { (locale.tx("desk-week-range", &range)) }
            h2 class="only-narrow" { (format::date(locale, date)) }
        } @else { h2 { (format::date(locale, date)) } }
    }
}

fn tools(locale: Locale, day: &CalendarDay, view: &View) -> Markup {
    let today = day.site.date_of(day.now);
    let (before, after) = beside(day.date, view);
    let (count, share) = day.booked();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a share lies between 0 and 1"
    )]
    let percent = (share * 100.0).round() as i64;
    let summary = locale.tx(
        "desk-day-summary",
        &[("count", count.into()), ("percent", percent.into())],
    );
    let tabs = Columns::ALL.map(|columns| {
        let who = if columns == Columns::Week {
            view.who.or(view.own)
        } else {
            None
        };
        let other = View {
            columns,
            who,
            ..*view
        };
        Tab::new(
            columns.label(locale),
            path(day.date, &other),
            view.columns == columns,
        )
    });
    let (arrow_before, arrow_after) = match view.columns {
        Columns::Week => (locale.t("desk-week-before"), locale.t("desk-week-after")),
        _ => (locale.t("desk-day-before"), locale.t("desk-day-after")),
    };
    let start = html! {
        (ui::link_button(locale.t("desk-today"), path(today, view)).key("T"))
        (arrow("chevron-left", &arrow_before, &path(before, view)))
        (arrow("chevron-right", &arrow_after, &path(after, view)))
        (heading(locale, day.date, view))
        @if view.columns == Columns::Week { div class="only-wide" { (whose(locale, day, view)) } }
        @else { span class="muted sm only-wide" { (summary) } }
    };
    let end = html! { div class="only-wide" { (ui::seg(&locale.t("desk-columns"), &tabs)) } };
    ui::toolbar(start, end)
}

/// The choice of a person; everybody where that can be shown.
fn whose(locale: Locale, day: &CalendarDay, view: &View) -> Markup {
    let all = (String::new(), locale.t("desk-everybody"));
    let members = day.staff.iter();
    let people = members.map(|member| (member.id.to_string(), member.shown(locale).to_owned()));
    let options: Vec<(String, String)> = std::iter::once(all).chain(people).collect();
    person_form(locale, day, view, options, view.who)
}

fn person_form(
    locale: Locale,
    day: &CalendarDay,
    view: &View,
    options: Vec<(String, String)>,
    chosen: Option<StaffId>,
) -> Markup {
    let value = chosen.map(|id| id.to_string()).unwrap_or_default();
    html! {
        form class="row" method="get" action="/calendar" data-submit {
            (ui::hidden("day", day.date)) (ui::hidden("view", view.columns.word()))
            (ui::select_field("who", locale.t("desk-my-whose"), options).value(value)
                .class("field--bare"))
            noscript { (ui::button(locale.t("desk-show"))) }
        }
    }
}

fn arrow(icon: &str, label: &str, href: &str) -> Markup {
    html! { (ui::link_button(label, href).icon(icon).icon_only().ghost()) }
}

/// The calendar itself; one fragment, kept fresh by itself. A narrow screen shows one person's
/// list in the place of columns.
pub(crate) fn grid(locale: Locale, day: &mut CalendarDay, view: &View) -> Markup {
    let src = path(day.date, view).replacen("/calendar?", "/calendar/grid?", 1);
    let table = view.columns == Columns::Week && view.person(day).is_none();
    html! {
        div class="calwrap" id="calendar" data-live="order session" data-live-src=(src)
            data-poll="60" {
            div class="only-narrow" { (agenda::body(locale, day, view)) }
            @if table { div class="only-wide team" { (team::body(locale, day, view)) } }
            @else {
                div class="cal only-wide" {
                    (scroll(locale, day, view))
                    (side::side(locale, day, view))
                }
            }
        }
    }
}

/// There is nobody, or no room, to draw a column for.
fn no_columns(locale: Locale, view: &View) -> Markup {
    let (icon, key, text, action, path) = match view.columns {
        Columns::Rooms => (
            "door-open",
            "desk-no-rooms",
            "desk-no-rooms-text",
            "desk-no-rooms-add",
            "/resources",
        ),
        _ => (
            "users",
            "desk-no-columns",
            "desk-no-columns-text",
            "desk-no-columns-add",
            "/staff/new",
        ),
    };
    let add = view
        .may_set_up
        .then(|| ui::link_button(locale.t(action), path));
    ui::empty(
        icon,
        &locale.t(key),
        &locale.t(text),
        html! { @if let Some(add) = add { (add) } },
    )
}

fn scroll(locale: Locale, day: &mut CalendarDay, view: &View) -> Markup {
    let columns = columns::columns(locale, day, view);
    if columns.is_empty() {
        return html! { div class="cal__scroll" id="cal-scroll" { (no_columns(locale, view)) } };
    }
    let heads: Vec<Column> = columns
        .iter()
        .map(|(column, _, _)| column.clone())
        .collect();
    let today = day.site.date_of(day.now);
    let shows_now = match view.columns {
        Columns::Week => week_of(day.date).contains(&today),
        _ => day.date == today,
    };
    let wall = crate::model::wall_minute(&day.site.zone, today, day.now);
    let now = shows_now.then(|| day.axis.inside(wall)).flatten();
    let shown = now.map(|minute| (minute, clock(&day.site.zone, day.now)));
    let axis = ui::calendar_axis(day.axis.first, day.axis.hours, shown);
    let size = format!(
        "--hh:67px;--n:{};--hours:{}",
        heads.len().max(1),
        day.axis.hours
    );
    html! {
        div class="cal__scroll" id="cal-scroll" role="region" tabindex="0"
            aria-label=(locale.t("desk-calendar")) data-island="calendar"
            data-date=(day.date) data-open=(day.axis.first * 60) data-step="15"
            data-move-url="/calendar/moves" data-check-url="/calendar/check"
            data-ask-url=[view.may_move.then_some("/orders/times")]
            data-word-from=(locale.t("desk-from-here")) style=(size) {
            (ui::calendar_head(&zone(day), &heads))
            (ui::calendar_body(axis, html! {
                @for (column, blocks, events) in &columns {
                    (ui::calendar_column(column, blocks, events))
                }
            }, now))
        }
    }
}

fn zone(day: &CalendarDay) -> String {
    let seconds = day.now.to_zoned(day.site.zone.clone()).offset().seconds();
    let (hours, minutes) = (seconds / 3600, (seconds.abs() % 3600) / 60);
    if minutes == 0 {
        format!("GMT{hours:+}")
    } else {
        format!("GMT{hours:+}:{minutes:02}")
    }
}

/// The button that takes a booking on this day, and the way to the calendar addresses.
pub(crate) fn actions(locale: Locale, date: Date, feeds: bool, book: bool) -> Markup {
    let path = format!("/orders/new?kind=booking&day={date}");
    html! {
        @if feeds { (super::feeds::link(&locale.t("desk-feeds"), "/calendar/feeds")) }
        @if book {
            (ui::link_button(locale.t("desk-times"), format!("/orders/times?day={date}"))
                .icon("calendar-clock"))
            (ui::link_button(locale.t("desk-book"), path).primary().icon("plus").key("B"))
        }
    }
}

/// One sentence, as an answer to the drag.
pub(crate) fn sentence(words: &str) -> Markup {
    html! { (words) }
}
