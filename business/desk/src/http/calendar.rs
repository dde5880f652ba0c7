//! The calendar: a day, and moving what is in it.

use kernel::ids::{OrderId, StaffId};
use kernel::{Ctx, DateTime, Fault, FaultKind, Timestamp, format};
use orders::{Order, PartMove, Reschedule, StateName};
use store::Tx;
use web::{App, Form, Me, Page, Path, Query, Reply, State};

use super::today::spoken;
use crate::pages::calendar::{Columns, View};
use crate::pages::moving::{MoveView, Near};
use crate::pages::{self, clock};
use crate::{FEEDS, TAKE, calendar};

async fn gather(
    app: &App,
    me: &Me,
    query: &mut Query,
) -> Result<(calendar::CalendarDay, View), web::Problem> {
    let date = query.optional_date("day");
    let who = query.optional_id("who");
    query.done()?;
    let view = View {
        columns: Columns::parse(query.typed("view")),
        who,
        own: me.ctx.staff(),
        may_move: me.ctx.may(TAKE),
        may_set_up: me.ctx.may(people::EDIT_STAFF),
    };
    let week = view.columns == Columns::Week;
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let day = app
        .read(move |tx| calendar::gather(tx, &ctx, site, date, week))
        .await?;
    super::told(app, me, "calendar", day.cards.values()).await?;
    Ok((day, view))
}

pub(super) async fn page(State(app): State<App>, me: Me, mut query: Query) -> Reply {
    let (mut day, view) = gather(&app, &me, &mut query).await?;
    let locale = me.look.locale;
    let actions = pages::calendar::actions(locale, day.date, me.ctx.may(FEEDS), view.may_move);
    let shown = Page::new(locale.t("desk-calendar")).actions(actions);
    web::page(&me, shown, pages::calendar::body(locale, &mut day, &view))
}

pub(super) async fn grid(State(app): State<App>, me: Me, mut query: Query) -> Reply {
    let (mut day, view) = gather(&app, &me, &mut query).await?;
    web::fragment(pages::calendar::grid(me.look.locale, &mut day, &view))
}

/// A wanted move: the order, the local time at its site, who serves, the version seen.
#[derive(Clone)]
struct Wanted {
    order: OrderId,
    start: DateTime,
    staff: Option<StaffId>,
    version: Option<i64>,
    /// Which part of the visit, from 1.
    part: i64,
}

fn reschedule(tx: &mut Tx, ctx: &Ctx, wanted: &Wanted) -> Result<Order, Fault> {
    let order = orders::order(tx, ctx, wanted.order)?;
    ctx.require_at(TAKE, order.site)?;
    let site = organisation::site(tx, ctx, order.site)?;
    let time = wanted.start.time();
    let minute = i64::from(time.hour()) * 60 + i64::from(time.minute());
    let start = organisation::instant(&site.zone, wanted.start.date(), minute)?;
    let change = PartMove {
        part: wanted.part,
        to: Reschedule {
            start,
            staff: wanted.staff,
            version: wanted.version,
        },
        overbook: None,
    };
    orders::move_part(tx, ctx, wanted.order, &change)
}

/// Tries the move and takes it back: the same checks as the move itself, with nothing changed.
pub(super) async fn check(State(app): State<App>, me: Me, mut query: Query) -> Reply {
    let wanted = Wanted {
        order: query.id("order"),
        start: query.date_time("start"),
        staff: query.optional_id("staff"),
        version: query.optional_int("version", 0, i64::MAX),
        part: query.optional_int("part", 1, 12).unwrap_or(1),
    };
    query.done()?;
    let ctx = me.ctx.clone();
    let tried = app
        .write(move |tx| -> Result<(), Fault> {
            reschedule(tx, &ctx, &wanted)?;
            Err(Fault::missing("desk-fits"))
        })
        .await;
    match tried {
        Err(fault) if fault.text.key == "desk-fits" => {
            web::fragment(pages::calendar::sentence(&me.look.locale.t("desk-fits")))
        }
        Err(fault) => Err(fault.into()),
        Ok(()) => web::no_content(),
    }
}

/// A block was dropped.
pub(super) async fn drop_block(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let wanted = Wanted {
        order: form.id("order"),
        start: form.date_time("start"),
        staff: form.optional_id("staff"),
        version: form.optional_int("version", 0, i64::MAX),
        part: form.optional_int("part", 1, 12).unwrap_or(1),
    };
    form.done()?;
    let (ctx, day) = (me.ctx.clone(), wanted.start.date());
    app.write(move |tx| reschedule(tx, &ctx, &wanted)).await?;
    if me.look.fragment {
        return web::no_content();
    }
    web::done(
        &format!("/calendar?day={day}"),
        &me.look.locale.t("desk-done-moved"),
    )
}

fn local(site: &organisation::Site, at: Timestamp) -> (String, String) {
    let local = at.to_zoned(site.zone.clone());
    (local.date().to_string(), format::time(local.time()))
}

