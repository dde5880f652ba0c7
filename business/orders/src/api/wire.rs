//! Orders as programs send and read them.

use std::collections::BTreeMap;

use kernel::{
    Bilingual, Channel, Ctx, Fault, TimeZone, Timestamp,
    ids::{CustomerId, LineId, NoteId, OrderId, ServiceId, SiteId, StaffId, StepId},
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use store::Tx;
use web::api::{Amount, Moment, words};

use crate::model::{Kind, Line, Note, Order, StateName, Step};

/// The channels a program may say somebody came through.
const CHANNELS: [Channel; 5] = [
    Channel::Desk,
    Channel::Online,
    Channel::Phone,
    Channel::Kiosk,
    Channel::Api,
];

fn channels(_: &mut SchemaGenerator) -> Schema {
    words(CHANNELS.map(Channel::as_str))
}

fn kinds(_: &mut SchemaGenerator) -> Schema {
    words(Kind::ALL.iter().map(|kind| kind.as_str()))
}

fn states(_: &mut SchemaGenerator) -> Schema {
    let each = StateName::ALL.into_iter().map(StateName::as_str);
    words(each.chain(["current"]))
}

/// Which orders to list, newest first.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// Where the page before ended.
    pub(super) cursor: Option<String>,
    /// The most orders of this page; 50 if not said.
    #[schemars(range(min = 1, max = 200))]
    pub(super) limit: Option<i64>,
    /// One state, or `current` for all that are not closed.
    #[serde(default)]
    #[schemars(schema_with = "states")]
    pub(super) state: Option<String>,
    #[serde(default)]
    #[schemars(schema_with = "kinds")]
    pub(super) kind: Option<String>,
    /// A number, or name, reading or phone of the customer, or words of what is sold.
    #[schemars(length(max = 80))]
    pub(super) q: Option<String>,
    #[serde(default)]
    #[schemars(schema_with = "channels")]
    pub(super) channel: Option<String>,
    /// Who serves.
    pub(super) staff: Option<StaffId>,
    pub(super) site: Option<SiteId>,
    pub(super) customer: Option<CustomerId>,
    /// Taken from this instant on.
    pub(super) from: Option<Moment>,
    /// Taken before this instant.
    pub(super) to: Option<Moment>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct One {
    pub(super) id: OrderId,
}

/// One thing asked for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LineAsked {
    pub(super) service: ServiceId,
    /// How many; 1 if not said.
    #[schemars(range(min = 1, max = 999))]
    pub(super) quantity: Option<i64>,
}

/// The time asked for; its length follows from the lines.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SlotAsked {
    /// When the service should begin.
    pub(super) start: Moment,
    /// Who should serve; anybody who can, if not said.
    pub(super) staff: Option<StaffId>,
}

/// An order to be taken.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Taken {
    pub(super) site: SiteId,
    /// Through which door the customer came; `api` if not said.
    #[serde(default)]
    #[schemars(schema_with = "channels")]
    pub(super) channel: Option<String>,
    /// What is asked for; with a slot a booking, without one a walk-in, if not said.
    #[serde(default)]
    #[schemars(schema_with = "kinds")]
    pub(super) kind: Option<String>,
    pub(super) customer: Option<customers::Who>,
    /// What is asked for; the first line is the main service.
    #[serde(default)]
    #[schemars(length(max = 40))]
    pub(super) lines: Vec<LineAsked>,
    pub(super) slot: Option<SlotAsked>,
    #[schemars(length(max = 2000))]
    pub(super) note: Option<String>,
    /// Whether it goes before others.
    pub(super) priority: Option<bool>,
}

/// Time kept for an order.
#[derive(Serialize, JsonSchema)]
pub(super) struct SlotTold {
    start: Moment,
    end: Moment,
    staff: Option<StaffId>,
}

/// An order as it stands.
#[derive(Serialize, JsonSchema)]
pub(super) struct Head {
    id: OrderId,
    /// Its number, unique in the organisation.
    number: i64,
    /// The number as people read it.
    code: String,
    /// `held`, `booked`, `open`, `waiting`, `serving`, `finished`, `cancelled`, `no_show` or
    /// `expired`.
    state: String,
    kind: String,
    site: SiteId,
    channel: String,
    customer: Option<CustomerId>,
    priority: bool,
    note: String,
    /// What is sold, in a few words.
    title: Bilingual,
    slot: Option<SlotTold>,
    /// Who serves.
    staff: Option<StaffId>,
    /// How long all of it should take.
    minutes: i64,
    /// The sum of the lines, tax included.
    total: Amount,
    /// The tax within the total.
    tax: Amount,
    created: Moment,
    /// When it should be done.
    promised: Option<Moment>,
    arrived: Option<Moment>,
    started: Option<Moment>,
    finished: Option<Moment>,
    steps_total: i64,
    steps_done: i64,
    /// Counts changes; also the ETag.
    version: i64,
}

