//! Taking a series: from the form of an order, or from an order that is to be repeated.

use std::collections::BTreeMap;

use customers::Named;
use kernel::{
    Channel, Ctx, Date, Fault, Repeat, Text, Timestamp, Until,
    ids::{CustomerId, OrderId},
};
use orders::{Kind, Level, NewLine, NewOrder, WantedSlot};
use store::Tx;
use web::{App, Fields, Form, Me, Page, Query, Reply, State, done};

use super::answer;
use crate::{
    commands::{self, Decision, Foreseen, New},
    model::{self, DATES_MAX, STEP_MAX, UNITS},
    pages::{self, NewPage},
};

/// The most lines the form of an order sends.
const LINES_MAX: usize = 12;

/// For whom, as a form names them.
#[derive(Clone)]
struct Who {
    chosen: Option<CustomerId>,
    typed: Option<String>,
}

impl Who {
    fn find(&self, tx: &mut Tx, ctx: &Ctx) -> Result<Option<CustomerId>, Fault> {
        match (self.chosen, &self.typed) {
            (Some(chosen), _) => Ok(Some(chosen)),
            (None, Some(typed)) => {
                customers::find_or_create(tx, ctx, &Named::parse(typed)).map(Some)
            }
            (None, None) => Ok(None),
        }
    }
}

/// What a form asks for.
#[derive(Clone)]
struct Asked {
    new: New,
    who: Who,
    by_phone: bool,
    decisions: BTreeMap<Date, Decision>,
    takes: bool,
}

fn lines(form: &mut Fields) -> Vec<NewLine> {
    let mut lines = Vec::new();
    for at in 0..LINES_MAX {
        let service = form.optional_id(&format!("service{at}"));
        let quantity = form.optional_int(&format!("quantity{at}"), 1, 999);
        lines.extend(service.map(|service| NewLine {
            service,
            quantity: quantity.unwrap_or(1),
        }));
    }
    lines
}

fn repeat(form: &mut Fields, first: Date) -> Repeat {
    let unit = match form.typed("unit") {
        "" => UNITS[1].to_owned(),
        _ => form.choice("unit", &UNITS),
    };
    let step = form.optional_int("step", 1, STEP_MAX).unwrap_or(1);
    let last = form.optional_date("until");
    // A count beyond what a series may have is refused with the limit, not as a wrong number.
    let count = form.optional_int("count", 1, 1_000_000);
    let until = match (last, count) {
        (Some(last), None) => Until::Date(last),
        (_, count) => {
            Until::Count(count.map_or(1, |count| usize::try_from(count).unwrap_or(DATES_MAX + 1)))
        }
    };
    Repeat {
        first,
        every: model::every(&unit, step),
        until,
    }
}

/// What was decided about dates: `date-2026-12-08` is `skip`, `overrule`, or an instant.
fn decisions(form: &Fields) -> BTreeMap<Date, Decision> {
    let mut found = BTreeMap::new();
    for (name, value) in form.values() {
        let Some(date) = name
            .strip_prefix("date-")
            .and_then(|date| date.parse().ok())
        else {
            continue;
        };
        let decision = match value.as_str() {
            "skip" => Some(Decision::Skip),
            "overrule" => Some(Decision::Overrule),
            instant => instant.parse().ok().map(Decision::Instead),
        };
        found.extend(decision.map(|decision| (date, decision)));
    }
    found
}

/// Reads the form; an order that is to be repeated says what each date is.
fn read(tx: &mut Tx, me: &Me, form: &mut Fields) -> Result<Asked, Fault> {
    let from: Option<OrderId> = form.optional_id("order");
    let who = Who {
        chosen: form.optional_id("customer_id"),
        typed: form.optional_text("customer", 120),
    };
    let order = match from {
        Some(order) => commands::repeated(tx, &me.ctx, order)?,
        None => typed_order(me, form)?,
    };
    let start = order.slot.map_or(Timestamp::UNIX_EPOCH, |slot| slot.start);
    let site = organisation::site(tx, &me.ctx, order.site)?;
    let repeat = repeat(form, site.date_of(start));
    Ok(Asked {
        new: New {
            order,
            repeat,
            first: from,
        },
        who,
        by_phone: form.flag("by_phone"),
        decisions: decisions(form),
        takes: form.flag("take"),
    })
}

