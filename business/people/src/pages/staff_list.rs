//! Everybody who serves, and everybody who may sign in.

use super::role_of;
use super::rota::{View, views};
use crate::Portraits;
use crate::model::{Skill, Staff, User, UserState};
use fields::Listed;
use kernel::ids::SiteId;
use kernel::{Fault, Locale, SiteScope, format};
use maud::{Markup, html};
use ui::Tone;
use web::{Fields, SiteChoice};

/// A member of staff with today's hours at the chosen site.
pub struct StaffLine {
    /// Who.
    pub staff: Staff,
    /// Today's hours as text; empty when they do not work there today.
    pub today: String,
}

/// What the list shows.
pub struct StaffListView<'a> {
    /// Everybody, by reading.
    pub lines: &'a [StaffLine],
    /// The fields of the business's own, with their values.
    pub own: &'a Listed,
    /// What was asked for, as it was typed.
    pub asked: &'a Fields,
    /// Whether they are of all sites, not of the chosen one alone.
    pub everywhere: bool,
    /// The pictures of those who have one.
    pub portraits: &'a Portraits,
    /// The sites the reader may choose.
    pub sites: &'a [SiteChoice],
    /// Everything staff can do here.
    pub skills: &'a [Skill],
    /// Who may sign in, for those who manage them.
    pub users: Option<&'a [User]>,
    /// Whether the reader may change staff.
    pub may_edit: bool,
    /// What was typed into the form of a new skill, and why it was refused.
    pub refused: Option<(&'a Fields, &'a Fault)>,
}

/// The names of sites, after each other.
pub(super) fn site_names(locale: Locale, sites: &[SiteChoice], ids: &[SiteId]) -> String {
    let name = |id: &SiteId| sites.iter().find(|site| site.id == *id);
    let names = ids
        .iter()
        .filter_map(name)
        .map(|site| site.name.get(locale));
    names
        .collect::<Vec<_>>()
        .join(locale.t("people-comma").as_str())
}

/// The names of skills, after each other.
pub(super) fn skill_names(locale: Locale, skills: &[Skill], codes: &[String]) -> String {
    let name = |code: &String| skills.iter().find(|skill| skill.code == *code);
    let names = codes
        .iter()
        .filter_map(name)
        .map(|skill| skill.name.get(locale));
    names
        .collect::<Vec<_>>()
        .join(locale.t("people-comma").as_str())
}

/// The way to one more member of staff.
pub fn new_staff_button(locale: Locale) -> Markup {
    let label = locale.t("people-new-staff");
    html! { (ui::link_button(label, "/staff/new").icon("user-plus").primary()) }
}

/// The page of everybody.
pub fn staff_list(locale: Locale, view: &StaffListView<'_>) -> Markup {
    ui::stack(html! {
        (ui::toolbar(views(locale, View::People), site_tabs(locale, view)))
        (fields::filter_form(locale, &view.own.fields, view.asked, "/staff"))
        div id="people" class="grow" data-live="staff" { (staff_table(locale, view)) }
        @if let Some(users) = view.users { (users_card(locale, view, users)) }
        (skills_card(locale, view))
    })
}

fn site_tabs(locale: Locale, view: &StaffListView<'_>) -> Markup {
    let tab = |key: &str, href: &str, active| ui::Tab::new(locale.t(key), href, active);
    let tabs = [
        tab("people-this-site", "/staff", !view.everywhere),
        tab("people-all-sites", "/staff?sites=all", view.everywhere),
    ];
    html! { @if view.sites.len() > 1 { (ui::seg(&locale.t("people-sites"), &tabs)) } }
}

fn staff_table(locale: Locale, view: &StaffListView<'_>) -> Markup {
    let t = |key: &str| locale.t(key);
    if view.lines.is_empty() {
        let add = html! { @if view.may_edit { (new_staff_button(locale)) } };
        return ui::empty(
            "users",
            &t("people-no-staff"),
            &t("people-no-staff-text"),
            add,
        );
    }
    let mut heads = vec![
        ui::head(t("people-name")),
        ui::head(t("people-today")),
        ui::head(t("people-sites")).drop(1),
        ui::head(t("people-skills")).drop(1),
        ui::head(t("people-state")).drop(2),
    ];
    heads.extend(fields::heads(locale, view.own));
    let rows: Vec<ui::Row> = view
        .lines
        .iter()
        .map(|line| row(locale, view, line))
        .collect();
    ui::table(&heads, &rows)
}

/// A name as its reader reads it, with the name as given beside a reading.
pub(super) fn name_run(locale: Locale, name: &str, reading: &str) -> Markup {
    let shown = format::name(locale, name, reading);
    html! {
        b { (shown) }
        @if shown != name { " " span class="muted" { (ui::lang_run(Locale::ZhCn, name)) } }
    }
}