/// The zone of each site.
pub(super) type Zones = BTreeMap<SiteId, TimeZone>;

pub(super) fn zones(tx: &mut Tx, ctx: &Ctx) -> Result<Zones, Fault> {
    let sites = organisation::sites(tx, ctx)?.into_iter();
    Ok(sites.map(|site| (site.id, site.zone)).collect())
}

impl Head {
    pub(super) fn new(order: Order, zones: &Zones) -> Self {
        let zone = zones.get(&order.site).cloned().unwrap_or(TimeZone::UTC);
        let moment = |at: Timestamp| Moment::new(at, &zone);
        let state = &order.state;
        let slot = state.slot();
        Self {
            id: order.id,
            number: order.number,
            state: state.name().as_str().to_owned(),
            kind: order.kind.as_str().to_owned(),
            site: order.site,
            channel: order.channel.as_str().to_owned(),
            customer: order.customer,
            priority: order.level == crate::model::Level::Priority,
            slot: slot.map(|slot| SlotTold {
                start: moment(slot.span.start),
                end: moment(slot.span.end),
                staff: slot.staff,
            }),
            staff: state.staff(),
            created: moment(order.created),
            promised: order.promised.map(moment),
            arrived: state.arrived().map(moment),
            started: state.started().map(moment),
            finished: state.finished().map(moment),
            code: order.code,
            note: order.note,
            title: order.title,
            minutes: order.minutes,
            total: order.total.into(),
            tax: order.tax.into(),
            steps_total: order.steps_total,
            steps_done: order.steps_done,
            version: order.version,
        }
    }

    /// One order that was just changed.
    pub(super) fn of_one(tx: &mut Tx, ctx: &Ctx, order: Order) -> Result<Self, Fault> {
        let zone = organisation::site(tx, ctx, order.site)?.zone;
        let zones = BTreeMap::from([(order.site, zone)]);
        Ok(Self::new(order, &zones))
    }
}

/// A page of orders, newest first.
#[derive(Serialize, JsonSchema)]
pub(super) struct List {
    pub(super) orders: Vec<Head>,
    /// For the next page; null on the last one.
    pub(super) next_cursor: Option<String>,
}

/// One thing sold, as it was when it was sold.
#[derive(Serialize, JsonSchema)]
struct LineTold {
    id: LineId,
    service: Option<ServiceId>,
    name: Bilingual,
    quantity: i64,
    /// The price of one, tax included.
    price: Amount,
    minutes: i64,
}

/// One piece of the blueprint that the order follows.
#[derive(Serialize, JsonSchema)]
struct StepTold {
    id: StepId,
    /// Its name in the blueprint.
    key: String,
    name: Bilingual,
    /// `customer`, `frontstage`, `backstage` or `support`.
    lane: String,
    /// `pending`, `running`, `done`, `failed` or `skipped`.
    state: String,
    minutes_standard: Option<i64>,
    staff: Option<StaffId>,
    started: Option<Moment>,
    ended: Option<Moment>,
    /// What is to be ticked off.
    checklist: Vec<Bilingual>,
    /// Which of it is.
    ticks: Vec<bool>,
}

/// Something written down about an order.
#[derive(Serialize, JsonSchema)]
struct NoteTold {
    id: NoteId,
    at: Moment,
    author: String,
    text: String,
}

/// An order with everything in it.
#[derive(Serialize, JsonSchema)]
pub(super) struct Detail {
    #[serde(flatten)]
    head: Head,
    lines: Vec<LineTold>,
    steps: Vec<StepTold>,
    notes: Vec<NoteTold>,
}

impl Detail {
    pub(super) fn new(
        head: Head,
        (lines, steps, notes): (Vec<Line>, Vec<Step>, Vec<Note>),
    ) -> Self {
        let same_clock = |at: Timestamp| head.created.beside(at);
        let lines = lines.into_iter().map(|line| LineTold {
            id: line.id,
            service: line.service,
            name: line.name,
            quantity: line.quantity,
            price: line.unit.into(),
            minutes: line.minutes,
        });
        let steps = steps.into_iter().map(|step| StepTold {
            id: step.id,
            key: step.key,
            name: step.name,
            lane: step.lane,
            state: step.state.as_str().to_owned(),
            minutes_standard: step.minutes_standard,
            staff: step.state.staff(),
            started: step.state.started().map(same_clock),
            ended: step.state.ended().map(same_clock),
            checklist: step.checklist,
            ticks: step.answers,
        });
        let notes = notes.into_iter().map(|note| NoteTold {
            id: note.id,
            at: same_clock(note.at),
            author: note.author,
            text: note.text,
        });
        Self {
            lines: lines.collect(),
            steps: steps.collect(),
            notes: notes.collect(),
            head,
        }
    }
}
