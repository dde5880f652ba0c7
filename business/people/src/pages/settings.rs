//! One's own account: name, language, password, sessions; and tokens for programs.

use super::factors::{factor_card, passkeys_card, sign_ins_table, way_name};
use super::turn::pin_card;
use super::{Typed, shown_once};
use crate::model::{Passkey, SignIn, User, Way};
use crate::queries::{ApiToken, Factors, PinState, Session};
use kernel::ids::SessionId;
use kernel::{Fault, Locale, TimeZone, Timestamp, format};
use maud::{Markup, html};
use ui::{Theme, Tone};
use web::Fields;

/// What the page of one's own account shows.
pub struct SettingsView<'a> {
    /// Oneself.
    pub user: &'a User,
    /// One's live sessions.
    pub sessions: &'a [Session],
    /// The session of this browser.
    pub this: Option<SessionId>,
    /// What one has besides the password, and whether one's role demands it.
    pub factors: (Factors, bool),
    /// One's PIN.
    pub pin: PinState,
    /// One's passkeys.
    pub passkeys: &'a [Passkey],
    /// The latest tries to sign in as oneself.
    pub tries: &'a [SignIn],
    /// Tokens of the organisation, for those who may see them.
    pub tokens: Option<&'a [ApiToken]>,
    /// Permissions that a token may be limited to.
    pub scopes: Vec<&'static str>,
    /// A token just made, shown this once.
    pub new_token: Option<&'a str>,
    /// The zone in which times are shown.
    pub zone: &'a TimeZone,
    /// How the screens are lit in this browser.
    pub theme: Theme,
    /// The form that was refused: its name, what was typed, and why.
    pub refused: Option<(&'a str, &'a Fields, &'a Fault)>,
}

impl SettingsView<'_> {
    fn fault(&self, form: &str) -> Option<&Fault> {
        self.refused
            .filter(|(name, _, _)| *name == form)
            .map(|(_, _, fault)| fault)
    }
}

/// The page of one's own account.
pub fn settings(locale: Locale, view: &SettingsView<'_>) -> Markup {
    html! {
        div class="split" {
            (ui::stack(html! {
                (own_card(locale, view))
                (passkeys_card(locale, (view.passkeys, view.zone),
                    view.refused.filter(|(name, _, _)| *name == "passkey")
                        .map(|(_, typed, fault)| (typed, fault))))
                (sessions_card(locale, view))
                (ui::card(&locale.t("people-access-sign-ins"), html! {},
                    sign_ins_table(locale, view.zone, view.tries, false)))
                @if let Some(tokens) = view.tokens { (tokens_card(locale, view, tokens)) }
            }))
            aside aria-label=(locale.t("people-password")) { (ui::stack(html! {
                (password_card(locale, view))
                (factor_card(locale, view.factors.0, view.factors.1))
                (pin_card(locale, view.pin, view.fault("pin")))
                (light_card(locale, view.theme))
            })) }
        }
    }
}

fn own_card(locale: Locale, view: &SettingsView<'_>) -> Markup {
    let t = |key: &str| locale.t(key);
    let saved = Fields::from_pairs(vec![
        ("name".to_owned(), view.user.name.clone()),
        ("reading".to_owned(), view.user.reading.clone()),
        ("locale".to_owned(), view.user.locale.tag().to_owned()),
    ]);
    let refused = view.refused.filter(|(name, _, _)| *name == "own");
    let fields = refused.map_or(&saved, |(_, typed, _)| typed);
    let keys = refused.map_or(view.user.single_keys, |(_, typed, _)| {
        typed.flag("single_keys")
    });
    let typed = Typed {
        locale,
        fields,
        fault: view.fault("own"),
    };
    let languages = [
        ("zh-CN", t("people-language-zh")),
        ("en", t("people-language-en")),
    ];
    let languages = ui::select_field("locale", t("people-language"), languages);
    let form = html! {
        (typed.general())
        form class="form" method="post" action="/settings" data-once {
            div class="form__g" {
                (typed.fill("name", ui::text_field("name", t("people-name")))
                    .required().max_length(80).autocomplete("name"))
                (typed.fill("reading", ui::text_field("reading", t("people-reading")))
                    .max_length(80).optional(locale).hint(t("people-name-reading-hint")))
                (typed.fill("locale", languages))
                (ui::checkbox("single_keys", t("people-single-keys"), keys)
                    .hint(t("people-single-keys-hint")).class("field--w"))
            }
            div class="form__f" { (ui::button(t("people-save")).primary()) }
        }
    };
    let login = html! { span class="muted sm" { (view.user.login) } };
    ui::card(&t("people-account"), login, ui::stack(form))
}

