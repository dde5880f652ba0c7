//! The page of archives: everything in one file.

use kernel::{Locale, TimeZone, Timestamp, format};
use maud::{Markup, html};

use crate::archive::{Archive, State};

/// What the page shows.
pub(crate) struct ArchivesPage<'p> {
    pub locale: Locale,
    pub zone: TimeZone,
    pub now: Timestamp,
    pub archives: &'p [Archive],
}

/// Everything in one file: asking for it, how far it is, fetching it.
pub(crate) fn archives_page(page: &ArchivesPage) -> Markup {
    let locale = page.locale;
    let ask = ui::post_button(locale.t("exchange-archive-ask"), "/archives").icon("package");
    ui::stack(html! {
        (ui::plain_card(html! {
            p { (locale.t("exchange-archive-text")) }
            div class="row wrap" { (ask) }
        }))
        section id="archives" data-live="archive" class="stack" {
            @if page.archives.is_empty() {
                (ui::empty("package", &locale.t("exchange-archive-none"),
                    &locale.t("exchange-archive-none-text"), html! {}))
            }
            @for archive in page.archives { (one(page, archive)) }
        }
    })
}

fn one(page: &ArchivesPage, archive: &Archive) -> Markup {
    let locale = page.locale;
    let when = |at: Timestamp| {
        let at = at.to_zoned(page.zone.clone());
        format!(
            "{} {}",
            format::date(locale, at.date()),
            format::time(at.time())
        )
    };
    let open = archive.expires.filter(|expires| *expires > page.now);
    let title = when(archive.created);
    ui::card(
        &title,
        html! { span class="muted sm" { (archive.asked_name) } },
        html! {
            @match (archive.state, open) {
                (State::Ready, Some(until)) => {
                    p { (locale.tx("exchange-archive-ready", &[
                        ("rows", format::number(archive.rows).into()),
                        ("size", size(archive.bytes).into()),
                        ("until", when(until).into()),
                    ])) }
                    div class="row wrap" {
                        (ui::link_button(locale.t("exchange-archive-fetch"),
                            format!("/archives/{}/file", archive.id))
                            .primary().icon("download"))
                    }
                }
                (State::Asked | State::Working, _) => { (bar(locale, archive)) }
                (state, _) => {
                    @let state = if state == State::Ready { State::Gone } else { state };
                    p class="muted" { (state.label(locale)) }
                }
            }
        },
    )
}

fn bar(locale: Locale, archive: &Archive) -> Markup {
    let number = |n: i64| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let share = match archive.tables {
        0 => 0.0,
        all => number(archive.tables_done) / number(all),
    };
    let far = format!("{} / {}", archive.tables_done, archive.tables);
    let rows = [("rows", format::number(archive.rows).into())];
    ui::progress(
        &archive.state.label(locale),
        &far,
        share,
        html! { (locale.tx("exchange-archive-rows", &rows)) },
    )
}

/// Bytes as people say them.
fn size(bytes: i64) -> String {
    match bytes >> 20 {
        0 => format!("{} KB", (bytes >> 10).max(1)),
        mega => format!("{mega} MB"),
    }
}
