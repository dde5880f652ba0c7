//! What is seen of enquiries: values in, markup out.

mod list;
mod new;
mod sheet;

use kernel::{Fault, Locale, TimeZone, Timestamp, format};
use maud::{Markup, html};
use ui::{Sla, Tone};
use web::Fields;

use crate::model::{Enquiry, Level, TARGET_MINUTES, Targets};

pub(crate) use list::{ListView, Row, list, list_actions};
pub(crate) use new::new;
pub(crate) use sheet::{SheetView, sheet, sheet_actions};

/// `14:36` today, else with the day.
fn when(locale: Locale, zone: &TimeZone, now: Timestamp, at: Timestamp) -> String {
    let (at, today) = (at.to_zoned(zone.clone()), now.to_zoned(zone.clone()).date());
    let clock = format::time(at.time());
    if at.date() == today {
        clock
    } else {
        format!("{} {clock}", format::date(locale, at.date()))
    }
}

fn level_badge(locale: Locale, level: Level) -> Markup {
    let (tone, icon) = match level {
        Level::Normal => return html! {},
        Level::High => (Tone::Warn, "flag"),
        Level::Urgent => (Tone::Danger, "zap"),
    };
    ui::badge(tone, icon, &level.label(locale))
}

fn clock(locale: Locale, zone: &TimeZone, now: Timestamp, enquiry: &Enquiry) -> Markup {
    if let Some(closed) = &enquiry.closed {
        let state = match closed.at <= enquiry.due {
            true => Sla::Met,
            false => Sla::Breached,
        };
        return ui::sla(locale, state, None, &when(locale, zone, now, closed.at));
    }
    let state = Sla::of(enquiry.opened, enquiry.due, now);
    let time = [("time", when(locale, zone, now, enquiry.due).into())];
    let words = match state {
        Sla::Breached => locale.tx("enquiries-due-past", &time),
        _ => locale.tx("enquiries-due", &time),
    };
    ui::sla(locale, state, None, &words)
}

/// The settings: how soon each level is answered.
pub(crate) fn targets(
    locale: Locale,
    targets: &Targets,
    changed: &[Option<ui::Changed>; 3],
    typed: Option<(&Fields, &Fault)>,
) -> Markup {
    let one = |level: Level| {
        let name = level.as_str();
        let standard = level.standard_minutes();
        let value = match typed {
            Some((typed, _)) => typed.typed(name).to_owned(),
            None => targets.of(level).to_string(),
        };
        let field = ui::number_field(name, level.label(locale))
            .range(TARGET_MINUTES.0, TARGET_MINUTES.1)
            .suffix(locale.t("enquiries-minutes"))
            .value(value)
            .error(typed.and_then(|(_, fault)| fault.of_field(name, locale)));
        let words = [("minutes", standard.into())];
        let standard = locale.tx("enquiries-target-standard", &words);
        ui::setting(field, locale.t("enquiries-target-effect"))
            .standard(standard, targets.of(level) == level.standard_minutes())
            .changed(changed[level as usize].clone())
    };
    let save = html! { (ui::button(locale.t("enquiries-save")).primary().icon("save")) };
    ui::card(
        &locale.t("enquiries-targets"),
        html! {},
        ui::settings_form(
            locale,
            "/enquiries/targets",
            &[],
            &Level::ALL.map(one),
            save,
        ),
    )
}
