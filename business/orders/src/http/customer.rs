//! The page of one customer, with the orders so far.

use customers::{Customer, Details, Level, Unreachable};
use kernel::{Fault, FaultKind, Locale, ids::CustomerId};
use store::Tx;
use web::{App, Form, Me, Page, Path, Reply, State, done, page, unprocessable};

use super::{everybody, shell_zone, view};
use crate::{
    VIEW,
    pages::{CustomerPage, View, customer_page},
    queries::{self, Filter, Standing},
};

/// Orders on the page of a customer.
const ORDERS: i64 = 20;

struct Loaded {
    view: View,
    customer: Customer,
    standing: Standing,
    orders: queries::Page,
    shelf: maud::Markup,
    /// Why nothing is sent to the mail address.
    unreachable: Option<Unreachable>,
}

fn load(tx: &mut Tx, me: &Me, id: CustomerId) -> Result<Loaded, Fault> {
    let ctx = &me.ctx;
    ctx.require(VIEW)?;
    let filter = Filter {
        customer: Some(id),
        ..Filter::default()
    };
    let customer = customers::customer(tx, ctx, id)?;
    let unreachable = match &customer.email {
        Some(address) => customers::unreachable(tx, ctx, address)?,
        None => None,
    };
    Ok(Loaded {
        customer,
        unreachable,
        standing: queries::standing(tx, ctx, id)?,
        orders: queries::list(tx, ctx, &filter, None, ORDERS)?,
        view: view(me, shell_zone(me), everybody(tx, ctx)?),
        shelf: own_and_files(tx, me, id)?,
    })
}

/// The fields of the business's own, and photos and files below them.
fn own_and_files(tx: &mut Tx, me: &Me, id: CustomerId) -> Result<maud::Markup, Fault> {
    let id = id.to_string();
    let files = files::shown(tx, me, customers::SHELF, &id)?;
    fields::shown_with(tx, me, customers::HOLDER, &id, files)
}

/// `GET /customers/{id}`.
pub(super) async fn show(State(app): State<App>, me: Me, Path(id): Path<CustomerId>) -> Reply {
    people::seen(&app, &me.ctx, people::Sight::page(id)).await?;
    answer(&app, &me, id, None, None).await
}

async fn answer(
    app: &App,
    me: &Me,
    id: CustomerId,
    typed: Option<&Details>,
    fault: Option<&Fault>,
) -> Reply {
    let reader = me.clone();
    let found = app.read(move |tx| load(tx, &reader, id)).await?;
    let known = known(&found.customer);
    let body = customer_page(&CustomerPage {
        view: &found.view,
        customer: &found.customer,
        details: typed.unwrap_or(&known),
        standing: &found.standing,
        orders: &found.orders,
        fault,
        may_edit: me.ctx.may(customers::EDIT),
        may_phone: me.ctx.may(customers::PHONE),
        shelf: found.shelf,
        unreachable: found.unreachable.as_ref(),
    });
    let shown = Page::new(found.customer.display(me.look.locale));
    match fault {
        None => page(me, shown, body),
        Some(fault) if matches!(fault.kind, FaultKind::Invalid | FaultKind::Conflict) => {
            unprocessable(me, shown, body)
        }
        Some(fault) => Err(fault.clone().into()),
    }
}

/// `POST /customers/{id}/reachable`: somebody knows that the mail address reaches.
pub(super) async fn reachable(State(app): State<App>, me: Me, Path(id): Path<CustomerId>) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| {
        let address = customers::customer(tx, &ctx, id)?.email;
        let address = address.unwrap_or_default();
        customers::clear_unreachable(tx, &ctx, &address, Some(id))
    })
    .await?;
    let words = me.look.locale.t("customers-reachable-again");
    done(&format!("/customers/{id}"), &words)
}

fn known(customer: &Customer) -> Details {
    Details {
        name: customer.name.clone(),
        reading: customer.reading.clone(),
        phone: customer
            .phone
            .as_ref()
            .map_or("", |phone| phone.given())
            .to_owned(),
        email: customer.email.clone().unwrap_or_default(),
        language: customer.language,
        note: customer.note.clone(),
        level: Some(customer.level),
    }
}

/// `POST /customers/{id}`.
pub(super) async fn change(
    State(app): State<App>,
    me: Me,
    Path(id): Path<CustomerId>,
    mut form: Form,
) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    let details = Details {
        name: form.typed("name").to_owned(),
        reading: form.typed("reading").to_owned(),
        phone: form.typed("phone").to_owned(),
        email: form.typed("email").to_owned(),
        language: Locale::parse(form.typed("language")),
        note: form
            .optional_text("note", customers::commands::NOTE_CHARS_MAX)
            .unwrap_or_default(),
        level: Level::parse(form.typed("level")),
    };
    let (ctx, new) = (me.ctx.clone(), details.clone());
    let changed = match form.done() {
        Ok(()) => {
            app.write(move |tx| customers::change_customer(tx, &ctx, id, version, &new))
                .await
        }
        Err(fault) => Err(fault),
    };
    match changed {
        Ok(()) => done(
            &format!("/customers/{id}"),
            &me.look.locale.t("orders-customer-saved"),
        ),
        Err(fault) => answer(&app, &me, id, Some(&details), Some(&fault)).await,
    }
}
