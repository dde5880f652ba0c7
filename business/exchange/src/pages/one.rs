//! The page of one import: its columns and first rows, how far it has got, what came of it.

use kernel::{Fault, Locale, format};
use maud::{Markup, html};

use super::{state_badge, what_label};
use crate::{
    grid::Row,
    imports::{Import, Refusal, State, Told, label},
};

/// What the page shows.
pub(crate) struct OnePage<'p> {
    pub locale: Locale,
    pub import: &'p Import,
    /// The first rows of the file; none when it has been forgotten.
    pub first: &'p [Row],
    /// Our columns: name, label, whether a file must have it.
    pub offered: &'p [(String, String, bool)],
    /// What stands in the selects.
    pub chosen: &'p [String],
    /// The sites to choose from; none when there is only one.
    pub sites: Vec<(String, String)>,
    /// The first refusals.
    pub refusals: &'p [Refusal],
    /// The first of what was left when the import was taken back.
    pub kept: &'p [Told],
    /// How many things are being taken back; 0 while none are.
    pub things: i64,
    pub fault: Option<&'p Fault>,
}

/// The page of one import.
pub(crate) fn one_page(page: &OnePage) -> Markup {
    let state = page.import.state;
    // All of it is new once the work is done: what was refused, too.
    let live = state.is_at_work().then_some("import");
    html! {
        div id="import" class="stack" data-live=[live] {
            (head(page))
            @if state == State::Mapping { (columns_form(page)) }
            @if matches!(state, State::Mapping | State::Checked) { (preview(page)) }
            @if !page.refusals.is_empty() { (refusals(page)) }
            @if !page.kept.is_empty() { (kept(page)) }
        }
    }
}

fn head(page: &OnePage) -> Markup {
    let (locale, import) = (page.locale, page.import);
    html! {
        section class="card" {
            div class="card__h" {
                h2 { (what_label(locale, import.what)) }
                (state_badge(locale, import.state))
            }
            div class="card__b stack" {
                p { (told(page)) }
                @if import.state.is_at_work() || import.state == State::Stopped { (bar(page)) }
                @if !matches!(import.state, State::Mapping) { (counts(page)) }
                @if !import.trouble.is_empty() {
                    (ui::note(ui::Tone::Danger, html! { (import.trouble) }))
                }
                div class="row wrap" { (actions(page)) }
            }
        }
    }
}

fn told(page: &OnePage) -> String {
    let args = [
        ("state", page.import.state.as_str().into()),
        ("rows", format::number(page.import.units).into()),
    ];
    page.locale.tx("exchange-told", &args)
}

fn bar(page: &OnePage) -> Markup {
    let import = page.import;
    let (done, all) = match import.state {
        State::Undoing => (import.things_undone + import.things_kept, page.things),
        _ => (import.units_done, import.units),
    };
    let far = format!("{} / {}", format::number(done), format::number(all));
    let label = import.state.label(page.locale);
    ui::progress(&label, &far, share(done, all), html! {})
}

/// The part that is done, 0.0 to 1.0.
fn share(done: i64, all: i64) -> f64 {
    let number = |n: i64| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    match all {
        0 => 1.0,
        all => (number(done) / number(all)).min(1.0),
    }
}

fn counts(page: &OnePage) -> Markup {
    let (locale, import) = (page.locale, page.import);
    let number = |count: i64| html! { span class="num" { (format::number(count)) } };
    let mut facts = vec![
        (locale.t("exchange-new-rows"), number(import.rows_new)),
        (locale.t("exchange-changed"), number(import.rows_changed)),
        (locale.t("exchange-same"), number(import.rows_same)),
        (locale.t("exchange-refused"), number(import.rows_refused)),
    ];
    let undone = matches!(import.state, State::Undoing | State::Undone);
    if undone || import.things_undone + import.things_kept > 0 {
        facts.push((locale.t("exchange-undone"), number(import.things_undone)));
        facts.push((locale.t("exchange-kept"), number(import.things_kept)));
    }
    ui::kv(&facts)
}

fn actions(page: &OnePage) -> Markup {
    let (locale, import) = (page.locale, page.import);
    let post = |key: &str, verb: &str| {
        ui::post_button(locale.t(key), format!("/imports/{}/{verb}", import.id))
    };
    let takes = import.rows_new + import.rows_changed;
    html! {
        @match import.state {
            State::Checked => {
                @let label = locale.tx("exchange-run", &[("count", takes.into())]);
                (ui::post_button(label, format!("/imports/{}/intake", import.id))
                    .primary().icon("download").disabled(takes == 0))
                (post("exchange-check-again", "check").icon("rotate-ccw"))
            }
            State::Stopped | State::Failed => {
                (post("exchange-resume", "intake").primary().icon("play"))
                (post("exchange-undo", "undoing").danger().icon("undo-2"))
            }
            State::Done => {
                @if takes > 0 { (post("exchange-undo", "undoing").danger().icon("undo-2")) }
            }
            State::Checking | State::Running | State::Undoing => {
                (post("exchange-stop", "stop").icon("pause"))
            }
            State::Mapping | State::Undone => {}
        }
        @if import.rows_refused > 0 && !page.first.is_empty() {
            (ui::link_button(locale.t("exchange-refused-file"),
                format!("/imports/{}/refused?format=csv", import.id)).icon("file-spreadsheet"))
        }
        (ui::link_button(locale.t("exchange-all"), "/imports").ghost())
    }
}

