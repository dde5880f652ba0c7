//! Beside the calendar: the month, the families, the keys.

use kernel::{Locale, format};
use ui::{Markup, html};

use super::{View, arrow, path};
use crate::calendar::CalendarDay;

pub(super) fn side(locale: Locale, day: &CalendarDay, view: &View) -> Markup {
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
            @if view.may_move {
                p class="muted xs" {
                    (ui::icon("calendar-clock")) " " (locale.t("desk-times-hint"))
                }
            }
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
