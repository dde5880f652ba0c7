//! The pane at the right: the chosen step, or one being added.

use kernel::{Bilingual, Locale};
use maud::{Markup, html};

use super::{canvas::chip, outline::lane_icon, step_form, view::BlueprintView, ways, words};
use crate::{
    model::{Histogram, Lane, Observed, Step, Verdict, verdict},
    paths,
};

fn head(view: &BlueprintView, icon: &str, title: &Markup) -> Markup {
    let close = view.t("blueprints-close");
    let bare = view.place.bare().href(view.blueprint.id);
    html! {
        header class="row between" {
            h2 class="row" { (ui::icon(icon)) (title) }
            a class="btn btn--ghost btn--icon btn--s" href=(bare) aria-label=(close) title=(close) {
                (ui::icon("x"))
            }
        }
    }
}

/// The chosen step: how it went, and what it is.
pub fn step(view: &BlueprintView, step: &Step) -> Markup {
    html! {
        (head(view, lane_icon(step.lane), &words(view.locale, &step.name)))
        (position(view, step))
        @if let Some(observed) = view.observed_of(&step.key) { (reality(view, step, observed)) }
        @if view.can_edit {
            (step_form::form(view, step))
            (ways::list(view, step))
            (moves(view, step))
        } @else { (facts(view, step)) (ways::list(view, step)) }
    }
}

/// "Step 5 of 14, Apply, Backstage."
fn position(view: &BlueprintView, step: &Step) -> Markup {
    let body = &view.shown.body;
    let index = body
        .steps
        .iter()
        .position(|other| other.key == step.key)
        .unwrap_or(0);
    let phase = body.phases.iter().find(|phase| phase.key == step.phase);
    let phase = phase.map_or("", |phase| phase.name.get(view.locale));
    html! {
        p class="sm muted" {
            (view.locale.tx("blueprints-position", &[
                ("index", (index + 1).into()),
                ("count", body.steps.len().into()),
                ("phase", phase.into()),
                ("lane", step.lane.label(view.locale).into()),
            ]))
        }
    }
}

/// Standard against observed: the verdict, what it costs, how it spreads.
fn reality(view: &BlueprintView, step: &Step, observed: &Observed) -> Markup {
    html! {
        @if let Some(standard) = step.minutes_standard { (judgement(view, standard, observed)) }
        @else {
            p class="sm" {
                (view.t("blueprints-observed")) " " (chip(view, None, observed.median_minutes))
            }
        }
        @if observed.histogram.counts.len() > 1 {
            (histogram(view, step.minutes_standard, observed))
        }
    }
}

fn judgement(view: &BlueprintView, standard: i64, observed: &Observed) -> Markup {
    let over = observed.median_minutes - standard;
    let verdict = verdict(standard, observed.median_minutes);
    let hours = (over * observed.count / 60).max(0);
    let minutes = ("minutes", over.abs().into());
    let days = ("days", view.place.days.into());
    let text = match verdict {
        Verdict::Faster => view.locale.tx("blueprints-under-standard", &[minutes]),
        Verdict::Met => view.t("blueprints-at-standard"),
        Verdict::Slower | Verdict::MuchSlower => {
            view.locale.tx("blueprints-over-standard", &[minutes])
        }
    };
    ui::note(
        super::tone(verdict),
        html! {
            b { (text) }
            @if hours > 0 {
                br;
                (view.locale.tx("blueprints-costs", &[("hours", hours.into()), days]))
            }
        },
    )
}

/// Where a minute stands between the first and the last bin, in percent.
fn share(histogram: &Histogram, minute: i64) -> i64 {
    let bins = i64::try_from(histogram.counts.len()).unwrap_or(1).max(1);
    let whole = (bins * histogram.width_minutes).max(1);
    ((minute - histogram.first_minute) * 100 / whole).clamp(0, 100)
}

/// A line in the histogram with its words.
struct Mark {
    share: i64,
    label: String,
    is_standard: bool,
}

/// Standard, median and ninth decile from left to right; of lines close together the first
/// carries the words of both.
fn marks(view: &BlueprintView, standard: Option<i64>, observed: &Observed) -> Vec<Mark> {
    let mark = |key: &str, minutes: i64, is_standard| Mark {
        share: share(&observed.histogram, minutes),
        label: view.locale.tx(key, &[("minutes", minutes.into())]),
        is_standard,
    };
    let median = mark("blueprints-mark-median", observed.median_minutes, false);
    let ninth = mark("blueprints-mark-p90", observed.p90_minutes, false);
    let standard = standard.map(|minutes| mark("blueprints-mark-standard", minutes, true));
    let mut marks: Vec<Mark> = standard.into_iter().chain([median, ninth]).collect();
    marks.sort_by_key(|mark| mark.share);
    for index in (1..marks.len()).rev() {
        if marks[index].share - marks[index - 1].share < 24 {
            let label = std::mem::take(&mut marks[index].label);
            marks[index - 1].label = format!("{} · {label}", marks[index - 1].label);
        }
    }
    marks
}

/// How far words are drawn to the left of their line, in percent, so that they stay inside.
const fn label_shift(share: i64) -> i64 {
    match share {
        0..20 => 10,
        80.. => 90,
        _ => 50,
    }
}

