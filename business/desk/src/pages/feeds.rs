//! Private calendar addresses.

use kernel::{Date, Locale, format};
use ui::{Markup, Tone, html};

/// Somebody or something that can have an address.
pub(crate) struct Line {
    /// What it is called.
    pub name: String,
    /// Since when it has one.
    pub made: Option<Date>,
    /// Where an address is made; `/revocation` below it is where it is stopped.
    pub path: String,
}

/// What the page shows.
pub(crate) struct View {
    /// Who and what can have an address.
    pub lines: Vec<Line>,
    /// An address just made, shown this once.
    pub address: Option<String>,
}

/// The way to a page of addresses.
pub(crate) fn link(label: &str, path: &str) -> Markup {
    html! { (ui::link_button(label, path).icon("link").ghost()) }
}

/// The whole page.
pub(crate) fn body(locale: Locale, view: &View) -> Markup {
    let t = |key: &str| locale.t(key);
    let heads = [
        ui::head(t("desk-feed-whose")),
        ui::head(t("desk-feed-made")),
        ui::head(t("desk-feed-action")),
    ];
    let rows: Vec<ui::Row> = view.lines.iter().map(|line| row(locale, line)).collect();
    ui::stack(html! {
        @if let Some(address) = &view.address {
            (ui::note(Tone::Ok, html! {
                p { (t("desk-feed-new")) }
                (ui::text_field("address", t("desk-feed-address")).value(address)
                    .attr("readonly", "").autocomplete("off"))
            }))
        }
        (ui::card(&t("desk-feeds"), html! {}, html! {
            p class="muted sm" { (t("desk-feeds-text")) }
            (ui::table(&heads, &rows))
        }))
    })
}

fn row(locale: Locale, line: &Line) -> ui::Row {
    let label = match line.made {
        Some(_) => locale.t("desk-feed-renew"),
        None => locale.t("desk-feed-make"),
    };
    let stop = format!("{}/revocation", line.path);
    let made = line.made.map(|date| format::date(locale, date));
    ui::row(vec![
        html! { b { (line.name) } },
        html! {
            @match made {
                Some(date) => span class="num" { (date) },
                None => span class="muted" { (locale.t("desk-feed-none")) },
            }
        },
        html! {
            span class="row" {
                (ui::post_button(label, &line.path).small())
                @if line.made.is_some() {
                    (ui::post_button(locale.t("desk-feed-stop"), stop).small().danger())
                }
            }
        },
    ])
}
