//! What a day comes to at many sites at once.

use kernel::{Ctx, Currency, Fault, Money, Span, ids::SiteId};
use store::{Row, Tx, Value, params};

use crate::VIEW;

/// The most sites one statement asks about.
const SITES_AT_ONCE: usize = 200;

/// How a day stands at one site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayFigures {
    /// The site.
    pub site: SiteId,
    /// Visits of the day, whatever became of them, those called off left out.
    pub booked: i64,
    /// Who is there and waits.
    pub waiting: i64,
    /// Who is being served.
    pub serving: i64,
    /// Who was served.
    pub served: i64,
    /// Who did not come.
    pub no_shows: i64,
    /// What those served were charged, in the site's currency.
    pub takings: Money,
}

impl DayFigures {
    /// A day on which nothing has happened.
    pub const fn none(site: SiteId, currency: Currency) -> Self {
        Self {
            site,
            booked: 0,
            waiting: 0,
            serving: 0,
            served: 0,
            no_shows: 0,
            takings: Money::new(0, currency),
        }
    }
}

/// How a stretch of time stands at some sites, one row a site and currency, sites without an order
/// left out. The stretch is the same for all: ask once for each time zone.
pub fn figures(
    tx: &mut Tx,
    ctx: &Ctx,
    sites: &[SiteId],
    span: Span,
) -> Result<Vec<DayFigures>, Fault> {
    ctx.require(VIEW)?;
    let allowed: Vec<SiteId> = sites
        .iter()
        .copied()
        .filter(|site| ctx.sites.includes(*site))
        .collect();
    let mut found = Vec::new();
    for sites in allowed.chunks(SITES_AT_ONCE) {
        let mut values: Vec<Value> = params![ctx.org, span.start, span.end].to_vec();
        values.extend(sites.iter().map(Value::from));
        let places: Vec<String> = (4..values.len() + 1).map(|n| format!("${n}")).collect();
        let sql = format!(
            "select site, currency, cast(count(*) as bigint),
                cast(sum(case when state = 'waiting' then 1 else 0 end) as bigint),
                cast(sum(case when state = 'serving' then 1 else 0 end) as bigint),
                cast(sum(case when state = 'finished' then 1 else 0 end) as bigint),
                cast(sum(case when state = 'no_show' then 1 else 0 end) as bigint),
                cast(sum(case when state = 'finished' then total_minor else 0 end) as bigint)
            from orders where org = $1 and due_at >= $2 and due_at < $3 and site in ({})
                and state in ('booked', 'waiting', 'serving', 'finished', 'no_show')
            group by site, currency order by site, currency limit 2000",
            places.join(", ")
        );
        found.extend(tx.all(&sql, &values, read)?);
    }
    Ok(found)
}

fn read(row: &Row) -> Result<DayFigures, Fault> {
    Ok(DayFigures {
        site: row.id(0)?,
        booked: row.int(2)?,
        waiting: row.int(3)?,
        serving: row.int(4)?,
        served: row.int(5)?,
        no_shows: row.int(6)?,
        takings: Money::new(row.int(7)?, row.currency(1)?),
    })
}
