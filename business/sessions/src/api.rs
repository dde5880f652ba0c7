//! Group sessions, for programs: when they are, who may come, seats.

mod change;
mod groups;

use kernel::{
    Ctx, Fault, Span, TimeZone, Timestamp,
    ids::{GroupSessionId, OrderId, ResourceId, SeriesId, ServiceId, SiteId, StaffId},
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Day, Endpoint, Endpoints, Moment, Nothing, example, words};

use crate::{
    PLAN, VIEW,
    commands::{self, Plan, Sell},
    model::Session,
    queries,
};

/// The most days of one list.
const DAYS_MAX: i32 = 366;

/// Every endpoint.
pub(crate) fn endpoints() -> Endpoints {
    let run = |path, words, run: fn(&mut Tx, &Ctx, GroupSessionId) -> Result<Session, Fault>| {
        let run = move |tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing| {
            run(tx, &ctx.unscoped(), one.id)?;
            show(tx, ctx, one)
        };
        Endpoint::post(path, orders::SERVE, words, run)
            .versioned()
            .asks(one)
    };
    Endpoints::new(
        "sessions",
        [
            Endpoint::get("/sessions", VIEW, "sessions-api-list", list).asks(
                || json!({ "site": example::SITE, "from": "2026-11-23", "to": "2026-11-29" }),
            ),
            Endpoint::post("/sessions", PLAN, "sessions-api-plan", plan)
                .creates()
                .example(|| {
                    json!({
                        "site": example::SITE,
                        "service": example::SERVICE,
                        "start": example::START,
                        "minutes": 60,
                        "seats": 8,
                    })
                }),
            Endpoint::get("/sessions/{id}", VIEW, "sessions-api-show", show).asks(one),
            Endpoint::post(
                "/sessions/{id}/seats",
                orders::TAKE,
                "sessions-api-sell",
                sell,
            )
            .asks(one)
            .example(|| json!({ "count": 2, "customer": { "id": example::CUSTOMER } })),
            Endpoint::post(
                "/sessions/{id}/cancellation",
                PLAN,
                "sessions-api-cancel",
                cancel,
            )
            .versioned()
            .asks(one)
            .example(|| json!({ "reason": "The teacher fell ill." })),
            run(
                "/sessions/{id}/start",
                "sessions-api-start",
                commands::begin,
            ),
            run(
                "/sessions/{id}/finish",
                "sessions-api-finish",
                commands::end,
            ),
        ],
    )
    .merge(change::endpoints())
    .merge(groups::endpoints())
}

fn one() -> Value {
    json!({ "id": example::SESSION })
}

fn states(_: &mut SchemaGenerator) -> Schema {
    words(["planned", "running", "ended", "cancelled"])
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    id: GroupSessionId,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    site: SiteId,
    /// The first day, by the clock of the site.
    from: Day,
    /// The last day, a year later at most.
    to: Day,
}

/// A session to be planned.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct New {
    site: SiteId,
    service: ServiceId,
    start: Moment,
    /// How long it lasts.
    #[schemars(range(min = 5, max = 720))]
    minutes: i64,
    /// Who leads; anybody who can, if not said.
    staff: Option<StaffId>,
    /// In which room; in any that is free, if not said.
    room: Option<ResourceId>,
    /// How many may come.
    #[schemars(range(min = 1, max = 500))]
    seats: i64,
    /// The most seats one customer may have; all of them, if not said.
    #[schemars(range(min = 1, max = 500))]
    each_max: Option<i64>,
}

/// Seats to be sold.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Seats {
    /// How many; 1 if not said.
    #[schemars(range(min = 1, max = 500))]
    count: Option<i64>,
    customer: Option<customers::Who>,
    #[schemars(length(max = 500))]
    note: Option<String>,
}

/// Why a session is called off.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Reason {
    #[schemars(length(min = 1, max = 300))]
    reason: String,
    /// Whether those that follow it in its series are called off, too.
    #[serde(default)]
    following: bool,
}

