//! The first minutes of a business, on one page.

use super::{Typed, door::frame};
use kernel::{Fault, Locale, Weekday};
use maud::{Markup, html};
use organisation::choices::{CURRENCIES, ZONES};
use web::{Fields, Look};

/// The form of the first minutes, with what was typed when it was refused.
pub struct WelcomeView<'a> {
    /// What was typed.
    pub typed: &'a Fields,
    /// Why it was refused.
    pub fault: Option<&'a Fault>,
}

/// What the form shows before anybody typed: a shop open every day, where the language is spoken.
pub fn welcome_typed(locale: Locale) -> Fields {
    let (zone, currency) = match locale {
        Locale::ZhCn => ("Asia/Shanghai", "CNY"),
        Locale::En => ("Europe/London", "GBP"),
    };
    let mut pairs = vec![("zone", zone), ("currency", currency)];
    pairs.extend([("opens", "10:00"), ("closes", "20:00")]);
    pairs.extend(["1", "2", "3", "4", "5", "6", "7"].map(|day| ("days", day)));
    let owned = pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    Fields::from_pairs(owned.collect())
}

/// Business, site and owner on one page; everything has a sensible beginning.
pub fn welcome(look: &Look, view: &WelcomeView<'_>) -> Markup {
    let locale = look.locale;
    let title = locale.t("people-welcome");
    let typed = Typed {
        locale,
        fields: view.typed,
        fault: view.fault,
    };
    let body = html! {
        div class="pad" {
            h1 { (title) }
            p class="muted" { (locale.t("people-welcome-text")) }
            (typed.general())
            form class="form" method="post" action="/welcome" data-once {
                (business(&typed))
                (owner(&typed))
                (ui::button(locale.t("people-begin")).primary().class("cta cta--full"))
            }
        }
    };
    ui::guest_page(&frame(look, &title), &body)
}

fn business(typed: &Typed<'_>) -> Markup {
    let locale = typed.locale;
    let t = |key: &str| locale.t(key);
    let text = |name: &str, key: &str| typed.fill(name, ui::text_field(name, t(key)));
    let currencies = CURRENCIES.map(|code| (code, code));
    let offset = |day: i8| Weekday::from_monday_one_offset(day).expect("1 to 7 is a weekday");
    let days: Vec<(String, String)> = (1..=7_i8)
        .map(|day| {
            (
                day.to_string(),
                kernel::format::weekday(locale, offset(day)).to_owned(),
            )
        })
        .collect();
    let chosen = typed.fields.list("days");
    html! {
        (text("name", "people-business-name").required().max_length(80)
            .autocomplete("organization").autofocus())
        (text("site_name", "people-site-name").max_length(80).optional(locale)
            .hint(t("people-site-name-hint")))
        div class="form__g" {
            (typed.fill("opens", ui::time_field("opens", t("people-opens"))).required())
            (typed.fill("closes", ui::time_field("closes", t("people-closes"))).required())
        }
        (ui::choices("days", &t("people-days"), &days, &chosen, typed.error("days").as_deref()))
        div class="form__g" {
            (text("zone", "people-zone").required().attr("list", "zones").max_length(60))
            (typed.fill("currency", ui::select_field("currency", t("people-currency"), currencies)))
        }
        datalist id="zones" { @for zone in ZONES { option value=(zone) {} } }
    }
}

fn owner(typed: &Typed<'_>) -> Markup {
    let locale = typed.locale;
    let t = |key: &str| locale.t(key);
    let login = ui::text_field("login", t("people-login")).autocomplete("username");
    let password = ui::password_field("password", t("people-password"), "new-password");
    html! {
        h2 class="h2" { (t("people-you")) }
        (typed.fill("owner_name", ui::text_field("owner_name", t("people-your-name")))
            .required().max_length(80).autocomplete("name"))
        (typed.fill("login", login.required().max_length(120)).hint(t("people-login-hint"))
            .attr("autocapitalize", "none").attr("spellcheck", "false"))
        (password.required().error(typed.error("password")).hint(t("people-password-hint"))
            .attr("minlength", "10"))
    }
}
