//! Taking an import back: from its last row to its first, what it made goes and what it changed
//! is again what it was, unless it was changed or used since.

use kernel::{
    Ctx, Fault, FaultKind, Id, Locale, Text, Timestamp,
    ids::{CustomerId, OrderId, ServiceId, StaffId},
};
use store::{Tx, journal, params};
use web::App;

use super::{Import, State, commands::fact};
use crate::take;

/// How many things one transaction takes back.
const THINGS_A_BATCH: i64 = 500;

/// One thing an import made or changed.
struct Taken {
    position: i64,
    kind: String,
    object: String,
    before: Option<serde_json::Value>,
    at: Timestamp,
}

/// Works until everything is taken back, or the time of the round is over.
pub fn round(
    app: &App,
    ctx: &Ctx,
    import: &Import,
    goes_on: &dyn Fn() -> bool,
) -> Result<(), Fault> {
    while goes_on() {
        let (worker, id) = (ctx.at(app.clock.now()), import.id);
        let more = app.db.write(move |tx| batch(tx, &worker, id))?;
        app.tell(ctx.org, "import", import.id);
        if !more {
            break;
        }
    }
    Ok(())
}

const LAST: &str = "
    select position, kind, object, before, taken_at from import_things
    where org = $1 and import = $2 and state = 'taken' order by position desc limit $3";
const HOLD: &str = "
    update imports set version = version + 1, changed_at = $4
    where org = $1 and id = $2 and state = $3";

/// Whether there may be more.
fn batch(tx: &mut Tx, ctx: &Ctx, id: super::ImportId) -> Result<bool, Fault> {
    let undoing = State::Undoing.as_str();
    if tx.execute(HOLD, params![ctx.org, id, undoing, ctx.now])? == 0 {
        return Ok(false);
    }
    let things = tx.all(LAST, params![ctx.org, id, THINGS_A_BATCH], |row| {
        let before = match row.opt_text(3)? {
            Some(_) => Some(row.json(3)?),
            None => None,
        };
        Ok(Taken {
            position: row.int(0)?,
            kind: row.text(1)?,
            object: row.text(2)?,
            before,
            at: row.instant(4)?,
        })
    })?;
    if things.is_empty() {
        end(tx, ctx, id)?;
        return Ok(false);
    }
    let (mut undone, mut left) = (0_i64, 0_i64);
    for thing in things {
        let kept = match since(tx, ctx, &thing)? {
            Some(reason) => Some(reason),
            None => take_back(tx, ctx, &thing)?,
        };
        match kept {
            None => undone += 1,
            Some(_) => left += 1,
        }
        tell(tx, ctx, id, (&thing, kept))?;
    }
    tx.execute(COUNT, params![ctx.org, id, undone, left])?;
    Ok(true)
}

const TOLD: &str = "
    update import_things set state = $4, reason_zh = $5, reason_en = $6
    where org = $1 and import = $2 and position = $3";
const COUNT: &str = "
    update imports set things_undone = things_undone + $3, things_kept = things_kept + $4
    where org = $1 and id = $2";

fn tell(
    tx: &mut Tx,
    ctx: &Ctx,
    id: super::ImportId,
    (thing, kept): (&Taken, Option<Text>),
) -> Result<(), Fault> {
    let speak = |locale| {
        kept.as_ref()
            .map_or(String::new(), |text| text.speak(locale))
    };
    let state = if kept.is_some() { "kept" } else { "undone" };
    let row = params![
        ctx.org,
        id,
        thing.position,
        state,
        speak(Locale::ZhCn),
        speak(Locale::En),
    ];
    tx.execute(TOLD, row).map(drop)
}

const END: &str = "
    update imports set state = 'undone', version = version + 1
    where org = $1 and id = $2 and state = 'undoing'
    returning things_undone, things_kept";

fn end(tx: &mut Tx, ctx: &Ctx, id: super::ImportId) -> Result<(), Fault> {
    let read = |row: &store::Row| Ok((row.int(0)?, row.int(1)?));
    if let Some((undone, kept)) = tx.one(END, params![ctx.org, id], read)? {
        let event = fact("import.undone", id);
        tx.record(ctx, event.attr("undone", undone).attr("kept", kept));
    }
    Ok(())
}

