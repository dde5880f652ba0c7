//! The addresses to which nothing is sent: the list, the file, and saying that one reaches.

use customers::{UnreachableAddress, Why, unreachable_addresses};
use kernel::{Ctx, DateTime, Fault, Timestamp};
use store::Tx;
use web::{App, Column, EXPORT_ROWS, Export, Form, Me, Query, Reply, Routes, State, done, page};

use crate::{
    VIEW,
    pages::{self, UNREACHABLE, UnreachableView},
};

/// Addresses on the page; the file has them all.
const SHOWN: i64 = 200;

/// The routes of the list.
pub(super) fn routes() -> Routes {
    Routes::new().get(UNREACHABLE, VIEW, list).post(
        "/messages/unreachable/reachable",
        customers::EDIT,
        clear,
    )
}

async fn list(State(app): State<App>, me: Me, asked: Query) -> Reply {
    me.ctx.require(customers::VIEW)?;
    let why = Why::parse(asked.typed("why"));
    if let Some(format) = web::wanted(&asked) {
        let sight = people::Sight::export("unreachable", 0);
        people::seen(&app, &me.ctx, sight).await?;
        let rows = rows(me.ctx.clone(), why);
        return web::export(&app, &me, format, export(&me), rows).await;
    }
    let ctx = me.ctx.clone();
    let mut found = app
        .read(move |tx| unreachable_addresses(tx, &ctx, (why, None), SHOWN + 1))
        .await?;
    let shown = usize::try_from(SHOWN).unwrap_or(usize::MAX);
    let more = found.len() > shown;
    found.truncate(shown);
    let named = found.iter().filter_map(|one| one.customer.as_ref());
    let named = people::Sight::list(named.map(|customer| customer.id));
    people::seen(&app, &me.ctx, named).await?;
    let full = me.ctx.may(customers::PHONE);
    let view = UnreachableView {
        why,
        addresses: &found,
        more,
        zone: me.zone(),
        full,
        may_clear: full && me.ctx.may(customers::EDIT),
    };
    let body = pages::unreachable(me.look.locale, &view);
    page(
        &me,
        super::heading(&me).exports(),
        super::under(&me, UNREACHABLE, &body),
    )
}

fn export(me: &Me) -> Export<UnreachableAddress> {
    let (locale, zone, full) = (me.look.locale, me.zone(), me.ctx.may(customers::PHONE));
    let local = move |at: Timestamp| -> DateTime { at.to_zoned(zone.clone()).datetime() };
    let address = move |one: &UnreachableAddress| pages::shown(&one.address, full);
    let customer = move |one: &UnreachableAddress| {
        let named = one.customer.as_ref();
        named.map(|customer| customer.display(locale).to_owned())
    };
    let why = move |one: &UnreachableAddress| one.mark.why.label(locale);
    let reason = |one: &UnreachableAddress| one.mark.reason.clone();
    let since = move |one: &UnreachableAddress| local(one.mark.since);
    Export {
        name: "unreachable",
        columns: vec![
            Column::new(locale.t("messages-address"), address),
            Column::new(locale.t("messages-customer"), customer),
            Column::new(locale.t("messages-why"), why),
            Column::new(locale.t("messages-reason"), reason),
            Column::new(locale.t("messages-since"), since),
        ],
    }
}

fn rows(
    ctx: Ctx,
    why: Option<Why>,
) -> impl FnMut(&mut Tx) -> Result<Vec<UnreachableAddress>, Fault> {
    let mut last: Option<UnreachableAddress> = None;
    move |tx| {
        let found = unreachable_addresses(tx, &ctx, (why, last.as_ref()), EXPORT_ROWS)?;
        last = found.last().cloned().or(last.take());
        Ok(found)
    }
}

async fn clear(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let address = form.text("address", 3, 254);
    form.done()?;
    let ctx = me.ctx.clone();
    app.write(move |tx| {
        let whose = customers::whose_unreachable(tx, &ctx, &address)?;
        customers::clear_unreachable(tx, &ctx, &address, whose)
    })
    .await?;
    done(UNREACHABLE, &me.look.locale.t("customers-reachable-again"))
}
