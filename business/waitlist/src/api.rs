//! The waiting list, for programs.

mod settings;

use kernel::{
    Ctx, Fault, TimeZone,
    ids::{CustomerId, GroupSessionId, OfferId, OrderId, ServiceId, SiteId, StaffId, WaitingId},
};
use messages::House;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Day, Endpoint, Endpoints, Moment, Nothing, example, words};

use crate::{
    EDIT, VIEW,
    commands::{self, Candidate, NewWaiting},
    model::{Offer, OfferState, Place, Waiting, Wish},
    queries,
};

/// Every endpoint.
pub(crate) fn endpoints() -> Endpoints {
    let (accepted, refused) = (
        "/waiting/{id}/offers/{offer}/acceptance",
        "/waiting/{id}/offers/{offer}/refusal",
    );
    Endpoints::new(
        "waiting",
        [
            Endpoint::get("/waiting", VIEW, "waitlist-api-list", list)
                .asks(|| json!({ "site": example::SITE })),
            Endpoint::post("/waiting", EDIT, "waitlist-api-join", join)
                .creates()
                .named(&[("seats", "/seats")])
                .example(|| {
                    json!({
                        "site": example::SITE,
                        "service": example::SERVICE,
                        "customer": { "id": example::CUSTOMER },
                        "first_day": "2026-11-23",
                        "last_day": "2026-11-29",
                        "weekdays": [1, 2, 3],
                    })
                }),
            Endpoint::get("/waiting/{id}", VIEW, "waitlist-api-show", show).asks(one),
            Endpoint::post(
                "/waiting/{id}/cancellation",
                EDIT,
                "waitlist-api-leave",
                leave,
            )
            .asks(one),
            Endpoint::get("/waiting/{id}/times", EDIT, "waitlist-api-times", times).asks(one),
            Endpoint::post_knowing(
                "/waiting/{id}/offers",
                EDIT,
                "waitlist-api-offer",
                House::of,
                offer,
            )
            .asks(one)
            .example(|| json!({ "start": example::START })),
            Endpoint::post(accepted, EDIT, "waitlist-api-accept", accept).asks(offered),
            Endpoint::post(refused, EDIT, "waitlist-api-decline", decline).asks(offered),
        ],
    )
    .merge(settings::endpoints())
}

fn one() -> Value {
    json!({ "id": example::WAITING })
}

fn offered() -> Value {
    json!({ "id": example::WAITING, "offer": example::OFFER })
}

fn states(_: &mut SchemaGenerator) -> Schema {
    words(["waiting", "placed", "left", "lapsed"])
}

fn offer_states(_: &mut SchemaGenerator) -> Schema {
    words(OfferState::ALL.map(OfferState::as_str))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    site: SiteId,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    id: WaitingId,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Answered {
    id: WaitingId,
    offer: OfferId,
}

/// Somebody who waits for a time.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct New {
    site: SiteId,
    service: ServiceId,
    /// What goes with it in the same visit.
    #[serde(default)]
    #[schemars(length(max = 20))]
    also: Vec<ServiceId>,
    customer: customers::Who,
    /// With whom; anybody, if not said.
    staff: Option<StaffId>,
    /// A seat in this session and no other.
    session: Option<GroupSessionId>,
    /// How many seats; 1 if not said.
    #[schemars(range(min = 1, max = 500))]
    seats: Option<i64>,
    /// Days of the week, 1 being Monday; any, if none is said.
    #[serde(default)]
    #[schemars(length(max = 7), inner(range(min = 1, max = 7)))]
    weekdays: Vec<u8>,
    /// Beginning at this minute of the day or later.
    #[schemars(range(min = 0, max = 1440))]
    from_minute: Option<i64>,
    /// Beginning before this minute of the day.
    #[schemars(range(min = 0, max = 1440))]
    to_minute: Option<i64>,
    /// Today, if not said.
    first_day: Option<Day>,
    last_day: Day,
    #[schemars(length(max = 500))]
    note: Option<String>,
}

/// A time to be held for somebody, who is told.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewOffer {
    start: Moment,
    /// With whom; anybody who can, if not said.
    staff: Option<StaffId>,
}

/// A time that would suit, and is free.
#[derive(Serialize, JsonSchema)]
struct TimeTold {
    start: Moment,
    staff: Option<StaffId>,
}

/// Free times that would suit, the earliest first; none for whoever does not wait any more.
#[derive(Serialize, JsonSchema)]
struct Times {
    times: Vec<TimeTold>,
}

/// A time that is held for somebody.
#[derive(Serialize, JsonSchema)]
struct OfferTold {
    id: OfferId,
    /// The order that holds the time.
    order: OrderId,
    start: Moment,
    staff: Option<StaffId>,
    /// Until when an answer counts.
    until: Moment,
    #[schemars(schema_with = "offer_states")]
    state: &'static str,
}

