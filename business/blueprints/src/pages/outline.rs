//! The same blueprint as an ordered list, for narrow screens.

use maud::{Markup, html};

use super::{
    canvas::chip,
    view::{BlueprintView, minutes},
    words,
};
use crate::model::{Lane, Step};

/// Phase after phase, step after step.
pub fn outline(view: &BlueprintView) -> Markup {
    let body = &view.shown.body;
    html! {
        div class="bpn" {
            @for (index, phase) in body.phases.iter().enumerate() {
                h2 class="bpn__h" { em { (index + 1) } " " (words(view.locale, &phase.name)) }
                ol class="bpo" {
                    @for step in body.steps.iter().filter(|step| step.phase == phase.key) {
                        (item(view, step))
                    }
                }
            }
        }
    }
}

fn item(view: &BlueprintView, step: &Step) -> Markup {
    html! {
        li data-lane=(step.lane.as_str()) {
            a class="bpo__i" href=(view.place.with_step(&step.key).href(view.blueprint.id)) {
                span class="grow" {
                    b { (words(view.locale, &step.name)) }
                    small class="muted" {
                        (ui::icon(lane_icon(step.lane))) " " (step.lane.label(view.locale))
                    }
                }
                span class="row" { (figures(view, step)) }
            }
        }
    }
}

/// Fail point, standard and observed minutes.
fn figures(view: &BlueprintView, step: &Step) -> Markup {
    let observed = view.observed_of(&step.key);
    html! {
        @if step.fail_point.is_some() {
            (ui::badge(ui::Tone::Warn, "triangle-alert", &view.t("blueprints-fail-mark")))
        }
        @if step.automatic {
            span class="muted" { (view.t("blueprints-automatic")) }
        } @else if step.lane.is_work() {
            span class="num muted" { (minutes(view.locale, step.minutes_standard)) }
        }
        @if let Some(observed) = observed {
            (chip(view, step.minutes_standard, observed.median_minutes))
        }
    }
}

/// Who sees it: the person, an eye, a closed eye, a machine.
pub(super) const fn lane_icon(lane: Lane) -> &'static str {
    match lane {
        Lane::Customer => "user",
        Lane::Frontstage => "eye",
        Lane::Backstage => "eye-off",
        Lane::Support => "settings",
    }
}
