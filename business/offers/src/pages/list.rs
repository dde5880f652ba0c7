//! The list of services, family by family.

use kernel::{Locale, format};
use maud::{Markup, html};

use crate::{
    model::{Family, Kind, Service, channel_name},
    paths,
};

/// What the list shows.
pub struct ListView<'a> {
    /// The reader's language.
    pub locale: Locale,
    /// The services, by family.
    pub services: &'a [Service],
    /// The family chosen.
    pub family: Option<Family>,
    /// Services or goods alone.
    pub kind: Option<Kind>,
    /// The words searched for.
    pub text: &'a str,
    /// The archived ones.
    pub archived: bool,
    /// A blueprint whose services are shown, by its id.
    pub blueprint: Option<String>,
    /// Whether the reader may create services.
    pub can_edit: bool,
    /// Names of skills by code.
    pub skills: &'a [(String, String)],
}

impl ListView<'_> {
    fn href(&self, family: Option<Family>, kind: Option<Kind>, archived: bool) -> String {
        let mut pairs = Vec::new();
        if let Some(family) = family {
            pairs.push(format!("family={}", family.as_str()));
        }
        if let Some(kind) = kind {
            pairs.push(format!("kind={}", kind.as_str()));
        }
        if archived {
            pairs.push("archived=1".to_owned());
        }
        if let Some(blueprint) = &self.blueprint {
            pairs.push(format!("blueprint={blueprint}"));
        }
        match pairs.as_slice() {
            [] => paths::SERVICES.to_owned(),
            pairs => format!("{}?{}", paths::SERVICES, pairs.join("&")),
        }
    }

    fn is_filtered(&self) -> bool {
        let chosen = self.family.is_some() || self.kind.is_some() || self.blueprint.is_some();
        chosen || self.archived || !self.text.is_empty()
    }
}

/// The page below the top bar.
pub fn list(view: &ListView) -> Markup {
    html! {
        (filters(view))
        @if view.services.is_empty() { (nothing(view)) } @else {
            @for family in Family::ALL {
                @let of_family: Vec<&Service> =
                    view.services.iter().filter(|service| service.family == *family).collect();
                @if !of_family.is_empty() { (family_section(view, *family, &of_family)) }
            }
        }
    }
}

fn filters(view: &ListView) -> Markup {
    let locale = view.locale;
    let start = html! {
        (ui::chip(
            &locale.t("offers-all"),
            &view.href(None, None, view.archived),
            view.family.is_none() && view.kind.is_none(),
        ))
        @for family in Family::ALL {
            @let on = view.family == Some(*family);
            (ui::chip(
                &family.label(locale),
                &view.href((!on).then_some(*family), view.kind, view.archived),
                on,
            ))
        }
        @let goods = view.kind == Some(Kind::Good);
        (ui::chip(
            &locale.t("offers-goods"),
            &view.href(view.family, (!goods).then_some(Kind::Good), view.archived),
            goods,
        ))
        (ui::chip(
            &locale.t("offers-archived"),
            &view.href(view.family, view.kind, !view.archived),
            view.archived,
        ))
    };
    let end = html! {
        form method="get" action=(paths::SERVICES) role="search" class="row" {
            @if let Some(family) = view.family { (ui::hidden("family", family.as_str())) }
            @if let Some(kind) = view.kind { (ui::hidden("kind", kind.as_str())) }
            @if view.archived { (ui::hidden("archived", 1)) }
            input class="input" type="search" name="q" value=(view.text) maxlength="80"
                aria-label=(locale.t("offers-search"))
                placeholder=(locale.t("offers-search")) autocomplete="off";
            (ui::icon_button("search", locale.t("offers-search")))
        }
    };
    ui::toolbar(start, end)
}

fn nothing(view: &ListView) -> Markup {
    let locale = view.locale;
    if view.is_filtered() {
        let all = ui::link_button(locale.t("offers-show-all"), paths::SERVICES);
        let text = locale.t("offers-empty-filter-text");
        return ui::empty(
            "tag",
            &locale.t("offers-empty-filter"),
            &text,
            html! { (all) },
        );
    }
    let action = html! {
        @if view.can_edit {
            (ui::link_button(locale.t("offers-new"), paths::NEW).primary().icon("plus"))
        }
    };
    ui::empty(
        "tag",
        &locale.t("offers-empty"),
        &locale.t("offers-empty-text"),
        action,
    )
}

fn family_section(view: &ListView, family: Family, services: &[&Service]) -> Markup {
    let locale = view.locale;
    let heads = [
        ui::head(family.label(locale)),
        ui::head(locale.t("offers-time")).number(),
        ui::head(locale.t("offers-price")).number(),
        ui::head(locale.t("offers-skills")).drop(1),
        ui::head(locale.t("offers-channels")).drop(2),
        ui::head(locale.t("offers-promise")).drop(2),
    ];
    let rows: Vec<ui::Row> = services
        .iter()
        .map(|service| service_row(view, service))
        .collect();
    html! {
        section class="card evencols" id={ "family-" (family.as_str()) } {
            (ui::table(&heads, &rows))
        }
    }
}

fn service_row(view: &ListView, service: &Service) -> ui::Row {
    let locale = view.locale;
    let skill = |code: &String| {
        view.skills
            .iter()
            .find(|(known, _)| known == code)
            .map_or(code, |(_, name)| name)
            .clone()
    };
    let skills: Vec<String> = service.skills.iter().map(skill).collect();
    let channels: Vec<String> = service
        .channels
        .iter()
        .map(|channel| channel_name(locale, *channel))
        .collect();
    let cells = vec![
        html! {
            span class="row" {
                (ui::family_icon(service.family.as_str()))
                span { (words(locale, &service.name)) }
                span class="muted xs num" { (service.code) }
                @if service.kind == Kind::Good {
                    (ui::badge_line(ui::Tone::Neutral, "package", &service.kind.label(locale)))
                }
            }
        },
        html! { @if service.minutes > 0 { (format::minutes(locale, service.minutes)) } },
        html! { (format::money(&service.price)) },
        html! { (skills.join(&locale.t("offers-comma"))) },
        html! { (channels.join(&locale.t("offers-comma"))) },
        html! { (promise(locale, service)) },
    ];
    ui::row(cells)
        .href(paths::service(service.id))
        .id(format!("service-{}", service.id))
}

fn promise(locale: Locale, service: &Service) -> Markup {
    let targets = &service.targets;
    html! {
        @if let Some(minutes) = targets.wait_minutes {
            span class="row" {
                (ui::icon("clock"))
                (locale.tx("offers-wait-within", &[("minutes", minutes.into())]))
            }
        } @else { span class="muted" { "–" } }
    }
}

/// A text of the business in the reader's language, marked when it is in the other one.
pub(super) fn words(locale: Locale, text: &kernel::Bilingual) -> Markup {
    let lang = text.lang_of(locale);
    html! {
        @if lang == locale { (text.get(locale)) } @else { (ui::lang_run(lang, text.get(locale))) }
    }
}