/// Why a thing must stay: the journal tells of something that happened to it after the import.
fn since(tx: &mut Tx, ctx: &Ctx, thing: &Taken) -> Result<Option<Text>, Fault> {
    let object = (thing.kind.as_str(), thing.object.as_str());
    for entry in journal::about_since(tx, ctx.org, object, thing.at)? {
        let noun = entry.activity.split('.').next().unwrap_or_default();
        if noun == thing.kind || noun == "field" {
            return Ok(Some(Text::key("exchange-kept-changed")));
        }
        let orders = entry.objects.iter().filter(|(kind, _, _)| kind == "order");
        let mut orders: Vec<OrderId> = orders.filter_map(|(_, id, _)| OrderId::parse(id)).collect();
        let named = !orders.is_empty();
        orders.retain(|id| exists(tx, ctx, *id));
        // A fact about an order that has been taken back itself binds nothing.
        if !named || !orders.is_empty() {
            let text = Text::key("exchange-kept-used");
            return Ok(Some(text.with("fact", entry.activity)));
        }
    }
    Ok(None)
}

fn exists(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> bool {
    orders::order(tx, ctx, id).is_ok()
}

fn id<T>(thing: &Taken) -> Result<Id<T>, Fault> {
    Id::parse(&thing.object).ok_or_else(|| Fault::broken("a thing without identity"))
}

/// Takes one thing back; answers why it had to stay.
fn take_back(tx: &mut Tx, ctx: &Ctx, thing: &Taken) -> Result<Option<Text>, Fault> {
    let gone = match thing.kind.as_str() {
        "customer" => customer(tx, ctx, thing),
        "order" => orders::remove_past(tx, ctx, id(thing)?),
        "service" => service(tx, ctx, thing),
        _ => staff(tx, ctx, thing),
    };
    match gone {
        Ok(()) => Ok(None),
        // What is not there any more has nothing to be taken back.
        Err(fault) if fault.kind == FaultKind::Missing => Ok(None),
        Err(fault) if fault.kind == FaultKind::Broken => Err(fault),
        Err(fault) => Ok(Some(fault.text)),
    }
}

fn customer(tx: &mut Tx, ctx: &Ctx, thing: &Taken) -> Result<(), Fault> {
    let id: CustomerId = id(thing)?;
    let version = customers::customer(tx, ctx, id)?.version;
    match &thing.before {
        None => customers::remove_customer(tx, ctx, id, version),
        Some(before) => {
            take::restore_customer(tx, ctx, (id, version), before)?;
            fields_back(tx, ctx, (fields::Subject::Customer, thing), before)
        }
    }
}

fn service(tx: &mut Tx, ctx: &Ctx, thing: &Taken) -> Result<(), Fault> {
    let id: ServiceId = id(thing)?;
    let version = offers::service(tx, ctx, id)?.version;
    match &thing.before {
        None => offers::remove_service(tx, ctx, id, version),
        Some(before) => {
            take::restore_service(tx, ctx, (id, version), before)?;
            fields_back(tx, ctx, (fields::Subject::Service, thing), before)
        }
    }
}

fn staff(tx: &mut Tx, ctx: &Ctx, thing: &Taken) -> Result<(), Fault> {
    let id: StaffId = id(thing)?;
    let version = people::staff_member(tx, ctx, id)?.version;
    match &thing.before {
        None => people::remove_staff(tx, ctx, id, version),
        Some(before) => {
            take::restore_staff(tx, ctx, (id, version), before)?;
            fields_back(tx, ctx, (fields::Subject::Staff, thing), before)
        }
    }
}

/// Gives the business's own fields back what stood in them; one archived since stays as it is.
fn fields_back(
    tx: &mut Tx,
    ctx: &Ctx,
    (subject, thing): (fields::Subject, &Taken),
    before: &serde_json::Value,
) -> Result<(), Fault> {
    let Some(old) = before["fields"].as_object() else {
        return Ok(());
    };
    let asked = fields::defined(tx, ctx, subject)?;
    let known = old
        .iter()
        .filter(|(key, _)| asked.iter().any(|field| &field.key == *key));
    let known = known.map(|(key, value)| (key.clone(), value.clone()));
    let given = fields::Given::of_json(&known.collect())?;
    let about = (subject, thing.object.as_str());
    fields::fill(tx, ctx, about, &given, kernel::Currency::CNY).map(|_| ())
}
