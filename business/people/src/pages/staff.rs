//! One member of staff: facts, week, time off, account.

use super::staff_list::{active_badge, name_run, site_names, skill_names};
use super::{Typed, role_name, time};
use crate::model::{Shift, Skill, Staff, TimeOff, User};
use kernel::{Date, Fault, Locale};
use maud::{Markup, html};
use organisation::Site;
use web::{Fields, SiteChoice};

/// What the page of a member of staff shows.
pub struct StaffView<'a> {
    /// Who.
    pub staff: &'a Staff,
    /// The sites the reader may choose.
    pub sites: &'a [SiteChoice],
    /// The site whose calendar counts: the home site.
    pub home: &'a Site,
    /// Everything staff can do here.
    pub skills: &'a [Skill],
    /// The Monday of the week shown.
    pub monday: Date,
    /// Today at the home site.
    pub today: Date,
    /// The shifts of the week.
    pub shifts: &'a [Shift],
    /// Time off from the week on.
    pub off: &'a [TimeOff],
    /// The account they sign in with, for those who manage accounts.
    pub user: Option<&'a User>,
    /// The fields of the business's own.
    pub own: Markup,
    /// Whether the reader may change facts, time and accounts.
    pub may: MayEdit,
    /// The form that was refused: its name, what was typed, and why.
    pub refused: Option<(&'a str, &'a Fields, &'a Fault)>,
}

/// What the reader may change.
#[derive(Clone, Copy)]
pub struct MayEdit {
    /// Name, sites, skills.
    pub facts: bool,
    /// Shifts and time off.
    pub time: bool,
    /// Accounts.
    pub users: bool,
}

impl StaffView<'_> {
    /// What was typed into a form and why it was refused, if this is the one.
    pub(super) fn refused_in(&self, form: &str) -> Option<(&Fields, &Fault)> {
        self.refused
            .filter(|(name, _, _)| *name == form)
            .map(|(_, typed, fault)| (typed, fault))
    }
}

/// What the form of a member of staff shows before anybody typed.
fn staff_typed(staff: &Staff) -> Fields {
    let mut pairs = vec![
        ("name".to_owned(), staff.name.clone()),
        ("reading".to_owned(), staff.reading.clone()),
    ];
    pairs.extend(
        staff
            .sites
            .iter()
            .map(|site| ("sites".to_owned(), site.to_string())),
    );
    pairs.extend(
        staff
            .skills
            .iter()
            .map(|skill| ("skills".to_owned(), skill.clone())),
    );
    Fields::from_pairs(pairs)
}

fn staff_fields(typed: &Typed<'_>, sites: &[SiteChoice], skills: &[Skill]) -> Markup {
    let locale = typed.locale;
    let t = |key: &str| locale.t(key);
    let sites: Vec<(String, String)> = sites
        .iter()
        .map(|site| (site.id.to_string(), site.name.get(locale).to_owned()))
        .collect();
    let skills: Vec<(String, String)> = skills
        .iter()
        .map(|skill| (skill.code.clone(), skill.name.get(locale).to_owned()))
        .collect();
    let chosen = |name: &str| typed.fields.list(name);
    html! {
        (typed.fill("name", ui::text_field("name", t("people-name"))).required().max_length(80))
        (typed.fill("reading", ui::text_field("reading", t("people-reading"))).max_length(80)
            .optional(locale).hint(t("people-reading-hint")))
        div class="field--w" {
            (ui::choices("sites", &t("people-sites"), &sites, &chosen("sites"),
                typed.error("sites").as_deref()))
        }
        @if !skills.is_empty() {
            div class="field--w" {
                (ui::choices("skills", &t("people-skills"), &skills, &chosen("skills"),
                    typed.error("skills").as_deref()))
            }
        }
    }
}

