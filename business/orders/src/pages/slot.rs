//! Choosing a time: the free ones, any other, and why one is not offered.

use std::collections::BTreeMap;

use capacity::{Absent, Reason};
use kernel::{
    Bilingual, Fault, Locale, Timestamp, format,
    ids::{OrderId, ResourceId, SiteId, StaffId},
};
use maud::{Markup, html};
use web::Fields;

use super::{
    View,
    asks::{asking, error_of},
    fault_above, path,
};
use crate::model::{Order, Part, REASON_CHARS_MAX};

/// The choice of a time that is typed.
pub(crate) const OTHER_TIME: &str = "other";

/// A day's free times, and what is chosen.
pub(crate) struct SlotAsk<'s> {
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// What was typed so far.
    pub typed: &'s Fields,
    /// Free times and who could serve then.
    pub slots: Vec<(Timestamp, Vec<StaffId>)>,
    /// Why a time is not offered, once it was asked.
    pub why: Option<Why>,
    pub fault: Option<&'s Fault>,
}

/// The answer to why a time is not offered, and the names in it.
#[derive(Default)]
pub(crate) struct Why {
    /// The time asked about.
    pub time: String,
    pub reasons: Vec<(usize, Reason)>,
    pub for_customers: Vec<Reason>,
    /// Whether whoever is named can be booked over.
    pub is_of_staff: bool,
    pub places: BTreeMap<ResourceId, Bilingual>,
    pub sites: BTreeMap<SiteId, Bilingual>,
    pub skills: BTreeMap<String, Bilingual>,
    pub orders: BTreeMap<OrderId, String>,
}

impl Why {
    fn place(&self, id: ResourceId, locale: Locale) -> String {
        let name = self.places.get(&id);
        name.map_or(String::new(), |name| name.get(locale).to_owned())
    }

