//! What is known of services and goods.

use std::collections::BTreeMap;

use kernel::{
    Channel, Ctx, Fault, Locale, Money, Role,
    ids::{BlueprintId, ServiceId, SiteId},
};
use store::{Row, Tx, Value, params};

use crate::{
    READ,
    model::{Family, Kind, SERVICES_MAX, Service, State, Targets},
};

/// Which services a list shows; the default is every active one.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Offered at this site.
    pub site: Option<SiteId>,
    /// Offered through this channel.
    pub channel: Option<Channel>,
    /// Of this family.
    pub family: Option<Family>,
    /// Services alone, or goods alone.
    pub kind: Option<Kind>,
    /// Following this blueprint.
    pub blueprint: Option<BlueprintId>,
    /// With these words in code or name.
    pub text: String,
    /// The archived ones instead of the active ones.
    pub archived: bool,
}

macro_rules! select_services {
    ($rest:literal) => {
        concat!(
            "select s.id, s.code, s.kind, s.family, s.name_zh, s.name_en, s.text_zh, s.text_en,
                s.minutes, s.buffer_before_minutes, s.buffer_after_minutes, s.price_minor,
                s.currency, s.tax_permille, s.state, s.blueprint, s.wait_minutes_target,
                s.response_minutes_target, s.completion_minutes_target, s.external_id,
                s.version
            from services s ",
            $rest
        )
    };
}

const LIST: &str = select_services!(
    "where s.org = $1 and s.state = $2
        and ($3 = '' or s.kind = $3)
        and ($4 = '' or s.family = $4)
        and ($5 = '' or s.blueprint = $5)
        and ($6 = '' or lower(s.code) like $6 escape '\\' or lower(s.name_zh) like $6 escape '\\'
            or lower(s.name_en) like $6 escape '\\')
    order by s.family, s.code, s.id limit $7"
);
const ONE: &str = select_services!("where s.org = $1 and s.id = $2");
const BY_CODE: &str = "select id from services where org = $1 and code = $2";
const BY_EXTERNAL_ID: &str = select_services!("where s.org = $1 and s.external_id = $2");

/// The lists of a service: what each holds, its table and its column.
const LISTS: [(&str, &str, &str); 5] = [
    ("add_on", "service_add_ons", "add_on"),
    ("channel", "service_channels", "channel"),
    ("resource", "service_resources", "resource_kind"),
    ("site", "service_sites", "site"),
    ("skill", "service_skills", "skill"),
];
const COUNT: &str = "select cast(count(*) as bigint) from services where org = $1";

/// More children than all services of an organisation may have together.
const CHILDREN_MAX: i64 = 200_000;

/// The services of a filter by family and code. A guest sees what is on offer online alone.
pub fn services(tx: &mut Tx, ctx: &Ctx, filter: &Filter) -> Result<Vec<Service>, Fault> {
    ctx.require(READ)?;
    let guest = ctx.role == Role::Guest;
    let state = if filter.archived && !guest {
        State::Archived
    } else {
        State::Active
    };
    let channel = if guest {
        Some(Channel::Online)
    } else {
        filter.channel
    };
    let pattern = match filter.text.trim() {
        "" => String::new(),
        words => store::text_pattern(&words.to_lowercase()),
    };
    let blueprint = filter
        .blueprint
        .map(|id| id.to_string())
        .unwrap_or_default();
    let words = [
        ctx.org.text(),
        state.as_str().to_owned(),
        filter.kind.map_or("", Kind::as_str).to_owned(),
        filter.family.map_or("", Family::as_str).to_owned(),
        blueprint,
        pattern,
    ];
    let load = |tx: &mut Tx| {
        let mut values = words.each_ref().map(Value::from).to_vec();
        values.push(SERVICES_MAX.into());
        let found = tx.all(LIST, &values, read)?;
        with_children(tx, ctx, found, None)
    };
    // What somebody types is asked for once.
    let mut services = match filter.text.trim().is_empty() {
        true => (*tx.kept(format!("services {}", words.join(" ")), load)?).clone(),
        false => load(tx)?,
    };
    services.retain(|service| {
        filter.site.is_none_or(|site| service.is_offered_at(site))
            && channel.is_none_or(|channel| service.is_offered_through(channel))
    });
    Ok(services)
}

/// One service, archived or not.
pub fn service(tx: &mut Tx, ctx: &Ctx, id: ServiceId) -> Result<Service, Fault> {
    ctx.require(READ)?;
    known(tx, ctx, id)?.ok_or_else(|| Fault::missing("offers-service-missing"))
}

/// Some services by their ids; ids of nothing are left out.
pub fn services_by_id(
    tx: &mut Tx,
    ctx: &Ctx,
    ids: &[ServiceId],
) -> Result<BTreeMap<ServiceId, Service>, Fault> {
    ctx.require(READ)?;
    let mut found = BTreeMap::new();
    for id in ids {
        if found.contains_key(id) {
            continue;
        }
        if let Some(service) = known(tx, ctx, *id)? {
            found.insert(*id, service);
        }
    }
    Ok(found)
}

