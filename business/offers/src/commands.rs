//! What may happen to services and goods.

use std::collections::BTreeSet;

use kernel::{
    Ctx, Fault, Text,
    ids::{ServiceId, SiteId},
};
use store::{Event, Tx, Value, params};

use crate::{
    EDIT,
    model::{SERVICES_MAX, Service, State},
    queries,
};

const INSERT: &str = "
    insert into services (org, id, code, kind, family, name_zh, name_en, text_zh, text_en,
        minutes, buffer_before_minutes, buffer_after_minutes, price_minor, currency,
        tax_permille, blueprint, wait_minutes_target, response_minutes_target,
        completion_minutes_target, external_id, state, version)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
        $19, $20, 'active', 1)
    on conflict do nothing";
const UPDATE: &str = "
    update services set code = $3, kind = $4, family = $5, name_zh = $6, name_en = $7,
        text_zh = $8, text_en = $9, minutes = $10, buffer_before_minutes = $11,
        buffer_after_minutes = $12, price_minor = $13, currency = $14, tax_permille = $15,
        blueprint = $16, wait_minutes_target = $17, response_minutes_target = $18,
        completion_minutes_target = $19, external_id = $20, version = version + 1
    where org = $1 and id = $2 and version = $21";
const SET_STATE: &str = "
    update services set state = $3, version = version + 1
    where org = $1 and id = $2 and version = $4";
/// Creates a service (version 0) or changes the version given; answers it as it now is.
///
/// The state has a command of its own and is left as it is.
pub fn save_service(tx: &mut Tx, ctx: &Ctx, service: &Service) -> Result<Service, Fault> {
    ctx.require(EDIT)?;
    let mut service = service.clone();
    if service.code.is_empty() {
        service.code = code_of(service.id);
    }
    service.check()?;
    known_parts(tx, ctx, &service)?;
    not_taken(tx, ctx, &service)?;
    let activity = if service.version == 0 {
        insert(tx, ctx, &service)?
    } else {
        update(tx, ctx, &service)?
    };
    save_lists(tx, ctx, &service)?;
    record(tx, ctx, activity, &service);
    queries::service(tx, ctx, service.id)
}

/// Puts a service on offer again, or archives it.
pub fn set_state(
    tx: &mut Tx,
    ctx: &Ctx,
    id: ServiceId,
    version: i64,
    state: State,
) -> Result<(), Fault> {
    ctx.require(EDIT)?;
    let service = queries::service(tx, ctx, id)?;
    if service.state == state {
        return Ok(());
    }
    changed(tx.execute(SET_STATE, params![ctx.org, id, state.as_str(), version])?)?;
    let activity = match state {
        State::Active => "service.restored",
        State::Archived => "service.archived",
    };
    record(tx, ctx, activity, &service);
    Ok(())
}

/// A code for a service that was given none: the end of its id, which is random.
fn code_of(id: ServiceId) -> String {
    let id = id.to_string();
    format!("S-{}", id[id.len() - 6..].to_uppercase())
}

fn changed(rows: u64) -> Result<(), Fault> {
    if rows == 1 {
        Ok(())
    } else {
        Err(Fault::stale())
    }
}

/// The columns that inserting and updating share, `$1` to `$20`.
fn row(ctx: &Ctx, service: &Service) -> Vec<Value> {
    params![
        ctx.org,
        service.id,
        &service.code,
        service.kind.as_str(),
        service.family.as_str(),
        &service.name.zh,
        &service.name.en,
        &service.text.zh,
        &service.text.en,
        service.minutes,
        service.buffer_before_minutes,
        service.buffer_after_minutes,
        service.price.minor,
        service.price.currency.code(),
        service.tax_permille,
        service.blueprint,
        service.targets.wait_minutes,
        service.targets.response_minutes,
        service.targets.completion_minutes,
        service.external_id.clone(),
    ]
    .to_vec()
}

fn insert(tx: &mut Tx, ctx: &Ctx, service: &Service) -> Result<&'static str, Fault> {
    if queries::count(tx, ctx)? >= SERVICES_MAX {
        return Err(Fault::conflict("offers-full").with("max", SERVICES_MAX));
    }
    let rows = tx.execute(INSERT, &row(ctx, service))?;
    if rows == 1 {
        Ok("service.created")
    } else {
        Err(Fault::stale())
    }
}

