//! Whether services, their lists and their photos agree.

use kernel::{Ctx, Fault};
use store::{Tx, params};

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
            return Ok(Some(format!("offers: service {id} {what}")));
        }
    }
    for archived in [false, true] {
        let filter = Filter {
            archived,
            ..Filter::default()
        };
        for service in queries::services(tx, ctx, &filter)? {
            if let Err(fault) = service.check() {
                return Ok(Some(format!("offers: service {}: {fault}", service.id)));
            }
            if let Some(blueprint) = service.blueprint
                && !blueprints::exists(tx, ctx, blueprint)?
            {
                let id = service.id;
                return Ok(Some(format!(
                    "offers: service {id} follows no known blueprint"
                )));
            }
        }
    }
    Ok(None)
}
