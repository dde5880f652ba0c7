//! Opening a site, editing it, giving it up.

use super::organisation::{bad_slug, checked_name};
use crate::EDIT_SITES;
use crate::model::{Site, SiteState, is_slug, slug_from};
use crate::queries;
use crate::ties::heed;
use kernel::ids::SiteId;
use kernel::{Bilingual, Ctx, Currency, Fault, Text, TimeZone};
use store::{Event, Tx, Value, params};

/// Everything about a site that a person may type.
#[derive(Clone, Debug)]
pub struct SiteFields {
    /// What it is called.
    pub name: Bilingual,
    /// What kind of place it is.
    pub kind: Bilingual,
    /// The wanted web name; made from the name when absent.
    pub slug: Option<String>,
    /// Postal address in one line.
    pub address: String,
    /// IANA name of the zone.
    pub zone: String,
    /// ISO 4217 code of the currency.
    pub currency: String,
    /// Telephone.
    pub phone: String,
    /// Minutes of notice an online booking needs.
    pub notice_minutes: i64,
    /// Days ahead that bookings are taken.
    pub horizon_days: i64,
    /// Minutes before the start until which a guest may cancel or move.
    pub cancel_minutes: i64,
}

impl SiteFields {
    /// A site with the usual rules: an hour of notice, two months ahead, cancel until two hours
    /// before.
    pub fn new(name: Bilingual, zone: &str, currency: &str) -> Self {
        Self {
            name,
            kind: Bilingual::default(),
            slug: None,
            address: String::new(),
            zone: zone.to_owned(),
            currency: currency.to_owned(),
            phone: String::new(),
            notice_minutes: 60,
            horizon_days: 60,
            cancel_minutes: 120,
        }
    }

    /// A site as it is, to be changed in parts.
    pub fn of(site: &Site) -> Self {
        Self {
            name: site.name.clone(),
            kind: site.kind.clone(),
            slug: Some(site.slug.clone()),
            address: site.address.clone(),
            zone: site.zone_name().to_owned(),
            currency: site.currency.code().to_owned(),
            phone: site.phone.clone(),
            notice_minutes: site.notice_minutes,
            horizon_days: site.horizon_days,
            cancel_minutes: site.cancel_minutes,
        }
    }

    fn checked(self) -> Result<Checked, Fault> {
        let name = checked_name(self.name)?;
        let zone = known_zone(&self.zone)?;
        let currency = Currency::parse(self.currency.trim()).ok_or_else(|| {
            Fault::invalid("currency", Text::key("organisation-currency-unknown"))
        })?;
        let kind = Bilingual::new(
            bounded("kind_zh", &self.kind.zh, 40)?,
            bounded("kind_en", &self.kind.en, 40)?,
        );
        Ok(Checked {
            kind,
            zone,
            currency,
            address: bounded("address", &self.address, 200)?,
            phone: bounded("phone", &self.phone, 40)?,
            notice_minutes: within("notice_minutes", self.notice_minutes, 0, 43_200)?,
            horizon_days: within("horizon_days", self.horizon_days, 1, 365)?,
            cancel_minutes: within("cancel_minutes", self.cancel_minutes, 0, 43_200)?,
            name,
            slug: self.slug,
        })
    }
}

struct Checked {
    name: Bilingual,
    kind: Bilingual,
    slug: Option<String>,
    address: String,
    zone: TimeZone,
    currency: Currency,
    phone: String,
    notice_minutes: i64,
    horizon_days: i64,
    cancel_minutes: i64,
}

impl Checked {
    fn site(self, id: SiteId, slug: String) -> Site {
        Site {
            id,
            slug,
            name: self.name,
            kind: self.kind,
            address: self.address,
            zone: self.zone,
            currency: self.currency,
            phone: self.phone,
            state: SiteState::Open,
            notice_minutes: self.notice_minutes,
            horizon_days: self.horizon_days,
            cancel_minutes: self.cancel_minutes,
            group: None,
            version: 1,
        }
    }
}

/// The zone of an IANA name; only names, so that the rules of daylight saving come with it.
fn known_zone(name: &str) -> Result<TimeZone, Fault> {
    let unknown = || Fault::invalid("zone", Text::key("organisation-zone-unknown"));
    let zone = TimeZone::get(name.trim()).map_err(|_| unknown())?;
    if zone.iana_name().is_some() {
        Ok(zone)
    } else {
        Err(unknown())
    }
}

fn bounded(field: &str, text: &str, max: usize) -> Result<String, Fault> {
    let text = text.trim();
    let plain = !text.chars().any(char::is_control);
    if plain && text.chars().count() <= max {
        return Ok(text.to_owned());
    }
    Err(Fault::invalid(
        field,
        Text::key("organisation-text-long").with("max", max),
    ))
}

fn within(field: &str, number: i64, least: i64, most: i64) -> Result<i64, Fault> {
    if (least..=most).contains(&number) {
        return Ok(number);
    }
    let text = Text::key("organisation-number-range")
        .with("least", least)
        .with("most", most);
    Err(Fault::invalid(field, text))
}

const HOW_MANY: &str = "select cast(count(*) as bigint) from sites where org = $1";

