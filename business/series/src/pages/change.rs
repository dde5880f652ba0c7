//! A series as it stands; moving and calling off some of it.

use customers::Customer;
use kernel::{Fault, Locale, format};
use maud::{Markup, html};
use orders::{Order, StateName, state_label};
use organisation::Site;
use people::Staff;
use ui::Tone;
use web::Fields;

use super::{clock, day, error_of, fault_above, rhythm};
use crate::queries::{Member, Series};

/// What the page of a series shows.
pub(crate) struct ShowPage {
    pub(crate) locale: Locale,
    pub(crate) series: Series,
    pub(crate) site: Site,
    pub(crate) orders: Vec<(i64, Order)>,
    pub(crate) staff: Vec<Staff>,
    pub(crate) customer: Option<Customer>,
    pub(crate) may_take: bool,
}

/// What repeats, for the line beside the heading.
pub(crate) fn what(shown: &ShowPage) -> String {
    let locale = shown.locale;
    let first = shown.orders.first();
    let title = first.map(|(_, order)| order.title(locale));
    let customer = shown.customer.as_ref();
    let customer = customer.map(|customer| customer.display(locale).to_owned());
    let rhythm = Some(rhythm(locale, shown.series.every));
    let parts: Vec<String> = [customer, title, rhythm].into_iter().flatten().collect();
    parts.join(" · ")
}

/// The series.
pub(crate) fn show(shown: &ShowPage) -> Markup {
    let locale = shown.locale;
    let head = [
        ui::head("").number().drop(1),
        ui::head(locale.t("series-date")),
        ui::head(locale.t("series-time")),
        ui::head(locale.t("series-with")).drop(1),
        ui::head(locale.t("series-number")).drop(1),
        ui::head(locale.t("series-state")),
        ui::head(""),
    ];
    let row = |(position, order): &(i64, Order)| row(shown, *position, order);
    let rows: Vec<_> = shown.orders.iter().map(row).collect();
    html! {
        div id="series" data-live="order" { (ui::stacking_table(&head, &rows)) }
    }
}

fn row(shown: &ShowPage, position: i64, order: &Order) -> ui::Row {
    let (locale, state) = (shown.locale, order.state.name());
    let slot = order.state.slot();
    let date = slot.map(|slot| format::date(locale, shown.site.date_of(slot.span.start)));
    let times = slot.map(|slot| {
        let (from, to) = (slot.span.start, slot.span.end);
        format!("{}–{}", clock(&shown.site, from), clock(&shown.site, to))
    });
    let staff = slot.and_then(|slot| slot.staff);
    let staff = shown.staff.iter().find(|one| Some(one.id) == staff);
    let tone = match state {
        StateName::Booked => Tone::Info,
        StateName::Finished | StateName::Serving | StateName::Waiting => Tone::Ok,
        StateName::NoShow => Tone::Warn,
        _ => Tone::Neutral,
    };
    let href = format!("/orders/{}", order.id);
    ui::row(vec![
        html! { span class="num muted" { (position) } },
        html! { a class="link num" href=(href) { (date.unwrap_or_default()) } },
        html! { span class="num" { (times.unwrap_or_default()) } },
        html! { (staff.map_or("", |staff| staff.shown(locale))) },
        html! { span class="num muted" { (order.code) } },
        ui::badge(tone, "", &state_label(state, locale)),
        acts(shown, order),
    ])
    .id(format!("o-{}", order.id))
}

fn acts(shown: &ShowPage, order: &Order) -> Markup {
    let locale = shown.locale;
    let ahead = matches!(order.state.name(), StateName::Booked | StateName::Held);
    let under = |rest: &str| format!("/series/orders/{}/{rest}", order.id);
    html! {
        @if ahead && shown.may_take {
            span class="row" {
                (ui::link_button(locale.t("series-move"), under("slot"))
                    .small().icon("calendar-clock").icon_only())
                (ui::link_button(locale.t("series-cancel"), under("cancellation"))
                    .small().ghost().icon("x").icon_only())
            }
        }
    }
}

