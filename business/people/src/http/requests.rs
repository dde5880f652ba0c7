//! What staff ask for, and what is decided.

use super::rota::days;
use super::time::minute;
use crate::commands::requests::{self, Decision, NewRequest};
use crate::model::{Effect, Request, Shift, Staff, TimeOff, Wish, half_of, work_spans_of};
use crate::pages::{self, AskView, DecideView, OwnView};
use crate::{columns, queries};
use kernel::ids::{RequestId, ShiftId, StaffId};
use kernel::{Ctx, Date, Fault, Span, Text};
use organisation::{Site, instant_clipped};
use store::Tx;
use web::axum::http::StatusCode;
use web::{App, Fields, Form, Me, Page, Path, Query, Reply, State};

/// How far ahead shifts are offered to be given away or swapped.
const AHEAD_DAYS: i64 = 60;
/// What was decided: so much on the page, and in the file.
const DECIDED_SHOWN: i64 = 20;
const DECIDED_IN_FILE: i64 = 20_000;

/// Somebody's own requests, and what they can ask for.
struct Own {
    person: Option<Staff>,
    home: Site,
    requests: Vec<Request>,
    shifts: Vec<Shift>,
    people: Vec<Staff>,
}

fn own(tx: &mut Tx, ctx: &Ctx, chosen: kernel::ids::SiteId) -> Result<Own, Fault> {
    let mut own = Own {
        person: None,
        home: organisation::site(tx, ctx, chosen)?,
        requests: Vec::new(),
        shifts: Vec::new(),
        people: queries::staff(tx, ctx)?,
    };
    let Some(id) = ctx.staff() else {
        return Ok(own);
    };
    let person = queries::staff_member(tx, ctx, id)?;
    own.home = super::staff::home_of(tx, ctx, &person)?;
    own.requests = queries::requests_of(tx, ctx, id)?;
    if let Some(ahead) = days(&own.home, own.home.date_of(ctx.now), AHEAD_DAYS) {
        let shifts = queries::shifts_of(tx, ctx, id, ahead)?;
        own.shifts = shifts
            .into_iter()
            .filter(|shift| shift.span.start > ctx.now)
            .collect();
    }
    own.person = Some(person);
    Ok(own)
}

pub async fn show(State(app): State<App>, me: Me) -> Reply {
    own_page(&app, &me, None).await
}

async fn own_page(app: &App, me: &Me, wrong: Option<(&Fields, &Fault)>) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let own = app.read(move |tx| own(tx, &ctx, site)).await?;
    let locale = me.look.locale;
    let view = OwnView {
        person: own.person.as_ref(),
        home: &own.home,
        requests: &own.requests,
        shifts: &own.shifts,
        people: &own.people,
        refused: wrong,
    };
    let page = Page::new(locale.t("people-requests"));
    let body = pages::own_requests(locale, &view);
    super::refused(web::page(me, page, body), wrong.map(|(_, fault)| fault))
}

/// Time off as typed: whole days, half of one, or some hours of one.
struct TypedOff {
    first: Date,
    last: Date,
    part: String,
    hours: (i64, i64),
    reason: String,
}

fn typed_off(form: &mut Form) -> Result<TypedOff, Fault> {
    let first = form.date("first");
    let part = form.choice("part", &["days", "morning", "afternoon", "hours"]);
    let (from, to) = match part.as_str() {
        "hours" => (form.time("off_from"), form.time("off_to")),
        _ => Default::default(),
    };
    let off = TypedOff {
        first,
        last: form.optional_date("last").unwrap_or(first),
        part,
        hours: (minute(from), minute(to)),
        reason: form.text("reason", 0, 200),
    };
    form.done()?;
    Ok(off)
}

fn span_of(tx: &mut Tx, ctx: &Ctx, off: &TypedOff) -> Result<Span, Fault> {
    let none = || Fault::conflict("people-request-not-staff");
    let person = queries::staff_member(tx, ctx, ctx.staff().ok_or_else(none)?)?;
    let home = super::staff::home_of(tx, ctx, &person)?;
    let at = |date, minute| instant_clipped(&home.zone, date, minute);
    let backwards = || Fault::invalid("last", Text::key("people-off-backwards"));
    let day = Span::new(at(off.first, 0), at(off.first, 1440)).ok_or_else(backwards)?;
    let span = match off.part.as_str() {
        "hours" => {
            let wrong = || Fault::invalid("off_to", Text::key("people-off-backwards"));
            let (from, to) = (at(off.first, off.hours.0), at(off.first, off.hours.1));
            return Span::new(from, to).ok_or_else(wrong);
        }
        "morning" | "afternoon" => {
            let shifts = queries::shifts_of(tx, ctx, person.id, day)?;
            let work: Vec<Span> = work_spans_of(day, &shifts, &[] as &[TimeOff])
                .into_iter()
                .map(|(_, span)| span)
                .collect();
            half_of(&work, day, off.part == "morning")
        }
        _ => Span::new(day.start, at(off.last, 1440)),
    };
    span.ok_or_else(backwards)
}

