//! The second step of signing in: a code, setting one up, and the recovery codes shown once.

use super::{Typed, door::frame};
use kernel::{Fault, Locale};
use maud::{Markup, html};
use web::{Fields, Look};

/// A text as a value in the query of an address.
pub fn escaped(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-_.".contains(byte);
    text.bytes()
        .map(|byte| match plain(&byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect()
}

/// The field of a code of six digits, or of a recovery code.
pub(super) fn code_field(typed: &Typed<'_>) -> ui::Field {
    let field = ui::text_field("code", typed.locale.t("people-code"));
    field
        .error(typed.error("code"))
        .required()
        .max_length(24)
        .autocomplete("one-time-code")
        .attr("inputmode", "text")
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false")
}

fn typed<'a>(locale: Locale, fields: &'a Fields, fault: Option<&'a Fault>) -> Typed<'a> {
    Typed {
        locale,
        fields,
        fault,
    }
}

/// The form for the code after the password.
pub fn code(look: &Look, next: &str, fault: Option<&Fault>) -> Markup {
    let locale = look.locale;
    let title = locale.t("people-code-title");
    let fields = Fields::default();
    let typed = typed(locale, &fields, fault);
    let body = html! {
        div class="pad" {
            h1 { (title) }
            p class="muted" { (locale.t("people-code-text")) }
            (typed.general())
            form class="form" method="post" action="/login/code" data-once {
                @if !next.is_empty() { (ui::hidden("next", next)) }
                (code_field(&typed).autofocus())
                (ui::button(locale.t("people-sign-in")).primary().class("cta cta--full"))
            }
            p class="muted sm" { (locale.t("people-code-lost")) }
            p { a class="link" href="/login" { (locale.t("people-code-back")) } }
        }
    };
    ui::guest_page(&frame(look, &title), &body)
}

/// What setting up a second factor shows.
pub struct SetupView<'a> {
    /// What the picture says.
    pub address: &'a str,
    /// The same to type.
    pub key: &'a str,
    /// Where to go afterwards.
    pub next: &'a str,
    /// Why the code was refused.
    pub fault: Option<&'a Fault>,
}

/// The picture, the key, and the field for the first code.
pub(super) fn setup_parts(locale: Locale, view: &SetupView<'_>) -> Markup {
    let fields = Fields::default();
    let typed = typed(locale, &fields, view.fault);
    html! {
        p { (locale.t("people-code-scan")) }
        div class="qr" role="img" aria-label=(locale.t("people-code-picture")) {
            (ui::qr(view.address))
        }
        // Two rows: a phone shows the whole key.
        (ui::text_area("key", locale.t("people-code-key"), 2).value(view.key).attr("readonly", ""))
        (code_field(&typed).hint(locale.t("people-code-first")))
    }
}

/// Setting up the second factor that the owner demands, before coming in.
pub fn setup(look: &Look, view: &SetupView<'_>) -> Markup {
    let locale = look.locale;
    let title = locale.t("people-setup-title");
    let general = typed(locale, &Fields::default(), view.fault).general();
    let body = html! {
        div class="pad" {
            h1 { (title) }
            p class="muted" { (locale.t("people-setup-text")) }
            (general)
            form class="form" method="post" action="/login/setup" data-once {
                @if !view.next.is_empty() { (ui::hidden("next", view.next)) }
                (setup_parts(locale, view))
                (ui::button(locale.t("people-code-confirm")).primary().class("cta cta--full"))
            }
        }
    };
    ui::guest_page(&frame(look, &title), &body)
}

/// Recovery codes in a list, each to be used once.
pub(super) fn codes_list(locale: Locale, codes: &[String]) -> Markup {
    html! {
        p { (locale.t("people-recovery-once")) }
        ol class="codes" { @for code in codes { li { code { (code) } } } }
    }
}

/// The recovery codes after setting up, shown this once, and the way on.
pub fn recovery(look: &Look, codes: &[String], next: &str) -> Markup {
    let locale = look.locale;
    let title = locale.t("people-recovery");
    let body = html! {
        div class="pad" {
            h1 { (title) }
            (codes_list(locale, codes))
            (ui::link_button(locale.t("people-recovery-kept"), next).primary()
                .class("cta cta--full"))
        }
    };
    ui::guest_page(&frame(look, &title), &body)
}