/// A class or workshop at a time.
#[derive(Serialize, JsonSchema)]
struct Told {
    id: GroupSessionId,
    site: SiteId,
    service: ServiceId,
    /// The sessions it was planned with in one act.
    series: Option<SeriesId>,
    start: Moment,
    end: Moment,
    /// Who leads.
    staff: StaffId,
    room: Option<ResourceId>,
    /// How many may come.
    seats: i64,
    /// How many seats are free.
    seats_free: i64,
    /// The most seats one customer may have.
    each_max: i64,
    #[schemars(schema_with = "states")]
    state: &'static str,
    /// Why it was called off.
    reason: Option<String>,
    version: i64,
}

#[derive(Serialize, JsonSchema)]
struct List {
    sessions: Vec<Told>,
}

/// Seats that were sold: one order.
#[derive(Serialize, JsonSchema)]
struct Sold {
    order: OrderId,
    number: i64,
    /// The number as people read it.
    code: String,
}

fn told(session: Session, zone: &TimeZone, taken: i64) -> Told {
    let moment = |at: Timestamp| Moment::new(at, zone);
    Told {
        id: session.id,
        site: session.site,
        service: session.service,
        series: session.series,
        start: moment(session.span.start),
        end: moment(session.span.end),
        staff: session.staff,
        room: session.room,
        seats: session.seats,
        seats_free: (session.seats - taken).max(0),
        each_max: session.each_max,
        state: session.stage.as_str(),
        reason: session.stage.reason().map(str::to_owned),
        version: session.version,
    }
}

fn list(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<List, Fault> {
    ctx.require_at(VIEW, asked.site)?;
    let inner = &ctx.unscoped();
    let zone = organisation::site(tx, inner, asked.site)?.zone;
    let (from, to) = (asked.from.0, asked.to.0);
    let days = from.until(to).map_or(-1, |span| span.get_days());
    let begun = organisation::instant_clipped(&zone, from, 0);
    let ended = organisation::instant_clipped(&zone, to, 1440);
    let wrong = || Fault::invalid("query:/to", kernel::Text::key("sessions-api-days"));
    let span = Span::new(begun, ended).filter(|_| (0..=DAYS_MAX).contains(&days));
    let sessions = queries::sessions_in(tx, inner, asked.site, span.ok_or_else(wrong)?)?;
    let ids: Vec<GroupSessionId> = sessions.iter().map(|session| session.id).collect();
    let taken = capacity::seats_taken(tx, inner, &ids)?;
    let count = |session: &Session| taken.get(&session.id).copied().unwrap_or(0);
    let sessions = sessions.into_iter().map(|session| {
        let taken = count(&session);
        told(session, &zone, taken)
    });
    Ok(List {
        sessions: sessions.collect(),
    })
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    let session = queries::session(tx, inner, one.id)?;
    ctx.sites
        .includes(session.site)
        .then_some(())
        .ok_or_else(Fault::forbidden)?;
    let zone = organisation::site(tx, inner, session.site)?.zone;
    let taken = capacity::seats_taken(tx, inner, &[session.id])?;
    let taken = taken.get(&session.id).copied().unwrap_or(0);
    Ok(told(session, &zone, taken))
}

fn plan(tx: &mut Tx, ctx: &Ctx, _: Nothing, new: New) -> Result<Told, Fault> {
    let wanted = Plan {
        site: new.site,
        service: new.service,
        start: new.start.at,
        minutes: new.minutes,
        staff: new.staff,
        room: new.room,
        seats: new.seats,
        each_max: new.each_max.unwrap_or(new.seats),
    };
    let session = commands::plan(tx, &ctx.unscoped(), &wanted)?;
    show(tx, ctx, One { id: session.id })
}

fn sell(tx: &mut Tx, ctx: &Ctx, one: One, asked: Seats) -> Result<Sold, Fault> {
    let ctx = &ctx.unscoped();
    let customer = asked.customer.as_ref();
    let wanted = Sell {
        session: one.id,
        count: asked.count.unwrap_or(1),
        customer: customer.map(|who| who.find(tx, ctx)).transpose()?,
        note: asked.note.unwrap_or_default(),
    };
    let order = commands::sell(tx, ctx, &wanted)?;
    Ok(Sold {
        order: order.id,
        number: order.number,
        code: order.code,
    })
}

fn cancel(tx: &mut Tx, ctx: &Ctx, one: One, why: Reason) -> Result<Told, Fault> {
    let reason = (why.reason.as_str(), why.following);
    commands::cancel(tx, &ctx.unscoped(), one.id, reason)?;
    show(tx, ctx, one)
}
