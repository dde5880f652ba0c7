//! Pages of group sessions.

mod forms;
mod list;
mod show;

pub(crate) use forms::{PlanPage, cancellation, change, plan};
pub(crate) use list::{ListPage, list, plan_button};
pub(crate) use show::{ShowPage, actions, show, when};

use capacity::Resource;
use kernel::{
    Bilingual, Fault, Locale, Span, Timestamp, format,
    ids::{ResourceId, ServiceId, StaffId},
};
use maud::{Markup, html};
use offers::Service;
use organisation::Site;
use people::Staff;

/// What pages need to write times and names.
pub(crate) struct View {
    pub(crate) locale: Locale,
    pub(crate) now: Timestamp,
    pub(crate) may_plan: bool,
    pub(crate) may_take: bool,
    pub(crate) may_serve: bool,
    pub(crate) site: Site,
    /// Who serves here.
    pub(crate) staff: Vec<Staff>,
    /// The rooms and equipment here.
    pub(crate) rooms: Vec<Resource>,
    /// What can be booked here.
    pub(crate) services: Vec<Service>,
}

impl View {
    fn t(&self, key: &'static str) -> String {
        self.locale.t(key)
    }

    fn service(&self, id: ServiceId) -> Option<&Service> {
        self.services.iter().find(|service| service.id == id)
    }

    pub(crate) fn service_name(&self, id: ServiceId) -> String {
        let found = self.service(id);
        found.map_or_else(
            || self.t("sessions-service-gone"),
            |service| words(self.locale, &service.name),
        )
    }

    pub(crate) fn who(&self, id: StaffId) -> String {
        let found = self.staff.iter().find(|staff| staff.id == id);
        found.map_or_else(String::new, |staff| staff.shown(self.locale).to_owned())
    }

    pub(crate) fn room(&self, id: Option<ResourceId>) -> String {
        let found = self.rooms.iter().find(|room| Some(room.id) == id);
        found.map_or_else(String::new, |room| words(self.locale, &room.name))
    }

    fn clock(&self, at: Timestamp) -> String {
        format::time(at.to_zoned(self.site.zone.clone()).time())
    }

    fn times(&self, span: Span) -> String {
        format!("{}–{}", self.clock(span.start), self.clock(span.end))
    }

    fn day(&self, at: Timestamp) -> String {
        format::date(self.locale, self.site.date_of(at))
    }
}

fn words(locale: Locale, name: &Bilingual) -> String {
    name.get(locale).to_owned()
}

fn error_of(fault: Option<&Fault>, field: &str, locale: Locale) -> Option<String> {
    fault.and_then(|fault| fault.of_field(field, locale))
}

/// The sentence above a form, where no field of it can say it.
fn fault_above(fault: Option<&Fault>, locale: Locale) -> Markup {
    html! {
        @if let Some(fault) = fault { (ui::form_error(&fault.speak(locale))) }
    }
}

/// `7/10`.
fn fill(locale: Locale, taken: i64, seats: i64) -> Markup {
    let label = locale.tx(
        "sessions-fill",
        &[("taken", taken.into()), ("seats", seats.into())],
    );
    html! { span class="num" title=(label) { (taken) "/" (seats) } }
}
