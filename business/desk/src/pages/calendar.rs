//! The day by people and rooms.

use capacity::Resource;
use kernel::ids::StaffId;
use kernel::{Date, Locale, Span, format};
use orders::{Card, StateName};
use people::Staff;
use ui::{Block, BlockState, Column, Event, Markup, Tab, html};

use super::{clock, short_name};
use crate::calendar::{CalendarDay, Stay, name};
use crate::model;

/// Which columns are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Columns {
    /// People, then rooms.
    Both,
    /// People alone.
    Staff,
    /// Rooms and equipment alone.
    Rooms,
}

impl Columns {
    /// Reads the word of the address; anything unknown is both.
    pub(crate) fn parse(word: &str) -> Self {
        match word {
            "staff" => Self::Staff,
            "rooms" => Self::Rooms,
            _ => Self::Both,
        }
    }

    /// The word in the address.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Staff => "staff",
            Self::Rooms => "rooms",
        }
    }
}

/// What the address asks for beside the day.
pub(crate) struct View {
    /// Which columns.
    pub columns: Columns,
    /// Whether the viewer may move bookings.
    pub may_move: bool,
}

/// The whole body.
pub(crate) fn body(locale: Locale, day: &CalendarDay, view: &View) -> Markup {
    html! {
        (tools(locale, day, view))
        (grid(locale, day, view))
    }
}

fn path(date: Date, view: &View) -> String {
    format!("/calendar?day={date}&view={}", view.columns.word())
}

fn long_date(locale: Locale, date: Date) -> String {
    format::date(locale, date)
}

fn tools(locale: Locale, day: &CalendarDay, view: &View) -> Markup {
    let today = day.site.date_of(day.now);
    let before = day.date.yesterday().unwrap_or(day.date);
    let after = day.date.tomorrow().unwrap_or(day.date);
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
    let tab = |columns: Columns, label: String| {
        let other = View {
            columns,
            may_move: view.may_move,
        };
        Tab::new(label, path(day.date, &other), view.columns == columns)
    };
    let tabs = [
        tab(Columns::Both, locale.t("desk-columns-both")),
        tab(Columns::Staff, locale.t("desk-columns-staff")),
        tab(Columns::Rooms, locale.t("desk-columns-rooms")),
    ];
    let start = html! {
        (ui::link_button(locale.t("desk-today"), path(today, view)).key("T"))
        (arrow("chevron-left", &locale.t("desk-day-before"), &path(before, view)))
        (arrow("chevron-right", &locale.t("desk-day-after"), &path(after, view)))
        h2 { (long_date(locale, day.date)) }
        span class="muted sm only-wide" { (summary) }
    };
    let end = html! { div class="only-wide" { (ui::seg(&locale.t("desk-columns"), &tabs)) } };
    ui::toolbar(start, end)
}

fn arrow(icon: &str, label: &str, href: &str) -> Markup {
    html! { (ui::link_button(label, href).icon(icon).icon_only().ghost()) }
}