/// The service with a code.
pub fn service_by_code(tx: &mut Tx, ctx: &Ctx, code: &str) -> Result<Option<Service>, Fault> {
    ctx.require(READ)?;
    match tx.one(BY_CODE, params![ctx.org, code], |row| row.id(0))? {
        Some(id) => known(tx, ctx, id),
        None => Ok(None),
    }
}

/// The service that came in under an id of another system.
pub fn service_by_external_id(
    tx: &mut Tx,
    ctx: &Ctx,
    external_id: &str,
) -> Result<Option<Service>, Fault> {
    ctx.require(READ)?;
    let found = tx.one(BY_EXTERNAL_ID, params![ctx.org, external_id], read)?;
    single(tx, ctx, found)
}

/// How many services and goods there are, archived ones included.
pub(crate) fn count(tx: &mut Tx, ctx: &Ctx) -> Result<i64, Fault> {
    tx.count(COUNT, params![ctx.org])
}

fn known(tx: &mut Tx, ctx: &Ctx, id: ServiceId) -> Result<Option<Service>, Fault> {
    let kept = tx.kept(format!("service {} {id}", ctx.org), |tx| {
        let found = tx.one(ONE, params![ctx.org, id], read)?;
        single(tx, ctx, found)
    })?;
    Ok((*kept).clone())
}

fn single(tx: &mut Tx, ctx: &Ctx, found: Option<Service>) -> Result<Option<Service>, Fault> {
    let Some(service) = found else {
        return Ok(None);
    };
    let id = service.id;
    Ok(with_children(tx, ctx, vec![service], Some(id))?.pop())
}

/// Fills in the lists of services; of all of them, or of the one given.
fn with_children(
    tx: &mut Tx,
    ctx: &Ctx,
    mut services: Vec<Service>,
    only: Option<ServiceId>,
) -> Result<Vec<Service>, Fault> {
    let at: BTreeMap<ServiceId, usize> = services
        .iter()
        .enumerate()
        .map(|(index, service)| (service.id, index))
        .collect();
    let mut values = vec![Value::from(ctx.org), Value::from(CHILDREN_MAX)];
    values.extend(only.map(Value::from));
    let of_one = only.map_or("", |_| " and service = $3");
    let lists = LISTS.map(|(what, table, column)| {
        format!(
            "select '{what}' as what, service, {column} as child from {table}
             where org = $1{of_one}"
        )
    });
    let sql = format!(
        "{} order by what, service, child limit $2",
        lists.join(" union all ")
    );
    let children = tx.all(&sql, &values, |row| {
        Ok((row.text(0)?, row.id(1)?, row.text(2)?))
    })?;
    for (what, parent, child) in children {
        if let Some(index) = at.get(&parent) {
            add(&mut services[*index], &what, child).ok_or_else(|| {
                Fault::broken(format!("service {parent} has a part that is not readable"))
            })?;
        }
    }
    Ok(services)
}

/// Puts a child into the list of a service; `None` where it cannot be read.
fn add(service: &mut Service, what: &str, child: String) -> Option<()> {
    match what {
        "add_on" => service.add_ons.push(ServiceId::parse(&child)?),
        "channel" => service.channels.push(Channel::parse(&child)?),
        "resource" => service.resources.push(child),
        "site" => service.sites.push(SiteId::parse(&child)?),
        "skill" => service.skills.push(child),
        _ => return None,
    }
    Some(())
}

fn read(row: &Row) -> Result<Service, Fault> {
    let wrong = |what: &str| Fault::broken(format!("a service has an unknown {what}"));
    Ok(Service {
        id: row.id(0)?,
        code: row.text(1)?,
        kind: Kind::parse(&row.text(2)?).ok_or_else(|| wrong("kind"))?,
        family: Family::parse(&row.text(3)?).ok_or_else(|| wrong("family"))?,
        name: row.bilingual(4)?,
        text: row.bilingual(6)?,
        minutes: row.int(8)?,
        buffer_before_minutes: row.int(9)?,
        buffer_after_minutes: row.int(10)?,
        price: Money::new(row.int(11)?, row.currency(12)?),
        tax_permille: row.int(13)?,
        state: State::parse(&row.text(14)?).ok_or_else(|| wrong("state"))?,
        blueprint: row.opt_id(15)?,
        targets: Targets {
            wait_minutes: row.opt_int(16)?,
            response_minutes: row.opt_int(17)?,
            completion_minutes: row.opt_int(18)?,
        },
        external_id: row.opt_text(19)?,
        version: row.int(20)?,
        sites: Vec::new(),
        channels: Vec::new(),
        skills: Vec::new(),
        resources: Vec::new(),
        add_ons: Vec::new(),
    })
}

/// Services in the order of a list: by family, then by name in the reader's language.
pub fn sort_by_name(services: &mut [Service], locale: Locale) {
    services.sort_by(|a, b| {
        let key = |service: &Service| (service.family, service.name.get(locale).to_lowercase());
        key(a).cmp(&key(b)).then(a.id.cmp(&b.id))
    });
}
