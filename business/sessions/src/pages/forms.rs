//! Planning, changing and calling off a session.

use std::collections::BTreeMap;

use kernel::{Fault, format, ids::ServiceId};
use maud::{Markup, html};
use web::Fields;

use super::{View, error_of, fault_above};
use crate::{
    commands::Foreseen,
    model::{GroupOffer, MINUTES_MAX, REASON_CHARS_MAX, SEATS_MAX, SERIES_MAX, Session},
};

/// What the page of planning shows.
pub(crate) struct PlanPage<'p> {
    pub(crate) view: View,
    pub(crate) offers: BTreeMap<ServiceId, GroupOffer>,
    pub(crate) typed: &'p Fields,
    /// The dates of the series, when they were asked for.
    pub(crate) foreseen: Option<&'p [Foreseen]>,
    pub(crate) fault: Option<&'p Fault>,
}

impl PlanPage<'_> {
    fn value(&self, field: &str, standard: impl ToString) -> String {
        match self.typed.typed(field) {
            "" => standard.to_string(),
            typed => typed.to_owned(),
        }
    }

    fn error(&self, field: &str) -> Option<String> {
        error_of(self.fault, field, self.view.locale)
    }
}

/// The page of planning.
pub(crate) fn plan(shown: &PlanPage<'_>) -> Markup {
    let view = &shown.view;
    if shown.offers.is_empty() {
        let action = ui::link_button(view.t("sessions-offers"), "/sessions").icon("tag");
        return ui::empty(
            "users",
            &view.t("sessions-no-offers"),
            &view.t("sessions-offers-text"),
            html! { (action) },
        );
    }
    html! {
        form class="stack" method="post" action="/sessions" data-once {
            (fault_above(shown.fault, view.locale))
            @if let Some(foreseen) = shown.foreseen { (dates(view, foreseen)) }
            div class="split" {
                div { (ui::plain_card(what(shown))) }
                aside { (ui::card(&view.t("sessions-repeat"), html! {}, repeat(shown))) }
            }
        }
    }
}

fn what(shown: &PlanPage<'_>) -> Markup {
    let view = &shown.view;
    let services: Vec<(String, String)> = view
        .services
        .iter()
        .filter(|service| shown.offers.contains_key(&service.id))
        .map(|service| {
            let name = service.name.get(view.locale).to_owned();
            (service.id.to_string(), name)
        })
        .collect();
    let first = ServiceId::parse(shown.typed.typed("service")).or_else(|| {
        let id = services.first().map(|(id, _)| id.as_str());
        id.and_then(ServiceId::parse)
    });
    let offer = first.and_then(|id| shown.offers.get(&id));
    let minutes = first
        .and_then(|id| view.service(id))
        .map_or(60, |service| service.minutes);
    let today = view.site.date_of(view.now);
    html! {
        div class="form" {
            (ui::select_field("service", view.t("sessions-what"), services)
                .value(shown.typed.typed("service")).error(shown.error("service")))
            (when(view, shown.typed, (&today.to_string(), "10:00"), shown.fault))
            div class="form__g" {
                (ui::number_field("minutes", view.t("sessions-minutes"))
                    .value(shown.value("minutes", minutes)).range(5, MINUTES_MAX)
                    .attr("step", "5").error(shown.error("minutes")))
                (ui::number_field("seats", view.t("sessions-seats"))
                    .value(shown.value("seats", offer.map_or(10, |offer| offer.seats)))
                    .range(1, SEATS_MAX).error(shown.error("seats")))
                (ui::number_field("each_max", view.t("sessions-each"))
                    .value(shown.value("each_max", offer.map_or(4, |offer| offer.each_max)))
                    .range(1, SEATS_MAX).error(shown.error("each_max")))
            }
            (with(view, shown.typed, (&view.t("sessions-anybody"), &view.t("sessions-any-room")),
                shown.fault))
            div class="form__f" {
                (ui::button(view.t("sessions-plan")).primary().icon("calendar-plus"))
                (ui::link_button(view.t("sessions-back"), "/sessions").ghost())
            }
        }
    }
}

fn when(view: &View, typed: &Fields, (day, time): (&str, &str), fault: Option<&Fault>) -> Markup {
    let value = |field: &str, known: &str| match typed.typed(field) {
        "" => known.to_owned(),
        typed => typed.to_owned(),
    };
    let at_start = error_of(fault, "start", view.locale);
    html! {
        div class="form__g" {
            (ui::date_field("day", view.t("sessions-day"))
                .value(value("day", day)).error(error_of(fault, "day", view.locale)).required())
            (ui::time_field("time", view.t("sessions-time"))
                .value(value("time", time))
                .error(error_of(fault, "time", view.locale).or(at_start)).required())
        }
    }
}

fn with(
    view: &View,
    typed: &Fields,
    (anybody, any_room): (&str, &str),
    fault: Option<&Fault>,
) -> Markup {
    let mut people = vec![(String::new(), anybody.to_owned())];
    people.extend(view.staff.iter().map(|staff| {
        let name = staff.shown(view.locale).to_owned();
        (staff.id.to_string(), name)
    }));
    let mut rooms = vec![(String::new(), any_room.to_owned())];
    let active = view.rooms.iter().filter(|room| room.active);
    rooms.extend(active.map(|room| {
        let name = room.name.get(view.locale).to_owned();
        (room.id.to_string(), name)
    }));
    html! {
        div class="form__g" {
            (ui::select_field("staff", view.t("sessions-leader"), people)
                .value(typed.typed("staff")).error(error_of(fault, "staff", view.locale)))
            (ui::select_field("room", view.t("sessions-room"), rooms)
                .value(typed.typed("room")).error(error_of(fault, "room", view.locale)))
        }
    }
}

