//! The drawing: lanes, lines, cards, arrows, minutes.

use kernel::{Locale, format};
use maud::{Markup, html};

use super::{
    compare,
    geometry::{Geometry, LABELS, LINE, Place, STRIP},
    tone,
    view::BlueprintView,
    words,
};
use crate::{
    model::{Lane, Split, Step, Verdict, verdict},
    paths,
};

/// The whole drawing; wide screens show it, narrow ones an outline.
pub fn canvas(view: &BlueprintView) -> Markup {
    let geometry = Geometry::new(&view.shown.body);
    let size = format!(
        "width:{}px;height:{}px",
        geometry.width(),
        geometry.strip() + STRIP
    );
    html! {
        @if view.can_edit {
            p class="bphint" role="status" data-blueprint-hint
                data-said=(view.t("blueprints-draw-hint")) {}
        }
        div class="bpc" tabindex="0" role="region" aria-label=(view.t("blueprints-drawing")) {
            div class="bpw" style=(size)
                data-island=[view.can_edit.then_some("blueprint")]
                data-steps=[view.can_edit.then(|| paths::command(view.blueprint.id, "steps"))]
                data-fields=[view.can_edit.then(|| view.carried_query())] {
                (heads(view, &geometry))
                (lanes(view, &geometry))
                (arrows(view, &geometry))
                (evidence(view, &geometry))
                @for (step, place) in geometry.cards() { (card(view, step, place)) }
                @if view.can_edit { (zones(view, &geometry)) (empty_cells(view, &geometry)) }
                (minutes(view, &geometry))
            }
        }
    }
}

fn heads(view: &BlueprintView, geometry: &Geometry) -> Markup {
    html! {
        div class="bph" {
            span style={ "left:0;width:" (LABELS) "px" } {}
            @for (index, phase) in view.shown.body.phases.iter().enumerate() {
                span style={ "left:" (geometry.left(index)) "px;width:" (geometry.column) "px" } {
                    em { (index + 1) } (words(view.locale, &phase.name))
                }
            }
        }
    }
}

fn band(class: &str, (top, height): (i64, i64), name: &str, below: &str) -> Markup {
    html! {
        div class={ (class) " bpl" } style={ "top:" (top) "px;height:" (height) "px" } {
            div class="bpl__l" { b { (name) } small { (below) } }
        }
    }
}

fn line(class: &str, top: i64, icon: &str, name: &str) -> Markup {
    html! {
        div class={ "bpline " (class) } style={ "top:" (top) "px;height:" (LINE) "px" } {
            span { (ui::icon(icon)) (name) }
        }
    }
}

fn lanes(view: &BlueprintView, geometry: &Geometry) -> Markup {
    let t = |key: &str| view.t(key);
    let end = |lane| {
        let (top, height) = geometry.lane(lane);
        top + height
    };
    html! {
        (band("ln-ev", geometry.evidence, &t("blueprints-evidence"), &t("blueprints-evidence-by")))
        @for lane in Lane::ALL {
            (band(
                lane_class(lane).1,
                geometry.lane(lane),
                &lane.label(view.locale),
                &lane_hint(view.locale, lane),
            ))
        }
        (line("bpline--cu", end(Lane::Customer), "", &t("blueprints-line-interaction")))
        (line("bpline--fr", end(Lane::Frontstage), "eye-off", &t("blueprints-line-visibility")))
        (line("bpline--ba", end(Lane::Backstage), "", &t("blueprints-line-internal")))
    }
}

fn lane_hint(locale: Locale, lane: Lane) -> String {
    match lane {
        Lane::Customer => locale.t("blueprints-lane-customer-hint"),
        Lane::Frontstage => locale.t("blueprints-lane-frontstage-hint"),
        Lane::Backstage => locale.t("blueprints-lane-backstage-hint"),
        Lane::Support => locale.t("blueprints-lane-support-hint"),
    }
}

/// The classes of cards and of the band of a lane.
const fn lane_class(lane: Lane) -> (&'static str, &'static str) {
    match lane {
        Lane::Customer => ("bp--cu", "ln-cu"),
        Lane::Frontstage => ("bp--fr", "ln-fr"),
        Lane::Backstage => ("bp--ba", "ln-ba"),
        Lane::Support => ("bp--su", "ln-su"),
    }
}

