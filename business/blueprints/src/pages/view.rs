//! One blueprint: what its page is given, its top bar, its panes.

use std::collections::BTreeMap;

use kernel::{Fault, Locale, format};
use maud::{Markup, html};
use web::Fields;

use super::{canvas, compare, inspector, outline, overview};
use crate::{
    model::{Blueprint, Observed, Step, Version, VersionState},
    paths::{self, DAYS, Place},
    queries::Edits,
};

/// What the page of a blueprint shows.
pub struct BlueprintView<'a> {
    /// The reader's language.
    pub locale: Locale,
    /// The blueprint.
    pub blueprint: &'a Blueprint,
    /// The version on the screen.
    pub shown: &'a Version,
    /// Every version, the newest first.
    pub versions: &'a [Version],
    /// Where the draft stands among its edits.
    pub edits: Edits,
    /// Observed minutes by the key of the step.
    pub observed: &'a BTreeMap<String, Observed>,
    /// The chosen step, the view, the days.
    pub place: &'a Place,
    /// Whether the reader may edit the version on the screen.
    pub can_edit: bool,
    /// Whether the reader may take the version on the screen along as a file.
    pub can_export: bool,
    /// The name of the site whose orders are observed.
    pub site: &'a str,
    /// Skills to choose from: code and name.
    pub skills: &'a [(String, String)],
    /// What stands in the fields of the chosen step or of the step being added.
    pub fields: &'a Fields,
    /// What was wrong with the last command.
    pub fault: Option<&'a Fault>,
    /// Local date and time of an instant, in words.
    pub when: &'a dyn Fn(kernel::Timestamp) -> String,
}

impl BlueprintView<'_> {
    pub(super) fn t(&self, key: &str) -> String {
        self.locale.t(key)
    }

    /// Observed minutes of a step, where they are shown and there are any.
    pub(super) fn observed_of(&self, key: &str) -> Option<&Observed> {
        let found = self.observed.get(key).filter(|observed| observed.count > 0);
        found.filter(|_| self.place.observed)
    }

    pub(super) fn chosen(&self) -> Option<&Step> {
        self.place
            .step
            .as_deref()
            .and_then(|key| self.shown.body.step(key))
    }

    pub(super) fn error(&self, field: &str) -> Option<String> {
        self.fault
            .and_then(|fault| fault.of_field(field, self.locale))
    }

    /// What every form carries besides its own fields.
    pub(super) fn carried(&self) -> Markup {
        html! {
            (ui::hidden("version", self.blueprint.version))
            @for (name, value) in self.carried_pairs() { (ui::hidden(name, value)) }
        }
    }

    /// The same as the query of an address, for scripts that send a form.
    pub(super) fn carried_query(&self) -> String {
        let version = ("version", self.blueprint.version.to_string());
        let pairs = std::iter::once(version).chain(self.carried_pairs());
        let pairs: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("&")
    }

    fn carried_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.place.observed {
            pairs.push(("view", "design".to_owned()));
        }
        if self.place.days != Place::default().days {
            pairs.push(("days", self.place.days.to_string()));
        }
        pairs
    }

    /// A one-button form that carries the same.
    pub(super) fn post(&self, label: String, action: String) -> ui::Button {
        let button = ui::post_button(label, action).hidden("version", self.blueprint.version);
        let pairs = self.carried_pairs().into_iter();
        pairs.fold(button, |button, (name, value)| button.hidden(name, value))
    }

    /// The same, and the step stays chosen.
    pub(super) fn post_keeping(&self, label: String, action: String) -> ui::Button {
        let button = self.post(label, action);
        match &self.place.step {
            Some(step) => button.hidden("step", step),
            None => button,
        }
    }

    /// What stands beside the name: number, state, when it was saved.
    pub fn subtitle(&self) -> String {
        let number = ("number", self.shown.number.into());
        match self.shown.state {
            VersionState::Draft => {
                let time = (self.when)(self.blueprint.saved_at);
                self.locale.tx(
                    "blueprints-subtitle-draft",
                    &[number, ("time", time.into())],
                )
            }
            VersionState::Published => self.locale.tx("blueprints-subtitle-published", &[number]),
            VersionState::Retired => self.locale.tx("blueprints-subtitle-retired", &[number]),
        }
    }
}

/// The buttons of the top bar.
pub fn actions(view: &BlueprintView) -> Markup {
    let Some(number) = view.blueprint.draft.filter(|_| view.can_edit) else {
        return html! {};
    };
    let label = view
        .locale
        .tx("blueprints-publish", &[("number", number.into())]);
    let action = paths::command(view.blueprint.id, "publication");
    html! { (view.post_keeping(label, action).primary().icon("upload")) }
}

