//! Routes of booking rules and of the minutes between rooms and sites.

use kernel::{
    Ctx, Fault, FaultKind,
    ids::{ServiceId, SiteId},
};
use organisation::Site;
use store::Tx;
use web::{
    App, Fields, Form, Me, Page, Path, Query, Reply, State, done, page, see_other, unprocessable,
};

use crate::{
    commands,
    model::{RuleBy, RuleValues},
    pages::settings::{self, MovesView, RuleView, RulesView},
    queries::{self, MoveMinutes, RuleSet},
};

fn missing() -> Fault {
    Fault::missing("capacity-rule-missing")
}

fn load(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<RulesView, Fault> {
    let site = organisation::site(tx, ctx, site)?;
    let filter = offers::Filter {
        site: Some(site.id),
        kind: Some(offers::Kind::Service),
        ..offers::Filter::default()
    };
    Ok(RulesView {
        sets: queries::rule_sets(tx, ctx)?,
        services: offers::services(tx, ctx, &filter)?,
        site,
    })
}

/// `GET /booking-rules`.
pub(super) async fn rules(State(app): State<App>, me: Me, query: Query) -> Reply {
    if let Some(service) = ServiceId::parse(query.typed("service")) {
        return see_other(&format!("/booking-rules/service/{service}"));
    }
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let view = app.read(move |tx| load(tx, &ctx, site)).await?;
    let locale = me.look.locale;
    let title = Page::new(locale.t("capacity-rules"));
    page(&me, title, settings::rules(locale, &view))
}

/// One rule, and the site it is looked at from.
struct Asked {
    site: Site,
    by: RuleBy,
    name: String,
    set: Option<RuleSet>,
}

fn asked(tx: &mut Tx, ctx: &Ctx, (site, by): (SiteId, RuleBy)) -> Result<Asked, Fault> {
    let name = match by {
        RuleBy::Site(id) => organisation::site(tx, ctx, id)?.name(ctx.locale).to_owned(),
        RuleBy::Service(id) => offers::service(tx, ctx, id)?
            .name
            .get(ctx.locale)
            .to_owned(),
        RuleBy::Level(level) => settings::level_name(ctx.locale, level),
    };
    let sets = queries::rule_sets(tx, ctx)?;
    Ok(Asked {
        site: organisation::site(tx, ctx, site)?,
        set: sets.into_iter().find(|set| set.by == by),
        name,
        by,
    })
}

/// `GET /booking-rules/{scope}/{subject}`.
pub(super) async fn rule(
    State(app): State<App>,
    me: Me,
    Path((scope, subject)): Path<(String, String)>,
) -> Reply {
    let by = RuleBy::parse(&scope, &subject).ok_or_else(missing)?;
    rule_page(&app, &me, by, None).await
}

async fn rule_page(app: &App, me: &Me, by: RuleBy, refused: Option<(&Fields, &Fault)>) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let asked = app.read(move |tx| asked(tx, &ctx, (site, by))).await?;
    let view = RuleView {
        by: asked.by,
        set: asked.set.as_ref(),
        site: &asked.site,
        zone: me.zone(),
        refused,
    };
    let body = settings::rule(me.look.locale, &view);
    let title = Page::new(asked.name);
    match refused {
        Some(_) => unprocessable(me, title, body),
        None => page(me, title, body),
    }
}

/// `POST /booking-rules/{scope}/{subject}`.
pub(super) async fn save_rule(
    State(app): State<App>,
    me: Me,
    Path((scope, subject)): Path<(String, String)>,
    mut form: Form,
) -> Reply {
    let by = RuleBy::parse(&scope, &subject).ok_or_else(missing)?;
    let version = form.int("version", 0, i64::MAX);
    let reset = form.typed("reset").to_owned();
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let before = app.read(move |tx| asked(tx, &ctx, (site, by))).await?;
    let before = before.set.map_or(RuleValues::default(), |set| set.values);
    let values = if reset.is_empty() {
        RuleValues {
            notice_minutes: form.optional_int("notice", 0, commands::NOTICE_MAX),
            horizon_days: form.optional_int("horizon", 1, commands::HORIZON_MAX),
            upcoming_max: form.optional_int("upcoming", 1, commands::UPCOMING_MAX),
            cancel_minutes: form.optional_int("cancel", 0, commands::NOTICE_MAX),
        }
    } else {
        without(before, &reset)
    };
    let ctx = me.ctx.clone();
    let saved = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::save_rule(tx, &ctx, by, version, values))
                .await
        }
        Err(fault) => Err(fault),
    };
    match saved {
        Ok(()) => done("/booking-rules", &me.look.locale.t("capacity-saved")),
        Err(fault) if is_said_here(&fault) => rule_page(&app, &me, by, Some((&form, &fault))).await,
        Err(fault) => Err(fault.into()),
    }
}

