//! Larger parts: the cards of the desk, a person, a table, colours.
use super::sample::Words;
use crate::{
    Attention, Booking, QueueCard, Service, Sla, Tone, attention_card, avatar, avatar_large,
    avatar_small, badge, booking_row, button, card, head, icon_button, kv, lane, meter, now_line,
    queue_card, row, service_card, sla, step_dots, table,
};
use kernel::Locale;
use maud::{Markup, html};

pub(super) fn all(locale: Locale, words: &Words) -> Markup {
    html! {
        (card(words.names[2], html! {}, person(words)))
        (card(words.table[0], html! {}, lines(words)))
        (card(words.title, html! {}, swatches()))
        (lane("g-queue", words.headings[10], "2", html! {}, queue(locale, words)))
        (lane("g-arriving", words.today, "2", html! {}, arriving(words)))
        (lane("g-serving", words.headings[11], "2", html! {}, serving(locale, words)))
        (lane("g-attention", words.headings[12], "1", html! {}, attention(words)))
    }
}

fn person(words: &Words) -> Markup {
    html! {
        div class="cust__h" {
            (avatar_large(words.names[2], 4))
            div class="grow" { h3 { (words.names[2]) } p class="xs muted" { (words.work[0]) } }
            (badge(Tone::Vip, "star", words.badges[4]))
        }
        div class="row mt" {
            @for (at, name) in words.names.iter().enumerate() { (avatar(name, at as i64)) }
        }
        div class="mt" {
            (kv(&[
                (words.fields[0].to_string(), html! { span class="num" { "138 •••• 2047" } }),
                (words.badges[0].to_string(), meter(Tone::Ok, 0.7, "70%")),
            ]))
        }
    }
}

fn lines(words: &Words) -> Markup {
    let [item, quantity, price, amount] = words.table;
    let heads = [
        head(item),
        head(quantity).number(),
        head(price).number().drop(1),
        head(amount).number(),
    ];
    let line = |name: &str, selected: bool| {
        let cells = vec![
            html! { (name) small { (words.work[4]) } },
            html! { "1" },
            html! { "¥180.00" },
            html! { b { "¥180.00" } },
        ];
        row(cells).href("/gallery").selected(selected)
    };
    table(
        &heads,
        &[line(words.steps[1], false), line(words.steps[3], true)],
    )
}

fn swatches() -> Markup {
    let names = [
        "brand", "ok", "info", "warn", "danger", "tier", "ink", "ink-3", "line-ctl", "hair", "spa",
        "repair", "colour", "care", "cafe", "heat-1", "heat-2", "heat-3", "heat-4", "heat-5",
    ];
    html! {
        div class="sws" {
            @for name in names { span { i style={ "--c:var(--" (name) ")" } {} (name) } }
        }
    }
}

fn queue(locale: Locale, words: &Words) -> Markup {
    let cards = [
        ("A038", Sla::Breached, 3, "hair"),
        ("B012", Sla::Running(0.4), 1, "spa"),
    ];
    html! {
        @for (at, (number, state, clock, family)) in cards.into_iter().enumerate() {
            (queue_card(&QueueCard {
                id: format!("g-{number}"),
                number: number.into(),
                name: words.names[at].into(),
                href: "/gallery".into(),
                clock: sla(locale, state, None, words.clocks[clock]),
                family: family.into(),
                service: words.work[0].into(),
                wants: html! { (avatar_small(words.names[1], 5)) (words.work[1]) },
                estimate: words.queue[0].into(),
                waited: words.queue[1].into(),
                badges: badge(Tone::Neutral, "", words.queue[2]),
                actions: html! {
                    (button(words.queue[3]).primary().small().icon("bell").key("C"))
                    (button(words.queue[4]).small().key("S"))
                    (icon_button("ellipsis", words.buttons[8]).ghost().small().plain())
                },
                selected: at == 0,
            }))
        }
    }
}

fn arriving(words: &Words) -> Markup {
    let booking = |id: &str, time: &str, late: bool, state: Markup| {
        booking_row(&Booking {
            id: id.into(),
            time: time.into(),
            name: words.names[2].into(),
            href: "/gallery".into(),
            badge: state,
            service: words.work[0].into(),
            with: html! { (avatar_small(words.names[1], 5)) (words.work[1]) },
            late,
            actions: html! {},
        })
    };
    html! {
        (booking("g-1430", "14:30", true, badge(Tone::Warn, "clock", words.queue[5])))
        (now_line("14:36"))
        (booking("g-1440", "14:40", false, badge(Tone::Ok, "circle-check", words.badges[0])))
    }
}

fn serving(locale: Locale, words: &Words) -> Markup {
    html! {
        @for (at, over) in [true, false].into_iter().enumerate() {
            (service_card(&Service {
                id: format!("g-serving-{at}"),
                avatar: avatar(words.names[1], 5),
                name: words.names[2 + at].into(),
                href: "/gallery".into(),
                place: words.work[2].into(),
                service: words.work[0].into(),
                dots: step_dots(locale, 3, true, 5),
                step: words.work[3].into(),
                observed: if over { "42".into() } else { "18".into() },
                standard: words.work[4].into(),
                ends: words.work[5].into(),
                over,
                actions: html! {},
            }))
        }
    }
}

fn attention(words: &Words) -> Markup {
    let [fact, reason, mend, other] = words.attention;
    attention_card(&Attention {
        id: "g-late".into(),
        tone: Tone::Danger,
        icon: "octagon-alert".into(),
        fact: fact.into(),
        reason: reason.into(),
        actions: html! { (button(mend).primary().small()) (button(other).small()) },
    })
}
