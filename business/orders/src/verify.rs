//! Invariants of orders beyond what the tables check themselves: totals are the sum of the lines,
//! what is kept of the steps agrees with the steps, and the journal tells of every state.

use kernel::{Ctx, Fault, ids::OrderId};
use store::{Tx, params};

use crate::{model, queries};

const BATCH: i64 = 500;

const IDS: &str = "select id from orders where org = $1 and id > $2 order by id limit $3";

/// The first order of the organisation that contradicts itself or the journal, in words.
pub fn check(tx: &mut Tx, ctx: &Ctx) -> Result<Option<String>, Fault> {
    if let Some(broken) = sums(tx, ctx)? {
        return Ok(Some(broken));
    }
    let mut last = String::new();
    loop {
        let ids: Vec<OrderId> = tx.all(IDS, params![ctx.org, &last, BATCH], |row| row.id(0))?;
        let Some(end) = ids.last() else {
            return Ok(None);
        };
        last = end.to_string();
        for id in ids {
            if let Some(broken) = contradiction(tx, ctx, id)? {
                return Ok(Some(broken));
            }
        }
    }
}

const SUMS: &str = "
    select o.code from orders o
    left join (
        select l.order_id, cast(sum(l.unit_minor * l.quantity) as bigint) as total,
            cast(sum(l.minutes * l.quantity) as bigint) as minutes
        from order_lines l where l.org = $1 group by l.order_id
    ) s on s.order_id = o.id
    where o.org = $1
        and (o.total_minor <> coalesce(s.total, 0) or o.minutes <> coalesce(s.minutes, 0))
    order by o.id limit 1";

const STEPS: &str = "
    select o.code from orders o
    left join (
        select p.order_id,
            cast(sum(case when p.state in ('pending', 'running', 'done') then 1 else 0 end)
                as bigint) as total,
            cast(sum(case when p.state = 'done' then 1 else 0 end) as bigint) as done,
            cast(sum(case when p.state in ('pending', 'running') then 1 else 0 end) as bigint)
                as unfinished
        from order_steps p where p.org = $1 group by p.order_id
    ) s on s.order_id = o.id
    where o.org = $1 and (o.steps_total <> coalesce(s.total, 0)
        or o.steps_done <> coalesce(s.done, 0)
        or (o.closed_at is not null and coalesce(s.unfinished, 0) > 0))
    order by o.id limit 1";

const UNKNOWN_NAME: &str = "
    select o.code from orders o, order_lines l
    where o.org = $1 and l.org = $1 and l.order_id = o.id and not exists (
        select 1 from sold_names s
        where s.org = $1 and s.name_zh = l.name_zh and s.name_en = l.name_en)
    order by o.id limit 1";

fn sums(tx: &mut Tx, ctx: &Ctx) -> Result<Option<String>, Fault> {
    if let Some(code) = tx.one(SUMS, params![ctx.org], |row| row.text(0))? {
        return Ok(Some(format!(
            "order {code}: its totals are not the sum of its lines"
        )));
    }
    if let Some(code) = tx.one(STEPS, params![ctx.org], |row| row.text(0))? {
        return Ok(Some(format!(
            "order {code}: its progress is not that of its steps"
        )));
    }
    if let Some(code) = tx.one(UNKNOWN_NAME, params![ctx.org], |row| row.text(0))? {
        return Ok(Some(format!(
            "order {code}: a search does not find what was sold"
        )));
    }
    Ok(None)
}

/// What is wrong with one order, judged by its own rows and its timeline.
fn contradiction(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Option<String>, Fault> {
    let order = queries::load(tx, ctx, id)?;
    let lines = queries::lines(tx, ctx, id)?;
    let tax = model::totals(&lines, order.total.currency).tax;
    if tax != order.tax {
        return Ok(Some(format!(
            "order {}: its tax is not that of its lines",
            order.code
        )));
    }
    let told = store::journal::about(tx, ctx.org, "order", &id.to_string(), 500)?;
    let told = |activity: &str| told.iter().filter(|e| e.activity == activity).count();
    // What was taken back, or opened again, counts as if it had never been.
    let reopened = told("order.reopened");
    let stands = |fact: &str| {
        let again = match fact {
            "order.arrived" | "order.started" | "order.finished" => reopened,
            _ => 0,
        };
        told(fact).checked_sub(told(&undone(fact)) + again)
    };
    let (name, state) = (order.state.name(), order.state.name().as_str());
    let say = |what: String| {
        Ok(Some(format!(
            "order {}: it is {state}, but {what}",
            order.code
        )))
    };
    for fact in needed(name) {
        if stands(fact).is_none_or(|count| count == 0) {
            return say(format!("the journal does not tell of {fact}"));
        }
    }
    if order.state.arrived().is_none() && stands("order.arrived") != Some(0) {
        return say("the journal tells of an arrival".to_owned());
    }
    let ends: Option<usize> = ENDINGS.iter().map(|fact| stands(fact)).sum();
    if ends != Some(usize::from(name.is_closed())) {
        let count = ends.map_or("fewer than no".to_owned(), |count| count.to_string());
        return say(format!("the journal tells of {count} endings"));
    }
    Ok(None)
}

const ENDINGS: [&str; 4] = [
    "order.finished",
    "order.cancelled",
    "order.no_show",
    "order.expired",
];

/// The fact that takes another back.
fn undone(fact: &str) -> String {
    let noun = match fact {
        "order.arrived" => "order.arrival",
        "order.started" => "order.start",
        "order.finished" => "order.finish",
        other => other,
    };
    format!("{noun}_undone")
}

/// The facts without which an order cannot be in a state.
fn needed(state: model::StateName) -> &'static [&'static str] {
    use model::StateName as S;
    match state {
        S::Held | S::Open => &["order.created"],
        S::Booked => &["order.created", "order.booked"],
        S::Waiting => &["order.created", "order.arrived"],
        S::Serving => &["order.created", "order.arrived", "order.started"],
        S::Finished => &[
            "order.created",
            "order.arrived",
            "order.started",
            "order.finished",
        ],
        S::Cancelled => &["order.created", "order.cancelled"],
        S::NoShow => &["order.created", "order.no_show"],
        S::Expired => &["order.created", "order.expired"],
    }
}
