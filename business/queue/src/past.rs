//! Waits of the past, as the demonstration tells them: a number, what would have been told at the
//! door from what was to be seen there then, and what followed.

use kernel::ids::{OrderId, ServiceId, SiteId, StaffId};
use kernel::{Ctx, Date, Fault, Timestamp};
use queueing::quote::Scene;
use store::{Tx, params};

use crate::LINES;
use crate::commands::{self, Telling};
use crate::model::{self, Helper, Job, Rules};
use crate::queries::Model;

/// Somebody who waited for an order that is over.
#[derive(Debug, Clone)]
pub struct PastWait {
    /// The order.
    pub order: OrderId,
    /// Where.
    pub site: SiteId,
    /// The local day.
    pub day: Date,
    /// The main service, and its family.
    pub service: (ServiceId, String),
    /// Standard minutes.
    pub minutes: i64,
    /// When they came.
    pub joined: Timestamp,
    /// When the service began and by whom; `None` for one who left.
    pub served: Option<(Timestamp, StaffId)>,
    /// When it was over.
    pub ended: Timestamp,
    /// Who could have taken it.
    pub able: Vec<StaffId>,
    /// Everybody on shift, as they were when the customer came.
    pub helpers: Vec<Helper>,
    /// The jobs that were ahead then.
    pub ahead: Vec<Job>,
}

const ADD: &str = "
    insert into tickets (org, id, site, line, stands_in, day, number, order_id, secret, channel,
        state, priority, place_rank, joined_at, called_at, called_count, called_staff, closed_at,
        service, minutes, by_turn, served_at)
    values ($1, $2, $3, $4, $4, $5, $6, $7, $8, 'desk', $9, 0, $10, $11, $12, $13, $14, $15, $16,
        $17, $18, $12)
    on conflict do nothing";

/// Writes a wait of the past down, with its facts at their own times.
pub fn record_past(tx: &mut Tx, ctx: &Ctx, past: &PastWait) -> Result<(), Fault> {
    ctx.require_at(LINES, past.site)?;
    let then = ctx.at(past.joined);
    let line = commands::line_of(tx, ctx, past.site, &past.service.1)?;
    let number = commands::next_number(tx, &then, past.site, &line.code, past.day)?;
    let id: kernel::ids::TicketId = then.id();
    let coming = model::Coming {
        joined: past.joined,
        booked: None,
        priority: false,
    };
    let (started, staff) = past.served.unzip();
    let state = if started.is_some() { "done" } else { "left" };
    let values = params![
        ctx.org,
        id,
        past.site,
        &line.code,
        past.day,
        number,
        past.order,
        then.link_secret(),
        state,
        Rules::default().rank(&coming, number),
        past.joined,
        started,
        i64::from(started.is_some()),
        staff,
        past.ended,
        past.service.0,
        past.minutes,
        started.is_some()
    ];
    if tx.execute(ADD, values)? == 0 {
        return Err(Fault::conflict("queue-has-ticket"));
    }
    let ticket = crate::queries::ticket(tx, ctx, id)?;
    let telling = telling(past, &crate::queries::model(tx, ctx, past.site)?);
    commands::quote(tx, &then, &ticket, &telling)?;
    let tell = |tx: &mut Tx, activity, at| {
        tx.record(ctx, commands::fact(activity, &ticket).at(at));
    };
    tell(tx, "ticket.issued", past.joined);
    match started {
        Some(started) => {
            commands::waited(tx, ctx, id, started)?;
            tell(tx, "ticket.called", started);
            tell(tx, "ticket.served", started);
            tell(tx, "ticket.closed", past.ended);
        }
        None => tell(tx, "ticket.left", past.ended),
    }
    Ok(())
}

/// What the customer would have been told by what the site had learnt until then.
fn telling(past: &PastWait, learnt: &Model) -> Telling {
    let lessons = &learnt.lessons;
    let job = Job {
        helpers: Some(past.able.clone()),
        ..Job::new(past.minutes)
    };
    let can: Vec<&Helper> = past
        .helpers
        .iter()
        .filter(|helper| past.able.contains(&helper.staff) && Helper::is_within(&helper.shift))
        .collect();
    let busy = can
        .iter()
        .filter(|helper| helper.in_hand.is_some() || Helper::is_within(&helper.booked));
    let scene = Scene {
        queue: u32::try_from(past.ahead.len()).unwrap_or(0),
        serving_s: vec![0.0; busy.count()],
        staff: u32::try_from(can.len()).unwrap_or(0),
        changes: Vec::new(),
    };
    let outlook = model::outlook(past.helpers.clone(), &past.ahead, lessons.pace());
    let waits = outlook.waits_after(&job);
    Telling {
        people_ahead: past.ahead.len(),
        quoted: waits.map(|waits| lessons.quote(&waits, &scene, past.minutes)),
        model: learnt.number,
        staff_on_duty: past.helpers.len(),
    }
}
