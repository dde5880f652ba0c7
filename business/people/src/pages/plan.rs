//! One shift, and the warning about visits that a change would leave with nobody.

use super::Typed;
use super::time::clock_range;
use crate::model::{Shift, Staff, Visit};
use kernel::ids::SiteId;
use kernel::{Fault, Locale, TimeZone, format};
use maud::{Markup, html};
use organisation::Site;
use ui::Tone;
use web::{Fields, SiteChoice};

/// The most visits that the warning lists.
const LISTED_MOST: usize = 50;

/// What the page of a shift shows.
pub struct ShiftView<'a> {
    /// Who works.
    pub staff: &'a Staff,
    /// When.
    pub shift: &'a Shift,
    /// Where.
    pub site: &'a Site,
    /// What was typed and why it was refused.
    pub refused: Option<(&'a Fields, &'a Fault)>,
}

/// One shift: its hours to change, and its removal.
pub fn shift_page(locale: Locale, view: &ShiftView<'_>) -> Markup {
    html! {
        div class="split" {
            (ui::stack(hours_card(locale, view)))
            aside aria-label=(locale.t("people-remove")) { (ui::stack(removal_card(locale, view))) }
        }
    }
}

fn day_and_place(locale: Locale, view: &ShiftView<'_>) -> String {
    let date = view.site.date_of(view.shift.span.start);
    format!(
        "{} · {}",
        format::date(locale, date),
        view.site.name(locale)
    )
}

fn hours_card(locale: Locale, view: &ShiftView<'_>) -> Markup {
    let t = |key: &str| locale.t(key);
    let clock = |at: kernel::Timestamp| format::time(at.to_zoned(view.site.zone.clone()).time());
    let saved = Fields::from_pairs(vec![
        ("starts".to_owned(), clock(view.shift.span.start)),
        ("ends".to_owned(), clock(view.shift.span.end)),
    ]);
    let (fields, fault) = view
        .refused
        .map_or((&saved, None), |(fields, fault)| (fields, Some(fault)));
    let typed = Typed {
        locale,
        fields,
        fault,
    };
    let wrong_hours = typed.error("hours").or_else(|| typed.error("time"));
    let starts = ui::time_field("starts", t("people-from"));
    let ends = ui::time_field("ends", t("people-to"));
    let back = format!("/staff/{}", view.staff.id);
    let form = html! {
        (typed.general())
        form class="form" method="post" action=(path_of(view.shift)) data-once {
            div class="form__g" {
                (typed.fill("starts", starts).required()
                    .error(typed.error("starts").or(wrong_hours)))
                (typed.fill("ends", ends).required().hint(t("people-to-hint")))
            }
            (ui::checkbox("following", t("people-following"), fields.flag("following")))
            div class="form__f" {
                (ui::button(t("people-save")).primary())
                (ui::link_button(t("people-back-link"), back).ghost())
            }
        }
    };
    ui::card(&day_and_place(locale, view), html! {}, ui::stack(form))
}

fn path_of(shift: &Shift) -> String {
    format!("/staff/{}/shifts/{}", shift.staff, shift.id)
}

fn removal_card(locale: Locale, view: &ShiftView<'_>) -> Markup {
    let path = format!("{}/removal", path_of(view.shift));
    let one = ui::post_button(locale.t("people-remove-one"), path.clone()).danger();
    let following = ui::post_button(locale.t("people-remove-following"), path)
        .hidden("following", "1")
        .danger();
    ui::card(
        &locale.t("people-remove"),
        html! {},
        ui::stack(html! {
            p class="muted sm" { (locale.t("people-remove-text")) }
            div class="row" { (one.small()) }
            div class="row" { (following.small()) }
        }),
    )
}

/// What the warning shows.
pub struct LeftView<'a> {
    /// Whose time is to change.
    pub staff: &'a Staff,
    /// The sites the reader may choose.
    pub sites: &'a [SiteChoice],
    /// The person's home site.
    pub home: &'a Site,
    /// The visits that would have nobody, by start.
    pub visits: &'a [Visit],
    /// Where the change was sent.
    pub action: &'a str,
    /// What was sent.
    pub typed: &'a Fields,
}

/// The visits that would have nobody, and the choice.
pub fn left_page(locale: Locale, view: &LeftView<'_>) -> Markup {
    let t = |key: &str| locale.t(key);
    let heads = [
        ui::head(t("people-left-time")),
        ui::head(t("people-left-booking")),
        ui::head(t("people-left-customer")),
        ui::head(t("people-left-service")).drop(1),
    ];
    let listed = view.visits.iter().take(LISTED_MOST);
    let rows: Vec<ui::Row> = listed.map(|visit| visit_row(locale, view, visit)).collect();
    let more = view.visits.len() - rows.len();
    let count = view.visits.len();
    let name = view.staff.shown(locale);
    ui::plain_card(ui::stack(html! {
        (ui::note(Tone::Warn, html! {
            p { (locale.tx("people-left-text", &[("count", count.into()), ("name", name.into())])) }
        }))
        (ui::table(&heads, &rows))
        @if more > 0 {
            p class="muted sm" { (locale.tx("people-left-more", &[("count", more.into())])) }
        }
        p class="muted sm" { (locale.tx("people-left-advice", &[("name", name.into())])) }
        (choice(locale, view))
    }))
}

fn choice(locale: Locale, view: &LeftView<'_>) -> Markup {
    let back = format!("/staff/{}", view.staff.id);
    html! {
        form class="form" method="post" action=(view.action) data-once {
            @for (name, value) in view.typed.values() {
                @if name != "knowing" { (ui::hidden(name, value)) }
            }
            (ui::hidden("knowing", "1"))
            div class="form__f" {
                (ui::link_button(locale.t("people-left-leave"), back).primary())
                (ui::button(locale.t("people-left-go-on")).danger())
            }
        }
    }
}

fn visit_row(locale: Locale, view: &LeftView<'_>, visit: &Visit) -> ui::Row {
    let zone = zone_of(view, visit.site);
    let day = format::date(locale, visit.span.start.to_zoned(zone.clone()).date());
    let hours = clock_range(&visit.span, zone);
    let customer = match visit.customer.as_str() {
        "" => locale.t("people-left-nobody-known"),
        name => name.to_owned(),
    };
    ui::row(vec![
        html! { (day) " " span class="num" { (hours) } },
        html! { a class="link num" href=(visit.home) { (visit.code) } },
        html! { (customer) },
        html! { (visit.title) },
    ])
}

fn zone_of<'a>(view: &'a LeftView<'_>, site: SiteId) -> &'a TimeZone {
    let site = view.sites.iter().find(|choice| choice.id == site);
    site.map_or(&view.home.zone, |site| &site.zone)
}