    fn skills(&self, codes: &[String], locale: Locale) -> String {
        let name = |code: &String| {
            let known = self.skills.get(code);
            known.map_or_else(|| code.clone(), |name| name.get(locale).to_owned())
        };
        codes.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    fn order(&self, id: OrderId) -> String {
        self.orders.get(&id).cloned().unwrap_or_default()
    }
}

/// Anybody, and each of some people.
pub(super) fn people_options(view: &View, servers: &[StaffId]) -> Vec<(String, String)> {
    let named = |id: &StaffId| (id.to_string(), view.who(Some(*id)).to_owned());
    let anybody = (String::new(), view.t("orders-slot-anybody"));
    std::iter::once(anybody)
        .chain(servers.iter().map(named))
        .collect()
}

/// Day, person and free times, inside a form; `show` reloads the times without sending the form.
pub(crate) fn slot_picker(view: &View, ask: &SlotAsk, servers: &[StaffId], show: &str) -> Markup {
    let people = people_options(view, servers);
    let reload = |key: &str, icon: &str| {
        ui::button(view.t(key))
            .small()
            .icon(icon)
            .attr("formmethod", "get")
            .attr("formaction", show)
            .attr("formnovalidate", "")
    };
    html! {
        div class="form__g" {
            (ui::date_field("day", view.t("orders-slot-day"))
                .value(&ask.day)
                .error(error_of(ask.fault, "day", view)))
            (ui::select_field("with", view.t("orders-slot-staff"), people)
                .value(ask.typed.typed("with")))
        }
        div class="form__f" { (reload("orders-slot-show", "search")) }
        (times(view, ask))
        div class="form__g" {
            (ui::time_field("at", view.t("orders-slot-other"))
                .value(ask.typed.typed("at"))
                .hint(view.t("orders-slot-other-hint"))
                .error(error_of(ask.fault, "time", view)))
        }
        div class="form__f" {
            (reload("orders-why-ask", "circle-help").attr("name", "why").attr("value", "1"))
        }
        @if let Some(why) = &ask.why { (answered(view, ask, why)) }
    }
}

fn times(view: &View, ask: &SlotAsk) -> Markup {
    let wrong = error_of(ask.fault, "slot", view).or(error_of(ask.fault, "start", view));
    let chosen = ask.typed.typed("start");
    html! {
        fieldset class="field slotpick" {
            legend { (view.t("orders-slot-times")) }
            @if ask.slots.is_empty() {
                p class="muted sm" {
                    (view.t("orders-slot-none")) " "
                    a class="link" href="/waiting/new" { (view.t("orders-slot-wait")) }
                }
            }
            div class="slotpick__g" {
                @for (start, staff) in &ask.slots {
                    @let value = start.to_string();
                    @let names = staff.iter().map(|id| view.who(Some(*id))).collect::<Vec<_>>();
                    label class="slot" title=(names.join(", ")) {
                        input type="radio" name="start" value=(value) checked[value == chosen];
                        span class="num" { (view.clock(*start)) }
                    }
                }
                label class="slot" {
                    input type="radio" name="start" value=(OTHER_TIME)
                        checked[chosen == OTHER_TIME];
                    span { (view.t("orders-slot-other")) }
                }
            }
            @if let Some(wrong) = wrong {
                span class="err" { (ui::icon("octagon-alert")) (wrong) }
            }
        }
    }
}

fn answered(view: &View, ask: &SlotAsk, why: &Why) -> Markup {
    html! {
        (said(view, why, "orders-why-free"))
        @if why.is_of_staff {
            (ui::text_area("overbook", view.t("orders-overbook"), 2)
                .value(ask.typed.typed("overbook"))
                .hint(view.t("orders-overbook-hint"))
                .max_length(REASON_CHARS_MAX)
                .error(error_of(ask.fault, "overbook", view)))
        }
    }
}

/// Every reason, or the words of `free` where there is none.
pub(super) fn said(view: &View, why: &Why, free: &str) -> Markup {
    let time = [("time", why.time.as_str().into())];
    let of_parts = why.reasons.iter().any(|(part, _)| *part > 1);
    html! {
        @if why.reasons.is_empty() {
            (ui::note(ui::Tone::Ok, html! { p { (view.locale.tx(free, &time)) } }))
        } @else {
            (ui::note(ui::Tone::Warn, html! {
                p { b { (view.locale.tx("orders-why-title", &time)) } }
                ul {
                    @for (part, reason) in &why.reasons {
                        li {
                            @if of_parts {
                                (view.locale.tx("orders-why-part", &[("part", (*part).into())]))
                            }
                            (words(view, why, reason))
                        }
                    }
                }
            }))
        }
        @if !why.for_customers.is_empty() {
            (ui::note(ui::Tone::Info, html! {
                p { b { (view.t("orders-why-customers")) } }
                ul { @for reason in &why.for_customers { li { (words(view, why, reason)) } } }
            }))
        }
    }
}

/// One reason in words.
pub(crate) fn words(view: &View, why: &Why, reason: &Reason) -> String {
    let locale = view.locale;
    let one = |key, name, value: String| locale.tx(key, &[(name, value.into())]);
    match reason {
        Reason::Past => view.t("orders-why-past"),
        Reason::OffStep(minutes) => locale.tx("orders-why-step", &[("minutes", (*minutes).into())]),
        Reason::Length => view.t("orders-why-length"),
        Reason::Closed(open) => match open.as_slice() {
            [] => view.t("orders-why-closed-all"),
            open => one("orders-why-closed", "hours", stretches(view, open)),
        },
        Reason::Notice(minutes) => one(
            "orders-why-notice",
            "time",
            format::minutes(locale, *minutes),
        ),
        Reason::Horizon(days) => locale.tx("orders-why-horizon", &[("days", (*days).into())]),
        Reason::Limit(most) => locale.tx("orders-why-limit", &[("max", (*most).into())]),
        Reason::Person(staff, absent) => absence(view, why, (*staff, absent)),
        Reason::Nobody(skills) => one("orders-why-nobody", "skills", why.skills(skills, locale)),
        Reason::Place(place, order, until) => locale.tx(
            "orders-why-place",
            &[
                ("name", why.place(*place, locale).into()),
                ("number", why.order(*order).into()),
                ("time", view.clock(*until).into()),
            ],
        ),
        Reason::NoPlace(kind) => one(
            "orders-why-no-place",
            "kind",
            offers::resource_kind_name(locale, kind),
        ),
        Reason::Apart => view.t("orders-why-apart"),
    }
}

fn stretches(view: &View, spans: &[kernel::Span]) -> String {
    let clocks = spans
        .iter()
        .map(|span| format!("{}–{}", view.clock(span.start), view.clock(span.end)));
    clocks.collect::<Vec<_>>().join(", ")
}

fn absence(view: &View, why: &Why, (staff, absent): (StaffId, &Absent)) -> String {
    let locale = view.locale;
    let name = || ("name", view.who(Some(staff)).into());
    let until = |key, at: Timestamp| locale.tx(key, &[name(), ("time", view.when(at).into())]);
    let serving = |key, order: OrderId, at: Timestamp| {
        let facts = [
            name(),
            ("number", why.order(order).into()),
            ("time", view.clock(at).into()),
        ];
        locale.tx(key, &facts)
    };
    match absent {
        Absent::Skill(codes) => {
            let skills = why.skills(codes, locale);
            locale.tx("orders-why-skill", &[name(), ("skills", skills.into())])
        }
        Absent::Shift(work) if work.is_empty() => locale.tx("orders-why-no-shift", &[name()]),
        Absent::Shift(work) => {
            let hours = stretches(view, work);
            locale.tx("orders-why-shift", &[name(), ("hours", hours.into())])
        }
        Absent::Break(end) => until("orders-why-break", *end),
        Absent::Off(end) => until("orders-why-off", *end),
        Absent::Busy(order, end) => serving("orders-why-busy", *order, *end),
        Absent::Buffer(order, end) => serving("orders-why-buffer", *order, *end),
        Absent::Travel(site, minutes) => {
            let site = why.sites.get(site);
            let site = site.map_or(String::new(), |name| name.get(locale).to_owned());
            let time = format::minutes(locale, *minutes);
            let facts = [name(), ("site", site.into()), ("time", time.into())];
            locale.tx("orders-why-travel", &facts)
        }
        Absent::RoomChange(minutes) => {
            let time = format::minutes(locale, *minutes);
            locale.tx("orders-why-room-change", &[name(), ("time", time.into())])
        }
    }
}

/// When instead?
pub(crate) fn slot_page(
    view: &View,
    (order, parts, part): (&Order, &[Part], i64),
    ask: &SlotAsk,
    servers: &[StaffId],
) -> Markup {
    let action = format!("{}/slot", path(order));
    let meant = parts.iter().find(|one| one.position == part);
    let fields = html! {
        (fault_above(ask.fault, view.locale))
        @if let Some(meant) = meant {
            p {
                (meant.title.get(view.locale)) " · " (view.stretch(meant.span)) " · "
                (view.who(Some(meant.staff)))
            }
            @if parts.len() > 1 { p class="muted sm" { (view.t("orders-slot-together")) } }
        } @else if let Some(slot) = order.state.slot() {
            p {
                (view.locale.tx("orders-slot-now", &[("time", view.stretch(slot.span).into())]))
                @if slot.staff.is_some() { " · " (view.who(slot.staff)) }
            }
        }
        (ui::hidden("version", order.version))
        @if part > 1 { (ui::hidden("part", part)) }
        (slot_picker(view, ask, servers, &action))
    };
    let button = ui::button(view.t("orders-do-reschedule"))
        .primary()
        .icon("calendar-clock")
        .key("D");
    asking(view, order, &action, fields, button)
}
