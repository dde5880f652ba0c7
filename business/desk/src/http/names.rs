//! What the objects of the journal are called.

use std::collections::BTreeMap;

use kernel::{
    Ctx, Fault, FaultKind, Role,
    ids::{BlueprintId, CustomerId, OrderId, ResourceId, ServiceId},
};
use store::{Entry, Tx};

/// The names of objects, by kind and id, in the reader's language.
pub(crate) type Names = BTreeMap<(String, String), String>;

/// The names of what a page of the journal touches, as far as its reader may know them.
pub(super) fn of(tx: &mut Tx, ctx: &Ctx, entries: &[Entry]) -> Result<Names, Fault> {
    let mut names = Names::new();
    for site in organisation::sites(tx, ctx)? {
        let name = site.name(ctx.locale).to_owned();
        names.insert(("site".to_owned(), site.id.to_string()), name);
    }
    for person in people::staff(tx, ctx)? {
        let name = person.shown(ctx.locale).to_owned();
        names.insert(("staff".to_owned(), person.id.to_string()), name);
    }
    // Whoever may read the journal may read who did what, in their own language.
    for user in people::users(tx, &ctx.raised(Role::Owner))? {
        let name = user.shown(ctx.locale).to_owned();
        names.insert(("user".to_owned(), user.id.to_string()), name);
    }
    for (kind, id, _) in entries.iter().flat_map(|entry| &entry.objects) {
        let key = (kind.clone(), id.clone());
        if !names.contains_key(&key)
            && let Some(name) = name_of(tx, ctx, kind, id)?
        {
            names.insert(key, name);
        }
    }
    Ok(names)
}

fn name_of(tx: &mut Tx, ctx: &Ctx, kind: &str, id: &str) -> Result<Option<String>, Fault> {
    let locale = ctx.locale;
    let named = match kind {
        "order" if ctx.may(orders::VIEW) => OrderId::parse(id)
            .map(|id| orders::order(tx, ctx, id))
            .map(|order| order.map(|order| order.code)),
        "customer" if ctx.may(customers::VIEW) => CustomerId::parse(id)
            .map(|id| customers::customer(tx, ctx, id))
            .map(|customer| customer.map(|customer| customer.display(locale).to_owned())),
        "service" if ctx.may(offers::VIEW) => ServiceId::parse(id)
            .map(|id| offers::service(tx, ctx, id))
            .map(|service| service.map(|service| service.name.get(locale).to_owned())),
        "blueprint" if ctx.may(blueprints::VIEW) => BlueprintId::parse(id)
            .map(|id| blueprints::blueprint(tx, ctx, id))
            .map(|blueprint| blueprint.map(|one| one.name.get(locale).to_owned())),
        "resource" if ctx.may(capacity::VIEW) => ResourceId::parse(id)
            .map(|id| capacity::resource(tx, ctx, id))
            .map(|resource| resource.map(|one| one.name.get(locale).to_owned())),
        _ => None,
    };
    match named {
        Some(Ok(name)) if !name.is_empty() => Ok(Some(name)),
        Some(Err(fault)) if fault.kind == FaultKind::Broken => Err(fault),
        // What is gone, or is another site's, keeps the word of its kind.
        _ => Ok(None),
    }
}