/// The form of somebody who is not there yet.
pub fn new_staff(
    locale: Locale,
    (sites, skills): (&[SiteChoice], &[Skill]),
    (fields, fault): (&Fields, Option<&Fault>),
    own: &Markup,
) -> Markup {
    let typed = Typed {
        locale,
        fields,
        fault,
    };
    ui::plain_card(html! {
        (typed.general())
        form class="form" method="post" action="/staff" data-once {
            div class="form__g" { (staff_fields(&typed, sites, skills)) (own) }
            div class="form__f" {
                (ui::button(locale.t("people-take-on")).primary())
                (ui::link_button(locale.t("people-cancel"), "/staff").ghost())
            }
        }
    })
}

/// The page of one member of staff.
pub fn staff_page(locale: Locale, view: &StaffView<'_>) -> Markup {
    html! {
        div class="split" {
            (ui::stack(html! { (time::week_card(locale, view)) (facts_card(locale, view)) }))
            aside aria-label=(locale.t("people-beside")) { (ui::stack(html! {
                (time::off_card(locale, view))
                (view.own)
                @if view.may.users { (user_card(locale, view)) }
                @if view.may.facts { (state_card(locale, view)) }
            })) }
        }
    }
}

fn facts_card(locale: Locale, view: &StaffView<'_>) -> Markup {
    let badge = active_badge(locale, view.staff.active);
    let title = locale.t("people-facts");
    if !view.may.facts {
        let name = html! { p { (name_run(locale, &view.staff.name, &view.staff.reading)) } };
        return ui::card(&title, badge, ui::stack(name));
    }
    let saved = staff_typed(view.staff);
    let refused = view.refused_in("facts");
    let (fields, fault) = refused.map_or((&saved, None), |(fields, fault)| (fields, Some(fault)));
    let typed = Typed {
        locale,
        fields,
        fault,
    };
    let form = html! {
        (typed.conflict(&facts_now(locale, view)))
        form class="form" method="post" action={ "/staff/" (view.staff.id) } data-once {
            (ui::hidden("version", view.staff.version))
            div class="form__g" { (staff_fields(&typed, view.sites, view.skills)) }
            div class="form__f" { (ui::button(locale.t("people-save"))) }
        }
    };
    ui::card(&title, badge, ui::stack(form))
}

fn facts_now(locale: Locale, view: &StaffView<'_>) -> Vec<(String, String)> {
    let (t, staff) = (|key: &str| locale.t(key), view.staff);
    vec![
        (t("people-name"), staff.name.clone()),
        (t("people-reading"), staff.reading.clone()),
        (
            t("people-sites"),
            site_names(locale, view.sites, &staff.sites),
        ),
        (
            t("people-skills"),
            skill_names(locale, view.skills, &staff.skills),
        ),
    ]
}

fn user_card(locale: Locale, view: &StaffView<'_>) -> Markup {
    let t = |key: &str| locale.t(key);
    let path = format!("/users/new?staff={}", view.staff.id);
    let new_user = ui::link_button(t("people-new-user"), path);
    let body = match view.user {
        Some(user) => html! {
            (ui::kv(&[
                (t("people-login"), html! {
                    a class="link" href={ "/users/" (user.id) } { (user.login) }
                }),
                (t("people-role"), html! { (role_name(locale, user.role)) }),
            ]))
        },
        None => html! {
            p class="muted sm" { (t("people-no-account")) }
            div class="row" { (new_user.small()) }
        },
    };
    ui::card(&t("people-account"), html! {}, ui::stack(body))
}

fn state_card(locale: Locale, view: &StaffView<'_>) -> Markup {
    let (key, path, text) = match view.staff.active {
        true => ("people-let-go", "departure", "people-let-go-text"),
        false => ("people-take-back", "return", "people-take-back-text"),
    };
    let button = ui::post_button(locale.t(key), format!("/staff/{}/{path}", view.staff.id));
    ui::plain_card(ui::stack(html! {
        p class="muted sm" { (locale.t(text)) }
        div class="row" {
            @if view.staff.active { (button.small().danger()) } @else { (button.small()) }
        }
    }))
}