/// What the pages of a change show.
pub(crate) struct ChangePage {
    pub(crate) locale: Locale,
    pub(crate) site: Site,
    pub(crate) order: Order,
    /// Its place in the series, if it is in one.
    pub(crate) member: Option<Member>,
    pub(crate) staff: Vec<Staff>,
}

fn named(shown: &ChangePage) -> Markup {
    let (locale, order) = (shown.locale, &shown.order);
    let place = shown.member.map(|member| {
        let words = [
            ("position", member.position.into()),
            ("count", member.count.into()),
        ];
        locale.tx("series-place", &words)
    });
    html! {
        p {
            b { (order.title(locale)) } " · "
            span class="num" {
                (day(locale, &shown.site, order.due())) " " (clock(&shown.site, order.due()))
            }
            @if let Some(place) = place { " · " span class="muted" { (place) } }
        }
    }
}

fn which(shown: &ChangePage, typed: &Fields) -> Markup {
    let locale = shown.locale;
    let options = [
        ("this".to_owned(), locale.t("series-this")),
        ("following".to_owned(), locale.t("series-following")),
        ("all".to_owned(), locale.t("series-all")),
    ];
    let chosen = match typed.typed("which") {
        "" => "this",
        typed => typed,
    };
    ui::radios("which", &locale.t("series-which"), &options, chosen)
}

fn back(shown: &ChangePage) -> ui::Button {
    let to = match shown.member {
        Some(member) => format!("/series/{}", member.series),
        None => format!("/orders/{}", shown.order.id),
    };
    ui::link_button(shown.locale.t("series-back"), to).ghost()
}

/// Why, and which of them?
pub(crate) fn cancellation(shown: &ChangePage, typed: &Fields, fault: Option<&Fault>) -> Markup {
    let locale = shown.locale;
    let action = format!("/series/orders/{}/cancellation", shown.order.id);
    ui::plain_card(html! {
        form class="form" method="post" action=(action) data-once {
            (named(shown))
            (fault_above(fault, locale))
            (which(shown, typed))
            (ui::text_area("reason", locale.t("series-reason"), 3)
                .value(typed.typed("reason")).error(error_of(fault, "reason", locale))
                .max_length(300).required().autofocus())
            div class="form__f" {
                (ui::button(locale.t("series-cancel")).danger().icon("x"))
                (back(shown))
            }
        }
    })
}

/// When instead, and which of them?
pub(crate) fn slot(shown: &ChangePage, typed: &Fields, fault: Option<&Fault>) -> Markup {
    let locale = shown.locale;
    let local = shown.order.due().to_zoned(shown.site.zone.clone());
    let or = |field: &str, known: String| match typed.typed(field) {
        "" => known,
        typed => typed.to_owned(),
    };
    let mut people = vec![(String::new(), locale.t("series-keep-staff"))];
    people.extend(shown.staff.iter().map(|staff| {
        let name = staff.shown(locale).to_owned();
        (staff.id.to_string(), name)
    }));
    let error = |field: &str| error_of(fault, field, locale);
    let action = format!("/series/orders/{}/slot", shown.order.id);
    ui::plain_card(html! {
        form class="form" method="post" action=(action) data-once {
            (named(shown))
            (fault_above(fault, locale))
            (which(shown, typed))
            div class="form__g" {
                (ui::date_field("day", locale.t("series-date"))
                    .value(or("day", local.date().to_string())).error(error("day")).required())
                (ui::time_field("time", locale.t("series-time"))
                    .value(or("time", format::time(local.time())))
                    .error(error("time").or(error("start"))).required())
                (ui::select_field("with", locale.t("series-with"), people)
                    .value(typed.typed("with")).error(error("with")))
            }
            (ui::checkbox("skip", locale.t("series-skip-moves"), typed.flag("skip")))
            p class="muted sm" { (locale.t("series-move-text")) }
            div class="form__f" {
                (ui::button(locale.t("series-move")).primary().icon("calendar-clock"))
                (back(shown))
            }
        }
    })
}