fn histogram(view: &BlueprintView, standard: Option<i64>, observed: &Observed) -> Markup {
    let bins = &observed.histogram;
    let most = bins.counts.iter().copied().max().unwrap_or(1).max(1);
    let from =
        |index: usize| bins.first_minute + i64::try_from(index).unwrap_or(0) * bins.width_minutes;
    let class = |index: usize| {
        let standard = standard.unwrap_or(i64::MAX);
        match () {
            () if from(index) < standard => "",
            () if from(index) >= observed.p90_minutes => "hi",
            () => "mid",
        }
    };
    let number = |name: &'static str, minutes: i64| (name, minutes.into());
    let sentence = view.locale.tx(
        "blueprints-histogram",
        &[
            number("count", observed.count),
            number("median", observed.median_minutes),
            number("most", observed.p90_minutes),
        ],
    );
    let counted = view
        .locale
        .tx("blueprints-minutes-of", &[number("count", observed.count)]);
    html! {
        figure class="histo" {
            div class="histo__b" role="img" aria-label=(sentence) {
                @for (index, count) in bins.counts.iter().enumerate() {
                    i class=(class(index)) style={ "height:" (count * 100 / most) "%" } {}
                }
                @for mark in marks(view, standard, observed) {
                    b class=[(!mark.is_standard).then_some("p")]
                        style={ "left:" (mark.share) "%" } {
                        @if !mark.label.is_empty() {
                            span style={ "translate:-" (label_shift(mark.share)) "% 0" } {
                                (mark.label)
                            }
                        }
                    }
                }
            }
            figcaption class="xs muted" {
                span { (bins.first_minute) }
                span { (counted) }
                span { (from(bins.counts.len())) }
            }
        }
    }
}

/// Where the step can go, one button each, and away.
fn moves(view: &BlueprintView, step: &Step) -> Markup {
    let id = view.blueprint.id;
    let place = |label: &str, icon: &str, to: &str| {
        let action = paths::step(id, &step.key, "place");
        view.post_keeping(view.t(label), action)
            .hidden("to", to)
            .icon(icon)
            .icon_only()
            .small()
    };
    let add = view.place.adding(&step.phase, step.lane).href(id);
    html! {
        div class="row wrap" role="group" aria-label=(view.t("blueprints-move")) {
            (place("blueprints-move-left", "arrow-left", "left"))
            (place("blueprints-move-right", "arrow-right", "right"))
            (place("blueprints-move-up", "arrow-up", "up"))
            (place("blueprints-move-down", "arrow-down", "down"))
            (place("blueprints-move-earlier", "chevron-left", "earlier"))
            (place("blueprints-move-later", "chevron-right", "later"))
        }
        div class="row wrap between" {
            (ui::link_button(view.t("blueprints-add-here"), add).icon("plus").small())
            (view.post(view.t("blueprints-remove-step"), paths::step(id, &step.key, "removal"))
                .icon("trash-2").ghost().small())
        }
    }
}

/// The form of a step being added.
pub fn adding(view: &BlueprintView, phase: &str, lane: Lane) -> Markup {
    let title = html! { (view.t("blueprints-add-step")) };
    let field = |name: &str, key: &str| {
        ui::text_field(name, view.t(key))
            .value(view.fields.typed(name))
            .error(view.error(name))
            .max_length(60)
    };
    html! {
        (head(view, "plus", &title))
        @if view.can_edit {
            form class="form stack" method="post" data-once
                action=(paths::command(view.blueprint.id, "steps")) {
                (view.carried())
                (field("name_zh", "blueprints-name-zh").attr("lang", "zh-CN").autofocus())
                (field("name_en", "blueprints-name-en").attr("lang", "en"))
                (ui::select_field("phase", view.t("blueprints-phase"), phases(view)).value(phase))
                (ui::select_field("lane", view.t("blueprints-lane"), lanes(view.locale))
                    .value(lane.as_str()))
                div class="form__f" { (ui::button(view.t("blueprints-add-step")).soft()) }
            }
        }
    }
}

/// Phases to choose from.
pub(super) fn phases(view: &BlueprintView) -> Vec<(String, String)> {
    let phases = view.shown.body.phases.iter();
    phases
        .map(|phase| (phase.key.clone(), phase.name.get(view.locale).to_owned()))
        .collect()
}

/// Lanes to choose from.
pub(super) fn lanes(locale: Locale) -> Vec<(String, String)> {
    Lane::ALL
        .iter()
        .map(|lane| (lane.as_str().to_owned(), lane.label(locale)))
        .collect()
}

/// The step for those who only read.
fn facts(view: &BlueprintView, step: &Step) -> Markup {
    let locale = view.locale;
    let mut facts: Vec<(String, Markup)> = Vec::new();
    let mut fact = |key: &str, value: Markup| facts.push((locale.t(key), value));
    if step.lane.is_work() {
        let minutes = super::view::minutes(locale, step.minutes_standard);
        fact("blueprints-standard-minutes", html! { (minutes) });
    }
    if let Some(code) = &step.skill {
        let named = view.skills.iter().find(|(known, _)| known == code);
        fact(
            "blueprints-skill",
            html! { (named.map_or(code, |(_, name)| name)) },
        );
    }
    let texts: [(&str, Option<&Bilingual>); 3] = [
        ("blueprints-touchpoint", Some(&step.touchpoint)),
        ("blueprints-fail-point", step.fail_point.as_ref()),
        ("blueprints-remedy", step.remedy.as_ref()),
    ];
    for (key, text) in texts {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            fact(key, words(locale, text));
        }
    }
    html! {
        (ui::kv(&facts))
        @if !step.checklist.is_empty() {
            h3 { (locale.t("blueprints-checklist")) }
            ul class="sm" { @for point in &step.checklist { li { (words(locale, point)) } } }
        }
    }
}
