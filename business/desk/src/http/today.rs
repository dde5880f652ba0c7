//! Today, and what is done from it.

use kernel::ids::{OrderId, ServiceId, SiteId, StaffId, TicketId};
use kernel::{Ctx, Fault, FaultKind, Locale};
use offers::Filter;
use orders::Order;
use queue::WalkIn;
use store::Tx;
use web::axum::http::HeaderMap;
use web::{App, Form, Me, Page, Path, Query, Reply, State};

use super::search;
use crate::pages::today::{LANES, View};
use crate::pages::walk_in::{self, TicketDesk, WalkInView};
use crate::pages::{self, find};
use crate::{TAKE, today};
use queue::range;

fn lane_of(query: &Query) -> String {
    let typed = query.typed("lane");
    LANES
        .into_iter()
        .find(|lane| *lane == typed)
        .unwrap_or(LANES[0])
        .to_owned()
}

pub(super) async fn page(State(app): State<App>, me: Me, mut query: Query) -> Reply {
    let text = query.optional_text("q", 80).unwrap_or_default();
    query.done()?;
    let (ctx, site, asked) = (me.ctx.clone(), me.site()?.id, text.clone());
    let (day, found, walk_in, first) = app
        .read(move |tx| {
            let day = today::gather(tx, &ctx, site)?;
            let found = search::arrivals(tx, &ctx, &day, &asked)?;
            let walk_in = match ctx.may(TAKE) {
                true => Some(walk_in_view(tx, &ctx, (site, &day.picture))?),
                false => None,
            };
            let first = match ctx.may(help::SET_UP) {
                true => Some(help::first_hour(tx, &ctx, site)?),
                false => None,
            };
            Ok((day, found, walk_in, first))
        })
        .await?;
    super::told(&app, &me, "today", day.cards.iter()).await?;
    search::told(&app, &me, &found).await?;
    let (locale, now) = (me.look.locale, me.ctx.now);
    let first = first.filter(help::FirstHour::is_shown);
    let view = View {
        first: first
            .map(|first| help::first_hour_card(locale, &first))
            .unwrap_or_default(),
        found: find::results(locale, &text, &found, day.may_act),
        text,
        lane: lane_of(&query),
        dialog: walk_in
            .map(|view| walk_in::dialog(locale, &view))
            .unwrap_or_default(),
        next: query.has("next"),
    };
    let body = pages::today::body(locale, &day, now, &view);
    let when = pages::date_time(locale, &day.site.zone, now);
    let mut shown = Page::new(locale.t("desk-today")).subtitle(when);
    if day.may_act {
        shown = shown.actions(pages::today::new_button(locale));
    }
    web::page(&me, shown, body)
}

pub(super) async fn board(State(app): State<App>, me: Me, query: Query) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let day = app.read(move |tx| today::gather(tx, &ctx, site)).await?;
    super::told(&app, &me, "today", day.cards.iter()).await?;
    let lane = lane_of(&query);
    web::fragment(pages::today::board(me.look.locale, &day, me.ctx.now, &lane))
}

pub(super) async fn figures(State(app): State<App>, me: Me) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let day = app.read(move |tx| today::gather(tx, &ctx, site)).await?;
    web::fragment(pages::today::figures(me.look.locale, &day, me.ctx.now))
}

