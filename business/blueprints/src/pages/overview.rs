//! The pane at the right when no step is chosen: the blueprint as a whole.

use kernel::format;
use maud::{Markup, html};

use super::{
    inspector::{lanes, phases},
    view::{BlueprintView, published_line},
};
use crate::{
    model::{Phase, VersionState},
    paths::{self, Place},
};

/// Facts, phases, versions, and what can be done with all of it.
pub fn overview(view: &BlueprintView) -> Markup {
    html! {
        header { h2 class="row" { (ui::icon("workflow")) (view.t("blueprints-overview")) } }
        @if view.place.version.is_some() {
            (ui::note(ui::Tone::Info, html! { (published_line(view, view.shown)) }))
        }
        (facts(view))
        @if view.can_edit {
            (add_step(view))
            (ui::disclosure(&view.t("blueprints-phases"), false, html! {
                @for phase in &view.shown.body.phases { (phase_form(view, phase)) }
                (add_phase(view))
            }))
            (ui::disclosure(&view.t("blueprints-rename"), false, rename(view)))
        }
        (versions(view))
        (ui::link_button(view.t("blueprints-sop"),
            paths::sop(view.blueprint.id, view.shown.number, &paths::Role::All))
            .icon("printer").small())
        @if view.can_export {
            (ui::link_button(view.t("blueprints-diagram-open"),
                paths::diagram(view.blueprint.id, view.shown.number))
                .icon("workflow").small())
            (ui::link_button(view.t("blueprints-bpmn-export"),
                paths::bpmn(view.blueprint.id, view.shown.number))
                .icon("download").attr("download", "").small())
        }
        @if view.can_edit { (put_away(view)) }
    }
}

fn facts(view: &BlueprintView) -> Markup {
    let body = &view.shown.body;
    let services = format!("/services?blueprint={}", view.blueprint.id);
    let fails = body
        .steps
        .iter()
        .filter(|step| step.fail_point.is_some())
        .count();
    ui::kv(&[
        (view.t("blueprints-steps"), html! { (body.steps.len()) }),
        (
            view.t("blueprints-work-steps"),
            html! { (body.work_steps().len()) },
        ),
        (
            view.t("blueprints-standard-minutes"),
            html! { (format::minutes(view.locale, body.minutes())) },
        ),
        (view.t("blueprints-fail-points"), html! { (fails) }),
        (
            view.t("blueprints-used-by"),
            html! { a class="link" href=(services) { (view.t("blueprints-services")) } },
        ),
    ])
}

fn add_step(view: &BlueprintView) -> Markup {
    let body = html! {
        form class="form stack" method="get" action=(paths::blueprint(view.blueprint.id)) {
            @if !view.place.observed { (ui::hidden("view", "design")) }
            div class="form__g" {
                (ui::select_field("phase", view.t("blueprints-phase"), phases(view))
                    .id("add-phase"))
                (ui::select_field("lane", view.t("blueprints-lane"), lanes(view.locale))
                    .value("frontstage").id("add-lane"))
            }
            (ui::button(view.t("blueprints-go-on")).icon("plus"))
        }
    };
    ui::disclosure(&view.t("blueprints-add-step"), false, body)
}