fn arrows(view: &BlueprintView, geometry: &Geometry) -> Markup {
    let links = geometry.links();
    html! {
        svg class="bpe" width=(geometry.width()) height=(geometry.strip()) aria-hidden="true" {
            defs {
                marker id="arrow" viewBox="0 0 8 8" refX="4" refY="4" markerWidth="7"
                    markerHeight="7" orient="auto" { path d="M0 .8 6 4 0 7.200Z" {} }
            }
            @for (path, class) in geometry.arrows() {
                path class=(class) d=(path) marker-end="url(#arrow)" {}
            }
            @for link in &links {
                path class=(if link.is_back { "link back" } else { "link" }) d=(link.path)
                    marker-end="url(#arrow)" {}
            }
            @for link in &links {
                @if let Some(when) = link.when {
                    text x=(link.middle.0) y=(link.middle.1) { (short(when.get(view.locale))) }
                }
            }
        }
    }
}

/// The beginning of a condition, as long as there is room beside an arrow.
fn short(text: &str) -> String {
    match text.char_indices().nth(16) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The sign of a step behind which ways part: one of them is taken, or all.
fn gateway(view: &BlueprintView, step: &Step) -> Markup {
    let (sign, said) = match step.split {
        Split::Choice => ("×", view.t("blueprints-mark-choice")),
        Split::Parallel => ("+", view.t("blueprints-mark-parallel")),
    };
    let question = step.question.get(view.locale);
    let title = if question.is_empty() { &said } else { question };
    html! {
        @if step.links.len() > 1 {
            span class="gw" title=(title) { i { (sign) } span class="vh" { (said) } }
        }
    }
}

/// The handle a new way is drawn from.
fn handle(view: &BlueprintView) -> Markup {
    html! {
        @if view.can_edit {
            span class="bp__ln" aria-hidden="true" title=(view.t("blueprints-draw-way")) {}
        }
    }
}

fn evidence(view: &BlueprintView, geometry: &Geometry) -> Markup {
    let body = &view.shown.body;
    html! {
        @for (column, phase) in body.phases.iter().enumerate() {
            @for (index, piece) in
                body.evidence.iter().filter(|piece| piece.phase == phase.key).enumerate() {
                div class="bp bp--ev" style=(geometry.evidence_at(column, index).style()) {
                    b class="trunc" title=(piece.name.get(view.locale)) {
                        (ui::icon("eye")) (words(view.locale, &piece.name))
                    }
                }
            }
        }
    }
}

fn card(view: &BlueprintView, step: &Step, place: Place) -> Markup {
    let chosen = view.place.step.as_deref() == Some(step.key.as_str());
    let class = format!(
        "bp {}{}",
        lane_class(step.lane).0,
        if chosen { " is-sel" } else { "" }
    );
    html! {
        a class=(class) id={ "step-" (step.key) } style=(place.style())
            data-step=[view.can_edit.then_some(&step.key)]
            data-change=[compare::change_of(view, step)]
            href=(view.place.with_step(&step.key).href(view.blueprint.id))
            aria-current=[chosen.then_some("true")] {
            @if step.fail_point.is_some() {
                span class="fp" title=(view.t("blueprints-fail-point")) {
                    (view.t("blueprints-fail-mark"))
                }
            }
            (gateway(view, step))
            (handle(view))
            @if let Some(minutes) = step.wait_minutes {
                span class="wp" title=(view.t("blueprints-wait")) {
                    (view.locale.tx("blueprints-wait-mark", &[("minutes", minutes.into())]))
                }
            }
            b class=[(step.lane == Lane::Support).then_some("trunc")] {
                @if let Some(icon) = &step.icon { (ui::icon(icon)) }
                (words(view.locale, &step.name))
            }
            @if step.lane.is_work() { (times(view, step)) }
        }
    }
}

/// Standard and observed minutes of a card, and their bar.
fn times(view: &BlueprintView, step: &Step) -> Markup {
    if step.automatic {
        let words = view.t("blueprints-automatic");
        return ui::badge(ui::Tone::Neutral, "zap", &words);
    }
    let observed = view
        .observed_of(&step.key)
        .map(|observed| observed.median_minutes);
    html! {
        div class="bp__t" {
            span class="num" {
                @match step.minutes_standard {
                    Some(minutes) => { (format::minutes(view.locale, minutes)) }
                    None => { "–" }
                }
            }
            @if let Some(observed) = observed { (chip(view, step.minutes_standard, observed)) }
        }
        @if let Some(standard) = step.minutes_standard { (bar(standard, observed)) }
    }
}

/// The observed minutes in the colour of the verdict.
pub fn chip(view: &BlueprintView, standard: Option<i64>, observed: i64) -> Markup {
    let verdict = verdict(standard.unwrap_or(observed), observed);
    html! {
        span class="ob num" data-tone=(tone(verdict).as_str()) {
            @if verdict == Verdict::MuchSlower { (ui::icon("triangle-alert")) }
            span class="vh" { (view.t("blueprints-observed")) " " }
            (observed)
        }
    }
}

/// How much of the observed time is within the standard, and what is over it.
fn bar(standard: i64, observed: Option<i64>) -> Markup {
    let over = observed.filter(|observed| *observed > standard && *observed > 0);
    let within = over.map_or(100, |observed| standard * 100 / observed);
    let shown = observed.unwrap_or(standard);
    html! {
        span class="bp__m" data-tone=(tone(verdict(standard, shown)).as_str()) {
            i style={ "width:" (within) "%" } {}
            @if over.is_some() { u style={ "left:" (within) "%" } {} }
        }
    }
}

/// Every cell as a place where a dragged card can be dropped.
fn zones(view: &BlueprintView, geometry: &Geometry) -> Markup {
    html! {
        @for (column, phase) in view.shown.body.phases.iter().enumerate() {
            @for lane in Lane::ALL {
                div class="bpz" aria-hidden="true" style=(geometry.zone(column, lane).style())
                    data-phase=(phase.key) data-lane=(lane.as_str()) {}
            }
        }
    }
}

fn empty_cells(view: &BlueprintView, geometry: &Geometry) -> Markup {
    html! {
        @for (column, lane, place) in geometry.empty_cells() {
            @let phase = &view.shown.body.phases[column];
            a class="bpadd" style=(place.style())
                href=(view.place.adding(&phase.key, lane).href(view.blueprint.id)) {
                (ui::icon("plus")) (view.t("blueprints-step"))
                span class="vh" {
                    " " (phase.name.get(view.locale)) ", " (lane.label(view.locale))
                }
            }
        }
    }
}

/// Minutes of a phase: the medians of its steps where observed, and the standards.
fn phase_minutes(view: &BlueprintView, phase: &str) -> (Option<i64>, Option<i64>) {
    let body = &view.shown.body;
    let standard = body.phase_minutes(phase);
    let steps = body
        .steps
        .iter()
        .filter(|step| step.phase == phase && step.is_work());
    let seen: Vec<i64> = steps
        .filter_map(|step| view.observed_of(&step.key))
        .map(|observed| observed.median_minutes)
        .collect();
    ((!seen.is_empty()).then(|| seen.iter().sum()), standard)
}

fn minutes(view: &BlueprintView, geometry: &Geometry) -> Markup {
    let phases = &view.shown.body.phases;
    let minutes: Vec<_> = phases
        .iter()
        .map(|phase| phase_minutes(view, &phase.key))
        .collect();
    let all = minutes
        .iter()
        .flat_map(|(observed, standard)| [*observed, *standard]);
    let most = all.flatten().max().unwrap_or(1).max(1);
    let height = |minutes: i64| (minutes * 62 / most).max(3);
    html! {
        div class="tps" style={ "top:" (geometry.strip()) "px" } {
            div class="tps__l" {
                b { (view.t("blueprints-minutes")) }
                small { (view.t(if view.place.observed {
                    "blueprints-minutes-both"
                } else {
                    "blueprints-minutes-standard"
                })) }
            }
            @for (index, (observed, standard)) in minutes.iter().enumerate() {
                div class="tp"
                    style={ "left:" (geometry.left(index)) "px;width:" (geometry.column) "px" } {
                    @if observed.is_none() && standard.is_none() {
                        span class="muted" { "–" }
                    } @else {
                        div class="tp__b" aria-hidden="true" {
                            @if let Some(standard) = standard {
                                i style={ "height:" (height(*standard)) "px" } {}
                            }
                            @if let Some(observed) = observed {
                                @let verdict = verdict(standard.unwrap_or(*observed), *observed);
                                i class="o" data-tone=(tone(verdict).as_str())
                                    style={ "height:" (height(*observed)) "px" } {}
                            }
                        }
                        span class="num" { (both(*observed, *standard)) }
                    }
                }
            }
        }
    }
}

/// Observed and standard minutes, in this order everywhere.
fn both(observed: Option<i64>, standard: Option<i64>) -> Markup {
    html! {
        @match (observed, standard) {
            (Some(observed), Some(standard)) => { b { (observed) } " / " (standard) }
            (Some(only), None) | (None, Some(only)) => { b { (only) } }
            (None, None) => { "–" }
        }
    }
}