fn without(before: RuleValues, name: &str) -> RuleValues {
    let mut values = before;
    match name {
        "notice" => values.notice_minutes = None,
        "horizon" => values.horizon_days = None,
        "upcoming" => values.upcoming_max = None,
        "cancel" => values.cancel_minutes = None,
        _ => {}
    }
    values
}

fn is_said_here(fault: &Fault) -> bool {
    matches!(fault.kind, FaultKind::Invalid | FaultKind::Conflict)
}

struct Moves {
    site: Site,
    others: Vec<Site>,
    rooms: Vec<MoveMinutes>,
    sites: Vec<MoveMinutes>,
}

fn moves_of(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Moves, Fault> {
    let mut others = organisation::sites(tx, ctx)?;
    others.retain(|other| other.id != site);
    Ok(Moves {
        site: organisation::site(tx, ctx, site)?,
        others,
        rooms: queries::room_moves(tx, ctx)?,
        sites: queries::site_moves(tx, ctx)?,
    })
}

/// `GET /resources/moves`.
pub(super) async fn moves(State(app): State<App>, me: Me) -> Reply {
    moves_page(&app, &me, None).await
}

async fn moves_page(app: &App, me: &Me, refused: Option<(&Fields, &Fault)>) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let found = app.read(move |tx| moves_of(tx, &ctx, site)).await?;
    let locale = me.look.locale;
    let view = MovesView {
        site: &found.site,
        others: &found.others,
        rooms: &found.rooms,
        sites: &found.sites,
        zone: me.zone(),
        refused,
    };
    let body = settings::moves(locale, &view);
    let title = Page::new(locale.t("capacity-moves"));
    match refused {
        Some(_) => unprocessable(me, title, body),
        None => page(me, title, body),
    }
}

/// What a form says of moves: `None` for what it does not speak of.
struct Wanted {
    rooms: Option<i64>,
    usual: Option<i64>,
    pairs: Vec<(SiteId, Option<i64>)>,
}

fn wanted(form: &mut Form, others: &[Site]) -> Wanted {
    let reset = form.typed("reset").to_owned();
    let most = commands::TRAVEL_MINUTES_MAX;
    if !reset.is_empty() {
        let pair = reset.strip_prefix("to-").and_then(SiteId::parse);
        return Wanted {
            rooms: (reset == "room").then_some(0),
            usual: (reset == "travel").then_some(queries::TRAVEL_MINUTES),
            pairs: pair.map(|site| (site, None)).into_iter().collect(),
        };
    }
    let mut pairs = Vec::with_capacity(others.len());
    for other in others {
        let minutes = form.optional_int(&format!("to-{}", other.id), 0, most);
        pairs.push((other.id, minutes));
    }
    Wanted {
        rooms: Some(form.int("room", 0, commands::ROOM_MINUTES_MAX)),
        usual: (!others.is_empty()).then(|| form.int("travel", 0, most)),
        pairs,
    }
}

/// `POST /resources/moves`.
pub(super) async fn save_moves(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let found = app.read(move |tx| moves_of(tx, &ctx, site)).await?;
    let wanted = wanted(&mut form, &found.others);
    let ctx = me.ctx.clone();
    let saved = match form.done() {
        Ok(()) => app.write(move |tx| set(tx, &ctx, site, &wanted)).await,
        Err(fault) => Err(fault),
    };
    match saved {
        Ok(()) => done("/resources/moves", &me.look.locale.t("capacity-saved")),
        Err(fault) if is_said_here(&fault) => moves_page(&app, &me, Some((&form, &fault))).await,
        Err(fault) => Err(fault.into()),
    }
}

fn set(tx: &mut Tx, ctx: &Ctx, site: SiteId, wanted: &Wanted) -> Result<(), Fault> {
    if let Some(minutes) = wanted.rooms {
        commands::set_room_minutes(tx, ctx, site, minutes)?;
    }
    if let Some(minutes) = wanted.usual {
        commands::set_usual_travel_minutes(tx, ctx, minutes)?;
    }
    for (other, minutes) in &wanted.pairs {
        commands::set_travel_minutes(tx, ctx, (site, *other), *minutes)?;
    }
    Ok(())
}
