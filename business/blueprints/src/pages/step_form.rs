//! The form of a step in the inspector.

use kernel::FaultKind;
use maud::{Markup, html};

use super::{
    inspector::{lanes, phases},
    view::BlueprintView,
    ways,
};
use crate::{
    fields,
    model::{ICONS, Step},
    paths,
};

/// Everything of a step that can be set.
pub fn form(view: &BlueprintView, step: &Step) -> Markup {
    html! {
        (conflict(view, step))
        form class="form stack" method="post" data-once
            action=(paths::step(view.blueprint.id, &step.key, "")) {
            (view.carried())
            (essentials(view))
            (failure(view, step))
            (checklist(view, step))
            (ways::fields(view, step))
            (more(view))
            div class="form__f" { (ui::button(view.t("blueprints-save-step")).soft()) }
        }
    }
}

pub(super) fn fill(view: &BlueprintView, name: &str, field: ui::Field) -> ui::Field {
    field.value(view.fields.typed(name)).error(view.error(name))
}

pub(super) fn text(view: &BlueprintView, name: &str, key: &str, max: usize) -> ui::Field {
    fill(
        view,
        name,
        ui::text_field(name, view.t(key)).max_length(max),
    )
}

fn area(view: &BlueprintView, name: &str, key: &str, rows: u8) -> ui::Field {
    fill(view, name, ui::text_area(name, view.t(key), rows))
}

fn essentials(view: &BlueprintView) -> Markup {
    let lane = ui::select_field("lane", view.t("blueprints-lane"), lanes(view.locale));
    let phase = ui::select_field("phase", view.t("blueprints-phase"), phases(view));
    let minutes = ui::number_field("minutes", view.t("blueprints-standard-minutes"));
    let none = std::iter::once((String::new(), view.t("blueprints-anybody")));
    let typed = view.fields.typed("skill");
    let gone = (!typed.is_empty() && !view.skills.iter().any(|(code, _)| code == typed))
        .then(|| (typed.to_owned(), typed.to_owned()));
    let skills = none.chain(view.skills.iter().cloned()).chain(gone);
    html! {
        div class="form__g" {
            (fill(view, "minutes", minutes.range(0, 1440)))
            (fill(view, "lane", lane))
            (text(view, "name_zh", "blueprints-name-zh", 60).attr("lang", "zh-CN"))
            (text(view, "name_en", "blueprints-name-en", 60).attr("lang", "en"))
            (fill(view, "phase", phase))
            (fill(view, "skill", ui::select_field("skill", view.t("blueprints-skill"), skills)))
        }
    }
}

fn failure(view: &BlueprintView, step: &Step) -> Markup {
    let body = html! {
        div class="stack" {
            (text(view, "fail_zh", "blueprints-fail-zh", 120).attr("lang", "zh-CN"))
            (text(view, "fail_en", "blueprints-fail-en", 120).attr("lang", "en"))
            (area(view, "remedy_zh", "blueprints-remedy-zh", 2).max_length(300)
                .attr("lang", "zh-CN"))
            (area(view, "remedy_en", "blueprints-remedy-en", 2).max_length(300).attr("lang", "en"))
        }
    };
    let shown = step.fail_point.as_ref().map(|point| point.get(view.locale));
    html! {
        @if let Some(point) = shown {
            div class="fpbox" {
                p {
                    (ui::badge(ui::Tone::Warn, "triangle-alert", &view.t("blueprints-fail-mark")))
                    " " (point)
                }
                @if let Some(remedy) = &step.remedy {
                    p class="xs muted" { (remedy.get(view.locale)) }
                }
            }
        }
        (ui::disclosure(&view.t("blueprints-if-it-fails"), false, body))
    }
}

fn checklist(view: &BlueprintView, step: &Step) -> Markup {
    let title = view.locale.tx(
        "blueprints-checklist-of",
        &[("count", step.checklist.len().into())],
    );
    let body = html! {
        div class="stack" {
            (area(view, "checklist_zh", "blueprints-checklist-zh", 4).attr("lang", "zh-CN")
                .hint(view.t("blueprints-checklist-hint")))
            (area(view, "checklist_en", "blueprints-checklist-en", 4).attr("lang", "en"))
        }
    };
    ui::disclosure(&title, false, body)
}

fn more(view: &BlueprintView) -> Markup {
    let wait = ui::number_field("wait", view.t("blueprints-wait")).range(0, 1440);
    let automatic = view.fields.typed("automatic") == "1";
    let none = std::iter::once((String::new(), view.t("blueprints-icon-none")));
    let icons = none.chain(
        ICONS
            .iter()
            .map(|icon| ((*icon).to_owned(), icon_name(view, icon))),
    );
    let body = html! {
        div class="stack" {
            (text(view, "touchpoint_zh", "blueprints-touchpoint-zh", 60).attr("lang", "zh-CN"))
            (text(view, "touchpoint_en", "blueprints-touchpoint-en", 60).attr("lang", "en"))
            (fill(view, "wait", wait).optional(view.locale).hint(view.t("blueprints-wait-hint")))
            (ui::checkbox("automatic", view.t("blueprints-automatic-long"), automatic))
            (fill(view, "icon", ui::select_field("icon", view.t("blueprints-icon"), icons)))
        }
    };
    ui::disclosure(&view.t("blueprints-more"), false, body)
}

fn icon_name(view: &BlueprintView, icon: &str) -> String {
    match icon {
        "calendar" => view.t("blueprints-icon-calendar"),
        "users" => view.t("blueprints-icon-people"),
        "package" => view.t("blueprints-icon-stock"),
        "credit-card" => view.t("blueprints-icon-payment"),
        "message-square" => view.t("blueprints-icon-messages"),
        "smartphone" => view.t("blueprints-icon-phone"),
        "printer" => view.t("blueprints-icon-printer"),
        "globe" => view.t("blueprints-icon-web"),
        "store" => view.t("blueprints-icon-supplier"),
        _ => view.t("blueprints-icon-tools"),
    }
}

/// When somebody else saved in between: what is saved now beside what was typed.
fn conflict(view: &BlueprintView, step: &Step) -> Markup {
    if view
        .fault
        .is_none_or(|fault| fault.kind != FaultKind::Conflict)
    {
        return html! {};
    }
    let saved = fields::of_step(step);
    let names = [
        ("name_zh", view.t("blueprints-name-zh")),
        ("name_en", view.t("blueprints-name-en")),
        ("minutes", view.t("blueprints-standard-minutes")),
        ("lane", view.t("blueprints-lane")),
        ("phase", view.t("blueprints-phase")),
        ("skill", view.t("blueprints-skill")),
        ("fail_zh", view.t("blueprints-fail-zh")),
        ("fail_en", view.t("blueprints-fail-en")),
    ];
    let differing: Vec<_> = names
        .iter()
        .filter(|(name, _)| saved.typed(name) != view.fields.typed(name))
        .collect();
    html! {
        @if !differing.is_empty() {
            div class="fpbox" {
                b { (view.t("blueprints-compare-yours")) }
                @for (name, label) in differing {
                    p class="xs" {
                        (view.locale.tx("blueprints-yours-and-saved", &[
                            ("field", label.into()),
                            ("yours", view.fields.typed(name).into()),
                            ("saved", saved.typed(name).into()),
                        ]))
                    }
                }
            }
        }
    }
}
