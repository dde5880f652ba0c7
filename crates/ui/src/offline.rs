//! What a page says while there is no connection. The browser fills the gaps and shows the parts.

use crate::{Tone, badge, button, icon};
use kernel::Locale;
use maud::{Markup, html};

/// A pattern for the browser, which puts what it knows in the place of `{}` and `{age}`.
fn pattern(locale: Locale, key: &str) -> String {
    let (time, age) = ("{}".into(), "{age}".into());
    locale.tx(key, &[("time", time), ("age", age)])
}

/// Since when the connection is gone, and how old the page is; hidden while there is one.
pub(crate) fn offline_bar(locale: Locale) -> Markup {
    html! {
        div class="off" data-offline hidden role="status"
            data-word-since=(pattern(locale, "ui-offline-since"))
            data-word-kept=(pattern(locale, "ui-offline-kept"))
            data-word-unsent=(locale.t("ui-offline-unsent"))
            data-word-gone=(pattern(locale, "ui-offline-gone"))
            data-word-leave=(locale.tx("ui-act-leave", &[("count", "{}".into())])) {
            (icon("wifi-off"))
            p { b data-offline-since {} " " span data-offline-kept {} }
        }
    }
}

/// Acts this device keeps until the line is back, each with how it stands; hidden without any.
pub fn kept_acts(locale: Locale) -> Markup {
    let t = |key: &str| locale.t(key);
    let at = pattern(locale, "ui-act-pressed");
    html! {
        section class="card acts" data-acts hidden data-word-at=(at)
            data-word-after=(t("ui-act-after")) data-word-sign-in=(t("ui-act-sign-in")) {
            div class="card__h" { h2 { (t("ui-kept-acts")) } }
            ol class="card__b" aria-live="polite" {}
            template {
                li class="act" {
                    div class="row between" {
                        b data-act-words {}
                        span class="row" data-act-state {
                            (badge(Tone::Warn, "hourglass", &t("ui-act-waiting")))
                            (badge(Tone::Ok, "circle-check", &t("ui-act-sent")))
                            (badge(Tone::Danger, "octagon-alert", &t("ui-act-refused")))
                        }
                    }
                    p class="muted sm" data-act-at {}
                    p data-act-reason {}
                    div class="row wrap" data-act-ways {
                        a class="btn btn--s" data-act-look { (t("ui-act-look")) }
                        (button(t("ui-act-forget")).plain().small().ghost()
                            .attr("data-act-forget", ""))
                    }
                }
            }
        }
    }
}