fn phase_form(view: &BlueprintView, phase: &Phase) -> Markup {
    let id = view.blueprint.id;
    let action = |noun: &str| paths::phase(id, &phase.key, noun);
    let seen: Vec<_> = view
        .shown
        .body
        .evidence
        .iter()
        .filter(|piece| piece.phase == phase.key)
        .collect();
    let lines =
        |text: &dyn Fn(usize) -> String| (0..seen.len()).map(text).collect::<Vec<_>>().join("\n");
    let name = |field: &str| format!("{field}-{}", phase.key);
    let place = |label: &str, icon: &str, to: &str| {
        view.post(view.t(label), action("place"))
            .hidden("to", to)
            .icon(icon)
            .icon_only()
            .small()
    };
    let body = html! {
        form class="form stack" method="post" data-once action=(action("")) {
            (view.carried())
            (ui::text_field("name_zh", view.t("blueprints-name-zh")).value(&phase.name.zh)
                .max_length(30).attr("lang", "zh-CN").id(name("zh")))
            (ui::text_field("name_en", view.t("blueprints-name-en")).value(&phase.name.en)
                .max_length(30).attr("lang", "en").id(name("en")))
            (ui::text_area("evidence_zh", view.t("blueprints-evidence-zh"), 2)
                .value(lines(&|at| seen[at].name.zh.clone())).attr("lang", "zh-CN")
                .id(name("ezh")))
            (ui::text_area("evidence_en", view.t("blueprints-evidence-en"), 2)
                .value(lines(&|at| seen[at].name.en.clone())).attr("lang", "en")
                .hint(view.t("blueprints-evidence-hint")).id(name("een")))
            (ui::button(view.t("blueprints-save-phase")).small())
        }
        div class="row wrap" {
            (place("blueprints-phase-left", "arrow-left", "left"))
            (place("blueprints-phase-right", "arrow-right", "right"))
            (view.post(view.t("blueprints-remove-phase"), action("removal"))
                .icon("trash-2").icon_only().ghost().small())
        }
    };
    ui::disclosure(phase.name.get(view.locale), false, body)
}

fn add_phase(view: &BlueprintView) -> Markup {
    let body = html! {
        form class="form stack" method="post" data-once
            action=(paths::command(view.blueprint.id, "phases")) {
            (view.carried())
            (ui::text_field("name_zh", view.t("blueprints-name-zh")).max_length(30)
                .attr("lang", "zh-CN").id("new-phase-zh"))
            (ui::text_field("name_en", view.t("blueprints-name-en")).max_length(30)
                .attr("lang", "en").id("new-phase-en"))
            (ui::button(view.t("blueprints-add-phase")).icon("plus").small())
        }
    };
    ui::disclosure(&view.t("blueprints-add-phase"), false, body)
}

fn rename(view: &BlueprintView) -> Markup {
    html! {
        form class="form stack" method="post" data-once
            action=(paths::command(view.blueprint.id, "name")) {
            (view.carried())
            (ui::text_field("name_zh", view.t("blueprints-name-zh"))
                .value(&view.blueprint.name.zh).max_length(60).attr("lang", "zh-CN")
                .id("rename-zh"))
            (ui::text_field("name_en", view.t("blueprints-name-en"))
                .value(&view.blueprint.name.en).max_length(60).attr("lang", "en").id("rename-en"))
            (ui::button(view.t("blueprints-save-name")).small())
        }
    }
}

fn versions(view: &BlueprintView) -> Markup {
    let id = view.blueprint.id;
    html! {
        h3 { (view.t("blueprints-versions")) }
        ul class="stack sm" {
            @for version in view.versions {
                @let current = version.number == view.blueprint.current();
                @let place = Place {
                    version: (!current).then_some(version.number), ..view.place.bare()
                };
                li class="row between" {
                    a class="link" href=(place.href(id))
                        aria-current=[(version.number == view.shown.number).then_some("true")] {
                        (published_line(view, version))
                    }
                    @if version.state == VersionState::Published {
                        (ui::badge(ui::Tone::Ok, "circle-check", &view.t("blueprints-in-force")))
                    }
                    @if version.number != view.shown.number {
                        @let compared = Place {
                            compare: Some(version.number), ..view.place.bare()
                        };
                        a class="link xs" href=(compared.href(id)) {
                            (view.locale.tx("blueprints-compare",
                                &[("number", version.number.into())]))
                        }
                    }
                }
            }
        }
    }
}

fn put_away(view: &BlueprintView) -> Markup {
    let id = view.blueprint.id;
    let archived = view.blueprint.archived;
    let (label, icon) = match archived {
        true => ("blueprints-restore", "rotate-ccw"),
        false => ("blueprints-archive", "box"),
    };
    html! {
        div class="row wrap" {
            @if view.blueprint.draft.is_some() && view.blueprint.published.is_some() {
                (view.post(view.t("blueprints-discard"), paths::command(id, "draft-removal"))
                    .icon("trash-2").ghost().small())
            }
            (view.post(view.t(label), paths::command(id, "state"))
                .hidden("archived", i64::from(!archived)).icon(icon).ghost().small())
        }
    }
}
