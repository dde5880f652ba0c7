//! One session: who comes, who is here, the beginning and the end.

use customers::Named;
use kernel::{
    Channel, Ctx, Fault,
    ids::{CustomerId, GroupSessionId, OrderId},
};
use store::Tx;
use web::{App, Fields, Form, Me, Page, Path, Reply, State, done};

use super::{answer, id_of, view};
use crate::{
    commands::{self, Sell},
    model::SEATS_MAX,
    pages::{self, ShowPage},
    queries,
};

fn load(tx: &mut Tx, ctx: &Ctx, me: &Me, id: GroupSessionId) -> Result<ShowPage, Fault> {
    let session = queries::session(tx, ctx, id)?;
    ctx.require_at(crate::VIEW, session.site)?;
    let site = organisation::site(tx, ctx, session.site)?;
    let seats = capacity::session_orders(tx, ctx, id)?;
    let service = offers::service(tx, ctx, session.service)?;
    let leader = people::staff_member(tx, ctx, session.staff)?;
    Ok(ShowPage {
        cards: orders::in_session(tx, ctx, id)?,
        taken: seats.iter().map(|(_, count)| count).sum(),
        seats: seats.into_iter().collect(),
        view: view(tx, ctx, me, site)?,
        service,
        leader,
        session,
    })
}

async fn page(
    app: &App,
    me: &Me,
    id: GroupSessionId,
    (typed, fault): (&Fields, Option<&Fault>),
) -> Reply {
    let reader = me.clone();
    let shown = app
        .read(move |tx| load(tx, &reader.ctx, &reader, id))
        .await?;
    let named = shown.cards.iter().filter_map(|card| card.order.customer);
    people::seen(app, &me.ctx, people::Sight::list(named)).await?;
    let heading = Page::new(shown.service.name.get(me.look.locale))
        .subtitle(pages::when(&shown))
        .actions(pages::actions(&shown));
    answer(me, heading, pages::show(&shown, typed, fault), fault)
}

/// `GET /sessions/{id}`.
pub(super) async fn show(State(app): State<App>, me: Me, Path(id): Path<String>) -> Reply {
    page(&app, &me, id_of(&id)?, (&Fields::default(), None)).await
}

/// A customer as the form names them: chosen, typed, or not at all.
fn customer(
    tx: &mut Tx,
    ctx: &Ctx,
    chosen: Option<CustomerId>,
    typed: Option<&str>,
) -> Result<Option<CustomerId>, Fault> {
    match (chosen, typed) {
        (Some(chosen), _) => Ok(Some(chosen)),
        (None, Some(typed)) => {
            let named = Named::parse(typed);
            let found = customers::find_or_create(tx, ctx, &named);
            // What is wrong with a part is said at the one field it was typed into.
            found.map(Some).map_err(|mut fault| {
                for part in &mut fault.fields {
                    "customer".clone_into(&mut part.field);
                }
                fault
            })
        }
        (None, None) => Ok(None),
    }
}

/// `POST /sessions/{id}/seats`.
pub(super) async fn sell(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    mut form: Form,
) -> Reply {
    let id = id_of(&id)?;
    let count = form.int("count", 1, SEATS_MAX);
    let chosen = form.optional_id("customer_id");
    let typed = form.optional_text("customer", 120);
    let note = form.optional_text("note", 500).unwrap_or_default();
    let by_phone = form.flag("by_phone");
    let ctx = if by_phone {
        me.ctx.with_channel(Channel::Phone)
    } else {
        me.ctx.clone()
    };
    let sold = match form.done() {
        Ok(()) => {
            app.write(move |tx| {
                let wanted = Sell {
                    session: id,
                    count,
                    customer: customer(tx, &ctx, chosen, typed.as_deref())?,
                    note,
                };
                commands::sell(tx, &ctx, &wanted)
            })
            .await
        }
        Err(fault) => Err(fault),
    };
    match sold {
        Ok(order) => {
            let words = [("number", order.code.as_str().into())];
            let said = me.look.locale.tx("sessions-sold", &words);
            done(&format!("/sessions/{id}"), &said)
        }
        Err(fault) => page(&app, &me, id, (&form, Some(&fault))).await,
    }
}

/// `POST /sessions/{id}/participants/{order}/arrival`.
pub(super) async fn check_in(
    State(app): State<App>,
    me: Me,
    Path((id, order)): Path<(String, String)>,
) -> Reply {
    let id = id_of(&id)?;
    let order = OrderId::parse(&order).ok_or_else(|| Fault::missing("sessions-missing"))?;
    let ctx = me.ctx.clone();
    let here = app
        .write(move |tx| commands::check_in(tx, &ctx, id, order))
        .await;
    match here {
        Ok(()) => done(
            &format!("/sessions/{id}"),
            &me.look.locale.t("sessions-checked-in"),
        ),
        Err(fault) => page(&app, &me, id, (&Fields::default(), Some(&fault))).await,
    }
}

/// `POST /sessions/{id}/start`.
pub(super) async fn begin(State(app): State<App>, me: Me, Path(id): Path<String>) -> Reply {
    let (id, ctx) = (id_of(&id)?, me.ctx.clone());
    let begun = app.write(move |tx| commands::begin(tx, &ctx, id)).await;
    match begun {
        Ok(_) => done(
            &format!("/sessions/{id}"),
            &me.look.locale.t("sessions-begun"),
        ),
        Err(fault) => page(&app, &me, id, (&Fields::default(), Some(&fault))).await,
    }
}

/// `POST /sessions/{id}/completion`.
pub(super) async fn end(State(app): State<App>, me: Me, Path(id): Path<String>) -> Reply {
    let (id, ctx) = (id_of(&id)?, me.ctx.clone());
    let ended = app.write(move |tx| commands::end(tx, &ctx, id)).await;
    match ended {
        Ok(_) => done(
            &format!("/sessions/{id}"),
            &me.look.locale.t("sessions-ended"),
        ),
        Err(fault) => page(&app, &me, id, (&Fields::default(), Some(&fault))).await,
    }
}