fn columns_form(page: &OnePage) -> Markup {
    let (locale, import) = (page.locale, page.import);
    let options = options(page);
    let sites = [
        vec![(String::new(), locale.t("exchange-site-in-file"))],
        page.sites.clone(),
    ];
    let error = page.fault.map(|fault| fault.speak(locale));
    ui::card(
        &locale.t("exchange-columns"),
        html! {},
        html! {
            form class="form" method="post" action={ "/imports/" (import.id) "/columns" }
                data-once {
                p class="sm dim" { (locale.t("exchange-columns-text")) }
                @if let Some(error) = &error { (ui::form_error(error)) }
                (ui::hidden("version", import.version))
                @if !page.sites.is_empty() {
                    (ui::select_field("site", locale.t("exchange-site"), sites.concat())
                        .value(import.site.clone().unwrap_or_default()))
                }
                div class="form__g" {
                    @for (at, heading) in import.header.iter().enumerate() {
                        @let chosen = page.chosen.get(at).cloned().unwrap_or_default();
                        (ui::select_field(&format!("column-{at}"), shown_heading(heading, at),
                            options.iter()).value(chosen).hint(example(page, at)))
                    }
                }
                div class="form__f" {
                    (ui::button(locale.t("exchange-check")).primary().icon("list-checks"))
                    (ui::link_button(locale.t("exchange-all"), "/imports").ghost())
                }
            }
        },
    )
}

fn options(page: &OnePage) -> Vec<(String, String)> {
    let none = (String::new(), page.locale.t("exchange-pass-over"));
    let ours = page.offered.iter().map(|(name, label, needed)| {
        let mark = if *needed { " *" } else { "" };
        (name.clone(), format!("{label}{mark}"))
    });
    std::iter::once(none).chain(ours).collect()
}

fn shown_heading(heading: &str, at: usize) -> String {
    match heading {
        "" => format!("({})", at + 1),
        heading => heading.to_owned(),
    }
}

/// What stands in a column of the file, so that its meaning can be seen.
fn example(page: &OnePage, at: usize) -> String {
    let cells = page.first.iter().filter_map(|row| row.cells.get(at));
    let cells = cells
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty());
    let words: Vec<String> = cells
        .take(3)
        .map(|cell| cell.chars().take(30).collect())
        .collect();
    words.join(" · ")
}

/// The first rows as they will be read: under the columns chosen.
fn preview(page: &OnePage) -> Markup {
    let locale = page.locale;
    let used: Vec<(usize, &String)> = page
        .chosen
        .iter()
        .enumerate()
        .filter(|(_, name)| !name.is_empty())
        .collect();
    if used.is_empty() || page.first.is_empty() {
        return html! {};
    }
    let mut heads = vec![ui::head(locale.t("exchange-row")).number()];
    heads.extend(used.iter().map(|(_, name)| {
        let offered = page.offered.iter().find(|(known, _, _)| known == *name);
        ui::head(offered.map_or_else(|| label(locale, name), |(_, label, _)| label.clone()))
    }));
    let rows: Vec<ui::Row> = page
        .first
        .iter()
        .map(|row| {
            let mut cells = vec![html! { (row.number) }];
            cells.extend(used.iter().map(|(at, _)| {
                let cell = row.cells.get(*at).map_or("", |cell| cell.trim());
                html! { span class="trunc" { (cell) } }
            }));
            ui::row(cells)
        })
        .collect();
    ui::card(
        &locale.t("exchange-preview"),
        html! {},
        ui::table(&heads, &rows),
    )
}

fn refusals(page: &OnePage) -> Markup {
    let locale = page.locale;
    let heads = [
        ui::head(locale.t("exchange-row")).number(),
        ui::head(locale.t("exchange-column-head")),
        ui::head(locale.t("exchange-reason")),
    ];
    let rows: Vec<ui::Row> = page
        .refusals
        .iter()
        .map(|refusal| {
            ui::row(vec![
                html! { (refusal.row) },
                html! { (label(locale, &refusal.heading)) },
                html! { (refusal.reason(locale)) },
            ])
        })
        .collect();
    ui::card(
        &locale.t("exchange-refused-rows"),
        html! {},
        ui::table(&heads, &rows),
    )
}

fn kept(page: &OnePage) -> Markup {
    let locale = page.locale;
    let heads = [
        ui::head(locale.t("exchange-row")).number(),
        ui::head(locale.t("exchange-thing")),
        ui::head(locale.t("exchange-reason")),
    ];
    let rows: Vec<ui::Row> = page
        .kept
        .iter()
        .map(|(row, kind, object, reason)| {
            let path = match kind.as_str() {
                "customer" => format!("/customers/{object}"),
                "order" => format!("/orders/{object}"),
                "service" => format!("/services/{object}"),
                _ => format!("/staff/{object}"),
            };
            let name = locale.tx("exchange-thing-kind", &[("kind", kind.as_str().into())]);
            let reason = match locale {
                Locale::ZhCn => &reason[0],
                Locale::En => &reason[1],
            };
            ui::row(vec![
                html! { (row) },
                html! { a class="link" href=(path) { (name) } },
                html! { (reason) },
            ])
        })
        .collect();
    ui::card(
        &locale.t("exchange-kept-rows"),
        html! {},
        ui::table(&heads, &rows),
    )
}
