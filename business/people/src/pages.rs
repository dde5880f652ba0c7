//! What is seen of people.

mod access;
mod decisions;
mod door;
mod factors;
mod plan;
mod requests;
mod roles;
mod rota;
mod settings;
mod staff;
mod staff_list;
mod step;
mod time;
mod turn;
mod users;
mod welcome;

pub use access::{RulesView, rules_page, sign_ins_page};
pub use decisions::{DecideView, requests};
pub use door::{login, set_password};
pub use factors::{CodeView, code_page};
pub(crate) use factors::{outcome_name, way_name};
pub use plan::{LeftView, ShiftView, left_page, shift_page};
pub use requests::{AskView, OwnView, ask_page, own_requests, shift_words};
pub(crate) use requests::{sentence as request_sentence, state_name as request_state};
pub use roles::{RoleView, access_sections, new_role_button, role_page, roles_page};
pub use rota::{RotaView, rota};
pub(crate) use settings::browser_name;
pub use settings::{SettingsView, settings};
pub use staff::{MayEdit, StaffView, new_staff, staff_page};
pub use staff_list::{StaffLine, StaffListView, new_staff_button, staff_list};
pub use step::{SetupView, code, escaped, recovery, setup};
pub(crate) use time::clock_range;
pub use turn::{TurnView, turn};
pub use users::{Places, UserView, new_user, user_page};
pub use welcome::{WelcomeView, welcome, welcome_typed};

use crate::model::User;
use kernel::{Fault, FaultKind, Locale, Role};
use maud::{Markup, html};
use ui::Field;
use web::Fields;

/// A form's fields: what was typed and what is wrong, by name.
pub(crate) struct Typed<'a> {
    pub locale: Locale,
    pub fields: &'a Fields,
    pub fault: Option<&'a Fault>,
}

impl Typed<'_> {
    /// Fills a field with what was typed and what is wrong with it.
    pub fn fill(&self, name: &str, field: Field) -> Field {
        field.value(self.fields.typed(name)).error(self.error(name))
    }

    /// What is wrong with a field.
    pub fn error(&self, name: &str) -> Option<String> {
        self.fault
            .and_then(|fault| fault.of_field(name, self.locale))
    }

    /// A refusal that belongs to no field shown in the form.
    pub fn general(&self) -> Markup {
        match self.fault.filter(|fault| fault.fields.is_empty()) {
            Some(fault) => ui::note(ui::Tone::Warn, html! { p { (fault.speak(self.locale)) } }),
            None => html! {},
        }
    }

    /// Told to the second of two editors: the refusal, and what it is now as label and value.
    pub fn conflict(&self, now: &[(String, String)]) -> Markup {
        let Some(fault) = self.fault.filter(|fault| fault.kind == FaultKind::Conflict) else {
            return self.general();
        };
        ui::note(
            ui::Tone::Warn,
            html! {
                p { (fault.speak(self.locale)) }
                p { (self.locale.t("people-is-now")) }
                (ui::kv(&now.iter().map(|(label, value)| (label.clone(), html! { (value) }))
                    .collect::<Vec<_>>()))
                p { (self.locale.t("people-save-anyway")) }
            },
        )
    }
}

/// What a role is called.
pub(crate) fn role_name(locale: Locale, role: Role) -> String {
    match role {
        Role::Owner => locale.t("people-role-owner"),
        Role::Manager => locale.t("people-role-manager"),
        Role::Desk => locale.t("people-role-desk"),
        Role::Staff => locale.t("people-role-staff"),
        Role::Support => locale.t("people-role-support"),
        Role::ReadOnly | Role::Guest => locale.t("people-role-read-only"),
    }
}

/// What somebody is called to be: their role of the business's own, or the built-in one.
pub(crate) fn role_of(locale: Locale, user: &User) -> String {
    match &user.own_role {
        Some(role) => role.name.get(locale).to_owned(),
        None => role_name(locale, user.role),
    }
}

/// A secret to copy, in a field that scrolls where it does not fit.
pub(crate) fn shown_once(name: &str, label: String, secret: &str) -> Field {
    ui::text_field(name, label)
        .value(secret)
        .attr("readonly", "")
        .autocomplete("off")
}
