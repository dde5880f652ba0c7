//! The work on imports: batch after batch, each a transaction that also says how far it got. A
//! program that is killed goes on with the next batch; none is ever taken twice.

use std::sync::Arc;

use kernel::{Actor, Channel, Ctx, Fault, FaultKind, Locale, ids::UserId};
use store::{Tx, params};
use web::App;

use super::{Import, State, commands::fact, queries, undo};
use crate::{
    columns::Columns,
    import::{Job, Plan, tried},
    model::{Outcome, Thing},
};

/// How many rows one transaction takes: few enough that the desk does not wait for it.
const ROWS_A_BATCH: usize = 500;
/// How long one round works before others have their turn, in seconds.
const ROUND_SECONDS: i64 = 10;

/// One round of work on what there is to do, for one organisation.
pub fn errand(app: &App, ctx: &Ctx) -> Result<(), Fault> {
    let begun = app.clock.now().as_second();
    let goes_on = || app.clock.now().as_second() < begun + ROUND_SECONDS;
    for import in app.db.read(|tx| queries::at_work(tx, ctx))? {
        let worker = as_asked(ctx, &import);
        let worked = match import.state {
            State::Undoing => undo::round(app, &worker, &import, &goes_on),
            _ => round(app, &worker, &import, &goes_on),
        };
        match worked {
            Err(fault) if fault.kind != FaultKind::Conflict => fail(app, &worker, &import, &fault)?,
            // Somebody stopped it, or another process works on it.
            Ok(()) | Err(_) => {}
        }
        app.tell(ctx.org, "import", import.id);
    }
    Ok(())
}

/// The facts name who began the import.
fn as_asked(ctx: &Ctx, import: &Import) -> Ctx {
    let actor = match UserId::parse(&import.asked_by) {
        Some(id) => Actor::User {
            id,
            staff: None,
            name: import.asked_name.clone(),
        },
        None => Actor::System,
    };
    Ctx {
        actor,
        ..ctx.with_channel(Channel::Import)
    }
}

const FAIL: &str = "
    update imports set state = 'failed', trouble = $3, changed_at = $4, version = version + 1
    where org = $1 and id = $2 and state in ('checking', 'running', 'undoing')";

fn fail(app: &App, ctx: &Ctx, import: &Import, fault: &Fault) -> Result<(), Fault> {
    tracing::error!(import = %import.id, %fault, "an import failed");
    let (ctx, id, words) = (ctx.clone(), import.id, fault.speak(Locale::En));
    app.db.write(move |tx| {
        tx.execute(FAIL, params![ctx.org, id, words, ctx.now])?;
        tx.record(&ctx, fact("import.failed", id));
        Ok(())
    })
}

fn round(app: &App, ctx: &Ctx, import: &Import, goes_on: &dyn Fn() -> bool) -> Result<(), Fault> {
    let plan = Arc::new(app.db.read(|tx| plan(tx, ctx, import))?);
    let mut from = usize::try_from(import.units_done).map_err(Fault::broken)?;
    while from < plan.units.len() && goes_on() {
        let until = plan.units.len().min(from + ROWS_A_BATCH);
        let now = ctx.at(app.clock.now());
        batch(app, &now, (import, &plan), (from, until))?;
        from = until;
        app.tell(ctx.org, "import", import.id);
    }
    match from < plan.units.len() {
        true => Ok(()),
        false => end(app, &ctx.at(app.clock.now()), import),
    }
}

/// The file under the columns chosen for it.
fn plan(tx: &mut Tx, ctx: &Ctx, import: &Import) -> Result<Plan, Fault> {
    let grid = queries::grid_of(tx, ctx, import.id)?;
    let chosen = import.columns.iter();
    let chosen = chosen.map(|name| Some(name.clone()).filter(|name| !name.is_empty()));
    let columns = Columns::chosen(import.what, &grid.header, &chosen.collect::<Vec<_>>())?;
    let job = Job {
        what: import.what,
        site: import.site.clone(),
        dry_run: import.state == State::Checking,
        source: import.source(),
    };
    Ok(Plan::new(job, grid.rows, columns))
}

