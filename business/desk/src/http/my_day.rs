//! One person's day.

use kernel::ids::{OrderId, StaffId, StepId, TicketId};
use kernel::{Ctx, Fault, Timestamp};
use orders::{Order, Step, StepState};
use store::{Once, Tx};
use web::{App, Form, Me, Page, Path, Query, Reply, State};

use crate::{SERVE, my_day, pages};

async fn gather(app: &App, me: &Me, query: &mut Query) -> Result<my_day::MyDay, web::Problem> {
    let staff: Option<StaffId> = query.optional_id("staff");
    query.done()?;
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let day = app
        .read(move |tx| my_day::gather(tx, &ctx, site, staff))
        .await?;
    super::told(app, me, "my-day", day.cards()).await?;
    Ok(day)
}

pub(super) async fn page(State(app): State<App>, me: Me, mut query: Query) -> Reply {
    let day = gather(&app, &me, &mut query).await?;
    let locale = me.look.locale;
    let mut shown =
        Page::new(locale.t("desk-my-day")).subtitle(pages::my_day::subtitle(locale, &day));
    if me.ctx.staff().is_some() && me.ctx.may(SERVE) {
        shown = shown.actions(pages::my_day::actions(locale));
    }
    web::page(&me, shown, pages::my_day::page(locale, &day))
}

pub(super) async fn now(State(app): State<App>, me: Me, mut query: Query) -> Reply {
    let day = gather(&app, &me, &mut query).await?;
    web::fragment(pages::my_day::body(me.look.locale, &day))
}

/// Hours for which a phone may keep an act before it is sent with the time it was pressed.
const KEPT_HOURS_MAX: i64 = 12;

/// What a phone sends with every act: the key that makes a repetition harmless, and when it was
/// pressed, if that was before the line came back.
struct Pressed {
    once: Option<Once>,
    at: Option<Timestamp>,
}

impl Pressed {
    fn read(form: &mut Form) -> Result<Self, Fault> {
        let at = form.optional_instant("pressed");
        form.done()?;
        let once = form.once();
        Ok(Self { once, at })
    }

