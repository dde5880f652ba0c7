//! One person's day as a list by time: the calendar on a phone.

use kernel::{Date, Locale, Span, format};
use orders::{Card, StateName};
use people::Staff;
use ui::{AgendaLine, AgendaVisit, BlockState, Markup, StripDay, Tone, html};

use super::columns::{standing, title};
use super::{View, clock, path, person_form};
use crate::calendar::{CalendarDay, Stay, name, week_of};
use crate::classes::Class;
use crate::model;

/// Free time shorter than this is not worth a line.
const FREE_MINUTES_LEAST: i64 = 15;

/// The days of the week, whose list it is, and the list.
pub(super) fn body(locale: Locale, day: &CalendarDay, view: &View) -> Markup {
    let Some(person) = view.listed(day) else {
        let title = locale.t("desk-agenda-nobody");
        return ui::empty(
            "users",
            &title,
            &locale.t("desk-agenda-nobody-text"),
            html! {},
        );
    };
    let members = day.staff.iter();
    let people = members.map(|member| (member.id.to_string(), member.shown(locale).to_owned()));
    let lines = lines(locale, day, view, &person);
    html! {
        (ui::day_strip(&locale.t("desk-agenda-days"), &strip(locale, day, view)))
        (person_form(locale, day, view, people.collect(), Some(person.id)))
        @if lines.is_empty() {
            (ui::empty("coffee", &locale.t("desk-agenda-free"), &locale.t("desk-agenda-free-text"),
                html! {}))
        } @else { (ui::agenda("agenda", &lines)) }
    }
}

fn strip(locale: Locale, day: &CalendarDay, view: &View) -> Vec<StripDay> {
    let today = day.site.date_of(day.now);
    let load = |date: Date| {
        let found = day.month.iter().find(|(other, _)| *other == Some(date));
        found.map_or(0, |(_, load)| *load)
    };
    let of = |date: Date| StripDay {
        weekday: format::weekday(locale, date.weekday()).to_owned(),
        day: date.day().to_string(),
        href: path(date, view),
        label: format::date(locale, date),
        load: load(date),
        shown: date == day.date,
        today: date == today,
    };
    week_of(day.date).into_iter().map(of).collect()
}

/// What happens in order of time: visits, breaks, time off, free time, and the present.
fn lines(locale: Locale, day: &CalendarDay, view: &View, person: &Staff) -> Vec<AgendaLine> {
    let work = day.work_of(person.id);
    let of = |stay: &&Stay| stay.staff == Some(person.id);
    let mut timed: Vec<(i64, AgendaLine)> = Vec::new();
    let stays: Vec<Stay> = day.stays().iter().filter(of).copied().collect();
    for stay in &stays {
        if let Some(card) = day.cards.get(&stay.order) {
            let line = AgendaLine::Visit(visit(locale, day, stay, card));
            timed.push((day.wall(stay.span.start), line));
        } else if let Some(class) = day.classes.get(&stay.order) {
            let line = AgendaLine::Visit(class_visit(locale, day, stay, class));
            timed.push((day.wall(stay.span.start), line));
        }
    }
    timed.extend(pauses(locale, day, person, &work));
    timed.extend(free(locale, day, view, (person, &work, &stays)));
    if timed.is_empty() {
        return Vec::new();
    }
    if day.date == day.site.date_of(day.now) {
        let time = clock(&day.site.zone, day.now);
        timed.push((
            day.wall(day.now),
            AgendaLine::Now(time, locale.t("desk-agenda-now")),
        ));
    }
    timed.sort_by_key(|(minute, line)| (*minute, !matches!(line, AgendaLine::Now(..))));
    timed.into_iter().map(|(_, line)| line).collect()
}

/// A group session: its name, and how full it is.
fn class_visit(locale: Locale, day: &CalendarDay, stay: &Stay, class: &Class) -> AgendaVisit {
    AgendaVisit {
        id: stay.order.to_string(),
        from: clock(&day.site.zone, stay.span.start),
        minutes: format!("{}′", stay.span.minutes()),
        href: class.path(),
        family: class.family.clone(),
        name: class.name.get(locale).to_owned(),
        service: class.fill(),
        ..AgendaVisit::default()
    }
}