fn password_card(locale: Locale, view: &SettingsView<'_>) -> Markup {
    let t = |key: &str| locale.t(key);
    let fields = Fields::default();
    let typed = Typed {
        locale,
        fields: &fields,
        fault: view.fault("password"),
    };
    let old = ui::password_field("old_password", t("people-old-password"), "current-password");
    let new = ui::password_field("password", t("people-new-password"), "new-password");
    let form = html! {
        (typed.general())
        form class="form" method="post" action="/settings/password" data-once {
            input class="vh" type="text" name="username" autocomplete="username"
                value=(view.user.login) tabindex="-1" aria-hidden="true" readonly;
            (typed.fill("old_password", old.required()))
            (typed.fill("password", new.required()).hint(t("people-password-hint"))
                .attr("minlength", "10"))
            p class="muted sm" { (t("people-password-ends")) }
            div class="form__f" { (ui::button(t("people-change-password"))) }
        }
    };
    ui::card(&t("people-password"), html! {}, ui::stack(form))
}

fn light_card(locale: Locale, theme: Theme) -> Markup {
    let t = |key: &str| locale.t(key);
    let choices = [
        (Theme::System.as_str().to_owned(), t("people-light-device")),
        (Theme::Light.as_str().to_owned(), t("people-light-light")),
        (Theme::Dark.as_str().to_owned(), t("people-light-dark")),
    ];
    let form = html! {
        form class="form" method="post" action="/theme" {
            (ui::hidden("back", "/settings"))
            (ui::radios("theme", &t("people-light-hint"), &choices, theme.as_str()))
            div class="form__f" { (ui::button(t("people-save-light"))) }
        }
    };
    ui::card(&t("people-light"), html! {}, form)
}

pub(super) fn moment(locale: Locale, zone: &TimeZone, at: Timestamp) -> String {
    let local = at.to_zoned(zone.clone());
    format!(
        "{} {}",
        format::date(locale, local.date()),
        format::time(local.time())
    )
}

fn sessions_card(locale: Locale, view: &SettingsView<'_>) -> Markup {
    let t = |key: &str| locale.t(key);
    let heads = [
        ui::head(t("people-browser")),
        ui::head(t("people-way-head")).drop(1),
        ui::head(t("people-address")).drop(1),
        ui::head(t("people-last-used")),
        ui::head(t("people-action")),
    ];
    let rows: Vec<ui::Row> = view
        .sessions
        .iter()
        .map(|s| session_row(locale, view, s))
        .collect();
    let others = view
        .sessions
        .iter()
        .any(|session| Some(session.id) != view.this);
    let all = ui::post_button(t("people-end-others"), "/settings/sessions/revocation");
    let actions = html! { @if others && view.this.is_some() { (all.small()) } };
    ui::card(&t("people-sessions"), actions, ui::table(&heads, &rows))
}

