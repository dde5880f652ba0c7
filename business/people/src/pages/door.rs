//! The door: signing in, and setting a password by a link.

use super::{Typed, factors::passkey_fields};
use kernel::Fault;
use maud::{Markup, html};
use ui::GuestFrame;
use web::{Fields, Look};

pub(super) fn frame(look: &Look, title: &str) -> GuestFrame {
    let locale = look.locale;
    let mut frame = GuestFrame::new(locale, title, &locale.t("people-product"));
    frame.theme = look.theme;
    let path = look.path.split('?').next().unwrap_or("/");
    frame.language_url = format!("{path}?lang={}", locale.other().tag());
    frame
}

/// The form to sign in.
pub fn login(look: &Look, fields: &Fields, fault: Option<&Fault>) -> Markup {
    let locale = look.locale;
    let title = locale.t("people-sign-in");
    let typed = Typed {
        locale,
        fields,
        fault,
    };
    let login = ui::text_field("login", locale.t("people-login")).autocomplete("username");
    let login = typed
        .fill("login", login.required().max_length(120))
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false");
    let login = if fields.typed("login").is_empty() {
        login.autofocus()
    } else {
        login
    };
    let password = ui::password_field("password", locale.t("people-password"), "current-password");
    let next = fields.typed("next");
    let body = html! {
        div class="pad" {
            h1 { (title) }
            (typed.general())
            form class="form" method="post" action="/login" data-once {
                @if !next.is_empty() { (ui::hidden("next", next)) }
                (login)
                (password.required().error(typed.error("password")))
                (ui::button(locale.t("people-sign-in")).primary().class("cta cta--full"))
            }
            form class="form" method="post" action="/login/passkey" data-island="passkey"
                data-request="/login/passkey/request" data-passkey="get" hidden
                data-refused=(locale.t("people-passkey-refused")) {
                @if !next.is_empty() { (ui::hidden("next", next)) }
                (passkey_fields())
                @if let Some(error) = typed.error("passkey") { (ui::form_error(&error)) }
                (ui::button(locale.t("people-passkey-sign-in")).icon("key-round")
                    .class("alt"))
            }
            p class="muted sm" { (locale.t("people-forgot")) }
        }
    };
    ui::guest_page(&frame(look, &title), &body)
}

/// The form behind a one-time link.
pub fn set_password(look: &Look, token: &str, fault: Option<&Fault>) -> Markup {
    let locale = look.locale;
    let title = locale.t("people-set-password");
    let fields = Fields::default();
    let typed = Typed {
        locale,
        fields: &fields,
        fault,
    };
    let password = ui::password_field("password", locale.t("people-new-password"), "new-password");
    let body = html! {
        div class="pad" {
            h1 { (title) }
            (typed.general())
            form class="form" method="post" action={ "/set-password/" (token) } data-once {
                (typed.fill("password", password.required().autofocus())
                    .hint(locale.t("people-password-hint")).attr("minlength", "10"))
                (ui::button(title.clone()).primary().class("cta cta--full"))
            }
        }
    };
    ui::guest_page(&frame(look, &title), &body)
}
