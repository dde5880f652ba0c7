//! One's own ways in besides the password: the second factor, passkeys, and the tries so far.

use super::step::{SetupView, code_field, codes_list, setup_parts};
use super::{Typed, settings::moment};
use crate::model::{Outcome, Passkey, SignIn, Way};
use crate::queries::Factors;
use kernel::{Fault, Locale, TimeZone};
use maud::{Markup, html};
use ui::Tone;
use web::Fields;

/// What the page of the second factor shows.
pub enum CodeView<'a> {
    /// Setting it up.
    Setup(SetupView<'a>),
    /// It counts: what is left of the recovery codes, and why something was refused.
    Set(Factors, Option<(&'a str, &'a Fault)>),
    /// New recovery codes, shown this once.
    Codes(&'a [String]),
}

/// The page of one's own second factor.
pub fn code_page(locale: Locale, view: &CodeView<'_>) -> Markup {
    match view {
        CodeView::Setup(setup) => ui::plain_card(html! {
            (Typed { locale, fields: &Fields::default(), fault: setup.fault }.general())
            form class="form" method="post" action="/settings/code/confirmation" data-once {
                (setup_parts(locale, setup))
                div class="form__f" {
                    (ui::button(locale.t("people-code-confirm")).primary())
                    (ui::link_button(locale.t("people-cancel"), "/settings").ghost())
                }
            }
        }),
        CodeView::Set(factors, refused) => ui::stack(html! {
            (with_code(locale, "recovery", *refused, "people-recovery-new",
                &locale.tx("people-recovery-left", &[("count", factors.recovery_left.into())])))
            (with_code(locale, "removal", *refused, "people-code-remove",
                &locale.t("people-code-remove-text")))
        }),
        CodeView::Codes(codes) => ui::plain_card(ui::stack(html! {
            (codes_list(locale, codes))
            div class="form__f" {
                (ui::link_button(locale.t("people-recovery-kept"), "/settings").primary())
            }
        })),
    }
}

/// Something done with a code at hand.
fn with_code(
    locale: Locale,
    act: &str,
    refused: Option<(&str, &Fault)>,
    key: &'static str,
    text: &str,
) -> Markup {
    let fault = refused
        .filter(|(name, _)| *name == act)
        .map(|(_, fault)| fault);
    let fields = Fields::default();
    let typed = Typed {
        locale,
        fields: &fields,
        fault,
    };
    let button = ui::button(locale.t(key));
    let form = html! {
        (typed.general())
        p class="muted sm" { (text) }
        form class="form" method="post" action={ "/settings/code/" (act) } data-once {
            (code_field(&typed).id(format!("code-{act}")))
            div class="form__f" { @if act == "removal" { (button.danger()) } @else { (button) } }
        }
    };
    ui::card(&locale.t(key), html! {}, ui::stack(form))
}

/// The second factor among one's own settings.
pub(super) fn factor_card(locale: Locale, factors: Factors, demanded: bool) -> Markup {
    let t = |key: &str| locale.t(key);
    let badge = match factors.code {
        true => ui::badge(Tone::Ok, "shield-check", &t("people-factor-on")),
        false => ui::badge(Tone::Neutral, "shield", &t("people-factor-off")),
    };
    let body = html! {
        p class="muted sm" { (t("people-factor-text")) }
        @if factors.code && factors.recovery_left <= 3 {
            (ui::note(Tone::Warn, html! {
                (locale.tx("people-recovery-left", &[("count", factors.recovery_left.into())]))
            }))
        }
        @if demanded { p class="sm" { (t("people-factor-demanded")) } }
        div class="row" {
            @if factors.code {
                (ui::link_button(t("people-factor-change"), "/settings/code").small())
            } @else { (ui::link_button(t("people-factor-set"), "/settings/code").small()) }
        }
    };
    ui::card(&t("people-factor"), badge, ui::stack(body))
}

/// One's own passkeys: use, name, remove, one more.
pub(super) fn passkeys_card(
    locale: Locale,
    (keys, zone): (&[Passkey], &TimeZone),
    refused: Option<(&Fields, &Fault)>,
) -> Markup {
    let t = |key: &str| locale.t(key);
    let heads = [
        ui::head(t("people-passkey-name")),
        ui::head(t("people-last-used")).drop(1),
        ui::head(t("people-action")),
    ];
    let rows: Vec<ui::Row> = keys
        .iter()
        .map(|key| passkey_row(locale, zone, key))
        .collect();
    let fields = Fields::default();
    let typed = Typed {
        locale,
        fields: refused.map_or(&fields, |(typed, _)| typed),
        fault: refused.map(|(_, fault)| fault),
    };
    let name = ui::text_field("passkey_name", t("people-passkey-name"))
        .required()
        .max_length(80);
    let name = typed
        .fill("passkey_name", name)
        .hint(t("people-passkey-name-hint"));
    let body = html! {
        p class="muted sm" { (t("people-passkeys-text")) }
        @if let Some(error) = typed.error("passkey") { (ui::form_error(&error)) }
        (typed.general())
        @if !rows.is_empty() { (ui::table(&heads, &rows)) }
        form class="form" method="post" action="/settings/passkeys" data-island="passkey"
            data-request="/settings/passkeys/request" data-passkey="create"
            data-refused=(t("people-passkey-refused")) {
            (name)
            (passkey_fields())
            div class="form__f" { (ui::button(t("people-passkey-make")).icon("key-round")) }
        }
    };
    ui::card(&t("people-passkeys"), html! {}, ui::stack(body))
}

/// What the script fills with the browser's answer.
pub(super) fn passkey_fields() -> Markup {
    let names = [
        "credential",
        "client_data",
        "device_data",
        "signature",
        "public_key",
        "algorithm",
    ];
    html! { @for name in names { (ui::hidden(name, "")) } }
}

fn passkey_row(locale: Locale, zone: &TimeZone, key: &Passkey) -> ui::Row {
    let path = format!("/settings/passkeys/{}", key.id);
    let used = match key.used_at {
        Some(at) => moment(locale, zone, at),
        None => locale.t("people-never"),
    };
    let remove = ui::post_button(locale.t("people-remove"), format!("{path}/removal"));
    let label = locale.t("people-passkey-rename");
    ui::row(vec![
        html! {
            form class="row" method="post" action=(path) data-once {
                input class="input" name="passkey_name" value=(key.name) maxlength="80" required
                    aria-label=(label);
                (ui::button(locale.t("people-save")).small().ghost())
            }
        },
        html! { span class="num" { (used) } },
        html! { (remove.small().danger()) },
    ])
    .id(format!("passkey-{}", key.id))
}

/// What a way of coming in is called.
/// The way somebody signed in by, in words.
pub(crate) fn way_name(locale: Locale, way: Way) -> String {
    locale.tx("people-way", &[("way", way.as_str().into())])
}

/// How a try to sign in ended, in words.
pub(crate) fn outcome_name(locale: Locale, outcome: Outcome) -> String {
    locale.t(match outcome {
        Outcome::In => "people-outcome-in",
        Outcome::Wrong => "people-outcome-wrong",
        Outcome::Waiting => "people-outcome-waiting",
        Outcome::Next => "people-outcome-next",
    })
}

fn outcome_badge(locale: Locale, outcome: Outcome) -> Markup {
    let (tone, icon) = match outcome {
        Outcome::In => (Tone::Ok, "circle-check"),
        Outcome::Wrong => (Tone::Danger, "octagon-alert"),
        Outcome::Waiting => (Tone::Warn, "triangle-alert"),
        Outcome::Next => (Tone::Info, "info"),
    };
    ui::badge(tone, icon, &outcome_name(locale, outcome))
}

/// Tries to sign in, latest first; `named` says whose each was.
pub fn sign_ins_table(locale: Locale, zone: &TimeZone, tries: &[SignIn], named: bool) -> Markup {
    let t = |key: &str| locale.t(key);
    let mut heads = vec![
        ui::head(t("people-when")),
        ui::head(t("people-outcome")),
        ui::head(t("people-way-head")).drop(1),
        ui::head(t("people-browser")).drop(1),
        ui::head(t("people-address")),
    ];
    if named {
        heads.insert(1, ui::head(t("people-account")));
    }
    let row = |one: &SignIn| {
        let unknown = t("people-browser-unknown");
        let agent = super::settings::browser_name(&one.agent)
            .unwrap_or(&unknown)
            .to_owned();
        let name = kernel::format::name(locale, &one.name, &one.reading).to_owned();
        let mut cells = vec![
            html! { span class="num" { (moment(locale, zone, one.at)) } },
            outcome_badge(locale, one.outcome),
            html! { (way_name(locale, one.way)) },
            html! { span title=(one.agent) { (agent) } },
            html! { span class="num" { (one.address) } },
        ];
        if named {
            cells.insert(
                1,
                html! { a class="link" href={ "/users/" (one.user) } { (name) } },
            );
        }
        ui::row(cells).id(format!("try-{}", one.id))
    };
    let rows: Vec<ui::Row> = tries.iter().map(row).collect();
    match rows.is_empty() {
        true => html! { p class="muted sm" { (t("people-no-sign-ins")) } },
        false => ui::stacking_table(&heads, &rows),
    }
}
