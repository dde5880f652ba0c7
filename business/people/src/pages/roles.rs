//! Roles of the business's own: the list, and what one is made of.

use super::{Typed, role_name};
use crate::model::{BASES, OwnRole, chosen_names};
use crate::{EDIT_ACCESS, MANAGE_ROLES, VIEW_AUDIT};
use kernel::ids::RoleId;
use kernel::{Fault, Locale, Permission, Role};
use maud::{Markup, html};
use std::collections::BTreeMap;
use web::{Fields, Me};

/// The parts of the way in, as tabs: those that the reader may open.
pub fn access_sections(me: &Me, active: &str) -> Markup {
    let locale = me.look.locale;
    let parts = [
        ("people-access-rules", "/access", EDIT_ACCESS),
        ("people-access-roles", "/access/roles", MANAGE_ROLES),
        ("people-access-sign-ins", "/access/sign-ins", EDIT_ACCESS),
        ("people-access-audit", "/audit", VIEW_AUDIT),
    ];
    let may = parts
        .into_iter()
        .filter(|(_, _, needed)| me.ctx.may(*needed));
    let tabs: Vec<ui::Tab> = may
        .map(|(key, path, _)| ui::Tab::new(locale.t(key), path, path == active))
        .collect();
    ui::tabs(&locale.t("people-access"), &tabs)
}

/// The way to one more role.
pub fn new_role_button(locale: Locale) -> Markup {
    let label = locale.t("people-new-role");
    html! { (ui::link_button(label, "/access/roles/new?copy=desk").icon("plus").primary()) }
}

/// Every role: those of the business's own, and the built-in ones to copy.
pub fn roles_page(me: &Me, own: &[(OwnRole, i64)]) -> Markup {
    let locale = me.look.locale;
    let t = |key: &str| locale.t(key);
    let heads = [
        ui::head(t("people-role")),
        ui::head(t("people-role-base")).drop(1),
        ui::head(t("people-role-may")).number(),
        ui::head(t("people-role-holders")).number(),
        ui::head(t("people-action")),
    ];
    let rows: Vec<ui::Row> = own
        .iter()
        .map(|(role, holders)| own_row(locale, role, *holders))
        .collect();
    html! {
        (access_sections(me, "/access/roles"))
        div class="mt" { (ui::stack(html! {
            @if rows.is_empty() {
                (ui::empty("shield", &t("people-no-roles"), &t("people-no-roles-text"), html! {}))
            } @else { (ui::card(&t("people-own-roles"), html! {}, ui::table(&heads, &rows))) }
            (ui::card(&t("people-built-in-roles"), html! {}, built_in_table(locale)))
        })) }
    }
}

fn own_row(locale: Locale, role: &OwnRole, holders: i64) -> ui::Row {
    let path = format!("/access/roles/{}", role.id);
    let copy = ui::link_button(
        locale.t("people-role-copy"),
        format!("/access/roles/new?copy={}", role.id),
    );
    let remove = ui::post_button(locale.t("people-remove"), format!("{path}/removal"));
    ui::row(vec![
        html! { b lang=(role.name.lang_of(locale).tag()) { (role.name.get(locale)) } },
        html! { (role_name(locale, role.base)) },
        html! { (chosen_names(&role.grants).len()) },
        html! { (holders) },
        html! { span class="row" {
            (copy.small().ghost())
            @if holders == 0 { (remove.small().danger()) }
        } },
    ])
    .href(path)
    .id(format!("role-{}", role.id))
}

fn built_in_table(locale: Locale) -> Markup {
    let heads = [
        ui::head(locale.t("people-role")),
        ui::head(locale.t("people-role-meaning")).drop(1),
        ui::head(locale.t("people-action")),
    ];
    let row = |role: Role| {
        let path = format!("/access/roles/new?copy={}", role.as_str());
        let copy = ui::link_button(locale.t("people-role-copy"), path)
            .small()
            .ghost();
        let meaning = locale.tx("people-role-text", &[("role", role.as_str().into())]);
        let may_copy = BASES.contains(&role);
        ui::row(vec![
            html! { b { (role_name(locale, role)) } },
            html! { span class="muted sm" { (meaning) } },
            html! { @if may_copy { (copy) } },
        ])
    };
    ui::table(&heads, &Role::USERS.map(row))
}

/// One role's form.
pub struct RoleView<'a> {
    /// Which, when it is there already.
    pub id: Option<RoleId>,
    /// What stands in the form.
    pub typed: &'a Fields,
    /// Why it was refused.
    pub fault: Option<&'a Fault>,
    /// What the reader may give.
    pub to_give: Vec<Permission>,
}

/// The form of a role.
pub fn role_page(locale: Locale, view: &RoleView<'_>) -> Markup {
    let t = |key: &str| locale.t(key);
    let typed = Typed {
        locale,
        fields: view.typed,
        fault: view.fault,
    };
    let action = match view.id {
        Some(id) => format!("/access/roles/{id}"),
        None => "/access/roles".to_owned(),
    };
    let bases = BASES.map(|role| (role.as_str(), role_name(locale, role)));
    let name = |field: &str, key: &str, tag: &str| {
        let name = ui::text_field(field, t(key)).max_length(40);
        typed.fill(field, name).attr("lang", tag)
    };
    ui::plain_card(html! {
        (typed.general())
        form class="form" method="post" action=(action) data-once {
            @if view.id.is_some() { (ui::hidden("version", view.typed.typed("version"))) }
            div class="form__g" {
                (name("name_zh", "people-skill-name-zh", "zh-CN"))
                (name("name_en", "people-skill-name-en", "en"))
                (typed.fill("base", ui::select_field("base", t("people-role-base"), bases))
                    .hint(t("people-role-base-hint")))
            }
            @if let Some(error) = typed.error("permissions") { (ui::form_error(&error)) }
            (permission_choices(locale, view))
            div class="form__f" {
                (ui::button(t("people-save")).primary())
                (ui::link_button(t("people-cancel"), "/access/roles").ghost())
            }
        }
    })
}

/// What a permission allows, in words.
pub(crate) fn permission_words(locale: Locale, name: &str) -> String {
    locale.tx(
        "people-may",
        &[("permission", name.replace('.', "-").into())],
    )
}

/// Tick boxes by noun, each with what it allows; ticked ones that the reader may not give stay
/// seen, so that saving says what is beyond them.
fn permission_choices(locale: Locale, view: &RoleView<'_>) -> Markup {
    let chosen = view.typed.list("permissions");
    let offered = view
        .to_give
        .iter()
        .map(|permission| permission.name.to_owned());
    let mut names: Vec<String> = offered.chain(chosen.iter().cloned()).collect();
    names.sort_unstable();
    names.dedup();
    let mut nouns: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for name in names {
        let noun = name.split('.').next().unwrap_or_default().to_owned();
        let words = permission_words(locale, &name);
        nouns.entry(noun).or_default().push((name, words));
    }
    html! {
        @for (noun, options) in &nouns {
            @let label = locale.tx("people-may-noun", &[("noun", noun.as_str().into())]);
            (ui::choices("permissions", &label, options, &chosen, None))
        }
    }
}