/// The calendar itself; one fragment, kept fresh by itself.
pub(crate) fn grid(locale: Locale, day: &CalendarDay, view: &View) -> Markup {
    let src = path(day.date, view).replacen("/calendar?", "/calendar/grid?", 1);
    let columns = columns(locale, day, view);
    let heads: Vec<Column> = columns
        .iter()
        .map(|(column, _, _)| column.clone())
        .collect();
    let now = (day.date == day.site.date_of(day.now))
        .then(|| day.axis.inside(day.wall(day.now)))
        .flatten();
    let shown = now.map(|minute| (minute, clock(&day.site.zone, day.now)));
    let axis = ui::calendar_axis(day.axis.first, day.axis.hours, shown);
    let size = format!(
        "--hh:67px;--n:{};--hours:{}",
        heads.len().max(1),
        day.axis.hours
    );
    html! {
        div class="calwrap" id="calendar" data-live="order" data-live-src=(src)
            data-poll="60" {
            div class="cal" {
                div class="cal__scroll" id="cal-scroll" role="region" tabindex="0"
                    aria-label=(locale.t("desk-calendar")) data-island="calendar"
                    data-date=(day.date) data-open=(day.axis.first * 60) data-step="15"
                    data-move-url="/calendar/moves" data-check-url="/calendar/check"
                    data-word-from=(locale.t("desk-from-here")) style=(size) {
                    (ui::calendar_head(&zone(day), &heads))
                    (ui::calendar_body(axis, html! {
                        @for (column, blocks, events) in &columns {
                            (ui::calendar_column(column, blocks, events))
                        }
                    }, now))
                }
                (side(locale, day, view))
            }
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

type Drawn = (Column, Vec<Block>, Vec<Event>);

fn columns(locale: Locale, day: &CalendarDay, view: &View) -> Vec<Drawn> {
    let mut drawn = Vec::new();
    if view.columns != Columns::Rooms {
        drawn.extend(
            day.people()
                .into_iter()
                .map(|member| staff(locale, day, view, member)),
        );
    }
    if view.columns != Columns::Staff {
        drawn.extend(
            day.resources
                .iter()
                .map(|resource| room(locale, day, resource)),
        );
    }
    drawn
}

fn staff(locale: Locale, day: &CalendarDay, view: &View, member: &Staff) -> Drawn {
    let work = day.work_of(member.id);
    let stays: Vec<Stay> = day
        .stays()
        .into_iter()
        .filter(|stay| stay.staff == Some(member.id))
        .collect();
    let column = Column {
        id: member.id.to_string(),
        name: short_name(locale, member),
        mark: ui::avatar(member.shown(locale), member.colour),
        used: model::share(&work, &day.busy_of(member.id)),
        takes: true,
    };
    let mut blocks = away(locale, day, member.id, &work);
    blocks.extend(stays.iter().flat_map(|stay| buffers(day, stay)));
    let events = events(locale, day, &stays, view.may_move);
    (column, blocks, events)
}

/// Off shift, breaks between shifts, and time off with its reason.
fn away(locale: Locale, day: &CalendarDay, staff: StaffId, work: &[Span]) -> Vec<Block> {
    let from = day.axis.first * 60;
    let to = from + day.axis.hours * 60;
    let minutes: Vec<(i64, i64)> = work
        .iter()
        .map(|span| (day.wall(span.start), day.wall(span.end)))
        .collect();
    let (first, last) = (minutes.first().copied(), minutes.last().copied());
    model::gaps(&minutes, from, to)
        .into_iter()
        .map(|(start, end)| {
            let within = first.is_some_and(|(begin, _)| start > begin)
                && last.is_some_and(|(_, finish)| end < finish);
            let off = day.time_off.iter().find(|off| {
                off.staff == staff
                    && day.wall(off.span.start) < end
                    && day.wall(off.span.end) > start
            });
            let (icon, words) = match off {
                Some(off) if !off.reason.is_empty() => ("flag", off.reason.clone()),
                Some(_) => ("flag", locale.t("desk-time-off")),
                None if within => ("coffee", locale.t("desk-break")),
                None => ("", locale.t("desk-off-shift")),
            };
            Block::Away(day.axis.at(start), day.axis.at(end), icon.to_owned(), words)
        })
        .collect()
}

fn buffers(day: &CalendarDay, stay: &Stay) -> Vec<Block> {
    let Some(claim) = day.claims.get(&stay.order) else {
        return Vec::new();
    };
    let minutes = |at| day.axis.at(day.wall(at));
    let mut found = Vec::new();
    if claim.busy.start < claim.start && claim.start == stay.span.start {
        found.push(Block::Buffer(
            minutes(claim.busy.start),
            minutes(claim.start),
        ));
    }
    if claim.busy.end > claim.end {
        found.push(Block::Buffer(minutes(claim.end), minutes(claim.busy.end)));
    }
    found
}

fn room(locale: Locale, day: &CalendarDay, resource: &Resource) -> Drawn {
    let taken = |stay: &Stay| {
        day.claims
            .get(&stay.order)
            .is_some_and(|claim| claim.resources.contains(&resource.id))
    };
    let stays: Vec<Stay> = day.stays().into_iter().filter(taken).collect();
    let busy: Vec<Span> = stays.iter().map(|stay| stay.span).collect();
    let open: Vec<Span> = Span::merge(day.work.iter().map(|(_, span)| *span).collect());
    let column = Column {
        id: resource.id.to_string(),
        name: resource.name.get(locale).to_owned(),
        mark: html! { span class="av room" { (ui::icon("door-open")) } },
        used: model::share(&open, &busy),
        takes: false,
    };
    let blocks = stays.iter().flat_map(|stay| buffers(day, stay)).collect();
    let mut events = events(locale, day, &stays, false);
    for event in &mut events {
        // The same order stands in its person's column, too; an id comes once in a page.
        event.order = format!("{}-{}", event.order, resource.id);
    }
    (column, blocks, events)
}

fn events(locale: Locale, day: &CalendarDay, stays: &[Stay], may_move: bool) -> Vec<Event> {
    let minutes: Vec<(i64, i64)> = stays
        .iter()
        .map(|stay| {
            let from = day.axis.at(day.wall(stay.span.start));
            (from, day.axis.at(day.wall(stay.span.end)).max(from + 10))
        })
        .collect();
    let places = model::lanes(&minutes);
    stays
        .iter()
        .zip(minutes)
        .zip(places)
        .filter_map(|((stay, minutes), place)| {
            let card = day.cards.get(&stay.order)?;
            let mut event = event(locale, day, stay, card);
            (event.from, event.to) = minutes;
            event.lane = (place.lane, place.lanes);
            event.cascades = place.cascades;
            event.moves = may_move && card.order.state.name() == StateName::Booked;
            Some(event)
        })
        .collect()
}

fn event(locale: Locale, day: &CalendarDay, stay: &Stay, card: &Card) -> Event {
    let order = &card.order;
    let state = match order.state.name() {
        StateName::Finished => BlockState::Done,
        StateName::Serving if over(card, day) => BlockState::Over,
        StateName::Serving => BlockState::Serving,
        _ => BlockState::Ahead,
    };
    let vip = card
        .customer
        .as_ref()
        .is_some_and(|c| c.level == customers::Level::Vip);
    let mark = match order.state.name() {
        StateName::Waiting => "circle-check",
        StateName::Held => "hourglass",
        _ if vip => "star",
        _ => "",
    };
    Event {
        order: order.id.to_string(),
        version: order.version,
        href: format!("/calendar/orders/{}", order.id),
        family: order.family.clone().unwrap_or_default(),
        name: name(locale, card),
        service: order.title(locale),
        time: times(day, stay.span),
        state,
        mark: mark.to_owned(),
        ..Event::default()
    }
}

fn over(card: &Card, day: &CalendarDay) -> bool {
    let started = card.order.state.started();
    started.is_some_and(|at| model::minutes(at, day.now) > card.order.minutes)
}

fn times(day: &CalendarDay, span: Span) -> String {
    format!(
        "{}–{}",
        clock(&day.site.zone, span.start),
        clock(&day.site.zone, span.end)
    )
}

fn side(locale: Locale, day: &CalendarDay, view: &View) -> Markup {
    let mut families: Vec<&str> = day
        .cards
        .values()
        .filter_map(|card| card.order.family.as_deref())
        .collect();
    families.sort_unstable();
    families.dedup();
    html! {
        aside class="cal__side" aria-label=(locale.t("desk-calendar-side")) {
            (mini(locale, day, view))
            @if !families.is_empty() {
                section class="legend" {
                    h3 { (locale.t("desk-families")) }
                    p class="row wrap" {
                        @for family in families {
                            span class="fam" data-f=(family) { i {} }
                            (queue::family_name(locale, family))
                        }
                    }
                }
            }
            p class="muted xs" { (ui::icon("keyboard")) " " (locale.t("desk-alt-arrows")) }
        }
    }
}

fn mini(locale: Locale, day: &CalendarDay, view: &View) -> Markup {
    let first = day.date.first_of_month();
    let before = first.yesterday().unwrap_or(first);
    let after = day.date.last_of_month().tomorrow().unwrap_or(first);
    let monday = kernel::Weekday::Monday;
    html! {
        div class="mini" {
            header {
                b { (format::month(locale, day.date)) }
                span {
                    (arrow("chevron-left", &locale.t("desk-month-before"), &path(before, view)))
                    (arrow("chevron-right", &locale.t("desk-month-after"), &path(after, view)))
                }
            }
            div class="mini__g" {
                @for index in 0..7_i8 {
                    small { (format::weekday(locale, monday.wrapping_add(index))) }
                }
                @for (date, load) in &day.month {
                    @match date {
                        None => span {},
                        Some(date) => {
                            a href=(path(*date, view)) data-load=(load)
                                aria-current=[(*date == day.date).then_some("date")] {
                                (date.day()) i {}
                            }
                        }
                    }
                }
            }
            p class="xs muted row" {
                span class="lg" data-load="1" { i {} } (locale.t("desk-load-light"))
                span class="lg" data-load="3" { i {} } (locale.t("desk-load-full"))
            }
        }
    }
}

/// The button that takes a booking on this day, and the way to the calendar addresses.
pub(crate) fn actions(locale: Locale, date: Date, feeds: bool, book: bool) -> Markup {
    let path = format!("/orders/new?kind=booking&day={date}");
    html! {
        @if feeds { (super::feeds::link(&locale.t("desk-feeds"), "/calendar/feeds")) }
        @if book {
            (ui::link_button(locale.t("desk-book"), path).primary().icon("plus").key("B"))
        }
    }
}

/// One sentence, as an answer to the drag.
pub(crate) fn sentence(words: &str) -> Markup {
    html! { (words) }
}