fn typed_order(me: &Me, form: &mut Fields) -> Result<NewOrder, Fault> {
    let site = me.site()?.id;
    let start = form.typed("start").parse().ok();
    if start.is_none() {
        form.wrong("start", Text::key("series-start-needed"));
    }
    let lines = lines(form);
    if lines.is_empty() {
        form.wrong("service", Text::key("series-service-needed"));
    }
    let staff = form.optional_id("with");
    Ok(NewOrder {
        lines,
        slot: start.map(|start| WantedSlot { start, staff }),
        note: form.optional_text("note", 2000).unwrap_or_default(),
        level: if form.flag("priority") {
            Level::Priority
        } else {
            Level::Normal
        },
        ..NewOrder::new(site, Kind::Booking)
    })
}

/// The page, with the dates when they can be told.
fn load(tx: &mut Tx, me: &Me, form: &mut Fields) -> Result<NewPage, Fault> {
    let asked = read(tx, me, form)?;
    let site = organisation::site(tx, &me.ctx, asked.new.order.site)?;
    let ids: Vec<_> = asked.new.order.lines.iter().map(|l| l.service).collect();
    let services = offers::services_by_id(tx, &me.ctx, &ids)?;
    let title: Vec<String> = ids
        .iter()
        .filter_map(|id| services.get(id))
        .map(|service| service.name.get(me.look.locale).to_owned())
        .collect();
    let staff = match asked.new.order.slot.and_then(|slot| slot.staff) {
        Some(id) => Some(people::staff_member(tx, &me.ctx, id)?),
        None => None,
    };
    // Until a count or a last day is typed there is one date and nothing to foresee.
    let is_asked = form.has("count") || form.has("until");
    let foreseen: Vec<Foreseen> = match form.done() {
        Ok(()) if is_asked => commands::foresee(tx, &me.ctx, &asked.new)?,
        _ => Vec::new(),
    };
    Ok(NewPage {
        locale: me.look.locale,
        title: title.join(" + "),
        start: asked.new.order.slot.map(|slot| slot.start),
        staff: staff.map(|staff| staff.shown(me.look.locale).to_owned()),
        site,
        foreseen,
        decisions: asked.decisions,
    })
}

async fn ask(app: &App, me: &Me, typed: &Fields, fault: Option<&Fault>) -> Reply {
    let (reader, mut form) = (me.clone(), typed.clone());
    let loaded = app.read(move |tx| {
        let shown = load(tx, &reader, &mut form);
        Ok((shown, form.done().err()))
    });
    let (shown, wrong) = loaded.await?;
    let heading = || Page::new(me.look.locale.t("series-title")).still();
    match shown {
        Ok(shown) => {
            let fault = fault.or(wrong.as_ref());
            answer(me, heading(), pages::new(&shown, typed, fault), fault)
        }
        Err(wrong) => {
            let fault = fault.unwrap_or(&wrong);
            let body = pages::refused(me.look.locale, typed, fault);
            answer(me, heading(), body, Some(fault))
        }
    }
}

/// `GET /series/new`.
pub(super) async fn new(State(app): State<App>, me: Me, typed: Query) -> Reply {
    ask(&app, &me, &typed, None).await
}

/// `POST /series`: shows the dates, and takes them once that is wished for.
pub(super) async fn create(State(app): State<App>, me: Me, form: Form) -> Reply {
    let (reader, mut typed) = (me.clone(), form.0.clone());
    let read = app
        .read(move |tx| {
            let asked = read(tx, &reader, &mut typed)?;
            typed.done()?;
            Ok(asked)
        })
        .await;
    let asked = match read {
        Ok(asked) if asked.takes => asked,
        Ok(_) => return ask(&app, &me, &form, None).await,
        Err(fault) => return ask(&app, &me, &form, Some(&fault)).await,
    };
    let ctx = if asked.by_phone {
        me.ctx.with_channel(Channel::Phone)
    } else {
        me.ctx.clone()
    };
    let taken = app
        .write(move |tx| {
            let mut new = asked.new;
            if let Some(customer) = asked.who.find(tx, &ctx)? {
                new.order.customer = Some(customer);
            }
            commands::create(tx, &ctx, &new, &asked.decisions)
        })
        .await;
    match taken {
        Ok((series, orders)) => {
            let words = [("count", orders.len().into())];
            let said = me.look.locale.tx("series-taken", &words);
            done(&format!("/series/{series}"), &said)
        }
        Err(fault) => ask(&app, &me, &form, Some(&fault)).await,
    }
}
