//! Quoted against real: the page *Waits* and its file.

use kernel::{Fault, format};

use web::{App, Cell, Column, Export, Me, Page, Query, Reply, State};

use crate::commands::later;
use crate::model::{self, Outcome, Told};
use crate::pages::waits::{self, WaitsView};
use crate::{VIEW, queries};

/// The spans one can look at, in days; the first is the one that is shown.
const SPANS: [i64; 3] = [28, 7, 1];

fn columns(me: &Me) -> Vec<Column<Told>> {
    let t = |key: &str| me.look.locale.t(key);
    vec![
        Column::new(t("queue-quote-number"), |told: &Told| told.label.clone()),
        Column::new(t("queue-waits-line"), |told: &Told| told.line.clone()),
        Column::new(t("queue-waits-day"), |told: &Told| told.day),
        Column::new(t("queue-waits-time"), |told: &Told| told.time.clone()),
        Column::new(t("queue-quote-ahead"), |told: &Told| told.people_ahead),
        Column::new(t("queue-waits-least"), |told: &Told| {
            told.wait.map(|wait| wait.min)
        }),
        Column::new(t("queue-waits-most"), |told: &Told| {
            told.wait.map(|wait| wait.max)
        }),
        Column::new(t("queue-waits-expected"), |told: &Told| {
            told.expected_seconds.map(|seconds| (seconds + 30) / 60)
        }),
        Column::new(t("queue-quote-waited"), |told: &Told| match told.outcome {
            Outcome::Served(minutes) => Cell::Whole(minutes),
            _ => Cell::Empty,
        }),
        Column::new(t("queue-waits-missed"), |told: &Told| told.missed_minutes()),
        Column::new(t("queue-waits-abandoned"), |told: &Told| {
            Cell::Whole(i64::from(told.outcome == Outcome::Abandoned))
        }),
        Column::new(t("queue-waits-model"), |told: &Told| told.model),
    ]
}

pub(super) async fn page(State(app): State<App>, me: Me, query: Query) -> Reply {
    let asked = query.typed("days").parse().unwrap_or(SPANS[0]);
    let days = SPANS
        .into_iter()
        .find(|days| *days == asked)
        .unwrap_or(SPANS[0]);
    let (ctx, site) = (me.ctx.clone(), me.site()?.clone());
    let zone = site.zone.clone();
    let since = later(ctx.now, -days * 24 * 60);
    let read = move |tx: &mut store::Tx| {
        ctx.require_at(VIEW, site.id)?;
        let told = queries::told(tx, &ctx, (site.id, &zone), since)?;
        Ok::<_, Fault>(told)
    };
    if let Some(format) = web::wanted(&query) {
        let list = Export {
            name: "waits",
            columns: columns(&me),
        };
        return web::export(&app, &me, format, list, web::at_once(read)).await;
    }
    let told = app.read(read).await?;
    let (ctx, site) = (me.ctx.clone(), me.site()?.clone());
    let (learnt, lines) = app
        .read(move |tx| {
            let learnt = queries::model(tx, &ctx, site.id)?;
            Ok((learnt, queries::lines(tx, &ctx, site.id)?))
        })
        .await?;
    let locale = me.look.locale;
    let zone = me.site()?.zone.clone();
    let mut worst: Vec<Told> = told
        .iter()
        .filter(|told| told.missed_minutes() > Some(0))
        .cloned()
        .collect();
    worst.sort_by_key(|told| std::cmp::Reverse(told.missed_minutes()));
    worst.truncate(10);
    let view = WaitsView {
        days,
        spans: SPANS.to_vec(),
        all: model::reckon(&told),
        hours: model::by_hour(&told),
        lines: model::by_line(&told)
            .into_iter()
            .map(|(code, figures)| {
                let name = lines.iter().find(|line| line.code == code);
                let name = name.map(|line| line.name.get(locale).to_owned());
                (format!("{code} · {}", name.unwrap_or_default()), figures)
            })
            .collect(),
        by_day: model::by_day(&told),
        worst,
        model: (learnt.number, learnt.pairs),
        learned: learnt.learned_at.map(|at| {
            let local = at.to_zoned(zone);
            format!(
                "{} {}",
                format::date(locale, local.date()),
                format::time(local.time())
            )
        }),
        may_link: me.ctx.may(crate::DEVICES),
        may_edit: me.ctx.may(crate::LINES),
    };
    let page = Page::new(locale.t("queue-waits-title")).exports();
    web::page(&me, page, waits::page(locale, &view))
}
