//! One service: to read, to fill in, to correct.

use kernel::{Fault, Locale};
use maud::{Markup, html};
use web::Fields;

use crate::{
    model::{
        CHANNELS, Family, Kind, RESOURCE_KINDS, Service, State, channel_name, resource_kind_name,
    },
    paths,
};

/// What can be chosen: (value, words) pairs.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Sites of the organisation.
    pub sites: Vec<(String, String)>,
    /// Skills of the organisation.
    pub skills: Vec<(String, String)>,
    /// Blueprints in use.
    pub blueprints: Vec<(String, String)>,
    /// Other services.
    pub add_ons: Vec<(String, String)>,
    /// Codes of currencies, the usual one first.
    pub currencies: Vec<String>,
    /// Inputs of the business's own fields, for a new service.
    pub own: Markup,
}

/// What the form shows.
pub struct FormView<'a> {
    /// The reader's language.
    pub locale: Locale,
    /// The service as it is saved; `None` for a new one.
    pub saved: Option<&'a Service>,
    /// What stands in the fields.
    pub fields: &'a Fields,
    /// What was wrong with them.
    pub fault: Option<&'a Fault>,
    /// What can be chosen.
    pub options: &'a Options,
    /// Whether the reader may change it.
    pub can_edit: bool,
    /// Its photos.
    pub shelf: Option<&'a Markup>,
}

impl FormView<'_> {
    fn t(&self, key: &str) -> String {
        self.locale.t(key)
    }

    fn error(&self, field: &str) -> Option<String> {
        self.fault
            .and_then(|fault| fault.of_field(field, self.locale))
    }

    /// Fills a field with what was typed and what is wrong with it.
    fn fill(&self, name: &str, field: ui::Field) -> ui::Field {
        let field = field.value(self.fields.typed(name)).error(self.error(name));
        if self.can_edit {
            field
        } else {
            field.attr("disabled", "")
        }
    }

    fn text(&self, name: &str, label_key: &str, max: usize) -> ui::Field {
        self.fill(
            name,
            ui::text_field(name, self.t(label_key)).max_length(max),
        )
    }

    fn minutes(&self, name: &str, label_key: &str, max: i64) -> ui::Field {
        let field = ui::number_field(name, self.t(label_key)).range(0, max);
        self.fill(name, field.suffix(self.t("offers-unit-minutes")))
    }

    fn many(&self, name: &str, label_key: &str, options: &[(String, String)]) -> Markup {
        let chosen = self.fields.list(name);
        let error = self.error(name);
        ui::choices(name, &self.t(label_key), options, &chosen, error.as_deref())
    }
}

/// The page below the top bar.
pub fn form(view: &FormView) -> Markup {
    let action = match view.saved {
        Some(service) => paths::service(service.id),
        None => paths::SERVICES.to_owned(),
    };
    html! {
        div class="split" {
            form class="stack" method="post" action=(action) data-once {
                (faults(view))
                @if let Some(service) = view.saved { (ui::hidden("version", service.version)) }
                (ui::card(&view.t("offers-part-names"), html! {}, names(view)))
                (ui::card(&view.t("offers-part-time"), html! {}, time_and_price(view)))
                (ui::card(&view.t("offers-part-needs"), html! {}, needs(view)))
                (ui::card(&view.t("offers-part-where"), html! {}, places(view)))
                (ui::card(&view.t("offers-part-promise"), html! {}, targets(view)))
                @if !view.options.own.0.is_empty() {
                    (ui::card(&view.t("offers-part-own"), html! {}, html! {
                        div class="form__g" { (view.options.own) }
                    }))
                }
                @if view.can_edit {
                    div class="form__f" {
                        (ui::button(view.t("offers-save")).primary())
                        (ui::link_button(view.t("offers-cancel"), paths::SERVICES).ghost())
                    }
                }
            }
            aside aria-label=(view.t("offers-beside")) { (beside(view)) }
        }
    }
}

fn faults(view: &FormView) -> Markup {
    let Some(fault) = view.fault else {
        return html! {};
    };
    let sentences: Vec<(String, String)> = fault
        .fields
        .iter()
        .map(|field| (field.field.clone(), field.text.speak(view.locale)))
        .collect();
    html! {
        @if sentences.is_empty() { (ui::form_error(&fault.speak(view.locale))) }
        @else { (ui::errors(view.locale, &sentences)) }
    }
}

