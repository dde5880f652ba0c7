//! Rooms and equipment: adding, renaming, retiring.

use kernel::{
    Bilingual, Ctx, Fault, Text,
    ids::{ResourceId, SiteId},
};
use store::{Event, Tx, params};

use crate::{EDIT, model::Resource, queries};

const INSERT: &str = "
    insert into resources (org, id, site, kind, name_zh, name_en, state, version, created_at)
    values ($1, $2, $3, $4, $5, $6, 'active', 1, $7)";

const UPDATE: &str = "
    update resources set kind = $4, name_zh = $5, name_en = $6, version = version + 1
    where org = $1 and id = $2 and version = $3";

const RETIRE: &str = "
    update resources set state = $3, version = version + 1 where org = $1 and id = $2";

/// The longest name, in letters.
const NAME_MAX: usize = 60;

/// What a form says about a room or a piece of equipment.
#[derive(Debug, Clone)]
pub struct ResourceFields {
    /// Where it is; cannot change later.
    pub site: SiteId,
    /// The code of its kind, from `offers::RESOURCE_KINDS`.
    pub kind: String,
    /// Its name in at least one language.
    pub name: Bilingual,
}

impl ResourceFields {
    fn check(&self) -> Result<(), Fault> {
        if !offers::RESOURCE_KINDS.contains(&self.kind.as_str()) {
            return Err(Fault::invalid("kind", Text::key("capacity-kind-unknown")));
        }
        for (field, name) in [("name_zh", &self.name.zh), ("name_en", &self.name.en)] {
            if name.chars().count() > NAME_MAX {
                let text = Text::key("capacity-name-long").with("max", NAME_MAX);
                return Err(Fault::invalid(field, text));
            }
        }
        if self.name.zh.trim().is_empty() && self.name.en.trim().is_empty() {
            return Err(Fault::invalid(
                "name_zh",
                Text::key("capacity-name-missing"),
            ));
        }
        Ok(())
    }
}

/// Adds a room or a piece of equipment.
pub fn create_resource(tx: &mut Tx, ctx: &Ctx, fields: ResourceFields) -> Result<Resource, Fault> {
    ctx.require_at(EDIT, fields.site)?;
    fields.check()?;
    let site = organisation::site(tx, ctx, fields.site)?;
    let resource = Resource {
        id: ctx.id(),
        site: site.id,
        kind: fields.kind,
        name: fields.name,
        active: true,
        version: 1,
    };
    let (zh, en) = (&resource.name.zh, &resource.name.en);
    let row = params![
        ctx.org,
        resource.id,
        site.id,
        &resource.kind,
        zh,
        en,
        ctx.now
    ];
    tx.execute(INSERT, row)?;
    record(tx, ctx, "resource.created", &resource);
    Ok(resource)
}

/// Renames one, or makes it another kind.
pub fn save_resource(
    tx: &mut Tx,
    ctx: &Ctx,
    id: ResourceId,
    version: i64,
    fields: &ResourceFields,
) -> Result<(), Fault> {
    let resource = queries::resource(tx, ctx, id)?;
    ctx.require_at(EDIT, resource.site)?;
    fields.check()?;
    let (zh, en) = (&fields.name.zh, &fields.name.en);
    let row = params![ctx.org, id, version, &fields.kind, zh, en];
    if tx.execute(UPDATE, row)? == 0 {
        return Err(Fault::stale());
    }
    record(tx, ctx, "resource.changed", &resource);
    Ok(())
}

/// Takes one out of use, or back into use. Claims it already has stand.
pub fn retire_resource(tx: &mut Tx, ctx: &Ctx, id: ResourceId, retired: bool) -> Result<(), Fault> {
    let resource = queries::resource(tx, ctx, id)?;
    ctx.require_at(EDIT, resource.site)?;
    if resource.active != retired {
        return Ok(());
    }
    let (state, activity) = match retired {
        true => ("retired", "resource.retired"),
        false => ("active", "resource.restored"),
    };
    tx.execute(RETIRE, params![ctx.org, id, state])?;
    record(tx, ctx, activity, &resource);
    Ok(())
}

fn record(tx: &mut Tx, ctx: &Ctx, activity: &'static str, resource: &Resource) {
    let event = Event::new(activity)
        .site(resource.site)
        .object("resource", resource.id, "subject");
    tx.record(ctx, event);
}
