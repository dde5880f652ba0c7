//! Photos of services: the shelf they stand on, and the way there for those of earlier versions.

use kernel::{Bilingual, Ctx, Fault, TimeZone, ids::ServiceId};
use store::{Tx, params};
use web::App;

use crate::{EDIT, VIEW, paths, queries};

/// The files of a service; guests see its first picture.
pub const SHELF: files::Shelf = files::Shelf {
    kind: files::OwnerKind::Service,
    holds: files::Holds::Many,
    home: "/services/{id}",
    view: VIEW,
    edit: EDIT,
    find,
    seen: None,
};

fn find(tx: &mut Tx, ctx: &Ctx, id: &str) -> Result<files::Reached, Fault> {
    let id = ServiceId::parse(id).ok_or_else(|| Fault::missing("offers-service-missing"))?;
    let service = queries::service(tx, ctx, id)?;
    let zone = organisation::sites(tx, ctx)?
        .first()
        .map(|site| site.zone.clone());
    Ok(files::Reached {
        title: Bilingual::get(&service.name, ctx.locale).to_owned(),
        home: paths::service(id),
        site: None,
        customer: None,
        zone: zone.unwrap_or(TimeZone::UTC),
        parts: Vec::new(),
    })
}

const OLD: &str = "
    select service, body from service_photos where org = $1 order by service limit 50";
const DROP: &str = "delete from service_photos where org = $1 and service = $2";
const FORGET: &str = "update services set photo = null where org = $1 and id = $2";

/// Moves photos that an earlier version kept in a table of services onto the shelf. One that
/// cannot be read as a picture was never shown and stays where it is.
pub(crate) fn move_to_shelf(app: &App, ctx: &Ctx) -> Result<(), Fault> {
    let read = |row: &store::Row| Ok((row.id::<_>(0)?, row.bytes(1)?));
    let old: Vec<(ServiceId, Vec<u8>)> = app.db.read(|tx| tx.all(OLD, params![ctx.org], read))?;
    for (service, body) in old {
        let Ok(photo) = files::prepare("photo", body) else {
            continue;
        };
        let target = files::Target {
            shelf: SHELF,
            owner: service.to_string(),
            part: None,
        };
        files::keep(&app.db, &files::Place::of(app)?, ctx, &target, vec![photo])?;
        let ctx = ctx.clone();
        app.db.write(move |tx| {
            tx.execute(FORGET, params![ctx.org, service])?;
            tx.execute(DROP, params![ctx.org, service])
        })?;
    }
    Ok(())
}
