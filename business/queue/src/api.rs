//! What programs may do with lines and tickets.

mod counters;
mod devices;
mod lines;
mod rules;
mod turns;
mod waits;

use kernel::{
    Ctx, Fault,
    ids::{CustomerId, OrderId, ServiceId, SiteId, StaffId, TicketId},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Endpoint, Endpoints, Moment, Nothing, example};

use crate::{
    ISSUE, SERVE, VIEW, commands, queries,
    queries::{CounterId, Ticket},
    standing::{self, Standing},
    visits::{self, WalkIn},
};

/// Every endpoint.
pub(crate) fn endpoints() -> Endpoints {
    let act = |path, words, run: fn(&mut Tx, &Ctx, TicketId) -> Result<Ticket, Fault>| {
        let run = move |tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing| {
            let ctx = &ctx.unscoped();
            let ticket = run(tx, ctx, one.id)?;
            told(tx, ctx, ticket)
        };
        Endpoint::post(path, SERVE, words, run).asks(one)
    };
    Endpoints::new(
        "queue",
        [
            Endpoint::get("/queue/tickets", VIEW, "queue-api-list", list)
                .asks(|| json!({ "site": example::SITE })),
            Endpoint::post("/queue/tickets", ISSUE, "queue-api-issue", issue)
                .creates()
                .example(|| json!({ "site": example::SITE, "service": example::SERVICE }))
                .named(&[("service", "/service")]),
            Endpoint::get("/queue/tickets/{id}", VIEW, "queue-api-show", show).asks(one),
            Endpoint::post("/queue/tickets/{id}/call", SERVE, "queue-api-call", call)
                .asks(one)
                .example(|| json!({ "staff": example::STAFF })),
            Endpoint::post("/queue/tickets/{id}/start", SERVE, "queue-api-start", start)
                .asks(one)
                .example(|| json!({ "staff": example::STAFF })),
            Endpoint::post(
                "/queue/tickets/{id}/transfer",
                SERVE,
                "queue-api-transfer",
                transfer,
            )
            .asks(one)
            .example(|| json!({ "line": "B" })),
            act(
                "/queue/tickets/{id}/no-show",
                "queue-api-no-show",
                commands::no_show,
            ),
            act(
                "/queue/tickets/{id}/return",
                "queue-api-return",
                commands::put_back,
            ),
            act("/queue/tickets/{id}/undo", "queue-api-undo", commands::undo),
            Endpoint::post("/queue/next", SERVE, "queue-api-next", next)
                .example(|| json!({ "site": example::SITE })),
        ],
    )
    .merge(turns::endpoints())
    .merge(lines::endpoints())
    .merge(counters::endpoints())
    .merge(devices::endpoints())
    .merge(rules::endpoints())
    .merge(waits::endpoints())
}

/// A site, as the parameters of an example.
fn at_site() -> Value {
    json!({ "id": example::SITE })
}

fn one() -> Value {
    json!({ "id": example::TICKET })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    id: TicketId,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    site: SiteId,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AtSite {
    /// The site.
    id: SiteId,
}

/// Somebody who comes without an appointment.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewTicket {
    site: SiteId,
    /// What is asked for.
    service: ServiceId,
    customer: Option<CustomerId>,
    /// Whom the customer wants; anybody, if not said.
    staff: Option<StaffId>,
    #[schemars(length(max = 2000))]
    note: Option<String>,
}

/// Who does it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct By {
    /// Whom the ticket names, if not said.
    staff: Option<StaffId>,
}

/// Another line.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Line {
    /// Its letter.
    #[schemars(length(min = 1, max = 2))]
    line: String,
}

/// Where somebody is to be called to.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Next {
    site: SiteId,
    /// Whoever serves at this counter calls; anybody who is free by turn, if not said.
    counter: Option<CounterId>,
}

/// A number of a line.
#[derive(Serialize, JsonSchema)]
struct Told {
    id: TicketId,
    /// As it is printed, such as `A042`.
    number: String,
    /// The letter of the line it stands in.
    line: String,
    /// `waiting`, `called`, `away`, `serving`, `done`, `left` or `no_show`.
    state: String,
    site: SiteId,
    order: OrderId,
    service: ServiceId,
    /// People of the same line who go first.
    ahead: i64,
    /// What the holder can be told of the wait; null where nothing can.
    wait_minutes_min: Option<i64>,
    wait_minutes_max: Option<i64>,
    joined: Moment,
    /// The holder's page.
    url: String,
}

