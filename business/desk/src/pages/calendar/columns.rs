//! The columns of the calendar: people or rooms of a day, or one person's week.

use capacity::Resource;
use kernel::ids::StaffId;
use kernel::{Locale, Span, format};
use orders::{Card, StateName};
use people::Staff;
use ui::{Block, BlockState, Column, Event, html};

use super::{Columns, View, clock, path, short_name};
use crate::calendar::{CalendarDay, Stay, name, week_of};
use crate::classes::Class;
use crate::model;

pub(super) type Drawn = (Column, Vec<Block>, Vec<Event>);

/// The columns of a day, people, then rooms; or the days of one person's week.
pub(super) fn columns(locale: Locale, day: &mut CalendarDay, view: &View) -> Vec<Drawn> {
    if let (Columns::Week, Some(who)) = (view.columns, view.person(day)) {
        return week(locale, day, view, &who);
    }
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
                .map(|resource| room(locale, day, view, resource)),
        );
    }
    drawn
}

/// Seven days of one person; a block carried to another day stays theirs.
fn week(locale: Locale, day: &mut CalendarDay, view: &View, who: &Staff) -> Vec<Drawn> {
    let (shown, today) = (day.date, day.site.date_of(day.now));
    let mut drawn = Vec::new();
    for date in week_of(shown) {
        day.show(date);
        let (mut column, blocks, events) = staff(locale, day, view, who);
        column.name = format::date(locale, date);
        column.mark = html! {};
        column.date = date.to_string();
        column.today = date == today;
        let staff_view = View {
            columns: Columns::Staff,
            ..*view
        };
        column.href = path(date, &staff_view);
        drawn.push((column, blocks, events));
    }
    day.show(shown);
    drawn
}

fn staff(locale: Locale, day: &CalendarDay, view: &View, member: &Staff) -> Drawn {
    let work = day.work_of(member.id);
    let of = |stay: &&Stay| stay.staff == Some(member.id);
    let stays: Vec<Stay> = day.stays().iter().filter(of).copied().collect();
    let own_week = View {
        columns: Columns::Week,
        who: Some(member.id),
        ..*view
    };
    let column = Column {
        id: member.id.to_string(),
        name: short_name(locale, member),
        mark: day.portraits.mark(locale, member),
        used: model::share(&work, &day.busy_of(member.id)),
        takes: true,
        href: path(day.date, &own_week),
        ..Column::default()
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
    let Some(claim) = day.claim(stay) else {
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

/// A room or piece of equipment: blocks move in time there and stay with whoever serves.
fn room(locale: Locale, day: &CalendarDay, view: &View, resource: &Resource) -> Drawn {
    let taken = |stay: &&Stay| {
        day.claim(stay)
            .is_some_and(|claim| claim.resources.contains(&resource.id))
    };
    let stays: Vec<Stay> = day.stays().iter().filter(taken).copied().collect();
    let busy: Vec<Span> = stays.iter().map(|stay| stay.span).collect();
    let open: Vec<Span> = Span::merge(day.work.iter().map(|(_, span)| *span).collect());
    let alone = view.columns == Columns::Rooms;
    let column = Column {
        id: resource.id.to_string(),
        name: resource.name.get(locale).to_owned(),
        mark: html! { span class="av room" { (ui::icon("door-open")) } },
        used: model::share(&open, &busy),
        keeps: alone,
        ..Column::default()
    };
    let blocks = stays.iter().flat_map(|stay| buffers(day, stay)).collect();
    let mut events = events(locale, day, &stays, alone && view.may_move);
    for event in &mut events {
        // The same order stands in its person's column, too; an id comes once in a page.
        event.key = format!("{}-{}", event.key, resource.id);
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
            let card = day.cards.get(&stay.order);
            let mut event = match (card, day.classes.get(&stay.order)) {
                (Some(card), _) => event(locale, day, stay, card),
                (None, Some(class)) => class_event(locale, day, stay, class),
                (None, None) => return None,
            };
            (event.from, event.to) = minutes;
            event.lane = (place.lane, place.lanes);
            event.cascades = place.cascades;
            let booked = card.is_some_and(|card| card.order.state.name() == StateName::Booked);
            event.moves = may_move && booked;
            Some(event)
        })
        .collect()
}

/// Where a stay stands: a part of a visit in service is over, running or ahead by its own time.
pub(super) fn standing(day: &CalendarDay, stay: &Stay, card: &Card) -> BlockState {
    match card.order.state.name() {
        StateName::Finished => BlockState::Done,
        StateName::Serving if stay.part.is_some() => match stay.span {
            span if span.end <= day.now => BlockState::Done,
            span if span.start <= day.now => BlockState::Serving,
            _ => BlockState::Ahead,
        },
        StateName::Serving if over(card, day) => BlockState::Over,
        StateName::Serving => BlockState::Serving,
        _ => BlockState::Ahead,
    }
}

/// What is done: the part's own service, or the order's title.
pub(super) fn title(locale: Locale, day: &CalendarDay, stay: &Stay, card: &Card) -> String {
    let part = stay.part.and_then(|_| day.claim(stay));
    let named = part.and_then(|claim| day.titles.get(&claim.service));
    named.map_or_else(
        || card.order.title(locale),
        |name| name.get(locale).to_owned(),
    )
}

fn event(locale: Locale, day: &CalendarDay, stay: &Stay, card: &Card) -> Event {
    let order = &card.order;
    let vip = card
        .customer
        .as_ref()
        .is_some_and(|c| c.level == customers::Level::Vip);
    let mark = match order.state.name() {
        StateName::Waiting => "circle-check",
        StateName::Held => "hourglass",
        _ if day
            .claim(stay)
            .is_some_and(|claim| claim.overbooked.is_some()) =>
        {
            "layers"
        }
        _ if vip => "star",
        _ => "",
    };
    Event {
        order: order.id.to_string(),
        part: stay.part.map(|part| part.to_string()).unwrap_or_default(),
        key: stay.part.map(|part| format!("-{part}")).unwrap_or_default(),
        staff: stay.staff.map(|id| id.to_string()).unwrap_or_default(),
        version: order.version,
        href: format!("/calendar/orders/{}", order.id),
        family: order.family.clone().unwrap_or_default(),
        name: name(locale, card),
        service: title(locale, day, stay, card),
        time: times(day, stay.span),
        state: standing(day, stay, card),
        mark: mark.to_owned(),
        ..Event::default()
    }
}

/// A group session: its name, and how full it is.
fn class_event(locale: Locale, day: &CalendarDay, stay: &Stay, class: &Class) -> Event {
    Event {
        order: stay.order.to_string(),
        staff: stay.staff.map(|id| id.to_string()).unwrap_or_default(),
        href: class.path(),
        family: class.family.clone(),
        name: class.name.get(locale).to_owned(),
        service: class.fill(),
        time: times(day, stay.span),
        state: class.state(day.now),
        mark: "users".to_owned(),
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