const INSERT: &str = "
    insert into sites (org, id, slug, name_zh, name_en, kind_zh, kind_en, address, zone, currency,
        phone, notice_minutes, horizon_days, cancel_minutes, state, created_at, position, version)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'open', $15, $16, 1)
    on conflict do nothing";

/// Opens a site. It is closed every day until its week is set.
pub fn create_site(tx: &mut Tx, ctx: &Ctx, fields: SiteFields) -> Result<Site, Fault> {
    let id: SiteId = ctx.id();
    ctx.require_at(EDIT_SITES, id)?;
    let fields = fields.checked()?;
    let slugs = match &fields.slug {
        Some(slug) if is_slug(slug) => vec![slug.clone()],
        Some(_) => return Err(bad_slug()),
        None => made_slugs(&fields.name),
    };
    let mut site = fields.site(id, String::new());
    let position = tx.count(HOW_MANY, params![ctx.org])?;
    for slug in slugs {
        site.slug = slug;
        let mut values = row(ctx, &site);
        values.extend([ctx.now.into(), position.into()]);
        if tx.execute(INSERT, &values)? == 1 {
            tx.record(ctx, about("site.created", id));
            return Ok(site);
        }
    }
    Err(Fault::invalid("slug", Text::key("organisation-slug-taken")))
}

fn made_slugs(name: &Bilingual) -> Vec<String> {
    let mut base = slug_from(&name.en).unwrap_or_else(|| "site".to_owned());
    base.truncate(36);
    let base = base.trim_end_matches('-').to_owned();
    let numbered = (2..1000).map(|n| format!("{base}-{n}"));
    std::iter::once(base.clone()).chain(numbered).collect()
}

fn row(ctx: &Ctx, site: &Site) -> Vec<Value> {
    params![
        ctx.org,
        site.id,
        &site.slug,
        &site.name.zh,
        &site.name.en,
        &site.kind.zh,
        &site.kind.en,
        &site.address,
        site.zone_name(),
        site.currency.code(),
        &site.phone,
        site.notice_minutes,
        site.horizon_days,
        site.cancel_minutes
    ]
    .to_vec()
}

/// The fact that something happened to a site.
pub(super) fn about(activity: &'static str, site: SiteId) -> Event {
    Event::new(activity)
        .site(site)
        .object("site", site, "subject")
}

const UPDATE: &str = "
    update sites set slug = $3, name_zh = $4, name_en = $5, kind_zh = $6, kind_en = $7,
        address = $8, zone = $9, currency = $10, phone = $11, notice_minutes = $12,
        horizon_days = $13, cancel_minutes = $14, version = version + 1
    where org = $1 and id = $2 and version = $15";

const SLUG_TAKEN: &str = "
    select cast(count(*) as bigint) from sites where org = $1 and slug = $2 and id <> $3";

/// Changes a site, provided nobody else did since `version` was read.
pub fn edit_site(
    tx: &mut Tx,
    ctx: &Ctx,
    id: SiteId,
    version: i64,
    fields: SiteFields,
) -> Result<Site, Fault> {
    ctx.require_at(EDIT_SITES, id)?;
    let before = queries::site(tx, ctx, id)?;
    let fields = fields.checked()?;
    let slug = fields.slug.clone().unwrap_or_else(|| before.slug.clone());
    if !is_slug(&slug) {
        return Err(bad_slug());
    }
    if tx.count(SLUG_TAKEN, params![ctx.org, &slug, id])? > 0 {
        return Err(Fault::invalid("slug", Text::key("organisation-slug-taken")));
    }
    let mut site = fields.site(id, slug);
    (site.state, site.group) = (before.state, before.group);
    let mut values = row(ctx, &site);
    values.push(version.into());
    if tx.execute(UPDATE, &values)? == 0 {
        return Err(Fault::stale());
    }
    heed(tx, ctx, &before, &site)?;
    let mut event = about("site.changed", id);
    for (setting, differs) in [
        (
            "notice_minutes",
            before.notice_minutes != site.notice_minutes,
        ),
        (
            "cancel_minutes",
            before.cancel_minutes != site.cancel_minutes,
        ),
        ("horizon_days", before.horizon_days != site.horizon_days),
    ] {
        if differs {
            event = event.setting(id, setting);
        }
    }
    tx.record(ctx, event);
    Ok(Site {
        version: version + 1,
        ..site
    })
}

const SET_STATE: &str = "
    update sites set state = $3, version = version + 1
    where org = $1 and id = $2 and version = $4";

/// Gives a site up, or takes it into business again.
pub fn set_site_state(
    tx: &mut Tx,
    ctx: &Ctx,
    id: SiteId,
    version: i64,
    state: SiteState,
) -> Result<(), Fault> {
    ctx.require_at(EDIT_SITES, id)?;
    queries::site(tx, ctx, id)?;
    if tx.execute(SET_STATE, params![ctx.org, id, state.as_str(), version])? == 0 {
        return Err(Fault::stale());
    }
    let activity = match state {
        SiteState::Open => "site.reopened",
        SiteState::Closed => "site.closed",
    };
    tx.record(ctx, about(activity, id));
    Ok(())
}
