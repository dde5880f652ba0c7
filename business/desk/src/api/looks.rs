//! Today's figures and the search box, for programs.

use kernel::{Ctx, Fault, Money, ids::SiteId};
use people::Sight;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Amount, Endpoint, Endpoints, Moment, example, words};

use crate::{
    VIEW,
    http::search,
    model,
    pages::find::Found,
    today::{self, GRACE_MINUTES},
};

/// Both endpoints.
pub(super) fn endpoints() -> Endpoints {
    Endpoints::new(
        "desk",
        [
            Endpoint::get("/sites/{id}/today", VIEW, "desk-api-today", figures)
                .asks(|| json!({ "id": example::SITE })),
            Endpoint::get("/search", VIEW, "desk-api-search", find)
                .traced()
                .asks(|| json!({ "q": "A001", "site": example::SITE })),
        ],
    )
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AtSite {
    id: SiteId,
}

/// How the day goes at a site.
#[derive(Serialize, JsonSchema)]
struct Figures {
    site: SiteId,
    /// When it was so.
    at: Moment,
    /// How many stand in line.
    waiting: usize,
    /// How long whoever waits longest has waited.
    longest_wait_minutes: Option<i64>,
    /// Half of those who came without a booking waited no longer before they were served.
    median_wait_minutes: Option<i64>,
    /// The middle of what those in line are promised to wait.
    promised_wait_minutes: Option<i64>,
    /// Bookings of the next two hours, late ones, and booked customers who are here.
    arriving: usize,
    /// How many are being served.
    serving: usize,
    /// How many serve at this time.
    on_shift: usize,
    /// How many of them are free.
    free: usize,
    /// How many of a hundred bookings that have begun did so within five minutes.
    on_time_percent: Option<i64>,
    /// How many bookings have begun.
    bookings_begun: usize,
    /// What finished orders come to.
    taken: Amount,
    orders_finished: usize,
}

fn figures(tx: &mut Tx, ctx: &Ctx, at: AtSite) -> Result<Figures, Fault> {
    ctx.require_at(VIEW, at.id)?;
    let day = today::gather(tx, &ctx.unscoped(), at.id)?;
    let (serving, on_shift) = (day.serving().count(), day.picture.on_shift());
    let starts = day.starts();
    let (sum, orders_finished) = day.taken();
    let waited = |standing: &queue::Standing| model::minutes(standing.ticket.joined_at, ctx.now);
    Ok(Figures {
        site: at.id,
        at: Moment::new(ctx.now, &day.site.zone),
        waiting: day.standings.len(),
        longest_wait_minutes: day.standings.iter().map(waited).max(),
        median_wait_minutes: model::median(day.waits()),
        promised_wait_minutes: model::median(day.targets()),
        arriving: day.arriving(ctx.now).len(),
        serving,
        on_shift,
        free: on_shift.saturating_sub(serving),
        on_time_percent: model::on_time_percent(&starts, GRACE_MINUTES),
        bookings_begun: starts.len(),
        taken: Money::new(sum, day.site.currency).into(),
        orders_finished,
    })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// A name, reading or phone, a number of an order or a ticket, words of what is sold.
    #[schemars(length(min = 1, max = 80))]
    q: String,
    /// Where tickets are looked for.
    site: Option<SiteId>,
}

fn kinds(_: &mut SchemaGenerator) -> Schema {
    words(["ticket", "order", "customer", "service"])
}

/// Something that fits.
#[derive(Serialize, JsonSchema)]
struct Told {
    #[schemars(schema_with = "kinds")]
    kind: &'static str,
    id: String,
    /// Its name or number.
    title: String,
    /// What is known beside it, as far as the token's scopes go; phones are masked.
    detail: String,
    /// Where it stands, or that somebody is a VIP, in words; empty for neither.
    badge: String,
}

/// The best few of each kind that the token's scopes show: tickets of the last days, orders,
/// customers, services.
#[derive(Serialize, JsonSchema)]
struct Results {
    found: Vec<Told>,
}

fn find(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<Results, Fault> {
    let near = match asked.site {
        Some(id) => {
            ctx.require_at(VIEW, id)?;
            let site = organisation::site(tx, &ctx.unscoped(), id)?;
            Some((site.id, site.zone))
        }
        None => None,
    };
    let groups = search::groups(tx, ctx, near, &asked.q)?;
    let found = groups.into_iter().flat_map(|(_, found)| found);
    let things: Vec<Found> = found.filter(|found| !found.thing.0.is_empty()).collect();
    let named: Vec<_> = things.iter().filter_map(|found| found.customer).collect();
    if !named.is_empty() {
        people::keep_sight(tx, ctx, &Sight::search(named))?;
    }
    let told = things.into_iter().map(|found| Told {
        kind: found.thing.0,
        id: found.thing.1,
        title: found.title,
        detail: found.detail,
        badge: found.badge.1,
    });
    Ok(Results {
        found: told.collect(),
    })
}
