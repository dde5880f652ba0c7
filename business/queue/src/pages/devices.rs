//! Tablets and screens, and the links that open them.

use kernel::{Locale, TimeZone, format};
use ui::{Markup, Tone, html};

use super::desk::tabs;
use crate::queries::{Device, DeviceId, DeviceKind};

/// A link just made, shown this once.
#[derive(Debug, Clone)]
pub struct NewLink {
    /// Whose.
    pub id: DeviceId,
    /// The address.
    pub address: String,
    /// The address as a code to be scanned with the tablet.
    pub code: Markup,
}

/// What the page shows.
#[derive(Debug, Clone)]
pub struct DevicesView {
    /// The devices, latest first.
    pub devices: Vec<Device>,
    /// The site's zone.
    pub zone: TimeZone,
    /// A link just made.
    pub link: Option<NewLink>,
    /// What is wrong with the sent form.
    pub faults: Vec<(String, String)>,
    /// The name that was typed.
    pub name: String,
}

/// The page.
pub fn page(locale: Locale, view: &DevicesView) -> Markup {
    let heads = [
        ui::head(locale.t("queue-device-name")),
        ui::head(locale.t("queue-device-kind")),
        ui::head(locale.t("queue-device-since")).drop(1),
        ui::head(locale.t("queue-device-action")),
    ];
    let rows: Vec<ui::Row> = view
        .devices
        .iter()
        .map(|device| row(locale, view, device))
        .collect();
    ui::stack(html! {
        (tabs(locale, "/queue/devices", true, true))
        @if let Some(link) = &view.link { (new_link(locale, link)) }
        (ui::errors(locale, &view.faults))
        (ui::card(&locale.t("queue-devices-title"), html! {}, html! {
            p class="muted sm" { (locale.t("queue-devices-text")) }
            @if rows.is_empty() {
                (ui::empty("smartphone", &locale.t("queue-devices-none"),
                    &locale.t("queue-devices-none-text"), html! {}))
            } @else { (ui::table(&heads, &rows)) }
        }))
        (ui::card(&locale.t("queue-device-new"), html! {}, form(locale, view)))
    })
}

fn kind_name(locale: Locale, kind: DeviceKind) -> String {
    match kind {
        DeviceKind::Kiosk => locale.t("queue-device-kiosk"),
        DeviceKind::Wall => locale.t("queue-device-wall"),
    }
}

fn new_link(locale: Locale, link: &NewLink) -> Markup {
    ui::note(
        Tone::Ok,
        html! {
            p { (locale.t("queue-device-made")) }
            (ui::text_field("address", locale.t("queue-device-address")).value(&link.address)
                .attr("readonly", "").autocomplete("off"))
            div class="poster__code" role="img" aria-label=(locale.t("queue-device-code")) {
                (link.code)
            }
            p { a class="link" href=(link.address) { (locale.t("queue-device-open")) } }
        },
    )
}

fn row(locale: Locale, view: &DevicesView, device: &Device) -> ui::Row {
    let made = device.created_at.to_zoned(view.zone.clone()).date();
    let stop = format!("/queue/devices/{}/revocation", device.id);
    let is_new = view.link.as_ref().is_some_and(|link| link.id == device.id);
    ui::row(vec![
        html! { b { (device.name) } },
        html! { (kind_name(locale, device.kind)) },
        html! { span class="num" { (format::date_year(locale, made)) } },
        html! {
            @if device.revoked_at.is_some() {
                (ui::badge(Tone::Neutral, "unlink", &locale.t("queue-device-stopped-badge")))
            } @else {
                (ui::post_button(locale.t("queue-device-stop"), stop).small().danger())
            }
        },
    ])
    .selected(is_new)
}

fn form(locale: Locale, view: &DevicesView) -> Markup {
    let kinds = [
        ("kiosk".to_owned(), locale.t("queue-device-kiosk")),
        ("wall".to_owned(), locale.t("queue-device-wall")),
    ];
    let languages = [
        (Locale::ZhCn.tag().to_owned(), locale.t("queue-language-zh")),
        (Locale::En.tag().to_owned(), locale.t("queue-language-en")),
    ];
    let fault = view.faults.iter().find(|(field, _)| field == "name");
    html! {
        form class="form" method="post" action="/queue/devices" data-once {
            div class="form__g" {
                (ui::radios("kind", &locale.t("queue-device-kind"), &kinds, "kiosk"))
                (ui::text_field("name", locale.t("queue-device-name")).value(&view.name)
                    .max_length(60).required().placeholder(locale.t("queue-device-name-hint"))
                    .error(fault.map(|(_, words)| words.clone())))
                (ui::select_field("language", locale.t("queue-device-language"), languages)
                    .value(locale.tag()))
            }
            div class="form__f" { (ui::button(locale.t("queue-device-make")).primary()) }
        }
    }
}