fn names(view: &FormView) -> Markup {
    let family = Family::ALL
        .iter()
        .map(|family| (family.as_str(), family.label(view.locale)));
    let kind = Kind::ALL
        .iter()
        .map(|kind| (kind.as_str(), kind.label(view.locale)));
    html! {
        div class="form__g" {
            (view.text("name_zh", "offers-name-zh", 80).attr("lang", "zh-CN"))
            (view.text("name_en", "offers-name-en", 80).attr("lang", "en"))
            (view.fill("text_zh", ui::text_area("text_zh", view.t("offers-text-zh"), 3))
                .max_length(1000).attr("lang", "zh-CN"))
            (view.fill("text_en", ui::text_area("text_en", view.t("offers-text-en"), 3))
                .max_length(1000).attr("lang", "en"))
            (view.fill("family", ui::select_field("family", view.t("offers-family"), family)))
            (view.fill("kind", ui::select_field("kind", view.t("offers-kind"), kind)))
            (view.text("code", "offers-code", 24).hint(view.t("offers-code-hint")))
            (view.text("external_id", "offers-external-id", 80).optional(view.locale))
        }
    }
}

fn time_and_price(view: &FormView) -> Markup {
    let currencies = view
        .options
        .currencies
        .iter()
        .map(|code| (code.clone(), code.clone()));
    let currency = ui::select_field("currency", view.t("offers-currency"), currencies);
    let tax = ui::text_field("tax", view.t("offers-tax"))
        .attr("inputmode", "decimal")
        .suffix("%");
    let price = ui::money_field("price", view.t("offers-price-with-tax"), "");
    html! {
        div class="form__g" {
            (view.minutes("minutes", "offers-minutes", 1440).attr("step", "5")
                .hint(view.t("offers-minutes-hint")))
            (view.minutes("buffer_before", "offers-buffer-before", 240).attr("step", "5"))
            (view.minutes("buffer_after", "offers-buffer-after", 240).attr("step", "5")
                .hint(view.t("offers-buffer-hint")))
            (view.fill("price", price).max_length(16))
            (view.fill("currency", currency))
            (view.fill("tax", tax).max_length(5))
        }
    }
}

fn needs(view: &FormView) -> Markup {
    let resources: Vec<(String, String)> = RESOURCE_KINDS
        .iter()
        .map(|kind| ((*kind).to_owned(), resource_kind_name(view.locale, kind)))
        .collect();
    let none = std::iter::once((String::new(), view.t("offers-no-blueprint")));
    let blueprints = none.chain(view.options.blueprints.iter().cloned());
    html! {
        div class="stack" {
            @if view.options.skills.is_empty() {
                p class="hint" { (view.t("offers-no-skills")) }
            } @else { (view.many("skills", "offers-skills-needed", &view.options.skills)) }
            (view.many("resources", "offers-resources-needed", &resources))
            (view.fill(
                "blueprint",
                ui::select_field("blueprint", view.t("offers-blueprint"), blueprints),
            ).hint(view.t("offers-blueprint-hint")))
        }
    }
}

fn places(view: &FormView) -> Markup {
    let channels: Vec<(String, String)> = CHANNELS
        .iter()
        .map(|channel| {
            (
                channel.as_str().to_owned(),
                channel_name(view.locale, *channel),
            )
        })
        .collect();
    html! {
        div class="stack" {
            (view.many("channels", "offers-channels-offered", &channels))
            (view.many("sites", "offers-sites-offered", &view.options.sites))
            p class="hint" { (view.t("offers-sites-hint")) }
            @if !view.options.add_ons.is_empty() {
                (ui::disclosure(
                    &view.t("offers-add-ons"),
                    !view.fields.list("add_ons").is_empty(),
                    view.many("add_ons", "offers-add-ons-offered", &view.options.add_ons),
                ))
            }
        }
    }
}

fn targets(view: &FormView) -> Markup {
    html! {
        p class="hint" { (view.t("offers-promise-hint")) }
        div class="form__g" {
            (view.minutes("wait_target", "offers-wait-target", 43_200).optional(view.locale))
            (view.minutes("response_target", "offers-response-target", 43_200)
                .optional(view.locale))
            (view.minutes("completion_target", "offers-completion-target", 43_200)
                .optional(view.locale))
        }
    }
}

fn beside(view: &FormView) -> Markup {
    let Some(service) = view.saved else {
        return ui::note(ui::Tone::Info, html! { (view.t("offers-photo-later")) });
    };
    html! {
        @if let Some(shelf) = view.shelf { (shelf) }
        @if let Some(blueprint) = service.blueprint {
            (ui::link_button(view.t("offers-open-blueprint"), format!("/blueprints/{blueprint}"))
                .icon("workflow").wide())
        }
        @if view.can_edit { (state_button(view, service)) }
    }
}

fn state_button(view: &FormView, service: &Service) -> Markup {
    let (key, name, state) = match service.state {
        State::Active => ("offers-archive", "trash-2", State::Archived),
        State::Archived => ("offers-restore", "rotate-ccw", State::Active),
    };
    html! {
        (ui::post_button(view.t(key), paths::state(service.id))
            .hidden("version", service.version).hidden("state", state.as_str()).icon(name).wide())
    }
}
