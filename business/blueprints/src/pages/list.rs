//! The list of blueprints, and the form of a new one.

use kernel::{Fault, Locale, format};
use maud::{Markup, html};
use web::Fields;

use super::words;
use crate::{
    model::{Blueprint, Body},
    paths,
};

/// One blueprint on the list.
pub struct CardView {
    /// The blueprint.
    pub blueprint: Blueprint,
    /// What it holds now.
    pub body: Body,
    /// When it was last saved, in words.
    pub saved: String,
}

/// The buttons of the top bar, for those who edit.
pub fn list_actions(locale: Locale) -> Markup {
    let import = ui::link_button(locale.t("blueprints-bpmn-import"), paths::IMPORT);
    let new = ui::link_button(locale.t("blueprints-new"), paths::NEW);
    html! { (import.icon("upload")) (new.primary().icon("plus")) }
}

/// The page below the top bar.
pub fn list(locale: Locale, cards: &[CardView], archived: bool, can_edit: bool) -> Markup {
    let other = match archived {
        true => paths::BLUEPRINTS.to_owned(),
        false => format!("{}?archived=1", paths::BLUEPRINTS),
    };
    html! {
        (ui::toolbar(
            html! { (ui::chip(&locale.t("blueprints-archived"), &other, archived)) },
            html! {},
        ))
        @if cards.is_empty() { (nothing(locale, archived, can_edit)) }
        @else { ul class="bpcards" { @for card in cards { (item(locale, card)) } } }
    }
}

fn nothing(locale: Locale, archived: bool, can_edit: bool) -> Markup {
    let action = html! {
        @if can_edit && !archived {
            (ui::link_button(locale.t("blueprints-new"), paths::NEW).primary().icon("plus"))
        }
    };
    let (title, text) = match archived {
        true => (locale.t("blueprints-none-archived"), String::new()),
        false => (
            locale.t("blueprints-none"),
            locale.t("blueprints-none-text"),
        ),
    };
    ui::empty("workflow", &title, &text, action)
}

fn item(locale: Locale, card: &CardView) -> Markup {
    let blueprint = &card.blueprint;
    let number = |number: i64| [("number", number.into())];
    html! {
        li {
            a class="bpcard" href=(paths::blueprint(blueprint.id)) {
                span class="row between wrap" {
                    b { (words(locale, &blueprint.name)) }
                    span class="row" {
                        @if let Some(published) = blueprint.published {
                            (ui::badge(ui::Tone::Ok, "circle-check",
                                &locale.tx("blueprints-badge-published", &number(published))))
                        }
                        @if let Some(draft) = blueprint.draft {
                            (ui::badge(ui::Tone::Info, "pencil",
                                &locale.tx("blueprints-badge-draft", &number(draft))))
                        }
                    }
                }
                span class="sm muted" {
                    (locale.tx("blueprints-card-facts", &[
                        ("steps", card.body.steps.len().into()),
                        ("minutes", format::minutes(locale, card.body.minutes()).into()),
                        ("saved", (&card.saved).into()),
                    ]))
                }
                (phases(locale, &card.body))
            }
        }
    }
}

/// The phases in a row, each as wide as its standard minutes.
fn phases(locale: Locale, body: &Body) -> Markup {
    // Short phases keep enough room for their names.
    let least = (body.minutes() / 7).max(1);
    html! {
        span class="bpstrip" {
            @for phase in &body.phases {
                span style={ "--m:" (body.phase_minutes(&phase.key).unwrap_or(0).max(least)) } {
                    (words(locale, &phase.name))
                }
            }
        }
    }
}

/// What the form of a new blueprint shows.
pub struct NewView<'a> {
    /// The reader's language.
    pub locale: Locale,
    /// What stands in the fields.
    pub fields: &'a Fields,
    /// What was wrong with them.
    pub fault: Option<&'a Fault>,
    /// Blueprints it can begin as a copy of: id and name.
    pub others: &'a [(String, String)],
}

/// The form of a new blueprint.
pub fn new_form(view: &NewView) -> Markup {
    let locale = view.locale;
    let field = |name: &str, key: &str| {
        let error = view.fault.and_then(|fault| fault.of_field(name, locale));
        ui::text_field(name, locale.t(key))
            .value(view.fields.typed(name))
            .error(error)
            .max_length(60)
    };
    let starter = std::iter::once((String::new(), locale.t("blueprints-from-starter")));
    let sources = starter.chain(view.others.iter().cloned());
    let body = html! {
        form class="form stack" method="post" action=(paths::BLUEPRINTS) data-once {
            @if let Some(fault) = view.fault.filter(|fault| fault.fields.is_empty()) {
                (ui::form_error(&fault.speak(locale)))
            }
            div class="form__g" {
                (field("name_zh", "blueprints-name-zh").attr("lang", "zh-CN").autofocus())
                (field("name_en", "blueprints-name-en").attr("lang", "en"))
                (ui::select_field("from", locale.t("blueprints-from"), sources)
                    .value(view.fields.typed("from")).hint(locale.t("blueprints-from-hint")))
            }
            div class="form__f" {
                (ui::button(locale.t("blueprints-create")).primary())
                (ui::link_button(locale.t("blueprints-cancel"), paths::BLUEPRINTS).ghost())
            }
        }
    };
    ui::plain_card(body)
}