/// The page below the top bar.
pub fn page(view: &BlueprintView) -> Markup {
    let chosen =
        view.chosen().is_some() || view.place.add.is_some() || view.place.compare.is_some();
    html! {
        div class="bpage" {
            (tools(view))
            div class="bpx" data-sel[chosen] {
                (canvas::canvas(view))
                (outline::outline(view))
                aside class="insp" aria-label=(view.t("blueprints-inspector")) {
                    (trouble(view))
                    @if let Some(number) = view.place.compare {
                        (compare::comparison(view, number))
                    } @else if let Some((phase, lane)) = &view.place.add {
                        (inspector::adding(view, phase, *lane))
                    } @else if let Some(step) = view.chosen() {
                        (inspector::step(view, step))
                    } @else { (overview::overview(view)) }
                }
            }
        }
    }
}

/// What was refused, and when somebody else was faster, what to do.
fn trouble(view: &BlueprintView) -> Markup {
    let Some(fault) = view.fault else {
        return html! {};
    };
    html! {
        @if fault.fields.is_empty() { (ui::form_error(&fault.speak(view.locale))) } @else {
            (ui::errors(
                view.locale,
                &fault
                    .fields
                    .iter()
                    .map(|field| (field.field.clone(), field.text.speak(view.locale)))
                    .collect::<Vec<_>>(),
            ))
        }
    }
}

fn tools(view: &BlueprintView) -> Markup {
    let design = Place {
        observed: false,
        ..view.place.clone()
    };
    let observed = Place {
        observed: true,
        ..view.place.clone()
    };
    let id = view.blueprint.id;
    let tab = |key: &str, place: &Place| {
        ui::Tab::new(
            view.t(key),
            place.href(id),
            place.observed == view.place.observed,
        )
    };
    let start = html! {
        a class="btn btn--ghost btn--icon only-narrow" href=(paths::BLUEPRINTS)
            aria-label=(view.t("blueprints-title")) title=(view.t("blueprints-title")) {
            (ui::icon("arrow-left"))
        }
        (ui::seg(
            &view.t("blueprints-view"),
            &[tab("blueprints-view-design", &design), tab("blueprints-view-observed", &observed)],
        ))
        @if view.place.observed { (data(view)) }
    };
    ui::toolbar(start, html! { (history(view)) })
}

/// Whose orders are observed, over how long, and how many there were.
fn data(view: &BlueprintView) -> Markup {
    let count = view
        .observed
        .values()
        .map(|observed| observed.count)
        .max()
        .unwrap_or(0);
    let id = view.blueprint.id;
    let label = |days: i64| view.locale.tx("blueprints-days", &[("days", days.into())]);
    let tabs: Vec<ui::Tab> = DAYS
        .iter()
        .map(|days| {
            let place = Place {
                days: *days,
                ..view.place.clone()
            };
            ui::Tab::new(label(*days), place.href(id), *days == view.place.days)
        })
        .collect();
    html! {
        span class="only-wide" { (ui::seg(&view.t("blueprints-data"), &tabs)) }
        span class="sm muted" {
            (view.locale.tx(
                "blueprints-data-of",
                &[("site", view.site.into()), ("count", count.into())],
            ))
        }
    }
}

fn history(view: &BlueprintView) -> Markup {
    let id = view.blueprint.id;
    let before = view
        .versions
        .iter()
        .find(|version| version.number < view.shown.number);
    html! {
        @if view.can_edit && view.blueprint.draft.is_some() {
            (view.post_keeping(view.t("blueprints-undo"), paths::command(id, "undo"))
                .icon("undo-2").icon_only().ghost().disabled(!view.edits.can_undo()))
            (view.post_keeping(view.t("blueprints-redo"), paths::command(id, "redo"))
                .icon("redo-2").icon_only().ghost().disabled(!view.edits.can_redo()))
        }
        @if view.place.version.is_some() {
            @let current = Place { version: None, ..view.place.bare() };
            (ui::link_button(view.t("blueprints-to-current"), current.href(id)))
        }
        @if let Some(before) = before {
            @let place = Place { compare: Some(before.number), ..view.place.bare() };
            (ui::link_button(
                view.locale.tx("blueprints-compare", &[("number", before.number.into())]),
                place.href(id),
            ).icon("arrow-left-right").class("only-wide"))
        }
    }
}

/// When and by whom a version was published.
pub(super) fn published_line(view: &BlueprintView, version: &Version) -> String {
    let number = ("number", version.number.into());
    let Some(at) = version.published_at else {
        return view.locale.tx("blueprints-version-draft", &[number]);
    };
    let date = (view.when)(at);
    match &version.published_by {
        Some(name) => view.locale.tx(
            "blueprints-version-by",
            &[number, ("date", date.into()), ("name", name.into())],
        ),
        None => view
            .locale
            .tx("blueprints-version-at", &[number, ("date", date.into())]),
    }
}

/// Minutes in words, or a dash.
pub(super) fn minutes(locale: Locale, minutes: Option<i64>) -> String {
    minutes.map_or("–".to_owned(), |minutes| format::minutes(locale, minutes))
}