fn repeat(shown: &PlanPage<'_>) -> Markup {
    let view = &shown.view;
    let every: Vec<(String, String)> = [0_i64, 1, 2, 3, 4]
        .into_iter()
        .map(|weeks| {
            let label = view.locale.tx("sessions-every", &[("weeks", weeks.into())]);
            (weeks.to_string(), label)
        })
        .collect();
    html! {
        div class="form" {
            (ui::select_field("weeks", view.t("sessions-how-often"), every)
                .value(shown.value("weeks", 0)))
            div class="form__g" {
                (ui::number_field("count", view.t("sessions-times"))
                    .value(shown.typed.typed("count")).range(1, SERIES_MAX)
                    .error(shown.error("count")))
                (ui::date_field("until", view.t("sessions-until"))
                    .value(shown.typed.typed("until")).error(shown.error("until")))
            }
            (ui::checkbox("skip", view.t("sessions-skip"), shown.typed.flag("skip")))
            div class="form__f" {
                (ui::button(view.t("sessions-look")).small().icon("search").sends("look", "1"))
            }
        }
    }
}

/// The dates of a series, and what stands in the way of some.
fn dates(view: &View, foreseen: &[Foreseen]) -> Markup {
    let wrong = foreseen.iter().filter(|one| one.why.is_some()).count();
    let words = [("count", foreseen.len().into()), ("wrong", wrong.into())];
    ui::card(
        &view.t("sessions-dates"),
        html! { span class="meta" { (view.locale.tx("sessions-dates-count", &words)) } },
        html! {
            ul class="stack" {
                @for one in foreseen {
                    li class="row" {
                        @match &one.why {
                            None => { span class="ok-t" { (ui::icon("check")) } },
                            Some(_) => { span class="warnt" { (ui::icon("triangle-alert")) } },
                        }
                        span class="num" { (format::date_year(view.locale, one.date)) }
                        @if let Some(why) = &one.why {
                            span class="muted" { (why.speak(view.locale)) }
                        }
                    }
                }
            }
        },
    )
}

/// What a session is to be like instead.
pub(crate) fn change(
    view: &View,
    session: &Session,
    (typed, fault): (Option<&Fields>, Option<&Fault>),
) -> Markup {
    let local = session.span.start.to_zoned(view.site.zone.clone());
    let room = session.room.map_or(String::new(), |room| room.to_string());
    let known = Fields::from_pairs(vec![
        ("day".to_owned(), local.date().to_string()),
        ("time".to_owned(), format::time(local.time())),
        ("staff".to_owned(), session.staff.to_string()),
        ("room".to_owned(), room),
        ("seats".to_owned(), session.seats.to_string()),
        ("each_max".to_owned(), session.each_max.to_string()),
    ]);
    let typed = typed.unwrap_or(&known);
    let error = |field: &str| error_of(fault, field, view.locale);
    let keep = (view.t("sessions-keep-leader"), view.t("sessions-keep-room"));
    ui::plain_card(html! {
        form class="form" method="post" action=(format!("/sessions/{}/content", session.id))
            data-once {
            (fault_above(fault, view.locale))
            (ui::hidden("version", session.version))
            (when(view, typed, ("", ""), fault))
            (with(view, typed, (&keep.0, &keep.1), fault))
            div class="form__g" {
                (ui::number_field("seats", view.t("sessions-seats"))
                    .value(typed.typed("seats")).range(1, SEATS_MAX).error(error("seats")))
                (ui::number_field("each_max", view.t("sessions-each"))
                    .value(typed.typed("each_max")).range(1, SEATS_MAX).error(error("each_max")))
            }
            p class="muted sm" { (view.t("sessions-change-text")) }
            div class="form__f" {
                (ui::button(view.t("sessions-save")).primary().icon("save"))
                (ui::link_button(view.t("sessions-back"), format!("/sessions/{}", session.id))
                    .ghost())
            }
        }
    })
}

/// Why is the session called off?
pub(crate) fn cancellation(
    view: &View,
    (session, guests): (&Session, usize),
    typed: &Fields,
    fault: Option<&Fault>,
) -> Markup {
    let which = [
        ("this".to_owned(), view.t("sessions-this")),
        ("following".to_owned(), view.t("sessions-following")),
    ];
    let chosen = match typed.typed("which") {
        "" => "this",
        typed => typed,
    };
    ui::plain_card(html! {
        form class="form" method="post" data-once
            action=(format!("/sessions/{}/cancellation", session.id)) {
            p {
                b { (view.service_name(session.service)) } " · " (view.day(session.span.start))
                " " span class="num" { (view.times(session.span)) }
            }
            (ui::note(ui::Tone::Warn, html! {
                p { (view.locale.tx("sessions-cancel-text", &[("count", guests.into())])) }
            }))
            (fault_above(fault, view.locale))
            @if session.series.is_some() {
                (ui::radios("which", &view.t("sessions-which"), &which, chosen))
            }
            (ui::text_area("reason", view.t("sessions-reason"), 3)
                .value(typed.typed("reason"))
                .error(error_of(fault, "reason", view.locale))
                .max_length(REASON_CHARS_MAX).required().autofocus())
            div class="form__f" {
                (ui::button(view.t("sessions-cancel")).danger().icon("x"))
                (ui::link_button(view.t("sessions-back"), format!("/sessions/{}", session.id))
                    .ghost())
            }
        }
    })
}
