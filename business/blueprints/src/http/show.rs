//! The page of one blueprint.

use std::{collections::BTreeMap, sync::OnceLock};

use kernel::{Ctx, Fault, TimeZone, Timestamp, format, ids::BlueprintId};
use store::Tx;
use web::{App, Fields, Me, Page, Path, Query, Reply, State as Of};

use super::status;
use crate::{
    EDIT, fields,
    model::{Blueprint, Lane, Observed, ObservedAsk, Version},
    pages::{self, BlueprintView},
    paths::{DAYS, Place},
    queries::{self, Edits},
};

/// Where observed minutes come from: the crate that keeps the orders.
pub type ObservedSource = fn(&mut Tx, &Ctx, &ObservedAsk) -> Result<Vec<Observed>, Fault>;

static OBSERVED: OnceLock<ObservedSource> = OnceLock::new();

/// Names the source of observed minutes, once, when the program starts; the first call wins.
pub fn set_observed(source: ObservedSource) {
    OBSERVED.get_or_init(|| source);
}

/// What the last command left behind: what was typed, and why it was refused.
#[derive(Default)]
pub(super) struct Refused {
    pub fields: Option<Fields>,
    pub fault: Option<Fault>,
}

pub(super) async fn show(
    Of(app): Of<App>,
    me: Me,
    Path(id): Path<BlueprintId>,
    query: Query,
) -> Reply {
    page(&app, &me, id, place(&query), Refused::default()).await
}

/// The place an address or a form names; what it names wrongly is left out.
pub(super) fn place(fields: &Fields) -> Place {
    let key = |name: &str| {
        Some(fields.typed(name))
            .filter(|key| plain(key))
            .map(str::to_owned)
    };
    let number = |name: &str| fields.typed(name).parse::<i64>().ok().filter(|n| *n >= 1);
    let step = key("step");
    let lane = Lane::parse(fields.typed("lane"));
    let add = key("phase").zip(lane).filter(|_| step.is_none());
    let days = number("days").filter(|days| DAYS.contains(days));
    Place {
        step,
        add,
        version: number("version"),
        compare: number("compare"),
        observed: fields.typed("view") != "design",
        days: days.unwrap_or(Place::default().days),
    }
}

/// The place a form was sent from: its `version` is the one of optimistic locking, no place.
pub(super) fn place_of_form(fields: &Fields) -> Place {
    Place {
        version: None,
        add: None,
        compare: None,
        ..place(fields)
    }
}

fn plain(key: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=40).contains(&key.len()) && key.bytes().all(plain)
}

/// What the page needs from the database.
struct Loaded {
    blueprint: Blueprint,
    shown: Version,
    versions: Vec<Version>,
    edits: Edits,
    observed: BTreeMap<String, Observed>,
    skills: Vec<(String, String)>,
}

fn load(tx: &mut Tx, ctx: &Ctx, ask: &ObservedAsk, place: &Place) -> Result<Loaded, Fault> {
    let blueprint = queries::blueprint(tx, ctx, ask.blueprint)?;
    let number = place.version.unwrap_or(blueprint.current());
    let shown = queries::version(tx, ctx, blueprint.id, number)?
        .ok_or_else(|| Fault::missing("blueprints-version-missing"))?;
    let observed = match OBSERVED.get() {
        Some(source) if place.observed => source(tx, ctx, ask)?,
        _ => Vec::new(),
    };
    let skill = |skill: people::Skill| (skill.code, skill.name.get(ctx.locale).to_owned());
    Ok(Loaded {
        shown,
        versions: queries::versions(tx, ctx, blueprint.id)?,
        edits: queries::edits(tx, ctx, blueprint.id)?,
        observed: observed
            .into_iter()
            .map(|seen| (seen.step_key.clone(), seen))
            .collect(),
        skills: people::skills(tx, ctx)?.into_iter().map(skill).collect(),
        blueprint,
    })
}

/// Renders a blueprint at a place, with what was refused if anything was.
pub(super) async fn page(
    app: &App,
    me: &Me,
    id: BlueprintId,
    place: Place,
    refused: Refused,
) -> Reply {
    let ask = ObservedAsk {
        blueprint: id,
        site: me.site.as_ref().map(|site| site.id),
        since: days_before(me.ctx.now, place.days),
        until: me.ctx.now,
    };
    let (ctx, asked) = (me.ctx.clone(), place.clone());
    let loaded = app.read(move |tx| load(tx, &ctx, &ask, &asked)).await?;
    let current = loaded.shown.number == loaded.blueprint.current();
    let chosen = place
        .step
        .as_deref()
        .and_then(|key| loaded.shown.body.step(key));
    let typed = refused
        .fields
        .or_else(|| chosen.map(fields::of_step))
        .unwrap_or_default();
    let locale = me.ctx.locale;
    let site = me.site.as_ref().map_or("", |site| site.name.get(locale));
    let moment = |at| when(me, at);
    let view = BlueprintView {
        locale,
        blueprint: &loaded.blueprint,
        shown: &loaded.shown,
        versions: &loaded.versions,
        edits: loaded.edits,
        observed: &loaded.observed,
        place: &place,
        can_edit: me.ctx.may(EDIT) && current && !loaded.blueprint.archived,
        can_export: me.ctx.may(EDIT),
        site,
        skills: &loaded.skills,
        fields: &typed,
        fault: refused.fault.as_ref(),
        when: &moment,
    };
    let shell = Page::new(loaded.blueprint.name.get(locale))
        .subtitle(view.subtitle())
        .actions(pages::actions(&view))
        .still();
    let mut response = web::page(me, shell, pages::page(&view))?;
    if let Some(fault) = refused.fault {
        *response.status_mut() = status(&fault).ok_or(fault)?;
    }
    Ok(response)
}

fn days_before(now: Timestamp, days: i64) -> Timestamp {
    const DAY_MICROSECONDS: i64 = 86_400_000_000;
    let since = now
        .as_microsecond()
        .saturating_sub(days.saturating_mul(DAY_MICROSECONDS));
    Timestamp::from_microsecond(since).unwrap_or(now)
}

/// An instant in the reader's shop: the time today, else date and time.
pub(super) fn when(me: &Me, at: Timestamp) -> String {
    let zone = me
        .site
        .as_ref()
        .map_or(TimeZone::UTC, |site| site.zone.clone());
    let (now, at) = (zone.to_datetime(me.ctx.now), zone.to_datetime(at));
    let time = format::time(at.time());
    if now.date() == at.date() {
        return time;
    }
    let date = match now.year() == at.year() {
        true => format::date(me.ctx.locale, at.date()),
        false => format::date_year(me.ctx.locale, at.date()),
    };
    format!("{date} {time}")
}