fn move_view(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<MoveView, Fault> {
    let card = orders::card(tx, ctx, id)?;
    let site = organisation::site(tx, ctx, card.order.site)?;
    let slot = card.order.state.slot();
    let at = slot.map_or(card.order.due(), |slot| slot.span.start);
    let staff = slot.and_then(|slot| slot.staff);
    let (day, time) = local(&site, at);
    let person = staff.map(|id| id.to_string()).unwrap_or_default();
    let state = card.order.state.name();
    let moves = matches!(state, StateName::Booked | StateName::Held | StateName::Open)
        && ctx.may(TAKE)
        && card.order.service.is_some();
    let members = people::staff_at(tx, ctx, site.id)?;
    let names = members
        .iter()
        .map(|m| (m.id.to_string(), m.shown(ctx.locale).to_owned()));
    let when = match slot {
        Some(slot) => {
            let start = pages::date_time(ctx.locale, &site.zone, slot.span.start);
            format!("{start}–{}", clock(&site.zone, slot.span.end))
        }
        None => pages::date_time(ctx.locale, &site.zone, at),
    };
    let near = if moves {
        near(tx, ctx, &site, &card.order, at)?
    } else {
        Vec::new()
    };
    Ok(MoveView {
        when,
        people: names.collect(),
        typed: (day, time, person),
        near,
        faults: Vec::new(),
        fault: String::new(),
        moves,
        card,
    })
}

/// Free times near the present one, with anybody who can.
fn near(
    tx: &mut Tx,
    ctx: &Ctx,
    site: &organisation::Site,
    order: &Order,
    at: Timestamp,
) -> Result<Vec<Near>, Fault> {
    const SHOWN: usize = 6;
    let visit = orders::visit_of_order(tx, ctx, order)?;
    if visit.parts.is_empty() {
        return Ok(Vec::new());
    }
    let plans = capacity::nearest_visits(tx, ctx, &visit, at.max(ctx.now), SHOWN)?;
    let mut found = Vec::new();
    for first in plans.iter().filter_map(|plan| plan.first()) {
        let (start, staff) = (first.fit.times.service.start, first.staff());
        let name = people::staff_member(tx, ctx, staff)?;
        let (day, time) = local(site, start);
        let when = pages::date_time(ctx.locale, &site.zone, start);
        let words = format!("{when} · {}", name.shown(ctx.locale));
        found.push(Near {
            values: (day, time, staff.to_string()),
            words,
        });
    }
    Ok(found)
}

pub(super) async fn move_page(State(app): State<App>, me: Me, Path(id): Path<OrderId>) -> Reply {
    let ctx = me.ctx.clone();
    let view = app.read(move |tx| move_view(tx, &ctx, id)).await?;
    super::told_one(&app, &me, &view.card).await?;
    let locale = me.look.locale;
    web::page(
        &me,
        Page::new(view.card.order.code.clone()),
        pages::moving::body(locale, &view),
    )
}

pub(super) async fn move_order(
    State(app): State<App>,
    me: Me,
    Path(id): Path<OrderId>,
    mut form: Form,
) -> Reply {
    let (day, time) = (form.date("day"), form.time("time"));
    let wanted = Wanted {
        order: id,
        start: day.to_datetime(time),
        staff: form.optional_id("staff"),
        version: form.optional_int("version", 0, i64::MAX),
        part: form.optional_int("part", 1, 12).unwrap_or(1),
    };
    let ctx = me.ctx.clone();
    let moved = match form.done() {
        Ok(()) => app.write(move |tx| reschedule(tx, &ctx, &wanted)).await,
        Err(fault) => Err(fault),
    };
    let locale = me.look.locale;
    match moved {
        Ok(_) if form.typed("back") == "today" => web::done("/today", &locale.t("desk-done-moved")),
        Ok(_) => web::done(
            &format!("/calendar?day={day}"),
            &locale.t("desk-done-moved"),
        ),
        Err(fault) if matches!(fault.kind, FaultKind::Invalid | FaultKind::Conflict) => {
            again(&app, &me, id, &form, &fault).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn again(app: &App, me: &Me, id: OrderId, form: &Form, fault: &Fault) -> Reply {
    let ctx = me.ctx.clone();
    let mut view = app.read(move |tx| move_view(tx, &ctx, id)).await?;
    let locale = me.look.locale;
    view.typed = (
        form.typed("day").to_owned(),
        form.typed("time").to_owned(),
        form.typed("staff").to_owned(),
    );
    view.faults = spoken(fault, locale);
    for (field, _) in &mut view.faults {
        if field == "start" || field == "slot" {
            "time".clone_into(field);
        }
    }
    if view.faults.is_empty() {
        view.fault = fault.speak(locale);
    }
    let page = Page::new(view.card.order.code.clone());
    web::unprocessable(me, page, pages::moving::body(locale, &view))
}