/// The mark and the name of a member of staff.
pub(super) fn person_run(locale: Locale, portraits: &Portraits, staff: &Staff) -> Markup {
    html! {
        span class="row" {
            (portraits.mark(locale, staff))
            span { (name_run(locale, &staff.name, &staff.reading)) }
        }
    }
}

fn row(locale: Locale, view: &StaffListView<'_>, line: &StaffLine) -> ui::Row {
    let staff = &line.staff;
    let name = html! {
        (person_run(locale, view.portraits, staff))
    };
    let today = match line.today.as_str() {
        "" => html! { span class="muted" { (locale.t("people-not-today")) } },
        hours => html! { span class="num" { (hours) } },
    };
    let sites = html! { (site_names(locale, view.sites, &staff.sites)) };
    let skills = html! { (skill_names(locale, view.skills, &staff.skills)) };
    let mut cells = vec![
        name,
        today,
        sites,
        skills,
        active_badge(locale, staff.active),
    ];
    cells.extend(fields::list_cells(locale, view.own, &staff.id.to_string()));
    ui::row(cells)
        .href(format!("/staff/{}", staff.id))
        .id(format!("staff-{}", staff.id))
}

/// Whether somebody is here still, in shape, words and colour.
pub(super) fn active_badge(locale: Locale, active: bool) -> Markup {
    match active {
        true => ui::badge(Tone::Ok, "circle-check", &locale.t("people-active")),
        false => ui::badge(Tone::Neutral, "circle-pause", &locale.t("people-inactive")),
    }
}

fn users_card(locale: Locale, view: &StaffListView<'_>, users: &[User]) -> Markup {
    let t = |key: &str| locale.t(key);
    let heads = [
        ui::head(t("people-name")),
        ui::head(t("people-login")).drop(1),
        ui::head(t("people-role")),
        ui::head(t("people-sites")).drop(2),
        ui::head(t("people-state")).drop(1),
    ];
    let rows: Vec<ui::Row> = users
        .iter()
        .map(|user| user_row(locale, view, user))
        .collect();
    let add = ui::link_button(t("people-new-user"), "/users/new")
        .small()
        .icon("plus");
    let file = ui::link_button(t("people-users-file"), "/users?format=xlsx")
        .icon("download")
        .icon_only()
        .small()
        .ghost();
    ui::card(
        &t("people-accounts"),
        html! { (file) (add) },
        ui::table(&heads, &rows),
    )
}

fn user_row(locale: Locale, view: &StaffListView<'_>, user: &User) -> ui::Row {
    let sites = match &user.sites {
        SiteScope::All => locale.t("people-all-sites"),
        SiteScope::Only(only) => site_names(locale, view.sites, only),
    };
    let state = match (user.state, user.has_password) {
        (UserState::Active, false) => {
            ui::badge(Tone::Warn, "key-round", &locale.t("people-no-password"))
        }
        (state, _) => active_badge(locale, state == UserState::Active),
    };
    ui::row(vec![
        name_run(locale, &user.name, &user.reading),
        html! { (user.login) },
        html! { (role_of(locale, user)) },
        html! { (sites) },
        state,
    ])
    .href(format!("/users/{}", user.id))
}

fn skills_card(locale: Locale, view: &StaffListView<'_>) -> Markup {
    let t = |key: &str| locale.t(key);
    let body = html! {
        @if view.skills.is_empty() { p class="muted sm" { (t("people-no-skills")) } }
        @else { p class="row wrap" { @for skill in view.skills {
            span class="badge" data-tone="neutral" title=(skill.code) { (skill.name.get(locale)) }
        } } }
        @if view.may_edit {
            (ui::disclosure(&t("people-new-skill"), view.refused.is_some(),
                ui::stack(skill_form(locale, view))))
        }
    };
    ui::card(&t("people-skills"), html! {}, ui::stack(body))
}

fn skill_form(locale: Locale, view: &StaffListView<'_>) -> Markup {
    let empty = Fields::default();
    let (fields, fault) = view
        .refused
        .map_or((&empty, None), |(fields, fault)| (fields, Some(fault)));
    let typed = super::Typed {
        locale,
        fields,
        fault,
    };
    let field = |name: &str, key: &str| {
        typed.fill(name, ui::text_field(name, locale.t(key)).max_length(40))
    };
    html! {
        form class="form" method="post" action="/skills" data-once {
            div class="form__g" {
                (field("skill_name_zh", "people-skill-name-zh").attr("lang", "zh-CN")
                    .error(typed.error("skill_name")))
                (field("skill_name_en", "people-skill-name-en").attr("lang", "en"))
                (field("skill_code", "people-skill-code").required()
                    .hint(locale.t("people-skill-code-hint")))
            }
            div class="form__f" { (ui::button(locale.t("people-add-skill"))) }
        }
    }
}
