//! The list of services, family by family.

use ::fields::Listed;
use kernel::{Locale, format};
use maud::{Markup, html};

use crate::{
    model::{CHANNELS, Family, Kind, Service, channel_name},
    paths,
};

/// What the list shows.
pub struct ListView<'a> {
    /// The reader's language.
    pub locale: Locale,
    /// The services, by family.
    pub services: &'a [Service],
    /// The fields of the business's own, with their values.
    pub own: &'a Listed,
    /// What was asked for, as it was typed.
    pub asked: &'a web::Fields,
    /// The family chosen.
    pub family: Option<Family>,
    /// Services or goods alone.
    pub kind: Option<Kind>,
    /// The words searched for.
    pub text: &'a str,
    /// The archived ones.
    pub archived: bool,
    /// The name of the chosen site.
    pub site: Option<&'a str>,
    /// What is offered at that site alone.
    pub here: bool,
    /// A blueprint whose services are shown, by its id.
    pub blueprint: Option<String>,
    /// Whether the reader may create services.
    pub can_edit: bool,
    /// Names of skills by code.
    pub skills: &'a [(String, String)],
}

impl ListView<'_> {
    /// The address of the list as it is, with one choice made otherwise.
    fn href(&self, change: impl FnOnce(&mut Choice)) -> String {
        let mut choice = Choice {
            family: self.family,
            kind: self.kind,
            archived: self.archived,
            here: self.here,
        };
        change(&mut choice);
        let pairs = [
            choice
                .family
                .map(|family| format!("family={}", family.as_str())),
            choice.kind.map(|kind| format!("kind={}", kind.as_str())),
            choice.archived.then(|| "archived=1".to_owned()),
            choice.here.then(|| "here=1".to_owned()),
            self.blueprint.as_ref().map(|id| format!("blueprint={id}")),
        ];
        let pairs: Vec<String> = pairs.into_iter().flatten().collect();
        match pairs.as_slice() {
            [] => paths::SERVICES.to_owned(),
            pairs => format!("{}?{}", paths::SERVICES, pairs.join("&")),
        }
    }

    fn is_filtered(&self) -> bool {
        let chosen = self.family.is_some() || self.kind.is_some() || self.blueprint.is_some();
        let own =
            |(name, value): &(String, String)| name.starts_with("field-") && !value.is_empty();
        let chosen = chosen || self.asked.values().iter().any(own);
        chosen || self.archived || self.here || !self.text.is_empty()
    }
}

/// What the chips choose.
struct Choice {
    family: Option<Family>,
    kind: Option<Kind>,
    archived: bool,
    here: bool,
}

/// The page below the top bar.
pub fn list(view: &ListView) -> Markup {
    html! {
        (filters(view))
        (::fields::filter_form(view.locale, &view.own.fields, view.asked, paths::SERVICES))
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
    let all = view.href(|choice| {
        choice.family = None;
        choice.kind = None;
    });
    let goods = view.kind == Some(Kind::Good);
    let start = html! {
        (ui::chip(&locale.t("offers-all"), &all, view.family.is_none() && view.kind.is_none()))
        @for family in Family::ALL {
            @let on = view.family == Some(*family);
            @let href = view.href(|choice| choice.family = (!on).then_some(*family));
            (ui::chip(&family.label(locale), &href, on))
        }
        @let href = view.href(|choice| choice.kind = (!goods).then_some(Kind::Good));
        (ui::chip(&locale.t("offers-goods"), &href, goods))
        @if let Some(site) = view.site {
            @let href = view.href(|choice| choice.here = !choice.here);
            (ui::chip(&locale.tx("offers-here", &[("site", site.into())]), &href, view.here))
        }
        @let href = view.href(|choice| choice.archived = !choice.archived);
        (ui::chip(&locale.t("offers-archived"), &href, view.archived))
    };
    let end = html! {
        form method="get" action=(paths::SERVICES) role="search" class="row" {
            @if let Some(family) = view.family { (ui::hidden("family", family.as_str())) }
            @if let Some(kind) = view.kind { (ui::hidden("kind", kind.as_str())) }
            @if view.archived { (ui::hidden("archived", 1)) }
            @if view.here { (ui::hidden("here", 1)) }
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
    let mut heads = vec![
        ui::head(family.label(locale)),
        ui::head(locale.t("offers-time")).number(),
        ui::head(locale.t("offers-price")).number(),
        ui::head(locale.t("offers-skills")).drop(1),
        ui::head(locale.t("offers-channels")).drop(2),
        ui::head(locale.t("offers-promise")).drop(2),
    ];
    heads.extend(::fields::heads(locale, view.own));
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
    let mut cells = vec![
        html! {
            span class="row wrap" {
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
        html! { (channels(locale, service)) },
        html! { (promise(locale, service)) },
    ];
    cells.extend(::fields::list_cells(
        locale,
        view.own,
        &service.id.to_string(),
    ));
    ui::row(cells)
        .href(paths::service(service.id))
        .id(format!("service-{}", service.id))
}

fn channels(locale: Locale, service: &Service) -> String {
    if service.channels.len() == CHANNELS.len() {
        return locale.t("offers-all-channels");
    }
    let names: Vec<String> = service
        .channels
        .iter()
        .map(|channel| channel_name(locale, *channel))
        .collect();
    names.join(&locale.t("offers-comma"))
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