    /// The time of the act: when it was pressed, but not before what is known of the order, not
    /// in the future, and not too long ago.
    fn time(&self, tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<Timestamp, Fault> {
        let Some(at) = self.at else {
            return Ok(ctx.now);
        };
        let known = orders::order(tx, ctx, order)?;
        let steps = orders::steps(tx, ctx, order)?;
        let facts = steps
            .iter()
            .flat_map(|step| [step.state.started(), step.state.ended()])
            .chain([known.state.arrived(), known.state.started()])
            .flatten();
        let oldest = ctx.now.as_microsecond() - KEPT_HOURS_MAX * 3_600_000_000;
        let oldest = Timestamp::from_microsecond(oldest).map_err(Fault::broken)?;
        let after = facts.fold(oldest.max(known.created), Timestamp::max);
        Ok(at.max(after).min(ctx.now))
    }
}

/// Runs a command once and comes back to the day of whoever serves the order.
async fn act<F>(
    app: App,
    me: Me,
    (key, id, mut form): (&'static str, OrderId, Form),
    command: F,
) -> Reply
where
    F: FnOnce(&mut Tx, &Ctx) -> Result<Order, Fault> + Send + 'static,
{
    let pressed = Pressed::read(&mut form)?;
    let ctx = me.ctx.clone();
    let order = app
        .write(move |tx| {
            if let Some(once) = &pressed.once
                && !once.is_first(tx, &ctx)?
            {
                return orders::order(tx, &ctx, id);
            }
            let ctx = ctx.at(pressed.time(tx, &ctx, id)?);
            command(tx, &ctx)
        })
        .await?;
    let words = me.look.locale.tx(key, &[("number", (&order.code).into())]);
    if me.look.fragment {
        return web::fragment(pages::calendar::sentence(&words));
    }
    let path = match order.state.staff() {
        Some(staff) if me.ctx.staff() != Some(staff) => format!("/my-day?staff={staff}"),
        _ => "/my-day".to_owned(),
    };
    web::done(&path, &words)
}

type Id = Path<OrderId>;

pub(super) async fn start(State(app): State<App>, me: Me, id: Id, form: Form) -> Reply {
    act(app, me, ("desk-done-start", id.0, form), move |tx, ctx| {
        let order = orders::start(tx, ctx, id.0, None)?;
        queue::settle_order(tx, ctx, id.0)?;
        Ok(order)
    })
    .await
}

pub(super) async fn start_ticket(
    State(app): State<App>,
    me: Me,
    Path(ticket): Path<TicketId>,
    form: Form,
) -> Reply {
    let ctx = me.ctx.clone();
    let order = app
        .read(move |tx| Ok(queue::ticket(tx, &ctx, ticket)?.order))
        .await?;
    act(app, me, ("desk-done-start", order, form), move |tx, ctx| {
        let ticket = queue::start(tx, ctx, ticket, None)?;
        orders::order(tx, ctx, ticket.order)
    })
    .await
}

fn find(steps: &[Step], id: StepId) -> Result<&Step, Fault> {
    let found = steps.iter().find(|step| step.id == id);
    found.ok_or_else(|| Fault::missing("desk-step-missing"))
}

fn answers(step: &Step, ticks: &[usize]) -> Vec<bool> {
    let ticked = |index| ticks.contains(&index);
    (0..step.checklist.len()).map(ticked).collect()
}

/// Ends the running step with the ticks of its checklist and begins the next, or begins the first.
fn complete(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    step: Option<StepId>,
    ticks: &[usize],
) -> Result<Order, Fault> {
    let steps = orders::steps(tx, ctx, order)?;
    if let Some(id) = step {
        let found = find(&steps, id)?;
        if !matches!(found.state, StepState::Running { .. }) {
            // Pressed twice, or finished at another screen: what was asked for has happened.
            return orders::order(tx, ctx, order);
        }
        orders::tick(tx, ctx, order, id, &answers(found, ticks))?;
    }
    orders::complete_step(tx, ctx, order)
}

fn ticks(form: &Form) -> Vec<usize> {
    let ticked = form.list("tick");
    ticked.iter().filter_map(|text| text.parse().ok()).collect()
}

pub(super) async fn step(State(app): State<App>, me: Me, id: Id, mut form: Form) -> Reply {
    let step: Option<StepId> = form.optional_id("step");
    let ticks = ticks(&form);
    act(app, me, ("desk-done-step", id.0, form), move |tx, ctx| {
        complete(tx, ctx, id.0, step, &ticks)
    })
    .await
}

/// The checklist as it is ticked now, before the step is over.
pub(super) async fn checklist(State(app): State<App>, me: Me, id: Id, mut form: Form) -> Reply {
    let step: StepId = form.id("step");
    let ticks = ticks(&form);
    act(
        app,
        me,
        ("desk-done-checklist", id.0, form),
        move |tx, ctx| {
            let steps = orders::steps(tx, ctx, id.0)?;
            let found = find(&steps, step)?;
            orders::tick(tx, ctx, id.0, step, &answers(found, &ticks))?;
            orders::order(tx, ctx, id.0)
        },
    )
    .await
}

pub(super) async fn failure(State(app): State<App>, me: Me, id: Id, mut form: Form) -> Reply {
    let step: StepId = form.id("step");
    let cause = form.text("cause", 1, 300);
    act(
        app,
        me,
        ("desk-done-failure", id.0, form),
        move |tx, ctx| orders::fail_step(tx, ctx, id.0, step, &cause),
    )
    .await
}

pub(super) async fn finish(State(app): State<App>, me: Me, id: Id, form: Form) -> Reply {
    act(app, me, ("desk-done-finish", id.0, form), move |tx, ctx| {
        let order = orders::finish(tx, ctx, id.0)?;
        queue::settle_order(tx, ctx, id.0)?;
        Ok(order)
    })
    .await
}
