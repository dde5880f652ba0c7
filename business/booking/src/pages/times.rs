//! With whom, on which day, at what time.

use kernel::{Date, Locale, Money, format};
use maud::{Markup, html};

use super::{Photo, Refused, steps};
use crate::model::Part;

/// Somebody to choose, or anybody.
pub(crate) struct PersonCell {
    /// On the avatar; empty shows the sign for anybody.
    pub(crate) initials: String,
    /// Where the picture is, instead.
    pub(crate) portrait: Option<String>,
    pub(crate) name: String,
    /// How many times the day has with this person, where that is known.
    pub(crate) free: Option<usize>,
    pub(crate) path: String,
    pub(crate) chosen: bool,
}

/// Something that can go with the service.
pub(crate) struct AddOnChip {
    pub(crate) name: String,
    pub(crate) minutes: i64,
    pub(crate) price: Money,
    /// The same page with it, or without it when it is chosen.
    pub(crate) path: String,
    pub(crate) chosen: bool,
}

/// A day of the strip.
pub(crate) struct DayCell {
    pub(crate) day: Date,
    /// How many times it has.
    pub(crate) free: usize,
    pub(crate) path: String,
    pub(crate) chosen: bool,
}

/// Everything the page of times shows.
pub(crate) struct TimesView {
    /// The picture of the service.
    pub(crate) photo: Option<Photo>,
    /// `None` on the way to a new booking, else what is moved.
    pub(crate) moving: Option<String>,
    /// What can go with the service; empty when nothing can.
    pub(crate) add_ons: Vec<AddOnChip>,
    /// What else can be done in the same visit.
    pub(crate) more: Vec<AddOnChip>,
    /// What all that is chosen takes and costs, once something goes with the service.
    pub(crate) together: Option<String>,
    pub(crate) people: Vec<PersonCell>,
    pub(crate) month: Date,
    /// Whose clock the times are by.
    pub(crate) zone: String,
    pub(crate) days: Vec<DayCell>,
    /// Paths to the seven days before and after.
    pub(crate) earlier: Option<String>,
    pub(crate) later: Option<String>,
    /// Times of the chosen day by part: instant and label.
    pub(crate) parts: Vec<(Part, Vec<(String, String)>)>,
    /// Where the buttons send to, and what they send along.
    pub(crate) action: String,
    pub(crate) hidden: Vec<(&'static str, String)>,
    /// What went otherwise than wished, and nearby times.
    pub(crate) refused: Option<(String, Vec<(String, String)>)>,
    /// The telephone, for when nothing suits.
    pub(crate) phone: String,
}

/// The page.
pub(crate) fn times(locale: Locale, view: &TimesView) -> Markup {
    html! {
        @match &view.moving {
            None => {
                (steps(locale, 2))
                h1 class="vh" { (locale.t("booking-choose-time-title")) }
                @if let Some(photo) = &view.photo { (photo.banner()) }
            }
            Some(from) => {
                h1 { (locale.t("booking-move-title")) }
                p class="muted" { (locale.tx("booking-move-from", &[("when", from.into())])) }
            }
        }
        @if let Some((sentence, nearby)) = &view.refused {
            (Refused { sentence, nearby, form: "times" }.show(locale))
        }
        @if !view.add_ons.is_empty() { (add_ons(locale, view)) }
        @if !view.more.is_empty() { (more(locale, view)) }
        @if view.people.len() > 1 { (people(locale, view)) }
        (strip(locale, view))
        form id="times" method="post" action=(view.action) {
            @for (name, value) in &view.hidden { input type="hidden" name=(name) value=(value); }
            @for (part, starts) in &view.parts {
                h2 class="h2" { (part.label().speak(locale)) }
                div class="slots" {
                    @for (instant, label) in starts {
                        button class="sl" name="start" value=(instant) { (label) }
                    }
                }
            }
        }
        @if view.parts.is_empty() { (nothing(locale, view)) }
        @if let (None, Some(way)) = (&view.moving, view.action.strip_suffix("/times")) {
            p class="muted sm mt" {
                (locale.t("booking-nothing-suits")) " "
                a class="link" href=(waiting(way, view)) { (locale.t("booking-wait")) }
            }
        }
    }
}

/// The waiting list, with everything that is chosen.
fn waiting(way: &str, view: &TimesView) -> String {
    let added = view.hidden.iter().filter(|(name, _)| *name == "add");
    let pairs: Vec<String> = added.map(|(_, code)| format!("add={code}")).collect();
    match pairs.is_empty() {
        true => format!("{way}/waiting"),
        false => format!("{way}/waiting?{}", pairs.join("&")),
    }
}

fn label(locale: Locale, chip: &AddOnChip) -> String {
    let price = format::money(&chip.price);
    let facts = [("name", (&chip.name).into()), ("price", price.into())];
    if chip.minutes == 0 {
        return locale.tx("booking-add-on-good", &facts);
    }
    let time = format::minutes(locale, chip.minutes);
    let [name, price] = facts;
    locale.tx("booking-add-on", &[name, price, ("time", time.into())])
}

/// Further services of the same visit; folded away until one is chosen.
fn more(locale: Locale, view: &TimesView) -> Markup {
    let is_open = view.more.iter().any(|chip| chip.chosen);
    html! {
        details class="more mt" open[is_open] {
            summary class="chip" { (ui::icon("plus")) (locale.t("booking-more")) }
            p class="muted sm" { (locale.t("booking-more-text")) }
            nav class="chips" aria-label=(locale.t("booking-more")) {
                @for chip in &view.more {
                    (ui::chip_toggle(&label(locale, chip), &chip.path, chip.chosen))
                }
            }
        }
    }
}

fn add_ons(locale: Locale, view: &TimesView) -> Markup {
    html! {
        h2 class="h2" {
            (locale.t("booking-add-ons"))
            @if let Some(together) = &view.together { small class="num" { (together) } }
        }
        nav class="chips" aria-label=(locale.t("booking-add-ons")) {
            @for chip in &view.add_ons {
                (ui::chip_toggle(&label(locale, chip), &chip.path, chip.chosen))
            }
        }
    }
}

fn people(locale: Locale, view: &TimesView) -> Markup {
    html! {
        h2 class="h2" { (locale.t("booking-with-whom")) }
        nav class="who" aria-label=(locale.t("booking-with-whom")) {
            @for person in &view.people {
                a class="wh" href=(person.path)
                    aria-current=[person.chosen.then_some("true")] {
                    span class="f" aria-hidden="true" {
                        @if let Some(src) = &person.portrait {
                            img src=(src) alt="" width="52" height="52" loading="lazy";
                        } @else if person.initials.is_empty() { (ui::icon("zap")) }
                        @else { (person.initials) }
                    }
                    (person.name)
                    @if let Some(free) = free(locale, person) { small { (free) } }
                }
            }
        }
    }
}

fn free(locale: Locale, person: &PersonCell) -> Option<String> {
    Some(match (person.initials.is_empty(), person.free?) {
        (true, _) => locale.t("booking-anybody-soonest"),
        (false, 0) => locale.t("booking-person-full"),
        (false, count) => locale.tx("booking-person-free", &[("count", count.into())]),
    })
}

fn strip(locale: Locale, view: &TimesView) -> Markup {
    html! {
        h2 class="h2" {
            (format::month(locale, view.month))
            small { (view.zone) }
        }
        nav class="days" aria-label=(locale.t("booking-days")) {
            @for cell in &view.days { (day(locale, cell)) }
        }
        @if view.earlier.is_some() || view.later.is_some() {
            div class="row between mt" {
                @if let Some(path) = &view.earlier {
                    a class="row link sm" href=(path) {
                        (ui::icon("chevron-left")) (locale.t("booking-earlier"))
                    }
                } @else { span {} }
                @if let Some(path) = &view.later {
                    a class="row link sm" href=(path) {
                        (locale.t("booking-later")) (ui::icon("chevron-right"))
                    }
                }
            }
        }
    }
}

fn day(locale: Locale, cell: &DayCell) -> Markup {
    let level = match cell.free {
        0 => "0",
        1..=6 => "1",
        _ => "2",
    };
    let free = locale.tx("booking-day-free", &[("count", cell.free.into())]);
    let inside = html! {
        (short_weekday(locale, cell.day)) " "
        b class="num" { (cell.day.day()) }
        i {}
        span class="vh" { " " (free) }
    };
    html! {
        @if cell.free == 0 && !cell.chosen {
            a class="dy" data-a=(level) aria-disabled="true" role="link" {
                (inside)
            }
        } @else {
            a class="dy" data-a=(level) href=(cell.path)
                aria-current=[cell.chosen.then_some("date")] { (inside) }
        }
    }
}

/// One character in Chinese, three letters in English: seven fit beside each other.
fn short_weekday(locale: Locale, day: Date) -> String {
    let name = format::weekday(locale, day.weekday());
    match locale {
        Locale::ZhCn => name.chars().last().map(String::from).unwrap_or_default(),
        Locale::En => name.to_owned(),
    }
}

fn nothing(locale: Locale, view: &TimesView) -> Markup {
    let text = match view.phone.as_str() {
        "" => locale.t("booking-no-times-text"),
        phone => locale.tx("booking-no-times-call", &[("phone", phone.into())]),
    };
    let action = html! {
        @if let Some(path) = &view.later {
            a class="alt" href=(path) { (locale.t("booking-later")) }
        }
    };
    ui::empty("calendar-x", &locale.t("booking-no-times"), &text, action)
}
