//! Taking an order.

use fields::{Given, Subject};
use kernel::{
    Channel, Ctx, Fault, FaultKind, Text, TimeZone,
    ids::{SiteId, StaffId},
};
use store::Tx;
use web::{App, Fields, Form, Me, Page, Query, Reply, State, done, page, unprocessable};

use super::{
    asks::{Who, named, offered, typed_lines},
    everybody,
    slot::{Times, colleagues, free_times, overbook_of, start_of, why},
    view,
};
use crate::{
    commands,
    model::{Kind, Level, NOTE_CHARS_MAX, NewOrder, Order, WantedSlot},
    pages::{FORM_LINES_MAX, NewPage, SlotAsk, View, Why, new_page},
};

/// `GET /orders/new`.
pub(super) async fn new(State(app): State<App>, me: Me, typed: Query) -> Reply {
    ask(&app, &me, &typed, None).await
}

/// The kind asked for; a walk-in when none is.
fn kind_of(typed: &Fields) -> Kind {
    Kind::parse(typed.typed("kind")).unwrap_or(Kind::WalkIn)
}

struct Asked {
    view: View,
    services: Vec<(String, String)>,
    times: Option<(String, Times, Option<Why>)>,
}

fn load(tx: &mut Tx, me: &Me, site: SiteId, typed: &mut Fields) -> Result<Asked, Fault> {
    let ctx = &me.ctx;
    let zone = organisation::site(tx, ctx, site)?.zone;
    let view = view(me, zone, everybody(tx, ctx)?);
    let services = offered(tx, ctx, site)?;
    let timed = matches!(kind_of(typed), Kind::Booking);
    let times = if timed {
        Some(times(tx, ctx, &view, site, typed)?)
    } else {
        None
    };
    Ok(Asked {
        view,
        services,
        times,
    })
}

/// The day asked for and its free times; before a service is chosen, the one the link came with.
fn times(
    tx: &mut Tx,
    ctx: &Ctx,
    view: &View,
    site: SiteId,
    typed: &mut Fields,
) -> Result<(String, Times, Option<Why>), Fault> {
    let day = typed.optional_date("day").unwrap_or(view.date_of(view.now));
    let lines = typed_lines(typed);
    if lines.is_empty() {
        let wanted = typed.typed("start").parse().ok();
        let wanted = wanted.map(|start| (start, Vec::new()));
        return Ok((day.to_string(), wanted.into_iter().collect(), None));
    }
    let wishes = wishes(typed);
    let visit = commands::visit_of(tx, ctx, site, &lines, &wishes)?;
    if visit.parts.is_empty() {
        return Ok((day.to_string(), Vec::new(), None));
    }
    let visit = capacity::Visit {
        customer: typed.optional_id("customer_id"),
        ..visit
    };
    let why = why(tx, ctx, (view, &visit), typed)?;
    Ok((day.to_string(), free_times(tx, ctx, &visit, day)?, why))
}

/// Who is wished for: one for the first service, and one for each of the others.
fn wishes(typed: &mut Fields) -> Vec<(usize, StaffId)> {
    let mut found: Vec<(usize, StaffId)> = Vec::new();
    found.extend(typed.optional_id("with").map(|staff| (0, staff)));
    let mut place = 0;
    for at in 0..FORM_LINES_MAX {
        if typed.typed(&format!("service{at}")).is_empty() {
            continue;
        }
        let wished = typed.optional_id(&format!("with{at}"));
        found.extend(wished.filter(|_| place > 0).map(|staff| (place, staff)));
        place += 1;
    }
    found
}

async fn ask(app: &App, me: &Me, typed: &Fields, fault: Option<&Fault>) -> Reply {
    let site = me.site()?.id;
    let (reader, mut read) = (me.clone(), typed.clone());
    let wrong = fault.cloned();
    let (asked, own) = app
        .read(move |tx| {
            let asked = load(tx, &reader, site, &mut read)?;
            let typed = (&read, wrong.as_ref());
            Ok((
                asked,
                fields::new_inputs(tx, &reader, Subject::Order, typed)?,
            ))
        })
        .await?;
    let kind = kind_of(typed);
    let servers = colleagues(&asked.view, site);
    let slots = asked.times.map(|(day, slots, why)| SlotAsk {
        day,
        typed,
        slots,
        why,
        fault,
    });
    let body = new_page(&NewPage {
        view: &asked.view,
        kind,
        typed,
        services: &asked.services,
        servers: &servers,
        slots,
        own: &own,
        fault,
    });
    let shown = Page::new(me.look.locale.t("orders-new")).still();
    match fault {
        None => page(me, shown, body),
        Some(fault) if matches!(fault.kind, FaultKind::Invalid | FaultKind::Conflict) => {
            unprocessable(me, shown, body)
        }
        Some(fault) => Err(fault.clone().into()),
    }
}

/// `POST /orders`.
pub(super) async fn create(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let site = me.site()?.id;
    let kind = kind_of(&form);
    if Kind::parse(form.typed("kind")).is_none() && form.has("kind") {
        form.wrong("kind", Text::key("web-not-choice"));
    }
    let new = read(&mut form, kind, (site, &me.site()?.zone));
    let customer = named(&mut form);
    let by_phone = form.flag("by_phone");
    let ctx = me.ctx.clone();
    let taken = match form.done() {
        Ok(()) => {
            let given = Given::of_form(&form);
            app.write(move |tx| {
                let make = |tx: &mut Tx| take(tx, &ctx, new, &customer, by_phone);
                let id = |order: &Order| order.id.to_string();
                fields::create(tx, &ctx, (Subject::Order, &given), make, id)
            })
            .await
        }
        Err(fault) => Err(fault),
    };
    match taken {
        Ok(order) => {
            let words = [("number", order.code.as_str().into())];
            let said = me.look.locale.tx("orders-taken", &words);
            done(&format!("/orders/{}", order.id), &said)
        }
        Err(fault) => ask(&app, &me, &form, Some(&fault)).await,
    }
}

fn read(form: &mut Form, kind: Kind, (site, zone): (SiteId, &TimeZone)) -> NewOrder {
    let lines = typed_lines(form);
    let note = form
        .optional_text("note", NOTE_CHARS_MAX)
        .unwrap_or_default();
    let slot = if kind == Kind::Booking {
        let staff = form.optional_id("with");
        start_of(form, zone).map(|start| WantedSlot { start, staff })
    } else {
        None
    };
    let level = if form.flag("priority") {
        Level::Priority
    } else {
        Level::Normal
    };
    let wishes = if kind == Kind::Booking {
        wishes(form)
    } else {
        Vec::new()
    };
    let overbook = overbook_of(form).filter(|_| kind == Kind::Booking);
    NewOrder {
        lines,
        wishes,
        overbook,
        slot,
        note,
        level,
        ..NewOrder::new(site, kind)
    }
}

fn take(
    tx: &mut Tx,
    ctx: &Ctx,
    new: NewOrder,
    customer: &Who,
    by_phone: bool,
) -> Result<Order, Fault> {
    let ctx = &if by_phone {
        ctx.with_channel(Channel::Phone)
    } else {
        ctx.clone()
    };
    let customer = customer.find(tx, ctx)?;
    commands::create(tx, ctx, &NewOrder { customer, ..new })
}
