//! Checks for `steward verify`: every site's hours can be read and do not overlap.

use crate::queries;
use kernel::{Ctx, Date, Fault};
use store::Tx;

/// The first site whose hours are broken.
pub fn check(tx: &mut Tx, ctx: &Ctx) -> Result<Option<String>, Fault> {
    for site in queries::sites(tx, ctx)? {
        match queries::hours(tx, ctx, site.id, Date::MIN, Date::MAX) {
            Err(fault) => return Ok(Some(format!("hours of site {}: {fault}", site.id))),
            Ok(hours) => {
                if let Some(weekday) = hours.week.overlap() {
                    let id = site.id;
                    return Ok(Some(format!(
                        "hours of site {id} overlap after weekday {weekday}"
                    )));
                }
            }
        }
    }
    Ok(None)
}
