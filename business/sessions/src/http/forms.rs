//! Planning, changing and calling off a session.

use kernel::{Ctx, Date, Every, Fault, Repeat, Time, Timestamp, Until, ids::GroupSessionId};
use organisation::Site;
use store::Tx;
use web::{App, Fields, Form, Me, Page, Path, Query, Reply, State, done};

use super::{answer, id_of, view, with};
use crate::{
    commands::{self, Change, Foreseen, Plan},
    model::{REASON_CHARS_MAX, SEATS_MAX, SERIES_MAX, Session},
    pages::{self, PlanPage, View},
    queries,
};

/// What a form of planning says.
struct Asked {
    plan: Plan,
    repeat: Option<Repeat>,
    skip: bool,
    /// Only the dates are wanted.
    looks: bool,
}

fn start_of(form: &mut Fields, site: &Site) -> (Timestamp, Date) {
    let day = form.date("day");
    let time: Time = form.time("time");
    let minute = i64::from(time.hour()) * 60 + i64::from(time.minute());
    match organisation::instant(&site.zone, day, minute) {
        Ok(start) => (start, day),
        Err(fault) => {
            form.wrong("time", fault.text);
            (Timestamp::UNIX_EPOCH, day)
        }
    }
}

fn read(form: &mut Fields, site: &Site) -> Asked {
    let (start, day) = start_of(form, site);
    let (staff, room) = with(form);
    let plan = Plan {
        site: site.id,
        service: form.id("service"),
        start,
        minutes: form.int("minutes", 5, crate::model::MINUTES_MAX),
        staff,
        room,
        seats: form.int("seats", 1, SEATS_MAX),
        each_max: form.int("each_max", 1, SEATS_MAX),
    };
    let weeks = form.optional_int("weeks", 0, 52).unwrap_or(0);
    let repeat = (weeks > 0).then(|| {
        let last = form.optional_date("until");
        let most = i64::try_from(SERIES_MAX).unwrap_or(i64::MAX);
        let count = form.optional_int("count", 1, most);
        let count = count.and_then(|count| usize::try_from(count).ok());
        Repeat {
            first: day,
            every: Every::Weeks(i32::try_from(weeks).unwrap_or(1)),
            until: match (last, count) {
                (Some(last), None) => Until::Date(last),
                (_, count) => Until::Count(count.unwrap_or(1)),
            },
        }
    });
    Asked {
        plan,
        repeat,
        skip: form.flag("skip"),
        looks: form.flag("look"),
    }
}

fn site(tx: &mut Tx, ctx: &Ctx, me: &Me) -> Result<Site, Fault> {
    organisation::site(tx, ctx, me.site()?.id)
}

async fn ask(
    app: &App,
    me: &Me,
    typed: &Fields,
    (foreseen, fault): (Option<Vec<Foreseen>>, Option<&Fault>),
) -> Reply {
    let reader = me.clone();
    let (view, offers) = app
        .read(move |tx| {
            let site = site(tx, &reader.ctx, &reader)?;
            let offers = queries::offers(tx, &reader.ctx)?;
            Ok((view(tx, &reader.ctx, &reader, site)?, offers))
        })
        .await?;
    let shown = PlanPage {
        view,
        offers,
        typed,
        foreseen: foreseen.as_deref(),
        fault,
    };
    let heading = Page::new(me.look.locale.t("sessions-new")).still();
    answer(me, heading, pages::plan(&shown), fault)
}

/// `GET /sessions/new`.
pub(super) async fn new(State(app): State<App>, me: Me, typed: Query) -> Reply {
    ask(&app, &me, &typed, (None, None)).await
}

/// `POST /sessions`: plans them, or shows what stands in the way of some.
pub(super) async fn plan(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let reader = me.clone();
    let site = app.read(move |tx| site(tx, &reader.ctx, &reader)).await?;
    let asked = read(&mut form, &site);
    if let Err(fault) = form.done() {
        return ask(&app, &me, &form, (None, Some(&fault))).await;
    }
    let (ctx, plan, repeat) = (me.ctx.clone(), asked.plan.clone(), asked.repeat);
    let foreseen = match repeat {
        Some(repeat) => {
            let (ctx, plan) = (ctx.clone(), plan.clone());
            let found = app
                .read(move |tx| commands::foresee(tx, &ctx, &plan, &repeat))
                .await;
            match found {
                Ok(found) => Some(found),
                Err(fault) => return ask(&app, &me, &form, (None, Some(&fault))).await,
            }
        }
        None => None,
    };
    if asked.looks && foreseen.is_some() {
        return ask(&app, &me, &form, (foreseen, None)).await;
    }
    let planned = app
        .write(move |tx| match repeat {
            Some(repeat) => commands::plan_series(tx, &ctx, &plan, &repeat, asked.skip),
            None => commands::plan(tx, &ctx, &plan).map(|session| vec![session]),
        })
        .await;
    match planned {
        Ok(sessions) => {
            let words = [("count", sessions.len().into())];
            let said = me.look.locale.tx("sessions-planned", &words);
            done("/sessions", &said)
        }
        Err(fault) => ask(&app, &me, &form, (foreseen, Some(&fault))).await,
    }
}

