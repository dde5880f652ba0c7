//! Small parts: buttons, states, fields, messages.
use super::sample::Words;
use crate::{
    Changed, Item, Setting, Sla, Tab, Tone, badge, badge_line, button, card, checkbox, chip,
    chip_toggle, empty, icon_button, link_button, menu, money_field, note, number_field, pager,
    phone_field, progress, radios, seg, select_field, setting, settings_form, skeleton, sla, tabs,
    text_area, toast_undo,
};
use kernel::Locale;
use maud::{Markup, html};

pub(super) fn all(locale: Locale, words: &Words) -> Markup {
    let [
        first,
        second,
        third,
        fourth,
        fifth,
        sixth,
        seventh,
        eighth,
        ninth,
        tenth,
        ..,
    ] = words.headings;
    html! {
        (card(first, html! {}, buttons(words)))
        (card(second, html! {}, states(locale, words)))
        (card(third, html! {}, fields(locale, words)))
        (card(fourth, html! {}, nothing(words)))
        (card(fifth, html! {}, fault(words)))
        (card(sixth, html! {}, skeleton(3)))
        (card(seventh, html! {}, long_work(words)))
        (card(eighth, html! {}, messages(locale, words)))
        (card(ninth, menu(words.buttons[8], &menu_items(words)), navigation(locale, words)))
        (card(tenth, html! {}, dialog(words)))
    }
}

fn buttons(words: &Words) -> Markup {
    let [
        complete,
        message,
        try_it,
        cancel,
        remove,
        saving,
        not_yet,
        small,
        more,
    ] = words.buttons;
    html! {
        div class="row wrap" {
            (button(complete).primary().icon("check").key("D"))
            (button(message).icon("message-square"))
            (button(try_it).soft())
            (button(cancel).ghost())
            (button(remove).danger())
        }
        div class="row wrap mt" {
            (button(saving).primary().busy())
            (button(not_yet).disabled(true))
            (link_button(small, "/gallery").small())
            (icon_button("ellipsis", more).plain())
            (button(complete).class("is-focus"))
        }
        div class="mt" { (button(complete).primary().large().wide()) }
    }
}

fn states(locale: Locale, words: &Words) -> Markup {
    let tones = [
        Tone::Ok,
        Tone::Info,
        Tone::Warn,
        Tone::Danger,
        Tone::Vip,
        Tone::Neutral,
    ];
    let clocks = [
        Sla::Met,
        Sla::Running(0.62),
        Sla::Soon(0.15),
        Sla::Breached,
        Sla::Paused,
    ];
    html! {
        div class="row wrap" {
            @for (tone, text) in tones.into_iter().zip(words.badges) {
                (badge(tone, tone.icon(), text))
            }
            (badge_line(Tone::Ok, "check", words.badges[0]))
        }
        div class="row wrap mt" {
            @for (state, text) in clocks.into_iter().zip(words.clocks) {
                (sla(locale, state, None, text))
            }
        }
    }
}

fn fields(locale: Locale, words: &Words) -> Markup {
    let [mobile, minutes, too_few, text_them, note, price, hint, lane] = words.fields;
    let options: Vec<(String, String)> = words
        .views
        .iter()
        .map(|view| (view.to_string(), view.to_string()))
        .collect();
    html! {
        form class="form" action="/gallery" {
            div class="form__g" {
                (phone_field("mobile", mobile).value("138 0571 2047").hint(hint))
                (number_field("minutes", minutes).value(0).error(Some(too_few)))
                (money_field("price", price, "¥").value("380.00"))
                (select_field("lane", lane, options.iter().cloned()).value(words.views[1]))
                (text_area("note", note, 2).class("field--w"))
                (checkbox("text", text_them, true))
            }
            (radios("view", words.headings[2], &options, words.views[0]))
        }
        (settings_form(locale, "/gallery", &[], &[explained(words)],
            html! { (button(words.buttons[0]).primary()) }))
    }
}

fn explained(words: &Words) -> Setting {
    let changed = Changed {
        by: words.person.into(),
        at: words.clocks[0].into(),
    };
    let field = number_field("promise", words.fields[1]).value(20);
    setting(field, words.messages[0])
        .standard("10", false)
        .changed(Some(changed))
}

fn nothing(words: &Words) -> Markup {
    let [title, text, action] = words.empty;
    empty(
        "ticket",
        title,
        text,
        html! { (button(action).icon("plus").key("W")) },
    )
}

fn fault(words: &Words) -> Markup {
    let [title, text, action, reference] = words.fault;
    let below = html! {
        (button(action).icon("refresh-cw")) small class="muted num" { (reference) }
    };
    empty("wifi-off", title, text, below)
}

fn long_work(words: &Words) -> Markup {
    let [name, how_far, left, stop] = words.long;
    let below = html! { span { (left) } a class="link" href="/gallery" { (stop) } };
    progress(name, how_far, 0.35, below)
}

fn messages(locale: Locale, words: &Words) -> Markup {
    let [info, warn, done] = words.messages;
    html! {
        div class="stack" {
            (note(Tone::Info, html! { (info) }))
            (note(Tone::Warn, html! { (warn) }))
            (note(Tone::Danger, html! { (words.attention[0]) }))
            (toast_undo(locale, done, "/gallery"))
        }
    }
}

fn menu_items(words: &Words) -> Vec<Item> {
    let [move_it, assign, print, no_show] = words.menu;
    let path = || "/gallery".to_string();
    vec![
        Item::Link("arrow-left-right".into(), move_it.into(), path()),
        Item::Post("user".into(), assign.into(), path()),
        Item::Link("printer".into(), print.into(), path()),
        Item::Line,
        Item::Danger("x".into(), no_show.into(), path()),
    ]
}

fn navigation(locale: Locale, words: &Words) -> Markup {
    let items: Vec<Tab> = words
        .views
        .iter()
        .enumerate()
        .map(|(at, view)| Tab::new(*view, "/gallery", at == 0).count(at + 2))
        .collect();
    html! {
        div class="stack" {
            (tabs(words.title, &items))
            div class="row wrap" {
                (seg(words.headings[8], &items))
                (chip(words.badges[4], "/gallery", true))
                (chip(words.badges[5], "/gallery", false))
                (chip_toggle(words.badges[4], "/gallery", true))
                (chip_toggle(words.badges[5], "/gallery", false))
            }
            (pager(locale, Some("/gallery"), Some("/gallery"), "51–100"))
        }
    }
}

fn dialog(words: &Words) -> Markup {
    let [title, text, keep, refund] = words.dialog;
    html! {
        div class="kit__dialog" {
            h3 { (title) }
            p class="sm dim" { (text) }
            div class="dialog__f" { (button(keep)) (button(refund).primary()) }
        }
    }
}
