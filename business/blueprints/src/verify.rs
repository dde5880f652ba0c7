//! Whether blueprints and their versions agree.

use kernel::{Ctx, Fault, Locale};
use store::{Tx, params};

use crate::{model::VersionState, queries};

const LOST: &str = "
    select b.id from blueprints b
    where b.org = $1 and (
        (b.draft is not null and not exists (
            select 1 from blueprint_versions v
            where v.org = b.org and v.blueprint = b.id and v.number = b.draft
                and v.state = 'draft'))
        or (b.published is not null and not exists (
            select 1 from blueprint_versions v
            where v.org = b.org and v.blueprint = b.id and v.number = b.published
                and v.state = 'published')))
    order by b.id limit 1";
const STRAY: &str = "
    select v.blueprint from blueprint_versions v
    left join blueprints b on b.org = v.org and b.id = v.blueprint
    where v.org = $1 and (b.id is null
        or (v.state = 'draft' and (b.draft is null or v.number <> b.draft))
        or (v.state = 'published' and (b.published is null or v.number <> b.published)))
    order by v.blueprint limit 1";

/// The first blueprint whose versions are not what it says, or that nobody could follow.
pub(crate) fn check(tx: &mut Tx, ctx: &Ctx) -> Result<Option<String>, Fault> {
    let checks = [
        (LOST, "names a version that is not there"),
        (STRAY, "has a version that it does not name"),
    ];
    for (sql, what) in checks {
        if let Some(id) = tx.one(sql, params![ctx.org], |row| row.text(0))? {
            return Ok(Some(format!("blueprint {id} {what}")));
        }
    }
    for archived in [false, true] {
        for blueprint in queries::blueprints(tx, ctx, archived)? {
            for version in queries::versions(tx, ctx, blueprint.id)? {
                let checked = match version.state {
                    VersionState::Draft => version.body.check(),
                    _ => version.body.check_publishable(Locale::En),
                };
                if let Err(fault) = checked {
                    let (id, number) = (blueprint.id, version.number);
                    let text = format!("version {number} of {id}: {fault}");
                    return Ok(Some(text));
                }
            }
        }
    }
    Ok(None)
}
