//! One account: role, sites, password link.

use super::factors::sign_ins_table;
use super::settings::{browser_name, moment};
use super::staff_list::active_badge;
use super::{Typed, role_of, shown_once};
use crate::model::{SignIn, Staff, User, UserState, role_value};
use crate::queries::{Factors, PinState, Session};
use kernel::{Fault, Locale, SiteScope, TimeZone};
use maud::{Markup, html};
use ui::Tone;
use web::Fields;

/// What somebody may be, and where: (value, label) pairs that the reader may give.
#[derive(Debug, Default)]
pub struct Places {
    /// Roles: built-in ones by name, the business's own as `own:ID`.
    pub roles: Vec<(String, String)>,
    /// Sites.
    pub sites: Vec<(String, String)>,
    /// Regions, those within others set off.
    pub groups: Vec<(String, String)>,
}

/// What the page of an account shows.
pub struct UserView<'a> {
    /// Whose.
    pub user: &'a User,
    /// The member of staff they are, if any.
    pub staff: Option<&'a Staff>,
    /// What the reader may give.
    pub places: &'a Places,
    /// What they have besides the password.
    pub factors: Factors,
    /// Their PIN.
    pub pin: PinState,
    /// Where they are signed in.
    pub sessions: &'a [Session],
    /// The latest tries to sign in as them.
    pub tries: &'a [SignIn],
    /// The zone in which times are shown.
    pub zone: &'a TimeZone,
    /// Whether the reader may take second factors away.
    pub may_reset: bool,
    /// A link just made, shown this once.
    pub link: Option<&'a str>,
    /// What was typed and why it was refused.
    pub refused: Option<(&'a Fields, &'a Fault)>,
}

/// What an account's form shows before anybody typed.
fn user_typed(user: &User) -> Fields {
    let mut pairs = vec![
        ("name".to_owned(), user.name.clone()),
        ("reading".to_owned(), user.reading.clone()),
        ("role".to_owned(), role_value(user)),
    ];
    let groups = user.groups.iter();
    pairs.extend(groups.map(|group| ("groups".to_owned(), group.to_string())));
    match &user.sites {
        SiteScope::All => pairs.push(("all_sites".to_owned(), "1".to_owned())),
        SiteScope::Only(only) => {
            pairs.extend(
                only.iter()
                    .map(|site| ("sites".to_owned(), site.to_string())),
            );
        }
    }
    Fields::from_pairs(pairs)
}

fn role_fields(typed: &Typed<'_>, places: &Places) -> Markup {
    let t = |key: &str| typed.locale.t(key);
    let list = |name: &str| typed.fields.list(name);
    html! {
        (typed.fill("role", ui::select_field("role", t("people-role"), &places.roles))
            .hint(t("people-role-hint")))
        (ui::checkbox("all_sites", t("people-all-sites"), typed.fields.flag("all_sites")))
        (ui::choices("sites", &t("people-or-these-sites"), &places.sites, &list("sites"),
            typed.error("sites").as_deref()))
        @if !places.groups.is_empty() {
            (ui::choices("groups", &t("people-or-regions"), &places.groups, &list("groups"), None))
        }
    }
}

fn name_fields(typed: &Typed<'_>) -> Markup {
    let t = |key: &str| typed.locale.t(key);
    html! {
        (typed.fill("name", ui::text_field("name", t("people-name"))).required().max_length(80))
        (typed.fill("reading", ui::text_field("reading", t("people-reading"))).max_length(80)
            .optional(typed.locale).hint(t("people-name-reading-hint")))
    }
}

/// The form of an account that is not there yet.
pub fn new_user(locale: Locale, places: &Places, fields: &Fields, fault: Option<&Fault>) -> Markup {
    let typed = Typed {
        locale,
        fields,
        fault,
    };
    let t = |key: &str| locale.t(key);
    let staff = fields.typed("staff");
    ui::plain_card(html! {
        (typed.general())
        form class="form" method="post" action="/users" data-once {
            @if !staff.is_empty() { (ui::hidden("staff", staff)) }
            (name_fields(&typed))
            (typed.fill("login", ui::text_field("login", t("people-login"))).required()
                .max_length(120).hint(t("people-login-hint")).autocomplete("off")
                .attr("autocapitalize", "none").attr("spellcheck", "false"))
            (role_fields(&typed, places))
            p class="muted sm" { (t("people-link-follows")) }
            div class="form__f" {
                (ui::button(t("people-let-in")).primary())
                (ui::link_button(t("people-cancel"), "/staff").ghost())
            }
        }
    })
}

/// The page of one account.
pub fn user_page(locale: Locale, view: &UserView<'_>) -> Markup {
    html! {
        div class="split" {
            (ui::stack(html! {
                @if let Some(link) = view.link { (link_note(locale, link)) }
                (role_card(locale, view))
                (sessions_card(locale, view))
                (ui::card(&locale.t("people-access-sign-ins"), html! {},
                    sign_ins_table(locale, view.zone, view.tries, false)))
            }))
            aside aria-label=(locale.t("people-sign-in")) { (ui::stack(html! {
                (password_card(locale, view))
                (factors_card(locale, view))
                (state_card(locale, view))
            })) }
        }
    }
}

fn link_note(locale: Locale, link: &str) -> Markup {
    ui::note(
        Tone::Ok,
        html! {
            p { (locale.t("people-link-once")) }
                (shown_once("password_link", locale.t("people-link"), link))
        },
    )
}