fn visit(locale: Locale, day: &CalendarDay, stay: &Stay, card: &Card) -> AgendaVisit {
    let state = standing(day, stay, card);
    let words = |key: &str| locale.t(key);
    let badge = match (state, card.order.state.name()) {
        (BlockState::Serving, _) => Some((Tone::Info, "play".to_owned(), words("desk-in-service"))),
        (BlockState::Over, _) => Some((
            Tone::Danger,
            "triangle-alert".to_owned(),
            words("desk-over-time"),
        )),
        (_, StateName::Waiting) => {
            Some((Tone::Ok, "circle-check".to_owned(), words("desk-arrived")))
        }
        (_, StateName::Held) => Some((Tone::Warn, "hourglass".to_owned(), words("desk-held"))),
        _ => None,
    };
    let places = day
        .claim(stay)
        .into_iter()
        .flat_map(|claim| &claim.resources);
    let places = places
        .filter_map(|id| day.resources.iter().find(|room| room.id == *id))
        .map(|room| room.name.get(locale));
    let what = std::iter::once(title(locale, day, stay, card))
        .chain(places.map(str::to_owned))
        .collect::<Vec<_>>();
    AgendaVisit {
        id: format!("{}-{}", stay.order, stay.part.unwrap_or(1)),
        from: clock(&day.site.zone, stay.span.start),
        minutes: format!("{}′", stay.span.minutes()),
        href: format!("/calendar/orders/{}", stay.order),
        family: card.order.family.clone().unwrap_or_default(),
        name: name(locale, card),
        service: what.join(" · "),
        badge,
        done: state == BlockState::Done,
    }
}

/// Breaks between shifts, and time off on a day with or without shifts.
fn pauses(
    locale: Locale,
    day: &CalendarDay,
    person: &Staff,
    work: &[Span],
) -> Vec<(i64, AgendaLine)> {
    let zone = &day.site.zone;
    let off = day.time_off.iter().filter(|off| {
        let (from, to) = (day.wall(off.span.start), day.wall(off.span.end));
        off.staff == person.id && from < 1440 && to > 0
    });
    let mut lines: Vec<(i64, AgendaLine)> = off
        .map(|off| {
            let from = day.wall(off.span.start).max(0);
            let words = match off.reason.as_str() {
                "" => locale.t("desk-time-off"),
                reason => reason.to_owned(),
            };
            let begins = match from {
                0 => String::new(),
                _ => clock(zone, off.span.start),
            };
            (from, AgendaLine::Away(begins, "flag".to_owned(), words))
        })
        .collect();
    let breaks = work.windows(2).filter(|pair| pair[0].end < pair[1].start);
    lines.extend(breaks.map(|pair| {
        let minutes = (pair[1].start.as_second() - pair[0].end.as_second()) / 60;
        let words = locale.tx("desk-agenda-break", &[("minutes", minutes.into())]);
        let begins = clock(zone, pair[0].end);
        let line = AgendaLine::Away(begins, "coffee".to_owned(), words);
        (day.wall(pair[0].end), line)
    }));
    lines
}

/// Working time nobody has taken, from now on.
fn free(
    locale: Locale,
    day: &CalendarDay,
    view: &View,
    (person, work, stays): (&Staff, &[Span], &[Stay]),
) -> Vec<(i64, AgendaLine)> {
    let busy = |stay: &Stay| day.claim(stay).map_or(stay.span, |claim| claim.busy);
    let busy: Vec<Span> = Span::merge(stays.iter().map(busy).collect());
    let gaps = work.iter().flat_map(|span| span.subtract(&busy));
    let ahead = gaps.filter_map(|gap| Span::new(gap.start.max(day.now), gap.end));
    ahead
        .filter(|gap| gap.minutes() >= FREE_MINUTES_LEAST)
        .map(|gap| {
            let (from, until) = (
                clock(&day.site.zone, gap.start),
                clock(&day.site.zone, gap.end),
            );
            let words = locale.tx("desk-agenda-gap", &[("until", until.into())]);
            let href = match view.may_move {
                true => format!(
                    "/orders/new?kind=booking&day={}&with={}",
                    day.date, person.id
                ),
                false => String::new(),
            };
            (
                model::wall_minute(&day.site.zone, day.date, gap.start),
                AgendaLine::Free(from, words, href),
            )
        })
        .collect()
}