fn walk_in_now(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<WalkInView, Fault> {
    let date = organisation::site(tx, ctx, site)?.date_of(ctx.now);
    let picture = queue::line_now(tx, ctx, site, date)?;
    walk_in_view(tx, ctx, (site, &picture))
}

fn walk_in_view(
    tx: &mut Tx,
    ctx: &Ctx,
    (site, picture): (SiteId, &queue::Picture),
) -> Result<WalkInView, Fault> {
    let filter = Filter {
        site: Some(site),
        channel: Some(kernel::Channel::Desk),
        ..Filter::default()
    };
    let mut services = offers::services(tx, ctx, &filter)?;
    services.retain(|service| service.minutes > 0);
    offers::sort_by_name(&mut services, ctx.locale);
    let with_wait = services.into_iter().map(|service| {
        let wait = range(ctx.locale, picture.wait_for(&service));
        (service, wait)
    });
    Ok(WalkInView {
        services: with_wait.collect(),
        staff: people::staff_at(tx, ctx, site)?,
        ..WalkInView::default()
    })
}

pub(super) async fn walk_in_page(State(app): State<App>, me: Me, mut query: Query) -> Reply {
    let customer = query.optional_text("customer", 120).unwrap_or_default();
    query.done()?;
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let mut view = app.read(move |tx| walk_in_now(tx, &ctx, site)).await?;
    view.customer = customer;
    let locale = me.look.locale;
    web::page(
        &me,
        Page::new(locale.t("desk-walk-in-title")),
        walk_in::page(locale, &view),
    )
}

struct Wish {
    customer: Option<String>,
    service: ServiceId,
    staff: Option<StaffId>,
    priority: Option<String>,
    note: String,
}

fn take(tx: &mut Tx, ctx: &Ctx, site: SiteId, wish: &Wish) -> Result<queue::Standing, Fault> {
    let day = organisation::site(tx, ctx, site)?.date_of(ctx.now);
    let customer = match &wish.customer {
        Some(text) => Some(customers::find_or_create(
            tx,
            ctx,
            &customers::Named::parse(text),
        )?),
        None => None,
    };
    queue::issue(
        tx,
        ctx,
        &WalkIn {
            customer,
            staff: wish.staff,
            priority: wish.priority.clone(),
            note: wish.note.clone(),
            ..WalkIn::new(site, day, vec![wish.service])
        },
    )
}

pub(super) async fn walk_in(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let wish = Wish {
        customer: form.optional_text("customer", 120),
        service: form.id("service"),
        staff: form.optional_id("staff"),
        priority: form.optional_text("reason", 120),
        note: form.optional_text("note", 300).unwrap_or_default(),
    };
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let taken = match form.done() {
        Ok(()) => app.write(move |tx| take(tx, &ctx, site, &wish)).await,
        Err(fault) => Err(fault),
    };
    let locale = me.look.locale;
    match taken {
        Ok(standing) => {
            let number = standing.ticket.label();
            let wait = range(locale, standing.wait);
            let facts = [("number", number.into()), ("wait", wait.into())];
            web::done("/today", &locale.tx("desk-done-walk-in", &facts))
        }
        Err(fault) if fault.kind == FaultKind::Invalid => again(&app, &me, &form, &fault).await,
        Err(fault) => Err(fault.into()),
    }
}

async fn again(app: &App, me: &Me, form: &Form, fault: &Fault) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let mut view = app.read(move |tx| walk_in_now(tx, &ctx, site)).await?;
    let locale = me.look.locale;
    view.customer = form.typed("customer").to_owned();
    view.service = form.typed("service").to_owned();
    view.person = form.typed("staff").to_owned();
    view.priority = form.typed("reason").to_owned();
    view.note = form.typed("note").to_owned();
    view.faults = spoken(fault, locale);
    let page = Page::new(locale.t("desk-walk-in-title"));
    web::unprocessable(me, page, walk_in::page(locale, &view))
}

/// The faults of a form in words, by field.
pub(super) fn spoken(fault: &Fault, locale: Locale) -> Vec<(String, String)> {
    fault
        .fields
        .iter()
        .map(|f| (f.field.clone(), f.text.speak(locale)))
        .collect()
}

pub(super) async fn ticket(
    State(app): State<App>,
    me: Me,
    Path(id): Path<TicketId>,
    headers: HeaderMap,
) -> Reply {
    let ctx = me.ctx.clone();
    let base = queue::public_base(&app, &headers, &me.organisation.slug);
    let view = app.read(move |tx| ticket_view(tx, &ctx, id, &base)).await?;
    if let Some(customer) = view.customer {
        people::seen(&app, &me.ctx, people::Sight::page(customer)).await?;
    }
    let locale = me.look.locale;
    web::page(
        &me,
        Page::new(view.number.clone()),
        walk_in::ticket(locale, &view),
    )
}