pub async fn ask_off(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let asked = match typed_off(&mut form) {
        Ok(off) => {
            let ctx = me.ctx.clone();
            app.write(move |tx| {
                let new = NewRequest {
                    wish: Wish::Off,
                    span: span_of(tx, &ctx, &off)?,
                    reason: off.reason,
                };
                requests::ask(tx, &ctx, new)
            })
            .await
        }
        Err(fault) => Err(fault),
    };
    match asked {
        Ok(_) => web::done("/requests", &me.look.locale.t("people-request-sent")),
        Err(fault) if super::is_correctable(&fault) => {
            own_page(&app, &me, Some((&form, &fault))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// What can be done with one of one's shifts.
struct Ask {
    shift: Shift,
    site: Site,
    colleagues: Vec<Staff>,
    theirs: Vec<Shift>,
}

fn asking(tx: &mut Tx, ctx: &Ctx, id: ShiftId) -> Result<Ask, Fault> {
    let none = || Fault::missing("people-shift-missing");
    let staff = ctx.staff().ok_or_else(none)?;
    let shift = queries::shift(tx, ctx, staff, id)?.ok_or_else(none)?;
    let site = organisation::site(tx, ctx, shift.site)?;
    let mut colleagues = queries::staff_at(tx, ctx, site.id)?;
    colleagues.retain(|colleague| colleague.id != staff);
    let mut theirs = Vec::new();
    if let Some(ahead) = days(&site, site.date_of(ctx.now), AHEAD_DAYS) {
        theirs = queries::shifts(tx, ctx, site.id, ahead)?;
        theirs.retain(|other| other.staff != staff && other.span.start > ctx.now);
    }
    Ok(Ask {
        shift,
        site,
        colleagues,
        theirs,
    })
}

pub async fn shift(State(app): State<App>, me: Me, Path(id): Path<ShiftId>) -> Reply {
    shift_page(&app, &me, id, None).await
}

async fn shift_page(app: &App, me: &Me, id: ShiftId, wrong: Option<(&Fields, &Fault)>) -> Reply {
    let ctx = me.ctx.clone();
    let ask = app.read(move |tx| asking(tx, &ctx, id)).await?;
    let locale = me.look.locale;
    let view = AskView {
        shift: &ask.shift,
        site: &ask.site,
        colleagues: &ask.colleagues,
        theirs: &ask.theirs,
        refused: wrong,
    };
    let page = Page::new(locale.t("people-shift")).subtitle(pages::shift_words(
        locale,
        &ask.shift.span,
        &ask.site.zone,
    ));
    let body = pages::ask_page(locale, &view);
    super::refused(web::page(me, page, body), wrong.map(|(_, fault)| fault))
}

/// `give=COLLEAGUE`, or `swap=COLLEAGUE:SHIFT`.
fn typed_wish(form: &mut Form, shift: ShiftId) -> Result<(Wish, String), Fault> {
    let reason = form.text("reason", 0, 200);
    let wish = match form.typed("swap").split_once(':') {
        Some((other, theirs)) => {
            let ids = StaffId::parse(other).zip(ShiftId::parse(theirs));
            ids.map(|(other, theirs)| Wish::Swap(shift, other, theirs))
        }
        None => {
            let other: StaffId = form.id("give");
            Some(Wish::Give(shift, other))
        }
    };
    form.done()?;
    let wish = wish.ok_or_else(|| Fault::invalid("swap", Text::key("web-not-choice")))?;
    Ok((wish, reason))
}

pub async fn ask_shift(
    State(app): State<App>,
    me: Me,
    Path(id): Path<ShiftId>,
    mut form: Form,
) -> Reply {
    let asked = match typed_wish(&mut form, id) {
        Ok((wish, reason)) => {
            let ctx = me.ctx.clone();
            app.write(move |tx| {
                let none = || Fault::conflict("people-request-shift-gone");
                let staff = ctx.staff().ok_or_else(none)?;
                let shift = queries::shift(tx, &ctx, staff, id)?.ok_or_else(none)?;
                let span = shift.span;
                requests::ask(tx, &ctx, NewRequest { wish, span, reason })
            })
            .await
        }
        Err(fault) => Err(fault),
    };
    match asked {
        Ok(_) => web::done("/requests", &me.look.locale.t("people-request-sent")),
        Err(fault) if super::is_correctable(&fault) => {
            shift_page(&app, &me, id, Some((&form, &fault))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// One press about a request of one's own; a refusal is told above the list.
async fn press<F>(app: App, me: Me, key: &'static str, command: F) -> Reply
where
    F: FnOnce(&mut Tx, &Ctx) -> Result<Request, Fault> + Send + 'static,
{
    let ctx = me.ctx.clone();
    match app.write(move |tx| command(tx, &ctx)).await {
        Ok(_) => web::done("/requests", &me.look.locale.t(key)),
        Err(fault) if super::is_correctable(&fault) => {
            own_page(&app, &me, Some((&Fields::default(), &fault))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

pub async fn withdraw(State(app): State<App>, me: Me, Path(id): Path<RequestId>) -> Reply {
    press(app, me, "people-request-withdrawn", move |tx, ctx| {
        requests::withdraw(tx, ctx, id)
    })
    .await
}

pub async fn agree(State(app): State<App>, me: Me, Path(id): Path<RequestId>) -> Reply {
    press(app, me, "people-request-agreed", move |tx, ctx| {
        requests::answer(tx, ctx, id, true)
    })
    .await
}

pub async fn refuse(State(app): State<App>, me: Me, Path(id): Path<RequestId>) -> Reply {
    press(app, me, "people-request-refused", move |tx, ctx| {
        requests::answer(tx, ctx, id, false)
    })
    .await
}

/// What waits for a decision, each with what it would do, and what was decided last.
struct Desk {
    open: Vec<(Request, Effect)>,
    over: Vec<Request>,
    people: Vec<Staff>,
    home: Site,
}

/// Whether whoever asks works at a site of the reader's.
fn is_reachable(ctx: &Ctx, people: &[Staff], request: &Request) -> bool {
    let person = people.iter().find(|person| person.id == request.staff);
    person.is_some_and(|it| it.sites.iter().any(|site| ctx.sites.includes(*site)))
}

fn desk(tx: &mut Tx, ctx: &Ctx, site: kernel::ids::SiteId) -> Result<Desk, Fault> {
    let people = queries::staff(tx, ctx)?;
    let reachable = |request: &Request| is_reachable(ctx, &people, request);
    let (open, over) = queries::requests(tx, ctx, DECIDED_SHOWN)?;
    let mut with_effect = Vec::new();
    for request in open.into_iter().filter(reachable) {
        let effect = requests::effect(tx, ctx, &request)?;
        with_effect.push((request, effect));
    }
    Ok(Desk {
        open: with_effect,
        over: over.into_iter().filter(reachable).collect(),
        home: organisation::site(tx, ctx, site)?,
        people,
    })
}

pub async fn list(State(app): State<App>, me: Me, query: Query) -> Reply {
    let Some(format) = web::wanted(&query) else {
        return list_page(&app, &me, None).await;
    };
    let ctx = me.ctx.clone();
    let people = app.read(move |tx| queries::staff(tx, &ctx)).await?;
    let (ctx, everybody) = (me.ctx.clone(), people.clone());
    let rows = web::at_once(move |tx| {
        let (mut all, over) = queries::requests(tx, &ctx, DECIDED_IN_FILE)?;
        all.extend(over);
        all.retain(|request| is_reachable(&ctx, &everybody, request));
        Ok(all)
    });
    web::export(&app, &me, format, columns::requests(&me, people), rows).await
}

async fn list_page(app: &App, me: &Me, wrong: Option<(RequestId, &Fields, &Fault)>) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let desk = app.read(move |tx| desk(tx, &ctx, site)).await?;
    let locale = me.look.locale;
    let view = DecideView {
        open: &desk.open,
        over: &desk.over,
        people: &desk.people,
        home: &desk.home,
        sites: &me.sites,
        refused: wrong,
    };
    let page = Page::new(locale.t("people-menu"))
        .subtitle(locale.t("people-requests"))
        .exports();
    let mut response = web::page(me, page, pages::requests(locale, &view))?;
    if let Some((_, _, fault)) = wrong {
        *response.status_mut() = match fault.kind {
            kernel::FaultKind::Conflict => StatusCode::CONFLICT,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
    }
    Ok(response)
}

async fn decide(app: App, me: Me, id: RequestId, form: Form, grants: bool) -> Reply {
    let decision = Decision {
        request: id,
        grants,
        word: form.typed("word").to_owned(),
        known: form.typed("known").parse().unwrap_or(0),
    };
    let ctx = me.ctx.clone();
    let decided = app
        .write(move |tx| requests::decide(tx, &ctx, &decision))
        .await;
    let key = match grants {
        true => "people-request-approved",
        false => "people-request-declined",
    };
    match decided {
        Ok(_) => web::done("/staff/requests", &me.look.locale.t(key)),
        Err(fault) if super::is_correctable(&fault) => {
            list_page(&app, &me, Some((id, &form, &fault))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

pub async fn approve(
    State(app): State<App>,
    me: Me,
    Path(id): Path<RequestId>,
    form: Form,
) -> Reply {
    decide(app, me, id, form, true).await
}

pub async fn decline(
    State(app): State<App>,
    me: Me,
    Path(id): Path<RequestId>,
    form: Form,
) -> Reply {
    decide(app, me, id, form, false).await
}
