//! Why a time cannot be had, for programs.

use capacity::{Absent, Reason, Visit};
use kernel::{
    Ctx, Fault,
    ids::{CustomerId, OrderId, ResourceId, ServiceId, SiteId, StaffId},
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Endpoint, Endpoints, Moment, example, words};

use super::wire;
use crate::{
    OVERBOOK, VIEW, commands,
    model::NewLine,
    pages::{self, View, Why},
    queries, why,
};

/// Both endpoints.
pub(super) fn endpoints() -> Endpoints {
    let of_service = "/availability/reasons";
    let of_order = "/orders/{id}/slot-reasons";
    Endpoints::new(
        "availability",
        [
            Endpoint::get(of_service, VIEW, "orders-api-reasons", reasons).asks(|| {
                json!({
                    "site": example::SITE,
                    "service": example::SERVICE,
                    "start": example::START,
                })
            }),
            Endpoint::get(of_order, VIEW, "orders-api-slot-reasons", to_move)
                .asks(|| json!({ "id": example::ORDER, "start": example::START })),
        ],
    )
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    site: SiteId,
    service: ServiceId,
    /// When the service should begin.
    start: Moment,
    /// Who should serve; anybody who can, if not said.
    staff: Option<StaffId>,
    /// Who would come; their rules and the bookings they have ahead are looked at.
    customer: Option<CustomerId>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Moved {
    /// The order that would be moved; its own time does not stand in the way.
    id: OrderId,
    /// When it should begin.
    start: Moment,
    /// Who should serve first; anybody who can, if not said.
    staff: Option<StaffId>,
}

fn codes(_: &mut SchemaGenerator) -> Schema {
    words([
        "past",
        "step",
        "length",
        "closed",
        "notice",
        "horizon",
        "limit",
        "skill",
        "shift",
        "break",
        "off",
        "busy",
        "buffer",
        "travel",
        "room_change",
        "nobody",
        "resource",
        "no_resource",
        "apart",
    ])
}

/// One thing that stands in the way.
#[derive(Serialize, JsonSchema)]
struct Told {
    /// Which part of a visit, from 1.
    part: usize,
    #[schemars(schema_with = "codes")]
    code: &'static str,
    /// Who cannot serve.
    staff: Option<StaffId>,
    /// What is taken.
    resource: Option<ResourceId>,
    /// The order that somebody or something is taken by.
    order: Option<OrderId>,
    /// Until when that is so, where it ends.
    until: Option<Moment>,
    /// The same in words, as pages say it.
    text: String,
}

/// Why a time cannot be had; nothing stands in the way where it can.
#[derive(Serialize, JsonSchema)]
struct Reasons {
    /// What keeps everybody from booking it.
    reasons: Vec<Told>,
    /// What keeps only customers themselves from booking it; the desk may.
    for_customers: Vec<Told>,
    /// Whether only a person who is named is busy, and whoever asks may book over them.
    can_overbook: bool,
}

fn code(reason: &Reason) -> &'static str {
    match reason {
        Reason::Past => "past",
        Reason::OffStep(_) => "step",
        Reason::Length => "length",
        Reason::Closed(_) => "closed",
        Reason::Notice(_) => "notice",
        Reason::Horizon(_) => "horizon",
        Reason::Limit(_) => "limit",
        Reason::Nobody(_) => "nobody",
        Reason::Place(..) => "resource",
        Reason::NoPlace(_) => "no_resource",
        Reason::Apart => "apart",
        Reason::Person(_, absent) => match absent {
            Absent::Skill(_) => "skill",
            Absent::Shift(_) => "shift",
            Absent::Break(_) => "break",
            Absent::Off(_) => "off",
            Absent::Busy(..) => "busy",
            Absent::Buffer(..) => "buffer",
            Absent::Travel(..) => "travel",
            Absent::RoomChange(_) => "room_change",
        },
    }
}

fn told(view: &View, why: &Why, (part, reason): (usize, &Reason)) -> Told {
    let (staff, resource) = match reason {
        Reason::Person(staff, _) => (Some(*staff), None),
        Reason::Place(place, ..) => (None, Some(*place)),
        _ => (None, None),
    };
    let until = match reason {
        Reason::Place(_, _, until)
        | Reason::Person(
            _,
            Absent::Break(until)
            | Absent::Off(until)
            | Absent::Busy(_, until)
            | Absent::Buffer(_, until),
        ) => Some(Moment::new(*until, &view.zone)),
        _ => None,
    };
    Told {
        part,
        code: code(reason),
        staff,
        resource,
        order: why::order_in(reason).filter(|order| why.orders.contains_key(order)),
        until,
        text: pages::why_words(view, why, reason),
    }
}

fn reasons(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<Reasons, Fault> {
    ctx.require_at(VIEW, asked.site)?;
    let inner = &ctx.unscoped();
    offers::service(tx, inner, asked.service)?;
    let wishes: Vec<_> = asked.staff.map(|staff| (0, staff)).into_iter().collect();
    let lines = [NewLine::one(asked.service)];
    let mut visit = commands::visit_of(tx, inner, asked.site, &lines, &wishes)?;
    visit.customer = asked.customer;
    answered(tx, ctx, &visit, asked.start)
}

fn to_move(tx: &mut Tx, ctx: &Ctx, moved: Moved) -> Result<Reasons, Fault> {
    let order = queries::order(tx, ctx, moved.id)?;
    let mut visit = commands::visit_of_order(tx, &ctx.unscoped(), &order)?;
    if let Some(first) = visit.parts.first_mut() {
        first.staff = moved.staff;
    }
    answered(tx, ctx, &visit, moved.start)
}

fn answered(tx: &mut Tx, ctx: &Ctx, visit: &Visit, start: Moment) -> Result<Reasons, Fault> {
    let inner = &ctx.unscoped();
    let zone = organisation::site(tx, inner, visit.site)?.zone;
    let staff = people::staff(tx, inner)?.into_iter();
    let view = View {
        locale: ctx.locale,
        zone,
        now: ctx.now,
        staff: staff.map(|staff| (staff.id, staff)).collect(),
        zones: wire::zones(tx, inner)?,
    };
    let why = why::why(tx, inner, (&view, visit), start.at)?;
    let each = why.reasons.iter().map(|(part, reason)| (*part, reason));
    let customers = why.for_customers.iter().map(|reason| (1, reason));
    Ok(Reasons {
        reasons: each.map(|one| told(&view, &why, one)).collect(),
        for_customers: customers.map(|one| told(&view, &why, one)).collect(),
        can_overbook: why.is_of_staff && ctx.may(OVERBOOK),
    })
}