fn ticket_view(tx: &mut Tx, ctx: &Ctx, id: TicketId, base: &str) -> Result<TicketDesk, Fault> {
    let ticket = queue::ticket(tx, ctx, id)?;
    let card = orders::card(tx, ctx, ticket.order)?;
    let picture = queue::line_now(tx, ctx, ticket.site, ticket.day)?;
    let free = picture.free_for(&ticket);
    let staff = people::staff_at(tx, ctx, ticket.site)?;
    let address = format!("{base}/tickets/{}", ticket.secret);
    let standing = picture.of(&ticket);
    Ok(TicketDesk {
        id: id.to_string(),
        customer: super::customer_of(&card),
        number: ticket.label(),
        about: format!(
            "{} · {}",
            crate::calendar::name(ctx.locale, &card),
            card.order.title(ctx.locale)
        ),
        wait: range(ctx.locale, standing.and_then(|standing| standing.wait)),
        code: queue::code_drawing(&address)?,
        address,
        people: staff
            .into_iter()
            .map(|member| {
                let is_free = free.contains(&member.id);
                (member, is_free)
            })
            .collect(),
        chosen: ticket.wanted_staff,
        lines: other_lines(tx, ctx, &ticket)?,
        reason: ticket.priority_reason.clone(),
        may_move: ticket.stage.is_open(),
    })
}

/// The lines a ticket can be sent to: letter and name.
fn other_lines(
    tx: &mut Tx,
    ctx: &Ctx,
    ticket: &queue::Ticket,
) -> Result<Vec<(String, String)>, Fault> {
    let lines = queue::lines(tx, ctx, ticket.site)?.into_iter();
    let others = lines.filter(|line| line.code != ticket.stands_in);
    let named = others.map(|line| {
        let name = format!("{} · {}", line.code, line.name.get(ctx.locale));
        (line.code, name)
    });
    Ok(named.collect())
}

/// Back to Today; the next check-in may follow at once.
fn back(form: &Form) -> &'static str {
    if form.typed("back") == "find" {
        "/today?next=1"
    } else {
        "/today"
    }
}

/// Runs a command that Today itself offers to undo, and goes back there; a ticket follows its
/// order.
async fn act_undoably<F>(app: App, me: Me, (id, form): (OrderId, &Form), command: F) -> Reply
where
    F: FnOnce(&mut Tx, &Ctx, OrderId) -> Result<Order, Fault> + Send + 'static,
{
    let ctx = me.ctx.clone();
    app.write(move |tx| {
        command(tx, &ctx, id)?;
        queue::settle_order(tx, &ctx, id)
    })
    .await?;
    web::see_other(back(form))
}

type Id = Path<OrderId>;

pub(super) async fn arrive(State(app): State<App>, me: Me, id: Id, form: Form) -> Reply {
    act_undoably(app, me, (id.0, &form), queue::arrive).await
}

pub(super) async fn start(State(app): State<App>, me: Me, id: Id, form: Form) -> Reply {
    let begin = |tx: &mut Tx, ctx: &Ctx, id| orders::start(tx, ctx, id, None);
    act_undoably(app, me, (id.0, &form), begin).await
}

pub(super) async fn step(State(app): State<App>, me: Me, id: Id, form: Form) -> Reply {
    let ctx = me.ctx.clone();
    let order = app
        .write(move |tx| orders::complete_step(tx, &ctx, id.0))
        .await?;
    let number = [("number", order.code.into())];
    web::done(back(&form), &me.look.locale.tx("desk-done-step", &number))
}

pub(super) async fn finish(State(app): State<App>, me: Me, id: Id, form: Form) -> Reply {
    act_undoably(app, me, (id.0, &form), orders::finish).await
}

pub(super) async fn no_show(State(app): State<App>, me: Me, id: Id, form: Form) -> Reply {
    act_undoably(app, me, (id.0, &form), orders::no_show).await
}

/// Takes back what was done last to an order: the act that left this version.
pub(super) async fn undo(
    State(app): State<App>,
    me: Me,
    Path((id, version)): Path<(OrderId, i64)>,
) -> Reply {
    let ctx = me.ctx.clone();
    let order = app
        .write(move |tx| {
            let order = orders::undo(tx, &ctx, id, version)?;
            queue::settle_order(tx, &ctx, id)?;
            Ok(order)
        })
        .await?;
    let number = [("number", order.code.into())];
    web::done("/today", &me.look.locale.tx("desk-done-undo", &number))
}
