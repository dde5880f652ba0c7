//! Where a step leads, in the inspector: one step, a choice between several, or parts at once.

use maud::{Markup, html};

use super::{
    step_form::{fill, text},
    view::BlueprintView,
};
use crate::{
    fields::condition_fields,
    model::{END, Split, Step},
    paths,
};

/// What a link leads to, in words.
pub(super) fn target(view: &BlueprintView, to: &str) -> String {
    match view.shown.body.step(to) {
        Some(step) => step.name.get(view.locale).to_owned(),
        None => view.t("blueprints-end"),
    }
}

/// The links, how they part, and when each is taken.
pub(super) fn fields(view: &BlueprintView, step: &Step) -> Markup {
    let others = view.shown.body.steps.iter();
    let others = others.filter(|other| other.key != step.key);
    let mut others: Vec<(String, String)> = others
        .map(|other| (other.key.clone(), other.name.get(view.locale).to_owned()))
        .collect();
    others.push((END.to_owned(), view.t("blueprints-end")));
    let links = view.fields.list("links");
    let error = view.error("links");
    let label = view.t("blueprints-links-hint");
    let body = html! {
        div class="stack" {
            (ui::choices("links", &label, &others, &links, error.as_deref()))
            @if links.len() > 1 { (parting(view, &links)) }
            @else { p class="xs muted" { (view.t("blueprints-links-more")) } }
        }
    };
    ui::disclosure(&view.t("blueprints-links"), !links.is_empty(), body)
}

fn parting(view: &BlueprintView, links: &[String]) -> Markup {
    let kinds = [
        (
            Split::Choice.as_str().to_owned(),
            view.t("blueprints-split-choice"),
        ),
        (
            Split::Parallel.as_str().to_owned(),
            view.t("blueprints-split-parallel"),
        ),
    ];
    let split = ui::select_field("split", view.t("blueprints-split"), kinds)
        .hint(view.t("blueprints-split-hint"));
    let chosen = view.fields.typed("split") != Split::Parallel.as_str();
    html! {
        (fill(view, "split", split))
        @if chosen {
            (text(view, "question_zh", "blueprints-question-zh", 60).attr("lang", "zh-CN"))
            (text(view, "question_en", "blueprints-question-en", 60).attr("lang", "en"))
            @for to in links { (condition(view, to)) }
        }
    }
}

fn condition(view: &BlueprintView, to: &str) -> Markup {
    let (zh, en) = condition_fields(to);
    let label = |key: &str| view.locale.tx(key, &[("name", target(view, to).into())]);
    let field = |name: &str, key: &str, lang: &str| {
        fill(view, name, ui::text_field(name, label(key)).max_length(40)).attr("lang", lang)
    };
    html! {
        div class="form__g" {
            (field(&zh, "blueprints-when-zh", "zh-CN"))
            (field(&en, "blueprints-when-en", "en"))
        }
    }
}

/// Each way of a step, with a button that cuts it.
pub(super) fn list(view: &BlueprintView, step: &Step) -> Markup {
    let action = paths::step(view.blueprint.id, &step.key, "links");
    html! {
        @if !step.links.is_empty() {
            ul class="stack sm" aria-label=(view.t("blueprints-links")) {
                @for to in &step.links {
                    li class="row between" {
                        span {
                            (ui::icon("arrow-right")) " " (target(view, to))
                            @if let Some(when) = step.condition(to) {
                                span class="muted" { " · " (when.get(view.locale)) }
                            }
                        }
                        @if view.can_edit {
                            (view.post_keeping(view.t("blueprints-cut"), action.clone())
                                .hidden("to", to).hidden("cut", 1)
                                .icon("x").icon_only().ghost().small())
                        }
                    }
                }
            }
        }
    }
}
