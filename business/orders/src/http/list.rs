//! The list of orders.

use fields::{Field, Subject};
use kernel::{Channel, Ctx, Date, Fault, Time, TimeZone, Timestamp};
use web::{App, Me, Page, Query, Reply, State, page};

use super::{everybody, shell_zone, view};
use crate::{
    columns,
    model::Kind,
    pages::{ListPage, list_page, new_action},
    queries::{self, Cursor, Filter, Scope},
};

/// Orders on one page.
const ROWS: i64 = 50;

/// Reads the filter from the address; what cannot be read does not filter.
fn filter(asked: &mut Query, zone: &TimeZone, own: &[Field]) -> Filter {
    let midnight = |date: Date| {
        let midnight = date.to_datetime(Time::midnight());
        zone.to_ambiguous_zoned(midnight)
            .compatible()
            .ok()
            .map(|at| at.timestamp())
    };
    let day_after = |date: Date| date.tomorrow().ok();
    let from: Option<Timestamp> = asked.optional_date("from").and_then(midnight);
    let to: Option<Timestamp> = asked
        .optional_date("to")
        .and_then(day_after)
        .and_then(midnight);
    Filter {
        text: asked.optional_text("q", 80).unwrap_or_default(),
        scope: Scope::parse(asked.typed("state")),
        kind: Kind::parse(asked.typed("kind")),
        site: asked.optional_id("site"),
        channel: Channel::parse(asked.typed("channel")),
        staff: asked.optional_id("staff"),
        customer: asked.optional_id("customer"),
        from,
        to,
        own: fields::Filter::read(asked, own),
    }
}

/// `GET /orders`.
pub(super) async fn list(State(app): State<App>, me: Me, mut asked: Query) -> Reply {
    let zone = shell_zone(&me);
    let ctx = me.ctx.clone();
    let own = app
        .read(move |tx| fields::defined(tx, &ctx, Subject::Order))
        .await?;
    let filter = filter(&mut asked, &zone, &own);
    if let Some(format) = web::wanted(&asked) {
        return export(&app, &me, format, (filter, own)).await;
    }
    let after = Cursor::parse(asked.typed("after"));
    let (ctx, wanted) = (me.ctx.clone(), filter.clone());
    let (found, count, staff, customer, own) = app
        .read(move |tx| {
            let found = queries::list(tx, &ctx, &wanted, after, ROWS)?;
            // A first page that is not full has been counted already.
            let count = match (after, found.next) {
                (None, None) => i64::try_from(found.rows.len()).map_err(Fault::broken)?,
                _ => queries::count_up_to(tx, &ctx, &wanted, crate::pages::COUNT_MAX)?,
            };
            let customer = named(tx, &ctx, &wanted)?;
            let ids: Vec<String> = found
                .rows
                .iter()
                .map(|row| row.order.id.to_string())
                .collect();
            let own = fields::listed(tx, &ctx, Subject::Order, &ids)?;
            Ok((found, count, everybody(tx, &ctx)?, customer, own))
        })
        .await?;
    if me.ctx.may(customers::VIEW) {
        let named = found.rows.iter().filter_map(|row| row.order.customer);
        people::seen(&app, &me.ctx, people::Sight::list(named)).await?;
    }
    let locale = me.look.locale;
    let sites: Vec<(String, String)> = me
        .sites
        .iter()
        .map(|site| (site.id.to_string(), site.name.get(locale).to_owned()))
        .collect();
    let view = view(&me, zone, staff);
    let body = list_page(&ListPage {
        view: &view,
        asked: &asked,
        page: &found,
        own: &own,
        count,
        sites: if sites.len() > 1 { &sites } else { &[] },
        filtered: !filter.is_empty(),
        customer,
    });
    let mut shown = Page::new(locale.t("orders-menu")).exports();
    if me.ctx.may(crate::TAKE) {
        shown = shown.actions(new_action(locale));
    }
    page(&me, shown, body)
}

async fn export(
    app: &App,
    me: &Me,
    format: web::Format,
    (filter, own): (Filter, Vec<Field>),
) -> Reply {
    let ctx = me.ctx.clone();
    let staff = app.read(move |tx| everybody(tx, &ctx)).await?;
    let staff = staff.into_iter().map(|(id, staff)| (id, staff.name));
    if me.ctx.may(customers::VIEW) {
        people::seen(app, &me.ctx, people::Sight::export("orders", 0)).await?;
    }
    let list = columns::export(me, staff.collect(), own);
    web::export(app, me, format, list, columns::rows(me.ctx.clone(), filter)).await
}

fn named(tx: &mut store::Tx, ctx: &Ctx, filter: &Filter) -> Result<Option<String>, Fault> {
    let Some(customer) = filter.customer.filter(|_| ctx.may(customers::VIEW)) else {
        return Ok(None);
    };
    let found = customers::optional(tx, ctx, customer)?;
    Ok(found.map(|customer| customer.display(ctx.locale).to_owned()))
}