fn batch(
    app: &App,
    ctx: &Ctx,
    (import, plan): (&Import, &Arc<Plan>),
    (from, until): (usize, usize),
) -> Result<(), Fault> {
    let (ctx, import, plan) = (ctx.clone(), import.clone(), Arc::clone(plan));
    if import.state == State::Running {
        return app.db.write(move |tx| {
            claim(tx, &ctx, &import, (from, until))?;
            let taken = plan.take(tx, &ctx, &plan.units[from..until])?;
            keep(tx, &ctx, &import, &taken)
        });
    }
    let (trying, tried_plan) = (ctx.clone(), Arc::clone(&plan));
    let (outcomes, _) = tried(&app.db, move |tx| {
        tried_plan.take(tx, &trying, &tried_plan.units[from..until])
    })?;
    app.db.write(move |tx| {
        claim(tx, &ctx, &import, (from, until))?;
        keep(tx, &ctx, &import, &(outcomes, Vec::new()))
    })
}

const CLAIM: &str = "
    update imports set units_done = $5, units = $6, changed_at = $7, version = version + 1
    where org = $1 and id = $2 and state = $3 and units_done = $4";

/// Moves the place on, before the rows: whoever comes second, or after a stop, changes nothing.
fn claim(
    tx: &mut Tx,
    ctx: &Ctx,
    import: &Import,
    (from, until): (usize, usize),
) -> Result<(), Fault> {
    let state = import.state.as_str();
    let units = import.units.max(i64::try_from(until).unwrap_or(0));
    let row = params![ctx.org, import.id, state, from, until, units, ctx.now];
    match tx.execute(CLAIM, row)? {
        0 => Err(Fault::stale()),
        _ => Ok(()),
    }
}

const COUNT: &str = "
    update imports set rows_new = rows_new + $3, rows_changed = rows_changed + $4,
        rows_same = rows_same + $5, rows_refused = rows_refused + $6
    where org = $1 and id = $2";
const REFUSE: &str = "
    insert into import_refusals (org, import, row_number, position, heading, reason_zh, reason_en)
    values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing";
const LAST: &str = "
    select coalesce(max(position), 0) from import_things where org = $1 and import = $2";
const THING: &str = "
    insert into import_things (org, import, position, row_number, kind, object, before, taken_at,
        state, reason_zh, reason_en)
    values ($1, $2, $3, $4, $5, $6, $7, $8, 'taken', '', '')";

fn keep(
    tx: &mut Tx,
    ctx: &Ctx,
    import: &Import,
    (outcomes, things): &(Vec<Outcome>, Vec<Thing>),
) -> Result<(), Fault> {
    let mut counts = [0_i64; 4];
    for outcome in outcomes {
        let place = match outcome {
            Outcome::New => 0,
            Outcome::Changed => 1,
            Outcome::Same => 2,
            Outcome::Failed(_) => 3,
        };
        counts[place] += 1;
        let Outcome::Failed(complaints) = outcome else {
            continue;
        };
        for (position, complaint) in (0_i64..).zip(complaints) {
            let row = params![
                ctx.org,
                import.id,
                i64::try_from(complaint.row).map_err(Fault::broken)?,
                position,
                &complaint.column,
                complaint.text.speak(Locale::ZhCn),
                complaint.text.speak(Locale::En),
            ];
            tx.execute(REFUSE, row)?;
        }
    }
    let [new, changed, same, refused] = counts;
    tx.execute(
        COUNT,
        params![ctx.org, import.id, new, changed, same, refused],
    )?;
    let last = tx.count(LAST, params![ctx.org, import.id])?;
    for (position, thing) in (last + 1..).zip(things) {
        let row = params![
            ctx.org,
            import.id,
            position,
            i64::try_from(thing.row).map_err(Fault::broken)?,
            thing.kind,
            &thing.id,
            thing.before.as_ref().map(ToString::to_string),
            ctx.now,
        ];
        tx.execute(THING, row)?;
    }
    Ok(())
}

const END: &str = "
    update imports set state = $4, units = units_done, changed_at = $5, version = version + 1
    where org = $1 and id = $2 and state = $3";

fn end(app: &App, ctx: &Ctx, import: &Import) -> Result<(), Fault> {
    let (ctx, import) = (ctx.clone(), import.clone());
    app.db.write(move |tx| {
        let to = match import.state {
            State::Checking => State::Checked,
            _ => State::Done,
        };
        let row = params![
            ctx.org,
            import.id,
            import.state.as_str(),
            to.as_str(),
            ctx.now
        ];
        if tx.execute(END, row)? == 0 {
            return Err(Fault::stale());
        }
        if to == State::Done {
            let now = queries::import(tx, &ctx, import.id)?;
            let done = fact("import.finished", import.id)
                .attr("what", now.what.as_str())
                .attr("new", now.rows_new)
                .attr("changed", now.rows_changed)
                .attr("same", now.rows_same)
                .attr("refused", now.rows_refused);
            tx.record(&ctx, done);
        }
        Ok(())
    })
}
