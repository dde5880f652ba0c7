//! What is seen of the help: values in, markup out.

use kernel::Locale;
use maud::{Markup, html};

use crate::{
    articles::{Article, Block, Run},
    first_hour::{FirstHour, Step},
};

fn runs(runs: &[Run]) -> Markup {
    html! {
        @for run in runs {
            @match run {
                Run::Words(words) => { (words) }
                Run::Key(key) => { kbd { (key) } }
                Run::Link { words, path } => { a href=(path) { (words) } }
            }
        }
    }
}

fn blocks(blocks: &[Block]) -> Markup {
    html! {
        @for block in blocks {
            @match block {
                Block::Paragraph(paragraph) => { p { (runs(paragraph)) } }
                Block::Points(points) => {
                    ul { @for point in points { li { (runs(point)) } } }
                }
            }
        }
    }
}

/// Every article, or those that were searched for.
pub(crate) fn index(locale: Locale, text: &str, found: &[&Article], may_set_up: bool) -> Markup {
    html! {
        form class="filters" method="get" action="/help" role="search" {
            (ui::search_field("q", locale.t("help-find")).value(text)
                .placeholder(locale.t("help-find-hint")).max_length(80))
            div class="row filters__f" { (ui::button(locale.t("help-find")).icon("search")) }
        }
        @if found.is_empty() {
            (ui::empty("search", &locale.t("help-none"), &locale.t("help-none-text"), html! {
                (ui::link_button(locale.t("help-all"), "/help"))
            }))
        } @else {
            ul class="helps" {
                @for article in found.iter().filter(|a| a.slug != "first-hour" || may_set_up) {
                    li {
                        a href=(format!("/help/{}", article.slug)) { (article.title) }
                        p class="sm dim" { (article.short()) }
                    }
                }
            }
        }
    }
}

/// One article.
pub(crate) fn article(locale: Locale, article: &Article) -> Markup {
    ui::stack(html! {
        (ui::plain_card(html! {
            article class="prose" { (blocks(&article.blocks)) }
        }))
        p class="row wrap" {
            @if let Some(path) = article.paths.first() {
                (ui::link_button(locale.t("help-open-page"), path.clone()).icon("arrow-right"))
            }
            (ui::link_button(locale.t("help-all"), "/help").ghost())
        }
    })
}

/// What is new, the newest first.
pub(crate) fn releases(releases: &[Article]) -> Markup {
    html! {
        @for release in releases {
            (ui::card(&release.slug, html! { span class="meta" { (release.title) } }, html! {
                article class="prose" { (blocks(&release.blocks)) }
            }))
        }
    }
}

fn step(locale: Locale, step: &Step) -> Markup {
    html! {
        li data-done[step.done] {
            (ui::icon(if step.done { "circle-check" } else { "circle" }))
            @if step.done {
                span { (locale.t(step.key)) span class="vh" { " " (locale.t("help-step-done")) } }
            } @else {
                a href=(step.path) { (locale.t(step.key)) }
            }
        }
    }
}

fn steps(locale: Locale, list: &FirstHour) -> Markup {
    let share = [
        ("done", list.done().into()),
        ("all", list.steps.len().into()),
    ];
    let words = locale.tx("help-first-hour-share", &share);
    #[expect(clippy::cast_precision_loss, reason = "a list of seven steps")]
    let part = list.done() as f64 / list.steps.len().max(1) as f64;
    html! {
        p class="row between sm dim" {
            span { (locale.t("help-first-hour-text")) }
            span class="num" { (words) }
        }
        (ui::meter(ui::Tone::Brand, part, &words))
        ol class="firsth" { @for one in &list.steps { (step(locale, one)) } }
    }
}

/// The list as a card of Today.
pub fn first_hour_card(locale: Locale, list: &FirstHour) -> Markup {
    let away = ui::post_button(locale.t("help-put-away"), "/help/first-hour")
        .ghost()
        .small()
        .hidden("away", 1);
    ui::card(
        &locale.t("help-first-hour"),
        html! { (away) },
        steps(locale, list),
    )
}

/// The list by itself.
pub(crate) fn first_hour(locale: Locale, list: &FirstHour) -> Markup {
    html! {
        (ui::plain_card(steps(locale, list)))
        @if list.put_away {
            (ui::post_button(locale.t("help-bring-back"), "/help/first-hour").hidden("away", 0)
                .icon("undo-2"))
        }
    }
}