/// Somebody who waits.
#[derive(Serialize, JsonSchema)]
struct Told {
    id: WaitingId,
    site: SiteId,
    service: ServiceId,
    also: Vec<ServiceId>,
    customer: CustomerId,
    staff: Option<StaffId>,
    session: Option<GroupSessionId>,
    seats: i64,
    /// Days of the week, 1 being Monday; any, if empty.
    weekdays: Vec<u32>,
    from_minute: i64,
    to_minute: i64,
    first_day: Day,
    last_day: Day,
    note: String,
    #[schemars(schema_with = "states")]
    state: &'static str,
    /// The order of whoever has a time by now.
    placed: Option<OrderId>,
    joined: Moment,
    /// Times that were offered, the latest first.
    offers: Vec<OfferTold>,
}

#[derive(Serialize, JsonSchema)]
struct List {
    /// In turn.
    waiting: Vec<Told>,
}

fn told(waiting: Waiting, offers: Vec<Offer>, zone: &TimeZone) -> Told {
    let wish = waiting.wish;
    let moment = |at| Moment::new(at, zone);
    let (state, placed) = match waiting.place {
        Place::Waiting => ("waiting", None),
        Place::Placed(order) => ("placed", Some(order)),
        Place::Left => ("left", None),
        Place::Lapsed => ("lapsed", None),
    };
    let offers = offers.into_iter().map(|offer| OfferTold {
        id: offer.id,
        order: offer.order,
        start: moment(offer.start),
        staff: offer.staff,
        until: moment(offer.until),
        state: offer.state.as_str(),
    });
    Told {
        id: waiting.id,
        site: waiting.site,
        service: wish.service,
        also: wish.also,
        customer: waiting.customer,
        staff: wish.staff,
        session: wish.session,
        seats: wish.seats,
        weekdays: wish
            .weekdays
            .chars()
            .filter_map(|day| day.to_digit(10))
            .collect(),
        from_minute: wish.from_minute,
        to_minute: wish.to_minute,
        first_day: Day(wish.first_day),
        last_day: Day(wish.last_day),
        note: waiting.note,
        state,
        placed,
        joined: moment(waiting.joined),
        offers: offers.collect(),
    }
}

fn list(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<List, Fault> {
    let found = queries::waiting_at(tx, ctx, asked.site)?;
    let inner = &ctx.unscoped();
    let zone = organisation::site(tx, inner, asked.site)?.zone;
    let mut open = queries::open_offers(tx, inner, asked.site)?;
    let waiting = found.into_iter().map(|one| {
        let offers = open.remove(&one.id).into_iter().collect();
        told(one, offers, &zone)
    });
    Ok(List {
        waiting: waiting.collect(),
    })
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    let entry = queries::entry(tx, inner, one.id)?;
    let zone = organisation::site(tx, inner, entry.site)?.zone;
    let offers = queries::offers_to(tx, inner, one.id)?;
    Ok(told(entry, offers, &zone))
}

fn join(tx: &mut Tx, ctx: &Ctx, _: Nothing, new: New) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    let today = organisation::site(tx, inner, new.site)?.date_of(ctx.now);
    let mut weekdays: Vec<String> = new.weekdays.iter().map(u8::to_string).collect();
    weekdays.sort_unstable();
    weekdays.dedup();
    let wish = Wish {
        service: new.service,
        also: new.also,
        staff: new.staff,
        session: new.session,
        seats: new.seats.unwrap_or(1),
        weekdays: weekdays.concat(),
        from_minute: new.from_minute.unwrap_or(0),
        to_minute: new.to_minute.unwrap_or(1440),
        first_day: new.first_day.map_or(today, |day| day.0),
        last_day: new.last_day.0,
    };
    let wanted = NewWaiting {
        site: new.site,
        wish,
        customer: new.customer.find(tx, inner)?,
        note: new.note.unwrap_or_default(),
        mail: None,
    };
    let id = commands::join(tx, inner, &wanted)?.id;
    show(tx, ctx, One { id })
}

fn leave(tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing) -> Result<Told, Fault> {
    commands::leave(tx, &ctx.unscoped(), one.id)?;
    show(tx, ctx, one)
}

fn times(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Times, Fault> {
    let inner = &ctx.unscoped();
    let entry = queries::entry(tx, inner, one.id)?;
    let site = organisation::site(tx, inner, entry.site)?;
    let times = commands::offerable(tx, inner, (&site, &entry))?;
    let told = times.into_iter().map(|time| TimeTold {
        start: Moment::new(time.start, &site.zone),
        staff: time.staff,
    });
    Ok(Times {
        times: told.collect(),
    })
}

fn offer(tx: &mut Tx, ctx: &Ctx, house: House, (one, new): (One, NewOffer)) -> Result<Told, Fault> {
    let wanted = Candidate {
        waiting: one.id,
        start: new.start.at,
        staff: new.staff,
    };
    commands::offer(tx, &ctx.unscoped(), &house, &wanted)?;
    show(tx, ctx, one)
}

fn accept(tx: &mut Tx, ctx: &Ctx, of: Answered, _: Nothing) -> Result<Told, Fault> {
    commands::accept(tx, &ctx.unscoped(), of.id, of.offer)?;
    show(tx, ctx, One { id: of.id })
}

fn decline(tx: &mut Tx, ctx: &Ctx, of: Answered, _: Nothing) -> Result<Told, Fault> {
    commands::decline(tx, &ctx.unscoped(), of.id, of.offer)?;
    show(tx, ctx, One { id: of.id })
}
