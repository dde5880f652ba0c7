//! Two versions side by side, as a list of what changed.

use kernel::Locale;
use maud::{Markup, html};

use super::{view::BlueprintView, words};
use crate::model::{Body, Step};

/// What the version on the screen changed against an earlier one.
pub fn comparison(view: &BlueprintView, number: i64) -> Markup {
    let Some(before) = view
        .versions
        .iter()
        .find(|version| version.number == number)
    else {
        return ui::note(
            ui::Tone::Info,
            html! { (view.t("blueprints-version-missing")) },
        );
    };
    let changes = changes(view.locale, &before.body, &view.shown.body);
    let id = view.blueprint.id;
    html! {
        header class="row between" {
            h2 class="row" {
                (ui::icon("arrow-left-right"))
                (view.locale.tx("blueprints-compared", &[
                    ("number", view.shown.number.into()), ("before", number.into()),
                ]))
            }
            a class="btn btn--ghost btn--icon btn--s" href=(view.place.bare().href(id))
                aria-label=(view.t("blueprints-close")) title=(view.t("blueprints-close")) {
                (ui::icon("x"))
            }
        }
        @if changes.is_empty() { p class="muted" { (view.t("blueprints-no-change")) } }
        ul class="stack sm" {
            @for (step, lines) in changes {
                li {
                    a class="link" href=(view.place.with_step(&step.key).href(id)) {
                        b { (words(view.locale, &step.name)) }
                    }
                    @for line in lines { p class="xs" { (line) } }
                }
            }
        }
    }
}

/// Steps that are new, gone or different, with a line for each difference.
fn changes<'b>(locale: Locale, before: &'b Body, after: &'b Body) -> Vec<(&'b Step, Vec<String>)> {
    let mut changes = Vec::new();
    for step in &after.steps {
        match before.step(&step.key) {
            None => changes.push((step, vec![locale.t("blueprints-change-added")])),
            Some(old) if old != step => changes.push((step, differences(locale, old, step))),
            Some(_) => {}
        }
    }
    let gone = before
        .steps
        .iter()
        .filter(|step| after.step(&step.key).is_none());
    changes.extend(gone.map(|step| (step, vec![locale.t("blueprints-change-removed")])));
    changes
}

fn differences(locale: Locale, old: &Step, new: &Step) -> Vec<String> {
    let minutes = |minutes| super::view::minutes(locale, minutes);
    let pairs = [
        (
            "blueprints-standard-minutes",
            minutes(old.minutes_standard),
            minutes(new.minutes_standard),
        ),
        (
            "blueprints-lane",
            old.lane.label(locale),
            new.lane.label(locale),
        ),
        (
            "blueprints-name",
            old.name.get(locale).to_owned(),
            new.name.get(locale).to_owned(),
        ),
        (
            "blueprints-skill",
            old.skill.clone().unwrap_or_default(),
            new.skill.clone().unwrap_or_default(),
        ),
        (
            "blueprints-checklist",
            old.checklist.len().to_string(),
            new.checklist.len().to_string(),
        ),
    ];
    let mut lines: Vec<String> = pairs
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(key, old, new)| {
            locale.tx(
                "blueprints-change-line",
                &[
                    ("field", locale.t(key).into()),
                    ("old", old.into()),
                    ("new", new.into()),
                ],
            )
        })
        .collect();
    if lines.is_empty() {
        lines.push(locale.t("blueprints-change-other"));
    }
    lines
}
