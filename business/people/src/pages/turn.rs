//! The lock of a shared computer: who takes the turn, and their PIN.

use super::{Typed, door::frame};
use crate::auth::SharedComputer;
use crate::queries::PinState;
use kernel::{Fault, Locale, format};
use maud::{Markup, html};
use ui::Tone;
use web::{Fields, Look};

/// What the lock shows.
pub struct TurnView<'a> {
    /// The computer and who may take a turn.
    pub shared: &'a SharedComputer,
    /// Where to go afterwards.
    pub next: &'a str,
    /// Who was chosen when it was refused.
    pub chosen: &'a str,
    /// Why it was refused.
    pub fault: Option<&'a Fault>,
}

/// The page of the lock.
pub fn turn(look: &Look, view: &TurnView<'_>) -> Markup {
    let locale = look.locale;
    let t = |key: &str| locale.t(key);
    let fields = Fields::default();
    let typed = Typed {
        locale,
        fields: &fields,
        fault: view.fault,
    };
    let computer = view.shared.computer.user.shown(locale);
    let pin = ui::password_field("pin", t("people-pin"), "off")
        .required()
        .max_length(6)
        .attr("inputmode", "numeric")
        .attr("pattern", "[0-9]{4,6}")
        .error(typed.error("pin"));
    let body = html! {
        div class="pad" {
            h1 { (t("people-turn-title")) }
            p class="muted" { (locale.tx("people-turn-text", &[("computer", computer.into())])) }
            (typed.general())
            @if view.shared.turns.is_empty() {
                (ui::note(Tone::Info, html! { (t("people-turn-nobody")) }))
            } @else {
                form class="form" method="post" action="/switch" data-once {
                    @if !view.next.is_empty() { (ui::hidden("next", view.next)) }
                    (names(locale, view, typed.error("user").as_deref()))
                    (pin)
                    (ui::button(t("people-turn-take")).primary().class("cta cta--full"))
                }
            }
            form class="form mt" method="post" action="/logout" {
                (ui::button(t("people-turn-sign-out")).class("alt"))
            }
        }
    };
    ui::guest_page(&frame(look, &t("people-turn-title")), &body)
}

fn names(locale: Locale, view: &TurnView<'_>, error: Option<&str>) -> Markup {
    html! {
        fieldset class="field turns" {
            legend { (locale.t("people-turn-who")) }
            @for (number, turn) in (0..).zip(&view.shared.turns) {
                @let name = format::name(locale, &turn.name, &turn.reading);
                @let id = turn.user.to_string();
                label class="turn" {
                    input type="radio" name="user" value=(id) required
                        checked[view.chosen == id];
                    (ui::avatar(name, number)) span { (name) }
                }
            }
            @if let Some(error) = error { (ui::form_error(error)) }
        }
    }
}

/// One's own PIN among one's settings, and having this browser be shared.
pub(super) fn pin_card(locale: Locale, state: PinState, fault: Option<&Fault>) -> Markup {
    let t = |key: &str| locale.t(key);
    let badge = match state {
        PinState::None => html! {},
        PinState::Set => ui::badge(Tone::Ok, "circle-check", &t("people-factor-on")),
        PinState::Locked => ui::badge(Tone::Danger, "lock", &t("people-pin-is-locked")),
    };
    let field = ui::password_field("pin", t("people-pin-new"), "off")
        .required()
        .max_length(6)
        .attr("inputmode", "numeric")
        .attr("pattern", "[0-9]{4,6}")
        .hint(t("people-pin-hint"))
        .error(fault.and_then(|fault| fault.of_field("pin", locale)));
    let body = html! {
        p class="muted sm" { (t("people-pin-text")) }
        form class="form" method="post" action="/settings/pin" data-once {
            (field)
            div class="form__f" { (ui::button(t("people-pin-set")).small()) }
        }
        @if state != PinState::None {
            (ui::post_button(t("people-pin-remove"), "/settings/pin/removal").small().ghost())
        }
        p class="muted sm" { (t("people-share-text")) }
        (ui::post_button(t("people-share"), "/settings/shared").small())
    };
    ui::card(&t("people-pin"), badge, ui::stack(body))
}