fn update(tx: &mut Tx, ctx: &Ctx, service: &Service) -> Result<&'static str, Fault> {
    let mut values = row(ctx, service);
    values.push(Value::from(service.version));
    let rows = tx.execute(UPDATE, &values)?;
    changed(rows).map(|()| "service.changed")
}

/// Refuses sites, blueprints and add-ons that are not of this organisation.
fn known_parts(tx: &mut Tx, ctx: &Ctx, service: &Service) -> Result<(), Fault> {
    let sites: BTreeSet<SiteId> = organisation::sites(tx, ctx)?
        .into_iter()
        .map(|site| site.id)
        .collect();
    if !service.sites.iter().all(|site| sites.contains(site)) {
        return Err(Fault::invalid("sites", Text::key("offers-site-unknown")));
    }
    if let Some(blueprint) = service.blueprint
        && !blueprints::exists(tx, ctx, blueprint)?
    {
        return Err(Fault::invalid(
            "blueprint",
            Text::key("offers-blueprint-unknown"),
        ));
    }
    let known = queries::services_by_id(tx, ctx, &service.add_ons)?;
    if !service.add_ons.iter().all(|id| known.contains_key(id)) {
        return Err(Fault::invalid(
            "add_ons",
            Text::key("offers-add-on-unknown"),
        ));
    }
    Ok(())
}

fn not_taken(tx: &mut Tx, ctx: &Ctx, service: &Service) -> Result<(), Fault> {
    let other = |found: Option<Service>| found.is_some_and(|found| found.id != service.id);
    if other(queries::service_by_code(tx, ctx, &service.code)?) {
        return Err(Fault::invalid("code", Text::key("offers-code-taken")));
    }
    if let Some(external_id) = &service.external_id
        && other(queries::service_by_external_id(tx, ctx, external_id)?)
    {
        return Err(Fault::invalid(
            "external_id",
            Text::key("offers-external-id-taken"),
        ));
    }
    Ok(())
}

/// One list of a service: how to empty it, how to add to it, and what is in it.
struct List {
    clear: &'static str,
    add: &'static str,
    values: Vec<String>,
}

fn save_lists(tx: &mut Tx, ctx: &Ctx, service: &Service) -> Result<(), Fault> {
    for list in lists(service) {
        tx.execute(list.clear, params![ctx.org, service.id])?;
        for value in &list.values {
            tx.execute(list.add, params![ctx.org, service.id, value])?;
        }
    }
    Ok(())
}

fn lists(service: &Service) -> [List; 5] {
    [
        List {
            clear: "delete from service_sites where org = $1 and service = $2",
            add: "insert into service_sites (org, service, site) values ($1, $2, $3)
                on conflict do nothing",
            values: service.sites.iter().map(ToString::to_string).collect(),
        },
        List {
            clear: "delete from service_channels where org = $1 and service = $2",
            add: "insert into service_channels (org, service, channel) values ($1, $2, $3)
                on conflict do nothing",
            values: service
                .channels
                .iter()
                .map(|channel| channel.as_str().to_owned())
                .collect(),
        },
        List {
            clear: "delete from service_skills where org = $1 and service = $2",
            add: "insert into service_skills (org, service, skill) values ($1, $2, $3)
                on conflict do nothing",
            values: service.skills.clone(),
        },
        List {
            clear: "delete from service_resources where org = $1 and service = $2",
            add: "insert into service_resources (org, service, resource_kind)
                values ($1, $2, $3) on conflict do nothing",
            values: service.resources.clone(),
        },
        List {
            clear: "delete from service_add_ons where org = $1 and service = $2",
            add: "insert into service_add_ons (org, service, add_on) values ($1, $2, $3)
                on conflict do nothing",
            values: service.add_ons.iter().map(ToString::to_string).collect(),
        },
    ]
}

fn record(tx: &mut Tx, ctx: &Ctx, activity: &'static str, service: &Service) {
    let name = service.name.get(ctx.locale).to_owned();
    let event = Event::new(activity)
        .object("service", service.id, "subject")
        .attr("name", name)
        .attr("price_minor", service.price.minor);
    tx.record(ctx, event);
}