fn session_view(
    tx: &mut Tx,
    ctx: &Ctx,
    me: &Me,
    id: GroupSessionId,
) -> Result<(Session, View), Fault> {
    let session = queries::session(tx, ctx, id)?;
    let site = organisation::site(tx, ctx, session.site)?;
    Ok((session, view(tx, ctx, me, site)?))
}

async fn ask_change(
    app: &App,
    me: &Me,
    id: GroupSessionId,
    (typed, fault): (Option<&Fields>, Option<&Fault>),
) -> Reply {
    let reader = me.clone();
    let (session, view) = app
        .read(move |tx| session_view(tx, &reader.ctx, &reader, id))
        .await?;
    let heading = Page::new(me.look.locale.t("sessions-change")).still();
    let body = pages::change(&view, &session, (typed, fault));
    answer(me, heading, body, fault)
}

/// `GET /sessions/{id}/content`.
pub(super) async fn content(State(app): State<App>, me: Me, Path(id): Path<String>) -> Reply {
    ask_change(&app, &me, id_of(&id)?, (None, None)).await
}

/// `POST /sessions/{id}/content`.
pub(super) async fn change(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    mut form: Form,
) -> Reply {
    let id = id_of(&id)?;
    let reader = me.clone();
    let (_, view) = app
        .read(move |tx| session_view(tx, &reader.ctx, &reader, id))
        .await?;
    let (start, _) = start_of(&mut form, &view.site);
    let (staff, room) = with(&mut form);
    let wanted = Change {
        start,
        staff,
        room,
        seats: form.int("seats", 1, SEATS_MAX),
        each_max: form.int("each_max", 1, SEATS_MAX),
        version: form.int("version", 1, i64::MAX),
    };
    let ctx = me.ctx.clone();
    let changed = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::change(tx, &ctx, id, &wanted))
                .await
        }
        Err(fault) => Err(fault),
    };
    match changed {
        Ok(_) => done(
            &format!("/sessions/{id}"),
            &me.look.locale.t("sessions-saved"),
        ),
        Err(fault) => ask_change(&app, &me, id, (Some(&form), Some(&fault))).await,
    }
}

async fn ask_reason(
    app: &App,
    me: &Me,
    id: GroupSessionId,
    (typed, fault): (&Fields, Option<&Fault>),
) -> Reply {
    let reader = me.clone();
    let (session, view, guests) = app
        .read(move |tx| {
            let (session, view) = session_view(tx, &reader.ctx, &reader, id)?;
            let guests = capacity::session_orders(tx, &reader.ctx, id)?.len();
            Ok((session, view, guests))
        })
        .await?;
    let heading = Page::new(me.look.locale.t("sessions-cancel")).still();
    let body = pages::cancellation(&view, (&session, guests), typed, fault);
    answer(me, heading, body, fault)
}

/// `GET /sessions/{id}/cancellation`.
pub(super) async fn cancellation(State(app): State<App>, me: Me, Path(id): Path<String>) -> Reply {
    ask_reason(&app, &me, id_of(&id)?, (&Fields::default(), None)).await
}

/// `POST /sessions/{id}/cancellation`.
pub(super) async fn cancel(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    mut form: Form,
) -> Reply {
    let id = id_of(&id)?;
    let reason = form
        .optional_text("reason", REASON_CHARS_MAX)
        .unwrap_or_default();
    let following = form.typed("which") == "following";
    let ctx = me.ctx.clone();
    let cancelled = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::cancel(tx, &ctx, id, (&reason, following)))
                .await
        }
        Err(fault) => Err(fault),
    };
    match cancelled {
        Ok(count) => {
            let words = [("count", count.into())];
            let said = me.look.locale.tx("sessions-told-cancelled", &words);
            done("/sessions", &said)
        }
        Err(fault) => ask_reason(&app, &me, id, (&form, Some(&fault))).await,
    }
}
