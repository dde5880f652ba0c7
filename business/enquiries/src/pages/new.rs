//! The form of a new enquiry.

use kernel::{Fault, Locale};
use maud::{Markup, html};
use orders::Kind;
use web::Fields;

use crate::model::Level;

/// The form, with what was typed and what was wrong.
pub(crate) fn new(locale: Locale, typed: &Fields, fault: Option<&Fault>) -> Markup {
    let error = |field: &str| fault.and_then(|fault| fault.of_field(field, locale));
    let kinds =
        [Kind::Enquiry, Kind::Complaint].map(|kind| (kind.as_str().to_owned(), kind.label(locale)));
    let levels = Level::ALL.map(|level| (level.as_str().to_owned(), level.label(locale)));
    let or = |name: &str, standard: &'static str| match typed.typed(name) {
        "" => standard.to_owned(),
        typed => typed.to_owned(),
    };
    ui::plain_card(html! {
        form class="form" method="post" action="/enquiries" data-once {
            @if let Some(fault) = fault.filter(|fault| fault.fields.is_empty()) {
                (ui::form_error(&fault.speak(locale)))
            }
            (ui::radios("kind", &locale.t("enquiries-kind"), &kinds, &or("kind", "enquiry")))
            (ui::text_area("note", locale.t("enquiries-matter"), 4)
                .value(typed.typed("note")).error(error("note")).required()
                .hint(locale.t("enquiries-matter-hint"))
                .max_length(orders::model::NOTE_CHARS_MAX))
            (customers::picker(locale, typed, error("customer")))
            (ui::radios("level", &locale.t("enquiries-level"), &levels, &or("level", "normal")))
            (ui::text_field("about", locale.t("enquiries-about"))
                .value(typed.typed("about")).error(error("about"))
                .hint(locale.t("enquiries-about-hint")).max_length(20).optional(locale))
            (ui::checkbox("by_phone", locale.t("enquiries-by-phone"), typed.flag("by_phone")))
            div class="form__f" {
                (ui::button(locale.t("enquiries-open")).primary().icon("save"))
                (ui::link_button(locale.t("enquiries-back"), "/enquiries").ghost())
            }
        }
    })
}
