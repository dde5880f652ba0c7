//! Today at every site together, by region.

use kernel::{Locale, Money, Timestamp, format, ids::SiteGroupId};
use organisation::{Site, SiteGroup};
use ui::{Markup, html};

/// What some sites come to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Totals {
    /// Visits of the day.
    pub booked: i64,
    /// Who waits now.
    pub waiting: i64,
    /// Who stands in line with a number now; they wait, too, unless they came before midnight.
    pub in_line: i64,
    /// Who is served now.
    pub serving: i64,
    /// Who was served.
    pub served: i64,
    /// Who did not come.
    pub no_shows: i64,
    /// What was charged, one amount a currency.
    pub takings: Vec<Money>,
}

/// A region, or all of them.
pub(crate) struct Sum {
    /// How deep it lies.
    pub depth: usize,
    /// Which; none for all sites.
    pub group: Option<SiteGroup>,
    /// How many sites lie in it.
    pub sites: usize,
    /// What they come to.
    pub totals: Totals,
}

/// What the page shows.
pub(crate) struct RegionsView {
    /// The region whose sites are listed; all when none is.
    pub chosen: Option<SiteGroupId>,
    /// Every site together.
    pub all: Sum,
    /// Each region, parts after their whole.
    pub regions: Vec<Sum>,
    /// The sites, each with its own day.
    pub sites: Vec<(Site, Totals)>,
    /// Now.
    pub now: Timestamp,
    /// Whether the reader sees every site.
    pub everywhere: bool,
    /// Whether the reader may rearrange regions.
    pub may_edit: bool,
}

/// The whole body.
pub(crate) fn body(locale: Locale, view: &RegionsView) -> Markup {
    let t = |key: &str| locale.t(key);
    let edit = html! {
        @if view.may_edit {
            (ui::link_button(t("desk-regions-edit"), "/regions/edit").small().ghost())
        }
    };
    html! {
        div class="stack" id="regions" data-live="order ticket site region" data-poll="60" {
            (figures(locale, view))
            (ui::card(&t("desk-regions"), edit, regions(locale, view)))
            (ui::card(&t("desk-regions-sites"), html! {}, sites(locale, view)))
        }
    }
}

fn figures(locale: Locale, view: &RegionsView) -> Markup {
    let all = &view.all.totals;
    let quiet = ui::Tone::Neutral;
    let stat =
        |key: &str, value: i64| ui::stat(&locale.t(key), &format::number(value), "", "", quiet);
    let takings = takings(locale, &all.takings);
    ui::stats(
        &locale.t("desk-today"),
        html! {
            (stat("desk-regions-booked", all.booked))
            (ui::stat(&locale.t("desk-regions-waiting"), &format::number(all.waiting), "",
                &in_line(locale, all), quiet))
            (stat("desk-regions-serving", all.serving))
            (stat("desk-regions-served", all.served))
            (stat("desk-regions-no-shows", all.no_shows))
            (ui::stat(&locale.t("desk-regions-takings"), &takings, "", "", quiet))
        },
    )
}

/// Amounts side by side, never added across currencies; the code stands with each where there are
/// several.
pub(crate) fn takings(locale: Locale, sums: &[Money]) -> String {
    let one = |money: &Money| match sums.len() {
        1 => format::money(money),
        _ => format!("{} {}", money.currency.code(), format::money(money)),
    };
    match sums {
        [] => locale.t("desk-regions-nothing"),
        sums => sums.iter().map(one).collect::<Vec<_>>().join(" · "),
    }
}

/// How many of those who wait stand in line; empty for nobody.
fn in_line(locale: Locale, totals: &Totals) -> String {
    match totals.in_line {
        0 => String::new(),
        count => locale.tx("desk-regions-in-line", &[("count", count.into())]),
    }
}

fn heads(locale: Locale, first: &str) -> Vec<ui::Head> {
    let t = |key: &str| locale.t(key);
    vec![
        ui::head(t(first)),
        ui::head(t("desk-regions-booked")).number(),
        ui::head(t("desk-regions-waiting")).number(),
        ui::head(t("desk-regions-serving")).number().drop(1),
        ui::head(t("desk-regions-served")).number(),
        ui::head(t("desk-regions-no-shows")).number().drop(1),
        ui::head(t("desk-regions-takings")).number(),
    ]
}

fn cells(locale: Locale, first: Markup, totals: &Totals) -> Vec<Markup> {
    let number = |value: i64| html! { (format::number(value)) };
    vec![
        first,
        number(totals.booked),
        html! {
            (format::number(totals.waiting))
            @if totals.in_line > 0 {
                " " small class="muted" { (in_line(locale, totals)) }
            }
        },
        number(totals.serving),
        number(totals.served),
        number(totals.no_shows),
        html! { (takings(locale, &totals.takings)) },
    ]
}

fn regions(locale: Locale, view: &RegionsView) -> Markup {
    let all_words = match view.everywhere {
        true => locale.t("desk-regions-all"),
        false => locale.t("desk-regions-all-mine"),
    };
    let row = |sum: &Sum| {
        let count = locale.tx("desk-regions-count", &[("count", sum.sites.into())]);
        let (name, path, chosen) = match &sum.group {
            Some(group) => (
                group.name(locale).to_owned(),
                format!("/regions?region={}", group.id),
                view.chosen == Some(group.id),
            ),
            None => (
                all_words.clone(),
                "/regions".to_owned(),
                view.chosen.is_none(),
            ),
        };
        let indent = "\u{2003}".repeat(sum.depth + usize::from(sum.group.is_some()));
        let first = html! { (indent) b { (name) } " " span class="muted sm nowrap" { (count) } };
        ui::row(cells(locale, first, &sum.totals))
            .href(path)
            .selected(chosen)
    };
    let rows: Vec<ui::Row> = std::iter::once(&view.all)
        .chain(&view.regions)
        .map(row)
        .collect();
    html! {
        (ui::table(&heads(locale, "desk-regions-region"), &rows))
        @if view.regions.is_empty() {
            p class="muted sm" { (locale.t("desk-regions-none")) }
        }
    }
}

fn sites(locale: Locale, view: &RegionsView) -> Markup {
    let row = |(site, totals): &(Site, Totals)| {
        let local = view.now.to_zoned(site.zone.clone());
        let (date, time) = (
            format::date(locale, local.date()),
            format::time(local.time()),
        );
        let first = html! {
            b { (site.name(locale)) } " "
            span class="muted sm" title=(site.zone_name()) { (date) " " (time) }
        };
        ui::row(cells(locale, first, totals)).id(format!("site-{}", site.id))
    };
    let rows: Vec<ui::Row> = view.sites.iter().map(row).collect();
    ui::table(&heads(locale, "desk-regions-site"), &rows)
}
