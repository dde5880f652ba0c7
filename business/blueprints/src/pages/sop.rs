//! The work instructions of a role, to be read on a screen or printed on paper.

use kernel::{Locale, format};
use maud::{Markup, html};

use super::words;
use crate::{
    model::{Blueprint, Body, Step, Version},
    paths::{self, Role},
};

/// What the page shows.
pub struct SopView<'a> {
    /// The reader's language.
    pub locale: Locale,
    /// The blueprint.
    pub blueprint: &'a Blueprint,
    /// The version on the page.
    pub shown: &'a Version,
    /// Whose steps.
    pub role: &'a Role,
    /// Skills by code and name.
    pub skills: &'a [(String, String)],
}

impl SopView<'_> {
    fn name_of(&self, role: &Role) -> String {
        match role {
            Role::All => self.locale.t("blueprints-sop-all"),
            Role::Anybody => self.locale.t("blueprints-anybody"),
            Role::Skill(code) => {
                let named = self.skills.iter().find(|(known, _)| known == code);
                named.map_or(code.clone(), |(_, name)| name.clone())
            }
        }
    }
}

/// The roles that have work in a body: everybody, then each skill, then who needs none.
fn roles(body: &Body) -> Vec<Role> {
    let mut roles = vec![Role::All];
    for step in body.work_steps() {
        let role = Role::of(step);
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    roles
}

/// The buttons of the top bar.
pub fn actions(locale: Locale) -> Markup {
    html! {
        (ui::button(locale.t("blueprints-sop-print")).plain().icon("printer")
            .attr("data-print", ""))
    }
}

/// The page: whose steps, then step after step.
pub fn page(view: &SopView) -> Markup {
    let body = &view.shown.body;
    let mine = |step: &&&Step| *view.role == Role::All || Role::of(step) == *view.role;
    let work = body.work_steps();
    let steps: Vec<&&Step> = work.iter().filter(mine).collect();
    let tab = |role: &Role| {
        let href = paths::sop(view.blueprint.id, view.shown.number, role);
        ui::Tab::new(view.name_of(role), href, role == view.role)
    };
    let tabs: Vec<ui::Tab> = roles(body).iter().map(tab).collect();
    let minutes: i64 = steps.iter().filter_map(|step| step.minutes_standard).sum();
    html! {
        div class="noprint" { (ui::seg(&view.locale.t("blueprints-sop-role"), &tabs)) }
        p class="muted" {
            (view.locale.tx("blueprints-sop-line", &[
                ("name", view.blueprint.name.get(view.locale).into()),
                ("number", view.shown.number.into()),
                ("role", view.name_of(view.role).into()),
                ("count", steps.len().into()),
                ("minutes", format::minutes(view.locale, minutes).into()),
            ]))
        }
        @if steps.is_empty() {
            (ui::empty("workflow", &view.locale.t("blueprints-sop-none"), "", html! {}))
        }
        @for step in steps { (instructions(view, step)) }
    }
}

fn instructions(view: &SopView, step: &Step) -> Markup {
    let body = &view.shown.body;
    let number = body.steps.iter().position(|other| other.key == step.key);
    let phase = body.phases.iter().find(|phase| phase.key == step.phase);
    let locale = view.locale;
    html! {
        section class="sop" {
            h2 {
                span class="muted num" { (number.map_or(0, |index| index + 1)) } " "
                (words(locale, &step.name))
            }
            p class="sm muted" {
                @if let Some(phase) = phase { (words(locale, &phase.name)) " · " }
                (step.lane.label(locale))
                @if let Some(minutes) = step.minutes_standard {
                    " · " (format::minutes(locale, minutes))
                }
                @if *view.role == Role::All { " · " (view.name_of(&Role::of(step))) }
                @if !step.touchpoint.is_empty() { " · " (words(locale, &step.touchpoint)) }
            }
            @if !step.checklist.is_empty() {
                ul class="sop__l" {
                    @for point in &step.checklist { li { (words(locale, point)) } }
                }
            }
            (after(view, step))
            @if let Some(fail_point) = &step.fail_point {
                p {
                    b { (locale.t("blueprints-if-it-fails")) ": " } (words(locale, fail_point))
                    @if let Some(remedy) = &step.remedy { " → " (words(locale, remedy)) }
                }
            }
        }
    }
}

/// What follows where that is not simply the next step.
fn after(view: &SopView, step: &Step) -> Markup {
    let locale = view.locale;
    html! {
        @if !step.links.is_empty() {
            p {
                b { (locale.t("blueprints-links")) ": " }
                (super::compare::ways(locale, &view.shown.body, step))
            }
        }
    }
}