fn session_row(locale: Locale, view: &SettingsView<'_>, session: &Session) -> ui::Row {
    let is_this = Some(session.id) == view.this;
    let unknown = locale.t("people-browser-unknown");
    let agent = browser_name(&session.agent).unwrap_or(&unknown).to_owned();
    let end = ui::post_button(
        locale.t("people-end-session"),
        format!("/settings/sessions/{}/revocation", session.id),
    );
    ui::row(vec![
        html! {
            span title=(session.agent) { (agent) }
            @if is_this { " " (ui::badge(Tone::Ok, "circle-check", &locale.t("people-this-one"))) }
        },
        html! { (way_name(locale, Way::parse(&session.way).unwrap_or(Way::Password))) },
        html! { span class="num" { (session.address) } },
        html! { span class="num" { (moment(locale, view.zone, session.seen_at)) } },
        html! { @if !is_this { (end.small().ghost()) } },
    ])
    .id(format!("session-{}", session.id))
}

/// What a browser is called, from what it says of itself.
pub(crate) fn browser_name(agent: &str) -> Option<&str> {
    let known = [
        ("MicroMessenger", "WeChat"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    known
        .into_iter()
        .find(|(mark, _)| agent.contains(mark))
        .map(|(_, name)| name)
}

fn tokens_card(locale: Locale, view: &SettingsView<'_>, tokens: &[ApiToken]) -> Markup {
    let t = |key: &str| locale.t(key);
    let heads = [
        ui::head(t("people-token-name")),
        ui::head(t("people-token-scopes")).drop(1),
        ui::head(t("people-last-used")),
        ui::head(t("people-action")),
    ];
    let rows: Vec<ui::Row> = tokens
        .iter()
        .map(|token| token_row(locale, view, token))
        .collect();
    let body = html! {
        @if let Some(token) = view.new_token {
            (ui::note(Tone::Ok, html! {
                p { (t("people-token-once")) }
                (shown_once("new_token", t("people-token"), token))
            }))
        }
        @if rows.is_empty() { p class="muted sm" { (t("people-no-tokens")) } }
        @else { (ui::table(&heads, &rows)) }
        (ui::disclosure(&t("people-new-token"), view.fault("token").is_some(),
            ui::stack(token_form(locale, view))))
    };
    let links = html! {
        div class="row wrap" {
            (ui::link_button(t("people-webhooks"), "/settings/webhooks").small())
            (ui::link_button(t("people-api-reference"), "/settings/api").small())
        }
    };
    ui::card(&t("people-tokens"), links, ui::stack(body))
}

fn token_row(locale: Locale, view: &SettingsView<'_>, token: &ApiToken) -> ui::Row {
    let seen = match token.seen_at {
        Some(at) => moment(locale, view.zone, at),
        None => locale.t("people-never"),
    };
    let revoke = ui::post_button(
        locale.t("people-revoke"),
        format!("/settings/tokens/{}/revocation", token.id),
    );
    ui::row(vec![
        html! { b { (token.name) } },
        html! { span class="sm muted" { (token.scopes.join(", ")) } },
        html! { span class="num" { (seen) } },
        html! { (revoke.small().danger()) },
    ])
}

fn token_form(locale: Locale, view: &SettingsView<'_>) -> Markup {
    let fault = view.fault("token");
    let empty = Fields::default();
    let refused = view.refused.filter(|(name, _, _)| *name == "token");
    let fields = refused.map_or(&empty, |(_, typed, _)| typed);
    let typed = Typed {
        locale,
        fields,
        fault,
    };
    let scopes: Vec<(String, String)> = view
        .scopes
        .iter()
        .map(|name| ((*name).to_owned(), (*name).to_owned()))
        .collect();
    let label = locale.t("people-token-scopes");
    html! {
        form class="form" method="post" action="/settings/tokens" data-once {
            (typed.fill("token_name", ui::text_field("token_name", locale.t("people-token-name")))
                .required().max_length(80).hint(locale.t("people-token-hint")))
            (ui::choices("scopes", &label, &scopes, &fields.list("scopes"),
                typed.error("scopes").as_deref()))
            div class="form__f" { (ui::button(locale.t("people-make-token"))) }
        }
    }
}