fn role_card(locale: Locale, view: &UserView<'_>) -> Markup {
    let saved = user_typed(view.user);
    let (fields, fault) = view
        .refused
        .map_or((&saved, None), |(fields, fault)| (fields, Some(fault)));
    let typed = Typed {
        locale,
        fields,
        fault,
    };
    let form = html! {
        (typed.conflict(&[
            (locale.t("people-name"), view.user.name.clone()),
            (locale.t("people-role"), role_of(locale, view.user)),
            (locale.t("people-sites"), sites_of(locale, view)),
        ]))
        form class="form" method="post" action={ "/users/" (view.user.id) } data-once {
            (ui::hidden("version", view.user.version))
            (name_fields(&typed))
            (role_fields(&typed, view.places))
            div class="form__f" { (ui::button(locale.t("people-save")).primary()) }
        }
    };
    let badge = active_badge(locale, view.user.state == UserState::Active);
    ui::card(&locale.t("people-account"), badge, ui::stack(form))
}

fn sites_of(locale: Locale, view: &UserView<'_>) -> String {
    let SiteScope::Only(only) = &view.user.sites else {
        return locale.t("people-all-sites");
    };
    let ids: Vec<String> = only.iter().map(ToString::to_string).collect();
    let groups: Vec<String> = view.user.groups.iter().map(ToString::to_string).collect();
    let named = |all: &[(String, String)], wanted: &[String]| -> Vec<String> {
        let found = all.iter().filter(|(id, _)| wanted.contains(id));
        found.map(|(_, name)| name.trim().to_owned()).collect()
    };
    let mut names = named(&view.places.sites, &ids);
    names.extend(named(&view.places.groups, &groups));
    names.join(&locale.t("people-comma"))
}

fn password_card(locale: Locale, view: &UserView<'_>) -> Markup {
    let path = format!("/users/{}/password-link", view.user.id);
    let button = ui::post_button(locale.t("people-make-link"), path).small();
    let body = html! {
        (ui::kv(&[(locale.t("people-login"), html! { (view.user.login) })]))
        @if let Some(staff) = view.staff {
            p { a class="link" href={ "/staff/" (staff.id) } { (staff.shown(locale)) } }
        }
        @if !view.user.has_password { p class="muted sm" { (locale.t("people-no-password-text")) } }
        p class="muted sm" { (locale.t("people-link-text")) }
        @if view.user.state == UserState::Active { div class="row" { (button) } }
    };
    ui::card(&locale.t("people-sign-in"), html! {}, ui::stack(body))
}

fn state_card(locale: Locale, view: &UserView<'_>) -> Markup {
    let active = view.user.state == UserState::Active;
    let (key, path, text) = match active {
        true => ("people-keep-out", "deactivation", "people-keep-out-text"),
        false => (
            "people-let-in-again",
            "reactivation",
            "people-let-in-again-text",
        ),
    };
    let button = ui::post_button(locale.t(key), format!("/users/{}/{path}", view.user.id));
    ui::plain_card(ui::stack(html! {
        p class="muted sm" { (locale.t(text)) }
        div class="row" {
            @if active { (button.small().danger()) } @else { (button.small()) }
        }
    }))
}

fn factors_card(locale: Locale, view: &UserView<'_>) -> Markup {
    let t = |key: &str| locale.t(key);
    let path = format!("/users/{}/factors/removal", view.user.id);
    let body = html! {
        (ui::kv(&[
            (t("people-factor"), html! {
                @if view.factors.code { (t("people-factor-on")) }
                @else { (t("people-factor-off")) }
            }),
            (t("people-passkeys"), html! { (view.factors.passkeys) }),
            (t("people-pin"), html! { (t(match view.pin {
                PinState::None => "people-factor-off",
                PinState::Set => "people-factor-on",
                PinState::Locked => "people-pin-is-locked",
            })) }),
        ]))
        @if view.pin != PinState::None {
            @let path = format!("/users/{}/pin/removal", view.user.id);
            (ui::post_button(t("people-pin-remove"), path).small())
        }
        @if view.may_reset && view.factors.any() {
            p class="muted sm" { (t("people-factors-reset-text")) }
            div class="row" {
                (ui::post_button(t("people-factors-reset"), path).small().danger())
            }
        }
    };
    ui::card(&t("people-factors"), html! {}, ui::stack(body))
}

fn sessions_card(locale: Locale, view: &UserView<'_>) -> Markup {
    let t = |key: &str| locale.t(key);
    let heads = [
        ui::head(t("people-browser")),
        ui::head(t("people-address")).drop(1),
        ui::head(t("people-last-used")),
        ui::head(t("people-action")),
    ];
    let row = |session: &Session| {
        let unknown = t("people-browser-unknown");
        let agent = browser_name(&session.agent).unwrap_or(&unknown).to_owned();
        let path = format!("/users/{}/sessions/{}/end", view.user.id, session.id);
        let end = ui::post_button(t("people-end-session"), path);
        ui::row(vec![
            html! { span title=(session.agent) { (agent) } },
            html! { span class="num" { (session.address) } },
            html! { span class="num" { (moment(locale, view.zone, session.seen_at)) } },
            html! { (end.small().ghost()) },
        ])
        .id(format!("session-{}", session.id))
    };
    let rows: Vec<ui::Row> = view.sessions.iter().map(row).collect();
    let path = format!("/users/{}/sign-out", view.user.id);
    let all = ui::post_button(t("people-sign-out-everywhere"), path).small();
    let body = match rows.is_empty() {
        true => html! { p class="muted sm" { (t("people-no-sessions")) } },
        false => ui::stacking_table(&heads, &rows),
    };
    let actions = html! { @if !rows.is_empty() { (all) } };
    ui::card(&t("people-sessions"), actions, body)
}
