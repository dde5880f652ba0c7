//! What the front desk sees of lines: the lines, the poster with the code, waited against quoted.

use kernel::{Locale, format};
use ui::{Markup, Tone, html};

use crate::model::Wait;
use crate::queries::{Line, Quote};

/// What the page about lines shows.
#[derive(Debug, Clone)]
pub struct LinesView {
    /// The lines of the site and how many wait in each.
    pub lines: Vec<(Line, usize)>,
    /// The families a line may serve: code and name.
    pub families: Vec<(String, String)>,
    /// The latest quotes with the local time of each.
    pub quotes: Vec<(String, Quote)>,
    /// Whether the viewer may change lines.
    pub may_edit: bool,
    /// What is wrong with the sent form: line code and fields.
    pub faults: Vec<(String, String)>,
}

/// Lines, and how honest the quotes were.
pub fn lines(locale: Locale, view: &LinesView) -> Markup {
    html! {
        div class="stack" {
            (ui::errors(locale, &view.faults))
            @for (line, waiting) in &view.lines { (line_card(locale, view, line, *waiting)) }
            @if view.may_edit { (new_line(locale, view)) }
            (quotes(locale, view))
        }
    }
}

fn line_card(locale: Locale, view: &LinesView, line: &Line, waiting: usize) -> Markup {
    let title = format!("{} · {}", line.code, line.name.get(locale));
    let state = if line.is_open {
        ui::badge(Tone::Ok, "circle-check", &locale.t("queue-line-open"))
    } else {
        ui::badge(Tone::Neutral, "pause", &locale.t("queue-line-closed-badge"))
    };
    let badges = html! {
        (state)
        span class="muted sm" { (locale.tx("queue-line-waiting", &[("count", waiting.into())])) }
    };
    ui::card(
        &title,
        badges,
        html! {
            @if view.may_edit {
                form method="post" action={ "/queue/lines/" (line.code) } class="stack" data-once {
                    (ui::hidden("version", line.version))
                    (line_fields(locale, view, Some(line)))
                    div class="row" { (ui::button(locale.t("queue-line-save")).small()) }
                }
            } @else {
                p class="muted" { (families(view, line)) }
            }
        },
    )
}

fn families(view: &LinesView, line: &Line) -> String {
    let named: Vec<&str> = view
        .families
        .iter()
        .filter(|(code, _)| line.families.contains(code))
        .map(|(_, name)| name.as_str())
        .collect();
    named.join(" · ")
}

fn line_fields(locale: Locale, view: &LinesView, line: Option<&Line>) -> Markup {
    let code = line.map_or("new", |line| line.code.as_str());
    let zh = line.map_or("", |line| line.name.zh.as_str());
    let en = line.map_or("", |line| line.name.en.as_str());
    let served = line.map(|line| line.families.clone()).unwrap_or_default();
    html! {
        div class="row wrap" {
            (ui::text_field("name_zh", locale.t("queue-line-name-zh")).value(zh).max_length(40)
                .id(format!("name-zh-{code}")))
            (ui::text_field("name_en", locale.t("queue-line-name-en")).value(en).max_length(40)
                .id(format!("name-en-{code}")))
        }
        (ui::choices("families", &locale.t("queue-line-families"), &view.families, &served, None))
        p class="hint" { (locale.t("queue-line-families-hint")) }
        (ui::checkbox("open", locale.t("queue-line-gives-out"), line.is_none_or(|l| l.is_open))
            .id(format!("open-{code}")))
    }
}

fn new_line(locale: Locale, view: &LinesView) -> Markup {
    ui::disclosure(
        &locale.t("queue-line-new"),
        false,
        html! {
            form method="post" action="/queue/lines" class="stack" data-once {
                (ui::text_field("code", locale.t("queue-line-code")).max_length(2)
                    .hint(locale.t("queue-line-code-hint")).class("field--s").required())
                (line_fields(locale, view, None))
                div class="row" { (ui::button(locale.t("queue-line-add")).primary().small()) }
            }
        },
    )
}

fn quoted(locale: Locale, wait: Option<Wait>) -> String {
    match wait {
        Some(wait) => locale.tx(
            "queue-range",
            &[("min", wait.min.into()), ("max", wait.max.into())],
        ),
        None => locale.t("queue-range-unknown"),
    }
}

fn kept(quote: &Quote) -> Option<bool> {
    let (wait, actual) = (quote.wait?, quote.actual_minutes?);
    Some(actual <= wait.max)
}

fn quotes(locale: Locale, view: &LinesView) -> Markup {
    let judged: Vec<bool> = view
        .quotes
        .iter()
        .filter_map(|(_, quote)| kept(quote))
        .collect();
    let within = judged.iter().filter(|kept| **kept).count();
    let heads = [
        ui::head(locale.t("queue-quote-number")),
        ui::head(locale.t("queue-quote-when")),
        ui::head(locale.t("queue-quote-ahead")).number().drop(1),
        ui::head(locale.t("queue-quote-quoted")).number(),
        ui::head(locale.t("queue-quote-waited")).number(),
        ui::head(locale.t("queue-quote-kept")),
    ];
    let rows: Vec<ui::Row> = view
        .quotes
        .iter()
        .map(|(time, q)| quote_row(locale, time, q))
        .collect();
    let summary = locale.tx(
        "queue-quotes-kept",
        &[("kept", within.into()), ("count", judged.len().into())],
    );
    ui::card(
        &locale.t("queue-quotes-title"),
        html! {
            @if !judged.is_empty() { span class="muted sm" { (summary) } }
        },
        html! {
            @if rows.is_empty() {
                (ui::empty("ticket", &locale.t("queue-quotes-none"), "", html! {}))
            } @else {
                (ui::table(&heads, &rows))
            }
        },
    )
}

fn quote_row(locale: Locale, time: &str, quote: &Quote) -> ui::Row {
    let badge = match kept(quote) {
        Some(true) => ui::badge(Tone::Ok, "circle-check", &locale.t("queue-quote-within")),
        Some(false) => ui::badge(Tone::Warn, "clock", &locale.t("queue-quote-longer")),
        None => html! { span class="muted" { "–" } },
    };
    ui::row(vec![
        html! { b class="num" { (quote.label) } },
        html! { (time) },
        html! { (quote.people_ahead) },
        html! { (quoted(locale, quote.wait)) },
        html! {
            @match quote.actual_minutes {
                Some(minutes) => (format::minutes(locale, minutes)),
                None => "–",
            }
        },
        badge,
    ])
}

/// The poster customers scan: site, code, address.
pub fn poster(locale: Locale, site: &str, address: &str, code: Markup) -> Markup {
    html! {
        div class="poster" {
            h2 { (site) }
            p { (locale.t("queue-poster-text")) }
            div class="poster__code" role="img" aria-label=(locale.t("queue-poster-code")) {
                (code)
            }
            p class="num sm muted" { (address) }
        }
    }
}

/// Leads to the poster.
pub(crate) fn poster_button(locale: Locale) -> Markup {
    html! { (ui::link_button(locale.t("queue-poster-open"), "/queue/qr").icon("qr-code")) }
}

/// Leads to the lines.
pub(crate) fn lines_button(locale: Locale) -> Markup {
    html! { (ui::link_button(locale.t("queue-lines-title"), "/queue").icon("list")) }
}
