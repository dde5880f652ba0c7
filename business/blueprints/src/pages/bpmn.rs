//! The form of a blueprint from a BPMN file, and what was not kept of the file.

use kernel::{Fault, Locale, Text};
use maud::{Markup, html};
use web::Fields;

use crate::{model::Blueprint, paths};

/// The most sentences shown about one file.
const SHOWN_MAX: usize = 200;

/// What the form shows.
pub struct ImportView<'a> {
    /// The reader's language.
    pub locale: Locale,
    /// What stands in the fields.
    pub fields: &'a Fields,
    /// What was wrong with them, or with the file.
    pub fault: Option<&'a Fault>,
}

/// The form: a file, and a name where the file's own is not wanted.
pub fn import_form(view: &ImportView) -> Markup {
    let locale = view.locale;
    let error = |name: &str| view.fault.and_then(|fault| fault.of_field(name, locale));
    let name = |name: &str, key: &str| {
        ui::text_field(name, locale.t(key))
            .value(view.fields.typed(name))
            .error(error(name))
            .max_length(60)
    };
    ui::plain_card(html! {
        form class="form stack" method="post" action=(paths::IMPORT)
            enctype="multipart/form-data" data-once {
            @if let Some(fault) = view.fault.filter(|fault| fault.fields.is_empty()) {
                (ui::form_error(&fault.speak(locale)))
            }
            div class="form__g" {
                (ui::file_field("file", locale.t("blueprints-bpmn-file"), ".bpmn,.xml")
                    .hint(locale.t("blueprints-bpmn-file-hint")).error(error("file")))
                (name("name_zh", "blueprints-name-zh").attr("lang", "zh-CN"))
                (name("name_en", "blueprints-name-en").attr("lang", "en")
                    .hint(locale.t("blueprints-bpmn-name-hint")))
            }
            div class="form__f" {
                (ui::button(locale.t("blueprints-bpmn-import")).primary().icon("upload"))
                (ui::link_button(locale.t("blueprints-cancel"), paths::BLUEPRINTS).ghost())
            }
        }
    })
}

/// What was not kept of a file, and the way to the blueprint.
pub fn imported(locale: Locale, blueprint: &Blueprint, left_out: &[Text]) -> Markup {
    let more = left_out.len().saturating_sub(SHOWN_MAX);
    let open = ui::link_button(
        locale.t("blueprints-bpmn-open"),
        paths::blueprint(blueprint.id),
    );
    ui::plain_card(html! {
        div class="stack" {
            (ui::note(ui::Tone::Warn, html! {
                (locale.tx("blueprints-bpmn-left-out", &[("count", left_out.len().into())]))
            }))
            ul class="stack sm" {
                @for text in left_out.iter().take(SHOWN_MAX) { li { (text.speak(locale)) } }
                @if more > 0 {
                    li { (locale.tx("blueprints-bpmn-more", &[("count", more.into())])) }
                }
            }
            div class="row" { (open.primary().icon("workflow")) }
        }
    })
}

/// The drawing of a file in the notation of BPMN; the script fetches it.
pub fn diagram(locale: Locale, file: &str) -> Markup {
    html! {
        div class="bpmnv" data-island="bpmn" data-file=(file) role="group"
            aria-label=(locale.t("blueprints-diagram"))
            data-failed=(locale.t("blueprints-diagram-failed")) {
            p class="muted" data-waiting { (locale.t("blueprints-diagram-loading")) }
        }
        (ui::link_button(locale.t("blueprints-bpmn-export"), file)
            .icon("download").attr("download", "").small())
    }
}
