//! Quoted against real, for the desk and the owner.

use kernel::{Date, Locale, format};
use ui::{Markup, Tone, html};

use super::desk::tabs;
use super::range;
use crate::model::{Outcome, Reckoning, Told};

/// The share of waits that a range is made to hold, in percent.
const COVERAGE_TARGET: i64 = 80;

/// What the page shows.
#[derive(Debug, Clone)]
pub struct WaitsView {
    /// How far back it looks.
    pub days: i64,
    /// How far back it can look.
    pub spans: Vec<i64>,
    /// All of it together.
    pub all: Reckoning,
    /// By the hour in which the number was taken.
    pub hours: Vec<(i64, Reckoning)>,
    /// By line.
    pub lines: Vec<(String, Reckoning)>,
    /// By day.
    pub by_day: Vec<(Date, Reckoning)>,
    /// The waits that missed their range most.
    pub worst: Vec<Told>,
    /// The model in force, and from how many waits it was learnt.
    pub model: (i64, i64),
    /// When it was learnt, in words.
    pub learned: Option<String>,
    /// Whether the viewer may link devices.
    pub may_link: bool,
    /// Whether the viewer may set up.
    pub may_edit: bool,
}

/// The page.
pub fn page(locale: Locale, view: &WaitsView) -> Markup {
    let spans: Vec<ui::Tab> = view
        .spans
        .iter()
        .map(|days| {
            let label = locale.tx("queue-waits-days", &[("days", (*days).into())]);
            ui::Tab::new(
                label,
                format!("/queue/waits?days={days}"),
                *days == view.days,
            )
        })
        .collect();
    let hours = view
        .hours
        .iter()
        .map(|(hour, of)| (format!("{hour:02}:00"), of));
    let lines = view.lines.iter().map(|(name, of)| (name.clone(), of));
    let days = view.by_day.iter().rev();
    let days = days.map(|(day, of)| (format::date(locale, *day), of));
    ui::stack(html! {
        (tabs(locale, "/queue/waits", view.may_edit, view.may_link))
        div class="row" { (ui::seg(&locale.t("queue-waits-span"), &spans)) }
        @if view.all.count == 0 {
            (ui::empty("timer", &locale.t("queue-waits-none"), &locale.t("queue-quotes-none"),
                html! {}))
        } @else {
            (figures(locale, &view.all))
            (model_note(locale, view))
            (group(locale, &locale.t("queue-waits-by-hour"), hours))
            (group(locale, &locale.t("queue-waits-by-line"), lines))
            (group(locale, &locale.t("queue-waits-by-day"), days))
            (worst(locale, &view.worst))
        }
    })
}

fn percent(share: Option<i64>) -> String {
    share.map_or("–".to_owned(), |share| format!("{share} %"))
}

fn minutes(locale: Locale, count: Option<i64>) -> String {
    count.map_or("–".to_owned(), |count| format::minutes(locale, count))
}

fn figures(locale: Locale, all: &Reckoning) -> Markup {
    let held = [("held", all.held.into()), ("count", all.judged.into())];
    let tone = match all.coverage_percent() {
        Some(share) if share < COVERAGE_TARGET - 10 => Tone::Warn,
        _ => Tone::Neutral,
    };
    let bias = match all.bias_minutes {
        Some(bias) if bias > 0 => locale.tx(
            "queue-waits-longer",
            &[("minutes", format::minutes(locale, bias).into())],
        ),
        Some(bias) if bias < 0 => locale.tx(
            "queue-waits-shorter",
            &[("minutes", format::minutes(locale, -bias).into())],
        ),
        _ => locale.t("queue-waits-even"),
    };
    ui::stats(
        &locale.t("queue-waits-title"),
        html! {
            (ui::stat(&locale.t("queue-waits-held"), &percent(all.coverage_percent()), "",
                &locale.tx("queue-quotes-kept", &held), tone))
            (ui::stat(&locale.t("queue-waits-error"), &minutes(locale, all.error_minutes), "",
                &bias, Tone::Neutral))
            (ui::stat(&locale.t("queue-waits-real"), &minutes(locale, all.real_minutes), "",
                &locale.tx("queue-waits-told-mean",
                    &[("minutes", minutes(locale, all.quoted_minutes).into())]), Tone::Neutral))
            (ui::stat(&locale.t("queue-waits-abandoned"), &percent(all.abandoned_percent()), "",
                &locale.tx("queue-waits-of", &[("count", all.abandoned.into()),
                    ("all", all.count.into())]), Tone::Neutral))
        },
    )
}

