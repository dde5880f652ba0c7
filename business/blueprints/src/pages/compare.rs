//! Two versions side by side, as a list of what changed.

use kernel::{Bilingual, Locale};
use maud::{Markup, html};

use super::{view::BlueprintView, words};
use crate::{
    model::{Body, Split, Step, Version},
    paths::Place,
};

/// How many of the newest versions stand as buttons; older ones are reached by their address.
const OTHERS_MAX: usize = 6;

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
    let around = around(view.locale, &before.body, &view.shown.body);
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
        (others(view, number))
        @if changes.is_empty() && around.is_empty() {
            p class="muted" { (view.t("blueprints-no-change")) }
        }
        @for line in around { p class="sm" { (line) } }
        ul class="stack sm" {
            @for (step, lines) in changes {
                li {
                    @if view.shown.body.steps.iter().any(|known| known.key == step.key) {
                        a class="link" href=(view.place.with_step(&step.key).href(id)) {
                            b { (words(view.locale, &step.name)) }
                        }
                    } @else {
                        b { (words(view.locale, &step.name)) }
                    }
                    @for line in lines { p class="xs" { (line) } }
                }
            }
        }
    }
}

/// The other versions that the one on the screen can be compared with.
fn others(view: &BlueprintView, number: i64) -> Markup {
    let others = view
        .versions
        .iter()
        .filter(|version| version.number != view.shown.number);
    let tab = |version: &Version| {
        let place = Place {
            compare: Some(version.number),
            ..view.place.bare()
        };
        let label = view
            .locale
            .tx("blueprints-v", &[("number", version.number.into())]);
        ui::Tab::new(
            label,
            place.href(view.blueprint.id),
            version.number == number,
        )
    };
    let tabs: Vec<ui::Tab> = others.take(OTHERS_MAX).map(tab).collect();
    ui::seg(&view.t("blueprints-versions"), &tabs)
}

/// What a comparison on the screen says of a card: new or changed.
pub fn change_of(view: &BlueprintView, step: &Step) -> Option<&'static str> {
    let number = view.place.compare?;
    let before = view
        .versions
        .iter()
        .find(|version| version.number == number)?;
    match before.body.step(&step.key) {
        None => Some("new"),
        Some(old) if old != step => Some("changed"),
        Some(_) => None,
    }
}

/// Steps that are new, gone or different, with a line for each difference.
fn changes<'b>(locale: Locale, before: &'b Body, after: &'b Body) -> Vec<(&'b Step, Vec<String>)> {
    let mut changes = Vec::new();
    for step in &after.steps {
        match before.step(&step.key) {
            None => changes.push((step, vec![locale.t("blueprints-change-added")])),
            Some(old) if old != step => {
                let (old, new) = (
                    Telling::of(locale, before, old),
                    Telling::of(locale, after, step),
                );
                changes.push((step, old.differences(&new, locale)));
            }
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

/// Phases and evidence that came or went.
fn around(locale: Locale, before: &Body, after: &Body) -> Vec<String> {
    let seen = |body: &Body| {
        let phases = body
            .phases
            .iter()
            .map(|phase| ("blueprints-phase", &phase.name));
        let evidence = body
            .evidence
            .iter()
            .map(|piece| ("blueprints-evidence", &piece.name));
        let named = phases.chain(evidence);
        named
            .map(|(key, name)| (locale.t(key), name.get(locale).to_owned()))
            .collect::<Vec<_>>()
    };
    let (old, new) = (seen(before), seen(after));
    let line = |(field, name): &(String, String), key: &str| {
        let args = [("field", field.into()), ("name", name.into())];
        locale.tx(key, &args)
    };
    let came = new.iter().filter(|one| !old.contains(one));
    let went = old.iter().filter(|one| !new.contains(one));
    let came = came.map(|one| line(one, "blueprints-change-came"));
    came.chain(went.map(|one| line(one, "blueprints-change-went")))
        .collect()
}

/// Everything of a step in words, field by field.
struct Telling(Vec<(&'static str, String)>);

impl Telling {
    fn of(locale: Locale, body: &Body, step: &Step) -> Self {
        let minutes = |minutes| super::view::minutes(locale, minutes);
        let text = |text: &Bilingual| text.get(locale).to_owned();
        let maybe = |text: &Option<Bilingual>| {
            text.as_ref()
                .map_or(String::new(), |text| text.get(locale).to_owned())
        };
        let phase = body.phases.iter().find(|phase| phase.key == step.phase);
        let checklist: Vec<&str> = step
            .checklist
            .iter()
            .map(|point| point.get(locale))
            .collect();
        let automatic = if step.automatic {
            locale.t("blueprints-automatic")
        } else {
            String::new()
        };
        Self(vec![
            ("blueprints-name", text(&step.name)),
            (
                "blueprints-phase",
                phase.map_or(String::new(), |phase| text(&phase.name)),
            ),
            ("blueprints-lane", step.lane.label(locale)),
            (
                "blueprints-standard-minutes",
                minutes(step.minutes_standard),
            ),
            ("blueprints-wait", minutes(step.wait_minutes)),
            ("blueprints-skill", step.skill.clone().unwrap_or_default()),
            ("blueprints-touchpoint", text(&step.touchpoint)),
            ("blueprints-automatic-long", automatic),
            ("blueprints-checklist", checklist.join("; ")),
            ("blueprints-fail-point", maybe(&step.fail_point)),
            ("blueprints-remedy", maybe(&step.remedy)),
            ("blueprints-links", ways(locale, body, step)),
        ])
    }

    fn differences(&self, new: &Self, locale: Locale) -> Vec<String> {
        let pairs = self
            .0
            .iter()
            .zip(&new.0)
            .filter(|(old, new)| old.1 != new.1);
        let line = |((key, old), (_, new)): (&(&str, String), &(&str, String))| {
            let shown = |text: &String| match text.as_str() {
                "" => "–".to_owned(),
                text => text.to_owned(),
            };
            let (field, old, new) = (locale.t(key), shown(old), shown(new));
            let args = [
                ("field", field.into()),
                ("old", old.into()),
                ("new", new.into()),
            ];
            locale.tx("blueprints-change-line", &args)
        };
        let lines: Vec<String> = pairs.map(line).collect();
        match lines.is_empty() {
            true => vec![locale.t("blueprints-change-other")],
            false => lines,
        }
    }
}

/// Where a step leads, in words.
pub(super) fn ways(locale: Locale, body: &Body, step: &Step) -> String {
    let name = |to: &String| match body.step(to) {
        Some(step) => step.name.get(locale).to_owned(),
        None => locale.t("blueprints-end"),
    };
    let way = |to: &String| match step.condition(to) {
        Some(when) => format!("{} ({})", name(to), when.get(locale)),
        None => name(to),
    };
    let ways: Vec<String> = step.links.iter().map(way).collect();
    let mut told = ways.join(" / ");
    if step.links.len() > 1 && step.split == Split::Parallel {
        told = ways.join(" + ");
    }
    if !step.question.is_empty() {
        told = format!("{} {told}", step.question.get(locale));
    }
    told
}
