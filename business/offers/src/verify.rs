//! Whether services, their lists and their photos agree.

use kernel::{Ctx, Fault, ids::ServiceId};
use store::{Tx, journal::PAGE_MAX, params};

use crate::queries::{self, Filter};

const LOST_ADD_ON: &str = "
    select a.service from service_add_ons a
    left join services s on s.org = a.org and s.id = a.service
    left join services o on o.org = a.org and o.id = a.add_on
    where a.org = $1 and (s.id is null or o.id is null)
    order by a.service limit 1";
const LOST_PHOTO: &str = "
    select s.id from services s
    left join service_photos p on p.org = s.org and p.service = s.id
    where s.org = $1 and coalesce(s.photo, '') <> coalesce(p.fingerprint, '')
    order by s.id limit 1";

/// The first service that could not be sold as it is kept.
pub(crate) fn check(tx: &mut Tx, ctx: &Ctx) -> Result<Option<String>, Fault> {
    let checks = [
        (LOST_ADD_ON, "has an add-on that is not there"),
        (LOST_PHOTO, "does not have the photo it names"),
    ];
    for (sql, what) in checks {
        if let Some(id) = tx.one(sql, params![ctx.org], |row| row.text(0))? {
            return Ok(Some(format!("service {id} {what}")));
        }
    }
    for archived in [false, true] {
        let filter = Filter {
            archived,
            ..Filter::default()
        };
        for service in queries::services(tx, ctx, &filter)? {
            if let Err(fault) = service.check() {
                return Ok(Some(format!("service {}: {fault}", service.id)));
            }
            if told_price(tx, ctx, service.id)? != Some(service.price.minor) {
                let id = service.id;
                return Ok(Some(format!(
                    "service {id} has a price that the journal does not tell of"
                )));
            }
            if let Some(blueprint) = service.blueprint
                && !blueprints::exists(tx, ctx, blueprint)?
            {
                let id = service.id;
                return Ok(Some(format!("service {id} follows no known blueprint")));
            }
        }
    }
    Ok(None)
}

/// The price of a service in minor units, as the journal last told it. Orders touch a service
/// thousands of times, so only what is told of the service itself is read.
fn told_price(tx: &mut Tx, ctx: &Ctx, id: ServiceId) -> Result<Option<i64>, Fault> {
    let of_itself = store::journal::Filter {
        activity: Some("service.".to_owned()),
        object: Some(("service".to_owned(), id.to_string())),
        ..store::journal::Filter::default()
    };
    let told = store::journal::page(tx, ctx.org, &of_itself, PAGE_MAX)?;
    let mut prices = told.iter();
    Ok(prices.find_map(|entry| entry.attributes.get("price_minor")?.as_i64()))
}