/// Tickets of the running day.
#[derive(Serialize, JsonSchema)]
struct Tickets {
    tickets: Vec<Told>,
}

/// What a ticket is told beside: the zone of its site, and the business's part of an address.
struct Place {
    zone: kernel::TimeZone,
    slug: String,
}

impl Place {
    fn read(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Self, Fault> {
        Ok(Self {
            zone: organisation::site(tx, ctx, site)?.zone,
            slug: organisation::organisation(tx, ctx.org)?.slug,
        })
    }

    fn tell(&self, standing: Standing) -> Told {
        let ticket = standing.ticket;
        Told {
            id: ticket.id,
            number: ticket.label(),
            state: ticket.stage.word().to_owned(),
            site: ticket.site,
            order: ticket.order,
            service: ticket.service,
            ahead: i64::try_from(standing.people_ahead).unwrap_or(i64::MAX),
            wait_minutes_min: standing.wait.map(|wait| wait.min),
            wait_minutes_max: standing.wait.map(|wait| wait.max),
            joined: Moment::new(ticket.joined_at, &self.zone),
            url: format!("/at/{}/tickets/{}", self.slug, ticket.secret),
            line: ticket.stands_in,
        }
    }
}

fn told(tx: &mut Tx, ctx: &Ctx, ticket: Ticket) -> Result<Told, Fault> {
    let place = Place::read(tx, ctx, ticket.site)?;
    let picture = standing::picture(tx, ctx, ticket.site, ticket.day)?;
    let gone = || Standing {
        ticket: ticket.clone(),
        people_ahead: 0,
        people_behind: 0,
        wait: None,
        taker: None,
    };
    Ok(place.tell(picture.of(&ticket).unwrap_or_else(gone)))
}

fn list(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<Tickets, Fault> {
    ctx.require_at(VIEW, asked.site)?;
    let ctx = &ctx.unscoped();
    let day = organisation::site(tx, ctx, asked.site)?.date_of(ctx.now);
    let place = Place::read(tx, ctx, asked.site)?;
    let picture = standing::line_now(tx, ctx, asked.site, day)?;
    let standings = picture.standings().into_iter();
    Ok(Tickets {
        tickets: standings.map(|standing| place.tell(standing)).collect(),
    })
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Told, Fault> {
    let ctx = &ctx.unscoped();
    let ticket = queries::ticket(tx, ctx, one.id)?;
    ctx.require_at(VIEW, ticket.site)?;
    told(tx, ctx, ticket)
}

fn issue(tx: &mut Tx, ctx: &Ctx, _: Nothing, new: NewTicket) -> Result<Told, Fault> {
    let ctx = &ctx.unscoped();
    let day = organisation::site(tx, ctx, new.site)?.date_of(ctx.now);
    let walk_in = WalkIn {
        customer: new.customer,
        staff: new.staff,
        note: new.note.unwrap_or_default(),
        ..WalkIn::new(new.site, day, vec![new.service])
    };
    let standing = visits::issue(tx, ctx, &walk_in)?;
    Ok(Place::read(tx, ctx, new.site)?.tell(standing))
}

fn call(tx: &mut Tx, ctx: &Ctx, one: One, by: By) -> Result<Told, Fault> {
    let ctx = &ctx.unscoped();
    let ticket = commands::call(tx, ctx, one.id, by.staff)?;
    told(tx, ctx, ticket)
}

fn start(tx: &mut Tx, ctx: &Ctx, one: One, by: By) -> Result<Told, Fault> {
    let ctx = &ctx.unscoped();
    let ticket = visits::start(tx, ctx, one.id, by.staff)?;
    told(tx, ctx, ticket)
}

fn transfer(tx: &mut Tx, ctx: &Ctx, one: One, to: Line) -> Result<Told, Fault> {
    let ctx = &ctx.unscoped();
    let ticket = commands::transfer(tx, ctx, one.id, &to.line)?;
    told(tx, ctx, ticket)
}

fn next(tx: &mut Tx, ctx: &Ctx, _: Nothing, at: Next) -> Result<Told, Fault> {
    let ctx = &ctx.unscoped();
    organisation::site(tx, ctx, at.site)?;
    let ticket = commands::call_next(tx, ctx, at.site, at.counter)?;
    told(tx, ctx, ticket)
}