fn model_note(locale: Locale, view: &WaitsView) -> Markup {
    let (number, pairs) = view.model;
    let words = match &view.learned {
        Some(when) => locale.tx(
            "queue-waits-learnt",
            &[
                ("number", number.into()),
                ("count", pairs.into()),
                ("when", when.into()),
            ],
        ),
        None => locale.t("queue-waits-unlearnt"),
    };
    ui::note(Tone::Info, html! { (words) })
}

/// A table of groups with a bar for the share that held; on a phone the less needed columns drop.
fn group<'r>(
    locale: Locale,
    title: &str,
    groups: impl Iterator<Item = (String, &'r Reckoning)>,
) -> Markup {
    let heads = [
        ui::head(""),
        ui::head(locale.t("queue-waits-numbers")).number().drop(1),
        ui::head(locale.t("queue-quote-quoted")).number(),
        ui::head(locale.t("queue-quote-waited")).number(),
        ui::head(locale.t("queue-waits-held")).number(),
        ui::head(locale.t("queue-waits-error")).number().drop(1),
        ui::head(locale.t("queue-waits-abandoned")).number().drop(1),
    ];
    let rows: Vec<ui::Row> = groups
        .map(|(name, of)| {
            ui::row(vec![
                html! { b { (name) } },
                html! { (of.count) },
                html! { (minutes(locale, of.quoted_minutes)) },
                html! { (minutes(locale, of.real_minutes)) },
                share(locale, of),
                html! { (minutes(locale, of.error_minutes)) },
                html! { (percent(of.abandoned_percent())) },
            ])
        })
        .collect();
    ui::card(title, html! {}, ui::table(&heads, &rows))
}

fn share(locale: Locale, of: &Reckoning) -> Markup {
    let Some(percent) = of.coverage_percent() else {
        return html! { span class="muted" { "–" } };
    };
    let tone = match percent {
        80.. => Tone::Ok,
        60..80 => Tone::Warn,
        _ => Tone::Danger,
    };
    let words = locale.tx(
        "queue-quotes-kept",
        &[("held", of.held.into()), ("count", of.judged.into())],
    );
    let part = f64::from(i32::try_from(percent).unwrap_or(100)) / 100.0;
    html! {
        span class="share" {
            (ui::meter(tone, part, &words)) span class="num" { (percent) " %" }
        }
    }
}

fn worst(locale: Locale, worst: &[Told]) -> Markup {
    let heads = [
        ui::head(locale.t("queue-quote-number")),
        ui::head(locale.t("queue-quote-when")),
        ui::head(locale.t("queue-quote-ahead")).number().drop(1),
        ui::head(locale.t("queue-quote-quoted")).number(),
        ui::head(locale.t("queue-quote-waited")).number(),
        ui::head(locale.t("queue-waits-missed")).number(),
    ];
    let rows: Vec<ui::Row> = worst
        .iter()
        .map(|told| {
            let real = match told.outcome {
                Outcome::Served(real) => Some(real),
                _ => None,
            };
            let when = locale.tx(
                "queue-date-time",
                &[
                    ("date", format::date(locale, told.day).into()),
                    ("time", (&told.time).into()),
                ],
            );
            ui::row(vec![
                html! { b class="num" { (told.label) } },
                html! { (when) },
                html! { (told.people_ahead) },
                html! { (range(locale, told.wait)) },
                html! { (minutes(locale, real)) },
                html! { b { (minutes(locale, told.missed_minutes())) } },
            ])
        })
        .collect();
    html! {
        @if !rows.is_empty() {
            (ui::card(&locale.t("queue-waits-worst"), html! {}, ui::table(&heads, &rows)))
        }
    }
}
